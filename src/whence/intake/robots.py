"""What sites allow and how often: robots.txt (RFC 9309), and a pause between two requests to one host."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from protego import Protego

from whence.errors import IntakeError

from .fetching import PRODUCT, REDIRECTS, FetchError, requested

KEPT = 86_400.0
"""Seconds for which a robots.txt is believed (RFC 9309, 2.4)."""
AGAIN = 600.0
"""Seconds after which an unreachable one is asked for again."""
MOST = 512_000
"""Bytes of a robots.txt that are read; the standard asks for 500 KiB at least."""
HOSTS = 1000
LONGEST = 60.0
"""The longest pause between two requests that a site is given, in seconds."""


class Robots:
    """The rules of sites, remembered for a day, and when each host was asked last.

    `delay` is the pause between two requests to one host, in seconds, where its robots.txt asks for no longer one.
    """

    def __init__(
        self,
        *,
        timeout: float,
        delay: float = 0.0,
        private: bool = False,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._timeout = timeout
        self._delay = delay
        self._private = private
        self._clock = clock
        self._wait = wait
        self._rules: OrderedDict[str, tuple[float, Protego | None, str]] = OrderedDict()
        self._asked: OrderedDict[str, float] = OrderedDict()

    def check(self, url: str) -> None:
        """IntakeError `robots` where the site forbids an address; else waits for its turn."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        rules, why = self._of(site)
        if rules is None:
            raise IntakeError(
                f"{url}: {site}/robots.txt {why}, so that it is not known what may be fetched; try again later", code="robots"
            )
        if not rules.can_fetch(url, PRODUCT):
            raise IntakeError(
                f"{url}: {site}/robots.txt asks programs not to fetch it; open it yourself, save the page and read the file", code="robots"
            )
        self._pause(parts.netloc, max(self._delay, min(LONGEST, rules.crawl_delay(PRODUCT) or 0.0)) if self._delay else 0.0)

    def _pause(self, host: str, delay: float) -> None:
        last = self._asked.get(host)
        if last is not None and delay > (gone := self._clock() - last):
            self._wait(delay - gone)
        self._asked[host] = self._clock()
        self._asked.move_to_end(host)
        while len(self._asked) > HOSTS:
            self._asked.popitem(last=False)

    def _of(self, site: str) -> tuple[Protego | None, str]:
        known = self._rules.get(site)
        if known is not None and self._clock() < known[0]:
            return known[1], known[2]
        rules, why = self._fetched(f"{site}/robots.txt")
        self._rules[site] = (self._clock() + (KEPT if rules is not None else AGAIN), rules, why)
        self._rules.move_to_end(site)
        while len(self._rules) > HOSTS:
            self._rules.popitem(last=False)
        return rules, why

    def _fetched(self, url: str) -> tuple[Protego | None, str]:
        """The rules, or None and why there are none. Nothing is forbidden where there is no such file (4xx).

        IntakeError `address` where the site is in a private network, FetchError where it is not reached at all.
        """
        for _ in range(REDIRECTS + 1):
            with requested(url, timeout=self._timeout, seconds=2 * self._timeout, private=self._private) as (response, _address):
                onward = response.getheader("Location")
                if response.status in (301, 302, 303, 307, 308) and onward:
                    url = urljoin(url, onward)
                    continue
                if response.status == 429 or response.status >= 500:
                    return None, f"answered {response.status}"
                if response.status != 200:
                    return Protego.parse(""), ""
                data = response.read(MOST)
                if response.getheader("Content-Encoding", "").lower() == "gzip":
                    data = _unpacked(data)
                return Protego.parse(data.decode("utf-8", "replace").removeprefix("\ufeff")), ""
        return Protego.parse(""), ""  # a loop is as good as none (RFC 9309, 2.3.1.2)


def _unpacked(data: bytes) -> bytes:
    import zlib

    try:
        return zlib.decompressobj(wbits=31).decompress(data, MOST)
    except zlib.error as error:
        raise FetchError(f"robots.txt is broken in transfer ({error})") from None
