"""The contract: what every reading keeps to, whatever the text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whence.cli.reading import demo_sources
from whence.errors import IntakeError
from whence.intake import text_source
from whence.pipeline import Whence
from whence.records import Reading, Source, encode

WORDS = st.sampled_from(
    [
        "Gunmen",
        "killed",
        "two",
        "policemen",
        "in",
        "Jassim",
        "on",
        "Tuesday",
        ",",
        "the",
        "ministry",
        "said",
        ".",
        "“",
        "denied",
        "”",
        "according",
        "to",
        "sources",
        "that",
        "no",
        "one",
        "was",
        "hurt",
        "11",
        "more",
        "than",
        "dozens",
        "al-Modon",
        "told",
        "reporters",
        "he",
        "they",
        "U.S.",
        "Russia’s",
        "plan",
        "attack",
        "\n\n",
        "?",
        "!",
        "\u200f",
        "مرحبا",
        "😀",
        "́",
        "é",
    ]
)


def ids(reading: Reading) -> list[str]:
    lists = (
        reading.mentions, reading.entities, reading.timexes, reading.toponyms, reading.attributions, reading.events,
        reading.claims, reading.incidents, reading.questions, reading.relations,
    )  # fmt: skip
    return [r.id for records in lists for r in records]


def keeps(reading: Reading) -> None:
    """What can be checked of any reading without knowing its text."""
    text = reading.document.text
    found = ids(reading)
    assert len(found) == len(set(found))
    known = set(found)

    def walk(value: Any) -> None:
        if isinstance(value, tuple):
            for item in value:
                walk(item)
        elif isinstance(value, msgspec.Struct):
            if {"start", "end", "text"} <= set(value.__struct_fields__):
                assert text[value.start : value.end] == value.text != ""  # type: ignore[attr-defined]
            for name in value.__struct_fields__:
                walk(getattr(value, name))

    for name in reading.__struct_fields__[3:]:
        walk(getattr(reading, name))
    for claim in reading.claims:
        assert {claim.event, claim.attribution, *claim.chain, *claim.opposes} - {None} <= known
        assert claim.content
    for incident in reading.incidents:
        assert incident.acled is not None
        assert {*incident.events, *incident.actors, *incident.targets, *incident.places, *incident.claims} <= known
        assert not any(e.aggregate for e in reading.events if e.id in incident.events)
    for event in reading.events:
        for count in event.counts:
            assert count.low is None or count.high is None or count.low <= count.high


def test_the_demonstration_reports_keep_to_the_contract(demo_readings: Mapping[str, Reading]) -> None:
    assert len(demo_readings) == 14
    for reading in demo_readings.values():
        keeps(reading)


def test_the_shared_checker_agrees(demo_readings: Mapping[str, Reading], tmp_path: Path, shared: Path) -> None:
    checker = shared / "design/check_reading.py"
    if not checker.is_file():
        pytest.skip("the contract's checker is not there")
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"".join(encode(r) + b"\n" for r in demo_readings.values()))
    done = subprocess.run([sys.executable, str(checker), str(out)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_text_gives_the_same_reading_in_any_company(engine: Whence, demo_readings: Mapping[str, Reading]) -> None:
    for source in demo_sources()[3:6]:
        assert encode(engine.read(source)) == encode(demo_readings[source.id])


@pytest.mark.parametrize(
    "text",
    [
        "word", "?", "...", "\u200f", "😀", "\u200f\u0645\u0631\u062d\u0628\u0627", "a\x1b[31mb", "\u202eevil\u202c text here.",
        "He said " * 40, "“" * 50, "Was it?", "1", "\t\tJassim\t\t", "A\u0301" * 30, "KILLED IN ATTACK: TEN", "x" * 30_000,
        "Title only\n\nBy Somebody\n\nRead also: more", "On Tuesday.\r\n\r\nOn Wednesday.\r\rOn Thursday.",
    ],
)  # fmt: skip
def test_odd_texts_are_read(engine: Whence, text: str) -> None:
    keeps(engine.read(text_source(text, identity="x", language="en")))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join).filter(lambda t: t.strip()))
def test_any_words_are_read(engine: Whence, text: str) -> None:
    keeps(engine.read(text_source(text, identity="x", published="2022-03-21", language="en")))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80).filter(lambda t: t.removeprefix("\ufeff").strip()))
def test_any_unicode_is_read(engine: Whence, text: str) -> None:
    keeps(engine.read(text_source(text, identity="x", language="en")))


def test_another_language_is_refused(engine: Whence) -> None:
    french = "Des hommes armés ont tué deux policiers mardi dans la ville, selon des habitants joints par téléphone. " * 3
    arabic = "قتل مسلحون شرطيين في مدينة جاسم يوم الثلاثاء بحسب ما قاله سكان محليون للموقع. " * 3
    for text in (french, arabic):
        with pytest.raises(IntakeError) as caught:
            engine.read(Source(id="x", text=text))
        assert caught.value.code == "language"


def test_without_a_date_of_publication_a_weekday_stays_open(engine: Whence) -> None:
    text = "Gunmen killed two policemen in the Syrian town of Jassim on Tuesday, residents said. The ministry denied it."
    reading = engine.read(text_source(text, identity="x"))
    assert reading.document.published is None
    assert all(t.earliest is None and t.latest is None for t in reading.timexes if t.text == "Tuesday")
