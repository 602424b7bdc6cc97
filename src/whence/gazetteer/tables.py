"""The bundled tables of places: countries, divisions, areas, towns. Tab-separated; `#` opens a comment line."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from whence.errors import ResourceError

COUNTRIES = (
    "alpha3",
    "alpha2",
    "name",
    "aliases",
    "demonyms",
    "capital",
    "latitude",
    "longitude",
    "radius_km",
    "geonames_id",
)
DIVISIONS = (
    "alpha3",
    "code",
    "kind",
    "name",
    "aliases",
    "latitude",
    "longitude",
    "radius_km",
    "geonames_id",
)
AREAS = ("country", "kind", "name", "aliases", "latitude", "longitude", "radius_km")
TOWNS = ("alpha3", "name", "aliases", "latitude", "longitude")


def table(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of `data/places/<name>.tsv` by column. ResourceError where the file is not what it should be."""
    path = files("whence") / "data" / "places" / f"{name}.tsv"
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except OSError as error:
        raise ResourceError(f"the table of places {path} cannot be read: {error}. Install Whence again.") from error
    header = False
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = tuple(line.split("\t"))
        if not header:
            header = True
            if cells != columns:
                raise ResourceError(f"{path}, line {number}: columns {', '.join(cells)}; expected {', '.join(columns)}.")
            continue
        if len(cells) != len(columns):
            raise ResourceError(f"{path}, line {number}: {len(cells)} cells, expected {len(columns)}: {line!r}")
        yield dict(zip(columns, cells, strict=True))


def several(cell: str) -> list[str]:
    """The values of a cell that holds several."""
    return [v.strip() for v in cell.split(";") if v.strip()]
