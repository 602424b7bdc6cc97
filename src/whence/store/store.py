"""The store: what was read, who says what of it, and what was computed from it, behind one class on both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from whence.errors import NotFound
from whence.records import Descent, Engine, Judgement, JudgementKind, Link, Reading, Report, Source

from . import backups, counting, finding, judging, linking, listing, verifying, writing
from .captures import engine_key, reading_of, source_of, unpack
from .coding import Codings
from .finding import Filter, Hit, Listed
from .listing import KeptReading, Outlet
from .opening import Database
from .overviews import Overviews
from .people import People
from .protecting import Protection
from .tables import documents, originals, reports, texts
from .verifying import Problem
from .writing import Item, Kept

EVERYTHING = Filter()
Progress = Callable[[int, int], None]


class Store:
    """Documents, readings, reports, sources and judgements, kept in an SQLite file or in PostgreSQL.

    What a method that writes has returned from is on disk: a crash after it loses nothing, a crash before it leaves nothing
    half done, and the same call again adds only what is missing. Methods that give iterators read one state of the store and
    hold a page of it in memory; use them up, or close them. StoreError where the database cannot be reached or written,
    NotFound and Conflict as told, MigrationNeeded where another version of Whence made it.
    """

    def __init__(self, where: str | Path, *, create: bool = True) -> None:
        self._database = Database(where, create=create)
        self.overviews = Overviews(self._database)
        self.people = People(self._database)
        self.codings = Codings(self._database)
        self.protection = Protection(self._database)

    @property
    def where(self) -> str:
        """The path or DSN, without a password."""
        return self._database.where

    def close(self) -> None:
        """Let go of the connections."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _write(self, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return self._database.writing(lambda connection: work(connection, *given, **named))

    def _read(self, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        with self._database.reading() as connection:
            return work(connection, *given, **named)

    def _stream(self, work: Callable[..., Iterator[Any]], *given: Any, **named: Any) -> Iterator[Any]:
        with self._database.reading() as connection:
            yield from work(connection, *given, **named)

    # Going in

    def add(self, items: Sequence[Item]) -> list[Kept]:
        """Keep documents with their readings, all in one transaction; an outcome for each, in their order."""
        ready = [writing.prepared(item) for item in items]
        return self._database.writing(lambda connection: writing.add(connection, ready))

    def there(self, ids: Iterable[str], *, read: bool = False, engine: Engine | None = None) -> set[str]:
        """Which documents of these ids are kept; with `read`, those that have a reading; with an engine, one of its readings."""
        key = engine_key(engine) if engine is not None else None
        found: set[str] = self._read(listing.there, list(ids), read, key)
        return found

    def behind(self, engine: Engine, *, after: int = 0, limit: int = 1000) -> list[tuple[int, str]]:
        """(number, id) of documents whose reading in force is none of this engine's, in the order of adding."""
        found: list[tuple[int, str]] = self._read(listing.behind, engine_key(engine), after, limit)
        return found

    # Coming out

    def source(self, document: str) -> Source:
        """A document as intake handed it on, with its original bytes. NotFound."""
        with self._database.reading() as connection:
            chosen = (
                sa.select(documents.c.source, texts.c.text, originals.c.data, originals.c.packed)
                .join(texts, texts.c.document == documents.c.number)
                .join(originals, originals.c.sha256 == documents.c.original)
                .where(documents.c.id == document)
            )
            row = connection.execute(chosen).first()
        if row is None:
            raise NotFound(f"{document}: no such document")
        return source_of(row.source, row.text, unpack(row.data) if row.packed else row.data)

    def original(self, document: str) -> bytes:
        """The bytes of a document as they came in. NotFound."""
        source = self.source(document)
        return source.original if source.original is not None else source.text.encode("utf8")

    def reading(self, document: str, number: int | None = None) -> Reading | None:
        """The reading in force of a document, or the one of a number; None where it has not been read. NotFound."""
        with self._database.reading() as connection:
            row = connection.execute(finding.READING_OF, {"document": document, "wanted": number}).first()
        if row is None:
            raise NotFound(f"{document}: no such document; `whence documents` lists those there are")
        if row.data is None and number is not None:
            raise NotFound(f"{document}: has no reading {number}")
        return None if row.data is None else reading_of(row.data, row.text)

    def readings(self, document: str) -> list[KeptReading]:
        """All readings of a document, oldest first, and which is in force. NotFound."""
        found: list[KeptReading] = self._read(listing.readings_of, document)
        return found

    def report(self, identity: str) -> Report:
        """A report by its id: in the reading in force, else in the newest that has it. NotFound."""
        with self._database.reading() as connection:
            newest = (
                sa.select(reports.c.data, reports.c.number)
                .join(documents, documents.c.number == reports.c.document)
                .where(reports.c.id == identity)
                .order_by(sa.case((documents.c.reading == reports.c.reading, 0), else_=1), reports.c.number.desc())
            )
            row = connection.execute(newest).first()
        if row is None:
            raise NotFound(f"{identity}: no such report")
        return finding.report_of(row.data, row.number)

    def reports(self, wanted: Filter = EVERYTHING, *, after: int = 0, limit: int | None = None) -> Iterator[Report]:
        """Reports of the readings in force, corrected, in the order of writing; `after` the number of the last one seen."""
        return self._stream(finding.stream_reports, wanted, after=after, limit=limit)

    def page(self, wanted: Filter = EVERYTHING, *, order: str = "latest", limit: int = 100, offset: int = 0) -> list[Report]:
        """A page of reports in the order of their days (`latest` or `earliest` first) or as they were `added`, the last first."""
        found: list[Report] = self._read(counting.page, wanted, order=order, limit=limit, offset=offset)
        return found

    def counted(self, wanted: Filter = EVERYTHING, *, by: str) -> list[tuple[Any, int]]:
        """How many reports there are of each value of a field of the filter, its own value there set aside."""
        found: list[tuple[Any, int]] = self._read(counting.counted, wanted, by)
        return found

    def fitting(self, wanted: Filter = EVERYTHING) -> int:
        """How many reports fit."""
        number: int = self._read(counting.number_of, wanted)
        return number

    def blocks(self, by: Sequence[str], wanted: Filter = EVERYTHING) -> Iterator[tuple[tuple[Any, ...], list[Report]]]:
        """Reports that agree on country, admin1, place, type, acled, year, month or day: (key, reports) block by block."""
        return self._stream(finding.stream_blocks, by, wanted)

    def documents(self, wanted: Filter = EVERYTHING, *, after: int = 0, limit: int | None = None, newest: bool = False) -> Iterator[Listed]:
        """Documents in the order of adding, or the newest first."""
        return self._stream(finding.list_documents, wanted, after=after, limit=limit, newest=newest)

    def document(self, identity: str) -> Listed:
        """One document, hidden or not. NotFound."""
        found: Listed | None = next(iter(self._read(_listed, Filter(document=identity, shown=None))), None)
        if found is None:
            raise NotFound(f"{identity}: no such document")
        return found

    def documents_of(self, ids: Iterable[str]) -> dict[str, Listed]:
        """Documents by their ids, hidden or not; those that are not kept are left out."""
        found: dict[str, Listed] = self._read(finding.documents_of, list(ids))
        return found

    def search(self, words: str, wanted: Filter = EVERYTHING, *, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Documents that have the words, the best first; see `words` for how a query is written."""
        hits: list[Hit] = self._read(finding.search, words, wanted, limit=limit, offset=offset)
        return hits

    def meant(self, begun: str, kinds: str = "DRS") -> str:
        """The id that is meant by its beginning: D a document's, R a report's, S a source's (also by name). NotFound."""
        identity: str = self._read(finding.whole_id, begun, kinds)
        return identity

    def sources(self) -> list[Outlet]:
        """Who published what is kept or is cited in it, with their grades of reliability, those with most documents first."""
        found: list[Outlet] = self._read(listing.outlets)
        return found

    # What reviewers say

    def judge(
        self,
        kind: JudgementKind,
        subject: str,
        *,
        who: str,
        why: str | None = None,
        other: str | None = None,
        field: str | None = None,
        value: str | None = None,
    ) -> Judgement:
        """Append a judgement; see `records.Judgement`. To take one back: `retract` with its id as subject."""
        made = judging.judgement(kind, subject, who=who, why=why, other=other, field=field, value=value)
        kept: Judgement = self._write(judging.append, made)
        return kept

    def judgements(self, about: str | None = None, *, retracted: bool = True) -> list[Judgement]:
        """Judgements, oldest first, of all or about one thing; without `retracted`, those in force."""
        return self._read(listing.judgements_about, about, retracted)  # type: ignore[no-any-return]

    # What is computed across documents

    def put_links(self, engine: str, found: Iterable[Link]) -> None:
        """Keep links of an engine, in place of what it said of the same reports before."""
        self._write(linking.put_links, engine, list(found))

    def links(self, engine: str, *, report: str | None = None, least: float = 0.0) -> Iterator[Link]:
        """Links of an engine, of all reports or of one."""
        return self._stream(linking.stream_links, engine, report=report, least=least)

    def strengths(self, engine: str, *, of: Iterable[str] | None = None, least: float = 0.0) -> Iterator[tuple[str, str, float]]:
        """(a, b, probability) of links, without their reasons: of all reports or of some, then in no order, one of two of them twice."""
        return self._stream(linking.stream_strengths, engine, of=None if of is None else sorted(of), least=least)

    def named(self, ids: Iterable[str]) -> list[Report]:
        """Reports of the readings in force by their ids or those of their documents; what is hidden or not there is left out."""
        return list({r.id: r for r in self._stream(linking.stream_named, sorted(set(ids)))}.values())

    def around(self, since: date, until: date, *, longest: int) -> Iterator[Report]:
        """Reports of the readings in force whose days, at most `longest`, may touch those from `since` to `until`; in no order."""
        return self._stream(linking.stream_around, since, until, longest)

    def put_lineage(self, engine: str, found: Iterable[Descent]) -> None:
        """Keep edges of the lineage of an engine."""
        self._write(linking.put_lineage, engine, list(found))

    def lineage(self, engine: str, *, about: str | None = None) -> Iterator[Descent]:
        """Edges of the lineage, of all or on either side of one document or source."""
        return self._stream(linking.stream_lineage, engine, about=about)

    def edges_among(self, engine: str, ids: Iterable[str]) -> list[Descent]:
        """Edges with both ends among some documents or sources, at whatever probability."""
        return self._read(linking.edges_among, engine, sorted(set(ids)))  # type: ignore[no-any-return]

    def links_among(self, engine: str, ids: Iterable[str]) -> list[Link]:
        """Links with both ends among some reports."""
        return self._read(linking.links_among, engine, sorted(set(ids)))  # type: ignore[no-any-return]

    def put_clusters(self, engine: str, found: Iterable[tuple[str, str]], *, mark: tuple[str, int] | None = None) -> None:
        """Keep (report, cluster) of an engine; with `mark`, how far it has come with what, in the same transaction."""
        rows = list(found)

        def work(connection: sa.Connection) -> None:
            linking.put_clusters(connection, engine, rows)
            if mark is not None:
                linking.put_mark(connection, engine, *mark)

        self._database.writing(work)

    def clusters(self, engine: str, wanted: Filter = EVERYTHING, *, cluster: str | None = None) -> Iterator[tuple[str, list[Report]]]:
        """Clusters with their reports as they stand now, those of which one report fits; hidden reports are left out."""
        return self._stream(linking.stream_clusters, engine, wanted=wanted, cluster=cluster)

    def clusters_of(self, engine: str, ids: Iterable[str]) -> dict[str, str]:
        """The cluster of each of some reports, where they are in one."""
        return self._read(linking.clusters_of, engine, list(ids))  # type: ignore[no-any-return]

    def mark(self, engine: str, what: str) -> int:
        """The number up to which an engine has come with something; 0 before it began."""
        return self._read(linking.mark, engine, what)  # type: ignore[no-any-return]

    def forget(self, engine: str) -> None:
        """Throw away all that an engine computed across documents."""
        self._write(linking.forget, engine)

    def engines(self) -> list[str]:
        """The engines of what was computed across documents."""
        return self._read(linking.engines)  # type: ignore[no-any-return]

    # Keeping it whole

    def verify(self, *, progress: Progress = lambda done, of: None) -> Iterator[Problem]:
        """Hash, slice and compute everything again; every problem, nothing where all is well."""
        return self._stream(verifying.verify, progress=progress)

    def counts(self) -> dict[str, int]:
        """Rows of every table."""
        return self._read(verifying.counts)  # type: ignore[no-any-return]

    def backup(self, path: Path, *, portable: bool = False, replace: bool = False, progress: Progress = lambda done, of: None) -> None:
        """A backup of one state: SQLite's online copy, or a dump for both engines. Conflict where the file is there."""
        if self._database.sqlite and not portable:
            backups.copy(self._database, path, replace=replace)
        else:
            backups.dump(self._database, path, replace=replace, progress=progress)

    def restore(self, path: Path, *, progress: Progress = lambda done, of: None) -> int:
        """Take a backup into this store, which must be empty: all of it or nothing; the number of rows."""
        return backups.restore(self._database, path, progress=progress)


def _listed(connection: sa.Connection, wanted: Filter) -> list[Listed]:
    return list(finding.list_documents(connection, wanted, limit=1))


def migrate(where: str | Path) -> tuple[str | None, str]:
    """Bring a store up to this version: the revisions before and after. StoreError where it cannot be reached."""
    return Database.migrated(where)
