"""Relations between entities: who belongs to, leads, speaks for, backs, fights or meets whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from whence.readers.base import Draft
from whence.records import Claim, Entity, Event, Mention, Record, Relation, Span, identifier, span_of
from whence.records.vocabulary import RelationType

SPEAKERS = frozenset("spokesman spokeswoman spokesperson".split())
LEADERS = frozenset(
    "leader commander president chief head chairman chairwoman director minister premier governor king emir mayor founder".split()
)
BACKED = frozenset(("backed", "supported", "sponsored", "funded", "aligned", "allied"))
NO_LONGER = frozenset("former ex defected ousted late deposed".split())


class RelationReader:
    """Relations read from roles, descriptions ("Iranian-backed movement", "the regime and its allies") and events.

    `member_of`, `leads` and `speaks_for` come from the nouns of a description and the body it names; `fights`,
    `in_contact_with` and `agreed_with` from events of two sides that are not denied; `supports` from "-backed";
    `allied_with` from "and its allies". Missed: relations told by verbs ("joined", "broke with").
    """

    name: ClassVar[str] = "relations"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Mention, Entity, Event, Claim)
    produces: ClassVar[tuple[type[Record], ...]] = (Relation,)

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        out: list[Relation] = []
        out += _from_roles(draft)
        out += _from_events(draft)
        out += _from_words(draft)
        return list({r.id: r for r in out}.values())


def _relation(draft: Draft, kind: RelationType, origin: str, toward: str, span: Span, why: str) -> Relation:
    claim = next((c.id for c in draft.claims if any(s.start <= span.start and span.end <= s.end for s in c.content)), None)
    relation = Relation(
        id=identifier("R", kind, origin, toward, span.start), type=kind, origin=origin, toward=toward, span=span, claim=claim
    )
    draft.why[relation.id] = (why,)
    return relation


def _from_roles(draft: Draft) -> list[Relation]:
    by_entity: dict[str, list[Mention]] = {}
    for m in draft.mentions:
        if m.entity:
            by_entity.setdefault(m.entity, []).append(m)
    out: list[Relation] = []
    analysis = draft.analysis
    for entity in draft.entities:
        for target in entity.affiliations:
            for m in sorted(by_entity.get(entity.id, ()), key=lambda m: (m.form == "name", m.start)):
                if m.form == "pronoun":
                    continue
                near = [
                    x
                    for x in by_entity.get(target, ())
                    if m.start <= x.start <= m.end + 60 and "\n" not in draft.text[m.end : max(m.end, x.start)]
                ]
                if not near:
                    continue
                first, last = analysis.covering(m.start, m.end)
                lemmas = {t.lemma.lower() for t in analysis.tokens[first:last]}
                kind: RelationType
                if lemmas & NO_LONGER:
                    kind = "other"
                elif lemmas & SPEAKERS:
                    kind = "speaks_for"
                elif lemmas & LEADERS:
                    kind = "leads"
                elif entity.type == "person":
                    kind = "member_of"
                else:
                    kind = "part_of"
                span = span_of(draft.text, m.start, max(m.end, near[0].end))
                out.append(_relation(draft, kind, entity.id, target, span, f"described so: {span.text!r}"))
                break
    return out


def _from_events(draft: Draft) -> list[Relation]:
    out: list[Relation] = []
    kinds: dict[str, RelationType] = {"CONSULT": "in_contact_with", "AGREE": "agreed_with"}
    for event in draft.events:
        if event.status in ("denied", "hypothetical", "possible", "planned"):
            continue
        actors = [a for a in event.arguments if a.role == "actor"]
        others = [a for a in event.arguments if a.role == "target"]
        kind = kinds.get(event.type)
        if event.type == "ASSAULT" and event.acled is not None and event.acled.event_type == "Battles":
            kind = "fights"
        if kind is None or not actors:
            continue
        spans = [a.span for a in event.arguments if a.span is not None]
        start = min([event.trigger.start, *(s.start for s in spans)])
        end = max([event.trigger.end, *(s.end for s in spans)])
        for other in [*actors[1:], *others]:
            if other.entity != actors[0].entity:
                out.append(
                    _relation(draft, kind, actors[0].entity, other.entity, span_of(draft.text, start, end), f"event {event.trigger.text!r}")
                )
    return out


def _from_words(draft: Draft) -> list[Relation]:
    analysis = draft.analysis
    tokens = analysis.tokens
    out: list[Relation] = []
    mentions = [(*analysis.covering(m.start, m.end), m) for m in draft.mentions if m.entity]
    states: dict[str, Entity] = {e.country: e for e in draft.entities if e.type == "state" and e.country and e.named}
    demonyms = {t.text: t.place.country for t in draft.toponyms if t.place is not None and t.place.kind == "country" and t.place.country}
    for first, last, m in mentions:
        if m.form == "pronoun" or first >= last:
            continue
        for i in range(max(0, first - 1), last):
            t = tokens[i]
            low = t.lower
            stem = low.rsplit("-", 1)[-1]
            if stem in BACKED and i > 0:
                side = (
                    t.text[: -len(stem)].rstrip("-")
                    if "-" in t.text
                    else next((x.text for x in reversed(tokens[max(0, i - 2) : i]) if x.text != "-"), "")
                )
                country = demonyms.get(side)
                backer = states.get(country) if country else None
                if backer is not None and backer.id != m.entity and m.entity:
                    out.append(_relation(draft, "supports", backer.id, m.entity, span_of(draft.text, m.start, m.end), f"{t.text!r}"))
        if tokens[last - 1].lemma == "ally" and first >= 2 and tokens[first].lower in ("its", "their", "his"):
            other = next((x for a, b, x in mentions if b <= first and first - b <= 1 and tokens[first - 1].lower == "and"), None)
            if other is not None and other.entity and m.entity and other.entity != m.entity:
                out.append(
                    _relation(draft, "allied_with", m.entity, other.entity, span_of(draft.text, other.start, m.end), "and its allies")
                )
    return out
