"""Double coding: what one was given, coded without seeing the others or the machine; agreement; and deciding between coders."""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio import to_thread
from litestar import get, post
from litestar.exceptions import PermissionDeniedException, ValidationException
from litestar.response import Redirect, Template

from whence.agreement import Agreement, agreements, measured
from whence.gold import ADJUDICATED
from whence.records import Record, Report
from whence.store import CODED, Assignment, Coding
from whence.web.asking import Identity, Maybe
from whence.web.site import Asked, may, need, site_of, store_of

from .judging import CHOICES, HINTS
from .reports import LABELS, bare

NEAR = 700
"""Characters before and after the words of the incident that the coder is shown first."""


class Line(Record):
    """A report that is coded: by whom, who is done, whether they agree, and whether it was decided."""

    report: Report
    coders: tuple[Assignment, ...]
    done: bool
    apart: tuple[str, ...]
    decided: bool


class Desk(Record):
    """What is coded and how far coders agree."""

    mine: tuple[Assignment, ...]
    lines: tuple[Line, ...]
    agreement: tuple[Agreement, ...]


@get("/coding", include_in_schema=False, sync_to_thread=True)
def coding(request: Asked) -> Template:
    """What one was given to code; for editors, all of it, with the agreement on each field."""
    desk = _desk(request)
    people = [p.name for p in site_of(request).store.people.all() if not p.disabled and p.role != "reader"]
    context = {"here": "coding", "desk": desk, "people": people, "by": {a.report: store_of(request).report(a.report) for a in desk.mine}}
    return Template("coding.html", context=context)


@get("/coding.json", sync_to_thread=True, tags=["coding"])
def coding_json(request: Asked) -> Desk:
    """What one was given to code; for editors, all of it, with Krippendorff's alpha of each field."""
    return _desk(request)


def _desk(request: Asked) -> Desk:
    person, store = need(request, "read"), store_of(request)
    kept = store.codings
    mine = tuple(kept.assigned(person.name))
    if not may(request, "edit"):
        return Desk(mine=mine, lines=(), agreement=())
    everything = kept.coded()
    by: dict[str, list[Assignment]] = {}
    for assignment in kept.assigned():
        by.setdefault(assignment.report, []).append(assignment)
    lines = tuple(
        Line(
            report=store.report(identity),
            coders=tuple(given),
            done=all(a.done for a in given),
            apart=apart([c for c in everything if c.report == identity]) if all(a.done for a in given) else (),
            decided=any((j.why or "").startswith(ADJUDICATED) for j in store.judgements(identity, retracted=False)),
        )
        for identity, given in by.items()
    )
    return Desk(mine=mine, lines=lines, agreement=tuple(agreements(everything)))


def apart(codings: list[Coding]) -> tuple[str, ...]:
    """The fields on which coders differ."""
    return tuple(f for f in CODED if len({measured(f, c.values.get(f)) for c in codings}) > 1)


@post("/coding/assign", include_in_schema=False)
async def assign(request: Asked) -> Redirect:
    """Give a report to two or more coders."""
    person = need(request, "edit")
    form = await request.form()
    report = str(form.get("report") or "").strip()
    coders = [str(c) for c in form.getall("coder", [])] + str(form.get("coders") or "").split(",")
    work = partial(site_of(request).store.codings.assign, report, coders, by=person.name)
    await to_thread.run_sync(work)
    return Redirect("/coding", status_code=303)


