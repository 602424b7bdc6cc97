"""WhatsApp's exported chats (`_chat.txt`, "WhatsApp Chat with ..."): a message is a document, its sender the publisher.

The form follows the phone's language and clock: `[31/12/2023, 21:15:03] Name: ...` or `12/31/23, 9:15 PM - Name: ...`. Lines of
the program itself (who joined, what is encrypted) have no sender and are left, as are messages that are only a picture.
"""

from __future__ import annotations

import io
import itertools
import logging
import re
from collections.abc import Iterator

import msgspec

from whence.errors import IntakeError
from whence.records import Failure, Source, failure

from .dates import Order, day_of, order_of
from .decoding import encoding_of
from .lines import from_text
from .material import Limits, Material

log = logging.getLogger(__name__)

DAY = r"(?P<day>\d{1,4}[-./]\d{1,2}[-./]\d{2,4})"
TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
MESSAGE = re.compile(rf"[\u200e\u200f\ufeff]*(?:\[{DAY},?\s+{TIME}\]|{DAY.replace('day', 'plain')},?\s+{TIME}\s+[-–])\s(?P<rest>.*)", re.S)
SENDER = re.compile(r"[\u200e\u200f\u202a-\u202c~\s]*(?P<name>[^:\n]{1,80}?)[\u202c\s]*:\s(?P<text>.*)", re.S)
EMPTY = re.compile(
    r"^\W*(?:<[^<>]{0,40}\b(?:omitted|attached)[^<>]*>|<attached: [^>]*>|(?:image|video|audio|sticker|gif|document|contact card|media)"
    r"\s+omitted"
    r"|this message was deleted|you deleted this message|null|missed (?:voice|video) call|\S+\.(?:jpe?g|png|mp4|opus|pdf|webp|vcf)"
    r" \(file attached\)|location: https?://\S+|waiting for this message.*)\W*$",
    re.I | re.S,
)
EDITED = re.compile(r"\s*\u200e?<(?:this message was edited|media omitted)>\s*$", re.I)
ESCAPED = re.compile("[\udc80-\udcff]")
LOOKED_AT = 40
"""Lines by which a chat is told from other text."""
LONGEST = 100_000
"""Characters of a line at most; a message has 65,536."""


def looks_like_chat(text: str) -> bool:
    """Whether a text is an exported chat: its first line is a message or a notice of the program, and another is, too."""
    lines = [line for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    return (
        bool(lines)
        and MESSAGE.match(lines[0]) is not None
        and (len(lines) == 1 or sum(MESSAGE.match(line) is not None for line in lines) > 1)
    )


def read_whatsapp(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """A source for each message with words. IntakeError `empty` where none has any."""
    encoding = encoding_of(material.head(), name=material.name)
    order = _order(material, encoding)
    left = count = 0
    for number, raw in _messages(material, encoding):
        match = MESSAGE.match(raw)
        sent = SENDER.match(match["rest"]) if match else None
        if match is None or sent is None:
            left += 1
            continue
        text = EDITED.sub("", sent["text"].replace("\u200e", "")).strip()
        if not text or EMPTY.match(text):
            left += 1
            continue
        count += 1
        where = f"{material.identity}, line {number}"
        day = day_of(match["day"] or match["plain"], order)
        try:
            if ESCAPED.search(raw):
                raise IntakeError(f"{where}: has bytes that are not {encoding}; export the chat again", code="encoding")
            found = from_text(text, identity=where)
        except IntakeError as error:
            yield failure(where, error.code, str(error))
            continue
        yield msgspec.structs.replace(
            found,
            publisher=sent["name"].strip(),
            published=day,
            published_from="metadata" if day else None,
            original=raw.encode("utf-8", "surrogateescape"),
        )
    if left:
        log.info("%s: %d lines of the program and messages without words were left", material.name, left)
    if not count:
        raise IntakeError(f"{material.name}: is a chat without a message in words", code="empty")


def _lines(material: Material, encoding: str) -> Iterator[str]:
    material.stream.seek(0)
    stream = io.TextIOWrapper(material.stream, encoding=encoding, newline="\n", errors="surrogateescape")
    try:
        while line := stream.readline(LONGEST):
            yield line
    finally:
        stream.detach()


def _messages(material: Material, encoding: str) -> Iterator[tuple[int, str]]:
    """(number of its first line, lines) for each message."""
    began, held, size = 0, [""], 0
    for number, line in enumerate(_lines(material, encoding), 1):
        if MESSAGE.match(line):
            if began:
                yield began, "".join(held).rstrip("\r\n")
            began, held, size = number, [line], len(line)
        elif size < LONGEST:
            held.append(line)
            size += len(line)
    if began:
        yield began, "".join(held).rstrip("\r\n")


def _order(material: Material, encoding: str) -> Order | None:
    """Whether days or months come first, by all dates of the chat; where that leaves it open, by what keeps them in order of time."""
    written = [m["day"] or m["plain"] for line in _lines(material, encoding) if (m := MESSAGE.match(line))]
    order = order_of(written)
    if order is not None or all(day_of(day) for day in written):
        return order
    falls = {way: _falls([day_of(day, way) or "" for day in written]) for way in ("day", "month")}
    if falls["day"] != falls["month"]:
        return "day" if falls["day"] < falls["month"] else "month"
    log.warning("%s: dates such as %s could be two days; its messages stay undated. Give --published", material.name, written[0])
    return None


def _falls(days: list[str]) -> int:
    """How often a message would be older than the one before it."""
    return sum(later < earlier for earlier, later in itertools.pairwise(days))
