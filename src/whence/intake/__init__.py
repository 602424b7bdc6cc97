"""Getting text in: files, folders, pages, addresses. The only network in the package is `fetching`."""

from __future__ import annotations

from .sources import Overrides, from_text, iso_day, lines, overridden, sources, text_source

__all__ = ["Overrides", "from_text", "iso_day", "lines", "overridden", "sources", "text_source"]
