"""Telegram's export (`result.json`, of one chat or of all): a message is a document, read one after another from the stream.

The publisher is the channel, or in groups and private chats the sender. A forwarded message begins with a line that names
where it came from, as the program shows it, so that its origin can be read from the words.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from whence.errors import IntakeError
from whence.records import Failure, Part, Source, failure

from .dates import day_of
from .lines import from_text
from .material import Limits, Material

MESSAGES = re.compile(r'"messages"\s*:\s*\[')
FIELD = re.compile(r'"(name|type|id)"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+|null)')
BLOCK = 262_144
LONGEST = 8_000_000
"""Characters of a message's JSON at most; a message has 4,096 characters of text."""
KEPT = 20_000
"""Characters that are kept when a chat is looked for: its name stands shortly before its messages."""
_json = json.JSONDecoder()


def read_telegram(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """A source for each message with words. IntakeError `malformed` where the export breaks off, `empty` where it has none."""
    stream = _Stream(material)
    count = 0
    chats = 0
    try:
        while (before := stream.find(MESSAGES)) is not None:
            chat = _chat(before)
            chats += 1
            for number, raw in enumerate(stream.objects(), 1):
                found = _message(raw, number, chat, material)
                if found is not None:
                    count += 1
                    yield found
    except IntakeError as error:
        if not count:
            raise
        yield failure(material.identity, error.code, str(error))
        return
    if not chats:
        raise IntakeError(f"{material.name}: is no Telegram export; export the chat as JSON, not as HTML", code="malformed")
    if not count:
        raise IntakeError(f"{material.name}: is a Telegram export without a message in words", code="empty")


def _chat(before: str) -> dict[str, Any]:
    """Name, type and id of a chat: what is written last before its messages."""
    found: dict[str, Any] = {}
    for match in FIELD.finditer(before[-KEPT:]):
        try:
            found[match[1]] = json.loads(match[2])
        except ValueError:
            continue
    return found


def _message(raw: str, number: int, chat: dict[str, Any], material: Material) -> Source | Failure | None:
    """A message as a source; None for what has no words: notices of the program, pictures alone."""
    message = json.loads(raw)
    where = f"{material.identity}, {chat.get('name') or 'message'} {number}"
    if not isinstance(message, dict):
        return failure(where, "malformed", f"{where}: is no message")
    if isinstance(message.get("id"), int):
        where = f"{material.identity}, {chat.get('name') or 'message'} {message['id']}"
    if message.get("type", "message") != "message":
        return None
    text = _plain(message.get("text"))
    if not text.strip():
        return None
    parts: tuple[Part, ...] = ()
    forwarded = message.get("forwarded_from")
    if isinstance(forwarded, str) and forwarded.strip():
        line = f"Forwarded message. From {' '.join(forwarded.split())}"
        parts = (Part(kind="disclaimer", start=0, end=len(line)), Part(kind="body", start=len(line) + 2, end=len(line) + 2 + len(text)))
        text = f"{line}\n\n{text}"
    sender = message.get("from") or message.get("actor")
    outlet = chat.get("name") if "channel" in str(chat.get("type", "")) else sender or chat.get("name")
    stamp = message.get("date") or message.get("date_unixtime")
    day = day_of(str(stamp)) if stamp else None
    try:
        found = from_text(text, identity=where)
    except IntakeError as error:
        return failure(where, error.code, str(error))
    return msgspec.structs.replace(
        found,
        publisher=outlet.strip() or None if isinstance(outlet, str) else None,
        published=day,
        published_from="metadata" if day else None,
        parts=parts,
        original=raw.encode("utf8", "surrogatepass"),
    )


def _plain(text: object) -> str:
    """The words of a message, whose links, names and bold words are objects of their own."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(piece if isinstance(piece, str) else str(piece.get("text", "")) if isinstance(piece, dict) else "" for piece in text)
    return ""


class _Stream:
    """JSON that is looked through without being held: a window of it, and where in it we are."""

    def __init__(self, material: Material) -> None:
        material.stream.seek(0)
        self._name = material.name
        self._bytes = material.stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("strict")
        self._window = ""
        self._at = 0
        self._passed = 0
        self._over = False

    def find(self, pattern: re.Pattern[str]) -> str | None:
        """Go behind the next match; what stands before it, shortened to its end. None where there is no other."""
        while True:
            found = pattern.search(self._window, self._at)
            if found:
                before = self._window[max(0, found.start() - KEPT, self._at) : found.start()]
                self._at = found.end()
                return before
            if self._over:
                return None
            self._at = max(self._at, len(self._window) - KEPT)
            self._more()

    def objects(self) -> Iterator[str]:
        """The items of the list that we are in, each as it is written, and go behind its end."""
        size = BLOCK
        while True:
            self._skip()
            if self._window.startswith("]", self._at):
                self._at += 1
                return
            try:
                _, end = _json.raw_decode(self._window, self._at)
            except (ValueError, RecursionError) as error:
                waiting = len(self._window) - self._at
                if self._over or waiting > LONGEST or isinstance(error, RecursionError):
                    raise IntakeError(
                        f"{self._name}, character {self._passed + self._at:,}: breaks off or is no JSON; export the chat again",
                        code="malformed",
                    ) from None
                self._more(size)
                size = min(LONGEST, 2 * size)
                continue
            size = BLOCK
            if end == len(self._window) and not self._over:  # a number may go on
                self._more()
                continue
            raw, self._at = self._window[self._at : end], end
            yield raw

    def _skip(self) -> None:
        while True:
            while self._at < len(self._window) and self._window[self._at] in " \t\r\n,":
                self._at += 1
            if self._at < len(self._window) or self._over:
                return
            self._more()

    def _more(self, size: int = BLOCK) -> None:
        block = self._bytes.read(size)
        self._over = not block
        try:
            added = self._decode.decode(block, final=self._over)
        except UnicodeDecodeError:
            raise IntakeError(f"{self._name}: is not UTF-8 as Telegram writes it; export the chat again", code="encoding") from None
        self._passed += self._at
        self._window = self._window[self._at :] + added
        self._at = 0
