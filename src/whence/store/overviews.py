"""Incidents across documents as lists, maps and lines of time want them: a row each, kept beside the clusters and made anew from them.

The rows hold nothing of their own. They are there because a hundred thousand clusters cannot be computed while somebody waits; what an
incident is, its reports and judgements say (see `linking`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from whence.errors import NotFound, StoreError
from whence.records import Link, Overview, Record

from .captures import folded, source_id
from .finding import Filter
from .judging import in_force as not_retracted
from .linking import put_mark
from .opening import Database
from .projecting import FIRST, LAST
from .tables import KEY, clusters, documents, hidden, incident_parties, incident_sources, incidents, judgements, links, reports, sources

FACETS: dict[str, sa.ColumnElement[Any]] = {
    "acled": incidents.c.acled_sub,
    "country": incidents.c.country,
    "source": sources.c.name,
    "status": incidents.c.status,
    "disputed": incidents.c.disputed,
    "origins": incidents.c.origins,
}
"""What incidents are counted by."""
ORDERS = ("latest", "earliest", "doubt", "added")
"""Orders of a page: by day, last or first one first; what there is most to decide of first; as they came, the last one first."""
CELLS = 24
"""Cells of the grid along the width of a map, in which incidents are drawn together where there are too many."""
CHUNK = 400

_overview = msgspec.json.Decoder(Overview)


class Row(Record):
    """An overview with what it is found by: its members' numbers summed, the documents' ids of its sources, (role, name, type)."""

    overview: Overview
    members: int
    documents: tuple[str, ...]
    parties: tuple[tuple[str, str, str], ...]


class Cell(Record):
    """Incidents drawn together on a map: how many, the box they lie in (west, south, east, north), their middle, the kind most are of."""

    count: int
    box: tuple[float, float, float, float]
    longitude: float
    latitude: float
    acled: str | None


class ActorRow(Record):
    """Somebody who acted or was acted upon: in how many incidents, and as what."""

    key: str
    name: str
    type: str
    acting: int
    targeted: int


class Standing(Record):
    """How the reports of a source have stood: those whose incident another independent origin tells too, those of incidents in dispute,
    those that reviewers corrected, and those that they graded credible (1 or 2) or not (4 or 5)."""

    reports: int = 0
    confirmed: int = 0
    disputed: int = 0
    corrected: int = 0
    credible: int = 0
    doubted: int = 0


class Overviews:
    """The rows of incidents of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Keeping them

    def stale(self, engine: str) -> tuple[set[str], set[str]]:
        """(clusters whose rows are missing or of other members, ids of rows whose cluster is gone)."""
        shown = ~sa.or_(*(column.in_(sa.select(hidden.c.subject)) for column in (reports.c.id, documents.c.id)))
        now_there = (
            sa.select(clusters.c.cluster, sa.func.sum(reports.c.number))
            .join(reports, reports.c.id == clusters.c.report)
            .join(documents, sa.and_(documents.c.number == reports.c.document, documents.c.reading == reports.c.reading))
            .where(clusters.c.engine == engine, shown)
            .group_by(clusters.c.cluster)
        )
        with self._database.reading() as connection:
            there = {name: int(total) for name, total in connection.execute(now_there)}
            kept = {
                r.id: (r.members, r.engine) for r in connection.execute(sa.select(incidents.c.id, incidents.c.members, incidents.c.engine))
            }
        fresh = {name for name, total in there.items() if kept.get(name) != (total, engine)}
        return fresh, kept.keys() - there.keys()

    def put(self, engine: str, rows: Sequence[Row], *, gone: Iterable[str] = (), marks: dict[str, int] | None = None) -> None:
        """Put rows in, in place of those of the same ids, and take away those that are gone."""
        ids = [*dict.fromkeys(gone), *(r.overview.id for r in rows)]

        def work(connection: sa.Connection) -> None:
            _drop(connection, ids)
            last = connection.execute(sa.select(sa.func.max(incidents.c.number))).scalar() or 0
            outlets = _outlets(connection, {d for r in rows for d in r.documents})
            written: dict[sa.Table, list[dict[str, Any]]] = {incidents: [], incident_sources: [], incident_parties: []}
            for number, row in enumerate(rows, last + 1):
                written[incidents].append({"number": number, "engine": engine, "members": row.members, **_columns(row.overview)})
                sources_of = dict.fromkeys(outlets[d] for d in row.documents if d in outlets)
                written[incident_sources] += [{"incident": number, "source": s} for s in sources_of]
                sides = {(role, folded(name)[:KEY]): (name, kind) for role, name, kind in row.parties}
                written[incident_parties] += [
                    {"incident": number, "role": role, "key": key, "name": name, "type": kind}
                    for (role, key), (name, kind) in sides.items()
                ]
            for table, values in written.items():
                if values:
                    connection.execute(sa.insert(table), values)
            for what, at in (marks or {}).items():
                put_mark(connection, engine, what, at)

        self._database.writing(work)

    def newest(self) -> tuple[int, int]:
        """(the number of the last report, of the last judgement): where both are what the rows were made from, they are up to date."""
        with self._database.reading() as connection:
            return tuple(connection.execute(sa.select(sa.func.max(t.c.number))).scalar() or 0 for t in (reports, judgements))  # type: ignore[return-value]

    # Looking at them

    def one(self, identity: str) -> Overview:
        """An incident by its id. NotFound."""
        with self._database.reading() as connection:
            data = connection.execute(sa.select(incidents.c.data).where(incidents.c.id == identity)).scalar()
        if data is None:
            raise NotFound(f"{identity}: no such incident")
        return _overview.decode(data)

    def page(self, wanted: Filter, *, least: int | None = None, order: str = "latest", limit: int = 100, offset: int = 0) -> list[Overview]:
        """A page of incidents; those without a day come last in orders of days."""
        if order not in ORDERS:
            raise StoreError(f"incidents are not put in the order {order!r}; there are {', '.join(ORDERS)}")
        c = incidents.c
        # NULLS LAST by hand: SQLite's index holds NULLs first, descending they come last by themselves.
        keys: dict[str, tuple[Any, ...]] = {
            "latest": (c.ends.desc().nulls_last(), c.begins.desc().nulls_last(), c.number.desc()),
            "earliest": (c.begins.is_(None), c.begins, c.ends, c.number),
            "doubt": (c.doubt.desc(), c.number.desc()),
            "added": (c.number.desc(),),
        }
        chosen = sa.select(c.data).where(*_fitting(wanted, least)).order_by(*keys[order]).limit(limit).offset(offset)
        with self._database.reading() as connection:
            return [_overview.decode(data) for data in connection.execute(chosen).scalars()]

    def fitting(self, wanted: Filter, *, least: int | None = None) -> int:
        """How many incidents fit."""
        with self._database.reading() as connection:
            chosen = sa.select(sa.func.count()).select_from(incidents).where(*_fitting(wanted, least))
            return int(connection.execute(chosen).scalar_one())

    def counted(self, wanted: Filter, *, by: Sequence[str], least: int | None = None, limit: int = 30) -> dict[str, list[tuple[Any, int]]]:
        """How many incidents there are of each value of some fields; the filter on the very field is set aside."""
        found: dict[str, list[tuple[Any, int]]] = {}
        count = sa.func.count()
        with self._database.reading() as connection:
            for field in by:
                if field not in FACETS:
                    raise StoreError(f"incidents are not counted by {field!r}; there are {', '.join(FACETS)}")
                column = FACETS[field]
                rest = msgspec.structs.replace(wanted, **{field: None}) if field in Filter.__struct_fields__ else wanted
                fitting = _fitting(rest, None if field == "origins" else least)
                if field == "source":
                    by_number = sa.select(incident_sources.c.source, count.label("n")).group_by(incident_sources.c.source)
                    if fitting:
                        by_number = by_number.join(incidents, incidents.c.number == incident_sources.c.incident).where(*fitting)
                    counts = by_number.order_by(sa.desc("n")).limit(limit).subquery()
                    chosen = sa.select(sources.c.name, counts.c.n).join(counts, counts.c.source == sources.c.number)
                    chosen = chosen.order_by(counts.c.n.desc(), sources.c.name)
                else:
                    chosen = sa.select(column, count).where(column.is_not(None), *fitting).group_by(column)
                    chosen = chosen.order_by(*((column,) if field == "origins" else (count.desc(), column))).limit(limit)
                found[field] = [(value, n) for value, n in connection.execute(chosen)]
        return found

    def periods(self, wanted: Filter, *, digits: int, least: int | None = None) -> list[tuple[str, int]]:
        """How many incidents began in each year, month or day (4, 7 or 10 `digits` of the date), in their order."""
        period = sa.func.substr(incidents.c.begins, 1, digits)
        dated = (incidents.c.begins.is_not(None), incidents.c.begins != FIRST)
        chosen = sa.select(period, sa.func.count()).where(*dated, *_fitting(wanted, least)).group_by(period).order_by(period)
        with self._database.reading() as connection:
            return [(value, n) for value, n in connection.execute(chosen)]

    def span(self) -> tuple[str, str] | None:
        """The first and the last day on which an incident began; None where none is dated."""
        begins = incidents.c.begins
        with self._database.reading() as connection:
            dated = sa.select(sa.func.min(begins), sa.func.max(begins)).where(begins.is_not(None), begins != FIRST)
            first, last = connection.execute(dated).one()
        return (first, last) if first is not None else None

    def doubtful(self, engine: str, *, limit: int, offset: int = 0) -> list[Link]:
        """Links that are neither sure nor unlikely and that nobody has judged, the least certain first, among equals the nearest."""
        of = judgements.alias("of")
        pair = sa.or_(
            sa.and_(of.c.subject == links.c.a, of.c.other == links.c.b), sa.and_(of.c.subject == links.c.b, of.c.other == links.c.a)
        )
        taken = judgements.alias("taken")
        judged = sa.exists().where(
            of.c.kind.in_(("same", "not_same")), pair, ~sa.exists().where(taken.c.kind == "retract", taken.c.other == of.c.id)
        )
        chosen = (
            sa.select(links.c.a, links.c.b, links.c.probability, links.c.why)
            .where(
                links.c.engine == engine,
                links.c.probability.between(0.1, 0.95),
                ~judged,
                *(_in_force(end) for end in (links.c.a, links.c.b)),
            )
            .order_by(sa.func.abs(links.c.probability - 0.5), links.c.a, links.c.b)
            .limit(limit)
            .offset(offset)
        )
        with self._database.reading() as connection:
            return [
                Link(a=a, b=b, probability=p, why=msgspec.json.decode(why, type=dict[str, float]))
                for a, b, p, why in connection.execute(chosen)
            ]

    def cells(self, wanted: Filter, *, least: int | None = None) -> list[Cell]:
        """Incidents that lie somewhere, drawn together in the cells of a grid over the box of the filter, or over the whole earth."""
        west, _, east, _ = wanted.box or (-180.0, -85.0, 180.0, 85.0)
        step = max(0.02, ((east - west) % 360 or 360.0) / CELLS)
        c = incidents.c
        x, y = sa.func.floor((c.longitude + 180) / step), sa.func.floor((c.latitude + 90) / step)
        chosen = (
            sa.select(
                sa.func.count(),
                sa.func.min(c.longitude),
                sa.func.min(c.latitude),
                sa.func.max(c.longitude),
                sa.func.max(c.latitude),
                sa.func.avg(c.longitude),
                sa.func.avg(c.latitude),
                c.acled,
                x,
                y,
            )
            .where(c.latitude.is_not(None), *_fitting(wanted, least))
            .group_by(x, y, c.acled)
        )
        together: dict[tuple[float, float], list[Any]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(chosen):
                together.setdefault((row[8], row[9]), []).append(row)
        return [_cell(rows) for rows in together.values()]

    def actors(self, *, like: str | None = None, limit: int = 200, offset: int = 0) -> list[ActorRow]:
        """Who acts and who is acted upon, those in most incidents first; `like`: part of the name."""
        c = incident_parties.c
        acting = sa.func.sum(sa.case((c.role == "actor", 1), else_=0))
        chosen = sa.select(c.key, sa.func.min(c.name), sa.func.min(c.type), acting, sa.func.count() - acting).group_by(c.key)
        if like:
            chosen = chosen.where(c.key.contains(folded(like)[:KEY], autoescape=True))
        chosen = chosen.order_by(sa.func.count().desc(), c.key).limit(limit).offset(offset)
        with self._database.reading() as connection:
            return [
                ActorRow(key=k, name=name, type=kind, acting=int(a), targeted=int(t)) for k, name, kind, a, t in connection.execute(chosen)
            ]

    def standings(self, engine: str) -> dict[str, Standing]:
        """How the reports of each source have stood, by its id."""
        said = [judgements.c.kind, judgements.c.subject, judgements.c.value]
        chosen = (
            sa.select(sources.c.id, reports.c.id, incidents.c.origins, incidents.c.disputed)
            .select_from(reports)
            .join(documents, sa.and_(documents.c.number == reports.c.document, documents.c.reading == reports.c.reading))
            .join(sources, sources.c.number == documents.c.outlet)
            .join(clusters, sa.and_(clusters.c.report == reports.c.id, clusters.c.engine == engine))
            .join(incidents, incidents.c.id == clusters.c.cluster)
        )
        with self._database.reading() as connection:
            judged: dict[str, dict[str, str]] = {}
            kinds = ("correct", "credibility")
            for kind, subject, value in connection.execute(
                sa.select(*said).where(judgements.c.kind.in_(kinds), not_retracted()).order_by(judgements.c.number)
            ):
                judged.setdefault(subject, {})[kind] = value or ""
            found: dict[str, list[int]] = {}
            for source, report, origins, disputed in connection.execute(chosen):
                grade = judged.get(report, {}).get("credibility", "")
                row = (1, origins > 1, disputed, "correct" in judged.get(report, {}), grade in ("1", "2"), grade in ("4", "5"))
                counts = found.setdefault(source, [0] * 6)
                for n, one in enumerate(row):
                    counts[n] += bool(one)
        names = Standing.__struct_fields__
        return {source: Standing(**dict(zip(names, counts, strict=True))) for source, counts in found.items()}

    def beside(self, key: str, *, limit: int = 40) -> list[tuple[str, str, str, str | None, int]]:
        """(own role, other's role, other's name, kind of incident, how many) of all who are in incidents with an actor."""
        one, other = incident_parties.alias("one"), incident_parties.alias("other")
        count = sa.func.count()
        chosen = (
            sa.select(one.c.role, other.c.role, sa.func.min(other.c.name), incidents.c.type, count)
            .join(other, sa.and_(other.c.incident == one.c.incident, other.c.key != one.c.key))
            .join(incidents, incidents.c.number == one.c.incident)
            .where(one.c.key == key)
            .group_by(one.c.role, other.c.role, other.c.key, incidents.c.type)
            .order_by(count.desc(), other.c.key)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [tuple(r) for r in connection.execute(chosen)]


def _in_force(report: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """That a report stands in the reading in force and is not hidden."""
    return sa.exists().where(
        reports.c.id == report,
        documents.c.number == reports.c.document,
        documents.c.reading == reports.c.reading,
        ~reports.c.id.in_(sa.select(hidden.c.subject)),
        ~documents.c.id.in_(sa.select(hidden.c.subject)),
    )


def _columns(o: Overview) -> dict[str, Any]:
    return {
        "id": o.id,
        "type": o.type,
        "acled": o.acled.event_type if o.acled else None,
        "acled_sub": o.acled.sub_event_type if o.acled else None,
        "begins": o.earliest or (FIRST if o.latest else None),
        "ends": o.latest or (LAST if o.earliest else None),
        "place_key": folded(o.place)[:KEY] if o.place else None,
        "country": o.country,
        "admin1": o.admin1,
        "latitude": o.latitude,
        "longitude": o.longitude,
        "status": o.status,
        "reports": o.reports,
        "origins": o.origins,
        "disputed": o.disputed,
        "doubt": o.doubt,
        "data": msgspec.json.encode(o),
    }


def _drop(connection: sa.Connection, ids: Sequence[str]) -> None:
    for at in range(0, len(ids), CHUNK):
        some = sa.select(incidents.c.number).where(incidents.c.id.in_(ids[at : at + CHUNK]))
        for table in (incident_sources, incident_parties):
            connection.execute(sa.delete(table).where(table.c.incident.in_(some)))
        connection.execute(sa.delete(incidents).where(incidents.c.id.in_(ids[at : at + CHUNK])))


def _outlets(connection: sa.Connection, ids: Iterable[str]) -> dict[str, int]:
    wanted = sorted(ids)
    found: dict[str, int] = {}
    for at in range(0, len(wanted), CHUNK):
        chosen = sa.select(documents.c.id, documents.c.outlet).where(
            documents.c.id.in_(wanted[at : at + CHUNK]), documents.c.outlet.is_not(None)
        )
        found |= dict(connection.execute(chosen).all())
    return found


def _fitting(wanted: Filter, least: int | None) -> list[sa.ColumnElement[bool]]:
    c = incidents.c
    conditions: list[sa.ColumnElement[bool]] = []
    for column, value in ((c.country, wanted.country), (c.status, wanted.status), (c.type, wanted.type)):
        if value is not None:
            conditions.append(column == value)
    if wanted.acled is not None:
        conditions.append(sa.or_(c.acled_sub == wanted.acled, c.acled == wanted.acled))
    if wanted.admin1 is not None:
        conditions.append(sa.func.lower(c.admin1) == wanted.admin1.lower())
    if wanted.place is not None:
        conditions.append(c.place_key == folded(wanted.place)[:KEY])
    if wanted.since is not None:
        conditions.append(c.ends >= wanted.since)
    if wanted.until is not None:
        conditions.append(c.begins <= wanted.until)
    if wanted.disputed is not None:
        conditions.append(c.disputed == wanted.disputed)
    if least is not None:
        conditions.append(c.origins >= least)
    if wanted.box is not None:
        west, south, east, north = wanted.box
        within = c.longitude.between(west, east)
        conditions += [c.latitude.between(south, north), within if west <= east else sa.or_(c.longitude >= west, c.longitude <= east)]
    if wanted.source is not None:
        named = sa.select(sources.c.number).where(sources.c.id.in_([wanted.source, source_id(wanted.source)]))
        conditions.append(c.number.in_(sa.select(incident_sources.c.incident).where(incident_sources.c.source.in_(named))))
    if wanted.actor is not None:
        key = incident_parties.c.key.contains(folded(wanted.actor)[:KEY], autoescape=True)
        conditions.append(c.number.in_(sa.select(incident_parties.c.incident).where(key)))
    if wanted.document is not None:
        of = sa.select(reports.c.id).join(documents, documents.c.number == reports.c.document).where(documents.c.id == wanted.document)
        conditions.append(c.id.in_(sa.select(clusters.c.cluster).where(clusters.c.report.in_(of), clusters.c.engine == c.engine)))
    return conditions


def _cell(rows: Sequence[Any]) -> Cell:
    count = sum(r[0] for r in rows)
    return Cell(
        count=count,
        box=(min(r[1] for r in rows), min(r[2] for r in rows), max(r[3] for r in rows), max(r[4] for r in rows)),
        longitude=sum(r[0] * r[5] for r in rows) / count,
        latitude=sum(r[0] * r[6] for r in rows) / count,
        acled=max(rows, key=lambda r: r[0])[7],
    )
