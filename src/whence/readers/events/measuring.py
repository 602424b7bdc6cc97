"""The learned part of counting: what an amount is a count of (killed, captured, taking part, ...) or that it is none.

Rules find amounts ("more than ten people", "a YouTuber", "his house") and what the words beside them make of most; a
softmax regression over hashed features of an amount and its surroundings, trained on texts of our own
(training/losses.py), has the last word.
"""

from __future__ import annotations

import functools
import importlib.resources
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from whence.errors import ResourceError
from whence.language.analysis import Analysis, SentenceTokens, Token
from whence.readers.entities.candidates import COLLECTIVE
from whence.readers.entities.lexicon import blind, roles

from .lexicon import measure_of, triggers
from .tolls import DEAD, DEATHS, HURT, INJURIES, Amount, amounts

BITS = 15
FOLDER = ("data", "events")
SUFFERS = ("obj", "nsubj:pass", "nsubj", "iobj", "obl", "nmod", "conj", "appos", "acl", "root", "obl:agent", "csubj", "xcomp", "dep")
ONE = frozenset(("him", "her", "it", "himself", "herself"))
"""Pronouns that stand for one."""
ALIKE = {"her": "his", "she": "he", "hers": "his", "herself": "himself"}
"""What befell a woman counts as what befell a man does."""
NEAR = 9


