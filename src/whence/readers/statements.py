"""The outlet's own voice: a claim for each of its statements, and for each clause that it puts otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from whence.language.analysis import SentenceTokens, Token
from whence.readers.base import Draft
from whence.readers.chains import Chains
from whence.readers.clauses import PLAIN, Clause, Told, clauses, innermost, terms
from whence.readers.factuality import Commitments
from whence.records import Claim, Event, Span, identifier, span_of

OPEN = 0.45
"""The least share of a sentence's words that stand in nobody's quotation for it to be the outlet's own statement."""


def own_voice(draft: Draft, chains: Chains, commitments: Commitments) -> list[Claim]:
    """Claims of the outlet's own voice. Titles and disclaimers are the publisher's."""
    kinds = [(p.start, p.end, p.kind) for p in draft.document.parts]
    cited, content = _cited(draft)
    out: list[Claim] = []
    for sentence in draft.analysis.sentences:
        kind = next((k for a, b, k in kinds if a <= sentence.start < b), "body")
        if kind not in ("body", "lead", "title", "disclaimer"):
            continue
        tokens = draft.analysis.of(sentence)
        words = [t for t in tokens if t.pos != "PUNCT"]
        if not words:
            continue
        stated = sum(not cited[t.i] for t in words) >= OPEN * len(words)
        asked = any(commitments.projection.asked(t.i) for t in words)
        if kind == "title" and not asked and not any(t.pos == "VERB" for t in words):
            continue
        events = [e for e in draft.events if e.sentence == sentence.index and not content[_head(draft, e)]]
        if stated and kind in ("body", "lead") and not events and not any(t.pos in ("VERB", "AUX") for t in words):
            continue
        chain = chains.own() if kind in ("title", "disclaimer") else chains.outlet()
        own = [t for t in tokens if not content[t.i]]
        if stated:
            out += _stated(draft, sentence, own, events, kind, chain, commitments)
        elif kind != "disclaimer":
            out += _parts(draft, clauses(draft.text, commitments, own, PLAIN, main=-1), (), chain)
    return out


def _cited(draft: Draft) -> tuple[list[bool], list[bool]]:
    """For each token whether it is of an attribution, and whether it stands in what somebody is cited with."""
    analysis = draft.analysis
    cited, content = [False] * len(analysis.tokens), [False] * len(analysis.tokens)
    for a in draft.statements:
        for spans, marks in (((*a.content, *a.cue, *a.source), (cited,)), (a.content, (content,))):
            for s in spans:
                first, last = analysis.covering(s.start, s.end)
                for i in range(first, last):
                    for mark in marks:
                        mark[i] = True
    return cited, content


def _head(draft: Draft, event: Event) -> int:
    first, last = draft.analysis.covering(event.trigger.start, event.trigger.end)
    return draft.analysis.head_of(first, last)


def _stated(
    draft: Draft,
    sentence: SentenceTokens,
    tokens: Sequence[Token],
    events: Sequence[Event],
    kind: str,
    chain: tuple[str, ...],
    commitments: Commitments,
) -> list[Claim]:
    analysis = draft.analysis
    main = analysis.head_of(sentence.first, sentence.last)
    commitment = commitments.of(main)
    told = terms(commitment)
    if kind == "disclaimer" and (
        told.polarity == "negative" or any(t.lower in ("responsibility", "views", "opinions") for t in analysis.of(sentence))
    ):
        told = Told("disclaims", told.polarity, "unknown")
    heads = [(_head(draft, e), e) for e in events]
    triggers = frozenset(i for i, _ in heads)
    parts: list[Clause] = []
    if kind != "disclaimer" and not (kind == "title" and told.stance == "asks"):
        parts = clauses(draft.text, commitments, tokens, told, main=commitment.token, triggers=triggers, presumed=True)
    homes = {i: innermost(parts, i) for i, _ in heads}
    whole = span_of(draft.text, sentence.start, sentence.end)
    why = ("the outlet's own voice", *commitment.why)
    out = _claims(draft, whole, told, chain, [e for i, e in heads if homes[i] is None], why)
    return [*out, *_parts(draft, parts, heads, chain)]


def _parts(draft: Draft, parts: Sequence[Clause], heads: Sequence[tuple[int, Event]], chain: tuple[str, ...]) -> list[Claim]:
    homes = {i: innermost(parts, i) for i, _ in heads}
    out = []
    for part in parts:
        mine = [e for i, e in heads if homes[i] is part]
        out += _claims(draft, part.span, part.told, chain, mine, ("a clause of the outlet's own voice", *part.why))
    return out


def _claims(draft: Draft, span: Span, told: Told, chain: tuple[str, ...], events: Sequence[Event], why: tuple[str, ...]) -> list[Claim]:
    out = []
    for event in principal(draft, events):
        claim = Claim(
            id=identifier("C", "own", span.start, span.end, event.id if event else ""),
            event=event.id if event else None,
            content=(span,),
            attribution=None,
            chain=chain,
            stance=told.stance,
            polarity=told.polarity,
            certainty=told.certainty,
            opposes=(),
        )
        draft.why[claim.id] = why
        out.append(claim)
    return out


def principal(draft: Draft, events: Sequence[Event]) -> list[Event | None]:
    """The event a claim is of: the highest in the tree; and every other that a row may be made of."""
    if not events:
        return [None]
    analysis = draft.analysis

    def depth(e: Event) -> tuple[int, int]:
        first, _ = analysis.covering(e.trigger.start, e.trigger.end)
        return len(list(analysis.ancestors(first))), e.trigger.start

    ordered = sorted(events, key=depth)
    rest = [e for e in ordered[1:] if e.acled is not None and e.status in ("happened", "ongoing", "claimed")]
    return [ordered[0], *rest]
