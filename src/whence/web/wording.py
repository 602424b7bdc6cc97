"""Values as people read them: ranges as ranges, intervals as intervals, what is not known as that."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from whence.records import Judgement, Overview, Party, Report, Tally
from whence.store import Cell

from .passages import interval

Told = Report | Overview
"""What is told of an incident, by one document or by all of them."""

LOSSES = {
    "killed": "killed",
    "injured": "injured",
    "killed_or_injured": "killed or injured",
    "captured": "captured",
    "displaced": "displaced",
    "destroyed": "destroyed",
    "damaged": "damaged",
    "participants": "taking part",
    "incidents": "incidents",
}
"""The measures of counts in words."""
RELIABILITY = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
COLOURS = {
    "Battles": "battles",
    "Violence against civilians": "civilians",
    "Explosions/Remote violence": "explosions",
    "Protests": "protests",
    "Riots": "riots",
    "Strategic developments": "developments",
}
"""ACLED's event types and the class that gives each its colour (Okabe and Ito's palette, told apart by most eyes)."""


def span_of_numbers(low: int | None, high: int | None) -> str:
    """ "3", "3–5", "3 or more", "up to 5", "some"."""
    if low is None and high is None:
        return "some"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def tally_words(tally: Tally) -> str:
    """A count in words."""
    return f"{span_of_numbers(tally.low, tally.high)} {LOSSES[tally.measure]}"


def losses(report: Told) -> list[str]:
    """The counts of a report as they are told, never added up: figures for several groups stand beside each other by name."""
    figures: dict[str, dict[tuple[int | None, int | None], list[str]]] = {}
    for tally in report.counts:
        owners = figures.setdefault(tally.measure, {}).setdefault((tally.low, tally.high), [])
        if tally.of and tally.of not in owners:
            owners.append(tally.of)
    found = []
    for measure, ranges in figures.items():
        for (low, high), owners in ranges.items():
            whom = f" ({'; '.join(owners)})" if owners and (len(ranges) > 1 or len(owners) > 1) else ""
            found.append(f"{span_of_numbers(low, high)} {LOSSES[measure]}{whom}")
    return found


def days(report: Told) -> str:
    """When it was."""
    return interval(report.earliest, report.latest)


def where(report: Told) -> str:
    """Where it was, from the narrow to the wide."""
    return ", ".join(dict.fromkeys(x for x in (report.place, report.admin1, report.country) if x)) or "no place known"


def precision(report: Told) -> str:
    """How narrow the place is."""
    kind = report.place_kind or ""
    return f"{kind}, ± {report.precision_km:g} km" if report.precision_km is not None else kind


def party(one: Party) -> str:
    """Somebody's name, or what is known in its stead."""
    return one.name or one.type.replace("_", " ")


def parties(all_of: Iterable[Party]) -> str:
    """Names in a row."""
    return ", ".join(dict.fromkeys(party(p) for p in all_of)) or "unknown"


def side(given: Iterable[Party] | str | None) -> str:
    """One side of an incident: its names, as a report has them or as an incident sums them up."""
    return given if isinstance(given, str) else parties(given or ())


def what(report: Told) -> str:
    """What kind of incident it is."""
    return report.acled.sub_event_type if report.acled else report.type.lower()


def colour(report: Told) -> str:
    """The class of its colour."""
    return COLOURS.get(report.acled.event_type if report.acled else "", "none")


def judged(judgement: Judgement) -> str:
    """What a judgement says, in a line."""
    value = judgement.value
    if judgement.kind == "correct":
        return f"{(judgement.field or '').replace('_', ' ')} is {value}" if value else f"{judgement.field} is not known"
    if judgement.kind == "reliability":
        return f"reliability {value}, {RELIABILITY.get(value or '', '')}"
    if judgement.kind == "credibility":
        return f"credibility {value}, {CREDIBILITY.get(value or '', '')}"
    return {
        "hide": "hidden",
        "protect": f"the name {value} is protected",
        "retract": f"takes back {judgement.other}",
        "same": "the same incident as",
        "not_same": "not the incident of",
    }[judgement.kind]


def address(path: str, query: Mapping[str, Any], **changes: Any) -> str:
    """A path with the query that a page has, changed; what is None or empty is left out."""
    merged = {**query, **changes}
    kept = [(k, v) for k, v in merged.items() if v not in (None, "")]
    return f"{path}?{urlencode(kept)}" if kept else path


