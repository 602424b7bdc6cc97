"""The tables, the same on SQLite and PostgreSQL but for the index of words (see `words`).

Three kinds of table stand side by side. What was captured and said is only ever added to: originals, documents, texts,
readings, citations, sources, judgements. What is computed from a reading and its corrections can be computed again: reports,
parties. What another part computes across documents bears the name of its engine and can be thrown away: lineage, links,
clusters, incidents and what they are filtered by, marks. Beside them stand those who come in: people, sessions, tokens, what
they were given to code and what they coded, and their looks at what is protected.

Numbers are given out under the writer's lock, so they rise in the order in which rows become visible: whoever has seen number
n misses nothing by going on after n.
"""

from __future__ import annotations

from typing import get_args

import sqlalchemy as sa

from whence.records.vocabulary import Measure

MEASURES: tuple[str, ...] = get_args(Measure)
HEAD = "0002"
"""The newest migration; a store of another revision is not opened."""
KEY = 80
"""Characters of a folded name that are indexed: PostgreSQL refuses index rows beyond 2,700 bytes."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_id = sa.String(24)
_day = sa.String(10)
_time = sa.String(32)
_number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_digest = sa.String(64)


def _numbered() -> sa.Column[int]:
    return sa.Column("number", _number, primary_key=True, autoincrement=False)


originals = sa.Table(
    "originals",
    metadata,
    sa.Column("sha256", _digest, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("packed", sa.Boolean, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

sources = sa.Table(
    "sources",
    metadata,
    _numbered(),
    sa.Column("id", _id, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("added", _time, nullable=False),
)

documents = sa.Table(
    "documents",
    metadata,
    _numbered(),
    sa.Column("id", _id, nullable=False, unique=True),
    sa.Column("original", _digest, sa.ForeignKey("originals.sha256"), nullable=False, index=True),
    sa.Column("text_sha256", _digest, nullable=False, index=True),
    sa.Column("characters", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("publisher", sa.Text),
    sa.Column("published", _day, index=True),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("source", sa.LargeBinary, nullable=False, comment="the Source as JSON, without text and original"),
    sa.Column("captured", _time, nullable=False),
    sa.Column("outlet", _number, sa.ForeignKey("sources.number"), index=True),
    sa.Column("reading", _number, index=True, comment="the reading in force; None until there is one"),
)

texts = sa.Table(
    "texts",
    metadata,
    sa.Column("document", _number, sa.ForeignKey("documents.number"), primary_key=True, autoincrement=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

readings = sa.Table(
    "readings",
    metadata,
    _numbered(),
    sa.Column("document", _number, sa.ForeignKey("documents.number"), nullable=False),
    sa.Column("engine", _id, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("model_digest", sa.Text, nullable=False),
    sa.Column("config", sa.Text, nullable=False),
    sa.Column("digest", _digest, nullable=False, comment="SHA-256 of the whole reading as JSON"),
    sa.Column("data", sa.LargeBinary, nullable=False, comment="zlib of that JSON with an empty document.text"),
    sa.Column("made", _time, nullable=False),
    sa.UniqueConstraint("document", "engine", "digest"),
)

citations = sa.Table(
    "citations",
    metadata,
    sa.Column("reading", _number, sa.ForeignKey("readings.number"), primary_key=True, autoincrement=False),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("source", _number, sa.ForeignKey("sources.number"), nullable=False, index=True),
    sa.Column("relation", sa.String(24), nullable=False),
)

reports = sa.Table(
    "reports",
    metadata,
    _numbered(),
    sa.Column("id", _id, nullable=False, index=True),
    sa.Column("reading", _number, sa.ForeignKey("readings.number"), nullable=False),
    sa.Column("document", _number, sa.ForeignKey("documents.number"), nullable=False, index=True),
    sa.Column("incident", sa.String(40), nullable=False),
    sa.Column("type", sa.String(16), nullable=False, index=True),
    sa.Column("mode", sa.String(32)),
    sa.Column("acled", sa.String(40), index=True),
    sa.Column("acled_sub", sa.String(60)),
    sa.Column("earliest", _day),
    sa.Column("latest", _day),
    sa.Column("begins", _day, comment="earliest, or before all days where only latest is known; for filters"),
    sa.Column("ends", _day, comment="latest, or after all days where only earliest is known"),
    sa.Column("precision", sa.String(16), nullable=False),
    sa.Column("place", sa.Text),
    sa.Column("place_key", sa.String(KEY), index=True),
    sa.Column("geonames_id", sa.BigInteger, index=True),
    sa.Column("latitude", sa.Double),
    sa.Column("longitude", sa.Double),
    sa.Column("country", sa.String(3)),
    sa.Column("admin1", sa.Text),
    sa.Column("place_kind", sa.String(16)),
    sa.Column("precision_km", sa.Double),
    *(sa.Column(f"{measure}_{side}", sa.BigInteger) for measure in MEASURES for side in ("low", "high")),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("origins", sa.Integer, nullable=False),
    sa.Column("disputed", sa.Boolean, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False, comment="the Report as JSON, without its number"),
    sa.UniqueConstraint("reading", "incident"),
    sa.Index("ix_reports_country_begins_ends", "country", "begins", "ends"),
    sa.Index("ix_reports_begins_ends", "begins", "ends"),
    sa.Index("ix_reports_latitude_longitude", "latitude", "longitude"),
)

parties = sa.Table(
    "parties",
    metadata,
    sa.Column("report", _number, sa.ForeignKey("reports.number"), primary_key=True, autoincrement=False),
    sa.Column("role", sa.String(8), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text),
    sa.Column("key", sa.String(KEY), index=True),
    sa.Column("type", sa.String(24), nullable=False),
    sa.Column("country", sa.String(3)),
)

judgements = sa.Table(
    "judgements",
    metadata,
    _numbered(),
    sa.Column("id", _id, nullable=False, unique=True),
    sa.Column("kind", sa.String(16), nullable=False, index=True),
    sa.Column("subject", _id, nullable=False, index=True),
    sa.Column("other", _id, index=True),
    sa.Column("field", sa.String(40)),
    sa.Column("value", sa.Text),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("why", sa.Text),
    sa.Column("made", _time, nullable=False),
)

lineage = sa.Table(
    "lineage",
    metadata,
    sa.Column("engine", sa.String(80), primary_key=True),
    sa.Column("document", _id, primary_key=True),
    sa.Column("parent", _id, primary_key=True, index=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("probability", sa.Double, nullable=False),
    sa.Column("why", sa.LargeBinary, nullable=False),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("engine", sa.String(80), primary_key=True),
    sa.Column("a", _id, primary_key=True),
    sa.Column("b", _id, primary_key=True, index=True),
    sa.Column("probability", sa.Double, nullable=False),
    sa.Column("why", sa.LargeBinary, nullable=False),
)

clusters = sa.Table(
    "clusters",
    metadata,
    sa.Column("engine", sa.String(80), primary_key=True),
    sa.Column("report", _id, primary_key=True),
    sa.Column("cluster", sa.String(40), nullable=False),
    sa.Index("ix_clusters_engine_cluster", "engine", "cluster"),
)

marks = sa.Table(
    "marks",
    metadata,
    sa.Column("engine", sa.String(80), primary_key=True),
    sa.Column("what", sa.String(40), primary_key=True),
    sa.Column("number", _number, nullable=False),
    sa.Column("made", _time, nullable=False),
)

incidents = sa.Table(
    "incidents",
    metadata,
    _numbered(),
    sa.Column("engine", sa.String(80), nullable=False),
    sa.Column("id", sa.String(40), nullable=False),
    sa.Column("type", sa.String(60), nullable=False),
    sa.Column("acled", sa.String(40)),
    sa.Column("acled_sub", sa.String(60)),
    sa.Column("begins", _day),
    sa.Column("ends", _day),
    sa.Column("place_key", sa.String(KEY)),
    sa.Column("country", sa.String(3)),
    sa.Column("admin1", sa.Text),
    sa.Column("latitude", sa.Double),
    sa.Column("longitude", sa.Double),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("origins", sa.Integer, nullable=False),
    sa.Column("disputed", sa.Boolean, nullable=False),
    sa.Column("doubt", sa.Double, nullable=False, comment="how much there is to decide: uncertainty times reach"),
    sa.Column("members", _number, nullable=False, comment="the sum of the numbers of its reports, to see that they changed"),
    sa.Column("data", sa.LargeBinary, nullable=False, comment="the Overview as JSON"),
    sa.UniqueConstraint("engine", "id"),
    # All that filters and facets ask for, so that they are answered without the rows themselves, which are long.
    sa.Index(
        "ix_incidents_everything",
        *("country", "status", "disputed", "origins", "acled_sub", "acled", "type", "begins", "ends", "place_key", "latitude", "longitude"),
        "number",
    ),
    sa.Index("ix_incidents_ends_begins", "ends", "begins", "number"),
    sa.Index("ix_incidents_begins_ends", "begins", "ends", "number"),
    sa.Index("ix_incidents_doubt", "doubt", "number"),
    sa.Index("ix_incidents_acled_sub", "acled_sub", "acled"),
    sa.Index("ix_incidents_country", "country", "ends"),
    sa.Index("ix_incidents_status", "status"),
    sa.Index("ix_incidents_disputed", "disputed"),
    sa.Index("ix_incidents_origins", "origins"),
    sa.Index("ix_incidents_place_key", "place_key"),
    sa.Index("ix_incidents_latitude_longitude", "latitude", "longitude"),
)

incident_sources = sa.Table(
    "incident_sources",
    metadata,
    sa.Column("incident", _number, sa.ForeignKey("incidents.number"), primary_key=True, autoincrement=False),
    sa.Column("source", _number, primary_key=True, autoincrement=False),
    sa.Index("ix_incident_sources_source_incident", "source", "incident"),
)

incident_parties = sa.Table(
    "incident_parties",
    metadata,
    sa.Column("incident", _number, sa.ForeignKey("incidents.number"), primary_key=True, autoincrement=False),
    sa.Column("role", sa.String(8), primary_key=True),
    sa.Column("key", sa.String(KEY), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("type", sa.String(24), nullable=False),
    sa.Index("ix_incident_parties_key_incident", "key", "incident"),
)

people = sa.Table(
    "people",
    metadata,
    _numbered(),
    sa.Column("id", _id, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("key", sa.String(KEY), nullable=False, unique=True, comment="the folded name, by which one signs in"),
    sa.Column("role", sa.String(8), nullable=False),
    sa.Column("password", sa.Text, comment="argon2id; None until the invitation is taken up"),
    sa.Column("invitation", _digest, comment="SHA-256 of a code that is good for one time"),
    sa.Column("invited", _time, comment="until when"),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked", _time, comment="until when nobody signs in under the name"),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("added", _time, nullable=False),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("digest", _digest, primary_key=True, comment="SHA-256 of what the cookie holds"),
    sa.Column("person", _id, nullable=False, index=True),
    sa.Column("made", _time, nullable=False),
    sa.Column("ends", _time, nullable=False),
)

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", _id, primary_key=True),
    sa.Column("digest", _digest, nullable=False, unique=True, comment="SHA-256 of the token"),
    sa.Column("person", _id, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", sa.String(80), nullable=False),
    sa.Column("made", _time, nullable=False),
    sa.Column("ends", _time),
    sa.Column("used", _time),
    sa.Column("revoked", _time),
)

looks = sa.Table(
    "looks",
    metadata,
    _numbered(),
    sa.Column("made", _time, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("judgement", _id, nullable=False, index=True, comment="the protection whose name was looked at"),
    sa.Column("place", sa.Text, nullable=False, comment="the page"),
    sa.Column("why", sa.Text, nullable=False),
)

assignments = sa.Table(
    "assignments",
    metadata,
    _numbered(),
    sa.Column("report", _id, nullable=False),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("given_by", sa.Text, nullable=False),
    sa.Column("made", _time, nullable=False),
    sa.UniqueConstraint("report", "coder"),
)

codings = sa.Table(
    "codings",
    metadata,
    _numbered(),
    sa.Column("report", _id, nullable=False, index=True),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("field", sa.String(40), nullable=False),
    sa.Column("value", sa.Text, comment="None: not told"),
    sa.Column("made", _time, nullable=False),
)

hidden = sa.table("hidden", sa.column("subject"), sa.column("judgement"))
"""The view of what is hidden now: subjects of `hide` that no later `retract` took back."""

TABLES: tuple[sa.Table, ...] = tuple(metadata.sorted_tables)
"""Every table, those that others point at first."""
