"""Rows come from the store as reviewers left it, and from readings alone."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.store.made import ENGINE, item, reading, source
from whence.exporting import kept_for_now, rows, rows_of
from whence.exports import Redaction
from whence.exports.annotations import check, write
from whence.linking import link
from whence.store import Filter, Item, Store


def elsewhere(n: int) -> Item:
    """A report of another ambush, a hundred kilometres and three weeks away."""
    made = item(n, place="Sherkeila", publisher="Sahel Post")
    told = made.reading
    assert told is not None
    (toponym,), (incident,) = told.toponyms, told.incidents
    assert toponym.place is not None
    place = msgspec.structs.replace(toponym.place, geonames_id=1, latitude=13.8, longitude=30.4)
    when = msgspec.structs.replace(incident.when, earliest="2025-05-17", latest="2025-05-17")
    changed = msgspec.structs.replace(
        told,
        toponyms=(msgspec.structs.replace(toponym, place=place),),
        incidents=(msgspec.structs.replace(incident, when=when),),
    )
    return Item(capture=made.capture, reading=changed)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three reports of one ambush, with 3, 4 and 5 dead, and one of another in another place."""
    opened = Store(tmp_path / "kept.sqlite")
    some = [item(n, publisher=p) for n, p in enumerate(("Sahel Post", "Radio Kosti", "Tuti Times"))]
    opened.add([*some, elsewhere(9)])
    link(opened)
    return opened


def test_a_row_has_the_values_the_rule_shows_and_all_that_stands_behind_them(store: Store) -> None:
    found = {r.place.name: r for r in rows(store, texts=True) if r.place}
    row = found["Um Rawaba"]
    killed = row.figure("killed")
    assert killed is not None
    assert (killed.low, killed.high) == (3, 5)
    assert {t.value for f in row.fields if f.name == "killed" for t in f.told} == {"3", "4", "5"}
    assert {p.publisher for p in row.papers} == {"Sahel Post", "Radio Kosti", "Tuti Times"}
    assert all(p.sha256 and p.kept for p in row.papers)
    for statement in row.statements:
        text = store.source(statement.document).text
        for quote in statement.quotes:
            assert text[quote.start : quote.end] == quote.text
            assert text[: quote.start].endswith(quote.prefix or "")
            assert text[quote.end :].startswith(quote.suffix or "")


@pytest.mark.parametrize(("rule", "best"), [("conservative", 3), ("earliest", 3), ("range", 3)])
def test_rules(store: Store, rule: str, best: int) -> None:
    found = {r.place.name: r for r in rows(store, rule=rule) if r.place}  # type: ignore[arg-type]
    killed = found["Um Rawaba"].figure("killed")
    assert killed is not None
    assert killed.best_low == best
    assert found["Um Rawaba"].rule == rule


def test_filters_corrections_and_grades_count(store: Store) -> None:
    (row,) = rows(store, Filter(place="Sherkeila"))
    report = row.reports[0]
    store.judge("correct", report, who="Amna", field="killed", value="11")
    store.judge("credibility", report, who="Amna", value="2", why="seen")
    store.judge("correct", report, who="Amna", field="place", value="Er Rahad")
    link(store)
    (row,) = rows(store, Filter(place="Er Rahad"))
    assert row.figure("killed").best_low == 11  # type: ignore[union-attr]
    assert [(g.value, g.who) for g in row.grades] == [(2, "Amna")]
    assert row.credibility == 2


def test_documents_are_found_by_their_ids(store: Store) -> None:
    ids = [d.id for d in store.documents()]
    assert store.documents_of([*ids, "D-none"]) == {i: store.document(i) for i in ids}
    assert store.documents_of([]) == {}


def test_what_is_hidden_is_not_exported(store: Store) -> None:
    (row,) = rows(store, Filter(place="Sherkeila"))
    store.judge("hide", row.papers[0].id, who="Amna", why="asked for")
    assert list(rows(store, Filter(place="Sherkeila"))) == []


def test_names_are_withheld_before_any_format_sees_them(store: Store) -> None:
    for row in rows(store, redaction=Redaction({"Nile Courier": "an outlet"})):
        assert "Nile Courier" not in repr(row)


def test_annotations_of_kept_documents_stand_in_their_texts(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonld"
    write(rows(store, texts=True), path)
    assert check(path, {d.id: store.source(d.id).text for d in store.documents()}) == []


def test_a_reading_by_itself_is_not_linked() -> None:
    told = reading(source(1))
    (row,) = rows_of(told)
    assert row.figure("killed").best_low == 4  # type: ignore[union-attr]
    assert row.papers[0].publisher == "Sahel Post"
    quote = row.statements[0].quotes[0]
    assert told.document.text[quote.start : quote.end] == quote.text


def test_readings_alone_give_the_same_rows_twice() -> None:
    readings = [reading(source(n)) for n in range(3)]
    with kept_for_now(readings) as one, kept_for_now(readings) as other:
        first, second = list(rows(one, dated=False)), list(rows(other, dated=False))
    assert first == second
    assert first
    assert first[0].papers[0].kept is None
    assert ENGINE.name == "whence"


def test_who_is_protected_in_the_store_is_named_in_no_row(store: Store) -> None:
    before = list(rows(store, texts=True))
    name = "Radio Kosti"
    store.judge("protect", next(store.documents()).id, who="Amna", value=name)
    said = msgspec.json.encode(list(rows(store, texts=True))).decode()
    assert name in msgspec.json.encode(before).decode()
    assert name not in said
    assert "[name withheld]" in said
