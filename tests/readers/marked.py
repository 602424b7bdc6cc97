"""Sentences with their gold marked in them: «words|label» anywhere, nested or not."""

from __future__ import annotations

import re
from typing import NamedTuple

MARK = re.compile(r"«|\|([a-z_.0-9]+)»")


class Marked(NamedTuple):
    """The plain text and the words of each label, in the order in which they close."""

    text: str
    spans: dict[str, list[str]]


def unmarked(row: str) -> Marked:
    """A marked row as its text and its marked words. ValueError where marks do not pair."""
    text, opened, spans, at = "", [], {}, 0
    for hit in MARK.finditer(row):
        text += row[at : hit.start()]
        at = hit.end()
        if hit.group(1) is None:
            opened.append(len(text))
        elif opened:
            spans.setdefault(hit.group(1), []).append(text[opened.pop() :])
        else:
            raise ValueError(f"mark closed that was not opened: {row!r}")
    if opened:
        raise ValueError(f"mark opened and not closed: {row!r}")
    return Marked(text + row[at:], spans)
