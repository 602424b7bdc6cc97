"""Incidents across reports on the site: lists, the grid, the drawing of the lineage, and judging whether two are one."""

from __future__ import annotations

import re

import pytest

from tests.store.made import item
from whence.corroboration.incidents import account
from whence.records import Descent
from whence.store import Store
from whence.web import Site
from whence.web.grid import grid
from whence.web.lineage import drawing
from whence.web.pages.incidents import holding, strip

from .conftest import Client, token


@pytest.fixture
def linked(site: Site, store: Store) -> Store:
    store.add([item(n, place="Um Rawaba", publisher=p) for n, p in ((1, "Radio Kosti"), (2, "Blue Nile Wire"))])
    assert site.settler.settle(30)
    return store


def test_one_row_for_what_several_tell(client: Client, linked: Store) -> None:
    found = client.get("/incidents.json").json()
    (row,) = found["incidents"]
    assert found["settled"]
    assert row["reports"] == 5
    page = client.get("/incidents").text
    assert "3–5 killed" in page
    assert "disputed" in page
    table = client.get("/incidents.csv").text.splitlines()
    assert len(table) == 2
    assert "Radio Kosti; Blue Nile Wire" in table[1] or "Sahel Post" in table[1]


def test_the_map_has_areas_and_draws_many_together(client: Client, linked: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = client.get("/incidents.geojson").json()
    assert not alone["together"]
    assert {f["geometry"]["type"] for f in alone["features"]} == {"Polygon"}
    monkeypatch.setattr("whence.web.pages.incidents.DRAWN", 0)
    many = client.get("/incidents.geojson").json()
    assert many["together"]
    assert sum(f["properties"]["count"] for f in many["features"]) == len(alone["features"])
    assert {f["geometry"]["type"] for f in many["features"]} == {"Polygon"}
    assert client.get("/incidents.geojson?box=-10,0,0,1").json()["features"] == []


@pytest.mark.parametrize("query", ["origins=many", "box=1,2", "box=a,b,c,d", "box=0,50,1,-50", "order=sideways"])
def test_an_address_that_makes_no_sense_is_told_so(client: Client, query: str) -> None:
    assert client.get(f"/incidents.json?{query}").status_code in (400, 422)


def test_the_page_has_a_grid_a_drawing_and_reasons(client: Client, linked: Store) -> None:
    identity = client.get("/incidents.json").json()["incidents"][0]["id"]
    page = client.get(f"/incidents/{identity}").text
    assert page.count('<th><a href="/incidents/R-') == 5
    assert "against" in page
    assert re.search(r"Where it came from: \d+ links?, \d+ origins?", page)
    assert '<svg class="lineage"' in page
    assert "side by side" in page
    whole = client.get(f"/incidents/{identity}.json").json()
    assert set(whole) == {"incident", "reports", "links", "judgements"}
    assert client.get(f"/incidents/{identity}?rule=range").text.count("3 / ") >= 1
    assert client.get(f"/incidents/{identity}?rule=loudest", headers={"accept": "text/html"}).status_code == 400
    assert client.get("/incidents/I-none").status_code == 404


def test_what_is_against_what_in_the_grid(linked: Store) -> None:
    reports = [r for r in linked.reports() if r.place == "Um Rawaba"]
    made = grid(account("I-1", reports, []), reports)
    killed = next(line for line in made.lines if line.name == "killed")
    assert killed.disputed
    assert [c.against for c in killed.cells].count(True) == 2
    place = next(line for line in made.lines if line.name == "place")
    assert not any(c.other for c in place.cells)


def test_the_drawing_of_a_chain_and_of_a_circle(linked: Store) -> None:
    reports = [r for r in linked.reports() if r.place == "Um Rawaba"]
    a, b, c = (r.document for r in reports)
    chain = [Descent(document=b, parent=a, kind="copies", probability=0.9), Descent(document=c, parent=b, kind="cites", probability=0.8)]
    drawn = drawing(account("I-1", reports, chain), reports)
    at = {box.key: box.x for box in drawn.boxes}
    assert at[a] < at[b] < at[c]
    assert min(at.values()) == next(box.x for box in drawn.boxes if box.origin)
    assert all(0 <= box.x < drawn.width and 0 <= box.y < drawn.height for box in drawn.boxes)
    circle = [*chain, Descent(document=a, parent=c, kind="cites", probability=0.7)]
    assert len(drawing(account("I-1", reports, circle), reports).lines) == 3 + 1


def test_two_reports_are_judged_apart_and_undone(client: Client, site: Site, linked: Store) -> None:
    reports = [r.id for r in linked.reports() if r.place == "Um Rawaba"]
    identity = client.get("/incidents.json").json()["incidents"][0]["id"]
    pair = f"/merge?a={reports[0]}&b={reports[1]}"
    page = client.get(pair).text
    assert "one incident</a> now" in page
    assert 'data-key="m"' in page
    form = {"token": token(client), "kind": "not_same", "subject": reports[0], "why": "two convoys", "back": pair}
    for other in reports[1:]:
        answer = client.post("/judgements", data={**form, "other": other}, follow_redirects=False)
        assert answer.status_code == 303, answer.text
    assert linked.overviews.one(identity).reports < 5
    assert "two convoys" in client.get(pair).text
    assert "not the incident of" in client.get(f"/incidents/{identity}").text
    for judgement in linked.judgements():
        client.post("/judgements", data={"token": token(client), "kind": "retract", "subject": judgement.id})
    assert client.get("/incidents.json").json()["total"] == 1


def test_a_pair_wants_two_reports(client: Client, linked: Store) -> None:
    report = next(iter(linked.reports())).id
    assert client.get(f"/merge?a={report}&b={report}").status_code == 400
    assert client.get(f"/merge?a={report}&b=R-none").status_code == 404


def test_links_that_hold_and_bars_of_time() -> None:
    from whence.records import Link

    links = [Link(a=a, b=b, probability=p, why={}) for a, b, p in (("x", "y", 0.9), ("y", "z", 0.5), ("x", "z", 0.8))]
    assert [k.probability for k in holding(links)] == [0.9, 0.8]
    bars = strip((("2024-02", 4), ("2024-03", 1)))
    assert (bars[0]["since"], bars[0]["until"], bars[0]["height"]) == ("2024-02-01", "2024-02-29", 100)
