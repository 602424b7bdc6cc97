"""Watching: what is new comes once, what fails comes later and stops nothing else, and nothing is lost when the process dies."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from whence.config import IntakeSettings
from whence.errors import Conflict, IntakeError, StoreError
from whence.intake.visits import Visits, key
from whence.intake.watching import AT_ONCE, TRIES, Visit, Watcher, plain
from whence.records import Failure, Source

from . import made
from .made import REPORT
from .site import Page, Site

EVERY = 1800.0


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site() -> Iterator[Site]:
    made_site = Site()
    yield made_site
    made_site.close()


@pytest.fixture
def watching(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Watcher]]:
    """A watcher over the same record of visits, as if the program had been started again each time."""
    opened: list[Visits] = []

    def start(*inputs: str, **settings: Any) -> Watcher:
        for old in opened:
            old.close()
        opened[:] = [Visits(tmp_path / "kept.watch")]
        limits = IntakeSettings(**{"private_addresses": True, "delay": 0.0, "timeout": 5.0, **settings})
        return Watcher(inputs, opened[0], limits, every=EVERY, clock=clock, chance=random.Random(5))

    yield start
    for old in opened:
        old.close()


def taken(visit: Visit, *, keep: int | None = None) -> list[Source | Failure]:
    """What a visit brings; all of it kept, or only so many before the process dies."""
    found = []
    for item in visit.sources():
        found.append(item)
        if keep is not None and len(found) > keep:
            return found
        visit.kept()
    visit.done()
    return found


def names(found: list[Source | Failure], site: Site) -> list[str]:
    return [(i.id if isinstance(i, Source) else f"failed {i.document.id}").replace(site.address, "") for i in found]


def feed_of(site: Site, *names: str, carried: str = "") -> bytes:
    for name in names:
        site.pages.setdefault(f"/{name}", made.page(f"Report {name}", f"{REPORT} ({name})"))
    return made.rss([(f"{site.address}/{name}", f"Report {name}", carried) for name in names])


def test_what_is_new_comes_once(site: Site, clock: Clock, watching: Callable[..., Watcher]) -> None:
    site.pages["/feed"] = feed_of(site, "a", "b")
    url = f"{site.address}/feed"
    watcher = watching(url)
    assert watcher.due() == [url]
    first = taken(watcher.visit(url))
    assert names(first, site) == ["/a", "/b"]
    assert isinstance(first[0], Source)
    assert (first[0].title, first[0].publisher, first[0].published) == ("Report a", "Hawran Courier", "2024-03-05")
    assert first[0].original == site.pages["/a"]
    assert first[0].retrieval is not None
    assert first[0].retrieval.status == 200
    assert watcher.due() == []
    assert EVERY * 0.9 < watcher.next() < EVERY * 1.1
    clock.now += EVERY * 1.1
    assert watching(url).due() == [url]
    site.pages["/feed"] = feed_of(site, "c", "a", "b")
    site.paths()
    assert names(taken(watching(url).visit(url)), site) == ["/c"]
    assert site.paths() == ["/feed", "/c"]


def test_a_feed_is_asked_whether_it_changed(site: Site, watching: Callable[..., Watcher]) -> None:
    body = feed_of(site, "a")

    def feed(headers: Any) -> Page:
        if headers.get("If-None-Match") == '"v1"' and headers.get("If-Modified-Since") == "Tue, 05 Mar 2024 08:00:00 GMT":
            return 304, {"Content-Length": "0"}, b""
        return 200, {"ETag": '"v1"', "Last-Modified": "Tue, 05 Mar 2024 08:00:00 GMT"}, body

    site.pages["/feed"] = feed
    url = f"{site.address}/feed"
    assert len(taken(watching(url).visit(url))) == 1
    visit = watching(url).visit(url)
    assert taken(visit) == []
    assert visit.unchanged
    assert visit.problem is None


def test_what_was_not_kept_comes_again(site: Site, watching: Callable[..., Watcher]) -> None:
    body = feed_of(site, "a", "b", "c", "d")
    site.pages["/feed"] = lambda headers: (304, {}, b"") if "If-None-Match" in headers else (200, {"ETag": '"v1"'}, body)
    url = f"{site.address}/feed"
    assert names(taken(watching(url).visit(url), keep=2), site) == ["/a", "/b", "/c"]  # dies when c is fetched and not kept
    assert watching(url).due() == [url]
    assert names(taken(watching(url).visit(url)), site) == ["/c", "/d"]
    assert taken(watching(url).visit(url)) == []


def test_a_feed_that_fails_is_left_in_peace_longer_and_longer(site: Site, clock: Clock, watching: Callable[..., Watcher]) -> None:
    site.pages["/bad"] = (500, {}, b"")
    site.pages["/good"] = feed_of(site, "a")
    bad, good = f"{site.address}/bad", f"{site.address}/good"
    watcher = watching(bad, good)
    waits = []
    for _ in range(9):
        assert bad in watcher.due()
        visit = watcher.visit(bad)
        assert taken(visit) == []
        assert visit.problem is not None
        assert "answered 500" in visit.problem
        waits.append(watcher.visits.feed(bad).due - clock.now)
        assert good in watcher.due()
        clock.now += waits[-1]
    for n, wait in enumerate(waits, 1):
        assert 0.75 * min(86_400, EVERY * 2**n) <= wait <= 1.25 * min(86_400, EVERY * 2**n)
    assert len({round(w / min(86_400, EVERY * 2**n), 3) for n, w in enumerate(waits, 1)}) > 5  # spread by chance
    assert len(taken(watcher.visit(good))) == 1
    site.pages["/bad"] = feed_of(site, "b")
    assert names(taken(watcher.visit(bad)), site) == ["/b"]
    assert watcher.visits.feed(bad).failures == 0


def test_a_server_that_names_a_time_is_given_it(site: Site, clock: Clock, watching: Callable[..., Watcher]) -> None:
    url = f"{site.address}/feed"
    site.pages["/feed"] = (429, {"Retry-After": "50000"}, b"")
    watcher = watching(url)
    taken(watcher.visit(url))
    assert watcher.visits.feed(url).due == clock.now + 50_000
    site.pages["/feed"] = (410, {}, b"")
    taken(watcher.visit(url))
    assert watcher.visits.feed(url).due == clock.now + 7 * 86_400
    assert watcher.due(once=True) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is no feed"),
        (b"<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>", "/rss"),
        (b"<rss><channel><item>", ""),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>', "entities"),
        (b"\x1f\x8bnothing", "unpacked"),
        (b"\x00\x01\x02" * 500, "is no feed"),
    ],
)
def test_what_is_no_feed_is_a_problem_and_no_error(site: Site, watching: Callable[..., Watcher], body: bytes, words: str) -> None:
    site.pages["/feed"] = body
    visit = watching(f"{site.address}/feed").visit(f"{site.address}/feed")
    assert taken(visit) == []
    assert words in (visit.problem or "")
    assert bool(visit.problem) == bool(words)


def test_a_page_that_cannot_be_had_is_tried_again_and_then_its_feed_is_taken(
    site: Site, clock: Clock, watching: Callable[..., Watcher]
) -> None:
    site.pages["/feed"] = feed_of(site, "a", "b", carried=f"<p>{REPORT}</p>")
    site.pages["/a"] = (503, {}, b"")
    url = f"{site.address}/feed"
    watcher = watching(url)
    assert names(taken(watcher.visit(url)), site) == ["/b"]
    assert taken(watcher.visit(url)) == []  # not before its time
    for _ in range(TRIES - 2):
        clock.now += 86_400 * 2
        assert taken(watcher.visit(url)) == []
    clock.now += 86_400 * 2
    (found,) = taken(watcher.visit(url))
    assert isinstance(found, Source)
    assert found.text == f"Report a\n\n{REPORT}"
    assert found.retrieval is None
    clock.now += 86_400 * 2
    assert taken(watcher.visit(url)) == []


def test_a_page_that_is_gone_or_forbidden_gives_the_text_of_its_feed_or_a_failure(site: Site, watching: Callable[..., Watcher]) -> None:
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /b\nDisallow: /c\n"
    carried = {"a": f"<p>{REPORT} One.</p>", "b": f"<p>{REPORT} Two.</p>", "c": ""}
    site.pages["/feed"] = made.rss([(f"{site.address}/{name}", name, html) for name, html in carried.items()])
    site.pages["/a"] = (404, {}, b"")
    url = f"{site.address}/feed"
    watcher = watching(url)
    found = taken(watcher.visit(url))
    assert names(found, site) == ["/a", "/b", "failed /c"]
    assert isinstance(found[2], Failure)
    assert found[2].failure.code == "robots"
    assert site.paths() == ["/feed", "/a"]
    assert taken(watcher.visit(url)) == []


def test_lists_of_feeds_and_sitemaps(site: Site, tmp_path: Path, watching: Callable[..., Watcher]) -> None:
    site.pages["/feed"] = feed_of(site, "a")
    for n in (1, 2):
        site.pages[f"/s{n}"] = made.page(f"Page {n}", f"{REPORT} {n}")
    listed = "".join(f"<url><loc>{site.address}/s{n}</loc><lastmod>2024-03-0{n}</lastmod></url>" for n in (1, 2))
    site.pages["/map-1.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()
    site.pages["/map.xml"] = f"<sitemapindex><sitemap><loc>{site.address}/map-1.xml</loc></sitemap></sitemapindex>".encode()
    opml = tmp_path / "feeds.opml"
    opml.write_text(f'<opml version="2.0"><body><outline text="x"><outline xmlUrl="{site.address}/feed" text="C"/></outline></body></opml>')
    watcher = watching(str(opml), f"{site.address}/map.xml")
    assert list(watcher.feeds().values()) == [None, "C"]
    got = []
    while due := watcher.due():
        for url in due:
            got += names(taken(watcher.visit(url)), site)
    assert sorted(got) == ["/a", "/s1", "/s2"]
    assert got.index("/s2") < got.index("/s1")  # the newest first
    opml.write_text("<opml><body>")
    assert f"{site.address}/feed" in watcher.feeds()  # a list that is being written is as it was before
    with pytest.raises(IntakeError, match="no such file"):
        watching("nowhere.opml").feeds()


def test_a_large_sitemap_comes_in_parts(site: Site, watching: Callable[..., Watcher]) -> None:
    names_ = [f"p{n}" for n in range(AT_ONCE + 7)]
    for name in names_:
        site.pages[f"/{name}"] = f"Shelling in Nawa, part {name} of the list, the council said.".encode()
    listed = "".join(f"<url><loc>{site.address}/{name}</loc></url>" for name in names_)
    site.pages["/map.xml"] = f"<urlset>{listed}</urlset>".encode()
    url = f"{site.address}/map.xml"
    watcher = watching(url)
    visit = watcher.visit(url)
    assert len(taken(visit)) == AT_ONCE
    assert visit.waiting == 7
    assert len(taken(watcher.visit(url))) == 7


def test_the_same_text_at_two_addresses_of_a_site_comes_once(site: Site, watching: Callable[..., Watcher]) -> None:
    site.pages["/feed"] = feed_of(site, "a", "b", "a?utm_source=rss")
    site.pages["/b"] = site.pages["/a"]
    url = f"{site.address}/feed"
    watcher = watching(url)
    assert names(taken(watcher.visit(url)), site) == ["/a"]
    assert plain("http://WWW.a.example/x/?utm_source=y&id=3#top") == plain("https://a.example/x?id=3")


def test_one_watch_at_a_time(tmp_path: Path) -> None:
    with Visits(tmp_path / "w") as visits:
        visits.remember([key("a")], 1.0)
        with pytest.raises(Conflict, match="another"):
            Visits(tmp_path / "w")
    with Visits(tmp_path / "w") as visits:
        assert visits.seen([key("b"), key("a")])
        assert not visits.seen([key("b")])
    (tmp_path / "x").write_bytes(b"something else entirely" * 99)
    with pytest.raises(StoreError, match="no record of visits"):
        Visits(tmp_path / "x")
