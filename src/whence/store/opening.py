"""Where a store lies and how it is reached: an SQLite file in WAL, or PostgreSQL 15 or newer by its DSN."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from whence.config import without_password
from whence.errors import MigrationNeeded, StoreError

from .tables import HEAD

T = TypeVar("T")

BUSY = 60
"""Seconds that a writer waits for another one."""
ATTEMPTS = 4
"""How often a write is tried where the connection is lost or two writers stand in each other's way."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was acknowledged outlives a loss of power, too
    "foreign_keys=ON",
    "cache_size=-65536",
    "wal_autocheckpoint=8000",  # 32 MB: pages of the index that change in every batch are not copied back after each
    "journal_size_limit=67108864",
)
LOCK = 0x77686E63
"""Key of the advisory lock by which writers on PostgreSQL take turns, as they do on SQLite by themselves."""


class Database:
    """An open database: transactions for reading and writing, errors in the house's own tree."""

    def __init__(self, where: str | Path, *, create: bool = True, check: bool = True) -> None:
        """Open, and make the tables where there are none and `create` is set. StoreError, MigrationNeeded.

        Without `check` a store of an older revision is opened as it is, to be migrated.
        """
        url = _url(str(where))
        self.where = without_password(str(where))
        self.sqlite = url.get_backend_name() == "sqlite"
        self.path: Path | None = None
        if self.sqlite:
            self.path = Path(url.database or "")
            _check_file(self.path, create)
        self._engine = _sqlite(url) if self.sqlite else _postgresql(url)
        try:
            self._ready(create, check)
        except BaseException:
            self._engine.dispose()
            raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the store throughout."""
        with self.errors(), self._engine.connect() as connection:
            if not self.sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    def writing(self, work: Callable[[sa.Connection], T]) -> T:
        """What `work` gives, after its transaction is on disk. It is done again where it can be: it must change nothing else."""
        with self.errors():
            for attempt in range(1, ATTEMPTS):
                try:
                    return self._once(work)
                except sa.exc.DBAPIError as error:
                    if not _passing(error):
                        raise
                    time.sleep(0.1 * 4 ** (attempt - 1))
            return self._once(work)

    def _once(self, work: Callable[[sa.Connection], T]) -> T:
        with self._engine.connect() as connection:
            connection = connection.execution_options(whence_begin="BEGIN IMMEDIATE")
            with connection.begin():
                self._lock(connection)
                return work(connection)

    def _lock(self, connection: sa.Connection) -> None:
        if not self.sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        """Errors of the database become StoreError."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise self._told(error) from error
        except UnicodeEncodeError as error:
            raise StoreError(f"{error.object[:80]!r}: holds half of a surrogate pair at character {error.start}; take it out") from None

    def _told(self, error: sa.exc.DBAPIError) -> StoreError:
        words = " ".join(str(error.orig).split())
        if "disk is full" in words or "disk I/O error" in words or "No space left" in words or "DiskFull" in type(error.orig).__name__:
            return StoreError(
                f"{self.where}: cannot be written ({words}); nothing of this step was kept, all before it was: "
                "make room and give the same command again"
            )
        if "locked" in words:
            return StoreError(f"{self.where}: another process has been writing for {BUSY} seconds; try again when it is done")
        if "malformed" in words or "not a database" in words:
            return StoreError(f"{self.where}: is damaged ({words}); `whence restore` brings back a backup")
        if error.connection_invalidated or isinstance(error, sa.exc.OperationalError):
            return StoreError(f"{self.where}: cannot be reached or used ({words})")
        return StoreError(f"{self.where}: refused ({words})")

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def revision(self, connection: sa.Connection) -> str | None:
        """The revision of the tables; None where there are none of Whence."""
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()

    def _ready(self, create: bool, check: bool) -> None:
        with self.errors(), self._engine.connect() as connection:
            found = self.revision(connection)
            names = set(sa.inspect(connection).get_table_names()) if found is None else set()
        if found == HEAD or (not check and found is not None and found < HEAD):
            return
        if found is None:
            if names and self.sqlite:
                raise StoreError(f"{self.where}: is a database of something else ({', '.join(sorted(names)[:3])}); name another file")
            if not create:
                raise StoreError(f"{self.where}: there is nothing kept here yet; `whence add` begins a store")
            self.migrate()
            return
        raise MigrationNeeded(_which(self.where, found))

    def migrate(self) -> str | None:
        """Bring the tables up to this version; the revision they had before."""
        from .migrating import upgrade

        def work(connection: sa.Connection) -> str | None:
            before = self.revision(connection)
            if before != HEAD:  # another process may have been first
                upgrade(connection)
            return before

        return self.writing(work)

    @classmethod
    def migrated(cls, where: str | Path) -> tuple[str | None, str]:
        """Migrate what lies somewhere: its revision before, and after."""
        database = cls(where, create=False, check=False)
        try:
            return database.migrate(), HEAD
        finally:
            database.close()


def _which(where: str, found: str) -> str:
    if found < HEAD:
        return f"{where}: has revision {found}, this version of Whence needs {HEAD}; `whence migrate` brings it up (back it up first)"
    return f"{where}: has revision {found}, this version of Whence knows {HEAD} only; use the newer version that wrote it"


def _passing(error: sa.exc.DBAPIError) -> bool:
    """Whether trying again may help: the connection was lost, or two transactions stood in each other's way."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in ("40001", "40P01")


def _url(where: str) -> sa.URL:
    if "://" not in where:
        return sa.URL.create("sqlite", database=where)
    try:
        url = make_url(where)
    except sa.exc.ArgumentError:
        raise StoreError(f"{without_password(where)}: is no address of a store; write postgresql://user@host/name, or a path") from None
    name = url.get_backend_name()
    if name in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if name == "sqlite" and url.database:
        return sa.URL.create("sqlite", database=url.database)
    raise StoreError(f"{without_password(where)}: {name} keeps no store; SQLite (a path) and PostgreSQL (postgresql://...) do")


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file in it, as in {path / 'whence.sqlite'}")
    if not path.exists() or path.stat().st_size == 0:
        if not create:
            raise StoreError(f"{path}: no such store; `whence add` begins one, --store or WHENCE_STORE name another")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path}: its folder cannot be made ({error.strerror or error})") from None
        return
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from None
    if head != b"SQLite format 3\x00":
        raise StoreError(f"{path}: is no store of Whence but something else; name another file")


def _sqlite(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"timeout": BUSY})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # transactions begin where we say so, see below
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer takes its lock at once: two that both read first could neither go on.
        connection.exec_driver_sql(connection.get_execution_options().get("whence_begin", "BEGIN"))

    return engine


def _postgresql(url: sa.URL) -> sa.Engine:
    try:
        import psycopg  # noqa: F401 - asked for here, so that its absence is told in words
    except ImportError as error:
        raise StoreError(f"PostgreSQL wants psycopg, which is not there ({error}); pip install 'whence[postgresql]'") from None
    options: dict[str, Any] = {"connect_timeout": 20, "application_name": "whence"}
    return sa.create_engine(url, pool_pre_ping=True, connect_args=options)
