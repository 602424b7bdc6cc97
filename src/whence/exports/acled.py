"""ACLED: 31 columns (codebook of 2023), an incident a row, one day, one place, one number of dead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from whence.records import Party
from whence.records.vocabulary import ACLED

from . import wording
from .cells import flat, read_table, write_table
from .codes import acled_name, bodies, country, inter, is_civil
from .losses import Lost, dropped
from .rows import Row

NAME, TITLE, SUFFIX = "acled", "ACLED, 31 columns", ".csv"
COLUMNS = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 "
    "inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude geo_precision source "
    "source_scale notes fatalities tags timestamp".split()
)
CARRIES = ("acled", "evidence", "chains", "denials", "values")
"""Evidence, chains and differing figures are told in `notes`, as ACLED's coders do."""
POLITICAL, DEMONSTRATIONS, STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
DISORDER = (POLITICAL, DEMONSTRATIONS, f"{POLITICAL}; {DEMONSTRATIONS}", STRATEGIC)
NOTES = 4_000
"""Characters of `notes` from which quotations are left out."""
TARGETING = "Civilian targeting"


def lost(row: Row) -> Iterator[Lost]:
    """What ACLED's columns do not say of a row."""
    if row.acled is None:
        yield Lost(field="type", what="has no ACLED type: the row is left out", row=True)
    if day_of(row) is None:
        yield Lost(field="when", what="has no day at all: the row is left out", row=True)
    if row.country is None:
        yield Lost(field="place", what="has no country: the row is left out", row=True)
    yield from dropped(row, CARRIES)
    if (row.days or 0) > 31 or row.earliest is None or row.latest is None:
        yield Lost(field="when", what="is wider than a month, which time_precision 3 does not say")
    killed = row.figure("killed")
    if killed is None:
        yield Lost(field="killed", what="nobody tells how many died, which ACLED writes as 0")
    if row.figure("killed_or_injured"):
        yield Lost(field="killed_or_injured", what="a figure for dead and injured together is only told in notes")
    if row.place is not None and row.place.latitude is None:
        yield Lost(field="place", what="lies nowhere on the map: latitude and longitude are empty")
    if len(bodies([*row.actors, *row.targets])) < len(row.actors) + len(row.targets):
        yield Lost(field="targets", what="things that were hit are no actors: they stand in notes")
    for acting, several in ((True, bodies(row.actors)), (False, bodies(row.targets))):
        if any(inter(p, row, acting=acting) is None for p in several):
            yield Lost(field="actors", what="the kind of an actor is not told: inter is empty or rests on others")
        if any(p.type == "armed_group" for p in several):
            yield Lost(field="actors", what="an armed group is coded as rebels (2); militias (3, 4) are not told apart")


def day_of(row: Row) -> str | None:
    """The day a row is entered under: its first, or its last where the first is open."""
    return row.earliest or row.latest


def time_precision(row: Row) -> int:
    """1 the day, 2 within a week, 3 within a month (and what is wider)."""
    days = row.days
    return 1 if days == 1 else 2 if days is not None and days <= 7 else 3


def geo_precision(row: Row) -> int:
    """1 the town, 2 near it or part of a region, 3 a region."""
    place = row.place
    if place is None or place.kind in (None, "country", "admin1"):
        return 3
    if place.kind == "town" and (place.precision_km is None or place.precision_km <= 10):
        return 1
    return 2 if (place.precision_km or 0) <= 50 else 3


def disorder(row: Row) -> str:
    """ACLED's disorder type of an event."""
    assert row.acled is not None
    sub, kind = row.acled.sub_event_type, row.acled.event_type
    if sub == "Excessive force against protesters":
        return DISORDER[2]
    if kind == "Protests" or sub == "Violent demonstration":
        return DEMONSTRATIONS
    return STRATEGIC if kind == STRATEGIC else POLITICAL


def sides(row: Row) -> tuple[list[Party], list[Party]]:
    """The two sides; where both only act (a clash), the second actor stands against the first."""
    actors, targets = bodies(row.actors), bodies(row.targets)
    if targets:
        return actors, targets
    mutual = row.acled is not None and (row.acled.event_type == "Battles" or row.acled.sub_event_type == "Agreement")
    return (actors[:1], actors[1:]) if mutual else (actors, [])


def _side(parties: list[Party], row: Row, *, acting: bool) -> tuple[str | None, str | None, int | None]:
    """(actor, associated actors, inter); ACLED wants a first actor for every event, which is then unidentified."""
    acting = acting or (row.acled is not None and row.acled.event_type == "Battles" and not row.targets)
    names = [n for p in parties if (n := acled_name(p, row, acting=acting))]
    codes = [c for p in parties if (c := inter(p, row, acting=acting))]
    rest = list(dict.fromkeys(flat(n) for n in names[1:] if n != names[0]))
    return (flat(names[0]) if names else None), "; ".join(rest) or None, codes[0] if codes else None


