"""The learned part of finding events: how likely a word tells of an act of which type, and how ACLED would code it."""

from __future__ import annotations

import functools
import importlib.resources
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from whence.errors import ResourceError
from whence.language.analysis import Analysis, Token
from whence.readers.entities.lexicon import SIDES, blind, roles
from whence.records.vocabulary import EventType

from .finding import Trigger
from .lexicon import Sense, TriggerLexicon, acled_of

BITS = 17
"""Features are hashed into 2 ** BITS rows of weights (Weinberger et al. 2009)."""
FOLDER = ("data", "events")
CANDIDATES = frozenset(("VERB", "NOUN", "ADJ", "PROPN", "AUX"))


class Judgement(NamedTuple):
    """How likely a word tells of no act, of which type at most, and the likeliest coding of ACLED ("" for none)."""

    nothing: float
    type: EventType
    chance: float
    acled: str
    types: dict[str, float]


def hashed(feature: str) -> int:
    """The row of weights that a feature shares: CRC-32, the same on every machine."""
    return zlib.crc32(feature.encode()) & ((1 << BITS) - 1)


def _kind(token: Token, labels: dict[int, str]) -> str:
    """A coarse kind of somebody or something: the type of its role noun, a name's label, else its part of speech."""
    known = roles().heads.get(roles().head(token.lemma, token.text))
    if known in SIDES or token.i in labels or token.pos == "PROPN":
        return "somebody"
    return known or token.pos


def features(analysis: Analysis, token: Token, lexicon: TriggerLexicon, rule: str, labels: dict[int, str]) -> Iterator[str]:
    """What is seen of a word: itself, what hangs on it and what it hangs on, its company, what the lexicon says of it."""
    tokens = analysis.tokens
    sentence = analysis.sentences[token.sentence]
    lemma = token.lemma.lower()
    yield "b"
    yield f"l={lemma}/{token.pos}"
    yield f"w={token.lower}"
    yield f"p={token.pos}/{token.dep}/{token.tag}"
    yield f"r={rule}"
    yield f"rl={rule}_{lemma}"
    senses = lexicon.verbs.get(lemma, []) if token.pos in ("VERB", "AUX") else lexicon.nouns.get(lemma, [])
    yield "x=" + "+".join(sorted({s.type for s in senses}))
    other = lexicon.nouns.get(lemma, []) if token.pos in ("VERB", "AUX") else lexicon.verbs.get(lemma, [])
    if other and not senses:
        yield "y=" + "+".join(sorted({s.type for s in other}))
    for name, j in (("-1", token.i - 1), ("+1", token.i + 1), ("-2", token.i - 2), ("+2", token.i + 2)):
        if sentence.first <= j < sentence.last:
            near = blind(tokens[j], named=tokens[j].i in labels)
            yield f"{name}={near}"
            if name in ("-1", "+1"):
                yield f"{name}l={lemma}_{near}"
                yield f"{name}k={_kind(tokens[j], labels)}"
        else:
            yield f"{name}=#"
    for c in token.children:
        t = tokens[c]
        dep = t.dep.split(":")[0]
        if dep in ("punct", "det"):
            continue
        case = next((tokens[k].lower for k in t.children if tokens[k].dep in ("case", "mark")), "")
        low = blind(t, named=t.i in labels)
        yield f"c={t.dep}{case}"
        if dep in ("obj", "nsubj", "obl", "nmod", "compound", "amod", "xcomp", "ccomp", "advmod", "aux", "nummod", "iobj", "acl"):
            yield f"cl={dep}{case}_{low}"
            yield f"lcl={lemma}_{dep}_{low}"
            yield f"ck={t.dep}{case}_{_kind(t, labels)}"
            yield f"lck={lemma}_{t.dep}{case}_{_kind(t, labels)}"
        if t.dep == "compound:prt":
            yield f"prt={lemma}_{t.lower}"
    head = tokens[token.head]
    if head.i != token.i:
        yield f"h={blind(head, named=head.i in labels)}_{token.dep}"
        yield f"lh={lemma}_{blind(head, named=head.i in labels)}"
        yield f"hk={token.dep}_{head.pos}"
    else:
        yield "root"
    for t in analysis.of(sentence):
        if t.pos in ("NOUN", "VERB", "PROPN", "ADJ") and t.i != token.i and abs(t.i - token.i) <= 12:
            yield f"n={blind(t, named=t.i in labels)}"


