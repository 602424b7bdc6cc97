"""Cells of tables: no text that a spreadsheet would run as a formula, no control characters, and tables read back with their errors."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from whence.errors import IntakeError

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), its full-width forms too."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST = 32_767
"""Characters that a cell of a spreadsheet holds."""


def plain(text: str) -> str:
    """A text without controls and without marks of direction, which make a line read otherwise than it is."""
    return _DIRECTED.sub("", _CONTROL.sub("\ufffd", text))


def flat(text: str) -> str:
    """The same on one line."""
    return " ".join(plain(text).split())


def cell(value: object) -> str:
    """A value as a cell: empty for what is not known, an apostrophe before what would be a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return str(value)
    text = plain(str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """A cell as it was before it was guarded."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, tabs: bool = False) -> None:
    """A table in UTF-8, row by row; tab-separated values have no line breaks in cells, for POLECAT's readers know no quotes."""
    with path.open("w", encoding="utf8", newline="") as out:
        writer = csv.writer(
            out,
            delimiter="\t" if tabs else ",",
            lineterminator="\n",
            quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
            quotechar=None if tabs else '"',
        )
        writer.writerow(columns)
        for row in rows:
            writer.writerow([flat(cell(v)) if tabs else cell(v) for v in row])


def read_table(path: Path, *, delimiter: str | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by heading) of a table in UTF-8, with or without a byte-order mark; IntakeError names the line that does not fit."""
    csv.field_size_limit(10_000_000)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.readline()
            stream.seek(0)
            sign = delimiter or max(",;\t", key=head.count)
            rows = csv.reader(stream, delimiter=sign, quoting=csv.QUOTE_NONE if sign == "\t" else csv.QUOTE_MINIMAL)
            header = [h.strip().strip('"') for h in next(rows, [])]
            if not any(header):
                raise IntakeError(f"{path}: is empty; give a table with a heading", code="empty")
            for row in rows:
                if not any(c.strip() for c in row):
                    continue
                if len(row) > len(header) and not any(c.strip() for c in row[len(header) :]):
                    row = row[: len(header)]  # tabs at the end of a line, as published files have them
                if len(row) != len(header):
                    raise IntakeError(
                        f"{path}, line {rows.line_num}: {len(row)} cells under {len(header)} headings; is a quotation mark missing?",
                        code="malformed",
                    )
                yield rows.line_num, dict(zip(header, row, strict=True))
    except UnicodeDecodeError as error:
        raise IntakeError(f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8", code="encoding") from None
    except csv.Error as error:
        raise IntakeError(f"{path}: is no table ({error})", code="malformed") from None
