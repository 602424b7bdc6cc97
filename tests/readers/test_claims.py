"""Claims, chains, questions and entities: who stands behind what, and who gainsays whom."""

from __future__ import annotations

import pytest

from whence.pipeline import Whence
from whence.records import Reading, Source


def read(engine: Whence, text: str, **known: str) -> Reading:
    fields = {"title": "A report of the day", "language": "en", **known}
    return engine.read(Source(id="row", text=text, **fields))


def names(reading: Reading) -> dict[str, str | None]:
    return {e.id: e.name for e in reading.entities}


STANCES = [
    ("The mayor said that soldiers shelled the clinic.", "asserts", "positive"),
    ("The mayor denied that soldiers shelled the clinic.", "denies", "negative"),
    ("The mayor said that soldiers did not shell the clinic.", "denies", "negative"),
    ("The mayor did not rule out that soldiers shelled the clinic.", "allows", "positive"),
    ("The mayor fears that soldiers will shell the clinic.", "fears", "positive"),
    ("The mayor warned that soldiers would shell the clinic.", "warns", "positive"),
    ("The mayor asked whether soldiers shelled the clinic.", "asks", "positive"),
    ("The mayor could not confirm that soldiers shelled the clinic.", "disclaims", "negative"),
    ("“There is no evidence of any shelling of the clinic,” the mayor said.", "denies", "negative"),
    ("The mayor said that the soldiers who did not withdraw shelled the clinic.", "asserts", "positive"),
]


@pytest.mark.parametrize(("text", "stance", "polarity"), STANCES)
def test_stance_is_the_cues_and_the_main_clauses(engine: Whence, text: str, stance: str, polarity: str) -> None:
    claims = [c for c in read(engine, text).claims if c.attribution]
    assert claims, text
    assert (claims[0].stance, claims[0].polarity) == (stance, polarity)


def test_a_chain_runs_from_the_origin_to_the_publisher(engine: Whence) -> None:
    text = (
        "Opposition sources told Al-Mirwad that envoys had met the elders.\n\n"
        "This article was translated by The Barada Reader from Arabic. The Barada Reader has not verified the content of this story."
    )
    reading = read(engine, text)
    chain = next(c.chain for c in reading.claims if c.attribution)
    called = names(reading)
    assert [called[i] for i in chain] == ["Opposition sources", "Al-Mirwad", "The Barada Reader"]
    assert [v.relation for v in reading.document.via] == ["translated_from"]


def test_these_sources_are_those_sources(engine: Whence) -> None:
    text = (
        "Opposition sources told Al-Mirwad that envoys had met the elders. According to these sources, a second meeting is planned. "
        "They explained that the elders were cautious."
    )
    reading = read(engine, text)
    assert len({a.holder for a in reading.attributions}) == 1


def test_the_outlets_own_voice_has_no_attribution(engine: Whence) -> None:
    reading = read(engine, "Soldiers shelled the clinic in Tafas on Monday.", publisher="Levant Wire")
    (claim,) = reading.claims
    assert claim.attribution is None
    assert [names(reading)[i] for i in claim.chain] == ["Levant Wire"]


def test_a_denial_opposes_what_it_denies(engine: Whence) -> None:
    text = (
        "Residents of Tafas said that the army shelled the clinic on Monday, killing two doctors.\n\n"
        "The army denied that it shelled the clinic in Tafas."
    )
    reading = read(engine, text, published="2025-08-20")
    denial = next(c for c in reading.claims if c.stance == "denies")
    assert denial.opposes
    assert all(denial.id in c.opposes for c in reading.claims if c.id in denial.opposes)


def test_figures_that_cannot_both_hold_are_disputed(engine: Whence) -> None:
    text = (
        "Gunmen attacked a police post in Inkhil on Tuesday. A guard of the post said that five policemen were killed. "
        "Residents said that two policemen were killed."
    )
    (row,) = read(engine, text, published="2025-08-20").incidents
    assert row.disputed
    assert sorted(c.low or 0 for c in row.counts if c.measure == "killed") == [2, 5]


def test_a_title_that_asks_is_answered_with_both_sides(engine: Whence) -> None:
    text = (
        "Has Turkey Resumed Support for the Factions in Aleppo?\n\n"
        "Opposition sources said that Turkey had resumed support for the factions in Aleppo. Trucks were seen at the crossing.\n\n"
        "“There is no indication of a resumption of support by Turkey,” Samer Odeh, a spokesman for the Northern Front, said on Monday.\n\n"
        "The factions have not commented on the matter."
    )
    reading = engine.read(Source(id="row", text=text, language="en"))
    (question,) = reading.questions
    assert (question.origins_for, question.origins_against, question.verdict) == (1, 1, "disputed")


def test_a_question_may_be_asked_from_outside() -> None:
    from whence.config import Settings
    from whence.readers import built_in

    readers = built_in(Settings(), ask=["Has Turkey resumed support?"])
    assert next(r for r in readers if r.name == "questions").ask == ("Has Turkey resumed support?",)  # type: ignore[attr-defined]


ENTITIES = [
    ("The Syrian Democratic Forces (SDF) left the town. The SDF denied it.", "Syrian Democratic Forces", "armed_group"),
    ("Moscow warned that it would respond.", "Moscow", "state"),
    ("The Sudanese army shelled the market.", "Sudanese army", "state_forces"),
    ("Residents of the town fled on Sunday.", "Residents of the town", "civilians"),
    ("Samer Odeh, a spokesman for the Northern Front, denied the report.", "Samer Odeh", "person"),
    ("Local fighters attacked the patrol.", "Local fighters", "armed_group"),
]


@pytest.mark.parametrize(("text", "name", "kind"), ENTITIES)
def test_entities_have_types(engine: Whence, text: str, name: str, kind: str) -> None:
    found = {(e.name, e.type) for e in read(engine, text).entities}
    assert (name, kind) in found


def test_an_apposition_gives_role_and_affiliation(engine: Whence) -> None:
    reading = read(engine, "Samer Odeh, a spokesman for the Northern Front, denied the report.")
    (odeh,) = [e for e in reading.entities if e.name == "Samer Odeh"]
    assert [names(reading)[i] for i in odeh.affiliations] == ["Northern Front"]
    assert any("spokesman" in role for role in odeh.roles)
    assert ("speaks_for", odeh.id) in {(r.type, r.origin) for r in reading.relations}
