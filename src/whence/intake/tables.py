"""Tables with a text in each row: CSV and TSV, with whatever separator and columns; a row is a document."""

from __future__ import annotations

import csv
import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import TextIO, cast

import msgspec

from whence.errors import IntakeError
from whence.records import Failure, Source, failure

from .dates import Order, day_of, order_of
from .decoding import encoding_of
from .lines import from_text
from .material import Columns, Limits, Material

log = logging.getLogger(__name__)

SAMPLE = 400_000
ROWS = 200
"""Rows by which separator, columns and the order of dates are told."""
ESCAPED = re.compile("[\udc80-\udcff]")
SEPARATORS = ",;\t|"
PROSE = 60
"""Mean length in characters from which an unnamed column may be the text."""
USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "message", "article", "full_text", "article_text", "story", "notes", "description", "summary", "post",
        "tweet", "caption", "report",
    ),
    "id": ("id", "doc_id", "document_id", "event_id_cnty", "event_id", "guid", "uuid", "message_id", "article_id", "post_id", "tweet_id"),
    "title": ("title", "headline", "subject", "source_headline"),
    "published": (
        "published", "publication_date", "publication date", "published_at", "date_published", "pubdate", "pub_date", "posted", "posted_at",
        "created_at", "source_date", "date", "datetime", "timestamp",
    ),
    "publisher": ("publisher", "outlet", "source", "publication", "media", "newspaper", "site", "channel", "source_office"),
    "url": ("url", "link", "permalink", "source_url", "address"),
}  # fmt: skip
"""Header names by which columns are known, the likeliest first."""


def read_table(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """A source for each row that has a text. What was guessed of the columns is told in the log.

    IntakeError `malformed` where there is no column of text, or the table breaks off its form.
    """
    sample = material.head(SAMPLE)
    encoding = encoding_of(sample, name=material.name)
    csv.field_size_limit(max(csv.field_size_limit(), 4 * limits.settings.max_characters))
    separator = _separator(sample.decode(encoding, "ignore"), material)
    with _text(material, encoding) as stream:
        table = _Lines(stream, 8 * limits.settings.max_characters, material.name)
        rows = csv.reader(table, delimiter=separator)
        header = _header(rows, material.name)
        first = [row for _, row in zip(range(ROWS), _checked(rows, table, material.name), strict=False)]
    chosen = _chosen(header, first, limits.columns, material.name)
    order = _order(first, chosen.get("published"), header, material.name)
    with _text(material, encoding) as stream:
        table = _Lines(stream, 8 * limits.settings.max_characters, material.name)
        rows = csv.reader(table, delimiter=separator)
        next(rows)
        table.taken()
        yield from _documents(rows, table, chosen, order, material, encoding)


def _documents(
    rows: Iterator[list[str]], table: _Lines, chosen: dict[str, int], order: Order | None, material: Material, encoding: str
) -> Iterator[Source | Failure]:
    any_text = False
    try:
        for number, row in enumerate(_checked(rows, table, material.name), 2):
            raw = table.taken()
            cells = {field: row[at].strip() for field, at in chosen.items() if at < len(row)}
            if not cells.get("text"):
                if any(cell.strip() for cell in row):
                    log.debug("%s, row %d: has no text", material.name, number)
                continue
            any_text = True
            where = f"{material.identity}, row {number}"
            if ESCAPED.search(raw):
                yield failure(where, "encoding", f"{where}: has bytes that are not {encoding} as the rows before; save the table as UTF-8")
                continue
            day = day_of(cells["published"], order) if cells.get("published") else None
            try:
                found = from_text(cells["text"], identity=cells.get("id") or where, name=where)
            except IntakeError as error:
                yield failure(where, error.code, str(error))
                continue
            yield msgspec.structs.replace(
                found,
                title=cells.get("title") or None,
                publisher=cells.get("publisher") or None,
                published=day,
                published_from="metadata" if day else None,
                url=cells.get("url") or None,
                original=raw.encode("cp1252" if encoding == "cp1252" else "utf-8", "surrogateescape"),
            )
    except IntakeError as error:
        yield failure(material.identity, error.code, str(error))
        return
    if not any_text:
        raise IntakeError(f"{material.name}: no row has a text; name its column with --text-column", code="empty")


class _Lines:
    """The lines of a stream, and those that went into the row at hand. A row longer than any text is a quote left open."""

    def __init__(self, stream: TextIO, most: int, name: str) -> None:
        self._stream = stream
        self._most = most
        self._name = name
        self._row: list[str] = []
        self._size = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._most + 1)
        if not line:
            raise StopIteration
        self._row.append(line)
        self._size += len(line)
        if self._size > self._most:
            raise IntakeError(
                f"{self._name}: a row of more than {self._most:,} characters; a quotation mark may have been left open, or --text-column "
                "is a file's worth. Mend the row, or raise intake.max_characters",
                code="malformed",
            )
        return line

    def taken(self) -> str:
        """The row's text as it stood in the file."""
        raw = "".join(self._row).rstrip("\r\n")
        self._row, self._size = [], 0
        return raw


