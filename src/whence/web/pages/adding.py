"""The inbox: what is dropped, pasted or named by its address, and what became of it."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect, Template

from whence.intake.fetching import is_url
from whence.intake.page import looks_like_html
from whence.records import Record
from whence.web.asking import Maybe, day
from whence.web.inbox import Job, Line, Task
from whence.web.site import Asked, need, site_of, store_of

LATEST = 20
"""Documents that the inbox shows below its form."""


class Told(Record):
    """A job of the inbox."""

    id: str
    name: str
    begun: str
    state: str
    lines: tuple[Line, ...]


def _told(job: Job) -> Told:
    return Told(id=job.id, name=job.name, begun=job.begun, state=job.state, lines=tuple(job.lines))


def _jobs(request: Asked) -> list[Job]:
    """The jobs, the last one first; protected names are masked in them as everywhere."""
    site = site_of(request)
    veil = site.store.protection.veil()
    return [veil.redact(job) for job in site.inbox.jobs()]


@get("/", include_in_schema=False, sync_to_thread=True)
def home(request: Asked) -> Redirect:
    """Where there is nothing yet, the inbox; else the incidents."""
    first = next(iter(store_of(request).documents(limit=1)), None)
    return Redirect("/incidents" if first is not None else "/inbox")


@get("/inbox", include_in_schema=False, sync_to_thread=True)
def inbox(request: Asked, problem: Maybe = None) -> Template:
    """Add documents, and see what became of those added since the site was started."""
    site = site_of(request)
    newest = list(store_of(request).documents(limit=LATEST, newest=True))
    context = {"here": "inbox", "jobs": _jobs(request), "busy": site.inbox.busy, "newest": newest, "problem": problem}
    return Template("inbox.html", context=context)


@get("/inbox/jobs", include_in_schema=False, sync_to_thread=True)
def jobs(request: Asked) -> Template:
    """The list of jobs alone, asked for again and again while something is being read."""
    site = site_of(request)
    return Template("jobs.html", context={"jobs": _jobs(request), "busy": site.inbox.busy})


@get("/inbox.json", sync_to_thread=False, tags=["inbox"])
def inbox_json(request: Asked) -> list[Told]:
    """The jobs of the inbox since the site was started, the last one first."""
    return [_told(job) for job in _jobs(request)]


@post("/inbox/new", include_in_schema=False)
async def add(request: Asked) -> Redirect:
    """Queue what a form holds: files, a pasted text, an address."""
    need(request, "add")
    form = await request.form()
    published = day("published", _said(form.get("published")))
    publisher = _said(form.get("publisher"))
    said: dict[str, Any] = {"published": published, "publisher": publisher, "language": "en" if form.get("english") else None}
    tasks = []
    for file in form.getall("file", []):
        if isinstance(file, UploadFile) and (file.filename or (await file.read(1))):
            await file.seek(0)
            tasks.append(Task(name=(file.filename or "a file").replace("\\", "/").rsplit("/", 1)[-1][:200], data=await file.read(), **said))
    text = str(form.get("text") or "").replace("\r\n", "\n")
    if text.strip():
        first = " ".join(text.strip().split("\n", 1)[0].split())[:60].strip()
        suffix = ".html" if looks_like_html(text) else ".txt"
        tasks.append(Task(name=f"pasted: {first}{suffix}", data=text.encode("utf8", "replace"), **said))
    address = _said(form.get("address"))
    if address is not None:
        if not is_url(address):
            return Redirect("/inbox?problem=address", status_code=303)
        tasks.append(Task(name=address, address=address, **said))
    for task in tasks:
        site_of(request).inbox.put(task)
    return Redirect("/inbox" if tasks else "/inbox?problem=nothing", status_code=303)


def _said(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


HANDLERS = (home, inbox, inbox_json, jobs, add)
