"""Finding what is kept: reports and documents by filters and words, a page or a stream at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa

from whence.errors import NotFound, StoreError
from whence.records import Record, Report

from .captures import folded, source_id
from .tables import KEY, documents, hidden, parties, readings, reports, sources, texts
from .words import matching, snippets, terms, unmarked

PAGE = 2000
"""Rows fetched from the database at a time where they are streamed."""


class Filter(Record):
    """What is looked for; fields that are None or empty exclude nothing.

    `since`, `until`: ISO dates; a report lies within where its interval touches theirs, a document where it was published.
    `box`: west, south, east, north in degrees. `actor`: part of the name of an actor or target. `source`: a source's name or id.
    `document`: a document's id. `shown`: False for what is hidden, None for both.
    """

    type: str | None = None
    mode: str | None = None
    acled: str | None = None
    country: str | None = None
    admin1: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    box: tuple[float, float, float, float] | None = None
    actor: str | None = None
    source: str | None = None
    document: str | None = None
    status: str | None = None
    disputed: bool | None = None
    shown: bool | None = True


class Listed(Record):
    """A document as lists show it. `number` rises in the order of adding; `hidden` is the judgement that hides it."""

    id: str
    number: int
    name: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    captured: str
    characters: int
    reports: int
    engine: str | None
    hidden: str | None


class Hit(Record):
    """A document with some words: `snippet` of the text, `marks` where they stand in it (half-open, code points)."""

    document: Listed
    snippet: str
    marks: tuple[tuple[int, int], ...]


_report = msgspec.json.Decoder(Report)


def report_of(data: bytes, number: int) -> Report:
    """A report from its row."""
    return msgspec.structs.replace(_report.decode(data), number=number)


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _hidden(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return column.in_(sa.select(hidden.c.subject))


def _about_documents(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.source is not None:
        named = sa.select(sources.c.number).where(sources.c.id.in_([wanted.source, source_id(wanted.source)]))
        conditions.append(documents.c.outlet.in_(named))
    if wanted.document is not None:
        conditions.append(documents.c.id == wanted.document)
    return conditions


def _about_reports(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    c = reports.c
    conditions: list[sa.ColumnElement[bool]] = []
    for column, value in ((c.type, wanted.type), (c.mode, wanted.mode), (c.country, wanted.country), (c.status, wanted.status)):
        if value is not None:
            conditions.append(column == value)
    if wanted.acled is not None:
        conditions.append(sa.or_(c.acled == wanted.acled, c.acled_sub == wanted.acled))
    if wanted.admin1 is not None:
        conditions.append(sa.func.lower(c.admin1) == wanted.admin1.lower())
    if wanted.place is not None:
        conditions.append(c.place_key == folded(wanted.place)[:KEY])
    if wanted.since is not None:  # what has no date at all lies nowhere
        conditions.append(c.ends >= wanted.since)
    if wanted.until is not None:
        conditions.append(c.begins <= wanted.until)
    if wanted.box is not None:
        west, south, east, north = wanted.box
        conditions.append(c.latitude.between(south, north))
        within = c.longitude.between(west, east)
        conditions.append(within if west <= east else sa.or_(c.longitude >= west, c.longitude <= east))
    if wanted.actor is not None:
        pattern = f"%{_like(folded(wanted.actor)[:KEY])}%"
        conditions.append(sa.exists().where(parties.c.report == c.number, parties.c.key.like(pattern, escape="\\")))
    if wanted.disputed is not None:
        conditions.append(c.disputed == wanted.disputed)
    return conditions


def _shown(wanted: Filter, *columns: sa.ColumnElement[Any]) -> list[sa.ColumnElement[bool]]:
    if wanted.shown is None:
        return []
    any_hidden = sa.or_(*(_hidden(column) for column in columns))
    return [sa.not_(any_hidden) if wanted.shown else any_hidden]


def select_reports(wanted: Filter, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """A select over the reports of the readings in force."""
    return (
        sa.select(*(columns or (reports.c.data, reports.c.number)))
        .join(documents, sa.and_(documents.c.number == reports.c.document, documents.c.reading == reports.c.reading))
        .where(*_about_reports(wanted), *_about_documents(wanted), *_shown(wanted, reports.c.id, documents.c.id))
    )


def stream_reports(connection: sa.Connection, wanted: Filter, *, after: int = 0, limit: int | None = None) -> Iterator[Report]:
    """Reports in the order of writing, after a number; memory holds a page of them."""
    chosen = select_reports(wanted)
    narrow = limit is None and (wanted.place is not None or (wanted.since is not None and wanted.until is not None))
    if after or not narrow:
        chosen = chosen.where(reports.c.number > after)
    # SQLite walks the reports in their order, which is right for a page of many and wrong for all of a few.
    chosen = chosen.order_by(reports.c.number + 0 if narrow else reports.c.number)
    if limit is not None:
        chosen = chosen.limit(limit)
    for data, number in connection.execution_options(yield_per=PAGE).execute(chosen):
        yield report_of(data, number)


KEYS: dict[str, sa.ColumnElement[Any]] = {
    "country": reports.c.country,
    "admin1": reports.c.admin1,
    "place": reports.c.place_key,
    "type": reports.c.type,
    "acled": reports.c.acled,
    "year": sa.func.substr(reports.c.earliest, 1, 4),
    "month": sa.func.substr(reports.c.earliest, 1, 7),
    "day": reports.c.earliest,
}
"""What reports can be put together by."""


def stream_blocks(connection: sa.Connection, by: Sequence[str], wanted: Filter) -> Iterator[tuple[tuple[Any, ...], list[Report]]]:
    """Reports that agree on the keys `by`, block by block; those that lack one of them are a block of None there."""
    unknown = [k for k in by if k not in KEYS]
    if unknown or not by:
        raise StoreError(f"blocks by {', '.join(unknown) or 'nothing'}: there are {', '.join(KEYS)}")
    columns = [KEYS[k] for k in by]
    chosen = select_reports(wanted, reports.c.data, reports.c.number, *columns).order_by(*columns, reports.c.number)
    rows = connection.execution_options(yield_per=PAGE).execute(chosen)
    for key, group in groupby(rows, key=lambda r: tuple(r[2:])):
        yield key, [report_of(r[0], r[1]) for r in group]


def _select_listed() -> sa.Select[Any]:
    d = documents.c
    mine = (reports.c.document == d.number, reports.c.reading == d.reading, sa.not_(_hidden(reports.c.id)))
    count = sa.select(sa.func.count()).where(*mine).scalar_subquery()
    engine = sa.select(readings.c.version).where(readings.c.number == d.reading).scalar_subquery()
    hiding = sa.select(sa.func.max(hidden.c.judgement)).where(hidden.c.subject == d.id).scalar_subquery()
    return sa.select(d.id, d.number, d.name, d.title, d.publisher, d.published, d.url, d.captured, d.characters, count, engine, hiding)


def _listed(row: Any) -> Listed:
    return Listed(**dict(zip(Listed.__struct_fields__, row, strict=True)))


def _fitting(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """Which documents fit: by their publication, their source, and one report that fits all the rest."""
    conditions = [*_about_documents(wanted), *_shown(wanted, documents.c.id)]
    days = {"since": None, "until": None}
    about = _about_reports(msgspec.structs.replace(wanted, **days))
    if about:
        conditions.append(sa.exists().where(reports.c.document == documents.c.number, reports.c.reading == documents.c.reading, *about))
    if wanted.since is not None:
        conditions.append(documents.c.published >= wanted.since)
    if wanted.until is not None:
        conditions.append(documents.c.published <= wanted.until)
    return conditions


def list_documents(
    connection: sa.Connection, wanted: Filter, *, after: int = 0, limit: int | None = None, newest: bool = False
) -> Iterator[Listed]:
    """Documents in the order of adding, or the newest first."""
    order = documents.c.number.desc() if newest else documents.c.number
    chosen = _select_listed().where(documents.c.number > after, *_fitting(wanted)).order_by(order)
    if limit is not None:
        chosen = chosen.limit(limit)
    for row in connection.execution_options(yield_per=PAGE).execute(chosen):
        yield _listed(row)


def documents_of(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Listed]:
    """Documents by their ids, hidden or not; those that are not kept are left out."""
    found: dict[str, Listed] = {}
    for at in range(0, len(ids), 400):
        for row in connection.execute(_select_listed().where(documents.c.id.in_(ids[at : at + 400]))):
            found[row[0]] = _listed(row)
    return found


def search(connection: sa.Connection, words: str, wanted: Filter, *, limit: int, offset: int = 0) -> list[Hit]:
    """Documents whose text or title has the words, the best first."""
    looked_for = terms(words)
    match = matching(connection.dialect.name, looked_for).subquery("match")
    best = (
        sa.select(documents.c.number)
        .join(match, match.c.document == documents.c.number)
        .where(*_fitting(wanted))
        .order_by(match.c.rank, documents.c.number)
        .limit(limit)
        .offset(offset)
    )
    numbers = list(connection.execute(best).scalars())
    around = snippets(connection, looked_for, numbers)
    rows = {r[1]: _listed(r) for r in connection.execute(_select_listed().where(documents.c.number.in_(numbers)))}
    hits = []
    for number in numbers:
        snippet, marks = unmarked(around.get(number, ""))
        hits.append(Hit(document=rows[number], snippet=snippet, marks=marks))
    return hits


def whole_id(connection: sa.Connection, begun: str, kinds: Iterable[str] = "DRS") -> str:
    """The id that is meant by its beginning, or a source by its name. NotFound where none is, or more than one."""
    tables: dict[str, tuple[sa.Table, str]] = {"D": (documents, "document"), "R": (reports, "report"), "S": (sources, "source")}
    found: set[str] = set()
    words = []
    for letter in kinds:
        table, word = tables[letter]
        words.append(word)
        if begun.startswith(f"{letter}-"):
            pattern = f"{_like(begun)}%"
            found |= set(
                connection.execute(sa.select(table.c.id).where(table.c.id.like(pattern, escape="\\")).distinct().limit(3)).scalars()
            )
        elif letter == "S":
            found |= set(connection.execute(sa.select(sources.c.id).where(sources.c.id == source_id(begun))).scalars())
    if len(found) == 1:
        return found.pop()
    if begun in found:
        return begun
    either = " or ".join(words)
    if found:
        raise NotFound(f"{begun}: more than one {either} begins so ({', '.join(sorted(found))}); give more of the id")
    raise NotFound(f"{begun}: no such {either}")


def text_of(connection: sa.Connection, number: int) -> str:
    """The working text of a document."""
    return str(connection.execute(sa.select(texts.c.text).where(texts.c.document == number)).scalar_one())


READING_OF = (
    sa.select(readings.c.data, texts.c.text)
    .select_from(documents)
    .join(texts, texts.c.document == documents.c.number)
    .outerjoin(
        readings,
        sa.and_(
            readings.c.document == documents.c.number,
            readings.c.number == sa.func.coalesce(sa.bindparam("wanted", type_=sa.BigInteger), documents.c.reading),
        ),
    )
    .where(documents.c.id == sa.bindparam("document"))
)
"""A document's reading of a number, or the one in force, with the text: made once, for linking asks by the thousand."""
