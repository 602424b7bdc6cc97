"""Inputs as people name them - a file, a folder, an address, standard input - and the sources they hold, one by one."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from whence.config import IntakeSettings
from whence.errors import IntakeError
from whence.records import Failure, Source, failure

from .decoding import decode
from .fetching import fetch, is_url
from .page import looks_like_html, read_page

READ = (".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson")
LINES = (".jsonl", ".ndjson")
MARKUP = (".html", ".htm", ".xhtml")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `--jsonl` input."""

    id: str | int
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


class Overrides(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of the documents; it outranks what is found in them."""

    published: str | None = None
    publisher: str | None = None
    language: str | None = None


def sources(
    inputs: Iterable[str], *, settings: IntakeSettings, overrides: Overrides, stdin: BinaryIO | None = None
) -> Iterator[Source | Failure]:
    """Every document of the inputs, in order. What is no document comes as its failure; the run goes on."""
    seen: dict[str, int] = {}
    for name in inputs:
        for found in _of_input(name, settings, stdin):
            item = _within(found, settings) if isinstance(found, Source) else found
            if isinstance(item, Source):
                n = seen[item.id] = seen.get(item.id, 0) + 1
                if n > 1:
                    item = msgspec.structs.replace(item, id=f"{item.id}#{n}")
                item = overridden(item, overrides)
            yield item


def overridden(source: Source, overrides: Overrides) -> Source:
    """A source with what a person says of it in place of what was found."""
    changes: dict[str, Any] = {}
    if overrides.published:
        changes |= {"published": overrides.published, "published_from": "given"}
    if overrides.publisher:
        changes["publisher"] = overrides.publisher
    if overrides.language:
        changes["language"] = overrides.language
    if not changes:
        return source
    given = dict.fromkeys((*source.given, *(f for f in changes if f != "published_from")))
    return msgspec.structs.replace(source, **changes, given=tuple(given))


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


def text_source(
    text: str,
    *,
    identity: str,
    published: str | date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Source:
    """A text with what is known of it. IntakeError as for `from_text`, `malformed` where the date is none."""
    if isinstance(published, datetime):
        published = published.date()
    day = iso_day(str(published), identity) if published else None
    told = {"title": title, "publisher": publisher, "published": day, "url": url, "language": language}
    return msgspec.structs.replace(
        from_text(text, identity=identity),
        given=tuple(field for field, value in told.items() if value),
        title=title or None,
        publisher=publisher or None,
        published=day,
        published_from="given" if day else None,
        url=url or None,
        language=language or None,
    )


def _within(source: Source, settings: IntakeSettings) -> Source | Failure:
    if len(source.text) > settings.max_characters:
        return failure(
            source.id,
            "too_large",
            f"{source.id}: {len(source.text):,} characters; at most {settings.max_characters:,} are read as one "
            "document. Split it into its reports, or raise intake.max_characters",
        )
    return source


def _of_input(name: str, settings: IntakeSettings, stdin: BinaryIO | None) -> Iterator[Source | Failure]:
    try:
        if name == "-":
            yield from _of_stream(stdin if stdin is not None else sys.stdin.buffer, settings)
        elif is_url(name):
            body, final, charset = fetch(name, max_bytes=settings.max_download, timeout=settings.timeout)
            text = decode(body, name=name, declared=charset)
            source = read_page(text, identity=name, url=final) if looks_like_html(text) else from_text(text, identity=name)
            yield msgspec.structs.replace(source, url=final, given=("url",), original=body)
        else:
            yield from _of_path(Path(name), name, settings)
    except IntakeError as error:
        yield failure("stdin" if name == "-" else name, error.code, str(error))


def _most_bytes(settings: IntakeSettings) -> int:
    """The largest file that is opened at all: beyond, no text of the longest kind could be in it, nor a page."""
    return max(settings.max_download, 4 * settings.max_characters)


def _of_stream(stream: BinaryIO, settings: IntakeSettings) -> Iterator[Source | Failure]:
    """Standard input: documents line by line where the first line is one, else one document."""
    name, most = "standard input", _most_bytes(settings)
    first = stream.readline(most + 1)
    while first and not first.strip():
        first = stream.readline(most + 1)
    if first.lstrip().removeprefix(b"\xef\xbb\xbf").startswith(b"{") and _is_line(first):
        yield from lines(itertools.chain([first], stream), name=name)
        return
    data = first + stream.read(max(0, most + 1 - len(first)))
    if len(data) > most:
        raise IntakeError(
            f"{name}: more than {most:,} bytes; split it into its reports, or raise intake.max_characters",
            code="too_large",
        )
    yield from _of_bytes(data, name=name, identity="stdin", suffix="")


def _of_path(path: Path, name: str, settings: IntakeSettings) -> Iterator[Source | Failure]:
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in READ)
        if not files:
            raise IntakeError(f"{name}: no {', '.join(READ)} files in this folder", code="empty")
        for file in files:
            try:
                yield from _of_path(file, file.relative_to(path).as_posix(), settings)
            except IntakeError as error:
                yield failure(file.relative_to(path).as_posix(), error.code, str(error))
        return
    suffix = path.suffix.lower()
    try:
        if suffix in LINES:
            with path.open("rb") as stream:
                yield from lines(stream, name=name)
            return
        size, most = path.stat().st_size, _most_bytes(settings)
        if size > most:
            raise IntakeError(
                f"{name}: {size:,} bytes; at most {most:,} are read as one document. Split it into its reports, "
                "or raise intake.max_characters",
                code="too_large",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise IntakeError(f"{name}: no such file or folder", code="not_found") from None
    except OSError as error:
        raise IntakeError(f"{name}: cannot be read ({error.strerror or error})", code="unreadable") from None
    yield from _of_bytes(data, name=name, identity=name, suffix=suffix)


def _of_bytes(data: bytes, *, name: str, identity: str, suffix: str) -> Iterator[Source | Failure]:
    text = decode(data, name=name)
    if suffix in MARKUP or (suffix == "" and looks_like_html(text)):
        yield msgspec.structs.replace(read_page(text, identity=identity), original=data)
    elif suffix == "" and text.startswith("{") and _is_line(text.split("\n", 1)[0].encode("utf8", "replace")):
        yield from lines((line.encode("utf8") for line in text.split("\n")), name=name)
    else:
        yield msgspec.structs.replace(from_text(text, identity=identity, name=name), original=data)


def _is_line(line: bytes) -> bool:
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
