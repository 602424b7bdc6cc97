"""Descriptions by role nouns, peoples, adjectives of states, pronouns: mentions that are no names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whence.data import rows
from whence.language.analysis import Analysis, Token
from whence.readers.events.lexicon import triggers
from whence.records.vocabulary import EntityType

from .candidates import HE, IT, OTHERS, OURS, RELATIVE, THEY, Candidate, Countries
from .lexicon import RoleLexicon

QUANTIFIERS = frozenset(("several", "some", "many", "few", "dozens", "scores", "hundreds", "thousands", "various", "numerous"))
INSIDE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM"))


def nominals(analysis: Analysis, taken: Sequence[Candidate], *, roles: RoleLexicon, countries: Countries) -> list[Candidate]:
    """Descriptions by role nouns ("two security patrols", "opposition sources"), pronouns, and "others"."""
    tokens = analysis.tokens
    named = [False] * len(tokens)
    for c in taken:
        for i in range(c.first, c.last):
            named[i] = True
    titles = _titles(analysis, taken)
    found: list[Candidate] = []
    for token in tokens:
        if named[token.i]:
            continue
        if token.lower in OTHERS and token.pos in ("NOUN", "PRON"):
            c = Candidate(first=token.i, last=token.i + 1, head=token.i, form="nominal", type="other", why="indefinite")
            c.lemma, c.plural = token.lower, token.lower == "others"
            found.append(c)
        elif (
            token.lower in HE
            or token.lower in THEY
            or token.lower in IT
            or token.lower in OURS
            or (token.lower in RELATIVE and token.pos == "PRON")
        ):
            found.append(Candidate(first=token.i, last=token.i + 1, head=token.i, form="pronoun", type=None, why="pronoun"))
        elif _takes_up(analysis, token):
            first = token.i - 1 if tokens[token.i - 1].lower == "the" else token.i
            c = Candidate(first=first, last=token.i + 1, head=token.i, form="nominal", type=None, why="takes up one of two")
            c.lemma, c.definite, c.plural = token.lower, True, token.lower == "both"
            found.append(c)
        elif (people := _people(token, countries)) is not None:
            found.append(people)
        elif token.pos in ("NOUN", "PROPN") or (token.pos == "ADJ" and token.dep in ("nsubj", "obj")):
            described = _description(analysis, token, named, roles, countries, titles)
            if described is not None:
                found.append(described)
    return [*found, *_adjectives(analysis, found, named, countries)]


def _takes_up(analysis: Analysis, token: Token) -> bool:
    """ "the latter", "the former", "both" where they stand for somebody by themselves."""
    if token.lower in ("latter", "former"):
        after = analysis.tokens[token.i + 1] if token.i + 1 < len(analysis.tokens) else None
        alone = after is None or after.pos not in ("NOUN", "PROPN", "ADJ", "NUM") or after.sentence != token.sentence
        return token.i > 0 and analysis.tokens[token.i - 1].lower == "the" and alone
    return token.lower == "both" and token.dep.startswith(("nsubj", "obj")) and not token.dep.endswith("predet") and not token.children


def _people(token: Token, countries: Countries) -> Candidate | None:
    """ "the Palestinians": a people named by its country."""
    if token.tag not in ("NNS", "NNPS") or not token.text[:1].isupper() or token.dep.startswith("compound"):
        return None
    country = countries.demonym(token.text) or countries.demonym(token.text.removesuffix("s"))
    if country is None:
        return None
    c = Candidate(first=token.i, last=token.i + 1, head=token.i, form="nominal", type="civilians", why="a people", country=country)
    c.lemma, c.plural, c.definite, c.key = token.lower, True, True, token.lower
    return c


def _adjectives(analysis: Analysis, found: Sequence[Candidate], named: Sequence[bool], countries: Countries) -> Iterator[Candidate]:
    """ "American mobility": an adjective of a country stands for its state where it modifies no actor of its own."""
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
                first=token.i,
                last=token.i + 1,
                head=token.i,
                form="name",
                type="state",
                why="adjective of a state",
                country=country,
                key=f"state:{country}",
            )


def _titles(analysis: Analysis, taken: Sequence[Candidate]) -> frozenset[str]:
    """What stands right before the names of persons: who was introduced as "Pilot Germán Ruales" is "the pilot" afterwards."""
    tokens = analysis.tokens
    found = set()
    for c in taken:
        if c.type not in ("person", None) or c.first == 0:
            continue
        before = tokens[c.first - 1]
        if before.pos in ("NOUN", "PROPN") and before.sentence == tokens[c.first].sentence:
            found.add(before.lower)
    return frozenset(found)


def _description(
    analysis: Analysis, token: Token, named: Sequence[bool], roles: RoleLexicon, countries: Countries, titles: frozenset[str] = frozenset()
) -> Candidate | None:
    tokens = analysis.tokens
    lemma = roles.head(token.lemma, token.text)
    known = lemma in roles.heads or lemma in roles.by_modifier
    titled = not known and token.pos == "NOUN" and token.lower in titles and token.i > 0 and tokens[token.i - 1].lower == "the"
    speaks = (titled or _speaks(analysis, token)) and not known
    befallen = None if known or speaks else _befallen(analysis, token)
    if not known and not speaks and befallen is None:
        return None
    follows = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    paper = tokens[token.head].lemma.lower() in PAPERS  # "an intelligence statement" is said by somebody
    if (
        token.dep.startswith("compound")
        and token.head > token.i
        and not paper
        and tokens[token.head].sentence == token.sentence
        and (roles.heads.get(lemma) != "person" or not named[token.head])
    ):
        return None  # a modifier, even with words between
    if (
        follows is not None
        and named[follows.i]
        and token.dep.startswith(("compound", "flat", "amod"))
        and roles.heads.get(lemma) != "person"
    ):
        return None  # "the opposition Ahrar Horan Gathering"
    if (
        follows is not None
        and follows.sentence == token.sentence
        and not named[follows.i]
        and (
            (token.head == follows.i and not paper and token.dep.startswith(("compound", "amod")))
            or (follows.pos in ("NOUN",) and follows.lemma.lower() in roles.heads and token.dep.startswith("compound"))
        )
    ):
        return None  # a modifier of what comes, not itself somebody
    first = token.i
    while first > 0:
        before = tokens[first - 1]
        if before.sentence != token.sentence:
            break
        if before.pos in ("NOUN", "PROPN") and not first - 1 <= before.head <= token.i:
            break
        if (
            before.pos in INSIDE
            or before.text in ("-", "–")
            or before.lower in ("'s", "’s", "its", "their", "his", "her", "our")
            or (before.pos == "ADV" and first < token.i and tokens[first].pos in ("NUM", "ADJ"))
        ):
            first -= 1
        elif before.lower in ("of",) and first - 2 >= 0 and tokens[first - 2].lower in QUANTIFIERS:
            first -= 2
        elif (before.pos == "CCONJ" and first - 2 >= 0 and tokens[first - 2].pos == "ADJ" and tokens[first].pos in ("ADJ", "NOUN")) or (
            before.pos == "VERB" and before.dep == "amod"
        ):
            first -= 1
        else:
            break
    while first < token.i and (tokens[first].text in ("-", "–") or tokens[first].lower in ("'s", "’s")):
        first += 1
    if tokens[first].lower in ("least", "most") and first > 0 and tokens[first - 1].lower == "at":
        first -= 1
    inner = [t for t in tokens[first : token.i] if t.pos not in ("DET", "PUNCT") and t.lower not in ("'s", "’s")]
    modifiers = tuple(t.lower for t in inner)
    country = next((code for t in reversed(inner) if (code := countries.demonym(t.text)) is not None), None)
    if country is None and any(t.lower in ("'s", "’s") for t in tokens[first : token.i]):
        country = next((code for t in inner if (code := countries.country_named(t.text)) is not None), None)
    kind = roles.type_of(lemma, modifiers)
    if kind is None and befallen is not None:
        kind = befallen
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
    c.specific = opening in ("a", "an", "another", "one", "any", "no", "every", "each") or any(
        t.pos == "NUM" or t.lower in QUANTIFIERS for t in tokens[first : token.i]
    )
    c.plural = "Number=Plur" in token.feats or token.tag in ("NNS", "NNPS") or lemma in ("people", "police", "force")
    c.subject = token.dep.startswith("nsubj")
    c.key = " ".join((*sorted(m for m in modifiers if not m.isdigit() and m not in QUANTIFIERS), lemma))
    return c


VICTIMS = frozenset("kill wound injure arrest abduct detain kidnap shoot beat torture rape murder execute".split())
TARGETS = frozenset("attack hit strike bomb shell destroy burn damage storm raid loot target bombard".split())


def _befallen(analysis: Analysis, token: Token) -> EntityType | None:
    """A noun that violence befalls is somebody or something, though no lexicon knows it ("a mechanic", "the depot")."""
    tokens = analysis.tokens
    if token.pos != "NOUN" or token.dep not in ("obj", "nsubj:pass", "conj") or token.lemma in triggers().nouns:
        return None
    verb = tokens[token.head]
    if token.dep == "conj" and verb.dep in ("obj", "nsubj:pass"):
        verb = tokens[verb.head]
    if verb.pos != "VERB":
        return None
    if verb.lemma in VICTIMS:
        return "civilians"
    return "object" if verb.lemma in TARGETS else None


def _behind(analysis: Analysis, token: Token) -> int:
    """Where a description ends: with what it is of or belongs to, not with where or when it is."""
    tokens = analysis.tokens
    last = token.i + 1
    while last + 1 < len(tokens) and tokens[last].sentence == token.sentence and last - token.i < 9:
        low = tokens[last].lower
        width = (
            1
            if low == "of"
            else 2
            if (low, tokens[last + 1].lower)
            in (("belonging", "to"), ("affiliated", "with"), ("affiliated", "to"), ("loyal", "to"), ("linked", "to"))
            else 0
        )
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
    row["lemma"] for row in rows("lexicon/cues.tsv", ("lemma", "part", "stance", "certainty", "presumes")) if row["part"] == "V"
)
"""Who does any of this is somebody, but for papers and what shows or means something."""
SAID_PLAINLY = frozenset(
    "say tell add explain claim argue believe think recall insist warn describe testify stress admit "
    "deny announce report state note confirm "
    "reveal declare complain estimate suggest allege".split()
)
PAPERS = frozenset(
    "report statement document study poll survey law article letter agreement message email text release "
    "paper data figure record result footage video "
    "image picture note memo account post tweet headline story book ruling order source".split()
)


def _speaks(analysis: Analysis, token: Token) -> bool:
    """Whether a noun is somebody because it speaks ("a pharmacist said", "according to shepherds"); papers do not."""
    tokens = analysis.tokens
    if token.pos != "NOUN" or token.lemma.lower() in PAPERS or token.lemma in triggers().nouns:
        return False
    verb = tokens[token.head]
    if token.dep == "nsubj" and verb.lemma in SAID_PLAINLY:
        return True
    if token.dep == "nsubj" and verb.lemma in SAID and any(tokens[c].dep in ("ccomp", "parataxis") for c in verb.children):
        return True
    case = next((tokens[c] for c in token.children if tokens[c].dep == "case"), None)
    return case is not None and case.i > 0 and case.lower == "to" and tokens[case.i - 1].lower == "according"
