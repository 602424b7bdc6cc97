"""Proper names: of the actor lexicon, of states, by their last word, and those that the language model sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whence.language.analysis import Analysis, Token
from whence.records.vocabulary import EntityType

from .candidates import COLLECTIVE, Candidate, Countries
from .given_names import given_names, plain
from .lexicon import Actor, ActorLexicon, RoleLexicon
from .outlets import outlets

CAPITALISED = re.compile(r"^(?:(?:al|el|an|as|ash|ad|az|at|ar|bin|ibn)-)?[A-ZÀ-ÖØ-ÞĀ-Ž'‘’ʿ][\w'’.&/-]*$")
LINKING = frozenset(("of", "al", "bin", "ibn", "de", "du", "des", "del", "la", "ag", "wad", "ould"))
BODY_NOUNS = frozenset(
    (
        "group organization organisation charity ngo association militia movement brigade party union faction "
        "battalion company network cartel gang foundation coalition alliance front"
    ).split()
)
JOINING = frozenset(("of", "for", "and", "the", "al", "bin", "ibn", "de", "del", "la", "&", "in"))


def names(analysis: Analysis, *, actors: ActorLexicon, roles: RoleLexicon, countries: Countries) -> list[Candidate]:
    """Proper names: of the lexicon, of states, by their last word, and those that the model sees; none overlap."""
    tokens = analysis.tokens
    taken = [False] * len(tokens)
    found: list[Candidate] = []

    def take(first: int, last: int, kind: EntityType | None, why: str, country: str | None, key: str) -> None:
        if first >= last or any(taken[first:last]):
            return
        for i in range(first, last):
            taken[i] = True
        found.append(
            Candidate(
                first=first,
                last=last,
                head=analysis.head_of(first, last),
                form="name",
                type=kind,
                why=why,
                country=country,
                key=key,
            )
        )

    model = sorted(analysis.names, key=lambda n: (n.first - n.last, n.first))
    listed = list(_listed(analysis, actors))
    for first, last, hit in listed:
        longer = next(
            (
                n
                for n in model
                if n.first <= first
                and last <= n.last
                and n.last - n.first > last - first
                and n.label == "organization"
                and roles.type_of_name(_words(tokens, n.first, n.last))
            ),
            None,
        )
        if longer is None:
            take(first, last, hit.type, f"actor lexicon: {hit.name}", hit.country, f"actor:{hit.name}")
    for first, last, why in outlets(analysis):
        words = _words(tokens, first, last)
        said = analysis.text[tokens[first].start : tokens[last - 1].end]
        other = roles.type_of_name(words) not in (None, "media", "organization") or words[0].rstrip(".") in roles.titles
        if not other and countries.country_named(said) is None and countries.capital_of(said) is None:
            take(first, last, "media", f"an outlet: {why}", None, "")
    for first, last, sort, why in _called(analysis, taken, roles):
        take(first, last, sort, why, None, "")
    for first, last, country, why in _states(analysis, taken, countries):
        take(first, last, "state", why, country, f"state:{country}")
    for name in model:
        start = name.first
        while name.last - start > 1 and tokens[start].text.islower() and roles.head(tokens[start].lemma, tokens[start].text) in roles.heads:
            start += 1  # "surgeon Hala Najm"
        kind = roles.type_of_name(_words(tokens, start, name.last))
        opens = plain(tokens[start].text) in given_names().names and name.last - start in (2, 3)
        if name.label == "person" or (name.label == "organization" and opens and kind is None):
            first, last = _without_titles(tokens, start, name.last, roles)
            take(first, last, "person", f"model: {name.label}" if name.label == "person" else "a given name first", None, "")
        elif name.label == "organization":
            take(start, name.last, kind or "organization", "model: organization", None, "")
    for first, last, sort, why in _by_company(analysis, taken, roles):
        take(first, last, sort, why, None, "")
    for first, last in _by_last_word(analysis, taken, roles):
        kind = roles.type_of_name(_words(tokens, first, last))
        take(first, last, kind, "last word of the name", None, "")
    for first, last, label in ((n.first, n.last, n.label) for n in analysis.names):
        if label == "place" and not any(taken[first:last]) and _outlet_like(analysis, first):
            take(first, last, None, "told something, as outlets are", None, "")
    return sorted(found, key=lambda c: c.first)


def _words(tokens: Sequence[Token], first: int, last: int) -> list[str]:
    return [t.text for t in tokens[first:last]]


def _listed(analysis: Analysis, actors: ActorLexicon) -> Iterator[tuple[int, int, Actor]]:
    tokens = analysis.tokens
    i = 0
    while i < len(tokens):
        if tokens[i].text[:1].isupper() or CAPITALISED.match(tokens[i].text):
            limit = min(len(tokens), i + actors.longest + 2)
            for last in range(limit, i, -1):
                if (
                    tokens[last - 1].sentence != tokens[i].sentence
                    or tokens[last - 1].pos == "PUNCT"
                    or (not tokens[last - 1].text[-1:].isalnum() and tokens[last - 1].text[-1:] != ".")
                ):
                    continue
                words = analysis.text[tokens[i].start : tokens[last - 1].end]
                if len(words) > 90:
                    continue
                hit = actors.find(words)
                if hit is not None:
                    yield i, last, hit
                    i = last - 1
                    break
        i += 1


def _without_titles(tokens: Sequence[Token], first: int, last: int, roles: RoleLexicon) -> tuple[int, int]:
    while last - first > 1 and tokens[first].text.rstrip(".") in roles.titles:
        first += 1
    while last - first > 1 and tokens[last - 1].lower in ("'s", "’s"):
        last -= 1
    return first, last


def _by_last_word(analysis: Analysis, taken: list[bool], roles: RoleLexicon) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that end in a word that bodies end in ("... Gathering"), "of" and "for" inside."""
    tokens = analysis.tokens
    for sentence in analysis.sentences:
        heads = analysis.of(sentence)
        capitals = sum(bool(CAPITALISED.match(t.text)) for t in heads if t.pos not in ("PUNCT", "NUM"))
        if capitals > 0.6 * max(1, len(heads)):
            continue  # a headline in title case tells nothing
        i = sentence.first
        while i < sentence.last:
            if taken[i] or not CAPITALISED.match(tokens[i].text) or tokens[i].pos in ("PRON", "ADP", "SCONJ", "CCONJ", "AUX"):
                i += 1
                continue
            j = i + 1
            while (
                j < sentence.last
                and not taken[j]
                and (
                    CAPITALISED.match(tokens[j].text)
                    or (tokens[j].lower in JOINING and j + 1 < sentence.last and CAPITALISED.match(tokens[j + 1].text))
                )
            ):
                j += 1
            best = next(
                (
                    k
                    for k in range(j, i + 1, -1)
                    if tokens[k - 1].text in roles.name_words and (k == j or not CAPITALISED.match(tokens[k].text))
                ),
                None,
            )
            first = i + 1 if tokens[i].pos == "DET" or tokens[i].lower == "the" else i
            if best is not None and best - first > 1:
                yield first, best
                i = best
            else:
                i = max(j, i + 1)