class Guess(NamedTuple):
    """What an amount counts, as far as the model can tell: the chance of each measure and of none."""

    chances: dict[str, float]

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest measure and its chance."""
        return max(((m, c) for m, c in self.chances.items() if m != "none"), key=lambda x: x[1])

    @property
    def nothing(self) -> float:
        """How likely the amount counts no loss."""
        return self.chances["none"]


def candidates(analysis: Analysis, sentence: SentenceTokens) -> list[Amount]:
    """The amounts of a sentence, and single persons or things that something is done to ("a YouTuber", "him")."""
    tokens = analysis.tokens
    found = [a for a in amounts(analysis, sentence) if not (a.low == 0 and a.high == 0)]
    taken = {i for a in found for i in range(a.first, a.last)}
    for t in analysis.of(sentence):
        if t.i in taken or t.dep not in SUFFERS:
            continue
        one = t.tag == "NN" and t.pos == "NOUN"  # names are left out: whether one is seen as a person hangs on the name
        if t.lower in ONE and t.dep in ("obj", "nsubj:pass"):
            found.append(Amount(1, 1, t.i, t.i + 1, t.i))
        elif one and t.lemma not in triggers().nouns:
            first = t.i
            while (
                first > sentence.first
                and tokens[first - 1].head == t.i
                and tokens[first - 1].dep in ("det", "amod", "compound", "nmod:poss")
            ):
                first -= 1
            opening = tokens[first].lower
            lemma = roles().head(t.lemma, t.text)
            if lemma in COLLECTIVE or roles().heads.get(lemma) in ("political_body", "media", "organization", "state"):
                continue  # an army that was ambushed is not one man
            if opening in ("a", "an", "the", "another") or tokens[first].dep == "nmod:poss" or tokens[first].tag == "PRP$":
                found.append(Amount(1, 1, first, t.i + 1, t.i))
    return sorted(found, key=lambda a: a.first)


def _loss(t: Token) -> str:
    if t.lower in DEAD or t.lemma.lower() in DEATHS:
        return "killed"
    if t.lower in HURT or t.lemma.lower() in INJURIES:
        return "injured"
    known = measure_of(t)
    if known:
        return known
    senses = triggers().verbs.get(t.lemma, ()) if t.pos == "VERB" else triggers().nouns.get(t.lemma.lower(), ()) if t.pos == "NOUN" else ()
    return f"~{senses[0].type}" if senses else ""


def features(analysis: Analysis, sentence: SentenceTokens, a: Amount, rule: str) -> Iterator[str]:
    """What is seen of an amount: itself, the words around, what governs it, the words of loss near by, what the rules say."""
    tokens = analysis.tokens
    named = {i for n in analysis.names for i in range(n.first, n.last)}

    def word(i: int) -> str:
        if not sentence.first <= i < sentence.last:
            return "#"
        seen = blind(tokens[i], named=i in named)
        return ALIKE.get(tokens[i].lower, seen)

    head = tokens[a.head]
    kind = roles().heads.get(roles().head(head.lemma, head.text)) or head.pos
    if a.head in named:
        kind = "name"
    size = "0" if (a.low, a.high) == (0, 0) else "1" if (a.low, a.high) == (1, 1) else "n" if a.low == a.high else "~"
    yield "b"
    yield f"r={rule}"
    yield f"r={rule}_{size}"
    yield f"s={size}"
    yield f"k={kind}"
    yield f"d={ALIKE.get(tokens[a.first].lower, tokens[a.first].lower)}" if tokens[a.first].pos in ("DET", "PRON") else "d=-"
    own = blind(head, named=a.head in named)
    yield f"h={own}"
    for n in (1, 2, 3):
        yield f"-{n}={word(a.first - n)}"
        yield f"+{n}={word(a.last + n - 1)}"
    yield f"-12={word(a.first - 2)}_{word(a.first - 1)}"
    yield f"+12={word(a.last)}_{word(a.last + 1)}"
    for t in tokens[a.first : a.last]:
        if loss := _loss(t):
            yield f"in={loss}"
    t = head
    for _ in range(3):
        if t.dep != "conj" or t.head == t.i:
            break
        t = tokens[t.head]
    up = tokens[t.head]
    case = next((tokens[c].lower for c in t.children if tokens[c].dep == "case"), "")
    passive = "p" if any(tokens[c].dep == "aux:pass" for c in up.children) else ""
    loss = _loss(up)
    yield f"g={t.dep}/{up.pos}{passive}"
    yield f"gl={t.dep}_{blind(up, named=up.i in named)}{passive}"
    yield f"gm={t.dep}{passive}_{loss}"
    yield f"gk={t.dep}{passive}_{loss}_{kind}"
    yield f"c={case}"
    yield f"cl={case}_{up.lemma if up.i not in named else '@'}"
    over = tokens[up.head]
    yield f"o={up.dep}_{_loss(over)}"
    yield f"ol={up.dep}_{blind(over, named=over.i in named)}"
    for c in t.children:
        if tokens[c].dep.startswith(("acl", "amod", "nmod")):
            yield f"ch={tokens[c].dep}_{_loss(tokens[c]) or tokens[c].pos}"
    for step, limit, name in ((1, min(sentence.last, a.last + NEAR), "R"), (-1, max(sentence.first - 1, a.first - NEAR - 1), "L")):
        i = a.last if step > 0 else a.first - 1
        verbs, seen = 0, 0
        while i != limit and sentence.first <= i < sentence.last and seen < 2:
            if found := _loss(tokens[i]):
                far = "1" if abs(i - (a.last if step > 0 else a.first)) < 3 else "2"
                yield f"{name}{seen}={found}"
                yield f"{name}{seen}={found}_{far}_{tokens[i].pos}{tokens[i].tag}_{min(verbs, 1)}"
                seen += 1
            verbs += tokens[i].pos == "VERB"
            i += step
        if not seen:
            yield f"{name}=-"
    if any(x.lower == "including" or x.lower == "among" for x in tokens[max(sentence.first, a.first - 3) : a.first]):
        yield "incl"
    yield "first" if a.first == sentence.first else "later"


def hashed(feature: str) -> int:
    """The weight that a feature shares: CRC-32, the same on every machine."""
    return zlib.crc32(feature.encode()) & ((1 << BITS) - 1)


class Model:
    """A softmax regression over hashed features (Weinberger et al. 2009)."""

    def __init__(self, weights: NDArray[np.float32], bias: NDArray[np.float32], classes: Sequence[str]) -> None:
        self.weights = weights
        self.bias = bias
        self.classes = list(classes)

    def guess(self, found: Sequence[str]) -> Guess:
        """What an amount with these features counts."""
        rows = list({hashed(f) for f in found})
        scores = self.weights[rows].sum(axis=0) + self.bias
        grown = np.exp(scores - scores.max())
        chances = grown / grown.sum()
        return Guess(dict(zip(self.classes, (float(x) for x in chances), strict=True)))


@functools.cache
def model() -> Model:
    """The bundled weights, loaded once. ResourceError where they are missing or cannot be read."""
    folder = importlib.resources.files("whence").joinpath(*FOLDER)
    try:
        with importlib.resources.as_file(folder / "losses.npz") as path, np.load(path, allow_pickle=False) as kept:
            full = np.zeros((1 << BITS, int(kept["bias"].shape[0])), np.float32)
            full[kept["rows"]] = kept["values"].astype(np.float32)
            return Model(full, kept["bias"].astype(np.float32), [str(x) for x in kept["classes"]])
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(f"the weights of losses in {folder} cannot be read ({error}); install whence again") from error


def guesses(analysis: Analysis, sentence: SentenceTokens, found: Sequence[Amount], rules: dict[int, str]) -> list[Guess]:
    """What each amount counts; `rules`: from the first token of an amount to the measure the rules give it."""
    learned = model()
    return [learned.guess(list(features(analysis, sentence, a, rules.get(a.first, "none")))) for a in found]
