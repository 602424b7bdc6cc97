"""Names that the model did not see: runs of proper nouns, typed by their company.

A recogniser trained on little text leaves out many names of the field. The tagger still calls most of them proper
nouns, and what stands beside a proper noun tells its type: "in Salkhad", "the Beddawi camp", "Osama Juwaili said",
"told Verify-Sy". Where nothing tells, nothing is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .analysis import Analysis, Name, SentenceTokens, Token
from .mending import mended

CAPITAL = re.compile(r"^(?:(?:al|el|as|ash|ad|az|at|ar|an)-)?[A-ZÀ-ÖØ-ÞĀ-Ž'‘’ʿ][\w'’-]*\w$")
INSIDE = frozenset(("bin", "ibn", "al", "el", "de", "del", "la", "van", "von"))
WHERE = frozenset("in at near around into through outside inside across toward towards throughout via off from beyond past".split())
SIDES = frozenset(
    (
        "north south east west outskirts countryside town village city people residents suburb district streets centre center edge mothers"
    ).split()
)
PLACE_NOUNS = frozenset(
    (
        "camp river hills hill district village road highway motorway bridge province governorate county region island "
        "valley mountain mountains checkpoint crossing airport neighbourhood neighborhood city town suburb township "
        "junction dam desert forest lake gorge square "
    ).split()
)
SPEAKING = frozenset("say tell add explain claim argue warn insist deny admit write post recall describe complain announce state".split())
HELD = frozenset(
    "shell bomb storm seize capture enter reach raid retake leave bombard overrun besiege recapture liberate loot cross flee".split()
)
STRUCK = frozenset("shell bomb strike bombard storm overrun besiege loot retake recapture evacuate encircle flood".split())
NO_NAMES = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december mr mrs ms dr president general colonel major captain lieutenant sergeant "
        "minister mayor governor sheikh commander brigadier professor judge senator king prince prime deputy islam "
        "muslim muslims christian god ramadan eid easter christmas english arabic i "
    ).split()
)


def completed(analysis: Analysis) -> Analysis:
    """The same analysis with the names added that their company gives away, those re-typed whose company is plain, and mended trees."""
    mended(analysis)
    analysis.names = [_retyped(analysis, name) for name in analysis.names]
    taken = [False] * len(analysis.tokens)
    for name in analysis.names:
        for i in range(name.first, name.last):
            taken[i] = True
    added: list[Name] = []
    for sentence in analysis.sentences:
        if _shouting(analysis, sentence):
            continue
        for first, last in _runs(analysis, sentence, taken):
            label = _label(analysis, first, last, sentence)
            if label is not None:
                added.append(Name(first=first, last=last, label=label))
    if not added:
        return analysis
    analysis.names = sorted([*analysis.names, *added], key=lambda n: n.first)
    return analysis


def _retyped(analysis: Analysis, name: Name) -> Name:
    """A name that stands where only places stand ("in Kano", "Karrari was shelled", "Beddawi camp") is a place."""
    tokens = analysis.tokens
    if name.label != "person" or name.last - name.first > 2:
        return name
    before = tokens[name.first - 1].lower if name.first and tokens[name.first - 1].sentence == tokens[name.first].sentence else ""
    behind = tokens[name.last].lower if name.last < len(tokens) else ""
    head = tokens[analysis.head_of(name.first, name.last)]
    verb = tokens[head.head]
    owner = behind in ("'s", "’s")
    placed = before in ("in", "near", "at", "around", "into", "outside") and not owner
    struck = head.dep == "nsubj:pass" and verb.lemma in STRUCK and name.last - name.first == 1
    if placed or struck or behind in PLACE_NOUNS:
        return Name(first=name.first, last=name.last, label="place")
    return name


def _shouting(analysis: Analysis, sentence: SentenceTokens) -> bool:
    """Whether capitals tell nothing here: a headline, or a line all in capitals."""
    words = [t.text for t in analysis.of(sentence) if t.text[:1].isalpha() and len(t.text) > 3]
    return len(words) > 3 and sum(w[0].isupper() for w in words) > 0.6 * len(words)


def _runs(analysis: Analysis, sentence: SentenceTokens, taken: list[bool]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised proper nouns that touch no name already seen."""
    tokens = analysis.tokens

    def proper(t: Token) -> bool:
        return t.pos == "PROPN" and bool(CAPITAL.match(t.text)) and t.lower not in NO_NAMES and not taken[t.i]

    i = sentence.first
    while i < sentence.last:
        if not proper(tokens[i]):
            i += 1
            continue
        j = i + 1
        while j < sentence.last and (proper(tokens[j]) or (tokens[j].lower in INSIDE and j + 1 < sentence.last and proper(tokens[j + 1]))):
            j += 1
        before = i > sentence.first and taken[i - 1]
        after = j < sentence.last and taken[j]
        if not before and not after and j - i <= 5 and not (i == sentence.first and j - i == 1 and not _subject(analysis, i)):
            yield i, j
        i = j


def _subject(analysis: Analysis, i: int) -> bool:
    return analysis.tokens[i].dep.startswith("nsubj") and analysis.tokens[i].tag == "NNP"


def _label(analysis: Analysis, first: int, last: int, sentence: SentenceTokens) -> str | None:
    tokens = analysis.tokens
    i = first - 1
    while i >= sentence.first and (tokens[i].pos == "DET" or tokens[i].lower in ("northern", "southern", "eastern", "western", "central")):
        i -= 1
    before = tokens[i].lower if i >= sentence.first else ""
    head = tokens[analysis.head_of(first, last)]
    verb = tokens[head.head]
    behind = tokens[last].lower if last < sentence.last else ""
    if behind in PLACE_NOUNS:
        return "place"
    if before in ("told", "telling"):
        return "organization"
    if before in WHERE or (before == "of" and i > sentence.first and tokens[i - 1].lower in SIDES):
        return "place"
    if head.dep.startswith("nsubj") and verb.lemma in SPEAKING:
        return "person"
    if last - first == 1:
        if head.dep in ("obj", "nsubj:pass") and verb.lemma in HELD:
            return "place"
        return None
    if head.dep.startswith(("nsubj", "appos", "obj", "conj", "flat", "nmod:poss", "obl:agent")) and last - first <= 3:
        return "person"
    return None
