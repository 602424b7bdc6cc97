"""Looking places up."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from rapidfuzz import fuzz

from whence.errors import ResourceError

from .added import FIRST, connect
from .build import FORMAT, Progress, build, index_path
from .spelling import SAME, alike, bones, plain, shape

Kind = Literal["country", "admin1", "admin2", "town", "area", "road", "water", "other"]
Match = Literal["name", "alias", "spelling"]

_CACHE: Final = 50_000
_COLUMNS = (
    "p.id, p.geonames_id, p.name, p.kind, p.latitude, p.longitude, p.country, p.admin1, p.admin1_code, p.population, p.radius_km, p.capital"
)


# Put together from constants alone.
_COUNTRIES = f"SELECT c.alpha3, c.capital, c.neighbours, {_COLUMNS} FROM countries c JOIN places p ON p.id = c.place"  # noqa: S608
_NAMED = f"SELECT n.main, {_COLUMNS} FROM names n JOIN places p ON p.id = n.place WHERE n.plain = ? LIMIT 400"  # noqa: S608
_SPELT = f"SELECT k.form, {_COLUMNS} FROM keys k JOIN places p ON p.id = k.place WHERE k.key = ? LIMIT 2000"  # noqa: S608
_HOLDING = f"SELECT {_COLUMNS} FROM search s JOIN places p ON p.id = s.rowid WHERE search MATCH ? LIMIT 300"  # noqa: S608


class GazetteerPlace(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place of the index. Degrees WGS84; `radius_km` is that of a disc of its size; `country` ISO alpha-3."""

    id: int
    geonames_id: int | None
    name: str
    kind: Kind
    latitude: float
    longitude: float
    country: str | None
    admin1: str | None
    admin1_code: str | None
    population: int
    radius_km: float
    capital: bool


class Candidate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place that may be meant by a name, and how the name fits: 1 for its name or alias, less for a like spelling."""

    place: GazetteerPlace
    match: Match
    similarity: float


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A place found for a person who searches, with the reason why it is shown."""

    place: GazetteerPlace
    reason: str


def _place(row: Iterable[Any]) -> GazetteerPlace:
    i, gid, name, kind, lat, lon, country, admin1, code, population, radius, capital = row
    return GazetteerPlace(
        id=i,
        geonames_id=gid,
        name=name,
        kind=kind,
        latitude=lat,
        longitude=lon,
        country=country,
        admin1=admin1,
        admin1_code=code,
        population=population,
        radius_km=radius or 1.0,
        capital=bool(capital),
    )


