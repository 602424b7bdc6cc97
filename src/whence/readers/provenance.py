"""Where the document comes from: its publisher, the outlets it came through, its date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

import msgspec

from whence.readers.base import Draft
from whence.records import Document, Entity, Mention, Record, Span, Via, identifier, span_of
from whence.records.vocabulary import ViaRelation

from .credits import NAME, Credit, credits_of
from .entities.lexicon import folded
from .parts import DATELINE

TRANSLATED_BY = re.compile(rf"\b(?:translated|edited)(?: and (?:edited|translated|adapted))? (?:\w+ ){{0,3}}by ({NAME})")
REPORT_BY = re.compile(
    rf"\b[Tt]his (?:report|article|story|text|piece|bulletin)[^.]{{0,30}}? (?:by|of"
    rf"|from) ({NAME})[^.]{{0,60}}?\b(?:translated|republished|published|reprinted|appeared)"
)
NOT_VERIFIED = re.compile(
    rf"\b({NAME}) (?:has|have|had|could|can|was|did|does) ?(?:not|n.t|unable|never)\b[^.]{{0,30}}?(?:verif|endorse|confirm)"
)
COPYRIGHT = re.compile(rf"(?:©|\(c\)|[Cc]opyright)[ \d–-]*(?:by )?({NAME})")


class ProvenanceReader:
    """The publisher as an entity, the outlets in `via`, and what the page says of its own date.

    The publisher is the one given or found in the page's metadata; else the one that its disclaimer, its copyright
    line or its wire dateline names. `via` is read from the disclaimer ("translated from", "originally published by"),
    the dateline's credit, and, where a disclaimer says that the text is a translation without saying whose, from the
    outlet that the text's own speakers speak to. A missing publication date stays missing.
    Missed: outlets that are named only in a picture or a link.
    """

    name: ClassVar[str] = "provenance"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Document, Mention, Entity)
    produces: ClassVar[tuple[type[Record], ...]] = (Document, Entity)

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        document = draft.document
        out: dict[str, Entity] = {}
        notes = [(p.start, draft.text[p.start : p.end]) for p in document.parts if p.kind in ("disclaimer", "boilerplate", "caption")]
        name, why = self._publisher(draft, notes)
        publisher = _outlet(draft, name, out) if name else None
        if publisher is not None:
            draft.why["document.publisher"] = (why,)
        via = _via(draft, notes, publisher, out)
        body = next((p for p in document.parts if p.kind == "body"), None)
        if body is not None:
            credit = DATELINE.match(draft.text[body.start : body.end])
            if credit and credit.group(1) and not credit.group(1).isdigit():
                outlet = _outlet(draft, credit.group(1), out)
                if publisher is None:
                    publisher = outlet
                elif outlet != publisher and all(v.publisher != outlet for v in via):
                    span = span_of(draft.text, body.start + credit.start(1), body.start + credit.end(1))
                    via.append(Via(publisher=outlet, relation="republished_from", span=span))
        return [*out.values(), msgspec.structs.replace(document, publisher=publisher, via=tuple(via))]

    def _publisher(self, draft: Draft, notes: Sequence[tuple[int, str]]) -> tuple[str | None, str]:
        if draft.outlet:
            return draft.outlet, "given, or found in the page's metadata"
        for pattern, why in (
            (TRANSLATED_BY, "it says that it translated the text"),
            (NOT_VERIFIED, "it speaks of itself in the disclaimer"),
            (COPYRIGHT, "the copyright line"),
        ):
            for _, words in notes:
                hit = pattern.search(words)
                if hit:
                    return hit.group(1), why
        for _, words in notes:
            made = next((c for c in credits_of(words) if c.relation is None), None)
            if made is not None:
                return made.name, "a note says that it made the text"
        return None, ""


def _outlet(draft: Draft, name: str, out: dict[str, Entity]) -> str:
    """The id of the media entity with this name; made where no mention has it."""
    name = " ".join(name.split()).strip(" .,’'")
    key = folded(name)
    for entity in [*out.values(), *draft.entities]:
        if entity.name and folded(entity.name) == key:
            if entity.type != "media" or entity.name != name:
                out[entity.id] = msgspec.structs.replace(entity, type="media", named=True, name=max(name, entity.name, key=len))
            return entity.id
    for mention in draft.mentions:
        if mention.form == "name" and mention.entity and folded(mention.text) == key:
            entity = next(e for e in [*out.values(), *draft.entities] if e.id == mention.entity)
            if entity.type != "media":
                out[entity.id] = msgspec.structs.replace(entity, type="media", named=True)
            return mention.entity
    made = Entity(id=identifier("E", "outlet", key), name=name, type="media", country=None, roles=(), affiliations=(), named=True)
    out[made.id] = made
    return made.id


def _via(draft: Draft, notes: Sequence[tuple[int, str]], publisher: str | None, out: dict[str, Entity]) -> list[Via]:
    found: list[Via] = []
    translated: Span | None = None
    for start, words in notes:
        reported = REPORT_BY.search(words)
        credited = list(credits_of(words))
        if reported is not None:
            relation: ViaRelation = "translated_from" if "translat" in reported.group(0).lower() else "republished_from"
            credited.insert(0, Credit(reported.group(1), reported.start(1), reported.end(1), relation))
        for name, first, last, how in credited:
            if how is None:
                continue
            outlet = _outlet(draft, name, out)
            if outlet != publisher and all(v.publisher != outlet for v in found):
                found.append(Via(publisher=outlet, relation=how, span=span_of(draft.text, start + first, start + last)))
        made = TRANSLATED_BY.search(words)
        if made and translated is None:
            translated = span_of(draft.text, start + made.start(), start + made.end())
    if translated is not None and not found:
        original = _spoken_to(draft, publisher)
        if original is not None:
            found.append(Via(publisher=original, relation="translated_from", span=translated))
    return found


TO_OUTLET = re.compile(
    (
        r"(?:\btold|\b(?:revealed|spoke|speaking|disclosed|statements?|interviews?|confirmed|explained"
        r"|added) to|\binterview with|\baccording to) (?:the )?$"
    ),
    re.I,
)
BY_OUTLET = re.compile(
    r"^ (?:has |had |have )?(?:reached out|contacted|learned|learnt|interviewed|spoke with|spoke to|reported|obtained|correspondent)", re.I
)


def _spoken_to(draft: Draft, publisher: str | None) -> str | None:
    """The outlet to which the people of the text speak: that of the original, where the text is a translation."""
    votes: Counter[str] = Counter()
    types = {e.id: e.type for e in draft.entities}
    for m in draft.mentions:
        if m.form != "name" or m.entity is None or m.entity == publisher or types.get(m.entity) not in ("media", "organization", "other"):
            continue
        if TO_OUTLET.search(draft.text[max(0, m.start - 40) : m.start]) or BY_OUTLET.match(draft.text[m.end : m.end + 30]):
            votes[m.entity] += 2 if types[m.entity] == "media" else 1
    return votes.most_common(1)[0][0] if votes else None
