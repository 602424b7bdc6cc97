"""Whether what is kept is what was put in: everything is hashed, sliced and computed again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from whence.records import Mention, Reading, Record, Span, Timex, Toponym

from .captures import Capture, reading_of, source_of, unpack
from .judging import corrections_of
from .projecting import party_rows, projected, row
from .tables import TABLES, documents, originals, parties, readings, reports, texts


class Problem(Record):
    """Something that is not as it was kept: `what` an id or a table, `message` for people."""

    what: str
    message: str


def verify(connection: sa.Connection, *, progress: Callable[[int, int], None] = lambda done, of: None) -> Iterator[Problem]:
    """Every problem of a store, one by one; nothing where all is well."""
    total = connection.execute(sa.select(sa.func.count()).select_from(documents)).scalar_one()
    yield from _database(connection)
    yield from _originals(connection)
    corrections = corrections_of(connection)
    after, done = 0, 0
    while True:
        chosen = (
            sa.select(documents, texts.c.text, originals.c.data, originals.c.packed)
            .join(texts, texts.c.document == documents.c.number, isouter=True)
            .join(originals, originals.c.sha256 == documents.c.original, isouter=True)
            .where(documents.c.number > after)
            .order_by(documents.c.number)
            .limit(200)
        )
        page = connection.execute(chosen).all()
        if not page:
            break
        for document in page:
            yield from _document(document)
            if document.text is not None:
                yield from _readings(connection, document, corrections)
            done += 1
        after = page[-1].number
        progress(done, total)


def _database(connection: sa.Connection) -> Iterator[Problem]:
    if connection.dialect.name == "sqlite":
        for (told,) in connection.execute(sa.text("PRAGMA integrity_check(20)")):
            if told != "ok":
                yield Problem(what="file", message=str(told))
        for found in connection.execute(sa.text("PRAGMA foreign_key_check")):
            yield Problem(what=str(found[0]), message=f"row {found[1]} points at {found[2]} that is not there")
        indexed = sa.text("SELECT count(*) FROM words_docsize")
    else:
        indexed = sa.text("SELECT count(DISTINCT document) FROM words")
    kept = connection.execute(sa.select(sa.func.count()).select_from(texts)).scalar_one()
    found_words = connection.execute(indexed).scalar_one()
    if kept != found_words:
        yield Problem(what="words", message=f"{kept:,} texts are kept and {found_words:,} are in the index of words")


def _originals(connection: sa.Connection) -> Iterator[Problem]:
    for sha256, size, packed, data in connection.execution_options(yield_per=50).execute(sa.select(originals)):
        whole = _unpacked(data, packed)
        if whole is None:
            yield Problem(what=sha256, message="the original cannot be unpacked")
        elif hashlib.sha256(whole).hexdigest() != sha256 or len(whole) != size:
            yield Problem(what=sha256, message="the original is not what its SHA-256 says")


def _unpacked(data: bytes, packed: bool) -> bytes | None:
    if not packed:
        return data
    try:
        return unpack(data)
    except zlib.error:
        return None


def _document(document: Any) -> Iterator[Problem]:
    if document.text is None:
        yield Problem(what=document.id, message="its text is missing")
        return
    if hashlib.sha256(document.text.encode("utf8")).hexdigest() != document.text_sha256:
        yield Problem(what=document.id, message="its text is not what its SHA-256 says")
    original = _unpacked(document.data, document.packed) if document.data is not None else None
    if original is None:
        yield Problem(what=document.id, message="its original is missing")
        return
    try:
        source = source_of(document.source, document.text, original)
    except msgspec.MsgspecError as error:
        yield Problem(what=document.id, message=f"what was known of it cannot be read ({error})")
        return
    if Capture(source=source, captured=document.captured).id != document.id:
        yield Problem(what=document.id, message="its id is not that of its bytes and what was known of them")


def _readings(connection: sa.Connection, document: Any, corrections: Any) -> Iterator[Problem]:
    in_force = None
    for kept in connection.execute(sa.select(readings).where(readings.c.document == document.number)):
        in_force = in_force or kept.number == document.reading
        where = f"{document.id}, reading {kept.number}"
        try:
            reading = reading_of(kept.data, document.text)
        except (zlib.error, msgspec.MsgspecError) as error:
            yield Problem(what=where, message=f"cannot be read ({error})")
            continue
        if hashlib.sha256(msgspec.json.encode(reading)).hexdigest() != kept.digest:
            yield Problem(what=where, message="is not what its SHA-256 says")
        for path in unequal(reading):
            yield Problem(what=where, message=f"{path} is not the slice of the text that it says")
        yield from _reports(connection, reading, document, kept.number, where, corrections)
    if document.reading is not None and not in_force:
        yield Problem(what=document.id, message=f"the reading in force, {document.reading}, is not there")


def _reports(connection: sa.Connection, reading: Reading, document: Any, number: int, where: str, corrections: Any) -> Iterator[Problem]:
    there = {r.incident: r for r in connection.execute(sa.select(reports).where(reports.c.reading == number))}
    wanted = projected(reading, document=document.id, corrections=corrections)
    if set(there) != {r.incident for r in wanted}:
        yield Problem(what=where, message=f"{len(there)} reports are kept where the reading has {len(wanted)}")
        return
    for report in wanted:
        kept = there[report.incident]
        different = [name for name, value in row(report).items() if kept._mapping[name] != value]
        if different:
            yield Problem(what=report.id, message=f"{', '.join(different)} differ from the reading and its corrections")
        sides = connection.execute(sa.select(parties).where(parties.c.report == kept.number)).mappings()
        key = ("role", "position")
        if sorted((dict(s) for s in sides), key=lambda s: [s[k] for k in key]) != party_rows(report, kept.number):
            yield Problem(what=report.id, message="its actors and targets differ from the reading and its corrections")


def unequal(reading: Reading) -> Iterator[str]:
    """Paths of spans that do not equal their slice of the text."""
    text = reading.document.text

    def walk(value: object, path: str) -> Iterator[str]:
        if isinstance(value, tuple):
            for i, item in enumerate(value):
                yield from walk(item, f"{path}[{i}]")
        elif isinstance(value, msgspec.Struct):
            if isinstance(value, Span | Mention | Timex | Toponym) and (not value.text or text[value.start : value.end] != value.text):
                yield path
            for name in value.__struct_fields__:
                yield from walk(getattr(value, name), f"{path}.{name}" if path else name)

    yield from walk(reading, "")


def counts(connection: sa.Connection) -> dict[str, int]:
    """Rows of every table."""
    return {str(t.name): connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in TABLES}
