"""POLECAT: 40 columns, tab-separated (Halterman et al. 2023), with PLOVER's types and modes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from whence._version import __version__
from whence.records import Party
from whence.records.vocabulary import MODES

from . import wording
from .acled import day_of
from .cells import flat, read_table, write_table
from .codes import country, sector
from .losses import Lost, dropped
from .rows import Row

NAME, TITLE, SUFFIX = "polecat", "POLECAT, 40 columns", ".tsv"
COLUMNS = tuple(
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,Primary Actor Sector,"
    "Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,"
    "Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,"
    "Longitude,GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,"
    "Version".split(",")
)
CARRIES = ("plover", "direction", "actor types")
QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "VERBAL COOPERATION"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "MATERIAL COOPERATION"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "VERBAL CONFLICT"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "MATERIAL CONFLICT"),
}
"""PLOVER's four quadrants."""
FEATURES = {"country": "PCLI", "admin1": "ADM1", "admin2": "ADM2", "town": "PPL", "area": "AREA", "road": "RD", "water": "H", "other": ""}
"""GeoNames' feature codes of the kinds of places; of an area, a road and water only the class is known."""


def lost(row: Row) -> Iterator[Lost]:
    """What POLECAT's columns do not say of a row."""
    if day_of(row) is None:
        yield Lost(field="when", what="has no day at all: the row is left out", row=True)
    yield from dropped(row, CARRIES)
    if row.figures:
        yield Lost(field="counts", what="there is no column for any figure")
    yield Lost(field="contexts", what="Intensity, Contexts, titles and Wikipedia ids are not known: they are empty")
    if row.place is not None and row.place.latitude is None:
        yield Lost(field="place", what="lies nowhere on the map: latitude and longitude are empty")


def _side(parties: Sequence[Party]) -> list[object]:
    names = wording.parties(parties) or None
    lands = [country(p.country) for p in parties]
    codes = list(dict.fromkeys(s for p in parties if (s := sector(p))))
    return [
        names,
        "; ".join(dict.fromkeys(c.alpha3 for c in lands if c)) or None,
        "; ".join(dict.fromkeys(str(c.cow) for c in lands if c and c.cow)) or None,
        codes[0] if codes else None,
        "; ".join(codes) or None,
        None,
        names,
        None,
    ]


def cells(row: Row) -> list[object]:
    """The cells of a row that `lost` does not leave out."""
    place, land = row.place, country(row.country)
    actors, targets = row.actors, row.targets
    people = [p for p in (*actors, *targets, *(q for s in row.statements for q in s.chain)) if p.named and p.name]
    first = next((p for p in row.papers if p.published), None)
    return [
        f"{(day_of(row) or '').replace('-', '')}-{row.id}",
        day_of(row),
        row.type,
        row.mode,
        None,
        QUAD[row.type],
        None,
        *_side(actors),
        *_side(targets),
        flat(place.name) if place and place.name else None,
        flat(place.name) if place and place.kind == "town" and place.name else None,
        flat(place.name) if place and place.kind == "admin2" and place.name else None,
        flat(place.admin1) if place and place.admin1 else None,
        land.alpha3 if land else None,
        place.latitude if place else None,
        place.longitude if place else None,
        place.geonames_id if place else None,
        flat(place.name) if place and place.name else None,
        FEATURES[place.kind] or None if place and place.kind else None,
        "; ".join(dict.fromkeys(flat(p.publisher) for p in row.papers if p.publisher)) or None,
        first.published if first else None,
        "; ".join(dict.fromkeys(wording.party(p) for p in people if p.type == "person")) or None,
        "; ".join(dict.fromkeys(wording.party(p) for p in people if p.type != "person")) or None,
        wording.where(row) if place else None,
        next((p.language for p in row.papers if p.language), None),
        f"whence {__version__}",
    ]


def write(rows: Iterable[Row], path: Path) -> None:
    """One row after another."""
    write_table(path, COLUMNS, (cells(r) for r in rows), tabs=True)


def check(path: Path) -> list[str]:
    """Where a file breaks POLECAT's rules: columns, PLOVER's types, modes and quadrants, codes of countries, ranges."""
    problems: list[str] = []
    for line, row in read_table(path, delimiter="\t"):
        if tuple(row) != COLUMNS:
            return [f"columns are {list(row)}, not POLECAT's 40"]
        problems += [f"line {line}: {p}" for p in _faults(row)]
    return problems


def _faults(row: dict[str, str]) -> Iterator[str]:
    kind = row["Event Type"]
    if kind not in MODES:
        yield f"Event Type {kind!r} is none of PLOVER's"
        return
    if row["Event Mode"] not in ("", *MODES[kind]):
        yield f"Event Mode {row['Event Mode']!r} is none of {kind}"
    if row["Quad Code"] != QUAD[kind]:
        yield f"Quad Code {row['Quad Code']!r} is not that of {kind}"
    for name in ("Event Date", "Publication Date"):
        try:
            if row[name] or name == "Event Date":
                date.fromisoformat(row[name])
        except ValueError:
            yield f"{name} {row[name]!r} is no date"
    for name in ("Actor Country", "Recipient Country", "Country"):
        if any(country(c) is None for c in row[name].split("; ") if c):
            yield f"{name} {row[name]!r} is no code of a country"
    for name, most in (("Latitude", 90), ("Longitude", 180)):
        if row[name] and not (re.fullmatch(r"-?\d+(\.\d+)?", row[name]) and abs(float(row[name])) <= most):
            yield f"{name} {row[name]!r} is not within {most} degrees"
    if row["GeoNames ID"] and not row["GeoNames ID"].isdigit():
        yield f"GeoNames ID {row['GeoNames ID']!r} is no number"
