"""UCDP GED: 49 columns (codebook of version 25), deadly incidents of organised sides with low, best and high."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from whence.records import Party

from . import wording
from .cells import flat, read_table, write_table
from .codes import ARMED, bodies, country, is_civil
from .losses import Lost, dropped
from .rows import Row

NAME, TITLE, SUFFIX = "ucdp", "UCDP GED, 49 columns", ".csv"
COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id "
    "dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt "
    "priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob".split()
)
CARRIES = ("interval", "range", "owners", "direction", "papers")
REGIONS = ("Africa", "Americas", "Asia", "Europe", "Middle East")


def pair(row: Row) -> tuple[list[Party], list[Party]]:
    """Side a and side b, one each; where both only act (a clash) the second actor stands against the first."""
    actors, targets = bodies(row.actors), bodies(row.targets)
    armed = [p for p in targets if p.type in ARMED]
    return actors[:1], (armed or targets)[:1] or actors[1:2]


def violence(row: Row) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided; None where the sides are not known to be organised."""
    first, second = pair(row)
    if not first or not second or first[0].type not in ARMED:
        return None
    if is_civil(second[0]):
        return 3
    if second[0].type not in ARMED:
        return None
    return 1 if "state" in first[0].type or "state" in second[0].type else 2


def lost(row: Row) -> Iterator[Lost]:
    """What GED's columns do not say of a row."""
    killed = row.figure("killed")
    if killed is None or killed.high == 0:
        yield Lost(field="killed", what="nobody is told to have died, so it is no event of GED: the row is left out", row=True)
    if row.earliest is None or row.latest is None:
        yield Lost(field="when", what="one end of the days is open: the row is left out", row=True)
    if row.country is None:
        yield Lost(field="place", what="has no country: the row is left out", row=True)
    if violence(row) is None:
        yield Lost(field="actors", what="the sides are not two organised ones, or one and civilians: the row is left out", row=True)
    yield from dropped(row, CARRIES)
    if killed is not None and killed.high is None:
        yield Lost(field="killed", what='an open upper end ("at least 5") became the highest number told')
    if killed is not None and killed.best_low != killed.best_high:
        yield Lost(field="killed", what="the best figure is a range, of which the lower end stands in best")
    if any(c.of and c.measure == "killed" for c in row.counts) and not sum(deaths(row)[:3]):
        yield Lost(field="killed", what="figures by side do not add up to the best one: all are deaths_unknown")
    yield Lost(field="ids", what="conflicts, dyads and sides have no UCDP numbers: they are empty")


def bounds(row: Row) -> tuple[int, int, int]:
    """(low, best, high) of the dead, low ≤ best ≤ high."""
    killed = row.figure("killed")
    if killed is None:
        return 0, 0, 0
    told = [v for f in row.fields if f.name == "killed" for t in f.told for v in (t.low, t.high) if v is not None]
    high = killed.high if killed.high is not None else max([killed.best_low, *told])
    return min(killed.low, killed.best_low), killed.best_low, max(high, killed.best_low)


def deaths(row: Row) -> tuple[int, int, int, int]:
    """The dead of side a, side b, of civilians and of unknown: best is always their sum, as GED wants it."""
    best = bounds(row)[1]
    first, second = ({p.name for p in side} for side in pair(row))
    civil = {p.name for p in (*row.targets, *row.actors) if is_civil(p)}
    a = b = c = 0
    for tally in row.counts:
        if tally.measure != "killed" or tally.of is None or tally.low is None:
            continue
        if tally.of in civil:
            c += tally.low
        elif tally.of in first:
            a += tally.low
        elif tally.of in second:
            b += tally.low
    return (a, b, c, best - a - b - c) if 0 < a + b + c <= best else (0, 0, 0, best)


def where_prec(row: Row) -> int:
    """1 exact, 2 within 25 km, 3 second-order division, 4 first-order, 5 fuzzy or linear, 6 country, 7 water."""
    place = row.place
    kind = place.kind if place else None
    if kind == "town":
        km = (place.precision_km if place else None) or 0.0
        return 1 if km <= 5 else 2 if km <= 25 else 5
    return {"admin2": 3, "admin1": 4, "area": 5, "road": 5, "other": 5, "water": 7}.get(kind or "country", 6)


def date_prec(row: Row) -> int:
    """1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year and what is wider."""
    days = row.days or 366
    return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def priogrid(latitude: float, longitude: float) -> int:
    """The cell of PRIO-GRID (Tollefsen et al. 2012): half degrees, numbered by rows from the south-west."""
    row = min(359, math.floor((latitude + 90) / 0.5))
    column = min(719, math.floor((longitude + 180) / 0.5))
    return row * 720 + column + 1


def number(row: Row) -> int:
    """An id as GED has them, a number; it is the row's id and gives it back."""
    return int(row.id.removeprefix("I-"), 16)


