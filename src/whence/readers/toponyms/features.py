"""What is known about a spot and about a candidate, as named numbers. The weights of both models lie in data/places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from whence.gazetteer import Candidate, Gazetteer, GazetteerPlace
from whence.language.analysis import Analysis

from .spots import Spot
from .words import GOVERNING, INSTITUTIONS, KINDS, LOCATIVES, TITLES

Features = dict[str, float]


def kind_word(analysis: Analysis, spot: Spot) -> str | None:
    """The word that says what kind of place it is: inside the name, after it, or before it with "of"."""
    tokens = analysis.tokens
    inner = tokens[spot.last - 1].lower
    if inner in KINDS and spot.last - spot.first > 1:
        return inner
    if spot.last < len(tokens) and tokens[spot.last].lower in KINDS:
        return tokens[spot.last].lower
    if spot.first >= 2 and tokens[spot.first - 1].lower == "of" and tokens[spot.first - 2].lower in KINDS:
        return tokens[spot.first - 2].lower
    if spot.first >= 1 and tokens[spot.first - 1].lower in KINDS:
        return tokens[spot.first - 1].lower
    return None


def detection(analysis: Analysis, spot: Spot, *, places: Counter[str], lower: frozenset[str], people: frozenset[str]) -> Features:
    """Features of a spot as a place name at all. `places`: how often the model calls a form a place; `lower`: words
    the text has in lower case; `people`: words of the names of persons in it."""
    tokens, first, last = analysis.tokens, spot.first, spot.last
    best = spot.candidates[0] if spot.candidates else None
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    sentence = analysis.sentences[tokens[first].sentence]
    f: Features = {"bias": 1.0}
    f["label_" + (spot.label or "none")] = 1.0
    if spot.inside:
        f["inside_" + spot.inside] = 1.0
    if spot.adjective:
        f["adjective"] = 1.0
        f["adjective_" + ("plural" if spot.surface.endswith(("s", "men")) else "singular")] = 1.0
    elif best is None:
        f["unknown"] = 1.0
    else:
        f["kind_" + best.place.kind] = 1.0
        if best.place.kind == "town":
            f["population"] = math.log10(best.place.population + 10) - 4
        f["spelling"] = float(best.match == "spelling")
        f["name"] = float(any(c.match == "name" for c in spot.candidates))
        f["namesakes"] = min(math.log(len(spot.candidates) + 1), 3.0)
    f["words"] = min(last - first - 1, 3)
    f["propn"] = float(all(tokens[i].pos == "PROPN" for i in range(first, last)))
    f["opens"] = float(first == sentence.first)
    f["capitals"] = float(spot.surface.isupper() and len(spot.surface) > 4)
    f["called_place"] = min(places[spot.group], 3) / 3
    if last - first == 1 and spot.group in lower:
        f["in_lower"] = 1.0
    if spot.group in people:
        f["person_elsewhere"] = 1.0
    if before is not None and first > sentence.first:
        f["locative"] = float(before.lower in LOCATIVES)
        f["preposition_in"] = float(before.lower in ("in", "near", "outside"))
        f["title"] = float(before.lower.rstrip(".") in TITLES)
        joined = before.text[0].isupper() and before.pos == "PROPN" and before.lower not in KINDS
        f["name_before"] = float(joined)
        f["comma_before"] = float(before.text == ",")
        f["hyphen_before"] = float(before.text == "-")
    if after is not None and last < sentence.last:
        joined = after.text[0].isupper() and after.pos == "PROPN"
        f["name_after"] = float(joined and after.lower not in INSTITUTIONS)
        f["institution_after"] = float(after.text[0].isupper() and after.lower in INSTITUTIONS)
        f["comma_after"] = float(after.text == ",")
        f["possessive"] = float(after.lower in ("'s", "’s"))
        f["hyphen_after"] = float(after.text == "-")
        f["noun_after"] = float(after.pos == "NOUN")
        f["governing_after"] = float(after.lower in GOVERNING)
        f["said_after"] = float(after.lower in ("said", "says", "told", "was", "has", "had"))
    word = kind_word(analysis, spot)
    f["kind_word"] = float(word is not None)
    return f


def company(analysis: Analysis) -> tuple[Counter[str], frozenset[str], frozenset[str]]:
    """What `detection` needs of the whole text: `places`, `lower`, `people`."""
    tokens = analysis.tokens
    places = Counter(
        " ".join(analysis.text[tokens[n.first].start : tokens[n.last - 1].end].lower().split())
        for n in analysis.names
        if n.label == "place"
    )
    lower = frozenset(t.text for t in tokens if t.text.islower())
    people = frozenset(
        tokens[i].lower for n in analysis.names if n.label == "person" and n.last - n.first > 1 for i in range(n.first, n.last)
    )
    return places, lower, people


def within(one: GazetteerPlace, other: GazetteerPlace) -> bool:
    """Does the second hold the first, by country and first-order division?"""
    if one.id == other.id or one.country != other.country:
        return False
    if other.kind == "country":
        return one.kind != "country"
    if other.kind == "admin1":
        return one.kind not in ("country", "admin1") and one.admin1 == other.name
    if other.kind in ("admin2", "area"):
        return one.kind == "town" and distance(one, other) <= other.radius_km * 1.5
    return False


def distance(one: GazetteerPlace, other: GazetteerPlace) -> float:
    """Great-circle distance in km."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    c = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(c)))


