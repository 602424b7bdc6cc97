"""Clauses told with another commitment than what stands around them.

"The council called for a march, which the police did not permit": the march is not told as held, nor as permitted. For
each such clause its words and its standing; what stands as the words around it do makes none, so that a reading holds
no claim twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from whence.language.analysis import Analysis, Token
from whence.readers.factuality import SIZE, Commitment, Commitments, is_clause, tells_of_doing
from whence.records import Span, span_of
from whence.records.vocabulary import Certainty, Polarity, Stance

FAR = 2.0
"""How far apart two degrees of certainty are before a clause is told of apart; to or from `unknown`, one step is enough."""
STRIPPED = frozenset(("punct", "cc"))


class Told(NamedTuple):
    """How something is put: the terms of a claim."""

    stance: Stance
    polarity: Polarity
    certainty: Certainty


PLAIN = Told("asserts", "positive", "certain")
"""How something is put against which nothing speaks."""


class Clause(NamedTuple):
    """A clause that stands otherwise than what is around it: its predicate, tokens (half-open), words, terms, reasons."""

    token: int
    first: int
    last: int
    span: Span
    told: Told
    why: tuple[str, ...]


def terms(commitment: Commitment) -> Told:
    """The terms of a claim of one predicate."""
    if commitment.asked:
        return Told("asks", commitment.polarity, "unknown")
    return Told("predicts" if commitment.future else "asserts", commitment.polarity, commitment.certainty)


def apart(one: Told, other: Told) -> bool:
    """Whether two ways of putting something differ so much that each is told."""
    if one.polarity != other.polarity or one.stance != other.stance:
        return True
    a, b = SIZE[one.certainty], SIZE[other.certainty]
    return abs(a - b) >= FAR or (a == 0.0) != (b == 0.0)


def clauses(
    text: str,
    commitments: Commitments,
    tokens: Sequence[Token],
    around: Told,
    *,
    main: int,
    triggers: Collection[int] = (),
    presumed: bool = False,
) -> list[Clause]:
    """The clauses among some tokens (one sentence's, or one content's) that stand otherwise than what is around them.

    `main` is the predicate that `around` is of; `triggers` are the tokens of events, whose nouns count too.
    `presumed`: whether an event that is only named inside a denial ("nobody has claimed the strike") is taken for so.
    """
    analysis = commitments.analysis
    inside = {t.i for t in tokens}
    reach = _reach(analysis, tokens, inside)
    found: list[Clause] = []
    ordered = sorted((t for t in tokens if t.i != main), key=lambda t: (reach[t.i][0] - reach[t.i][1], t.i))
    for token in ordered:
        clause = is_clause(analysis, token)
        if not clause and not (token.i in triggers and token.pos == "NOUN") and (token.dep == "compound" or not tells_of_doing(token)):
            continue  # "opposition forces", "Rapid Support Forces" tell of nothing done
        commitment = commitments.of(token.i)
        if commitment.token != token.i:
            continue
        told = terms(commitment)
        first, last = _bounds(analysis, *reach[token.i])
        home = min((c for c in found if c.first <= token.i < c.last), key=lambda c: c.last - c.first, default=None)
        beyond = home.told if home is not None else around
        if not apart(told, beyond):
            continue
        if not clause and told == PLAIN and beyond.polarity == "negative" and not (presumed and token.i in triggers):
            continue  # in "no truth in reports of an attack" the attack is not told as so
        if first >= last or (home is not None and (first, last) == (home.first, home.last)):
            continue
        span = span_of(text, analysis.tokens[first].start, analysis.tokens[last - 1].end)
        found.append(Clause(token.i, first, last, span, told, commitment.why))
    return found


def innermost(found: Sequence[Clause], i: int) -> Clause | None:
    """The smallest of some clauses that holds a token."""
    return min((c for c in found if c.first <= i < c.last), key=lambda c: c.last - c.first, default=None)


def _reach(analysis: Analysis, tokens: Sequence[Token], inside: set[int]) -> dict[int, tuple[int, int]]:
    """The first and last token (half-open) below each token, as far as they are inside."""
    reach = {t.i: (t.i, t.i + 1) for t in tokens}
    for token in tokens:
        for i in analysis.ancestors(token.i):
            if i not in inside:
                break
            first, last = reach[i]
            reach[i] = min(first, token.i), max(last, token.i + 1)
    return reach


def _bounds(analysis: Analysis, first: int, last: int) -> tuple[int, int]:
    """Without the punctuation and conjunctions at its edges."""
    tokens = analysis.tokens
    while first < last and tokens[first].dep in STRIPPED:
        first += 1
    while first < last and tokens[last - 1].dep in STRIPPED:
        last -= 1
    return first, last