def _text(material: Material, encoding: str) -> TextIO:
    """The table as text; closing it leaves the material open."""
    material.stream.seek(0)
    return cast(TextIO, _Kept(material.stream, encoding=encoding, newline="", errors="surrogateescape"))


class _Kept(io.TextIOWrapper):
    """A text over bytes that stay open when it is closed."""

    def close(self) -> None:
        if not self.closed:
            self.detach()

    def __exit__(self, *_: object) -> None:
        self.detach()


def _checked(rows: Iterator[list[str]], table: _Lines, name: str) -> Iterator[list[str]]:
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise IntakeError(f"{name}, row {number}: is no row of a table ({error}); mend it there", code="malformed") from None
        yield row


def _header(rows: Iterator[list[str]], name: str) -> list[str]:
    try:
        header = [cell.strip().removeprefix("\ufeff") for cell in next(rows)]
    except StopIteration:
        raise IntakeError(f"{name}: is empty; give a table with a header and rows", code="empty") from None
    except csv.Error as error:
        raise IntakeError(f"{name}, row 1: is no header of a table ({error})", code="malformed") from None
    if any("\x00" in cell for cell in header):
        raise IntakeError(f"{name}: holds binary data, not a table; save it as CSV in UTF-8", code="binary")
    return header


def _separator(sample: str, material: Material) -> str:
    """The character that splits most rows into one and the same number of cells, more than one."""
    lines = sample.splitlines(keepends=True)[: 2 * ROWS]
    best, score = ("\t" if material.suffix == ".tsv" else ","), 0.0
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for row in csv.reader(lines, delimiter=separator):
                widths[len(row)] += 1
        except csv.Error:
            if not widths:
                continue
        width, often = max(widths.items(), key=lambda item: (item[0] > 1, item[1])) if widths else (1, 0)
        share = often / max(1, sum(widths.values())) if width > 1 else 0.0
        if share > score + 0.05 or (share >= score > 0 and separator == best):
            best, score = separator, share
    return best


def _chosen(header: list[str], rows: list[list[str]], columns: Columns, name: str) -> dict[str, int]:
    """The column of each field that has one. IntakeError `malformed` where a named one is missing, or none holds prose."""
    names = [" ".join(cell.casefold().replace("_", " ").split()) for cell in header]
    chosen: dict[str, int] = {}
    for field in ("text", "id", "title", "published", "publisher", "url"):
        told = getattr(columns, field)
        if told is not None:
            chosen[field] = _told(told, field, header, names, name)
    guessed = []
    for field, usual in USUAL.items():
        if field in chosen:
            continue
        at = next(
            (names.index(plain) for u in usual if (plain := u.replace("_", " ")) in names and names.index(plain) not in chosen.values()),
            None,
        )
        if at is None and field == "text":
            at = _prose(rows, set(chosen.values()))
        if at is None and field == "text":
            raise IntakeError(
                f"{name}: no column is known for its text; name it with --text-column. There are {', '.join(filter(None, header))[:300]}",
                code="malformed",
            )
        if at is not None:
            chosen[field] = at
            guessed.append(f"{field} from {header[at] or at + 1!r}")
    if guessed:
        log.warning("%s: taking %s; --text-column, --published-column and the like say otherwise", name, ", ".join(guessed))
    return chosen


def _told(told: str, field: str, header: list[str], names: list[str], name: str) -> int:
    plain = " ".join(told.casefold().replace("_", " ").split())
    if plain in names:
        return names.index(plain)
    if told.isdigit() and 1 <= int(told) <= len(header):
        return int(told) - 1
    raise IntakeError(
        f"{name}: has no column {told!r} (--{field}-column); there are {', '.join(filter(None, header))[:300]}", code="malformed"
    )


def _prose(rows: list[list[str]], taken: set[int]) -> int | None:
    """The column with the longest cells, where they are as long as sentences."""
    lengths: Counter[int] = Counter()
    for row in rows:
        for at, cell in enumerate(row):
            if at not in taken and " " in cell:
                lengths[at] += len(cell)
    at, length = max(lengths.items(), key=lambda item: item[1], default=(0, 0))
    return at if rows and length / len(rows) >= PROSE else None


def _order(rows: list[list[str]], at: int | None, header: list[str], name: str) -> Order | None:
    """Whether days or months come first in the column of dates; where the rows leave it open, no day is made of them."""
    if at is None:
        return None
    values = [row[at] for row in rows if at < len(row) and row[at].strip()]
    order = order_of(values)
    lost = next((v for v in values if day_of(v, order) is None), None)
    if lost is not None:
        log.warning(
            "%s: %s %r is no date, or could be two; such rows stay undated. Write YYYY-MM-DD", name, header[at] or at + 1, lost[:40]
        )
    return order
