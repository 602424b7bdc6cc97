"""Learns the weights of the graded commitment and writes them to src/whence/data/factuality/weights.npz.

    python training/factuality.py --uds uds_ih2_train.jsonl.xz --meantime first60.jsonl.xz \
        [--dev uds_ih2_dev.jsonl.xz commitmentbank_dev.jsonl] [--cache parsed.pickle]

Gold of UDS-IH2 and CommitmentBank: lines of {"text", "targets": [{"start", "end", "factuality"}]}, -3 to 3. Of MEANTIME:
lines of {"text", "mentions": [{"tag": "EVENT_MENTION", "start", "end", "polarity", "certainty"}]}; CERTAIN, PROBABLE,
POSSIBLE and UNDERSPECIFIED are 3, 2, 1 and 0, turned by NEG. Ridge regression of the value on the checksums of the
features of whence.readers.factuality.features, MEANTIME weighted threefold for it is the only news; rounded to whole
numbers. --dev files are only measured on. CommitmentBank states no licence and is not learned from; --commitmentbank does, for
weights that are not handed on. MEANTIME is measured by fifths of its documents, each by weights learned
without it; --fold N writes such weights, to measure whole readings with.
"""

from __future__ import annotations

import argparse
import json
import lzma
import pickle
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import Ridge

from whence.language.completion import completed
from whence.language.parser import Parser
from whence.readers.factuality.features import of as features_of
from whence.readers.factuality.model import BUCKETS, bucket
from whence.readers.factuality.projection import Projection

OUT = Path(__file__).parent.parent / "src/whence/data/factuality/weights.npz"
ALPHA = 60.0
"""Ridge penalty: the best of 30 to 200 on UDS-IH2 train by fifths; the figures differ by less than .01."""
NEWS = 3.0
UNIT = 2000
TOGETHER = 60
"""Texts parsed as blocks of one document; each is parsed on its own all the same."""
SIZE = {"CERTAIN": 3.0, "PROBABLE": 2.0, "POSSIBLE": 1.0, "UNDERSPECIFIED": 0.0}


def lines_of(path):
    with lzma.open(path, "rt", encoding="utf8") if str(path).endswith(".xz") else Path(path).open(encoding="utf8") as rows:
        return [json.loads(row) for row in rows]


def targets_of(document):
    if "targets" in document:
        return [(t["start"], t["end"], float(t["factuality"])) for t in document["targets"]]
    return [
        (m["start"], m["end"], SIZE[m["certainty"]] * (-1 if m["polarity"] == "NEG" else 1))
        for m in document["mentions"]
        if m["tag"] == "EVENT_MENTION" and m.get("polarity") and m.get("certainty")
    ]


def parsed(path, parse, cache):
    """[(analysis, [(start, end, value, number of the document)])] of a file."""
    key = Path(path).name
    if key in cache:
        return cache[key]
    out, documents = [], lines_of(path)
    for begin in range(0, len(documents), TOGETHER):
        text, blocks, targets = "", [], []
        for number, document in enumerate(documents[begin : begin + TOGETHER], begin):
            base = len(text)
            text += document["text"] + "\n\n"
            at = base
            for piece in document["text"].split("\n"):
                if piece.strip():
                    blocks.append((at, at + len(piece)))
                at += len(piece) + 1
            targets += [(base + a, base + b, value, number) for a, b, value in targets_of(document)]
        out.append((completed(parse(text, blocks)), targets))
    cache[key] = out
    return out


def examples(path, parse, cache):
    """(a row of buckets per target, values, numbers of documents) of a file."""
    rows, values, numbers = [], [], []
    for analysis, targets in parsed(path, parse, cache):
        projection = Projection(analysis)
        for start, end, value, number in targets:
            first, last = analysis.covering(start, end)
            if first < last:
                i = projection.of(analysis.head_of(first, last)).token
                rows.append({bucket(f) for f in features_of(projection, i)})
                values.append(value)
                numbers.append(number)
    at = [n for n, row in enumerate(rows) for _ in row]
    matrix = csr_matrix((np.ones(len(at), np.float32), (at, [b for row in rows for b in row])), (len(rows), BUCKETS))
    return matrix, np.array(values), np.array(numbers)


def fit(sets):
    """Weights learned of [(matrix, values, weight)]."""
    matrix = vstack([m for m, _, _ in sets]).tocsr()
    model = Ridge(alpha=ALPHA, solver="sparse_cg", fit_intercept=False)
    model.fit(matrix, np.concatenate([v for _, v, _ in sets]), sample_weight=np.concatenate([np.full(len(v), w) for _, v, w in sets]))
    return model.coef_


def told(name, found, gold):
    print(f"{name}: {len(gold)} predicates, r {np.corrcoef(found, gold)[0, 1]:.3f}, MAE {np.abs(found - gold).mean():.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uds", required=True)
    parser.add_argument("--commitmentbank")
    parser.add_argument("--meantime", required=True)
    parser.add_argument("--dev", nargs="*", default=[])
    parser.add_argument("--cache", help="a pickle of parsed documents of one's own, to save time; never load another's")
    parser.add_argument("--fold", type=int, choices=range(5), help="leave this fifth of MEANTIME's documents out")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    cache = pickle.loads(Path(given.cache).read_bytes()) if given.cache and Path(given.cache).exists() else {}
    parse = Parser(model="fast")
    uds, news = examples(given.uds, parse, cache), examples(given.meantime, parse, cache)
    bank = [examples(given.commitmentbank, parse, cache)] if given.commitmentbank else []
    dev = [(path, examples(path, parse, cache)) for path in given.dev]
    if given.cache:
        Path(given.cache).write_bytes(pickle.dumps(cache))
    plain = [(*found[:2], 1.0) for found in (uds, *bank)]
    found = np.zeros(len(news[1]))
    for fold in range(5):
        out = news[2] % 5 == fold
        found[out] = news[0][out] @ fit([*plain, (news[0][~out], news[1][~out], NEWS)])
    told(f"{Path(given.meantime).name}, by fifths", found, news[1])
    kept = news[2] % 5 != given.fold if given.fold is not None else np.ones(len(news[1]), bool)
    weights = fit([*plain, (news[0][kept], news[1][kept], NEWS)])
    for path, (matrix, values, _) in dev:
        told(Path(path).name, matrix @ weights, values)
    whole = np.clip(np.round(weights * UNIT), -32767, 32767).astype(np.int16)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out, weights=whole, unit=np.int64(UNIT))
    print(f"{given.out}: {given.out.stat().st_size} bytes, {np.count_nonzero(whole)} weights")


if __name__ == "__main__":
    main()
