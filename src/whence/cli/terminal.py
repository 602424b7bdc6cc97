"""Output to a terminal or a pipe: consoles, and words that cannot do harm there."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

NARROWEST, WIDEST, PIPED = 80, 140, 100

_DIRECTED = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = re.compile(f"[{_DIRECTED}\ufeff\u2028\u2029\U000e0000-\U000e007f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ESCAPED_IN_JSON = re.compile(f"[\x7f-\x9f{_DIRECTED}]")


def shown(text: str) -> str:
    """A text that may have come from anywhere as it can be shown: controls as pictures, no marks of direction.

    Terminals obey escape sequences, and marks of direction can make a line read otherwise than it is.
    """
    text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub(lambda m: chr(0x2400 + ord(m[0])) if m[0] < " " else "\u2421" if m[0] == "\x7f" else "\ufffd", text)
    return text.encode("utf8", "replace").decode("utf8")


def line(text: str) -> str:
    """The same on one line, white space drawn together."""
    return " ".join(shown(text).split())


def cut(text: str, length: int) -> str:
    """At most `length` characters, cut between words."""
    text = line(text)
    if len(text) <= length:
        return text
    head = text[: length - 1]
    space = head.rfind(" ")
    return (head[:space] if space > length * 0.6 else head).rstrip(" ,;:—–-") + "…"


def json_for_terminal(data: bytes) -> bytes:
    """JSON with the characters that a terminal would obey written as escapes; the same value."""
    return _ESCAPED_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", data.decode("utf8")).encode("utf8")


def console(*, plain: bool = False, stderr: bool = False, width: int | None = None) -> Console:
    """A console on stdout or stderr, 80 to 140 columns wide; without colours where it is piped or `plain`."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    terminal = is_terminal(stream)
    if width is None:
        if terminal:
            width = shutil.get_terminal_size((PIPED, 24)).columns
        else:
            told = os.environ.get("COLUMNS", "")
            width = int(told) if told.isdigit() else PIPED
        width = min(WIDEST, max(NARROWEST, width))
    return Console(
        file=stream,
        width=width,
        no_color=plain or None,
        force_terminal=terminal and not plain,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        color_system=None if plain else "auto",
        legacy_windows=False,
    )


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sits before a stream."""
    return hasattr(stream, "isatty") and stream.isatty()


def emit(data: bytes) -> None:
    """A line of output as bytes, whatever the locale's encoding."""
    if is_terminal(sys.stdout):
        data = json_for_terminal(data)
    click.echo(data)


@contextmanager
def building(what: str) -> Iterator[Callable[[float, str], None]]:
    """A progress bar on stderr for something that is made once; a line of words where stderr is no terminal."""
    if not is_terminal(sys.stderr):
        click.echo(f"whence: {what} ...", err=True)
        yield lambda share, step: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn(what),
        BarColumn(),
        TextColumn("{task.fields[step]}"),
        TimeElapsedColumn(),
        console=console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task(what, total=1.0, step="")
        yield lambda share, step: progress.update(task, completed=share, step=step)


@contextmanager
def counting(wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """A running count of documents read and failed on stderr, where a person looks at it."""
    if not wanted or not is_terminal(sys.stderr):
        yield lambda done, failed: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(),
        console=console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None, words="loading the language model")

        def tell(done: int, failed: int) -> None:
            words = f"{done:,} documents read" + (f", {failed:,} failed" if failed else "")
            progress.update(task, words=words)

        yield tell


@contextmanager
def waiting(words: str) -> Iterator[Any]:
    """A spinner on stderr while something loads, where a person looks at it."""
    if not is_terminal(sys.stderr):
        yield None
        return
    with console(stderr=True).status(words) as status:
        yield status
