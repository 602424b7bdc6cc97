"""Trains the learned part of the event reader on corpus/events (train half) and writes src/whence/data/events/triggers.npz.

    python training/events.py [--corpus corpus/events/events.jsonl] [--folds 5]

Each word that may tell of an act is one case: the type of the marked event it heads, or none. Two softmax regressions over
hashed features (L2): the type, and for those that tell of an act the ACLED coding. With --folds it prints what
cross-validation by item gives and writes nothing. One run takes about two minutes on one core.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from whence.language.completion import completed
from whence.language.parser import Parser
from whence.pipeline import blocks_of, opened
from whence.readers.events.finding import find
from whence.readers.events.judging import BITS, CANDIDATES, features, hashed
from whence.readers.events.lexicon import triggers
from whence.records import Source

HERE = Path(__file__).parent.parent
OUT = HERE / "src/whence/data/events/triggers.npz"
STRENGTH = 3.0
SMALL = 4e-3


def cases(rows):
    """(item, hashed features, type or none, ACLED coding) of each word of each item."""
    parser, lexicon = Parser(), triggers()
    documents = [opened(Source(id=r["id"], text=r["text"], language="en")) for r in rows]
    for n, (row, analysis) in enumerate(zip(rows, parser.pipe((d.text, blocks_of(d)) for d in documents), strict=True)):
        analysis = completed(analysis)
        labels = {i: name.label for name in analysis.names for i in range(name.first, name.last)}
        gold = {}
        for event in row["events"]:
            for span in [event["trigger"], *event["also"]]:
                first, last = analysis.covering(span["start"], span["end"])
                if first < last:
                    head = analysis.head_of(first, last)
                    for i in range(first, last):
                        gold[i] = None
                    gold[head] = (event["type"], event["acled"] or "")
        for sentence in analysis.sentences:
            rules = {t.token.i: t.sense.type for t in find(analysis, sentence, lexicon)}
            for token in analysis.of(sentence):
                if token.pos not in CANDIDATES or (token.i in gold and gold[token.i] is None):
                    continue
                kind, code = gold.get(token.i) or ("none", "")
                yield n, {hashed(f) for f in features(analysis, token, lexicon, rules.get(token.i, "-"), labels)}, kind, code


def matrix(found):
    pointers, columns = [0], []
    for rows in found:
        columns += sorted(rows)
        pointers.append(len(columns))
    return csr_matrix((np.ones(len(columns), np.float32), np.array(columns, np.int32), np.array(pointers)), shape=(len(found), 1 << BITS))


def sparse(weights):
    """(rows that matter, their values) of classes x features weights."""
    weights = weights.T.astype(np.float16)
    weights[np.abs(weights) < SMALL] = 0
    rows = np.flatnonzero(np.abs(weights).sum(axis=1))
    return rows.astype(np.int32), weights[rows]


def learn(x, y):
    return LogisticRegression(C=STRENGTH, max_iter=300).fit(x, y)


def validate(found, folds):
    items = np.array([f[0] for f in found])
    x, y = matrix([f[1] for f in found]), np.array([f[2] for f in found])
    for threshold in (0.3, 0.4, 0.5, 0.6):
        hit = given = 0
        if threshold == 0.3:
            chances = []
            for k in range(folds):
                model = learn(x[items % folds != k], y[items % folds != k])
                chances.append((items % folds == k, model.predict_proba(x[items % folds == k]), model.classes_))
        for held, chance, classes in chances:
            none = list(classes).index("none")
            picked = chance[:, none] < 1 - threshold
            best = np.array([classes[i] for i in np.argmax(np.where(np.arange(len(classes)) == none, -1, chance), axis=1)])
            hit += int((picked & (best == y[held])).sum())
            given += int(picked.sum())
        gold = int((y != "none").sum())
        print(f"threshold {threshold}: type precision {hit / given:.3f}, recall {hit / gold:.3f}, F {2 * hit / (given + gold):.3f}")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, default=HERE / "corpus/events/events.jsonl")
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--out", type=Path, default=OUT)
    given = options.parse_args()
    rows = [r for r in map(json.loads, given.corpus.read_text(encoding="utf8").splitlines()) if r["split"] == "train"]
    found = list(cases(rows))
    if given.folds:
        validate(found, given.folds)
        return
    x = matrix([f[1] for f in found])
    kinds = learn(x, np.array([f[2] for f in found]))
    acts = [n for n, f in enumerate(found) if f[2] != "none"]
    codes = learn(x[acts], np.array([found[n][3] for n in acts]))
    kept = {"types": kinds.classes_, "codes": codes.classes_, "type_bias": kinds.intercept_, "code_bias": codes.intercept_}
    for name, model in (("type", kinds), ("code", codes)):
        kept[f"{name}_rows"], kept[f"{name}_values"] = sparse(model.coef_)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out, **kept)
    print(f"{len(found)} words, {len(acts)} acts, {given.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
