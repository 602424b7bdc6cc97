"""The program and its commands; each command's own module is imported when it runs, so that `--help` is quick."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from whence._version import __version__
from whence.errors import (
    ConfigError,
    Conflict,
    IntakeError,
    NotFound,
    ReaderError,
    RequirementError,
    ResourceError,
    StoreError,
    WhenceError,
)

from .gazetteering import COMMANDS as GAZETTEER_COMMANDS

DONE, INPUT, USAGE, SOME = 0, 1, 2, 3
"""Exit codes: done; the input is no document; usage, configuration or installation; some documents failed."""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class OutputClosedError(Exception):
    """Whoever read our output has gone away."""


class Program(click.Group):
    """The one place where errors end: a message on stderr and an exit code, never a traceback (but with --debug)."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # click would take it for a failure
            raise OutputClosedError from error

    def main(self, args: Sequence[str] | None = None, *positional: Any, **options: Any) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        head = words[: words.index("--")] if "--" in words else words
        debug = "--debug" in head
        if debug:
            words.remove("--debug")
        logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, format="whence: %(message)s", stream=sys.stderr)
        if not debug:
            logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
            logging.getLogger("htmldate").setLevel(logging.CRITICAL)
        options["standalone_mode"] = False
        _speak_utf8()
        try:
            code = super().main(words, *positional, **options)
            sys.stdout.flush()
        except Exception as error:
            if debug and not isinstance(error, click.ClickException | BrokenPipeError | OutputClosedError | click.Abort):
                raise
            _end(error)
        sys.exit(code if isinstance(code, int) else DONE)


def _speak_utf8() -> None:
    """Write UTF-8 to files and pipes whatever the locale says, and to no terminal what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        plain = (getattr(stream, "encoding", "") or "").lower() in ("ascii", "us-ascii", "ansi_x3.4-1968", "646")
        if plain or not stream.isatty():
            reconfigure(encoding="utf-8", errors="replace")
        else:
            reconfigure(errors="replace")


def _end(error: Exception) -> NoReturn:
    """The message of an error and the exit code it stands for."""
    if isinstance(error, BrokenPipeError | OutputClosedError):
        # There is nothing left to say, not even by the interpreter at its end.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    if isinstance(error, click.Abort):
        click.echo("whence: stopped", err=True)
        sys.exit(130)
    if isinstance(error, click.ClickException):
        error.show()
        sys.exit(USAGE)
    if isinstance(error, WhenceError):
        complain(str(error))
        sys.exit(exit_code(error))
    if isinstance(error, OSError):
        complain(f"{error.filename or 'the system'}: {error.strerror or error}")
        sys.exit(USAGE)
    complain(f"internal error ({type(error).__name__}: {error}); run again with --debug and please report it")
    sys.exit(INPUT)


def exit_code(error: WhenceError) -> int:
    """The exit code that an error stands for."""
    if isinstance(error, IntakeError | ReaderError | NotFound | Conflict):
        return INPUT
    if isinstance(error, ConfigError | RequirementError | ResourceError | StoreError):
        return USAGE
    return INPUT


def complain(message: str) -> None:
    """A message to a person, on stderr."""
    from .terminal import shown

    click.echo(f"whence: {shown(message)}", err=True)


@click.group(cls=Program, context_settings=CONTEXT)
@click.version_option(__version__, "--version", message="whence %(version)s")
def main() -> None:
    """Read conflict reporting into sourced data: who did what to whom, where, when, and who says so."""


class Day(click.ParamType[str]):
    """A date written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from datetime import date

        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.fail(f"{value!r} is no date; write YYYY-MM-DD, as in 2022-03-21", param, ctx)


def column_options(command: Any) -> Any:
    """Where the fields of a table are; what is not said is guessed by the header, and the guess is told."""
    for field, what in (
        ("url", "address"), ("publisher", "outlet"), ("published", "date of publication"), ("title", "title"), ("id", "id"),
        ("text", "text"),
    ):  # fmt: skip
        words = f"Column of a CSV or TSV file that has the {what}, by its name or number."
        command = click.option(f"--{field}-column", metavar="NAME", help=words)(command)
    return command


def columns_of(options: dict[str, Any]) -> Any:
    """The columns that the options name; they are taken out of `options`."""
    from whence.intake import Columns

    return Columns(**{field: options.pop(f"{field}_column") for field in Columns.__struct_fields__})


