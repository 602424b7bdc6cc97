"""Sentences that the parser takes apart wrongly in a way that their own words show.

Short sentences of the field ("Kurdish fighters abducted five aid workers", "Gunmen shot dead four residents") are read
as noun phrases now and then, by which side they name: the verb becomes a participle or a noun, and nobody did anything.
An object tells: a passive participle has none, and a noun has none. Only what is certain by that is mended: in one of
some four hundred sentences of news, helpers included.
"""

from __future__ import annotations

import functools

from whence.data import rows

from .analysis import Analysis, Token

GIVEN = frozenset(
    (
        "give offer grant award hand pay send show teach tell ask call name deem dub elect consider make allow deny leave charge spare owe"
    ).split()
)
"""Verbs whose passive may have an object ("prisoners given food", "a man called Omar")."""
TELLING = frozenset("tell inform assure warn remind".split())
CLOSING = frozenset("say announce add declare warn insist claim explain complain recall reply write".split())
"""What a quotation is closed with."""
PAST = ("VBD", "VBN")
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
"""Not what is done to somebody, though the parser may hang them there as objects."""


def mended(analysis: Analysis) -> Analysis:
    """The same analysis, its trees mended where an object shows a verb and nothing else heads the clause."""
    for token in analysis.tokens:
        if _participle_of_a_fragment(analysis, token) or _teller(analysis, token):
            _promote(analysis, token)
        elif _verb_as_noun(analysis, token):
            _make_verb(analysis, token)
        elif token.dep == "aux" and token.pos == "AUX" and token.children:
            _lower(analysis, token)
        elif _subject_as_conjunct(analysis, token):
            _hang(analysis, token, analysis.tokens[token.i + 1], "nsubj")
        elif token.dep == "conj" and analysis.tokens[token.head].dep == "flat":
            _hang(analysis, token, analysis.tokens[analysis.tokens[token.head].head], "conj")  # what joins a name joins all of it
        elif _verb_as_attribute(analysis, token):
            _take_over(analysis, token)
        elif token.lower in ("former", "latter") and (verb := _said_by_one_of_two(analysis, token)) is not None:
            _speak(analysis, token, verb)
        if token.lemma in TELLING and (clause := _told(analysis, token)) is not None:
            _hang(analysis, clause, token, "ccomp")
            for that in (analysis.tokens[c] for c in clause.children if analysis.tokens[c].lower == "that"):
                that.dep, that.pos = "mark", "SCONJ"
    return analysis


def _objects(analysis: Analysis, token: Token) -> bool:
    tokens = analysis.tokens
    if any(tokens[c].dep == "obj" and c > token.i and tokens[c].lower not in DAYS for c in token.children):
        return True
    after = [t.lower for t in tokens[token.i + 1 : token.i + 3]]
    return after in (["at", "least"], ["more", "than"], ["up", "to"], ["as", "many"]) and any(
        tokens[c].dep in ("obl", "nummod", "advmod", "nmod") and c > token.i for c in token.children
    )  # "killed at least 17 civilians": no place where they were killed


def _on_a_day(analysis: Analysis, token: Token) -> bool:
    return token.i + 1 < len(analysis.tokens) and analysis.tokens[token.i + 1].lower in DAYS


def _subject(analysis: Analysis, token: Token) -> bool:
    return any(analysis.tokens[c].dep.startswith(("nsubj", "csubj", "expl")) for c in token.children)


def _participle_of_a_fragment(analysis: Analysis, token: Token) -> bool:
    """ "Fighters abducted five workers": a participle with an object below a noun that is all the sentence."""
    if token.dep != "acl" or token.tag not in PAST or token.lemma in GIVEN:
        return False
    noun = analysis.tokens[token.head]
    closing = noun.dep == "parataxis" and token.lemma in CLOSING  # "The road is open," fighters announced
    whole = noun
    while not closing and whole.dep in ("nmod", "compound", "appos") and analysis.tokens[whole.head].i < whole.i:
        whole = analysis.tokens[whole.head]  # "Agents in masks detained a roofer"
    if not closing and (whole.dep != "root" or not _objects(analysis, token)):
        return False
    if noun.pos not in ("NOUN", "PROPN") or noun.i != token.i - 1 or _on_a_day(analysis, token):
        return False
    if whole is not noun:
        if any(analysis.tokens[c].dep in ("cop", "case", "mark") or c > noun.i for c in whole.children):
            return False
        noun = whole if not any(analysis.tokens[c].dep == "punct" for c in range(whole.i, noun.i)) else noun
    return not any(
        analysis.tokens[c].dep in ("cop", "case", "mark") or analysis.tokens[c].dep.startswith(("nsubj", "aux")) for c in noun.children
    ) and not any(analysis.tokens[c].dep.startswith(("nsubj", "aux", "mark")) for c in token.children)


