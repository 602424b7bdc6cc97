"""Places that a user has added: a file of their own beside the index, so that they survive its rebuilding.

A file is taken in by batches into a copy, which takes the old one's place when it is whole. What was interrupted is taken
up again where it stopped, if the file is still the same; what is wrong leaves everything as it was.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, NamedTuple

from whence.errors import ResourceError, WhenceError

from .rows import NAMES, PLACES, Rows
from .sources import Entry, SourceFile, malformed
from .spelling import plain

FIRST: Final = 1_000_000_000
"""Ids of added places begin here."""
_FORMAT: Final = "added-1"
_BATCH: Final = 20_000
_SCHEMA = (
    """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
INSERT INTO meta VALUES ('format', 'added-1');
"""
    + PLACES
    + NAMES
    + """
CREATE INDEX places_geonames ON places (geonames_id);
CREATE TABLE sources (
    name TEXT PRIMARY KEY, shape TEXT, identity TEXT, line INTEGER, first INTEGER, last INTEGER, done INTEGER
) WITHOUT ROWID;
"""
)
Progress = Callable[[float, str], None]


class Source(NamedTuple):
    """A file that was added: its name, its shape, how many places (or places with further names) it gave."""

    name: str
    shape: str
    places: int


def added_path(index: Path) -> Path:
    """Where the places added to an index lie."""
    return index.with_name(f"{index.stem}.added.sqlite")


def connect(index: Path) -> sqlite3.Connection | None:
    """The added places of an index, for reading; None where there are none."""
    path = added_path(index)
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        (found,) = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() or (None,)
    except sqlite3.Error as error:
        raise ResourceError(f"the file of added places {path} is broken ({error}). Delete it and add them again.") from error
    if found != _FORMAT:
        connection.close()
        raise ResourceError(f"the file of added places {path} has format {found}; wanted {_FORMAT}. Delete it and add them again.")
    return connection


def sources(index: Path) -> list[Source]:
    """What has been added to an index."""
    connection = connect(index)
    if connection is None:
        return []
    try:
        rows = connection.execute(
            "SELECT s.name, s.shape, (SELECT count(*) FROM places p WHERE p.id BETWEEN s.first AND s.last) "
            "FROM sources s WHERE s.done ORDER BY s.first"
        )
        return [Source(*row) for row in rows]
    finally:
        connection.close()


def add(index: Path, files: Iterable[Path], *, progress: Progress | None = None) -> list[Source]:
    """Adds files to an index, each whole or not at all; one of the same name takes the place of what it gave before.

    IntakeError names the file and the line that is wrong; ResourceError where nothing can be written.
    """
    tell: Progress = progress or (lambda share, what: None)
    names = []
    opened = [SourceFile(path) for path in files]
    order = ("geonames places", "csv", "geojson", "geonames divisions", "geonames names")
    for file in sorted(opened, key=lambda f: order.index(f.shape)):  # further names after the places they are for
        _add(index, file, tell)
        names.append(file.path.name)
    return [s for s in sources(index) if s.name in names]


def remove(index: Path, name: str) -> int:
    """Takes out what a file gave, or the added places that bear a name; how many places. IntakeError for neither."""
    if not added_path(index).is_file():
        raise malformed(f"{name}: nothing has been added to the place index.")
    part = _copy(index, fresh=True)
    try:
        connection = sqlite3.connect(part)
        try:
            gone = _take_out(connection, name)
            (left,) = connection.execute("SELECT count(*) FROM places").fetchone()
        finally:
            connection.close()
        if left:
            part.replace(added_path(index))
        else:
            added_path(index).unlink()
    except (OSError, sqlite3.Error) as error:
        raise ResourceError(f"{added_path(index)} cannot be written: {error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return gone


def _take_out(connection: sqlite3.Connection, name: str) -> int:
    found = connection.execute("SELECT first, last FROM sources WHERE name = ?", (name,)).fetchone()
    if found:
        gone = _drop(connection, name, *found)
    else:
        ids = [i for (i,) in connection.execute("SELECT place FROM names WHERE plain = ?", (plain(name),))]
        if not ids:
            raise malformed(f"{name}: no file and no place of this name has been added. See: whence gazetteer list")
        gone = sum(_drop_places(connection, i, i) for i in ids)
    _reindex(connection)
    connection.commit()
    return gone


def _copy(index: Path, *, fresh: bool) -> Path:
    """The file that is worked on: what an interruption left, or a copy of what there is."""
    path = added_path(index)
    part = path.with_name(path.name + ".part")
    if fresh:
        part.unlink(missing_ok=True)
        part.with_name(part.name + "-journal").unlink(missing_ok=True)
    if not part.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            shutil.copyfile(path, part)
        else:
            connection = sqlite3.connect(part)
            connection.executescript(_SCHEMA)
            connection.close()
    return part


def _unfinished(part: Path, file: SourceFile) -> bool:
    """Did an interruption leave the beginning of just this file?"""
    if not part.exists():
        return False
    try:
        connection = sqlite3.connect(part)
        try:
            row = connection.execute("SELECT name, identity FROM sources WHERE NOT done").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return row == (file.path.name, file.identity()) and file.shape not in ("csv", "geojson")


def _add(index: Path, file: SourceFile, tell: Progress) -> None:
    path = added_path(index)
    part = path.with_name(path.name + ".part")
    base = sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        part = _copy(index, fresh=not _unfinished(part, file))
        connection = sqlite3.connect(part)
        try:
            connection.executescript("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -131072;")
            _take(connection, base, file, tell)
            tell(0.97, "writing the search index")
            _reindex(connection)
            connection.execute("UPDATE sources SET done = 1 WHERE name = ?", (file.path.name,))
            connection.commit()
        finally:
            connection.close()
        part.replace(path)
        tell(1.0, file.path.name)
    except WhenceError:
        part.unlink(missing_ok=True)
        raise
    except (OSError, sqlite3.Error) as error:
        raise ResourceError(f"{file.path} cannot be added to {path}: {error}. Make room, or wait until no one else adds.") from error
    finally:
        base.close()


def _take(connection: sqlite3.Connection, base: sqlite3.Connection, file: SourceFile, tell: Progress) -> None:
    name = file.path.name
    row = connection.execute("SELECT line, first, done FROM sources WHERE name = ?", (name,)).fetchone()
    if row is not None and row[2]:
        first, last = connection.execute("SELECT first, last FROM sources WHERE name = ?", (name,)).fetchone()
        _drop(connection, name, first, last)
        row = None
    (top,) = connection.execute("SELECT coalesce(max(id), ?) FROM places", (FIRST - 1,)).fetchone()
    if row is None:
        row = (0, top + 1, 0)
        values = (name, file.shape, file.identity(), 0, top + 1, top, 0)
        connection.execute("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    after, first, _ = row
    codes = dict(base.execute("SELECT alpha2, alpha3 FROM countries"))
    known = {c: c for c in codes.values()} | codes
    for bare, code in base.execute("SELECT n.plain, p.country FROM names n JOIN places p ON p.id = n.place WHERE p.kind = 'country'"):
        known.setdefault(bare, code)
    divisions = {(c, k): n for c, k, n in base.execute("SELECT country, admin1_code, name FROM places WHERE kind = 'admin1'")}
    holders = _Holders(connection, base, first) if file.shape in ("geonames names", "geonames divisions") else None
    size = max(file.size, 1)
    batch: list[Entry] = []

    def country(word: str) -> str | None:
        return known.get(word.upper()) or known.get(plain(word))

    def write() -> None:
        nonlocal top
        rows = Rows(top + 1)
        for entry in batch:
            if entry.names_of is not None:
                if holders is not None:
                    holders.name(rows, entry)
                continue
            rows.add(
                name=entry.name, kind=entry.kind, latitude=entry.latitude, longitude=entry.longitude, country=entry.country,
                aliases=entry.aliases, geonames_id=entry.geonames_id,
                admin1=entry.admin1 or divisions.get((entry.country, entry.admin1_code)), admin1_code=entry.admin1_code,
                population=entry.population, radius_km=entry.radius_km,
            )  # fmt: skip
        rows.write_places(connection)
        rows.write_names(connection)
        rows.write_keys(connection)
        top += len(rows.places)
        line = batch[-1].line if batch else after
        connection.execute("UPDATE sources SET line = ?, last = ? WHERE name = ?", (line, top, name))
        connection.commit()
        batch.clear()
        tell(0.95 * min(1.0, file.read / size), name)

    for entry in file.entries(after=after, country=country):
        if len(batch) >= _BATCH and entry.line != batch[-1].line:
            write()
        batch.append(entry)
    write()


class _Holders:
    """Places that further names are for: copies, under their GeoNames id, of those the index or other files have."""

    def __init__(self, connection: sqlite3.Connection, base: sqlite3.Connection, first: int) -> None:
        self.connection, self.base, self.first = connection, base, first
        self.known = dict(base.execute("SELECT geonames_id, id FROM places WHERE geonames_id IS NOT NULL"))
        divisions = base.execute("SELECT country, admin1_code, id FROM places WHERE kind = 'admin1' ORDER BY id DESC")
        self.divisions = {(country, code): i for country, code, i in divisions if code}

    def name(self, rows: Rows, entry: Entry) -> None:
        """Gives the place of an entry its name; nothing where no place has the id."""
        query = "SELECT * FROM places WHERE "
        place = self.connection.execute(query + "geonames_id = ? ORDER BY id LIMIT 1", (entry.names_of,)).fetchone()
        if place is None:
            held = self.known.get(entry.names_of or 0) or self.divisions.get((entry.country, entry.admin1_code))
            place = self.base.execute(query + "id = ?", (held,)).fetchone()
        if place is None:
            return
        _, number, name, kind, north, east, country, admin1, code, people, radius, capital = place
        rows.add(
            name=entry.name, kind=kind, latitude=north, longitude=east, country=country, aliases=(), geonames_id=number, admin1=admin1,
            admin1_code=code, population=people, radius_km=radius, capital=bool(capital),
        )  # fmt: skip
        rows.places[-1] = (*rows.places[-1][:2], name, *rows.places[-1][3:])
        for bare in rows.names[-1]:
            rows.names[-1][bare] = 0


def _drop_places(connection: sqlite3.Connection, first: int, last: int) -> int:
    connection.execute("DELETE FROM names WHERE place BETWEEN ? AND ?", (first, last))
    connection.execute("DELETE FROM keys WHERE place BETWEEN ? AND ?", (first, last))
    return connection.execute("DELETE FROM places WHERE id BETWEEN ? AND ?", (first, last)).rowcount


def _drop(connection: sqlite3.Connection, name: str, first: int, last: int) -> int:
    connection.execute("DELETE FROM sources WHERE name = ?", (name,))
    return _drop_places(connection, first, last)


def _reindex(connection: sqlite3.Connection) -> None:
    """The search index anew: it keeps no content, so nothing can be taken out of it."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("INSERT INTO search (rowid, names) SELECT place, group_concat(plain, ' ') FROM names GROUP BY place ORDER BY place")
