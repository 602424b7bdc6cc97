"""How good the readings are: scores on gold data, and floors that may not be gone below."""

from __future__ import annotations

from .floors import Finding, Floor, compare, load_floors, save_floors, updated
from .scoring import OWN_NAMES, SETS, SHORT, GoldSet, Score, chosen, evaluate

__all__ = [
    "OWN_NAMES",
    "SETS",
    "SHORT",
    "Finding",
    "Floor",
    "GoldSet",
    "Score",
    "chosen",
    "compare",
    "evaluate",
    "load_floors",
    "save_floors",
    "updated",
]
