"""The time at which something is written, where a format wants one: the same input can be written twice alike."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from .rows import Row


def now() -> datetime:
    """Now to the second, or what SOURCE_DATE_EPOCH (reproducible-builds.org) says."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(told), UTC) if told.isdigit() else datetime.now(UTC).replace(microsecond=0)


def iso(moment: datetime) -> str:
    """As 2025-06-07T10:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def known_since(row: Row) -> str | None:
    """When the first and oldest document of a row was kept, or else published; None where neither is known."""
    kept = min((p.kept for p in row.papers if p.kept), default=None)
    published = min((p.published for p in row.papers if p.published), default=None)
    return kept or (f"{published}T00:00:00Z" if published else None)