def cells(row: Row) -> list[object]:
    """The cells of a row that `lost` does not leave out."""
    assert row.acled is not None
    land, place, told = country(row.country), row.place, day_of(row) or ""
    first, second = sides(row)
    actor1, assoc1, inter1 = _side(first, row, acting=True)
    actor2, assoc2, inter2 = _side(second, row, acting=False)
    if actor1 is None:
        actor1 = f"Unidentified Armed Group ({land.name})" if land and disorder(row) == POLITICAL else "Unidentified"
    pair = sorted(c for c in (inter1, inter2) if c)
    interaction = pair[0] * 10 + pair[1] if len(pair) == 2 else pair[0] * 10 if pair and not second else None
    hit = bool(second) and all(map(is_civil, second)) and disorder(row) == POLITICAL
    civil = row.acled.event_type == "Violence against civilians" or disorder(row) == DISORDER[2] or hit
    killed = row.figure("killed")
    kept = max((p.kept for p in row.papers if p.kept), default=None)
    named = place.name if place and place.kind not in ("country", None) else None
    return [
        event_id(row),
        told,
        int(told[:4]),
        time_precision(row),
        disorder(row),
        row.acled.event_type,
        row.acled.sub_event_type,
        actor1,
        assoc1,
        inter1,
        actor2,
        assoc2,
        inter2,
        interaction,
        TARGETING if civil else None,
        land.numeric if land else None,
        land.acled_region if land else None,
        land.name if land else None,
        flat(place.admin1) if place and place.admin1 else None,
        named if place and place.kind == "admin2" else None,
        None,
        flat(named or (place.name if place and place.name else "")) or None,
        place.latitude if place else None,
        place.longitude if place else None,
        geo_precision(row),
        "; ".join(dict.fromkeys(flat(p.publisher) for p in row.papers if p.publisher)) or None,
        None,
        notes(row),
        killed.best_low if killed else 0,
        "whence=" + ("disputed" if row.disputed else "undisputed") + f"; origins={len(row.origins)}; credibility={row.credibility}",
        int(datetime.fromisoformat(kept).timestamp()) if kept else None,
    ]


def event_id(row: Row) -> str:
    """ACLED's form of an id, three letters and a number; the number is the row's id and gives it back."""
    return f"{row.country}{int(row.id.removeprefix('I-'), 16)}"


def notes(row: Row) -> str:
    """What was told, by whom, through whom: a sentence of the coded values, the words behind it, and where figures differ."""
    parts = [wording.summary(row)]
    for statement in row.statements:
        said = wording.words(statement)
        if said and sum(map(len, parts)) + len(said) < NOTES:
            parts.append(f"{wording.chain(statement)} ({statement.stance}): “{said}”.")
    differing = wording.differing(row)
    if differing:
        parts.append(f"Told differently: {'; '.join(differing)}.")
    return " ".join(dict.fromkeys(parts))


def write(rows: Iterable[Row], path: Path) -> None:
    """One row after another."""
    write_table(path, COLUMNS, (cells(r) for r in rows))


ID = re.compile(r"[A-Z]{3}\d+")
INTERACTIONS = frozenset([*(a * 10 for a in range(1, 9)), *(a * 10 + b for a in range(1, 9) for b in range(a, 9))])


def check(path: Path) -> list[str]:
    """Where a file breaks ACLED's rules: columns, types, vocabularies, ranges, and what must fit together."""
    problems: list[str] = []
    seen: set[str] = set()
    for line, row in read_table(path):
        if tuple(row) != COLUMNS:
            return [f"columns are {list(row)}, not ACLED's 31"]
        problems += [f"line {line}: {p}" for p in _faults(row)]
        if row["event_id_cnty"] in seen:
            problems.append(f"line {line}: event_id_cnty {row['event_id_cnty']} is there twice")
        seen.add(row["event_id_cnty"])
    return problems


def _faults(row: dict[str, str]) -> Iterator[str]:
    if not ID.fullmatch(row["event_id_cnty"]):
        yield f"event_id_cnty {row['event_id_cnty']!r} is not three letters and a number"
    try:
        if str(date.fromisoformat(row["event_date"]).year) != row["year"]:
            yield f"year {row['year']} is not that of {row['event_date']}"
    except ValueError:
        yield f"event_date {row['event_date']!r} is no date"
    for name in ("time_precision", "geo_precision"):
        if row[name] not in ("1", "2", "3"):
            yield f"{name} {row[name]!r} is not 1, 2 or 3"
    if row["event_type"] not in ACLED:
        yield f"event_type {row['event_type']!r} is none of ACLED's"
    elif row["sub_event_type"] not in ACLED[row["event_type"]]:
        yield f"sub_event_type {row['sub_event_type']!r} is none of {row['event_type']}"
    if row["disorder_type"] not in DISORDER:
        yield f"disorder_type {row['disorder_type']!r} is none of ACLED's"
    if not row["actor1"]:
        yield "actor1 is empty"
    for name in ("inter1", "inter2"):
        if row[name] not in ("", *map(str, range(1, 9))):
            yield f"{name} {row[name]!r} is not 1 to 8"
    if row["interaction"] and (not row["interaction"].isdigit() or int(row["interaction"]) not in INTERACTIONS):
        yield f"interaction {row['interaction']!r} is not two kinds of actors, the lower first"
    if row["civilian_targeting"] not in ("", TARGETING):
        yield f"civilian_targeting {row['civilian_targeting']!r} is not {TARGETING!r} or empty"
    if not re.fullmatch(r"\d{1,3}", row["iso"]):
        yield f"iso {row['iso']!r} is no numeric code of a country"
    for name in ("region", "country", "location", "notes"):
        if not row[name]:
            yield f"{name} is empty"
    for name, most in (("latitude", 90), ("longitude", 180)):
        if row[name] and not (re.fullmatch(r"-?\d+(\.\d+)?", row[name]) and abs(float(row[name])) <= most):
            yield f"{name} {row[name]!r} is not within {most} degrees"
    if not re.fullmatch(r"\d+", row["fatalities"]):
        yield f"fatalities {row['fatalities']!r} is no number"
    if row["timestamp"] and not row["timestamp"].isdigit():
        yield f"timestamp {row['timestamp']!r} is no Unix time"
