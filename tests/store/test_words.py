"""Search: one language of queries, the same answers on both engines."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whence.errors import StoreError
from whence.intake import text_source
from whence.store import Filter, Item, Store, captured
from whence.store.words import PASSAGE, terms, unmarked

from .made import item

TEXTS = {
    "clinic": "Shelling hit the clinic in Khirbat Ghazālah on Monday, al-Modon reported; two nurses were wounded.",
    "market": "A drone strike on the market killed nine. The army did not comment on the strikes.",
    "talks": "The delegations met again in Juba. There was no strike by the drone unit, the army said.",
}


def keep(store: Store, texts: dict[str, str]) -> None:
    store.add([Item(capture=captured(text_source(t, identity=name)), reading=None) for name, t in texts.items()])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("clinic", {"clinic"}),
        ("CLINICS shell", {"clinic"}),
        ("strike", {"market", "talks"}),
        ('"drone strike"', {"market"}),
        ("strike -market", {"talks"}),
        ("nurs*", {"clinic"}),
        ("ghazalah", {"clinic"}),
        ("Ghazālah", {"clinic"}),
        ("al-Modon", {"clinic"}),
        ('"the army"', {"market", "talks"}),
        ("strike AND clinic", set()),
        ("market' OR 1=1 --", set()),
        ('"', None),
        ("-market", None),
        ("", None),
        ("* ( ) ^ : & | !", None),
        ("market)", {"market"}),
        ("text:market", set()),
        ("mar\u200bket", set()),
    ],
)
def test_queries(store: Store, query: str, found: set[str] | None) -> None:
    keep(store, TEXTS)
    if found is None:
        with pytest.raises(StoreError, match="names no word"):
            store.search(query)
        return
    assert {h.document.name for h in store.search(query)} == found


def test_snippets_mark_the_words_found(store: Store) -> None:
    keep(store, TEXTS)
    (hit,) = store.search("nurse")
    assert hit.marks
    assert {hit.snippet[a:b].lower() for a, b in hit.marks} == {"nurses"}
    assert "\x02" not in hit.snippet


def test_a_title_counts_more_than_a_text(store: Store) -> None:
    store.add([Item(capture=captured(text_source("A word on bridges.", identity="text")), reading=None)])
    store.add([Item(capture=captured(text_source("Many words, none of them so.", identity="title", title="Bridges")), reading=None)])
    assert [h.document.name for h in store.search("bridge")] == ["title", "text"]


def test_search_goes_with_filters_and_pages(store: Store) -> None:
    store.add([item(n, place="Kosti" if n % 2 else "Nyala") for n in range(6)])
    found = store.search("convoy", Filter(place="Kosti"))
    assert {h.document.name for h in found} == {"doc-1", "doc-3", "doc-5"}
    paged = store.search("convoy", limit=2) + store.search("convoy", limit=9, offset=2)
    assert len({h.document.id for h in paged}) == 6


def test_long_texts_are_found_to_their_end(store: Store) -> None:
    keep(store, {"long": "filler words here. " * (2 * PASSAGE // 18) + "The zeppelin came last.", "short": "Nothing."})
    (hit,) = store.search("zeppelin")
    assert hit.document.name == "long"
    assert "zeppelin" in hit.snippet
    keep(store, {"many": " ".join(f"w{n}x" for n in range(250_000))})
    assert [h.document.name for h in store.search("w249999x")] == ["many"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(query=st.text(max_size=40))
def test_no_query_breaks_the_database(store: Store, query: str) -> None:
    try:
        terms(query)
    except StoreError:
        with pytest.raises(StoreError, match="names no word"):
            store.search(query)
    else:
        store.search(query)


@given(query=st.text(max_size=60))
def test_terms_hold_nothing_but_words(query: str) -> None:
    try:
        found = terms(query)
    except StoreError:
        return
    assert all(word.isalnum() for t in found for word in t.words)


def test_marks_of_a_text_that_holds_marks() -> None:
    assert unmarked("a \x02b\x03 c\x03 \x02d") == ("a b c d", ((2, 3),))


def test_the_index_is_part_of_verifying(store: Store) -> None:
    keep(store, TEXTS)
    assert list(store.verify()) == []
    assert msgspec.json.encode(store.search("clinic")[0])
