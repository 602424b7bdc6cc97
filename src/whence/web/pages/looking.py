"""Search: documents by their words, with the words around those found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litestar import get
from litestar.response import Template

from whence.errors import StoreError
from whence.store import Filter, Hit
from whence.web.asking import Paging, Sheet, Wanted, Word, as_query
from whence.web.site import Asked, store_of

HITS = 20
"""Documents of a page of results."""


@get("/search", include_in_schema=False, sync_to_thread=True)
def search(request: Asked, wanted: Wanted, paging: Sheet, q: Word = "") -> Template:
    """Documents that have the words."""
    context: dict[str, Any] = {"here": "search", "q": q, "hits": [], "problem": None, "paging": paging, "more": False, "wanted": wanted}
    context["query"] = as_query(wanted, q=q)
    if q.strip():
        try:
            found = _found(request, q, wanted, paging)
            context |= {"hits": [(h, list(marked(h))) for h in found[:HITS]], "more": len(found) > HITS}
        except StoreError as error:
            context["problem"] = str(error)
    return Template("search.html", context=context)


@get("/search.json", sync_to_thread=True, tags=["search"])
def search_json(request: Asked, wanted: Wanted, paging: Sheet, q: Word) -> list[Hit]:
    """A page of documents that have the words, the best first."""
    return _found(request, q, wanted, paging)[:HITS]


def _found(request: Asked, q: str, wanted: Filter, paging: Paging) -> list[Hit]:
    return store_of(request).search(q, wanted, limit=HITS + 1, offset=(paging.page - 1) * HITS)


def marked(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The snippet in stretches, each with whether it is a word that was looked for."""
    at = 0
    for start, end in hit.marks:
        yield hit.snippet[at:start], False
        yield hit.snippet[start:end], True
        at = end
    yield hit.snippet[at:], False


HANDLERS = (search, search_json)
