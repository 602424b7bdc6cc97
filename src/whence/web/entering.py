"""Who asks: a session's cookie, a token, or the one person of a site on loopback; and whether a form is of this site."""

from __future__ import annotations

import hmac
from typing import Any
from urllib.parse import quote, urlsplit

from anyio import to_thread
from litestar import Response
from litestar.datastructures import Cookie, UploadFile
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException, TooManyRequestsException
from litestar.response import Redirect

from whence.store.people import SESSION

from .guarding import SAFE
from .site import RIGHTS, Asked, Site, site_of, token_of

OPEN = ("/static/", "/login", "/join")
"""Addresses that want no account."""
ASKED = 1200
"""Requests a minute of one person; of tokens too."""


def cookie_name(site: Site) -> str:
    """The `__Host-` name binds the cookie to this host and to TLS, where there is TLS."""
    return "__Host-whence" if site.secure else "whence"


def cookie(site: Site, secret: str) -> Cookie:
    """The cookie of a session: no script reads it, no other site sends it along with a form."""
    return Cookie(
        key=cookie_name(site),
        value=secret,
        httponly=True,
        samesite="lax",
        secure=site.secure,
        path="/",
        max_age=int(SESSION.total_seconds()) if secret else 0,
    )


def origin_of(request: Asked) -> str:
    """From where a request comes, for counting."""
    return request.client.host if request.client else "nowhere"


async def enter(request: Asked) -> Response[Any] | None:
    """Find out who asks, and refuse or lead to the door who must not come in. Runs before every handler."""
    site = site_of(request)
    path = request.url.path
    if not site.accounts:
        request.state.person = site.alone
        await check_form(request)
        return None
    bearer = request.headers.get("authorization", "")
    if bearer.lower().startswith("bearer "):
        await _by_token(request, site, bearer[7:].strip())
        return None
    secret = request.cookies.get(cookie_name(site), "")
    person = await to_thread.run_sync(site.store.people.present, secret) if secret else None
    if person is not None:
        request.state.person = person
        request.state.session = secret
        _count(site, person.id)
    elif not any(path == o or path.startswith(o.rstrip("/") + "/") for o in OPEN):
        if request.method in SAFE and "text/html" in request.headers.get("accept", ""):
            whole = f"{path}?{request.url.query}" if request.url.query else path
            return Redirect("/login" if whole == "/" else f"/login?to={quote(whole, safe='')}", status_code=303)
        raise NotAuthorizedException("sign in first, or send a personal token as `Authorization: Bearer …`")
    await check_form(request)
    return None


async def _by_token(request: Asked, site: Site, secret: str) -> None:
    wait = site.limits.take(f"bearer {origin_of(request)}", most=ASKED, seconds=60)
    found = await to_thread.run_sync(site.store.people.bearer, secret) if wait == 0 else None
    if wait:
        raise TooManyRequestsException(f"too many requests; wait {wait:.0f} seconds")
    if found is None:
        raise NotAuthorizedException("this token is not known, was revoked, or is too old")
    person, token = found
    request.state.person = person
    # A token with `judge` has what its owner's role makes of judging; accounts are managed by people alone.
    request.state.scopes = frozenset(token.scopes) | ({"edit", "look"} & RIGHTS[person.role] if "judge" in token.scopes else frozenset())
    needed = "read" if request.method in SAFE else "add" if request.url.path.startswith("/inbox") else "judge"
    if needed not in token.scopes:
        raise PermissionDeniedException(f"this token has the scopes {', '.join(token.scopes)}; this wants {needed}")
    _count(site, person.id)


def _count(site: Site, key: str) -> None:
    wait = site.limits.take(key, most=ASKED, seconds=60)
    if wait:
        raise TooManyRequestsException(f"too many requests; wait {wait:.0f} seconds")


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
    if isinstance(given, UploadFile) or not hmac.compare_digest(str(given).encode(), token_of(request).encode()):
        raise PermissionDeniedException(
            "the form is from before the site was started again, or from another session; go back, load the page anew and send it again"
        )
