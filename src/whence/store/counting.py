"""What lists of reports are browsed by: how many there are of each value, and a page of them in the order of their days."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from whence.errors import StoreError
from whence.records import Report

from .finding import Filter, report_of, select_reports
from .tables import documents, reports, sources

FACETS: dict[str, sa.ColumnElement[Any]] = {
    "type": reports.c.type,
    "acled": reports.c.acled_sub,
    "country": reports.c.country,
    "status": reports.c.status,
    "source": sources.c.name,
    "disputed": reports.c.disputed,
}
"""What reports are counted by: fields of a filter, each with its column."""
ORDERS = ("latest", "earliest", "added")
"""Orders of a page: the day of the incident, last or first one first; as added, the last one first."""


def counted(connection: sa.Connection, wanted: Filter, by: str, *, limit: int = 30) -> list[tuple[Any, int]]:
    """(value, number of reports) for a field, the most frequent first; the filter on that very field is set aside."""
    if by not in FACETS:
        raise StoreError(f"reports are not counted by {by!r}; there are {', '.join(FACETS)}")
    column = FACETS[by]
    count = sa.func.count()
    chosen = select_reports(msgspec.structs.replace(wanted, **{by: None}), column, count)
    if by == "source":
        chosen = chosen.join(sources, sources.c.number == documents.c.outlet)
    chosen = chosen.where(column.is_not(None)).group_by(column).order_by(count.desc(), column).limit(limit)
    return [(value, n) for value, n in connection.execute(chosen)]


def number_of(connection: sa.Connection, wanted: Filter) -> int:
    """How many reports fit."""
    return int(connection.execute(select_reports(wanted, sa.func.count())).scalar_one())


def page(connection: sa.Connection, wanted: Filter, *, order: str, limit: int, offset: int) -> list[Report]:
    """A page of reports; those without a day come last, whatever the order of days."""
    if order not in ORDERS:
        raise StoreError(f"reports are not put in the order {order!r}; there are {', '.join(ORDERS)}")
    c = reports.c
    undated = sa.case((c.begins.is_(None), 1), else_=0)
    keys: dict[str, tuple[Any, ...]] = {
        "latest": (undated, c.ends.desc(), c.begins.desc(), c.number),
        "earliest": (undated, c.begins, c.ends, c.number),
        "added": (c.number.desc(),),
    }
    chosen = select_reports(wanted).order_by(*keys[order]).limit(limit).offset(offset)
    return [report_of(data, number) for data, number in connection.execute(chosen)]
