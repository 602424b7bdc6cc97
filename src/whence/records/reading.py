"""The reading: everything that was found in one document."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from .document import Document, Engine
from .findings import (
    Attribution,
    Claim,
    Entity,
    Event,
    Incident,
    Mention,
    Question,
    Relation,
    Timex,
    Toponym,
)
from .span import Extent, Record

SCHEMA: Final = "whence.reading/1"


class Reading(Record):
    """One document, read. The fields are described in docs/reading.md."""

    schema: Literal["whence.reading/1"]
    engine: Engine
    document: Document
    sentences: tuple[Extent, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    timexes: tuple[Timex, ...]
    toponyms: tuple[Toponym, ...]
    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    questions: tuple[Question, ...]
    relations: tuple[Relation, ...]


class FailureReason(Record):
    """Why a document could not be read: a code for machines, a message for people."""

    code: str
    message: str


class FailedDocument(Record):
    """Which document could not be read."""

    id: str


class Failure(Record):
    """The line that stands for a document that could not be read."""

    schema: Literal["whence.reading/1"]
    document: FailedDocument
    failure: FailureReason


def failure(document_id: str, code: str, message: str) -> Failure:
    """The failure line for a document."""
    return Failure(schema=SCHEMA, document=FailedDocument(id=document_id), failure=FailureReason(code=code, message=message))


_encoder = msgspec.json.Encoder()
_reading_decoder = msgspec.json.Decoder(Reading)


def encode(record: Record) -> bytes:
    """A record as one line of JSON in UTF-8, without the newline. Lone surrogates cannot occur: intake refuses them."""
    return _encoder.encode(record)


def decode(line: bytes | str) -> Reading:
    """A reading from its JSON. msgspec.ValidationError where it is not one, DecodeError where it is no JSON."""
    return _reading_decoder.decode(line)


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a reading, generated from the structs themselves."""
    (schema,), components = msgspec.json.schema_components([Reading], ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "$defs": components}
