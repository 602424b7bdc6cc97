"""What is computed across documents, by the name of the engine that computed it: written as it comes, thrown away at will.

None of it is truth. Links and clusters say how reports hang together as one engine has it; an incident is what is computed
from the reports of a cluster and the judgements on them when it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

import msgspec
import sqlalchemy as sa

from whence.errors import StoreError
from whence.records import Descent, Link, Report

from .captures import now
from .finding import PAGE, Filter, report_of, select_reports
from .projecting import FIRST
from .tables import clusters, documents, lineage, links, marks, reports

KINDS = {"lineage": lineage, "links": links, "clusters": clusters, "marks": marks}


def _upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, object]]) -> None:
    """Put rows in, in place of those with the same key."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        put = sqlite_insert(table)
        rest = {c.name: put.excluded[c.name] for c in table.columns if not c.primary_key}
        connection.execute(put.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest), rows)
        return
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    place = postgresql_insert(table)
    rest = {c.name: place.excluded[c.name] for c in table.columns if not c.primary_key}
    connection.execute(place.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest), rows)


def put_links(connection: sa.Connection, engine: str, found: Iterable[Link]) -> None:
    """Put links in; the two reports of a link in either order are the same link. StoreError where they are one."""
    rows = []
    for link in found:
        if link.a == link.b:
            raise StoreError(f"{link.a}: a report is not linked to itself")
        a, b = sorted((link.a, link.b))
        rows.append({"engine": engine, "a": a, "b": b, "probability": link.probability, "why": msgspec.json.encode(link.why)})
    _upsert(connection, links, rows)


def stream_links(connection: sa.Connection, engine: str, *, report: str | None, least: float) -> Iterator[Link]:
    """Links of an engine, of one report or of all, from a probability upwards."""
    conditions = [links.c.engine == engine, links.c.probability >= least]
    if report is not None:
        conditions.append(sa.or_(links.c.a == report, links.c.b == report))
    chosen = sa.select(links.c.a, links.c.b, links.c.probability, links.c.why).where(*conditions).order_by(links.c.a, links.c.b)
    for a, b, probability, why in connection.execution_options(yield_per=PAGE).execute(chosen):
        yield Link(a=a, b=b, probability=probability, why=msgspec.json.decode(why, type=dict[str, float]))


def stream_strengths(connection: sa.Connection, engine: str, *, of: Sequence[str] | None, least: float) -> Iterator[tuple[str, str, float]]:
    """(a, b, probability) of the links of an engine from a probability upwards, of all reports or of some; a link of two may come twice."""
    chosen = sa.select(links.c.a, links.c.b, links.c.probability).where(links.c.engine == engine, links.c.probability >= least)
    if of is None:
        yield from (tuple(row) for row in connection.execution_options(yield_per=PAGE).execute(chosen))
        return
    for at in range(0, len(of), 400):
        for end in (links.c.a, links.c.b):  # one after the other: each has its index, an OR of the two has none
            yield from (tuple(row) for row in connection.execute(chosen.where(end.in_(of[at : at + 400]))))


def stream_named(connection: sa.Connection, ids: Sequence[str]) -> Iterator[Report]:
    """Reports in force by their ids or the ids of their documents; hidden ones and those that are not there are left out."""
    for at in range(0, len(ids), 400):
        for column in (reports.c.id, documents.c.id):
            for data, number in connection.execute(select_reports(Filter()).where(column.in_(ids[at : at + 400]))):
                yield report_of(data, number)


def stream_around(connection: sa.Connection, since: date, until: date, longest: int) -> Iterator[Report]:
    """Reports in force that may be of some days: whose interval of at most `longest` days touches them.

    One that is open on a side reaches `longest` days from the other; one without a date reaches so far back from its publication.
    """
    first, last, before, after = (d.isoformat() for d in (since, until, _moved(since, -longest), _moved(until, longest)))
    c = reports.c
    for condition in (
        sa.and_(c.begins.between(before, last), c.ends >= first),
        sa.and_(c.begins == FIRST, c.ends.between(first, after)),
        sa.and_(c.begins.is_(None), documents.c.published.between(first, after)),
    ):
        for data, number in connection.execution_options(yield_per=PAGE).execute(select_reports(Filter()).where(condition)):
            yield report_of(data, number)


def _moved(day: date, days: int) -> date:
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + days)))


def put_lineage(connection: sa.Connection, engine: str, found: Iterable[Descent]) -> None:
    """Put edges of the lineage in."""
    rows: list[dict[str, object]] = [
        {
            "engine": engine,
            "document": d.document,
            "parent": d.parent,
            "kind": d.kind,
            "probability": d.probability,
            "why": msgspec.json.encode(d.why),
        }
        for d in found
    ]
    _upsert(connection, lineage, rows)


