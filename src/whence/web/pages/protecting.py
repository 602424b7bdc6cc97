"""What is protected, and who looked at it all the same."""

from __future__ import annotations

from litestar import get
from litestar.response import Template

from whence.store import Look
from whence.web.site import Asked, may, need, site_of, store_of


@get("/protected", include_in_schema=False, sync_to_thread=True)
def protected(request: Asked) -> Template:
    """The protections in force, each name masked, and for editors the log of looks."""
    store = store_of(request)
    kept = [j for j in store.judgements(retracted=False) if j.kind == "protect"]
    looks = site_of(request).store.protection.looks() if may(request, "look") else []
    return Template("protected.html", context={"here": None, "kept": kept, "looks": looks, "may_look": may(request, "look")})


@get("/protected.json", sync_to_thread=True, tags=["protected"])
def protected_json(request: Asked) -> list[Look]:
    """The log of looks at protected names, the last one first; for editors."""
    need(request, "look")
    return site_of(request).store.protection.looks()


HANDLERS = (protected, protected_json)
