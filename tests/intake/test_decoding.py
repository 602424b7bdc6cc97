"""From bytes to text: what is read as it stands, what is refused and why."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import IntakeError
from whence.intake.decoding import decode

ENGLISH = "The governor\u2019s office said \u201cno one\u201d was hurt in the shelling of the caf\u00e9 \u2013 residents disagreed. " * 4


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1).filter(lambda t: t.strip()))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), name="x") == text.removeprefix("\ufeff")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_other_encodings_are_known_by_mark_or_by_their_characters(encoding: str) -> None:
    data = ENGLISH.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    assert decode(data, name="x") == ENGLISH


def test_a_mark_is_dropped_once_and_nothing_else_is_touched() -> None:
    assert decode(b"\xef\xbb\xbf  a\r\nb\t \n", name="x") == "  a\r\nb\t \n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04abc", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"MZ\x90\x00\x03\x00", "binary"),
        (gzip.compress(b"text"), "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00\x01\x02\x03" * 64, "binary"),
        (b"\x01\x02\x03\x04 some words" * 8, "binary"),
        (b"\xff\xfeabc", "encoding"),
        (b"\xff\xfe\x00\xd8a\x00", "encoding"),
        (b"abc \x81\x8d\x8f\x90\x9d " * 3, "encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(IntakeError) as caught:
        decode(data, name="report.txt")
    assert caught.value.code == code
    assert str(caught.value).startswith("report.txt: ")


def test_a_dateline_that_begins_like_a_program_is_text() -> None:
    assert decode(b"MZUZU, Malawi - Police said ...", name="x").startswith("MZUZU")
