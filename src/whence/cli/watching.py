"""`whence watch`: feeds and sitemaps visited again and again, what is new going into the store."""

from __future__ import annotations

import hashlib
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whence.config import Settings, without_password
from whence.errors import Conflict, MigrationNeeded, StoreError
from whence.records import Failure

from .adding import once_made
from .program import DONE, SOME, complain
from .storing import opened, place_of, store_options
from .terminal import cut

if TYPE_CHECKING:
    from whence.intake.watching import Visit, Watcher

LOOK = 60.0
"""Seconds after which lists of feeds are looked at again, at the latest."""
STORE_TRIES = 10
"""Times that an unreachable store is tried, waiting longer each time, before the watch ends."""


@click.command("watch")
@click.argument("inputs", nargs=-1, required=True, metavar="FEED...")
@click.option("--once", is_flag=True, help="Visit each feed once and end; for a timer of your own.")
@click.option("--every", type=click.FloatRange(1, 10_080), default=30, show_default=True, metavar="MIN", help="Minutes between two visits.")
@click.option("--state", type=click.Path(path_type=Path), metavar="FILE", help="Where visits are remembered, if not beside the store.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong.")
@store_options
def watch(
    inputs: tuple[str, ...], once: bool, every: float, state: Path | None, quiet: bool, place: str | None, config: Path | None
) -> int:
    """Follow feeds and sitemaps, and read and keep what is new in them.

    FEED is an OPML file, or the address of an RSS or Atom feed, a sitemap or an OPML list. Pages are fetched as their robots.txt
    allows, with a pause between two of one site (intake.delay), and feeds that fail are left in peace longer and longer. Killed at
    any moment, the same command goes on where it was. Ctrl-C ends it after the document at hand.

    Exit codes: 0 done, 2 usage, configuration or store, 3 some feeds or documents failed (with --once).
    """
    from whence.intake.visits import Visits
    from whence.intake.watching import Watcher

    from . import reading

    named, settings = place_of(place, config)
    stop = threading.Event()
    with Visits(state or beside(named, settings)) as visits, opened(place, config, create=True) as store, _signals(stop):
        watcher = Watcher(inputs, visits, settings.intake, every=60.0 * every, stop=stop)
        engine = once_made(lambda: reading.engine(settings))
        failed = _rounds(watcher, store, engine, once=once, quiet=quiet)
    return SOME if failed and once else DONE


def beside(place: str, settings: Settings) -> Path:
    """Where the visits that fill a store are remembered: beside its file, or in the data folder."""
    if "://" in place:
        return settings.folder() / f"watch-{hashlib.sha256(without_password(place).encode()).hexdigest()[:12]}.sqlite"
    return Path(f"{place}.watch")


def _rounds(watcher: Watcher, store: Any, engine: Any, *, once: bool, quiet: bool) -> int:
    failed = troubles = 0
    been: set[str] = set()
    while not watcher.stop.is_set():
        for url in [u for u in watcher.due(once=once) if not (once and u in been)]:
            been.add(url)
            try:
                failed += _visited(watcher.visit(url), store, engine, quiet=quiet)
                troubles = 0
            except (Conflict, MigrationNeeded):
                raise
            except StoreError as error:
                troubles += 1
                if once or troubles >= STORE_TRIES:
                    raise
                complain(f"{error}; trying again")
                watcher.stop.wait(min(600.0, 5.0 * 2**troubles))
            if watcher.stop.is_set():
                break
        if once and all(url in been for url in watcher.due(once=True)):
            break
        if not once:
            watcher.stop.wait(min(LOOK, max(1.0, watcher.next())))
    return failed


def _visited(visit: Visit, store: Any, engine: Any, *, quiet: bool) -> int:
    """Visit a feed and keep what is new; how much failed."""
    from whence.keeping import keep_new

    counts = {"added": 0, "present": 0, "failed": 0}
    for name, outcome in keep_new(store, engine, visit):
        if isinstance(outcome, Failure):
            counts["failed"] += 1
            complain(f"{_now()}  {outcome.failure.message}")
        else:
            counts["added" if outcome.state == "added" else "present"] += 1
            if not quiet:
                click.echo(f"{_now()}  added         {outcome.document}  {cut(name, 100)}")
    if visit.problem is not None:
        known = visit.watcher.visits.feed(visit.url)
        minutes = max(0.0, known.due - visit.watcher.clock()) / 60
        complain(f"{_now()}  {visit.problem} (failure {known.failures}; again in {minutes:,.0f} min)")
        return 1 + counts["failed"]
    if not quiet:
        what = "nothing new" if visit.unchanged or not visit.new else f"{counts['added']} added"
        more = [f"{counts[k]} {words}" for k, words in (("present", "already there"), ("failed", "failed")) if counts[k]]
        more += [f"{visit.waiting} later"] if visit.waiting else []
        click.echo(f"{_now()}  visited       {cut(visit.url, 100)}  {', '.join([what, *more])}", err=True)
    return counts["failed"]


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S")


@contextmanager
def _signals(stop: threading.Event) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM ends the watch after the document at hand; the second at once."""
    before: dict[int, Any] = {}

    def asked(number: int, _: Any) -> None:
        complain("stopping after the document at hand; once more to stop now")
        stop.set()
        signal.signal(number, before[number])

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    for number in (int(signal.SIGINT), int(signal.SIGTERM)):
        before[number] = signal.signal(number, asked)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


COMMANDS = (watch,)
"""What the program takes from here."""
