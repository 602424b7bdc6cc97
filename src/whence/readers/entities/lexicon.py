"""Who acts in the field: named actors with their aliases, and the nouns that describe the nameless."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple, cast

from whence.data import rows, toml
from whence.data.inflection import plurals
from whence.language.analysis import Token
from whence.records.vocabulary import EntityType


class Actor(NamedTuple):
    """A named actor: its full name, type and country (alpha-3 or None)."""

    name: str
    type: EntityType
    country: str | None


def folded(name: str) -> str:
    """A name for comparison: lower case, without article, full stops, apostrophes; hyphens as spaces."""
    low = name.lower().replace("’", "'")
    low = re.sub(r"^the\s+", "", low)
    low = re.sub(r"'s\b", "", low)
    return " ".join(re.sub(r"[.'`]", "", low).replace("-", " ").replace("–", " ").split())


class ActorLexicon:
    """Named actors by their folded name and aliases; short aliases only when they are written in capitals."""

    def __init__(self) -> None:
        self._by_name: dict[str, tuple[Actor, str]] = {}
        self.longest = 1
        for row in rows("lexicon/actors.tsv", ("name", "aliases", "type", "country")):
            actor = Actor(row["name"], cast("EntityType", row["type"]), row["country"] or None)
            for alias in (row["name"], *filter(None, row["aliases"].split(";"))):
                key = folded(alias)
                self._by_name.setdefault(key, (actor, alias))
                self.longest = max(self.longest, len(key.split()))

    def find(self, words: str) -> Actor | None:
        """The actor that bears this name or alias as it is written, or None."""
        hit = self._by_name.get(folded(words))
        if hit is None:
            return None
        actor, alias = hit
        bare = alias.replace(".", "")
        if len(bare) <= 5 and bare.isupper() and words.replace(".", "") != bare:
            return None
        pairs = zip(re.findall(r"[^\W\d_]+", alias), re.findall(r"[^\W\d_]+", words), strict=False)
        if any(a[:1].isupper() and b.islower() and a.lower() == b for a, b in pairs) and not words.islower():
            return None  # "visited Russia today" is no visit to Russia Today
        return actor


def _nouns(text: str) -> list[str]:
    return [w.replace("_", " ") for w in text.split()]


class RoleLexicon:
    """The type that a noun gives to what it describes ("patrol": state forces), and what its modifiers add."""

    def __init__(self) -> None:
        table = toml("lexicon/roles.toml")
        self.heads: dict[str, EntityType] = {}
        for kind, nouns in table["heads"].items():
            for noun in _nouns(nouns):
                self.heads.setdefault(noun, kind)
        self._forms = {form: h for h in self.heads if " " not in h for form in plurals(h)}
        self._forms.update({f"{h[:-3]}men": h for h in self.heads if h.endswith("man")})
        self._forms.update({"children": "child", "people": "people", "women": "woman", "men": "man", "police": "police"})
        self.by_modifier = frozenset(_nouns(table["people"]["by_modifier"]))
        self.modifiers: dict[str, EntityType] = {}
        for kind, words in table["modifiers"].items():
            for word in _nouns(words):
                self.modifiers.setdefault(word, kind)
        self.name_words: dict[str, EntityType] = {}
        for kind, words in table["names"].items():
            for word in words.split():
                self.name_words.setdefault(word, kind)
        self.alike = tuple(frozenset(_nouns(words)) for words in table["alike"].values())
        self.titles = frozenset(table["titles"]["before_names"].split())

    def head(self, lemma: str, form: str) -> str:
        """The lemma of a role noun as the lexicon has it, by the tagger's lemma or by the form as it is written."""
        low = lemma.lower()
        if low in self.heads or low in self.by_modifier:
            return low
        written = form.lower()
        return written if written in self.heads else self._forms.get(written, low)

    def type_of(self, lemma: str, modifiers: Sequence[str]) -> EntityType | None:
        """The type of a description by its head and its modifiers (both lower case), None where it is no actor."""
        kind = self.heads.get(lemma)
        if lemma in self.by_modifier:
            for word in reversed(modifiers):
                side = self.modifiers.get(word)
                if side is not None:
                    return "state_forces" if side == "state_forces" else "armed_group"
        if lemma in ("group", "force", "movement", "faction", "unit") and any(
            w in ("armed", "rebel", "militant", "insurgent", "jihadist", "paramilitary") for w in modifiers
        ):
            return "armed_group"
        if lemma in ("group", "source", "movement") and "opposition" in modifiers:
            return "anonymous_sources" if lemma == "source" else "political_body"
        return kind

    def type_of_name(self, words: Sequence[str]) -> EntityType | None:
        """The type that the words of a proper name tell ("... Front": armed group), None where they tell nothing."""
        for word in (words[-1], words[0]):
            bare = word.strip(".,'’")
            if bare in self.name_words and len(words) > 1:
                return self.name_words[bare]
        return None


SIDES = frozenset(("person", "civilians", "state_forces", "armed_group", "political_body", "anonymous_sources", "media", "organization"))


def blind(token: Token, *, named: bool) -> str:
    """A word as a learned feature, "@" where it names or describes somebody: the sides of a fight must weigh the same."""
    low = token.lemma.lower()
    if named or token.pos == "PROPN" or (token.text[:1].isupper() and token.pos in ("ADJ", "NOUN")):
        return "@"
    if token.pos in ("NOUN", "ADJ") and (roles().heads.get(roles().head(low, token.text)) in SIDES or low in roles().modifiers):
        return "@"
    return low


@functools.cache
def actors() -> ActorLexicon:
    """The named actors, loaded once."""
    return ActorLexicon()


@functools.cache
def roles() -> RoleLexicon:
    """The role nouns, loaded once."""
    return RoleLexicon()
