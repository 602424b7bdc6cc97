"""Losses told by the words themselves: "two soldiers and a civilian died", "left 14 dead", "the toll rose to 31", "no casualties".

Read from phrases and their order, without the tree, which such clauses often break: an amount (a quantity with its noun,
"a shepherd", "a family of five", "nobody") beside a word of loss. Definitions of the measures: the contract's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from whence.language.analysis import Analysis, SentenceTokens, Token
from whence.readers.entities.candidates import COLLECTIVE
from whence.readers.entities.lexicon import roles

from .lexicon import measure_of
from .quantities import OPEN, QUANTIFYING, is_number, number, quantity

BOTH = "killed_or_injured"
DEAD = frozenset("dead killed martyred lifeless deceased".split())
HURT = frozenset("wounded injured hurt maimed".split())
DEATHS = frozenset("death fatality martyr body corpse remains killing dead".split())
INJURIES = frozenset("injury wounded injured wounding".split())
CASUALTIES = frozenset("casualty victim loss".split())
DIED = frozenset("die perish drown suffocate succumb fall".split())
FLED = frozenset("flee".split())
NOBODY = frozenset("nobody none zero".split())
VAGUE = {"countless": 3, "numerous": 3, "unspecified": 2, "unknown": 2, **{w: n for w, n in OPEN.items() if " " not in w}}
FAMILY = frozenset("family household clan party group crew team convoy".split())
PERSONS = frozenset(("person", "civilians", "state_forces", "armed_group", "anonymous_sources"))
CARRIES = frozenset("be have get lie remain".split())
CROWDS = frozenset("march gather rally demonstrate protest assemble picket block parade chant attend converge".split())


class Toll(NamedTuple):
    """An amount with its measure: bounds, both included, None open; tokens first..last (half-open), the head of what is
    counted, and the word of loss beside it."""

    measure: str
    low: int | None
    high: int | None
    first: int
    last: int
    head: int
    word: int


class Amount(NamedTuple):
    """How many of something: bounds, both included, None open; tokens first..last (half-open), the head of what is counted."""

    low: int | None
    high: int | None
    first: int
    last: int
    head: int


def tolls(analysis: Analysis, sentence: SentenceTokens) -> list[Toll]:
    """The losses that a sentence tells, in the order of the text."""
    told = list(amounts(analysis, sentence))
    found: dict[tuple[int, str], Toll] = {}
    for toll in (*_totals(analysis, sentence), *_beside(analysis, sentence, told)):
        found.setdefault((toll.first, toll.measure), toll)
    return sorted(found.values(), key=lambda t: (t.first, t.measure))


# ---- amounts ----------------------------------------------------------------------------------------------------------
def amounts(analysis: Analysis, sentence: SentenceTokens) -> Iterator[Amount]:
    """Every phrase that says how many of something: "more than ten people", "a shepherd", "no one", "both her parents"."""
    tokens = analysis.tokens
    i = sentence.first
    while i < sentence.last:
        made = _amount(tokens, i, sentence)
        if made is None:
            i += 1
            continue
        yield made
        i = max(made.last, i + 1)


def _noun_from(tokens: Sequence[Token], i: int, sentence: SentenceTokens) -> int:
    """The index of the noun that a phrase beginning at i is of, or -1."""
    j = i
    head = -1
    while j < sentence.last and (
        tokens[j].pos in ("ADJ", "NOUN", "PROPN", "NUM") or tokens[j].text in ("-", "–") or tokens[j].lower in ("'s", "’s")
    ):
        if tokens[j].lower in DEAD | HURT and tokens[j].pos != "NOUN":
            break
        if tokens[j].pos in ("NOUN", "PROPN"):
            head = j
        j += 1
    end = tokens[j - 1]
    if head < 0 and j > i and end.pos == "ADJ" and (end.lower in roles().heads or end.text[:1].isupper()):
        return j - 1  # "a civilian", "three Lebanese", taken for adjectives
    return head


def _amount(tokens: Sequence[Token], i: int, sentence: SentenceTokens) -> Amount | None:
    t = tokens[i]
    after = tokens[i + 1] if i + 1 < sentence.last else None
    if t.lower in NOBODY or (t.lower in ("no", "not") and after is not None and after.lower == "one"):
        last = i + (1 if t.lower in NOBODY else 2)
        head = _noun_from(tokens, last, sentence) if t.lower == "zero" else -1
        return Amount(0, 0, i, head + 1 if head >= 0 else last, head if head >= 0 else i)
    if t.lower == "no" and after is not None:
        head = _noun_from(tokens, i + 1, sentence)
        return Amount(0, 0, i, head + 1, head) if head >= 0 else None
    if t.lower == "both":
        head = _noun_from(tokens, i + (2 if after is not None and after.pos in ("PRON", "DET") else 1), sentence)
        return Amount(2, 2, i, head + 1, head) if head >= 0 else None
    begin = i
    while (
        i < sentence.last
        and tokens[i].lower in QUANTIFYING | {"no", "not", "some", "minimum", "maximum", "upwards", "excess"}
        and not is_number(tokens[i])
    ):
        if (
            tokens[i].lower in ("a", "an", "and", "-", "between")
            and not (i + 1 < sentence.last and _counts(tokens[i + 1]))
            and tokens[i].lower != "between"
        ):
            break
        i += 1
    if i < sentence.last and _counts(tokens[i]):
        stop = i + 1
        while stop < sentence.last and (
            is_number(tokens[stop])
            or tokens[stop].lower
            in ("to", "and", "-", "–", "or", "perhaps", ",", "hundred", "dozen", "more", "odd", "plus", "of", "thousands")
        ):
            if tokens[stop].lower in ("to", "and", "-", "–", "or", ",", "perhaps") and not (
                stop + 1 < sentence.last and (is_number(tokens[stop + 1]) or tokens[stop + 1].lower in ("more", "odd", "perhaps"))
            ):
                break
            if tokens[stop].text == "," and tokens[stop + 1].lower != "perhaps":
                break
            if tokens[stop].lower == "of" and not (stop + 1 < sentence.last and tokens[stop + 1].lower in ("thousands", "hundreds")):
                break
            stop += 1
        found = quantity(tokens, begin, max(stop - 1, i)) or _vague(tokens, i)
        if found is not None:
            low, high, first, last = found
            last = max(last, stop)
            if any(x.lower in ("odd", "plus") for x in tokens[i:stop]):
                high = None if any(x.lower == "plus" for x in tokens[i:stop]) else high
            past = last
            if past < sentence.last and tokens[past].lower == "of":
                past += 1
                if past < sentence.last and tokens[past].pos in ("DET", "PRON"):
                    past += 1
                if past < sentence.last and is_number(tokens[past]):
                    past += 1
            elif past + 1 < sentence.last and tokens[past].lower == "out" and tokens[past + 1].lower == "of":
                past += 3
            head = _noun_from(tokens, past, sentence)
            if head >= 0 and tokens[head].lower in UNITS_OF_TIME:
                return None
            if head >= 0:
                return _family(tokens, low, high, first, head, sentence) or Amount(low, high, first, head + 1, head)
            return Amount(low, high, first, last, last - 1)
    t = tokens[begin]
    if t.lower in ("a", "an", "another", "one", "the") or t.tag == "PRP$":
        head = _noun_from(tokens, begin + 1, sentence)
        if head < 0 or tokens[head].tag in ("NNS", "NNPS"):
            return None
        made = _family(tokens, 1, 1, begin, head, sentence)
        if made is not None:
            return made
        if t.lower == "the" or t.tag == "PRP$":
            lemma = roles().head(tokens[head].lemma, tokens[head].text)
            one = roles().heads.get(lemma) in ("person", "civilians") or lemma in (
                "soldier",
                "officer",
                "policeman",
                "fighter",
                "gunman",
                "driver",
            )
            return Amount(1, 1, begin, head + 1, head) if one and lemma not in COLLECTIVE else None
        kind = roles().heads.get(roles().head(tokens[head].lemma, tokens[head].text))
        if kind in PERSONS or kind == "object" or tokens[head].lemma in DEATHS or _suffers(tokens, head):
            return Amount(1, 1, begin, head + 1, head)
    return None


def _suffers(tokens: Sequence[Token], head: int) -> bool:
    """Whether a loss is done to what a phrase names, whatever it is: "lynched a phone thief", "burned a backhoe"."""
    t = tokens[head]
    while t.dep == "conj" and t.head != t.i:
        t = tokens[t.head]
    over = tokens[t.head]
    return t.dep in ("obj", "nsubj:pass") and over.pos == "VERB" and measure_of(over) is not None


UNITS_OF_TIME = frozenset(
    "week weeks day days month months year years percent per cent kilometre kilometres kilometer kilometers km mile miles hour hours "
    "minutes minute metres meters dollars pounds tonnes tons kilograms o'clock times time hectares".split()
)


def _counts(token: Token) -> bool:
    return is_number(token) or token.lower in VAGUE or token.lower in ("dozen", "hundred")


def _vague(tokens: Sequence[Token], i: int) -> tuple[int | None, int | None, int, int] | None:
    low = VAGUE.get(tokens[i].lower)
    return (low, None, i, i + 1) if low is not None else None


def _family(tokens: Sequence[Token], low: int | None, high: int | None, first: int, head: int, sentence: SentenceTokens) -> Amount | None:
    """ "a family of five": five."""
    if tokens[head].lemma not in FAMILY or head + 2 >= sentence.last or tokens[head + 1].lower != "of" or not is_number(tokens[head + 2]):
        return None
    size = number([tokens[head + 2].text])
    if size is None:
        return None
    return Amount((low or 1) * size, None if high is None else high * size, first, head + 3, head)


# ---- words of loss ----------------------------------------------------------------------------------------------------
def _totals(analysis: Analysis, sentence: SentenceTokens) -> Iterator[Toll]:
    """ "bringing the toll to 31", "the death toll now stands at at least 19", "the number of martyrs rose to 11"."""
    tokens = analysis.tokens
    for i in range(sentence.first, sentence.last):
        t = tokens[i]
        of_dead = t.lower in ("number", "total", "count", "figure") and any(
            x.lemma.lower() in DEATHS for x in tokens[i + 1 : min(i + 5, sentence.last)]
        )
        if t.lower != "toll" and not of_dead:
            continue
        wounded = any(x.lemma.lower() in INJURIES for x in tokens[max(sentence.first, i - 2) : min(i + 4, sentence.last)])
        for j in range(i + 1, min(i + 16, sentence.last)):
            if tokens[j].lower in ("to", "at", "is", "was", "of", "reached", "passed", "hit", "stood", "stands") and j + 1 < sentence.last:
                made = _amount(tokens, j + 1, sentence)
                if (
                    made is not None
                    and made.low != 0
                    and _counts(tokens[made.last - 1] if made.head == made.last - 1 else tokens[made.first])
                ):
                    yield Toll("injured" if wounded else "killed", made.low, made.high, made.first, made.last, made.head, i)
                    break


def _beside(analysis: Analysis, sentence: SentenceTokens, amounts: Sequence[Amount]) -> Iterator[Toll]:
    tokens = analysis.tokens
    by_end = {a.last: a for a in amounts}
    by_start = {a.first: a for a in amounts}
    within = {a.first for a in amounts if _included(tokens, a, sentence)}
    for a in amounts:
        lemma = tokens[a.head].lemma.lower()
        if a.first in within or tokens[a.first].lower in ("the", "his", "her", "their", "its"):
            continue
        if a.low == 0 and a.high == 0:
            yield from _none(tokens, a, lemma, sentence)
            continue
        if lemma in DEATHS or tokens[a.head].lower in DEAD:
            yield Toll("killed", a.low, a.high, *a[2:], a.head)
        elif lemma in INJURIES or (tokens[a.head].lower in HURT and tokens[a.head].pos in ("NOUN", "ADJ")):
            yield Toll("injured", a.low, a.high, *a[2:], a.head)
        elif lemma == "casualty":
            yield Toll(BOTH, a.low, a.high, *a[2:], a.head)
    for i in range(sentence.first, sentence.last):
        lives = _lives(tokens, i, sentence)
        if lives:
            at = _before(tokens, i, by_end, sentence, within) if lives == "own" else _row(tokens, i + 4, by_start, sentence)
            for a in at:
                yield Toll("killed", a.low, a.high, *a[2:], i)
            continue
        measure = _measure(tokens, i, sentence)
        if measure is None:
            continue
        active = tokens[i].tag in ("VBD", "VBZ", "VBP", "VBG", "VB") and bool(_row(tokens, i + 1, by_start, sentence))
        subject = not active and (_passive(tokens, i) or tokens[i].lemma in DIED | FLED or tokens[i].lower in DEAD | HURT)
        if subject:
            at = [a for a in _before(tokens, i, by_end, sentence, within) if not _loss_noun(tokens[a.head]) and a.first not in within]
            for a in at:
                if a.low != 0:
                    yield Toll(measure, a.low, a.high, *a[2:], i)
            if at:
                continue
        if tokens[i].pos in ("VERB", "AUX") and not _passive(tokens, i) and tokens[i].lemma not in DIED | FLED:
            for a in _row(tokens, i + 1, by_start, sentence):
                if a.low == 0:
                    yield Toll(measure, 0, 0, *a[2:], i)
                elif a.first not in within and not _loss_noun(tokens[a.head]):
                    yield Toll(measure, a.low, a.high, *a[2:], i)
        elif tokens[i].pos == "NOUN" and i + 1 < sentence.last and tokens[i + 1].lower in ("of", "to"):
            for a in _row(tokens, i + 2, by_start, sentence):
                if a.low != 0:
                    yield Toll(measure, a.low, a.high, *a[2:], i)


def _none(tokens: Sequence[Token], a: Amount, lemma: str, sentence: SentenceTokens) -> Iterator[Toll]:
    """ "no casualties", "nobody was hurt", "no one died": nought."""
    if lemma in CASUALTIES:
        yield Toll("killed", 0, 0, *a[2:], a.head)
        yield Toll("injured", 0, 0, *a[2:], a.head)
        return
    if lemma in DEATHS or lemma in INJURIES:
        yield Toll("killed" if lemma in DEATHS else "injured", 0, 0, *a[2:], a.head)
        return
    stop = min(a.last + 9, sentence.last)
    for i in range(a.last, stop):
        measure = _measure(tokens, i, sentence)
        if measure is not None and (_passive(tokens, i) or tokens[i].lemma in DIED | FLED or tokens[i].lower in HURT):
            if measure == BOTH or measure == "injured":
                yield Toll("killed", 0, 0, *a[2:], i)  # who says that nobody was hurt says that nobody was killed
            yield Toll("injured" if measure == BOTH else measure, 0, 0, *a[2:], i)
            for j in range(i + 1, min(i + 3, stop)):
                other = _measure(tokens, j, sentence)
                if other is not None and other != measure:
                    yield Toll(other, 0, 0, *a[2:], j)
            return
        if tokens[i].text in (",", ";") or tokens[i].lower == "but":
            return


def _measure(tokens: Sequence[Token], i: int, sentence: SentenceTokens) -> str | None:
    """The measure of a word of loss; "killed and wounded", "dead or injured" are one measure."""
    t = tokens[i]
    own = _one(t)
    if own is None:
        return None
    for j in (i + 2, i - 2):
        if sentence.first <= j < sentence.last and tokens[(i + j) // 2].lower in ("and", "or"):
            other = _one(tokens[j])
            if {own, other} == {"killed", "injured"}:
                return BOTH
    return own


def _one(t: Token) -> str | None:
    if t.lower in DEAD:
        return "killed"
    if t.lower in HURT:
        return "injured"
    if t.lemma == "fall":
        return None
    if t.lemma in DIED:
        return "killed"
    if t.lemma in FLED:
        return "displaced"
    if t.pos in ("VERB", "AUX") or t.lemma in (
        "death",
        "killing",
        "wounding",
        "arrest",
        "capture",
        "abduction",
        "kidnapping",
        "displacement",
        "destruction",
        "loss",
    ):
        return "destroyed" if t.lemma == "loss" else measure_of(t)
    return None


def _passive(tokens: Sequence[Token], i: int) -> bool:
    """Whether a participle is told of who suffers it: an auxiliary before it, or nothing behind it that could be its object."""
    t = tokens[i]
    if t.tag not in ("VBN", "VBD", "JJ"):
        return False
    for j in range(i - 1, max(-1, i - 5), -1):
        low = tokens[j]
        if low.lemma in CARRIES and low.pos in ("AUX", "VERB"):
            return low.lemma != "have" or low.i != i - 1
        if low.pos not in ("ADV", "AUX", "PART", "VERB", "CCONJ", "ADP"):
            break
    following = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].sentence == t.sentence else None
    return t.tag == "VBN" and (
        following is None or following.pos in ("PUNCT", "ADP", "CCONJ", "SCONJ", "ADV") or following.lower in ("on", "in")
    )


def _lives(tokens: Sequence[Token], i: int, sentence: SentenceTokens) -> str:
    """ "lost their lives", "fell as martyrs" are of their subject ("own"), "claimed the lives of" of what follows ("others")."""
    words = [t.lower for t in tokens[i : min(i + 4, sentence.last)]]
    lemma = tokens[i].lemma
    if lemma == "lose" and words[2:3] in (["lives"], ["life"]):
        return "own"
    if lemma == "fall" and (words[1:3] == ["as", "martyrs"] or words[1:2] == ["martyr"]):
        return "own"
    if lemma in ("claim", "take") and words[1:4] == ["the", "lives", "of"]:
        return "others"
    return ""


def _loss_noun(token: Token) -> bool:
    return token.lemma.lower() in DEATHS | INJURIES | CASUALTIES or token.lower in DEAD | HURT


def _included(tokens: Sequence[Token], a: Amount, sentence: SentenceTokens) -> bool:
    """Whether an amount is part of another: "including three officers", "two commanders among them"."""
    before = [t.lower for t in tokens[max(sentence.first, a.first - 3) : a.first]]
    after = [t.lower for t in tokens[a.last : min(a.last + 2, sentence.last)]]
    return (
        before[-1:] == ["including"]
        or before[-2:] in (["among", "them"], ["of", "them"], ["among", "whom"])
        or after[:2] == ["among", "them"]
    )


def _before(tokens: Sequence[Token], i: int, by_end: dict[int, Amount], sentence: SentenceTokens, within: set[int]) -> list[Amount]:
    """The amounts that are the subject of a word of loss: right before it but for auxiliaries, adverbs, places and days."""
    j = i
    steps = 0
    while j > sentence.first and steps < 14:
        if j in by_end and by_end[j].first in within:
            j = by_end[j].first
            while j > sentence.first and tokens[j - 1].lower in ("among", "them", "including", "of", "whom", ","):
                j -= 1
            continue
        if j in by_end:
            definite = tokens[by_end[j].first].lower in ("the", "his", "her", "their", "its", "my", "our")
            if definite and any(t.pos not in ("AUX", "ADV", "PART", "VERB") for t in tokens[j:i]):
                j -= 1
                steps += 1
                continue
            return _row_back(tokens, j, by_end)
        before = tokens[j - 1]
        if (
            before.pos in ("VERB",)
            and before.lemma not in CARRIES
            and before.lemma not in ("find", "know", "report", "believe", "fear", "leave", "say", "confirm")
        ):
            return []
        if before.text in (";", ":", "”", '"') or before.lower in ("who", "which", "that", "but"):
            return []
        j -= 1
        steps += 1
    return []


def _row_back(tokens: Sequence[Token], end: int, by_end: dict[int, Amount]) -> list[Amount]:
    """An amount and those joined to it before: "two soldiers, a guard and a civilian"."""
    out = [by_end[end]]
    at = out[0].first
    for _ in range(6):
        j = at
        if tokens[j - 1].lower in ("and", "as") and j > 0:
            j -= 1
        if j > 0 and tokens[j - 1].text == ",":
            j -= 1
        if j == at or j not in by_end:
            break
        out.insert(0, by_end[j])
        at = by_end[j].first
    return out


def _row(tokens: Sequence[Token], first: int, by_start: dict[int, Amount], sentence: SentenceTokens) -> list[Amount]:
    """The amounts that begin at a token, and those joined to them."""
    out: list[Amount] = []
    j = first
    while j < sentence.last and j not in by_start and tokens[j].lower in ("another", "also", "in", "some", "up") and j - first < 2:
        j += 1
    for _ in range(6):
        if j not in by_start:
            break
        out.append(by_start[j])
        j = by_start[j].last
        if j < sentence.last and tokens[j].text == ",":
            j += 1
        if j < sentence.last and tokens[j].lower == "and":
            j += 1
    return out
