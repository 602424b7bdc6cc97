"""Weights of levels, learned by `training/linking.py`: log-odds that two reports tell of one incident, and why."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

from whence.data import toml
from whence.records import Record

FILE = "linking/weights.toml"


class Model(Record):
    """A logistic model over levels. `weights` by "field: level"; `slope` and `shift` calibrate its log-odds (Platt 1999)."""

    bias: float
    weights: dict[str, float]
    slope: float
    shift: float

    def why(self, levels: Mapping[str, str]) -> dict[str, float]:
        """The weight of each field that speaks for (above 0) or against, after calibration."""
        found = {f"{field}: {level}": self.slope * self.weights.get(f"{field}: {level}", 0.0) for field, level in levels.items()}
        return {key: round(weight, 3) for key, weight in found.items() if abs(weight) >= 0.005}

    def logit(self, levels: Mapping[str, str]) -> float:
        """Calibrated log-odds."""
        raw = self.bias + sum(self.weights.get(f"{field}: {level}", 0.0) for field, level in levels.items())
        return self.slope * raw + self.shift

    def probability(self, levels: Mapping[str, str]) -> float:
        """The calibrated probability."""
        return sigmoid(self.logit(levels))


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x), without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def log_odds(p: float) -> float:
    """The log-odds of a probability, at most 13.8 either way."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


@functools.cache
def model(name: str) -> Model:
    """A bundled model: `reports`, `lineage` or `mentions`."""
    told = toml(FILE)[name]
    return Model(bias=told["bias"], weights=told["weights"], slope=told["slope"], shift=told["shift"])


@functools.cache
def rare_words() -> tuple[dict[str, float], float]:
    """(how much a stem tells: the negative logarithm of its share of texts, the same for one that is not listed)."""
    told = toml("linking/words.toml")
    return {w: float(level) for level, words in told["words"].items() for w in words.split()}, float(told["unlisted"])
