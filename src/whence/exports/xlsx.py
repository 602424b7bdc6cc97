"""XLSX: a sheet of incidents, one of their sources, one of the evidence; no cell is ever a formula."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from whence.errors import ConfigError

from .cells import FORMULA, LONGEST, plain
from .losses import Lost, dropped
from .requirement import required
from .rows import Row
from .tables import EVIDENCE, INCIDENTS, SOURCES, Column, evidence, sources

NAME, TITLE, SUFFIX = "xlsx", "XLSX with sheets of sources and evidence", ".xlsx"
CARRIES = (
    *("interval", "range", "measures", "values", "denials", "origins", "chains", "evidence", "status", "precision", "weapons"),
    *("credibility", "lineage", "acled", "plover", "direction", "actor types", "papers"),
)
MOST = 1_048_575
"""Rows of a sheet below its heading."""
FIRST_DAY = date(1900, 3, 1)
"""Earlier days are text: spreadsheets count them wrongly."""
SHEETS: tuple[tuple[str, tuple[Column, ...]], ...] = (("incidents", INCIDENTS), ("sources", SOURCES), ("evidence", EVIDENCE))


def lost(row: Row) -> Iterator[Lost]:
    """What the sheets do not say."""
    yield from dropped(row, CARRIES)
    if any(len(q.text) > LONGEST for s in row.statements for q in s.quotes):
        yield Lost(field="statements", what=f"words longer than a cell holds ({LONGEST:,} characters) are cut")


def write(rows: Iterable[Row], path: Path) -> None:
    """Row by row into three sheets; texts are written as they are, never as links, numbers or formulas. RequirementError."""
    xlsxwriter = required("xlsxwriter", what="XLSX")
    options = {
        "constant_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties(
        {"title": "Incidents", "created": datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None), "comments": "Written by Whence"}
    )
    styles = {"head": book.add_format({"bold": True, "bg_color": "#E8EDF2"}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
    styles["text"] = book.add_format({"num_format": "@"})
    sheets = []
    for name, columns in SHEETS:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for at, (heading, kind, _) in enumerate(columns):
            sheet.write_string(0, at, heading, styles["head"])
            sheet.set_column(at, at, 12 if kind != "text" else 24)
        sheets.append((sheet, columns))
    filled = [0, 0, 0]
    for row in rows:
        tables: tuple[Sequence[object], ...] = ([row], sources(row), evidence(row))
        for n, items in enumerate(tables):
            sheet, columns = sheets[n]
            for item in items:
                filled[n] += 1
                if filled[n] > MOST:
                    raise ConfigError(f"{SHEETS[n][0]}: a sheet holds {MOST:,} rows and there are more; narrow the filter or write parquet")
                _fill(sheet, filled[n], columns, item, styles)
    for n, (sheet, columns) in enumerate(sheets):
        sheet.autofilter(0, 0, max(filled[n], 1), len(columns) - 1)
    book.close()


def _fill(sheet: Any, at: int, columns: tuple[Column, ...], item: object, styles: dict[str, Any]) -> None:
    for column, (_, kind, get) in enumerate(columns):
        value = get(item)
        if value is None:
            continue
        if kind == "day" and date.fromisoformat(str(value)) >= FIRST_DAY:
            sheet.write_datetime(at, column, datetime.fromisoformat(str(value)), styles["day"])
        elif kind == "yes":
            sheet.write_boolean(at, column, bool(value))
        elif kind in ("whole", "real") and isinstance(value, int | float) and abs(value) < 2**53:
            sheet.write_number(at, column, value)
        else:
            sheet.write_string(at, column, safe(str(value)), styles["text"])


def safe(text: str) -> str:
    """A text for a cell of type text: it is no formula there, and an apostrophe keeps it none when it is saved as CSV or typed over."""
    text = plain(text)
    return (f"'{text}" if text.startswith(FORMULA) else text)[:LONGEST]


def check(path: Path) -> list[str]:
    """Where a workbook has other sheets or headings, a formula, a link, a macro, or sources and evidence of no incident."""
    if not zipfile.is_zipfile(path):
        return ["is no workbook"]
    with zipfile.ZipFile(path) as file:
        parts = file.namelist()
    problems = [f"{p} has no place in it" for p in parts if "vbaProject" in p or "externalLink" in p]
    book = required("openpyxl", what="The check of XLSX").load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    try:
        ids: set[object] = set()
        for name, columns in SHEETS:
            if name not in book.sheetnames:
                return [f"has no sheet {name}"]
            rows = book[name].iter_rows()
            heading = [c.value for c in next(rows)]
            if heading != [c[0] for c in columns]:
                return [f"the headings of {name} are {heading}"]
            for n, cells in enumerate(rows, 2):
                problems += [f"{name}, row {n}: {c.coordinate} is a formula" for c in cells if getattr(c, "data_type", "") == "f"]
                if name == "incidents":
                    ids.add(cells[0].value)
                elif cells[0].value not in ids:
                    problems.append(f"{name}, row {n}: is of no incident of the book")
    finally:
        book.close()
    return problems
