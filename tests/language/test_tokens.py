"""How text is cut into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.language.models.tokens import LONGEST, norm, tokens

# Text and its words parted by blanks; where a word is joined to the next in the text, "|" stands between.
CASES = [
    "according to al-Modon|.",
    "Ahrar al-Sham and Hayat Tahrir al-Sham",
    "the Damascus|-|Daraa International Road",
    "anti-regime groups and the non-deployment of the army",
    "machine|-|gun clashes",
    "the Israeli|-|occupied territories",
    "“|reactions|” to the abuses",
    '‘|reactions|’ and "|reactions|" and «|reactions|»',
    "said|.|”",
    "the regime|’s apparatus",
    "the regime|'s apparatus",
    "They do|n't|, she ca|n’t|, we wo|n't",
    "I|'m sure you|’ve seen it|'ll",
    "Has the U.S. Entered",
    "the U.S.|, which",
    "the U.N.|-|backed government",
    "Gen. Smith met Col. Jones at 3 a.m. on Jan. 5",
    "No. 5 was hit|.",
    "No|. He did not|.",
    "He sat|. They left|.",
    "killed 2,000 people and 10|% of $|5 m",
    "on the 11th of the 1990s",
    "see https://example.org/a-b?c=d|.",
    "write to a.b@example.org|, please",
    "J. Smith of Plan B|.",
    "O'Brien|'s house in Sana'a",
    "attacks|(|of all kinds|)|:|two|;|three",
    "Well|... no|--|yes|—|no",
    "can|not",
    "AL-MODON says",
    "Deir ez-Zor and ar-Rastan",
]


@pytest.mark.parametrize("case", CASES)
def test_words(case: str) -> None:
    text = case.replace("|", "")
    assert [text[a:b] for a, b in tokens(text)] == case.replace("|", " ").split()


@given(st.text(max_size=200))
def test_ranges_ascend_and_cover_all_but_space(text: str) -> None:
    at = 0
    for start, end in tokens(text):
        assert at <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert end - start <= LONGEST
        at = end


def test_marks_of_direction_are_no_words() -> None:
    text = "\u200fعربي\u200e and \u202bkalam\u202c"
    assert [text[a:b] for a, b in tokens(text)] == ["عربي", "and", "kalam"]


def test_flags_and_faces() -> None:
    text = "Free 🇸🇾 now 👍🏽"
    assert [text[a:b] for a, b in tokens(text)][:3] == ["Free", "🇸🇾", "now"]


@pytest.mark.parametrize("part", ["x", "(", "a-", "no.", "1,", "a.b", "a@", "x_", "n't", "\u0300", "U.", "al-A'"])
def test_no_text_takes_long(part: str) -> None:
    assert list(tokens(part * 7_000))


def test_norm_is_plain() -> None:
    assert norm("“Don’t”") == '"don\'t"'
