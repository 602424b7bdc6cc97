"""Events: trigger, type and status of marked rows; arguments, losses and weapons of some; and rows where nothing happens."""

from __future__ import annotations

import pytest

from tests.readers.marked import unmarked
from whence.pipeline import Whence
from whence.records import Event, Reading, Source

TYPED = [
    ("Gunmen «killed|t» two policemen at a checkpoint in Nawa on Tuesday.", "ASSAULT", "happened"),
    ("Two policemen were «killed|t» at a checkpoint in Nawa on Tuesday.", "ASSAULT", "happened"),
    ("The army «shelled|t» the village of Kafr Nouran on Monday.", "ASSAULT", "happened"),
    ("Residents «protested|t» in front of the town hall on Sunday.", "PROTEST", "happened"),
    ("Security forces «arrested|t» five men in Adwan.", "COERCE", "happened"),
    ("Fighters «abducted|t» a trader near Tafas on Friday.", "ASSAULT", "happened"),
    ("Heavy «clashes|t» broke out between the two factions in Tarhuna.", "ASSAULT", "happened"),
    ("The two sides signed a ceasefire «agreement|t» on Thursday.", "AGREE", "happened"),
    ("The minister «met|t» the envoy in Muscat.", "CONSULT", "happened"),
    ("Rebels «withdrew|t» from the airport on Wednesday.", "RETREAT", "happened"),
    ("The president «condemned|t» the attack.", "ACCUSE", "happened"),
    ("The government «rejected|t» the proposal of the mediators.", "REJECT", "happened"),
    ("Germany will «send|x» aid to the port city.", None, None),
    ("The army plans to «storm|t» the town.", "ASSAULT", "planned"),
    ("The patrol went to Jasim to carry out «arrests|t».", "COERCE", "planned"),
    ("Rebels threatened to «attack|t» the pipeline.", "ASSAULT", "planned"),
    ("The militia may «attack|t» the convoy.", "ASSAULT", "possible"),
    ("Soldiers did not «attack|t» the village.", "ASSAULT", "denied"),
    ("No one was «killed|t» in the village.", "ASSAULT", "denied"),
    ("There is no evidence of «attacks|t» on the village.", "ASSAULT", "denied"),
    ("Residents said that soldiers «killed|t» a shepherd near Harasta.", "ASSAULT", "claimed"),
    ("The spokesman denied that soldiers «killed|t» a shepherd near Harasta.", "ASSAULT", "denied"),
    ("Soldiers routinely «beat|t» detainees at the crossing.", "ASSAULT", "habitual"),
    ("The army is «shelling|t» the eastern districts.", "ASSAULT", "ongoing"),
    ("Villagers fear that the militia will «attack|t» the village.", "ASSAULT", "planned"),
    ("If the army «attacks|t» the town, families will flee.", "ASSAULT", "hypothetical"),
    ("The clans called off the «protest|t».", "PROTEST", "denied"),
]
NOTHING = [
    "The director shot a film about the war in the old city.",
    "The striker hit the bar twice in the second half.",
    "The paper attacked the proposal in an editorial.",
    "The town marked the tenth anniversary of the battle.",
    "Prices of bread rose again in the capital.",
    "The road winds through orchards to the sea.",
]


def events(engine: Whence, text: str, title: str = "A report of the day") -> tuple[Reading, list[Event]]:
    reading = engine.read(Source(id="row", text=text, title=title, language="en", published="2025-08-20", published_from="given"))
    return reading, list(reading.events)


@pytest.mark.parametrize(("row", "kind", "status"), [r for r in TYPED if r[1]])
def test_type_and_status(engine: Whence, row: str, kind: str, status: str) -> None:
    marked = unmarked(row)
    _, found = events(engine, marked.text)
    at = [e for e in found if e.trigger.text == marked.spans["t"][0]]
    assert at, [(e.trigger.text, e.type) for e in found]
    assert [(e.type, e.status) for e in at] == [(kind, status)]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_happens(engine: Whence, text: str) -> None:
    assert [e.trigger.text for e in events(engine, text)[1] if e.status in ("happened", "ongoing")] == []


