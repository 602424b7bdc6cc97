"""Commitment by rule: from the root inward, each predicate from what it hangs on and from its own clause.

After TruthTeller (Lotan, Stern & Dagan 2013): the truth of a clause follows from the truth of the predicate above it and
that one's signature; negation, modality and mood of its own turn or weaken it. Degrees are kept instead of three values.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from whence.language.analysis import Analysis, Token

from .predicates import Link, is_clause, link_of
from .signatures import GRADES, Frame, Part, Signature, signatures

SO, PROBABLY, SLIGHTLY, OPEN = 3.0, 1.5, 1.0, 0.0
NOT = frozenset(("not", "n't", "n’t", "nt", "never", "nowhere", "neither", "nor"))
NEGATING = frozenset(("advmod", "neg", "cc:preconj", "aux", "dep", "discourse"))
HARDLY = frozenset(("hardly", "scarcely", "barely", "rarely", "seldom"))
NO = frozenset(("no", "neither"))
NOBODY = frozenset(("nobody", "none", "nothing", "noone"))
AS_SUBJECT = frozenset(("nsubj", "nsubj:pass", "obj", "expl", "obl", "csubj"))
MAY = frozenset(("may", "might", "could", "can", "ca", "possibly", "perhaps", "maybe", "potentially", "conceivably"))
LIKELY = frozenset(("probably", "likely", "presumably", "apparently", "seemingly", "supposedly", "reportedly", "allegedly", "purportedly"))
WILL = frozenset(("will", "shall", "'ll", "’ll", "wo", "gonna"))
WOULD = frozenset(("would", "'d", "’d", "should", "ought", "must", "sha"))
CONDITIONS = frozenset(("if", "unless", "lest", "provided", "providing", "whether", "until", "till", "suppose", "supposing", "assuming"))
GIVEN = frozenset(
    ("because", "since", "as", "when", "after", "while", "although", "though", "whereas", "once", "despite", "by", "where", "whilst")
)
ASKED_FOR = frozenset(("where", "how", "why", "when"))
INSTEAD = frozenset(("without", "instead", "rather"))
PART: dict[str, Part] = {"VERB": "V", "AUX": "V", "NOUN": "N", "PROPN": "N", "ADJ": "A"}
DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "your"))
TO_FRAME: dict[str, Frame] = {"that": "that", "to": "to", "ing": "ing", "obj": "obj", "of": "of", "whether": "that"}


DEEPEST = 24
"""Clauses deep at which the way inward is given up; no sentence that is one goes so far."""


class Standing(NamedTuple):
    """How a predicate stands by rule: its value in [-3, 3]; what it hangs on; the value that the clause above gives it;
    the signature met there; the operators of its own clause ("not", "may", "future", ...); and why, in words."""

    token: int
    value: float
    given: float
    link: Link
    signature: Signature | None
    operators: tuple[str, ...]
    why: tuple[str, ...]


class Projection:
    """The standing of any predicate of an analysis; each is worked out once.

    `roots` are tokens that are taken for main predicates whatever they hang on: the heads of what somebody is cited
    with, so that what is below them stands as that holder puts it.
    """

    def __init__(self, analysis: Analysis, roots: Collection[int] = ()) -> None:
        self.analysis = analysis
        self.roots = frozenset(roots)
        self._known: dict[int, Standing] = {}
        self._asked: dict[int, frozenset[int]] = {}

    def of(self, i: int, *, depth: int = 0) -> Standing:
        """How the token of this index stands."""
        found = self._known.get(i)
        if found is None:
            found = self._known[i] = self._worked_out(self.analysis.tokens[i], depth)
        return found

    def asked(self, i: int) -> bool:
        """Whether a main predicate is asked: its sentence ends as a question, and it has the form of one or none has."""
        n = self.analysis.tokens[i].sentence
        if n not in self._asked:
            self._asked[n] = self._asked_in(n)
        return i in self._asked[n]

    def _asked_in(self, n: int) -> frozenset[int]:
        sentence = self.analysis.sentences[n]
        if not self.analysis.text[sentence.start : sentence.end].rstrip("”\"'’) ").endswith("?"):
            return frozenset()
        tokens = self.analysis.of(sentence)
        turned = frozenset(t.i for t in tokens if is_clause(self.analysis, t) and _inverted(self.analysis, t))
        if turned:
            return turned
        main = [t for t in tokens if self.link(t).frame in ("root", "beside")]
        return frozenset(t.i for t in main if _questioned(self.analysis, t)) or frozenset(t.i for t in main)

    def link(self, token: Token) -> Link:
        """What a token hangs on; nothing where it is one of the roots."""
        link = link_of(self.analysis, token)
        if token.i in self.roots and link.governor != token.i:
            return Link(token.i, "root", "" if link.marker in ("that", "whether") else link.marker)
        return link

    def _worked_out(self, token: Token, depth: int) -> Standing:
        if token.dep.startswith(("aux", "cop")) and token.head != token.i and depth < DEEPEST:
            return self.of(token.head, depth=depth + 1)
        link = self.link(token)
        operators = operators_of(self.analysis, token)
        given, signature, why = self._given(token, link, depth)
        if "would" in operators and token.i in self.roots and "counterfactual" not in operators:
            operators = tuple("future" if o == "would" else o for o in operators)  # "said that it would": foretold
        if self.asked(token.i):
            operators = (*operators, "asked")
        if "no one" in operators:
            given = SO  # "suffered no losses": the verb is denied by the same word
        value, more = _through(given, operators)
        return Standing(token.i, value, given, link, signature, operators, (*why, *more))

    def _given(self, token: Token, link: Link, depth: int) -> tuple[float, Signature | None, tuple[str, ...]]:
        """(what the clause above gives, its signature, why)."""
        if link.governor == token.i or depth > DEEPEST:
            return SO, None, ()
        tokens = self.analysis.tokens
        head = tokens[link.governor]
        frame = link.frame
        marker = link.marker
        if frame == "beside":
            return SO, None, ()
        above = self._above(head, depth)
        if frame == "purpose":
            return OPEN, None, (f"a purpose of {head.text!r}",)
        if frame == "adverbial":
            if marker in CONDITIONS:
                return OPEN, None, (f"under {marker!r}",)
            if marker in INSTEAD:
                return -SO, None, (f"after {marker!r}",)
            if marker in ("before", "so", "for", "like", "than"):
                return PROBABLY, None, (f"after {marker!r}",)
            if marker in GIVEN or self.of(head.i, depth=depth + 1).value >= 0:
                return (SO if marker in GIVEN else max(above, SLIGHTLY)), None, ()
            return PROBABLY, None, ()
        if frame in ("relative", "participle", "attribute"):
            return SO, None, ()
        signature = self._signature(head, link)
        if frame == "that" and marker in ASKED_FOR:
            return SO, signature, ()
        if signature is not None:
            if frame == "whether" and not signature.factive:
                return OPEN, signature, (f"{head.text!r} leaves open whether",)
            if frame == "whether":
                return OPEN, signature, ("whether",)
            return composed(above, signature), signature, (f"{signature.kind} {head.text!r}{' denied' if above < 0 else ''}",)
        if frame == "whether":
            return OPEN, None, ("whether",)
        if frame in ("subject", "oblique", "compound", "other", "of", "obj"):
            definite = any(tokens[c].lower in DEFINITE for c in token.children)
            if frame != "obj" or definite or head.pos not in ("VERB", "AUX"):
                return SO, None, ()
            if above < 0:
                return above, None, (f"{head.text!r} is denied",)
            return (SO if above > SLIGHTLY else PROBABLY), None, ()
        if frame == "that":
            return (PROBABLY if above > 0 else OPEN), None, (f"told by {head.text!r}",)
        if frame == "ing":
            return above, None, ()
        return (SLIGHTLY if above > 0 else OPEN), None, (f"after {head.text!r} to",)

    def _above(self, head: Token, depth: int) -> float:
        """The value of the governor, or of the clause that a bare noun or adjective stands in."""
        tokens = self.analysis.tokens
        for _ in range(6):
            if head.pos == "VERB" or is_clause(self.analysis, head) or head.head == head.i:
                return self.of(head.i, depth=depth + 1).value
            if head.pos in ("NOUN", "ADJ", "PROPN") and ("not" in operators_of(self.analysis, head)):
                return -SO
            head = tokens[head.head]
        return SO

    def _signature(self, head: Token, link: Link) -> Signature | None:
        part = PART.get(head.pos)
        frame = TO_FRAME.get(link.frame)
        if part is None or frame is None:
            return None
        lexicon = signatures()
        tokens = self.analysis.tokens
        particle = next((tokens[c].lower for c in head.children if tokens[c].dep == "compound:prt"), None)
        found = lexicon.of(f"{head.lemma.lower()}_{particle}", "", part, frame) if particle else None
        found = found or lexicon.of(head.lemma.lower(), head.lower, part, frame)
        if found is None and part == "V" and head.tag in ("VBN", "JJ"):
            found = lexicon.of(head.lower, head.lower, "A", frame)
        if found is None and frame == "to" and part == "N" and head.dep in ("obj", "iobj", "nsubj:pass"):
            verb = self.analysis.tokens[head.head]  # "forced the drivers to turn back", hung below the drivers
            found = lexicon.of(verb.lemma.lower(), verb.lower, "V", "to")
        if found is None and frame == "ing" and part == "N":
            found = lexicon.of(head.lemma.lower(), head.lower, "N", "of")
        return found


def _inverted(analysis: Analysis, token: Token) -> bool:
    """Whether a clause has its helper before its subject."""
    tokens = analysis.tokens
    subject = next((c for c in token.children if tokens[c].dep.startswith(("nsubj", "expl"))), None)
    return subject is not None and any(tokens[c].dep.startswith(("aux", "cop")) and c < subject for c in token.children)


def _questioned(analysis: Analysis, token: Token) -> bool:
    """Whether a clause has a question word at its head."""
    return any(analysis.tokens[c].tag in ("WP", "WRB", "WDT", "WP$") and c < token.i for c in token.children)


def composed(above: float, signature: Signature) -> float:
    """What a signature gives to its complement when its word stands at `above`."""
    if signature.factive:
        return SO
    if above >= 2.0:
        return signature.positive
    if above <= -2.0:
        return signature.negative
    if above == OPEN:
        return (signature.positive + signature.negative) / 2 if signature.positive * signature.negative > 0 else OPEN
    side = signature.positive if above > 0 else signature.negative
    return side * min(1.0, abs(above) / 2.0)


def _through(given: float, operators: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """(the value after the clause's own operators, why)."""
    value = given
    why: list[str] = []
    if "not" in operators:
        value = -value
        why.append("negated")
    if "hardly" in operators:
        value = -value * 0.75
        why.append("hardly")
    if "may" in operators and "counterfactual" not in operators and not ("not" in operators and "can" in operators):
        value = max(-SLIGHTLY, min(SLIGHTLY, value))
        why.append("possible")
    if "likely" in operators:
        value = max(-PROBABLY, min(PROBABLY, value))
        why.append("likely")
    if "future" in operators:
        value = max(-2.0, min(PROBABLY, value))
        why.append("future")
    if "counterfactual" in operators:
        value = PROBABLY if "not" in operators else -PROBABLY
        why.append("would have been")
    elif "would" in operators:
        value = max(-PROBABLY, min(0.5, value))
        why.append("would or should")
    if "imperative" in operators:
        value = OPEN
        why.append("an order")
    if "asked" in operators:
        value = max(-0.5, min(OPEN, value)) if "not" not in operators else OPEN
        why.append("asked")
    return value, tuple(why)


def operators_of(analysis: Analysis, token: Token) -> tuple[str, ...]:
    """What a clause's own words do to it: not, hardly, may, can, likely, future, would, imperative, present, progressive,
    perfect, past. A conjunct without subject and helper of its own has the helpers of the first."""
    found = _own_operators(analysis, token)
    if token.dep == "conj" and not any(analysis.tokens[c].dep.startswith(("nsubj", "aux", "mark")) for c in token.children):
        first = analysis.tokens[token.head]
        if "imperative" in found and "imperative" not in operators_of(analysis, first):
            found = tuple(o for o in found if o != "imperative")
        if first.pos == token.pos and first.tag == token.tag:
            shared = [o for o in operators_of(analysis, first) if o in ("may", "can", "future", "would", "likely")]
            if "not" not in found and any(analysis.tokens[c].lower in ("or", "nor") for c in token.children):
                shared += [o for o in operators_of(analysis, first) if o == "not"]
            found = (*found, *(o for o in shared if o not in found))
    return found


def _own_operators(analysis: Analysis, token: Token) -> tuple[str, ...]:
    tokens = analysis.tokens
    found: list[str] = []
    subject = helper = mark = infinitive = have = False
    past = False
    may_have = ""
    for c in token.children:
        t = tokens[c]
        low, dep = t.lower, t.dep
        if low in NOT and c > token.i and c + 1 < len(tokens) and tokens[c + 1].lower == "to":
            continue  # "asked not to be named": the infinitive's
        longer = low == "longer" and any(tokens[k].lower == "no" for k in t.children)
        if longer or (low in NOT and dep in NEGATING) or (low == "nor" and dep == "cc"):
            found.append("not")
        elif low in ("no", "neither") and dep in ("det", "advmod", "neg"):
            found.append("not")
            if token.pos == "NOUN":
                found.append("no one")
        elif low in HARDLY and dep == "advmod":
            found.append("hardly")
        elif low in LIKELY and dep == "advmod":
            found.append("likely")
        elif low in MAY and (dep == "aux" or dep == "advmod"):
            found.append("may")
            if low in ("can", "could", "ca"):
                found.append("can")
        elif low in WILL and dep == "aux":
            found.append("future")
        elif low in WOULD and (dep == "aux" and t.tag == "MD"):
            found.append("would")
        kind = dep.split(":")[0]
        if kind in ("nsubj", "csubj", "expl"):
            subject = True
            if low in NOBODY or (low == "one" and any(tokens[k].lower == "no" for k in t.children)):
                found.append("not")
        elif kind in ("aux", "cop"):
            helper = True
            past = past or t.tag == "VBD"
            have = have or t.lower in ("have", "'ve", "’ve", "of")
            may_have = low if t.tag == "MD" else may_have
            if t.lemma == "go":
                found.append("future")
        elif kind == "mark":
            mark = True
            infinitive = infinitive or (low == "to" and t.pos == "PART")
            if low == "to" and c and tokens[c - 1].lower in NOT and tokens[c - 1].head != token.i:
                found.append("not")
        none = t.pos == "NOUN" and any(tokens[k].lower in NO and tokens[k].dep == "det" for k in t.children)
        if (none and kind in ("nsubj", "obj")) or (kind == "obj" and low in NOBODY):
            found.append("not")
    if infinitive and token.dep in ("root", "ROOT", "acl:relcl") and token.tag == "VB":
        found.append("future")  # "to open on Monday", "is to open"
    if have and {"would", "may"} & set(found) and token.tag == "VBN" and may_have not in ("may", "might", "must"):
        found.append("counterfactual")  # "should have gone": it did not come to it
    if token.tag == "VB" and not subject and not helper and not mark and token.dep in ("root", "ROOT", "parataxis", "conj", "ccomp"):
        found.append("imperative")
    if token.tag in ("VBZ", "VBP"):
        found.append("present")
    elif token.tag == "VBD" or past:
        found.append("past")
    if token.pos == "NOUN" and not subject and not helper:
        found += _of_noun(analysis, token)
    return tuple(dict.fromkeys(found))


def _of_noun(analysis: Analysis, token: Token) -> list[str]:
    """A noun's own operators: "alleged", "planned", "foiled" before it."""
    for c in token.children:
        t = analysis.tokens[c]
        if t.dep == "amod":
            signature = signatures().of(t.lemma.lower(), t.lower, "A", "obj") or signatures().of(t.lower, t.lower, "A", "obj")
            if signature is not None:
                return ["not"] if signature.positive == GRADES["-"] else ["may"]
    return []
