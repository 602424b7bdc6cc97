"""What is told of an entity beside its name: whose it is, and of which country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

import msgspec

from whence.gazetteer import Gazetteer
from whence.readers.base import Draft
from whence.records import Entity, Mention, Record, Toponym
from whence.records.vocabulary import EntityType

BELONGING = frozenset(("of", "for", "from", "at", "with", "to", "within", "in"))
NO_LONGER = frozenset("former ex defected ousted late onetime retired fugitive deposed exiled dissident".split())
BODIES: frozenset[EntityType] = frozenset(("state", "state_forces", "armed_group", "political_body", "media", "organization"))
DOMESTIC: frozenset[EntityType] = frozenset(("state_forces", "armed_group", "civilians", "political_body", "anonymous_sources"))


class DescriptionReader:
    """Affiliations and countries of the entities already found.

    An affiliation is read from apposition and description ("a member of the opposition negotiating committee"); what
    is over ("a defected general from the regime's police") is none. The country of a nameless domestic actor is that
    of most of the places told of, and stays open where no country has half of them.
    Missed: affiliations told in a sentence of their own.
    """

    name: ClassVar[str] = "descriptions"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Mention, Entity, Toponym)
    produces: ClassVar[tuple[type[Record], ...]] = (Entity,)

    def __init__(self, *, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        entities = {e.id: e for e in draft.entities}
        links = _affiliations(draft, entities)
        home = main_country(draft)
        out: list[Record] = []
        for entity in draft.entities:
            affiliations = tuple(dict.fromkeys([*entity.affiliations, *links.get(entity.id, ())]))
            country = entity.country
            if country is None and affiliations:
                country = next((c for a in affiliations if (c := entities[a].country)), None)
            if country is None and not entity.named and entity.type in DOMESTIC and home is not None:
                country = home
            if country is None and entity.type in ("political_body", "state") and not entity.named and home is not None:
                country = home
            if (country, affiliations) != (entity.country, entity.affiliations):
                out.append(msgspec.structs.replace(entity, country=country, affiliations=affiliations))
        return out


def main_country(draft: Draft) -> str | None:
    """The country in which most of the literal places lie, where at least half of them do."""
    votes: Counter[str] = Counter(t.place.country for t in draft.toponyms if t.use == "literal" and t.place is not None and t.place.country)
    if not votes:
        return None
    country, n = votes.most_common(1)[0]
    return country if n * 2 >= sum(votes.values()) else None


def _affiliations(draft: Draft, entities: dict[str, Entity]) -> dict[str, list[str]]:
    analysis = draft.analysis
    tokens = analysis.tokens
    found: dict[str, list[str]] = {}
    starts: dict[int, Mention] = {}
    spans: list[tuple[int, int, Mention]] = []
    for m in draft.mentions:
        if m.entity is None:
            continue
        first, last = analysis.covering(m.start, m.end)
        if first < last:
            spans.append((first, last, m))
            if tokens[first].i not in starts or m.end > starts[first].end:
                starts[first] = m
    for first, last, m in spans:
        if m.entity is None or m.form == "pronoun":
            continue
        entity = entities[m.entity]
        over = any(t.lower.rstrip("-") in NO_LONGER for t in tokens[first:last])
        if over:
            continue
        for first2, last2, inner in spans:
            if inner.entity not in (None, m.entity) and first <= first2 and last2 < last and entities[inner.entity or ""].type in BODIES:
                found.setdefault(entity.id, []).append(inner.entity or "")
        i = last
        steps = 0
        while (
            i + 1 < len(tokens)
            and steps < 2
            and tokens[i].lower in BELONGING | {"belonging"}
            and tokens[i].sentence == tokens[first].sentence
        ):
            j = i + 1
            if tokens[i].lower == "belonging":
                j += 1
            while j < len(tokens) and j - i < 6 and j not in starts and tokens[j].pos in ("DET", "ADJ", "NOUN", "PROPN"):
                j += 1
            other = starts.get(j)
            if other is None or other.entity in (None, m.entity):
                break
            target = entities[other.entity or ""]
            if (
                target.type in BODIES
                and entity.type != "state"
                and not (tokens[i].lower in ("in", "with", "to", "from") and target.type == "state")
            ):
                found.setdefault(entity.id, []).append(target.id)
            _, i = analysis.covering(other.start, other.end)
            steps += 1
    return found
