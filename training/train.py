"""Make the bundled model: vectors, the two networks, the lemma table, all packed into one file.

    python training/train.py --shared ../shared --out src/whence/language/models/fast

About an hour on one core (OMP_NUM_THREADS=1). `--part` makes one part alone and keeps the others found in `--work`.
Each part is saved in the work folder; the packed model is written last.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import shutil
from functools import partial
from pathlib import Path

import spacy
from spacy.tokens import Doc

import lists
import names
import pack
import pipeline
import treebanks
import vectors
from augment import Swapper
from treebanks import Paragraph
from whence.language.parser import numpy_matrices

PARTS = ("vectors", "syntax", "names", "again", "pack")
MORE = ("silver",)
"""A second round of names on silver: only where asked for; see README.md for what it gave."""

OWN_TIMES = 3
"""How often a round sees each of the project's own sentences: they are of the field and few."""


def syntax_data(shared: Path) -> list[Paragraph]:
    return [p for d in treebanks.train(shared) for p in d.paragraphs]


def names_data(shared: Path, *, own: bool = True) -> list[Paragraph]:
    """Everything that names are learnt from."""
    found = [p for p in syntax_data(shared) if p.names is not None]
    found += [*names.re3d(shared), *names.meantime(shared)]
    found += [half_known(p) for p in syntax_data(shared) if p.names is None]
    if own:
        found += OWN_TIMES * list(names.own())
    return [p for p in found if p.words]


def half_known(p: Paragraph) -> Paragraph:
    """A paragraph of EWT, where no names are marked: what is no proper noun is in none; the rest is not known."""
    out = p.copy()
    out.names = []
    proper = {i for i, tag in enumerate(p.tags) if tag.startswith("NNP") or tag in ("FW", "ADD", "GW")}
    joins = {"of", "the", "for", "and", "&", "-"}
    between = {i for i, word in enumerate(p.words) if word.lower() in joins and {i - 1, i + 1} & proper}
    out.unsure = sorted(proper | between)
    return out


def labelled(folder: Path, documents: list[treebanks.Document]) -> list[Paragraph]:
    """EWT with the names that the network in `folder` finds where the treebank agrees that it is a whole name.

    A name that is one word of a longer one in the same document has its type; otherwise the type most found there.
    """
    nlp = spacy.load(folder)
    given = set(lists.GIVEN)
    out = []
    for document in documents:
        paragraphs = [half_known(p) for p in document.paragraphs if p.names is None]
        types: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
        for p in paragraphs:
            unsure = set(p.unsure)
            p.names = []
            for e in nlp(Doc(nlp.vocab, words=p.words, spaces=p.spaces)).ents:
                if set(range(e.start, e.end)) <= unsure and not {e.start - 1, e.end} & unsure:
                    p.names.append((e.start, e.end, e.label_))
                    types[e.text][e.label_] += 1
                    if e.end - e.start > 1 and e.label_ == "person":
                        for word in (p.words[e.start], p.words[e.end - 1]):
                            types[word][e.label_] += 5
        for p in paragraphs:
            p.names = [
                (a, b, "person" if b == a + 1 and p.words[a] in given else types[_said(p, a, b)].most_common(1)[0][0])
                for a, b, _ in p.names or []
            ]
            taken = {i for a, b, _ in p.names for i in range(a, b)}
            p.unsure = [i for i in p.unsure if i not in taken]
        out += paragraphs
    return out


def _said(p: Paragraph, a: int, b: int) -> str:
    return "".join(w + " " * s for w, s in zip(p.words[a:b], p.spaces[a:b], strict=True)).rstrip()


def swapper(paragraphs: list[Paragraph], *, made: bool = True) -> Swapper:
    """Names to put in the place of others: every name seen, once, and as `lists` makes them."""
    seen: collections.Counter[tuple[tuple[str, ...], str]] = collections.Counter()
    for p in itertools.chain(paragraphs, names.own()):
        for a, b, kind in p.names or []:
            seen[tuple(p.words[a:b]), kind] += 1
    return Swapper(sorted(seen) + (lists.made() if made else []))


def save(nlp: spacy.language.Language, folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    nlp.to_disk(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder of the packed model")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder for what is between")
    parser.add_argument("--part", choices=(*PARTS, *MORE), action="append", help="make these alone")
    parser.add_argument("--syntax-steps", type=int, default=4_400)
    parser.add_argument("--again-steps", type=int, default=2_000)
    parser.add_argument("--names-steps", type=int, default=2_200)
    parser.add_argument("--silver-steps", type=int, default=900)
    parser.add_argument("--names-rate", type=float, default=0.001)
    parser.add_argument("--no-transfer", action="store_true", help="begin the encoder for names from nothing")
    parser.add_argument("--no-own", action="store_true", help="leave our own sentences out (to measure them)")
    parser.add_argument("--no-swaps", action="store_true", help="leave names as they are (to measure swaps)")
    parser.add_argument("--no-vectors", action="store_true", help="do without word vectors (to measure them)")
    options = parser.parse_args()
    parts = options.part or PARTS
    work: Path = options.work
    print("matrices by", numpy_matrices())
    table = work / "vectors.floret"
    if "vectors" in parts:
        vectors.make(options.shared, table)
    table_used = None if options.no_vectors else table
    if "syntax" in parts:
        data = syntax_data(options.shared)
        nlp = pipeline.syntax(table_used)
        pipeline.train(
            nlp, data, steps=options.syntax_steps,
            swapper=None if options.no_swaps else swapper(data, made=False),
            check=lambda step: save(nlp, work / "syntax"),
        )  # fmt: skip
        save(nlp, work / "syntax")
    if "names" in parts:
        data = names_data(options.shared, own=not options.no_own)
        nlp = pipeline.names(table_used)
        pipeline.train(
            nlp, data, steps=options.names_steps, rate=options.names_rate,
            swapper=None if options.no_swaps else swapper(data), free=True,
            check=lambda step: save(nlp, work / "names"),
            begin=None if options.no_transfer else partial(pipeline.begin_with, syntax_folder=work / "syntax"),
        )  # fmt: skip
        save(nlp, work / "names")
    if "again" in parts:
        data = syntax_data(options.shared)
        nlp = pipeline.syntax(table_used)
        pipeline.train(
            nlp, data, steps=options.again_steps, swapper=swapper(data, made=False), rate=0.0008, warm_up=100, seed=2,
            begin=partial(pipeline.go_on, folder=work / "syntax"),
        )  # fmt: skip
        save(nlp, work / "syntax")
    if "silver" in parts:
        data = [p for p in names_data(options.shared) if not p.unsure]
        data += [p for p in data if p.heads]
        data += labelled(work / "names", treebanks.train(options.shared))
        nlp = pipeline.names(table_used)
        pipeline.train(
            nlp, data, steps=options.silver_steps, rate=0.0007, warm_up=100, swapper=swapper(data), free=True,
            begin=partial(pipeline.go_on_with_names, folder=work / "names"),
        )  # fmt: skip
        save(nlp, work / "names")
    if "pack" in parts:
        pack.write(options.out, work=work, shared=options.shared)


if __name__ == "__main__":
    main()
