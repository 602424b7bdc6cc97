"""Lists that are short: sources, judgements, the readings of a document."""

from __future__ import annotations

import sqlalchemy as sa

from whence.records import Judgement, Record

from .judging import found, in_force
from .tables import citations, documents, judgements, readings, sources
from .writing import CHUNK, document_number


class KeptReading(Record):
    """A reading of a document: which engine made it when, and whether it is the one in force."""

    number: int
    version: str
    model: str
    model_digest: str
    config: str
    digest: str
    made: str
    in_force: bool


class Outlet(Record):
    """A source: how many documents it published, whom these cite or translate, and its grade with its history.

    `cites`: (source, relation, how many documents), the most frequent first; `cited_by`: documents of others that name it so.
    `reliability` is the grade in force (STANAG 2511, A to F), `grades` all that were given, oldest first, `retracted` included.
    """

    id: str
    name: str
    documents: int
    cites: tuple[tuple[str, str, int], ...]
    cited_by: int
    reliability: str | None
    grades: tuple[Judgement, ...]


def there(connection: sa.Connection, ids: list[str], read: bool, key: str | None) -> set[str]:
    """Which documents are kept; those that were read; those whose reading in force the engine of a key made."""
    known: set[str] = set()
    chosen = sa.select(documents.c.id)
    if read:
        chosen = chosen.where(documents.c.reading.is_not(None))
    if key is not None:
        chosen = chosen.join(readings, readings.c.number == documents.c.reading).where(readings.c.engine == key)
    for at in range(0, len(ids), CHUNK):
        known |= set(connection.execute(chosen.where(documents.c.id.in_(ids[at : at + CHUNK]))).scalars())
    return known


def behind(connection: sa.Connection, key: str, after: int, limit: int) -> list[tuple[int, str]]:
    """Documents that the engine of a key has still to read."""
    chosen = (
        sa.select(documents.c.number, documents.c.id)
        .join(readings, readings.c.number == documents.c.reading, isouter=True)
        .where(documents.c.number > after, sa.or_(readings.c.engine.is_(None), readings.c.engine != key))
        .order_by(documents.c.number)
        .limit(limit)
    )
    return [(number, identity) for number, identity in connection.execute(chosen)]


def readings_of(connection: sa.Connection, document: str) -> list[KeptReading]:
    """All readings of a document, oldest first."""
    number = document_number(connection, document)
    in_force_now = connection.execute(sa.select(documents.c.reading).where(documents.c.number == number)).scalar()
    c = readings.c
    columns = (c.number, c.version, c.model, c.model_digest, c.config, c.digest, c.made)
    chosen = sa.select(*columns).where(c.document == number).order_by(c.number)
    return [KeptReading(**r._mapping, in_force=r.number == in_force_now) for r in connection.execute(chosen)]


def outlets(connection: sa.Connection) -> list[Outlet]:
    """Every source."""
    current = citations.join(documents, documents.c.reading == citations.c.reading)
    cited = sources.alias("cited")
    rows = connection.execute(
        sa.select(documents.c.outlet, cited.c.name, citations.c.relation, sa.func.count(documents.c.number.distinct()).label("times"))
        .select_from(current.join(cited, cited.c.number == citations.c.source))
        .where(documents.c.outlet.is_not(None))
        .group_by(documents.c.outlet, cited.c.name, citations.c.relation)
        .order_by(sa.desc("times"), cited.c.name)
    )
    cites: dict[int, list[tuple[str, str, int]]] = {}
    for outlet, name, relation, times in rows:
        cites.setdefault(outlet, []).append((name, relation, times))
    count = sa.func.count(documents.c.number.distinct())
    cited_by: dict[int, int] = dict(
        connection.execute(sa.select(citations.c.source, count).select_from(current).group_by(citations.c.source)).all()
    )
    published: dict[int, int] = dict(connection.execute(sa.select(documents.c.outlet, count).group_by(documents.c.outlet)).all())
    grades: dict[str, list[Judgement]] = {}
    for made in found(connection, judgements.c.kind == "reliability"):
        grades.setdefault(made.subject, []).append(made)
    grade = {m.subject: m.value for m in found(connection, judgements.c.kind == "reliability", in_force())}
    listed = [
        Outlet(
            id=row.id,
            name=row.name,
            documents=published.get(row.number, 0),
            cites=tuple(cites.get(row.number, ())),
            cited_by=cited_by.get(row.number, 0),
            reliability=grade.get(row.id),
            grades=tuple(grades.get(row.id, ())),
        )
        for row in connection.execute(sa.select(sources).order_by(sources.c.number))
    ]
    return sorted(listed, key=lambda o: (-o.documents, -o.cited_by, o.name))


def judgements_about(connection: sa.Connection, about: str | None, retracted: bool) -> list[Judgement]:
    """Judgements, oldest first; without `retracted`, neither those taken back nor the retractions."""
    conditions: list[sa.ColumnElement[bool]] = []
    if about is not None:
        conditions.append(sa.or_(judgements.c.subject == about, judgements.c.other == about, judgements.c.id == about))
    if not retracted:
        conditions += [judgements.c.kind != "retract", in_force()]
    return found(connection, *conditions)
