"""`whence link`: what is kept is linked, or the event mentions of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from .program import DONE, INPUT, SOME, complain
from .storing import opened, place_of, store_options
from .terminal import building, emit

if TYPE_CHECKING:
    from whence.coreference import Given
    from whence.records import Failure


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a file with texts and, it may be, their mentions; other fields are passed over."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    mentions: tuple[dict[str, Any], ...] | None = None


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a file of mentions."""

    document: str
    start: int
    end: int


@click.command("link")
@click.argument("inputs", nargs=-1, metavar="[FILE.jsonl]")
@click.option(
    "--jsonl", "as_jsonl", is_flag=True, help='Of FILE.jsonl a line {"cluster", "document", "start", "end"} for each event mention.'
)
@click.option(
    "--mentions",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help='Take the mentions given there, a line {"document", "start", "end"} each, or documents with "text" and "mentions".',
)
@store_options
def link(inputs: tuple[str, ...], as_jsonl: bool, mentions: Path | None, place: str | None, config: Path | None) -> int:
    """Link the reports that are kept into incidents; or the event mentions of a file, which is then not kept.

    Without FILE.jsonl what was added or judged since is linked, and the rest stays as it was. With it every mention of an event in its
    texts gets a cluster; with --mentions reading is left out and only linking is done.
    """
    if not inputs and mentions is None:
        return _link_store(place, config)
    if len(inputs) > 1:
        raise click.UsageError("link takes one file; put its lines together with cat")
    from whence import coreference

    from . import reading

    settings = place_of(place, config)[1]
    whence = reading.engine(settings)
    given = _given(inputs, mentions, settings)
    with building("Linking mentions") as tell:
        placed, failed = coreference.linked(whence, _counted(given, tell))
    for item in placed:
        emit(msgspec.json.encode(item))
    for failure in failed:
        complain(failure.failure.message)
    if not placed and failed:
        return INPUT
    return SOME if failed else DONE


def _link_store(place: str | None, config: Path | None) -> int:
    from .linking import linked

    with opened(place, config) as store:
        done = linked(store)
    if done.reports == 0 and done.clusters == 0:
        complain("nothing was added or judged since the last time")
    else:
        complain(
            f"{done.reports:,} reports linked: {done.compared:,} pairs compared, {done.links:,} links, {done.clusters:,} incidents new or "
            f"changed, {done.edges:,} edges of lineage"
        )
    return DONE


def _counted(given: Iterable[Given | Failure], tell: Any) -> Iterator[Given | Failure]:
    for n, item in enumerate(given, 1):
        yield item
        tell(0.0, f"{n:,} texts")


def _given(inputs: tuple[str, ...], mentions: Path | None, settings: Any) -> Iterable[Given | Failure]:
    from whence.coreference import Given
    from whence.intake import Overrides, sources
    from whence.records import Failure

    if mentions is None:
        found = sources(inputs, settings=settings.intake, overrides=Overrides())
        return (s if isinstance(s, Failure) else Given(source=s) for s in found)
    if not inputs:
        return _with_mentions(mentions)
    spans: dict[str, list[tuple[int, int]]] = {}
    for line, row in _rows(mentions, Mention):
        _check(mentions, line, row.start, row.end, None)
        spans.setdefault(row.document, []).append((row.start, row.end))
    return _with_spans(sources(inputs, settings=settings.intake, overrides=Overrides()), spans, mentions)


def _with_spans(found: Iterable[Any], spans: dict[str, list[tuple[int, int]]], path: Path) -> Iterator[Given | Failure]:
    from whence.coreference import Given
    from whence.errors import IntakeError
    from whence.records import Failure

    left = set(spans)
    for source in found:
        if isinstance(source, Failure):
            yield source
            continue
        left.discard(source.id)
        mine = spans.get(source.id, [])
        for start, end in mine:
            if end > len(source.text):
                raise IntakeError(
                    f"{path}: mention {start}..{end} of {source.id!r} lies beyond its {len(source.text)} characters", code="malformed"
                )
        yield Given(source=source, spans=tuple(mine))
    if left:
        raise IntakeError(
            f"{path}: has mentions of {sorted(left)[0]!r}, which is not among the texts; give them both from one set", code="malformed"
        )


def _with_mentions(path: Path) -> Iterator[Given | Failure]:
    from whence.coreference import Given
    from whence.errors import IntakeError
    from whence.intake import text_source

    for line, row in _rows(path, Text):
        if row.mentions is None:
            raise IntakeError(f'{path}, line {line}: has no "mentions"; give the texts as FILE.jsonl beside --mentions', code="malformed")
        spans = []
        for m in row.mentions:
            if not isinstance(m.get("start"), int) or not isinstance(m.get("end"), int):
                raise IntakeError(f'{path}, line {line}: a mention wants "start" and "end", whole numbers', code="malformed")
            _check(path, line, m["start"], m["end"], len(row.text))
            spans.append((m["start"], m["end"]))
        source = text_source(row.text, identity=row.id, published=row.published, publisher=row.publisher, title=row.title, language="en")
        yield Given(source=source, spans=tuple(spans))


def _check(path: Path, line: int, start: int, end: int, length: int | None) -> None:
    from whence.errors import IntakeError

    if not 0 <= start < end or (length is not None and end > length):
        raise IntakeError(
            f"{path}, line {line}: {start}..{end} is no stretch of the text; start and end are code points, half-open", code="malformed"
        )


def _rows(path: Path, kind: Any) -> Iterator[tuple[int, Any]]:
    from whence.errors import IntakeError

    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as stream:
        for n, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield n, decoder.decode(line)
                except msgspec.MsgspecError as error:
                    raise IntakeError(f"{path}, line {n}: {error}", code="malformed") from None


COMMANDS = (link,)
