"""Values of rows in words, the same in every format that has words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from whence.records import Party

from .cells import flat
from .codes import country_name
from .rows import Row, Statement

MEASURES = {
    "killed": "killed",
    "injured": "injured",
    "killed_or_injured": "killed or injured",
    "captured": "captured",
    "displaced": "displaced",
    "destroyed": "destroyed",
    "damaged": "damaged",
    "participants": "taking part",
    "incidents": "incidents",
}
CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""The grades of information (STANAG 2511)."""


def numbers(low: int | None, high: int | None) -> str:
    """ "3", "3–5", "3 or more", "up to 5"."""
    if low is None:
        return "some" if high is None else f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def day(iso: str) -> str:
    """ "7 June 2025"."""
    when = date.fromisoformat(iso)
    return f"{when.day} {when:%B %Y}"


def days(row: Row) -> str:
    """When it was, in words."""
    if row.earliest and row.earliest == row.latest:
        return day(row.earliest)
    if row.earliest and row.latest:
        return f"between {day(row.earliest)} and {day(row.latest)}"
    return f"on or after {day(row.earliest)}" if row.earliest else f"by {day(row.latest)}" if row.latest else "day unknown"


def what(row: Row) -> str:
    """What kind of incident it is."""
    return row.acled.sub_event_type if row.acled else f"{row.type.capitalize()}{f' ({row.mode})' if row.mode else ''}"


def where(row: Row) -> str:
    """Where it was, from the narrow to the wide."""
    place = row.place
    told = (place.name, place.admin1, country_name(place.country) or place.country) if place else ()
    return ", ".join(dict.fromkeys(x for x in told if x)) or "place unknown"


def party(one: Party) -> str:
    """A name, or what is known in its stead."""
    return flat(one.name) if one.name else one.type.replace("_", " ")


def parties(several: Iterable[Party]) -> str:
    """Names in a row, each once; empty where there are none."""
    return "; ".join(dict.fromkeys(party(p) for p in several))


def chain(statement: Statement) -> str:
    """From the origin to the publisher."""
    return " > ".join(party(p) for p in statement.chain) or "nobody named"


def words(statement: Statement) -> str:
    """The words of a claim."""
    return " … ".join(flat(q.text) for q in statement.quotes)


def figures(row: Row) -> list[str]:
    """Every measure with its range, one figure in words each: "killed 3–5"."""
    return [f"{MEASURES[f.measure]} {numbers(f.low, f.high)}" for f in row.figures]


def differing(row: Row) -> list[str]:
    """Fields of which several values are told, with who tells them: "killed: 3 (Levant Wire), 5–7 (Radio Tuti)"."""
    found = []
    for field in row.fields:
        if len(field.told) < 2:
            continue
        told = []
        for value in field.told:
            who = list(dict.fromkeys(flat(row.outlet(r) or "an outlet without name") for r in value.reports))
            told.append(f"{flat(value.value)} ({', '.join(who)})")
        found.append(f"{MEASURES.get(field.name, field.name)}: {', '.join(told)}")
    return found


def title(row: Row) -> str:
    """A line that names an incident."""
    return f"{what(row)}, {where(row)}, {days(row)}"


def summary(row: Row) -> str:
    """What happened in one neutral sentence, made from the coded values alone."""
    first, second = parties(row.actors), parties(row.targets)
    who = f" ({first} on {second})" if first and second else f" (by {first})" if first else f" (against {second})" if second else ""
    losses = f"; {', '.join(figures(row))}" if row.figures else ""
    status = {"happened": "", "claimed": "; claimed only", "ongoing": "; going on"}[row.status]
    return f"{what(row)}{who}, {where(row)}, {days(row)}{losses}{status}."
