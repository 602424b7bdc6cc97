"""Files of places that a user adds: GeoNames dumps (plain or zipped), CSV and GeoJSON of one's own.

Nothing is ever unpacked to disk. Whatever is wrong is an IntakeError that names the file and the line.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, Literal, NamedTuple

from whence.errors import IntakeError

Shape = Literal["geonames places", "geonames names", "geonames divisions", "csv", "geojson"]

KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("town", "city", "village", "hamlet", "suburb", "neighbourhood", "neighborhood", "settlement"), "town"),
    **dict.fromkeys(("area", "region", "front", "valley", "desert", "mountains", "island", "historical region"), "area"),
    **dict.fromkeys(("admin1", "governorate", "province", "oblast", "state"), "admin1"),
    **dict.fromkeys(("admin2", "district", "county", "raion"), "admin2"),
    **dict.fromkeys(("water", "river", "lake", "sea"), "water"),
    **dict.fromkeys(("road", "highway"), "road"),
    **dict.fromkeys(("other", "camp", "checkpoint", "crossing", "base", "airport", "prison", "hospital"), "other"),
    "country": "country",
}
"""What a user may call a kind of place, and the kind it is."""
COLUMNS: Final = frozenset(("name", "latitude", "longitude", "aliases", "country", "admin1", "kind", "population", "radius_km"))
_LONGEST_LINE = 4_000_000
_LARGEST_OWN = 200_000_000
_PACKED = 200
"""How many times larger than packed the content of a zip may be; GeoNames packs about four times."""
_SPOTS = frozenset(("AIRB", "AIRF", "AIRP", "CMP", "CMPRF", "MILB", "INSM", "OILR", "PRT", "STNB", "CMPL", "CMPO", "CSTM", "PRN", "DAM"))
_CODES = frozenset(("link", "post", "iata", "icao", "faac", "wkdt", "unlc", "tcid", "phon", "piny"))
"""Alternate names that are no names."""


def malformed(message: str, code: str = "malformed") -> IntakeError:
    """The error of a file that cannot be added."""
    return IntakeError(message, code=code)


class Entry(NamedTuple):
    """A place as a file tells it. `names_of`: the entry only gives further names to this GeoNames id."""

    line: int
    name: str
    kind: str
    latitude: float
    longitude: float
    country: str | None
    aliases: Sequence[str] = ()
    geonames_id: int | None = None
    admin1: str | None = None
    admin1_code: str | None = None
    population: int = 0
    radius_km: float | None = None
    names_of: int | None = None


class SourceFile:
    """One file to add: its shape, told from its content, and its entries."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise malformed(f"{path}: no such file. Name a GeoNames dump, a CSV or a GeoJSON file.", "not_found")
        self.member = _member(path) if zipfile.is_zipfile(path) else None
        self.read = 0
        with self._open() as stream:
            self.shape = _shape(stream, path, self.member or path.name)
        if self.shape in ("csv", "geojson") and self.size > _LARGEST_OWN:
            raise malformed(f"{path}: {self.size:,} bytes are too many for a CSV or GeoJSON of places. Split it.")

    @property
    def size(self) -> int:
        if self.member is None:
            return self.path.stat().st_size
        with zipfile.ZipFile(self.path) as packed:
            return packed.getinfo(self.member).file_size

    def identity(self) -> str:
        """Changes when the file does."""
        found = self.path.stat()
        return f"{found.st_size}-{found.st_mtime_ns}-{self.member or ''}"

    def entries(self, *, after: int = 0, country: Callable[[str], str | None]) -> Iterator[Entry]:
        """The entries after a line. `country` gives the alpha-3 code of a code or name, None for an unknown one."""
        make = {
            "geonames places": _geonames_places,
            "geonames names": _geonames_names,
            "geonames divisions": _geonames_divisions,
            "csv": _csv,
            "geojson": _geojson,
        }[self.shape]
        with self._open() as stream:
            try:
                yield from make(self, stream, after, country)
            except (zipfile.BadZipFile, EOFError, OSError) as error:
                raise malformed(f"{self.path}: cannot be read to its end: {error}. Fetch it again.") from error

    def wrong(self, line: int, what: str) -> IntakeError:
        return malformed(f"{self.path}, line {line}: {what}")

    def lines(self, stream: IO[bytes], after: int = 0) -> Iterator[tuple[int, str]]:
        """Lines with their numbers, decoded; counts the bytes read."""
        number = self.read = 0
        while raw := stream.readline(_LONGEST_LINE + 1):
            number += 1
            self.read += len(raw)
            if len(raw) > _LONGEST_LINE:
                raise self.wrong(number, f"longer than {_LONGEST_LINE:,} bytes; this is no table of places.")
            if number <= after:
                continue
            try:
                yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise self.wrong(number, f"not UTF-8 ({error.reason} at byte {error.start}). Save it as UTF-8.") from error

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        try:
            if self.member is None:
                with self.path.open("rb") as plain_file:
                    yield plain_file
            else:
                with zipfile.ZipFile(self.path) as packed, packed.open(self.member) as stream:
                    yield stream
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise malformed(f"{self.path}: the archive cannot be opened: {error}.") from error
        except PermissionError as error:
            raise malformed(f"{self.path}: may not be read: {error}.") from error