def _by_company(analysis: Analysis, taken: list[bool], roles: RoleLexicon) -> Iterator[tuple[int, int, EntityType, str]]:
    """Runs of capitalised words that a given name opens ("Nawal Idlibi"), or that an apposition describes ("Secours du Fleuve, a
    relief organisation,"): names that the model did not see."""
    tokens = analysis.tokens
    known = given_names().names
    for sentence in analysis.sentences:
        here = analysis.of(sentence)
        if sum(bool(CAPITALISED.match(t.text)) for t in here if t.pos not in ("PUNCT", "NUM")) > 0.6 * max(1, len(here)):
            continue
        i = sentence.first
        while i < sentence.last:
            if taken[i] or not CAPITALISED.match(tokens[i].text) or tokens[i].pos in ("PRON", "DET", "ADP", "SCONJ", "CCONJ", "AUX", "ADV"):
                i += 1
                continue
            j = i + 1
            while j < sentence.last and not taken[j]:
                joins = tokens[j].lower in LINKING and j + 1 < sentence.last and CAPITALISED.match(tokens[j + 1].text)
                if not CAPITALISED.match(tokens[j].text) and not joins:
                    break
                j += 1
            first = i
            while j - first > 1 and tokens[first].text.rstrip(".") in roles.titles and plain(tokens[first].text) not in known:
                first += 1
            if j - first in (2, 3, 4) and plain(tokens[first].text).split("-")[0] in known and tokens[j - 1].pos != "VERB":
                yield first, j, "person", "a given name first"
            elif j - i > 1 and j + 2 < sentence.last and tokens[j].text == "," and tokens[j + 1].lower in ("a", "an", "the"):
                kind = _apposed(analysis, j + 1, sentence.last, roles)
                if kind is not None:
                    yield i, j, kind, "an apposition describes it"
            i = max(j, i + 1)


