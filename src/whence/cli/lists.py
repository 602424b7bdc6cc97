"""Lists as a table for people, as JSON and CSV for machines."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
import msgspec

from .program import complain
from .terminal import console, cut, emit, line

T = TypeVar("T")

SHOWN = 50
"""Rows of a table where no limit is given."""

Columns = Sequence[tuple[str, Callable[[Any], object]]]
"""Heading and what stands under it; a heading that begins with > stands at the right."""


def form(command: Any) -> Any:
    """The options that choose how a list is printed."""
    command = click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values with a heading.")(command)
    return click.option("--json", "as_json", is_flag=True, help="One JSON array of the whole records.")(command)


def limit_option(command: Any) -> Any:
    """How many rows at most."""
    return click.option("--limit", type=click.IntRange(1), metavar="N", help=f"At most N rows (a table: {SHOWN}).")(command)


def limited(limit: int | None, as_json: bool, as_csv: bool) -> int | None:
    """How many rows are asked for: one more than a table shows, so that it is known whether there are more."""
    return limit if limit is not None else None if as_json or as_csv else SHOWN + 1


def print_list(rows: Iterable[T], columns: Columns, *, as_json: bool, as_csv: bool, limit: int | None = None, none: str) -> int:
    """Print rows in the form that is wanted; how many there were. `none` is said where there are none."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two forms of one list: give one of them")
    if as_json:
        return _json(rows)
    if as_csv:
        return _csv(rows, columns)
    shown = list(rows) if limit is not None else list(itertools.islice(rows, SHOWN + 1))
    more = limit is None and len(shown) > SHOWN
    if not shown:
        complain(none)
        return 0
    _table(shown[:SHOWN] if more else shown, columns)
    if more:
        complain(f"the first {SHOWN} rows; --limit N, --json or --csv give more")
    return len(shown)


def _json(rows: Iterable[T]) -> int:
    n = 0
    for n, row in enumerate(rows, 1):
        emit((b"[" if n == 1 else b",") + msgspec.json.encode(row))
    emit(b"]" if n else b"[]")
    return n


def _csv(rows: Iterable[T], columns: Columns) -> int:
    def write(cells: Iterable[object]) -> None:
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow(cells)
        emit(out.getvalue().encode("utf8"))

    write(name.removeprefix(">") for name, _ in columns)
    written = 0
    for row in rows:
        write(_cell(get(row)) for _, get in columns)
        written += 1
    return written


def _cell(value: object) -> object:
    """A value in CSV. A text that a spreadsheet would take for a formula gets an apostrophe before it, as spreadsheets do."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def _table(rows: Iterable[T], columns: Columns) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, _ in columns:
        whole = name in ("id", "published")
        table.add_column(name.removeprefix(">"), justify="right" if name.startswith(">") else "left", overflow="fold", no_wrap=whole)
    for row in rows:
        table.add_row(*(_shown(get(row)) for _, get in columns))
    console().print(table)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return cut(line(str(value)), 90)