def cells(row: Row) -> list[object]:
    """The cells of a row that `lost` does not leave out."""
    land, place = country(row.country), row.place
    kind = violence(row)
    (first,), (second,) = pair(row)
    names = [wording.party(first), "Civilians" if kind == 3 else wording.party(second)]
    low, best, high = bounds(row)
    a, b, civil, unknown = deaths(row)
    known = place is not None and place.latitude is not None and place.longitude is not None
    year = (row.earliest or "")[:4]
    papers = row.papers
    states = [country(p.country) if p.type in ("state", "state_forces") else None for p in (first, second)]

    def told(get: str) -> str | None:
        return "; ".join(flat(v) for p in papers if (v := getattr(p, get))) or None

    return [
        number(row),
        f"{row.country}-{year}-{kind}-{number(row)}",
        int(year),
        None,
        None,
        kind,
        *(None,) * 2,
        None,
        *(None,) * 2,
        " - ".join(names),
        *(None,) * 2,
        names[0],
        *(None,) * 2,
        names[1],
        len(papers),
        "; ".join(f'"{flat(p.publisher or "unknown outlet")},{p.published or ""},{flat(p.title or "")}"' for p in papers) or None,
        told("publisher"),
        told("published"),
        told("title"),
        "; ".join(flat(o.name) for o in row.origins) or None,
        where_prec(row),
        flat(place.name) if place and place.name else land.name if land else None,
        wording.where(row),
        flat(place.admin1) if place and place.admin1 else None,
        flat(place.name) if place and place.kind == "admin2" and place.name else None,
        place.latitude if place else None,
        place.longitude if place else None,
        f"POINT ({place.longitude:g} {place.latitude:g})" if known and place else None,
        priogrid(place.latitude, place.longitude) if place and place.latitude is not None and place.longitude is not None else None,
        land.name if land else None,
        land.gw if land else None,
        land.ucdp_region if land else None,
        1,
        date_prec(row),
        row.earliest,
        row.latest,
        a,
        b,
        civil,
        unknown,
        best,
        high,
        low,
        states[0].gw if states[0] else None,
        states[1].gw if states[1] else None,
    ]


def write(rows: Iterable[Row], path: Path) -> None:
    """One row after another."""
    write_table(path, COLUMNS, (cells(r) for r in rows))


def check(path: Path) -> list[str]:
    """Where a file breaks GED's rules: columns, codes, order of the estimates, sums of the dead, cells of PRIO-GRID."""
    problems: list[str] = []
    seen: set[str] = set()
    for line, row in read_table(path):
        if tuple(row) != COLUMNS:
            return [f"columns are {list(row)}, not GED's 49"]
        problems += [f"line {line}: {p}" for p in _faults(row)]
        if row["id"] in seen:
            problems.append(f"line {line}: id {row['id']} is there twice")
        seen.add(row["id"])
    return problems


CODES = {"type_of_violence": 3, "where_prec": 7, "date_prec": 5, "event_clarity": 2}


def _faults(row: dict[str, str]) -> Iterator[str]:
    for name, most in CODES.items():
        if row[name] not in map(str, range(1, most + 1)):
            yield f"{name} {row[name]!r} is not 1 to {most}"
    wholes = ("id", "year", "number_of_sources", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")
    short = [n for n in wholes if not re.fullmatch(r"\d+", row[n])]
    yield from (f"{n} {row[n]!r} is no number" for n in short)
    if short:
        return
    n = {name: int(row[name]) for name in wholes}
    if not n["low"] <= n["best"] <= n["high"]:
        yield f"low {n['low']}, best {n['best']}, high {n['high']} are not in order"
    if n["best"] != n["deaths_a"] + n["deaths_b"] + n["deaths_civilians"] + n["deaths_unknown"]:
        yield f"best {n['best']} is not the sum of the dead by side"
    if n["high"] < 1:
        yield "nobody died in any estimate"
    try:
        start, end = date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_end"])
    except ValueError:
        yield f"date_start {row['date_start']!r} or date_end {row['date_end']!r} is no date"
        return
    if start > end or str(start.year) != row["year"]:
        yield f"{start} to {end} of year {row['year']} do not fit together"
    if (start == end) != (row["date_prec"] == "1"):
        yield f"date_prec {row['date_prec']} does not fit {start} to {end}"
    if row["region"] not in REGIONS:
        yield f"region {row['region']!r} is none of UCDP's"
    for name in ("side_a", "side_b", "dyad_name", "country", "where_coordinates"):
        if not row[name]:
            yield f"{name} is empty"
    if row["latitude"]:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        if abs(latitude) > 90 or abs(longitude) > 180:
            yield f"{latitude}, {longitude} is no point"
        elif row["priogrid_gid"] != str(priogrid(latitude, longitude)):
            yield f"priogrid_gid {row['priogrid_gid']} is not the cell of {latitude}, {longitude}"
