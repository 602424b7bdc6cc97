"""Getting bytes from the web, and from nowhere else: no address of this machine or its network is ever asked.

The name is resolved once, every address it has must be public, and the connection is made to the address that was
checked, so that a name which changes its answer between check and use (DNS rebinding) gains nothing. Redirects are
followed by hand, each checked in the same way. What a site's robots.txt forbids is not fetched (RFC 9309; `robots`).
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from whence._version import __version__
from whence.errors import IntakeError
from whence.records import Retrieval

REDIRECTS = 5
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
UNICAST = ipaddress.IPv6Network("2000::/3")
"""The only IPv6 addresses that are given out for the public network (RFC 4291; IANA's registry)."""
ODD = tuple(
    ipaddress.ip_network(n) for n in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "2001::/23", "2001:db8::/32", "3fff::/20")
)
"""Addresses for special purposes that versions of Python count as public, and one at which a cloud's machines find its services."""
PRODUCT = "whence"
"""The name by which a robots.txt may speak to us."""
AGENT = f"{PRODUCT}/{__version__} (reads reports; obeys robots.txt)"
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.5"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a request brought: `body` is empty and `unchanged` set where the server said that nothing is new."""

    body: bytes
    url: str
    charset: str | None
    retrieval: Retrieval
    unchanged: bool = False


class FetchError(IntakeError):
    """A server's refusal: its status (None: no answer) and, where it told, the seconds after which to ask again."""

    def __init__(self, message: str, *, status: int | None = None, after: float | None = None) -> None:
        super().__init__(message, code="fetch")
        self.status = status
        self.after = after


class Rules(Protocol):
    """What sites allow."""

    def check(self, url: str) -> None:
        """IntakeError `robots` where the site forbids it; waits where it asks for a pause."""


def is_url(name: str) -> bool:
    """Whether an argument is a web address rather than a path."""
    return name.lower().startswith(("http://", "https://"))


def fetch(
    url: str,
    *,
    max_bytes: int,
    timeout: float,
    seconds: float = 120.0,
    private: bool = False,
    rules: Rules | None = None,
    etag: str | None = None,
    modified: str | None = None,
) -> Answer:
    """What stands at an address. `timeout` is for each wait, `seconds` for all of it; `rules` are asked before each request.

    `etag` and `modified` are those of the last answer, for a server to say that nothing is new. `private` lets addresses of
    this machine and its networks pass. Without `rules` the site's robots.txt is fetched first. IntakeError `address`,
    `robots`, `too_large`; FetchError.
    """
    if rules is None:
        from .robots import Robots

        rules = Robots(timeout=timeout, private=private)
    asked, way = url, []
    began = time.monotonic()
    for _ in range(REDIRECTS + 1):
        url = _ascii(url)
        _taken_apart(url)
        rules.check(url)
        left = seconds - (time.monotonic() - began)
        with requested(url, timeout=timeout, seconds=left, private=private, etag=etag, modified=modified) as (response, address):
            onward = response.getheader("Location")
            if response.status in (301, 302, 303, 307, 308):
                if not onward:
                    raise FetchError(f"{url}: redirects to nowhere", status=response.status)
                way.append(url)
                url = urljoin(url, onward)
                continue
            unchanged = response.status == 304 and bool(etag or modified)
            if response.status != 200 and not unchanged:
                raise FetchError(f"{url}: answered {response.status} {response.reason}", status=response.status, after=_after(response))
            body = b"" if unchanged else _body(response, url, max_bytes)
            retrieval = Retrieval(
                asked=asked,
                final=url,
                redirects=tuple(way[1:]),
                at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                status=response.status,
                address=address,
                content_type=response.getheader("Content-Type"),
                etag=response.getheader("ETag"),
                modified=response.getheader("Last-Modified"),
                sha256=hashlib.sha256(body).hexdigest(),
            )
            charset = response.headers.get_content_charset()
            return Answer(body=body, url=url, charset=charset, retrieval=retrieval, unchanged=unchanged)
    raise FetchError(f"{asked}: redirects more than {REDIRECTS} times")


