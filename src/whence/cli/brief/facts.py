"""A reading by its ids, and who is behind what in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from whence.cli.terminal import cut, line
from whence.gazetteer.tables import COUNTRIES, table
from whence.records import Attribution, Claim, Entity, Event, Incident, Reading, Span

NAMELESS = frozenset(("anonymous_sources", "person", "civilians", "other"))
VAGUE = re.compile(r"\b(sources?|groups?|parties|factions|circles|officials?|activists|residents)\b", re.I)
QUOTES = " \"'“”‘’«»„,"
PLAIN_CUES = frozenset(("said", "says", "say", "told", "tells", "according to", "added", "saying"))


@functools.cache
def country_names() -> dict[str, str]:
    """Names of countries by their ISO alpha-3 code."""
    return {row["alpha3"]: row["name"] for row in table("countries", COUNTRIES)}


class Facts:
    """Lookups over one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.entities: dict[str, Entity] = {e.id: e for e in reading.entities}
        self.events: dict[str, Event] = {e.id: e for e in reading.events}
        self.claims: dict[str, Claim] = {c.id: c for c in reading.claims}
        self.attributions: dict[str, Attribution] = {a.id: a for a in reading.attributions}
        self.toponyms = {t.id: t for t in reading.toponyms}
        self.timexes = {t.id: t for t in reading.timexes}
        self.row_of: dict[str, int] = {event: n for n, incident in enumerate(reading.incidents, 1) for event in incident.events}
        citing = {v.publisher for v in reading.document.via if v.relation == "citing"}
        publisher = reading.document.publisher
        self.outlets = {v.publisher for v in reading.document.via if v.publisher not in citing}
        self.outlets |= {publisher} if publisher else set()

    def name(self, entity: str | None) -> str:
        """An entity as it is called in the reading."""
        found = self.entities.get(entity) if entity else None
        if found is None or not found.name:
            return "not told"
        return cut(found.name, 70)

    def holder(self, entity: str) -> str:
        """Who speaks, with what makes them someone to hear: their office and whom they belong to."""
        found = self.entities.get(entity)
        if found is None:
            return "not told"
        name = self.name(entity)
        if not found.named and (found.type in NAMELESS or VAGUE.search(name)):
            return f"{name}, unnamed"
        roles = [r for r in found.roles if r.lower() not in name.lower()][:2]
        belongs = [self.name(a) for a in found.affiliations[:1] if a in self.entities]
        belongs = [b for b in belongs if not any(b.lower() in r.lower() for r in (*roles, name))]
        about = "; ".join(x for x in (", ".join(cut(r, 60) for r in roles), ", ".join(belongs)) if x)
        return f"{name} ({about})" if about and found.type not in ("media", "state") else name

    def own_voice(self, claim: Claim) -> bool:
        return claim.attribution is None

    def chain(self, claim: Claim) -> str:
        """The way a statement came, origin first, in words."""
        names = [self.name(x) for x in claim.chain]
        if claim.attribution is None:
            if not names:
                return "the text's own voice"
            return " › ".join([f"{names[0]}'s own voice", *names[1:]])
        if not claim.chain:
            return "a source that is not told"
        attribution = self.attributions.get(claim.attribution)
        if attribution is not None and attribution.holder is None and claim.chain[0] in self.outlets:
            said = self.phrases([claim])
            return " › ".join([f"{said[0]}, not identified" if said else "a source that is not told", *names])
        return " › ".join([self.holder(claim.chain[0]), *names[1:]])

    def origin(self, claim: Claim) -> str:
        """A key for who is behind a claim; nameless holders that speak through one outlet are one."""
        if not claim.chain:
            return "nobody"
        first = self.entities.get(claim.chain[0])
        if first is None or claim.chain[0] in self.outlets:
            return "outlet"
        if not first.named and first.type not in ("state", "state_forces") and not first.affiliations:
            return f"unnamed:{claim.chain[1] if len(claim.chain) > 1 else ''}"
        if first.type in ("state", "state_forces") and first.country:
            return f"state:{first.country}"
        return first.id

    def by_origin(self, claims: Iterable[Claim]) -> list[list[Claim]]:
        """Claims in groups of one origin, in the order in which they are told."""
        groups: dict[str, list[Claim]] = {}
        for claim in claims:
            groups.setdefault(self.origin(claim), []).append(claim)
        return list(groups.values())

    def by_holder(self, claims: Iterable[Claim]) -> list[list[Claim]]:
        """Claims in groups of one chain, in the order in which they are told."""
        groups: dict[tuple[str, ...], list[Claim]] = {}
        for claim in claims:
            groups.setdefault(claim.chain, []).append(claim)
        return list(groups.values())

    def phrases(self, claims: Iterable[Claim]) -> list[str]:
        """The different words by which the text calls the source of some claims."""
        found: dict[str, str] = {}
        for claim in claims:
            attribution = self.attributions.get(claim.attribution) if claim.attribution else None
            if attribution is not None and not attribution.source and attribution.continues:
                attribution = self.attributions.get(attribution.continues, attribution)
            for span in attribution.source if attribution is not None else ():
                found.setdefault(span.text.lower(), cut(span.text, 48))
        return list(found.values())

    def teller(self, span: Span) -> Claim | None:
        """The claim with the fewest words that cover a span."""
        covering = [(s.end - s.start, c) for c in self.reading.claims for s in c.content if s.start <= span.start and span.end <= s.end]
        return min(covering, key=lambda x: x[0])[1] if covering else None

    def different(self, claims: Iterable[Claim]) -> list[Claim]:
        """Claims without those that say the same words in the same stance again."""
        kept: dict[tuple[str, bool, tuple[Span, ...]], Claim] = {}
        for claim in claims:
            kept.setdefault((claim.stance, claim.polarity == "positive", claim.content), claim)
        return list(kept.values())

    def claims_of(self, ids: Sequence[str]) -> list[Claim]:
        return [self.claims[i] for i in ids if i in self.claims]

    def main_event(self, incident: Incident) -> Event | None:
        """The mention that tells most of an incident: its losses, its sides, its day."""
        there = [self.events[i] for i in incident.events if i in self.events]
        titles = [p for p in self.reading.document.parts if p.kind in ("title", "lead", "heading")]

        def told(event: Event) -> tuple[bool, int]:
            inside = any(p.start <= event.trigger.start < p.end for p in titles)
            return not inside, 2 * len(event.counts) + len(event.arguments) + (event.when.timex is not None)

        return max(there, key=told, default=None)

    def sentence(self, event: Event) -> tuple[int, int]:
        """The extent of the sentence in which an event is told."""
        if 0 <= event.sentence < len(self.reading.sentences):
            found = self.reading.sentences[event.sentence]
            return found.start, found.end
        return event.trigger.start, event.trigger.end

    def quoted(self, claim: Claim, length: int) -> str:
        """The words of a claim between quotation marks, cut; with the cue where they are too few to stand alone."""
        words = cut(" … ".join(s.text for s in claim.content), length).strip(QUOTES)
        attribution = self.attributions.get(claim.attribution) if claim.attribution else None
        if attribution is not None and attribution.cue and len(words.split()) < 6:
            cue = cut(attribution.cue[0].text, 30)
            if cue.lower() not in PLAIN_CUES:
                return f"{cue} “{words}”"
        return f"“{words}”"

    def around(self, start: int, end: int, inside: tuple[int, int], length: int) -> str:
        """The words around start..end within an extent, `length` characters or a little more."""
        first, last = inside
        whole = line(self.text[first:last])
        if len(whole) <= length:
            return whole
        room = max(10, (length - (end - start)) // 2)
        a, b = max(first, start - room), min(last, end + room)
        if a == first:
            b = min(last, first + length)
        elif b == last:
            a = max(first, last - length)
        start, end = max(a, start), min(b, end)
        if end == b:
            end = start
        while a > first and a < start and not self.text[a - 1].isspace():
            a += 1
        while b < last and b > end and not self.text[b].isspace():
            b -= 1
        words = line(self.text[a:b]).strip(" ,;:—–")
        if words.count('"') % 2:
            words = words.strip('"')
        return ("… " if a > first else "") + words + (" …" if b < last else "")
