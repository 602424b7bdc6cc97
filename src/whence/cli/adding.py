"""`whence add` and `whence reread`: documents going into the store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from whence.records import Failure

from .program import DONE, INPUT, SOME, Day, column_options, columns_of, complain
from .storing import opened, place_of, store_options
from .terminal import console, cut, emit, is_terminal

STATES = ("added", "reread", "present", "failed")
WORDS = {"added": "added", "reread": "read again", "present": "already there", "failed": "failed"}


@click.command("add")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--published", type=Day(), help="Date of publication, in place of the one found in the document.")
@click.option("--publisher", metavar="NAME", help="Outlet that published it, in place of the one found.")
@click.option("--language", metavar="CODE", help="Language of the text (en), in place of the one detected.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="A line of JSON for each document, as soon as it is kept.")
@click.option("--quiet", is_flag=True, help="Say only what failed, and the sum.")
@column_options
@store_options
def add(inputs: tuple[str, ...], as_jsonl: bool, quiet: bool, place: str | None, config: Path | None, **said: str | None) -> int:
    """Read documents and keep them: the bytes, the text, the reading and its reports.

    INPUT is what `whence read` takes: files of many kinds, archives, folders, web addresses, or - for standard input. What is
    there already is not read again and not kept twice; after an interruption the same command goes on. A line is printed when
    the document is safely on disk.

    Exit codes: 0 done, 1 no input is a document, 2 usage, configuration or store, 3 some documents failed.
    """
    from whence.intake import Overrides, sources
    from whence.keeping import keep

    from . import reading

    _, settings = place_of(place, config)
    columns = columns_of(said)
    found = sources(inputs, settings=settings.intake, overrides=Overrides(**said), columns=columns)
    with opened(place, config, create=True) as store:
        engine = once_made(lambda: reading.engine(settings))
        return _tell(keep(store, engine, found), as_jsonl=as_jsonl, quiet=quiet)


@click.command("reread")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="A line of JSON for each document, as soon as it is kept.")
@click.option("--quiet", is_flag=True, help="Say only what failed, and the sum.")
@store_options
def reread_all(as_jsonl: bool, quiet: bool, place: str | None, config: Path | None) -> int:
    """Read again, with the engine and settings in force, what another version or other settings read.

    Older readings and all judgements stay. Interrupted, it goes on where it was when the command is repeated.
    """
    from whence.keeping import reread

    from . import reading

    _, settings = place_of(place, config)
    with opened(place, config) as store:
        return _tell(reread(store, reading.engine(settings)), as_jsonl=as_jsonl, quiet=quiet)


def once_made(make: Callable[[], Any]) -> Callable[[], Any]:
    """What is made when it is first asked for."""
    made: list[Any] = []

    def get() -> Any:
        if not made:
            made.append(make())
        return made[0]

    return get


def _tell(outcomes: Iterable[tuple[str, Any]], *, as_jsonl: bool, quiet: bool) -> int:
    counts = dict.fromkeys(STATES, 0)
    with _running(not as_jsonl and (quiet or not is_terminal(sys.stdout))) as tell:
        for name, outcome in outcomes:
            state = "failed" if isinstance(outcome, Failure) else outcome.state
            counts[state] += 1
            if as_jsonl:
                emit(msgspec.json.encode(_line(name, outcome)))
            elif isinstance(outcome, Failure):
                complain(outcome.failure.message)
            elif not quiet:
                click.echo(f"{WORDS[state]:14}{outcome.document}  {_reports(outcome)}{cut(name, 90)}")
            tell(counts)
    total = sum(counts.values())
    complain(f"{total:,} documents: " + (", ".join(f"{n:,} {WORDS[s]}" for s, n in counts.items() if n) or "nothing to do"))
    if not counts["failed"]:
        return DONE
    return INPUT if counts["failed"] == total else SOME


def _reports(outcome: Any) -> str:
    if outcome.state == "present":
        return ""
    return f"{outcome.reports} report{'s'[: outcome.reports != 1]}  "


def _line(name: str, outcome: Any) -> dict[str, object]:
    if isinstance(outcome, Failure):
        return {"name": name, "state": "failed", "code": outcome.failure.code, "message": outcome.failure.message}
    return {"name": name, "state": outcome.state, "document": outcome.document, "reports": outcome.reports}


@contextmanager
def _running(wanted: bool) -> Iterator[Callable[[dict[str, int]], None]]:
    """A running count on stderr, where a person looks at it."""
    if not wanted or not is_terminal(sys.stderr):
        yield lambda counts: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(),
        console=console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None, words="beginning")

        def tell(counts: dict[str, int]) -> None:
            words = ", ".join(f"{n:,} {WORDS[s]}" for s, n in counts.items() if n)
            progress.update(task, words=words)

        yield tell


COMMANDS = (add, reread_all)
