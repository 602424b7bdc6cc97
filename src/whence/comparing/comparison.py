"""Coded rows against incidents: what both have and how it agrees, what only they have, what only we have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from whence.exports import wording
from whence.exports.codes import country_name
from whence.exports.rows import Row
from whence.exports.ucdp import violence
from whence.records import Record

from . import fields
from .assigning import assigned
from .coded import CodedRow

Verdict = Literal["agrees", "differs", "only theirs", "only ours"]
LEAST = 0.45
"""Score below which two are not taken for one incident."""
VIOLENCE = {1: "state-based", 2: "non-state", 3: "one-sided"}


class Difference(Record):
    """One field as they have it and as we do."""

    field: str
    theirs: str | None
    ours: str | None
    verdict: Verdict
    note: str | None = None


class Match(Record):
    """A row and the incident it is taken for, with how well each field agrees (0 to 1, None where one does not say)."""

    line: int
    theirs: str
    ours: str
    title: str
    score: float
    scores: dict[str, float | None]
    fields: tuple[Difference, ...]


class Gap(Record):
    """A row that we have not, or an incident that they have not; `nearest` is the likeliest counterpart and why it is none."""

    id: str
    line: int | None
    title: str
    when: str | None
    place: str | None
    nearest: str | None


class Comparison(Record):
    """All of it. `outside`: incidents of ours beyond the days and countries of their file, which are not held against it."""

    dataset: str
    rows: int
    incidents: int
    outside: int
    matches: tuple[Match, ...]
    only_theirs: tuple[Gap, ...]
    only_ours: tuple[Gap, ...]

    @property
    def differing(self) -> int:
        """How many fields of matched rows differ."""
        return sum(f.verdict == "differs" for m in self.matches for f in m.fields)


def compared(theirs: Sequence[CodedRow], ours: Iterable[Row], *, days: int = 1, km: float = 25.0) -> Comparison:
    """Match rows to incidents, one to one, and compare each pair.

    Candidates lie within `days` of each other and within `km` (beyond how uncertain each place is), or bear one place name or, where one
    of them lies nowhere, one division. Of all ways to pair them the one with the greatest sum of scores is taken.
    """
    incidents = sorted(ours, key=lambda r: (r.earliest or r.latest or "9999", r.id))
    scored: dict[tuple[int, int], float] = {}
    known: dict[tuple[int, int], dict[str, float | None]] = {}
    for a, b in _candidates(theirs, incidents, days):
        if fields.possible(theirs[a], incidents[b], days=days, km=km):
            known[a, b] = fields.scores(theirs[a], incidents[b], days=days, km=km)
            scored[a, b] = fields.total(known[a, b])
    pairs = assigned({pair: score for pair, score in scored.items() if score >= LEAST})
    matches = tuple(_match(theirs[a], incidents[b], known[a, b], scored[a, b], km) for a, b in sorted(pairs.items()))
    taken = {b: a for a, b in pairs.items()}
    within = [b for b, row in enumerate(incidents) if b in taken or _in_scope(row, theirs, days)]
    return Comparison(
        dataset=theirs[0].dataset if theirs else "unknown",
        rows=len(theirs),
        incidents=len(incidents),
        outside=len(incidents) - len(within),
        matches=matches,
        only_theirs=tuple(_their_gap(a, theirs, incidents, scored, taken) for a in range(len(theirs)) if a not in pairs),
        only_ours=tuple(_our_gap(b, theirs, incidents, scored, pairs) for b in within if b not in taken),
    )


def compared_apart(pairs: Iterable[tuple[CodedRow, Sequence[Row]]], *, days: int = 1, km: float = 25.0) -> Comparison:
    """Each row against the incidents of its own note alone, put together: how well a reading follows the coders who wrote the notes."""
    dataset, rows, incidents = "unknown", 0, 0
    matches: list[Match] = []
    theirs: list[Gap] = []
    ours: list[Gap] = []
    for coded, found in pairs:
        one = compared([coded], found, days=days, km=km)
        dataset, rows, incidents = coded.dataset, rows + 1, incidents + len(found)
        matches += one.matches
        theirs += one.only_theirs
        taken = {m.ours for m in one.matches}
        ours += [_our_gap(0, (), [row], {}, {}) for row in found if row.id not in taken]
    return Comparison(
        dataset=dataset,
        rows=rows,
        incidents=incidents,
        outside=0,
        matches=tuple(matches),
        only_theirs=tuple(theirs),
        only_ours=tuple(ours),
    )


def _candidates(theirs: Sequence[CodedRow], ours: Sequence[Row], days: int) -> Iterator[tuple[int, int]]:
    """Pairs near in time, by the days each may have been on; months and wider are looked up by month."""
    index: dict[str, list[int]] = {}
    for b, row in enumerate(ours):
        start, end = row.earliest or row.latest, row.latest or row.earliest
        if start and end:
            for key in _keys(date.fromisoformat(start), date.fromisoformat(end)):
                index.setdefault(key, []).append(b)
    for a, coded in enumerate(theirs):
        first, last = date.fromisoformat(coded.earliest) - timedelta(days=days), date.fromisoformat(coded.latest) + timedelta(days=days)
        seen: set[int] = set()
        for key in [*_keys(first, last), *_months(first, last)]:
            for b in index.get(key, ()):
                if b not in seen:
                    seen.add(b)
                    yield a, b
        if (last - first).days > 40:
            for b, row in enumerate(ours):
                apart = fields.gap(coded, row)
                if b not in seen and apart is not None and apart <= days:
                    yield a, b


def _keys(start: date, end: date) -> list[str]:
    if (end - start).days <= 40:
        return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]
    return _months(start, end)


def _months(start: date, end: date) -> list[str]:
    first, last = start.year * 12 + start.month - 1, min(end.year, start.year + 20) * 12 + end.month
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last)]


def _in_scope(row: Row, theirs: Sequence[CodedRow], days: int) -> bool:
    start, end = row.earliest or row.latest, row.latest or row.earliest
    if not theirs or start is None or end is None:
        return False
    first = date.fromisoformat(min(t.earliest for t in theirs)) - timedelta(days=days)
    last = date.fromisoformat(max(t.latest for t in theirs)) + timedelta(days=days)
    lands = {t.country for t in theirs if t.country}
    return (
        date.fromisoformat(end) >= first
        and date.fromisoformat(start) <= last
        and (row.country is None or not lands or row.country in lands)
    )


def _title(theirs: CodedRow) -> str:
    kind = theirs.sub_event_type or theirs.event_type or theirs.plover or VIOLENCE.get(theirs.violence or 0, "")
    return ", ".join(x for x in (kind, theirs.place, theirs.earliest) if x)


def _their_gap(a: int, theirs: Sequence[CodedRow], ours: Sequence[Row], scored: dict[tuple[int, int], float], taken: dict[int, int]) -> Gap:
    row = theirs[a]
    near = max(((score, b) for (x, b), score in scored.items() if x == a), default=None)
    said = None
    if near is not None:
        score, b = near
        why = f"taken by line {theirs[taken[b]].line}" if b in taken else "too unlike"
        said = f"{ours[b].id} ({wording.title(ours[b])}; score {score:.2f}, {why})"
    return Gap(id=row.id, line=row.line, title=_title(row), when=_days(row.earliest, row.latest), place=row.place, nearest=said)


def _our_gap(b: int, theirs: Sequence[CodedRow], ours: Sequence[Row], scored: dict[tuple[int, int], float], pairs: dict[int, int]) -> Gap:
    row = ours[b]
    near = max(((score, a) for (a, x), score in scored.items() if x == b), default=None)
    said = None
    if near is not None:
        score, a = near
        why = f"taken for {ours[pairs[a]].id}" if a in pairs else "too unlike"
        said = f"line {theirs[a].line}, {theirs[a].id} ({_title(theirs[a])}; score {score:.2f}, {why})"
    at = row.place.name if row.place else None
    return Gap(id=row.id, line=None, title=wording.title(row), when=_days(row.earliest, row.latest), place=at, nearest=said)


def _days(start: str | None, end: str | None) -> str | None:
    return start if start == end else f"{start or '…'} to {end or '…'}"


def _match(theirs: CodedRow, ours: Row, found: dict[str, float | None], score: float, km: float) -> Match:
    told = (_when(theirs, ours), _place(theirs, ours, km), _kind(theirs, ours), *_sides(theirs, ours), _killed(theirs, ours))
    return Match(
        line=theirs.line,
        theirs=theirs.id,
        ours=ours.id,
        title=wording.title(ours),
        score=score,
        scores=found,
        fields=tuple(d for d in told if d is not None),
    )


def _difference(name: str, theirs: str | None, ours: str | None, agrees: bool, note: str | None = None) -> Difference | None:
    if not theirs and not ours:
        return None
    verdict: Verdict = "only ours" if not theirs else "only theirs" if not ours else "agrees" if agrees else "differs"
    return Difference(field=name, theirs=theirs, ours=ours, verdict=verdict, note=note)


def _when(theirs: CodedRow, ours: Row) -> Difference | None:
    apart = fields.gap(theirs, ours)
    note = f"{apart} day{'s'[: apart != 1]} apart" if apart else None
    if note is None and (ours.days or 99) > 1 and theirs.earliest == theirs.latest:
        note = "ours is wider"
    own = _days(ours.earliest, ours.latest) if ours.earliest or ours.latest else None
    return _difference("when", _days(theirs.earliest, theirs.latest), own, apart == 0, note)


def _place(theirs: CodedRow, ours: Row, km: float) -> Difference | None:
    apart = fields.distance_km(theirs, ours)
    named = fields.same_name(theirs.place, ours.place.name if ours.place else None)
    told = ", ".join(x for x in (theirs.place, theirs.admin1, country_name(theirs.country)) if x) or None
    near = named or (apart is not None and apart <= min(km, fields.slack_km(theirs, ours, 0.0) + 10.0))
    note = f"{apart:.0f} km apart" if apart is not None and apart >= 1 else None
    return _difference("place", told, wording.where(ours) if ours.place else None, near, note)


def _kind(theirs: CodedRow, ours: Row) -> Difference | None:
    if theirs.violence is not None:
        own = violence(ours)
        return _difference("type", VIOLENCE[theirs.violence], VIOLENCE[own] if own else None, own == theirs.violence)
    if theirs.plover is not None:
        told, mine = ("/".join(x for x in pair if x) for pair in ((theirs.plover, theirs.mode), (ours.type, ours.mode)))
        return _difference("type", told, mine, told == mine)
    own_type = f"{ours.acled.event_type} / {ours.acled.sub_event_type}" if ours.acled else None
    told = f"{theirs.event_type} / {theirs.sub_event_type or '?'}"
    same = ours.acled is not None and ours.acled.event_type == theirs.event_type
    agrees = same and ours.acled is not None and theirs.sub_event_type in (None, ours.acled.sub_event_type)
    return _difference("type", told, own_type, agrees, "the sub-event type" if same and not agrees else None)


def _sides(theirs: CodedRow, ours: Row) -> list[Difference | None]:
    """Each side of theirs beside ours, in the order that agrees better where theirs is not directed."""
    own = [ours.actors, ours.targets]
    if not (theirs.directed and theirs.second) and fields.actors(theirs, ours) is not None:
        straight = fields.sides(theirs, (own[0], own[1]))
        if fields.sides(theirs, (own[1], own[0])) > straight:
            own.reverse()
    found: list[Difference | None] = []
    for name, told, parties in zip(("first side", "second side"), (theirs.first, theirs.second), own, strict=True):
        best = max((fields.one_side(n, p) for n in told for p in parties), default=0.0)
        note = "of the same kind" if 0.0 < best < 1.0 else None
        if told and not parties and all(fields.unidentified(n) for n in told):
            found.append(Difference(field=name, theirs="; ".join(told), ours=None, verdict="agrees", note="nobody is named"))
            continue
        found.append(_difference(name, "; ".join(told) or None, wording.parties(parties) or None, best > 0.0, note))
    return found


def _killed(theirs: CodedRow, ours: Row) -> Difference | None:
    if theirs.killed is None:
        return None
    told = (
        str(theirs.killed) if theirs.killed_low == theirs.killed_high else f"{theirs.killed_low} / {theirs.killed} / {theirs.killed_high}"
    )
    own = ours.figure("killed")
    if own is None:
        if theirs.killed == 0 and theirs.dataset == "acled":
            return Difference(field="killed", theirs=told, ours=None, verdict="agrees", note="0 also stands for not told")
        return _difference("killed", told, None, False)
    top = own.high if own.high is not None else 10**12
    low, high = theirs.killed_low or 0, theirs.killed_high if theirs.killed_high is not None else theirs.killed
    meets = low <= top and own.low <= high
    ranged = own.low != own.high
    note = ("within our range" if low == high else "the ranges meet") if meets and ranged else None
    note = "our reports differ" if own.disputed else note
    return _difference("killed", told, wording.numbers(own.low, own.high), meets, note)
