"""Mentions and the entities behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from whence.readers.base import Draft
from whence.records import Document, Entity, Mention, Record, identifier
from whence.records.vocabulary import EntityType

from .candidates import Candidate, Countries
from .chains import Chains, Cluster
from .lexicon import actors, roles
from .names import names, untitled
from .nominals import nominals
from .pronouns import Pronouns

__all__ = ["EntityReader"]

DESCRIBED = frozenset("army government military police navy intelligence parliament regime ministry junta".split())


class EntityReader:
    """Mentions (names, descriptions, pronouns) and one entity for each actor.

    Names come from the actor lexicon, the names of states, the last words of bodies ("... Front") and the language
    model together, the same words being one type in the whole document. Descriptions are nouns of the role lexicon
    with what stands before them; they join a name in apposition, or an earlier description of the same head.
    Pronouns take the most salient entity that agrees with them within four sentences, a speaker before others where
    the pronoun speaks. Missed: bridging ("the convoy ... the driver"), groups of several names taken up by "both".
    Measured by `score.py entities` on re3d (types) and gum (chains).
    """

    name: ClassVar[str] = "entities"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Document,)
    produces: ClassVar[tuple[type[Record], ...]] = (Mention, Entity)

    def __init__(self, *, countries: Countries) -> None:
        self.countries = countries

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        analysis = draft.analysis
        named = names(analysis, actors=actors(), roles=roles(), countries=self.countries)
        untitled(analysis, named)
        described = nominals(analysis, named, roles=roles(), countries=self.countries)
        chains = Pronouns(analysis, roles())
        chains.link_names([*named, *(c for c in described if c.form == "name")])
        _outlets(chains)
        everything = sorted([*named, *described], key=lambda c: (c.first, -c.last))
        chains.link_appositions(everything)
        chains.titled(everything)
        chains.link_nominals(described, everything)
        chains.link_pronouns(everything)
        everything = sorted([*everything, *chains.joined], key=lambda c: (c.first, -c.last))
        return _records(draft, chains, everything, self.countries)


TOLD = frozenset(("told", "telling", "tell"))
ADDRESSED = frozenset(
    ("statement", "statements", "interview", "interviews", "remarks", "comments", "speaking", "revealed", "spoke", "confirmed", "disclosed")
)


def _outlets(chains: Chains) -> None:
    """Names that are told things again and again, and that nothing shows to be persons, are outlets."""
    tokens = chains.analysis.tokens
    for cluster in chains.clusters:
        if cluster.lexical is not None:
            continue
        told = addressed = 0
        person = any(c.last - c.first > 1 and c.why == "model: person" for c in cluster.members)
        for c in cluster.members:
            before = [t.lower for t in tokens[max(0, c.first - 4) : c.first] if t.sentence == tokens[c.first].sentence]
            if (before[-1:] and before[-1] in TOLD) or (before[-2:-1] and before[-2] in TOLD and before[-1] in ("the",)):
                told += 1
            elif before[-1:] == ["to"] and any(w in ADDRESSED for w in before[:-1]):
                addressed += 1
        if not person and (addressed or told > 1 or (told and cluster.type in ("organization", "media", None))):
            cluster.votes["media"] += 40 * (addressed + told)


def _records(draft: Draft, chains: Chains, candidates: Sequence[Candidate], countries: Countries) -> list[Record]:
    analysis = draft.analysis
    tokens = analysis.tokens
    out: list[Record] = []
    ids: dict[int, str] = {}
    for cluster in chains.clusters:
        if not cluster.members:
            continue
        first = min(cluster.members, key=lambda c: c.first)
        name = _name(chains, cluster)
        ids[cluster.index] = identifier("E", tokens[first.first].start, tokens[first.last - 1].end, name)
        kind: EntityType = cluster.type or "other"
        if (
            kind == "person"
            and not cluster.named
            and cluster.plural
            and all(c.lemma in ("source",) for c in cluster.members if c.form == "nominal")
        ):
            kind = "anonymous_sources"
        country = cluster.country
        if country is None and kind == "person":
            country = next((k for c in cluster.members if c.form == "name" and (k := _before_name(chains, c, countries)) is not None), None)
        own = any(c.lemma in DESCRIBED and c.country for c in cluster.members)
        entity = Entity(
            id=ids[cluster.index],
            name=name,
            type=kind,
            country=country,
            roles=_roles(chains, cluster),
            affiliations=(),
            named=cluster.named or own,
        )
        draft.why[entity.id] = tuple(f"{chains.words(c)!r} ({c.form}: {c.why})" for c in sorted(cluster.members, key=lambda c: c.first))[
            :12
        ]
        out.append(entity)
    for c in candidates:
        start, end = tokens[c.first].start, tokens[c.last - 1].end
        entity_id = ids.get(c.entity) if c.entity is not None else None
        mention = Mention(
            id=identifier("M", start, end, c.form),
            start=start,
            end=end,
            text=draft.text[start:end],
            form=c.form,
            entity=entity_id,
        )
        draft.why[mention.id] = (c.why,)
        out.append(mention)
    return out


def _before_name(chains: Chains, c: Candidate, countries: Countries) -> str | None:
    """The country of a person from the words before the name ("Serbian President ...", "Israel's prime minister ...")."""
    tokens = chains.analysis.tokens
    i = c.first - 1
    found: str | None = None
    while i >= 0 and c.first - i <= 8 and tokens[i].sentence == tokens[c.first].sentence:
        t = tokens[i]
        if t.pos not in ("NOUN", "PROPN", "ADJ") and t.lower not in ("'s", "’s", "and"):
            break
        if t.text[:1].isupper():
            found = countries.demonym(t.text) or countries.country_named(t.text) or found
        i -= 1
    return found


def _name(chains: Chains, cluster: Cluster) -> str | None:
    """The fullest name; of the nameless, the fullest description."""
    if cluster.lexical is not None and cluster.lexical.startswith("actor:"):
        return cluster.lexical.removeprefix("actor:")
    written = [chains.words(c) for c in cluster.members if c.form == "name"]
    if not written:
        written = [_description(chains, c) for c in cluster.members if c.form == "nominal"]
    written = [" ".join(w.split()) for w in written]
    return max(written, key=lambda w: (len(w.split()), len(w))) if written else None


def _description(chains: Chains, c: Candidate) -> str:
    """A description with the "of ..." or "in ..." that follows it, without a leading article or pointer."""
    tokens = chains.analysis.tokens
    last = c.last
    while last + 1 < len(tokens) and tokens[last].lower in ("of", "in", "from", "for") and tokens[last].sentence == tokens[c.head].sentence:
        j = last + 1
        while j < len(tokens) and tokens[j].pos in ("DET", "ADJ", "NOUN", "PROPN", "NUM") and tokens[j].sentence == tokens[c.head].sentence:
            j += 1
        if j == last + 1 or j - c.first > 9:
            break
        last = j
    words = chains.analysis.text[tokens[c.first].start : tokens[last - 1].end]
    for article in (
        "at least ",
        "At least ",
        "only ",
        "Only ",
        "the ",
        "a ",
        "an ",
        "these ",
        "those ",
        "this ",
        "that ",
        "The ",
        "A ",
        "An ",
        "These ",
        "Those ",
        "This ",
    ):
        if words.startswith(article):
            return words[len(article) :]
    return words


def _roles(chains: Chains, cluster: Cluster) -> tuple[str, ...]:
    if not cluster.named or cluster.type != "person":
        return ()
    found: list[str] = []
    for c in sorted(cluster.members, key=lambda c: c.first):
        if c.form == "nominal":
            words = _description(chains, c)
            if words not in found:
                found.append(words)
    return tuple(found)
