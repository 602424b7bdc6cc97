"""Feeds and sitemaps visited again and again, for weeks: what is new is fetched and handed on, and remembered once it is kept.

Politeness: robots.txt, a pause between two requests to one host, conditional requests, and after a failure longer and longer
waits, a little different each time so that feeds do not come due together. A feed that fails stops no other. What was handed
on but not kept when the process ended is handed on again.
"""

from __future__ import annotations

import logging
import random
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

import msgspec

from whence.config import IntakeSettings
from whence.errors import IntakeError, RequirementError
from whence.records import Failure, Source, failure

from .feeds import Entry, Feed, outlines, own_text, parsed
from .fetching import Answer, FetchError, fetch, is_url
from .material import Limits
from .robots import Robots
from .routing import documents
from .sources import of_answer, within
from .visits import Known, Visits, key

log = logging.getLogger(__name__)

DAY = 86_400.0
TRIES = 5
"""Times that a page is asked for before the text of its feed is taken, if there is any."""
AT_ONCE = 200
"""New entries of one feed that are taken in one visit; the others come with the next."""
GONE = (404, 410, 451)
"""Answers after which a page is not asked for again."""
ALTERNATE = re.compile(r"<link\b[^>]*\btype=[\"']?application/(?:rss|atom)\+xml[^>]*>", re.I)
HREF = re.compile(r"\bhref=[\"']?([^\"'\s>]+)", re.I)