def stream_lineage(connection: sa.Connection, engine: str, *, about: str | None) -> Iterator[Descent]:
    """Edges of an engine, of all documents or those at one document or source, on either end."""
    conditions = [lineage.c.engine == engine]
    if about is not None:
        conditions.append(sa.or_(lineage.c.document == about, lineage.c.parent == about))
    columns = (lineage.c.document, lineage.c.parent, lineage.c.kind, lineage.c.probability, lineage.c.why)
    chosen = sa.select(*columns).where(*conditions).order_by(lineage.c.document, lineage.c.parent, lineage.c.kind)
    for document, parent, kind, probability, why in connection.execution_options(yield_per=PAGE).execute(chosen):
        told = msgspec.json.decode(why, type=tuple[str, ...])
        yield Descent(document=document, parent=parent, kind=kind, probability=probability, why=told)


def edges_among(connection: sa.Connection, engine: str, ids: Sequence[str]) -> list[Descent]:
    """Edges of an engine with both ends among some documents or sources."""
    wanted = set(ids)
    columns = (lineage.c.document, lineage.c.parent, lineage.c.kind, lineage.c.probability, lineage.c.why)
    found = []
    for at in range(0, len(ids), 400):
        chosen = sa.select(*columns).where(lineage.c.engine == engine, lineage.c.document.in_(ids[at : at + 400]))
        for document, parent, kind, probability, why in connection.execute(chosen):
            if parent in wanted:
                told = msgspec.json.decode(why, type=tuple[str, ...])
                found.append(Descent(document=document, parent=parent, kind=kind, probability=probability, why=told))
    return found


def links_among(connection: sa.Connection, engine: str, ids: Sequence[str]) -> list[Link]:
    """Links of an engine with both ends among some reports."""
    wanted = set(ids)
    found = []
    for at in range(0, len(ids), 400):
        chosen = sa.select(links.c.a, links.c.b, links.c.probability, links.c.why)
        for a, b, p, why in connection.execute(chosen.where(links.c.engine == engine, links.c.a.in_(ids[at : at + 400]))):
            if b in wanted:
                found.append(Link(a=a, b=b, probability=p, why=msgspec.json.decode(why, type=dict[str, float])))
    return found


def put_clusters(connection: sa.Connection, engine: str, found: Iterable[tuple[str, str]]) -> None:
    """Say of reports in which cluster they are: (report, cluster). A report moves where it was in another."""
    _upsert(connection, clusters, [{"engine": engine, "report": report, "cluster": cluster} for report, cluster in found])


def stream_clusters(connection: sa.Connection, engine: str, *, wanted: Filter, cluster: str | None) -> Iterator[tuple[str, list[Report]]]:
    """Clusters with their reports as they stand now; a cluster is given whole where one of its reports fits the filter."""
    mine = clusters.c.engine == engine
    conditions = [mine]
    if cluster is not None:
        conditions.append(clusters.c.cluster == cluster)
    if wanted != Filter(shown=wanted.shown):
        fitting = select_reports(wanted, reports.c.id)
        conditions.append(clusters.c.cluster.in_(sa.select(clusters.c.cluster).where(mine, clusters.c.report.in_(fitting))))
    chosen = (
        select_reports(Filter(shown=wanted.shown), reports.c.data, reports.c.number, clusters.c.cluster)
        .join(clusters, clusters.c.report == reports.c.id)
        .where(*conditions)
        .order_by(clusters.c.cluster, reports.c.number)
    )
    rows = connection.execution_options(yield_per=PAGE).execute(chosen)
    for name, group in groupby(rows, key=lambda r: r[2]):
        yield name, [report_of(r[0], r[1]) for r in group]


def clusters_of(connection: sa.Connection, engine: str, ids: Sequence[str]) -> dict[str, str]:
    """The cluster of each report that is in one."""
    found: dict[str, str] = {}
    for at in range(0, len(ids), 400):
        chosen = sa.select(clusters.c.report, clusters.c.cluster)
        chosen = chosen.where(clusters.c.engine == engine, clusters.c.report.in_(ids[at : at + 400]))
        found |= dict(connection.execute(chosen).all())
    return found


def put_mark(connection: sa.Connection, engine: str, what: str, number: int) -> None:
    """Remember how far an engine has come with something: the number of the last report or document it took in."""
    _upsert(connection, marks, [{"engine": engine, "what": what, "number": number, "made": now()}])


def mark(connection: sa.Connection, engine: str, what: str) -> int:
    """How far an engine has come; 0 before it began."""
    chosen = sa.select(marks.c.number).where(marks.c.engine == engine, marks.c.what == what)
    return connection.execute(chosen).scalar() or 0


def forget(connection: sa.Connection, engine: str, what: Iterable[str] = tuple(KINDS)) -> None:
    """Throw away what an engine computed."""
    for name in what:
        table = KINDS.get(name)
        if table is None:
            raise StoreError(f"{name!r} is nothing that an engine computes; there are {', '.join(KINDS)}")
        connection.execute(sa.delete(table).where(table.c.engine == engine))


def engines(connection: sa.Connection) -> list[str]:
    """The engines that have computed something."""
    found: set[str] = set()
    for table in KINDS.values():
        found |= set(connection.execute(sa.select(table.c.engine).distinct()).scalars())
    return sorted(found)
