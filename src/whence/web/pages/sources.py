"""Sources: who publishes, who cites whom, and how reliable each has proved."""

from __future__ import annotations

import msgspec
from litestar import Response, get
from litestar.response import Template

from whence.errors import NotFound
from whence.linking import ENGINE
from whence.store import Filter, Outlet, Standing
from whence.web.asking import Identity, Made, without_suffix
from whence.web.site import Asked, store_of
from whence.web.tables import SOURCES, as_csv

SHOWN = 50
"""Documents of a source that its page shows."""


@get("/sources", include_in_schema=False, sync_to_thread=True)
def sources(request: Asked) -> Template:
    """Every source."""
    found = store_of(request).sources()
    standings = store_of(request).overviews.standings(ENGINE)
    context = {"here": "sources", "rows": found, "ids": {s.name: s.id for s in found}, "standings": standings}
    return Template("sources.html", context=context)


@get("/sources.json", sync_to_thread=True, tags=["sources"])
def sources_json(request: Asked) -> list[Outlet]:
    """Every source: what it published, whom it cites, its grades."""
    return store_of(request).sources()


@get("/standings.json", sync_to_thread=True, tags=["sources"])
def standings_json(request: Asked) -> dict[str, Standing]:
    """How the reports of each source have stood: confirmed by others, in dispute, corrected, graded; by its id."""
    return store_of(request).overviews.standings(ENGINE)


@get("/sources.csv", sync_to_thread=True, tags=["sources"], media_type="text/csv")
def sources_csv(request: Asked) -> Response[bytes]:
    """Every source."""
    return as_csv(store_of(request).sources(), SOURCES, name="sources")


@get("/sources/{identity:str}", sync_to_thread=True, tags=["sources"])
def source(request: Asked, identity: Identity, said: Made = None) -> Template | Response[bytes]:
    """A source: whom it cites, who cites it, its documents, its grades with their history. With .json as JSON."""
    identity, form = without_suffix(identity)
    store = store_of(request)
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
        "standing": store.overviews.standings(ENGINE).get(identity),
        "citing": citing,
        "ids": {s.name: s.id for s in everyone},
        "documents": list(store.documents(Filter(source=identity), limit=SHOWN, newest=True)),
        "history": history[::-1],
        "in_force": {j.id for j in store.judgements(identity, retracted=False)},
        "said": next((j for j in history if j.id == said), None),
    }
    return Template("source.html", context=context)


HANDLERS = (sources, sources_json, standings_json, sources_csv, source)
