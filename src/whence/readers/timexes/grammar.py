"""The matcher: rules are rows of elements, an element is a choice of words and classes.

A pattern is written as its elements with spaces between:

    MONTH           a token of the class; its value is bound to the name `MONTH` (a second one to `MONTH2`)
    of|in           one of these words
    rel=ago|later   the same, bound to `rel`
    NUM|VAGUE       classes and words may be mixed in a choice; each class is bound under its own name
    the?            may be absent
    < >             what stands before `<` or after `>` must be there but is no part of the expression

At each place the expression that reaches farthest wins, then the one with less context, then the first rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from .lexicon import Token, Value

Bound = Mapping[str, Any]


class Meaning:
    """What an expression says before it is put on the calendar: a kind, and what is known."""

    __slots__ = ("facts", "kind")

    def __init__(self, kind: str, /, **facts: Any) -> None:
        self.kind = kind
        self.facts = facts

    def get(self, name: str) -> Any:
        return self.facts.get(name)

    def __repr__(self) -> str:
        return f"{self.kind}({', '.join(f'{k}={v!r}' for k, v in self.facts.items())})"


class Pair:
    """Two expressions that share what only one of them says ("6-12 July"): which element ends the first one."""

    __slots__ = ("first", "second", "split")

    def __init__(self, first: Meaning, split: str, second: Meaning) -> None:
        self.first, self.split, self.second = first, split, second


Builder = Callable[[Bound], "Meaning | Pair | None"]


class _Element(NamedTuple):
    words: frozenset[str]
    classes: tuple[str, ...]
    name: str | None
    optional: bool
    suffix: str


class Rule:
    """A pattern with its builder."""

    __slots__ = ("build", "close", "elements", "opening", "pattern")

    def __init__(self, pattern: str, build: Builder) -> None:
        self.pattern, self.build = pattern, build
        self.elements: list[_Element] = []
        self.opening, self.close = 0, -1
        seen: dict[str, int] = {}
        for part in pattern.split():
            if part == "<":
                self.opening = len(self.elements)
                continue
            if part == ">":
                self.close = len(self.elements)
                continue
            optional = part.endswith("?") and len(part) > 1
            part = part[:-1] if optional else part
            name, _, choice = part.partition("=") if "=" in part and part != "=" else ("", "", part)
            choices = choice.split("|") if len(choice) > 1 else [choice]
            classes = tuple(c for c in choices if c.isupper() and c.isascii() and len(c) > 1)
            suffix = ""
            if classes:
                seen[classes[0]] = seen.get(classes[0], 0) + 1
                suffix = str(seen[classes[0]]) if seen[classes[0]] > 1 else ""
            self.elements.append(_Element(frozenset(c for c in choices if c not in classes), classes, name or None, optional, suffix))
        if self.close < 0:
            self.close = len(self.elements)

    def first(self) -> set[str]:
        """The words and classes a match may begin with."""
        keys: set[str] = set()
        for element in self.elements:
            keys |= element.words | set(element.classes)
            if not element.optional:
                break
        return keys


class Match(NamedTuple):
    """A rule that fits tokens first..last (half-open), without its context, and what it means; `split` is for a
    pair.
    """

    first: int
    last: int
    meaning: Meaning | Pair
    rule: Rule
    splits: Mapping[str, int]


class Grammar:
    """Rules, indexed by what they may begin with."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._index: dict[str, list[tuple[int, Rule]]] = {}
        for number, rule in enumerate(rules):
            for key in rule.first():
                self._index.setdefault(key, []).append((number, rule))

    def at(self, tokens: Sequence[Token], i: int) -> Match | None:
        """The longest expression whose rule begins at token i."""
        token = tokens[i]
        candidates = list(self._index.get(token.lower, ()))
        for label in token.classes:
            candidates += self._index.get(label, ())
        best: Match | None = None
        best_key: tuple[int, int, int] | None = None
        for number, rule in candidates:
            found = _fit(rule, tokens, i)
            if found is None:
                continue
            bound, at = found
            last = at["close"]
            key = (last, -at["opening"], -number)
            if best_key is not None and key <= best_key:
                continue
            meaning = rule.build(bound)
            if meaning is not None and last > at["opening"]:
                best, best_key = Match(at["opening"], last, meaning, rule, at), key
        return best


def _fit(rule: Rule, tokens: Sequence[Token], i: int) -> tuple[dict[str, Value], dict[str, int]] | None:
    """Matches with backtracking over what may be absent, the present tried first."""
    elements, count = rule.elements, len(tokens)

    def go(e: int, j: int) -> tuple[dict[str, Value], dict[str, int]] | None:
        if e == len(elements):
            return {}, ({"close": j} if rule.close == e else {})
        element = elements[e]
        if j < count:
            token = tokens[j]
            hit = token.lower in element.words
            bound: list[tuple[str, Value]] = []
            for label in element.classes:
                if label in token.classes:
                    hit = True
                    bound.append((label + element.suffix, token.classes[label]))
                    break
            if hit:
                rest = go(e + 1, j + 1)
                if rest is not None:
                    for label, value in bound:
                        rest[0].setdefault(label, value)
                        rest[1].setdefault(label, j)
                    if element.name:
                        rest[0][element.name] = token.lower
                        rest[1][element.name] = j
                    if e == rule.opening:
                        rest[1]["opening"] = j
                    if e == rule.close:
                        rest[1]["close"] = j
                    return rest
        if element.optional:
            rest = go(e + 1, j)
            if rest is not None:
                if e == rule.opening:
                    rest[1]["opening"] = j
                if e == rule.close:
                    rest[1]["close"] = j
                return rest
        return None

    return go(0, i)
