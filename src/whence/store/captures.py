"""A document as it was captured: its bytes, what is known of it, and the id that these make."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
import zlib
from datetime import UTC, datetime

import msgspec

from whence.errors import StoreError
from whence.records import Engine, Reading, Record, Source

KNOWN = ("title", "publisher", "published", "url", "language")
"""What may be known of a document beside its bytes."""
TEXTS = ("id", "text", "title", "publisher", "published", "url", "language")
UNFIT = re.compile("[\x00\ud800-\udfff]")
PACKED = 200
"""Bytes from which packing pays."""


def now() -> str:
    """The time as it is kept: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def digest(*parts: str | bytes, length: int = 16) -> str:
    """A digest of parts whose borders count."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf8") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:length]


def folded(name: str) -> str:
    """A name as it is looked up: without case, accents and punctuation."""
    return _folded(name) if len(name) > 200 else _remembered(name)


def _folded(name: str) -> str:
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", name) if not unicodedata.combining(ch))
    return " ".join(re.sub(r"[\W_]+", " ", plain.casefold()).split())


_remembered = functools.lru_cache(maxsize=4096)(_folded)


def source_id(name: str) -> str:
    """The id of a source by its name, in any case and punctuation."""
    return f"S-{digest(folded(name) or name)}"


def report_id(document: str, incident: str) -> str:
    """The id of a document's report of an incident, whichever reading it stands in."""
    return f"R-{digest(document, incident)}"


def engine_key(engine: Engine) -> str:
    """One engine in one configuration."""
    return f"E-{digest(engine.name, engine.version, engine.model.name, engine.model.digest, engine.config)}"


class Capture(Record):
    """A source and when it was captured (UTC). Its id hashes its bytes and what was known of it beside them.

    What intake takes out of the bytes (a page's title) is not part of the id: another version of intake may find another
    title in the same page, and it stays the same document. Nor is the name under which it was given, nor the time.
    """

    source: Source
    captured: str

    @property
    def original(self) -> bytes:
        """The bytes: those of the input, or of the text where there were no others."""
        return self.source.original if self.source.original is not None else self.source.text.encode("utf8")

    @property
    def id(self) -> str:
        """The document's id."""
        source = self.source
        fields = KNOWN if source.original is None else tuple(f for f in KNOWN if f in source.given)
        told = [f"{field}={getattr(source, field)}" for field in fields if getattr(source, field)]
        return f"D-{digest(hashlib.sha256(self.original).digest(), *told)}"


def captured(source: Source, *, at: str | None = None) -> Capture:
    """A source ready to be kept. StoreError names the field and the place where a text holds what no store can."""
    for field in TEXTS:
        value = getattr(source, field)
        found = UNFIT.search(value) if isinstance(value, str) else None
        if found is not None:
            kind = "a NUL character" if found[0] == "\x00" else "half of a surrogate pair"
            name = source.id.encode("utf8", "backslashreplace").decode("utf8").replace("\x00", "\\x00")
            raise StoreError(f"{name[:200]}: {field} holds {kind} at character {found.start()}; take it out")
    if source.published is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", source.published):
        raise StoreError(f"{source.id[:200]}: published {source.published[:40]!r} is no date; write YYYY-MM-DD")
    return Capture(source=source, captured=at or now())


def pack(data: bytes) -> bytes:
    """Bytes made smaller."""
    return zlib.compress(data, 6)


def unpack(data: bytes) -> bytes:
    """The bytes again. zlib.error where they were damaged, cut off or added to."""
    unpacking = zlib.decompressobj()
    whole = unpacking.decompress(data)
    if not unpacking.eof or unpacking.unused_data:
        raise zlib.error("more or less than one packed whole")
    return whole


_source = msgspec.json.Decoder(Source)
_reading = msgspec.json.Decoder(Reading)


def source_data(source: Source) -> bytes:
    """A source as JSON without its text and bytes, which are kept apart."""
    return msgspec.json.encode(msgspec.structs.replace(source, text="", original=None if source.original is None else b""))


def source_of(data: bytes, text: str, original: bytes) -> Source:
    """The source again."""
    bare = _source.decode(data)
    return msgspec.structs.replace(bare, text=text, original=None if bare.original is None else original)


def reading_data(reading: Reading) -> tuple[bytes, str]:
    """A reading packed without its text, and the SHA-256 of the whole."""
    whole = hashlib.sha256(msgspec.json.encode(reading)).hexdigest()
    document = msgspec.structs.replace(reading.document, text="")
    return pack(msgspec.json.encode(msgspec.structs.replace(reading, document=document))), whole


def reading_of(data: bytes, text: str) -> Reading:
    """The reading again, byte for byte the same when encoded."""
    bare = _reading.decode(unpack(data))
    return msgspec.structs.replace(bare, document=msgspec.structs.replace(bare.document, text=text))
