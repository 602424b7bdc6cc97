"""The document: what was read, and what it says of itself."""

from __future__ import annotations

from .span import Record, Span
from .vocabulary import PartKind, PublishedFrom, ViaRelation


class Part(Record):
    """A region of the page; `body` is what remains when the others are taken away."""

    kind: PartKind
    start: int
    end: int


class Via(Record):
    """An outlet through which the report came, and how its publisher came by it."""

    publisher: str
    relation: ViaRelation
    span: Span | None


class Document(Record):
    """One document as it was read. `publisher` and those in `via` are ids of entities."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    published_earliest: str | None
    published_latest: str | None
    published_from: PublishedFrom | None
    url: str | None
    language: str | None
    text: str
    parts: tuple[Part, ...]
    via: tuple[Via, ...]


class Page(Record):
    """The stretch of a source's text that stands on one page of the original; `number` counts from 1 as a viewer does."""

    number: int
    start: int
    end: int


class Retrieval(Record):
    """How bytes came from the web: the address asked for, those it led to, when (UTC), from where, and what was said of them.

    `sha256` is of the bytes as they arrived, after unpacking of the transfer; `at` is the time of the answer. Of an archived
    page (WARC) they are what the archive says.
    """

    asked: str
    final: str
    redirects: tuple[str, ...]
    at: str
    status: int
    address: str | None
    content_type: str | None
    etag: str | None
    modified: str | None
    sha256: str


class Source(Record):
    """One input as intake hands it on: its working text and what is known of it before it is read.

    `given` names the fields a person set by hand, and "url" where the text was fetched from it; they outrank whatever the page
    says. `original` is the input byte for byte, None where there are no bytes but those of the text. `pages` are in the order of
    the text and do not overlap; empty where the original has none.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    language: str | None = None
    parts: tuple[Part, ...] = ()
    given: tuple[str, ...] = ()
    original: bytes | None = None
    pages: tuple[Page, ...] = ()
    retrieval: Retrieval | None = None


class ModelId(Record):
    """The language model that was used: its name and the digest of its weights."""

    name: str
    digest: str


class Engine(Record):
    """What made a reading; `config` is the digest of the settings in force."""

    name: str
    version: str
    model: ModelId
    config: str
