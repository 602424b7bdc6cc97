"""Fetching: public addresses only, whatever a name or a redirect says; never more than the limit."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from whence.config import IntakeSettings
from whence.errors import IntakeError
from whence.intake import Overrides, fetching, sources
from whence.intake.fetching import FetchError, fetch, is_url, public_addresses
from whence.intake.robots import Robots
from whence.records import Source

from . import made
from .site import Site

LIMIT = 100_000


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        port = self.server.server_address[1]
        onward = {
            "/away": f"http://127.0.0.1:{port}/page", "/inside": "http://192.168.0.1/", "/loop": "/loop",
            "/named": f"http://localhost:{port}/page", "/file": "file:///etc/passwd", "/near": "page",
        }  # fmt: skip
        if self.path in onward:
            self.send_response(302)
            self.send_header("Location", onward[self.path])
            self.end_headers()
            return
        if self.path == "/missing":
            self.send_error(404)
            return
        body = b"<p>Hello.</p>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/bomb":
            body = gzip.compress(b"a" * 50_000_000)
            self.send_header("Content-Encoding", "gzip")
        elif self.path == "/packed":
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        elif self.path == "/broken":
            self.send_header("Content-Encoding", "gzip")
        elif self.path == "/long":
            body = b"a" * (LIMIT + 1)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server on this machine under a name that, to the fetcher, has a public address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    checked = fetching.public_addresses
    monkeypatch.setattr(
        fetching,
        "public_addresses",
        lambda host, port: ["127.0.0.1"] if host == "news.example" else checked(host, port),
    )
    yield f"http://news.example:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def got(url: str) -> tuple[bytes, str, str | None]:
    answer = fetch(url, max_bytes=LIMIT, timeout=5)
    return answer.body, answer.url, answer.charset


def refused(url: str) -> str:
    with pytest.raises(IntakeError) as caught:
        got(url)
    return caught.value.code


def test_a_page_comes_with_its_address_and_character_set(site: str) -> None:
    assert got(f"{site}/page") == (b"<p>Hello.</p>", f"{site}/page", "utf-8")
    assert got(f"{site}/near")[1] == f"{site}/page"
    assert got(f"{site}/packed")[0] == b"<p>Hello.</p>"


@pytest.mark.parametrize("path", ["/away", "/inside", "/named", "/file"])
def test_a_redirect_into_a_private_network_is_refused(site: str, path: str) -> None:
    assert refused(site + path) == "address"


@pytest.mark.parametrize(
    ("path", "code"),
    [("/missing", "fetch"), ("/loop", "fetch"), ("/broken", "fetch"), ("/bomb", "too_large"), ("/long", "too_large")],
)
def test_what_cannot_be_had(site: str, path: str, code: str) -> None:
    assert refused(site + path) == code


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://10.1.2.3/", "http://192.168.1.1/", "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
        "http://2130706433/", "http://0x7f.1/", "http://[fe80::1]/", "http://[fd00::1]/", "http://100.64.0.1/",
        "http://[64:ff9b::7f00:1]/", "http://224.0.0.1/", "http://user:secret@example.org/", "http:///nowhere",
        "http://example.org:99999/",
    ],
)  # fmt: skip
def test_private_and_odd_addresses_are_refused(url: str) -> None:
    assert refused(url) == "address"


def test_a_name_of_which_one_address_is_private_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(IntakeError, match=r"127\.0\.0\.1"):
        public_addresses("rebound.example", 80)


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert refused("http://nowhere.example/") == "fetch"


def test_addresses_are_told_from_paths() -> None:
    assert is_url("https://example.org/a")
    assert not is_url("report.txt")
    assert not is_url("file:///etc/passwd")


@pytest.fixture
def home() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


def asked(url: str, **more: Any) -> Any:
    return fetch(url, **{"max_bytes": LIMIT, "timeout": 5.0, "private": True, **more})


@pytest.mark.parametrize(
    ("robots", "code"),
    [
        (b"User-agent: *\nDisallow: /", "robots"),
        (b"User-agent: whence\nDisallow: /page\nUser-agent: *\nAllow: /", "robots"),
        (b"User-agent: *\nDisallow: /*.html$\nDisallow: /other", "read"),
        (b"User-agent: *\nDisallow: /p\nAllow: /page", "read"),
        (b"User-agent: other\nDisallow: /", "read"),
        (b"\xff\xfe nothing \x00 like it", "read"),
        ((404, {}, b""), "read"),
        ((403, {}, b""), "read"),
        ((500, {}, b""), "robots"),
        ((429, {}, b""), "robots"),
        ((301, {"Location": "/rules"}, b""), "robots"),
        ((301, {"Location": "/robots.txt"}, b""), "read"),
    ],
)
def test_what_robots_txt_says_is_obeyed(home: Site, robots: Any, code: str) -> None:
    home.pages |= {"/robots.txt": robots, "/page": b"Hello.", "/rules": b"User-agent: *\nDisallow: /page"}
    if code == "read":
        assert asked(f"{home.address}/page").body == b"Hello."
        return
    with pytest.raises(IntakeError, match=r"robots\.txt") as caught:
        asked(f"{home.address}/page")
    assert caught.value.code == code
    assert "/page" not in home.paths()


def test_where_a_redirect_leads_robots_are_asked_again(home: Site) -> None:
    other = Site()
    home.pages["/page"] = (302, {"Location": f"{other.address}/page"}, b"")
    other.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /", "/page": b"Hello."}
    with pytest.raises(IntakeError) as caught:
        asked(f"{home.address}/page")
    assert caught.value.code == "robots"
    other.close()


def test_what_is_known_of_an_answer(home: Site) -> None:
    home.pages["/a"] = (302, {"Location": "/b"}, b"")
    home.pages["/b"] = (200, {"Content-Type": "text/plain; charset=koi8-r", "ETag": '"1"', "Last-Modified": "x"}, b"Hello.")
    answer = asked(f"{home.address}/a")
    told = answer.retrieval
    assert (answer.charset, told.asked, told.final, told.redirects) == ("koi8-r", f"{home.address}/a", f"{home.address}/b", ())
    assert (told.status, told.address, told.etag, told.modified) == (200, "127.0.0.1", '"1"', "x")
    assert told.sha256 == hashlib.sha256(b"Hello.").hexdigest()
    assert told.at.endswith("Z")


def test_a_server_that_never_ends_is_cut_off(home: Site) -> None:
    def drip(_: Any) -> Any:
        time.sleep(3)
        return b"late"

    home.pages["/slow"] = drip
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.5 s"):
        asked(f"{home.address}/slow", seconds=0.5, rules=Robots(timeout=5, private=True))
    assert time.monotonic() - began < 2.5
    with pytest.raises(FetchError, match="timed out"):
        asked(f"{home.address}/slow", timeout=0.3)


@pytest.mark.parametrize(
    ("headers", "body"),
    [({"Content-Length": "5000"}, b"cut off"), ({"Content-Encoding": "gzip"}, gzip.compress(b"words " * 500)[:-9])],
)
def test_what_is_cut_off_in_transfer_is_no_document(home: Site, headers: dict[str, str], body: bytes) -> None:
    home.pages["/page"] = (200, headers, body)
    with pytest.raises(FetchError, match=r"cut off|cannot be fetched"):
        asked(f"{home.address}/page")


def test_a_pause_is_made_between_two_requests_to_a_host() -> None:
    now = [100.0]
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    rules = Robots(timeout=5, delay=2.0, private=True, clock=lambda: now[0], wait=wait)
    one, two = Site(), Site()
    two.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 7"
    for site in (one, one, two, two):
        rules.check(f"{site.address}/page")
    assert waited == [2.0, 7.0]
    assert [path for path, _ in one.asked] == ["/robots.txt"]
    one.close()
    two.close()


def test_addresses_with_other_letters_are_escaped(home: Site) -> None:
    home.pages["/%D9%86%D9%88%D9%89?q=a%20b"] = b"Hello."
    assert asked(f"{home.address}/\u0646\u0648\u0649?q=a b#top").body == b"Hello."


REFUSED = (
    "127.0.0.1 10.1.2.3 172.31.9.9 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 192.0.0.8 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.7 "
    "203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::7f00:1 ::127.0.0.1 ::ffff:127.0.0.1 "
    "::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 100::1 2001:0:53aa:64c:0:fbff:f5ff:fffe 2001:20::1 "
    "2001:db8::1 2002:7f00:1:: 2002:a00:1:: 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1 fec0::1 ff02::1"
).split()
PUBLIC = "93.184.216.34 1.1.1.1 2606:4700::1111 2a00:1450:4001::1 ::ffff:1.1.1.1 64:ff9b::101:101".split()


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_none_of_the_public_network(address: str) -> None:
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_public_network(address: str) -> None:
    assert fetching.is_public(address)


def test_a_name_that_changes_its_answer_is_asked_once(home: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the second answer would be this machine; the connection goes to the first, which was checked."""
    answers = ["93.184.216.34", "127.0.0.1", "127.0.0.1"]
    reached: list[tuple[str, int]] = []

    def names(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(address)
        raise OSError("no way there")

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="no way there"):
        fetch("http://rebound.example:81/", max_bytes=LIMIT, timeout=1)
    assert reached == [("93.184.216.34", 81)]
    assert len(answers) == 2


def test_a_site_is_asked_for_its_rules_once_in_a_run(home: Site) -> None:
    home.pages |= {
        "/a": made.page("One"),
        "/b": made.pdf([made.column([["Two men were killed in the town of Jassim."]])]),
        "/c": (404, {}, b""),
    }
    settings = IntakeSettings(private_addresses=True, delay=0.0)
    found = list(sources([f"{home.address}/{p}" for p in "abc"], settings=settings, overrides=Overrides()))
    assert [path for path, _ in home.asked] == ["/robots.txt", "/a", "/b", "/c"]
    assert [isinstance(i, Source) for i in found] == [True, True, False]
    assert found[1].pages  # type: ignore[union-attr]
    assert found[1].url == f"{home.address}/b"  # type: ignore[union-attr]
