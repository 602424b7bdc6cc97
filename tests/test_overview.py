"""Incidents as lists show them follow what is added and judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.made import item
from whence.errors import NotFound
from whence.overview import current, links_among, refresh, told, weakest
from whence.records import Link
from whence.store import Filter, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "kept.sqlite")
    made.add([item(n, place=p, publisher=f"Outlet {n}") for n, p in enumerate(("Um Rawaba", "Um Rawaba", "Um Rawaba"))])
    return made


def test_rows_are_made_from_what_is_linked(store: Store) -> None:
    assert not current(store)
    refresh(store)
    assert current(store)
    (row,) = store.overviews.page(Filter())
    account, reports = told(store, row.id)
    assert row.reports == len(reports) == 3
    assert row.origins == len(account.origins)
    assert "killed" in row.disputed_fields
    assert (row.counts[0].low, row.counts[0].high) == (3, 5)
    assert row.weakest == weakest(account.reports, links_among(store, account.reports))
    assert refresh(store) == 0


def test_a_correction_and_a_hidden_report_change_the_row(store: Store) -> None:
    refresh(store)
    first = next(iter(store.reports()))
    store.judge("correct", first.id, field="injured", value="9", who="Amna")
    assert not current(store)
    refresh(store)
    assert store.overviews.page(Filter())[0].counts[1].high == 9
    store.judge("hide", first.id, who="Amna", why="asked for")
    refresh(store)
    assert store.overviews.page(Filter())[0].reports == 2


def test_a_judged_split_makes_two_and_taking_it_back_one(store: Store) -> None:
    refresh(store)
    reports = [r.id for r in store.reports()]
    made = [store.judge("not_same", reports[0], other=other, who="Amna") for other in reports[1:]]
    refresh(store)
    assert store.overviews.fitting(Filter()) == 2
    for judgement in made:
        store.judge("retract", judgement.id, who="Amna")
    refresh(store)
    assert store.overviews.fitting(Filter()) == 1


def test_an_incident_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound, match="I-none"):
        told(store, "I-none")


def test_the_weakest_link() -> None:
    links = [Link(a="a", b="b", probability=0.9, why={}), Link(a="b", b="c", probability=0.6, why={})]
    assert weakest(["a", "b", "c"], links) == 0.6
    assert weakest(["a"], []) is None
    assert weakest(["a", "b"], []) == 0.0
