"""Incidents across reports in a real browser: from dropped reports to a judged merge and an export; several people at once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from whence.cli.reading import demo_sources

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Picture = Callable[["Page", str], None]
REPORTS = ("01-levant-wire-darat-izza", "02-orontes-daily-darat-izza", "03-zaytoun-bulletin-darat-izza")
PASSWORD = "seven small blue doors"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A site with accounts on loopback: where it listens, and the end of the link of its first admin."""
    place = tmp_path_factory.mktemp("shared") / "kept.sqlite"
    command = [sys.executable, "-m", "whence", "serve", "--accounts", "--port", "0", "--who", "Amna", "--store", str(place)]
    serving = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert serving.stderr is not None
    lines = "".join(serving.stderr.readline() for _ in range(2))
    found = re.search(r"(http://[\d.:]+)(/join/\S+)", lines)
    assert found, lines
    yield found[1], found[2]
    serving.terminate()
    assert serving.wait(timeout=30) is not None


def join(page: Page, link: str) -> None:
    page.goto(link)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("footer a[href='/account']")


def test_the_whole_path(browser: Browser, page: Page, shared: tuple[str, str], tmp_path: Path, picture: Picture) -> None:
    address, link = shared
    page.goto(address + "/incidents")
    assert "/login" in page.url
    join(page, address + link)
    sources = [next(s for s in demo_sources() if s.id == name) for name in REPORTS]
    for source in sources:
        page.goto(address + "/inbox")
        file = {"name": f"{source.id}.txt", "mimeType": "text/plain", "buffer": source.text.encode()}
        # Dropped on the page, as a person does.
        transfer = page.evaluate_handle(
            "([name, text]) => { const d = new DataTransfer(); d.items.add(new File([text], name, {type: 'text/plain'})); return d; }",
            [file["name"], source.text],
        )
        page.fill("[name=published]", source.published or "")
        page.fill("[name=publisher]", source.publisher or "")
        with page.expect_navigation():
            page.dispatch_event("body", "drop", {"dataTransfer": transfer})
    page.wait_for_selector(".jobs > li.done >> nth=2", timeout=180_000)
    page.goto(address + "/incidents")
    for _ in range(20):
        if page.locator("td.reports").count() and not page.locator(".problem").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    several = page.locator("tr[data-row]").filter(has=page.locator("td.reports", has_text=re.compile(r"^[2-9]")))
    assert several.count() >= 1
    several.first.locator("a").first.click()
    page.wait_for_selector("svg.lineage")
    assert page.locator("table.grid thead th a").count() >= 2
    picture(page, "together")
    page.locator("a", has_text="side by side").first.click()
    page.wait_for_selector("form.verdict")
    picture(page, "merge")
    page.fill("form.verdict [name=why]", "the dates differ by a week")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("s")
    page.wait_for_selector(".said >> text=not the incident of")
    page.keyboard.press("z")
    page.wait_for_selector(".said >> text=takes back")
    page.goto(address + "/merge")
    if page.locator("tr[data-row]").count():
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_selector("form.verdict")
        page.keyboard.press("m")
        page.wait_for_selector(".said >> text=the same incident as")
    page.goto(address + "/export")
    picture(page, "export")
    with page.expect_download() as coming:
        page.locator("a.button", has_text=re.compile("^csv$")).click()
    rows = Path(coming.value.path()).read_text(encoding="utf8").splitlines()
    assert rows[0].startswith("id,type,")
    assert len(rows) >= 2


def test_two_at_once_and_a_session_that_ends(browser: Browser, page: Page, shared: tuple[str, str], picture: Picture) -> None:
    address, _ = shared
    page.goto(address + "/login")
    page.fill("[name=name]", "amna")
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("footer a[href='/people']")
    page.goto(address + "/people")
    page.fill("form.filter [name=name]", "Omar")
    page.select_option("form.filter [name=role]", "coder")
    page.click("form.filter button.main")
    link = page.locator("code.secret").inner_text()
    picture(page, "people")
    other_context = browser.new_context()
    other = other_context.new_page()
    join(other, link)
    report = page.request.get(address + "/reports.json").json()["reports"][0]["id"]
    for one, grade in ((page, "2"), (other, "5")):
        one.goto(f"{address}/incidents/{report}")
        one.keyboard.press("a")
        one.wait_for_selector("#sheet [name=value]")
        one.check(f"#sheet [value='{grade}']")
        one.click("#sheet button.main")
        one.wait_for_selector(".said")
    page.goto(f"{address}/incidents/{report}")
    assert page.locator(".history li", has_text="Omar").count() == 1
    assert page.locator(".history li", has_text="Amna").count() >= 1
    # Omar's session ends while a page is open: what is sent is not taken, and the next page is the door.
    other.goto(f"{address}/incidents/{report}")
    page.goto(address + "/people")
    page.locator("tr", has_text="Omar").locator("button", has_text="Shut").click()
    page.wait_for_selector("tr.taken")
    before = len(page.request.get(address + "/activity.json").json())
    other.locator(".history form button").first.click()
    assert len(page.request.get(address + "/activity.json").json()) == before
    other.goto(f"{address}/incidents/{report}")
    assert "/login" in other.url
    other_context.close()
