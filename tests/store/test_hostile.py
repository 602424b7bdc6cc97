"""Add twice = once, whatever the text; what no store can hold is refused in words."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whence.errors import StoreError
from whence.records import Source
from whence.store import Filter, Item, Store, captured
from whence.store.captures import reading_data, reading_of

from .made import reading, source

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)
HARSH = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)


@HARSH
@given(text=ANY, title=st.none() | ANY, publisher=st.none() | ANY, name=ANY, url=st.none() | ANY, data=st.none() | st.binary(max_size=60))
def test_whatever_is_added_twice_is_there_once(
    store: Store, text: str, title: str | None, publisher: str | None, name: str, url: str | None, data: bytes | None
) -> None:
    of = Source(id=name, text=text, title=title, publisher=publisher, url=url, original=data)
    one = Item(capture=captured(of), reading=None)
    first = store.add([one, one])
    before = store.counts()
    assert {k.document for k in first} == {one.capture.id}
    assert [k.state for k in store.add([one])] == ["present"]
    assert store.counts() == before
    kept = store.source(one.capture.id)
    if first[0].state == "added":
        assert kept == of
    assert store.original(one.capture.id) == one.capture.original


@HARSH
@given(place=st.text(st.characters(categories=["L", "N", "Zs", "Mn", "Cf"]), min_size=1, max_size=30).filter(lambda p: p.strip() == p))
def test_whatever_is_read_twice_is_there_once(store: Store, place: str) -> None:
    of = source(1, place=place, publisher=place)
    one = Item(capture=captured(of), reading=reading(of))
    store.add([one])
    before = store.counts()
    assert store.add([one])[0].state == "present"
    assert store.counts() == before
    assert place in {r.place for r in store.reports()}


@pytest.mark.parametrize("field", ["id", "text", "title", "publisher", "url", "language"])
@pytest.mark.parametrize(("bad", "words"), [("a\x00b", "NUL character at character 1"), ("ab\ud83d", "surrogate pair at character 2")])
def test_nul_and_half_pairs_are_refused_with_their_place(field: str, bad: str, words: str) -> None:
    with pytest.raises(StoreError, match=f"{field} holds .*{words}"):
        captured(msgspec.structs.replace(Source(id="x", text="Words."), **{field: bad}))


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(StoreError, match="YYYY-MM-DD"):
        captured(Source(id="x", text="Words.", published="yesterday, or the day before"))


def test_huge_and_bidirectional_names_are_kept(store: Store) -> None:
    huge = "a very long title " * 60_000
    odd = "\u202eيوم الثلاثاء\u202c \x1b[2J ' ; DROP TABLE documents; --"
    for n, name in enumerate([huge, odd, "x" * 1_000_000]):
        of = source(n, title=name, publisher=name, url=name)
        (kept,) = store.add([Item(capture=captured(of), reading=reading(of))])
        assert store.document(kept.document).title == name
        assert store.meant(name, "S").startswith("S-")
        assert [d.id for d in store.documents(Filter(source=name))] == [kept.document]
    assert store.search('"drop table documents"')[0].document.title == odd
    assert list(store.verify()) == []


def test_numbers_beyond_a_column_are_kept_as_told(store: Store) -> None:
    of = source(1)
    store.add([Item(capture=captured(of), reading=reading(of, killed=10**30))])
    (report,) = store.reports()
    assert report.counts[0].low == 10**30
    assert list(store.verify()) == []


@HARSH
@given(place=ANY)
def test_a_reading_comes_out_byte_for_byte(place: str) -> None:
    try:
        made = reading(source(3, place=place))
    except ValueError:
        return  # the words the fixture looks for were broken up
    data, digest = reading_data(made)
    again = reading_of(data, made.document.text)
    assert msgspec.json.encode(again) == msgspec.json.encode(made)
    assert reading_data(again) == (data, digest)


@pytest.mark.parametrize("bad", ["\ud800", "R-\ud800", "a\x00b", "%", "\\", "' OR 1=1 --", "x" * 100_000])
def test_hostile_questions_find_nothing_or_are_refused(store: Store, bad: str) -> None:
    store.add([Item(capture=captured(source(1)), reading=reading(source(1)))])
    asked = (
        lambda: list(store.documents(Filter(source=bad))),
        lambda: list(store.documents(Filter(document=bad))),
        lambda: list(store.reports(Filter(place=bad, admin1=bad, country=bad, type=bad))),
        lambda: [store.meant(bad)],
        lambda: [store.report(bad)],
        lambda: [store.judge("credibility", bad, value="1", who="Amna")],
        lambda: store.judgements(bad),
    )
    for ask in asked:
        try:
            assert ask() == []
        except StoreError:
            continue
    assert store.judgements() == []
