"""Judgements through the site: a sheet to make one, the form that makes it, and taking it back."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from litestar import get, post
from litestar.exceptions import PermissionDeniedException, ValidationException
from litestar.response import Redirect, Template

from whence.records.vocabulary import ACLED
from whence.store import CORRECTABLE
from whence.web.asking import Maybe, Word
from whence.web.site import Asked, Right, may, need, site_of, store_of
from whence.web.wording import CREDIBILITY, RELIABILITY

from .reports import LABELS, bare, checked, shown

KINDS: dict[str, Right] = {
    "correct": "judge",
    "credibility": "judge",
    "same": "judge",
    "not_same": "judge",
    "reliability": "edit",
    "hide": "edit",
    "protect": "edit",
    "retract": "judge",
}
"""Kinds of judgement that are made here, and the right that each wants; to take back what another said wants `edit`."""
CHOICES: dict[str, tuple[str, ...]] = {
    "acled": tuple(sub for subs in ACLED.values() for sub in subs),
    "status": ("happened", "ongoing", "claimed"),
    "precision": ("day", "week", "month", "year", "decade", "century", "interval", "unknown"),
    "place_kind": ("country", "admin1", "admin2", "town", "area", "road", "water", "other"),
    "disputed": ("true", "false"),
}
"""Fields whose values are chosen from a list."""
HINTS = {
    "earliest": "YYYY-MM-DD, or empty: not known",
    "latest": "YYYY-MM-DD, or empty: not known",
    "country": "ISO 3166 alpha-3, as SDN",
    "latitude": "degrees, -90 to 90",
    "longitude": "degrees, -180 to 180",
    "precision_km": "radius in kilometres",
}


@get("/sheet", include_in_schema=False, sync_to_thread=True)
def sheet(request: Asked, kind: Word, subject: Word, field: Maybe = None, preset: Maybe = None, back: Maybe = None) -> Template:
    """The form of a judgement: beside the page where scripts run, a page of its own where they do not."""
    context: dict[str, Any] = {"here": None, "kind": kind, "subject": subject, "field": field, "back": local(back), "preset": preset}
    store = store_of(request)
    if kind == "correct":
        if field not in CORRECTABLE:
            raise ValidationException(f"field: {str(field)[:40]!r} cannot be corrected; there are {', '.join(CORRECTABLE)}")
        report = checked(request, subject)
        value = shown(report, field)
        context |= {
            "value": value,
            "bare": bare(report, field),
            "label": LABELS.get(field, field.replace("_", " ")),
            "choices": CHOICES.get(field),
            "hint": HINTS.get(field, "3, 3-5, 3+, or empty: not known" if field not in report.__struct_fields__ else ""),
        }
    elif kind == "credibility":
        checked(request, subject)
        context["grades"] = CREDIBILITY
    elif kind == "reliability":
        context["name"] = next((s.name for s in store.sources() if s.id == subject), None)
        context["grades"] = RELIABILITY
    elif kind == "protect":
        store.document(subject)
    elif kind != "hide":
        raise ValidationException(f"kind: {kind[:40]!r} is no kind of judgement that is made here")
    framed = request.headers.get("hx-request") == "true"
    return Template("sheet.html" if framed else "sheet_page.html", context=context)


@post("/judgements", include_in_schema=False)
async def judge(request: Asked) -> Redirect:
    """Append a judgement, and go back to where it was made."""
    form = await request.form()
    said = {name: str(form.get(name) or "").strip() for name in ("kind", "subject", "other", "field", "value", "why", "back")}
    if said["kind"] not in KINDS:
        raise ValidationException(f"kind: {said['kind'][:40]!r} is no kind of judgement that is made here")
    value: str | None = said["value"]
    if said["kind"] in ("hide", "retract", "same", "not_same"):
        value = None
    elif said["field"] == "country":
        value = (value or "").upper()
    site = site_of(request)
    person = need(request, KINDS[said["kind"]])
    if said["kind"] == "retract" and not may(request, "edit"):
        taken = next((j for j in site.store.judgements(said["subject"]) if j.id == said["subject"]), None)
        if taken is not None and taken.who != person.name:
            raise PermissionDeniedException(f"{taken.id}: was said by {taken.who}; an editor can take it back")
    made = await to_thread.run_sync(
        partial(
            site.store.judge,
            said["kind"],  # type: ignore[arg-type] # one of KINDS
            said["subject"],
            who=person.name,
            why=said["why"] or None,
            other=said["other"] or None if said["kind"] in ("same", "not_same") else None,
            field=said["field"] or None if said["kind"] == "correct" else None,
            value=value,
        )
    )
    await to_thread.run_sync(site.settler.settle)
    back = local(said["back"]) or "/activity"
    back, _, anchor = back.partition("#")
    path, _, query = back.partition("?")
    kept = [pair for pair in query.split("&") if pair and not pair.startswith("said=")]
    kept.append(urlencode({"said": made.id}))
    return Redirect(f"{path}?{'&'.join(kept)}{'#' + anchor if anchor else ''}", status_code=303)


def local(back: str | None) -> str | None:
    """A path on this site; None for anything that would lead elsewhere."""
    if not back or not back.startswith("/") or back.startswith(("//", "/\\")) or any(c in back for c in "\r\n\t\\"):
        return None
    return back


HANDLERS = (sheet, judge)
