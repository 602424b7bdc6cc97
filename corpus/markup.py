"""The markup in which the corpora of events, counts and incidents are written: brackets with codes in running text.

`[text|codes]`; brackets nest. Codes stand apart by blanks and belong to event 1 of the item, or to the event whose digit they begin with:

  !kind       the trigger of the event, a kind of kinds.tsv or TYPE.mode; then 0 (ACLED has no row), + (an aggregate), :s (a status)
  !           a further trigger that tells of the same event
  a t p w x   an actor, a target, a place, a time, a weapon
  k7          a count: a letter of MEASURES and a range (7, 7+ and up, -7 up to, 3-5), then = (a total so far) or < (of the count before)
  -why        the words look like an event and are none

In a bracket with a count, a stroke parts the number from those counted: `[three /drivers|t k3]`; after "a" none is
needed. Where such a bracket is a trigger, the trigger is what stands after the stroke.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MEASURES = {
    "k": "killed",
    "i": "injured",
    "ki": "killed_or_injured",
    "c": "captured",
    "d": "displaced",
    "D": "destroyed",
    "g": "damaged",
    "n": "participants",
    "N": "incidents",
}
STATUSES = {
    "": "happened",
    "o": "ongoing",
    "c": "claimed",
    "p": "planned",
    "m": "possible",
    "d": "denied",
    "h": "habitual",
    "y": "hypothetical",
}
ROLES = {"a": "actors", "t": "targets", "p": "places", "w": "times", "x": "weapons"}
TRIGGER = re.compile(r"(\d?)!(?:([A-Z]+(?:\.[a-z-]+)?|[a-z]+)(0?)(\+?)(?::([a-z]))?)?")
ROLE = re.compile(r"(\d?)([atpwx])")
COUNT = re.compile(r"(\d?)(ki|[kicdDgnN])(?:(\d+)-(\d+)|-(\d+)|(\d+)(\+?))([=<]?)")
SINGLE = re.compile(r"(?:an?|another) (?!couple|dozen|family|few|fourth|half|hundred|monthly|number|third|thousand)", re.IGNORECASE)
NEGATIVE = re.compile(r"-([a-z]+)")

Item = dict[str, Any]
Kinds = dict[str, tuple[str, str | None, str | None]]


class MarkupError(ValueError):
    """A line that does not follow the markup; the message quotes the place."""


@dataclass
class Bracket:
    """One bracket: half-open code-point offsets in the plain text, its codes, where the counted begin."""

    start: int
    end: int
    codes: list[str]
    counted: int | None


@dataclass
class Marked:
    """A line taken apart: the plain text and its brackets in the order of their starts."""

    text: str
    brackets: list[Bracket] = field(default_factory=list)

    def span(self, start: int, end: int) -> Item:
        """The span of the contract: offsets and the text between them."""
        return {"start": start, "end": end, "text": self.text[start:end]}


def parse(line: str) -> Marked:
    """Take a line apart. Raises MarkupError on brackets that do not close or have no codes."""
    out: list[str] = []
    found: list[Bracket] = []
    open_at: list[tuple[int, int | None]] = []
    at = 0
    while at < len(line):
        char = line[at]
        if char == "[":
            open_at.append((len(out), None))
        elif char == "|":
            close = line.find("]", at)
            if close < 0 or not open_at:
                raise MarkupError(f"bracket without an end or a beginning: {line[max(0, at - 30) : at + 20]!r}")
            start, counted = open_at.pop()
            codes = line[at + 1 : close].split()
            if not codes or start == len(out):
                raise MarkupError(f"bracket without codes or words: {line[max(0, at - 30) : close + 1]!r}")
            found.append(Bracket(start, len(out), codes, counted))
            at = close
        elif char == "]":
            raise MarkupError(f"bracket closed without codes: {line[max(0, at - 30) : at + 1]!r}")
        elif char == "/" and open_at and open_at[-1][1] is None and _counts(line, at):
            open_at[-1] = (open_at[-1][0], len(out))
        else:
            out.append(char)
        at += 1
    if open_at:
        raise MarkupError(f"bracket never closed: {line[:60]!r}")
    return Marked("".join(out), sorted(found, key=lambda b: (b.start, -b.end)))


def _counts(line: str, at: int) -> bool:
    """Whether the innermost bracket around a place has a count among its codes."""
    depth = 0
    for here in range(at, len(line)):
        if line[here] == "[":
            depth += 1
        elif line[here] == "|" and depth == 0:
            return any(COUNT.fullmatch(code) for code in line[here + 1 : line.index("]", here)].split())
        elif line[here] == "]":
            depth -= 1
    return False


def bounds(match: re.Match[str]) -> tuple[int | None, int | None]:
    """The range a count's code says, None where it is open."""
    low, high, ceiling, number, more = match.group(3, 4, 5, 6, 7)
    if low is not None:
        return int(low), int(high)
    if ceiling is not None:
        return None, int(ceiling)
    return int(number), None if more else int(number)


