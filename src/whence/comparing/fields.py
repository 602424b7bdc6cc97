"""How alike a coded row and an incident are, field by field; scores are 0 to 1, None where one of them does not say."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from datetime import date

from rapidfuzz import fuzz

from whence.exports.codes import CIVIL, country_name
from whence.exports.rows import Row
from whence.exports.ucdp import violence
from whence.records import Party

from .coded import CodedRow

NEUTRAL = 0.4
"""What a field counts that one of the two does not tell: less than agreement, more than a conflict."""
WEIGHTS = {"when": 0.25, "place": 0.3, "type": 0.15, "actors": 0.15, "killed": 0.15}
"""By hand: place and day are what coders look a row up by."""
VIOLENT = ("Battles", "Violence against civilians", "Explosions/Remote violence")
CROWDS = ("Protests", "Riots")
ALIKE = 80
"""Ratio of shared words (rapidfuzz, 0 to 100) from which two names are taken for one."""
COMMON = frozenset("forces force armed group groups military police people members fighters soldiers unidentified state with from".split())
"""Words in which the names of different sides agree."""
KINDS = (
    (re.compile(r"\b(military|police|security|armed) forces? of\b|\bgovernment of\b|\barmy\b|\bpolice\b", re.I), ("state_forces", "state")),
    (re.compile(r"^(civilians|protesters|rioters|journalists|farmers|labou?rers|health workers)\b", re.I), CIVIL),
    (re.compile(r"^unidentified (armed|military)|militia|rebels?\b|insurgents?|^XXX", re.I), ("armed_group",)),
)
"""What kind of side a dataset's name speaks of."""


@functools.lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """A name without case, accents, signs and what stands in brackets."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", name)) if not unicodedata.combining(ch))
    return " ".join(re.sub(r"[\W_]+", " ", plain.casefold()).split())


def gap(theirs: CodedRow, ours: Row) -> int | None:
    """Days between two intervals, 0 where they touch; None where ours has no day at all."""
    start, end = ours.earliest or ours.latest, ours.latest or ours.earliest
    if start is None or end is None:
        return None
    a, b = date.fromisoformat(theirs.earliest), date.fromisoformat(theirs.latest)
    c, d = date.fromisoformat(start), date.fromisoformat(end)
    return max(0, (c - b).days, (a - d).days)


def distance_km(theirs: CodedRow, ours: Row) -> float | None:
    """Kilometres along the great circle, None where one of them lies nowhere."""
    place = ours.place
    if theirs.latitude is None or theirs.longitude is None or place is None or place.latitude is None or place.longitude is None:
        return None
    a, b = math.radians(theirs.latitude), math.radians(place.latitude)
    across = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(place.longitude - theirs.longitude) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(across)))


def same_name(theirs: str | None, ours: str | None) -> bool:
    """Whether two places bear one name, in the spellings that datasets have ("Daraa - Al Balad", "Umm Ruwaba")."""
    if not theirs or not ours:
        return False
    a, b = folded(re.split(r"\s[-–]\s", theirs)[0]), folded(ours)
    article = re.compile(r"\b(al|el|as|ash|ad|an|ar|at|az|town|city|village)\s")
    a, b = article.sub("", a + " ").strip(), article.sub("", b + " ").strip()
    return bool(a) and bool(b) and (a == b or fuzz.ratio(a, b) >= 85)


def slack_km(theirs: CodedRow, ours: Row, km: float) -> float:
    """How far two may lie apart: what is allowed and as far as each is uncertain."""
    own = ours.place.precision_km if ours.place and ours.place.precision_km is not None else 5.0
    return km + max(0.0, (theirs.radius_km or 5.0) - 5.0) + max(0.0, own - 5.0)


def when(theirs: CodedRow, ours: Row, days: int) -> float | None:
    """How well the days agree."""
    apart = gap(theirs, ours)
    if apart is None:
        return None
    exact = theirs.earliest == theirs.latest and ours.earliest == ours.latest
    return max(0.0, (1.0 if exact or apart else 0.8) - apart / (days + 1))


def place(theirs: CodedRow, ours: Row, km: float) -> float | None:
    """How well the places agree."""
    apart, slack = distance_km(theirs, ours), slack_km(theirs, ours, km)
    if apart is not None and apart > slack * 2:
        return 0.0
    named = same_name(theirs.place, ours.place.name if ours.place else None)
    if apart is None:
        if named:
            return 0.9
        division = same_name(theirs.admin1, ours.place.admin1 if ours.place else None)
        return 0.6 if division else None
    near = max(0.0, 1.0 - apart / slack) if slack else float(apart == 0.0)
    return max(near, 0.9) if named else near


def kind(theirs: CodedRow, ours: Row) -> float | None:
    """How well the types agree, each in the terms of the dataset."""
    if theirs.violence is not None:
        own = violence(ours)
        return None if own is None else 1.0 if own == theirs.violence else 0.3
    if theirs.plover is not None:
        if theirs.plover != ours.type:
            return 0.0
        return 1.0 if theirs.mode == ours.mode else 0.8
    if ours.acled is None or theirs.event_type is None:
        return None
    if ours.acled.event_type == theirs.event_type:
        return 1.0 if theirs.sub_event_type == ours.acled.sub_event_type else 0.8
    for family in (VIOLENT, CROWDS):
        if theirs.event_type in family and ours.acled.event_type in family:
            return 0.4
    return 0.0


def unidentified(name: str) -> bool:
    """Whether a dataset's name of a side says that nobody is named."""
    return name.lower().startswith(("unidentified", "unknown", "xxx"))


