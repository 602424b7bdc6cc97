"""What the handlers share: the store, the inbox, who sits before the screen."""

from __future__ import annotations

import secrets
from typing import Any

from litestar import Request
from litestar.datastructures import State

from whence.store import Store

from .inbox import Inbox

Asked = Request[Any, Any, State]
"""A request to the site."""


class Site:
    """The store that is shown, the inbox that fills it, and the name under which judgements are made.

    `token` stands in every form; it is new with every start, and no other site can read it.
    """

    def __init__(self, store: Store, inbox: Inbox, *, who: str) -> None:
        self.store = store
        self.inbox = inbox
        self.who = who
        self.token = secrets.token_urlsafe(24)


def site_of(request: Asked) -> Site:
    """The site that a request is for."""
    found: Site = request.app.state.site
    return found
