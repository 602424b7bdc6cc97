"""What amounts count, where rules alone would pass over them or take them for more than they are."""

from __future__ import annotations

import pytest

from whence.pipeline import Whence
from whence.records import Source


def told(engine: Whence, text: str) -> set[tuple[str, int | None, int | None]]:
    reading = engine.read(Source(id="x", text=text, language="en"))
    return {(c.measure, c.low, c.high) for e in reading.events for c in e.counts}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("A mob lynched a tyre seller at Ladipo.", {("killed", 1, 1)}),
        ("Agents in masks detained a roofer outside a school.", {("captured", 1, 1)}),
        ("Rebels burned two dump trucks and a backhoe in Guihulngan.", {("destroyed", 2, 2), ("destroyed", 1, 1)}),
        ("Militia fighters killed at least 17 civilians in Djaiba.", {("killed", 17, None)}),
        ("Fifty-two soldiers were killed at Kati on Monday.", {("killed", 52, 52)}),
        ("The Sudanese army was ambushed on the road to Kosti on Friday.", set()),
    ],
)
def test_counts(engine: Whence, text: str, counts: set[tuple[str, int | None, int | None]]) -> None:
    assert told(engine, text) == counts


def test_what_two_words_say_together_is_not_turned(engine: Whence) -> None:
    found = told(engine, "The attack left dozens of villagers killed or wounded in Jasim.")
    assert all(measure == "killed_or_injured" for measure, _, _ in found)
