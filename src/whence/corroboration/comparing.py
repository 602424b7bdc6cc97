"""Two reports side by side: field by field how well they agree, as levels that the model weighs.

Levels instead of raw numbers, as in probabilistic record linkage (Fellegi and Sunter 1969): each says in a word what was seen, and
its weight can be read and explained. A field that one side does not tell is `unknown` and weighs for nobody by itself.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping
from datetime import date

from whence.records import Party, Report, Tally

from .texts import content_words, folded, overlap

EARTH_KM = 6371.0
FORCE = frozenset(("Battles", "Violence against civilians", "Explosions/Remote violence"))
PROTEST = frozenset(("Protests", "Riots"))
BARE = frozenset(
    "gunmen men people persons civilians residents soldiers fighters militants attackers unknown unidentified armed group forces police "
    "army security militia others man woman women children policemen guards troops protesters crowd".split()
)
"""Words that describe a side without telling it from others."""


def distance_km(one: Report, other: Report) -> float | None:
    """Great-circle distance of the places; None where one lies nowhere."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def family(report: Report) -> str:
    """Broad kinds that reports of one incident share however they code it."""
    if report.acled is not None:
        if report.acled.event_type in FORCE:
            return "force"
        if report.acled.event_type in PROTEST:
            return "protest"
        if report.acled.sub_event_type in ("Arrests", "Looting/property destruction", "Disrupted weapons use"):
            return "force"
        return "other"
    return {"ASSAULT": "force", "COERCE": "force", "MOBILIZE": "force", "PROTEST": "protest"}.get(report.type, "other")


def days_of(report: Report) -> tuple[int, int] | None:
    """The interval of a report as day numbers, both included. Undated: within the 30 days up to its publication, if that is known."""
    published = date.fromisoformat(report.published).toordinal() if report.published else None
    begins = date.fromisoformat(report.earliest).toordinal() if report.earliest else None
    ends = date.fromisoformat(report.latest).toordinal() if report.latest else published
    if ends is None:
        return None if begins is None else (begins, begins + 30)
    if begins is None:
        begins = ends - 30
    return (begins, max(begins, ends))


def _place(one: Report, other: Report) -> str:
    if one.place is None or other.place is None:
        return "unknown"
    if one.country and other.country and one.country != other.country:
        return "other country"
    coarse = {"country", "admin1"}
    if one.place_kind in coarse or other.place_kind in coarse:
        if one.admin1 and other.admin1 and one.admin1 != other.admin1:
            return "other division"
        return "within"
    same = folded(one.place) == folded(other.place) or (one.geonames_id is not None and one.geonames_id == other.geonames_id)
    apart = distance_km(one, other)
    if same and (apart is None or apart < 25):
        return "same"
    if apart is None:
        return "other name"
    if apart <= 12:
        return "neighbour"
    reach = (one.precision_km or 0) + (other.precision_km or 0)
    return "in reach" if apart <= min(reach, 60) else "far"


def _time(one: Report, other: Report) -> str:
    a, b = days_of(one), days_of(other)
    if a is None or b is None:
        return "unknown"
    gap = max(a[0], b[0]) - min(a[1], b[1])
    if gap > 0:
        return "a day apart" if gap == 1 else "two days apart" if gap == 2 else "days apart"
    wide = max(a[1] - a[0], b[1] - b[0])
    return "same day" if wide == 0 else "within days" if wide <= 3 else "within weeks"


def _type(one: Report, other: Report) -> str:
    if one.acled is None or other.acled is None:
        return "same event" if one.type == other.type else "other event"
    if one.acled.sub_event_type == other.acled.sub_event_type:
        return "same"
    if one.acled.event_type == other.acled.event_type:
        return "same kind"
    return "same family" if family(one) == family(other) else "other"


def _mode(one: Report, other: Report) -> str:
    if one.mode is None or other.mode is None:
        return "unknown"
    return "same" if one.mode == other.mode else "other"


