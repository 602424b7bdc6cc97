"""What reviewers say: appended, never changed, and taken back only by saying so."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any, get_args

import sqlalchemy as sa

from whence.errors import Conflict, NotFound, StoreError
from whence.records import Judgement, JudgementKind, Reading

from .captures import UNFIT, now, reading_of
from .projecting import corrected, party_rows, projected, row
from .tables import documents, judgements, parties, readings, reports, sources, texts

GRADES = {"credibility": "123456", "reliability": "ABCDEF"}
"""Grades of information and of sources (STANAG 2511): 1 confirmed to 5 improbable, A reliable to E not; 6 and F cannot be judged."""
ABOUT = {
    "same": "RR",
    "not_same": "RR",
    "correct": "R",
    "credibility": "R",
    "reliability": "S",
    "hide": "RD",
    "protect": "D",
    "retract": "J",
}
"""What each kind is about: reports, documents, sources, judgements. Two letters of `same` are its two reports."""
FIELDS = ("id", "kind", "subject", "other", "field", "value", "who", "why", "made")


def judgement(
    kind: JudgementKind,
    subject: str,
    *,
    who: str,
    why: str | None = None,
    other: str | None = None,
    field: str | None = None,
    value: str | None = None,
) -> Judgement:
    """A judgement ready to be appended. StoreError where it lacks something or has too much."""
    if kind not in get_args(JudgementKind):
        raise StoreError(f"{kind!r} is no kind of judgement; there are {', '.join(get_args(JudgementKind))}")
    if not who.strip():
        raise StoreError("a judgement wants the name of whoever makes it")
    if kind == "hide" and not (why or "").strip():
        raise StoreError(f"{subject}: hiding wants a reason")
    for name, text in (("who", who), ("why", why), ("value", value)):
        if text is not None and UNFIT.search(text):
            raise StoreError(f"{name}: holds a NUL character or half of a surrogate pair; take it out")
    if kind in ("same", "not_same") and (other is None or other == subject):
        raise StoreError(f"{kind} is about two different reports")
    if kind in GRADES:
        value = (value or "").upper()
        if len(value) != 1 or value not in GRADES[kind]:
            raise StoreError(f"{kind} is one of {', '.join(GRADES[kind])}, not {value!r}")
    if kind == "protect" and not any(len(part) >= 2 for part in (value or "").split()):
        raise StoreError(f"{subject}: protecting wants the name of the person as it stands in the document")
    if kind == "correct" and not field:
        raise StoreError("a correction names a field")
    if kind == "protect":
        value = " ".join((value or "").split())
    return Judgement(
        id=f"J-{secrets.token_hex(8)}",
        kind=kind,
        subject=subject,
        other=other,
        field=field,
        value=value,
        who=who.strip(),
        why=(why or "").strip() or None,
        made=now(),
    )


def append(connection: sa.Connection, made: Judgement) -> Judgement:
    """Append a judgement; what it changes in reports is computed again. NotFound, Conflict, StoreError."""
    if connection.execute(sa.select(judgements.c.number).where(judgements.c.id == made.id)).first() is not None:
        return made  # the connection was lost after it had been kept
    if made.kind == "retract":
        made = _retraction(connection, made)
    else:
        _must_exist(connection, made.subject, ABOUT[made.kind])
        if made.other is not None:
            _must_exist(connection, made.other, "R")
    if made.kind == "protect" and (made.value or "").casefold() not in " ".join(_text(connection, made.subject).casefold().split()):
        raise NotFound(f"{made.subject}: does not name {made.value!r}; protect the name as it stands in the text")
    number = (connection.execute(sa.select(sa.func.max(judgements.c.number))).scalar() or 0) + 1
    if made.kind == "correct":
        for report in _of_report(connection, made.subject):
            corrected(report, made)
    connection.execute(sa.insert(judgements).values(number=number, **{f: getattr(made, f) for f in FIELDS}))
    if made.kind in ("correct", "retract"):
        recompute(connection, made.subject)
    return made


def _retraction(connection: sa.Connection, made: Judgement) -> Judgement:
    """A retraction with the subject of what it takes back; `subject` comes as the id of that judgement."""
    import msgspec

    taken = made.subject
    there = connection.execute(sa.select(judgements).where(judgements.c.id == taken)).first()
    if there is None:
        raise NotFound(f"{taken}: no such judgement")
    if there.kind == "retract":
        raise Conflict(f"{taken}: takes back another judgement itself; say again what it took back")
    earlier = connection.execute(sa.select(judgements.c.who).where(judgements.c.kind == "retract", judgements.c.other == taken)).scalar()
    if earlier is not None:
        raise Conflict(f"{taken}: was taken back already, by {earlier}")
    return msgspec.structs.replace(made, subject=there.subject, other=taken)


def _text(connection: sa.Connection, document: str) -> str:
    chosen = sa.select(texts.c.text).join(documents, documents.c.number == texts.c.document).where(documents.c.id == document)
    return str(connection.execute(chosen).scalar_one())


def _must_exist(connection: sa.Connection, identity: str, kinds: str) -> None:
    tables: dict[str, sa.Table] = {"R": reports, "D": documents, "S": sources}
    words = {"R": "report", "D": "document", "S": "source"}
    wanted = dict.fromkeys(kinds)
    for letter in wanted:
        table = tables[letter]
        if identity.startswith(f"{letter}-") and connection.execute(sa.select(table.c.id).where(table.c.id == identity)).first():
            return
    raise NotFound(f"{identity}: no such {' or '.join(words[k] for k in wanted)}")


def _of_report(connection: sa.Connection, identity: str) -> list[Any]:
    from .finding import report_of

    chosen = sa.select(reports.c.number, reports.c.data).where(reports.c.id == identity)
    return [report_of(data, number) for number, data in connection.execute(chosen)]


def in_force() -> sa.ColumnElement[bool]:
    """That a judgement was not taken back."""
    later = judgements.alias("later")
    return ~sa.exists().where(later.c.kind == "retract", later.c.other == judgements.c.id)


def found(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[Judgement]:
    """Judgements, oldest first."""
    chosen = sa.select(*(judgements.c[f] for f in FIELDS)).where(*conditions).order_by(judgements.c.number)
    return [Judgement(**r._mapping) for r in connection.execute(chosen)]


def corrections_of(connection: sa.Connection, ids: Iterable[str] | None = None) -> dict[str, list[Judgement]]:
    """Corrections in force by report id, oldest first; of all reports or of some."""
    conditions = [judgements.c.kind == "correct", in_force()]
    if ids is not None:
        conditions.append(judgements.c.subject.in_(list(ids)))
    by: dict[str, list[Judgement]] = {}
    for made in found(connection, *conditions):
        by.setdefault(made.subject, []).append(made)
    return by


def recompute(connection: sa.Connection, identity: str) -> None:
    """Make the rows of a report anew, in every reading in which it stands, from the reading and the corrections."""
    corrections = corrections_of(connection, [identity])
    chosen = (
        sa.select(reports.c.number, reports.c.incident, readings.c.data, texts.c.text, documents.c.id)
        .join(readings, readings.c.number == reports.c.reading)
        .join(documents, documents.c.number == reports.c.document)
        .join(texts, texts.c.document == documents.c.number)
        .where(reports.c.id == identity)
    )
    for number, incident, data, text, document in connection.execute(chosen).all():
        reading: Reading = reading_of(data, text)
        report = next(r for r in projected(reading, document=document, corrections=corrections) if r.incident == incident)
        connection.execute(sa.update(reports).where(reports.c.number == number).values(**row(report)))
        connection.execute(sa.delete(parties).where(parties.c.report == number))
        made = party_rows(report, number)
        if made:
            connection.execute(sa.insert(parties), made)
