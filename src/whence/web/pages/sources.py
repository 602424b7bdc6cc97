"""Sources: who publishes, who cites whom, and how reliable each has proved."""

from __future__ import annotations

import msgspec
from litestar import Response, get
from litestar.response import Template

from whence.errors import NotFound
from whence.store import Filter, Outlet
from whence.web.asking import Identity, Made, without_suffix
from whence.web.site import Asked, site_of
from whence.web.tables import SOURCES, as_csv

SHOWN = 50
"""Documents of a source that its page shows."""


@get("/sources", include_in_schema=False, sync_to_thread=True)
def sources(request: Asked) -> Template:
    """Every source."""
    found = site_of(request).store.sources()
    return Template("sources.html", context={"here": "sources", "rows": found, "ids": {s.name: s.id for s in found}})


@get("/sources.json", sync_to_thread=True, tags=["sources"])
def sources_json(request: Asked) -> list[Outlet]:
    """Every source: what it published, whom it cites, its grades."""
    return site_of(request).store.sources()


@get("/sources.csv", sync_to_thread=True, tags=["sources"], media_type="text/csv")
def sources_csv(request: Asked) -> Response[bytes]:
    """Every source."""
    return as_csv(site_of(request).store.sources(), SOURCES, name="sources")


@get("/sources/{identity:str}", sync_to_thread=True, tags=["sources"])
def source(request: Asked, identity: Identity, said: Made = None) -> Template | Response[bytes]:
    """A source: whom it cites, who cites it, its documents, its grades with their history. With .json as JSON."""
    identity, form = without_suffix(identity)
    store = site_of(request).store
    everyone = store.sources()
    found = next((s for s in everyone if s.id == identity), None)
    if found is None:
        raise NotFound(f"{identity}: no such source")
    if form == ".json":
        return Response(msgspec.json.encode(found), media_type="application/json")
    citing = [(s, relation, times) for s in everyone for name, relation, times in s.cites if name == found.name]
    history = [j for j in store.judgements(identity) if j.kind in ("reliability", "retract")]
    context = {
        "here": "sources",
        "source": found,
        "citing": citing,
        "ids": {s.name: s.id for s in everyone},
        "documents": list(store.documents(Filter(source=identity), limit=SHOWN, newest=True)),
        "history": history[::-1],
        "in_force": {j.id for j in store.judgements(identity, retracted=False)},
        "said": next((j for j in history if j.id == said), None),
    }
    return Template("source.html", context=context)


HANDLERS = (sources, sources_json, sources_csv, source)
