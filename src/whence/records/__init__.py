"""What is said: frozen values in the vocabulary of the contract, and nothing else."""

from __future__ import annotations

from .document import Document, Engine, ModelId, Part, Source, Via
from .findings import (
    FINDINGS, Acled, Argument, Attribution, Claim, Count, Entity, Event, Incident, Mention, Place, Question, Relation,
    Subset, Timex, Toponym, When,
)
from .reading import SCHEMA, Failure, Reading, decode, encode, failure, json_schema
from .span import Extent, Record, Span, identifier, span_of, trimmed

__all__ = [
    "FINDINGS", "SCHEMA", "Acled", "Argument", "Attribution", "Claim", "Count", "Document", "Engine", "Entity",
    "Event", "Extent", "Failure", "Incident", "Mention", "ModelId", "Part", "Place", "Question", "Reading", "Record",
    "Relation", "Source", "Span", "Subset", "Timex", "Toponym", "Via", "When", "decode", "encode", "failure",
    "identifier", "json_schema", "span_of", "trimmed",
]
