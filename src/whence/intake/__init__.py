"""Getting text in: files, folders, pages, addresses. The only network in the package is `fetching`."""

from __future__ import annotations

from .lines import from_text, iso_day, lines
from .material import Columns
from .sources import Overrides, overridden, sources, text_source

__all__ = ["Columns", "Overrides", "from_text", "iso_day", "lines", "overridden", "sources", "text_source"]
