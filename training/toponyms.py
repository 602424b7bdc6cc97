"""Learns the weights of the toponym reader and writes them to src/whence/data/places/weights.toml.

    python training/toponyms.py --gold lgl.jsonl.xz trnews.jsonl.xz [--half 0]

Gold: lines of {"id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonameid"}]}. Two linear models, each by
logistic regression: whether a spot names a place (gold spans against the rest), and which bearer is meant (the right
candidate against each other one, by the difference of their features; features of company are taken from the reading
of the whole document under the weights of the round before). With --half every second document is left out, to
measure on.
"""

from __future__ import annotations

import argparse
import json
import lzma
import pickle
import re
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from whence.gazetteer import Gazetteer
from whence.gazetteer.gazetteer import GazetteerPlace
from whence.readers.toponyms import features as F  # noqa: N812 - as in the formulas
from whence.readers.toponyms import reader as reading
from whence.readers.toponyms.resolve import gather, holders_of, resolve, weigh
from whence.readers.toponyms.spots import spots_of

FIXED = {"capital": 1.0, "first": 0.0, "unpeopled": 0.0}
"""Not learnt: in local papers of the United States, most of the gold, namesakes beat capitals and great cities."""
OUT = Path(__file__).parent.parent / "src/whence/data/places/weights.toml"
START = {
    "population": 1.0,
    "kind_country": 5.0,
    "kind_admin1": 3.0,
    "kind_area": 2.5,
    "kind_water": 1.5,
    "held": 3.0,
    "country_share": 3.0,
    "division_share": 3.0,
    "closest": 1.0,
    "word_first": 2.0,
}


def documents(paths, cache):
    parsed = pickle.loads(Path(cache).read_bytes()) if cache and Path(cache).exists() else None
    if parsed is None:
        from whence.language.parser import Parser

        parse, parsed = Parser(), {}
    for path in paths:
        corpus = Path(path).name.split(".")[0]
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for gold in map(json.loads, lines):
                key = (corpus, str(gold["id"]))
                if key not in parsed:
                    parsed[key] = parse(gold["text"], [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", gold["text"])])
                yield gold, parsed[key], corpus


def place_at(lat, lon):
    return GazetteerPlace(
        id=0,
        geonames_id=None,
        name="",
        kind="town",
        latitude=lat,
        longitude=lon,
        country=None,
        admin1=None,
        admin1_code=None,
        population=0,
        radius_km=1.0,
        capital=False,
    )


def fit(rows, labels, importance, *, strength):
    vectors = DictVectorizer(sort=True)
    x = vectors.fit_transform(rows)
    model = LogisticRegression(C=strength, max_iter=2000, fit_intercept=False)
    model.fit(x, labels, sample_weight=importance)
    return {name: round(float(w), 4) for name, w in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)}


def learn(docs, gazetteer, rounds=3):
    sizes = Counter()
    for gold, _, corpus in docs:
        sizes[corpus] += len(gold["toponyms"])
    share = {corpus: sum(sizes.values()) / len(sizes) / n for corpus, n in sizes.items()}  # every corpus counts the same
    rows, labels, prepared, importance = [], [], [], []
    for gold, analysis, corpus in docs:
        spots = spots_of(analysis, gazetteer)
        places, lower, people = F.company(analysis)
        spans = {(t["start"], t["end"]): t for t in gold["toponyms"]}
        for s in spots:
            rows.append(F.detection(analysis, s, places=places, lower=lower, people=people))
            importance.append(share[corpus])
            labels.append((s.start, s.end) in spans)
        prepared.append((analysis, spots, spans, places, lower, people, share[corpus]))
    detect = fit(rows, labels, importance, strength=1.0)
    which = dict(START)
    for _ in range(rounds):
        differences, weights = [], []
        for analysis, spots, spans, places, lower, people, weight in prepared:
            for s in spots:
                s.probability = float(1 / (1 + np.exp(-F.dot(detect, F.detection(analysis, s, places=places, lower=lower, people=people)))))
            kept = [s for s in spots if s.probability >= reading.LEAST_LIKELY]
            choices = resolve(analysis, kept, which, gazetteer)
            features = weigh(analysis, kept, holders_of(analysis, kept), gather(analysis, kept, choices), gazetteer)
            for s, each in zip(kept, features, strict=True):
                t = spans.get((s.start, s.end))
                if t is None or t.get("lat") is None or len(s.candidates) < 2:
                    continue
                target = place_at(float(t["lat"]), float(t["lon"]))
                away = [0.0 if str(c.place.geonames_id) == str(t.get("geonameid")) else F.distance(c.place, target) for c in s.candidates]
                best = min(range(len(away)), key=away.__getitem__)
                if away[best] > 100:
                    continue
                wrong = [k for k, d in enumerate(away) if d > 161]
                for k in wrong:
                    names = (each[best].keys() | each[k].keys()) - FIXED.keys()
                    differences.append({n: each[best].get(n, 0.0) - each[k].get(n, 0.0) for n in names})
                    weights.append(weight / len(wrong) ** 0.5)
        vectors = DictVectorizer(sort=True)
        x = vectors.fit_transform(differences + [{n: -v for n, v in d.items()} for d in differences])
        y = np.r_[np.ones(len(differences)), np.zeros(len(differences))]
        model = LogisticRegression(C=0.5, max_iter=3000, fit_intercept=False).fit(x, y, sample_weight=np.r_[weights, weights])
        which = {n: round(float(w), 4) for n, w in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)} | FIXED
    return detect, which


def write(detect, which, path=OUT):
    lines = ["# Made by training/toponyms.py; see there.", ""]
    for table, weights in (("detection", detect), ("resolution", which)):
        lines += [f"[{table}]", *(f"{name} = {weights[name]:.4f}" for name in sorted(weights)), ""]
    path.write_text("\n".join(lines), encoding="utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", nargs="+", required=True)
    parser.add_argument("--gazetteer")
    parser.add_argument("--cache", help="a pickle of parsed documents, to save time")
    parser.add_argument("--half", type=int, choices=(0, 1), help="learn from every second document only, to measure on the others")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    docs = list(documents(options.gold, options.cache))
    if options.half is not None:
        docs = docs[options.half :: 2]
    write(*learn(docs, Gazetteer.open(options.gazetteer, create=True)), options.out)


if __name__ == "__main__":
    main()
