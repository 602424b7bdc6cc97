"""The words of a brief: dates, ranges, and what hostile text may not do to a terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.cli.brief import wording
from whence.cli.terminal import cut, json_for_terminal, line, shown


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2022-03-11", "2022-03-21", "11 to 21 Mar 2022"),
        ("2022-02-27", "2022-03-05", "27 Feb to 5 Mar 2022"),
        ("2021-12-27", "2022-01-02", "27 Dec 2021 to 2 Jan 2022"),
    ],
)
def test_two_days_say_what_they_share_once(earliest: str, latest: str, words: str) -> None:
    assert wording.between(earliest, latest) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4, 4, "4"),
        (2, 4, "2 to 4"),
        (11, None, "11 or more"),
        (None, 5, "up to 5"),
        (None, None, "number not told (“several”)"),
        (1, None, "number not told (“several”)"),
        (1500, None, "1,500 or more"),
        (0, 0, "0"),
    ],
)
def test_a_range_is_shown_as_a_range(low: int | None, high: int | None, words: str) -> None:
    assert wording.number(low, high, "several") == words


@given(st.text(max_size=80))
def test_nothing_that_a_terminal_obeys_is_shown(text: str) -> None:
    out = shown(text)
    assert not any((ord(c) < 32 and c not in "\t\n\r") or 127 <= ord(c) < 160 for c in out)
    assert not set(out) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029")
    out.encode()
    assert "\n" not in line(text)


def test_escape_sequences_become_pictures() -> None:
    assert shown("a\x1b[31mb\x07\x7f\x9b") == "a␛[31mb␇␡\ufffd"


@given(st.text(max_size=200), st.integers(10, 60))
def test_a_cut_text_is_no_longer_than_it_may_be(text: str, length: int) -> None:
    assert len(cut(text, length)) <= length


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_json_for_a_terminal_has_the_same_value(text: str) -> None:
    data = json_for_terminal(json.dumps({"text": text}, ensure_ascii=False).encode())
    assert json.loads(data) == {"text": text}
    assert "\u202e" not in data.decode()
