"""Scores of the bundled model on raw text: words and sentences are its own, aligned as in the CoNLL 2018 shared task.

    python training/evaluate.py --shared ../shared

A word counts where the same characters are a word in the treebank; LAS compares universal relations without subtype,
as that task did; features and lemmas are of aligned words. A name counts where both ends and the type agree.
"""

from __future__ import annotations

import argparse
import collections
import time
from dataclasses import dataclass, field
from pathlib import Path

import names
import treebanks
from treebanks import Document, Paragraph
from whence.language.analysis import Analysis
from whence.language.parser import Parser

HELD_BACK = Path(__file__).parent / "names/held_back.txt"


@dataclass
class Tally:
    """Right, said and asked for."""

    right: int = 0
    said: int = 0
    asked: int = 0

    @property
    def f(self) -> float:
        return 2 * self.right / max(1, self.said + self.asked)

    def add(self, said: set[object], asked: set[object]) -> None:
        self.right += len(said & asked)
        self.said += len(said)
        self.asked += len(asked)


@dataclass
class Scores:
    tallies: dict[str, Tally] = field(default_factory=lambda: collections.defaultdict(Tally))
    wrong: collections.Counter[str] = field(default_factory=collections.Counter)


def laid_out(document: Document) -> tuple[str, list[tuple[int, int]]]:
    """The document's text, paragraphs parted by blank lines, and where the paragraphs are."""
    text, blocks = "", []
    for p in document.paragraphs:
        blocks.append((len(text), len(text) + len(p.text)))
        text += p.text + "\n\n"
    return text, blocks


def gold_ranges(p: Paragraph, base: int) -> list[tuple[int, int]]:
    out, at = [], base
    for word, space in zip(p.words, p.spaces, strict=True):
        out.append((at, at + len(word)))
        at += len(word) + space
    return out


def score(scores: Scores, document: Document, found: Analysis, blocks: list[tuple[int, int]]) -> None:
    """Add one document. What is compared is sets of ranges, heads as ranges of words."""
    g: dict[str, set[object]] = collections.defaultdict(set)
    s: dict[str, set[object]] = collections.defaultdict(set)
    for p, (base, _) in zip(document.paragraphs, blocks, strict=True):
        ranges = gold_ranges(p, base)
        firsts = [i for i, start in enumerate(p.starts) if start]
        for a, b in zip(firsts, [*firsts[1:], len(ranges)], strict=True):
            g["sentences"].add((ranges[a][0], ranges[b - 1][1]))
        for i, r in enumerate(ranges):
            root = p.heads[i] == i
            head = None if root else ranges[p.heads[i]]
            relation = "root" if root else p.deps[i].split(":")[0]
            g["words"].add(r)
            g["UPOS"].add((r, p.pos[i]))
            g["XPOS"].add((r, p.tags[i]))
            g["feats"].add((r, p.feats[i]))
            g["lemmas"].add((r, p.lemmas[i]))
            g["UAS"].add((r, head))
            g["LAS"].add((r, head, relation))
        for a, b, kind in p.names or []:
            g["names"].add((ranges[a][0], ranges[b - 1][1], kind))
    loose = {
        (ranges[i], None) for p, (base, _) in zip(document.paragraphs, blocks, strict=True)
        for ranges in [gold_ranges(p, base)] for i, m in enumerate(p.lemmas) if m == "_"
    }  # fmt: skip
    free = {r for r, _ in loose}
    for t in found.tokens:
        r = (t.start, t.end)
        root = t.head == t.i
        head_token = found.tokens[t.head]
        head = None if root else (head_token.start, head_token.end)
        s["words"].add(r)
        s["UPOS"].add((r, t.pos))
        s["XPOS"].add((r, t.tag))
        s["feats"].add((r, t.feats))
        s["lemmas"].add((r, "_" if r in free else t.lemma))
        s["UAS"].add((r, head))
        s["LAS"].add((r, head, "root" if root else t.dep.split(":")[0]))
    for sentence in found.sentences:
        s["sentences"].add((sentence.start, sentence.end))
    named = any(p.names is not None for p in document.paragraphs)
    for name in found.names if named else ():
        s["names"].add((found.tokens[name.first].start, found.tokens[name.last - 1].end, name.label))
    for key in g.keys() | s.keys():
        scores.tallies[key].add(s[key], g[key])
    if named:
        for kind in treebanks.TYPES:
            scores.tallies[f"names: {kind}"].add(
                {n for n in s["names"] if isinstance(n, tuple) and n[2] == kind},
                {n for n in g["names"] if isinstance(n, tuple) and n[2] == kind},
            )
        scores.tallies["names, untyped"].add(
            {n[:2] for n in s["names"] if isinstance(n, tuple)}, {n[:2] for n in g["names"] if isinstance(n, tuple)}
        )


def field_names(parser: Parser, path: Path) -> Scores:
    """Names in the project's own sentences that are never trained on."""
    scores = Scores()
    paragraphs = [names.marked(x) for x in path.read_text(encoding="utf-8").splitlines() if x.strip() and x[0] != "#"]
    for p in paragraphs:
        text = p.text
        found = parser(text, [(0, len(text))])
        ranges = gold_ranges(p, 0)
        said: set[object] = {
            (found.tokens[n.first].start, found.tokens[n.last - 1].end, n.label) for n in found.names
        }  # fmt: skip
        asked: set[object] = {(ranges[a][0], ranges[b - 1][1], k) for a, b, k in p.names or []}
        scores.tallies["names"].add(said, asked)
        for kind in treebanks.TYPES:
            scores.tallies[f"names: {kind}"].add(
                {n for n in said if isinstance(n, tuple) and n[2] == kind},
                {n for n in asked if isinstance(n, tuple) and n[2] == kind},
            )
    return scores


def show(title: str, scores: Scores) -> None:
    print(title)
    for key in sorted(scores.tallies):
        tally = scores.tallies[key]
        if tally.asked:
            print(f"  {key:24} F {tally.f:.4f}  P {tally.right / max(1, tally.said):.4f}  "
                  f"R {tally.right / tally.asked:.4f}  of {tally.asked}")  # fmt: skip


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--shared", type=Path, default=Path("../shared"))
    arguments.add_argument("--model", default="fast")
    options = arguments.parse_args()
    parser = Parser(model=options.model)
    print(f"{parser.name} {parser.digest[:12]}")
    words, seconds = 0, 0.0
    for title, documents in treebanks.dev(options.shared).items():
        scores = Scores()
        laid = [laid_out(d) for d in documents]
        start = time.perf_counter()
        analyses = list(parser.pipe(laid))
        seconds += time.perf_counter() - start
        words += sum(len(a.tokens) for a in analyses)
        trained = Scores()
        for document, (_, blocks), analysis in zip(documents, laid, analyses, strict=True):
            score(scores, document, analysis, blocks)
            if document.genre not in treebanks.UNUSED_GENRES:
                score(trained, document, analysis, blocks)
        show(title, scores)
        if title == "GUM dev":
            show("GUM dev, the genres trained on", trained)
    if HELD_BACK.exists():
        show("own sentences, held back", field_names(parser, HELD_BACK))
    print(f"{words / seconds:.0f} words a second")


if __name__ == "__main__":
    main()
