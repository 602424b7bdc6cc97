"""A text as language: tokens, sentences and the names a model sees, free of any library's types.

Universal Dependencies throughout (https://universaldependencies.org): `pos` is UPOS, `tag` the treebank's own tag
(Penn style for English), `dep` the relation with its subtype ("nsubj:pass"), `lemma` the dictionary form.
Offsets are code points of the document's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class Token:
    """One word or punctuation mark.

    i         its index in `Analysis.tokens`
    start,end offsets in the document's text
    head      index of its syntactic head (its own index for a root)
    sentence  index of its sentence
    children  indices of its dependents, in text order
    """

    __slots__ = (
        "children",
        "dep",
        "end",
        "feats",
        "head",
        "i",
        "lemma",
        "lower",
        "pos",
        "sentence",
        "start",
        "tag",
        "text",
    )

    def __init__(
        self,
        *,
        i: int,
        start: int,
        end: int,
        text: str,
        lemma: str,
        pos: str,
        tag: str,
        feats: str,
        dep: str,
        head: int,
        sentence: int,
    ) -> None:
        self.i = i
        self.start = start
        self.end = end
        self.text = text
        self.lower = text.lower()
        self.lemma = lemma
        self.pos = pos
        self.tag = tag
        self.feats = feats
        self.dep = dep
        self.head = head
        self.sentence = sentence
        self.children: list[int] = []

    def __repr__(self) -> str:
        return f"{self.text}/{self.pos}/{self.dep}"


class SentenceTokens:
    """A sentence as the half-open range of its tokens; `start` and `end` are offsets in the text."""

    __slots__ = ("end", "first", "index", "last", "start")

    def __init__(self, *, index: int, first: int, last: int, start: int, end: int) -> None:
        self.index = index
        self.first = first
        self.last = last
        self.start = start
        self.end = end


class Name:
    """A stretch of tokens that the model takes for a name: first and last are half-open; label is person,
    organization or place."""

    __slots__ = ("first", "label", "last")

    def __init__(self, *, first: int, last: int, label: str) -> None:
        self.first = first
        self.last = last
        self.label = label


class Analysis:
    """The tokens of one document's readable blocks, with their sentences and names."""

    __slots__ = ("_starts", "names", "sentences", "text", "tokens")

    def __init__(self, *, text: str, tokens: Sequence[Token], sentences: Sequence[SentenceTokens], names: Sequence[Name]) -> None:
        self.text = text
        self.tokens = tokens
        self.sentences = sentences
        self.names = names
        for token in tokens:
            if token.head != token.i:
                tokens[token.head].children.append(token.i)
        self._starts = [t.start for t in tokens]

    def of(self, sentence: SentenceTokens) -> Sequence[Token]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def subtree(self, i: int) -> list[int]:
        """Indices of a token and all that hangs below it, in text order."""
        found, todo = [], [i]
        while todo:
            j = todo.pop()
            found.append(j)
            todo += self.tokens[j].children
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads of a token, nearest first, without itself."""
        seen = {i}
        while (head := self.tokens[i].head) not in seen:
            yield head
            seen.add(head)
            i = head

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of tokens that touch the offsets start..end; empty (n, n) where none does."""
        from bisect import bisect_left, bisect_right

        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.tokens[first].end <= start:
            first += 1
        last = bisect_left(self._starts, end)
        return first, max(first, last)

    def head_of(self, first: int, last: int) -> int:
        """The token of first..last (half-open) whose head lies outside: the syntactic head of the stretch."""
        roots = [i for i in range(first, last) if self.tokens[i].head == i or not first <= self.tokens[i].head < last]
        return next((i for i in roots if self.tokens[i].pos != "PUNCT"), roots[0] if roots else first)
