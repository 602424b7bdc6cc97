"""What reviewers say: appended only, computed in, taken back by saying so."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from whence.errors import Conflict, NotFound, StoreError
from whence.records import Report
from whence.store import Filter, Store

from .made import item


@pytest.fixture
def report(store: Store) -> Report:
    store.add([item(1), item(2)])
    return next(iter(store.reports()))


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("country", "SSD", "SSD"),
        ("place", "", None),
        ("latitude", "13.5", 13.5),
        ("disputed", "true", True),
        ("earliest", "2025-06-06", "2025-06-06"),
        ("status", "claimed", "claimed"),
        ("geonames_id", "12", 12),
    ],
)
def test_a_correction_is_computed_in(store: Store, report: Report, field: str, value: str, found: object) -> None:
    made = store.judge("correct", report.id, field=field, value=value, who="Amna", why="the clinic's list")
    changed = store.report(report.id)
    assert getattr(changed, field) == found
    assert changed.corrections == (made.id,)
    reading = store.reading(report.document)
    assert reading is not None
    assert reading.toponyms[0].place is not None
    assert reading.toponyms[0].place.country == "SDN"
    assert list(store.verify()) == []


def test_filters_see_corrections_and_their_retraction(store: Store, report: Report) -> None:
    made = store.judge("correct", report.id, field="country", value="SSD", who="Amna")
    assert [r.id for r in store.reports(Filter(country="SSD"))] == [report.id]
    taken = store.judge("retract", made.id, who="Bakri", why="it was Sudan after all")
    assert (taken.subject, taken.other) == (report.id, made.id)
    assert list(store.reports(Filter(country="SSD"))) == []
    assert store.report(report.id) == report
    assert [j.kind for j in store.judgements(report.id)] == ["correct", "retract"]
    assert store.judgements(report.id, retracted=False) == []


@pytest.mark.parametrize(("told", "low", "high"), [("7", 7, 7), ("7-9", 7, 9), ("7+", 7, None)])
def test_a_count_is_corrected(store: Store, report: Report, told: str, low: int, high: int | None) -> None:
    store.judge("correct", report.id, field="killed", value=told, who="Amna")
    assert [(c.low, c.high, c.of) for c in store.report(report.id).counts] == [(low, high, None)]


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("correct", {"field": "colour", "value": "red"}, "can be corrected"),
        ("correct", {"field": "status", "value": "planned"}, "status cannot be 'planned'"),
        ("correct", {"field": "killed", "value": "many"}, "write 3, 3-5"),
        ("correct", {"field": "killed", "value": "5-3"}, "wrong way round"),
        ("correct", {"field": "latest", "value": "20250606"}, "YYYY-MM-DD"),
        ("correct", {"field": "latitude", "value": "91"}, "between -90 and 90"),
        ("correct", {"field": "acled", "value": "Riot"}, "Armed clash"),
        ("correct", {"value": "x"}, "names a field"),
        ("credibility", {"value": "7"}, "one of 1"),
        ("same", {}, "two different reports"),
        ("nonsense", {}, "no kind"),
        ("hide", {}, "reason"),
    ],
)
def test_what_does_not_fit_is_refused_and_not_kept(store: Store, report: Report, kind: Any, words: dict[str, str], told: str) -> None:
    with pytest.raises(StoreError, match=told):
        store.judge(kind, report.id, who="Amna", **words)
    assert store.judgements() == []
    assert store.report(report.id) == report


def test_a_judgement_wants_a_name_and_something_to_be_about(store: Store, report: Report) -> None:
    with pytest.raises(StoreError, match="name of whoever"):
        store.judge("credibility", report.id, value="2", who=" ")
    with pytest.raises(NotFound, match="no such report"):
        store.judge("credibility", "R-nothing", value="2", who="Amna")
    with pytest.raises(NotFound, match="no such report"):
        store.judge("same", report.id, other=report.document, who="Amna")
    with pytest.raises(NotFound, match="no such judgement"):
        store.judge("retract", "J-nothing", who="Amna")


def test_same_and_not_same_are_kept(store: Store, report: Report) -> None:
    other = list(store.reports())[1]
    store.judge("same", report.id, other=other.id, who="Amna", why="one convoy")
    store.judge("not_same", other.id, other=report.id, who="Bakri", why="two roads")
    assert [(j.kind, j.who) for j in store.judgements(report.id)] == [("same", "Amna"), ("not_same", "Bakri")]


def test_what_is_hidden_is_left_out_said_and_shown_again(store: Store, report: Report) -> None:
    hiding = store.judge("hide", report.document, who="Amna", why="asked for by the witness")
    assert [d.id for d in store.documents()] == [store.report(r.id).document for r in store.reports()] != []
    assert report.document not in [d.id for d in store.documents()]
    assert store.search("convoy", limit=9)[0].document.id != report.document
    (hidden,) = store.documents(Filter(shown=False))
    assert (hidden.id, hidden.hidden) == (report.document, hiding.id)
    assert len(list(store.documents(Filter(shown=None)))) == 2
    store.judge("retract", hiding.id, who="Amna", why="the witness agreed")
    assert len(list(store.documents())) == len(list(store.reports())) == 2
    with pytest.raises(Conflict, match="taken back already, by Amna"):
        store.judge("retract", hiding.id, who="Bakri")


def test_one_report_can_be_hidden(store: Store, report: Report) -> None:
    store.judge("hide", report.id, who="Amna", why="a threat read as a deed")
    assert report.id not in [r.id for r in store.reports()]
    assert len(list(store.documents())) == 2


def test_reliability_has_a_history(store: Store, report: Report) -> None:
    source = store.meant("Sahel Post", "S")
    store.judge("reliability", source, value="c", who="Amna", why="two errors in May")
    second = store.judge("reliability", source, value="B", who="Bakri")
    outlet = next(o for o in store.sources() if o.id == source)
    assert (outlet.reliability, [g.value for g in outlet.grades]) == ("B", ["C", "B"])
    store.judge("retract", second.id, who="Bakri")
    assert next(o for o in store.sources() if o.id == source).reliability == "C"


@pytest.mark.parametrize("statement", ["UPDATE judgements SET who = 'x'", "DELETE FROM judgements"])
def test_the_database_itself_refuses_to_change_a_judgement(store: Store, report: Report, statement: str) -> None:
    store.judge("credibility", report.id, value="2", who="Amna")
    with pytest.raises(StoreError, match="only added to"):
        store._database.writing(lambda connection: connection.execute(sa.text(statement)))
    assert store.judgements()[0].who == "Amna"


@pytest.mark.parametrize(
    ("unknown", "since", "until", "fits"),
    [
        (("earliest",), "2025-06-07", None, True),
        (("earliest",), "2025-06-08", None, False),
        (("earliest",), None, "1999-01-01", True),
        (("latest",), "2099-01-01", None, True),
        (("latest",), None, "2025-06-06", False),
        (("earliest", "latest"), None, "2099-01-01", False),
        (("earliest", "latest"), "1999-01-01", None, False),
    ],
)
def test_an_open_side_reaches_on_and_no_date_lies_nowhere(
    store: Store, unknown: tuple[str, ...], since: str | None, until: str | None, fits: bool
) -> None:
    store.add([item(1)])
    (report,) = store.reports()
    for field in unknown:
        store.judge("correct", report.id, field=field, value="", who="Amna")
    assert [r.id for r in store.reports(Filter(since=since, until=until))] == [report.id] * fits
