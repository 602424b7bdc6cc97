"""Mentions of events across documents: which of them are of one event.

Two mentions are weighed by their words (the same lemma, a related one), by what stands around them (participants, names, figures, the
rest of the sentence) and by how alike their documents are. Weights and related lemmas are learned by `training/coreference.py`.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from whence.data import toml
from whence.records import Record

from .clustering import clustered, connected
from .model import model, rare_words, sigmoid
from .texts import overlap

ALIKE = 0.08
"""Cosine of two documents from which their mentions are compared."""
COMMON = 0.2
"""Share of the documents beyond which a word does not bring two of them together."""
UNSEEN = -0.5
"""Log-odds of two mentions that were not compared."""
LEAN = 0.8
"""Added to the log-odds of a pair: joining too little costs more here than joining too much. Both were tuned on ECB+ dev."""
FLOOR = -1.0
"""Log-odds from which two mentions are linked at all."""


class EventMention(Record):
    """A mention of an event and what stands around it, all as stems. `sentence`: index in its document."""

    document: str
    start: int
    end: int
    lemma: str
    pos: str
    sentence: int
    words: frozenset[str]
    names: frozenset[str]
    participants: frozenset[str]
    numbers: frozenset[str]

    @property
    def id(self) -> str:
        """Document and place."""
        return f"{self.document} {self.start:09} {self.end:09}"


class Documents:
    """Documents as weighted words, and how alike two of them are (cosine of tf-idf)."""

    def __init__(self, texts: Mapping[str, Mapping[str, int]]) -> None:
        weights, unlisted = rare_words()
        seen = Counter(w for words in texts.values() for w in words)
        n = len(texts)
        self._vectors: dict[str, dict[str, float]] = {}
        for document, words in texts.items():
            # What is rare in English tells at first, and less the more documents of the collection have it.
            v = {w: (1 + math.log(k)) * min(weights.get(w, unlisted), math.log2((n + 1) / seen[w]) + 4) for w, k in words.items()}
            length = math.sqrt(sum(x * x for x in v.values())) or 1.0
            self._vectors[document] = {w: x / length for w, x in v.items()}
        self._holders: dict[str, list[str]] = {}
        for document, v in self._vectors.items():
            for w in v:
                if seen[w] <= max(20, COMMON * n):
                    self._holders.setdefault(w, []).append(document)

    def similarity(self, one: str, other: str) -> float:
        """0 to 1; 1 for a document with itself."""
        return 1.0 if one == other else self._cosine(one, other)

    @functools.lru_cache(maxsize=200_000)  # noqa: B019 - lives as long as the run that it serves
    def _cosine(self, one: str, other: str) -> float:
        a, b = self._vectors[one], self._vectors[other]
        if len(a) > len(b):
            a, b = b, a
        return sum(x * b[w] for w, x in a.items() if w in b)

    def near(self, document: str) -> Iterator[str]:
        """Documents that are alike enough, later in their order, and itself."""
        around: set[str] = set()
        strongest = sorted(self._vectors[document].items(), key=lambda kv: -kv[1])[:40]
        for w, _ in strongest:
            around.update(self._holders.get(w, ()))
        for other in around:
            if other >= document and self.similarity(document, other) >= ALIKE:
                yield other


@functools.cache
def related() -> frozenset[tuple[str, str]]:
    """Pairs of stems, sorted, that were found to mention one event."""
    told = toml("linking/related.toml")["pairs"]
    return frozenset((a, b) for a, b in (line.split() for line in told))


def kinship(one: str, other: str) -> str:
    """How two lemmas stand to each other."""
    if one == other:
        return "same"
    if (min(one, other), max(one, other)) in related():
        return "related"
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return "stem" if shared >= 4 and shared >= min(len(one), len(other)) - 2 else "other"


def _level(value: float, *steps: float) -> str:
    return str(sum(value >= s for s in steps))


def levels(one: EventMention, other: EventMention, documents: Documents) -> dict[str, str]:
    """The fields that the model weighs; numbers count up from nothing alike."""
    weights, unlisted = rare_words()

    def weighed(a: frozenset[str], b: frozenset[str]) -> float:
        return sum(weights.get(w, unlisted) for w in a & b)

    lemma = kinship(one.lemma, other.lemma)
    alike = documents.similarity(one.document, other.document)
    here = one.document == other.document
    apart = abs(one.sentence - other.sentence)
    common = weights.get(one.lemma, unlisted)
    documents_level = "one" if here else _level(alike, 0.12, 0.18, 0.26, 0.36, 0.5)
    participants = (
        "none" if not one.participants or not other.participants else _level(overlap(one.participants, other.participants), 0.01, 0.5, 1)
    )
    found = {
        "lemma": lemma,
        "documents": documents_level,
        "lemma in documents": f"{lemma}, {documents_level}",
        "rare": _level(common, 4, 6, 8, 10) if lemma == "same" else "no",
        "rare in documents": f"{_level(common, 4, 6, 8, 10)}, {documents_level}" if lemma == "same" else "no",
        "participants": participants,
        "names": "none" if not one.names or not other.names else _level(overlap(one.names, other.names), 0.01, 0.34, 0.67),
        "words": _level(weighed(one.words, other.words), 8, 16, 30, 50, 80),
        "numbers": "none" if not one.numbers or not other.numbers else _level(overlap(one.numbers, other.numbers), 0.01, 1),
        "pos": "same" if one.pos == other.pos else "other",
    }
    found["lemma and participants"] = f"{lemma}, {participants}"
    found["lemma and words"] = f"{lemma}, {found['words']}"
    if here:
        found["apart"] = "same sentence" if apart == 0 else "next" if apart == 1 else "further"
    return found


def pairs(mentions: Sequence[EventMention], documents: Documents) -> Iterator[tuple[EventMention, EventMention]]:
    """Mentions of like documents with like words, each pair once."""
    by: dict[str, list[EventMention]] = {}
    for m in mentions:
        by.setdefault(m.document, []).append(m)
    for document in sorted(by):
        for other in documents.near(document):
            for n, a in enumerate(by[document]):
                for b in by.get(other, ())[n + 1 if other == document else 0 :]:
                    if kinship(a.lemma, b.lemma) != "other" or (a.participants & b.participants and len(a.words & b.words) >= 3):
                        yield a, b


def coreferent(mentions: Iterable[EventMention], documents: Documents) -> dict[str, str]:
    """The cluster of each mention by its id; a cluster bears the id of its first mention."""
    told = list(mentions)
    weighed = model("mentions")
    links = {}
    for a, b in pairs(told, documents):
        told_alike = weighed.logit(levels(a, b, documents)) + LEAN
        if told_alike > FLOOR:
            links[min(a.id, b.id), max(a.id, b.id)] = sigmoid(told_alike)
    found: dict[str, str] = {m.id: m.id for m in told}
    by: dict[str, int] = {}
    components = connected(links)
    for n, component in enumerate(components):
        for member in component:
            by[member] = n
    inside: dict[int, dict[tuple[str, str], float]] = {}
    for pair, p in links.items():
        inside.setdefault(by[pair[0]], {})[pair] = p
    for n, component in enumerate(components):
        for group in clustered(component, inside[n], unseen=UNSEEN):
            found |= dict.fromkeys(group, group[0])
    return found
