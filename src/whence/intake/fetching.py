"""Getting a page from the web, and from nowhere else: no address of this machine or its network is ever asked.

The name is resolved once, every address it has must be public, and the connection is made to the address that was
checked, so that a name which changes its answer between check and use (DNS rebinding) gains nothing. Redirects are
followed by hand, each checked in the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import zlib
from urllib.parse import urljoin, urlsplit

from whence._version import __version__
from whence.errors import IntakeError

REDIRECTS = 5
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
AGENT = f"whence/{__version__} (reads one page on request)"


def is_url(name: str) -> bool:
    """Whether an argument is a web address rather than a path."""
    return name.lower().startswith(("http://", "https://"))


def fetch(url: str, *, max_bytes: int, timeout: float) -> tuple[bytes, str, str | None]:
    """(body, final address, declared character set). IntakeError `address`, `fetch` or `too_large`."""
    for _ in range(REDIRECTS + 1):
        host, port, secure, target = _taken_apart(url)
        connection = _connection(url, host, port, secure, timeout)
        try:
            connection.request(
                "GET",
                target,
                headers={
                    "User-Agent": AGENT,
                    "Accept": "text/html,text/plain;q=0.9,*/*;q=0.1",
                    "Accept-Encoding": "gzip",
                },
            )
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308):
                onward = response.getheader("Location")
                if not onward:
                    raise IntakeError(f"{url}: redirects to nowhere", code="fetch")
                url = urljoin(url, onward)
                continue
            if response.status != 200:
                raise IntakeError(f"{url}: answered {response.status} {response.reason}", code="fetch")
            body = _body(response, url, max_bytes)
            return body, url, response.headers.get_content_charset()
        except (OSError, http.client.HTTPException) as error:
            raise IntakeError(f"{url}: cannot be fetched ({error})", code="fetch") from None
        finally:
            connection.close()
    raise IntakeError(f"{url}: redirects more than {REDIRECTS} times", code="fetch")


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
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise IntakeError(f"{host}: no such host ({error})", code="fetch") from None
    for address in found:
        ip = ipaddress.ip_address(address.split("%")[0])
        inner = _inside(ip)
        if not ip.is_global or ip.is_multicast or (inner is not None and not inner.is_global):
            raise IntakeError(f"{host}: is at {address}, an address of a private network; refused", code="address")
    if not found:
        raise IntakeError(f"{host}: has no address", code="fetch")
    return found


def _inside(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries (mapped, 6to4, NAT64), to which it may be sent on."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _connection(url: str, host: str, port: int, secure: bool, timeout: float) -> http.client.HTTPConnection:
    address = public_addresses(host, port)[0]
    try:
        sock = socket.create_connection((address, port), timeout=timeout)
        if secure:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except OSError as error:
        raise IntakeError(f"{url}: cannot be reached ({error})", code="fetch") from None
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    connection.sock = sock
    return connection


def _body(response: http.client.HTTPResponse, url: str, limit: int) -> bytes:
    """At most `limit` bytes after unpacking; one more is refused rather than cut."""
    too_large = IntakeError(f"{url}: more than {limit:,} bytes; save the page and read the file", code="too_large")
    packed = response.getheader("Content-Encoding", "").lower() == "gzip"
    unpack = zlib.decompressobj(wbits=31) if packed else None
    whole = bytearray()
    while chunk := response.read(65536):
        while chunk:
            if unpack is None:
                whole += chunk
                chunk = b""
            else:
                try:
                    whole += unpack.decompress(chunk, limit + 1 - len(whole))
                except zlib.error as error:
                    raise IntakeError(f"{url}: is broken in transfer ({error})", code="fetch") from None
                chunk = unpack.unconsumed_tail
            if len(whole) > limit:
                raise too_large
    return bytes(whole)
