"""Which place is meant: candidates weighed in the light of the document, a name meaning one place throughout."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from whence.gazetteer import Candidate, Gazetteer, GazetteerPlace
from whence.language.analysis import Analysis

from .features import Features, Surroundings, dot, kind_word, resolution
from .spots import Spot
from .words import KINDS, TELLING_KINDS

ROUNDS = 2
"""Times the document is gone through: first by what each name says alone, then in company."""
GREAT = 400_000
"""People of a city that comes to mind before the division named after it."""
SETTLED = 0.4
"""Likelihood from which on a place says where the document plays."""
LARGE = 150.0
"""Radius in km from which on a division is thought of for itself."""
HOLDING = frozenset((",", "in", "of", "(", "in the", ", in", "'s", "-"))
_WRONG_KIND = 4.0
"""What a candidate loses that is not of the kind the text names ("the city of X")."""


class Choice:
    """A spot's candidates with their probabilities, best first, and the features of the best."""

    __slots__ = ("best", "features", "probability")

    def __init__(self, best: Candidate, probability: float, features: Features) -> None:
        self.best, self.probability, self.features = best, probability, features


def holders_of(analysis: Analysis, spots: Sequence[Spot]) -> list[list[Spot]]:
    """For each spot the spots that say what holds it: "X, Y", "X in Y", "X (Y)", "Y's X"."""
    found: list[list[Spot]] = []
    for i, spot in enumerate(spots):
        held: list[Spot] = []
        for other in spots[i + 1 : i + 3]:
            between = analysis.text[spot.end : other.start]
            if len(between) > 24:
                break
            if between.strip() in HOLDING or (between.strip().split(" ")[-1:] == ["in"] and len(between.split()) <= 3):
                held.append(other)
                break
            if other.end <= spot.end:
                continue
        if i and analysis.text[spots[i - 1].end : spot.start].strip() in ("'s", "’s"):
            held.append(spots[i - 1])
        found.append(held)
    return found


def gather(analysis: Analysis, spots: Sequence[Spot], choices: Mapping[int, Choice]) -> Surroundings:
    """What the choices so far say of where the document plays."""
    around = Surroundings()
    seen: set[str] = set()
    for i, spot in enumerate(spots):
        choice = choices.get(i)
        if choice is None:
            continue
        place, weight = choice.best.place, choice.probability * min(1.0, spot.probability + 0.2)
        again = 1.0 if spot.group not in seen else 0.3
        if place.country:
            around.countries[place.country] += weight * again  # type: ignore[assignment]  # a Counter of weights
            if place.admin1:
                around.divisions[place.country, place.admin1] += weight * again  # type: ignore[assignment]  # as above
        if spot.group not in seen and choice.probability > 0.5:
            around.settled.append((spot.group, place, weight))
        seen.add(spot.group)
    around.settled = sorted(around.settled, key=lambda s: -s[2])[:30]
    return around


def weigh(
    analysis: Analysis,
    spots: Sequence[Spot],
    held: Sequence[Sequence[Spot]],
    around: Surroundings,
    gazetteer: Gazetteer,
) -> list[list[Features]]:
    """Features of every candidate of every spot; what any mention says of its holder counts for all of the same
    name.
    """
    holders: dict[str, list[GazetteerPlace]] = {}
    words: dict[str, str] = {}
    for spot, others in zip(spots, held, strict=True):
        for other in others:
            holders.setdefault(spot.group, []).extend(c.place for c in other.candidates if c.place.kind != "town")
        word = kind_word(analysis, spot)
        if word is not None:
            words.setdefault(spot.group, word)
    known: dict[tuple[str, str | None], list[Features]] = {}
    rows: list[list[Features]] = []
    for spot in spots:
        word = kind_word(analysis, spot) or words.get(spot.group)
        key = (spot.group, word)
        if key not in known:
            known[key] = [
                resolution(
                    c,
                    spot,
                    rank=rank,
                    holders=holders.get(spot.group, ()),
                    word=word,
                    around=around,
                    gazetteer=gazetteer,
                )
                for rank, c in enumerate(spot.candidates)
            ]
        rows.append(known[key])
    return rows


def resolve(analysis: Analysis, spots: Sequence[Spot], weights: Mapping[str, float], gazetteer: Gazetteer) -> dict[int, Choice]:
    """The choice for each spot that has candidates, by its index."""
    held = holders_of(analysis, spots)
    around = Surroundings()
    choices: dict[int, Choice] = {}
    for _ in range(ROUNDS):
        rows = weigh(analysis, spots, held, around, gazetteer)
        choices = {}
        for i, (spot, features) in enumerate(zip(spots, rows, strict=True)):
            if not spot.candidates:
                continue
            scores = [dot(weights, f) for f in features]
            word = kind_word(analysis, spot)
            if word in TELLING_KINDS and any(c.place.kind in KINDS[word] for c in spot.candidates):
                scores = [
                    score if c.place.kind in KINDS[word] else score - _WRONG_KIND for score, c in zip(scores, spot.candidates, strict=True)
                ]
            top = max(scores)
            k = scores.index(top)
            total = sum(math.exp(s - top) for s in scores)
            k = _city_first(spot, k, kind_word(analysis, spot))
            choices[i] = Choice(spot.candidates[k], math.exp(scores[k] - top) / total, features[k])
        around = gather(analysis, spots, choices)
    return _without_strangers(spots, choices, gazetteer)


def _without_strangers(spots: Sequence[Spot], choices: dict[int, Choice], gazetteer: Gazetteer) -> dict[int, Choice]:
    """Leaves a name open whose only bearers are spelt alike and lie where the document plays nowhere near."""
    settled = {
        c.best.place.country
        for i, c in choices.items()
        if c.best.match != "spelling" and c.best.place.country and spots[i].probability > SETTLED
    }
    near = settled.union(*(gazetteer.neighbours(code) for code in settled if code))
    if not settled:
        return choices
    return {i: c for i, c in choices.items() if c.best.match != "spelling" or c.best.place.kind != "town" or c.best.place.country in near}


def _city_first(spot: Spot, k: int, word: str | None) -> int:
    """A great city before the division named after it, where no word says which: "Kharkiv" is the city."""
    division = spot.candidates[k].place
    if word is not None or division.kind != "admin1" or division.country == "USA" or division.radius_km > LARGE:
        return k  # New York is a state, as the weights have learned, and Quebec a province
    for n, candidate in enumerate(spot.candidates):
        place = candidate.place
        if place.kind == "town" and place.population >= GREAT and (place.country, place.admin1) == (division.country, division.name):
            return n
    return k