class Surroundings:
    """What the rest of the document says of where it plays: shares of countries and divisions, and places that are
    settled.
    """

    __slots__ = ("countries", "divisions", "settled")

    def __init__(self) -> None:
        self.countries: Counter[str] = Counter()
        self.divisions: Counter[tuple[str, str]] = Counter()
        self.settled: list[tuple[str, GazetteerPlace, float]] = []

    def share(self, place: GazetteerPlace) -> tuple[float, float]:
        total = sum(self.countries.values()) or 1.0
        country = self.countries[place.country or ""] / total
        return country, self.divisions[place.country or "", place.admin1 or ""] / total


def resolution(
    candidate: Candidate,
    spot: Spot,
    *,
    rank: int,
    holders: Sequence[GazetteerPlace],
    word: str | None,
    around: Surroundings,
    gazetteer: Gazetteer,
) -> Features:
    """Features of a candidate for a spot. `holders`: places that follow it as in "X, Y" or "X in Y"."""
    place = candidate.place
    f: Features = {
        "kind_" + place.kind: 1.0,
        "population": math.log10(place.population + 100) - 4 if place.kind == "town" else 0.0,
        "name": float(candidate.match == "name"),
        "fit": candidate.similarity - 1.0,
        "capital": float(place.capital),
        "first": float(rank == 0),
    }
    if place.kind == "town" and place.population == 0:
        f["unpeopled"] = 1.0
    if word is not None:
        kinds = KINDS[word]
        f["word_fits"] = float(place.kind in kinds)
        f["word_first"] = float(place.kind == kinds[0])
    if holders:
        f["held"] = float(any(within(place, h) for h in holders))
    country, division = around.share(place)
    f["country_share"] = country
    f["division_share"] = division if place.kind != "country" else 0.0
    f["only_country"] = float(country > 0.6)
    f["neighbour"] = float(country == 0 and any(n in around.countries for n in gazetteer.neighbours(place.country or "")))
    near = [
        distance(place, other)
        for group, other, _ in around.settled
        if group != spot.group and other.kind in ("town", "admin2", "admin1", "area")
    ]
    if near and place.kind != "country":
        closest = min(near)
        f["closest"] = -math.log10(closest + 10) + 2.5
        f["near_two"] = float(len([d for d in near if d < 100]) >= 2)
        f["near_one"] = float(closest < 60)
    return f


def dot(weights: Mapping[str, float], features: Features) -> float:
    """The linear score."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())
