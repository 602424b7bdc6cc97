"""Copies of training paragraphs in other clothes: capitals, quotation marks, other names.

Every function takes a paragraph and a random source and returns a changed copy with the same number of words, so that
heads, tags and names stay right; `Swapper.freely` alone changes the number, and drops the tree.
"""

from __future__ import annotations

import random
from collections import defaultdict

from treebanks import Paragraph
from whence.language.models.tokens import listed

SMALL = frozenset(listed("a an the of in on at to for and or but by as from with into over per via vs nor"))


def lowered(p: Paragraph) -> Paragraph:
    out = p.copy()
    out.words = [w.lower() for w in p.words]
    out.lemmas = [m.lower() for m in p.lemmas]
    return out


def capitals(p: Paragraph) -> Paragraph:
    """THE WHOLE PARAGRAPH IN CAPITALS."""
    out = p.copy()
    out.words = [w.upper() for w in p.words]
    return out


def headline(p: Paragraph) -> Paragraph:
    """The Words of a Headline Have Capitals."""
    out = p.copy()
    out.words = [w if (i and w.lower() in SMALL) or not w[:1].isalpha() else w[:1].upper() + w[1:] for i, w in enumerate(p.words)]
    return out


def typographic(p: Paragraph) -> Paragraph:
    """Typewriter quotation marks and apostrophes as printers set them."""
    out = p.copy()
    opening = True
    for i, w in enumerate(p.words):
        if w == '"':
            out.words[i] = "\u201c" if opening else "\u201d"
            opening = not opening
        elif w == "'":
            out.words[i] = "\u2018" if out.spaces[i - 1] or not i else "\u2019"
        elif "'" in w:
            out.words[i] = w.replace("'", "\u2019")
        elif w == "--":
            out.words[i] = "\u2014"
    return out


ACRONYM = -1


def acronym(words: tuple[str, ...]) -> bool:
    """Capitals alone: what stands in brackets after a name, and is swapped for its like only."""
    return len(words) == 1 and words[0].isupper() and len(words[0]) > 1


class Swapper:
    """Puts other names of the same type and the same number of words in the place of a paragraph's names."""

    def __init__(self, names: list[tuple[tuple[str, ...], str]]) -> None:
        """`names` are words and type; the more often one is listed, the more often it is put in.

        They are kept by number of words (for `__call__`), and all together, acronyms apart (for `freely`).
        """
        self.names: dict[tuple[int, str], list[tuple[str, ...]]] = defaultdict(list)
        for words, kind in names:
            self.names[len(words), kind].append(words)
            self.names[ACRONYM if acronym(words) else 0, kind].append(words)

    def __call__(self, p: Paragraph, source: random.Random, *, chance: float = 0.6) -> Paragraph:
        out = p.copy()
        chosen: dict[tuple[str, ...], tuple[str, ...]] = {}
        for a, b, kind in p.names or []:
            old = tuple(p.words[a:b])
            if old not in chosen:
                pool = self.names.get((b - a, kind))
                chosen[old] = source.choice(pool) if pool and source.random() < chance else old
            out.words[a:b] = chosen[old]
            if chosen[old] != old:
                out.lemmas[a:b] = chosen[old]
        return out

    def freely(self, p: Paragraph, source: random.Random, *, chance: float = 0.6) -> Paragraph:
        """A copy with names of any length: for paragraphs whose trees are not looked at. It has no trees."""
        out = Paragraph(names=[])
        chosen: dict[tuple[str, ...], tuple[str, ...]] = {}
        at = 0
        unsure = set(p.unsure)
        for a, b, kind in [*(p.names or []), (len(p.words), len(p.words), "")]:
            out.unsure += [len(out.words) + i - at for i in range(at, a) if i in unsure]
            out.words += p.words[at:a]
            out.spaces += p.spaces[at:a]
            at = b
            if a == b:
                break
            old = tuple(p.words[a:b])
            if old not in chosen:
                pool = self.names.get((ACRONYM if acronym(old) else 0, kind))
                chosen[old] = source.choice(pool) if pool and source.random() < chance else old
            new = chosen[old]
            assert out.names is not None
            out.names.append((len(out.words), len(out.words) + len(new), kind))
            out.words += new
            out.spaces += p.spaces[a : b - 1] if new == old else [True] * (len(new) - 1)
            out.spaces.append(p.spaces[b - 1])
        out.lemmas = list(out.words)
        return out


def varied(p: Paragraph, source: random.Random, swapper: Swapper | None, *, free: bool = False) -> Paragraph:
    """One random copy: four in ten with other names, three with printers' quotation marks, one in other capitals."""
    if swapper and p.names and source.random() < 0.4:
        p = swapper.freely(p, source) if free else swapper(p, source)
    if source.random() < 0.3:
        p = typographic(p)
    draw = source.random()
    if draw < 0.05:
        return lowered(p)
    if draw < 0.065:
        return capitals(p)
    if draw < 0.065 + (0.12 if len(p.words) < 16 else 0.01):
        return headline(p)
    return p
