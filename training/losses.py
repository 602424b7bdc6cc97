"""Trains what an amount counts on corpus/events and corpus/counts (train halves) and writes src/whence/data/events/losses.npz.

    python training/losses.py [--folds 5]

Each amount of an item is one case: the measure of the marked count it overlaps, or none; what the rules of the package make
of it is one of its features. A softmax regression over hashed features (L2). With --folds it prints what cross-validation by
item gives and writes nothing. One run takes about two minutes on one core.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from whence.pipeline import Whence
from whence.readers.events.counting import rule_measures
from whence.readers.events.measuring import BITS, candidates, features, hashed
from whence.records import Source

HERE = Path(__file__).parent.parent
OUT = HERE / "src/whence/data/events/losses.npz"
CORPORA = ("corpus/events/events.jsonl", "corpus/counts/counts.jsonl")
STRENGTH = 0.5
SMALL = 4e-3


def cases():
    """(item, hashed features, measure or none, whether the bounds agree, marked counts of the item)."""
    engine = Whence()
    next(r for r in engine.pipeline.readers if r.name == "events").learned = False
    n = 0
    for path in CORPORA:
        for line in (HERE / path).read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            if row["split"] != "train":
                continue
            gold = row["counts"] if "counts" in row else [c for e in row["events"] for c in e["counts"]]
            draft, reading = engine.draft(Source(id=row["id"], text=row["text"], language="en"))
            analysis = draft.analysis
            for sentence in analysis.sentences:
                found = candidates(analysis, sentence)
                rules = rule_measures(analysis, sentence, found, reading.events)
                for a in found:
                    start, end = analysis.tokens[a.first].start, analysis.tokens[a.last - 1].end
                    at = [c for c in gold if c["span"]["start"] < end and start < c["span"]["end"]]
                    right = [c for c in at if (c["low"], c["high"]) == (a.low, a.high)]
                    kind = (right or at)[0]["measure"] if at else "none"
                    told = {hashed(f) for f in features(analysis, sentence, a, rules.get(a.first, "none"))}
                    yield n, told, kind, bool(right), rules.get(a.first, "none")
            n += 1


def matrix(found):
    pointers, columns = [0], []
    for rows in found:
        columns += sorted(rows)
        pointers.append(len(columns))
    return csr_matrix((np.ones(len(columns), np.float32), np.array(columns, np.int32), np.array(pointers)), shape=(len(found), 1 << BITS))


def learn(x, y):
    return LogisticRegression(C=STRENGTH, max_iter=400).fit(x, y)


def report(kinds, rules, guessed):
    """Prints hits, found and marked of the rules and of the model over all amounts."""
    for name, answer in (("rules", rules), ("model", guessed)):
        hit = sum(a == k != "none" for a, k in zip(answer, kinds, strict=True))
        found, marked = sum(a != "none" for a in answer), sum(k != "none" for k in kinds)
        print(f"{name}: P {hit / max(1, found):.3f} R {hit / marked:.3f} F {2 * hit / (found + marked):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0)
    asked = parser.parse_args()
    found = list(cases())
    x, y = matrix([f[1] for f in found]), np.array([f[2] for f in found])
    print(len(found), "amounts", Counter(y.tolist()).most_common())
    if asked.folds:
        fold = np.array([f[0] % asked.folds for f in found])
        guessed = np.empty(len(y), dtype=object)
        for k in range(asked.folds):
            model = learn(x[fold != k], y[fold != k])
            guessed[fold == k] = model.predict(x[fold == k])
        report(y.tolist(), [f[4] for f in found], guessed.tolist())
        return
    model = learn(x, y)
    weights = model.coef_.T.astype(np.float16)
    weights[np.abs(weights) < SMALL] = 0
    rows = np.flatnonzero(np.abs(weights).sum(axis=1))
    np.savez_compressed(
        OUT, rows=rows.astype(np.int32), values=weights[rows], bias=model.intercept_.astype(np.float32), classes=np.array(model.classes_)
    )
    print(OUT, OUT.stat().st_size)


if __name__ == "__main__":
    main()
