"""The reader of place names."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import ClassVar

from whence.gazetteer import Gazetteer, GazetteerPlace
from whence.language.analysis import Analysis
from whence.readers.base import Draft
from whence.records import Place, Record, Toponym, identifier
from whence.records.vocabulary import ToponymUse

from .context import LEAST_LIKELY, agree, judge
from .features import company, detection, distance, dot
from .resolve import Choice, resolve
from .shapes import shaped
from .spots import Spot, spots_of
from .unlisted import is_actor, unlisted
from .weights import load
from .words import GEOGRAPHIC, GOVERNING, ROAD_ADJECTIVES, ROADS, STATIVE

THRESHOLD = 0.45
"""From which probability on a spot is read as a place name (best span F on the training documents)."""


class ToponymReader:
    """Finds place names, resolves them against the gazetteer, and tells the place from those who rule it.

    How: stretches of capitalised words that the gazetteer knows or the language model calls a place; a linear model
    says whether each names a place, another which of its bearers, in two rounds: first by size, kind and what stands
    beside it, then by the countries, divisions and places the rest of the document is about. A name means one place
    throughout. Roads between places are lines, given by their middle; "southern Syria", "the countryside of Aleppo" and
    "20 km west of X" are areas moved that way, "near X" is less precise (`shapes`). Demonyms and names that speak or rule are
    `associative`. Missed: places the gazetteer lacks are found but not placed; neighbourhoods and buildings mostly;
    names in text without capitals. Measured by the gold score `places`.
    """

    name: ClassVar[str] = "toponyms"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = ()
    produces: ClassVar[tuple[type[Record], ...]] = (Toponym,)

    def __init__(self, *, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        weights = load()
        self._detection, self._resolution = weights["detection"], weights["resolution"]

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        analysis = draft.analysis
        spots = self.likely(analysis)
        choices = resolve(analysis, spots, self._resolution, self._gazetteer)
        records: list[Toponym] = []
        taken = -1
        for i in chosen(spots):
            spot, choice = spots[i], choices.get(i)
            if spot.start < taken or is_actor(spot.surface, spot.label):
                continue
            taken = spot.end
            record = self._record(draft, spot, choice)
            records.append(record)
            if choice is not None:
                said = ", ".join(f"{k} {v:.2f}" for k, v in sorted(choice.features.items()) if v)
                draft.why[record.id] = (
                    f"a place name with probability {spot.probability:.2f}",
                    f"this place with {choice.probability:.2f}: {said}",
                )
        records += self._roads(draft, records)
        records += unlisted(analysis, draft.text, records)
        return sorted(records, key=lambda r: (r.start, r.end))

    def likely(self, analysis: Analysis) -> list[Spot]:
        """Spots with their probability of naming a place, without those that hardly can."""
        spots = spots_of(analysis, self._gazetteer)
        places, lower, people = company(analysis)
        for spot in spots:
            score = dot(self._detection, detection(analysis, spot, places=places, lower=lower, people=people))
            spot.probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            judge(analysis, spot, people)
        agree(analysis, spots, THRESHOLD, people)
        return [s for s in spots if s.probability >= LEAST_LIKELY]

    def _record(self, draft: Draft, spot: Spot, choice: Choice | None) -> Toponym:
        use = use_of(draft.analysis, spot)
        place = None
        if choice is not None:
            meant = choice.best.place
            place = (shaped(draft.analysis, spot, meant) if use == "literal" else None) or place_of(meant)
        return Toponym(
            id=identifier("toponym", spot.start, spot.end),
            start=spot.start,
            end=spot.end,
            text=draft.text[spot.start : spot.end],
            use=use,
            place=place,
            alternatives=spot.alternatives if choice else None,
        )

    def _roads(self, draft: Draft, records: Sequence[Toponym]) -> list[Toponym]:
        """The Damascus-Daraa road: the line between its towns, as its middle and half its length."""
        found: list[Toponym] = []
        tokens, analysis = draft.analysis.tokens, draft.analysis
        for one, two in itertools.pairwise(records):
            if draft.text[one.end : two.start].strip() not in ("-", "–", "—", "/") or one.place is None or two.place is None:
                continue
            first, _ = analysis.covering(one.start, one.end)
            _, last = analysis.covering(two.start, two.end)
            while last < len(tokens) and tokens[last].lower in ROAD_ADJECTIVES:
                last += 1
            if last < len(tokens) and tokens[last].lower in ROADS:
                start, end = tokens[first].start, tokens[last].end
                found.append(
                    Toponym(
                        id=identifier("toponym", start, end),
                        start=start,
                        end=end,
                        text=draft.text[start:end],
                        use="literal",
                        place=_road(one.place, two.place),
                        alternatives=0,
                    )
                )
        return found


def chosen(spots: Sequence[Spot]) -> list[int]:
    """Indices of the spots that are read, none overlapping: the likelier first, among near equals the longer."""
    order = sorted(
        (i for i, s in enumerate(spots) if s.probability >= THRESHOLD),
        key=lambda i: -(spots[i].probability + 0.08 * (spots[i].last - spots[i].first)),
    )
    taken: set[int] = set()
    kept = []
    for i in order:
        span = range(spots[i].first, spots[i].last)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(i)
    return sorted(kept, key=lambda i: spots[i].start)


def use_of(analysis: Analysis, spot: Spot) -> ToponymUse:
    """Associative: a demonym, or a name that rules, speaks or owns a government. All else is literal."""
    if spot.adjective:
        return "associative"
    if spot.surface.isupper() and len(spot.surface) > 4:
        return "literal"  # where a report was written
    tokens = analysis.tokens
    large = any(c.place.kind == "country" or c.place.capital for c in spot.candidates[:2])
    after = tokens[spot.last].lower if spot.last < len(tokens) else ""
    if after in GOVERNING and after not in ("side",):
        return "associative"
    if after in ("'s", "’s") and spot.last + 1 < len(tokens):
        ahead = [t.lower for t in tokens[spot.last + 1 : spot.last + 4]]
        return "associative" if large and any(w in GOVERNING for w in ahead) else "literal"
    if not large:
        return "literal"
    head = tokens[analysis.head_of(spot.first, spot.last)]
    above = tokens[head.head]
    if head.dep == "nsubj" and above.pos == "VERB" and above.lemma.lower() not in STATIVE:
        return "associative"
    if (
        head.dep in ("compound", "amod", "nmod", "nmod:poss")
        and above.i >= spot.last
        and above.lower not in GEOGRAPHIC
        and above.pos == "NOUN"
    ):
        return "associative"
    before = tokens[spot.first - 1].lower if spot.first else ""
    if (
        before in ("with", "by", "against", "between", "to")
        and head.dep in ("obl", "nmod", "obl:agent")
        and tokens[head.head].lemma.lower()
        in (
            "relation",
            "agreement",
            "tension",
            "talk",
            "war",
            "deal",
            "trouble",
            "tie",
            "negotiation",
            "cooperate",
            "accuse",
            "back",
            "support",
            "condemn",
            "alliance",
            "sanction",
        )
    ):
        return "associative"
    return "literal"


def place_of(place: GazetteerPlace) -> Place:
    """The record of a place: a town is good to its size and 5 km at least, a country or division to its radius."""
    precision = max(5.0, place.radius_km) if place.kind == "town" else place.radius_km
    return Place(
        name=place.name,
        geonames_id=place.geonames_id,
        latitude=place.latitude,
        longitude=place.longitude,
        country=place.country,
        admin1=place.admin1,
        kind=place.kind,
        precision_km=round(precision, 1),
    )


def _road(one: Place, two: Place) -> Place:
    if one.latitude is None or one.longitude is None or two.latitude is None or two.longitude is None:
        return Place(
            name=f"{one.name}-{two.name} road",
            geonames_id=None,
            latitude=None,
            longitude=None,
            country=one.country,
            admin1=None,
            kind="road",
            precision_km=None,
        )
    length = distance(_point(one), _point(two))
    return Place(
        name=f"{one.name}-{two.name} road",
        geonames_id=None,
        latitude=round((one.latitude + two.latitude) / 2, 4),
        longitude=round((one.longitude + two.longitude) / 2, 4),
        country=one.country if one.country == two.country else None,
        admin1=None,
        kind="road",
        precision_km=round(max(5.0, length / 2), 1),
    )


def _point(place: Place) -> GazetteerPlace:
    return GazetteerPlace(
        id=0,
        geonames_id=None,
        name=place.name,
        kind="town",
        latitude=place.latitude or 0.0,
        longitude=place.longitude or 0.0,
        country=place.country,
        admin1=None,
        admin1_code=None,
        population=0,
        radius_km=1.0,
        capital=False,
    )
