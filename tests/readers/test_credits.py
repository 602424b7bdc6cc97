"""Notes beside an article: whose text it is, and through whom it came."""

from __future__ import annotations

import pytest

from whence.readers.credits import credits_of, is_credit

NOTES = [
    ("First published by Barada Relay and shortened here.", [("Barada Relay", "republished_from")]),
    ("Translated from the Arabic original in al-Dawha by the Hills Reader.", [("al-Dawha", "translated_from"), ("the Hills Reader", None)]),
    ("Spanish original by Cauce Ya; English version by River Desk.", [("Cauce Ya", "translated_from"), ("River Desk", None)]),
    ("Source: Niger Matin", [("Niger Matin", "citing")]),
    ("(with Sahel Line)", [("Sahel Line", "citing")]),
    ("By arrangement with Oskil Wire.", [("Oskil Wire", "republished_from")]),
    ("This text was translated from Swahili for Goma Mail.", [("Goma Mail", None)]),
    ("Translated by volunteers from a post on Steppe Notes.", [("Steppe Notes", "translated_from")]),
    ("Photo: Maher Adib / Coast Radio", []),
    ("Additional reporting by Hala Nasr in Homs.", []),
    ("Translated from Burmese.", []),
]


@pytest.mark.parametrize(("note", "found"), NOTES)
def test_credits(note: str, found: list[tuple[str, str | None]]) -> None:
    assert [(c.name, c.relation) for c in credits_of(note)] == found
    assert all(note[c.start : c.end] == c.name for c in credits_of(note))


@pytest.mark.parametrize(
    "line",
    ["The law was first published in the Gazette, and the court has struck it down since, on the plea of two farmers.", "Nobody was hurt."],
)
def test_no_credit(line: str) -> None:
    assert not is_credit(line)