class Model:
    """Two softmax regressions over the same hashed features: the type of an act (or none), and its ACLED coding."""

    def __init__(self, arrays: dict[str, NDArray[np.float32]], types: Sequence[str], codes: Sequence[str]) -> None:
        self.arrays = arrays
        self.types = list(types)
        self.codes = list(codes)

    def judge(self, found: Sequence[str]) -> Judgement:
        """The judgement of one word by its features."""
        rows = list({hashed(f) for f in found})
        types = _softmax(self.arrays["type"][rows].sum(axis=0) + self.arrays["type_bias"])
        codes = self.arrays["code"][rows].sum(axis=0) + self.arrays["code_bias"]
        chances = dict(zip(self.types, (float(x) for x in types), strict=True))
        nothing = chances.pop("none")
        best = max(chances, key=lambda k: chances[k])
        return Judgement(nothing, cast("EventType", best), chances[best], self.codes[int(np.argmax(codes))], chances)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    grown = np.exp(scores - scores.max())
    return cast("NDArray[np.float32]", grown / grown.sum())


@functools.cache
def model() -> Model:
    """The bundled weights, loaded once. ResourceError where they are missing or cannot be read."""
    folder = importlib.resources.files("whence").joinpath(*FOLDER)
    try:
        with importlib.resources.as_file(folder / "triggers.npz") as path, np.load(path, allow_pickle=False) as kept:
            arrays = {}
            for name in ("type", "code"):
                full = np.zeros((1 << BITS, int(kept[f"{name}_bias"].shape[0])), np.float32)
                full[kept[f"{name}_rows"]] = kept[f"{name}_values"].astype(np.float32)
                arrays[name] = full
                arrays[f"{name}_bias"] = kept[f"{name}_bias"].astype(np.float32)
            return Model(arrays, [str(x) for x in kept["types"]], [str(x) for x in kept["codes"]])
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(f"the event weights in {folder} cannot be read ({error}); install whence again") from error


DROPPED = 0.78
"""From here on a word of the lexicon is taken for one that tells of no act."""
LEARNED = frozenset(("ASSAULT", "COERCE", "PROTEST", "RETREAT", "CONSULT", "REQUEST", "ACCUSE", "SANCTION", "AID"))
"""The types with enough marked events (39 and more in the train half) for their absence to be believed."""
TURNED = 0.7
"""From here on another type than the lexicon's is believed."""


def judged(analysis: Analysis, found: Sequence[Trigger], lexicon: TriggerLexicon) -> list[Trigger]:
    """The triggers that the lexicon finds after the learned model has spoken: doubtful ones dropped, types turned.

    Words that the lexicon does not know are not asked for: on our own corpus they brought as many wrong as right ones.
    """
    learned = model()
    labels = {i: name.label for name in analysis.names for i in range(name.first, name.last)}
    out: list[Trigger] = []
    for trigger in found:
        if trigger.token.pos in CANDIDATES:
            said = learned.judge(list(features(analysis, trigger.token, lexicon, trigger.sense.type, labels)))
            if said.nothing >= DROPPED and trigger.sense.type in LEARNED:
                continue
            if said.type != trigger.sense.type and said.chance >= TURNED:
                trigger.sense = Sense(said.type, None, acled_of(said.acled), trigger.sense.frame, False, False)
                trigger.why += f", taken for {said.type} ({said.chance:.2f})"
        out.append(trigger)
    return out
