"""Fetching: public addresses only, whatever a name or a redirect says; never more than the limit."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from whence.errors import IntakeError
from whence.intake import fetching
from whence.intake.fetching import fetch, is_url, public_addresses

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
    return fetch(url, max_bytes=LIMIT, timeout=5)


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
