"""Merging: two reports side by side, why they were linked or not, and whether they tell of one incident."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response, get
from litestar.exceptions import ValidationException
from litestar.response import Template

from whence.corroboration.incidents import COUNTED
from whence.linking import ENGINE
from whence.records import Judgement, Link, Record, Report
from whence.store import Store
from whence.web.asking import Made, Maybe, Sheet
from whence.web.site import Asked, site_of, store_of
from whence.web.wording import days, parties, span_of_numbers, what, where

from .judging import local

PAIRS = 30
"""Pairs of a page of the queue."""


class Row(Record):
    """A field of two reports: what each tells, and what the model makes of it (log-odds; None where it weighs nothing).

    Not `told` is what is seen of both together only, as how many of their words they share.
    """

    name: str
    told: bool
    one: str | None
    other: str | None
    level: str | None
    weight: float | None


class Pair(Record):
    """Two reports that may tell of one incident: how probable it is, why, and what was said of them."""

    link: Link | None
    one: Report
    other: Report
    incidents: tuple[str | None, str | None]
    rows: tuple[Row, ...]
    judgements: tuple[Judgement, ...]


@get("/merge", include_in_schema=False, sync_to_thread=True)
def merge(request: Asked, paging: Sheet, a: Maybe = None, b: Maybe = None, back: Maybe = None, said: Made = None) -> Template:
    """The queue of pairs to be judged, the least certain first; with `a` and `b` two reports side by side."""
    store = store_of(request)
    made = next((j for j in store.judgements() if j.id == said), None) if said else None
    context: dict[str, Any] = {"here": "merge", "said": made, "settled": site_of(request).settler.settled}
    if a is None and b is None:
        found = store.overviews.doubtful(ENGINE, limit=PAIRS + 1, offset=(paging.page - 1) * PAIRS)
        pairs = [(k, store.report(k.a), store.report(k.b)) for k in found[:PAIRS]]
        return Template("merges.html", context=context | {"pairs": pairs, "more": len(found) > PAIRS, "paging": paging})
    pair = _pair(store, a, b)
    following = next((k for k in store.overviews.doubtful(ENGINE, limit=2) if {k.a, k.b} != {pair.one.id, pair.other.id}), None)
    context |= {
        "pair": pair,
        "documents": [store.document(r.document) for r in (pair.one, pair.other)],
        "back": local(back),
        "following": following,
        "in_force": {j.id for r in (pair.one, pair.other) for j in store.judgements(r.id, retracted=False)},
    }
    return Template("merge.html", context=context)


@get("/merge.json", sync_to_thread=True, tags=["merging"])
def merge_json(request: Asked, paging: Sheet, a: Maybe = None, b: Maybe = None) -> Response[bytes]:
    """A page of links to be judged, the least certain first; with `a` and `b` two reports with the link between them."""
    store = store_of(request)
    found: Any
    if a is None and b is None:
        found = store.overviews.doubtful(ENGINE, limit=PAIRS, offset=(paging.page - 1) * PAIRS)
    else:
        found = _pair(store, a, b)
    return Response(msgspec.json.encode(found), media_type="application/json")


def _pair(store: Store, a: str | None, b: str | None) -> Pair:
    if not a or not b or a == b:
        raise ValidationException("a and b: name two different reports (R-…)")
    one, other = store.report(a), store.report(b)
    if (one.published or "9999", one.number or 0) > (other.published or "9999", other.number or 0):
        one, other = other, one
    link = next((k for k in store.links(ENGINE, report=a) if {k.a, k.b} == {a, b}), None)
    of = store.clusters_of(ENGINE, [one.id, other.id])
    about = [*store.judgements(one.id), *store.judgements(other.id)]
    between = {j.id: j for j in about if {j.subject, j.other} == {one.id, other.id}}
    between |= {j.id: j for j in about if j.kind == "retract" and j.other in between}
    judged = tuple(sorted(between.values(), key=lambda j: j.made))
    return Pair(
        link=link,
        one=one,
        other=other,
        incidents=(of.get(one.id), of.get(other.id)),
        rows=tuple(_rows(one, other, link)),
        judgements=judged,
    )


def _rows(one: Report, other: Report, link: Link | None) -> list[Row]:
    """Field by field what each tells, with the evidence of the link beside it; what weighs without a value of its own comes last."""
    levels = {key.partition(": ")[0]: (key.partition(": ")[2], weight) for key, weight in (link.why if link else {}).items()}
    told: list[tuple[str, str | None, str | None]] = [
        ("place", where(one), where(other)),
        ("time", days(one), days(other)),
        ("type", what(one), what(other)),
        ("mode", one.mode, other.mode),
        ("actors", parties(one.actors), parties(other.actors)),
        ("targets", parties(one.targets), parties(other.targets)),
        *((m, _told(one, m), _told(other, m)) for m in COUNTED),
        ("weapons", ", ".join(dict.fromkeys(one.weapons)) or None, ", ".join(dict.fromkeys(other.weapons)) or None),
    ]
    rows = []
    for name, a, b in told:
        level, weight = levels.pop(name, (None, None))
        if a is not None or b is not None or weight is not None:
            rows.append(Row(name=name.replace("_", " "), told=True, one=a, other=b, level=level, weight=weight))
    rows += [Row(name=name, told=False, one=None, other=None, level=level, weight=weight) for name, (level, weight) in levels.items()]
    return rows


def _told(report: Report, measure: str) -> str | None:
    found = [span_of_numbers(c.low, c.high) + (f" ({c.of})" if c.of else "") for c in report.counts if c.measure == measure]
    return ", ".join(dict.fromkeys(found)) or None


HANDLERS = (merge, merge_json)