class Watcher:
    """Feeds by the names they were given: addresses of feeds, sitemaps and OPML lists, and files of OPML.

    `every` is the time between two visits in seconds. `clock` gives seconds since 1970; `stop` ends waiting and visits at once.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        visits: Visits,
        settings: IntakeSettings,
        *,
        every: float = 1800.0,
        stop: threading.Event | None = None,
        clock: Callable[[], float] = time.time,
        chance: random.Random | None = None,
        get: Callable[..., Answer] = fetch,
    ) -> None:
        self.visits = visits
        self.settings = settings
        self.every = every
        self.stop = stop or threading.Event()
        self.clock = clock
        self.chance = chance or random.Random()  # noqa: S311 - spreads visits, hides nothing
        self._inputs = tuple(inputs)
        self._listed: dict[str, dict[str, str | None]] = {}
        self._rules = Robots(timeout=settings.timeout, delay=settings.delay, private=settings.private_addresses, wait=self.stop.wait)
        self._get = get

    def feeds(self) -> dict[str, str | None]:
        """Addresses with the titles that their lists give them. A list that cannot be read now counts as it was read last."""
        for name in self._inputs:
            if not is_url(name):
                try:
                    self._listed[name] = dict(outlines(_file(name), name=name))
                except IntakeError:
                    if name not in self._listed:
                        raise
                    log.warning("%s: cannot be read now; its feeds of before are visited", name)
        found: dict[str, str | None] = {name: None for name in self._inputs if is_url(name)}
        for listed in self._listed.values():
            for url, title in listed.items():
                found.setdefault(url, title)
        return found

    def due(self, *, once: bool = False) -> list[str]:
        """The feeds whose time has come, the longest overdue first; with `once` all but those that failed a short while ago."""
        now = self.clock()
        known = [self.visits.feed(url) for url in self.feeds()]
        ready = [k for k in known if k.due <= now or k.due > now + 8 * DAY or (once and not k.failures)]  # a clock may have been set back
        return [k.url for k in sorted(ready, key=lambda k: k.due)]

    def next(self) -> float:
        """Seconds until the next feed is due."""
        return max(0.0, min((self.visits.feed(url).due for url in self.feeds()), default=self.clock() + self.every) - self.clock())

    def visit(self, url: str) -> Visit:
        """A visit to one feed."""
        return Visit(self, url)

    def fetched(self, url: str, known: Known | None = None) -> Answer:
        """What stands at an address; `known` makes the request conditional."""
        return self._get(
            url,
            max_bytes=self.settings.max_download,
            timeout=self.settings.timeout,
            seconds=self.settings.max_seconds,
            private=self.settings.private_addresses,
            rules=self._rules,
            etag=known.etag if known else None,
            modified=known.modified if known else None,
        )

    def also(self, url: str, listed: dict[str, str | None]) -> None:
        """Feeds that a list on the web names, or sitemaps that an index of them does."""
        self._listed[url] = listed

    def later(self, failures: int, at_least: float | None = None) -> float:
        """When something that failed so often is to be tried again: twice as long after each time, a day at most, spread by a quarter."""
        wait = min(DAY, self.every * 2.0 ** min(failures, 20)) * self.chance.uniform(0.75, 1.25)
        return self.clock() + max(wait, at_least or 0.0)


class Visit:
    """One visit to a feed. Its documents are taken from `sources`; `kept` is called for each, in order, when it is safely kept,
    and `done` at the end. Without that everything is handed on again at the next visit."""

    def __init__(self, watcher: Watcher, url: str) -> None:
        self.watcher = watcher
        self.url = url
        self.title: str | None = None
        self.problem: str | None = None
        self.new = 0
        self.waiting = 0
        self.unchanged = False
        self._known = watcher.visits.feed(url)
        self._answer: Answer | None = None
        self._after: float | None = None
        self._pause = 0.0
        self._whole = False
        self._pending: deque[tuple[bytes, ...]] = deque()

    def sources(self) -> Iterator[Source | Failure]:
        """The documents that are new. What goes wrong with the feed is in `problem`, never raised."""
        try:
            yield from self._sources()
        except RequirementError:
            raise
        except IntakeError as error:
            self.problem = str(error)
            self._after = error.after if isinstance(error, FetchError) else None
            if isinstance(error, FetchError) and error.status == 410:
                self._after = 7 * DAY
        except Exception as error:  # whatever a feed does to us, the next one must not wait for ever
            log.debug("%s: a visit failed", self.url, exc_info=True)
            self.problem = f"{self.url}: {type(error).__name__}: {error}"

    def kept(self) -> None:
        """The next of the documents that were handed on is kept, or can never be."""
        self.watcher.visits.remember(self._pending.popleft(), self.watcher.clock())

    def done(self) -> None:
        """Note when to come again. What the server said of its version counts only when all that is new was kept."""
        watcher, now = self.watcher, self.watcher.clock()
        known = msgspec.structs.replace(self._known, title=self.title or self._known.title, asked=now, problem=self.problem)
        if self.problem is not None:
            failures = known.failures + 1
            known = msgspec.structs.replace(known, failures=failures, due=watcher.later(failures, self._after))
        else:
            wait = max(watcher.every, min(DAY, self._pause)) * watcher.chance.uniform(0.95, 1.05)
            known = msgspec.structs.replace(known, failures=0, due=now + wait)
            if self._whole and not self._pending and self._answer is not None and not self._answer.unchanged:
                told = self._answer.retrieval
                known = msgspec.structs.replace(known, etag=told.etag, modified=told.modified)
        if not watcher.stop.is_set() or self._whole:
            watcher.visits.leave(known)

    def _sources(self) -> Iterator[Source | Failure]:
        self._answer = answer = self.watcher.fetched(self.url, self._known)
        if answer.unchanged:
            self.unchanged = True
            self._whole = True
            return
        feed = self._feed(answer)
        if feed is None:
            self._whole = True
            return
        self.title = feed.title
        self._pause = 60.0 * (feed.pause or 0.0)
        if feed.further:
            self.watcher.also(self.url, dict.fromkeys(feed.further))
        for entry in feed.entries:
            if self.watcher.stop.is_set():
                return
            if self.new >= AT_ONCE:
                self.waiting += 1
                continue
            yield from self._entry(entry, feed)
        self._whole = not self.waiting

    def _feed(self, answer: Answer) -> Feed | None:
        """The feed or sitemap; None for a list of feeds, which is taken over."""
        head = answer.body[:4096].lower()
        if b"<opml" in head:
            self.watcher.also(self.url, dict(outlines(answer.body, name=self.url)))
            return None
        if b"<html" in head or b"<!doctype html" in head:
            link = ALTERNATE.search(answer.body[:200_000].decode("utf-8", "replace"))
            where = HREF.search(link[0]) if link else None
            hint = f"its feed is {urljoin(answer.url, where[1])}" if where else "look for the address of its RSS or Atom feed"
            raise IntakeError(f"{self.url}: is a page, not a feed; {hint}", code="unsupported")
        return parsed(answer.body, name=self.url, url=answer.url)

    def _entry(self, entry: Entry, feed: Feed) -> Iterator[Source | Failure]:
        visits, now = self.watcher.visits, self.watcher.clock()
        keys = (key("guid", self.url, entry.guid), *((key("url", plain(entry.url)),) if entry.url else ()))
        if visits.seen(keys):
            return
        failures, due = visits.tried(keys[0])
        if due > now:
            self.waiting += 1
            return
        try:
            found = self._documents(entry, feed, last=failures + 1 >= TRIES)
        except FetchError as error:
            log.info("%s", error)
            visits.postpone(keys[0], failures + 1, self.watcher.later(failures, error.after))
            self.waiting += 1
            return
        except IntakeError as error:
            found = [failure(entry.url or entry.guid, error.code, str(error))]
        for number, item in enumerate(found, 1):
            text = (key("text", urlsplit(item.url or self.url).netloc, item.text),) if isinstance(item, Source) else ()
            every = (*text, *(keys if number == len(found) else ()))
            if text and visits.seen(text):  # the same words at another address of the same site
                visits.remember(every, now)
                continue
            self.new += 1
            self._pending.append(every)
            yield item

    def _documents(self, entry: Entry, feed: Feed, *, last: bool) -> list[Source | Failure]:
        """The page of an entry, or where it may not or can never be had the text that the feed carries.

        FetchError where it is to be tried again; IntakeError where nothing of it can be had.
        """
        identity = entry.url or f"{self.url}, {entry.title or entry.guid}"[:300]
        if entry.url is None:
            return [self._told(own_text(entry, identity=identity, publisher=feed.title), entry, feed)]
        try:
            answer = self.watcher.fetched(entry.url)
            limits = Limits(self.watcher.settings, route=documents)
            return [
                self._told(within(i, self.watcher.settings) if isinstance(i, Source) else i, entry, feed)
                for i in of_answer(answer, entry.url, limits)
            ]
        except IntakeError as error:
            if isinstance(error, FetchError) and not last and error.status not in GONE:
                raise
            if not entry.markup.strip():
                raise IntakeError(str(error), code=error.code) from None
            log.info("%s; the text of its feed is taken", error)
            return [self._told(own_text(entry, identity=identity, publisher=feed.title), entry, feed)]

    def _told(self, found: Source | Failure, entry: Entry, feed: Feed) -> Source | Failure:
        """A document with what its feed says of it where it says nothing itself."""
        if isinstance(found, Failure):
            return found
        return msgspec.structs.replace(
            found,
            title=found.title or entry.title,
            publisher=found.publisher or feed.title,
            published=found.published or entry.day,
            published_from=found.published_from or ("metadata" if entry.day else None),
        )


def plain(url: str) -> str:
    """An address without what does not change what stands there: fragment, marks of campaigns, the case of the host."""
    parts = urlsplit(url)
    query = "&".join(p for p in parts.query.split("&") if p and not re.match(r"(utm_\w+|fbclid|gclid|mc_[ce]id)=", p))
    return urlunsplit(("https", parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), query, ""))


def _file(name: str) -> bytes:
    path = Path(name)
    try:
        if path.stat().st_size > 50_000_000:
            raise IntakeError(f"{name}: is too large for a list of feeds", code="too_large")
        return path.read_bytes()
    except FileNotFoundError:
        raise IntakeError(f"{name}: no such file; give an OPML file, or addresses of feeds", code="not_found") from None
    except OSError as error:
        raise IntakeError(f"{name}: cannot be read ({error.strerror or error})", code="unreadable") from None
