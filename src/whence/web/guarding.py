"""What keeps other sites out: the host that is asked for, and what a page may load.

A page on the internet can make a browser send requests to loopback, and can give its own name loopback's address (DNS
rebinding). So the Host header must name loopback, or the site by the names that it was given; a bare address cannot be rebound.
Forms are looked at in `entering`.
"""

from __future__ import annotations

import ipaddress

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The hosts under which the site answers, at any port."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """The outermost layer: refuses hosts that are not the site's, and gives every answer its headers, errors included.

    With `addresses` any bare IP address is the site's; with `secure` browsers are told to come by TLS only.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = LOOPBACK, *, addresses: bool = False, secure: bool = False) -> None:
        self.app = app
        self.hosts = hosts
        self.addresses = addresses
        self.headers = (*HEADERS, *(((b"strict-transport-security", b"max-age=31536000"),) if secure else ()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        named = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {k.lower() for k, _ in message.get("headers", ())}
                added = [h for h in self.headers if h[0] not in given]
                if b"cache-control" not in given:
                    added.append((b"cache-control", b"no-store"))
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        name = hostname(named)
        if name not in self.hosts and not (self.addresses and is_address(name)):
            words = f"{named[:100]!r} is not where this site is; open it under {' or '.join(self.hosts[:2])}\n".encode()
            head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(words)).encode())]
            await sending({"type": "http.response.start", "status": 421, "headers": head})
            await send({"type": "http.response.body", "body": words, "more_body": False})
            return
        await self.app(scope, receive, sending)


def hostname(host: str) -> str:
    """The name in a Host header, without its port, in lower case."""
    host = host.strip().lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def is_address(name: str) -> bool:
    """Whether a host is a bare IP address."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
