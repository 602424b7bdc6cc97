"""The first form of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

HIDDEN = """
CREATE VIEW hidden AS SELECT j.subject AS subject, j.id AS judgement FROM judgements j
WHERE j.kind = 'hide' AND NOT EXISTS (SELECT 1 FROM judgements r WHERE r.kind = 'retract' AND r.other = j.id)
"""

# The words of a text lie beside it: in an FTS5 index over `texts`, or as vectors of its passages, for PostgreSQL takes no
# vector beyond one megabyte. Both know English stems; neither drops stop words, so that a phrase is found as it stands.
SQLITE = (
    "CREATE VIRTUAL TABLE words USING fts5("
    "title, text, content='texts', content_rowid='document', tokenize=\"porter unicode61 remove_diacritics 2\")",
    "CREATE TRIGGER judgements_stay_as_they_are BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are only added to'); END",
    "CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are only added to'); END",
)
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY whence_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION whence (COPY = english)",
    "ALTER TEXT SEARCH CONFIGURATION whence ALTER MAPPING FOR asciiword, word, hword_asciipart, hword_part, asciihword, hword "
    "WITH whence_stem",
    "CREATE TABLE words (document BIGINT NOT NULL REFERENCES documents (number), passage INTEGER NOT NULL, "
    "vector TSVECTOR NOT NULL, PRIMARY KEY (document, passage))",
    "CREATE INDEX ix_words_vector ON words USING gin (vector)",
    "CREATE FUNCTION judgements_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'judgements are only added to'; END $$",
    "CREATE TRIGGER judgements_stay BEFORE UPDATE OR DELETE ON judgements FOR EACH ROW EXECUTE FUNCTION judgements_are_kept()",
)


def upgrade() -> None:
    """Make every table, then what each engine has of its own."""
    _captured()
    _computed()
    op.execute(HIDDEN)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def _captured() -> None:
    op.create_table(
        "clusters",
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("report", sa.String(length=24), nullable=False),
        sa.Column("cluster", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("engine", "report", name=op.f("pk_clusters")),
    )
    op.create_index("ix_clusters_engine_cluster", "clusters", ["engine", "cluster"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("other", sa.String(length=24), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_judgements")),
        sa.UniqueConstraint("id", name=op.f("uq_judgements_id")),
    )
    op.create_index(op.f("ix_judgements_kind"), "judgements", ["kind"], unique=False)
    op.create_index(op.f("ix_judgements_other"), "judgements", ["other"], unique=False)
    op.create_index(op.f("ix_judgements_subject"), "judgements", ["subject"], unique=False)
    op.create_table(
        "lineage",
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("document", sa.String(length=24), nullable=False),
        sa.Column("parent", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("engine", "document", "parent", "kind", name=op.f("pk_lineage")),
    )
    op.create_index(op.f("ix_lineage_parent"), "lineage", ["parent"], unique=False)
    op.create_table(
        "links",
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("a", sa.String(length=24), nullable=False),
        sa.Column("b", sa.String(length=24), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("engine", "a", "b", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_b"), "links", ["b"], unique=False)
    op.create_table(
        "marks",
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("engine", "what", name=op.f("pk_marks")),
    )
    op.create_table(
        "originals",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("packed", sa.Boolean(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_originals")),
    )
    op.create_table(
        "sources",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_sources")),
        sa.UniqueConstraint("id", name=op.f("uq_sources_id")),
    )
    op.create_table(
        "documents",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("original", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.String(length=10), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("source", sa.LargeBinary(), nullable=False, comment="the Source as JSON, without text and original"),
        sa.Column("captured", sa.String(length=32), nullable=False),
        sa.Column("outlet", NUMBER, nullable=True),
        sa.Column("reading", NUMBER, nullable=True, comment="the reading in force; None until there is one"),
        sa.ForeignKeyConstraint(["original"], ["originals.sha256"], name=op.f("fk_documents_original")),
        sa.ForeignKeyConstraint(["outlet"], ["sources.number"], name=op.f("fk_documents_outlet")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_documents")),
        sa.UniqueConstraint("id", name=op.f("uq_documents_id")),
    )
    op.create_index(op.f("ix_documents_original"), "documents", ["original"], unique=False)
    op.create_index(op.f("ix_documents_outlet"), "documents", ["outlet"], unique=False)
    op.create_index(op.f("ix_documents_published"), "documents", ["published"], unique=False)
    op.create_index(op.f("ix_documents_reading"), "documents", ["reading"], unique=False)
    op.create_index(op.f("ix_documents_text_sha256"), "documents", ["text_sha256"], unique=False)


def _computed() -> None:
    op.create_table(
        "readings",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("engine", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("model_digest", sa.Text(), nullable=False),
        sa.Column("config", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the whole reading as JSON"),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="zlib of that JSON with an empty document.text"),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name=op.f("fk_readings_document")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_readings")),
        sa.UniqueConstraint("document", "engine", "digest", name=op.f("uq_readings_document_engine_digest")),
    )
    op.create_table(
        "texts",
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name=op.f("fk_texts_document")),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_texts")),
    )
    op.create_table(
        "citations",
        sa.Column("reading", NUMBER, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", NUMBER, nullable=False),
        sa.Column("relation", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_citations_reading")),
        sa.ForeignKeyConstraint(["source"], ["sources.number"], name=op.f("fk_citations_source")),
        sa.PrimaryKeyConstraint("reading", "position", name=op.f("pk_citations")),
    )
    op.create_index(op.f("ix_citations_source"), "citations", ["source"], unique=False)
    op.create_table(
        "reports",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("incident", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=True),
        sa.Column("acled", sa.String(length=40), nullable=True),
        sa.Column("acled_sub", sa.String(length=60), nullable=True),
        sa.Column("earliest", sa.String(length=10), nullable=True),
        sa.Column("latest", sa.String(length=10), nullable=True),
        sa.Column(
            "begins", sa.String(length=10), nullable=True, comment="earliest, or before all days where only latest is known; for filters"
        ),
        sa.Column("ends", sa.String(length=10), nullable=True, comment="latest, or after all days where only earliest is known"),
        sa.Column("precision", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_key", sa.String(length=80), nullable=True),
        sa.Column("geonames_id", sa.BigInteger(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("place_kind", sa.String(length=16), nullable=True),
        sa.Column("precision_km", sa.Double(), nullable=True),
        sa.Column("killed_low", sa.BigInteger(), nullable=True),
        sa.Column("killed_high", sa.BigInteger(), nullable=True),
        sa.Column("injured_low", sa.BigInteger(), nullable=True),
        sa.Column("injured_high", sa.BigInteger(), nullable=True),
        sa.Column("killed_or_injured_low", sa.BigInteger(), nullable=True),
        sa.Column("killed_or_injured_high", sa.BigInteger(), nullable=True),
        sa.Column("captured_low", sa.BigInteger(), nullable=True),
        sa.Column("captured_high", sa.BigInteger(), nullable=True),
        sa.Column("displaced_low", sa.BigInteger(), nullable=True),
        sa.Column("displaced_high", sa.BigInteger(), nullable=True),
        sa.Column("destroyed_low", sa.BigInteger(), nullable=True),
        sa.Column("destroyed_high", sa.BigInteger(), nullable=True),
        sa.Column("damaged_low", sa.BigInteger(), nullable=True),
        sa.Column("damaged_high", sa.BigInteger(), nullable=True),
        sa.Column("participants_low", sa.BigInteger(), nullable=True),
        sa.Column("participants_high", sa.BigInteger(), nullable=True),
        sa.Column("incidents_low", sa.BigInteger(), nullable=True),
        sa.Column("incidents_high", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="the Report as JSON, without its number"),
        sa.ForeignKeyConstraint(["document"], ["documents.number"], name=op.f("fk_reports_document")),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_reports_reading")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reports")),
        sa.UniqueConstraint("reading", "incident", name=op.f("uq_reports_reading_incident")),
    )
    op.create_index(op.f("ix_reports_acled"), "reports", ["acled"], unique=False)
    op.create_index("ix_reports_begins_ends", "reports", ["begins", "ends"], unique=False)
    op.create_index("ix_reports_country_begins_ends", "reports", ["country", "begins", "ends"], unique=False)
    op.create_index(op.f("ix_reports_document"), "reports", ["document"], unique=False)
    op.create_index(op.f("ix_reports_geonames_id"), "reports", ["geonames_id"], unique=False)
    op.create_index(op.f("ix_reports_id"), "reports", ["id"], unique=False)
    op.create_index("ix_reports_latitude_longitude", "reports", ["latitude", "longitude"], unique=False)
    op.create_index(op.f("ix_reports_place_key"), "reports", ["place_key"], unique=False)
    op.create_index(op.f("ix_reports_type"), "reports", ["type"], unique=False)
    op.create_table(
        "parties",
        sa.Column("report", NUMBER, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.number"], name=op.f("fk_parties_report")),
        sa.PrimaryKeyConstraint("report", "role", "position", name=op.f("pk_parties")),
    )
    op.create_index(op.f("ix_parties_key"), "parties", ["key"], unique=False)
