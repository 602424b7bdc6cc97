"""Export: in what formats incidents can be had, what of them a format cannot carry, and how the first rows look."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from litestar import get
from litestar.response import Template

from whence.records import Record
from whence.store import Filter
from whence.web.asking import Maybe, Wanted, as_query
from whence.web.site import Asked, store_of
from whence.web.tables import OVERVIEWS, as_csv

from .incidents import least

PREVIEW = 5
"""Rows of a preview."""


class Format(Record):
    """A format: its name, what it is for, what it cannot carry, where it is had (None: by the command named in `command`)."""

    name: str
    title: str
    cannot: tuple[str, ...]
    path: str | None = None
    command: str | None = None


OWN = (
    Format(
        name="csv",
        title="CSV: incidents, a row each",
        cannot=(
            "who says what: of each field the value of most origins, counts as a range over all reports",
            "the words behind the values, and the chains of holders",
            "how each report differs from the others",
        ),
        path="/incidents.csv",
    ),
    Format(name="reports", title="CSV: single reports, a row each", cannot=("which reports tell of one incident",), path="/reports.csv"),
    Format(
        name="geojson",
        title="GeoJSON: incidents as areas",
        cannot=(
            "incidents without a place",
            "more than 600 incidents one by one: beyond it they are drawn together",
            "the words and the chains",
        ),
        path="/incidents.geojson",
    ),
    Format(
        name="json",
        title="JSON: a page of incidents with facets",
        cannot=("more than a page at a time; the page of an incident has all its reports, links and judgements as JSON",),
        path="/incidents.json",
    ),
)


def formats() -> tuple[Format, ...]:
    """The site's own formats, and those of `whence.exports`, where it is installed."""
    try:
        registered: Any = importlib.import_module("whence.exports").FORMATS
    except (ImportError, AttributeError):
        return OWN
    if not isinstance(registered, Mapping):
        return OWN
    return (*OWN, *(_described(str(name), made) for name, made in registered.items() if str(name) not in {f.name for f in OWN}))


def _described(name: str, made: Any) -> Format:
    """A registered format, by whatever it says of itself."""
    title = (
        getattr(made, "title", None) or getattr(made, "summary", None) or (getattr(made, "__doc__", None) or name).strip().split("\n")[0]
    )
    lost = getattr(made, "cannot", None) or getattr(made, "losses", None) or getattr(made, "lost", None) or ()
    cannot = (lost,) if isinstance(lost, str) else tuple(str(x) for x in lost) if not callable(lost) else ()
    return Format(name=name, title=str(title), cannot=cannot, command=f"whence export {name}")


@get("/export", include_in_schema=False, sync_to_thread=True)
def export(request: Asked, wanted: Wanted, origins: Maybe = None) -> Template:
    """The formats, with what each cannot carry and a preview of what fits the filter."""
    store, fewest = store_of(request).overviews, least(origins)
    total = store.fitting(wanted, least=fewest)
    rows = store.page(wanted, least=fewest, limit=PREVIEW)
    table = bytes(as_csv(rows, OVERVIEWS, name="preview").content).decode()
    context = {
        "here": "export",
        "formats": formats(),
        "total": total,
        "preview": table,
        "query": as_query(wanted, origins=origins),
        "wanted": wanted,
        "unplaced": total - store.fitting(_anywhere(wanted), least=fewest),
    }
    return Template("export.html", context=context)


def _anywhere(wanted: Filter) -> Filter:
    import msgspec

    return wanted if wanted.box is not None else msgspec.structs.replace(wanted, box=(-180.0, -90.0, 180.0, 90.0))


@get("/export.json", sync_to_thread=True, tags=["export"])
def export_json(request: Asked) -> list[Format]:
    """The formats, with what each cannot carry."""
    return list(formats())


HANDLERS = (export, export_json)
