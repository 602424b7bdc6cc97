"""`whence read` and `whence demo`: from inputs to briefs, objects or lines."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from whence.config import Settings, load_settings
from whence.records import Failure, Reading, Source, encode

from .program import DONE, INPUT, SOME, complain
from .terminal import building, console, counting, emit, is_terminal, waiting

if TYPE_CHECKING:
    from whence.intake import Columns
    from whence.pipeline import Whence
    from whence.readers.llm import Model


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks for."""

    inputs: tuple[str, ...]
    as_json: bool
    as_jsonl: bool
    published: str | None
    publisher: str | None
    language: str | None
    ask: tuple[str, ...]
    explain: str | None
    model: str | None
    reader: str
    plain: bool
    config: Path | None
    columns: Columns


def read_inputs(wanted: Wanted) -> int:
    """Read every input in the form that is wanted; the exit code."""
    from whence.intake import Overrides, sources

    if wanted.as_json and wanted.as_jsonl:
        raise click.UsageError("--json prints one object, --jsonl a line for each document: give one of them")
    if wanted.explain and wanted.as_jsonl:
        raise click.UsageError("--explain is about one reading: use it without --jsonl")
    settings, _ = load_settings(wanted.config)
    if wanted.model:
        language = msgspec.structs.replace(settings.language, model=wanted.model)
        settings = msgspec.structs.replace(settings, language=language)
    overrides = Overrides(published=wanted.published, publisher=wanted.publisher, language=wanted.language)
    found = sources(wanted.inputs, settings=settings.intake, overrides=overrides, columns=wanted.columns)
    first = list(itertools.islice(found, 2))
    if len(first) > 1 and (wanted.as_json or wanted.explain):
        option = "--json" if wanted.as_json else "--explain"
        raise click.UsageError(f"{option} takes one document and there are more: use --jsonl, a line for each")
    if len(first) == 1 and isinstance(first[0], Failure) and not wanted.as_jsonl:
        complain(first[0].failure.message)
        return INPUT
    asked = _asked(settings) if wanted.reader == "llm" else None
    try:
        whence = engine(settings, ask=wanted.ask, model=asked)
        if wanted.explain:
            from .explain import explain

            assert isinstance(first[0], Source)
            return explain(whence, first[0], wanted.explain, as_json=wanted.as_json, plain=wanted.plain)
        everything = itertools.chain(first, found)
        if wanted.as_jsonl:
            return _lines(whence, everything)
        return _briefs(whence, everything, alone=len(first) == 1, wanted=wanted)
    finally:
        if asked is not None and asked.spent.requests:
            complain(asked.bill())


def _asked(settings: Settings) -> Model:
    """The language model that the environment names; a person is told where texts leave the machine."""
    from whence.readers.llm import Model

    model = Model.from_environment(settings.llm)
    if model.leaves:
        complain(f"warning: every text read now leaves this machine: it is sent to {model.host}, whose owner can read and keep it")
    return model


def engine(settings: Settings, *, ask: tuple[str, ...] = (), model: Model | None = None) -> Whence:
    """The engine; the place index is built first where there is none. ResourceError where the model is missing."""
    prepare(settings)
    with waiting("loading the language model"):
        from whence.pipeline import Whence

        return Whence(settings, ask=ask, model=model)


def prepare(settings: Settings) -> None:
    """Build the place index where there is none of this version's form."""
    from whence.gazetteer import Gazetteer, build

    path = settings.gazetteer()
    if not Gazetteer.usable(path):
        with building("Building the place index (once)") as progress:
            build(path, progress=progress)


def _lines(whence: Whence, found: Iterator[Source | Failure]) -> int:
    done = failed = 0
    with counting(not is_terminal(sys.stdout)) as tell:
        for item in whence.read_many(found):
            emit(encode(item))
            done += 1
            failed += isinstance(item, Failure)
            tell(done, failed)
    if failed:
        complain(f"{failed:,} of {done:,} documents could not be read; their lines say why")
    return SOME if failed else DONE


def _briefs(whence: Whence, found: Iterator[Source | Failure], *, alone: bool, wanted: Wanted) -> int:
    from .brief import print_brief

    out = console(plain=wanted.plain)
    done = failed = 0
    with counting(not alone and not is_terminal(sys.stdout)) as tell:
        for item in whence.read_many(found, batch=1 if is_terminal(sys.stdout) else 16):
            done += 1
            if isinstance(item, Failure):
                failed += 1
                complain(item.failure.message)
            elif wanted.as_json:
                emit(indented(item))
            else:
                if done > 1:
                    _rule(wanted.plain)
                print_brief(item, out)
            tell(done, failed)
    if alone:
        return INPUT if failed else DONE
    if failed:
        complain(f"{failed:,} of {done:,} documents could not be read")
    return SOME if failed else DONE


def indented(reading: Reading) -> bytes:
    """A reading as an indented JSON object."""
    return msgspec.json.format(encode(reading), indent=2)


def _rule(plain: bool) -> None:
    out = console(plain=plain)
    out.print()
    out.print(("-" if plain else "─") * out.width, style="dim")
    out.print()


def demo_sources() -> list[Source]:
    """The bundled demonstration reports, as intake would hand them on."""
    from whence.data import path_of, toml
    from whence.intake import text_source

    return [
        text_source(
            path_of(f"demo/{entry['file']}").read_text(encoding="utf8"),
            identity=entry["id"],
            published=entry.get("published"),
            publisher=entry["publisher"],
            title=entry["title"],
            url=entry.get("url"),
            language=entry.get("language"),
        )
        for entry in toml("demo/index.toml")["report"]
    ]


def read_demo(*, plain: bool, only: tuple[str, ...], config: Path | None) -> int:
    """The briefs of the demonstration reports."""
    from .brief import print_brief

    settings, _ = load_settings(config)
    found = [s for s in demo_sources() if not only or any(s.id.startswith(o) for o in only)]
    if not found:
        names = ", ".join(s.id for s in demo_sources())
        raise click.UsageError(f"--only {' '.join(only)}: no such report; there are {names}")
    out = console(plain=plain)
    failed = 0
    whence = engine(settings)
    for n, item in enumerate(whence.read_many(found, batch=4)):
        if n:
            _rule(plain)
        if isinstance(item, Failure):
            failed += 1
            complain(item.failure.message)
        else:
            print_brief(item, out)
    out.print()
    out.print(f"{len(found)} reports read, all of them invented for demonstration: no such event took place.", style="dim")
    return SOME if failed else DONE
