"""Where a place may be named: stretches of capitalised tokens that the gazetteer knows or the language model takes
for one.
"""

from __future__ import annotations

from collections.abc import Sequence

from whence.gazetteer import Candidate, Gazetteer
from whence.language.analysis import Analysis, Token

from .words import CONNECTORS, KINDS, NO_PLACES, STOP, TELLING_KINDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST = 6
"""Tokens in a name at most."""
_KEPT = 14
"""Candidates weighed per name; beyond these only tiny namesakes follow."""


_PLACING = _words("in near at from outside around to into towards toward of between")


class Spot:
    """A stretch of tokens first..last (half-open) that may name a place, with its candidates.

    `label` is what the language model calls it ("place", "person", "organization" or ""), `inside` what it calls a larger
    name around it; `adjective` is the country a demonym points to.
    """

    __slots__ = (
        "adjective",
        "alternatives",
        "candidates",
        "end",
        "first",
        "group",
        "inside",
        "label",
        "last",
        "probability",
        "start",
        "surface",
    )

    def __init__(
        self,
        *,
        first: int,
        last: int,
        start: int,
        end: int,
        surface: str,
        candidates: Sequence[Candidate],
        label: str,
        inside: str,
        adjective: str | None,
    ) -> None:
        self.first, self.last, self.start, self.end, self.surface = first, last, start, end, surface
        self.candidates = tuple(candidates[:_KEPT])
        self.alternatives = max(0, len(candidates) - 1)
        self.label, self.inside, self.adjective = label, inside, adjective
        self.group = " ".join(surface.lower().split())
        self.probability = 0.0


def _capital(token: Token) -> bool:
    return token.text[0].isupper()


def spots_of(analysis: Analysis, gazetteer: Gazetteer) -> list[Spot]:
    """All spots, overlapping ones included, in text order."""
    tokens = analysis.tokens
    labels: dict[int, int] = {}
    for number, name in enumerate(analysis.names):
        for i in range(name.first, name.last):
            labels[i] = number
    exact = {(n.first, n.last): n.label for n in analysis.names}
    found: dict[tuple[int, int], Spot] = {}

    def offer(first: int, last: int, *, spelling: bool) -> bool:
        if (first, last) in found:
            return bool(found[first, last].candidates)
        start, end = tokens[first].start, tokens[last - 1].end
        surface = analysis.text[start:end]
        label = exact.get((first, last), "")
        country = gazetteer.demonym(surface) if last - first <= 2 else None
        if country is not None and tokens[first].lower == "the":
            return False
        candidates: Sequence[Candidate] = ()
        if country is not None:
            place = gazetteer.country(country)
            candidates = [Candidate(place=place, match="alias", similarity=1.0)] if place else ()
        else:
            candidates = gazetteer.lookup(surface, spelling=spelling)
            kinds = KINDS.get(tokens[last - 1].lower, ())
            if not candidates and tokens[last - 1].lower in TELLING_KINDS and last - first > 1:
                named = gazetteer.lookup(analysis.text[start : tokens[last - 2].end], spelling=False)
                candidates = [c for c in named if c.place.kind in kinds]
        if (not candidates and label != "place") or surface.lower() in NO_PLACES:
            return False
        number = labels.get(first)
        around = analysis.names[number] if number is not None else None
        inside = around.label if around is not None and not label else ""
        found[first, last] = Spot(
            first=first,
            last=last,
            start=start,
            end=end,
            surface=surface,
            candidates=candidates,
            label=label,
            inside=inside,
            adjective=country,
        )
        return True

    for name in analysis.names:
        if name.label == "place" and name.last - name.first <= LONGEST:
            offer(name.first, name.last, spelling=True)
    for sentence in analysis.sentences:
        i = sentence.first
        while i < sentence.last:
            if not _capital(tokens[i]) or not tokens[i].text[0].isalpha():
                i += 1
                continue
            stop = i + 1
            while stop < min(sentence.last, i + LONGEST) and (
                _capital(tokens[stop]) or tokens[stop].lower in CONNECTORS or tokens[stop].text[0].isdigit()
            ):
                stop += 1
            run = i + 1
            while run < stop and (_capital(tokens[run]) or tokens[run].text in ("-", "'", "’")):
                run += 1
            if i > sentence.first and run - i <= 4 and _capital(tokens[run - 1]) and expected(tokens, i, sentence.first):
                offer(i, run, spelling=True)
            for last in range(stop, i, -1):
                if last > i + 1 and not _capital(tokens[last - 1]) and tokens[last - 1].text not in ("'s",):
                    continue
                if last == i + 1 and _hopeless(tokens[i], exact.get((i, last), ""), i == sentence.first):
                    continue
                if any(tokens[k].lower == "," for k in range(i, last)):
                    continue
                if offer(i, last, spelling=False) and last - i > 1 and tokens[last - 1].lower not in KINDS:
                    break
            i += 1
    return sorted(found.values(), key=lambda s: (s.start, s.end))


def expected(tokens: Sequence[Token], i: int, first: int) -> bool:
    """Does a place come here: after "in", "near" and the like, or in a list that such a word opens?"""
    j = i - 1
    if tokens[i].lower in STOP:
        return False
    while j > first and (tokens[j].lower in (",", "and", "or") or _capital(tokens[j])):
        j -= 1
    return tokens[j].lower in _PLACING


def _hopeless(token: Token, label: str, opens: bool) -> bool:
    """A single token that names no place: a common word, or one that is no name by its part of speech."""
    if label == "place":
        return False
    if token.lower in STOP and token.text not in ("US",):
        return True
    if len(token.text) == 1 or (len(token.text) == 2 and token.text.isalpha() and token.text not in ("US", "UK")):
        return True
    return opens and token.pos not in ("PROPN", "ADJ", "NOUN", "X")
