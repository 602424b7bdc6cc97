"""The learned part: which words are cues, and which words around each are source, cue and content."""

from __future__ import annotations

import functools
import importlib.resources
import zlib
from collections.abc import Sequence

import numpy as np

from whence.errors import ResourceError
from whence.language.analysis import Analysis, Token
from whence.readers.entities.outlets import outlets
from whence.readers.events.lexicon import triggers

from .features import Features
from .found import Found
from .phrases import Ranges

BITS = 18
"""Cue features are hashed into 2 ** BITS weights (Weinberger et al. 2009)."""
FOUND = 0.42
"""How sure it must be that a word is a cue where no construction says so."""
OTHER = 0.5
"""The same for a word that the cue lexicon does not list."""
SURE = 0.04
"""The same for a construction that hardly ever is something else."""
CERTAIN = ("clause before who", "quoted as saying", "told:", "in a document", "voiced:")
KNOWN = 0.18
"""The same for a word that heads one of the constructions."""
DOES = 0.8
"""The same for a word that says what was done to somebody ("were attacked by gunmen"), and is no word of saying."""
DEEDS = frozenset(("ASSAULT", "COERCE", "SEIZE", "PROTEST", "AID", "RETREAT"))
CITING = frozenset(("cite", "quote", "refer"))
ADDRESSED = frozenset(("tell", "inform", "assure", "remind", "warn", "notify", "show"))
ASIDE = frozenset(("citing", "quoting", "referencing", "referring", "speaking", "talking"))
WORD = frozenset(("word", "authority", "strength", "testimony", "evidence"))
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight".split())
NOBODY = frozenset(("nobody", "none", "no", "neither"))
FOLDER = ("data", "attribution")


def hashed(feature: str) -> int:
    """The weight that a feature shares: CRC-32, the same on every machine."""
    return zlib.crc32(feature.encode()) & ((1 << BITS) - 1)


class Model:
    """The two models: a logistic regression over the features of a word as a cue, a linear-chain CRF (Lafferty et al.
    2001) over the words around one, trained by training/attribution.py on PolNeAR and GUM."""

    def __init__(self, weights: np.ndarray, intercept: float, spans: bytes) -> None:
        import pycrfsuite

        self.weights = weights
        self.intercept = intercept
        self._kept = spans  # the tagger reads from these bytes as long as it lives, and does not hold them itself
        self.tagger = pycrfsuite.Tagger()
        self.tagger.open_inmemory(spans)

    def chance(self, features: Sequence[str]) -> float:
        """How likely a word with these features is the head of a cue, 0 to 1."""
        total = self.intercept + sum(self.weights[h] for h in {hashed(f) for f in features})
        return float(1.0 / (1.0 + np.exp(-total)))

    def spans(self, items: Sequence[Sequence[str]], first: int) -> tuple[Ranges, Ranges, Ranges]:
        """(source, cue, content) token ranges of a window that begins at `first`."""
        found: dict[str, Ranges] = {"S": [], "Q": [], "C": []}
        previous = "O"
        for i, label in enumerate(self.tagger.tag(list(items))):
            kind = label[-1]
            if label != "O":
                ranges = found[kind]
                if label[0] == "B" or not ranges or ranges[-1][1] != first + i or previous[-1] != kind:
                    ranges.append((first + i, first + i + 1))
                else:
                    ranges[-1] = (ranges[-1][0], first + i + 1)
            previous = label
        return found["S"], found["Q"], found["C"]


