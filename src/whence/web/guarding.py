"""What keeps other sites out: the host that is asked for, where a form comes from, and what a page may load.

A page on the internet can make a browser send requests to loopback, and can give its own name loopback's address (DNS
rebinding). So the Host header must name loopback, and a form must carry the token that stands in our own pages alone.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from litestar.datastructures import UploadFile
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from .site import Asked, site_of

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
    """The outermost layer: refuses hosts that are not loopback, and gives every answer its headers, errors included."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = LOOPBACK) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        named = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"host"), "")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {k.lower() for k, _ in message.get("headers", ())}
                added = [h for h in HEADERS if h[0] not in given]
                if b"cache-control" not in given:
                    added.append((b"cache-control", b"no-store"))
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        if hostname(named) not in self.hosts:
            words = f"{named[:100]!r} is not where this site is; open it under 127.0.0.1 or localhost\n".encode()
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


async def check_form(request: Asked) -> None:
    """Refuse a form that does not come from a page of this site. PermissionDeniedException says why."""
    if request.method in SAFE:
        return
    origin = request.headers.get("origin")
    if origin not in (None, "null") and urlsplit(str(origin)).netloc.lower() != request.headers.get("host", "").lower():
        raise PermissionDeniedException(f"a form from {origin} is not taken here")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise PermissionDeniedException("a form from another site is not taken here")
    form = await request.form()
    given = form.get("token") or request.headers.get("x-whence-token", "")
    if isinstance(given, UploadFile) or not hmac.compare_digest(str(given).encode(), site_of(request).token.encode()):
        raise PermissionDeniedException("the form is from before the site was started again; go back, load the page anew and send it again")
