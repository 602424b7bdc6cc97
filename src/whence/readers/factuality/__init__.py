"""What the author commits to: for each predicate whether it is so, how surely, and why.

Two readings of a predicate are joined. The rule (`projection`) follows negation, modality and the signatures of what
governs it through the tree; it alone decides the sign. The learned one (`features`, `model`) knows what readers take
from tense, person, kind of clause and the words themselves, and grades how sure. docs/factuality.md tells more.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from whence.language.analysis import Analysis
from whence.records.vocabulary import Certainty, Polarity

from .features import of as features_of
from .model import model
from .predicates import is_clause, tells_of_doing
from .projection import Projection, Standing

__all__ = ["SIZE", "Commitment", "Commitments", "Projection", "Standing", "is_clause", "tells_of_doing"]

DENIED = -1.0
"""At or below this the rule says that something is not so."""
CERTAIN_NOT = -2.5
STEPS: tuple[tuple[float, Certainty], ...] = ((1.5, "certain"), (0.9, "probable"), (0.4, "possible"))
"""The least learned value of each grade for what the rule takes for so; chosen on UDS-IH2 train, held out by fifths."""
PLAINLY = 2.5
"""At or above this the rule finds nothing that speaks against it."""
FORETOLD = -1.0
"""The least learned value of what is foretold for sure; most of MEANTIME's futures lie above, half of UDS-IH2's below."""
SIZE: dict[Certainty, float] = {"certain": 3.0, "probable": 2.0, "possible": 1.0, "unknown": 0.0}


class Commitment(NamedTuple):
    """The author's commitment to one predicate: `value` in [-3, 3] with its polarity and certainty; whether it is told
    of the future, or asked; the rule's and the learned value; the reasons."""

    token: int
    value: float
    polarity: Polarity
    certainty: Certainty
    future: bool
    asked: bool
    rule: float
    learned: float
    why: tuple[str, ...]


class Commitments:
    """Commitments of one analysis, each worked out when it is asked for.

    `roots`: tokens whose clauses are read as if nothing governed them (the heads of what somebody is cited with): what
    is below them is the commitment of the one cited.
    """

    def __init__(self, analysis: Analysis, roots: Collection[int] = ()) -> None:
        self.analysis = analysis
        self.projection = Projection(analysis, roots)
        self._known: dict[int, Commitment] = {}

    def of(self, i: int) -> Commitment:
        """The commitment to the predicate at token `i`; a helper's is that of its verb."""
        found = self._known.get(i)
        if found is None:
            standing = self.projection.of(i)
            if standing.token != i:
                return self.of(standing.token)
            found = self._known[i] = self._joined(standing)
        return found

    def _joined(self, standing: Standing) -> Commitment:
        token = self.analysis.tokens[standing.token]
        rule = standing.value
        future = "future" in standing.operators
        asked = "asked" in standing.operators
        noun = token.pos == "NOUN" and not is_clause(self.analysis, token)
        learned = rule if noun else model().value(features_of(self.projection, standing.token))
        if rule <= DENIED:
            certainty: Certainty = "certain" if rule <= CERTAIN_NOT else "probable"
            return Commitment(token.i, -SIZE[certainty], "negative", certainty, future, asked, rule, learned, standing.why)
        by_rule = _of_rule(rule, future=future)
        graded = by_rule if noun else graded_by(rule, learned, future=future, past="past" in standing.operators)
        if _said_to_be_open(standing) and SIZE[graded] > SIZE[by_rule]:
            graded = by_rule
        elif _follows(standing) and SIZE[graded] < SIZE["probable"]:
            graded = "probable"
        why = standing.why or (("told as so",) if graded == "certain" else (f"{token.text!r} reads as {graded}",))
        return Commitment(token.i, SIZE[graded], "positive", graded, future, asked, rule, learned, why)


def _said_to_be_open(standing: Standing) -> bool:
    """Whether words of the clause or of what governs it say that it is open: "probably", "may", "hope that"."""
    signature = standing.signature
    return (
        "likely" in standing.operators
        or "may" in standing.operators
        or (signature is not None and standing.link.frame in ("that", "whether") and not signature.factive and standing.given < PLAINLY)
    )


def _follows(standing: Standing) -> bool:
    """Whether it follows from an implicative: "did not fail to reach"."""
    signature = standing.signature
    return signature is not None and "implicative" in signature.kind and standing.value >= PLAINLY


def graded_by(rule: float, learned: float, *, future: bool = False, past: bool = False) -> Certainty:
    """How sure something is that is not denied. The future is no doubt of its own (the stance says that it is foretold)
    unless it reads as if nothing came of it."""
    if future:
        return _of_rule(rule, future=True) if learned >= FORETOLD else "unknown"
    if past and rule >= PLAINLY:
        return "certain"  # what is told in the past tense with nothing against it is news
    return next((name for least, name in STEPS if learned >= least), "unknown")


def _of_rule(rule: float, *, future: bool) -> Certainty:
    if rule >= PLAINLY or (future and rule >= 1.25):
        return "certain"
    return "probable" if rule >= 1.25 else "possible" if rule >= 0.75 else "unknown"
