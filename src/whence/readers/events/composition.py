"""What two words make together: PLOVER's types that no trigger names alone.

"Lifted the curfew" is a concession, "suspended talks" a sanction, "failed to reach an agreement" a rejection; who says
that they will help agrees, who says that they will strike threatens, and who says that others must leave demands
(PLOVER codebook: AGREE is an expressed willingness or commitment, THREATEN one to act against, REQUEST a demand).
"""

from __future__ import annotations

from typing import NamedTuple

from whence.language.analysis import Analysis, Token
from whence.records.vocabulary import EventType, Status

from .finding import Trigger

EASING = frozenset("lift ease end shorten relax loosen remove waive scrap repeal".split())
BREAKING = frozenset("end halt suspend stop cut withhold cancel freeze discontinue".split())
OFFERING = frozenset("offer promise pledge agree commit volunteer undertake".split())
WILLING = frozenset("willing prepared ready committed".split())
FAILING = frozenset(("fail", "refuse", "decline"))
COOPERATIVE = frozenset(("AGREE", "CONSULT", "AID", "COOPERATE", "SUPPORT", "CONCEDE", "RETREAT"))
COERCIVE = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE"))


class Composed(NamedTuple):
    """The type that the two make, the status it has (None: as told), whether actor and target change places, and why."""

    type: EventType
    mode: str | None
    status: Status | None
    turned: bool
    why: str


def compose(analysis: Analysis, trigger: Trigger, status: Status, *, own_words: bool, others_words: bool) -> Composed | None:
    """What a trigger makes with the word that governs it, or None where it stands for itself.

    `own_words`: told by the one who would act; `others_words`: told by somebody else, who is not the outlet.
    """
    tokens = analysis.tokens
    kind = trigger.sense.type
    token = trigger.token
    head = tokens[token.head]
    if trigger.nominal and head.pos == "VERB" and token.dep in ("obj", "nsubj:pass", "xcomp") and not _negated(analysis, head):
        if head.lemma in EASING and kind in ("COERCE", "SANCTION"):
            return Composed("CONCEDE", None, None, False, f"{head.lemma} of {token.lemma}")
        if head.lemma in BREAKING and kind in COOPERATIVE:
            return Composed("SANCTION", "discontinue", None, False, f"{head.lemma} of {token.lemma}")
    verb = trigger.governor
    above = tokens[verb.head]
    infinitive = verb.dep in ("xcomp", "ccomp") and above.i != verb.i
    if infinitive and above.lemma in FAILING and kind in COOPERATIVE:
        return Composed("REJECT", None, "happened", False, f"{above.lemma} to {verb.lemma}")
    if infinitive and kind in COOPERATIVE and kind != "AGREE" and (above.lemma in OFFERING or above.lower in WILLING):
        return Composed("AGREE", None, None, False, f"{above.lemma} to {verb.lemma}")
    modals = {tokens[c].lower for c in verb.children if tokens[c].dep.startswith("aux")}
    if others_words and modals & {"must", "should"} and not own_words:
        return Composed("REQUEST", None, "hypothetical", True, "what others must do")
    if own_words and status in ("planned", "hypothetical") and modals & {"will", "would", "'ll", "’ll"}:
        if kind in COERCIVE:
            return Composed("THREATEN", None, "happened", False, "who says so means to do it")
        if kind in COOPERATIVE and kind != "AGREE":
            return Composed("AGREE", None, "happened", False, "who says so means to do it")
    return None


def _negated(analysis: Analysis, verb: Token) -> bool:
    return any(analysis.tokens[c].lower in ("not", "n't", "n’t", "never") for c in verb.children)
