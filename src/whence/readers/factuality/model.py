"""The learned part: a linear model over checksums of features, in whole numbers, so that one text has one reading.

Made by training/factuality.py; data/factuality/README.md is its card.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from whence.data import path_of
from whence.errors import ResourceError

BUCKETS = 1 << 16
"""Places of the table of weights; a feature's is its CRC-32 modulo this."""


def bucket(feature: str) -> int:
    """The place of a feature in the table."""
    return zlib.crc32(feature.encode("utf8")) % BUCKETS


class CommitmentModel:
    """Weights in units of 1/`unit`. ResourceError where the file is no such table."""

    def __init__(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as content:
                weights, unit = content["weights"], int(content["unit"])
        except (OSError, KeyError, ValueError) as error:
            raise ResourceError(f"{path}: is no table of weights ({error}); install whence again") from error
        if weights.shape != (BUCKETS,) or weights.dtype != np.int16 or unit < 1:
            raise ResourceError(f"{path}: weights are {weights.dtype} {weights.shape}, expected int16 ({BUCKETS},); install whence again")
        self._weights: list[int] = weights.tolist()
        self._unit = unit

    def value(self, features: Iterable[str]) -> float:
        """The commitment that the features speak for, about -3 to 3."""
        weights = self._weights
        return sum(weights[b] for b in {bucket(f) for f in features}) / self._unit


@functools.cache
def model() -> CommitmentModel:
    """The bundled model, loaded once."""
    return CommitmentModel(path_of("factuality/weights.npz"))