def _called(analysis: Analysis, taken: list[bool], roles: RoleLexicon) -> Iterator[tuple[int, int, EntityType, str]]:
    """ "the relief group Saada Hands", "the militia Simba wa Lindi": capitalised words behind a noun of bodies."""
    tokens = analysis.tokens
    for token in tokens[:-1]:
        lemma = roles.head(token.lemma, token.text)
        if token.pos != "NOUN" or lemma not in BODY_NOUNS or token.tag == "NNS" or taken[token.i]:
            continue
        first = token.i + 1
        if tokens[first].lower in ("called", "named") and first + 1 < len(tokens):
            first += 1
        last = first
        while last < len(tokens) and tokens[last].sentence == token.sentence and not taken[last]:
            joins = tokens[last].lower in LINKING and last > first and last + 1 < len(tokens) and CAPITALISED.match(tokens[last + 1].text)
            if not (CAPITALISED.match(tokens[last].text) and tokens[last].pos in ("PROPN", "NOUN", "ADJ", "X")) and not joins:
                break
            last += 1
        if last - first >= 2 and plain(tokens[first].text) not in given_names().names:
            kind = roles.type_of(lemma, [t.lower for t in tokens[max(0, token.i - 3) : token.i]])
            if kind in ("organization", "armed_group", "political_body"):
                yield first, last, kind, f"called a {lemma}"


def _apposed(analysis: Analysis, first: int, end: int, roles: RoleLexicon) -> EntityType | None:
    """What the noun phrase behind a comma describes, where it is a phrase of its own: a person, an organisation."""
    tokens = analysis.tokens
    i = first + 1
    while i < min(end, first + 5) and tokens[i].pos in ("ADJ", "NOUN", "PROPN"):
        i += 1
    head = tokens[i - 1]
    lemma = roles.head(head.lemma, head.text)
    kind = roles.type_of(lemma, [t.lower for t in tokens[first + 1 : i - 1]])
    closed = i < end and (tokens[i].text in (",", ".") or tokens[i].lower in ("of", "in", "from", "with", "for", "at", "who", "that"))
    if head.pos not in ("NOUN", "PROPN") or head.tag == "NNS" or kind is None or not closed:
        return None
    if kind in ("person", "civilians", "state_forces", "armed_group") and lemma not in COLLECTIVE:
        return "person"
    return kind if kind in ("organization", "media", "armed_group", "political_body") else None


