"""What `whence watch` remembers between visits, in a small SQLite file: each step is on disk before the next is made.

It holds no text: which feeds were asked when and with what luck, and digests of what was taken from them. Losing it costs
requests only, as the store keeps no document twice.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import msgspec

from whence.errors import Conflict, StoreError

TABLES = """
CREATE TABLE IF NOT EXISTS feed (
  url TEXT PRIMARY KEY, title TEXT, etag TEXT, modified TEXT, failures INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0,
  asked REAL, problem TEXT);
CREATE TABLE IF NOT EXISTS seen (key BLOB PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tried (key BLOB PRIMARY KEY, failures INTEGER NOT NULL, due REAL NOT NULL) WITHOUT ROWID;
"""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it was left: times are seconds since 1970, `due` 0 where it was never asked."""

    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    due: float = 0.0
    asked: float | None = None
    problem: str | None = None


def key(*parts: str) -> bytes:
    """A digest of parts whose borders count."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.digest()[:16]


class Visits:
    """The record of visits at a path; one process at a time may have it.

    Conflict where another has it, StoreError where it cannot be opened or is something else.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=1.0, isolation_level=None)
            self._file.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._file.execute("PRAGMA journal_mode=WAL")
            self._file.execute("PRAGMA synchronous=NORMAL")
            self._file.executescript(TABLES)
            self._file.execute("BEGIN EXCLUSIVE")
            self._file.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Conflict(
                    f"{path}: another `whence watch` is at work with it; stop that one, or give this one its own --state"
                ) from None
            raise StoreError(f"{path}: cannot be opened ({error}); give another place with --state") from None
        except (sqlite3.DatabaseError, OSError) as error:
            raise StoreError(f"{path}: is no record of visits ({error}); move it away, or give another place with --state") from None

    def __enter__(self) -> Visits:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others have it."""
        self._file.close()

    def feed(self, url: str) -> Known:
        """A feed as it was left."""
        row = self._file.execute(
            "SELECT url, title, etag, modified, failures, due, asked, problem FROM feed WHERE url = ?", (url,)
        ).fetchone()
        return Known(**dict(zip(Known.__struct_fields__, row, strict=True))) if row else Known(url=url)

    def leave(self, known: Known) -> None:
        """A feed as it is left now."""
        values = tuple(getattr(known, field) for field in Known.__struct_fields__)
        self._file.execute(
            "INSERT OR REPLACE INTO feed (url, title, etag, modified, failures, due, asked, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )

    def seen(self, keys: Iterable[bytes]) -> bool:
        """Whether any of them is remembered."""
        return any(self._file.execute("SELECT 1 FROM seen WHERE key = ?", (k,)).fetchone() for k in keys)

    def remember(self, keys: Iterable[bytes], at: float) -> None:
        """What need not be taken again."""
        self._file.execute("BEGIN")
        for k in keys:
            self._file.execute("INSERT OR IGNORE INTO seen (key, at) VALUES (?, ?)", (k, at))
            self._file.execute("DELETE FROM tried WHERE key = ?", (k,))
        self._file.execute("COMMIT")

    def tried(self, k: bytes) -> tuple[int, float]:
        """How often something could not be had, and when it is to be tried again."""
        row = self._file.execute("SELECT failures, due FROM tried WHERE key = ?", (k,)).fetchone()
        return (int(row[0]), float(row[1])) if row else (0, 0.0)

    def postpone(self, k: bytes, failures: int, due: float) -> None:
        """Try something again later."""
        self._file.execute("INSERT OR REPLACE INTO tried (key, failures, due) VALUES (?, ?, ?)", (k, failures, due))
