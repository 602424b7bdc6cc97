"""An incident as a grid: its fields down, its reports across, with marks where two cannot both be right."""

from __future__ import annotations

from collections.abc import Sequence

from whence.corroboration.incidents import Account, Field
from whence.records import Record, Report

LABELS = {"killed_or_injured": "killed or injured", "participants": "taking part"}
CORRECTED_BY = {"type": "acled", "when": "earliest"}
"""Fields of an incident and those of a report by which they are corrected, where the two have other names."""
NOT_CORRECTED = ("actors", "targets", "weapons")


class Cell(Record):
    """What one report tells of a field: None where it is silent; `other` than what is shown, `against` where it cannot be too."""

    report: str
    value: str | None
    other: bool
    against: bool
    corrected_by: str | None


class Line(Record):
    """A field: what is shown of it and by how many origins, whether it is disputed, and a cell for each report."""

    name: str
    label: str
    shown: str | None
    support: int
    disputed: bool
    cells: tuple[Cell, ...]


class Column(Record):
    """A report at the head of the grid, with the letters of its origins."""

    report: Report
    origins: tuple[str, ...]


class Grid(Record):
    """Values by reports. `origins`: a letter for each origin key."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    origins: dict[str, str]


def grid(told: Account, reports: Sequence[Report]) -> Grid:
    """The grid of an account; its reports in the order of publication."""
    letters = {key: _letter(n) for n, key in enumerate(told.origins)}
    by = {r.id: r for r in reports}
    ordered = [by[i] for i in told.reports]
    columns = tuple(
        Column(report=r, origins=tuple(letters[k] for k, documents in told.origins.items() if r.document in documents)) for r in ordered
    )
    return Grid(columns=columns, lines=tuple(_line(f, ordered) for f in told.fields), origins=letters)


def _line(field: Field, reports: Sequence[Report]) -> Line:
    tells = {identity: v for v in field.values for identity in v.reports}
    shown = next((v for v in field.values if v.value == field.shown), field.values[0])
    named = None if field.name in NOT_CORRECTED else CORRECTED_BY.get(field.name, field.name)
    cells = []
    for report in reports:
        value = tells.get(report.id)
        other = value is not None and value != shown
        cells.append(
            Cell(
                report=report.id,
                value=value.value if value else None,
                other=other,
                against=other and field.disputed and not _meet(field, value.value, shown.value) if value else False,
                corrected_by=named,
            )
        )
    return Line(
        name=field.name,
        label=LABELS.get(field.name, field.name),
        shown=field.shown,
        support=len(shown.origins),
        disputed=field.disputed,
        cells=tuple(cells),
    )


def _meet(field: Field, one: str, other: str) -> bool:
    """Whether two values of a disputed field can both be right: ranges that overlap, a wider place or span of days about a narrower."""
    a, b = (next((v for v in field.values if v.value == x), None) for x in (one, other))
    if a is not None and b is not None and a.low is not None and b.low is not None:
        return a.low <= (10**9 if b.high is None else b.high) and b.low <= (10**9 if a.high is None else a.high)
    if field.name == "when":
        spans = [_days(x) for x in (one, other)]
        return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]
    if field.name == "place":
        return one.endswith(other) or other.endswith(one)
    return False


def _days(value: str) -> tuple[str, str]:
    begin, _, end = value.partition(" to ")
    end = end or begin
    return ("" if begin == "…" else begin, "9" if end == "…" else end)


def _letter(n: int) -> str:
    """A, B, … Z, AA, AB, …"""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)
