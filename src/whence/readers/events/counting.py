"""The counts of events after the learned model has spoken: rules' counts confirmed, turned or dropped, missed ones added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import msgspec

from whence.language.analysis import Analysis, SentenceTokens
from whence.records import Count, Event, span_of
from whence.records.vocabulary import Measure

from .attaching import bearer, overlaps
from .measuring import Guess, candidates, guesses
from .tolls import Amount, Toll, tolls

EntityAt = Callable[[int], str | None]
ADDED = 0.3
"""How sure it must be that an amount nobody counted is a loss."""
ONE = 0.6
"""The same for a single person or thing, of which every sentence names some."""
ODDS = 0.5
"""And how much likelier than half of it that it is none: in our own texts recall gains more by it than precision loses."""
DROPPED = 0.75
"""From here on a count of the rules is taken for none."""
TURNED = 0.75
"""From here on another measure than the rules' is believed."""


def rule_measures(analysis: Analysis, sentence: SentenceTokens, found: Sequence[Amount], events: Sequence[Event]) -> dict[int, str]:
    """What the rules make of each amount, by its first token: the measure of the count or toll that it overlaps."""
    tokens = analysis.tokens
    out: dict[int, str] = {}
    told = [c for e in events for c in e.counts]
    by_words = tolls(analysis, sentence)
    for a in found:
        start, end = tokens[a.first].start, tokens[a.last - 1].end
        known = next((c.measure for c in told if c.span.start < end and start < c.span.end), None)
        known = known or next((cast("Measure", t.measure) for t in by_words if t.first < a.last and a.first < t.last), None)
        if known is not None:
            out[a.first] = known
    return out


def recounted(analysis: Analysis, sentence: SentenceTokens, events: Sequence[Event], entity_at: EntityAt, text: str) -> list[Event]:
    """The events told so far with the losses of a sentence as the model sees them."""
    tokens = analysis.tokens
    out = list(events)
    found = candidates(analysis, sentence)
    if not found:
        return out
    rules = rule_measures(analysis, sentence, found, out)
    for a, guess in zip(found, guesses(analysis, sentence, found, rules), strict=True):
        start, end = tokens[a.first].start, tokens[a.last - 1].end
        held = [(n, c) for n, e in enumerate(out) for c in e.counts if c.span.start < end and start < c.span.end]
        if held:
            for n, count in held:
                kept = _confirmed(count, guess)
                if kept is not count:
                    counts = tuple(k for c in out[n].counts for k in ((kept,) if c is count else (c,)) if k is not None)
                    out[n] = msgspec.structs.replace(out[n], counts=tuple(dict.fromkeys(counts)))
            continue
        measure, chance = guess.best
        least = ONE if (a.low, a.high) == (1, 1) else ADDED
        if chance < max(least, ODDS * guess.nothing) or any(
            overlaps(i.span, start, end) for e in out for c in e.counts for i in c.includes
        ):
            continue
        toll = Toll(measure, a.low, a.high, a.first, a.last, a.head, _word(analysis, a))
        at = bearer(analysis, sentence, out, toll)
        if at is None:
            continue
        of = next((e for i in (a.head, *range(a.first, a.last)) if (e := entity_at(i)) is not None), None)
        count = Count(measure=cast("Measure", measure), of=of, low=a.low, high=a.high, span=span_of(text, start, end), includes=())
        out[at] = msgspec.structs.replace(out[at], counts=(*out[at].counts, count))
    return out


def _confirmed(count: Count, guess: Guess) -> Count | None:
    if (count.low == 0 and count.high == 0) or count.measure == "killed_or_injured":
        return count  # what both words together say is not for single words to turn
    if guess.nothing >= DROPPED:
        return None
    measure, chance = guess.best
    if measure != count.measure and chance >= TURNED:
        return msgspec.structs.replace(count, measure=cast("Measure", measure))
    return count


def _word(analysis: Analysis, a: Amount) -> int:
    """The word that an amount hangs on: where its loss is told."""
    tokens = analysis.tokens
    t = tokens[a.head]
    while t.dep == "conj" and t.head != t.i:
        t = tokens[t.head]
    return t.head