def _config(command: Any) -> Any:
    return click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings (TOML); `whence config` shows them.")(
        command
    )


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--json", "as_json", is_flag=True, help="The reading as one indented JSON object (one document).")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="One reading a line, failures as lines (any number of documents).")
@click.option("--published", type=Day(), help="Date of publication, in place of the one found in the document.")
@click.option("--publisher", metavar="NAME", help="Outlet that published it, in place of the one found.")
@click.option("--language", metavar="CODE", help="Language of the text (en), in place of the one detected.")
@click.option("--ask", multiple=True, metavar="TEXT", help="A question to weigh the claims on; may be repeated.")
@click.option("--explain", metavar="ID", help="The words, rules and scores behind a record (or row number) of the reading.")
@click.option("--model", metavar="NAME", help="Language model: fast (bundled) or an installed spaCy pipeline.")
@click.option(
    "--reader",
    type=click.Choice(("built-in", "llm")),
    default="built-in",
    show_default=True,
    help="llm: ask the language model at WHENCE_LLM_URL for attributions and events; the texts are sent there.",
)
@click.option("--plain", "--no-color", "plain", is_flag=True, help="No colours and no box characters.")
@column_options
@_config
def read(**options: Any) -> int:
    """Read reports and print who did what to whom, where, when, and who says so.

    INPUT is a file (text, HTML, PDF, DOCX, EML, MBOX, CSV or TSV, an RSS or Atom feed, a WARC archive, a Telegram or WhatsApp export,
    ZIP or gzip of any of these, or .jsonl, of which a line is {"id", "text", "title"?, "publisher"?, "published"?, "url"?,
    "language"?}), a folder, a web address, or - for standard input.

    Exit codes: 0 done, 1 the input is no document, 2 usage or configuration, 3 some documents failed.
    """
    from .reading import Wanted, read_inputs

    return read_inputs(Wanted(columns=columns_of(options), **options))


@main.command()
@click.option("--plain", "--no-color", "plain", is_flag=True, help="No colours and no box characters.")
@click.option("--only", metavar="NUMBER", multiple=True, help="Only the report whose name begins so (03); may be repeated.")
@_config
def demo(**options: Any) -> int:
    """Read the bundled demonstration reports (all invented) and print their briefs."""
    from .reading import read_demo

    return read_demo(**options)


@main.command()
def readers() -> None:
    """The stages of a reading: name, version, what each needs and finds, how, and what it is known to miss."""
    from .inspecting import print_readers

    print_readers()


@main.command()
@_config
def config(config: Path | None) -> None:
    """Every setting with its value and where it comes from."""
    from .inspecting import print_config

    print_config(config)


@main.command()
def schema() -> None:
    """The JSON Schema of a reading."""
    from .inspecting import print_schema

    print_schema()


@main.group()
def gazetteer() -> None:
    """The place index that toponyms are looked up in."""


for _command in GAZETTEER_COMMANDS:
    gazetteer.add_command(_command)


@gazetteer.command()
@_config
def build(config: Path | None) -> None:
    """Build the index anew (about 20 seconds, once)."""
    from .inspecting import build_gazetteer

    build_gazetteer(config)


@gazetteer.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="Places shown at most.")
@_config
def find(name: tuple[str, ...], limit: int, config: Path | None) -> int:
    """Places that bear a name, in any usual spelling."""
    from .inspecting import find_places

    return find_places(" ".join(name), limit, config)


@main.command()
@click.option(
    "--shared",
    type=click.Path(path_type=Path),
    default=Path("../shared"),
    show_default=True,
    metavar="FOLDER",
    help="Folder with gold/ and score/; without it only the project's own gold is scored.",
)
@click.option("--task", "tasks", multiple=True, metavar="TASK", help="Only this task (attribution, events, ...); may be repeated.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N documents of each set, always the same.")
@click.option("--markdown", is_flag=True, help="The table in Markdown, as in the README.")
@click.option("--gate", is_flag=True, help="Fail where a score is below its floor or the gold has changed.")
@click.option("--update", is_flag=True, help="Pin the floors to the scores of this run.")
@click.option("--reason", metavar="TEXT", help="Why a floor is lowered or its gold replaced; kept beside the floor.")
@click.option("--floors", type=click.Path(path_type=Path), metavar="FILE", help="The file of floors, if not the bundled one.")
@click.option("--keep", type=click.Path(path_type=Path), metavar="FOLDER", help="Keep the readings and scores there.")
@_config
def evaluate(**options: Any) -> int:
    """Score readings against gold data and print one table; with --gate, defend the floors."""
    from .evaluating import run_evaluation

    return run_evaluation(**options)
