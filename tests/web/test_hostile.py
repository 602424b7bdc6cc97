"""Reports are written by others: no text of theirs may run, turn the page around or bring it down."""

from __future__ import annotations

import re
import time

import pytest

from whence.store import Filter, Store

from .conftest import Client, keep

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"


def test_markup_in_every_field_is_text(client: Client, store: Store) -> None:
    identity = keep(store, SCRIPT, title=f"Title {SCRIPT}", publisher=f"Post {SCRIPT}", url="javascript:alert(1)")
    report = next(iter(store.reports(Filter(document=identity))))
    store.judge("correct", report.id, who=SCRIPT, why=SCRIPT, field="place", value=SCRIPT)
    source = next(s for s in store.sources() if "script" in s.name)
    pages = (
        f"/documents/{identity}",
        f"/documents/{identity}?at={SCRIPT}",
        f"/incidents/{report.id}",
        f"/sources/{source.id}",
        "/reports",
        "/reports?view=timeline",
        "/reports?view=map",
        "/activity",
        "/documents",
        "/search?q=script",
        f"/search?q={SCRIPT}",
        f"/reports?actor={SCRIPT}",
    )
    for page in pages:
        text = client.get(page).text
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page
        assert "onerror=alert(1)>" not in text.replace("&gt;", ""), page
        assert 'href="javascript:' not in text, page
        assert ">49<" not in text, page


def test_characters_that_turn_the_direction_are_shown_and_not_carried_out(client: Client, store: Store) -> None:
    identity = keep(store, "The file is called report\u202egpj.exe and \u2067isolated")
    page = client.get(f"/documents/{identity}").text
    passages = "".join(re.findall(r'<p class="passage.*?</p>', page, re.S))
    assert "\u202e" not in passages
    assert "\u2067" not in passages
    assert "U+202E" in passages
    assert client.get(f"/documents/{identity}.txt").text.count("\u202e") == 1


def test_writing_from_the_right_is_left_to_its_direction(client: Client, store: Store) -> None:
    identity = keep(store, "قال شهود إن القصف أصاب السوق", title="قصف على السوق")
    page = client.get(f"/documents/{identity}").text
    assert '<h1 dir="auto">قصف على السوق</h1>' in page
    assert re.search(r'<p class="passage[^"]*" dir="auto">[^<]*قال شهود', page)


@pytest.mark.parametrize(
    "text",
    ["| cell " * 60_000, "x" * 400_000, "a\n" * 100_000, "\u202e" * 30_000, "𝕏é\u0301 " * 60_000],
    ids=["table", "word", "lines", "controls", "wide"],
)
def test_a_huge_text_is_given_page_by_page(client: Client, store: Store, text: str) -> None:
    identity = keep(store, text)
    begun = time.monotonic()
    answer = client.get(f"/documents/{identity}")
    assert answer.status_code == 200
    assert time.monotonic() - begun < 20  # a guard against quadratic work, not a measure of speed
    assert len(answer.text) < 8_000_000
    if len(text) > 100_000:
        assert 'rel="next"' in answer.text
    assert client.get(f"/documents/{identity}?page=2").status_code == 200
    assert client.get(f"/documents/{identity}?page=999999").status_code == 200


def test_cells_that_a_spreadsheet_would_run_are_text(client: Client, store: Store) -> None:
    keep(store, "text", publisher="=HYPERLINK(1)", title="@SUM(1)")
    assert "'=HYPERLINK(1)" in client.get("/documents.csv").text
    assert "'@SUM(1)" in client.get("/documents.csv").text
