"""Events asked of a language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import msgspec

from whence.readers.base import Draft
from whence.readers.events.quantities import is_number, quantity
from whence.records import (
    Acled,
    Argument,
    Attribution,
    Count,
    Entity,
    Event,
    Mention,
    Record,
    Span,
    Timex,
    Toponym,
    When,
    identifier,
)
from whence.records.vocabulary import MODES, EventType, Measure, Role, Status

from .anchoring import Anchor, Anchors
from .asking import UNANCHORED, items, portions
from .model import Model
from .prompts import EVENTS, EVENTS_SCHEMA, SUB_EVENTS

NEVER = When(timex=None, earliest=None, latest=None, precision="unknown")
ONE = ("a ", "an ", "one ")


class Number(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A count as the model gives it: its words; what number they say, we read ourselves."""

    measure: Measure
    words: Anchor
    of: Anchor | None


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event as the model gives it."""

    trigger: Anchor
    type: EventType
    mode: str | None
    acled: str | None
    actors: tuple[Anchor, ...]
    targets: tuple[Anchor, ...]
    places: tuple[Anchor, ...]
    time: Anchor | None
    weapons: tuple[Anchor, ...]
    counts: tuple[Number, ...]
    status: Literal["happened", "ongoing", "planned", "possible", "denied", "habitual", "hypothetical"]
    aggregate: bool


class LlmEventReader:
    """Events of the body as a language model gives them: trigger, type, arguments, place, time, weapons, counts, status.

    An event whose trigger does not stand in the text is dropped and counted, and so is every argument, place, time, weapon and
    count whose words do not. Places and times are those that the built-in readers resolved; what numbers a count's words say is
    read from the words and not taken from the model. What only others than the outlet tell as done is `claimed`, by the
    attributions. Missed: what the model misses; places and times that the readers before did not find.
    Measured by `score.py events`, on the model that is used.
    """

    name: ClassVar[str] = "events"
    version: ClassVar[str] = "llm-1"
    requires: ClassVar[tuple[type[Record], ...]] = (Mention, Entity, Timex, Toponym, Attribution)
    produces: ClassVar[tuple[type[Record], ...]] = (Event, Mention, Entity)

    def __init__(self, *, model: Model) -> None:
        self.model = model

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        body = [(p.start, p.end) for p in draft.document.parts if p.kind == "body"]
        sentences = [s for s in draft.analysis.sentences if any(a <= s.start < b for a, b in body)]
        people = _People(draft)
        made: dict[str, Event] = {}
        for portion in portions(draft, sentences, self.model.settings.max_characters):
            for shown, told in items(self.model, draft, portion, prompt=EVENTS, schema=EVENTS_SCHEMA, key="events", kind=Told):
                one = _One(draft, Anchors(draft, shown), people, self.model)
                for item in told:
                    event = one.event(item)
                    if event is not None:
                        made.setdefault(event.id, event)
                        draft.why[event.id] = (f"language model {self.model.name} at {self.model.host}", f"status: {item.status}")
        self.model.spent.kept += len(made)
        return [*people.made, *sorted(made.values(), key=lambda e: (e.trigger.start, e.trigger.end))]


class _People:
    """Entities by the words that name or describe them. `made` gathers those that nobody had found."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.made: list[Mention | Entity] = []
        self._mentions = [m for m in draft.mentions if m.entity is not None]
        self._new: dict[str, str] = {}

    def of(self, span: Span) -> str:
        """The entity of some words: of the mention that heads them, or a new one of that description."""
        analysis = self.draft.analysis
        first, last = analysis.covering(span.start, span.end)
        head = analysis.tokens[analysis.head_of(first, last)] if first < last else None
        overlapping = [m for m in self._mentions if m.start < span.end and span.start < m.end]
        heading = [m for m in overlapping if head is not None and m.start <= head.start < m.end]
        best = max(
            heading, key=lambda m: min(m.end, span.end) - max(m.start, span.start) - abs(m.end - m.start - len(span.text)), default=None
        )
        if best is not None and best.entity is not None:
            return best.entity
        key = span.text.lower()
        if key not in self._new:
            named = head is not None and head.pos == "PROPN"
            entity = Entity(
                id=identifier("E", "llm", span.text), name=span.text, type="other", country=None, roles=(), affiliations=(), named=named
            )
            self._new[key] = entity.id
            self.made.append(entity)
        mention = Mention(
            id=identifier("M", span.start, span.end),
            start=span.start,
            end=span.end,
            text=span.text,
            form="name" if head is not None and head.pos == "PROPN" else "nominal",
            entity=self._new[key],
        )
        known = {m.id for m in self.draft.mentions} | {m.id for m in self.made if isinstance(m, Mention)}
        if mention.id not in known:
            self.made.append(mention)
        return self._new[key]


