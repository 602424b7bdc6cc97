"""Signing in and out, taking up an invitation, one's own account with its tokens, and everybody's for admins."""

from __future__ import annotations

from functools import partial
from typing import Any, get_args

from anyio import to_thread
from litestar import get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException, TooManyRequestsException
from litestar.response import Redirect, Template

from whence.errors import NotFound, WhenceError
from whence.records import Person, Role, Scope
from whence.web.asking import Identity, Maybe
from whence.web.entering import cookie, origin_of
from whence.web.passwords import fits, hashed, problem
from whence.web.site import Asked, need, site_of

from .judging import local

SIGNING_IN = 10
"""Tries to sign in or join a minute from one address."""
WRONG = "This name and password do not belong together, or the account is locked or shut."
DAYS = (30, 90, 365)


def _wait(request: Asked) -> None:
    wait = site_of(request).limits.take(f"door {origin_of(request)}", most=SIGNING_IN, seconds=60)
    if wait:
        raise TooManyRequestsException(f"too many tries; wait {wait:.0f} seconds")


def _accounts(request: Asked) -> None:
    if not site_of(request).accounts:
        raise NotFoundException("this site has no accounts: it is open to one person on this machine")


@get("/login", include_in_schema=False, sync_to_thread=False)
def door(request: Asked, to: Maybe = None) -> Template:
    """Where one signs in."""
    _accounts(request)
    return Template("login.html", context={"here": None, "to": local(to), "problem": None, "name": ""})


@post("/login", include_in_schema=False)
async def login(request: Asked) -> Redirect | Template:
    """Sign in. What is wrong is not told: names must not be probed."""
    _accounts(request)
    _wait(request)
    form = await request.form()
    name, password, to = str(form.get("name") or ""), str(form.get("password") or ""), local(str(form.get("to") or ""))
    people = site_of(request).store.people

    def tried() -> str | None:
        person: Person | None = None
        try:
            person = people.named(name) if name.strip() else None
        except NotFound:
            fits(password, None)
            return None
        if person is None:
            return None
        right = fits(password, people.password(person.id))
        if person.locked or person.disabled:
            return None
        people.tried(person.id, right=right)
        return people.begin(person.id) if right else None

    secret = await to_thread.run_sync(tried)
    if secret is None:
        context = {"here": None, "to": to, "problem": WRONG, "name": name[:80]}
        return Template("login.html", context=context, status_code=401)
    answer = Redirect(to or "/", status_code=303)
    answer.cookies.append(cookie(site_of(request), secret))
    return answer


@post("/logout", include_in_schema=False)
async def logout(request: Asked) -> Redirect:
    """Sign out: the session ends here, whatever becomes of the cookie."""
    session = getattr(request.state, "session", None)
    if session:
        await to_thread.run_sync(site_of(request).store.people.end, session)
    answer = Redirect("/login", status_code=303)
    answer.cookies.append(cookie(site_of(request), ""))
    return answer


@get("/join/{code:str}", include_in_schema=False, sync_to_thread=True)
def invitation(request: Asked, code: Identity) -> Template:
    """Where an invitation is taken up."""
    _accounts(request)
    _wait(request)
    person = site_of(request).store.people.invited(code)
    if person is None:
        raise NotFoundException("this invitation was used or is too old; ask an admin for another")
    return Template("join.html", context={"here": None, "person": person, "code": code, "problem": None})


@post("/join", include_in_schema=False)
async def join(request: Asked) -> Redirect | Template:
    """Choose a password, and come in."""
    _accounts(request)
    _wait(request)
    form = await request.form()
    code, password = str(form.get("code") or ""), str(form.get("password") or "")
    people = site_of(request).store.people
    person = await to_thread.run_sync(people.invited, code)
    if person is None:
        raise NotFoundException("this invitation was used or is too old; ask an admin for another")
    wrong = problem(password, person.name) or (None if password == str(form.get("again") or "") else "The two are not the same.")
    if wrong:
        context = {"here": None, "person": person, "code": code, "problem": wrong}
        return Template("join.html", context=context, status_code=422)

    def joined() -> str:
        people.join(code, hashed(password))
        return people.begin(person.id)

    answer = Redirect("/", status_code=303)
    answer.cookies.append(cookie(site_of(request), await to_thread.run_sync(joined)))
    return answer


@get("/account", include_in_schema=False, sync_to_thread=True)
def account(request: Asked) -> Template:
    """One's own account and tokens."""
    _accounts(request)
    return _account(request)


def _account(request: Asked, **more: Any) -> Template:
    person = need(request, "read")
    tokens = site_of(request).store.people.tokens(person.id)
    context = {"here": None, "person": person, "tokens": tokens, "scopes": get_args(Scope), "days": DAYS, "secret": None, **more}
    return Template("account.html", context=context)


@post("/account/tokens", include_in_schema=False)
async def make_token(request: Asked) -> Template:
    """Make a token; it is shown this once."""
    person = _in_person(request)
    form = await request.form()
    scopes = tuple(s for s in get_args(Scope) if s in form.getall("scope", []))
    days = int(str(form.get("days") or 90)) if str(form.get("days") or 90).isdecimal() else 90
    make = partial(site_of(request).store.people.token, person.id, str(form.get("name") or ""), scopes, days=min(max(days, 1), 365))
    _, secret = await to_thread.run_sync(make)
    return await to_thread.run_sync(partial(_account, request, secret=secret))


@post("/account/tokens/{identity:str}/revoke", include_in_schema=False)
async def revoke_token(request: Asked, identity: Identity) -> Redirect:
    """Make one of one's own tokens worthless."""
    person = _in_person(request)
    await to_thread.run_sync(partial(site_of(request).store.people.revoke, identity, of=person.id))
    return Redirect("/account", status_code=303)


def _in_person(request: Asked) -> Person:
    """Who asks, where it is a person and no program. PermissionDeniedException."""
    _accounts(request)
    if getattr(request.state, "session", None) is None:
        raise PermissionDeniedException("accounts and tokens are managed by people who are signed in, and by no token")
    return need(request, "read")


@get("/people", include_in_schema=False, sync_to_thread=True)
def people(request: Asked) -> Template:
    """Everybody, for admins."""
    _accounts(request)
    return _people(request)


def _people(request: Asked, **more: Any) -> Template:
    need(request, "people")
    context = {"here": None, "rows": site_of(request).store.people.all(), "roles": get_args(Role), "link": None, "problem": None, **more}
    return Template("people.html", context=context)


@post("/people/change", include_in_schema=False)
async def change(request: Asked) -> Template | Redirect:
    """Add somebody, invite them anew, give them another role, shut or open their account."""
    _in_person(request)
    need(request, "people")
    form = await request.form()
    act, name = str(form.get("act") or ""), str(form.get("name") or "")
    role: Any = str(form.get("role") or "reader")
    kept = site_of(request).store.people

    def done() -> str | None:
        if act == "add":
            return kept.add(name, role)[1]
        if act == "invite":
            return kept.invite(name)[1]
        if act == "role":
            kept.role(name, role)
        elif act in ("shut", "open"):
            kept.disable(name, disabled=act == "shut")
        return None

    try:
        code = await to_thread.run_sync(done)
    except WhenceError as error:
        return await to_thread.run_sync(partial(_people, request, problem=str(error)))
    if code is None:
        return Redirect("/people", status_code=303)
    link = f"{request.url.scheme if not site_of(request).secure else 'https'}://{request.headers.get('host', '')}/join/{code}"
    return await to_thread.run_sync(partial(_people, request, link=link))


HANDLERS = (door, login, logout, invitation, join, account, make_token, revoke_token, people, change)
