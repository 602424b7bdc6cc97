"""Incidents across reports: a table, a map and a line of time over the same filter, and each with what its reports tell."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from typing import Any, get_args

import msgspec
from litestar import Response, get
from litestar.exceptions import ValidationException
from litestar.response import Template

from whence.corroboration.incidents import RULES, Account, Rule
from whence.linking import ENGINE
from whence.overview import links_among, told
from whence.records import Judgement, Link, Overview, Record, Report
from whence.store import Filter, Store
from whence.web.asking import Identity, Made, Maybe, Paging, Sheet, Wanted, Word, as_query, without_suffix
from whence.web.grid import grid
from whence.web.lineage import drawing, origin_words
from whence.web.site import Asked, site_of, store_of
from whence.web.tables import OVERVIEWS, as_csv
from whence.web.wording import bars, cell_feature, feature

from .reports import report_page

VIEWS = ("table", "map", "timeline")
FACETS = ("acled", "country", "source", "status", "disputed", "origins")
DRAWN = 600
"""Incidents drawn each for itself on a map; where more fit, those near each other are drawn together."""
BESIDE = 200
"""Incidents listed beside the map at most."""
LINES = 300
"""Bars of a line of time at most."""
NEAR = 8
"""Reports that may be of an incident, shown on its page at most."""


class Listing(Record):
    """A page of incidents with the number of all that fit, and how many there are of each value of a field."""

    total: int
    page: int
    settled: bool
    facets: dict[str, tuple[tuple[Any, int], ...]]
    periods: tuple[tuple[str, int], ...]
    incidents: tuple[Overview, ...]


@get("/incidents", include_in_schema=False, sync_to_thread=True)
def incidents(
    request: Asked, wanted: Wanted, paging: Sheet, view: Word = "table", order: Word = "latest", origins: Maybe = None
) -> Template:
    """The incidents that fit, with facets, as table, map or line of time."""
    view = view if view in VIEWS else "table"
    size = {"timeline": LINES, "map": BESIDE}.get(view)
    listing = _listing(request, wanted, paging, order if view == "table" else "earliest", least(origins), size=size)
    more: dict[str, Any] = {"view": None if view == "table" else view, "order": None if order == "latest" else order, "origins": origins}
    context = {
        "here": "incidents",
        "listing": listing,
        "paging": paging,
        "wanted": wanted,
        "view": view,
        "views": VIEWS,
        "order": order,
        "origins": origins,
        "query": as_query(wanted, **more),
        "filter_query": as_query(wanted, origins=origins),
        "line": bars(listing.incidents, since=wanted.since, until=wanted.until) if view == "timeline" else None,
        "lines": LINES,
        "strip": strip(listing.periods),
        "settler": site_of(request).settler,
    }
    return Template("incidents.html", context=context)


@get("/incidents.json", sync_to_thread=True, tags=["incidents"])
def incidents_json(request: Asked, wanted: Wanted, paging: Sheet, order: Word = "latest", origins: Maybe = None) -> Listing:
    """A page of incidents across reports, with facets. `origins` is the least number of independent origins."""
    return _listing(request, wanted, paging, order, least(origins))


@get("/incidents.csv", sync_to_thread=True, tags=["incidents"], media_type="text/csv")
def incidents_csv(request: Asked, wanted: Wanted, origins: Maybe = None) -> Response[bytes]:
    """All incidents that fit, a row each: of each field the value that most origins tell, counts as ranges over all reports."""
    rows = store_of(request).overviews.page(wanted, least=least(origins), limit=10**9)
    return as_csv(rows, OVERVIEWS, name="incidents")


@get("/incidents.geojson", sync_to_thread=True, tags=["incidents"], media_type="application/geo+json")
def incidents_geojson(request: Asked, wanted: Wanted, origins: Maybe = None) -> Response[bytes]:
    """The incidents that lie somewhere: each as the area of its precision, or drawn together with those near it where there are many.

    `unplaced` is the number of those that lie nowhere; `together` says that features are areas with several incidents (`count`).
    """
    store, fewest = store_of(request).overviews, least(origins)
    total = store.fitting(wanted, least=fewest)
    if total > DRAWN:
        cells = store.cells(wanted, least=fewest)
        features = [cell_feature(c, n) for n, c in enumerate(cells)]
        placed = sum(c.count for c in cells)
    else:
        found = store.page(wanted, least=fewest, limit=DRAWN)
        features = [f for n, o in enumerate(found) if (f := feature(o, number=n)) is not None]
        placed = len(features)
    data = {"type": "FeatureCollection", "features": features, "unplaced": total - placed, "together": total > DRAWN, "limit": DRAWN}
    return Response(msgspec.json.encode(data), media_type="application/geo+json")


def least(origins: str | None) -> int | None:
    """The least number of origins that is asked for."""
    if not origins:
        return None
    if not origins.isdecimal() or not 1 <= int(origins) <= 1000:
        raise ValidationException(f"origins: {origins[:40]!r} is no number of origins")
    return int(origins)


def _listing(request: Asked, wanted: Filter, paging: Paging, order: str, fewest: int | None, size: int | None = None) -> Listing:
    store = store_of(request).overviews
    facets = store.counted(wanted, by=FACETS, least=fewest)
    return Listing(
        total=store.fitting(wanted, least=fewest),
        page=paging.page,
        settled=site_of(request).settler.settled,
        facets={field: tuple(found) for field, found in facets.items()},
        periods=tuple(store.periods(wanted, digits=_digits(wanted, store.span()), least=fewest)),
        incidents=tuple(store.page(wanted, least=fewest, order=order, limit=size or paging.size, offset=paging.offset)),
    )


def _digits(wanted: Filter, span: tuple[str, str] | None) -> int:
    """By what the strip of time counts: by days up to a quarter, by months up to six years, else by years."""
    first = wanted.since or (span[0] if span else "2000-01-01")
    last = wanted.until or (span[1] if span else "2000-01-01")
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    return 10 if months <= 3 else 7 if months <= 72 else 4


def strip(periods: tuple[tuple[str, int], ...]) -> list[dict[str, Any]]:
    """Bars of the strip of time: the period, how many began in it, its height of 100, its first and last day."""
    most = max((n for _, n in periods), default=1)
    made = []
    for period, n in periods:
        if len(period) == 10:
            first = last = period
        elif len(period) == 7:
            first, last = f"{period}-01", f"{period}-{monthrange(max(1, int(period[:4])), int(period[5:7]))[1]}"
        else:
            first, last = f"{period}-01-01", f"{period}-12-31"
        made.append({"period": period, "count": n, "height": max(4, round(100 * n / most)), "since": first, "until": last})
    return made


class Whole(Record):
    """An incident with its reports, the links that hold them together, and what was judged of them."""

    incident: Account
    reports: tuple[Report, ...]
    links: tuple[Link, ...]
    judgements: tuple[Judgement, ...]


@get("/incidents/{identity:str}", sync_to_thread=True, tags=["incidents"])
def incident(request: Asked, identity: Identity, said: Made = None, rule: Word = "origins") -> Template | Response[bytes]:
    """An incident (I-…): values by reports, origins, lineage, history; or one report of it (R-…). With .json behind the id as JSON."""
    identity, form = without_suffix(identity)
    if identity.startswith("R-"):
        return report_page(request, identity, form, said)
    if rule not in get_args(Rule):
        raise ValidationException(f"rule: {rule[:40]!r} is no rule; there are {', '.join(get_args(Rule))}")
    store = store_of(request)
    account, reports = told(store, identity, rule)  # type: ignore[arg-type] # checked above
    links = links_among(store, account.reports)
    history = sorted({j.id: j for r in account.reports for j in store.judgements(r)}.values(), key=lambda j: j.made)
    if form == ".json":
        whole = Whole(incident=account, reports=tuple(reports), links=tuple(links), judgements=tuple(history))
        return Response(msgspec.json.encode(whole), media_type="application/json")
    context = {
        "here": "incidents",
        "account": account,
        "rules": RULES,
        "grid": grid(account, reports),
        "drawing": drawing(account, reports),
        "origin_words": origin_words,
        "links": links,
        "holding": holding(links),
        "near": _near(store, account),
        "by": {r.id: r for r in reports},
        "history": history[::-1],
        "in_force": {j.id for r in account.reports for j in store.judgements(r, retracted=False)},
        "said": next((j for j in history if j.id == said), None),
        "settled": site_of(request).settler.settled,
    }
    return Template("incident.html", context=context)


def holding(links: Iterable[Link]) -> list[Link]:
    """The fewest and surest links that hold the reports together: a spanning tree of the greatest probability (Kruskal 1956)."""
    group: dict[str, set[str]] = {}
    found = []
    for one in sorted(links, key=lambda k: -k.probability):
        a, b = group.setdefault(one.a, {one.a}), group.setdefault(one.b, {one.b})
        if a is not b:
            found.append(one)
            a |= b
            group |= dict.fromkeys(b, a)
    return found


def _near(store: Store, account: Account) -> list[tuple[Link, Report]]:
    """Reports of other incidents that may be of this one, the most probable first."""
    inside = set(account.reports)
    best: dict[str, Link] = {}
    for report in account.reports:
        for found in store.links(ENGINE, report=report, least=0.1):
            other = found.b if found.a == report else found.a
            if other not in inside and (other not in best or best[other].probability < found.probability):
                best[other] = found
    ranked = sorted(best.items(), key=lambda kv: -kv[1].probability)[:NEAR]
    return [(found, store.report(other)) for other, found in ranked]


HANDLERS = (incidents, incidents_json, incidents_csv, incidents_geojson, incident)