class _One:
    """Events of one answer."""

    def __init__(self, draft: Draft, anchors: Anchors, people: _People, model: Model) -> None:
        self.draft = draft
        self.anchors = anchors
        self.people = people
        self.dropped = model.spent.dropped
        document = draft.document
        self.outlets = {v.publisher for v in document.via} | ({document.publisher} if document.publisher else set())

    def event(self, item: Told) -> Event | None:
        trigger = self.anchors.span(item.trigger, once=item.type)
        if trigger is None:
            self.dropped[UNANCHORED] += 1
            return None
        first, last = self.draft.analysis.covering(trigger.start, trigger.end)
        if first >= last:
            self.dropped[UNANCHORED] += 1
            return None
        mode = item.mode if item.mode in MODES[item.type] else None
        if item.mode is not None and mode is None:
            self.dropped["modes that the type does not have"] += 1
        kind = SUB_EVENTS.get(item.acled) if item.acled else None
        if item.acled and kind is None:
            self.dropped["codes that ACLED does not have"] += 1
        return Event(
            id=identifier("V", trigger.start, trigger.end, item.type),
            type=item.type,
            mode=mode,
            acled=Acled(event_type=kind, sub_event_type=item.acled) if kind and item.acled else None,
            trigger=trigger,
            arguments=self._arguments(item, trigger),
            places=self._places(item, trigger),
            when=self._when(item, trigger),
            weapons=tuple(dict.fromkeys(s for a in item.weapons if (s := self._anchored(a, trigger)) is not None)),
            counts=self._counts(item, trigger),
            status=self._status(item, trigger),
            sentence=self.draft.analysis.tokens[first].sentence,
            aggregate=item.aggregate,
            parts=(),
        )

    def _anchored(self, anchor: Anchor, near: Span) -> Span | None:
        found = self.anchors.span(anchor, near=near)
        if found is None:
            self.dropped["parts of events " + UNANCHORED] += 1
        return found

    def _arguments(self, item: Told, trigger: Span) -> tuple[Argument, ...]:
        out: list[Argument] = []
        roles: tuple[tuple[Role, tuple[Anchor, ...]], ...] = (("actor", item.actors), ("target", item.targets))
        for role, anchors in roles:
            for anchor in anchors:
                span = self._anchored(anchor, trigger)
                if span is None:
                    continue
                entity = self.people.of(span)
                if all(entity != a.entity for a in out):
                    out.append(Argument(role=role, entity=entity, span=span))
        return tuple(out)

    def _places(self, item: Told, trigger: Span) -> tuple[str, ...]:
        found: list[str] = []
        for anchor in item.places:
            span = self._anchored(anchor, trigger)
            if span is None:
                continue
            here = [t.id for t in self.draft.toponyms if t.start < span.end and span.start < t.end and t.use == "literal"]
            if not here:
                self.dropped["places that no reader found"] += 1
            found += here
        return tuple(dict.fromkeys(found))

    def _when(self, item: Told, trigger: Span) -> When:
        span = self._anchored(item.time, trigger) if item.time is not None else None
        if span is None:
            return NEVER
        best = max(
            (t for t in self.draft.timexes if t.start < span.end and span.start < t.end),
            key=lambda t: min(t.end, span.end) - max(t.start, span.start),
            default=None,
        )
        if best is None:
            self.dropped["times that no reader found"] += 1
            return NEVER
        return When(timex=best.id, earliest=best.earliest, latest=best.latest, precision=best.precision)

    def _counts(self, item: Told, trigger: Span) -> tuple[Count, ...]:
        out = []
        for number in item.counts:
            span = self._anchored(number.words, trigger)
            if span is None:
                continue
            said = self._said(span)
            if said is None:
                self.dropped["counts whose words say no number"] += 1
                continue
            counted = self._anchored(number.of, span) if number.of is not None else None
            of = self.people.of(counted) if counted is not None else None
            out.append(Count(measure=number.measure, of=of, low=said[0], high=said[1], span=span, includes=()))
        return tuple(out)

    def _said(self, span: Span) -> tuple[int | None, int | None] | None:
        """The range that words say: both included, None open."""
        tokens = self.draft.analysis.tokens
        first, last = self.draft.analysis.covering(span.start, span.end)
        if first >= last:
            return None
        figures = [i for i in range(first, last) if is_number(tokens[i])]
        # A quantity is read up to what is counted: the word behind it, where the words given end with the number itself.
        head = last - 1 if not figures or figures[-1] < last - 1 else min(last, len(tokens) - 1)
        found = quantity(tokens, first, head)
        if found is not None and (found.low, found.high) != (None, None):
            return found.low, found.high
        return (1, 1) if span.text.lower().startswith(ONE) else None

    def _status(self, item: Told, trigger: Span) -> Status:
        if item.status not in ("happened", "ongoing"):
            return item.status
        around = [a for a in self.draft.statements if any(c.start <= trigger.start and trigger.end <= c.end for c in a.content)]
        return "claimed" if any(a.holder not in self.outlets or a.holder is None for a in around) else item.status
