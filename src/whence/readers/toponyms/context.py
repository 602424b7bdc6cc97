"""What raises or lowers the likelihood of a place beside the learned model: what verbs and nouns ask for, lists, and the
rest of the document.

The weights are learned from news of the United States mostly, where every small word is a town; a small town of another
country stands there only once in a while. What its sentence says of it has to count for more.
"""

from __future__ import annotations

from collections.abc import Sequence

from whence.language.analysis import Analysis, Token

from .spots import Spot, expected
from .words import EITHER_NOUNS, EITHER_VERBS, KINDS, OUTLETS, PLACE_NOUNS, PLACE_VERBS, ROAD_ADJECTIVES, ROADS, TELLING_KINDS, TITLES

EXPECTED, UNPLACED = 0.6, 0.5
"""What the language model calls a place and stands where places stand is one, however small it is (and though the
gazetteer may lack it)."""
ASKED = 0.55
"""What a verb, a noun, a list or the rest of the document takes for a place, and the gazetteer knows."""
NAMESAKES = 4
"""What has more is a Nelson or a Marshall: a name of people."""
LEAST_LIKELY = 0.08
"""Spots below this do not speak for where a document plays."""
_ARTICLES = ("al-", "el-", "ash-", "as-", "ar-")
_PREPOSITIONS = frozenset(("on", "of", "for", "in", "against", "into", "over", "from", "around", "near", "to"))


def judge(analysis: Analysis, spot: Spot, people: frozenset[str]) -> None:
    """Corrects the likelihood of one spot by what stands beside it."""
    tokens = analysis.tokens
    first = analysis.sentences[tokens[spot.first].sentence].first
    if spot.label == "place" and spot.candidates and spot.surface.lower().startswith(_ARTICLES):
        spot.probability = max(spot.probability, EXPECTED)
    if spot.label == "place" and expected(tokens, spot.first, first):
        spot.probability = max(spot.probability, EXPECTED if spot.candidates else UNPLACED)
    word = tokens[spot.last - 1]
    named = word.lower in TELLING_KINDS and word.text[0].isupper() and spot.inside != "person"
    if named and spot.candidates and spot.candidates[0].place.kind in KINDS[word.lower]:
        spot.probability = max(spot.probability, EXPECTED)
    if _can_be(analysis, spot, people) and (_asked(analysis, spot) or _kind_beside(tokens, spot)):
        spot.probability = max(spot.probability, ASKED)
    if spot.last < len(tokens) and _outlet(tokens[spot.last]):
        spot.probability = min(spot.probability, LEAST_LIKELY)
    if spot.candidates and not spot.adjective and _on_road(analysis, spot):
        spot.probability = max(spot.probability, 0.95)


def agree(analysis: Analysis, spots: Sequence[Spot], threshold: float, people: frozenset[str]) -> None:
    """A name that is read as a place once is one elsewhere in the document, too; so is what stands in a list of places."""
    tokens = analysis.tokens
    read = {s.group for s in spots if s.probability >= threshold and s.candidates and not s.adjective and _sure(analysis, s)}
    ends = {s.last: s for s in spots if s.probability >= threshold and not s.adjective}
    for spot in spots:
        if spot.probability >= threshold or not _can_be(analysis, spot, people):
            continue
        before = spot.first - 1
        while before >= 0 and tokens[before].lower in (",", "and", "or"):
            before -= 1
        listed = before < spot.first - 1 and before + 1 in ends and expected(tokens, spot.first, 0)
        if spot.group in read or (listed and spot.label != "organization"):
            spot.probability = max(spot.probability, ASKED)
            ends[spot.last] = spot


def _sure(analysis: Analysis, spot: Spot) -> bool:
    """Does more than its size speak for this mention: the model's word, or where it stands?"""
    return spot.label == "place" or _asked(analysis, spot) or _kind_beside(analysis.tokens, spot)


def _can_be(analysis: Analysis, spot: Spot, people: frozenset[str]) -> bool:
    """Known to the gazetteer, not a part of a longer name, not called Mr., not a person's name elsewhere."""
    tokens = analysis.tokens
    if not spot.candidates or spot.adjective or spot.inside in ("person", "organization") or len(spot.group) < 3:
        return False
    if not all(tokens[i].pos in ("PROPN", "NOUN", "PUNCT", "ADJ", "X", "DET", "ADP") for i in range(spot.first, spot.last)):
        return False
    if spot.group in people or any(t in people for t in spot.group.split()):
        return False
    before = tokens[spot.first - 1] if spot.first else None
    after = tokens[spot.last] if spot.last < len(tokens) else None
    if any(t.lower in ("who", "whose", "himself", "herself") for t in tokens[spot.last : spot.last + 2]):
        return False
    if before is not None and (
        before.lower.rstrip(".") in TITLES or (before.pos == "PROPN" and before.text[0].isupper()) or before.text == "-"
    ):
        return False
    return after is None or not ((after.pos == "PROPN" and after.text[0].isupper()) or after.text == "-")


def _asked(analysis: Analysis, spot: Spot) -> bool:
    """Is it what a verb or noun of taking, hitting or reaching places is about: "stormed X", "a raid on X"?"""
    tokens = analysis.tokens
    if spot.label == "person":
        return False
    either = spot.label == "place" and spot.alternatives < NAMESAKES
    before = tokens[spot.first - 1] if spot.first else None
    if before is None or before.sentence != tokens[spot.first].sentence:
        return False
    if before.lower in _PREPOSITIONS:
        noun = tokens[spot.first - 2] if spot.first >= 2 else before
        return noun.lower in PLACE_NOUNS or (either and noun.lower in EITHER_NOUNS)
    head = tokens[analysis.head_of(spot.first, spot.last)]
    verb = tokens[head.head]
    if head.dep not in ("obj", "nsubj:pass", "conj") or verb.pos != "VERB":
        return False
    return verb.lemma.lower() in PLACE_VERBS or (either and verb.lemma.lower() in EITHER_VERBS)


def _kind_beside(tokens: Sequence[Token], spot: Spot) -> bool:
    """A lower-case word for its kind stands beside it: "X city", "the town of X"; some bearer is of the kind."""
    words = []
    if spot.last < len(tokens):
        words.append(tokens[spot.last])
    if spot.first >= 2 and tokens[spot.first - 1].lower == "of":
        words.append(tokens[spot.first - 2])
    return any(
        w.text.islower() and w.lower in TELLING_KINDS and any(c.place.kind in KINDS[w.lower] for c in spot.candidates) for w in words
    )


def _outlet(token: Token) -> bool:
    """Does this word make the name before it an outlet's: the Washington Post?"""
    return token.text[0].isupper() and token.lower in OUTLETS


def _on_road(analysis: Analysis, spot: Spot) -> bool:
    """Is it an end of a road: "the X-Y highway"?"""
    tokens = analysis.tokens
    stretch = list(tokens[spot.last : spot.last + 6])
    for n, token in enumerate(stretch):
        if token.lower in ROADS:
            return any(t.text in ("-", "–", "—") for t in (tokens[spot.first - 1] if spot.first else token, *stretch[:n]))
        if token.text not in ("-", "–", "—") and not token.text[0].isupper() and token.lower not in ROAD_ADJECTIVES:
            return False
    return False
