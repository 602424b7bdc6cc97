"""Scoring against the gold that reviewers made: how many of the fields they vouch for are read so."""

from __future__ import annotations

from pathlib import Path

import msgspec

from whence.errors import IntakeError
from whence.gold import SCHEMA, Gold, value_of
from whence.pipeline import Whence
from whence.records import Report, Source
from whence.store import projected


def scored(path: Path, whence: Whence) -> dict[str, tuple[int, int]]:
    """By field: (read as people have it, vouched for). IntakeError where the file is no gold.

    The incident is the one with a trigger where the gold has one; where none is found there, all its fields are wrong.
    """
    found: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            gold = msgspec.json.decode(line, type=Gold)
        except msgspec.DecodeError as error:
            raise IntakeError(f"{path}, line {number}: is no gold ({error}); `whence gold export` writes it", code="malformed") from None
        if gold.schema != SCHEMA:
            raise IntakeError(f"{path}, line {number}: is of the form {gold.schema[:40]!r}, this version knows {SCHEMA}", code="malformed")
        report = _read(gold, whence)
        for field, value in gold.fields.items():
            right, of = found.get(field, (0, 0))
            agrees = report is not None and (value_of(report, field) or "").casefold() == (value.value or "").casefold()
            found[field] = (right + agrees, of + 1)
    return found


def _read(gold: Gold, whence: Whence) -> Report | None:
    source = Source(id=gold.document, text=gold.text, title=gold.title, publisher=gold.publisher, published=gold.published, language="en")
    wanted = {(s.start, s.end) for s in gold.triggers}
    reports = projected(whence.read(source), document=gold.document)
    return max(
        (r for r in reports if any(s.start < end and start < s.end for s in r.triggers for start, end in wanted)),
        key=lambda r: len({(s.start, s.end) for s in r.triggers} & wanted),
        default=None,
    )
