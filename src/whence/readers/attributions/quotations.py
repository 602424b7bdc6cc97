"""Quotations: where words stand between marks, over sentences, and over paragraphs that each open anew."""

from __future__ import annotations

from typing import NamedTuple

from whence.language.analysis import Analysis

OPENING = "“«„"
CLOSING = "”»"


class Quotation(NamedTuple):
    """Offsets of the marks themselves (end after the closing one) and the half-open range of tokens, marks included."""

    start: int
    end: int
    first: int
    last: int


def quotations(analysis: Analysis) -> list[Quotation]:
    """All quotations, in order. Each ends with its mark, or with its paragraph where the mark is missing."""
    tokens, text = analysis.tokens, analysis.text
    found: list[Quotation] = []
    opened: int | None = None

    def close(last: int) -> None:
        nonlocal opened
        if opened is not None and last - opened > 1:
            found.append(Quotation(tokens[opened].start, tokens[last - 1].end, opened, last))
        opened = None

    for token in tokens:
        if opened is not None and token.i and "\n" in text[tokens[token.i - 1].end : token.start]:
            close(token.i)
        mark = token.text
        if mark in OPENING and mark:
            if opened is None:
                opened = token.i
        elif mark in CLOSING and mark:
            close(token.i + 1)
        elif mark in ('"', "''", "``"):
            if opened is None:
                opened = token.i
            else:
                close(token.i + 1)
    close(len(tokens))
    return found
