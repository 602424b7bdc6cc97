"""Numbers as ranges: a row a case, (words, what is counted, low, high)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.language.analysis import Token
from whence.readers.events.quantities import number, quantity

ROWS = [
    ("four attacks", "attacks", 4, 4),
    ("more than 10 regime fighters", "fighters", 11, None),
    ("more than a dozen members", "members", 13, None),
    ("over 30 people", "people", 31, None),
    ("at least 14 civilians", "civilians", 14, None),
    ("at least two soldiers", "soldiers", 2, None),
    ("no fewer than 7 houses", "houses", 7, None),
    ("up to 20 detainees", "detainees", None, 20),
    ("as many as 50 villagers", "villagers", None, 50),
    ("fewer than 5 officers", "officers", None, 4),
    ("less than a dozen tents", "tents", None, 11),
    ("nearly 200 families", "families", None, 200),
    ("about 40 protesters", "protesters", 40, 40),
    ("some 3,000 displaced", "displaced", 3000, 3000),
    ("around sixty gunmen", "gunmen", 60, 60),
    ("several regime soldiers", "soldiers", 2, None),
    ("dozens of demonstrators", "demonstrators", 24, None),
    ("scores of villagers", "villagers", 40, None),
    ("hundreds of people", "people", 200, None),
    ("tens of thousands of people", "people", 20000, None),
    ("hundreds of thousands of refugees", "refugees", 200_000, None),
    ("a dozen militants", "militants", 12, 12),
    ("two dozen militants", "militants", 24, 24),
    ("twenty-one prisoners", "prisoners", 21, 21),
    ("one hundred and five prisoners", "prisoners", 105, 105),
    ("1,200 people", "people", 1200, 1200),
    ("1.5 million people", "people", 1_500_000, 1_500_000),
    ("3 million people", "people", 3_000_000, 3_000_000),
    ("between 5 and 7 shells", "shells", 5, 7),
    ("5 to 7 shells", "shells", 5, 7),
    ("five or more shells", "shells", 5, None),
    ("an estimated 800 houses", "houses", 800, 800),
    ("the soldiers", "soldiers", None, None),
    ("regime officers", "officers", None, None),
    ("young people", "people", None, None),
]


def tokens(words: str) -> list[Token]:
    out, at = [], 0
    for i, word in enumerate(words.split()):
        out.append(
            Token(
                i=i,
                start=at,
                end=at + len(word),
                text=word,
                lemma=word.lower(),
                pos="NOUN",
                tag="NN",
                feats="",
                dep="dep",
                head=i,
                sentence=0,
            )
        )
        at += len(word) + 1
    return out


@pytest.mark.parametrize(("words", "head", "low", "high"), ROWS)
def test_range(words: str, head: str, low: int | None, high: int | None) -> None:
    row = tokens(words)
    found = quantity(row, 0, next(t.i for t in row if t.text == head))
    assert (found.low, found.high) == (low, high) if found else (low, high) == (None, None)


@given(st.integers(min_value=0, max_value=10**9))
def test_figures_read_back(n: int) -> None:
    assert number([f"{n:,}"]) == n
    assert number([str(n)]) == n


@given(
    st.lists(st.sampled_from("two three dozen of and more than at least hundred 5 , people killed a - or".split()), min_size=1, max_size=9)
)
def test_never_fails_and_bounds_are_in_order(words: list[str]) -> None:
    row = tokens(" ".join(words))
    found = quantity(row, 0, len(row) - 1)
    if found is not None and found.low is not None and found.high is not None:
        assert found.low <= found.high
