"""Every page in every form, what it shows, and that its links lead somewhere."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys

import pytest

from whence.store import Filter, Store

from .conftest import Client

PAGES = (
    "/inbox",
    "/documents",
    "/incidents",
    "/incidents?view=map",
    "/incidents?view=timeline",
    "/incidents?order=doubt&origins=1",
    "/merge",
    "/coding",
    "/actors",
    "/export",
    "/protected",
    "/reports",
    "/reports?view=map",
    "/reports?view=timeline",
    "/questions",
    "/sources",
    "/search?q=convoy",
    "/activity",
)


def every(client: Client, store: Store) -> list[str]:
    """The address of every page there is."""
    report = next(iter(store.reports()))
    source = store.sources()[0]
    made = [f"/documents/{report.document}", f"/incidents/{report.id}", f"/sources/{source.id}"]
    incident = client.get("/incidents.json").json()["incidents"][0]["id"]
    first, second = [r.id for r in store.reports()][:2]
    return [*PAGES, *made, f"/incidents/{incident}", f"/incidents/{incident}?rule=range", f"/merge?a={first}&b={second}"]


def test_every_page_answers_and_every_link_of_it_leads_somewhere(client: Client, store: Store) -> None:
    seen: set[str] = set()
    for page in every(client, store):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert answer.headers["content-type"].startswith("text/html")
        for link in re.findall(r'(?:href|src|hx-get|data-from)="([^"]+)"', answer.text):
            address = link.replace("&amp;", "&")
            if address.startswith("?"):
                address = page.split("?")[0] + address
            if address in seen or not address.startswith("/"):
                continue
            seen.add(address)
            assert client.get(address.split("#")[0]).status_code == 200, f"{page} links {address}"
    assert len(seen) > 40


@pytest.mark.parametrize(
    "page", ["inbox", "documents", "incidents", "reports", "merge", "coding", "actors", "export", "questions", "sources", "activity"]
)
def test_every_list_is_there_as_json(client: Client, page: str) -> None:
    answer = client.get(f"/{page}.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() is not None


def test_records_are_there_as_json(client: Client, store: Store) -> None:
    report = next(iter(store.reports()))
    assert client.get(f"/incidents/{report.id}.json").json()["report"]["place"] == "Um Rawaba"
    assert client.get(f"/documents/{report.document}.json").json()["schema"] == "whence.reading/1"
    assert client.get(f"/documents/{report.document}.txt").text == store.source(report.document).text
    assert client.get(f"/documents/{report.document}/record/C-1").json()["stance"] == "asserts"
    assert client.get("/search.json?q=convoy").json()[0]["document"]["id"]
    original = client.get(f"/documents/{report.document}/original")
    assert original.content == store.original(report.document)
    assert original.headers["content-disposition"].startswith("attachment")
    assert original.headers["content-type"] == "application/octet-stream"


def test_tables_are_there_as_csv(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/reports.csv?country=SDN").text)))
    assert [r["place"] for r in rows] == ["Um Rawaba", "El Obeid", "Kosti"]
    assert rows[0]["killed_low"] == "3"
    assert rows[0]["chains"] == "Nile Courier > Sahel Post"
    for page in ("documents", "sources", "activity"):
        assert client.get(f"/{page}.csv").status_code == 200


def test_places_are_areas_and_never_points(client: Client, store: Store) -> None:
    report = next(iter(store.reports()))
    store.judge("correct", report.id, who="me", field="latitude", value="")
    found = client.get("/reports.geojson").json()
    assert {f["geometry"]["type"] for f in found["features"]} == {"Polygon"}
    assert len(found["features"]) == 2
    assert found["unplaced"] == 1
    ring = found["features"][0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert max(y for _, y in ring) - min(y for _, y in ring) == pytest.approx(2 * 5 / 111.195, abs=0.001)


def test_the_address_is_the_filter(client: Client) -> None:
    assert client.get("/reports.json?place=kosti").json()["total"] == 1
    assert client.get("/reports.json?place=kosti&since=&country=").json()["total"] == 1
    assert client.get("/reports.json?since=2025-06-08").json()["total"] == 0
    listing = client.get("/reports.json?status=claimed").json()
    assert listing["total"] == 0
    assert listing["facets"]["status"] == [["happened", 3]]
    page = client.get("/reports?place=kosti&view=timeline").text
    assert "1 incident report" in page
    assert "<rect" in page


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("/reports.json?since=Tuesday", 400, "Tuesday"),
        ("/reports.json?page=0", 400, "page"),
        ("/reports.json?disputed=perhaps", 400, "perhaps"),
        ("/documents/D-none.json", 404, "D-none"),
        ("/incidents/R-none.json", 404, "R-none"),
        ("/sources/S-none.json", 404, "S-none"),
        ("/nowhere.json", 404, "Not Found"),
        ("/search.json?q=-only", 422, "-only"),
    ],
)
def test_an_address_that_makes_no_sense_is_told_so(client: Client, address: str, status: int, word: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert word in answer.json()["error"]
    page = client.get(address.replace(".json", ""), headers={"accept": "text/html"})
    assert "Traceback" not in page.text
    assert page.headers["content-type"].startswith("text/html")


def test_the_reader_marks_words_and_draws_chains(client: Client, store: Store) -> None:
    report = next(iter(store.reports()))
    page = client.get(f"/documents/{report.document}?at=C-1").text
    assert re.search(r'class="w[^"]* event[^"]*"[^>]*>ambushed<', page)
    assert re.search(r'class="w[^"]* place[^"]*"[^>]*title="Um Rawaba, North Kordofan, SDN \(town\), ± 5 km"', page)
    card = re.search(r'<a class="card[^>]*data-claim="C-1".*?</a>', page, re.S)
    assert card
    assert re.findall(r"<bdi>([^<]+)</bdi></li>", card[0]) == ["Nile Courier", "Sahel Post"]
    stretch = client.get(f"/documents/{report.document}?at=0-6").text
    assert re.search(r'class="w at"[^>]*>Gunmen<', stretch)


def test_an_incident_shows_the_words_behind_its_values(client: Client, store: Store) -> None:
    report = next(iter(store.reports()))
    page = client.get(f"/incidents/{report.id}").text
    assert "3 guards" in page
    assert "Nile Courier" in page
    start = store.source(report.document).text.index("3 guards")
    assert f"?at={start}-{start + 8}" in page


def test_openapi_tells_every_address_with_json(client: Client) -> None:
    paths = client.get("/schema/openapi.json").json()["paths"]
    assert {"/reports.json", "/reports.geojson", "/documents/{identity}", "/sources.csv"} <= set(paths)


def test_an_empty_store_leads_to_the_inbox(client: Client, store: Store) -> None:
    assert client.get("/", follow_redirects=False).headers["location"] == "/incidents"
    for listed in list(store.documents(Filter())):
        store.judge("hide", listed.id, who="me", why="a test")
    assert client.get("/", follow_redirects=False).headers["location"] == "/inbox"
    assert "Add documents" in client.get("/reports").text


def test_the_site_starts_without_the_language_model() -> None:
    code = "import json, sys, whence.web; print(json.dumps([m for m in ('spacy', 'whence.pipeline', 'trafilatura') if m in sys.modules]))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == []


def test_a_question_is_shown_with_its_sides(client: Client, store: Store) -> None:
    import msgspec

    from tests.store.made import item, reading
    from whence.records import Question

    given = item(60)
    asked = Question(
        id="Q-1",
        span=None,
        text="Was there an <attack>?",
        supporting=("C-1",),
        against=(),
        beside=(),
        origins_for=1,
        origins_against=0,
        verdict="open",
    )
    store.add([msgspec.structs.replace(given, reading=msgspec.structs.replace(reading(given.capture.source), questions=(asked,)))])
    page = client.get("/questions").text
    assert "Was there an &lt;attack&gt;?" in page
    assert "for: 1 origin" in page
    assert "Nile Courier" in page
    (found,) = client.get("/questions.json").json()
    assert [side["name"] for side in found["sides"]] == ["for", "against", "beside"]
