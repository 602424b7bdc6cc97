"""One attribution as it is found, in tokens."""

from __future__ import annotations

from .phrases import Ranges


class Found:
    """One attribution in tokens: source, cue and content ranges, the cue's lemma and whether it is negated."""

    __slots__ = ("act", "content", "cue", "lemma", "negated", "quoted", "sentence", "source", "why")

    def __init__(
        self,
        *,
        source: Ranges,
        cue: Ranges,
        content: Ranges,
        lemma: str,
        sentence: int,
        why: str,
        negated: bool = False,
        quoted: bool = False,
    ) -> None:
        self.source = source
        self.cue = cue
        self.content = content
        self.lemma = lemma
        self.sentence = sentence
        self.why = why
        self.negated = negated
        self.quoted = quoted
        self.act = False
