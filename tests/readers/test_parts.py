"""The regions of a page: each kind by its look and its place, with as many blocks that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.readers.parts import DATELINE, split
from whence.records import Source

SCRAPED = """Barada Reader logo

Who Fired on the Clinic in Tafas?

Two doctors were hurt and nobody admits the shelling, Al-Mirwad writes.
Tafas clinic
Who Fired on the Clinic in Tafas?

Shells struck the clinic of Tafas on Monday morning and hurt two doctors, according to the director of the place.

What Is Known

The director, Samer Odeh, said that three shells came from the north. He counted them himself.

Read also: The Orchards of Tafas After the Frost

Nobody has claimed the shelling.

This article was translated and edited by The Barada Reader. The Barada Reader has not verified the content of this story.

Keywords: Tafas, clinic
"""


def kinds(text: str, **known: str) -> list[tuple[str, str]]:
    parts, _ = split(Source(id="page", text=text, **known))
    return [(p.kind, text[p.start : p.end]) for p in parts]


def test_a_scraped_page() -> None:
    found = kinds(SCRAPED)
    assert [k for k, _ in found] == [
        "boilerplate",
        "title",
        "lead",
        "caption",
        "boilerplate",
        "body",
        "heading",
        "body",
        "link",
        "body",
        "disclaimer",
        "boilerplate",
    ]
    assert split(Source(id="page", text=SCRAPED))[1] == "Who Fired on the Clinic in Tafas?"


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        ("Read more: Five questions about the truce", "link"),
        ("See also https://example.org/a", "link"),
        ("https://example.org/story", "link"),
        ("Share this", "boilerplate"),
        ("© 2025 Zaytoun Register. All rights reserved.", "boilerplate"),
        ("By Hana Aziz", "boilerplate"),
        ("File photo: the bridge at Raqqa before the flood", "caption"),
        ("The bridge at Raqqa. (Photo: Hana Aziz)", "caption"),
        ("This report was first published by Radio Shikan.", "disclaimer"),
        ("Editor's note: a name was changed to protect a witness.", "disclaimer"),
        ("By noon the road was open again, and the convoy went on to the port.", "body"),
        ("Two men read more of the statement to the crowd before the soldiers came.", "body"),
        ("He shared this with nobody, he said, for fear of the militia.", "body"),
        ("The ministry could not verify how many people had fled the village by then.", "body"),
    ],
)
def test_a_block_in_the_middle(block: str, kind: str) -> None:
    before = "Fire at the port of Kosti\n\nA fire broke out at the port of Kosti on Sunday night and burned for hours."
    after = "The fire was out by morning, and the port was open again on Monday."
    text = f"{before}\n\n{block}\n\n{after}\n"
    assert {words: k for k, words in kinds(text)}[block] == kind


def test_one_sentence_is_body() -> None:
    assert kinds("Gunmen attacked a police post in Inkhil.") == [("body", "Gunmen attacked a police post in Inkhil.")]


def test_one_word_is_body() -> None:
    assert kinds("Inkhil") == [("body", "Inkhil")]


def test_a_given_title_is_the_title() -> None:
    text = "Fire at the port.\n\nA fire broke out at the port of Kosti on Sunday night."
    assert [k for k, _ in kinds(text, title="Fire at the port")] == ["title", "body"]


def test_wrapped_lines_are_one_block() -> None:
    text = (
        "A fire broke out at the port of Kosti on Sunday night and burned for many\n"
        "hours before the crews of the harbour, who had been called from their homes,\n"
        "could bring it under control, two of the firemen told the radio of the town\n"
        "on Monday."
    )
    assert len(kinds(text)) == 1


@pytest.mark.parametrize(
    ("opening", "credit"),
    [
        ("DARAA, March 17 (Levant Wire) - Shells struck the town.", "Levant Wire"),
        ("Um Rawaba, 8 June (Radio Tuti Bridge) – A drone strike killed two.", "Radio Tuti Bridge"),
        ("KYIV (Oskil Herald) -- Two people died.", "Oskil Herald"),
        ("Two people died (one of them a child) - the third this week.", None),
        ("The commander (Ali) said so.", None),
    ],
)
def test_datelines(opening: str, credit: str | None) -> None:
    hit = DATELINE.match(opening)
    assert (hit.group(1) if hit else None) == credit


@given(st.text(max_size=400))
def test_parts_lie_in_the_text_in_order_and_lose_nothing(text: str) -> None:
    parts, _ = split(Source(id="any", text=text))
    at = 0
    for part in parts:
        assert at <= part.start < part.end <= len(text)
        assert not text[at : part.start].strip()
        at = part.end
    assert not text[at:].strip()
