"""Masking: whole names everywhere, their parts in the records that they touch, never an offset moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.records import Protected, Span, Veil

VEIL = Veil([Protected(judgement="J-1", document="D-1", name="Hajja Zainab Fadl al-Mula")])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("said Hajja Zainab Fadl al-Mula.", "said █████ ██████ ████ ███████."),
        ("HAJJA  zainab\nFadl al-Mula", "█████  ██████\n████ ███████"),
        ("Zainab wept", "Zainab wept"),
        ("Hajja Zainab Fadl al-Mula. Zainab's house; Fadlallah", "█████ ██████ ████ ███████. ██████'s house; Fadlallah"),
    ],
)
def test_texts(text: str, masked: str) -> None:
    assert VEIL.redact(text) == masked


def test_parts_are_masked_in_records_of_the_document() -> None:
    span = Span(start=3, end=9, text="Zainab")
    assert VEIL.redact({"of": "D-1", "at": (span,)}) == {"of": "D-1", "at": (Span(start=3, end=9, text="██████"),)}
    assert VEIL.redact({"of": "D-2", "at": (span,)}) == {"of": "D-2", "at": (span,)}


def test_what_is_asked_for() -> None:
    assert VEIL.asks_for("zain*")
    assert VEIL.asks_for('"Zainab Fadl"')
    assert not VEIL.asks_for("fuel queue")
    assert not VEIL.asks_for("al")


@given(st.text(), st.text())
def test_offsets_stay(before: str, after: str) -> None:
    text = f"{before} Hajja Zainab Fadl al-Mula {after}"
    masked = VEIL.redact(text)
    assert len(masked) == len(text)
    assert "Zainab Fadl" not in masked


def test_an_empty_veil_changes_nothing() -> None:
    text = "Zainab"
    assert Veil().redact(text) is text
    assert not Veil()
