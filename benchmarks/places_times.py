"""Dates and places, measured: one command prints every figure of docs/places-and-times.md.

    python benchmarks/places_times.py --shared ../shared [--folds 5] [--index FILE] [--cache FILE] [--only PART ...]

Parts: `index` (building and looking up), `places` (LGL and TR-News: the bundled weights, and weights learned on the other
folds, split by document), `times` (WikiWars, by document), `news` (an own set, benchmarks/places_times.tsv, never used
for rules or weights), `causes` (the commonest causes of the errors left, told by code).
The parts on shared gold are left out where --shared does not exist.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import pickle
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("index", "places", "times", "news", "causes")


def scorer(shared, name):
    """A module of the shared scorers."""
    sys.path.insert(0, str(shared / "score"))
    return importlib.import_module(name)


def gold_lines(path):
    with lzma.open(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def draft(text, analysis, published=None):
    from whence.readers.base import Draft
    from whence.records import Document

    return Draft(
        document=Document(
            id="d", title=None, publisher=None, published=published, published_earliest=None, published_latest=None,
            published_from=None, url=None, language="en", text=text, parts=(), via=(),
        ),
        analysis=analysis,
    )  # fmt: skip


def parsed(docs, corpus, cache):
    """Each document's analysis; from the cache where one is named and has it."""
    path = Path(cache) if cache else None
    known = pickle.loads(path.read_bytes()) if path and path.exists() else {}
    parser = None
    for gold in docs:
        key = (corpus, str(gold["id"]), hash_of(gold["text"]))
        if key not in known:
            if parser is None:
                from whence.language.parser import Parser

                parser = Parser()
            known[key] = parser(gold["text"], [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", gold["text"])])
    if path and parser is not None:
        path.write_bytes(pickle.dumps(known))
    return [known[corpus, str(g["id"]), hash_of(g["text"])] for g in docs]


def hash_of(text):
    import zlib

    return zlib.crc32(text.encode())


def read_places(reader, docs, analyses):
    from whence.records import encode

    found = {}
    for gold, analysis in zip(docs, analyses, strict=True):
        records = reader(draft(gold["text"], analysis))
        found[str(gold["id"])] = {"toponyms": [json.loads(encode(r)) for r in records]}
    return found


def line_of(scores):
    picked = {
        "span F": scores["strict"]["f1"] if "f1" in scores["strict"] else scores["strict"].get("f"),
        "within 161 km, of all": scores["resolved@161km, of all"]["share"],
        "of found": scores["resolved@161km, of found"]["share"],
    }
    if "country, of found" in scores:
        picked["country, of found"] = scores["country, of found"]["share"]
    return ", ".join(f"{k} {v:.3f}" for k, v in picked.items())


def measure_index(index):
    from whence.gazetteer import Gazetteer, build

    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        path = build(Path(folder) / "places.sqlite")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"index: built in {wall:.1f} s ({cpu:.1f} s of processor), {path.stat().st_size / 1e6:.0f} MB")
    gazetteer = Gazetteer.open(index)
    names = [n for (n,) in gazetteer._connections[0].execute("SELECT name FROM places WHERE id % 97 = 0 AND kind = 'town'")]
    random.Random(7).shuffle(names)
    names = names[:2000]
    for what, given in (("a name", names), ("a spelling", [respelt(n) for n in names]), ("no place", [n[::-1] + "qz" for n in names])):
        each = []
        for name in given:
            start = time.perf_counter()
            gazetteer.lookup(name)
            each.append((time.perf_counter() - start) * 1e6)
        each.sort()
        print(f"look-up of {what}: median {each[len(each) // 2]:.0f} µs, 99 of 100 under {each[int(len(each) * 0.99)]:.0f} µs")
    gazetteer.close()


def respelt(name):
    """Another usual spelling, most often."""
    return name.replace("a", "e", 1).replace("q", "k").replace("oo", "u").replace("ou", "u")


def training():
    spec = importlib.util.spec_from_file_location("toponym_training", HERE.parent / "training" / "toponyms.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure_places(shared, gazetteer, reader, cache, folds):
    places = scorer(shared, "places")
    sets = {}
    for corpus in ("lgl", "trnews"):
        docs = gold_lines(shared / "gold" / "geo" / f"{corpus}.jsonl.xz")
        sets[corpus] = (docs, parsed(docs, corpus, cache))
        found = read_places(reader, *sets[corpus])
        print(f"{corpus}, bundled weights: {line_of(places.score(docs, found)['scores'])}", flush=True)
    if folds < 2:
        return sets
    learn = training().learn
    held = {corpus: {} for corpus in sets}
    by_fold = {corpus: [] for corpus in sets}
    bundled = reader._detection, reader._resolution
    for fold in range(folds):
        rest = [
            (gold, analysis, corpus)
            for corpus, (docs, analyses) in sets.items()
            for n, (gold, analysis) in enumerate(zip(docs, analyses, strict=True))
            if n % folds != fold
        ]
        reader._detection, reader._resolution = learn(rest, gazetteer)
        for corpus, (docs, analyses) in sets.items():
            mine = docs[fold::folds]
            found = read_places(reader, mine, analyses[fold::folds])
            held[corpus] |= found
            by_fold[corpus].append(places.score(mine, found)["scores"]["resolved@161km, of all"]["share"])
    reader._detection, reader._resolution = bundled
    for corpus, (docs, _) in sets.items():
        spread = f"by fold {', '.join(f'{x:.3f}' for x in by_fold[corpus])}"
        print(
            f"{corpus}, weights of the other {folds - 1} of {folds} folds: {line_of(places.score(docs, held[corpus])['scores'])}; {spread}"
        )
    return {corpus: (docs, analyses, held[corpus]) for corpus, (docs, analyses) in sets.items()}


def read_times(docs, cache):
    from whence.readers.timexes import TimexReader
    from whence.records import encode

    reader, found = TimexReader(), {}
    for gold, analysis in zip(docs, parsed(docs, "wikiwars", cache), strict=True):
        dct = gold.get("dct")
        found[str(gold["id"])] = {"timexes": [json.loads(encode(r)) for r in reader(draft(gold["text"], analysis, dct))]}
    return found


def measure_times(shared, cache):
    timex = scorer(shared, "timex")
    docs = gold_lines(shared / "gold" / "timex" / "wikiwars_train.jsonl.xz")
    found = read_times(docs, cache)
    for gold in docs:
        scores = timex.score([gold], {str(gold["id"]): found[str(gold["id"])]})["scores"]
        print(f"  {gold['id']:28} {figures(scores)}")
    print(f"WikiWars, all: {figures(timex.score(docs, found)['scores'])}")
    return docs, found


def figures(scores):
    return ", ".join(f"{name} {value['f1']:.3f}" for name, value in scores.items() if isinstance(value, dict) and "f1" in value)


MARK = re.compile(r"\[([^\]|]+)\|([^\]]+)\]")


def own_set():
    """Rows of places_times.tsv: sentences with [name|COUNTRY kind] and [expression|value], and the day of publication."""
    for line in (HERE / "places_times.tsv").read_text(encoding="utf8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        published, marked = line.split("\t")
        text, places, times, at = "", [], [], 0
        for hit in MARK.finditer(marked):
            text += marked[at : hit.start()]
            span = (len(text), len(text) + len(hit[1]))
            text += hit[1]
            at = hit.end()
            if hit[2].startswith("@"):
                times.append((*span, hit[1], hit[2][1:]))
            else:
                country, kind = hit[2].split(" ")
                places.append((*span, hit[1], country, kind))
        yield published, text + marked[at:], places, times


def measure_news(reader):
    from whence.language.parser import Parser
    from whence.readers.timexes import TimexReader

    parser, timexes = Parser(), TimexReader()
    c = Counter()
    wrong = []
    for published, text, places, times in own_set():
        analysis = parser(text, [(0, len(text))])
        found = {(t.start, t.end): t for t in reader(draft(text, analysis)) if not (t.place and t.place.kind == "road")}
        gold = {(p[0], p[1]): p for p in places}
        c["sentences"] += 1
        c["places"] += len(gold)
        c["places read"] += len(found)
        for span, (_, _, name, country, kind) in gold.items():
            t = found.get(span)
            c["places found"] += t is not None
            right = t is not None and t.place is not None and (t.place.country or "-") == country
            c["country right"] += right
            c["country and kind right"] += right and t.place.kind in kind.split("/")
            if not right or t.place.kind not in kind.split("/"):
                wrong.append(
                    f"{name}: {(t.place and (t.place.name, t.place.kind, t.place.country)) if t else 'not read'}; {country} {kind}"
                )
        wrong += [f"{text[s:e]}: read, is no place" for s, e in found if (s, e) not in gold]
        told = {(t.start, t.end): t for t in timexes(draft(text, analysis, published))}
        c["times"] += len(times)
        c["times read"] += len(told)
        for start, end, said, value in times:
            near = [t for (s, e), t in told.items() if s < end and start < e]
            c["times touched"] += bool(near)
            c["times found"] += (start, end) in told
            good = bool(near) and str(near[0].value or "-") == value
            c["times with the right value"] += good
            if not good or (start, end) not in told:
                wrong.append(f"{said}: {(near[0].text, near[0].value) if near else 'not read'}; {value}")
        wrong += [f"{text[s:e]}: read, is no time" for s, e in told if not any(s < b and a < e for a, b, *_ in times)]
    print(f"own news set: {c['sentences']} sentences, {c['places']} places, {c['times']} times")
    print(f"  places: span P {c['places found'] / c['places read']:.3f} R {c['places found'] / c['places']:.3f}; of all: country "
          f"{c['country right'] / c['places']:.3f}, country and kind {c['country and kind right'] / c['places']:.3f}")  # fmt: skip
    print(f"  times: span P {c['times found'] / c['times read']:.3f} R {c['times found'] / c['times']:.3f}, touched "
          f"{c['times touched'] / c['times']:.3f}; value {c['times with the right value'] / c['times']:.3f} of all")  # fmt: skip
    for row in wrong:
        print("    " + row)


def causes_of_places(sets, gazetteer, places):
    from whence.readers.toponyms.features import company
    from whence.readers.toponyms.reader import THRESHOLD

    common = sys.modules["common"]
    count = Counter()
    for corpus, (docs, analyses, found) in sets.items():
        for gold, analysis in zip(docs, analyses, strict=True):
            mine = found[str(gold["id"])]["toponyms"]
            labels = {(analysis.tokens[n.first].start, analysis.tokens[n.last - 1].end): n.label for n in analysis.names}
            _, lower, people = company(analysis)
            for g in gold["toponyms"]:
                p = places.best(g, mine)
                name = gold["text"][g["start"] : g["end"]]
                if p is None:
                    label = next((x for (s, e), x in labels.items() if s < g["end"] and g["start"] < e), "")
                    known = gazetteer.lookup(name)
                    if not name[0].isupper():
                        cause = "not found: not capitalised"
                    elif gazetteer.demonym(name):
                        cause = "not found: a demonym"
                    elif not known:
                        cause = f"not found: no gazetteer entry, the model says {label or 'nothing'}"
                    elif label in ("person", "organization"):
                        cause = (
                            f"not found: taken for part of a {label}"
                            if name.lower() not in people
                            else "not found: a person's name in the text"
                        )
                    elif name.lower() in lower:
                        cause = "not found: a common word in the text"
                    else:
                        cause = f"not found: a known name under the threshold {THRESHOLD}, the model says {label or 'nothing'}"
                    count[corpus, cause] += 1
                elif g.get("lat") is not None:
                    place = p.get("place")
                    if place is None or place.get("latitude") is None:
                        count[corpus, "found, not placed: no gazetteer entry"] += 1
                        continue
                    if common.km(g["lat"], g["lon"], place["latitude"], place["longitude"]) <= 161 or str(place.get("geonames_id")) == str(
                        g.get("geonameid")
                    ):
                        continue
                    known = gazetteer.lookup(name)
                    near = [c.place for c in known if common.km(g["lat"], g["lon"], c.place.latitude, c.place.longitude) <= 161]
                    if (p["start"], p["end"]) != (g["start"], g["end"]):
                        cause = "found, wrong: part of the name, or more than it"
                    elif not near:
                        cause = "found, wrong: the right bearer is not in the gazetteer"
                    elif place["kind"] != near[0].kind and place["country"] == near[0].country:
                        cause = f"found, wrong: {place['kind']} for {near[0].kind}, same country"
                    elif place["kind"] != near[0].kind:
                        cause = f"found, wrong: {place['kind']} for {near[0].kind}, other country"
                    elif place["country"] == near[0].country:
                        cause = "found, wrong: a namesake in the same country"
                    else:
                        cause = "found, wrong: a namesake in another country"
                    count[corpus, cause] += 1
            for p in mine:
                if not any(p["start"] < g["end"] and g["start"] < p["end"] for g in gold["toponyms"]):
                    kind = "a demonym" if gazetteer.demonym(p["text"]) else (p["place"] or {}).get("kind") or "not placed"
                    count[corpus, f"read, is none in the gold: {kind}"] += 1
    return count


def causes_of_times(docs, found):
    count = Counter()
    for gold in docs:
        mine = {(t["start"], t["end"]): t for t in found[str(gold["id"])]["timexes"]}
        for g in gold["timex3"]:
            t = mine.get((g["start"], g["end"]))
            near = t or next((x for (s, e), x in mine.items() if s < g["end"] and g["start"] < e), None)
            value, own = str(g.get("value") or ""), str((near or {}).get("value") or "")
            if near is None:
                count["wikiwars", f"not found: {shape_of(value)}"] += 1
            elif own != value:
                if shape_of(own) != shape_of(value):
                    count["wikiwars", f"value: {shape_of(own)} for {shape_of(value)}"] += 1
                elif own[:4] != value[:4]:
                    count["wikiwars", f"value: another year, {shape_of(value)}"] += 1
                else:
                    count["wikiwars", f"value: another {'day or month' if '-' in value else 'amount'}, {shape_of(value)}"] += 1
            elif t is None:
                count["wikiwars", "span: other edges, right value"] += 1
        gold_spans = [(g["start"], g["end"]) for g in gold["timex3"]]
        for (s, e), t in mine.items():
            if not any(s < b and a < e for a, b in gold_spans):
                count["wikiwars", f"read, is none in the gold: {shape_of(str(t['value']))}"] += 1
    return count


SHAPES = (
    (r"P[\dXT]", "duration"), (r"(PAST|PRESENT|FUTURE)", "reference"), (r"X", "open"), (r".*T", "part of day"), (r"BC", "before Christ"),
    (r"\d{4}-\d\d-\d\d$", "day"), (r"\d{4}-W", "week"), (r"\d{4}-\d\d$", "month"), (r"\d{4}-[A-Z]", "season or quarter"),
    (r"\d{4}$", "year"), (r"\d{2,3}$", "decade or century"),
)  # fmt: skip


def shape_of(value):
    named = next((name for shape, name in SHAPES if re.match(shape, value)), "other")
    return "none" if value in ("", "None") else named


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--index", type=Path, help="a place index, if not the one of the settings")
    parser.add_argument("--cache", help="a pickle of parsed documents, to save time")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()

    from whence.config import load_settings
    from whence.gazetteer import Gazetteer
    from whence.readers.toponyms import ToponymReader

    index = options.index or load_settings()[0].gazetteer()
    gazetteer = Gazetteer.open(index, create=True)
    reader = ToponymReader(gazetteer=gazetteer)
    shared = options.shared if (options.shared / "gold").is_dir() else None
    if "index" in options.only:
        measure_index(index)
    if "news" in options.only:
        measure_news(reader)
    count = Counter()
    if shared and {"places", "causes"} & set(options.only):
        sets = measure_places(shared, gazetteer, reader, options.cache, options.folds)
        if "causes" in options.only and options.folds > 1:
            count += causes_of_places(sets, gazetteer, scorer(shared, "places"))
    if shared and {"times", "causes"} & set(options.only):
        count += causes_of_times(*measure_times(shared, options.cache))
    if "causes" in options.only and count:
        print("commonest causes of the errors left:")
        for (corpus, cause), n in count.most_common(20):
            print(f"  {n:5} {corpus}: {cause}")


if __name__ == "__main__":
    main()
