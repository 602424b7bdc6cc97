"""Trains the two models of the attribution reader and writes them to src/whence/data/attribution.

    python training/attribution.py --shared ../shared [--documents N] [--iterations N]

Cues: a logistic regression over hashed features of each word that may head a cue. Words inside the content of an
annotated attribution are left out, for the gold has one level only, and what is nested in it is neither cue nor not.
Spans: a linear-chain CRF (CRFsuite; L-BFGS with L1 and L2) over the words around each annotated cue, labelled as source,
cue, content or neither. What the constructions of `finding.py` find is a feature of both.
Gold: PolNeAR train, GUM train and the train half of corpus/attribution/said.jsonl, whose nested statements are kept as they
are, parsed with the bundled model. One run takes about twenty minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import time
from pathlib import Path

import numpy as np
import pycrfsuite
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from whence.language.completion import completed
from whence.language.parser import Parser
from whence.pipeline import blocks_of, opened
from whence.readers.attributions import distinct
from whence.readers.attributions.cues import cues
from whence.readers.attributions.features import Features
from whence.readers.attributions.finding import Finder
from whence.readers.attributions.learned import BITS, hashed
from whence.readers.attributions.quotations import quotations
from whence.records import Source

OUT = Path(__file__).parent.parent / "src/whence/data/attribution"
SMALL = 2e-3
"""Weights below this are set to zero, which takes a third of the file away and changes no score."""


def lines(path):
    with lzma.open(path, "rt", encoding="utf8") as file:
        yield from map(json.loads, file)


def analysed(parser, golds, batch=16):
    """(gold document, analysis) one by one."""
    golds = list(golds)
    for at in range(0, len(golds), batch):
        part = golds[at : at + batch]
        documents = [opened(Source(id=str(g["id"]), text=g["text"], title=g.get("title"), language="en")) for g in part]
        for gold, analysis in zip(part, parser.pipe((d.text, blocks_of(d)) for d in documents), strict=True):
            yield gold, completed(analysis)


def ranges(analysis, spans):
    found = [analysis.covering(s["start"], s["end"]) for s in spans]
    return [(first, last) for first, last in found if first < last]


def annotated(gold, analysis):
    """(head of the cue, cue, source, content) of each attribution, as token ranges."""
    for a in gold["attributions"]:
        source = ranges(analysis, a["source"])
        if "satellite" in a:  # GUM
            cue = [
                r for s in a["signals"] if s["subtype"] in ("indicative_word", "indicative_phrase") for r in ranges(analysis, s["spans"])
            ]
            content = ranges(analysis, a["content_core"])
        else:
            cue, content = ranges(analysis, a["cue"]), ranges(analysis, a["content"])
        if cue and content:
            yield analysis.head_of(*cue[0]), cue, source, content


def labels(first, last, cue, source, content):
    out = ["O"] * (last - first)
    for label, spans in (("C", content), ("S", source), ("Q", cue)):
        for a, b in spans:
            for i in range(max(a, first), min(b, last)):
                out[i - first] = ("B" if i == max(a, first) else "I") + label
    return out


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--shared", type=Path, required=True)
    options.add_argument("--documents", type=int, default=None, help="of PolNeAR, all by default")
    options.add_argument("--own", type=Path, default=Path(__file__).parent.parent / "corpus/attribution/said.jsonl")
    options.add_argument("--times", type=int, default=4, help="how often each text of our own counts")
    options.add_argument("--iterations", type=int, default=110)
    options.add_argument("--out", type=Path, default=OUT)
    given = options.parse_args()
    began = time.time()
    polnear = list(lines(given.shared / "gold/polnear/train.jsonl.xz"))
    random.Random(1).shuffle(polnear)
    gum = list(lines(given.shared / "gold/gum/train.jsonl.xz"))
    trainer = pycrfsuite.Trainer(verbose=False)
    pointers, columns, gold_cues = [0], [], []
    parser = Parser()
    own = [r for r in map(json.loads, given.own.read_text(encoding="utf8").splitlines()) if r["split"] == "train"]
    for gold, analysis in analysed(parser, [*polnear[: given.documents], *gum, *own]):
        quotes = quotations(analysis)
        features = Features(analysis, quotes, distinct(list(Finder(analysis, cues(), quotes))))
        found = list(annotated(gold, analysis))
        heads = {f[0] for f in found}
        inside = {i for _, cue, _, content in found for a, b in [*cue, *content] for i in range(a, b)}
        for token in analysis.tokens if "satellite" not in json.dumps(gold["attributions"][:1]) else ():
            if features.candidate(token) and (token.i in heads or token.i not in inside):
                for _ in range(given.times if "style" in gold else 1):
                    columns += sorted({hashed(f) for f in features.of_cue(token)})
                    pointers.append(len(columns))
                    gold_cues.append(token.i in heads)
        for head, cue, source, content in found:
            first, last = features.window(head)
            for _ in range(given.times if "style" in gold else 1):
                trainer.append(features.around(analysis.tokens[head], first, last), labels(first, last, cue, source, content))
    print(f"read and parsed: {time.time() - began:.0f} s", flush=True)
    matrix = csr_matrix(
        (np.ones(len(columns), np.float32), np.array(columns, np.int32), np.array(pointers)), shape=(len(gold_cues), 1 << BITS)
    )
    model = LogisticRegression(C=0.15, solver="liblinear").fit(matrix, gold_cues)
    weights = model.coef_[0].astype(np.float16)
    weights[np.abs(weights) < SMALL] = 0
    given.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out / "cues.npz", weights=weights, intercept=np.float32(model.intercept_[0]))
    print(f"cues: {len(gold_cues)} words, {time.time() - began:.0f} s", flush=True)
    trainer.set_params({"c1": 0.25, "c2": 0.25, "max_iterations": given.iterations, "feature.minfreq": 3})
    trainer.train(str(given.out / "spans.crf"))
    print(f"spans: {(given.out / 'spans.crf').stat().st_size / 1e6:.1f} MB, {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