@get("/coding/{identity:str}", include_in_schema=False, sync_to_thread=True)
def sheet(request: Asked, identity: Identity, problem: Maybe = None) -> Template:
    """The form of a coder: the text, an empty field for each value, and nothing of what others or the machine made of it."""
    person, store = need(request, "judge"), store_of(request)
    if not any(a.report == identity for a in store.codings.assigned(person.name)):
        raise PermissionDeniedException(f"{identity}: was not given to {person.name} to code")
    report = store.report(identity)
    text = store.source(report.document).text
    first = min((s.start for s in report.triggers), default=0)
    last = max((s.end for s in report.triggers), default=0)
    begin, end = max(0, first - NEAR), min(len(text), last + NEAR)
    mine = next(iter(store.codings.coded(identity, coder=person.name)), None)
    context = {
        "here": "coding",
        "report": report,
        "document": store.document(report.document),
        "text": text,
        "stretches": _stretches(text, begin, end, report),
        "cut": (begin > 0, end < len(text)),
        "fields": _fields(),
        "values": mine.values if mine else {},
        "problem": problem,
    }
    return Template("coder.html", context=context)


def _stretches(text: str, begin: int, end: int, report: Report) -> list[tuple[str, bool]]:
    """The text around the words of the incident, these marked: they say which of several it is."""
    made, at = [], begin
    for span in sorted(report.triggers, key=lambda s: s.start):
        if span.start >= at:
            made += [(text[at : span.start], False), (text[span.start : span.end], True)]
            at = span.end
    return [*made, (text[at:end], False)]


def _fields() -> list[dict[str, Any]]:
    return [
        {
            "name": f,
            "label": LABELS.get(f, f),
            "choices": CHOICES.get(f),
            "hint": HINTS.get(f, "3, 3-5 or 3+" if f in ("killed", "injured") else ""),
        }
        for f in CODED
    ]


@post("/coding/code", include_in_schema=False)
async def code(request: Asked) -> Redirect:
    """Keep what somebody coded; it may be said anew until it is decided."""
    person = need(request, "judge")
    form = await request.form()
    report = str(form.get("report") or "")
    values = {f: str(form.get(f) or "").strip() or None for f in CODED}
    if values["country"]:
        values["country"] = values["country"].upper()
    await to_thread.run_sync(site_of(request).store.codings.code, report, person.name, values)
    return Redirect("/coding", status_code=303)


@get("/coding/{identity:str}/adjudicate", include_in_schema=False, sync_to_thread=True)
def adjudication(request: Asked, identity: Identity) -> Template:
    """What each coded side by side, and what the machine read: an editor decides."""
    need(request, "edit")
    store = store_of(request)
    given = [a for a in store.codings.assigned() if a.report == identity]
    if not given or not all(a.done for a in given):
        raise ValidationException(f"{identity}: not everybody it was given to has coded it yet")
    codings = store.codings.coded(identity)
    report = store.report(identity)
    rows = [
        {
            **field,
            "values": [c.values.get(field["name"]) for c in codings],
            "apart": field["name"] in apart(codings),
            "read": bare(report, field["name"]) or None,
        }
        for field in _fields()
    ]
    context = {"here": "coding", "report": report, "document": store.document(report.document), "codings": codings, "rows": rows}
    return Template("adjudicate.html", context=context)


@post("/coding/adjudicate", include_in_schema=False)
async def adjudicate(request: Asked) -> Redirect:
    """Keep the decisions as corrections, each with who coded what."""
    person = need(request, "edit")
    form = await request.form()
    identity = str(form.get("report") or "")
    store = site_of(request).store

    def decide() -> None:
        codings = store.codings.coded(identity)
        report = store.report(identity)
        for field in CODED:
            if form.get(f"decide-{field}") != "yes":
                continue
            value = str(form.get(field) or "").strip()
            if value == bare(report, field):
                continue
            said = "; ".join(f"{c.coder}: {c.values.get(field) or 'not told'}" for c in codings)
            why = f"{ADJUDICATED} between {said}" + (f". {form.get('why')}" if form.get("why") else "")
            store.judge("correct", identity, who=person.name, field=field, value=value, why=why)

    await to_thread.run_sync(decide)
    await to_thread.run_sync(site_of(request).settler.settle)
    return Redirect(f"/incidents/{identity}", status_code=303)


HANDLERS = (coding, coding_json, assign, sheet, code, adjudication, adjudicate)
