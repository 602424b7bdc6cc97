"""Names of states, asked of the gazetteer."""

from __future__ import annotations

from whence.gazetteer import Gazetteer


class StateNames:
    """Countries and capitals by name, from the gazetteer; answers are remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._named: dict[str, str | None] = {}
        self._capitals = {name.lower(): code for code, name in gazetteer.capitals.items() if name}
        self._demonyms: dict[str, str | None] = {}

    def country_named(self, words: str) -> str | None:
        """The country (alpha-3) that bears this name."""
        if words not in self._named:
            if len(self._named) > 50_000:
                self._named.clear()
            top = next(iter(self._gazetteer.lookup(words, spelling=False)), None)
            self._named[words] = top.place.country if top is not None and top.place.kind == "country" else None
        return self._named[words]

    def demonym(self, word: str) -> str | None:
        """The country (alpha-3) of a demonym or adjective ("Syrian"), capitalised as demonyms are."""
        if not word[:1].isupper():
            return None
        if word not in self._demonyms:
            if len(self._demonyms) > 50_000:
                self._demonyms.clear()
            self._demonyms[word] = self._gazetteer.demonym(word)
        return self._demonyms[word]

    def capital_of(self, words: str) -> str | None:
        """The country (alpha-3) whose capital bears this name."""
        return self._capitals.get(words.lower())