@functools.cache
def model() -> Model:
    """The bundled weights, loaded once. ResourceError where they are missing or cannot be read."""
    folder = importlib.resources.files("whence").joinpath(*FOLDER)
    try:
        with importlib.resources.as_file(folder / "cues.npz") as path, np.load(path, allow_pickle=False) as arrays:
            weights, intercept = arrays["weights"].astype(np.float32), float(arrays["intercept"])
        return Model(weights, intercept, (folder / "spans.crf").read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise ResourceError(f"the attribution weights in {folder} cannot be read ({error}); install whence again") from error


def _within(ranges: Ranges, others: Ranges) -> bool:
    return any(a <= x and y <= b for x, y in ranges for a, b in others)


def _gap(cue: Ranges, piece: tuple[int, int]) -> int:
    """Tokens between a cue and a stretch of content."""
    return min(max(piece[0] - b, a - piece[1], 0) for a, b in cue)


class LearnedFinder:
    """Attributions of one analysis: what the constructions find, judged and bounded by the learned models."""

    def __init__(self, analysis: Analysis, features: Features, learned: Model) -> None:
        self.analysis = analysis
        self.features = features
        self.model = learned
        self.addressees = {first: last for first, last, why in outlets(analysis) if why == "told something"}

    def __call__(self) -> list[Found]:
        out: list[Found] = []
        taken: set[int] = set()
        for token, chance in self._cues():
            if token.i in taken:
                continue
            found = self._around(token, chance)
            if found is not None and not any(i in taken for a, b in found.cue for i in range(a, b)):
                out.append(found)
                taken.update(i for a, b in found.cue for i in range(a, b))
        return self._nested(self._before_while(self._apart(out)))

    def _apart(self, found: Sequence[Found]) -> list[Found]:
        """Each stretch of a content with one cue only, the nearest, unless one cue stands in the content of the other."""
        kept = [list(f.content) for f in found]
        for i, f in enumerate(found):
            for j in range(i + 1, len(found)):
                g = found[j]
                if _within(f.cue, g.content) or _within(g.cue, f.content):
                    continue
                for piece in list(kept[i]):
                    for other in list(kept[j]):
                        shared = min(piece[1], other[1]) - max(piece[0], other[0])
                        if shared > 0.5 * min(piece[1] - piece[0], other[1] - other[0]):
                            near = _gap(f.cue, piece) <= _gap(g.cue, other)
                            if (f.lemma in CITING) != (g.lemma in CITING):
                                near = g.lemma in CITING  # "reported, citing a mediator, that ...": reported says what
                            target, gone = (kept[j], other) if near else (kept[i], piece)
                            if gone in target:
                                target.remove(gone)
        out = []
        for f, content in zip(found, kept, strict=True):
            if content:
                f.content = content
                out.append(f)
        return out

    def _dated(self, first: int, last: int) -> bool:
        """Whether words behind a cue only say on what day: "announced | on Friday"."""
        words = [t.lower for t in self.analysis.tokens[first:last]]
        return 0 < len(words) <= 3 and words[-1] in DAYS and all(w in ("on", "late", "early", "last", "this") for w in words[:-1])

    def _before_while(self, found: Sequence[Found]) -> list[Found]:
        """Contents without what somebody else says or who closes the sentence: "said X, | while Y put it at thirty"."""
        tokens = self.analysis.tokens
        for f in found:
            for n, (a, b) in enumerate(f.content):
                at = next((i for i in range(a + 2, b) if tokens[i].lower in ("while", "whereas") and tokens[i - 1].text == ","), None)
                if at is not None and any(g is not f and g.source and at < g.source[0][0] <= at + 2 and g.cue[0][0] < b for g in found):
                    f.content[n] = (a, at - 1)
        for g in found:
            if not g.source or not g.content:
                continue
            closes = g.source[0][0] >= g.content[0][0]
            end = min(g.source[0][0], g.cue[0][0])
            for f in found:
                inside = closes and f is not g and any(a <= f.cue[0][0] < b for a, b in g.content)
                for n, (a, b) in enumerate(f.content):
                    own = tokens[f.cue[0][0]].dep.startswith("acl") or tokens[f.cue[-1][1] - 1].dep.startswith("acl")
                    if own and g is not f and g.source[0][0] < f.cue[0][0] < g.cue[0][0] and a < g.cue[0][0] < b:
                        f.content[n] = (
                            a,
                            g.cue[0][0] - 1 if tokens[g.cue[0][0] - 1].text == "," else g.cue[0][0],
                        )  # "who asked not to be named, | told"
                        continue
                    if inside and a < end < b and g.cue[0][0] < b:  # "A doctor had told him that ..., | the cousin told Nawras Net"
                        f.content[n] = (a, end - 1 if tokens[end - 1].text == "," and end - 1 > a else end)
        return list(found)

    def _nested(self, found: Sequence[Found]) -> list[Found]:
        """What stands inside the content of another as the constructions give it: the gold that was learnt from has one level."""
        inside = [False] * len(self.analysis.tokens)
        out: list[Found] = []
        for f in sorted(found, key=lambda f: -sum(b - a for a, b in f.content)):
            at = f.cue[0][0]
            rule = self.features.rules.get(at)
            if inside[at] and rule is not None:
                f = rule
            out.append(f)
            for a, b in f.content:
                inside[a:b] = [True] * (b - a)
        return sorted(out, key=lambda f: f.cue[0])

    def _cues(self) -> list[tuple[Token, float]]:
        """Words that are likely cues, the likeliest first."""
        found = []
        for token in self.analysis.tokens:
            rule = self.features.rules.get(token.i)
            if rule is not None and rule.why == "in a document":
                found.append((token, SURE))
            if not self.features.candidate(token):
                continue
            chance = self.model.chance(self.features.of_cue(token))
            if self._asked(token):
                continue
            least = (SURE if rule.why.startswith(CERTAIN) else KNOWN) if rule is not None else self._least(token)
            if chance >= least:
                found.append((token, chance))
        return sorted(found, key=lambda x: (-x[1], x[0].i))

    def _asked(self, token: Token) -> bool:
        """Whether a word only says that somebody was asked or spoken to: "when asked by Khaleej Desk", "speaking to Radio Kosti"."""
        tokens = self.analysis.tokens
        before = tokens[token.i - 1].lower if token.i else ""
        after = tokens[token.i + 1].lower if token.i + 1 < len(tokens) else ""
        if token.lower == "asked":
            return before in ("when", "if", "once", "until") or after == "by"
        return token.lower in ("speaking", "talking") and after in ("to", "with") and (token.i + 2 in self.addressees or before == ",")

    def _least(self, token: Token) -> float:
        """How sure a word without a construction must be: a word of saying, any other, one that tells of a deed."""
        said, done = self.features.lexicon, triggers()
        low = token.lemma.lower()
        if low in said.verbs or low in said.nouns:
            return FOUND
        senses = [*done.verbs.get(low, ()), *done.nouns.get(low, ())]
        return DOES if senses and all(s.type in DEEDS for s in senses) else OTHER

    def _around(self, token: Token, chance: float) -> Found | None:
        first, last = self.features.window(token.i)
        source, cue, content = self.model.spans(self.features.around(token, first, last), first)
        source, content = self._own_paragraph(token, source), self._own_paragraph(token, content)
        rule = self.features.rules.get(token.i)
        if rule is not None and rule.why.startswith(("quoted as saying", "told:", "in a document")):
            return rule  # whom the quoted one was quoted by belongs to neither source nor content
        source = self._whole(self._after_preposition(source))
        if source and self.analysis.tokens[source[0][0]].lower in NOBODY:
            return None  # "Nobody has claimed the attack" says that nothing was said
        if rule is not None and rule.source and not source and rule.why.startswith(("clause before who", "voiced:")):
            return self._clean(token, rule)
        if rule is not None and rule.quoted and rule.source and not self._has_verb(content) and self._has_verb(rule.content):
            return self._clean(token, rule)
        if token.lower in ASIDE:
            content = self._cited(content)
        if len(content) > 1:
            longest = max(b - a for a, b in content)
            content = [(a, b) for a, b in content if b - a > 2 or longest < 5 or self.features.within[a] >= 0]
        if rule is not None and rule.source and source and (self._place(token, source) or self._reader(source, rule.source)):
            source = list(rule.source)
        if rule is not None and rule.lemma == "according":
            content = self._from_the_start(content, rule.content)
        content, source = self._beside_quotation(token, content, source)
        if not content:
            return None if rule is None else self._clean(token, rule)
        if (
            rule is not None
            and not self._has_verb(content)
            and self._has_verb(rule.content)
            and ("clause" in rule.why or rule.lemma == "according" or rule.why == "in a document")
        ):
            content = list(rule.content)  # "denied that gunmen | attacked ...": what is said is the whole clause
        if not source and rule is not None and rule.quoted and rule.source:
            source = list(rule.source)
            content = [c for c in content if not any(c[0] < s[1] and s[0] < c[1] for s in source)] or list(rule.content)
        elif not source and rule is not None:
            source = [s for s in rule.source if not any(a < s[1] and s[0] < b for a, b in content)]
        elif (
            rule is not None
            and len(source) == len(rule.source) == 1
            and source[0][0] == rule.source[0][0] < source[0][1] < rule.source[0][1]
        ):
            source = list(rule.source)  # the whole of the phrase that the constructions see
        if rule is not None and any(a < y and x < b for a, b in cue for x, y in source):
            cue = list(rule.cue)
        content, source = self._without_aside(self._without_addressee(token, content)), self._without_addressee(token, source)
        if not content:
            return None
        if not any(a <= token.i < b for a, b in cue):
            cue = sorted([*cue, (token.i, token.i + 1)])
        cue = [(a, token.i + 1 if a <= token.i < b and self._dated(token.i + 1, b) else b) for a, b in cue]
        quoted = any(self.features.within[a] >= 0 and self.features.within[b - 1] >= 0 for a, b in content)
        why = f"learned, {chance:.2f}" + (f"; {rule.why}" if rule is not None else "")
        found = Found(
            source=source,
            cue=cue,
            content=content,
            lemma=rule.lemma if rule is not None else token.lemma,
            sentence=token.sentence,
            why=why,
            negated=rule.negated if rule is not None else self._negated(token),
            quoted=quoted,
        )
        found.act = rule is None and not self._states(content, token.lower)
        return found

    def _breaks(self, i: int) -> bool:
        """Whether a line ends before a token without a mark that ends a sentence."""
        before, token = self.analysis.tokens[i - 1], self.analysis.tokens[i]
        return "\n" in self.analysis.text[before.end : token.start] and before.text[-1:] not in '.!?…:”"»'

    def _own_paragraph(self, token: Token, ranges: Ranges) -> Ranges:
        """What stands in the paragraphs of the cue, and whole quotations: a headline, which no full stop ends, does not run on."""
        out: Ranges = []
        for a, b in ranges:
            cuts = [i for i in range(a + 1, b) if self._breaks(i)]
            for first, last in zip([a, *cuts], [*cuts, b], strict=True):
                lo, hi = sorted((token.i, first))
                near = not any(self._breaks(i) for i in range(lo + 1, hi + 1))
                quoted = self.features.within[first] >= 0 and self.features.within[last - 1] >= 0
                if near or quoted:
                    out.append((first, last))
        return out

    def _without_addressee(self, token: Token, ranges: Ranges) -> Ranges:
        """ranges without whom the cue was told: "told Nilain Radio | a customs clerk had ...", "told the paper | that ..."."""
        tokens = self.analysis.tokens
        told = next((t for t in tokens[max(0, token.i - 8) : token.i + 1] if t.lemma in ADDRESSED and t.sentence == token.sentence), None)
        if told is None or not ranges:
            return ranges
        out = []
        for a, b in ranges:
            run = self.addressees.get(a) or self.addressees.get(a + 1) if a <= told.i + 2 else None
            if run is not None and run < b and a > told.i:
                a = run
            elif a == told.i + 1:
                that = next((i for i in range(a, min(a + 7, b)) if tokens[i].lower == "that"), None)
                if that is not None and that > a and all(t.pos in ("DET", "NOUN", "PROPN", "ADJ", "PRON", "ADP") for t in tokens[a:that]):
                    a = that
            if a < b:
                out.append((a, b))
        return out

    def _beside_quotation(self, token: Token, content: Ranges, source: Ranges) -> tuple[Ranges, Ranges]:
        """(content, source): what is said in a quotation, or said to be it, ends with it; who says it begins behind it.

        '"... under the middle," the survivor, Fatoumata Cissé, told ...': the survivor is no part of what is quoted.
        """
        within, tokens = self.features.within, self.analysis.tokens
        out: Ranges = []
        for a, b in content:
            own = within[token.i] if within[token.i] >= 0 else within[a]
            end = next((i for i in range(a, b) if own >= 0 and within[i] != own), b) if own >= 0 and within[a] == own else b
            if end < b and end >= 2 and tokens[end - 2].text in (",", ".", "!", "?", "…"):
                if source and source[0][0] == b + 1 and tokens[b].text == "," and end < source[0][0]:
                    source = [(end, source[0][1]), *source[1:]]
                b = end
            out.append((a, b))
        return out, source

    def _clean(self, token: Token, rule: Found) -> Found:
        """What a construction found, without whom it was told and without asides."""
        content = self._without_aside(self._without_addressee(token, rule.content))
        rule.content = content or rule.content
        rule.source = self._without_addressee(token, rule.source) or rule.source
        return rule

    def _without_aside(self, content: Ranges) -> Ranges:
        """content without what stands before it of whom it is from or told: "citing two officers, | that", "to the station X | that"."""
        tokens = self.analysis.tokens
        out: Ranges = []
        for a, b in content:
            first = tokens[a]
            if first.lower in ASIDE or (first.lower == "on" and tokens[a + 1].lower == "the" and a + 2 < b and tokens[a + 2].lower in WORD):
                comma = next((i for i in range(a, min(a + 14, b)) if tokens[i].text == ","), None)
                a = comma + 1 if comma is not None and comma + 2 < b else a
            elif first.lower in ("to", "with") and first.pos == "ADP":
                that = next((i for i in range(a, min(a + 9, b)) if tokens[i].lower == "that"), None)
                if that is not None and not any(t.pos in ("VERB", "AUX") for t in tokens[a:that]):
                    a = that
            out.append((a, b))
        return out

    def _cited(self, content: Ranges) -> Ranges:
        """Who is cited, without what is said: "citing a tribal mediator, | that the fighters had left"."""
        tokens = self.analysis.tokens
        out: Ranges = []
        for a, b in content:
            stop = next((i for i in range(a + 1, b - 1) if tokens[i].text == "," and tokens[i + 1].lower in ("that", "how", "whether")), b)
            out.append((a, stop))
        return out

    def _from_the_start(self, content: Ranges, whole: Ranges) -> Ranges:
        """The content with the beginning of its clause: not "the checkpoints were to be stopped" of "payments to the checkpoints ..."."""
        out: Ranges = []
        for a, b in content:
            start = next((x for x, y in whole if x < a < y), None)
            if start is not None and not any(t.pos in ("PUNCT", "SCONJ") for t in self.analysis.tokens[start:a]):
                a = start
            out.append((a, b))
        return out

    def _reader(self, source: Ranges, whole: Ranges) -> bool:
        """Whether a source is but who has read or quoted the source: "a memo seen by | Qasioun Dispatch"."""
        first = source[0][0]
        before = self.analysis.tokens[first - 1] if first else None
        return before is not None and before.lower == "by" and any(x < first - 1 and source[0][1] <= y for x, y in whole)

    def _place(self, token: Token, source: Ranges) -> bool:
        """Whether a source stands where something was said: "told La Dépêche from a health centre"."""
        first = source[0][0]
        before = self.analysis.tokens[first - 1] if first else None
        return before is not None and before.i > token.i and before.lower in ("from", "in", "at", "near", "outside")

    def _whole(self, source: Ranges) -> Ranges:
        """The first phrase of a source with its rank or article: not "Fatima Idris" of "Brigadier Fatima Idris"."""
        tokens = self.analysis.tokens
        if not source:
            return source
        first, last = source[0]
        while first > 0:
            before = tokens[first - 1]
            held = first <= before.head < last and before.sentence == tokens[first].sentence
            heads = before.i in (tokens[i].head for i in range(first, last)) and any(
                tokens[i].dep == "flat" and tokens[i].head == before.i for i in range(first, last)
            )
            if not (held and before.dep in ("det", "compound", "amod", "nmod:poss", "flat")) and not heads:
                break
            first -= 1
        return [(first, last), *source[1:]]

    def _after_preposition(self, source: Ranges) -> Ranges:
        """ "Speaking to Irra Radio from a cellar, Khu Reh, ... said": who is spoken to is no part of who speaks."""
        tokens = self.analysis.tokens
        if not source or source[0][0] == 0:
            return source
        first, last = source[0]
        before = tokens[first - 1]
        comma = next((i for i in range(first, last) if tokens[i].text == ","), None)
        sentence = self.analysis.sentences[tokens[first].sentence]
        if (
            before.pos == "ADP"
            and before.lower in ("to", "with", "in", "on")
            and comma is not None
            and comma + 1 < last
            and first - sentence.first <= 6
        ):
            return [(comma + 1, last), *source[1:]]
        return source

    def _states(self, content: Ranges, lemma: str) -> bool:
        """Whether what is said is a clause of its own ("realised that ...", "named as" is none)."""
        tokens = self.analysis.tokens
        if lemma in ("according", "reportedly", "allegedly", "supposedly", "purportedly"):
            return True
        for a, b in content:
            if tokens[a].lower in ("that", "whether"):
                return True
            for t in tokens[a:b]:
                if t.pos in ("VERB", "AUX", "ADJ", "NOUN") and any(
                    tokens[c].dep.startswith("nsubj") and a <= c < b and tokens[c].lower not in ("who", "which", "that") for c in t.children
                ):
                    return True
        return False

    def _has_verb(self, content: Ranges) -> bool:
        return any(t.pos in ("VERB", "AUX") for a, b in content for t in self.analysis.tokens[a:b])

    def _negated(self, token: Token) -> bool:
        tokens = self.analysis.tokens
        return any(tokens[c].lower in ("not", "n't", "n’t", "never") for c in token.children)
