"""Names that must not be seen: masked wherever they stand in what is shown, exported or handed to programs.

A name is masked letter by letter, so that offsets and slices go on agreeing; how long it is can therefore be seen. Where the whole
name stands in a record, or the record is of the document in which the name was protected, its parts are masked too: "Hajja
Zainab Fadl" is often "Zainab" two sentences on. Spellings that nobody protected are not known here; protect each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from .span import Record

T = TypeVar("T")

MASK = "█"
LEAST = 3
"""Letters of a part of a name that is masked by itself."""
PARTICLES = frozenset("abu abd al el bin ibn bint umm ben van von der den del dos das the and haj hajj hajja sheikh mrs sir doctor".split())
"""Parts that stand in too many names to be masked by themselves."""


class Protected(Record):
    """A name that is protected: the judgement that says so, the document in which it was found."""

    judgement: str
    document: str
    name: str


class Veil:
    """What masks the names of some protections. One without names changes nothing and costs nothing."""

    def __init__(self, protections: Iterable[Protected] = ()) -> None:
        self.protections = tuple(protections)
        self._whole = {p.judgement: _pattern([p.name]) for p in self.protections}
        self._parts = {p.judgement: _pattern([p.name, *parts(p.name)]) for p in self.protections}

    def __bool__(self) -> bool:
        return bool(self.protections)

    def active(self, value: Any) -> tuple[Protected, ...]:
        """The protections that a record is touched by: the whole name stands in it, or it is of the document."""
        if not self.protections:
            return ()
        words: list[str] = []
        _gather(value, words)
        said, exact = "\x00".join(words), set(words)
        return tuple(p for p in self.protections if p.document in exact or self._whole[p.judgement].search(said))

    def redact(self, value: T) -> T:
        """The same record, list or text with every protected name in it masked."""
        found = self.active(value)
        if not found:
            return value
        patterns = [self._parts[p.judgement] for p in found]

        def masked(text: str) -> str:
            for pattern in patterns:
                text = pattern.sub(lambda m: re.sub(r"\S", MASK, m[0]), text)
            return text

        redacted: T = _mapped(value, masked)
        return redacted

    def asks_for(self, words: str) -> bool:
        """Whether a search or filter is for a protected name, or a beginning of one of its parts."""
        asked = [w for w in re.findall(r"\w+", words.casefold()) if len(w) >= LEAST]
        known = [part.casefold() for p in self.protections for part in parts(p.name)]
        return any(part.startswith(word) or word.startswith(part) for word in asked for part in known)


def parts(name: str) -> list[str]:
    """The parts of a name that are masked by themselves."""
    found = re.split(r"[\s\-\u2010-\u2015.,']+", name)
    return [w for w in found if len(w) >= LEAST and w.casefold() not in PARTICLES]


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of some forms as whole words, the longest first, however the white space in them falls."""
    written = sorted({r"\s+".join(map(re.escape, form.split())) for form in forms if form.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", re.IGNORECASE)


def _gather(value: Any, words: list[str]) -> None:
    if isinstance(value, str):
        words.append(value)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            _gather(getattr(value, name), words)
    elif isinstance(value, dict):
        for key, held in value.items():
            _gather(key, words)
            _gather(held, words)
    elif isinstance(value, tuple | list | set | frozenset):
        for held in value:
            _gather(held, words)


def _mapped(value: Any, masked: Any) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, msgspec.Struct):
        changes = {}
        for name in value.__struct_fields__:
            held = getattr(value, name)
            made = _mapped(held, masked)
            if made is not held and made != held:
                changes[name] = made
        return msgspec.structs.replace(value, **changes) if changes else value
    if isinstance(value, dict):
        return {_mapped(k, masked): _mapped(v, masked) for k, v in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return type(value)(_mapped(v, masked) for v in value)
    return value
