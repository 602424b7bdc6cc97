"""Names that are protected, and the log of who looked at them all the same."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from whence.records import Protected, Record, Veil

from .captures import now
from .judging import found, in_force
from .opening import Database
from .tables import judgements, looks


class Look(Record):
    """A look at a protected name: when, who, which protection, on what page, and why."""

    number: int
    made: str
    who: str
    judgement: str
    place: str
    why: str


class Protection:
    """What is protected in a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._made: tuple[int, Veil] | None = None

    def veil(self) -> Veil:
        """What masks every name that is protected now. Made anew only after a judgement."""
        with self._database.reading() as connection:
            newest = connection.execute(sa.select(sa.func.max(judgements.c.number))).scalar() or 0
            made = self._made
            if made is None or made[0] != newest:
                kept = found(connection, judgements.c.kind == "protect", in_force())
                veil = Veil(Protected(judgement=j.id, document=j.subject, name=j.value or "") for j in kept)
                self._made = made = (newest, veil)
        return made[1]

    def looked(self, who: str, protections: Iterable[str], *, place: str, why: str = "") -> None:
        """Log a look at some protected names, by the ids of the judgements that protect them."""
        ids = list(dict.fromkeys(protections))
        if not ids:
            return

        def work(connection: sa.Connection) -> None:
            last = connection.execute(sa.select(sa.func.max(looks.c.number))).scalar() or 0
            rows = [
                {"number": n, "made": now(), "who": who, "judgement": j, "place": place[:500], "why": why[:500]}
                for n, j in enumerate(ids, last + 1)
            ]
            connection.execute(sa.insert(looks), rows)

        self._database.writing(work)

    def looks(self, *, limit: int = 500) -> list[Look]:
        """The looks, the last one first."""
        with self._database.reading() as connection:
            chosen = sa.select(looks).order_by(looks.c.number.desc()).limit(limit)
            return [Look(**r._mapping) for r in connection.execute(chosen)]
