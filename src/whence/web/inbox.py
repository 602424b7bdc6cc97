"""What is added through the site: a queue, and a process of its own that reads and keeps, so that pages stay quick."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import queue
import secrets
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from whence.config import Settings
from whence.errors import WhenceError
from whence.records import Failure, Record, Source
from whence.store.captures import now

if TYPE_CHECKING:
    from whence.pipeline import Whence

log = logging.getLogger(__name__)

KEPT = 200
"""Jobs that are remembered; what they added stays in the store."""


class Task(Record):
    """Something to be read: the bytes of a file or of pasted text, or an address; and what the person says of it."""

    name: str
    data: bytes | None = None
    address: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None


class Line(Record):
    """What became of a document of a task: its id where it is kept, the reason where it is not."""

    name: str
    state: Literal["added", "reread", "present", "failed"]
    document: str | None = None
    reports: int = 0
    reason: str | None = None


class Job(msgspec.Struct, kw_only=True):
    """A task on its way; `lines` grow as documents are kept."""

    id: str
    name: str
    begun: str
    state: Literal["waiting", "reading", "done"] = "waiting"
    lines: list[Line] = []

    @property
    def failed(self) -> int:
        """How many documents could not be read."""
        return sum(line.state == "failed" for line in self.lines)


Worker = Callable[[Task], Iterator[Line]]


class Inbox:
    """Jobs one after another, in the order in which they came; `worker` reads a task and tells of each document.

    Jobs are remembered while the site runs. What was kept is in the store in any case.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._jobs: list[Job] = []
        self._coming: queue.Queue[tuple[Job, Task] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="whence-inbox", daemon=True)
        self._thread.start()

    def put(self, task: Task) -> Job:
        """Queue a task; the job that can be looked at."""
        job = Job(id=f"job-{secrets.token_hex(4)}", name=task.name, begun=now(), lines=[])
        self._jobs.append(job)
        del self._jobs[:-KEPT]
        self._coming.put((job, task))
        return job

    def jobs(self) -> list[Job]:
        """The jobs, the last one first."""
        return self._jobs[::-1]

    @property
    def busy(self) -> bool:
        """Whether anything is still to be read."""
        return any(job.state != "done" for job in self._jobs)

    def close(self) -> None:
        """Take nothing more; what is being read comes to its end in the worker or with it."""
        self._coming.put(None)
        close = getattr(self._worker, "close", None)
        if close is not None:
            close()

    def _run(self) -> None:
        while (coming := self._coming.get()) is not None:
            job, task = coming
            job.state = "reading"
            try:
                for line in self._worker(task):
                    job.lines.append(line)
            except Exception as error:  # whatever it is, the next job must not wait for ever
                log.debug("a job failed", exc_info=True)
                job.lines.append(Line(name=task.name, state="failed", reason=f"{type(error).__name__}: {error}"))
            job.state = "done"


class ReadingProcess:
    """A worker in a process of its own, started with the first task and again where it died."""

    def __init__(self, place: str, settings: Settings) -> None:
        self._given = (place, settings)
        self._process: Any = None
        self._pipe: Connection | None = None

    def __call__(self, task: Task) -> Iterator[Line]:
        pipe = self._started()
        try:
            pipe.send(task)
            while (line := pipe.recv()) is not None:
                yield line
        except (EOFError, OSError):
            self.close()
            reason = "the process that reads came to an end (out of memory?); add it again, or read it with `whence add` to see why"
            yield Line(name=task.name, state="failed", reason=reason)

    def _started(self) -> Connection:
        if self._pipe is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=attend, args=(theirs, *self._given), name="whence-reading", daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def close(self) -> None:
        """Let the process go; it ends after the document it is at."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None


def attend(pipe: Connection, place: str, settings: Settings) -> None:
    """Read tasks from a pipe until it is closed; the engine is made for the first one. Runs in its own process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the site, which then closes the pipe
    made: list[Whence] = []

    def engine() -> Whence:
        from whence.gazetteer import Gazetteer
        from whence.pipeline import Whence

        if not made:
            Gazetteer.open(settings.gazetteer(), create=True).close()
            made.append(Whence(settings))
        return made[0]

    from whence.store import Store

    with contextlib.suppress(EOFError, OSError), Store(place) as store:
        while True:
            task = pipe.recv()
            try:
                for line in read_and_keep(store, engine, task, settings):
                    pipe.send(line)
            except WhenceError as error:
                pipe.send(Line(name=task.name, state="failed", reason=str(error)))
            pipe.send(None)


def read_and_keep(store: Any, engine: Callable[[], Whence], task: Task, settings: Settings) -> Iterator[Line]:
    """A line for each document of a task, after it is on disk. WhenceError where nothing can go on."""
    from whence.intake import Overrides, sources
    from whence.keeping import keep

    said = Overrides(published=task.published, publisher=task.publisher, language=task.language)
    with tempfile.TemporaryDirectory(prefix="whence-") as folder:
        given = task.address
        if given is None:
            path = Path(folder) / f"document{suffix_of(task)}"
            path.write_bytes(task.data or b"")
            given = str(path)
        found = sources([given], settings=settings.intake, overrides=said)
        renamed = (_renamed(item, given, task.name) for item in found)
        for name, outcome in keep(store, engine, renamed, batch=4):
            if isinstance(outcome, Failure):
                reason = outcome.failure.message.replace(given, task.name)
                yield Line(name=name.replace(given, task.name), state="failed", reason=reason)
            else:
                yield Line(name=name, state=outcome.state, document=outcome.document, reports=outcome.reports)


def suffix_of(task: Task) -> str:
    """The suffix by which intake knows what the bytes are."""
    suffix = Path(task.name).suffix.lower()
    return suffix if suffix.isascii() and suffix[1:].isalnum() and len(suffix) <= 8 else ".txt"


def _renamed(item: Source | Failure, given: str, name: str) -> Source | Failure:
    """A document under the name the person knows, not that of our temporary file."""
    return msgspec.structs.replace(item, id=item.id.replace(given, name)) if isinstance(item, Source) else item
