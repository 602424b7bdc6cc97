"""Messages and mailboxes: a message is a document, as plain text where it has any, and each attachment is read as what it is."""

from __future__ import annotations

import email
import email.policy
import logging
import re
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import PurePosixPath

import msgspec

from whence.errors import IntakeError
from whence.records import Failure, Source, failure

from .dates import day_of
from .decoding import decode
from .kinds import READ, wanted
from .lines import from_text
from .material import Limits, Material
from .page import read_page

log = logging.getLogger(__name__)

SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "application/gzip": ".gz",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
}
PARTS = 2000
"""Parts of one message at most."""


def read_mail(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """A message and what is attached to it. IntakeError `malformed` where there are no headers."""
    data = material.whole(limits.settings.max_file, "max_file", advice="Save its attachments and read those")
    yield from _message(data, material.name, material.identity, material.depth, limits)


def read_mbox(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """The messages of a mailbox, one by one. A message that cannot be read is a failure that names its number."""
    count = 0
    for count, data in enumerate(_messages(material, limits.settings.max_file), 1):
        where = f"{material.identity}, message {count}"
        if isinstance(data, int):
            yield failure(where, "too_large", f"{where}: more than {limits.settings.max_file:,} bytes; raise intake.max_file")
            continue
        try:
            yield from _message(data, where, where, material.depth, limits)
        except IntakeError as error:
            yield failure(where, error.code, str(error))
    if not count:
        raise IntakeError(f"{material.name}: holds no messages", code="empty")


def _messages(material: Material, most: int) -> Iterator[bytes | int]:
    """The messages of a mailbox as bytes, or the size of one that is too large to be held (mboxrd: RFC 4155 with quoted From)."""
    held: list[bytes] = []
    size = 0
    begun = False
    blank = True
    material.stream.seek(0)
    while line := material.stream.readline(1_000_000):
        if blank and line.startswith(b"From "):
            if begun:
                yield b"".join(held) if size <= most else size
            held, size, begun, blank = [], 0, True, False
            continue
        size += len(line)
        if begun and size <= most:
            held.append(re.sub(rb"^>(>*From )", rb"\1", line))
        elif size > most:
            held.clear()
        blank = not line.strip()
    if begun:
        yield b"".join(held) if size <= most else size


def _message(data: bytes, name: str, identity: str, depth: int, limits: Limits) -> Iterator[Source | Failure]:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = list(_leaves(message, name))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise IntakeError(
            f"{name}: cannot be read as a message ({type(error).__name__}); save it again from the mail program", code="malformed"
        ) from None
    subject, sender = _header(message, "Subject"), _header(message, "From")
    if subject is None and sender is None and _header(message, "Date") is None:
        raise IntakeError(f"{name}: has no From, Subject or Date and so is no message; save it as EML", code="malformed")
    date = _header(message, "Date")
    day = day_of(date) if date else None
    found: Source | None = None
    reason: IntakeError | None = None
    body = _body(parts)
    if body is not None:
        try:
            found = _text(body, name, identity)
        except IntakeError as error:
            reason = error
    if found is not None:
        shown, address = parseaddr(sender or "")
        yield msgspec.structs.replace(
            found,
            title=subject or found.title,
            publisher=shown or address or found.publisher,
            published=day or found.published,
            published_from="metadata" if day else found.published_from,
            original=data,
        )
    attached = [
        part
        for part in parts
        if part is not body and (part.get_filename() or part.get_content_type() in SUFFIXES) and not _alternative(part, parts)
    ]
    yield from _attached(attached, name, identity, depth, limits, reason, found is not None)


def _attached(
    parts: list[EmailMessage], name: str, identity: str, depth: int, limits: Limits, reason: IntakeError | None, any_text: bool
) -> Iterator[Source | Failure]:
    left: Counter[str] = Counter()
    for number, part in enumerate(parts, 1):
        try:
            title = (_filename(part) or f"part {number}").replace("\\", "/").rsplit("/", 1)[-1][:200]
            suffix = PurePosixPath(title).suffix.lower()
            suffix = suffix if suffix in READ else SUFFIXES.get(part.get_content_type(), suffix)
            if suffix not in READ:
                left[suffix or part.get_content_type()] += 1
                continue
            limits.entry(name)
            payload = _payload(part)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            yield failure(f"{identity}/part {number}", "malformed", f"{name}, part {number}: cannot be decoded ({error}); save it by hand")
            continue
        where = f"{identity}/{title}"
        with limits.unpacked([payload], where) as stream:
            inner = Material(stream, name=where, identity=where, suffix=suffix, depth=depth + 1)
            if wanted(inner):
                any_text = True
                yield from limits.inside(inner)
    if left:
        log.info("%s: attachments that hold no text were left: %s", name, ", ".join(f"{n} {s}" for s, n in left.most_common(8)))
    if not any_text:
        raise reason or IntakeError(f"{name}: is a message without text", code="empty")


def _leaves(message: EmailMessage, name: str) -> Iterator[EmailMessage]:
    """The parts of a message that hold no others, an attached message being one; walked without calling ourselves."""
    waiting: list[EmailMessage] = [message]
    count = 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > PARTS:
            raise IntakeError(f"{name}: more than {PARTS:,} parts; save what you want to read of it by hand", code="unsafe")
        payload = part.get_payload()
        if part.is_multipart() and part.get_content_type() != "message/rfc822" and isinstance(payload, list):
            waiting += [p for p in payload if isinstance(p, EmailMessage)][::-1]
        else:
            yield part


def _body(parts: list[EmailMessage]) -> EmailMessage | None:
    """The part that is the message itself: plain text with words in it before HTML, neither attached."""
    own = [p for p in parts if p.get_content_disposition() != "attachment" and not p.get_filename()]
    for kind in ("text/plain", "text/html"):
        for part in own:
            if part.get_content_type() == kind and _payload(part).strip():
                return part
    return None


def _alternative(part: EmailMessage, parts: list[EmailMessage]) -> bool:
    """Whether a part says once more what the body says, in another form."""
    return (
        not part.get_filename()
        and part.get_content_disposition() != "attachment"
        and part.get_content_type() in ("text/plain", "text/html")
    )


def _text(part: EmailMessage, name: str, identity: str) -> Source:
    text = decode(_payload(part), name=name, declared=part.get_content_charset())
    if part.get_content_type() == "text/html":
        return read_page(text, identity=identity)
    return from_text(text.replace("\r\n", "\n"), identity=identity, name=name)


def _payload(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return b"".join(m.as_bytes() for m in inner if isinstance(m, EmailMessage)) if isinstance(inner, list) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _filename(part: EmailMessage) -> str | None:
    try:
        return part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _header(message: EmailMessage, name: str) -> str | None:
    """A header on one line; None where there is none, or none that can be read."""
    try:
        value = message[name]
        return " ".join(str(value).encode("utf8", "replace").decode("utf8").split()) or None if value is not None else None
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return None
