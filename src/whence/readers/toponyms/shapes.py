"""Places said by their surroundings: "southern Syria", "the northern countryside of Aleppo", "20 km west of Aleppo",
"the outskirts of X", "near X".

The named place gives the middle and the extent; the words around it move the one and change the other. What is meant is
drawn as a disc: its centre and `precision_km`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from whence.gazetteer import GazetteerPlace
from whence.language.analysis import Analysis
from whence.records import Place

from .spots import Spot

_BEARINGS: Mapping[str, float | None] = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315,
    "central": None, "middle": None, "center": None, "centre": None,
}  # fmt: skip
_WAY = r"(?P<way>(?:north|south)?[- ]?(?:east|west)(?:ern)?|(?:north|south)(?:ern)?|central)"
_FRINGE = r"(?P<fringe>countryside|outskirts|environs|surroundings|periphery|suburbs|vicinity|hinterland)"
_OF = r"(?:of|around) (?:the )?(?:(?:city|town|village|province|governorate|region) of )?"
_NUMBER = r"(?P<number>\d[\d,.]*|a few|several|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty)"
_BEFORE = (
    ("fringe", re.compile(rf"(?:\b{_WAY} )?\b{_FRINGE} {_OF}$", re.I)),
    ("inside", re.compile(rf"\b(?:the|its) {_WAY} of (?:the )?$", re.I)),
    ("outside", re.compile(rf"(?:\b{_NUMBER}[ -](?P<unit>km|kilomet(?:er|re)s?|miles?) )?(?:to the )?\b{_WAY} {_OF}$", re.I)),
    ("inside", re.compile(rf"\b{_WAY}(?: parts? of| areas? of)? (?:the )?$", re.I)),
    ("near", re.compile(r"\b(?:near|around|outside|close to|next to|not far from|in the vicinity of) (?:the )?"
                        r"(?:(?:city|town|village) of )?$", re.I)),
)  # fmt: skip
_AFTER = re.compile(rf"^(?:['’]s)? (?:{_WAY} )?{_FRINGE}\b", re.I)
_NUMBERS = {
    "a few": 4, "several": 7, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
WIDE = frozenset(("country", "admin1", "admin2", "area", "water"))
_PART, _SHIFT = 0.6, 0.5
"""A half or corner of a place has so much of its radius, and its middle lies so far off, in radii."""
_BESIDE = 12.0
"""How many km "west of X" is, beyond its edge, where no one says."""


class Shape(NamedTuple):
    """What is said of a place: how, which way, how far in km, and the words from first to last offset."""

    how: str
    bearing: float | None
    away: float | None
    start: int
    end: int
    fringe: str = ""


def seat(spot: Spot, division: GazetteerPlace) -> GazetteerPlace | None:
    """The town after which a division is named, among the candidates of the name."""
    towns = [
        c.place
        for c in spot.candidates
        if c.place.kind == "town" and c.place.country == division.country and c.place.admin1 == division.name
    ]
    return max(towns, key=lambda t: t.population, default=None)


def shape_of(analysis: Analysis, spot: Spot) -> Shape | None:
    """What the words around a spot make of its place; None where they say nothing."""
    sentence = analysis.sentences[analysis.tokens[spot.first].sentence]
    before, after = analysis.text[sentence.start : spot.start], analysis.text[spot.end : sentence.end]
    said = next(((how, m) for how, p in _BEFORE if (m := p.search(before))), None)
    behind = _AFTER.match(after)
    if behind is not None:
        way = behind["way"] or (said[1]["way"] if said is not None and said[0] == "inside" else None)
        first = sentence.start + said[1].start() if said is not None and said[0] == "inside" else spot.start
        return Shape("fringe", _bearing(way), None, first, spot.end + behind.end(), behind["fringe"].lower())
    if said is None:
        return None
    how, match = said
    facts = match.groupdict()
    away = None
    if facts.get("number"):
        number = facts["number"].lower()
        try:
            away = float(_NUMBERS.get(number) or number.replace(",", "").rstrip("."))
        except ValueError:
            away = None
        if away is not None and (facts["unit"] or "").lower().startswith("mi"):
            away *= 1.609
    if away is not None and away > 1000:
        away = None
    return Shape(how, _bearing(facts.get("way")), away, sentence.start + match.start(), spot.end, (facts.get("fringe") or "").lower())


def shaped(analysis: Analysis, spot: Spot, place: GazetteerPlace) -> Place | None:
    """The place that is meant, where it is more or less than the place named."""
    shape = shape_of(analysis, spot)
    if shape is None or place.kind == "road":
        return None
    if place.kind == "admin1" and shape.how != "inside" and shape.fringe not in ("countryside", "hinterland"):
        place = seat(spot, place) or place  # what lies near Kharkiv, or on its outskirts, lies near the city
    radius, wide = place.radius_km, place.kind in WIDE
    kind = "area" if wide else "town"
    if shape.how == "near":
        if wide:
            return None
        return _moved(place, place.name, place.kind, None, 0.0, max(10.0, 2 * radius))
    name = " ".join(analysis.text[shape.start : shape.end].split())
    name = re.sub(r"^(?:the|its) ", "", name, flags=re.I)
    if shape.how == "fringe":
        extent = radius if wide else max(12.0, 3 * radius)
        return _moved(place, name, "area", shape.bearing, _SHIFT * extent, extent * (_PART if shape.bearing is not None else 1.0))
    if shape.how == "outside":
        if wide and shape.away is None:
            return None  # "north of Syria": its north, or beyond it; no one can tell
        away = shape.away if shape.away is not None else radius + _BESIDE
        return _moved(place, name, "area", shape.bearing, away + (radius if wide else 0.0), max(5.0, away * _PART))
    return _moved(place, name, kind, shape.bearing, _SHIFT * radius, max(_PART * radius, 3.0 if kind == "town" else 5.0))


def _bearing(way: str | None) -> float | None:
    if way is None:
        return None
    return _BEARINGS.get(re.sub(r"[- ]|ern$", "", way.lower()))


def _moved(place: GazetteerPlace, name: str, kind: str, bearing: float | None, away: float, precision: float) -> Place:
    """A place `away` km from another; its GeoNames id stays that of the one named."""
    latitude, longitude = place.latitude, place.longitude
    if bearing is not None:
        turn = math.radians(bearing)
        latitude = max(-89.9, min(89.9, latitude + away * math.cos(turn) / 111.2))
        across = 111.2 * max(0.02, math.cos(math.radians(place.latitude)))
        longitude = (longitude + away * math.sin(turn) / across + 180) % 360 - 180
    return Place(
        name=name,
        geonames_id=place.geonames_id,
        latitude=round(latitude, 4),
        longitude=round(longitude, 4),
        country=place.country,
        admin1=place.admin1,
        kind="area" if kind == "area" else place.kind,
        precision_km=round(precision, 1),
    )
