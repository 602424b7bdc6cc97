"""From a reading to the rows that filters and linking want; always the same from the same reading and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from whence.errors import StoreError
from whence.records import Acled, Claim, Count, Entity, Judgement, Party, Place, Reading, Report, Tally, Telling
from whence.records.vocabulary import ACLED

from .captures import folded, report_id
from .tables import KEY, MEASURES

FIRST, LAST = "0000-00-00", "9999-99-99"
"""Before and after all days: where one side of an interval is open."""

CORRECTABLE = (
    "type",
    "mode",
    "acled",
    "earliest",
    "latest",
    "precision",
    "place",
    "geonames_id",
    "latitude",
    "longitude",
    "country",
    "admin1",
    "place_kind",
    "precision_km",
    "status",
    "disputed",
    *MEASURES,
)
"""Fields of a report that a reviewer can correct."""


def projected(reading: Reading, *, document: str, corrections: Mapping[str, Sequence[Judgement]] | None = None) -> list[Report]:
    """The reports of a reading, in its order; `corrections` are those in force by report id, oldest first."""
    entities = {e.id: e for e in reading.entities}
    places = {t.id: t.place for t in reading.toponyms}
    triggers = {e.id: e.trigger for e in reading.events}
    claims = {c.id: c for c in reading.claims}
    outlet = entities.get(reading.document.publisher or "")
    found = []
    for incident in reading.incidents:
        place = _place([places.get(p) for p in incident.places])
        identity = report_id(document, incident.id)
        report = Report(
            id=identity,
            number=None,
            document=document,
            incident=incident.id,
            publisher=outlet.name if outlet else None,
            published=reading.document.published,
            type=incident.type,
            mode=incident.mode,
            acled=incident.acled,
            earliest=incident.when.earliest,
            latest=incident.when.latest,
            precision=incident.when.precision,
            place=place.name if place else None,
            geonames_id=place.geonames_id if place else None,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            country=place.country if place else None,
            admin1=place.admin1 if place else None,
            place_kind=place.kind if place else None,
            precision_km=place.precision_km if place else None,
            actors=_parties(incident.actors, entities),
            targets=_parties(incident.targets, entities),
            counts=tuple(_tally(c, entities) for c in incident.counts),
            weapons=tuple(w.text for w in incident.weapons),
            status=incident.status,
            origins=incident.origins,
            disputed=incident.disputed,
            triggers=tuple(triggers[e] for e in incident.events if e in triggers),
            tellings=tuple(_telling(claims[c], entities) for c in incident.claims if c in claims),
        )
        for judgement in (corrections or {}).get(identity, ()):
            report = corrected(report, judgement)
        found.append(report)
    return found


def _place(places: Iterable[Place | None]) -> Place | None:
    """The most precise place: the one of the smallest radius that lies somewhere, else the first."""
    known = [p for p in places if p is not None]
    lying = [p for p in known if p.latitude is not None]
    return min(lying or known, key=lambda p: p.precision_km if p.precision_km is not None else 1e9, default=None)


def _party(entity: Entity) -> Party:
    return Party(entity=entity.id, name=entity.name, type=entity.type, country=entity.country, named=entity.named)


def _parties(ids: Iterable[str], entities: Mapping[str, Entity]) -> tuple[Party, ...]:
    return tuple(_party(entities[i]) for i in ids if i in entities)


def _tally(count: Count, entities: Mapping[str, Entity]) -> Tally:
    of = entities.get(count.of or "")
    return Tally(measure=count.measure, of=of.name if of else None, low=count.low, high=count.high)


def _telling(claim: Claim, entities: Mapping[str, Entity]) -> Telling:
    return Telling(
        claim=claim.id,
        chain=_parties(claim.chain, entities),
        stance=claim.stance,
        polarity=claim.polarity,
        certainty=claim.certainty,
        content=claim.content,
    )


EVERYBODY = frozenset("people persons person individuals victims casualties lives souls".split())
"""Words for those counted that leave nobody out."""
PARTS = frozenset("women woman children child girls girl boys boy babies baby infants infant minors toddlers elderly teenagers".split())
"""Words for those who may be among a wider group that is counted beside them."""


def totals(counts: Iterable[Tally]) -> dict[str, tuple[int | None, int | None]]:
    """Per measure the range of all told, in which nobody is counted twice.

    Several figures for the same people are alternatives; figures for others add up. Figures for nobody in particular or for "people" are
    for all, and stand before a sum where there are any. Who may be among others counted ("Turkish soldiers" beside "soldiers", "women"
    beside "civilians") does not add to them. An open side stays open.
    """
    owners: dict[str, dict[frozenset[str], list[Tally]]] = {}
    for count in counts:
        owners.setdefault(count.measure, {}).setdefault(_counted(count.of), []).append(count)
    found: dict[str, tuple[int | None, int | None]] = {}
    for measure, by in owners.items():
        if frozenset() in by:
            found[measure] = _range(by[frozenset()])
            continue
        widest = {group: _widest(group, by) for group in by}
        ranges = []
        for group in (g for g in by if widest[g] == g):
            whole = _range(by[group])
            for part in (_range(by[g]) for g, w in widest.items() if w == group and g != group):
                low = None if whole[0] is None and part[0] is None else max(whole[0] or 0, part[0] or 0)
                whole = (low, None if whole[1] is None or part[1] is None else max(whole[1], part[1]))
            ranges.append(whole)
        lows, highs = [r[0] for r in ranges if r[0] is not None], [r[1] for r in ranges if r[1] is not None]
        found[measure] = (sum(lows) if lows else None, sum(highs) if len(highs) == len(ranges) else None)
    return found


def _counted(of: str | None) -> frozenset[str]:
    """Those counted as words, without figures and articles; nothing where they are all."""
    words = frozenset(w for w in folded(of or "").split() if not w.isdigit() and w not in ("the", "a", "an", "of", "some", "several"))
    return frozenset() if words <= EVERYBODY else words


def _widest(group: frozenset[str], groups: Iterable[frozenset[str]]) -> frozenset[str]:
    """The group that one may be part of: the one of the fewest of its words; for women or children any wider one, of several the first."""
    around = [g for g in groups if g < group]
    if not around and group & PARTS:
        around = [g for g in groups if not g & PARTS]
        return around[0] if around else group
    return min(around, key=lambda g: (len(g), sorted(g)), default=group)


def _range(group: Sequence[Tally]) -> tuple[int | None, int | None]:
    """The range of alternative figures."""
    lows = [c.low for c in group if c.low is not None]
    highs = [c.high for c in group if c.high is not None]
    return min(lows) if lows else None, max(highs) if len(highs) == len(group) else None


def row(report: Report) -> dict[str, Any]:
    """The columns of a report but for its number, reading and document."""
    columns: dict[str, Any] = {
        "id": report.id,
        "incident": report.incident,
        "type": report.type,
        "mode": report.mode,
        "acled": report.acled.event_type if report.acled else None,
        "acled_sub": report.acled.sub_event_type if report.acled else None,
        "earliest": report.earliest,
        "latest": report.latest,
        "begins": report.earliest or (FIRST if report.latest else None),
        "ends": report.latest or (LAST if report.earliest else None),
        "precision": report.precision,
        "place": report.place,
        "place_key": folded(report.place)[:KEY] if report.place else None,
        "geonames_id": report.geonames_id,
        "latitude": report.latitude,
        "longitude": report.longitude,
        "country": report.country,
        "admin1": report.admin1,
        "place_kind": report.place_kind,
        "precision_km": report.precision_km,
        "status": report.status,
        "origins": report.origins,
        "disputed": report.disputed,
        "data": msgspec.json.encode(report),
    }
    ranges = totals(report.counts)
    for measure in MEASURES:
        columns[f"{measure}_low"], columns[f"{measure}_high"] = (_fit(x) for x in ranges.get(measure, (None, None)))
    return columns


def _fit(number: int | None) -> int | None:
    """What a column of 64 bits can hold; the data beside it keep the number as it was told."""
    return None if number is None else max(-(2**63), min(2**63 - 1, number))


def party_rows(report: Report, number: int) -> list[dict[str, Any]]:
    """A row for each actor and target."""
    return [
        {
            "report": number,
            "role": role,
            "position": position,
            "name": party.name,
            "key": folded(party.name)[:KEY] if party.name else None,
            "type": party.type,
            "country": party.country,
        }
        for role, parties in (("actor", report.actors), ("target", report.targets))
        for position, party in enumerate(parties)
    ]


def corrected(report: Report, judgement: Judgement) -> Report:
    """A report with a correction. StoreError where the field cannot be corrected or the value does not fit it."""
    field, value = judgement.field or "", judgement.value
    if field not in CORRECTABLE:
        raise StoreError(f"{field!r} is no field of a report that can be corrected; there are {', '.join(CORRECTABLE)}")
    changes: dict[str, Any]
    if field in MEASURES:
        changes = {"counts": (*(c for c in report.counts if c.measure != field), *_given(field, value))}
    elif field == "acled":
        changes = {"acled": _acled(value)}
    else:
        changes = {field: _plain(value)}
    changed = msgspec.structs.replace(report, **changes, corrections=(*report.corrections, judgement.id))
    try:
        # As JSON and back, for that is where msgspec checks the vocabulary; "3" becomes 3 where a number is wanted.
        fitting = msgspec.convert(msgspec.to_builtins(changed), Report, strict=False)
    except msgspec.ValidationError as error:
        raise StoreError(f"{field} cannot be {value!r}: {error}") from None
    _check_ranges(fitting, field)
    return fitting


def _plain(value: str | None) -> str | None:
    return None if value is None or value == "" else value


def _given(measure: str, value: str | None) -> tuple[Tally, ...]:
    """ "3", "3-5", "3+" as a count, nothing as none."""
    if not value:
        return ()
    low, dash, high = value.partition("-")
    open_ended = value.endswith("+")
    try:
        lowest = int(low.removesuffix("+"))
        highest = None if open_ended else int(high) if dash else lowest
    except ValueError:
        raise StoreError(f"{measure} cannot be {value!r}; write 3, 3-5, 3+ or nothing") from None
    if lowest < 0 or (highest is not None and highest < lowest):
        raise StoreError(f"{measure} cannot be {value!r}: its ends are the wrong way round or below zero")
    return (Tally(measure=measure, of=None, low=lowest, high=highest),)  # type: ignore[arg-type] # one of MEASURES


def _acled(value: str | None) -> Acled | None:
    if not value:
        return None
    for event_type, subs in ACLED.items():
        for sub in subs:
            if value.casefold() == sub.casefold():
                return Acled(event_type=event_type, sub_event_type=sub)
    raise StoreError(f"acled cannot be {value!r}; it is one of ACLED's sub-event types, as in 'Armed clash'")


def _check_ranges(report: Report, field: str) -> None:
    value = getattr(report, field, None)
    if value is None:
        return
    if field in ("earliest", "latest"):
        try:
            right = date.fromisoformat(value).isoformat() == value
        except ValueError:
            right = False
        if not right:
            raise StoreError(f"{field} cannot be {value!r}; write YYYY-MM-DD")
    most = {"latitude": 90, "longitude": 180}.get(field)
    if most is not None and not -most <= value <= most:
        raise StoreError(f"{field} cannot be {value!r}; it lies between -{most} and {most} degrees")
