"""Whence reads conflict reporting into sourced data: who did what to whom, where, when, and who says so.

    import whence

    reading = whence.read(text, published="2022-03-21", publisher="The Daily")
    for incident in reading.incidents: ...

`Whence` is the engine for many documents. The language model is loaded when the first document is read, not when the
package is imported.
"""

from __future__ import annotations

import datetime
import functools
from typing import TYPE_CHECKING, Any

from whence._version import __version__
from whence.errors import WhenceError

if TYPE_CHECKING:
    from whence.config import Settings
    from whence.pipeline import Whence
    from whence.records import Reading

__all__ = ["Reading", "Whence", "WhenceError", "__version__", "read"]


def read(
    text: str,
    *,
    published: str | datetime.date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str | None = None,
    id: str = "text",
    settings: Settings | None = None,
) -> Reading:
    """One document, read. IntakeError or ReaderError where it cannot be, ResourceError where the model is missing.

    `published` is a date or its ISO form; without it, days of the week stay open. The engine is loaded on the first
    call and kept; the place index is built once if there is none yet.
    """
    from whence.intake import text_source

    source = text_source(text, identity=id, published=published, publisher=publisher, title=title, url=url, language=language)
    return _engine(settings).read(source)


@functools.lru_cache(maxsize=2)
def _engine(settings: Settings | None) -> Whence:
    from whence.config import load_settings
    from whence.gazetteer import Gazetteer
    from whence.pipeline import Whence

    settings = settings or load_settings()[0]
    Gazetteer.open(settings.gazetteer(), create=True).close()
    return Whence(settings)


def __getattr__(name: str) -> Any:
    if name == "Whence":
        from whence.pipeline import Whence

        return Whence
    if name == "Reading":
        from whence.records import Reading

        return Reading
    raise AttributeError(f"module 'whence' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
