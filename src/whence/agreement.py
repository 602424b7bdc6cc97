"""How far coders agree beyond chance: Krippendorff's alpha, for nominal, ordinal, interval and ratio values, with values missing.

Computed as in K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): coincidences of the values of each unit that two or
more coded, the observed disagreement in them over the one expected from the values' frequencies. 1 is perfect, 0 what chance gives.
Customary thresholds: .800 to rely upon, .667 for tentative conclusions (Krippendorff, Content Analysis, 2004).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import permutations
from typing import Any, Literal

from whence.records import Record
from whence.store import CODED, Coding

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
NOT_TOLD = "(not told)"
METRICS: dict[str, Metric] = {"earliest": "interval", "latest": "interval", "killed": "ratio", "injured": "ratio"}
"""Metrics of fields whose values are more than names: days by how far they lie apart, numbers by their proportion."""


class Agreement(Record):
    """How far coders agree on a field: the units that two or more coded, and alpha, None where it is not defined.

    It is not defined where nothing was coded twice, or where all say the same throughout: then there is nothing to be right by chance
    about. `same` is the share of units on which all agree, to be read beside it.
    """

    field: str
    metric: Metric
    units: int
    same: float | None
    alpha: float | None


def alpha(units: Iterable[Sequence[Any]], metric: Metric = "nominal") -> float | None:
    """Krippendorff's alpha of units, each the values that coders gave it (None: not coded). None where it is not defined.

    Values are hashable for `nominal`, else numbers; `ratio` wants them 0 or greater.
    """
    weights: dict[tuple[Hashable, Hashable], float] = {}
    for unit in units:
        values = [v for v in unit if v is not None]
        if len(values) < 2:
            continue
        for pair in permutations(range(len(values)), 2):
            key = (values[pair[0]], values[pair[1]])
            weights[key] = weights.get(key, 0.0) + 1 / (len(values) - 1)
    totals: dict[Hashable, float] = {}
    for (value, _), weight in weights.items():
        totals[value] = totals.get(value, 0.0) + weight
    n = sum(totals.values())
    if n < 2:
        return None
    apart = _difference(metric, totals)
    observed = sum(weight * apart(a, b) for (a, b), weight in weights.items()) / n
    expected = sum(x * y * apart(a, b) for a, x in totals.items() for b, y in totals.items()) / (n * (n - 1))
    return None if expected == 0 else 1 - observed / expected


def _difference(metric: Metric, totals: Mapping[Any, float]) -> Callable[[Any, Any], float]:
    """The squared difference of two values."""
    if metric == "nominal":
        return lambda a, b: float(a != b)
    if metric == "interval":
        return lambda a, b: float(a - b) ** 2
    if metric == "ratio":
        return lambda a, b: 0.0 if a == b else (float(a - b) / float(a + b)) ** 2
    ranked = sorted(totals)

    def ordinal(a: Any, b: Any) -> float:
        low, high = sorted((a, b))
        between = sum(totals[v] for v in ranked if low <= v <= high)
        return float(between - (totals[low] + totals[high]) / 2) ** 2

    return ordinal


def measured(field: str, value: str | None) -> Any:
    """A coded value as alpha compares it: days as numbers, counts by their lower end, names without case; None where it is no number."""
    metric = METRICS.get(field, "nominal")
    if metric == "nominal":
        return NOT_TOLD if value is None else " ".join(value.casefold().split())
    if value is None:
        return None
    if metric == "interval":
        return date.fromisoformat(value).toordinal()
    return int(value.removesuffix("+").partition("-")[0])


def agreements(codings: Iterable[Coding]) -> list[Agreement]:
    """The agreement on every field, from the last coding of each coder."""
    units: dict[str, dict[str, list[str | None]]] = {field: {} for field in CODED}
    for coding in codings:
        for field, value in coding.values.items():
            units[field].setdefault(coding.report, []).append(value)
    found = []
    for field, by in units.items():
        twice = [values for values in by.values() if len(values) > 1]
        compared = [[measured(field, v) for v in values] for values in twice]
        agreeing = sum(len({measured(field, v) for v in values}) == 1 for values in twice)
        found.append(
            Agreement(
                field=field,
                metric=METRICS.get(field, "nominal"),
                units=len(twice),
                same=agreeing / len(twice) if twice else None,
                alpha=alpha(compared, METRICS.get(field, "nominal")),
            )
        )
    return found