@functools.lru_cache(maxsize=8192)
def _names(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(w for p in parties if p.name for w in content_words(p.name) if not w.isdigit())


def _sides(one: tuple[Party, ...], other: tuple[Party, ...]) -> str:
    if not one or not other:
        return "unknown"
    telling = [[p for p in side if p.named or p.type in ("state_forces", "armed_group", "state")] for side in (one, other)]
    ids = [{folded(p.name) for p in side if p.name} for side in (one, other)]
    shared = ids[0] & ids[1]
    if any(p.named and p.name and folded(p.name) in shared for p in one):
        return "same name"
    a, b = _names(one), _names(other)
    if overlap(a - BARE, b - BARE) >= 0.5:
        return "like words"
    if overlap(a, b) > 0:
        return "like kind"
    kinds = [{(p.type, p.country) for p in side} for side in telling]
    if kinds[0] & kinds[1]:
        return "same kind"
    return "other"


def ranges(counts: Iterable[Tally], measure: str) -> tuple[int, int | None] | None:
    """The range told for a measure, figures for several owners as one stretch; None where nothing is told."""
    told = [c for c in counts if c.measure == measure and (c.low is not None or c.high is not None)]
    if not told:
        return None
    low = min(c.low or 0 for c in told)
    highs = [c.high for c in told]
    return low, None if any(h is None for h in highs) else max(h for h in highs if h is not None)


def _count(one: Report, other: Report, measure: str) -> str:
    a, b = ranges(one.counts, measure), ranges(other.counts, measure)
    if a is None or b is None:
        return "unknown" if a is None and b is None else "one tells"
    if a == b:
        return "same"
    top = [10**9 if r[1] is None else r[1] for r in (a, b)]
    if a[0] <= top[1] and b[0] <= top[0]:
        return "overlap"
    near = min(a[0], b[0]) / max(a[0], b[0], 1)
    return "near" if near >= 0.6 or abs(a[0] - b[0]) == 1 else "far"


def _weapons(one: Report, other: Report) -> str:
    a, b = (frozenset(w for told in r.weapons for w in content_words(told)) for r in (one, other))
    if not a or not b:
        return "unknown"
    return "shared" if a & b else "other"


def rarity(words: Iterable[str], weights: Mapping[str, float], unlisted: float) -> float:
    """The sum of how much words tell; those that the list does not have are rare."""
    return sum(weights.get(w, unlisted) for w in words)


def _words(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float], unlisted: float) -> str:
    if not a or not b:
        return "unknown"
    whole = min(rarity(a, weights, unlisted), rarity(b, weights, unlisted))
    share = rarity(a & b, weights, unlisted) / whole if whole else 0.0
    for level, least in (("most", 0.65), ("half", 0.45), ("many", 0.32), ("some", 0.2), ("few", 0.1)):
        if share >= least:
            return level
    return "none"


def compared(
    one: Report,
    other: Report,
    *,
    words: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
    weights: Mapping[str, float] | None = None,
    unlisted: float = 8.0,
    copied: float = 0.0,
) -> dict[str, str]:
    """Every field with its level. `copied`: how much of the one document's text is the other's, 0 to 1."""
    place, time = _place(one, other), _time(one, other)
    killed, injured = _count(one, other, "killed"), _count(one, other, "injured")
    levels = {
        "place": place,
        "time": time,
        "type": _type(one, other),
        "mode": _mode(one, other),
        "actors": _sides(one.actors, other.actors),
        "targets": _sides(one.targets, other.targets),
        "killed": killed,
        "injured": injured,
        "captured": _count(one, other, "captured"),
        "weapons": _weapons(one, other),
        "words": _words(*words, weights or {}, unlisted),
        "copy": "most" if copied >= 0.5 else "part" if copied >= 0.15 else "none",
        "documents": "same" if one.document == other.document else "apart",
    }
    close = place == "same" and time in ("same day", "within days")
    levels["place and time"] = "both" if close else "not both"
    if close:  # what tells two like incidents of one town and day apart
        told = (killed, injured, levels["captured"])
        losses = "conflict" if "far" in told else "agree" if "same" in told or "overlap" in told else "drift" if "near" in told else "open"
        levels["losses there and then"] = losses
        levels["words there and then"] = levels["words"]
    return levels
