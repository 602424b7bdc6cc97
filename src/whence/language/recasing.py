"""Capitals for texts that have none, or nothing else, so that names can be seen in them.

Old wires came in capitals throughout, and some archives are kept in small letters. In such a text a word that running
text does not write small ("cerezo", "salvador") is taken for a name, a known acronym for one, and sentences begin with
a capital. The length is the same, so every offset holds; what is shown is always the text as it was.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection

from whence.data import rows

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
STARTS = re.compile(r"(?:^|[.!?]\s+[\"“‘']?|\n\s*\n\s*)$")
LETTERS = 60
"""Letters below which a text is too short for its capitals to tell."""
ALWAYS = frozenset(
    "i january february march april june july august september october november december monday tuesday wednesday".split()
) | frozenset("thursday friday saturday sunday".split())


def caseless(text: str) -> bool:
    """Whether a text is written without capitals, or in capitals alone."""
    head = text[:6000]
    upper = sum(ch.isupper() for ch in head)
    lower = sum(ch.islower() for ch in head)
    if upper + lower < LETTERS:
        return False
    return upper < 0.004 * lower or upper > 3 * lower


def recased(text: str, common: Collection[str]) -> str:
    """The text with capitals where running text has them; `common` holds words that are written small."""
    small = "".join(low if len(low := ch.lower()) == 1 else ch for ch in text)
    acronyms = _acronyms()

    def written(match: re.Match[str]) -> str:
        word = match.group()
        if word in acronyms and word not in common:
            return word.upper() if len(word.upper()) == len(word) else word
        if (len(word) > 1 and word not in common) or word in ALWAYS or STARTS.search(small, max(0, match.start() - 6), match.start()):
            first = word[0].upper()
            return (first if len(first) == 1 else word[0]) + word[1:]
        return word

    return WORD.sub(written, small)


@functools.cache
def _acronyms() -> frozenset[str]:
    """Short aliases of the actor lexicon that are written in capitals, in small letters."""
    found: set[str] = set()
    for row in rows("lexicon/actors.tsv", ("name", "aliases", "type", "country")):
        found |= {a.lower() for a in (row["name"], *row["aliases"].split(";")) if a.isupper() and a.isalpha() and 2 < len(a) < 7}
    return frozenset(found)
