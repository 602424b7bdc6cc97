"""Texts as they stand, and documents line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from whence.errors import IntakeError
from whence.records import Failure, Source, failure


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `--jsonl` input."""

    id: str | int
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


def from_text(text: str, *, identity: str, name: str | None = None) -> Source:
    """A text as it stands. IntakeError `empty` where it has no words, `encoding` where it is no sound Unicode."""
    name = name or identity
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise IntakeError(f"{name}: is empty; give a document with text", code="empty")
    try:
        text.encode("utf8")
    except UnicodeEncodeError as error:
        raise IntakeError(f"{name}: half of a surrogate pair at character {error.start}; save it as UTF-8", code="encoding") from None
    return Source(id=identity, text=text)


def is_line(line: bytes) -> bool:
    """Whether a line is a JSON object with a text, as of `--jsonl` input."""
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "text" in found


_line_decoder = msgspec.json.Decoder(Line)


def lines(stream: Iterable[bytes], *, name: str) -> Iterator[Source | Failure]:
    """The documents of a JSONL stream, read line by line; a bad line is a failure that names its number."""
    any_line = False
    for number, raw in enumerate(stream, 1):
        if not raw.strip():
            continue
        any_line = True
        where = f"{name}, line {number}"
        identity = where
        try:
            line = _line_decoder.decode(raw.removeprefix(b"\xef\xbb\xbf"))
            identity = str(line.id) or where
            found = from_text(line.text, identity=identity, name=f"{where} ({identity})")
            yield msgspec.structs.replace(
                found,
                title=line.title or None,
                publisher=line.publisher or None,
                published=iso_day(line.published, where) if line.published else None,
                published_from="given" if line.published else None,
                url=line.url or None,
                language=line.language or None,
                original=raw.rstrip(b"\r\n"),
            )
        except msgspec.ValidationError as error:
            yield failure(identity, "malformed", f'{where}: {error}; a line is {{"id", "text", "title"?, ...}}')
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield failure(identity, "malformed", f"{where}: is no JSON ({error})")
        except IntakeError as error:
            yield failure(identity, error.code, str(error))
    if not any_line:
        raise IntakeError(f"{name}: holds no lines", code="empty")


def iso_day(value: str, where: str) -> str:
    """A day as YYYY-MM-DD; a time of day after it is dropped. IntakeError `malformed` where it is no date."""
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        raise IntakeError(f"{where}: published {value!r} is no date; write YYYY-MM-DD", code="malformed") from None
