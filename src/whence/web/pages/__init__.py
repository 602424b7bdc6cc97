"""The pages of the site, a file for each part of it."""

from __future__ import annotations

from . import activity, adding, documents, incidents, judging, looking, questions, sources

HANDLERS = (
    *adding.HANDLERS,
    *documents.HANDLERS,
    *incidents.HANDLERS,
    *questions.HANDLERS,
    *sources.HANDLERS,
    *judging.HANDLERS,
    *activity.HANDLERS,
    *looking.HANDLERS,
)
"""Every route."""