def _member(path: Path) -> str:
    """The one file of places in an archive. Names that lead out of it, and bombs, are refused."""
    try:
        with zipfile.ZipFile(path) as packed:
            found = [i for i in packed.infolist() if not i.is_dir()]
    except zipfile.BadZipFile as error:
        raise malformed(f"{path}: the archive is damaged: {error}. Fetch it again.") from error
    for info in found:
        inner = PurePosixPath(info.filename.replace("\\", "/"))
        if inner.is_absolute() or ".." in inner.parts or re.match(r"[A-Za-z]:", info.filename):
            raise malformed(f"{path}: the archive holds {info.filename!r}, a path that leads out of it. It is not opened.")
        if info.flag_bits & 1:
            raise malformed(f"{path}: {info.filename!r} in it is encrypted. Unpack it first.")
        if info.file_size > _PACKED * max(info.compress_size, 1) and info.file_size > 10_000_000:
            raise malformed(f"{path}: {info.filename!r} unpacks to {info.file_size:,} bytes; no table of places packs so well.")
    named = [i for i in found if PurePosixPath(i.filename).suffix.lower() in (".txt", ".csv", ".tsv", ".json", ".geojson")]
    named = [i for i in named if not re.search(r"readme|iso-?language", i.filename, re.I)]
    if len(named) != 1:
        said = ", ".join(i.filename for i in named) or "none"
        raise malformed(f"{path}: one file of places is wanted in the archive; found {said}. Unpack it and add the files.")
    return named[0].filename


def _shape(stream: IO[bytes], path: Path, name: str) -> Shape:
    """By the first line that says something."""
    for _ in range(100):
        raw = stream.readline(65536)
        if not raw:
            raise malformed(f"{path}: empty.", "empty")
        head = raw.decode("utf-8-sig", "replace").strip("\r\n")
        if head.strip() and not head.startswith("#"):
            break
    if head.lstrip().startswith(("{", "[")):
        return "geojson"
    cells = head.split("\t")
    if len(cells) == 19 and cells[0].isdigit():
        return "geonames places"
    if len(cells) in (8, 10) and cells[0].isdigit() and cells[1].isdigit():
        return "geonames names"
    if len(cells) == 4 and re.fullmatch(r"[A-Z]{2}\.[^.\t]+(\.[^\t]+)?", cells[0]) and cells[3].isdigit():
        return "geonames divisions"
    if {"name", "latitude", "longitude"} <= {c.strip().strip('"').lower() for c in re.split(r"[,;\t]", head)}:
        return "csv"
    raise malformed(
        f"{path}, line 1: not a table of places that Whence knows ({head[:60]!r}). Wanted: a GeoNames dump (19 columns), "
        "alternateNamesV2, admin1CodesASCII or admin2Codes; a CSV with the columns name, latitude, longitude; or GeoJSON."
    )


def _degrees(file: SourceFile, line: int, latitude: Any, longitude: Any) -> tuple[float, float]:
    try:
        north, east = float(latitude), float(longitude)
    except (TypeError, ValueError):
        raise file.wrong(line, f"latitude {latitude!r} and longitude {longitude!r} are no numbers of degrees.") from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise file.wrong(line, f"{north:g}, {east:g} lies on no globe: latitude is -90 to 90, longitude -180 to 180.")
    return north, east


def _whole(file: SourceFile, line: int, cell: str, what: str) -> int:
    try:
        return int(cell or 0)
    except ValueError:
        raise file.wrong(line, f"{what} {cell!r} is no whole number.") from None


