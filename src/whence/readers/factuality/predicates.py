"""Predicates: the words of a text that can be so or not, and what each of them hangs on.

A predicate is a verb, an adjective or noun with a copula or a subject of its own, or a noun that tells of something
done. `Link` says what a predicate hangs on, and in which frame.
"""

from __future__ import annotations

from typing import NamedTuple

from whence.language.analysis import Analysis, Token

CLAUSAL = frozenset(("root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "conj"))
ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ing", "age", "al", "ade", "ure")
DONE = frozenset(
    "attack raid strike clash battle fight war siege blast explosion bombing shelling airstrike ambush assault killing murder death "
    "arrest raid coup vote election meeting talk visit protest march rally strike deal agreement truce ceasefire withdrawal return "
    "offensive operation advance retreat rescue release escape kidnap hijack abduction crash collapse accident launch delivery sale "
    "purchase loss cut rise fall move merger buyout bid offer delay failure use change increase decrease decline growth flight trip "
    "search hunt trial hearing verdict appeal ban boycott embargo blockade evacuation theft robbery looting fire flood quake massacre "
    "execution torture rape beating stabbing shooting gunfire order demand request call promise threat warning denial decision plan "
    "support help aid surprise damage injury transaction transition handover takeover trade exchange debate discussion dispute".split()
)
NOT_DONE = frozenset(
    "government department parliament apartment document environment movement element moment monument ministry animal hospital official "
    "general capital criminal journal material individual metal signal rival proposal principal goal medal building morning evening "
    "ceiling thing something anything nothing everything king ring wing string spring village language message package garage image page "
    "percentage voyage audience science absence presence difference experience conference evidence violence silence sentence intelligence "
    "distance instance substance ambulance insurance balance chance france finance nation station location section position question "
    "region religion million version mission commission television nature culture future picture figure measure structure literature "
    "furniture temperature decade facade grenade brigade age stage wage coal deal equipment cement statement condition "
    "population organization organisation institution constitution mention option portion fraction reason tradition".split()
)
"""Nouns that end like an act and are none."""


class Link(NamedTuple):
    """What a predicate hangs on: the token, the frame it fills there, and the word that brings it in ("if", "to", "")."""

    governor: int
    frame: str
    marker: str


def tells_of_doing(token: Token) -> bool:
    """Whether a noun tells of something done, by its form."""
    if token.pos != "NOUN":
        return False
    lemma = token.lemma.lower()
    return lemma in DONE or (len(lemma) > 5 and lemma.endswith(ENDINGS) and lemma not in NOT_DONE)


def is_clause(analysis: Analysis, token: Token) -> bool:
    """Whether a token heads a clause: a verb that is no helper, or a predicate with a copula or a subject."""
    if token.pos == "VERB":
        return token.dep not in ("compound", "flat", "fixed", "case", "mark", "cc", "aux", "aux:pass", "cop", "discourse")
    if token.pos == "AUX":
        return not token.dep.startswith(("aux", "cop"))
    if token.pos in ("PUNCT", "SYM", "DET", "CCONJ", "SCONJ", "PART"):
        return False
    return any(analysis.tokens[c].dep in ("cop", "nsubj", "nsubj:pass", "expl") for c in token.children)


def link_of(analysis: Analysis, token: Token) -> Link:
    """What a predicate hangs on; its own index where it is the main one."""
    tokens = analysis.tokens
    first = token
    for _ in range(8):  # a conjunct hangs where the first one hangs
        if first.dep != "conj" or first.head == first.i:
            break
        first = tokens[first.head]
    marker, infinitive = _marker(analysis, token)
    if first is not token and not marker and not infinitive and not _own_subject(analysis, token):
        marker, infinitive = _marker(analysis, first)
    dep = first.dep
    if first.head == first.i or dep in ("root", "ROOT"):
        return Link(token.i, "root", marker)
    head = tokens[first.head]
    kind = dep.split(":")[0]
    if kind == "parataxis":
        return Link(head.i, "beside", marker)
    if dep in ("acl:relcl", "advcl:relcl"):
        return Link(head.i, "relative", marker)
    if kind in ("ccomp", "csubj"):
        frame = "to" if infinitive else "ing" if _gerund(analysis, first) else "whether" if marker in ("whether", "if") else "that"
        return Link(head.i, frame, marker)
    if kind == "xcomp":
        return Link(head.i, "ing" if _gerund(analysis, first) and not infinitive else "to", marker)
    if kind == "acl":
        if infinitive:
            return Link(head.i, "to", marker)
        if marker == "that" or (_own_subject(analysis, first) and first.tag in ("VBD", "VBZ", "VBP", "MD")):
            return Link(head.i, "that", marker)
        return Link(head.i, "of" if marker in ("of", "for") else "participle", marker)
    if kind == "advcl":
        if infinitive:
            return Link(head.i, "purpose" if head.pos not in ("ADJ", "NOUN") else "to", marker)
        if marker == "from" or (marker in ("of", "about", "on", "in", "for", "to", "at") and _gerund(analysis, first)):
            return Link(head.i, "ing", marker)
        return Link(head.i, "adverbial", marker)
    if dep == "amod":
        return Link(head.i, "attribute", marker)
    if dep in ("obj", "nsubj:pass", "iobj", "nsubj:outer"):
        return Link(head.i, "obj", marker)
    if kind == "nsubj":
        return Link(head.i, "subject", marker)
    if kind == "nmod" or dep == "compound":
        return Link(head.i, "of" if kind == "nmod" else "compound", marker)
    return Link(head.i, "oblique" if kind == "obl" else "other", marker)


def _marker(analysis: Analysis, token: Token) -> tuple[str, bool]:
    """(the word that brings a clause or noun in, whether it is an infinitive with "to")."""
    marker, infinitive = "", False
    for c in token.children:
        t = analysis.tokens[c]
        if t.dep in ("mark", "case") and c < token.i:
            if t.lower == "to" and t.pos == "PART":
                infinitive = True
            elif not marker:
                marker = t.lower
        elif t.dep == "advmod" and t.lower in ("when", "once", "whenever", "how", "why", "where") and not marker and c < token.i:
            marker = t.lower
    return marker, infinitive


def _own_subject(analysis: Analysis, token: Token) -> bool:
    return any(analysis.tokens[c].dep.startswith(("nsubj", "csubj", "expl")) for c in token.children)


def _gerund(analysis: Analysis, token: Token) -> bool:
    return token.tag == "VBG" and not any(analysis.tokens[c].dep in ("aux", "aux:pass") for c in token.children)
