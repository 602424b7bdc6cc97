"""The pages of the site, a file for each part of it."""

from __future__ import annotations

from . import (
    activity,
    actors,
    adding,
    coding,
    documents,
    exporting,
    incidents,
    judging,
    looking,
    merging,
    people,
    protecting,
    questions,
    reports,
    sources,
)

HANDLERS = (
    *adding.HANDLERS,
    *documents.HANDLERS,
    *incidents.HANDLERS,
    *reports.HANDLERS,
    *merging.HANDLERS,
    *people.HANDLERS,
    *coding.HANDLERS,
    *actors.HANDLERS,
    *exporting.HANDLERS,
    *protecting.HANDLERS,
    *questions.HANDLERS,
    *sources.HANDLERS,
    *judging.HANDLERS,
    *activity.HANDLERS,
    *looking.HANDLERS,
)
"""Every route."""