def _geonames_kind(feature: str, code: str) -> str | None:
    """Of a GeoNames feature class and code; None for what is no place of reports, and for countries, which are known."""
    if feature == "A":
        return {"ADM1": "admin1", "ADM2": "admin2", "ADM1H": "area"}.get(code, None if code.startswith("PCL") else "other")
    if feature == "P":
        return None if code in ("PPLH", "PPLQ", "PPLW") else "town"
    if feature == "S":
        return "other" if code in _SPOTS else None
    return {"H": "water", "L": "area", "T": "area", "V": None, "U": "water", "R": None}.get(feature)


def _geonames_places(file: SourceFile, stream: IO[bytes], after: int, country: Callable[[str], str | None]) -> Iterator[Entry]:
    for line, text in file.lines(stream, after):
        if not text:
            continue
        cells = text.split("\t")
        if len(cells) != 19:
            raise file.wrong(line, f"{len(cells)} columns; a GeoNames dump has 19.")
        kind = _geonames_kind(cells[6], cells[7])
        if kind is None or not cells[1]:
            continue
        north, east = _degrees(file, line, cells[4], cells[5])
        aliases = [a for a in (cells[2], *cells[3].split(",")) if a and a != cells[1]]
        number = _whole(file, line, cells[0], "geonameid")
        people = _whole(file, line, cells[14], "population")
        yield Entry(
            line, cells[1], kind, north, east, country(cells[8]), aliases, number, None, cells[10] or None, people, radius(kind, people)
        )


def _geonames_names(file: SourceFile, stream: IO[bytes], after: int, country: Callable[[str], str | None]) -> Iterator[Entry]:
    for line, text in file.lines(stream, after):
        if not text:
            continue
        cells = text.split("\t")
        if len(cells) not in (8, 10):
            raise file.wrong(line, f"{len(cells)} columns; a table of alternate names has 8 or 10.")
        if cells[2] in _CODES or not cells[3]:
            continue
        yield Entry(line, cells[3], "other", 0.0, 0.0, None, names_of=_whole(file, line, cells[1], "geonameid"))


def _geonames_divisions(file: SourceFile, stream: IO[bytes], after: int, country: Callable[[str], str | None]) -> Iterator[Entry]:
    for line, text in file.lines(stream, after):
        if not text:
            continue
        cells = text.split("\t")
        if len(cells) != 4 or cells[0].count(".") < 1:
            raise file.wrong(line, f"{text[:60]!r} is no division: a code such as SY.09, a name, a plain name and a geonameid are wanted.")
        number = _whole(file, line, cells[3], "geonameid")
        for name in dict.fromkeys(n for n in cells[1:3] if n):
            where = cells[0].split(".")
            code = where[1] if len(where) == 2 else None
            yield Entry(line, name, "other", 0.0, 0.0, country(where[0]), admin1_code=code, names_of=number)


def radius(kind: str, population: int) -> float:
    """Of a place whose extent no one tells, in km: of a built-up area 3,000 people to the square km."""
    if kind == "town":
        return round(max(1.0, math.sqrt(population / 3000 / math.pi)), 1)
    return {"admin1": 60.0, "admin2": 25.0, "area": 15.0, "water": 10.0, "road": 20.0, "country": 200.0}.get(kind, 2.0)


def _described(file: SourceFile, line: int, said: Mapping[str, str], north: float, east: float, country: Callable[[str], str | None],
               extent: float | None = None, default: str = "town") -> Entry:  # fmt: skip
    """An entry of the user's own words."""
    name = said.get("name", "").strip()
    if not name:
        raise file.wrong(line, "no name.")
    word = said.get("kind", "").strip().lower() or default
    if word not in KINDS:
        raise file.wrong(line, f"kind {word!r} is unknown. Known: {', '.join(sorted(KINDS))}.")
    where = said.get("country", "").strip()
    code = country(where) if where else None
    if where and code is None:
        raise file.wrong(line, f"country {where!r} is unknown; give its ISO code or its English name.")
    people = _whole(file, line, said.get("population", "").strip().replace(",", ""), "population")
    cell = said.get("radius_km", "").strip()
    try:
        size = float(cell) if cell else extent if extent is not None else radius(KINDS[word], people)
    except ValueError:
        size = -1.0
    if not 0 <= size <= 10_000 or people < 0:
        raise file.wrong(line, f"radius_km {cell!r} or population {people} is no size.")
    aliases = [a.strip() for a in re.split(r"[;|]", said.get("aliases", "")) if a.strip()]
    admin1 = said.get("admin1", "").strip() or None
    return Entry(line, name, KINDS[word], north, east, code, aliases, None, admin1, None, people, max(size, 0.1))


