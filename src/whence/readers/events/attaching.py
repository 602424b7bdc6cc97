"""Which event each loss belongs to that its own words do not carry: the nearest act of the kind in the sentence or the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import msgspec

from whence.language.analysis import Analysis, SentenceTokens
from whence.records import Count, Event, Span, span_of
from whence.records.vocabulary import Measure

from .tolls import Toll, tolls

EntityAt = Callable[[int], str | None]
SUFFERED = frozenset(("killed", "injured", "killed_or_injured", "destroyed", "damaged", "displaced"))
BEARS = {"captured": ("COERCE", "ASSAULT"), "participants": ("PROTEST",)}


def attached(analysis: Analysis, sentence: SentenceTokens, events: list[Event], entity_at: EntityAt, text: str) -> list[Event]:
    """The events told so far, with the losses of a sentence put to the events they belong to.

    A count that an event has already, by its words or by its measure and bounds, is not put there again.
    """
    out = list(events)
    for toll in tolls(analysis, sentence):
        at = bearer(analysis, sentence, out, toll)
        if at is None:
            continue
        count = _count(analysis, toll, entity_at, text)
        event = out[at]
        told = [c for e in out if abs(e.sentence - sentence.index) <= 1 for c in e.counts]
        if any(_same(count, c) for c in told):
            continue
        kept = [
            c for c in event.counts if not (c.span.start < count.span.end and count.span.start < c.span.end and c.measure == count.measure)
        ]
        out[at] = msgspec.structs.replace(event, counts=(*kept, count))
    return out


def overlaps(span: Span, start: int, end: int) -> bool:
    """Whether a span shares a character with two offsets."""
    return span.start < end and start < span.end


def _same(one: Count, other: Count) -> bool:
    touching = one.span.start < other.span.end and other.span.start < one.span.end
    return one.measure == other.measure and touching


def _count(analysis: Analysis, toll: Toll, entity_at: EntityAt, text: str) -> Count:
    tokens = analysis.tokens
    of = next((e for i in (toll.head, *range(toll.first, toll.last)) if (e := entity_at(i)) is not None), None)
    return Count(
        measure=cast("Measure", toll.measure),
        of=of,
        low=toll.low,
        high=toll.high,
        span=span_of(text, tokens[toll.first].start, tokens[toll.last - 1].end),
        includes=(),
    )


def bearer(analysis: Analysis, sentence: SentenceTokens, events: Sequence[Event], toll: Toll) -> int | None:
    """The index of the event that a loss belongs to, or None."""
    tokens = analysis.tokens
    at = tokens[toll.word].start
    nothing = toll.low == 0 and toll.high == 0
    kinds = BEARS.get(toll.measure, ("ASSAULT", "COERCE", "PROTEST"))
    here = [n for n, e in enumerate(events) if e.sentence == sentence.index]
    own = [n for n in here if events[n].trigger.start <= at < events[n].trigger.end]
    if own and not (nothing and events[own[0]].status == "denied"):
        return own[0]
    near = [n for n in here if events[n].type in kinds and events[n].status != "denied"]
    if near:
        return min(near, key=lambda n: abs(events[n].trigger.start - at))
    if own:
        return own[0]
    before = [
        n for n, e in enumerate(events) if sentence.index - 2 <= e.sentence < sentence.index and e.type in kinds and e.status != "denied"
    ]
    if before and toll.measure in SUFFERED:
        return before[-1]
    return None
