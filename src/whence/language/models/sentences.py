"""Where a sentence cannot begin, whatever the model thinks.

Read before the parser runs, so that its tree respects them: a split that is mended afterwards leaves a broken tree.
"""

from __future__ import annotations

from collections.abc import Sequence

from whence.language.models.tokens import listed

_CLOSING = frozenset(")]}”’»,;:%.!?…›")
_OPENING = frozenset("([{“„«‹")
_AMBIGUOUS_QUOTES = frozenset("\"'")

_TITLES = frozenset(
    listed(
        """mr. mrs. ms. dr. prof. gen. lt. col. maj. capt. sgt. cpl. pvt. brig. adm. cmdr. sen. rep. gov.
        hon. rev. fr. st. messrs. insp. supt. det. amb. atty. mt. ft. vs. e.g. i.e. cf. approx. assn. dept.
        univ."""
    )
)
"""Abbreviations that no sentence ends with."""

_COUNTED = frozenset(
    listed(
        """no. nos. vol. vols. p. pp. fig. figs. art. sec. jan. feb. mar. apr. jun. jul. aug. sep. sept.
        oct. nov. dec. ch."""
    )
)
"""Abbreviations that go on if a number follows."""

_STARTERS = frozenset(
    listed(
        """the a an this that these those he she it they we i you his her its their our my your in on at by
        for from with to of as after before since when while where if although though but and or so yet
        however moreover meanwhile also there here what who how why which according some many most all both
        each no not one two several another other during under over between among despite because once until
        then now today yesterday tomorrow last earlier later is are was were do does did has have had can
        could will would may might should must nothing officials police forces president"""
    )
)
"""Words that begin a sentence after "U.S." far more often than they belong to it."""


def cannot_start(words: Sequence[str], spaces: Sequence[bool]) -> list[bool]:
    """For each word: no sentence can start with it. `spaces` says whether white space follows a word."""
    out = [False] * len(words)
    open_double = False
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        glued = i > 0 and not spaces[i - 1]
        last = i + 1 == len(words)
        if word == '"':
            closes = open_double and (glued or last or spaces[i] or words[i + 1] in _CLOSING)
            open_double = not closes and not open_double
            out[i] = closes
        elif word == "'":
            out[i] = glued
        elif word in _CLOSING:
            out[i] = True
        if not i:
            continue
        if before == "," or before in _OPENING or (before == '"' and open_double and not spaces[i - 1]) or _goes_on(before, word, glued):
            out[i] = True
        elif i > 1 and before in "”\"»’'" and not glued and (words[i - 2] == "," or word[:1].islower()):
            out[i] = before in "”»" or (spaces[i - 1] and not spaces[i - 2])
    return out


def _goes_on(before: str, word: str, glued: bool) -> bool:
    low = before.lower()
    if glued and word[:1].isalnum() and before[:1].isalnum() and before[-1:] != ".":
        return True
    if low in _TITLES:
        return True
    if low in _COUNTED:
        return word[:1].isdigit()
    if len(before) > 1 and before[-1] == "." and before[0].isalpha():
        if word[:1].islower():
            return True
        if before.count(".") > 1 and before.isupper() and len(before) <= 6:
            return word[:1].isupper() and word.lower() not in _STARTERS
        return len(before) == 2 and word[:1].isupper() and word.lower() not in _STARTERS
    return False
