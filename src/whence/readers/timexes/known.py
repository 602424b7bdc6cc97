"""Days that reports count from without naming them: data/time/events.tsv."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib.resources import files

from whence.errors import ResourceError


@cache
def known_events() -> tuple[tuple[re.Pattern[str], date], ...]:
    """The patterns and days of the table. ResourceError where it is missing or broken."""
    path = files("whence") / "data" / "time" / "events.tsv"
    try:
        lines = path.read_text(encoding="utf8").splitlines()
        rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")][1:]
        return tuple((re.compile(pattern, re.I), date.fromisoformat(day)) for pattern, day in rows)
    except (OSError, ValueError, re.error) as error:
        raise ResourceError(f"the table of events {path} cannot be read: {error}. Install Whence again.") from error


def event_near(text: str, start: int, end: int) -> date | None:
    """The day of the event named in text[start:end]; the first pattern that fits wins."""
    stretch = text[start:end]
    return next((day for pattern, day in known_events() if pattern.search(stretch)), None)
