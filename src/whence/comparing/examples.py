"""Training and evaluation sets of one's own: each coded row's note as a text, and what was coded from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Literal

from whence.errors import IntakeError
from whence.records import Record

from .coded import CodedRow

Split = Literal["train", "dev", "test"]
SHARES: tuple[tuple[Split, int], ...] = (("train", 80), ("dev", 90), ("test", 100))
"""Upper ends in percent; a row's part hangs on its text, so that copies of a text never stand on both sides."""
SHORTEST = 20
"""Characters of a note that can be read at all."""


class Example(Record):
    """A text with what was coded from it; `gold` has the dataset's own column names, cells that are empty left out."""

    id: str
    text: str
    split: Split
    dataset: str
    line: int
    gold: dict[str, str | int | float]


LEFT_OUT = ("notes", "source_headline", "timestamp", "source_article", "source_original")
WHOLE = frozenset(
    "fatalities year best high low deaths_a deaths_b deaths_civilians deaths_unknown type_of_violence time_precision geo_precision inter1 "
    "inter2 interaction iso where_prec date_prec event_clarity number_of_sources".split()
)
REAL = ("latitude", "longitude")


def examples(rows: Iterable[CodedRow]) -> Iterator[Example]:
    """An example for each row with a note of its own; of rows with one and the same note only the first.

    IntakeError where the dataset has no text at all (POLECAT).
    """
    seen: set[str] = set()
    for row in rows:
        if row.dataset == "polecat":
            raise IntakeError("POLECAT's files have no text: an evaluation set wants ACLED's notes or UCDP's headlines", code="malformed")
        text = " ".join((row.notes or "").split())
        key = hashlib.sha256(text.casefold().encode("utf8")).hexdigest()
        if len(text) < SHORTEST or key in seen:
            continue
        seen.add(key)
        at = int(key[:8], 16) % 100
        split = next(name for name, end in SHARES if at < end)
        yield Example(id=row.id, text=text, split=split, dataset=row.dataset, line=row.line, gold=_gold(row))


def _gold(row: CodedRow) -> dict[str, str | int | float]:
    found: dict[str, str | int | float] = {}
    for name, value in row.cells.items():
        if not value or name in LEFT_OUT:
            continue
        if name in WHOLE and value.removesuffix(".0").isdigit():
            found[name] = int(value.removesuffix(".0"))
        elif name in REAL:
            found[name] = float(value)
        else:
            found[name] = value
    for name in ("event_date", "date_start", "date_end"):
        if name in found:
            found[name] = row.latest if name == "date_end" else row.earliest if row.dataset == "ucdp" else _day(row)
    return found


def _day(row: CodedRow) -> str:
    """ACLED's day in one form, whatever form the file has."""
    from datetime import date, timedelta

    from .coded import SPAN

    before, _ = SPAN.get(row.cells.get("time_precision", "1"), (0, 0))
    return (date.fromisoformat(row.earliest) + timedelta(days=before)).isoformat()
