"""Who says what: a row a construction, and as many rows where nobody says anything."""

from __future__ import annotations

import pytest

from tests.readers.marked import unmarked
from whence.pipeline import Whence
from whence.records import Reading, Source

SAID = [
    "«The governor|source» «said|cue» «that the bridge had been hit twice|content».",
    "«A medic in the town|source» «told|cue» Radio Shikan «that nine people were treated for burns|content».",
    "«“We heard two blasts before dawn,”|content» «said|cue» «Nadia Farouk, a shopkeeper in the old market|source».",
    "According to «two residents|source», «the shells came from the hills east of the river|content».",
    "«The shells came from the hills east of the river|content», according to «two residents|source».",
    "«The ministry|source» «denied|cue» «the accusation|content».",
    "«Farmers in the valley|source» «fear|cue» «that the road will be closed|content».",
    "«The army|source» «has been warning of|cue_of» «attacks on the pipeline|content».",
    "«Local monitors|source» «have not ruled out|cue» «that the fire was set on purpose|content».",
    "«Colonel Tariq Salim|source» «announced|cue» «that the checkpoint would be moved|content».",
    "«The council|source» «said|cue» «schools would stay shut on Wednesday|content».",
    "«He|source» «added|cue» «that no one had been arrested|content».",
    "«Witnesses|source» «reported|cue» «that the convoy turned back|content».",
    "«Activists|source» «claimed|cue» «that soldiers fired into the crowd|content».",
    "«The spokesman|source» «insisted|cue» «that the aircraft never left its base|content».",
    "«The rebels|source» «accused|cue» «the army of shelling the clinic|content».",
]
NOT_SAID = [
    "Nine people were treated for burns at the hospital.",
    "The bridge had been hit twice since January.",
    "The road to the port was closed on Sunday.",
    "Soldiers set up a checkpoint at the northern entrance of the town.",
    "A fuel convoy left the port with nine tankers that morning.",
    "Three houses burned down in the night.",
    "The market reopened after two days.",
    "Prices rose again in the capital last week.",
]


def read(engine: Whence, text: str) -> Reading:
    return engine.read(Source(id="row", text=text, title="A report of the day", language="en"))


def near(one: str, other: str) -> bool:
    a, b = one.strip(" .,").lower().split(), other.strip(" .,").lower().split()
    return len(set(a) & set(b)) >= 0.8 * max(len(set(a)), len(set(b)))


@pytest.mark.parametrize("row", SAID)
def test_said(engine: Whence, row: str) -> None:
    marked = unmarked(row)
    found = read(engine, marked.text).attributions
    (content,) = marked.spans["content"]
    hits = [a for a in found if near(" ".join(s.text for s in a.content), content)]
    assert hits, [a.content for a in found]
    for source in marked.spans.get("source", []):
        assert any(near(s.text, source) for a in hits for s in a.source), [a.source for a in hits]
    for cue in marked.spans.get("cue", []):
        assert any(near(s.text, cue) for a in hits for s in a.cue), [a.cue for a in hits]


@pytest.mark.parametrize("text", NOT_SAID)
def test_not_said(engine: Whence, text: str) -> None:
    assert not read(engine, text).attributions


def test_a_quotation_over_sentences_is_one_content(engine: Whence) -> None:
    text = "“The road is open. Nobody stopped us on the way. We reached the village at noon,” the driver said."
    reading = read(engine, text)
    whole = [a for a in reading.attributions if len(a.content[0].text) > 70]
    assert len(whole) == 1
    assert whole[0].form == "direct"
    assert whole[0].source[0].text == "the driver"


def test_a_pointing_sentence_carries_on_the_statement(engine: Whence) -> None:
    text = "Local sources told Al-Mirwad that envoys met the elders twice. This was part of a visit to the province by the delegation."
    reading = read(engine, text)
    further = [a for a in reading.attributions if a.continues]
    assert len(further) == 1
    assert further[0].content[0].text.startswith("This was part")
    assert further[0].holder == reading.attributions[0].holder is not None


def test_a_statement_inside_a_statement_has_its_parent(engine: Whence) -> None:
    text = "The mayor said that villagers had told him that the bridge was mined."
    reading = read(engine, text)
    by_cue = {a.cue[0].text.split()[-1]: a for a in reading.attributions if a.cue}
    assert by_cue["told"].parent == by_cue["said"].id
    assert by_cue["said"].parent is None


def test_she_is_the_one_who_spoke_before(engine: Whence) -> None:
    text = "Layla Hamdan, a nurse at the clinic, said that the ward was full. She said that two patients had died."
    reading = read(engine, text)
    holders = {a.holder for a in reading.attributions}
    assert len(reading.attributions) == 2
    assert len(holders) == 1
    (entity,) = [e for e in reading.entities if e.id in holders]
    assert entity.name == "Layla Hamdan"