def circle(latitude: float, longitude: float, km: float, *, corners: int = 32) -> list[list[float]]:
    """A ring of [longitude, latitude] about a point: an area, drawn as wide as the place is uncertain."""
    ring = []
    widest = max(km, 0.1) / 111.195
    for step in range(corners + 1):
        angle = 2 * math.pi * (step % corners) / corners
        up = max(-89.9, min(89.9, latitude + widest * math.sin(angle)))
        along = widest * math.cos(angle) / max(0.02, math.cos(math.radians(latitude)))
        ring.append([round(longitude + along, 4), round(up, 4)])
    return ring


def feature(report: Told, *, number: int | None = None) -> dict[str, Any] | None:
    """A report or incident as a GeoJSON feature: a polygon of its precision, never a point; None where it lies nowhere."""
    if report.latitude is None or report.longitude is None:
        return None
    radius = report.precision_km if report.precision_km is not None else 5.0
    return {
        "type": "Feature",
        "id": report.number if isinstance(report, Report) else number,
        "geometry": {"type": "Polygon", "coordinates": [circle(report.latitude, report.longitude, radius)]},
        "properties": {
            "id": report.id,
            "what": what(report),
            "colour": colour(report),
            "where": where(report),
            "precision": precision(report),
            "precision_km": report.precision_km,
            "kind": report.place_kind,
            "latitude": report.latitude,
            "longitude": report.longitude,
            "earliest": report.earliest,
            "latest": report.latest,
            "when": days(report),
            "counts": ", ".join(losses(report)),
            "actors": side(report.actors),
            "targets": side(report.targets),
            "publisher": report.publisher if isinstance(report, Report) else ", ".join(report.publishers),
            "origins": report.origins,
            "status": report.status,
            "disputed": report.disputed,
        },
    }


def cell_feature(cell: Cell, number: int) -> dict[str, Any]:
    """Incidents drawn together, as a GeoJSON feature: the box in which they lie, and how many they are."""
    west, south, east, north = cell.box
    pad = 0.02
    ring = [
        [west - pad, south - pad],
        [east + pad, south - pad],
        [east + pad, north + pad],
        [west - pad, north + pad],
        [west - pad, south - pad],
    ]
    return {
        "type": "Feature",
        "id": number,
        "geometry": {"type": "Polygon", "coordinates": [[[round(x, 4), round(y, 4)] for x, y in ring]]},
        "properties": {
            "count": cell.count,
            "longitude": round(cell.longitude, 4),
            "latitude": round(cell.latitude, 4),
            "box": ",".join(f"{x:.4f}" for x in (west - pad, south - pad, east + pad, north + pad)),
            "colour": COLOURS.get(cell.acled or "", "none"),
        },
    }


def bars(reports: Iterable[Told], *, since: str | None = None, until: str | None = None) -> dict[str, Any]:
    """Reports with days as bars on one line of time: x and width of 1,000; an open side runs to the edge.

    The line reaches from the first day to the last, or as far as is looked at; what goes on beyond it is `open` there.
    """
    dated = [r for r in reports if r.earliest or r.latest]
    known = [date.fromisoformat(d) for r in dated for d in (r.earliest, r.latest) if d]
    if not known:
        return {"rows": [], "ticks": []}
    first = max(min(known), date.fromisoformat(since)) if since else min(known)
    last = (min(max(known), date.fromisoformat(until)) if until else max(known)) + timedelta(days=1)
    length = max(1, (last - first).days)

    def at(day: date) -> float:
        return round(1000 * (day - first).days / length, 2)

    rows = []
    for report in sorted(dated, key=lambda r: (r.earliest or "", r.latest or "")):
        begin = at(date.fromisoformat(report.earliest)) if report.earliest else -1.0
        end = at(date.fromisoformat(report.latest) + timedelta(days=1)) if report.latest else 1001.0
        left, right = min(997.0, max(0.0, begin)), min(1000.0, max(3.0, end))
        rows.append({"report": report, "x": left, "width": max(3.0, round(right - left, 2)), "open": begin < 0 or end > 1000})
    steps = min(5, length)
    ticks = [(first + timedelta(days=round(length * n / steps))) for n in range(steps)]
    return {"rows": rows, "ticks": [{"x": at(t), "day": t.isoformat()} for t in ticks]}


def without(query: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """A query without some of its names."""
    return {k: v for k, v in query.items() if k not in names}


def weighed(why: Mapping[str, float]) -> list[tuple[str, float]]:
    """The evidence of a link as people read it, the heaviest first: ("place: same", 2.1)."""
    return sorted(why.items(), key=lambda kv: -abs(kv[1]))
