"""Headlines: words as they would be written in running text.

A tagger takes the capitals of a headline for names ("Russia Denies Strikes"). So a line in title case or in capitals is
read in the case its words mostly have; offsets and the text itself are not touched.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from whence.language.models.tokens import listed

_SMALL = frozenset(listed("a an the of in on at to for and or but nor by as from with into over per via vs v is it up off out no not than"))
_SHARE = 0.8
"""So many of the words that a headline gives a capital must have one."""


def lowered(words: Sequence[str], common: Collection[str], kept: Collection[int]) -> list[str] | None:
    """The words of a headline with capitals as in running text; None where the words are no headline.

    `common` are words written small in running text; `kept` are indices that stay as they are, since they are names.
    """
    content = [i for i, w in enumerate(words) if w[:1].isalpha() and w.lower() not in _SMALL]
    if len(content) < 3 or not common:
        return None
    capital = [i for i in content if words[i][0].isupper()]
    if len(capital) < _SHARE * len(content):
        return None
    shouted = [i for i in content if len(words[i]) > 1 and words[i].isupper()]
    if len(shouted) >= _SHARE * len([i for i in content if len(words[i]) > 1]):
        return [_whispered(w, common) if w.isupper() else w for w in words]
    small = [i for i in capital if i not in kept and words[i].lower() in common]
    if len([i for i in small if i]) < 2:
        return None
    out = list(words)
    for i in small:
        if not (words[i].isupper() and len(words[i]) > 1):
            out[i] = words[i].lower()
    return out


def _whispered(word: str, common: Collection[str]) -> str:
    low = word.lower()
    if low in common or low in _SMALL:
        return low
    if (len(word) <= 4 and word.isalpha()) or "." in word:
        return word
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
