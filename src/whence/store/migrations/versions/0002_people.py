"""Incidents across documents as lists show them; people, sessions, tokens, looks; what is coded twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

LOOKS_STAY = {
    "sqlite": (
        "CREATE TRIGGER looks_stay_as_they_are BEFORE UPDATE ON looks BEGIN SELECT RAISE(ABORT, 'looks are only added to'); END",
        "CREATE TRIGGER looks_stay BEFORE DELETE ON looks BEGIN SELECT RAISE(ABORT, 'looks are only added to'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION looks_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'looks are only added to'; END $$",
        "CREATE TRIGGER looks_stay BEFORE UPDATE OR DELETE ON looks FOR EACH ROW EXECUTE FUNCTION looks_are_kept()",
    ),
}


def upgrade() -> None:
    """Make the tables; the log of looks is only added to, as judgements are."""
    _made()
    for statement in LOOKS_STAY[op.get_bind().dialect.name]:
        op.execute(statement)


def _made() -> None:
    op.create_table(
        "assignments",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("report", sa.String(length=24), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_assignments")),
        sa.UniqueConstraint("report", "coder", name=op.f("uq_assignments_report_coder")),
    )
    op.create_table(
        "codings",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("report", sa.String(length=24), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=True, comment="None: not told"),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_codings")),
    )
    op.create_index(op.f("ix_codings_report"), "codings", ["report"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("engine", sa.String(length=80), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("acled", sa.String(length=40), nullable=True),
        sa.Column("acled_sub", sa.String(length=60), nullable=True),
        sa.Column("begins", sa.String(length=10), nullable=True),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("place_key", sa.String(length=80), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("doubt", sa.Double(), nullable=False, comment="how much there is to decide: uncertainty times reach"),
        sa.Column("members", NUMBER, nullable=False, comment="the sum of the numbers of its reports, to see that they changed"),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="the Overview as JSON"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_incidents")),
        sa.UniqueConstraint("engine", "id", name=op.f("uq_incidents_engine_id")),
    )
    op.create_index("ix_incidents_acled_sub", "incidents", ["acled_sub", "acled"], unique=False)
    op.create_index("ix_incidents_begins_ends", "incidents", ["begins", "ends", "number"], unique=False)
    op.create_index("ix_incidents_country", "incidents", ["country", "ends"], unique=False)
    op.create_index("ix_incidents_disputed", "incidents", ["disputed"], unique=False)
    op.create_index("ix_incidents_doubt", "incidents", ["doubt", "number"], unique=False)
    op.create_index(
        "ix_incidents_everything",
        "incidents",
        [
            *(
                "country",
                "status",
                "disputed",
                "origins",
                "acled_sub",
                "acled",
                "type",
                "begins",
                "ends",
                "place_key",
                "latitude",
                "longitude",
            ),
            "number",
        ],
        unique=False,
    )
    op.create_index("ix_incidents_ends_begins", "incidents", ["ends", "begins", "number"], unique=False)
    op.create_index("ix_incidents_latitude_longitude", "incidents", ["latitude", "longitude"], unique=False)
    op.create_index("ix_incidents_origins", "incidents", ["origins"], unique=False)
    op.create_index("ix_incidents_place_key", "incidents", ["place_key"], unique=False)
    op.create_index("ix_incidents_status", "incidents", ["status"], unique=False)
    op.create_table(
        "looks",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("judgement", sa.String(length=24), nullable=False, comment="the protection whose name was looked at"),
        sa.Column("place", sa.Text(), nullable=False, comment="the page"),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_looks")),
    )
    op.create_index(op.f("ix_looks_judgement"), "looks", ["judgement"], unique=False)
    op.create_table(
        "people",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False, comment="the folded name, by which one signs in"),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("password", sa.Text(), nullable=True, comment="argon2id; None until the invitation is taken up"),
        sa.Column("invitation", sa.String(length=64), nullable=True, comment="SHA-256 of a code that is good for one time"),
        sa.Column("invited", sa.String(length=32), nullable=True, comment="until when"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked", sa.String(length=32), nullable=True, comment="until when nobody signs in under the name"),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("added", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_people")),
        sa.UniqueConstraint("id", name=op.f("uq_people_id")),
        sa.UniqueConstraint("key", name=op.f("uq_people_key")),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of what the cookie holds"),
        sa.Column("person", sa.String(length=24), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("ends", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person"), "sessions", ["person"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the token"),
        sa.Column("person", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.String(length=80), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.Column("ends", sa.String(length=32), nullable=True),
        sa.Column("used", sa.String(length=32), nullable=True),
        sa.Column("revoked", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_tokens_digest")),
    )
    op.create_index(op.f("ix_tokens_person"), "tokens", ["person"], unique=False)
    op.create_table(
        "incident_parties",
        sa.Column("incident", NUMBER, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.number"], name=op.f("fk_incident_parties_incident")),
        sa.PrimaryKeyConstraint("incident", "role", "key", name=op.f("pk_incident_parties")),
    )
    op.create_index("ix_incident_parties_key_incident", "incident_parties", ["key", "incident"], unique=False)
    op.create_table(
        "incident_sources",
        sa.Column("incident", NUMBER, autoincrement=False, nullable=False),
        sa.Column("source", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.number"], name=op.f("fk_incident_sources_incident")),
        sa.PrimaryKeyConstraint("incident", "source", name=op.f("pk_incident_sources")),
    )
    op.create_index("ix_incident_sources_source_incident", "incident_sources", ["source", "incident"], unique=False)


def downgrade() -> None:
    """Back to the first form: accounts, codings and looks are lost, incidents are computed again by the next version."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER looks_stay ON looks")
        op.execute("DROP FUNCTION looks_are_kept()")
    for table in (
        *("incident_sources", "incident_parties", "incidents", "people", "sessions", "tokens"),
        *("looks", "assignments", "codings"),
    ):
        op.drop_table(table)
