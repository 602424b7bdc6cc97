"""Words that a model gives, found again in the text; what does not stand there word for word is nowhere."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from whence.language.analysis import SentenceTokens
from whence.readers.base import Draft
from whence.records import Span, span_of

MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-"})


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the sentence of a number, as a model gives them."""

    sentence: int
    words: str


@functools.lru_cache(maxsize=512)
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """A text with white space drawn together and marks made plain, and for each of its characters where it stood."""
    out: list[str] = []
    at: list[int] = []
    for i, ch in enumerate(text):
        if ch.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                at.append(i)
            continue
        out.append(ch.translate(MARKS))
        at.append(i)
    at.append(len(text))
    return "".join(out), tuple(at)


def _lower(text: str) -> str:
    """Lower case that leaves every character in its place."""
    return "".join(low if len(low := ch.lower()) == 1 else ch for ch in text)


def stretches(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text, whole words only, first as they are written and then in any case; half-open."""
    wanted = _plain(words)[0].strip()
    plain, at = _plain(text)
    for hay, needle in ((plain, wanted), (_lower(plain), _lower(wanted))):
        found = []
        start = hay.find(needle) if needle else -1
        while start >= 0:
            end = start + len(needle)
            inside = (start and hay[start - 1].isalnum() and needle[0].isalnum()) or (
                end < len(hay) and hay[end].isalnum() and needle[-1].isalnum()
            )
            if not inside:
                found.append((at[start], at[end - 1] + 1))
            start = hay.find(needle, start + 1)
        if found:
            return found
    return []


class Anchors:
    """Spans of one draft for what a model was shown of it: the sentences `shown`."""

    def __init__(self, draft: Draft, shown: Sequence[SentenceTokens]) -> None:
        self.text = draft.text
        self._shown = {s.index: s for s in shown}
        self._taken: set[tuple[str, int]] = set()

    def span(self, anchor: Anchor | None, *, near: Span | None = None, once: str = "") -> Span | None:
        """The words of an anchor, None where they do not stand in the text.

        Of several places in the sentence the one nearest to `near` is meant. A sentence that was miscounted is forgiven where several
        words stand only once in all that was shown; a single word may be another one there. What is named by `once` takes each
        place a single time.
        """
        if anchor is None:
            return None
        found = self._in(anchor.sentence, anchor.words)
        if not found and len(anchor.words.split()) > 1:
            everywhere = [hit for index in self._shown for hit in self._in(index, anchor.words)]
            found = everywhere if len(everywhere) == 1 else []
        if once:
            found = [f for f in found if (once, f[0]) not in self._taken]
        if not found:
            return None
        start, end = min(found, key=lambda f: abs(f[0] - near.start)) if near is not None else found[0]
        if once:
            self._taken.add((once, start))
        return span_of(self.text, start, end)

    def _in(self, index: int, words: str) -> list[tuple[int, int]]:
        sentence = self._shown.get(index)
        if sentence is None:
            return []
        return [(sentence.start + a, sentence.start + b) for a, b in stretches(self.text[sentence.start : sentence.end], words)]
