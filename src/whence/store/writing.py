"""Documents and readings going in: prepared outside the transaction, written in one, the same however often."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from whence.errors import Conflict, NotFound
from whence.records import Judgement, Reading, Record

from .captures import PACKED, Capture, engine_key, now, pack, reading_data, source_data, source_id
from .judging import corrections_of
from .projecting import party_rows, projected, row
from .tables import citations, documents, originals, parties, readings, reports, sources, texts
from .words import index

State = Literal["added", "reread", "present"]
CHUNK = 400
"""Values in one IN (...): SQLite and PostgreSQL take more, their planners do not get better by it."""


class Item(Record):
    """A document with its reading, or without one yet."""

    capture: Capture
    reading: Reading | None


class Kept(Record):
    """What became of an item: `added` a new document, `reread` a new reading of a kept one, `present` nothing new."""

    document: str
    state: State
    reports: int


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """An item with all that can be computed without the database."""

    id: str
    capture: Capture
    sha256: str
    reading: Reading | None
    data: bytes
    digest: str
    outlet: str | None
    via: tuple[tuple[str, str], ...]


def prepared(item: Item) -> Prepared:
    """Hash and pack an item. Conflict where the reading is one of another text."""
    reading = item.reading
    if reading is not None and reading.document.text != item.capture.source.text:
        raise Conflict(f"{item.capture.source.id}: the reading is one of another text; read the document that is to be kept")
    data, digest = reading_data(reading) if reading is not None else (b"", "")
    names = {e.id: e.name for e in reading.entities} if reading is not None else {}
    outlet = names.get(reading.document.publisher or "") if reading is not None else None
    via = tuple((name, v.relation) for v in reading.document.via if (name := names.get(v.publisher))) if reading is not None else ()
    return Prepared(
        id=item.capture.id,
        capture=item.capture,
        sha256=hashlib.sha256(item.capture.original).hexdigest(),
        reading=reading,
        data=data,
        digest=digest,
        outlet=outlet or item.capture.source.publisher,
        via=via,
    )


def add(connection: sa.Connection, items: Sequence[Prepared]) -> list[Kept]:
    """Write what is not there yet, within the transaction of the connection; one outcome for each item."""
    writer = _Writer(connection)
    known = {r.id: (r.number, r.reading) for r in _chosen(connection, documents, documents.c.id, {i.id for i in items})}
    there = _readings_there(connection, [number for number, _ in known.values()])
    outlets = writer.sources({name for i in items for name in (i.outlet, *(n for n, _ in i.via)) if name})
    corrections = corrections_of(connection)
    writer.originals(items)
    found = []
    for item in items:
        outlet = outlets[source_id(item.outlet)] if item.outlet else None
        fresh = item.id not in known
        if fresh:
            number = writer.document(item, outlet)
            known[item.id] = (number, None)
        number, in_force = known[item.id]
        state: State = "added" if fresh else "present"
        count = 0
        if item.reading is not None:
            key = (number, engine_key(item.reading.engine), item.digest)
            at = there.get(key)
            if at is None:
                at, count = writer.reading(item, number, outlets, corrections)
                there[key] = at
                state = "added" if fresh else "reread"
            if at != in_force:
                writer.in_force(item, number, at, outlet)
                known[item.id] = (number, at)
        found.append(Kept(document=item.id, state=state, reports=count))
    writer.write()
    return found


def _chosen(connection: sa.Connection, table: sa.Table, column: sa.Column[Any], values: Iterable[Any]) -> Iterable[Any]:
    wanted = sorted(values)
    for at in range(0, len(wanted), CHUNK):
        yield from connection.execute(sa.select(table).where(column.in_(wanted[at : at + CHUNK])))


def _readings_there(connection: sa.Connection, numbers: Iterable[int]) -> dict[tuple[int, str, str], int]:
    wanted = sorted(numbers)
    columns = (readings.c.document, readings.c.engine, readings.c.digest, readings.c.number)
    found = {}
    for at in range(0, len(wanted), CHUNK):
        for document, engine, digest, number in connection.execute(
            sa.select(*columns).where(readings.c.document.in_(wanted[at : at + CHUNK]))
        ):
            found[document, engine, digest] = number
    return found


class _Writer:
    """Rows gathered table by table and written together: a statement a table, not a statement a row."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.time = now()
        self.rows: dict[sa.Table, list[dict[str, Any]]] = {}
        self.updates: dict[int, dict[str, Any]] = {}
        self.placed: dict[int, dict[str, Any]] = {}
        self.next = {t: self._first(t) for t in (documents, readings, reports, sources)}

    def _first(self, table: sa.Table) -> int:
        return (self.connection.execute(sa.select(sa.func.max(table.c.number))).scalar() or 0) + 1

    def _number(self, table: sa.Table) -> int:
        number = self.next[table]
        self.next[table] += 1
        return number

    def _put(self, table: sa.Table, **columns: Any) -> dict[str, Any]:
        self.rows.setdefault(table, []).append(columns)
        return columns

    def sources(self, names: Iterable[str]) -> dict[str, int]:
        """The numbers of sources by their ids; those that are new are put in under the name seen first."""
        wanted: dict[str, str] = {}
        for name in sorted(names):
            wanted.setdefault(source_id(name), name)
        found = {r.id: r.number for r in _chosen(self.connection, sources, sources.c.id, wanted)}
        for identity, name in wanted.items():
            if identity not in found:
                found[identity] = self._number(sources)
                self._put(sources, number=found[identity], id=identity, name=name, added=self.time)
        return found

    def originals(self, items: Iterable[Prepared]) -> None:
        """Put in the bytes that are not there yet."""
        wanted = {i.sha256: i.capture.original for i in items}
        keys = sorted(wanted)
        there: set[str] = set()
        for at in range(0, len(keys), CHUNK):
            there |= set(
                self.connection.execute(sa.select(originals.c.sha256).where(originals.c.sha256.in_(keys[at : at + CHUNK]))).scalars()
            )
        for sha256 in keys:
            if sha256 not in there:
                data = wanted[sha256]
                packed = len(data) >= PACKED
                self._put(originals, sha256=sha256, size=len(data), packed=packed, data=pack(data) if packed else data)

    def document(self, item: Prepared, outlet: int | None) -> int:
        """A new document; its number."""
        source = item.capture.source
        number = self._number(documents)
        told = item.reading.document if item.reading is not None else None
        title = (told.title if told else None) or source.title
        self.placed[number] = self._put(
            documents,
            number=number,
            id=item.id,
            original=item.sha256,
            text_sha256=hashlib.sha256(source.text.encode("utf8")).hexdigest(),
            characters=len(source.text),
            name=source.id,
            title=title,
            publisher=item.outlet,
            published=(told.published if told else None) or source.published,
            url=source.url,
            language=source.language,
            source=source_data(source),
            captured=item.capture.captured,
            outlet=outlet,
            reading=None,
        )
        self._put(texts, document=number, title=title or "", text=source.text)
        return number

    def reading(self, item: Prepared, document: int, outlets: dict[str, int], corrections: dict[str, list[Judgement]]) -> tuple[int, int]:
        """A new reading with its citations and reports; its number and how many reports it has."""
        reading = item.reading
        assert reading is not None
        number = self._number(readings)
        engine = reading.engine
        self._put(
            readings,
            number=number,
            document=document,
            engine=engine_key(engine),
            version=engine.version,
            model=engine.model.name,
            model_digest=engine.model.digest,
            config=engine.config,
            digest=item.digest,
            data=item.data,
            made=self.time,
        )
        for position, (name, relation) in enumerate(item.via):
            self._put(citations, reading=number, position=position, source=outlets[source_id(name)], relation=relation)
        found = projected(reading, document=item.id, corrections=corrections)
        for report in found:
            at = self._number(reports)
            self._put(reports, number=at, reading=number, document=document, **row(report))
            self.rows.setdefault(parties, []).extend(party_rows(report, at))
        return number, len(found)

    def in_force(self, item: Prepared, document: int, reading: int, outlet: int | None) -> None:
        """Make a reading the one that is shown."""
        told = item.reading.document if item.reading is not None else None
        source = item.capture.source
        changes = {
            "reading": reading,
            "outlet": outlet,
            "publisher": item.outlet,
            "title": (told.title if told else None) or source.title,
            "published": (told.published if told else None) or source.published,
        }
        if document in self.placed:
            self.placed[document].update(changes)
        else:
            self.updates[document] = changes

    def write(self) -> None:
        """Send it all, tables that others point at first."""
        for table in (originals, sources, documents, texts, readings, citations, reports, parties):
            rows = self.rows.get(table)
            if rows:
                self.connection.execute(sa.insert(table), rows)
        index(self.connection, ((r["document"], r["title"], r["text"]) for r in self.rows.get(texts, ())))
        for number, changes in self.updates.items():
            self.connection.execute(sa.update(documents).where(documents.c.number == number).values(**changes))


def document_number(connection: sa.Connection, identity: str) -> int:
    """The number of a document. NotFound where there is none."""
    number = connection.execute(sa.select(documents.c.number).where(documents.c.id == identity)).scalar()
    if number is None:
        raise NotFound(f"{identity}: no such document; `whence documents` lists those there are")
    return int(number)
