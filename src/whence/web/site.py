"""What the handlers share: the store as whoever asks may see it, the inbox, who sits before the screen and what they may do."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any, Literal, cast

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import PermissionDeniedException

from whence.records import Person, Protected
from whence.store import Store

from .inbox import Inbox
from .limits import Limits
from .settling import Settler
from .veiled import Veiled

Asked = Request[Any, Any, State]
"""A request to the site."""
Right = Literal["read", "add", "judge", "edit", "look", "people"]
RIGHTS: dict[str, frozenset[str]] = {
    "reader": frozenset(("read",)),
    "coder": frozenset(("read", "add", "judge")),
    "editor": frozenset(("read", "add", "judge", "edit", "look")),
    "admin": frozenset(("read", "add", "judge", "edit", "look", "people")),
}
"""What each role may do: look at what is kept; add documents; judge and code; hide, grade sources, protect, assign, adjudicate and
take back what others said; look at protected names; manage accounts."""


class Site:
    """The store that is shown, the inbox that fills it, and who may come in.

    Without `accounts` whoever reaches the site is `who` and may do everything: for one person on loopback. With them, `who` counts
    for nothing, and `secure` says that the site is reached by TLS. `token` stands in every form, it is new with every start, and no
    other site can read it. Without `linked` incidents are shown as they were linked before, and no reports are compared.
    """

    def __init__(self, store: Store, inbox: Inbox, *, who: str, accounts: bool = False, secure: bool = False, linked: bool = True) -> None:
        self.store = store
        self.inbox = inbox
        self.who = who
        self.accounts = accounts
        self.secure = secure
        self.token = secrets.token_urlsafe(24)
        self.limits = Limits()
        self.settler = Settler(store, linked=linked)

    @property
    def alone(self) -> Person:
        """The one person of a site without accounts."""
        return Person(id="P-alone", name=self.who, role="admin", disabled=False, joined=True, locked=None, added="")

    def close(self) -> None:
        """End what runs beside the pages; the store stays open, it is its maker's."""
        self.inbox.close()
        self.settler.close()


def site_of(request: Asked) -> Site:
    """The site that a request is for."""
    found: Site = request.app.state.site
    return found


def person_of(request: Asked) -> Person | None:
    """Who asks; None where nobody has signed in."""
    found: Person | None = getattr(request.state, "person", None)
    return found


def may(request: Asked, right: Right) -> bool:
    """Whether who asks has a right; a token narrows it to its scopes."""
    person = person_of(request)
    scopes = getattr(request.state, "scopes", None)
    return person is not None and right in RIGHTS[person.role] and (scopes is None or right in scopes)


def need(request: Asked, right: Right) -> Person:
    """Who asks, where they have a right. PermissionDeniedException where they have not."""
    person = person_of(request)
    if person is None or not may(request, right):
        asking = f"{person.name} is a {person.role}" if person else "nobody is signed in"
        raise PermissionDeniedException(f"{asking}; this is for those who may {right}")
    return person


def store_of(request: Asked) -> Store:
    """The store as whoever asks may see it: protected names masked; shown, and the look logged, where an editor asks to see them."""
    site = site_of(request)
    veil = site.store.protection.veil()
    if not veil:
        return site.store
    if not looking(request):
        return cast(Store, Veiled(site.store, veil))
    person = need(request, "look")
    seen: set[str] = getattr(request.state, "looked", None) or set()
    request.state.looked = seen

    def noted(active: tuple[Protected, ...]) -> None:
        fresh = [p.judgement for p in active if p.judgement not in seen]
        seen.update(fresh)
        site.store.protection.looked(person.name, fresh, place=request.url.path, why=request.query_params.get("why", ""))

    return cast(Store, Veiled(site.store, veil, noted))


def looking(request: Asked) -> bool:
    """Whether protected names are asked for, by somebody who may see them."""
    return request.query_params.get("names") == "shown" and may(request, "look")


def token_of(request: Asked) -> str:
    """The token that the forms of a page carry: of the session, where there is one."""
    session = getattr(request.state, "session", None)
    key = site_of(request).token
    return key if session is None else hmac.new(key.encode(), session.encode(), hashlib.sha256).hexdigest()


def who_of(request: Asked) -> str:
    """The name under which judgements are made."""
    person = person_of(request)
    return person.name if person is not None else ""
