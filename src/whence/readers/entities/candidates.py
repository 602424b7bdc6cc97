"""Words that may name, describe or point back to somebody: a raw mention, before it is known who is who."""

from __future__ import annotations

import re
from typing import Protocol

from whence.records.vocabulary import EntityType, MentionForm

from .lexicon import folded

HE = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
IT = frozenset(("it", "its", "itself"))
OURS = frozenset(("i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your"))
RELATIVE = frozenset(("who", "whom", "whose", "which"))
OTHERS = frozenset(("others", "nobody", "everyone", "everybody", "someone", "somebody", "anyone", "none"))


COLLECTIVE = frozenset(
    "army military police navy airforce gendarmerie unit patrol battalion brigade regiment division platoon squad corps force personnel "
    "security intelligence junta coalition garrison infantry apparatus militia faction gang cartel cell group crowd family tribe mob "
    "community household population people crew staff youth resistance army_unit local".split()
)
"""Nouns of groups, which describe no single person."""


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
        "aliases",
        "country",
        "definite",
        "entity",
        "first",
        "form",
        "head",
        "key",
        "last",
        "lemma",
        "modifiers",
        "plural",
        "quoted",
        "specific",
        "subject",
        "type",
        "why",
    )

    def __init__(
        self,
        *,
        first: int,
        last: int,
        head: int,
        form: MentionForm,
        type: EntityType | None,
        why: str,
        country: str | None = None,
        key: str = "",
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


def acronym_of(name: str) -> str:
    """The initials of a name's capitalised words."""
    return "".join(w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper())


def key_of(words: str) -> str:
    """The comparison key of a name."""
    return folded(words)
