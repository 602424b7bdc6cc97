"""Places, names and keys on their way into an index, and the tables they go to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from .spelling import bones, plain, shape_of_plain

PLACES = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, geonames_id INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, latitude REAL, longitude REAL,
    country TEXT, admin1 TEXT, admin1_code TEXT, population INTEGER NOT NULL, radius_km REAL, capital INTEGER NOT NULL
);
"""
NAMES = """
CREATE TABLE names (plain TEXT, place INTEGER, main INTEGER, PRIMARY KEY (plain, place)) WITHOUT ROWID;
CREATE TABLE keys (key TEXT, place INTEGER, form TEXT, PRIMARY KEY (key, place, form)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (names, content='', detail=none, tokenize="unicode61 remove_diacritics 2");
INSERT INTO search (search, rank) VALUES ('hashsize', 67108864);
"""
"""`detail=none`: the search asks for words that stand anywhere in the names; a large hash saves merging segments."""


class Rows:
    """Collects places with their names and spellings. `first` is the id of the first place."""

    def __init__(self, first: int = 1) -> None:
        self.first = first
        self.places: list[tuple[Any, ...]] = []
        self.names: list[dict[str, int]] = []
        """For each place its plain names: 1 for a main name, 0 for another."""

    def add(
        self,
        *,
        name: str,
        kind: str,
        latitude: float,
        longitude: float,
        country: str | None,
        aliases: Iterable[str],
        geonames_id: int | None = None,
        admin1: str | None = None,
        admin1_code: str | None = None,
        population: int = 0,
        radius_km: float | None = None,
        capital: bool = False,
    ) -> int:
        """Adds a place and gives its id."""
        place = self.first + len(self.places)
        where = (round(latitude, 5), round(longitude, 5), country, admin1, admin1_code)
        self.places.append((place, geonames_id, name, kind, *where, population, radius_km, int(capital)))
        self.names.append({})
        self.name(place, name, main=True)
        town = kind == "town"
        for alias in aliases:
            if not (town and len(alias) <= 3 and alias.isupper() and alias.isalpha()):
                self.name(place, alias, main=False)  # three capitals are an airport's code, not a name
        return place

    def name(self, place: int, name: str, *, main: bool) -> None:
        """Gives a place a further name."""
        bare = plain(name)
        if not bare or bare.isdigit():
            return
        known = self.names[place - self.first]
        if main or bare not in known:
            known[bare] = int(main)

    def bears(self, place: int, bare: str) -> bool:
        """Does a place bear a name, given as `plain` has it?"""
        return bare in self.names[place - self.first]

    def each_name(self) -> Iterator[tuple[str, int, int]]:
        for place, names in enumerate(self.names, self.first):
            for bare, main in names.items():
                yield bare, place, main

    def each_key(self) -> Iterator[tuple[str, int, str]]:
        for place, names in enumerate(self.names, self.first):
            seen = set()
            for bare in names:
                if len(bare) > 3 and bare.isascii():
                    form = shape_of_plain(bare)
                    if form not in seen:
                        seen.add(form)
                        key = bones(form)
                        if len(key) > 1:
                            yield key, place, form

    def each_text(self) -> Iterator[tuple[int, str]]:
        for place, names in enumerate(self.names, self.first):
            yield place, " ".join(names)

    def write_places(self, connection: sqlite3.Connection) -> None:
        connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self.places)

    def write_names(self, connection: sqlite3.Connection) -> None:
        """Sorted by SQLite, which is faster at it."""
        connection.execute("CREATE TEMP TABLE raw_names (plain TEXT, place INTEGER, main INTEGER)")
        connection.executemany("INSERT INTO raw_names VALUES (?, ?, ?)", self.each_name())
        connection.execute("INSERT OR REPLACE INTO names SELECT plain, place, main FROM raw_names ORDER BY plain, place")
        connection.execute("DROP TABLE raw_names")

    def write_keys(self, connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TEMP TABLE raw_keys (key TEXT, place INTEGER, form TEXT)")
        connection.executemany("INSERT INTO raw_keys VALUES (?, ?, ?)", self.each_key())
        connection.execute("INSERT OR IGNORE INTO keys SELECT key, place, form FROM raw_keys ORDER BY key, place, form")
        connection.execute("DROP TABLE raw_keys")

    def write_search(self, connection: sqlite3.Connection) -> None:
        connection.executemany("INSERT INTO search (rowid, names) VALUES (?, ?)", self.each_text())
