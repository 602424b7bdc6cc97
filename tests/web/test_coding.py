"""Double coding from assignment to gold: blind, compared, decided."""

from __future__ import annotations

import json

import pytest

from whence.gold import gold
from whence.store import Store
from whence.web import Site

from .conftest import Client
from .test_people import kept, shared, signed_in, token

__all__ = ["kept", "shared"]

VALUES = {"acled": "Armed clash", "earliest": "2025-06-07", "latest": "2025-06-07", "place": "Um Rawaba", "country": "SDN", "killed": "3"}


@pytest.fixture
def given(shared: Site, store: Store, kept: str) -> tuple[str, Client, Client, Client]:
    """A report given to two coders by an editor."""
    report = next(iter(store.reports())).id
    one, other, editor = (signed_in(shared, n, r, kept) for n, r in (("Amna", "coder"), ("Omar", "coder"), ("Edi", "editor")))
    form = {"token": token(editor, "/coding"), "report": report, "coder": ["Amna", "Omar"]}
    assert editor.post("/coding/assign", data=form, follow_redirects=False).status_code == 303
    return report, one, other, editor


def code(client: Client, report: str, **values: str) -> None:
    form = {"token": token(client, f"/coding/{report}"), "report": report, **VALUES, **values}
    answer = client.post("/coding/code", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text


def test_coders_see_neither_each_other_nor_the_machine(given: tuple[str, Client, Client, Client]) -> None:
    report, one, other, _ = given
    code(one, report, place="Karbabah")
    page = other.get(f"/coding/{report}").text
    assert "Karbabah" not in page
    assert 'value="2025-06-07"' not in page
    assert "<mark>ambushed</mark>" in page
    assert other.get("/coding.json").json()["lines"] == []
    assert 'value="Karbabah"' in one.get(f"/coding/{report}").text


def test_from_two_codings_to_a_decision_to_gold(given: tuple[str, Client, Client, Client], store: Store) -> None:
    report, one, other, editor = given
    assert editor.get(f"/coding/{report}/adjudicate").status_code == 400
    code(one, report, killed="4", place="Karbabah")
    code(other, report, place="Karbabah")
    desk = editor.get("/coding.json").json()
    assert desk["lines"][0]["apart"] == ["killed"]
    assert {a["field"]: a["same"] for a in desk["agreement"]}["killed"] == 0.0
    page = editor.get(f"/coding/{report}/adjudicate").text
    assert page.count(" checked") >= 2
    form = {"token": token(editor, "/coding"), "report": report, "decide-killed": "yes", "killed": "4", "why": "the clinic's list"}
    assert editor.post("/coding/adjudicate", data=form, follow_redirects=False).headers["location"] == f"/incidents/{report}"
    made = store.judgements(report)[-1]
    assert (made.field, made.value, made.who) == ("killed", "4", "Edi")
    assert made.why == "adjudicated between Amna: 4; Omar: 3. the clinic's list"
    assert editor.get("/coding.json").json()["lines"][0]["decided"]
    (record,) = gold(store)
    assert record.fields["killed"].how == "adjudicated"
    assert (record.fields["killed"].read, record.fields["killed"].value) == ("3", "4")
    assert (record.fields["place"].how, record.fields["place"].value) == ("agreed", "Karbabah")
    assert all(record.text[s.start : s.end] == s.text for s in record.triggers)


def test_only_who_may(given: tuple[str, Client, Client, Client], shared: Site, store: Store, kept: str) -> None:
    report, one, _, _ = given
    third = signed_in(shared, "Third", "coder", kept)
    assert third.get(f"/coding/{report}").status_code == 403
    form = {"token": token(third, "/inbox"), "report": report, **VALUES}
    assert third.post("/coding/code", data=form).status_code == 404
    assert third.post("/coding/assign", data={**form, "coder": ["Third", "Amna"]}).status_code == 403
    assert one.get(f"/coding/{report}/adjudicate").status_code == 403


@pytest.mark.parametrize(("field", "value"), [("earliest", "Saturday"), ("killed", "some"), ("acled", "Party")])
def test_a_value_that_does_not_fit_is_told(given: tuple[str, Client, Client, Client], field: str, value: str) -> None:
    report, one, _, _ = given
    form = {"token": token(one, f"/coding/{report}"), "report": report, **VALUES, field: value}
    answer = one.post("/coding/code", data=form)
    assert answer.status_code == 422
    assert value in json.loads(answer.text)["error"] if answer.headers["content-type"] == "application/json" else value in answer.text


def test_gold_masks_protected_names(store: Store) -> None:
    report = next(iter(store.reports()))
    store.judge("correct", report.id, who="Amna", field="killed", value="5", why="the Nile Courier was wrong")
    store.judge("protect", report.document, who="Amna", value="Nile Courier")
    (record,) = gold(store)
    assert "Courier" not in record.text
    assert "Courier" not in (record.fields["killed"].why or "")
    assert record.fields["killed"].how == "corrected"
