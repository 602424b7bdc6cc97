"""Texts as comparing wants them: folded words, shingles, quotations, names and numbers in their order."""

from __future__ import annotations

import functools
import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence

SHINGLE = 4
"""Words of a shingle: long enough that two hands seldom write the same, short enough to outlive an editor's changes."""
SHORTEST_QUOTE = 4
"""Words from which a quotation is told again rather than hit upon twice."""

QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„\n]{12,400})[\"“”«»„]")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "dozen": 12, "hundred": 100}
STOP = frozenset(
    "the a an and or but of in on at to for from by with as that which who whom whose this these those it its they their them he his "
    "him she her was were is are be been being had has have not no did do does said says say told according also after before when "
    "while where there then than into over under near about more most some any all one two other others people person sources source "
    "reported report reports news statement area town village city local between during since until against around still".split()
)


@functools.lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word or name without case, accents and punctuation."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch))
    return " ".join(re.sub(r"[\W_]+", " ", plain.casefold()).split())


def words_of(text: str) -> list[str]:
    """The words of a text, folded, a number word as its digits."""
    found = []
    for match in WORD.finditer(text):
        word = folded(match[0])
        found.append(str(NUMBERS[word]) if word in NUMBERS else word)
    return found


def content_words(text: str) -> frozenset[str]:
    """Words that carry something: no stop words, no single letters."""
    return frozenset(stem(w) for w in words_of(text) if w not in STOP and (len(w) > 2 or w.isdigit()))


def stem(word: str) -> str:
    """A word without its commonest endings: enough to see "shelled" and "shelling" as one."""
    for ending in ("ings", "ing", "ies", "ers", "ed", "es", "er", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def shingles(words: Sequence[str], size: int = SHINGLE) -> frozenset[int]:
    """Hashes (CRC-32, the same in every run) of all runs of `size` words."""
    return frozenset(zlib.crc32(" ".join(words[i : i + size]).encode()) for i in range(len(words) - size + 1))


def quotations(text: str) -> tuple[tuple[str, ...], ...]:
    """The quotations of a text as folded words, in its order."""
    found = (tuple(words_of(m[1])) for m in QUOTED.finditer(text))
    return tuple(q for q in found if len(q) >= SHORTEST_QUOTE)


def numbers_in(text: str) -> list[tuple[int, str]]:
    """(offset, digits) of numbers, written as figures or as words; years are left out."""
    found = []
    for match in WORD.finditer(text):
        word = folded(match[0])
        told = str(NUMBERS[word]) if word in NUMBERS else word if word.isdigit() else ""
        if told and not (len(told) == 4 and told[:2] in ("19", "20")) and told not in ("0", "1"):
            found.append((match.start(), told))
    return found


def overlap(one: Iterable[object], other: Iterable[object]) -> float:
    """How much of the smaller set is in the other, 0 to 1; 0 where one is empty."""
    a, b = set(one), set(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def in_order(one: Sequence[object], other: Sequence[object]) -> float:
    """How far what both tell comes in the same order: the longest common subsequence over what is common, 0 to 1.

    Order is only evidence where there is much to order: fewer than four common items give 0.
    """
    common = set(one) & set(other)
    a = list(dict.fromkeys(x for x in one if x in common))
    b = list(dict.fromkeys(x for x in other if x in common))
    if len(a) < 4:
        return 0.0
    at = {x: i for i, x in enumerate(b)}
    ends: list[int] = []
    from bisect import bisect_left

    for x in a:  # longest increasing run of positions, by patience
        i = bisect_left(ends, at[x])
        ends[i : i + 1] = [at[x]]
    return len(ends) / len(a)
