"""The store as somebody may see it: protected names masked in all that comes out of it, or looks at them noted."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

import msgspec

from whence.records import Protected, Source, Veil
from whence.store import Filter, Store

Noted = Callable[[tuple[Protected, ...]], None]
NOBODY = "\x01"
"""What no name holds: the filter for a protected name finds nobody."""


class Veiled:
    """A store, or a part of it, seen through a veil. With `noted`, names are shown, and each look is told of.

    What is searched for by a protected name is not found: that it is there would be told by finding it.
    """

    def __init__(self, inner: Any, veil: Veil, noted: Noted | None = None) -> None:
        self._inner = inner
        self._veil = veil
        self._noted = noted

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name == "overviews":
            return Veiled(found, self._veil, self._noted)
        if not callable(found):
            return found

        def seen(*given: Any, **named: Any) -> Any:
            if self._noted is None:
                given = tuple(self._blind(g) for g in given)
                named = {k: self._blind(v) for k, v in named.items()}
                if name == "beside" and self._veil.asks_for(str(given[0])):
                    return []
                if name == "actors" and self._veil.asks_for(str(named.get("like") or "")):
                    return []
            made = found(*given, **named)
            if name == "search" and self._noted is None and self._veil.asks_for(str(given[0])):
                protected = {p.document for p in self._veil.protections}
                made = [h for h in made if h.document.id not in protected and not self._veil.active(h)]
            if isinstance(made, Generator):
                return self._each(made)
            return [self._one(m) for m in made] if isinstance(made, list) else self._one(made)

        return seen

    def _blind(self, given: Any) -> Any:
        if isinstance(given, Filter) and given.actor is not None and self._veil.asks_for(given.actor):
            return msgspec.structs.replace(given, actor=NOBODY)
        return given

    def _each(self, made: Iterator[Any]) -> Iterator[Any]:
        for one in made:
            yield self._one(one)

    def _one(self, made: Any) -> Any:
        if isinstance(made, bytes):
            return made
        if isinstance(made, Source) and self._noted is None:
            made = msgspec.structs.replace(made, original=None)
        if self._noted is not None:
            active = self._veil.active(made)
            if active:
                self._noted(active)
            return made
        return self._veil.redact(made)


def holds_protected(store: Store, document: str) -> bool:
    """Whether a document names somebody who is protected."""
    veil = store.protection.veil()
    return bool(veil) and bool(veil.active((document, store.source(document).text)))