class Gazetteer:
    """The place index, open for reading. Built once with `build`; look-ups are answered in some 20 µs and remembered.

    Use from one thread at a time; open one for each process.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        added = connect(path)
        self._connections = (connection,) if added is None else (connection, added)
        self.path = path
        self._lookups: dict[tuple[str, bool], tuple[Candidate, ...]] = {}
        self._demonyms: dict[str, str] = dict(connection.execute("SELECT plain, alpha3 FROM demonyms"))
        self._countries: dict[str, GazetteerPlace] = {}
        self._neighbours: dict[str, frozenset[str]] = {}
        self.capitals: dict[str, str] = {}
        for alpha3, capital, near, *row in connection.execute(_COUNTRIES):
            self._countries[alpha3] = _place(row)
            self._neighbours[alpha3] = frozenset(n for n in near.split(";") if n)
            self.capitals[alpha3] = capital

    @classmethod
    def open(cls, path: Path | str | None = None, *, progress: Progress | None = None, create: bool = False) -> Gazetteer:
        """The index at `path` (by default the user's). With `create` it is built where it is missing or out of date.

        ResourceError where it is missing or broken, with the way out.
        """
        where = index_path(path)
        if create and not cls.usable(where):
            build(where, progress=progress)
        if not where.is_file():
            raise ResourceError(f"there is no place index at {where}. Build it with: whence gazetteer build")
        try:
            connection = sqlite3.connect(f"{where.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            connection.execute("PRAGMA mmap_size = 268435456")
            (found,) = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() or (None,)
            if found != str(FORMAT):
                raise ResourceError(
                    f"the place index {where} has format {found}, this version reads {FORMAT}. Build it anew: whence gazetteer build"
                )
            return cls(connection, where)
        except sqlite3.Error as error:
            raise ResourceError(f"the place index {where} is broken ({error}). Build it anew: whence gazetteer build") from error

    @staticmethod
    def usable(path: Path | str | None = None) -> bool:
        """Is there an index of this format?"""
        where = index_path(path)
        if not where.is_file():
            return False
        try:
            connection = sqlite3.connect(f"{where.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            try:
                row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            finally:
                connection.close()
        except sqlite3.Error:
            return False
        return row is not None and row[0] == str(FORMAT)

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    def _rows(self, query: str, word: str) -> list[tuple[Any, ...]]:
        """From the index and from what was added to it."""
        return [row for connection in self._connections for row in connection.execute(query, (word,))]

    def country(self, alpha3: str) -> GazetteerPlace | None:
        """The country of an ISO alpha-3 code."""
        return self._countries.get(alpha3)

    def neighbours(self, alpha3: str) -> frozenset[str]:
        """The countries that border on one."""
        return self._neighbours.get(alpha3, frozenset())

    def demonym(self, word: str) -> str | None:
        """The country whose people or things a word names ("Syrian", "Syrians"): alpha-3 or None."""
        return self._demonyms.get(plain(word))

    def lookup(self, name: str, *, spelling: bool = True) -> tuple[Candidate, ...]:
        """Places of a name: those that bear it (name or alias), else, with `spelling`, those spelt alike.

        Countries first, then by size; at most 60.
        """
        bare = plain(name)
        key = (bare, spelling)
        found = self._lookups.get(key)
        if found is None:
            found = self._exact(bare)
            if not found and spelling and len(bare) > 3:
                found = self._alike(bare)
            if len(self._lookups) >= _CACHE:
                self._lookups.clear()
            self._lookups[key] = found
        return found

    def _exact(self, bare: str) -> tuple[Candidate, ...]:
        if not bare:
            return ()
        found = [Candidate(place=_place(row), match="name" if main else "alias", similarity=1.0) for main, *row in self._rows(_NAMED, bare)]
        return tuple(_once(sorted(found, key=_size, reverse=True))[:60])

    def _alike(self, bare: str) -> tuple[Candidate, ...]:
        own = shape(bare)
        key = bones(own)
        if len(key) < 2:
            return ()
        best: dict[int, Candidate] = {}
        for form, *row in self._rows(_SPELT, key):
            fit = alike(form, own)
            if fit >= SAME and (row[0] not in best or best[row[0]].similarity < fit):
                best[row[0]] = Candidate(place=_place(row), match="spelling", similarity=round(0.99 * fit, 3))
        return tuple(_once(sorted(best.values(), key=lambda c: (c.similarity, *_size(c)), reverse=True))[:60])

    def find(self, name: str, limit: int = 10) -> list[Found]:
        """What a person may mean by a name, best first, each with a reason: borne, spelt alike, or holding its
        words.
        """
        found: dict[int, Found] = {}
        for candidate in (*self.lookup(name, spelling=False), *self._alike(plain(name))):
            reason = {
                "name": "bears the name",
                "alias": f"{name} is another name of it",
                "spelling": f"spelt alike ({candidate.similarity:.2f})",
            }[candidate.match]
            found.setdefault(candidate.place.id, Found(place=candidate.place, reason=reason + _by_whom(candidate.place)))
        words = re.findall(r"[^\W_]+", name)
        if words and len(found) < limit:
            query = " AND ".join(f'"{w}"*' for w in words)
            close = sorted(
                (_place(r) for r in self._rows(_HOLDING, query)),
                key=lambda p: (fuzz.ratio(plain(p.name), plain(name)), p.population),
                reverse=True,
            )
            for place in close:
                found.setdefault(place.id, Found(place=place, reason="one of its names holds the words" + _by_whom(place)))
        return list(found.values())[:limit]


_ORDER = {"country": 5, "admin1": 3, "area": 3, "water": 2, "admin2": 1, "town": 1, "other": 1, "road": 0}


def _by_whom(place: GazetteerPlace) -> str:
    return ", added by you" if place.id >= FIRST else ""


def _once(candidates: list[Candidate]) -> list[Candidate]:
    """Without the doubles that a GeoNames dump beside the index makes; the index's own row stands, a name before an alias."""
    best: dict[int, Candidate] = {}
    for c in candidates:
        key = c.place.geonames_id or -c.place.id
        known = best.get(key)
        if known is None or (c.match == "name", -c.place.id) > (known.match == "name", -known.place.id):
            best[key] = c
    return [c for c in candidates if best[c.place.geonames_id or -c.place.id] is c]


def _size(candidate: Candidate) -> tuple[int, int, float]:
    """Countries before divisions and areas before towns; within a kind the larger first."""
    place = candidate.place
    return (_ORDER[place.kind], place.population, place.radius_km)
