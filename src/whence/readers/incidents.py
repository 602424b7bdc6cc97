"""Incidents: one row for each thing that happened or is claimed to have happened, as a coder would enter it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from whence.readers.base import Draft
from whence.readers.chains import Chains
from whence.records import Claim, Count, Event, Incident, Record, Span, Toponym, When, identifier
from whence.records.vocabulary import IncidentStatus

VIOLENT = frozenset(("Battles", "Violence against civilians", "Explosions/Remote violence"))
RANK = (
    "Explosions/Remote violence",
    "Battles",
    "Violence against civilians",
    "Riots",
    "Protests",
    "Strategic developments",
)
FINE = ("day", "week", "month", "interval")
TAKEN_UP = 12
"""Sentences over which a definite noun ("the attack") still means the incident told before."""
NEAR = 3
"""Sentences within which a mention without a day or place of its own can belong to the incident before."""


class IncidentReader:
    """Rows made of events with an ACLED type that happened, go on, or are claimed to have.

    Mentions are one incident where kind, day and place agree or one is silent and the other near by; a row wants a
    day, or a place finer than a country with a time not coarser than a month. Aggregates, plans, denials and habits
    make none. Missed: two like incidents of one day in one town told in one paragraph come out as one.
    Measured by `score.py seed` and `rows`.
    """

    name: ClassVar[str] = "incidents"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Event, Claim)
    produces: ClassVar[tuple[type[Record], ...]] = (Incident,)

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        toponyms = {t.id: t for t in draft.toponyms}
        chains = Chains(draft)
        told = [e for e in draft.events if e.acled is not None and not e.aggregate and e.status in ("happened", "ongoing", "claimed")]
        groups: list[list[Event]] = []
        for event in sorted(told, key=lambda e: e.trigger.start):
            home = next((g for g in reversed(groups) if _same(draft, g, event, toponyms)), None)
            if home is not None:
                home.append(event)
            else:
                groups.append([event])
        out: list[Record] = []
        for group in groups:
            if any(_placed(e, toponyms) for e in group) and _when(group).precision not in ("year", "decade", "century"):
                row = _row(draft, group, toponyms, chains)
                draft.why[row.id] = tuple(f"{e.trigger.text!r}: {e.type}, {e.status}" for e in group)
                out.append(row)
        return out


def _family(event: Event) -> str:
    assert event.acled is not None
    kind = event.acled.event_type
    if kind in VIOLENT:
        return "violence"
    if kind in ("Protests", "Riots"):
        return "protest"
    return f"{kind}/{event.acled.sub_event_type}"


def _dated(event: Event) -> bool:
    return event.when.timex is not None and event.when.earliest is not None and event.when.latest is not None


def _fine(event: Event, toponyms: dict[str, Toponym]) -> bool:
    """Whether a place is finer than a country."""
    for i in event.places:
        place = toponyms[i].place
        if place is None or place.kind != "country":
            return True
    return False


def _placed(event: Event, toponyms: dict[str, Toponym]) -> bool:
    timed = event.when.timex is not None and event.when.precision in FINE
    if timed and event.when.precision == "day" and event.places:
        return True
    if event.when.timex is not None and event.when.precision in ("year", "decade", "century"):
        return False
    return _fine(event, toponyms)


def _where(event: Event, toponyms: dict[str, Toponym]) -> set[str]:
    return {
        (t.place.name if t.place is not None else t.text).lower()
        for i in event.places
        if (t := toponyms[i]) and not (t.place is not None and t.place.kind == "country")
    }


def _clash_of_days(one: When, other: When) -> bool:
    return (one.earliest is not None and other.latest is not None and one.earliest > other.latest) or (
        other.earliest is not None and one.latest is not None and other.earliest > one.latest
    )


def _taken_up(draft: Draft, group: Sequence[Event], event: Event, places: set[str], mine: set[str]) -> bool:
    """ "the attack", "that explosion": a definite noun means an incident told before, unless its place is another."""
    words = draft.text[max(0, event.trigger.start - 6) : event.trigger.start].lower().split()
    definite = bool(words) and words[-1] in ("the", "this", "that")
    near = 0 < event.sentence - group[0].sentence <= TAKEN_UP
    known = {a.entity for g in group for a in g.arguments}
    of_its_own = any(a.entity not in known for a in event.arguments)
    return definite and near and not of_its_own and (not mine or bool(places & mine)) and any(_family(g) == _family(event) for g in group)


def _same(draft: Draft, group: Sequence[Event], event: Event, toponyms: dict[str, Toponym]) -> bool:
    if all(_family(g) != _family(event) for g in group):
        near = any(g.sentence == event.sentence for g in group)
        violent = _family(event) == "violence" or any(_family(g) == "violence" for g in group)
        secondary = event.type in ("COERCE", "MOBILIZE") or all(g.type in ("COERCE", "MOBILIZE") for g in group)
        if not (near and violent and secondary):
            return False
    places = set().union(*(_where(g, toponyms) for g in group))
    mine = _where(event, toponyms)
    if _taken_up(draft, group, event, places, mine):
        return True
    if any(_clash_of_days(g.when, event.when) for g in group if _dated(g) and _dated(event)):
        return False
    own_voice = event.status != "claimed" and any(g.status != "claimed" for g in group)
    distance = min(abs(g.sentence - event.sentence) for g in group)
    if places and mine and not places & mine:
        return distance == 0 and not (_own_place(group, event))
    same_day = any(
        _dated(g) and _dated(event) and (g.when.earliest, g.when.latest) == (event.when.earliest, event.when.latest) for g in group
    )
    if same_day and places & mine:
        return True
    if distance == 0:
        return True
    if (
        event.status == "claimed"
        and not mine
        and not _dated(event)
        and event.counts
        and distance <= NEAR + 2
        and _family(event) == "violence"
    ):
        return True  # what others say of the losses of what was told
    if not own_voice and distance > 1:
        return False
    if distance <= NEAR and (not mine or places & mine) and (not _dated(event) or same_day or not any(_dated(g) for g in group)):
        return _paragraph(draft, group[-1], event) or bool(places & mine)
    return False


def _own_place(group: Sequence[Event], event: Event) -> bool:
    return all(set(g.places) != set(event.places) for g in group)


def _paragraph(draft: Draft, one: Event, other: Event) -> bool:
    a, b = sorted((one, other), key=lambda e: e.trigger.start)
    return "\n" not in draft.text[a.trigger.end : b.trigger.start]


def _row(draft: Draft, group: Sequence[Event], toponyms: dict[str, Toponym], chains: Chains) -> Incident:
    def rank(e: Event) -> tuple[int, int, int, int]:
        assert e.acled is not None
        sub = 0 if e.mode is not None else 1
        clash = 0 if e.acled.sub_event_type == "Armed clash" and any(a.role == "actor" for a in e.arguments) and e.mode == "firearms" else 1
        return (clash, RANK.index(e.acled.event_type), sub, e.trigger.start)

    head = min(group, key=rank)
    own = [e for e in group if e.status in ("happened", "ongoing")]
    status: IncidentStatus = ("ongoing" if all(e.status == "ongoing" for e in own) else "happened") if own else "claimed"
    shown = own or list(group)
    targets = list(dict.fromkeys(a.entity for e in shown for a in e.arguments if a.role == "target"))
    actors = list(dict.fromkeys(a.entity for e in shown for a in e.arguments if a.role == "actor"))
    if head.acled is not None and head.acled.event_type == "Battles":
        actors = [x for x in actors if chains.entities[x].type != "object"]
    targets = [x for x in targets if x not in actors]
    ids = tuple(e.id for e in group)
    claims = [c for c in draft.claims if c.event in ids]
    opposed = any(c.opposes for c in claims)
    origins = {chains.origin(c.chain) for c in claims if c.polarity == "positive" and c.stance in ("asserts", "warns")}
    if own:
        origins = {chains.origin(chains.outlet())} if not claims or any(c.attribution is None for c in claims) else origins
    return Incident(
        id=identifier("I", head.trigger.start, head.trigger.end, head.type),
        events=ids,
        type=head.type,
        mode=head.mode,
        acled=head.acled,
        actors=tuple(actors),
        targets=tuple(targets),
        places=_places(group, toponyms),
        when=_when(group),
        weapons=_spans(s for e in group for s in e.weapons),
        counts=_counts(group),
        status=status,
        claims=tuple(c.id for c in claims),
        origins=max(1, len(origins)),
        disputed=opposed,
    )


def _when(group: Sequence[Event]) -> When:
    dated = [e.when for e in group if e.when.timex is not None]
    if not dated:
        return group[0].when
    order = ("day", "week", "month", "interval", "year", "decade", "century", "unknown")
    return min(dated, key=lambda w: (w.earliest is None, order.index(w.precision)))


def _places(group: Sequence[Event], toponyms: dict[str, Toponym]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for event in group:
        for i in event.places:
            t = toponyms[i]
            found.setdefault((t.place.name if t.place is not None else t.text).lower(), i)
    fine = [i for i in found.values() if not ((p := toponyms[i].place) is not None and p.kind in ("country", "admin1"))]
    return tuple(fine or list(found.values()))


def _spans(spans: object) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(cast("Sequence[Span]", spans)))


def _counts(group: Sequence[Event]) -> tuple[Count, ...]:
    """The counts of all mentions; where two give one measure for one owner, the same range is told once."""
    kept: list[Count] = []
    for event in group:
        for count in event.counts:
            if count.measure == "incidents":
                continue
            twin = next(
                (
                    k
                    for k in kept
                    if k.measure == count.measure
                    and (k.of == count.of or None in (k.of, count.of))
                    and (k.low, k.high) == (count.low, count.high)
                ),
                None,
            )
            if twin is None:
                kept.append(count)
    return tuple(kept)
