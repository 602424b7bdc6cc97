"""Words that may name, describe or point back to somebody: the raw mentions, before it is known who is who."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from whence.language.analysis import Analysis, Token
from whence.records.vocabulary import EntityType, MentionForm

from .lexicon import ActorLexicon, RoleLexicon, folded

CAPITALISED = re.compile(r"^(?:(?:al|el|an|as|ash|ad|az|at|ar|bin|ibn)-)?[A-ZÀ-ÖØ-ÞĀ-Ž'‘’ʿ][\w'’.&/-]*$")
ACRONYM = re.compile(r"^[A-Z][A-Z0-9&.-]{1,9}$")
JOINING = frozenset(("of", "for", "and", "the", "al", "bin", "ibn", "de", "del", "la", "&", "in"))
QUANTIFIERS = frozenset(("several", "some", "many", "few", "dozens", "scores", "hundreds", "thousands", "various", "numerous"))
INSIDE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM"))
HE = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
IT = frozenset(("it", "its", "itself"))
OURS = frozenset(("i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your"))
RELATIVE = frozenset(("who", "whom", "whose", "which"))
OTHERS = frozenset(("others", "nobody", "everyone", "everybody", "someone", "somebody", "anyone", "none"))


class Countries(Protocol):
    """What mentions need of the gazetteer."""

    def country_named(self, words: str) -> str | None:
        """The country (alpha-3) that bears this name."""

    def demonym(self, word: str) -> str | None:
        """The country (alpha-3) of a demonym or adjective ("Syrian")."""

    def capital_of(self, words: str) -> str | None:
        """The country (alpha-3) whose capital bears this name."""


class Candidate:
    """A raw mention: its tokens first..last (half-open), its syntactic head, and what its words tell."""

    __slots__ = (
        "aliases", "country", "definite", "entity", "first", "form", "head", "key", "last", "lemma", "modifiers", "plural",
        "quoted", "specific", "subject", "type", "why",
    )

    def __init__(
        self, *, first: int, last: int, head: int, form: MentionForm, type: EntityType | None, why: str,
        country: str | None = None, key: str = "",
    ) -> None:
        self.first = first
        self.last = last
        self.head = head
        self.form = form
        self.type = type
        self.country = country
        self.key = key
        self.why = why
        self.lemma = ""
        self.modifiers: tuple[str, ...] = ()
        self.definite = False
        self.specific = False
        self.plural = False
        self.subject = False
        self.quoted = False
        self.aliases: list[str] = []
        self.entity: int | None = None


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
                first=first, last=last, head=analysis.head_of(first, last), form="name", type=kind, why=why,
                country=country, key=key,
            )
        )

    model = sorted(analysis.names, key=lambda n: (n.first - n.last, n.first))
    listed = list(_listed(analysis, actors))
    for first, last, hit in listed:
        longer = next(
            (n for n in model if n.first <= first and last <= n.last and n.last - n.first > last - first
             and n.label == "organization" and roles.type_of_name(_words(tokens, n.first, n.last))), None,
        )
        if longer is None:
            take(first, last, hit.type, f"actor lexicon: {hit.name}", hit.country, f"actor:{hit.name}")
    for first, last, country, why in _states(analysis, taken, countries):
        take(first, last, "state", why, country, f"state:{country}")
    for name in model:
        words = _words(tokens, name.first, name.last)
        kind = roles.type_of_name(words)
        if name.label == "organization":
            take(name.first, name.last, kind or "organization", "model: organization", None, "")
        elif name.label == "person":
            first, last = _without_titles(tokens, name.first, name.last, roles)
            take(first, last, "person", "model: person", None, "")
    for first, last in _by_last_word(analysis, taken, roles):
        kind = roles.type_of_name(_words(tokens, first, last))
        take(first, last, kind, "last word of the name", None, "")
    for first, last, label in ((n.first, n.last, n.label) for n in analysis.names):
        if label == "place" and not any(taken[first:last]) and _outlet_like(analysis, first):
            take(first, last, None, "told something, as outlets are", None, "")
    return sorted(found, key=lambda c: c.first)


def _words(tokens: Sequence[Token], first: int, last: int) -> list[str]:
    return [t.text for t in tokens[first:last]]


def _listed(analysis: Analysis, actors: ActorLexicon) -> Iterator[tuple[int, int, object]]:
    tokens = analysis.tokens
    i = 0
    while i < len(tokens):
        if tokens[i].text[:1].isupper() or CAPITALISED.match(tokens[i].text):
            limit = min(len(tokens), i + actors.longest + 2)
            for last in range(limit, i, -1):
                if tokens[last - 1].sentence != tokens[i].sentence or tokens[last - 1].pos == "PUNCT" or not tokens[last - 1].text[-1:].isalnum() and tokens[last - 1].text[-1:] != ".":
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
            continue                                       # a headline in title case tells nothing
        i = sentence.first
        while i < sentence.last:
            if taken[i] or not CAPITALISED.match(tokens[i].text) or tokens[i].pos in ("PRON", "ADP", "SCONJ", "CCONJ", "AUX"):
                i += 1
                continue
            j = i + 1
            while j < sentence.last and not taken[j] and (
                CAPITALISED.match(tokens[j].text)
                or (tokens[j].lower in JOINING and j + 1 < sentence.last and CAPITALISED.match(tokens[j + 1].text))
            ):
                j += 1
            best = next(
                (
                    k for k in range(j, i + 1, -1)
                    if tokens[k - 1].text in roles.name_words and (k == j or not CAPITALISED.match(tokens[k].text))
                ), None,
            )
            first = i + 1 if tokens[i].pos == "DET" or tokens[i].lower == "the" else i
            if best is not None and best - first > 1:
                yield first, best
                i = best
            else:
                i = max(j, i + 1)


def _states(
    analysis: Analysis, taken: list[bool], countries: Countries
) -> Iterator[tuple[int, int, str, str]]:
    tokens = analysis.tokens
    i = 0
    while i < len(tokens):
        if not taken[i] and tokens[i].text[:1].isupper():
            for last in range(min(len(tokens), i + 5), i, -1):
                if tokens[last - 1].sentence != tokens[i].sentence or any(taken[i:last]) or not tokens[last - 1].text[-1].isalnum() and (
                    tokens[last - 1].text in ".,;:)" or tokens[last - 1].text[-1] != "."
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
    return any(
        n.first <= first and last <= n.last and n.last - n.first > last - first and n.label != "place" for n in analysis.names
    )


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


def nominals(
    analysis: Analysis, taken: Sequence[Candidate], *, roles: RoleLexicon, countries: Countries
) -> list[Candidate]:
    """Descriptions by role nouns ("two security patrols", "opposition sources"), pronouns, and "others"."""
    tokens = analysis.tokens
    named = [False] * len(tokens)
    for c in taken:
        for i in range(c.first, c.last):
            named[i] = True
    found: list[Candidate] = []
    for token in tokens:
        if named[token.i]:
            continue
        if token.lower in OTHERS and token.pos in ("NOUN", "PRON"):
            c = Candidate(first=token.i, last=token.i + 1, head=token.i, form="nominal", type="other", why="indefinite")
            c.lemma, c.plural = token.lower, token.lower == "others"
            found.append(c)
        elif token.lower in HE or token.lower in THEY or token.lower in IT or token.lower in OURS or (
            token.lower in RELATIVE and token.pos == "PRON"
        ):
            found.append(
                Candidate(first=token.i, last=token.i + 1, head=token.i, form="pronoun", type=None, why="pronoun")
            )
        elif (people := _people(token, countries)) is not None:
            found.append(people)
        elif token.pos in ("NOUN", "PROPN") or (token.pos == "ADJ" and token.dep in ("nsubj", "obj")):
            c = _description(analysis, token, named, roles, countries)
            if c is not None:
                found.append(c)
    return [*found, *_adjectives(analysis, found, named, countries)]


def _people(token: Token, countries: Countries) -> Candidate | None:
    """"the Palestinians": a people named by its country."""
    if token.tag not in ("NNS", "NNPS") or not token.text[:1].isupper() or token.dep.startswith("compound"):
        return None
    country = countries.demonym(token.text) or countries.demonym(token.text.removesuffix("s"))
    if country is None:
        return None
    c = Candidate(first=token.i, last=token.i + 1, head=token.i, form="nominal", type="civilians", why="a people", country=country)
    c.lemma, c.plural, c.definite, c.key = token.lower, True, True, token.lower
    return c


def _adjectives(
    analysis: Analysis, found: Sequence[Candidate], named: Sequence[bool], countries: Countries
) -> Iterator[Candidate]:
    """"American mobility": an adjective of a country stands for its state where it modifies no actor of its own."""
    inside = list(named)
    for c in found:
        for i in range(c.first, c.last):
            inside[i] = True
    for token in analysis.tokens:
        if inside[token.i] or token.pos not in ("ADJ", "PROPN") or not token.dep.startswith(("amod", "compound")):
            continue
        country = countries.demonym(token.text)
        if country is not None:
            yield Candidate(
                first=token.i, last=token.i + 1, head=token.i, form="name", type="state", why="adjective of a state",
                country=country, key=f"state:{country}",
            )


def _description(
    analysis: Analysis, token: Token, named: Sequence[bool], roles: RoleLexicon, countries: Countries
) -> Candidate | None:
    tokens = analysis.tokens
    lemma = token.lemma.lower()
    speaks = _speaks(analysis, token) and lemma not in roles.heads
    if lemma not in roles.heads and lemma not in roles.by_modifier and not speaks:
        return None
    follows = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    paper = tokens[token.head].lemma.lower() in PAPERS     # "an intelligence statement" is said by somebody
    if token.dep.startswith("compound") and token.head > token.i and not paper and tokens[token.head].sentence == token.sentence and (
        roles.heads.get(lemma) != "person" or not named[token.head]
    ):
        return None                                        # a modifier, even with words between
    if follows is not None and named[follows.i] and token.dep.startswith(("compound", "flat", "amod")) and roles.heads.get(lemma) != "person":
        return None                                        # "the opposition Ahrar Horan Gathering"
    if follows is not None and follows.sentence == token.sentence and not named[follows.i] and (
        token.head == follows.i and not paper and token.dep.startswith(("compound", "amod"))
        or follows.pos in ("NOUN",) and follows.lemma.lower() in roles.heads and token.dep.startswith("compound")
    ):
        return None                                        # a modifier of what comes, not itself somebody
    first = token.i
    while first > 0:
        before = tokens[first - 1]
        if before.sentence != token.sentence:
            break
        if before.pos in ("NOUN", "PROPN") and not first - 1 <= before.head <= token.i:
            break
        if before.pos in INSIDE or before.text in ("-", "–") or before.lower in ("'s", "’s", "its", "their", "his", "her", "our"):
            first -= 1
        elif before.pos == "ADV" and first < token.i and tokens[first].pos in ("NUM", "ADJ"):
            first -= 1
        elif before.lower in ("of",) and first - 2 >= 0 and tokens[first - 2].lower in QUANTIFIERS:
            first -= 2
        elif before.pos == "CCONJ" and first - 2 >= 0 and tokens[first - 2].pos == "ADJ" and tokens[first].pos in ("ADJ", "NOUN"):
            first -= 1
        elif before.pos == "VERB" and before.dep == "amod":
            first -= 1
        else:
            break
    while first < token.i and (tokens[first].text in ("-", "–") or tokens[first].lower in ("'s", "’s")):
        first += 1
    if tokens[first].lower in ("least", "most") and first > 0 and tokens[first - 1].lower == "at":
        first -= 1
    inner = [t for t in tokens[first : token.i] if t.pos not in ("DET", "PUNCT") and t.lower not in ("'s", "’s")]
    modifiers = tuple(t.lower for t in inner)
    country = next((c for t in reversed(inner) if (c := countries.demonym(t.text)) is not None), None)
    kind = roles.type_of(lemma, modifiers)
    if kind is None and speaks:
        kind = "anonymous_sources" if token.tag == "NNS" else "person"
    if kind is None:
        return None
    last = _behind(analysis, token)
    c = Candidate(first=first, last=last, head=token.i, form="nominal", type=kind, why=f"role noun {lemma!r}", country=country)
    c.lemma = lemma
    c.modifiers = modifiers
    opening = tokens[first].lower
    c.definite = opening in ("the", "this", "that", "these", "those", "its", "their", "his", "her")
    c.specific = opening in ("a", "an", "another", "one", "any", "no", "every", "each") or any(t.pos == "NUM" or t.lower in QUANTIFIERS for t in tokens[first : token.i])
    c.plural = "Number=Plur" in token.feats or token.tag in ("NNS", "NNPS") or lemma in ("people", "police", "force")
    c.subject = token.dep.startswith("nsubj")
    c.key = " ".join((*sorted(m for m in modifiers if not m.isdigit() and m not in QUANTIFIERS), lemma))
    return c


def _behind(analysis: Analysis, token: Token) -> int:
    """Where a description ends: with what it is of or belongs to, not with where or when it is."""
    tokens = analysis.tokens
    last = token.i + 1
    while last + 1 < len(tokens) and tokens[last].sentence == token.sentence and last - token.i < 9:
        low = tokens[last].lower
        width = 1 if low == "of" else 2 if (low, tokens[last + 1].lower) in (("belonging", "to"), ("affiliated", "with"), ("affiliated", "to"), ("loyal", "to"), ("linked", "to")) else 0
        j = last + width
        if not width or j >= len(tokens):
            return last
        begin = j
        while j < len(tokens) and tokens[j].sentence == token.sentence and tokens[j].pos in ("DET", "ADJ", "NOUN", "PROPN"):
            j += 1
        if j == begin or tokens[j - 1].pos not in ("NOUN", "PROPN"):
            return last
        last = j
    return last


SAID = frozenset(
    "say tell add explain claim argue believe think recall insist warn describe testify stress admit deny announce report state note confirm "
    "reveal declare complain estimate suggest allege".split()
)
PAPERS = frozenset(
    "report statement document study poll survey law article letter agreement message email text release paper data figure record result footage video "
    "image picture note memo account post tweet headline story book ruling order source".split()
)


def _speaks(analysis: Analysis, token: Token) -> bool:
    """Whether a noun is somebody because it speaks ("a pharmacist said", "according to shepherds"); papers do not."""
    tokens = analysis.tokens
    if token.pos != "NOUN" or token.lemma.lower() in PAPERS:
        return False
    if token.dep == "nsubj" and tokens[token.head].lemma in SAID:
        return True
    case = next((tokens[c] for c in token.children if tokens[c].dep == "case"), None)
    return case is not None and case.i > 0 and case.lower == "to" and tokens[case.i - 1].lower == "according"


def acronym_of(name: str) -> str:
    """The initials of a name's capitalised words."""
    return "".join(w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper())


def key_of(words: str) -> str:
    """The comparison key of a name."""
    return folded(words)