def counted_from(marked: Marked, bracket: Bracket) -> int | None:
    """Where the counted begin: at the stroke, or after the article of a single one ("a nurse"); None where only a number stands."""
    if bracket.counted is not None:
        return bracket.counted
    match = SINGLE.match(marked.text, bracket.start, bracket.end)
    return match.end() if match else None


def counts_of(marked: Marked, event: str) -> list[Item]:
    """The counts of one event; a part ("<") goes to the count of its measure before it, else to the one after it."""
    whole: list[Item] = []
    parts: list[tuple[str, int, Item]] = []
    for bracket in marked.brackets:
        for code in bracket.codes:
            match = COUNT.fullmatch(code)
            if not match or (match.group(1) or "1") != event:
                continue
            low, high = bounds(match)
            counted = counted_from(marked, bracket)
            of = None if counted is None else marked.span(counted, bracket.end)
            row = {"low": low, "high": high, "span": marked.span(bracket.start, bracket.end), "of": of}
            measure = MEASURES[match.group(2)]
            if match.group(8) == "<":
                parts.append((measure, len(whole), row))
            else:
                whole.append({"measure": measure, **row, "total": match.group(8) == "=", "includes": []})
    for measure, after, row in parts:
        before = [w for w in whole[:after] if w["measure"] == measure] or [w for w in whole[after:] if w["measure"] == measure][:1]
        if not before:
            raise MarkupError(f"a part of no count: {row['span']['text']!r}")
        before[-1]["includes"].append(row)
    return whole


def kinds(path: Path) -> Kinds:
    """The kinds of a table: name to type, mode, ACLED type."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {row[0]: (row[1], _none(row[2]), _none(row[3])) for row in rows}


def _none(cell: str) -> str | None:
    return None if cell == "-" else cell


def events_of(marked: Marked, table: Kinds) -> list[Item]:
    """The events of a line, in the order of their digits. Raises MarkupError on unknown kinds, codes without an event."""
    triggers: dict[str, Item] = {}
    for bracket in marked.brackets:
        for code in bracket.codes:
            match = TRIGGER.fullmatch(code)
            if not match or match.group(2) is None:
                continue
            digit, kind = match.group(1) or "1", match.group(2)
            if digit in triggers or (kind not in table and not kind[0].isupper()) or (match.group(5) or "") not in STATUSES:
                raise MarkupError(f"trigger given twice, or of unknown kind or status: {code!r}")
            type_, mode, acled = table[kind] if kind in table else (kind.split(".")[0], [*kind.split("."), None][1], None)
            triggers[digit] = {
                "trigger": marked.span(bracket.start if bracket.counted is None else bracket.counted, bracket.end),
                "also": [],
                "type": type_,
                "mode": mode,
                "acled": None if match.group(3) else acled,
                **{name: [] for name in ROLES.values()},
                "counts": counts_of(marked, digit),
                "status": STATUSES[match.group(5) or ""],
                "aggregate": bool(match.group(4)),
            }
    for bracket in marked.brackets:
        for code in bracket.codes:
            _enter(marked, bracket, code, triggers)
    return [triggers[digit] for digit in sorted(triggers)]


def _enter(marked: Marked, bracket: Bracket, code: str, triggers: dict[str, Item]) -> None:
    """Enter what one code says into the events; a code is read once, by the first pattern that takes it whole."""
    for pattern in (TRIGGER, ROLE, COUNT):
        match = pattern.fullmatch(code)
        if not match:
            continue
        digit = match.group(1) or "1"
        if digit not in triggers:
            raise MarkupError(f"code of an event without a trigger: {code!r} at {bracket.start}")
        if pattern is ROLE:
            triggers[digit][ROLES[match.group(2)]].append(marked.span(bracket.start, bracket.end))
        elif pattern is TRIGGER and match.group(2) is None:
            triggers[digit]["also"].append(marked.span(bracket.start, bracket.end))
        return
    if not NEGATIVE.fullmatch(code):
        raise MarkupError(f"unknown code: {code!r}")


def negatives_of(marked: Marked) -> list[Item]:
    """The words that look like an event and are none, with the reason."""
    return [
        {"span": marked.span(bracket.start, bracket.end), "why": match.group(1)}
        for bracket in marked.brackets
        for code in bracket.codes
        if (match := NEGATIVE.fullmatch(code))
    ]
