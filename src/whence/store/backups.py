"""Copies of a store: SQLite's own online copy, and a dump that both engines write and read.

A dump (`whence.dump/1`) is gzip over lines of JSON: a head with the revision and the number of rows of each table, then for each
table its name and a line for each row (bytes in base64), then an end with the SHA-256 of all lines before it. A dump without its
end is refused: nothing of it is kept.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from whence.errors import Conflict, MigrationNeeded, StoreError

from .captures import now
from .finding import PAGE
from .opening import Database
from .tables import HEAD, TABLES, texts
from .verifying import counts
from .words import index

FORMAT = "whence.dump/1"
BATCH = 500
SQLITE = b"SQLite format 3\x00"
Progress = Callable[[int, int], None]


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of a dump."""

    format: str
    revision: str
    made: str
    rows: dict[str, int]


class End(msgspec.Struct, frozen=True, kw_only=True):
    """The last line of a dump."""

    end: int
    sha256: str


@contextlib.contextmanager
def _put_in_place(path: Path, *, replace: bool) -> Iterator[Path]:
    """A file beside `path` that takes its place when it is whole and on disk. Conflict where there is one already."""
    if path.exists() and not replace:
        raise Conflict(f"{path}: is there already; name another file, or give --force to replace it")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error})") from None
    finally:
        part.unlink(missing_ok=True)


def copy(database: Database, path: Path, *, replace: bool = False) -> None:
    """SQLite's online copy: one state of the store, while others read and write."""
    assert database.path is not None
    with _put_in_place(path, replace=replace) as part:
        try:
            with contextlib.closing(sqlite3.connect(database.path)) as source, contextlib.closing(sqlite3.connect(part)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")  # one file, that can be read where nothing can be written
        except sqlite3.Error as error:
            raise StoreError(f"{path}: the copy failed ({error}); make room and try again") from None


def dump(database: Database, path: Path, *, replace: bool = False, progress: Progress = lambda done, of: None) -> int:
    """A dump of one state of the store; the number of its lines."""
    with _put_in_place(path, replace=replace) as part, database.reading() as connection, part.open("wb") as raw:
        stream = gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1, filename="", mtime=0)
        whole = hashlib.sha256()
        written = 0
        for line in _lines(connection, progress):
            whole.update(line)
            stream.write(line)
            written += 1
        stream.write(msgspec.json.encode(End(end=written, sha256=whole.hexdigest())) + b"\n")
        stream.close()
    return written


def _lines(connection: sa.Connection, progress: Progress) -> Iterator[bytes]:
    rows = counts(connection)
    total, done = sum(rows.values()), 0
    yield msgspec.json.encode(Head(format=FORMAT, revision=HEAD, made=now(), rows=rows)) + b"\n"
    for table in TABLES:
        yield msgspec.json.encode({"table": str(table.name)}) + b"\n"
        for row in connection.execution_options(yield_per=PAGE).execute(sa.select(table).order_by(*table.primary_key)):
            yield msgspec.json.encode(list(row)) + b"\n"
            done += 1
            if done % 1000 == 0:
                progress(done, total)


def restore(database: Database, path: Path, *, progress: Progress = lambda done, of: None) -> int:
    """Take a copy or a dump into an empty store, all of it or nothing; the number of rows. Conflict, StoreError."""
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from None
    if head == SQLITE:
        return _restore_copy(database, path, progress)
    if head[:2] != b"\x1f\x8b":
        raise StoreError(f"{path}: is neither a dump nor a copy of a store; `whence backup` makes both")

    def work(connection: sa.Connection) -> int:
        _must_be_empty(database, connection)
        try:
            with gzip.open(path, "rb") as stream:
                return _take(connection, _checked(stream, path), path, progress)
        except (EOFError, zlib.error, gzip.BadGzipFile, msgspec.MsgspecError) as error:
            raise StoreError(f"{path}: is damaged or cut off ({error}); nothing of it was kept") from None

    return database.writing(work)


def _restore_copy(database: Database, path: Path, progress: Progress) -> int:
    source = Database(path, create=False)
    try:
        with source.reading() as from_copy:
            told = from_copy.execute(sa.text("PRAGMA quick_check(1)")).scalar()
            if told != "ok":
                raise StoreError(f"{path}: is damaged ({told}); nothing of it was kept")

            def work(connection: sa.Connection) -> int:
                _must_be_empty(database, connection)
                return _take(connection, _lines(from_copy, lambda done, of: None), path, progress)

            return database.writing(work)
    finally:
        source.close()


def _must_be_empty(database: Database, connection: sa.Connection) -> None:
    there = {name: n for name, n in counts(connection).items() if n}
    if there:
        told = ", ".join(f"{n:,} {name}" for name, n in list(there.items())[:3])
        raise Conflict(f"{database.where}: is not empty ({told}); restore into a new store, with --store")


def _checked(stream: Iterable[bytes], path: Path) -> Iterator[bytes]:
    """The lines before the end, which must be there and agree with them."""
    whole = hashlib.sha256()
    for line in stream:
        if line.startswith(b'{"end"'):
            if msgspec.json.decode(line, type=End).sha256 != whole.hexdigest():
                raise StoreError(f"{path}: its lines are not those that its end tells of; nothing of it was kept")
            return
        whole.update(line)
        yield line
    raise StoreError(f"{path}: is cut off, its end is missing; nothing of it was kept")


def _take(connection: sa.Connection, lines: Iterator[bytes], path: Path, progress: Progress) -> int:
    head = msgspec.json.decode(next(lines, b""), type=Head)
    if head.format != FORMAT:
        raise StoreError(f"{path}: is {head.format!r}, this version of Whence reads {FORMAT!r}")
    if head.revision != HEAD:
        raise MigrationNeeded(
            f"{path}: has revision {head.revision}, this version of Whence needs {HEAD}; restore it with the version that made it "
            "into a store of its own, then `whence migrate` that"
        )
    tables = {str(t.name): t for t in TABLES}
    table: sa.Table | None = None
    rows: list[dict[str, Any]] = []
    done, total = 0, sum(head.rows.values())

    def flush() -> None:
        nonlocal done
        if table is not None and rows:
            connection.execute(sa.insert(table), rows)
            if table is texts:
                index(connection, ((r["document"], r["title"], r["text"]) for r in rows))
            done += len(rows)
            progress(done, total)
            rows.clear()

    row_type: Any = None
    for line in lines:
        if line.startswith(b"{"):
            flush()
            name = msgspec.json.decode(line, type=dict[str, str]).get("table", "")
            if name not in tables:
                raise StoreError(f"{path}: holds a table {name!r} that is none of Whence's; nothing of it was kept")
            table = tables[name]
            row_type = tuple[tuple(bytes if isinstance(c.type, sa.LargeBinary) else Any for c in table.columns)]  # type: ignore[misc]
            continue
        if table is None:
            raise StoreError(f"{path}: has a row before the first table; nothing of it was kept")
        rows.append(dict(zip(table.columns.keys(), msgspec.json.decode(line, type=row_type), strict=True)))
        if len(rows) >= BATCH:
            flush()
    flush()
    if done != total:
        raise StoreError(f"{path}: holds {done:,} rows and tells of {total:,}; nothing of it was kept")
    return done