def _told(analysis: Analysis, token: Token) -> Token | None:
    """ "Told Radio Kosti that nine people had died": what was told, where the parser made a relative clause of whom it was told to."""
    tokens = analysis.tokens
    for c in token.children:
        if c > token.i and tokens[c].dep in ("obj", "iobj"):
            for k in tokens[c].children:
                that = next((tokens[m] for m in tokens[k].children if tokens[m].lower == "that"), None)
                if (
                    tokens[k].dep == "acl:relcl"
                    and that is not None
                    and (that.dep == "mark" or (that.dep == "obj" and _subject(analysis, tokens[k])))
                ):
                    return tokens[k]
    return None


def _teller(analysis: Analysis, token: Token) -> bool:
    """ "A nurse told Radio Kosti that ...": who tells somebody that something is so is not told."""
    noun = analysis.tokens[token.head]
    return (
        token.dep == "acl"
        and token.lemma in TELLING
        and token.tag in PAST
        and noun.dep == "root"
        and noun.i == token.i - 1
        and not any(analysis.tokens[c].dep == "cop" for c in noun.children)
        and _told(analysis, token) is not None
    )


def _verb_as_noun(analysis: Analysis, token: Token) -> bool:
    """ "Gunmen shot dead four men", "the Front abducted a trader": a noun or adjective that has an object, and is a past form."""
    if not _objects(analysis, token) or not (token.lower in ("shot", "hit", "cut", "beat") or token.lower.endswith("ed")):
        return False
    if token.pos == "ADJ":
        return _subject(analysis, token) and not any(analysis.tokens[c].dep.startswith(("cop", "aux")) for c in token.children)
    side = analysis.tokens[token.i - 1] if token.i else None
    return (
        token.pos in ("NOUN", "VERB")
        and side is not None
        and side.head == token.i
        and side.dep == "compound"
        and side.sentence == token.sentence
        and (side.tag in ("NNS", "NNPS") or side.pos == "PROPN" or token.dep == "acl:relcl")
    )


def _verb_as_attribute(analysis: Analysis, token: Token) -> bool:
    """ "The spokesman, a major, accused rebels of ...": an attribute behind a comma in a sentence that has no other verb of its own."""
    tokens = analysis.tokens
    noun = tokens[token.head]
    first = tokens[noun.head]
    if token.dep != "amod" or token.tag not in PAST or noun.dep not in ("conj", "appos", "list", "parataxis") or noun.i <= token.i:
        return False
    if first.dep != "root" or first.pos not in ("NOUN", "PROPN") or first.i > token.i or tokens[token.i - 1].text != ",":
        return False
    if any(tokens[c].dep == "cc" for c in noun.children) or not any(tokens[c].dep.startswith("acl") for c in noun.children):
        return False
    sentence = analysis.sentences[token.sentence]
    own = (t for t in analysis.of(sentence) if t.head == first.i or t.i == first.i)
    return not any(t.pos in ("VERB", "AUX") or t.dep.startswith(("nsubj", "cop")) for t in own)


def _subject_as_conjunct(analysis: Analysis, token: Token) -> bool:
    """ "According to Radio Kosti, gunmen killed": a noun behind a comma, not coordinated, before a past form without a subject."""
    tokens = analysis.tokens
    if token.dep != "conj" or token.pos not in ("NOUN", "PROPN") or token.i + 1 >= len(tokens):
        return False
    verb, first = tokens[token.i + 1], tokens[token.head]
    if verb.pos != "VERB" or verb.tag != "VBD" or verb.sentence != token.sentence or _subject(analysis, verb) or first.head != verb.i:
        return False
    inside = [tokens[c] for c in token.children if c < token.i]
    begin = min((t.i for t in inside if t.dep != "punct"), default=token.i)
    others = [c for c in first.children if tokens[c].dep == "conj" and c != token.i]
    return first.dep == "obl" and not others and begin > 0 and tokens[begin - 1].text == "," and all(t.dep != "cc" for t in inside)


def _hang(analysis: Analysis, token: Token, head: Token, dep: str) -> None:
    old = analysis.tokens[token.head]
    if old is not token:
        old.children.remove(token.i)
    token.head, token.dep = head.i, dep
    if head is not token:
        head.children.append(token.i)
        head.children.sort()


def _promote(analysis: Analysis, verb: Token) -> None:
    noun = analysis.tokens[verb.head]
    while noun.dep in ("nmod", "compound", "appos") and analysis.tokens[noun.head].i < noun.i:
        noun = analysis.tokens[noun.head]
    for c in verb.children:
        below = analysis.tokens[c]
        if (
            c > verb.i
            and below.dep == "obl"
            and analysis.tokens[verb.i + 1].lower in ("at", "more", "up", "as")
            and verb.i < c <= verb.i + 6
        ):
            below.dep = "obj"
            break
    verb_to, dep = (verb, "root") if noun.head == noun.i else (analysis.tokens[noun.head], noun.dep)
    for c in list(noun.children):
        if c > verb.i:
            _hang(analysis, analysis.tokens[c], verb, analysis.tokens[c].dep)
    _hang(analysis, verb, verb_to, dep)
    verb.tag = "VBD"
    _hang(analysis, noun, verb, "nsubj")


