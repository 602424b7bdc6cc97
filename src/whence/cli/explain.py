"""`--explain`: a record, the rules and scores behind it, and the words it stands on, in their context."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec
from rich.text import Text

from whence.errors import WhenceError
from whence.records import Extent, Mention, Reading, Record, Source, Span, Timex, Toponym

from .program import DONE, USAGE, complain, exit_code
from .terminal import console, cut, emit, line

if TYPE_CHECKING:
    from whence.pipeline import Whence

CONTEXT = 48
"""Characters of the text shown on either side of a span."""

LISTS = (
    "mentions",
    "entities",
    "timexes",
    "toponyms",
    "attributions",
    "events",
    "claims",
    "incidents",
    "questions",
    "relations",
)


def explain(whence: Whence, source: Source, wanted: str, *, as_json: bool, plain: bool) -> int:
    """Print what stands behind a record of a document; 2 where there is no such record."""
    try:
        draft, reading = whence.draft(source)
    except WhenceError as error:
        complain(str(error))
        return exit_code(error)
    records = {record.id: record for name in LISTS for record in getattr(reading, name)}
    identity = _meant(reading, records, wanted)
    if identity is None:
        known = ", ".join([i.id for i in reading.incidents][:6] or list(records)[:6]) or "none"
        complain(f"--explain {wanted}: no such record in this reading; there are {len(records)}, among them {known}")
        return USAGE
    record = records[identity]
    reasons = draft.why.get(identity, ())
    related = list(_related(record, records))
    if as_json:
        emit(msgspec.json.format(msgspec.json.encode(_as_json(reading, record, reasons, related, draft.why)), indent=2))
        return DONE
    _print(reading, record, reasons, [(r, draft.why.get(_id(r), ())) for r in related], plain=plain)
    return DONE


def _id(record: Record) -> str:
    return str(getattr(record, "id", ""))


def _meant(reading: Reading, records: dict[str, Any], wanted: str) -> str | None:
    """The id that is meant: itself, the number of a row, or the beginning of one id only."""
    if wanted in records:
        return wanted
    if wanted.isdigit() and 0 < int(wanted) <= len(reading.incidents):
        return reading.incidents[int(wanted) - 1].id
    begun = [i for i in records if i.startswith(wanted)]
    return begun[0] if len(begun) == 1 else None


def _related(record: Record, records: dict[str, Any]) -> Iterator[Record]:
    """The records that one points at, each once."""
    seen = {_id(record)}

    def ids(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield from ids(item)
        elif isinstance(value, msgspec.Struct) and not isinstance(value, Span):
            for name in value.__struct_fields__:
                yield from ids(getattr(value, name))

    for name in record.__struct_fields__:
        for found in ids(getattr(record, name)):
            if found in records and found not in seen:
                seen.add(found)
                yield records[found]


def spans_of(record: Record) -> Iterator[tuple[str, Span | Mention | Timex | Toponym]]:
    """Every span of a record with the path to it."""

    def walk(value: object, path: str) -> Iterator[tuple[str, Any]]:
        if isinstance(value, Span | Mention | Timex | Toponym):
            yield path, value
        elif isinstance(value, tuple):
            for n, item in enumerate(value):
                yield from walk(item, f"{path}[{n}]" if len(value) > 1 else path)
        elif isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                yield from walk(getattr(value, name), f"{path}.{name}".lstrip("."))

    yield from walk(record, "" if not isinstance(record, Mention | Timex | Toponym) else "words")


def _around(reading: Reading, span: Extent | Any) -> tuple[str, str, str]:
    text = reading.document.text
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    return line("…" + before), line(text[span.start : span.end]), line(after + "…")


def _as_json(
    reading: Reading, record: Record, reasons: tuple[str, ...], related: list[Record], why: dict[str, tuple[str, ...]]
) -> dict[str, object]:
    return {
        "document": reading.document.id,
        "record": record,
        "why": reasons,
        "words": [
            {
                "field": field,
                "start": s.start,
                "end": s.end,
                "text": s.text,
                "before": _around(reading, s)[0],
                "after": _around(reading, s)[2],
            }
            for field, s in spans_of(record)
        ],
        "related": [{"record": r, "why": why.get(_id(r), ())} for r in related],
    }


def _print(
    reading: Reading,
    record: Record,
    reasons: tuple[str, ...],
    related: list[tuple[Record, tuple[str, ...]]],
    *,
    plain: bool,
) -> None:
    out = console(plain=plain)
    out.print(Text(f"{type(record).__name__} {_id(record)}", style="bold"))
    pretty = json.dumps(json.loads(msgspec.json.encode(record)), indent=2, ensure_ascii=False)
    for row in pretty.splitlines():
        indent = len(row) - len(row.lstrip())
        out.print(Text("  " + " " * indent + line(row), style="dim"), soft_wrap=True)
    _print_why(out, reasons, "  ")
    spans = list(spans_of(record))
    if spans:
        out.print(Text("words", style="bold"))
    for field, span in spans:
        before, words, after = _around(reading, span)
        out.print(
            Text.assemble(
                f"  {field}  {span.start}..{span.end}  ",
                (f"{before} ", "dim"),
                (cut(words, 300), "bold"),
                (f" {after}", "dim"),
            )
        )
    if related:
        out.print(Text("made of", style="bold"))
    for other, why in related:
        first = next(iter(spans_of(other)), None)
        words = cut(first[1].text, 90) if first else cut(str(getattr(other, "name", "")), 90)
        out.print(Text.assemble((f"  {type(other).__name__} {_id(other)}  ", "cyan"), words))
        _print_why(out, why, "      ")


def _print_why(out: Any, reasons: tuple[str, ...], indent: str) -> None:
    if reasons and indent == "  ":
        out.print(Text("why", style="bold"))
    for reason in reasons:
        out.print(Text(f"{indent}{line(reason)}"))
