"""Gold out of what reviewers said: corrected records with their texts, for training anew and for the gate.

A line of JSON for each report of which a field was corrected, adjudicated, or coded alike by all who coded it (`whence.gold/1`).
Protected names are masked in it; offsets stay right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Literal

from whence.agreement import measured
from whence.errors import NotFound
from whence.records import Engine, Judgement, Record, Report, Span
from whence.store import CODED, Coding, Store, projected

SCHEMA = "whence.gold/1"
ADJUDICATED = "adjudicated"
"""The beginning of the reason of a correction by which an editor decided between coders."""


class Value(Record):
    """The value of a field as people have it, None: not told; beside it what was `read`. `how`: corrected by one, decided by an editor
    between coders, or the same with all coders."""

    value: str | None
    read: str | None
    how: Literal["corrected", "adjudicated", "agreed"]
    by: tuple[str, ...]
    why: str | None


class Gold(Record):
    """A report with the fields that people vouch for, and the text it was read from. `sha256` is that of the text before masking."""

    schema: str
    document: str
    sha256: str
    title: str | None
    publisher: str | None
    published: str | None
    text: str
    report: str
    triggers: tuple[Span, ...]
    fields: dict[str, Value]
    engine: Engine


def gold(store: Store, *, least: int = 1) -> Iterator[Gold]:
    """The gold of a store, with at least so many fields a record; hidden reports are left out."""
    corrections: dict[str, list[Judgement]] = {}
    for judgement in store.judgements(retracted=False):
        if judgement.kind == "correct":
            corrections.setdefault(judgement.subject, []).append(judgement)
    codings: dict[str, list[Coding]] = {}
    for coding in store.codings.coded():
        codings.setdefault(coding.report, []).append(coding)
    hidden = {j.subject for j in store.judgements(retracted=False) if j.kind == "hide"}
    veil = store.protection.veil()
    for identity in sorted({*corrections, *codings}):
        try:
            report = store.report(identity)
        except NotFound:
            continue
        reading = store.reading(report.document)
        if reading is None or identity in hidden or report.document in hidden:
            continue
        read = next((r for r in projected(reading, document=report.document) if r.id == identity), None)
        if read is None:  # the reading in force does not tell of it
            continue
        fields = _fields(read, corrections.get(identity, []), codings.get(identity, []))
        if len(fields) >= least:
            source = store.source(report.document)
            yield veil.redact(
                Gold(
                    schema=SCHEMA,
                    document=report.document,
                    sha256=hashlib.sha256(source.text.encode()).hexdigest(),
                    title=source.title,
                    publisher=report.publisher,
                    published=report.published,
                    text=source.text,
                    report=identity,
                    triggers=report.triggers,
                    fields=fields,
                    engine=reading.engine,
                )
            )


def _fields(read: Report, corrections: list[Judgement], codings: list[Coding]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if len(codings) > 1:
        for field in CODED:
            values = [c.values[field] for c in codings if field in c.values]
            if len(values) == len(codings) and len({measured(field, v) for v in values}) == 1:
                found[field] = Value(
                    value=values[0], read=value_of(read, field), how="agreed", by=tuple(sorted(c.coder for c in codings)), why=None
                )
    for judgement in corrections:  # the last one stands
        field = judgement.field or ""
        how: Literal["corrected", "adjudicated"] = "adjudicated" if (judgement.why or "").startswith(ADJUDICATED) else "corrected"
        found[field] = Value(value=judgement.value or None, read=value_of(read, field), how=how, by=(judgement.who,), why=judgement.why)
    return found


def value_of(report: Report, field: str) -> str | None:
    """The value of a field as a correction would write it; None where it is not known. Counts: the range over all that are told."""
    if field == "acled":
        return report.acled.sub_event_type if report.acled else None
    if field in type(report).__struct_fields__:
        value = getattr(report, field)
        return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    told = [c for c in report.counts if c.measure == field]
    if not told:
        return None
    low = min(c.low or 0 for c in told)
    high = None if any(c.high is None for c in told) else max(c.high or 0 for c in told)
    return f"{low}+" if high is None else f"{low}" if low == high else f"{low}-{high}"
