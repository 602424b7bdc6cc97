"""A question put to what was read: which claims speak for it, against it, allow it or stand beside it, and from how many origins.

The question is read by the same readers as the reports, into event, sides, place and time; a claim is matched to it field by field. The
verdict is put together from the counts of the table and says nothing beyond them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from whence.records import Claim, Descent, Entity, Event, Place, Reading, Record

from .mentions import kinship
from .texts import content_words, folded, stem, words_of

Side = Literal["for", "against", "allowing", "beside"]
SIDES: tuple[Side, ...] = ("for", "against", "allowing", "beside")
STATES = frozenset(("state", "state_forces"))
KINDRED = (frozenset(("SUPPORT", "AID", "COOPERATE")), frozenset(("ASSAULT", "COERCE")), frozenset(("AGREE", "COOPERATE", "CONSULT")))
"""Types that one deed is often coded as."""
WEAK = frozenset("who what when where why how does did has have is are was were will would could there any".split())


class Asked(Record):
    """A question as it was read. `deeds`: (type, mode, stem of the trigger); `words`: what else it names."""

    text: str
    deeds: tuple[tuple[str, str | None, str], ...]
    actors: tuple[Entity, ...]
    targets: tuple[Entity, ...]
    places: tuple[Place, ...]
    earliest: str | None
    latest: str | None
    words: frozenset[str]


class Bearing(Record):
    """A claim that bears on a question: on which side, through which chain, in which words, and what it was matched by."""

    side: Side
    document: str
    publisher: str | None
    published: str | None
    claim: str
    chain: tuple[str, ...]
    stance: str
    certainty: str
    words: tuple[str, ...]
    origin: str
    why: tuple[str, ...]


class Answer(Record):
    """All that bears on a question, origins counted on each side, and the verdict in words."""

    question: str
    understood: tuple[str, ...]
    bearings: tuple[Bearing, ...]
    origins: dict[str, tuple[str, ...]]
    verdict: str
    documents: int


def asked(text: str, reading: Reading) -> Asked:
    """A question from its reading."""
    entities = {e.id: e for e in reading.entities}
    toponyms = {t.id: t for t in reading.toponyms}
    sides: dict[str, dict[str, Entity]] = {"actor": {}, "target": {}}
    for event in reading.events:
        for argument in event.arguments:
            sides[argument.role][argument.entity] = entities[argument.entity]
    if not reading.events:
        sides["actor"] = {e.id: e for e in reading.entities if e.named and e.type != "object"}
    places = [t.place for t in toponyms.values() if t.place is not None]
    acting = {e.country for e in sides["actor"].values() if e.type in STATES}
    finer = [p for p in places if p.kind != "country" or p.country not in acting]
    dated = [t for t in reading.timexes if t.earliest and t.latest]
    known = {w for t in toponyms.values() for w in words_of(t.text)} | WEAK
    return Asked(
        text=text,
        deeds=tuple(
            dict.fromkeys((e.type, e.mode, stem(words_of(e.trigger.text)[-1])) for e in reading.events if words_of(e.trigger.text))
        ),
        actors=tuple(sides["actor"].values()),
        targets=tuple(sides["target"].values()),
        places=tuple(finer),
        earliest=min((t.earliest for t in dated if t.earliest), default=None),
        latest=max((t.latest for t in dated if t.latest), default=None),
        words=frozenset(w for w in content_words(text) if w not in {stem(k) for k in known}),
    )


def understood(question: Asked) -> tuple[str, ...]:
    """The question in the terms that claims are matched by."""
    told = [f"event: {t}{f' ({m})' if m else ''}, {trigger!r}" for t, m, trigger in question.deeds]
    told += [f"by {e.name}" for e in question.actors if e.name] + [f"to {e.name}" for e in question.targets if e.name]
    told += [f"in {p.name}" for p in question.places]
    if question.earliest:
        told.append(f"between {question.earliest} and {question.latest}")
    return tuple(told) or (f"words: {', '.join(sorted(question.words))}",)


def looked_for(question: Asked) -> list[str]:
    """Searches that find the documents that can bear on it, the narrowest first."""
    towns = [p.name for p in question.places if p.kind not in ("country", "admin1", "area")]
    wide = [p.name for p in question.places if p.kind in ("country", "admin1", "area")]
    people = [e.name for e in (*question.actors, *question.targets) if e.name and e.named]
    deeds = [f"{trigger}*" for _, _, trigger in question.deeds if len(trigger) > 2]
    found = [f"{t} {d}" for t in (*towns, *people) for d in deeds] + towns + people + [f"{w} {d}" for w in wide for d in deeds]
    return list(dict.fromkeys(found)) or [" ".join(sorted(question.words))]


def bearing(question: Asked, reading: Reading, *, document: str) -> list[Bearing]:
    """The claims of one document that bear on the question."""
    entities = {e.id: e for e in reading.entities}
    events = {e.id: e for e in reading.events}
    places = {t.id: t.place for t in reading.toponyms}
    sentence_places = [(t.start, t.place) for t in reading.toponyms if t.place is not None]
    matched: dict[str, tuple[Side, tuple[str, ...], Claim]] = {}
    here = any(_same_place(p, q) for _, p in sentence_places for q in question.places)
    if question.places and not here:
        return []
    for claim in reading.claims:
        event = events.get(claim.event or "")
        within = [e for e in events.values() if any(s.start <= e.trigger.start and e.trigger.end <= s.end for s in claim.content)]
        candidates = ([event] if event else []) + [e for e in within if e is not event]
        best = _matched(question, claim, candidates, entities, places, reading)
        if best is not None:
            matched[claim.id] = (*best, claim)
    whole = {c.id: c for c in reading.claims}
    for identity in [i for i, (side, _, _) in matched.items() if side == "for"]:
        for other in whole[identity].opposes:
            gainsays = other in whole and (whole[other].polarity == "negative" or whole[other].stance in ("denies", "doubts"))
            if gainsays and (other not in matched or matched[other][0] == "beside"):
                matched[other] = ("against", ("opposes a claim for it",), whole[other])
    outlet = entities.get(reading.document.publisher or "")
    return [
        Bearing(
            side=side,
            document=document,
            publisher=outlet.name if outlet else None,
            published=reading.document.published,
            claim=claim.id,
            chain=tuple(entities[h].name or entities[h].type.replace("_", " ") for h in claim.chain if h in entities),
            stance=claim.stance,
            certainty=claim.certainty,
            words=tuple(s.text for s in claim.content),
            origin=_origin(claim, entities, reading.document.publisher),
            why=why,
        )
        for side, why, claim in matched.values()
    ]


def _matched(
    question: Asked,
    claim: Claim,
    events: Sequence[Event],
    entities: Mapping[str, Entity],
    places: Mapping[str, Place | None],
    reading: Reading,
) -> tuple[Side, tuple[str, ...]] | None:
    stems = frozenset().union(*(content_words(s.text) for s in claim.content))
    inside = [m.entity for m in reading.mentions if m.entity and any(s.start <= m.start and m.end <= s.end for s in claim.content)]
    named = [entities[i] for i in dict.fromkeys(inside) if i in entities]
    why: list[str] = []
    deed = told = False
    for kind, mode, trigger in question.deeds:
        for event in events:
            word = stem(words_of(event.trigger.text)[-1]) if words_of(event.trigger.text) else ""
            same = kinship(word, trigger) != "other"
            alike = event.type == kind or any(event.type in k and kind in k for k in KINDRED)
            if same or (alike and (mode is None or event.mode is None or event.mode == mode)):
                deed = told = True
                why.append(f"event {event.trigger.text!r}")
                when = (event.when.earliest, event.when.latest)
                if (
                    question.earliest
                    and question.latest
                    and when[0]
                    and when[1]
                    and (when[0] > question.latest or when[1] < question.earliest)
                ):
                    return None
                at = [p for t in event.places if (p := places.get(t)) is not None]
                if at and question.places and not any(_same_place(p, q) for p in at for q in question.places):
                    return None
        if not deed and any(kinship(s, trigger) != "other" for s in stems):
            deed = True
            why.append(f"word {trigger!r}")
    if not question.deeds and len(question.words & stems) >= max(1, len(question.words) // 2):
        deed = told = True
        why.append("words " + ", ".join(sorted(question.words & stems)))
    where = frozenset().union(*(content_words(p.name) for p in question.places))
    by = [e for e in named if any(_same_side(e, a, where) for a in question.actors)]
    to = [e for e in named if any(_same_side(e, t, where) for t in question.targets)]
    why += [f"by {e.name}" for e in by[:1]] + [f"to {e.name}" for e in to[:1]]
    sided = bool(by) if question.actors else bool(to) if question.targets else deed
    if not deed and not by:
        return None
    against = claim.polarity == "negative" or claim.stance in ("denies", "doubts")
    if not (deed and sided):
        return ("beside", tuple(dict.fromkeys(why))) if deed or by else None
    if against:
        return "against", tuple(dict.fromkeys(why))
    firm = claim.stance in ("asserts", "warns") and claim.certainty in ("certain", "probable", "unknown")
    standing = not events or any(e.status in ("happened", "ongoing", "claimed", "habitual") for e in events)
    if not told:  # the word alone may stand in any sentence about it
        return "beside", tuple(dict.fromkeys(why))
    side: Side = (
        "for" if firm and standing else "allowing" if claim.stance in ("allows", "asserts", "predicts", "warns", "fears") else "beside"
    )
    return side, tuple(dict.fromkeys(why))


def _same_side(one: Entity, other: Entity, where: frozenset[str]) -> bool:
    """Whether two names or descriptions can mean one side; the words of the place (`where`) do not make them one."""
    if one.name and other.name:
        a, b = folded(one.name), folded(other.name)
        if a == b or (one.named and other.named and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")):
            return True
        if not one.named and not other.named and (content_words(one.name) & content_words(other.name)) - where:
            return True
    return one.type in STATES and other.type in STATES and one.country is not None and one.country == other.country


def _same_place(one: Place, other: Place) -> bool:
    """The same place, or one within the other as far as names, divisions and extents tell."""
    if folded(one.name) == folded(other.name) or (one.geonames_id is not None and one.geonames_id == other.geonames_id):
        return True
    if one.country != other.country or one.country is None:
        return False
    wide = {"country": 0, "area": 1, "admin1": 2}
    if one.kind not in wide and other.kind not in wide:
        return False
    if "country" in (one.kind, other.kind) or "area" in (one.kind, other.kind):
        return True
    return one.admin1 == other.admin1


def _origin(claim: Claim, entities: Mapping[str, Entity], publisher: str | None) -> str:
    """Who is behind a claim across documents: the first holder by name, else the outlet that they spoke through."""
    holders = [entities[h] for h in claim.chain if h in entities]
    if not holders:
        return "nobody named"
    first = holders[0]
    speaks_for = [e for a in first.affiliations if (e := entities.get(a)) is not None and e.type in STATES and e.country]
    if first.type == "person" and speaks_for:
        return f"state:{speaks_for[0].country}"
    if first.id != publisher and first.type in STATES and first.country:
        return f"state:{first.country}"
    if first.named and first.name:
        return f"{'outlet' if first.id == publisher or first.type == 'media' else 'holder'}:{folded(first.name)}"
    through = next((h for h in holders[1:] if h.named and h.name), None)
    return f"outlet:{folded(through.name or '')}" if through is not None else "nobody named"


def answered(
    question: Asked, bearings: Iterable[Bearing], edges: Iterable[Descent], publishers: Mapping[str, str | None], *, documents: int
) -> Answer:
    """The answer over all documents. `edges`: the lineage; `publishers`: the outlet of each document in it."""
    parents: dict[str, list[str]] = {}
    for edge in edges:
        parents.setdefault(edge.document, []).append(edge.parent)
    told = list(bearings)
    roots: dict[str, dict[str, None]] = {side: {} for side in SIDES}
    final = []
    for b in told:
        own = f"outlet:{folded(b.publisher or '')}"
        origin = b.origin
        if origin == own:  # what an outlet has from another is the other's
            at, seen = b.document, {b.document}
            while (up := next((p for p in parents.get(at, ()) if p in publishers and p not in seen), None)) is not None:
                seen.add(up)
                at = up
            origin = f"outlet:{folded(publishers.get(at, b.publisher) or '')}"
        roots[b.side].setdefault(origin)
        final.append(b if origin == b.origin else _with(b, origin))
    rank = {side: n for n, side in enumerate(SIDES)}
    ordered = tuple(sorted(final, key=lambda b: (rank[b.side], b.published or "9999", b.document, b.claim)))
    counts = {side: tuple(keys) for side, keys in roots.items()}
    return Answer(
        question=question.text,
        understood=understood(question),
        bearings=ordered,
        origins=counts,
        verdict=verdict(counts),
        documents=documents,
    )


def _with(b: Bearing, origin: str) -> Bearing:
    import msgspec

    return msgspec.structs.replace(b, origin=origin)


def verdict(origins: Mapping[str, Sequence[str]]) -> str:
    """What the table says, in a sentence."""

    def many(n: int) -> str:
        return f"{n} origin{'s'[: n != 1]}"

    yes, no, may = (len(origins.get(s, ())) for s in ("for", "against", "allowing"))
    both = len(set(origins.get("for", ())) & set(origins.get("against", ())))
    if yes and no:
        told = f"Disputed: {many(yes)} for it, {many(no)} against it."
        return told + (f" {both} of them on both sides." if both else "")
    if yes:
        return f"Said by {many(yes)}, and denied by nobody in what is kept." + (" One origin confirms nothing." if yes == 1 else "")
    if no:
        told = f"Denied or doubted by {many(no)}; nobody in what is kept says so"
        return f"{told}, {may} allow{'s'[: may == 1]} that it may be." if may else f"{told}."
    if may:
        return f"Open: {many(may)} allow{'s'[: may == 1]} that it may be, nobody says so or denies it."
    return "Open: nothing in what is kept says so or denies it."
