"""Records: what is written is read again, and the schema made from the structs says what a reading is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.records import (
    Claim,
    Failure,
    Question,
    Reading,
    Relation,
    Span,
    decode,
    encode,
    failure,
    identifier,
    json_schema,
    span_of,
    trimmed,
)

texts = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_a_reading_satisfies_the_schema_made_from_the_structs(demo_readings: Mapping[str, Reading], validator: Any) -> None:
    for reading in demo_readings.values():
        validator.validate(json.loads(encode(reading)))


def test_the_schema_refuses_what_is_no_reading(demo_readings: Mapping[str, Reading], validator: Any) -> None:
    whole = json.loads(encode(next(iter(demo_readings.values()))))
    for change in ({"schema": "whence.reading/2"}, {"mentions": None}, {"engine": {}}):
        assert list(validator.iter_errors(whole | change))


def test_a_reading_comes_back_as_it_was(demo_readings: Mapping[str, Reading]) -> None:
    for reading in demo_readings.values():
        line = encode(reading)
        assert b"\n" not in line
        assert decode(line) == reading
        assert encode(decode(line)) == line


def test_unknown_fields_are_refused(demo_readings: Mapping[str, Reading]) -> None:
    whole = json.loads(encode(next(iter(demo_readings.values()))))
    with pytest.raises(msgspec.ValidationError, match="unknown"):
        decode(json.dumps(whole | {"confidence": 1}))


def test_python_keywords_keep_their_names_in_json() -> None:
    question = Question(
        id="q", span=None, text="Did it?", supporting=("c",), against=(), beside=(), origins_for=1, origins_against=0,
        verdict="open",
    )  # fmt: skip
    assert json.loads(encode(question))["for"] == ["c"]
    relation = Relation(id="r", type="leads", origin="a", toward="b", span=Span(start=0, end=1, text="x"), claim=None)
    told = json.loads(encode(relation))
    assert (told["from"], told["to"]) == ("a", "b")


def test_a_failure_is_a_line_of_its_own_form() -> None:
    line = encode(failure("x", "empty", "x: is empty"))
    assert json.loads(line) == {
        "schema": "whence.reading/1", "document": {"id": "x"}, "failure": {"code": "empty", "message": "x: is empty"},
    }  # fmt: skip
    assert msgspec.json.decode(line, type=Failure).failure.code == "empty"


@given(texts, st.integers(-3, 70), st.integers(-3, 70))
def test_a_span_is_its_slice_or_is_refused(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        assert span_of(text, start, end).text == text[start:end]
    else:
        with pytest.raises(ValueError, match="does not lie"):
            span_of(text, start, end)


@given(texts)
def test_trimming_takes_white_space_alone(text: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == text.strip()


@given(st.lists(texts, min_size=1, max_size=4), st.lists(texts, min_size=1, max_size=4))
def test_an_id_is_the_same_for_the_same_finding(one: list[str], other: list[str]) -> None:
    assert (identifier("E", *one) == identifier("E", *other)) == (one == other) or "\x1f" in "".join(one + other)


spans = st.builds(Span, start=st.integers(0, 9), end=st.integers(0, 9), text=texts)
claims = st.builds(
    Claim, id=texts, event=st.none() | texts, content=st.lists(spans).map(tuple), attribution=st.none() | texts,
    chain=st.lists(texts).map(tuple), stance=st.sampled_from(["asserts", "denies"]),
    polarity=st.sampled_from(["positive", "negative"]), certainty=st.sampled_from(["certain", "unknown"]),
    opposes=st.lists(texts).map(tuple),
)  # fmt: skip


@given(claims)
def test_any_claim_comes_back_as_it_was(claim: Claim) -> None:
    assert msgspec.json.decode(encode(claim), type=Claim) == claim


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Span(start=0, end=1, text="x").start = 2  # type: ignore[misc]
