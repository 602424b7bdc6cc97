"""Activity: the log of what was added and judged, to which things are only ever appended."""

from __future__ import annotations

from typing import Any, Literal

from litestar import Response, get
from litestar.response import Template

from whence.records import Judgement, Record
from whence.web.asking import Made, Maybe, Paging, Sheet
from whence.web.site import Asked, store_of
from whence.web.tables import JUDGEMENTS, as_csv


class Entry(Record):
    """A line of the log: a document that was added, or a judgement that was made."""

    made: str
    what: Literal["added", "judged"]
    subject: str
    title: str | None
    judgement: Judgement | None
    standing: bool


@get("/activity", include_in_schema=False, sync_to_thread=True)
def activity(request: Asked, paging: Sheet, only: Maybe = None, said: Made = None) -> Template:
    """The log, the last entry first."""
    entries, more = _log(request, paging, only)
    last = next((e.judgement for e in entries if e.judgement is not None and e.judgement.id == said), None)
    query = {"only": only} if only in ("added", "judged") else {}
    context: dict[str, Any] = {"here": "activity", "entries": entries, "more": more, "paging": paging, "query": query, "said": last}
    return Template("activity.html", context=context)


@get("/activity.json", sync_to_thread=True, tags=["activity"])
def activity_json(request: Asked, paging: Sheet, only: Maybe = None) -> list[Entry]:
    """A page of the log, the last entry first."""
    return _log(request, paging, only)[0]


@get("/activity.csv", sync_to_thread=True, tags=["activity"], media_type="text/csv")
def activity_csv(request: Asked) -> Response[bytes]:
    """Every judgement, oldest first."""
    return as_csv(store_of(request).judgements(), JUDGEMENTS, name="judgements")


def _log(request: Asked, paging: Paging, only: str | None) -> tuple[list[Entry], bool]:
    store = store_of(request)
    end = paging.offset + paging.size
    entries: list[Entry] = []
    if only != "added":
        made = store.judgements()
        taken = {j.other for j in made if j.kind == "retract"}
        entries += [
            Entry(
                made=j.made,
                what="judged",
                subject=j.subject,
                title=None,
                judgement=j,
                standing=j.kind != "retract" and j.id not in taken,
            )
            for j in made[::-1][: end + 1]
        ]
    if only != "judged":
        entries += [
            Entry(made=d.captured, what="added", subject=d.id, title=d.title or d.name, judgement=None, standing=True)
            for d in store.documents(limit=end + 1, newest=True)
        ]
    entries.sort(key=lambda e: e.made, reverse=True)
    return entries[paging.offset : end], len(entries) > end


HANDLERS = (activity, activity_json, activity_csv)
