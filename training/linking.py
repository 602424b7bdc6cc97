"""Learns the weights of linking and of lineage from the train half of `corpus/linking`, and measures both on the test half.

    PYTHONPATH=src python training/linking.py words ../shared/text/news.txt.xz     how much each common word tells
    PYTHONPATH=src python training/linking.py read FOLDER                            readings of the corpus
    PYTHONPATH=src python training/linking.py learn FOLDER                           weights, from gold facts and from readings
    PYTHONPATH=src python training/linking.py measure FOLDER                         figures on the half held back

The model is a logistic regression over levels (scikit-learn, L2); its log-odds are calibrated by Platt's method on predictions for
incidents that were left out of the fit. Pairs are those that blocking gives, in their natural proportion.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from whence.corroboration.accounts import Account, account_of
from whence.corroboration.blocking import Blocks
from whence.corroboration.clustering import clustered
from whence.corroboration.comparing import compared
from whence.corroboration.lineage import ALIKE, candidates, copied, descent, levels, likeness, possible
from whence.corroboration.model import model, rare_words
from whence.corroboration.origins import origins
from whence.corroboration.texts import content_words, folded
from whence.records import Acled, Descent, Party, Report, Tally, Telling, decode, encode
from whence.store import projected

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus/linking"
DATA = ROOT / "src/whence/data/linking"
Levels = dict[str, str]
VIA = {"translates": "translated_from", "republishes": "republished_from"}


def corpus(half: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / f"{half}.jsonl").read_text(encoding="utf8").splitlines()]


def gold_report(d: dict[str, Any], outlets: list[str]) -> Report:
    """The report as the corpus knows it."""
    f = d["gold"]["facts"]
    name = d["publisher"]
    own = Party(entity="p", name=name, type="media", country=None, named=True)
    chain: tuple[Party, ...] = (own,)
    origin = d["gold"]["origins"][0]
    if d["gold"]["how"] == "statement":
        chain = (Party(entity="h", name=origin.removeprefix("holder:"), type="organization", country=None, named=True), own)
    cited = [o for o in outlets if o != name and o in d["text"]]
    if cited:
        chain = (Party(entity="c", name=cited[0], type="media", country=None, named=True), own)
    side = lambda ps: tuple(Party(entity=p["name"], named=True, **p) for p in ps)  # noqa: E731
    telling = Telling(claim="c", chain=chain, stance="asserts", polarity="positive", certainty="certain", content=())
    return Report(
        id=f"R-{d['id']}",
        number=None,
        document=d["id"],
        incident="i",
        publisher=name,
        published=d["published"],
        type=f["type"],
        mode=f["mode"],
        acled=Acled(event_type=f["acled"], sub_event_type=f["sub"]),
        earliest=f["earliest"],
        latest=f["latest"],
        precision="day" if f["earliest"] else "unknown",
        place=f["place"],
        geonames_id=f["geonames_id"],
        latitude=f["latitude"],
        longitude=f["longitude"],
        country=f["country"],
        admin1=f["admin1"],
        place_kind="town",
        precision_km=5.0,
        actors=side(f["actors"]),
        targets=side(f["targets"]),
        counts=tuple(Tally(measure=m, of=None, low=v, high=v) for m, v in f["counts"].items()),
        weapons=(),
        status="happened",
        origins=1,
        disputed=False,
        triggers=(),
        tellings=(telling,),
    )


class Half:
    """One half with its reports (gold or as read), accounts, and what is true of them."""

    def __init__(self, half: str, folder: Path, *, gold: bool) -> None:
        self.documents = {d["id"]: d for d in corpus(half)}
        outlets = sorted({d["publisher"] for d in self.documents.values()})
        readings = {r.document.id: r for r in map(decode, (folder / f"{half}.readings.jsonl").read_bytes().splitlines())}
        self.reports: list[Report] = []
        self.accounts: dict[str, Account] = {}
        self.label: dict[str, str] = {}
        for i, d in self.documents.items():
            found = projected(readings[i], document=i)
            account = account_of(readings[i], found, document=i)
            if gold:
                report = gold_report(d, outlets)
                lead = " ".join(d["text"].split("\n\n")[:2])
                sources = {self.documents[p["document"]]["publisher"]: VIA[p["kind"]] for p in d["gold"]["parents"] if p["kind"] in VIA}
                via = tuple((folded(o), relation) for o, relation in sources.items() if o in d["text"])
                cites = tuple(folded(o) for o in outlets if o not in (d["publisher"], *sources) and o in d["text"])
                account = msgspec.structs.replace(account, details={report.id: content_words(lead)}, via=via, cites=cites)
                found = [report]
            self.accounts[i] = account
            end = len("\n\n".join(d["text"].split("\n\n")[:2]))
            for report in found:
                self.reports.append(report)
                if gold or any(t.start < end for t in report.triggers):
                    self.label[report.id] = d["gold"]["incident"]
        self.order = {i: n for n, i in enumerate(self.documents)}

    def pairs(self) -> list[tuple[Report, Report, Levels]]:
        weights, unlisted = rare_words()
        blocks = Blocks()
        for report in self.reports:
            blocks.add(report)
        found = []
        for i, j in blocks.pairs(range(len(self.reports))):
            a, b = blocks.reports[i], blocks.reports[j]
            words = (self.accounts[a.document].details[a.id], self.accounts[b.document].details[b.id])
            taken = copied(self.accounts[a.document], self.accounts[b.document]) if a.document != b.document else 0.0
            found.append((a, b, compared(a, b, words=words, weights=weights, unlisted=unlisted, copied=taken)))
        return found


def fitted(rows: list[Levels], truth: list[bool], groups: list[str], *, c: float = 0.5) -> dict[str, Any]:
    """Weights, and the calibration learned on what was left out."""
    keys = sorted({f"{k}: {v}" for row in rows for k, v in row.items()})
    at = {k: n for n, k in enumerate(keys)}
    x = np.zeros((len(rows), len(keys)))
    for n, row in enumerate(rows):
        for k, v in row.items():
            x[n, at[f"{k}: {v}"]] = 1
    y = np.array(truth, dtype=int)
    out = np.zeros(len(rows))
    for train, test in GroupKFold(5).split(x, y, groups):
        out[test] = LogisticRegression(C=c, max_iter=2000).fit(x[train], y[train]).decision_function(x[test])
    platt = LogisticRegression(C=1e6).fit(out[:, None], y)
    whole = LogisticRegression(C=c, max_iter=2000).fit(x, y)
    return {
        "bias": round(float(whole.intercept_[0]), 3),
        "slope": round(float(platt.coef_[0, 0]), 3),
        "shift": round(float(platt.intercept_[0]), 3),
        "weights": {k: round(float(w), 3) for k, w in zip(keys, whole.coef_[0], strict=True) if abs(w) >= 0.01},
    }


def lineage_rows(half: Half, clusters: dict[str, str]) -> tuple[list[Levels], list[bool], list[str]]:
    rows, truth, groups = [], [], []
    for child, parent in near(half, clusters, alike=False):
        a, b = half.accounts[child], half.accounts[parent]
        like = likeness(a, b, order=half.order)
        if not possible(a, b, like):
            continue
        gold = half.documents[child]["gold"]
        yes = any(p["document"] == parent for p in gold["parents"])
        back = any(p["document"] == child for p in half.documents[parent]["gold"]["parents"])
        kin = (
            set(gold["origins"]) == set(half.documents[parent]["gold"]["origins"])
            and gold["incident"] == half.documents[parent]["gold"]["incident"]
        )
        if not yes and (back or (kin and gold["how"] not in ("own", "statement"))):
            continue  # kin by another way: no evidence that it is not had from there
        rows.append(levels(like))
        truth.append(yes)
        groups.append(gold["incident"])
    return rows, truth, groups


def near(half: Half, clusters: dict[str, str], *, alike: bool = True) -> list[tuple[str, str]]:
    """Documents that may have it from each other: those of one cluster, both ways."""
    together: dict[str, set[str]] = {}
    for report in half.reports:
        if report.id in clusters:
            together.setdefault(clusters[report.id], set()).add(report.document)
    found = {(a, b) for docs in together.values() for a in docs for b in docs if a != b}
    for a, b in candidates(half.accounts.values()) if alike else ():
        if copied(half.accounts[a], half.accounts[b]) >= ALIKE:
            found |= {(a, b), (b, a)}
    return sorted(found)


def save(name: str, told: dict[str, Any]) -> None:
    path = DATA / "weights.toml"
    import tomllib

    whole = tomllib.loads(path.read_text(encoding="utf8")) if path.exists() else {}
    whole[name] = told
    lines = ["# Made by training/linking.py and training/coreference.py from corpora described there. Log-odds by field and level.", ""]
    for key in sorted(whole):
        lines += [f"[{key}]", *(f"{k} = {whole[key][k]}" for k in ("bias", "slope", "shift")), "", f"[{key}.weights]"]
        lines += [f"{json.dumps(k, ensure_ascii=False)} = {v}" for k, v in sorted(whole[key]["weights"].items())] + [""]
    path.write_text("\n".join(lines), encoding="utf8")
    model.cache_clear()
    from whence.data import toml

    toml.cache_clear()


def learn(folder: Path) -> None:
    rows: list[Levels] = []
    truth: list[bool] = []
    groups: list[str] = []
    halves = [Half("train", folder, gold=True), Half("train", folder, gold=False)]
    for half in halves:
        for a, b, seen in half.pairs():
            if a.id in half.label and b.id in half.label:
                rows.append(seen)
                truth.append(half.label[a.id] == half.label[b.id])
                groups.append(half.label[a.id])
    print(len(rows), "pairs,", sum(truth), "of one incident")
    save("reports", fitted(rows, truth, groups))
    rows, truth, groups = [], [], []
    for half in halves:
        for part, more in zip((rows, truth, groups), lineage_rows(half, half.label), strict=True):
            part.extend(more)  # type: ignore[arg-type]
    print(len(rows), "pairs of documents,", sum(truth), "edges")
    save("lineage", fitted(rows, truth, groups, c=3.0))


def b_cubed(key: dict[str, str], response: dict[str, str]) -> tuple[float, float, float]:
    def side(a: dict[str, str], b: dict[str, str]) -> float:
        groups: dict[str, set[str]] = {}
        for item, name in a.items():
            groups.setdefault(name, set()).add(item)
        back: dict[str, set[str]] = {}
        for item, name in b.items():
            back.setdefault(name, set()).add(item)
        return sum(len(groups[a[i]] & back[b[i]]) / len(groups[a[i]]) for i in a) / len(a)

    recall, precision = side(key, response), side(response, key)
    return precision, recall, 2 * precision * recall / (precision + recall)


def clusters_of(half: Half) -> tuple[dict[str, str], list[tuple[float, bool]]]:
    weighed = model("reports")
    links, told = {}, []
    for a, b, seen in half.pairs():
        p = weighed.probability(seen)
        links[min(a.id, b.id), max(a.id, b.id)] = p
        if a.id in half.label and b.id in half.label:
            told.append((p, half.label[a.id] == half.label[b.id]))
    groups = clustered([r.id for r in half.reports], links)
    return {r: g[0] for g in groups for r in g}, told


def measure(folder: Path, *, halves: tuple[str, ...] = ("test",), verbose: bool = False) -> None:
    incidents = {x["incident"]: x for x in map(json.loads, (CORPUS / "incidents.jsonl").read_text(encoding="utf8").splitlines())}
    for name in halves:
        for gold in (True, False):
            half = Half(name, folder, gold=gold)
            found, told = clusters_of(half)
            key = dict(half.label)
            response = {r: found[r] for r in key}
            missing = [d for d in half.documents if not any(r.document == d and r.id in key for r in half.reports)]
            for d in missing:  # a document whose incident was not read stands alone
                key[d], response[d] = half.documents[d]["gold"]["incident"], d
            p, r, f = b_cubed(key, response)
            brier = sum((x - y) ** 2 for x, y in told) / len(told)
            print(
                f"{name} {'gold facts' if gold else 'as read':11} incidents B-cubed P {p:.3f} R {r:.3f} F {f:.3f}   "
                f"Brier {brier:.4f} of {len(told)} pairs, {len(missing)} not read"
            )
            print("            calibration", reliability(told))
            edges: list[Descent] = []
            wanted = {(d["id"], q["document"]) for d in half.documents.values() for q in d["gold"]["parents"]}
            around: dict[str, list[Account]] = {}
            for child, parent in near(half, found):
                around.setdefault(child, []).append(half.accounts[parent])
            for child, parents in around.items():
                edges += descent(half.accounts[child], parents, order=half.order)
            drawn = {(e.document, e.parent) for e in edges}
            hit = len(drawn & wanted)
            pp, rr = hit / max(1, len(drawn)), hit / len(wanted)
            kinds = {(d["id"], q["document"]): q["kind"] for d in half.documents.values() for q in d["gold"]["parents"]}
            right = sum(kinds.get((e.document, e.parent)) == e.kind for e in edges)
            print(
                f"            lineage edges P {pp:.3f} R {rr:.3f} F {2 * pp * rr / (pp + rr):.3f} of {len(wanted)}; "
                f"of those found {right / max(1, hit):.3f} of the right kind"
            )
            exact = whole = 0
            wrong = []
            clusters: dict[str, list[Report]] = {}
            for report in half.reports:
                if report.id in half.label:
                    clusters.setdefault(found[report.id], []).append(report)
            for incident, truth in incidents.items():
                if truth["half"] != name:
                    continue
                whole += 1
                best = max(clusters.values(), key=lambda rs: sum(half.label[r.id] == incident for r in rs))
                n = len(origins(best, edges))
                exact += n == len(truth["origins"])
                if n != len(truth["origins"]):
                    wrong.append((incident, truth["origins"], list(origins(best, edges))))
            print(f"            origins counted exactly {exact}/{whole} = {exact / whole:.3f}")
            if verbose:
                for e in sorted(drawn ^ wanted):
                    d = half.documents[e[0]]["gold"]
                    print(
                        "   ",
                        "extra" if e in drawn else "missed",
                        e,
                        d["how"],
                        half.documents[e[1]]["gold"]["how"],
                        [q["document"] for q in d["parents"]],
                        likeness(half.accounts[e[0]], half.accounts[e[1]]),
                    )
                for w in wrong:
                    print("   ", w)


def reliability(told: list[tuple[float, bool]]) -> str:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, y in told:
        bins.setdefault(min(4, int(p * 5)), []).append((p, y))
    parts = [f"{sum(p for p, _ in b) / len(b):.2f}→{sum(y for _, y in b) / len(b):.2f} (n {len(b)})" for _, b in sorted(bins.items())]
    error = sum(len(b) * abs(sum(p for p, _ in b) / len(b) - sum(y for _, y in b) / len(b)) for b in bins.values()) / len(told)
    return ", ".join(parts) + f"; expected calibration error {error:.4f}"


def words(path: Path) -> None:
    """Stems by how rare they are: the rounded negative log2 of the share of stretches of 200 words that have them."""
    seen: Counter[str] = Counter()
    n = 0
    with lzma.open(path, "rt", encoding="utf8") as text:
        for line in text:
            for at in range(0, len(line), 1200):
                seen.update(w for w in content_words(line[at : at + 1200]) if not w.isdigit() and w.isascii())
                n += 1
            if n > 200_000:
                break
    by: dict[int, list[str]] = {}
    for word, k in seen.most_common(9000):
        by.setdefault(round(math.log2(n / k)), []).append(word)
    lines = [
        "# Common English stems by how much it tells that two texts share one (negative log2 of the share of passages that have it).",
        "unlisted = 13",
        "",
        "[words]",
    ]
    lines += [f'{level} = "{" ".join(sorted(ws))}"' for level, ws in sorted(by.items())]
    (DATA / "words.toml").write_text("\n".join(lines) + "\n", encoding="utf8")
    print(n, "passages,", sum(map(len, by.values())), "stems,", max(by))


def read(folder: Path) -> None:
    from whence.intake import text_source
    from whence.pipeline import Whence

    whence = Whence()
    folder.mkdir(parents=True, exist_ok=True)
    for half in ("train", "test"):
        sources = [
            text_source(d["text"], identity=d["id"], published=d["published"], publisher=d["publisher"], title=d["title"])
            for d in corpus(half)
        ]
        (folder / f"{half}.readings.jsonl").write_bytes(b"\n".join(encode(r) for r in whence.read_many(sources)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["words", "read", "learn", "measure"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--verbose", action="store_true", help="every wrong edge and count")
    parser.add_argument("--half", default="test")
    told = parser.parse_args()
    if told.what == "measure":
        measure(told.path, halves=(told.half,), verbose=told.verbose)
    else:
        {"words": words, "read": read, "learn": learn}[told.what](told.path)


if __name__ == "__main__":
    main()
