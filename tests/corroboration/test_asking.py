"""Questions: which side a claim is on, how many origins there are, and a verdict that says no more than that."""

from __future__ import annotations

import pytest

from whence.asking import ask_readings
from whence.corroboration.asking import Answer, verdict
from whence.intake import text_source
from whence.pipeline import Whence
from whence.records import Reading

DENIED = (
    "Gunmen attacked a police post in Inkhil on Thursday, killing two policemen, Levant Wire reported. "
    "Interior ministry spokesman Karim Haddad denied that there had been an attack on a police post in Inkhil."
)
TOLD = (
    "Gunmen attacked the police post in Inkhil on Thursday. A shepherd told Hawran Voice that two policemen had been killed in the attack."
)
ELSEWHERE = "Gunmen attacked a police post in Kosti on Thursday, killing two policemen."


def answer(engine: Whence, question: str, *texts: str) -> Answer:
    sources = [text_source(t, identity=f"d{n}", published="2022-03-18", publisher=f"Outlet {n}") for n, t in enumerate(texts)]
    readings = [r for r in engine.read_many(sources) if isinstance(r, Reading)]
    return ask_readings(engine, question, readings, today="2022-03-20")


def test_both_sides_with_their_chains(engine: Whence) -> None:
    told = answer(engine, "Was there an attack on a police post in Inkhil?", DENIED, TOLD)
    sides = {b.side for b in told.bearings}
    assert {"for", "against"} <= sides
    assert told.verdict.startswith("Disputed")
    against = next(b for b in told.bearings if b.side == "against")
    assert against.chain[0] == "Karim Haddad"
    assert all(b.words and b.why for b in told.bearings)


def test_other_places_other_days_and_other_deeds_do_not_answer(engine: Whence) -> None:
    question = "Was there an attack on a police post in Inkhil?"
    assert answer(engine, question, ELSEWHERE).bearings == ()
    later = answer(engine, "Was there an attack on a police post in Inkhil in May 2021?", TOLD)
    assert not [b for b in later.bearings if b.side in ("for", "against")]
    other = answer(engine, "Was there a protest in Inkhil?", TOLD)
    assert not [b for b in other.bearings if b.side in ("for", "against")]
    assert other.verdict.startswith("Open")


@pytest.mark.parametrize(
    ("origins", "begins"),
    [
        ({}, "Open: nothing"),
        ({"allowing": ("a",)}, "Open: 1 origin allows"),
        ({"for": ("a",)}, "Said by 1 origin, and denied by nobody in what is kept. One origin"),
        ({"for": ("a", "b")}, "Said by 2 origins"),
        ({"against": ("a",)}, "Denied or doubted by 1 origin"),
        ({"for": ("a", "b"), "against": ("c",)}, "Disputed: 2 origins for it, 1 origin against it."),
    ],
)
def test_the_verdict_says_what_the_table_says(origins: dict[str, tuple[str, ...]], begins: str) -> None:
    assert verdict(origins).startswith(begins)
