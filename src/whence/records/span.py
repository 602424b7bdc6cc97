"""Where words stand."""

from __future__ import annotations

import hashlib
from typing import dataclass_transform

import msgspec


# Tells type checkers what msgspec does: the records below are frozen and take keywords only, without saying it again.
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plain frozen value. What is not known is `None` or empty, never 0, "" or -1."""


class Extent(Record):
    """A half-open stretch of the document's text, in Unicode code points."""

    start: int
    end: int


class Span(Record):
    """An extent together with its words: `text` is always that slice of the document's text."""

    start: int
    end: int
    text: str


def span_of(text: str, start: int, end: int) -> Span:
    """The span start..end of a text. ValueError where it is empty or does not lie in the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}..{end} does not lie in a text of {len(text)} code points")
    return Span(start=start, end=end, text=text[start:end])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """start..end without the white space at its edges (may come out empty)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def identifier(kind: str, *parts: object) -> str:
    """An id that is the same whenever the same finding is made: `kind` and a digest of what makes it that finding.

    Confidence, provenance and links learnt later are never among the parts.
    """
    basis = "\x1f".join(str(p) for p in parts)
    return f"{kind}-{hashlib.blake2b(basis.encode('utf8', 'surrogatepass'), digest_size=5).hexdigest()}"