def _states(analysis: Analysis, taken: list[bool], countries: Countries) -> Iterator[tuple[int, int, str, str]]:
    tokens = analysis.tokens
    i = 0
    while i < len(tokens):
        if not taken[i] and tokens[i].text[:1].isupper():
            for last in range(min(len(tokens), i + 5), i, -1):
                if (
                    tokens[last - 1].sentence != tokens[i].sentence
                    or any(taken[i:last])
                    or (not tokens[last - 1].text[-1].isalnum() and (tokens[last - 1].text in ".,;:)" or tokens[last - 1].text[-1] != "."))
                ):
                    continue
                words = analysis.text[tokens[i].start : tokens[last - 1].end]
                country = countries.country_named(words)
                if country is not None:
                    if _part_of_name(analysis, i, last):
                        break
                    actor = not _locative(analysis, i, last) or _possessive(tokens, last)
                    yield i, last, country, "name of a state" if actor else "name of a state, as a place"
                    i = last - 1
                    break
                country = countries.capital_of(words)
                if country is not None and _governing(analysis, i, last):
                    yield i, last, country, "a capital that stands for its government"
                    i = last - 1
                    break
        i += 1


def _part_of_name(analysis: Analysis, first: int, last: int) -> bool:
    """Whether a longer name that the model sees holds this one ("Bank of Syria", "Jordan Peterson")."""
    return any(n.first <= first and last <= n.last and n.last - n.first > last - first and n.label != "place" for n in analysis.names)


def _possessive(tokens: Sequence[Token], last: int) -> bool:
    return last < len(tokens) and tokens[last].lower in ("'s", "’s", "'", "’")


def _before(analysis: Analysis, first: int) -> Token | None:
    i = first - 1
    while i >= 0 and analysis.tokens[i].pos in ("DET",) and analysis.tokens[i].sentence == analysis.tokens[first].sentence:
        i -= 1
    return analysis.tokens[i] if i >= 0 and analysis.tokens[i].sentence == analysis.tokens[first].sentence else None


PLACED = frozenset("in at from near across throughout inside around outside into within to through toward towards over".split())


def _locative(analysis: Analysis, first: int, last: int) -> bool:
    """Whether the name stands where places stand ("in Ukraine"), so that it is no actor there."""
    before = _before(analysis, first)
    head = analysis.tokens[analysis.head_of(first, last)]
    if head.dep.startswith(("compound", "amod", "nmod:poss")) and head.head != head.i:
        return False
    return before is not None and before.lower in PLACED and not (before.lower == "to" and head.dep == "xcomp")


GOVERNING = frozenset(
    "say warn accuse deny reject announce support back want demand insist call agree refuse condemn urge claim seek threaten "
    "impose send deploy suspend resume hold consider believe fear hope plan offer ask decide order signal expel recall respond "
    "negotiate resolve pledge vow ally cooperate welcome denounce blame".split()
)


def _governing(analysis: Analysis, first: int, last: int) -> bool:
    """Whether a capital stands for a government: the subject of a political verb, "with Moscow", "between Kyiv and"."""
    head = analysis.tokens[analysis.head_of(first, last)]
    verb = analysis.tokens[head.head]
    if head.dep.startswith("nsubj") and verb.lemma in GOVERNING:
        return True
    before = _before(analysis, first)
    return before is not None and before.lower in ("with", "between", "against") and not head.dep.startswith("compound")


def _outlet_like(analysis: Analysis, first: int) -> bool:
    before = _before(analysis, first)
    return before is not None and (before.lower in ("told", "telling"))


def untitled(analysis: Analysis, found: Sequence[Candidate]) -> None:
    """Names of persons without a word that the text uses of somebody elsewhere: "Pilot Germán Ruales ... the pilot"."""
    tokens = analysis.tokens
    described = {t.lower for t in tokens[1:] if t.pos == "NOUN" and t.text.islower() and tokens[t.i - 1].lower == "the"}
    for c in found:
        if c.form != "name" or c.type not in ("person", None) or c.last - c.first < 2 or c.key:
            continue
        first = tokens[c.first]
        if first.lower in described and tokens[c.first + 1].text[:1].isupper():
            c.first += 1
            if c.head == first.i:
                c.head = c.first
