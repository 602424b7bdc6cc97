"""Reports: incidents as one document tells them, in a table, on a map, on a line of time, and each with its words, chains and history."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from litestar import Response, get
from litestar.response import Template

from whence.errors import NotFound
from whence.linking import ENGINE
from whence.records import Incident, Judgement, Reading, Record, Report, Span, Tally, Telling, Timex, Toponym
from whence.records.vocabulary import Measure
from whence.store import CORRECTABLE, Filter
from whence.web.asking import Paging, Sheet, Wanted, Word, as_query
from whence.web.site import Asked, store_of
from whence.web.tables import REPORTS, as_csv
from whence.web.wording import bars, feature

VIEWS = ("table", "map", "timeline")
FACETS = ("acled", "country", "source", "status", "disputed")
DRAWN = 2_000
"""Reports drawn on a map or a line of time at most; the page says where there are more."""
BESIDE = 200
"""Reports listed beside the map at most."""
LINES = 300
"""Bars of a line of time at most."""


class Listing(Record):
    """A page of reports with the number of all that fit, and how many there are of each value of a field."""

    total: int
    page: int
    facets: dict[str, tuple[tuple[Any, int], ...]]
    reports: tuple[Report, ...]


@get("/reports", include_in_schema=False, sync_to_thread=True)
def reports(request: Asked, wanted: Wanted, paging: Sheet, view: Word = "table", order: Word = "latest") -> Template:
    """The reports that fit, with facets, as table, map or line of time."""
    view = view if view in VIEWS else "table"
    listing = _listing(request, wanted, paging, order if view == "table" else "earliest", size={"timeline": LINES, "map": BESIDE}.get(view))
    more: dict[str, Any] = {"view": None if view == "table" else view, "order": None if order == "latest" else order}
    context = {
        "here": "incidents",
        "listing": listing,
        "paging": paging,
        "wanted": wanted,
        "view": view,
        "views": VIEWS,
        "order": order,
        "query": as_query(wanted, **more),
        "filter_query": as_query(wanted),
        "line": bars(listing.reports, since=wanted.since, until=wanted.until) if view == "timeline" else None,
        "lines": LINES,
    }
    return Template("reports.html", context=context)


@get("/reports.json", sync_to_thread=True, tags=["reports"])
def reports_json(request: Asked, wanted: Wanted, paging: Sheet, order: Word = "latest") -> Listing:
    """A page of reports of incidents, with facets."""
    return _listing(request, wanted, paging, order)


@get("/reports.csv", sync_to_thread=True, tags=["reports"], media_type="text/csv")
def reports_csv(request: Asked, wanted: Wanted) -> Response[bytes]:
    """All reports of incidents that fit."""
    return as_csv(store_of(request).reports(wanted), REPORTS, name="reports")


@get("/reports.geojson", sync_to_thread=True, tags=["reports"], media_type="application/geo+json")
def reports_geojson(request: Asked, wanted: Wanted) -> Response[bytes]:
    """The reports that lie somewhere, each as the area of its precision; `unplaced` is the number of those that do not."""
    found = list(store_of(request).reports(wanted, limit=DRAWN))
    features = [f for f in map(feature, found) if f is not None]
    data = {"type": "FeatureCollection", "features": features, "unplaced": len(found) - len(features), "limit": DRAWN}
    return Response(msgspec.json.encode(data), media_type="application/geo+json")


def _listing(request: Asked, wanted: Filter, paging: Paging, order: str, size: int | None = None) -> Listing:
    store = store_of(request)
    return Listing(
        total=store.fitting(wanted),
        page=paging.page,
        facets={field: tuple(store.counted(wanted, by=field)) for field in FACETS},
        reports=tuple(store.page(wanted, order=order, limit=size or paging.size, offset=paging.offset)),
    )


class Value(Record):
    """A value of a report: the field by which it is corrected, and the words behind it."""

    field: str
    label: str
    value: str | None
    words: tuple[Span, ...] = ()
    correction: Judgement | None = None


class Account(Record):
    """A report with its values, the words behind them, and what was judged of it."""

    report: Report
    values: tuple[Value, ...]
    judgements: tuple[Judgement, ...]


def report_page(request: Asked, identity: str, form: str, said: str | None) -> Template | Response[bytes]:
    """A report of an incident: values with their words, chains, origins, history; as JSON where the form is .json."""
    store = store_of(request)
    report = store.report(identity)
    reading = store.reading(report.document)
    found = next((i for i in reading.incidents if i.id == report.incident), None) if reading is not None else None
    history = store.judgements(identity)
    in_force = {j.id for j in store.judgements(identity, retracted=False)}
    account = Account(report=report, values=tuple(_values(report, reading, found, history, in_force)), judgements=tuple(history))
    if form == ".json":
        return Response(msgspec.json.encode(account), media_type="application/json")
    context = {
        "here": "incidents",
        "account": account,
        "incident": store.clusters_of(ENGINE, [identity]).get(identity),
        "report": report,
        "document": store.document(report.document),
        "always": ALWAYS,
        "credibility": next((j.value for j in reversed(history) if j.kind == "credibility" and j.id in in_force), None),
        "tellings": _told_once(report),
        "found": found is not None,
        "history": history[::-1],
        "in_force": in_force,
        "hidden": any(j.kind == "hide" and j.id in in_force and j.subject == identity for j in history),
        "said": next((j for j in history if j.id == said), None),
        "opposed": {c.id: c.opposes for c in reading.claims} if reading is not None else {},
    }
    return Template("report.html", context=context)


FIRST = ("acled", "earliest", "latest", "place", "admin1", "country", "precision_km", *get_args(Measure), "status", "disputed")
"""The fields that are looked at first, in this order; the others follow."""
ALWAYS = ("acled", "earliest", "latest", "place", "country", "killed", "injured", "status")
"""Fields that are shown even where nothing is known."""
LABELS = {
    "acled": "ACLED type",
    "type": "PLOVER type",
    "mode": "PLOVER mode",
    "geonames_id": "GeoNames id",
    "admin1": "division",
    "place_kind": "kind of place",
    "precision": "precision of the date",
    "precision_km": "radius, km",
    "killed_or_injured": "killed or injured",
    "participants": "taking part",
}


def _values(report: Report, reading: Reading | None, found: Incident | None, history: list[Judgement], in_force: set[str]) -> list[Value]:
    """Every field that can be corrected, with the words behind it in the reading in force."""
    corrections = {j.field: j for j in history if j.kind == "correct" and j.id in in_force}
    words = _words(reading, found) if reading is not None and found is not None else {}
    return [
        Value(
            field=field,
            label=LABELS.get(field, field.replace("_", " ")),
            value=shown(report, field),
            words=tuple(dict.fromkeys(words.get(field, ()))),
            correction=corrections.get(field),
        )
        for field in (*FIRST, *(f for f in CORRECTABLE if f not in FIRST))
    ]


def shown(report: Report, field: str) -> str | None:
    """The value of a field as a correction would write it; None where it is not known."""
    if field == "acled":
        return report.acled.sub_event_type if report.acled else None
    value = getattr(report, field, None)
    if hasattr(report, field):
        return None if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
    told = [f"{_ends(t)} ({t.of})" if t.of else _ends(t) for t in report.counts if t.measure == field]
    return "; ".join(told) or None


def bare(report: Report, field: str) -> str:
    """The value of a field as a form begins with it: of counts the figure where there is one only, without whose it is."""
    if hasattr(report, field):
        return shown(report, field) or ""
    figures = {_ends(t) for t in report.counts if t.measure == field}
    return figures.pop() if len(figures) == 1 else ""


def _ends(tally: Tally) -> str:
    """A range as a correction is written."""
    low = tally.low or 0
    return f"{low}+" if tally.high is None else f"{low}-{tally.high}" if low != tally.high else f"{low}"


def _words(reading: Reading, found: Incident) -> dict[str, list[Span]]:
    """The words behind each field."""
    events = {e.id: e for e in reading.events}
    toponyms = {t.id: t for t in reading.toponyms}
    timexes = {t.id: t for t in reading.timexes}
    words: dict[str, list[Span]] = {}
    for event in (events[e] for e in found.events if e in events):
        words.setdefault("acled", []).append(event.trigger)
        words.setdefault("status", []).append(event.trigger)
    timex = timexes.get(found.when.timex or "")
    if timex is not None:
        words["earliest"] = words["latest"] = [_span(timex)]
    for toponym in (toponyms[p] for p in found.places if p in toponyms):
        words.setdefault("place", []).append(_span(toponym))
    for count in found.counts:
        words.setdefault(count.measure, []).append(count.span)
    return words


def _told_once(report: Report) -> list[Telling]:
    """The tellings of a report without those that say the same through the same chain."""
    once = {(t.chain, t.stance, t.polarity, t.certainty, t.content): t for t in reversed(report.tellings)}
    return list(once.values())[::-1]


def _span(found: Timex | Toponym) -> Span:
    return Span(start=found.start, end=found.end, text=found.text)


def checked(request: Asked, identity: str) -> Report:
    """A report by its id. NotFound."""
    if not identity.startswith("R-"):
        raise NotFound(f"{identity}: no such report")
    return store_of(request).report(identity)


HANDLERS = (reports, reports_json, reports_csv, reports_geojson)
