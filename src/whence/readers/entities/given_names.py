"""What a name, a title or a noun tells of somebody's gender, so that "she" is not taken for Boris."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from typing import Literal

from whence.data import toml

Gender = Literal["f", "m"]


def plain(word: str) -> str:
    """A word in lower case without accents and full stops."""
    bare = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in bare if not unicodedata.combining(c)).strip(".,'’")


class GivenNames:
    """Given names, titles and nouns by the gender that they tell."""

    def __init__(self) -> None:
        table = toml("lexicon/given_names.toml")
        self.names: dict[str, Gender] = dict.fromkeys(table["female"].split(), "f") | dict.fromkeys(table["male"].split(), "m")
        self.titles: dict[str, Gender] = dict.fromkeys(table["titles_female"].split(), "f") | dict.fromkeys(
            table["titles_male"].split(), "m"
        )
        self.nouns: dict[str, Gender] = dict.fromkeys(table["nouns_female"].split(), "f") | dict.fromkeys(table["nouns_male"].split(), "m")

    def of_name(self, words: str) -> Gender | None:
        """The gender that a person's name tells by its first words; None where it tells none."""
        parts = [p for w in words.split() for p in (plain(w),) if p]
        if not parts:
            return None
        if len(parts) > 1 and parts[0] in self.titles:
            return self.titles[parts[0]]
        for part in parts[: max(1, len(parts) - 1)]:
            for piece in (part, part.split("-")[0]):
                if piece in self.names:
                    return self.names[piece]
        return None

    def of_nouns(self, lemmas: Iterable[str]) -> Gender | None:
        """The gender that nouns and titles tell ("widow"); None where they tell none, or both."""
        told = {g for lemma in lemmas if (g := self.nouns.get(lemma) or self.titles.get(lemma))}
        return next(iter(told)) if len(told) == 1 else None


@functools.cache
def given_names() -> GivenNames:
    """The given names, loaded once."""
    return GivenNames()
