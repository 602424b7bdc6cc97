"""Inputs as people name them - a file, a folder, an address, standard input - and the sources they hold, one by one."""

from __future__ import annotations

import functools
import io
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import msgspec

from whence.config import IntakeSettings
from whence.errors import IntakeError
from whence.records import Failure, Source, failure

from .fetching import Answer, Rules, fetch, is_url
from .kinds import LINES, READ, wanted
from .lines import from_text, is_line, iso_day, lines
from .material import GUESSED, Columns, Limits, Material, blocks
from .routing import documents, most_bytes

BY_ADDRESS = (".csv", ".tsv", ".jsonl", ".ndjson", ".mbox", ".eml", ".txt")
"""Suffixes that mean the same in a web address as in a file's name; what others mean there, the bytes tell better."""


class Overrides(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of the documents; it outranks what is found in them."""

    published: str | None = None
    publisher: str | None = None
    language: str | None = None


def sources(
    inputs: Iterable[str],
    *,
    settings: IntakeSettings,
    overrides: Overrides,
    stdin: BinaryIO | None = None,
    columns: Columns = GUESSED,
) -> Iterator[Source | Failure]:
    """Every document of the inputs, in order. What is no document comes as its failure; the run goes on.

    `columns` says where the fields of tables are. RequirementError where a library for a kind of input is not installed.
    """
    seen: dict[str, int] = {}
    rules = functools.cache(functools.partial(_rules, settings))
    for name in inputs:
        for found in _of_input(name, Limits(settings, route=documents, columns=columns), stdin, rules):
            item = within(found, settings) if isinstance(found, Source) else found
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


def within(source: Source, settings: IntakeSettings) -> Source | Failure:
    """A source, or its failure where it is longer than is read as one document."""
    if len(source.text) > settings.max_characters:
        return failure(
            source.id,
            "too_large",
            f"{source.id}: {len(source.text):,} characters; at most {settings.max_characters:,} are read as one "
            "document. Split it into its reports, or raise intake.max_characters",
        )
    return source


def _of_input(name: str, limits: Limits, stdin: BinaryIO | None, rules: Callable[[], Rules]) -> Iterator[Source | Failure]:
    try:
        if name == "-":
            yield from _of_stream(stdin if stdin is not None else sys.stdin.buffer, limits, "standard input", "stdin")
        elif is_url(name):
            yield from _of_address(name, limits, rules())
        else:
            yield from _of_path(Path(name), name, limits)
    except IntakeError as error:
        yield failure("stdin" if name == "-" else name, error.code, str(error))


def _rules(settings: IntakeSettings) -> Rules:
    """What sites allow; one for all addresses of a run, so that a site is asked once and given its pauses."""
    from .robots import Robots

    return Robots(timeout=settings.timeout, delay=settings.delay, private=settings.private_addresses)


def _of_address(name: str, limits: Limits, rules: Rules) -> Iterator[Source | Failure]:
    settings = limits.settings
    answer = fetch(
        name,
        max_bytes=settings.max_download,
        timeout=settings.timeout,
        seconds=settings.max_seconds,
        private=settings.private_addresses,
        rules=rules,
    )
    yield from of_answer(answer, name, limits)


def of_answer(answer: Answer, name: str, limits: Limits) -> Iterator[Source | Failure]:
    """The documents of what was fetched; the one that is the whole answer is known by its address."""
    if not answer.body:
        raise IntakeError(f"{name}: answered with nothing", code="empty")
    suffix = PurePosixPath(urlsplit(answer.url).path).suffix.lower()
    material = Material(
        io.BytesIO(answer.body),
        name=name,
        suffix=suffix if suffix in BY_ADDRESS else "",
        charset=answer.charset,
        url=answer.url,
    )
    for found in documents(material, limits):
        if isinstance(found, Source):
            found = msgspec.structs.replace(found, retrieval=answer.retrieval)
            if found.id == name:
                found = msgspec.structs.replace(found, url=answer.url, given=tuple(dict.fromkeys((*found.given, "url"))))
        yield found


def _of_stream(stream: BinaryIO, limits: Limits, name: str, identity: str, suffix: str = "") -> Iterator[Source | Failure]:
    """What cannot be sought in: documents line by line as they come where the first line is one, else all of it first."""
    most = most_bytes(limits.settings)
    first = stream.readline(most + 1)
    while first and not first.strip():
        first = stream.readline(most + 1)
    if suffix in LINES or (first.lstrip().removeprefix(b"\xef\xbb\xbf").startswith(b"{") and is_line(first)):
        yield from lines(itertools.chain([first], stream), name=name)
        return
    with limits.unpacked(itertools.chain([first], blocks(stream)), name) as whole:
        yield from documents(Material(whole, name=name, identity=identity, suffix=suffix), limits)


def _of_path(path: Path, name: str, limits: Limits, *, found: bool = False) -> Iterator[Source | Failure]:
    """`found`: in a folder, not named by a person."""
    if path.is_dir():
        yield from _of_folder(path, name, limits)
        return
    try:
        with path.open("rb") as stream:
            if not stream.seekable():  # <(a command), /dev/stdin
                yield from _of_stream(stream, limits, name, name, path.suffix.lower())
                return
            material = Material(stream, name=name, suffix=path.suffix.lower())
            if found and not wanted(material):
                return
            yield from documents(material, limits)
    except FileNotFoundError:
        raise IntakeError(f"{name}: no such file or folder", code="not_found") from None
    except OSError as error:
        raise IntakeError(f"{name}: cannot be read ({error.strerror or error})", code="unreadable") from None


def _of_folder(path: Path, name: str, limits: Limits) -> Iterator[Source | Failure]:
    files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in READ)
    if not files:
        raise IntakeError(f"{name}: no {', '.join(READ)} files in this folder", code="empty")
    for file in files:
        within = file.relative_to(path).as_posix()
        try:
            yield from _of_path(file, within, limits.anew(), found=True)
        except IntakeError as error:
            yield failure(within, error.code, str(error))