def _telling(name: str) -> set[str]:
    return {w for w in folded(name).split() if len(w) >= 4 and w not in COMMON}


def _kind_of(name: str) -> tuple[str, ...]:
    return next((kinds for pattern, kinds in KINDS if pattern.search(name)), ())


def one_side(name: str, one: Party) -> float:
    """How well a dataset's name of a side fits one of ours: its name, or its kind and country."""
    if one.name and fuzz.token_set_ratio(folded(name), folded(one.name)) >= ALIKE:
        return 1.0
    if one.name and len(_telling(name) & _telling(one.name)) >= 2:
        return 0.9
    initials = "".join(w[0] for w in folded(name).split() if w not in ("of", "the", "and", "for"))
    if one.name and len(initials) >= 3 and folded(one.name) == initials:
        return 1.0
    if one.type in _kind_of(name):
        land = country_name(one.country)
        return 0.9 if land and land.lower() in name.lower() else 0.7
    return 0.0


def actors(theirs: CodedRow, ours: Row) -> float | None:
    """How well the sides agree; either order is right where the dataset does not tell who acted on whom."""
    own = (ours.actors, ours.targets)
    if not any(own) or not (theirs.first or theirs.second):
        return None
    orders = [own] if theirs.directed and theirs.second else [own, own[::-1]]
    return max(sides(theirs, order) for order in orders)


def sides(theirs: CodedRow, order: tuple[tuple[Party, ...], tuple[Party, ...]]) -> float:
    """How well the first and second side agree with ours in one order."""
    found = []
    for names, parties in zip((theirs.first[:1], theirs.second[:1]), order, strict=True):
        if names and parties:
            found.append(max(one_side(n, p) for n in names for p in parties))
        elif names or parties:
            found.append(NEUTRAL if not names or unidentified(names[0]) else 0.2)
    return sum(found) / len(found) if found else NEUTRAL


def killed(theirs: CodedRow, ours: Row) -> float | None:
    """How well the numbers of dead agree: 1 where theirs lies in our range, or the ranges meet."""
    own = ours.figure("killed")
    low, high = theirs.killed_low, theirs.killed_high
    if own is None or low is None or high is None:
        return 0.7 if own is None and theirs.killed == 0 else None
    top = own.high if own.high is not None else max(high, own.low)
    if low <= top and own.low <= high:
        return 1.0
    near, far = sorted((high, own.low)) if high < own.low else sorted((low, top))
    return near / far if far else 0.0


def possible(theirs: CodedRow, ours: Row, *, days: int, km: float) -> bool:
    """Whether two can be one incident at all: near in time, and in place or by its name."""
    apart = gap(theirs, ours)
    if apart is None or apart > days:
        return False
    if distance_km(theirs, ours) is None and theirs.country and ours.country and theirs.country != ours.country:
        return False  # towns of one name in two countries
    return bool(place(theirs, ours, km))


def scores(theirs: CodedRow, ours: Row, *, days: int, km: float) -> dict[str, float | None]:
    """Every field with its score."""
    return {
        "when": when(theirs, ours, days),
        "place": place(theirs, ours, km),
        "type": kind(theirs, ours),
        "actors": actors(theirs, ours),
        "killed": killed(theirs, ours),
    }


def total(found: dict[str, float | None]) -> float:
    """The weighted sum of all fields, 0 to 1."""
    return round(sum(WEIGHTS[name] * (NEUTRAL if value is None else value) for name, value in found.items()), 4)
