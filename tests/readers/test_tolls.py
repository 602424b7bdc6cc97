"""Losses by their words: amounts beside a word of loss, totals, and none at all."""

from __future__ import annotations

import pytest

from whence.pipeline import Whence
from whence.records import Reading, Source


def read(engine: Whence, text: str) -> Reading:
    return engine.read(Source(id="x", text=text, language="en"))


TOLD = [
    ("The army shelled the quarry; two porters and a cook died.", {("killed", 2, 2), ("killed", 1, 1)}),
    ("The blast at the mill brought the death toll to 44.", {("killed", 44, 44)}),
    ("Shells hit the pier, causing no casualties.", {("killed", 0, 0), ("injured", 0, 0)}),
    ("A raid on the kiln left more than six workers dead.", {("killed", 7, None)}),
    ("Gunmen attacked the ferry and nobody was hurt.", {("killed", 0, 0), ("injured", 0, 0)}),
    ("A family of four was killed when a rocket hit their yard.", {("killed", 4, 4)}),
    ("Mortars hit the lane, killing three and wounding a baker.", {("killed", 3, 3), ("injured", 1, 1)}),
    ("Twenty-one drovers were killed in the ambush.", {("killed", 21, 21)}),
]


@pytest.mark.parametrize(("text", "losses"), TOLD)
def test_losses_are_heard(engine: Whence, text: str, losses: set[tuple[str, int | None, int | None]]) -> None:
    found = {(c.measure, c.low, c.high) for e in read(engine, text).events for c in e.counts}
    assert losses <= found


SILENT = [
    "The army shelled the quarry for two hours on Monday.",
    "Three officials visited the wounded after the attack.",
    "The attack came nine days after the truce.",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_loss_is_heard(engine: Whence, text: str) -> None:
    assert [c for e in read(engine, text).events for c in e.counts if c.measure in ("killed", "injured")] == []
