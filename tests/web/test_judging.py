"""Corrections, grades and hiding through the site, each with its reason, each taken back."""

from __future__ import annotations

import pytest

from whence.store import Filter, Store

from .conftest import Client, token


def send(client: Client, **form: str) -> str:
    """Send a judgement; where the site leads afterwards."""
    answer = client.post("/judgements", data={"token": token(client), **form}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_correction_is_made_with_its_reason_and_undone(client: Client, store: Store) -> None:
    report = next(iter(store.reports()))
    sheet = client.get(f"/sheet?kind=correct&subject={report.id}&field=killed", headers={"hx-request": "true"}).text
    assert "<html" not in sheet
    assert 'name="value" value="3"' in sheet
    back = f"/incidents/{report.id}"
    at = send(client, kind="correct", subject=report.id, field="killed", value="4-6", why="the clinic's list", back=back)
    made = store.judgements(report.id)[0]
    assert (made.who, made.why, made.value) == ("Nadia", "the clinic's list", "4-6")
    assert at == f"{back}?said={made.id}"
    page = client.get(at).text
    assert "4–6" in page
    assert "the clinic&#39;s list" in page
    assert 'data-key="z"' in page
    send(client, kind="retract", subject=made.id, back=back)
    assert store.report(report.id).counts[0].low == 3
    assert "takes back" in client.get(back).text
    assert 'data-key="z"' not in client.get(at).text


def test_a_source_is_graded_and_keeps_its_history(client: Client, store: Store) -> None:
    source = store.sources()[0]
    back = f"/sources/{source.id}"
    send(client, kind="reliability", subject=source.id, value="B", why="three of three checked", back=back)
    send(client, kind="reliability", subject=source.id, value="C", why="one was wrong", back=back)
    page = client.get(back).text
    assert "fairly reliable" in page
    assert "three of three checked" in page
    assert "one was wrong" in client.get("/activity").text


def test_a_report_is_graded_and_shows_its_grade(client: Client, store: Store) -> None:
    report = next(iter(store.reports()))
    back = f"/incidents/{report.id}"
    send(client, kind="credibility", subject=report.id, value="2", why="two clinics", back=back)
    assert "credibility <strong>2</strong>, probably true" in client.get(back).text
    send(client, kind="retract", subject=store.judgements(report.id)[-1].id, back=back)
    assert "credibility <strong>" not in client.get(back).text


def test_what_is_hidden_leaves_the_lists_and_comes_back(client: Client, store: Store) -> None:
    report = next(iter(store.reports()))
    send(client, kind="hide", subject=report.id, why="asked for by the witness", back="/reports")
    assert store.fitting() == 2
    assert store.fitting(Filter(shown=False)) == 1
    assert "hidden" in client.get(f"/incidents/{report.id}").text
    send(client, kind="retract", subject=store.judgements()[-1].id)
    assert store.fitting() == 3


@pytest.mark.parametrize(
    ("form", "status", "word"),
    [
        ({"kind": "correct", "field": "killed", "value": "many"}, 422, "many"),
        ({"kind": "correct", "field": "colour", "value": "red"}, 422, "colour"),
        ({"kind": "correct", "field": "earliest", "value": "Tuesday"}, 422, "Tuesday"),
        ({"kind": "credibility", "value": "9"}, 422, "9"),
        ({"kind": "hide"}, 422, "reason"),
        ({"kind": "same"}, 422, "two different"),
        ({"kind": "rename"}, 400, "rename"),
        ({"kind": "correct", "field": "killed", "value": "3", "subject": "R-none"}, 404, "R-none"),
    ],
)
def test_a_judgement_that_cannot_be_is_told_why(client: Client, store: Store, form: dict[str, str], status: int, word: str) -> None:
    report = next(iter(store.reports()))
    answer = client.post("/judgements", data={"token": token(client), "subject": report.id, **form}, headers={"accept": "text/html"})
    assert answer.status_code == status
    assert word in answer.text
    assert store.judgements() == []


def test_the_sheet_is_a_page_of_its_own_without_scripts(client: Client, store: Store) -> None:
    report = next(iter(store.reports()))
    for query in ("kind=hide", "kind=credibility&preset=6", "kind=correct&field=acled"):
        page = client.get(f"/sheet?subject={report.id}&{query}").text
        assert "<html" in page
        assert 'action="/judgements"' in page
    assert client.get(f"/sheet?subject={report.id}&kind=correct&field=id").status_code == 400
    assert client.get("/sheet?subject=R-none&kind=credibility").status_code == 404