def _csv(file: SourceFile, stream: IO[bytes], after: int, country: Callable[[str], str | None]) -> Iterator[Entry]:
    """Read whole first, as cells may hold line ends; `after` never cuts, as such files are added in one go."""
    text = "\n".join(t for _, t in file.lines(stream))
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    table = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    names: list[str] = []
    try:
        for row in table:
            line = table.line_num
            if not any(c.strip() for c in row):
                continue
            if not names:
                names = [c.strip().lower() for c in row]
                unknown = [n for n in names if n not in COLUMNS]
                if unknown or len(set(names)) < len(names):
                    said = ", ".join(unknown) or "one twice"
                    raise file.wrong(line, f"columns {said}; known, each once: {', '.join(sorted(COLUMNS))}.")
                continue
            if len(row) != len(names):
                raise file.wrong(line, f"{len(row)} cells, the header has {len(names)}. Quote cells that hold {mark!r}.")
            said_here = dict(zip(names, row, strict=True))
            north, east = _degrees(file, line, said_here["latitude"], said_here["longitude"])
            yield _described(file, line, said_here, north, east, country)
    except csv.Error as error:
        raise file.wrong(table.line_num, f"not a CSV: {error}.") from error


def _geojson(file: SourceFile, stream: IO[bytes], after: int, country: Callable[[str], str | None]) -> Iterator[Entry]:
    """The line of a feature is its number; GeoJSON has no lines worth the name."""
    text = "\n".join(t for _, t in file.lines(stream))
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise file.wrong(error.lineno, f"not JSON: {error.msg}.") from error
    except RecursionError:
        raise file.wrong(1, "nested too deep for GeoJSON.") from None
    features = content.get("features") if isinstance(content, dict) else None
    if features is None and isinstance(content, dict) and content.get("type") == "Feature":
        features = [content]
    if not isinstance(features, list):
        raise file.wrong(1, "no GeoJSON with features.")
    for number, feature in enumerate(features, 1):
        try:
            properties, geometry = feature.get("properties") or {}, feature["geometry"]
            points = list(_points(geometry["coordinates"]))
            kind = str(geometry["type"])
        except (AttributeError, KeyError, TypeError, RecursionError):
            raise malformed(f"{file.path}, feature {number}: not a feature with a geometry and coordinates.") from None
        if not points or kind not in _GEOMETRIES:
            raise malformed(f"{file.path}, feature {number}: a {kind} without a place; wanted: {', '.join(_GEOMETRIES)}.")
        said = {
            str(k).lower(): ";".join(map(str, v)) if isinstance(v, list) else "" if v is None else str(v) for k, v in properties.items()
        }
        try:
            for east, north in points:
                _degrees(file, number, north, east)
            north, east, extent = _extent(points, kind)
            if kind == "Point":
                yield _described(file, number, said, north, east, country)
            else:
                yield _described(file, number, said, north, east, country, extent, _GEOMETRIES[kind])
        except IntakeError as error:
            raise malformed(str(error).replace(f"{file.path}, line {number}:", f"{file.path}, feature {number}:")) from None


_GEOMETRIES = {"Point": "town", "MultiPoint": "area", "LineString": "road", "MultiLineString": "road", "Polygon": "area",
               "MultiPolygon": "area"}  # fmt: skip


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Every point of a geometry: longitude, latitude."""
    if coordinates and isinstance(coordinates[0], int | float) and not isinstance(coordinates[0], bool):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)


def _extent(points: Sequence[tuple[float, float]], kind: str) -> tuple[float, float, float]:
    """Latitude, longitude and radius: of a ring its centre of gravity, of all else the middle of its box."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    x, y = (west + east) / 2, (south + north) / 2
    if kind == "Polygon":
        pairs = list(zip(points, [*points[1:], points[0]], strict=True))
        double = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)
        if abs(double) > 1e-12:
            cx = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * double)
            cy = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * double)
            x, y = (cx, cy) if west <= cx <= east and south <= cy <= north else (x, y)
    far = max(math.hypot((p[0] - x) * math.cos(math.radians(y)), p[1] - y) for p in points)
    return y, x, round(111.2 * far, 1)
