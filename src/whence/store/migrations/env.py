"""Alembic's way in: the connection is always handed over by the store, which holds the writer's lock."""

from __future__ import annotations

from alembic import context

from whence.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
