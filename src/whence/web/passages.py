"""A document's text cut into blocks and pieces for the Reader: which words belong to which records, and the claims beside them."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from whence.records import Claim, Entity, Reading, Record

Kind = Literal["source", "cue", "content", "event", "time", "place", "asked"]
KINDS: tuple[Kind, ...] = ("source", "cue", "content", "event", "time", "place")
"""What is coloured, in the order of the legend."""
PAGE = 40_000
"""Characters of a page of the Reader: beyond, a browser grows slow."""
LONGEST = 4_000
"""Characters of a block at most; a longer one is cut at white space."""
CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of writing without being seen."""


class Words(Record):
    """A stretch of the text that belongs to a record."""

    start: int
    end: int
    kind: Kind
    id: str
    note: str


class Piece(Record):
    """Text without a border in it. `ids` are the records it belongs to, `notes` what they say of it."""

    text: str
    kinds: tuple[Kind, ...]
    ids: tuple[str, ...]
    notes: tuple[str, ...]
    control: str | None = None


class Holder(Record):
    """Somebody in a chain."""

    name: str
    type: str
    named: bool


class Card(Record):
    """Claims of one statement as they stand beside the text: who says it through whom, how firmly, and of which events.

    `id` is the first claim, `also` the others and the attribution through which they are told.
    """

    id: str
    also: tuple[str, ...]
    chain: tuple[Holder, ...]
    stance: str
    polarity: str
    certainty: str
    events: tuple[str, ...]
    opposes: tuple[str, ...]
    own: bool


class Block(Record):
    """A paragraph with the claims that begin in it."""

    start: int
    end: int
    kind: str
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]