SIDES = [
    ("The army shelled rebels near Idlib.", "army", "rebels"),
    ("Rebels were shelled by the army near Idlib.", "army", "rebels"),
    ("The shelling of rebels by the army went on all night.", "army", "rebels"),
    ("Gunmen carried out an attack on a police patrol.", "Gunmen", "police patrol"),
    ("An attack by gunmen on a police patrol closed the road.", "gunmen", "police patrol"),
    ("Soldiers raided the village and arrested three students.", "Soldiers", "three students"),
]


@pytest.mark.parametrize(("text", "actor", "target"), SIDES)
def test_who_does_and_who_suffers(engine: Whence, text: str, actor: str, target: str) -> None:
    reading, found = events(engine, text)
    names = {e.id: e.name for e in reading.entities}
    told = [(a.role, (names[a.entity] or "").lower()) for e in found for a in e.arguments]
    assert ("actor", actor.lower()) in told
    assert ("target", target.lower()) in told


LOSSES = [
    ("The blast killed at least 14 people in Kosti.", [("killed", 14, None)]),
    ("Shelling killed four people and wounded nine others in Darat.", [("killed", 4, 4), ("injured", 9, 9)]),
    ("More than 10 soldiers were killed and wounded in the ambush.", [("killed_or_injured", 11, None)]),
    ("Fighters captured five soldiers near the dam.", [("captured", 5, 5)]),
    ("Two policemen were killed and four wounded in the raid.", [("killed", 2, 2), ("injured", 4, 4)]),
    ("Dozens of civilians were wounded by rockets.", [("injured", 24, None)]),
    ("Troops arrested several students in the city.", [("captured", 2, None)]),
]


@pytest.mark.parametrize(("text", "want"), LOSSES)
def test_losses(engine: Whence, text: str, want: list[tuple[str, int | None, int | None]]) -> None:
    _, found = events(engine, text)
    assert sorted((c.measure, c.low, c.high) for e in found for c in e.counts) == sorted(want)


def test_subsets_are_marked_and_not_added(engine: Whence) -> None:
    _, found = events(engine, "An ambush killed seven soldiers, including three officers, near Tafas on Monday.")
    (count,) = [c for e in found for c in e.counts]
    assert (count.low, count.high) == (7, 7)
    assert [(s.low, s.high, s.span.text) for s in count.includes] == [(3, 3, "three officers")]


def test_an_aggregate_is_no_row(engine: Whence) -> None:
    text = "Four attacks on police posts were recorded in Daraa last week. An officer was killed in Nawa on Tuesday."
    reading, found = events(engine, text)
    assert [e.aggregate for e in found if e.trigger.text == "attacks"] == [True]
    ids = {i for row in reading.incidents for i in row.events}
    assert not ids & {e.id for e in found if e.aggregate}
    assert len(reading.incidents) == 1


def test_told_twice_is_one_incident(engine: Whence) -> None:
    text = "Gunmen attacked a police post in Inkhil at dawn on Tuesday. Two policemen were killed in the attack."
    reading, _ = events(engine, text)
    assert len(reading.incidents) == 1
    (row,) = reading.incidents
    assert [(c.measure, c.low) for c in row.counts] == [("killed", 2)]


def test_the_publication_date_is_only_an_upper_bound(engine: Whence) -> None:
    _, found = events(engine, "Gunmen attacked a police post in Inkhil.")
    assert (found[0].when.timex, found[0].when.earliest, found[0].when.latest) == (None, None, "2025-08-20")


SWAPS = [("the army", "the rebels"), ("Israeli soldiers", "Palestinian fighters"), ("the Rapid Support Forces", "the Sudanese army")]


@pytest.mark.parametrize("pair", SWAPS)
def test_coding_follows_the_words_and_not_the_names(engine: Whence, pair: tuple[str, str]) -> None:
    def coded(one: str, other: str) -> list[tuple[str, str | None, str, list[str]]]:
        text = f"{one[0].upper()}{one[1:]} attacked {other} near the dam on Monday, killing four people."
        return [(e.type, e.mode, e.status, [a.role for a in e.arguments]) for e in events(engine, text)[1]]

    assert coded(*pair) == coded(*reversed(pair))
