"""Documents: the list, and the Reader with its coloured text and the chains beside it."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response, get
from litestar.exceptions import PermissionDeniedException
from litestar.response import Template

from whence.errors import NotFound
from whence.records import Reading, Timex, Toponym, encode
from whence.store import Filter, Listed
from whence.web.asking import Identity, Maybe, Number, Paging, Sheet, Wanted, Word, as_query, without_suffix
from whence.web.passages import KINDS, blocks, extents, pages
from whence.web.site import Asked, looking, site_of, store_of
from whence.web.tables import DOCUMENTS, as_csv
from whence.web.veiled import holds_protected


@get("/documents", include_in_schema=False, sync_to_thread=True)
def documents(request: Asked, wanted: Wanted, paging: Sheet) -> Template:
    """The documents, the last one first."""
    rows, more = _page(request, wanted, paging)
    context = {"here": "documents", "rows": rows, "more": more, "paging": paging, "query": as_query(wanted), "wanted": wanted}
    return Template("documents.html", context=context)


@get("/documents.json", sync_to_thread=True, tags=["documents"])
def documents_json(request: Asked, wanted: Wanted, paging: Sheet) -> list[Listed]:
    """A page of documents, the last one first."""
    return _page(request, wanted, paging)[0]


@get("/documents.csv", sync_to_thread=True, tags=["documents"], media_type="text/csv")
def documents_csv(request: Asked, wanted: Wanted) -> Response[bytes]:
    """All documents that fit."""
    return as_csv(store_of(request).documents(wanted), DOCUMENTS, name="documents")


def _page(request: Asked, wanted: Filter, paging: Paging) -> tuple[list[Listed], bool]:
    end = paging.offset + paging.size
    rows = list(store_of(request).documents(wanted, limit=end + 1, newest=True))
    return rows[paging.offset : end], len(rows) > end


@get("/documents/{identity:str}", sync_to_thread=True, tags=["documents"])
def document(
    request: Asked,
    identity: Identity,
    page: Number = 1,
    at: Maybe = None,
    hide: Word = "",
) -> Template | Response[bytes]:
    """The Reader; with .json behind the id the reading, with .txt the text alone. `at` is the record that is pointed at."""
    identity, form = without_suffix(identity)
    store = store_of(request)
    listed = store.document(identity)
    if form == ".txt":
        text = store.source(identity).text.encode("utf8")
        return Response(text, media_type="text/plain")
    reading = store.reading(identity)
    if form == ".json":
        if reading is None:
            raise NotFound(f"{identity}: has not been read yet; `whence reread` reads it")
        return Response(encode(reading), media_type="application/json")
    source = store.source(identity)
    context: dict[str, Any] = {"here": "documents", "document": listed, "reading": reading, "source": source}
    if reading is not None:
        context |= _read(reading, page, at)
        context["reports"] = list(store.reports(Filter(document=identity)))
        context["verified"] = store.readings(identity)
    off = frozenset(k for k in hide.split(",") if k in KINDS)
    context |= {"kinds": KINDS, "off": off, "at": at, "history": store.judgements(identity)}
    return Template("reader.html", context=context)


def _read(reading: Reading, page: int, at: str | None) -> dict[str, Any]:
    """The blocks of the page that is asked for, or of the one on which the record `at` begins."""
    text = reading.document.text
    sheets = pages(extents(text, ((p.start, p.end, p.kind) for p in reading.document.parts)))
    begins = _begins(reading, at) if at else None
    if begins is not None:
        page = next((n for n, sheet in enumerate(sheets, 1) if any(start <= begins < end for start, end, _ in sheet)), page)
    page = min(max(1, page), len(sheets))
    found = blocks(reading, sheets[page - 1], asked=_stretch(at))
    cards = [{c.id, *c.also} for b in found for c in b.cards]
    lit = next((ids for ids in cards if at in ids), {at}) if at else set()
    return {"blocks": found, "page": page, "sheets": len(sheets), "lit": lit}


def _stretch(at: str | None) -> tuple[int, int] | None:
    """A stretch of the text as addresses write it: 120-135."""
    start, dash, end = (at or "").partition("-")
    if not (dash and start.isdecimal() and end.isdecimal() and len(at or "") <= 20):
        return None
    return (int(start), int(end)) if int(start) < int(end) else None


def _begins(reading: Reading, identity: str) -> int | None:
    """Where a record begins in the text."""
    stretch = _stretch(identity)
    if stretch is not None:
        return stretch[0]
    for claim in reading.claims:
        if claim.id == identity and claim.content:
            return claim.content[0].start
    for event in reading.events:
        if event.id == identity:
            return event.trigger.start
    for attribution in reading.attributions:
        if attribution.id == identity and attribution.content:
            return attribution.content[0].start
    words: tuple[Timex | Toponym, ...] = (*reading.timexes, *reading.toponyms)
    return next((found.start for found in words if found.id == identity), None)


@get("/documents/{identity:str}/original", sync_to_thread=True, tags=["documents"])
def original(request: Asked, identity: Identity) -> Response[bytes]:
    """The bytes as they came in, to be saved: never shown by the browser as a page of this site."""
    if not looking(request) and holds_protected(site_of(request).store, identity):
        raise PermissionDeniedException(f"{identity}: names somebody who is protected, and its bytes cannot be masked; an editor can look")
    data = store_of(request).original(identity)
    if looking(request):
        store_of(request).source(identity)  # the look is noted as any other
    headers = {"content-disposition": f'attachment; filename="{identity}.original"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


@get("/documents/{identity:str}/record/{record:str}", sync_to_thread=True, tags=["documents"])
def record(request: Asked, identity: Identity, record: Identity) -> Response[bytes]:
    """One record of the reading in force, as JSON."""
    reading = store_of(request).reading(identity)
    record, _ = without_suffix(record)
    lists = (getattr(reading, f) for f in Reading.__struct_fields__) if reading is not None else ()
    for found in lists:
        for one in found if isinstance(found, tuple) else ():
            if getattr(one, "id", None) == record:
                return Response(msgspec.json.encode(one), media_type="application/json")
    raise NotFound(f"{record}: no such record in the reading of {identity}")


HANDLERS = (documents, documents_json, documents_csv, document, original, record)
