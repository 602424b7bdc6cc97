"""Alembic, kept apart: it is loaded only where tables are made or changed."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from whence.errors import StoreError

SCRIPTS = Path(__file__).parent / "migrations"


def configuration(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration over the shipped migrations."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: sa.Connection) -> None:
    """Bring the tables to the newest revision, inside the transaction of the connection. StoreError where no way leads there."""
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise StoreError(f"no migration leads from the revision that is there ({error})") from None