def _lower(analysis: Analysis, helper: Token) -> None:
    """ "The militia may have used": what hangs on a helper hangs on its verb."""
    tokens = analysis.tokens
    verb = tokens[helper.head]
    for c in list(helper.children):
        if tokens[c].dep in ("aux", "advmod") or (tokens[c].dep == "nsubj" and not _subject(analysis, verb)):
            _hang(analysis, tokens[c], verb, tokens[c].dep)


def _take_over(analysis: Analysis, verb: Token) -> None:
    tokens = analysis.tokens
    noun, first = tokens[verb.head], tokens[tokens[verb.head].head]
    _hang(analysis, verb, verb, "root")
    verb.head, verb.tag = verb.i, "VBD"
    for c in [c for c in first.children if c > verb.i and c != noun.i]:
        _hang(analysis, tokens[c], verb, tokens[c].dep)
    for c in [c for c in noun.children if tokens[c].dep.startswith("acl")]:
        _hang(analysis, tokens[c], verb, "advcl")
    _hang(analysis, noun, verb, "obj")
    _hang(analysis, first, verb, "nsubj")


def _said_by_one_of_two(analysis: Analysis, token: Token) -> Token | None:
    """ "The former swears that ...", where the parser sees swears of an earlier time."""
    tokens = analysis.tokens
    if token.i == 0 or token.i + 3 >= len(tokens) or tokens[token.i - 1].lower != "the" or token.head != token.i + 1:
        return None
    verb, after = tokens[token.i + 1], tokens[token.i + 2]
    stems = {verb.lower.removesuffix(end) for end in ("s", "es", "ed", "d")} | {verb.lower.removesuffix("ies") + "y"}
    if verb.pos != "NOUN" or verb.sentence != after.sentence or not stems & _saying():
        return None
    return verb if after.lower in ("that", "the", "a", "it", "he", "she", "they", "his", "her", "their", "its") else None


@functools.cache
def _saying() -> frozenset[str]:
    return frozenset(
        row["lemma"] for row in rows("lexicon/cues.tsv", ("lemma", "part", "stance", "certainty", "presumes")) if row["part"] == "V"
    )


def _speak(analysis: Analysis, one: Token, verb: Token) -> None:
    tokens = analysis.tokens
    root = verb
    while tokens[root.head].i != root.i:
        root = tokens[root.head]
    _hang(analysis, tokens[one.i - 1], one, "det")
    if root.i > verb.i:
        _hang(analysis, verb, verb, "root")
        verb.head = verb.i
        _hang(analysis, root, verb, "ccomp")
    elif root is not verb:
        verb.dep = "advcl"
    _hang(analysis, one, verb, "nsubj")
    one.pos = "NOUN"
    stems = [verb.lower.removesuffix("ies") + "y", *(verb.lower.removesuffix(end) for end in ("s", "es", "ed", "d"))]
    verb.pos, verb.tag = "VERB", "VBD" if verb.lower.endswith("ed") else "VBZ"
    verb.lemma = next(s for s in stems if s in _saying())
    for c in list(verb.children):
        if c > verb.i and tokens[c].dep in ("acl:relcl", "acl"):
            tokens[c].dep = "ccomp"
        for k in tokens[c].children:
            if tokens[k].lower == "that" and k == verb.i + 1:
                tokens[k].dep, tokens[k].pos = "mark", "SCONJ"


def _make_verb(analysis: Analysis, verb: Token) -> None:
    tokens = analysis.tokens
    side = tokens[verb.i - 1]
    if side.head == verb.i and side.dep == "compound":
        side.dep = "nsubj"
        for c in [c for c in verb.children if c < side.i and tokens[c].dep in ("det", "amod", "compound", "nummod", "nmod:poss")]:
            _hang(analysis, tokens[c], side, tokens[c].dep)
        that = next((tokens[c] for c in verb.children if tokens[c].lower == "that" and tokens[c].dep in ("nsubj", "obj")), None)
        told = tokens[tokens[verb.head].head]
        if that is not None and verb.dep == "acl:relcl" and told.lemma in TELLING and tokens[verb.head].dep in ("iobj", "obj"):
            that.dep, that.pos = "mark", "SCONJ"  # "told Radio Shikan that the army shot a farmer"
            _hang(analysis, verb, told, "ccomp")
    if verb.pos != "VERB":
        verb.lemma = {"shot": "shoot"}.get(verb.lower, verb.lemma)
    verb.pos, verb.tag = "VERB", "VBD"
