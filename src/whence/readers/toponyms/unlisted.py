"""Places that no gazetteer knows: a village that is told of stays told of, without coordinates.

What the language model takes for a place, and what stands where places stand ("in Kazgil", "shelled Kazgil", "the Kazgil
camp"), is a toponym whose place is open. Names of groups and outlets that sound like a place are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whence.language.analysis import Analysis, Name
from whence.readers.entities.lexicon import actors
from whence.records import Toponym, identifier

BEFORE = frozenset("in near at around into outside towards toward from of between through across".split())
BEFALLS = frozenset("shell bomb storm enter reach raid retake bombard overrun besiege recapture".split())
BEHIND = frozenset("camp village district road river hills bridge province governorate county town city crossing junction".split())


def is_actor(words: str, label: str) -> bool:
    """Whether a name is that of a known group, body or outlet, and the model sees no place in it."""
    return label != "place" and actors().find(words) is not None


def unlisted(analysis: Analysis, text: str, taken: Sequence[Toponym]) -> Iterator[Toponym]:
    """Toponyms without a place for names of places that nothing else has found."""
    for name in analysis.names:
        if name.label != "place" or not _placed(analysis, name):
            continue
        start, end = analysis.tokens[name.first].start, analysis.tokens[name.last - 1].end
        words = text[start:end]
        if any(t.start < end and start < t.end for t in taken) or actors().find(words) is not None:
            continue
        yield Toponym(id=identifier("toponym", start, end), start=start, end=end, text=words, use="literal", place=None, alternatives=None)


def _placed(analysis: Analysis, name: Name) -> bool:
    tokens = analysis.tokens
    first, last = tokens[name.first], tokens[name.last - 1]
    i = name.first - 1
    while i >= 0 and tokens[i].sentence == first.sentence and tokens[i].pos in ("DET", "ADJ"):
        i -= 1
    before = tokens[i].lower if i >= 0 and tokens[i].sentence == first.sentence else ""
    behind = tokens[name.last].lower if name.last < len(tokens) and tokens[name.last].sentence == last.sentence else ""
    head = tokens[analysis.head_of(name.first, name.last)]
    return before in BEFORE or behind in BEHIND or (head.dep in ("obj", "nsubj:pass") and tokens[head.head].lemma in BEFALLS)
