"""Actors: who acts, who is acted upon, with whom and how."""

from __future__ import annotations

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.response import Template

from whence.records import Overview, Record
from whence.store import ActorRow, Filter
from whence.web.asking import Maybe, Sheet, Word
from whence.web.site import Asked, store_of
from whence.web.tables import ACTORS, as_csv

BESIDE = 60
INCIDENTS = 50


class Dealing(Record):
    """What two parties have to do with each other: own side and other's, the other's name, the kind, in how many incidents."""

    role: str
    other_role: str
    other: str
    kind: str | None
    incidents: int


class Profile(Record):
    """An actor with those it stands beside and against, and its last incidents."""

    actor: ActorRow
    dealings: tuple[Dealing, ...]
    incidents: tuple[Overview, ...]


@get("/actors", include_in_schema=False, sync_to_thread=True)
def actors(request: Asked, paging: Sheet, like: Maybe = None) -> Template:
    """Everybody, those in most incidents first."""
    found = _page(request, paging.offset, paging.size + 1, like)
    rows, more = found[: paging.size], len(found) > paging.size
    context = {"here": "actors", "rows": rows, "more": more, "paging": paging, "like": like, "query": {"like": like} if like else {}}
    return Template("actors.html", context=context)


@get("/actors.json", sync_to_thread=True, tags=["actors"])
def actors_json(request: Asked, paging: Sheet, like: Maybe = None) -> list[ActorRow]:
    """A page of actors and targets, those in most incidents first."""
    return _page(request, paging.offset, paging.size, like)


@get("/actors.csv", sync_to_thread=True, tags=["actors"], media_type="text/csv")
def actors_csv(request: Asked, like: Maybe = None) -> Response[bytes]:
    """Every actor and target."""
    return as_csv(_page(request, 0, 10**6, like), ACTORS, name="actors")


def _page(request: Asked, offset: int, limit: int, like: str | None) -> list[ActorRow]:
    return store_of(request).overviews.actors(like=like, limit=limit, offset=offset)


@get("/actor", include_in_schema=False, sync_to_thread=True)
def actor(request: Asked, key: Word) -> Template:
    """One actor: beside whom, against whom, in what."""
    return Template("actor.html", context={"here": "actors", "profile": _profile(request, key)})


@get("/actor.json", sync_to_thread=True, tags=["actors"])
def actor_json(request: Asked, key: Word) -> Profile:
    """One actor by the folded name: those it stands beside and against, its last incidents."""
    return _profile(request, key)


def _profile(request: Asked, key: str) -> Profile:
    store = store_of(request).overviews
    found = next((a for a in store.actors(like=key, limit=500) if a.key == key), None)
    if found is None:
        raise NotFoundException(f"{key[:80]}: nobody of this name is in an incident")
    dealings = tuple(Dealing(role=a, other_role=b, other=o, kind=k, incidents=n) for a, b, o, k, n in store.beside(key, limit=BESIDE))
    incidents = tuple(store.page(Filter(actor=found.name), limit=INCIDENTS))
    return Profile(actor=found, dealings=dealings, incidents=incidents)


HANDLERS = (actors, actors_json, actors_csv, actor, actor_json)
