"""The one place through which every name passes before it leaves: whoever must not be named is not.

A row is redacted before a format sees it, so that no format can forget. What was redacted in words of a document is marked:
such words are not those of the text any more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from whence.errors import ConfigError
from whence.records.veil import Veil, parts

from .rows import Quote, Row

T = TypeVar("T")
KEEP = frozenset(
    ("id", "report", "document", "reports", "documents", "rule", "type", "mode", "sha256", "made", "kept", "published", "geonames_id")
)
"""Fields that hold ids, days and vocabulary; nothing is replaced in them."""
PROTECTED = "[name withheld]"


class Redaction:
    """Names that are withheld, each with what stands in its place.

    A name is found in any case, as whole words, the longest name first; of `name` only where it stands as it is given: first names
    and nicknames are entered beside it. `veil`: the persons protected in the store; where one stands in a row with the whole name,
    parts of the name are withheld in that row, too.
    """

    def __init__(self, names: Mapping[str, str] | None = None, veil: Veil | None = None) -> None:
        self._veil = veil
        self._instead = {self._key(name): instead or PROTECTED for name, instead in (names or {}).items() if name.strip()}
        longest = sorted(self._instead, key=lambda n: (-len(n), n))
        spelled = "|".join(r"\s+".join(map(re.escape, n.split())) for n in longest)
        self._pattern = re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", re.IGNORECASE) if longest else None

    @staticmethod
    def _key(name: str) -> str:
        return " ".join(name.casefold().split())

    def __bool__(self) -> bool:
        return self._pattern is not None or bool(self._veil)

    def under(self, veil: Veil) -> Redaction:
        """The same with the persons protected in a store."""
        return Redaction(self._instead, veil)

    def text(self, text: str) -> str:
        """A text without the names."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda m: self._instead.get(self._key(m[0]), PROTECTED), text)

    def row(self, row: Row) -> Row:
        """A row without the names, in every text it holds."""
        if self._veil is not None and (active := self._veil.active(row)):
            row = Redaction(dict.fromkeys((n for p in active for n in (p.name, *parts(p.name))), PROTECTED)).row(row)
        return row if self._pattern is None else self._of(row)

    def _of(self, value: T) -> T:
        if isinstance(value, str):
            return self.text(value)  # type: ignore[return-value] # a str for a str
        if isinstance(value, tuple):
            return tuple(self._of(v) for v in value)  # type: ignore[return-value]
        if isinstance(value, msgspec.Struct):
            changes: dict[str, Any] = {}
            for name in value.__struct_fields__:
                old = getattr(value, name)
                new = old if name in KEEP else self._of(old)
                if new != old:
                    changes[name] = new
            if isinstance(value, Quote) and "text" in changes:
                changes["redacted"] = True
            return msgspec.structs.replace(value, **changes) if changes else value
        return value


def redaction_of(text: str, *, name: str) -> Redaction:
    """A redaction from lines "NAME" or "NAME<tab>INSTEAD"; # begins a comment. ConfigError names the line that is neither."""
    names: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [c.strip() for c in line.split("\t")]
        if len(cells) > 2 or not cells[0]:
            raise ConfigError(f"{name}, line {number}: write a name, or a name, a tab and what stands in its place")
        names[cells[0]] = cells[1] if len(cells) == 2 else PROTECTED
    return Redaction(names)
