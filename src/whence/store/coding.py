"""Double coding: who was given what to code, and what they coded, each without the others'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from whence.errors import Conflict, NotFound, StoreError
from whence.records import Judgement, Record

from .captures import now
from .finding import report_of
from .opening import Database
from .projecting import corrected
from .tables import assignments, codings, reports

CODED = ("acled", "earliest", "latest", "place", "country", "killed", "injured", "status")
"""Fields of a report that are coded."""


class Assignment(Record):
    """A report given to somebody to code; `done` where they have."""

    report: str
    coder: str
    given_by: str
    made: str
    done: bool


class Coding(Record):
    """What somebody coded of a report, the last they said of each field; None: not told."""

    report: str
    coder: str
    values: dict[str, str | None]
    made: str


class Codings:
    """The double coding of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def assign(self, report: str, coders: Iterable[str], *, by: str) -> None:
        """Give a report to coders, two or more in all. NotFound, Conflict where it is theirs already."""
        wanted = list(dict.fromkeys(c.strip() for c in coders if c.strip()))

        def work(connection: sa.Connection) -> None:
            if connection.execute(sa.select(reports.c.id).where(reports.c.id == report)).first() is None:
                raise NotFound(f"{report}: no such report")
            there = set(connection.execute(sa.select(assignments.c.coder).where(assignments.c.report == report)).scalars())
            if len(there | set(wanted)) < 2:
                raise StoreError(f"{report}: double coding wants two coders at least")
            if there & set(wanted):
                raise Conflict(f"{report}: is given to {', '.join(sorted(there & set(wanted)))} already")
            last = connection.execute(sa.select(sa.func.max(assignments.c.number))).scalar() or 0
            rows = [{"number": n, "report": report, "coder": c, "given_by": by, "made": now()} for n, c in enumerate(wanted, last + 1)]
            connection.execute(sa.insert(assignments), rows)

        self._database.writing(work)

    def assigned(self, coder: str | None = None) -> list[Assignment]:
        """What was given to code, to somebody or to all, in that order."""
        done = sa.exists().where(codings.c.report == assignments.c.report, codings.c.coder == assignments.c.coder)
        chosen = sa.select(assignments.c.report, assignments.c.coder, assignments.c.given_by, assignments.c.made, done.label("done"))
        if coder is not None:
            chosen = chosen.where(assignments.c.coder == coder)
        with self._database.reading() as connection:
            return [Assignment(**r._mapping) for r in connection.execute(chosen.order_by(assignments.c.number))]

    def code(self, report: str, coder: str, values: Mapping[str, str | None]) -> None:
        """Keep what somebody coded. NotFound where it was not given to them, StoreError where a value does not fit its field."""
        if set(values) - set(CODED):
            raise StoreError(f"{', '.join(sorted(set(values) - set(CODED)))}: is not coded; there are {', '.join(CODED)}")

        def work(connection: sa.Connection) -> None:
            mine = (assignments.c.report == report, assignments.c.coder == coder)
            if connection.execute(sa.select(assignments.c.number).where(*mine)).first() is None:
                raise NotFound(f"{report}: was not given to {coder} to code")
            row = connection.execute(sa.select(reports.c.data, reports.c.number).where(reports.c.id == report)).first()
            assert row is not None
            kept: dict[str, str | None] = {}
            for field, value in values.items():
                kept[field] = (value or "").strip() or None
                made = Judgement(
                    id="", kind="correct", subject=report, other=None, field=field, value=kept[field], who=coder, why=None, made=""
                )
                if kept[field] is not None:
                    corrected(report_of(row.data, row.number), made)
            last = connection.execute(sa.select(sa.func.max(codings.c.number))).scalar() or 0
            rows = [
                {"number": n, "report": report, "coder": coder, "field": field, "value": value, "made": now()}
                for n, (field, value) in enumerate(kept.items(), last + 1)
            ]
            connection.execute(sa.insert(codings), rows)

        self._database.writing(work)

    def coded(self, report: str | None = None, *, coder: str | None = None) -> list[Coding]:
        """What was coded: of each report and coder the last value of each field."""
        conditions = [*([codings.c.report == report] if report else []), *([codings.c.coder == coder] if coder else [])]
        found: dict[tuple[str, str], tuple[dict[str, str | None], str]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(sa.select(codings).where(*conditions).order_by(codings.c.number)):
                values, _ = found.get((row.report, row.coder), ({}, ""))
                found[row.report, row.coder] = (values | {row.field: row.value}, row.made)
        return [Coding(report=r, coder=c, values=values, made=made) for (r, c), (values, made) in found.items()]
