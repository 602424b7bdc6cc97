"""Getting data out: a file per format, each with what it carries, what it loses, and a check by the format's own rules.

Formats know rows (`exports.rows`) and nothing of stores, readings or linking.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol, cast

from .losses import Loss, Losses, LossReport, Lost
from .redaction import Redaction
from .rows import Row


class Format(Protocol):
    """What each module of a format gives."""

    NAME: str
    TITLE: str
    SUFFIX: str

    def lost(self, row: Row, /) -> Iterator[Lost]:
        """What the format cannot carry of a row."""

    def write(self, rows: Iterable[Row], path: Path, /) -> None:
        """Write the rows that are not left out."""

    def check(self, path: Path, /) -> list[str]:
        """Where a file breaks the format's own rules; empty where it does not."""


MODULES = {
    "acled": "acled",
    "ucdp": "ucdp",
    "polecat": "polecat",
    "geojson": "geojson",
    "xlsx": "xlsx",
    "hxl": "hxl",
    "parquet": "parquet",
    "ftm": "ftm",
    "stix": "stix",
    "prov": "prov",
    "claimreview": "claimreview",
    "annotations": "annotations",
    "html": "brief_html",
    "docx": "brief_docx",
}
"""Formats by name."""


def format_of(name: str) -> Format:
    """A format by its name. KeyError where there is none."""
    return cast("Format", importlib.import_module(f"{__name__}.{MODULES[name]}"))


def export(name: str, rows: Iterable[Row], path: Path) -> LossReport:
    """Write rows in a format; what it could not carry. RequirementError where a library is missing."""
    form, losses = format_of(name), Losses(name)
    form.write(losses.through(rows, form.lost), path)
    return losses.report()


__all__ = ["MODULES", "Format", "Loss", "LossReport", "Losses", "Lost", "Redaction", "Row", "export", "format_of"]
