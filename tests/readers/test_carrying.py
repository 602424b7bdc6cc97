"""Through whom a statement came, and whom it is from, by the parts of the sentence and by what was said before."""

from __future__ import annotations

import pytest

from whence.pipeline import Whence
from whence.records import Source

CASES = [
    (
        "In a statement carried by Coast Radio, the Sabkha Brigades said that the depot was empty.",
        "that the depot was empty",
        ["Sabkha Brigades", "Coast Radio", "Hill Post"],
    ),
    (
        "Citing three drivers, Coast Radio reported that the pass was mined.",
        "that the pass was mined",
        ["three drivers", "Coast Radio", "Hill Post"],
    ),
    (
        "Coast Radio quoted a miller as saying that the silo was struck twice.",
        "that the silo was struck twice",
        ["miller", "Coast Radio", "Hill Post"],
    ),
    (
        "Karim Haddad was told by a nurse that the ward had been emptied.",
        "that the ward had been emptied",
        ["nurse", "Karim Haddad", "Hill Post"],
    ),
    (
        "A nurse told state television that nine people had died in Singa.",
        "that nine people had died in Singa",
        ["nurse", "Hill Post"],
    ),
    (
        "Two guards spoke to Coast Radio on Monday. The prisoners were moved at dawn, the guards said.",
        "The prisoners were moved at dawn",
        ["Two guards", "Coast Radio", "Hill Post"],
    ),
    (
        "SINGA, 4 May - The Irrigation Ministry denied that the gates had been opened.",
        "that the gates had been opened",
        ["Irrigation Ministry", "Hill Post"],
    ),
    (
        "The column never left Singa, said a clerk who kept the register.",
        "The column never left Singa",
        ["clerk", "Hill Post"],
    ),
    (
        "In an unsigned letter left at the mosque, the army was given three days to leave the town.",
        "the army was given three days to leave the town",
        ["unsigned letter", "Hill Post"],
    ),
]


@pytest.mark.parametrize(("text", "content", "chain"), CASES)
def test_chain(engine: Whence, text: str, content: str, chain: list[str]) -> None:
    reading = engine.read(Source(id="x", text=text, publisher="Hill Post", language="en"))
    names = {e.id: e.name or "" for e in reading.entities}
    start = text.index(content)
    found = [c for c in reading.claims if c.content and abs(c.content[0].start - start) <= 1 and len(c.content[0].text) > len(content) // 2]
    assert found, [c.content[0].text for c in reading.claims if c.content]
    told = [names[i] for i in found[0].chain]
    assert len(told) == len(chain), told
    assert all(want.lower() in name.lower() for want, name in zip(chain, told, strict=True)), told


@pytest.mark.parametrize(
    "text",
    ["Alawite families were attacked by gunmen near Baiji on Monday.", "Two farmers were shot by soldiers near Kosti on Monday."],
)
def test_a_deed_is_no_statement(engine: Whence, text: str) -> None:
    assert engine.read(Source(id="x", text=text, language="en")).attributions == ()
