"""`whence export`: incidents out in the formats of the field, each with what it could not carry."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .linking import linked, rule_option
from .program import DONE, INPUT, complain
from .storing import chosen, filters, opened, place_of, store_options
from .terminal import cut, is_terminal

if TYPE_CHECKING:
    from whence.exports import LossReport, Redaction
    from whence.records import Reading
    from whence.store import Store

FORMATS = (
    "acled",
    "ucdp",
    "polecat",
    "geojson",
    "xlsx",
    "hxl",
    "parquet",
    "ftm",
    "stix",
    "prov",
    "claimreview",
    "annotations",
    "html",
    "docx",
)
BINARY = ("xlsx", "parquet", "docx")
TEXTS = ("parquet", "annotations", "prov", "stix", "xlsx", "polecat")
"""Formats that want the digest or language of texts, or the words around a quote."""
SAID = 12
"""Losses that are named on the terminal; --losses keeps all."""


def readings_options(command: Any) -> Any:
    """Readings in place of the store."""
    return click.option(
        "--file",
        "files",
        multiple=True,
        metavar="FILE",
        help="In place of the store: a document (read now) or readings as `whence read --json` or --jsonl gives them; may be repeated.",
    )(command)


def redact_option(command: Any) -> Any:
    """Names that must not leave."""
    return click.option(
        "--redact",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        help="Withhold the names listed there, a line each: NAME, or NAME, a tab, and what stands in its place.",
    )(command)


def redaction(path: Path | None) -> Redaction:
    """What is withheld; nothing without a file."""
    from whence.errors import ConfigError
    from whence.exports.redaction import Redaction, redaction_of

    if path is None:
        return Redaction()
    try:
        return redaction_of(path.read_text(encoding="utf-8-sig"), name=str(path))
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8; save the names as UTF-8") from None


@contextmanager
def incidents_of(place: str | None, config: Path | None, files: tuple[str, ...]) -> Iterator[tuple[Store, bool]]:
    """The store with all of it linked, or one of the given files alone; whether the times of keeping mean something."""
    if not files:
        with opened(place, config) as store:
            linked(store)
            yield store, True
        return
    from whence.exporting import kept_for_now

    with kept_for_now(_readings(files, config)) as store:
        yield store, False


def _readings(files: tuple[str, ...], config: Path | None) -> Iterator[Reading]:
    """Readings as they stand in the files, and documents read now."""
    from whence.errors import IntakeError
    from whence.records import Reading

    waiting: list[str] = []
    for name in files:
        if name == "-":
            data = sys.stdin.buffer.read()
        else:
            path = Path(name)
            if not path.is_file() or path.suffix not in (".json", ".jsonl"):
                waiting.append(name)
                continue
            if path.suffix == ".jsonl" and _holds_readings(path):
                yield from _lines(path)
                continue
            data = path.read_bytes()
        found = list(_decoded(data, name))
        if found:
            yield from found
        elif name == "-":
            raise IntakeError("standard input: holds no reading; pipe in what `whence read --json` or --jsonl prints", code="malformed")
        else:
            waiting.append(name)
    if waiting:
        from whence.intake import Overrides, sources

        from . import reading

        settings = place_of(None, config)[1]
        whence = reading.engine(settings)
        for item in whence.read_many(sources(tuple(waiting), settings=settings.intake, overrides=Overrides())):
            if isinstance(item, Reading):
                yield item
            else:
                complain(item.failure.message)


def _holds_readings(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"whence.reading" in stream.readline(400)


def _lines(path: Path) -> Iterator[Reading]:
    """Readings a line each, one at a time; failures are passed over."""
    with path.open("rb") as stream:
        for number, part in enumerate(stream, 1):
            if part.strip():
                yield from _line(part, f"{path}, line {number}")


def _line(part: bytes, where: str) -> Iterator[Reading]:
    import msgspec

    from whence.errors import IntakeError
    from whence.records import decode

    try:
        if "failure" not in msgspec.json.decode(part):
            yield decode(part)
    except msgspec.MsgspecError as error:
        raise IntakeError(f"{where}: is no reading ({error}); read the document again", code="malformed") from None


def _decoded(data: bytes, name: str) -> Iterator[Reading]:
    """The readings of a file: one object, or one a line, failures passed over. IntakeError where a line is neither."""
    import msgspec

    from whence.errors import IntakeError
    from whence.records import decode

    head = data.lstrip()[:400]
    if b'"schema"' not in head or b"whence.reading" not in head:
        return
    try:
        yield decode(data)
        return
    except msgspec.MsgspecError as whole:
        lines = [(n, part) for n, part in enumerate(data.splitlines(), 1) if part.strip()]
        if len(lines) < 2 or data.lstrip()[:2] == b"{\n":
            raise IntakeError(f"{name}: is no reading of this version ({whole}); read the document again", code="malformed") from None
    for number, part in lines:
        yield from _line(part, f"{name}, line {number}")


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("inputs", nargs=-1, metavar="[-|FILE...]")
@filters
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where to write, if not to standard output."
)
@rule_option
@redact_option
@click.option(
    "--losses", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Keep there, as JSON, what could not be carried."
)
@click.option("--no-check", is_flag=True, help="Do not check the file by the rules of its format before it is handed over.")
@readings_options
@store_options
def export(
    form: str,
    inputs: tuple[str, ...],
    out: Path | None,
    rule: Any,
    redact: Path | None,
    losses: Path | None,
    no_check: bool,
    files: tuple[str, ...],
    place: str | None,
    config: Path | None,
    **options: Any,
) -> int:
    """Write incidents in a format of the field: across all that is kept, or of readings alone.

    FORMAT is acled, ucdp, polecat, geojson, xlsx, hxl (CSV with hashtags), parquet, ftm (FollowTheMoney), stix, prov, claimreview,
    annotations (W3C), html or docx (a situation brief). With - the readings come from standard input:
    whence read FILE --json | whence export acled -

    What the format cannot carry is said on stderr, and kept with --losses. The file is checked by the format's own rules before it is
    handed over. Exit codes: 0 written, 1 nothing to write or the input is none, 2 usage, configuration or installation.
    """
    import msgspec

    from whence.errors import WhenceError
    from whence.exporting import rows
    from whence.exports import export as written
    from whence.exports import format_of
    from whence.exports.losses import encoded

    wanted = chosen(options)
    disputed = wanted.disputed  # of the whole incident here, as in `whence incidents`
    wanted = msgspec.structs.replace(wanted, disputed=None)
    if form in BINARY and out is None and is_terminal(sys.stdout):
        raise click.UsageError(f"{form} is no text for a terminal: give a file with --out")
    withheld = redaction(redact)
    with incidents_of(place, config, (*inputs, *files)) as (store, dated), tempfile.TemporaryDirectory(prefix="whence-") as folder:
        found = rows(store, wanted, rule=rule, texts=form in TEXTS, dated=dated, redaction=withheld)
        chosen_rows = (r for r in found if disputed is None or r.disputed == disputed)
        made = Path(folder) / f"export{format_of(form).SUFFIX}"
        report = written(form, chosen_rows, made)
        if losses is not None:
            losses.write_bytes(encoded(report) + b"\n")
        _say(report)
        if report.written == 0:
            complain("there is nothing to write" + (": the format takes none of them" if report.rows else ""))
            return INPUT
        if not no_check:
            problems = format_of(form).check(made)
            if problems:
                raise WhenceError(f"{form}: the file breaks the format's rules ({problems[0]}; {len(problems)} in all); please report it")
        if out is not None:
            shutil.copyfile(made, out)
        else:
            with made.open("rb") as stream:
                shutil.copyfileobj(stream, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    return DONE


def _say(report: LossReport) -> None:
    complain(f"{report.written:,} of {report.rows:,} incidents written as {report.format}")
    for loss in report.losses[:SAID]:
        complain(cut(f"  {loss.field}: {loss.what} ({loss.rows:,}: {', '.join(loss.examples[:2])}{', …' if loss.rows > 2 else ''})", 200))
    if len(report.losses) > SAID:
        complain(f"  {len(report.losses) - SAID} more kinds of loss; --losses FILE keeps them all")


COMMANDS = (export,)
