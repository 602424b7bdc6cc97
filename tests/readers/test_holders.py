"""Who is behind a source, and through whom it came: carriers, descriptions taken up, documents, pairs."""

from __future__ import annotations

import pytest

from whence.pipeline import Whence
from whence.records import Source

CHAINS = [
    (
        "Nobody had been on the pier, the foreman, Karim Haddad, told Coast Radio.",
        "Nobody had been on the pier",
        ["Karim Haddad", "Coast Radio", "Hill Post"],
    ),
    (
        "Coast Radio reported, citing two dockers, that the crane had been mined.",
        "that the crane had been mined",
        ["two dockers", "Coast Radio", "Hill Post"],
    ),
    (
        "The surgeon Hala Najm was quoted by Coast Radio as saying that the ward was full.",
        "that the ward was full",
        ["Hala Najm", "Coast Radio", "Hill Post"],
    ),
    (
        "An audit of the port found that half of the grain was missing.",
        "that half of the grain was missing",
        ["audit of the port", "Hill Post"],
    ),
    ("Captain Omar Deeb met the elders. The captain said that the road was open.", "that the road was open", ["Omar Deeb", "Hill Post"]),
]


@pytest.mark.parametrize(("text", "content", "chain"), CHAINS)
def test_chain(engine: Whence, text: str, content: str, chain: list[str]) -> None:
    reading = engine.read(Source(id="x", text=text, publisher="Hill Post", language="en"))
    names = {e.id: e.name for e in reading.entities}
    said = [c for c in reading.claims if c.content[0].text.strip(' ."“”') == content]
    assert said, [c.content for c in reading.claims]
    assert [names[i] for i in said[0].chain] == chain


def test_a_woman_is_not_taken_for_a_man(engine: Whence) -> None:
    text = "Boris Orlov drove Olena Kravets to the mill. She said that the bridge was gone."
    reading = engine.read(Source(id="x", text=text, language="en"))
    names = {e.id: e.name for e in reading.entities}
    assert [names[a.holder] for a in reading.attributions if a.source and a.source[0].text == "She" and a.holder] == ["Olena Kravets"]
