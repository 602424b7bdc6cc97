"""What an address asks for: filters and pages, read from its query. An address that makes no sense is told so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar.di import NamedDependency
from litestar.exceptions import ValidationException
from litestar.params import Parameter

from whence.records import Record
from whence.store import Filter

ROWS = 100
"""Rows of a page of a table."""
Identity = Annotated[str, Parameter(description="An id; with .json behind it, its page comes as JSON.")]
Word = Annotated[str, Parameter(description="As it stands in the address.")]
Maybe = Annotated[str | None, Parameter(description="As it stands in the address; empty is the same as left out.")]
Number = Annotated[int, Parameter(description="The page, from 1.")]
Made = Annotated[str | None, Parameter(description="The judgement that was just made, to be confirmed.")]
SUFFIXES = (".json", ".csv", ".geojson", ".txt")


class Paging(Record):
    """Which rows of a list are shown."""

    page: int
    size: int = ROWS

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * self.size


def paging(page: Annotated[str | None, Parameter(description="The page, from 1.")] = None) -> Paging:
    """The page that is asked for."""
    if not page:
        return Paging(page=1)
    if not page.isdecimal() or not 1 <= int(page) <= 1_000_000:
        raise ValidationException(f"page: {page[:40]!r} is no number of a page")
    return Paging(page=int(page))


def wanted(
    acled: Annotated[str | None, Parameter(description="ACLED's event type or sub-event type.")] = None,
    type: Annotated[str | None, Parameter(description="PLOVER's event type, in capitals.")] = None,
    country: Annotated[str | None, Parameter(description="ISO 3166 alpha-3.")] = None,
    admin1: Maybe = None,
    place: Maybe = None,
    since: Annotated[str | None, Parameter(description="YYYY-MM-DD; an incident fits that may have been then or later.")] = None,
    until: Annotated[str | None, Parameter(description="YYYY-MM-DD; an incident fits that may have been then or earlier.")] = None,
    actor: Annotated[str | None, Parameter(description="Part of the name of an actor or target.")] = None,
    source: Annotated[str | None, Parameter(description="A publisher, by name or id.")] = None,
    status: Annotated[str | None, Parameter(description="happened, ongoing or claimed.")] = None,
    disputed: Annotated[str | None, Parameter(description="true or false.")] = None,
    document: Maybe = None,
    shown: Annotated[str | None, Parameter(description="false for what is hidden.")] = None,
    box: Annotated[str | None, Parameter(description="west,south,east,north in degrees.")] = None,
) -> Filter:
    """The filter that is asked for; what is empty, as forms send it, excludes nothing."""
    return Filter(
        acled=_text("acled", acled),
        type=_text("type", type),
        country=(_text("country", country) or "").upper() or None,
        admin1=_text("admin1", admin1),
        place=_text("place", place),
        since=day("since", since),
        until=day("until", until),
        actor=_text("actor", actor),
        source=_text("source", source),
        status=_text("status", status),
        disputed=_truth("disputed", disputed),
        document=_text("document", document),
        shown=_truth("shown", shown) is not False,
        box=_box(box),
    )


def as_query(asked: Filter, **more: Any) -> dict[str, Any]:
    """A filter as the query that asks for it."""
    told = {k: v for k, v in msgspec.structs.asdict(asked).items() if v is not None and k != "shown"}
    if asked.box is not None:
        told["box"] = ",".join(f"{x:g}" for x in asked.box)
    if asked.shown is False:
        told["shown"] = "false"
    return {k: str(v).lower() if isinstance(v, bool) else v for k, v in {**told, **more}.items() if v not in (None, "")}


def _box(value: str | None) -> tuple[float, float, float, float] | None:
    """The corners of an area, or None where nothing is said."""
    if not (value or "").strip():
        return None
    try:
        west, south, east, north = (float(x) for x in str(value)[:100].split(","))
    except ValueError:
        raise ValidationException(f"box: {str(value)[:60]!r} is no area; write west,south,east,north in degrees") from None
    if not (-360 <= west <= 360 and -360 <= east <= 360 and -90 <= south <= north <= 90):
        raise ValidationException(f"box: {str(value)[:60]!r} lies outside the earth, or south of its own southern edge")
    if east - west >= 360:
        west, east = -180.0, 180.0
    west, east = ((x + 180) % 360 - 180 if not -180 <= x <= 180 else x for x in (west, east))
    return west, south, east, north


def _text(name: str, value: str | None) -> str | None:
    if value is not None and ("\x00" in value or len(value) > 500):
        raise ValidationException(f"{name}: no value that anything could have")
    return (value or "").strip() or None


def day(name: str, value: str | None) -> str | None:
    """A day, or None where nothing is said."""
    value = (value or "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValidationException(f"{name}: {value[:40]!r} is no date; write YYYY-MM-DD") from None


def _truth(name: str, value: str | None) -> bool | None:
    known: Mapping[str, bool | None] = {"": None, "true": True, "false": False, "1": True, "0": False}
    told = (value or "").strip().lower()
    if told not in known:
        raise ValidationException(f"{name}: {told[:40]!r} is neither true nor false")
    return known[told]


def without_suffix(name: str) -> tuple[str, str]:
    """An id and the form in which its page is asked for: ("D-1", ".json")."""
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            return name.removesuffix(suffix), suffix
    return name, ""


Wanted = NamedDependency[Filter]
Sheet = NamedDependency[Paging]
