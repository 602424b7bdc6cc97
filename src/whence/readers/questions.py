"""Questions that a title or a person asks, and the claims on either side of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from whence.readers.base import Draft
from whence.readers.chains import Chains
from whence.readers.claims import whole
from whence.records import Claim, Mention, Question, Record, Span, identifier, span_of
from whence.records.vocabulary import Verdict

FOR = frozenset(("asserts", "warns"))
AGAINST = frozenset(("denies", "doubts"))


class QuestionReader:
    """The question of a title, those of `ask`, and for each the claims for, against and beside it.

    A claim bears on a question when it tells of the one who would act in it, or gainsays a claim that does. What is
    affirmed of that actor stands for, what is denied or doubted against; predictions, wishes, and what the outlet
    tells as background stand beside. The verdict never says more than the two lists. Missed: questions that turn on
    a word of their own ("why", "how many").
    """

    name: ClassVar[str] = "questions"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Mention, Claim)
    produces: ClassVar[tuple[type[Record], ...]] = (Question,)

    def __init__(self, *, ask: Sequence[str] = ()) -> None:
        self.ask = tuple(ask)

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        out: list[Record] = []
        for part in draft.document.parts:
            text = draft.text[part.start : part.end]
            if part.kind == "title" and text.rstrip("”\"' ").endswith("?"):
                span = span_of(draft.text, part.start, part.end)
                about = _named_in(draft, span)
                out.append(_answered(draft, text, span, about))
        for text in self.ask:
            low = text.lower()
            named = [(low.find(m.text.lower().removeprefix("the ")), m.entity) for m in draft.mentions if m.entity and m.form == "name"]
            out.append(_answered(draft, text, None, list(dict.fromkeys(e for at, e in sorted(named) if at >= 0))))
        return out


def _named_in(draft: Draft, span: Span) -> list[str]:
    """The entities of a question, the one that would act first."""
    analysis = draft.analysis
    found: list[tuple[int, str]] = []
    for m in draft.mentions:
        if m.entity and span.start <= m.start and m.end <= span.end:
            first, last = analysis.covering(m.start, m.end)
            head = analysis.tokens[analysis.head_of(first, last)] if first < last else None
            found.append((0 if head is not None and head.dep.startswith("nsubj") else 1, m.entity))
    return list(dict.fromkeys(e for _, e in sorted(found, key=lambda x: x[0])))


def _answered(draft: Draft, text: str, span: Span | None, about: Sequence[str]) -> Question:
    chains = Chains(draft)
    entities = chains.entities
    actor = about[0] if about else None
    country = entities[actor].country if actor else None
    supporting: list[Claim] = []
    beside: list[Claim] = []
    for claim in whole(draft.claims):
        if span is not None and any(s.start < span.end and span.start < s.end for s in claim.content):
            continue
        if not _bears(draft, claim, about, actor, country):
            continue
        if claim.attribution is not None and claim.polarity == "positive" and claim.stance in FOR and _acts(draft, claim, actor):
            supporting.append(claim)
        elif not (claim.polarity == "negative" and claim.stance in AGAINST):
            beside.append(claim)
    sides = {c.id for c in supporting}
    against = [
        c
        for c in whole(draft.claims)
        if c.attribution is not None
        and c.polarity == "negative"
        and c.stance in AGAINST
        and (_bears(draft, c, about, actor, country) or any(o in sides for o in c.opposes))
    ]
    gone = {c.id for c in against} | sides
    beside = [c for c in beside if c.id not in gone]
    origins_for = {chains.origin(c.chain) for c in supporting}
    origins_against = {chains.origin(c.chain) for c in against}
    own = any(c.attribution is None and c.polarity == "positive" for c in supporting)
    own_against = any(c.attribution is None for c in against)
    verdict: Verdict = "open"
    if origins_for and origins_against:
        verdict = "disputed"
    elif origins_for and own:
        verdict = "supported"
    elif origins_against and own_against:
        verdict = "denied"
    question = Question(
        id=identifier("Q", text),
        span=span,
        text=text,
        supporting=tuple(c.id for c in supporting),
        against=tuple(c.id for c in against),
        beside=tuple(c.id for c in beside),
        origins_for=len(origins_for),
        origins_against=len(origins_against),
        verdict=verdict,
    )
    draft.why[question.id] = tuple(f"about {entities[e].name}" for e in about[:3])
    return question


def _bears(draft: Draft, claim: Claim, about: Sequence[str], actor: str | None, country: str | None) -> bool:
    """Whether a claim's words name the one asked about, or what is of that country ("American mobility")."""
    if actor is None:
        return False
    for s in claim.content:
        for m in draft.mentions:
            if m.entity == actor and s.start <= m.start and m.end <= s.end:
                return True
    if country is None:
        return False
    named = {t.text for t in draft.toponyms if t.place is not None and t.place.country == country and t.place.kind == "country"}
    return any(t in s.text for t in named for s in claim.content)


def _acts(draft: Draft, claim: Claim, actor: str | None) -> bool:
    """Whether the claim tells of something that this actor does or means to do, or that is done with it."""
    inside = [e for e in draft.events if any(s.start <= e.trigger.start and e.trigger.end <= s.end for s in claim.content)]
    if any(a.entity == actor for e in inside for a in e.arguments):
        return True
    analysis = draft.analysis
    for m in draft.mentions:
        if m.entity != actor or not any(s.start <= m.start and m.end <= s.end for s in claim.content):
            continue
        first, last = analysis.covering(m.start, m.end)
        if inside or (first < last and analysis.tokens[analysis.head_of(first, last)].dep.startswith("nsubj")):
            return True
    return False
