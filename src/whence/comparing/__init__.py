"""Coded rows back in: ACLED, UCDP and POLECAT files by their headings, matched to incidents and compared field by field."""

from __future__ import annotations

from .coded import DATASETS, CodedRow, read_coded
from .comparison import Comparison, Difference, Match, compared, compared_apart
from .examples import Example, examples

__all__ = ["DATASETS", "CodedRow", "Comparison", "Difference", "Example", "Match", "compared", "compared_apart", "examples", "read_coded"]
