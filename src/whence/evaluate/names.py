"""Names of persons, organizations and places in sentences of our own: model, gazetteer and lexicon together.

A name counts where both ends and the type agree. From a reading are taken the toponyms (places; not adjectives such as
"Syrian") and the mentions by name, a state being a place, and media, groups, bodies and forces being organizations.
Of names that overlap the longest counts; articles and possessive endings stay outside, as in the gold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from whence.records import Mention, Reading, Source, Toponym

Named = tuple[int, int, str]

MARK = re.compile(r"\[([^\[\]|]+)\|(person|organization|place)\]")
TYPES = {
    "person": "person",
    "state": "place",
    "state_forces": "organization",
    "armed_group": "organization",
    "political_body": "organization",
    "media": "organization",
    "organization": "organization",
}
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)
POSSESSIVE = re.compile(r"['’]s?$")


def marked_lines(path: Path) -> Iterator[tuple[Source, frozenset[Named]]]:
    """The sentences of a file with marked names, a line each, and the names."""
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        text, names, at = "", set(), 0
        for match in MARK.finditer(line):
            text += line[at : match.start()]
            names.add((len(text), len(text) + len(match[1]), match[2]))
            text += match[1]
            at = match.end()
        text += line[at:]
        yield Source(id=f"line-{number}", text=text, language="en"), frozenset(names)


def names_in(reading: Reading, adjective: Callable[[str], bool]) -> frozenset[Named]:
    """The names that a reading holds."""
    types = {e.id: TYPES.get(e.type) for e in reading.entities}
    found: list[tuple[int, int, str]] = []
    for toponym in reading.toponyms:
        if not adjective(toponym.text):
            found.append((*_bare(toponym), "place"))
    for mention in reading.mentions:
        kind = types.get(mention.entity or "")
        if mention.form == "name" and kind and not adjective(mention.text):
            found.append((*_bare(mention), kind))
    kept: list[Named] = []
    for start, end, kind in sorted(found, key=lambda n: (n[0] - n[1], n[2] == "place")):
        if start < end and all(end <= a or b <= start for a, b, _ in kept):
            kept.append((start, end, kind))
    return frozenset(kept)


def _bare(item: Mention | Toponym) -> tuple[int, int]:
    start, end, text = item.start, item.end, item.text
    article = ARTICLE.match(text)
    if article and text != "The Hague":
        start += article.end()
    ending = POSSESSIVE.search(text)
    return start, end - len(ending[0]) if ending else end


def f1(pairs: Sequence[tuple[frozenset[Named], frozenset[Named]]]) -> float:
    """F1 of (found, gold) over all sentences."""
    right = sum(len(found & gold) for found, gold in pairs)
    total = sum(len(found) + len(gold) for found, gold in pairs)
    return 2 * right / total if total else 0.0
