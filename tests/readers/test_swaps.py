"""Who the sides are must not change what is read: sentences with their sides, sources, outlets and officials exchanged."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from whence.pipeline import Whence
from whence.records import Reading, Source

DATA = Path(__file__).with_name("swaps.toml")
SLOT = re.compile(r"\{(\w)\}")


class Text(NamedTuple):
    """A sentence with its slots filled, and its pieces as (start, start of the name in it, end): every second one stands in a slot."""

    words: str
    pieces: tuple[tuple[int, int, int], ...]

    def mark(self, start: int, end: int) -> tuple[Any, ...]:
        """A span in terms of the row: the same in both texts where it is the same but for the names.

        In a slot it only counts whether the span begins with it (or with the name, behind an article or a rank) and ends with it.
        """
        first = next(i for i, piece in enumerate(self.pieces) if start < piece[2])
        last = next(i for i, piece in enumerate(self.pieces) if end <= piece[2])
        opens = start - self.pieces[first][0] if first % 2 == 0 else start in self.pieces[first][:2]
        closes = end - self.pieces[last][0] if last % 2 == 0 else end == self.pieces[last][2]
        return first, opens, last, closes


def filled(row: str, slots: dict[str, list[str]], side: int) -> Text:
    """The row with the words of one side in its slots. KeyError where the exchange has none for a slot."""
    words, pieces = "", []
    for i, part in enumerate(SLOT.split(row)):
        before, _, name = (slots[part][side] if i % 2 else part).rpartition("|")
        pieces.append((len(words), len(words) + len(before), len(words) + len(before) + len(name)))
        words += before + name
    return Text(words, tuple(pieces))


@cache
def read(engine: Whence, words: str) -> Reading:
    return engine.read(
        Source(id="row", text=words, title="A report of the day", language="en", published="2025-08-20", published_from="given")
    )


def findings(reading: Reading, text: Text) -> dict[str, list[Any]]:
    """What was read, without names, ids and the types of entities: spans as places in the row."""

    def marks(spans: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(text.mark(s.start, s.end) for s in spans)

    def losses(counts: Iterable[Any]) -> tuple[Any, ...]:
        return tuple((c.measure, c.low, c.high, marks([c.span]), tuple((s.low, s.high) for s in c.includes)) for c in counts)

    def where(ids: Iterable[str]) -> tuple[Any, ...]:
        return tuple(sorted(marks([toponyms[i]]) for i in ids))

    def coded(item: Any) -> dict[str, Any]:
        acled = item.acled and f"{item.acled.event_type}: {item.acled.sub_event_type}"
        when = (item.when.earliest, item.when.latest, item.when.precision)
        own = {"type": item.type, "mode": item.mode, "acled": acled, "status": item.status, "when": when}
        return own | {"places": where(item.places), "weapons": marks(item.weapons), "losses": losses(item.counts)}

    toponyms = {t.id: t for t in reading.toponyms}
    said = {a.id: a for a in reading.attributions}
    events = {e.id: e for e in reading.events}
    claims = {c.id: c for c in reading.claims}

    def stands(claim: Any) -> dict[str, Any]:
        event, cue = events.get(claim.event), said.get(claim.attribution)
        own = {"stance": claim.stance, "polarity": claim.polarity, "certainty": claim.certainty, "chain": len(claim.chain)}
        own |= {"event": event and marks([event.trigger]), "cue": cue and marks(cue.cue), "content": marks(claim.content)}
        return own | {"opposes": len(claim.opposes)}

    return {
        "attributions": [
            {role: marks(getattr(a, role)) for role in ("source", "cue", "content")}
            | {"form": a.form, "holder": a.holder is not None, "parent": a.parent and marks(said[a.parent].cue)}
            | {"continues": a.continues and marks(said[a.continues].cue)}
            for a in reading.attributions
        ],
        "events": [
            {"trigger": marks([e.trigger]), "sides": sorted((a.role, marks([a.span] if a.span else [])) for a in e.arguments)} | coded(e)
            for e in reading.events
        ],
        "claims": [stands(c) for c in reading.claims],
        "incidents": [
            {"actors": len(i.actors), "targets": len(i.targets), "origins": i.origins, "disputed": i.disputed}
            | coded(i)
            | {"claims": sorted(str(stands(claims[c])) for c in i.claims), "events": sorted(marks([events[e].trigger]) for e in i.events)}
            for i in reading.incidents
        ],
        "questions": [
            {"asked": marks([q.span] if q.span else []), "verdict": q.verdict, "sides": (len(q.supporting), len(q.against), len(q.beside))}
            for q in reading.questions
        ],
    }


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]], allowed: list[list[Any]]) -> Iterator[str]:
    """Where two readings differ. `allowed`: [field, value, value], in either order."""
    for kind, found in one.items():
        here, there = sorted(found, key=_place), sorted(other[kind], key=_place)
        if len(here) != len(there):
            yield f"{kind}: {len(here)} and {len(there)}"
        for a, b in zip(here, there, strict=False):
            for field in a:
                pair = [a[field], b[field]]
                if pair[0] != pair[1] and not any(entry[0] == field and pair in (entry[1:], entry[:0:-1]) for entry in allowed):
                    yield f"{kind}: {field} {pair[0]} and {pair[1]}"


def _place(item: dict[str, Any]) -> str:
    return str([item.get(k) for k in ("cue", "content", "event", "trigger", "asked")])


def pairs() -> Iterator[Any]:
    """Every row with every exchange named for it."""
    table = tomllib.loads(DATA.read_text(encoding="utf-8"))
    for at, row in enumerate(table["rows"], start=1):
        for name in row["exchanges"]:
            reason = row.get("xfail", {}).get(name)
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(row, table["exchanges"][name], id=f"{at}-{row['kind']}-{name}", marks=marks)


@pytest.mark.parametrize(("row", "slots"), list(pairs()))
def test_the_sides_change_nothing_but_names(engine: Whence, row: dict[str, Any], slots: dict[str, list[str]]) -> None:
    one, other = (filled(row["text"], slots, side) for side in (0, 1))
    found = [findings(read(engine, text.words), text) for text in (one, other)]
    assert list(differences(found[0], found[1], row.get("allow", []))) == []


def test_there_are_rows_of_every_kind() -> None:
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["rows"]
    kinds = Counter(row["kind"] for row in rows)
    assert len(rows) >= 110
    assert set(kinds) == {"event", "loss", "attribution", "claim", "dispute"}
    assert all(len(row["exchanges"]) >= 2 for row in rows)
    assert len({row["text"] for row in rows}) == len(rows)
