"""Numbers as ranges: "more than 10" is 11 and up, "dozens" 24 and up, "several" 2 and up, "up to 30" has no floor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from whence.language.analysis import Token

UNITS = {
    w: n
    for n, w in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        ).split()
    )
}
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
OPEN = {
    "several": 2,
    "some": 2,
    "multiple": 2,
    "various": 2,
    "few": 2,
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "tens of thousands": 20000,
    "hundreds of thousands": 200_000,
    "many": 3,
    "numerous": 3,
    "millions": 2_000_000,
}
FLOOR = ("at least", "no fewer than", "no less than", "not less than", "a minimum of", "minimum of")
ABOVE = ("more than", "over", "above", "upwards of", "in excess of", "exceeding")
CEILING = ("up to", "at most", "as many as", "no more than", "not more than", "a maximum of")
BELOW = ("fewer than", "less than", "under", "nearly", "almost")
ABOUT = ("about", "around", "approximately", "roughly", "some", "an estimated", "estimated")
QUANTIFYING = frozenset(
    "than more least at to up of as many about over around fewer less between and nearly almost estimated an a -".split()
)
"""Words that stand inside a quantity."""
FIGURE = re.compile(r"^\d{1,3}(?:[,.\u00a0 ]\d{3})+$|^\d+$")


class Quantity(NamedTuple):
    """A range, both included, None open; and the half-open range of tokens that says so."""

    low: int | None
    high: int | None
    first: int
    last: int


def number(words: Sequence[str]) -> int | None:
    """The number that figures or words say ("1,200", "twenty-one", "3 million"), or None."""
    total = current = 0
    seen = False
    for raw in words:
        for word in raw.lower().replace("-", " ").split():
            if FIGURE.match(word):
                current += int(re.sub(r"\D", "", word))
            elif re.match(r"^\d+\.\d+$", word):
                rest = [w.lower() for w in words]
                scale = next((SCALES[w] for w in rest if w in SCALES), None)
                return int(float(word) * scale) if scale else None
            elif word in UNITS:
                current += UNITS[word]
            elif word in TENS:
                current += TENS[word]
            elif word in SCALES:
                current = max(1, current) * SCALES[word]
                if SCALES[word] >= 1000:
                    total, current = total + current, 0
            elif word in ("dozen",):
                current = max(1, current) * 12
            elif word in ("a", "an") or (word == "and" and seen):
                continue
            else:
                return None
            seen = True
    return total + current if seen else None


def is_number(token: Token) -> bool:
    """Whether a word is a figure or a number word."""
    low = token.lower
    return (
        bool(FIGURE.match(low))
        or (any(low.split("-")) and all(w in UNITS or w in TENS or w in SCALES for w in low.split("-") if w))
        or low == "dozen"
        or bool(re.match(r"^\d+\.\d+$", low))
    )


def quantity(tokens: Sequence[Token], first: int, head: int) -> Quantity | None:
    """The quantity that stands in tokens first..head (head being what is counted), or None where none does.

    Both bounds of "between 5 and 7", "5 to 7", "5-7"; thresholds before and "or more", "or so" after the number.
    """
    for i in range(first, head + 1):
        t = tokens[i]
        after = [x.lower for x in tokens[i + 1 : i + 3]]
        if (t.lower == "many" and after[:1] == ["as"]) or after in (["of", "thousands"], ["of", "hundreds"]):
            continue  # "as many as 50", "hundreds of thousands"
        if t.lower in OPEN and not (t.lower == "some" and i + 1 <= head and is_number(tokens[i + 1])):
            low = OPEN[t.lower]
            start = i
            if t.lower in ("thousands", "hundreds") and i >= 2 and tokens[i - 1].lower == "of":
                before = tokens[i - 2].lower
                low = OPEN.get(f"{before} of {t.lower}", low)
                start = i - 2
            if i > first and tokens[i - 1].lower in ("a",):
                start = i - 1
            if i == head and t.pos != "PRON" and t.lower in ("few", "some", "many"):
                return None
            return Quantity(low, None, start, i + 1)
        if not is_number(t):
            continue
        last = i + 1
        while last < head and (
            is_number(tokens[last])
            or (tokens[last].lower == "and" and is_number(tokens[min(last + 1, head)]) and tokens[last - 1].lower in SCALES)
        ):
            last += 1
        if i > first and tokens[i - 1].lower in ("a", "an") and t.lower in ("dozen", "hundred", "thousand", "million"):
            i -= 1
        value = number([x.text for x in tokens[i:last]])
        if value is None:
            return None
        if (
            t.lower in TENS
            and last + 1 < len(tokens)
            and tokens[last].text in ("-", "–")
            and 0 < UNITS.get(tokens[last + 1].lower, 0) < 10
            and tokens[last].start == tokens[last - 1].end
        ):
            value, last = value + UNITS[tokens[last + 1].lower], last + 2  # "Twenty-six", taken apart
        if last <= head and tokens[last - 1].lower != "dozen" and last < len(tokens) and tokens[last].lower == "dozen":
            value, last = value * 12, last + 1
        return _bounded(tokens, first, i, last, head, value)
    return None


def _bounded(tokens: Sequence[Token], first: int, i: int, last: int, head: int, value: int) -> Quantity:
    before = " ".join(t.lower for t in tokens[max(0, i - 3) : i] if t.sentence == tokens[head].sentence)
    after = [t.lower for t in tokens[last : last + 2]]
    if len(after) == 2 and last + 1 < len(tokens) and after[0] in ("to", "-", "–", "and") and is_number(tokens[last + 1]):
        upper = number([tokens[last + 1].text])
        between = before.endswith(("between", "from")) or after[0] != "and"
        if upper is not None and upper > value and between:
            return Quantity(value, upper, i - (1 if before.endswith(("between", "from")) else 0), last + 2)

    def back(words: str) -> int:
        return i - len(words.split())

    for phrase in CEILING:
        if before.endswith(phrase):
            return Quantity(None, value, back(phrase), last)
    for phrase in FLOOR:
        if before.endswith(phrase):
            return Quantity(value, None, back(phrase), last)
    for phrase in ABOVE:
        if before.endswith(phrase):
            return Quantity(value + 1, None, back(phrase), last)
    for phrase in BELOW:
        if before.endswith(phrase):
            return Quantity(None, value if phrase in ("nearly", "almost") else value - 1, back(phrase), last)
    if after[:2] == ["or", "more"]:
        return Quantity(value, None, i, last + 2)
    for phrase in ABOUT:
        if before.endswith(phrase):
            return Quantity(value, value, back(phrase), last)
    return Quantity(value, value, i, last)
