"""Days counted from another event: "two days after the attack", "this came a day after officers were killed".

What an expression such as "two days after" is about depends on where it stands. Where its own clause is undated, it dates
that clause from the event it names: the attack told before, one that everybody knows, or nobody can tell. Where its own
clause is dated already, or is nothing but "this came", it dates the other event instead, and the count runs the other way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .calendar import Moment, of
from .grammar import Meaning

_BARE = re.compile(r"^\s*(?:[.,;:!?)\"”’]|$|(?:and|but|when|that)\b)")
_CAME = re.compile(
    r"(?:^|[,;]\s*)(?:and |but )?(?P<who>[^,;]{2,90}?)\s(?:came|comes|come|coming|happened|occurred|took place|was|is)"
    r"(?:\s(?:just|only|barely|some|about|nearly|almost|less than|more than|at least))*\s*$",
    re.I,
)
_COMMA = re.compile(r"[,(–—-]\s*(?:just|only|barely|some|about|nearly|almost|less than|more than|and)?\s*$", re.I)
_DEFINITE = re.compile(r"^\s+(?:the|this|that|these|those|its|his|her|their)\s+(?P<words>[\w'’-]+(?:\s+[\w'’-]+){0,3})", re.I)
_ENDING = re.compile(r"(?:ings?|ions?|ments?|e[ds]|als?|s|e)$")
_COMMON = frozenset("that with from were been have their this which when they into after before other people".split())


class Told(NamedTuple):
    """A day told: where, and the id of its record."""

    start: int
    moment: Moment
    record: str


def describe(meaning: Meaning, text: str, sentence: tuple[int, int], start: int, end: int) -> None:
    """Notes what stands around "N units before/after" at start..end: the sentence, what follows, how it hangs there."""
    rest, before = text[end : sentence[1]], text[sentence[0] : start]
    meaning.facts["sentence"] = sentence[0]
    meaning.facts["names"] = not _BARE.match(rest)
    came = _CAME.search(before)
    meaning.facts["came"] = came is not None
    meaning.facts["beside"] = bool(_COMMA.search(before))
    definite = _DEFINITE.match(rest)
    words = (definite["words"] if definite else " ".join(rest.split()[:5])).lower().split()
    stems = [_stem(w) for w in words if len(w) > 3 and w not in _COMMON]
    meaning.facts["stems"] = [s for s in stems if len(s) > 2]
    short = definite is not None and re.match(r"[\w'’-]+\s*(?:[.,;:!?]|$|on\b|in\b|at\b)", definite["words"] + rest[definite.end() :])
    meaning.facts["definite"] = bool(short)


def _stem(word: str) -> str:
    return _ENDING.sub("", word.strip("'’.,;"))[:7]


def anchor(meaning: Meaning, text: str, start: int, told: Sequence[Told], *, history: bool) -> None:
    """Finds what the expression counts from, where it names an event; see the facts `anchored`, `base`, `turned`."""
    facts = meaning.facts
    if not facts.get("names") or history:
        return  # a history goes on from day to day, and what it names is what it told last
    here = [t for t in told if t.start >= facts["sentence"]]
    if facts["came"] or (facts["beside"] and here):
        held = next((t for t in reversed(told) if t.moment.day is not None), None)
        facts.update(anchored=True, turned=True, base=held.moment if held else None, record=held.record if held else None)
        return
    if facts.get("event") is not None:
        facts.update(anchored=True, base=of(facts["event"]), record=None)
        return
    echo = _echo(text, start, facts["stems"], told)
    if echo is not None:
        facts.update(anchored=True, base=echo.moment, record=echo.record)
    elif not (facts["definite"] and told):
        facts.update(anchored=True, base=None, record=None)


def _echo(text: str, start: int, stems: Sequence[str], told: Sequence[Told]) -> Told | None:
    """The day told in the sentence that last spoke of the event, by the stem of its word."""
    for stem in stems:
        hits = list(re.finditer(rf"\b{re.escape(stem)}", text[:start], re.I))
        if not hits:
            continue
        at = hits[-1].start()
        opening = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1
        closing = min(x for x in (text.find(". ", at), text.find("\n", at), len(text)) if x >= 0)
        inside = [t for t in told if opening <= t.start < closing and t.moment.day is not None]
        if inside:
            return inside[-1]
    return None