def extents(text: str, parts: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The text cut into (start, end, kind): its parts, what lies between them, and nothing that is only white space."""
    cuts: list[tuple[int, int, str]] = []
    at = 0
    for start, end, kind in sorted(parts):
        if start < at:
            continue
        cuts += _paragraphs(text, at, start, "other")
        cuts.append((start, end, kind))
        at = end
    cuts += _paragraphs(text, at, len(text), "other")
    return [c for start, end, kind in cuts for c in _short(text, start, end, kind) if text[c[0] : c[1]].strip()]


def _paragraphs(text: str, start: int, end: int, kind: str) -> Iterator[tuple[int, int, str]]:
    while start < end:
        border = text.find("\n", start, end)
        border = end if border < 0 else border + 1
        yield start, border, kind
        start = border


def _short(text: str, start: int, end: int, kind: str) -> Iterator[tuple[int, int, str]]:
    while end - start > LONGEST:
        cut = max(text.rfind(space, start + LONGEST // 2, start + LONGEST) for space in " \n\t")
        cut = cut + 1 if cut > 0 else start + LONGEST
        yield start, cut, kind
        start = cut
    yield start, end, kind


def pages(cuts: list[tuple[int, int, str]]) -> list[list[tuple[int, int, str]]]:
    """Blocks put together into pages."""
    found: list[list[tuple[int, int, str]]] = [[]]
    size = 0
    for cut in cuts:
        length = cut[1] - cut[0] + 40  # a line of one letter is work for a browser too
        if size + length > PAGE and found[-1]:
            found.append([])
            size = 0
        found[-1].append(cut)
        size += length
    return found


def words_of(reading: Reading) -> list[Words]:
    """Every stretch that is coloured."""
    found: list[Words] = []

    def put(start: int, end: int, kind: Kind, identity: str, note: str = "") -> None:
        found.append(Words(start=start, end=end, kind=kind, id=identity, note=note))

    for attribution in reading.attributions:
        for span in attribution.source:
            put(span.start, span.end, "source", attribution.id, "source")
        for span in attribution.cue:
            put(span.start, span.end, "cue", attribution.id, "cue")
        for span in attribution.content:
            put(span.start, span.end, "content", attribution.id, "")
    for claim in reading.claims:
        # The claims of an attribution are reached through it; those in the outlet's own voice by their own words.
        for span in claim.content:
            put(span.start, span.end, "content", claim.id, "")
    for event in reading.events:
        put(
            event.trigger.start,
            event.trigger.end,
            "event",
            event.id,
            f"{event.type}{f' · {event.mode}' if event.mode else ''}, {event.status}",
        )
    for timex in reading.timexes:
        put(timex.start, timex.end, "time", timex.id, f"{timex.value or 'open'}: {interval(timex.earliest, timex.latest)}")
    for toponym in reading.toponyms:
        place = toponym.place
        told = "not in the gazetteer"
        if place is not None:
            told = ", ".join(x for x in (place.name, place.admin1, place.country) if x) + f" ({place.kind})"
            if place.precision_km is not None:
                told += f", ± {place.precision_km:g} km"
        put(toponym.start, toponym.end, "place", toponym.id, told)
    return found


def interval(earliest: str | None, latest: str | None) -> str:
    """An interval of days in words."""
    if earliest == latest:
        return earliest or "no day known"
    if earliest is None:
        return f"until {latest}"
    return f"{earliest} to {latest}" if latest is not None else f"from {earliest}"


def blocks(reading: Reading, cuts: list[tuple[int, int, str]], *, asked: tuple[int, int] | None = None) -> list[Block]:
    """The blocks of a page with their pieces and claims; `asked` is a stretch that is pointed at, whatever record it is of."""
    text = reading.document.text
    first, last = (cuts[0][0], cuts[-1][1]) if cuts else (0, 0)
    every = words_of(reading)
    if asked is not None:
        every.append(Words(start=asked[0], end=asked[1], kind="asked", id=f"{asked[0]}-{asked[1]}", note=""))
    words = sorted((w for w in every if w.start < last and w.end > first), key=lambda w: (w.start, w.end))
    own = {c.id for c in reading.claims if c.attribution is None}
    entities = {e.id: e for e in reading.entities}
    events = {e.id: f"{e.trigger.text}" for e in reading.events}
    ordered = sorted((c for c in reading.claims if c.content), key=lambda c: c.content[0].start)
    found = []
    for start, end, kind in cuts:
        here = [w for w in words if w.start < end and w.end > start]
        mine = [c for c in ordered if start <= c.content[0].start < end]
        found.append(
            Block(
                start=start,
                end=end,
                kind=kind,
                pieces=tuple(pieces(text, start, end, here, own)),
                cards=tuple(cards(mine, entities, events)),
            )
        )
    return found


def pieces(text: str, start: int, end: int, here: list[Words], own: set[str]) -> Iterator[Piece]:
    """The stretch start..end in pieces; a character that turns the direction of writing is a piece of its own."""
    borders = {start, end} | {b for w in here for b in (w.start, w.end) if start < b < end}
    for at in range(start, end):
        if text[at] in CONTROLS:
            borders |= {at, at + 1}
    edges = sorted(borders)
    for left, right in itertools.pairwise(edges):
        mine = [w for w in here if w.start <= left and w.end >= right]
        # The outlet's own words are claims too, but colour is for what somebody else says.
        kinds = tuple(k for k in KINDS if any(w.kind == k and not (k == "content" and w.id in own) for w in mine))
        control = None
        if right - left == 1 and text[left] in CONTROLS:
            control = f"U+{ord(text[left]):04X} {unicodedata.name(text[left], '').lower()}"
        ids = tuple(dict.fromkeys(w.id for w in mine))
        notes = tuple(dict.fromkeys(w.note for w in mine if w.note))
        yield Piece(text=text[left:right], kinds=kinds, ids=ids, notes=notes, control=control)


def holder(entity: Entity | None) -> Holder:
    """An entity as it stands in a chain."""
    if entity is None:
        return Holder(name="unknown", type="other", named=False)
    return Holder(name=entity.name or entity.type.replace("_", " "), type=entity.type, named=entity.named)


def cards(claims: Iterable[Claim], entities: dict[str, Entity], events: dict[str, str]) -> Iterator[Card]:
    """Claims as cards; those that follow each other with the same chain and stance in one statement are one card."""
    for _, group in itertools.groupby(claims, key=lambda c: (c.attribution, c.chain, c.stance, c.polarity, c.certainty)):
        together = tuple(group)
        first = together[0]
        ids = [c.id for c in together[1:]] + ([first.attribution] if first.attribution else [])
        yield Card(
            id=first.id,
            also=tuple(ids),
            chain=tuple(holder(entities.get(e)) for e in first.chain),
            stance=first.stance,
            polarity=first.polarity,
            certainty=first.certainty,
            events=tuple(dict.fromkeys(events[c.event] for c in together if c.event in events)),
            opposes=tuple(dict.fromkeys(o for c in together for o in c.opposes)),
            own=first.attribution is None,
        )
