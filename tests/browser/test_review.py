"""The way of a reviewer, in a real browser: add reports, read them, correct a field, undo it; by mouse and by key."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from whence.cli.reading import demo_sources

if TYPE_CHECKING:
    from playwright.sync_api import Page

Picture = Callable[["Page", str], None]
REPORTS = ("01-levant-wire-darat-izza", "11-sitrep-north-kordofan")


@pytest.fixture(scope="module")
def added(address: str, browser: object) -> dict[str, str]:
    """Two demonstration reports, added through the inbox, one as a file and one pasted; the address of each in the Reader."""
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    first, second = (next(s for s in demo_sources() if s.id == name) for name in REPORTS)
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    assert page.url.endswith("/inbox")
    file = {"name": f"{first.id}.txt", "mimeType": "text/plain", "buffer": first.text.encode()}
    page.set_input_files("[name=file]", files=[file])  # type: ignore[list-item] # a FilePayload
    page.fill("[name=published]", first.published or "")
    page.fill("[name=publisher]", first.publisher or "")
    page.click(".known button")
    page.fill("[name=text]", second.text)
    page.fill("[name=published]", second.published or "")
    page.fill("[name=publisher]", second.publisher or "")
    page.click(".known button")
    page.wait_for_selector(".jobs > li.done >> nth=1", timeout=120_000)
    links = page.locator(".jobs a", has_text="Open in the Reader")
    assert links.count() == 2
    found = [str(links.nth(n).get_attribute("href")) for n in (1, 0)]
    page.set_input_files("[name=file]", files=[file])  # type: ignore[list-item] # as above
    page.fill("[name=published]", first.published or "")
    page.fill("[name=publisher]", first.publisher or "")
    page.click(".known button")
    page.wait_for_selector("text=Already there", timeout=60_000)
    context.close()
    return dict(zip(REPORTS, found, strict=True))


def test_a_claim_and_its_words_are_found_from_each_other(page: Page, address: str, added: dict[str, str], picture: Picture) -> None:
    page.goto(address + added[REPORTS[0]])
    card = page.locator(".card", has_text="Mustafa Shawa").first
    card.click()
    assert page.locator(".w.lit.source", has_text="Mustafa Shawa").count() == 1
    assert "lit" in str(card.get_attribute("class"))
    assert re.search(r"[?&]at=C-|at=c", page.url)
    picture(page, "reader")
    page.reload()  # the address is the state
    assert page.locator(".w.lit.source", has_text="Mustafa Shawa").count() == 1
    page.locator(".w.source", has_text="A second resident").first.click()
    assert page.locator(".card.lit", has_text="Hamdo Kayyali").count() >= 1
    assert page.locator(".card.lit", has_text="Mustafa Shawa").count() == 0
    before = page.locator(".card.lit").first.get_attribute("id")
    page.keyboard.press("j")
    assert page.locator(".card.lit").first.get_attribute("id") != before
    page.keyboard.press("k")
    assert page.locator(".card.lit").first.get_attribute("id") == before
    page.keyboard.press("g")
    assert page.locator(".w.lit").count() > 0


def test_colours_are_turned_off_and_the_address_keeps_it(page: Page, address: str, added: dict[str, str]) -> None:
    page.goto(address + added[REPORTS[0]])
    page.uncheck("[data-kind=place]")
    assert "hide=place" in page.url
    page.reload()
    assert not page.is_checked("[data-kind=place]")
    assert page.locator(".sheet.no-place").count() == 1


def test_a_field_is_corrected_in_the_sheet_and_undone(page: Page, address: str, added: dict[str, str], picture: Picture) -> None:
    page.goto(address + "/reports?acled=Air/drone+strike")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/R-*")
    country = page.locator("#f-country")
    before = str(country.locator("bdi").first.text_content())
    country.locator("[data-edit]").click()
    page.wait_for_selector("#sheet [name=value]")
    page.fill("#sheet [name=value]", "tcd")
    page.fill("#sheet [name=why]", "the village lies beyond the border")
    picture(page, "incident")
    page.click("#sheet button.main")
    page.wait_for_selector(".said")
    assert country.locator("bdi").first.text_content() == "TCD"
    assert page.locator(".history", has_text="beyond the border").count() == 1
    page.keyboard.press("z")
    page.wait_for_selector(".said >> text=takes back")
    assert page.locator("#f-country bdi").first.text_content() == before
    page.goto(address + "/activity")
    assert page.locator("tr", has_text="beyond the border").count() == 1
    picture(page, "activity")


def test_keys_open_and_close_the_sheet(page: Page, address: str, added: dict[str, str]) -> None:
    page.goto(address + "/reports")
    page.locator("[data-row] a").first.click()
    page.wait_for_url("**/incidents/R-*")
    for key, word in (("a", "Credibility"), ("u", "Credibility"), ("x", "Hide"), ("e", "Correct")):
        page.keyboard.press(key)
        page.wait_for_selector(f"#sheet h2 >> text={word}")
        page.keyboard.press("Escape")
        page.wait_for_selector("#sheet h2", state="detached")
    page.keyboard.press("?")
    assert page.is_visible("dialog#keys")


def test_the_map_draws_areas(page: Page, address: str, added: dict[str, str], picture: Picture) -> None:
    page.goto(address + "/incidents?view=map")
    page.wait_for_selector("#map[data-ready]", timeout=60_000)
    page.wait_for_timeout(1500)
    picture(page, "map")
    page.keyboard.press("j")
    assert page.locator("#feed .chosen").count() == 1


@pytest.mark.parametrize(
    "path",
    [
        *("/inbox", "/documents", "/incidents", "/incidents?view=timeline", "/reports", "/merge", "/coding", "/questions", "/sources"),
        *("/actors", "/export", "/protected", "/activity", "/search?q=fuel"),
    ],
)
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_the_screen(page: Page, address: str, added: dict[str, str], path: str, width: int, picture: Picture) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1280:
        picture(page, {"/incidents?view=timeline": "timeline", "/search?q=fuel": "search"}.get(path, path[1:]))


def test_the_reader_works_without_scripts(browser: object, address: str, added: dict[str, str]) -> None:
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(address + added[REPORTS[0]])
    bare.locator(".card", has_text="Mustafa Shawa").first.click()
    assert bare.locator(".w.at", has_text="Mustafa Shawa").count() == 1
    context.close()