@contextlib.contextmanager
def requested(
    url: str, *, timeout: float, seconds: float, private: bool, etag: str | None = None, modified: str | None = None
) -> Iterator[tuple[http.client.HTTPResponse, str]]:
    """The answer to one request, no redirect followed, and the address it came from. IntakeError as for `fetch`."""
    host, port, secure, target = _taken_apart(url)
    if seconds <= 0:
        raise FetchError(f"{url}: took longer than allowed; try again later, or raise intake.max_seconds")
    headers = {"User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip", "Connection": "close"}
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    late = threading.Event()
    connection, address = _connection(url, host, port, secure, min(timeout, seconds), private)

    def cut_off() -> None:
        late.set()
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    watchman = threading.Timer(seconds, cut_off)  # a server that sends a byte now and then keeps every single wait short
    watchman.daemon = True
    sock = connection.sock
    watchman.start()
    try:
        connection.request("GET", target, headers=headers)
        yield connection.getresponse(), address
        if late.is_set():
            raise OSError("cut off")
    except (OSError, http.client.HTTPException, ValueError, FetchError) as error:
        if late.is_set():
            raise FetchError(f"{url}: took longer than {seconds:.1f} s; try again later, or raise intake.max_seconds") from None
        if isinstance(error, FetchError):
            raise
        raise FetchError(f"{url}: cannot be fetched ({error or type(error).__name__})") from None
    finally:
        watchman.cancel()
        connection.close()
        sock.close()


def _ascii(url: str) -> str:
    """An address with what a request line cannot carry written as escapes."""
    return quote(url.strip().partition("#")[0], safe="%/:=&?~#+!$,;'@()*[]|")


def _taken_apart(url: str) -> tuple[str, int, bool, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise IntakeError(f"{url}: is no web address", code="address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise IntakeError(f"{url}: only http and https addresses are fetched", code="address")
    if parts.username or parts.password:
        raise IntakeError(f"{parts.scheme}://{host}: addresses with a user name are not fetched", code="address")
    secure = parts.scheme == "https"
    target = parts.path or "/"
    return host, port or (443 if secure else 80), secure, f"{target}?{parts.query}" if parts.query else target


def public_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host, all public. IntakeError `address` where one is not, `fetch` where none is found."""
    found = _addresses(host, port)
    for address in found:
        if not is_public(address.split("%")[0]):
            raise IntakeError(f"{host}: is at {address}, an address of a private network; refused", code="address")
    return found


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host}: no such host ({error})") from None
    if not found:
        raise FetchError(f"{host}: has no address")
    return found


def is_public(address: str) -> bool:
    """Whether an address is one of the public network; of one that carries an IPv4 address inside, whether that is, too."""
    ip = ipaddress.ip_address(address)
    inner = _inside(ip)
    if inner is not None and not is_public(str(inner)):
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip in NAT64 or ip.ipv4_mapped is not None):
        return True
    if isinstance(ip, ipaddress.IPv6Address) and ip not in UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not any(ip in net for net in ODD if net.version == ip.version)


def _inside(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries (mapped, 6to4, NAT64, Teredo), to which it may be sent on."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _connection(url: str, host: str, port: int, secure: bool, timeout: float, private: bool) -> tuple[http.client.HTTPConnection, str]:
    addresses = _addresses(host, port) if private else public_addresses(host, port)
    failed: OSError | None = None
    for address in addresses[:4]:
        try:
            sock = socket.create_connection((address, port), timeout=timeout)
        except OSError as error:
            failed = error
            continue
        try:
            if secure:
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except OSError as error:
            sock.close()
            failed = error
            continue
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
        connection.sock = sock
        return connection, address
    raise FetchError(f"{url}: cannot be reached ({failed})")


def _after(response: http.client.HTTPResponse) -> float | None:
    """The seconds of a Retry-After, at most a day; None where it has none that is understood."""
    from email.utils import parsedate_to_datetime

    told = response.getheader("Retry-After", "").strip()
    try:
        seconds = float(told) if told.isdigit() else parsedate_to_datetime(told).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(86_400.0, max(0.0, seconds))


def _body(response: http.client.HTTPResponse, url: str, limit: int) -> bytes:
    """At most `limit` bytes after unpacking; one more is refused rather than cut."""
    too_large = IntakeError(
        f"{url}: more than {limit:,} bytes; save the page and read the file, or raise intake.max_download", code="too_large"
    )
    told = response.getheader("Content-Length", "")
    if told.isdigit() and int(told) > limit:
        raise too_large
    packed = response.getheader("Content-Encoding", "").lower() in ("gzip", "x-gzip")
    unpack = zlib.decompressobj(wbits=31) if packed else None
    whole = bytearray()
    while chunk := response.read1(65536):
        while chunk:
            if unpack is None:
                whole += chunk
                chunk = b""
            else:
                try:
                    whole += unpack.decompress(chunk, limit + 1 - len(whole))
                except zlib.error as error:
                    raise FetchError(f"{url}: is broken in transfer ({error})") from None
                chunk = unpack.unconsumed_tail
            if len(whole) > limit:
                raise too_large
    if (unpack is not None and not unpack.eof) or response.length:
        raise FetchError(f"{url}: is cut off in transfer")
    return bytes(whole)
