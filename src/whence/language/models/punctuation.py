"""Where punctuation hangs in a tree: Universal Dependencies' rules, applied to the tree that the parser built.

UD attaches punctuation by rule, not by meaning: paired marks to what they enclose, final marks to the root, the others
to the highest word that keeps the tree free of crossing arcs, on the lower side. A parser learns that with errors.
"""

from __future__ import annotations

from collections.abc import Sequence

_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "„": "“"}
_FINAL = frozenset(".!?…")


def heads_of_punctuation(words: Sequence[str], heads: Sequence[int], marks: Sequence[bool]) -> dict[int, int]:
    """New heads for those of a sentence's words that are `marks`, by index.

    `heads` are indices in the sentence, a root's its own. A mark that has dependents keeps its place, and so does
    the whole sentence where nothing else is left.
    """
    count = len(words)
    parents = {heads[i] for i in range(count) if heads[i] != i}
    free = [bool(marks[i]) and heads[i] != i and i not in parents for i in range(count)]
    solid = [i for i in range(count) if not free[i]]
    if not solid or not any(free):
        return {}
    root = next((i for i in solid if heads[i] == i), solid[0])
    left, right = _spans(heads, free, count)
    out: dict[int, int] = {}
    for a, b in _pairs(words, free):
        tops = [i for i in range(a + 1, b) if (not free[i] and not a < heads[i] < b) or (heads[i] == i and a < i < b)]
        tops = [i for i in tops if not free[i]]
        if tops:
            top = min(tops, key=lambda i: (left[i] - right[i], i))
            out[a] = out[b] = top
    last = solid[-1]
    for i in range(count):
        if not free[i] or i in out:
            continue
        if i > last and any(c in _FINAL for c in words[i]):
            out[i] = root
        else:
            out[i] = _between(i, heads, free, left, right, root)
    return out


def _spans(heads: Sequence[int], free: Sequence[bool], count: int) -> tuple[list[int], list[int]]:
    """The leftmost and rightmost word below each word."""
    left, right = list(range(count)), list(range(count))
    for i in range(count):
        if free[i]:
            continue
        at, steps = i, 0
        while heads[at] != at and steps < count:
            at = heads[at]
            left[at], right[at] = min(left[at], i), max(right[at], i)
            steps += 1
    return left, right


def _pairs(words: Sequence[str], free: Sequence[bool]) -> list[tuple[int, int]]:
    found, open_at = [], list[int]()
    plain: int | None = None
    for i, word in enumerate(words):
        if not free[i]:
            continue
        if word == '"':
            if plain is None:
                plain = i
            else:
                found.append((plain, i))
                plain = None
        elif open_at and word == _PAIRS[words[open_at[-1]]]:
            found.append((open_at.pop(), i))
        elif word in _PAIRS:
            open_at.append(i)
    return found


def _between(i: int, heads: Sequence[int], free: Sequence[bool], left: Sequence[int], right: Sequence[int], root: int) -> int:
    """The lower of the two highest words that reach up to the mark from either side."""
    a = next((j for j in range(i - 1, -1, -1) if not free[j]), None)
    b = next((j for j in range(i + 1, len(heads)) if not free[j]), None)
    if a is not None:
        while heads[a] != a and heads[a] < i and right[a] < i:
            a = heads[a]
    if b is not None:
        while heads[b] != b and heads[b] > i and left[b] > i:
            b = heads[b]
    if a is None or b is None:
        return a if b is None and a is not None else b if b is not None else root
    if _below(a, b, heads):
        return a
    if _below(b, a, heads):
        return b
    return a


def _below(i: int, j: int, heads: Sequence[int]) -> bool:
    steps = 0
    while heads[i] != i and steps <= len(heads):
        i = heads[i]
        if i == j:
            return True
        steps += 1
    return False
