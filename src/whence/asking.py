"""Questions to the store, or to single readings: the question is read, what may bear on it is found, and its claims are weighed."""

from __future__ import annotations

from collections.abc import Iterable

from whence.corroboration.asking import Answer, answered, asked, bearing, looked_for
from whence.corroboration.lineage import LEAST
from whence.linking import ENGINE
from whence.pipeline import Whence
from whence.records import Descent, Reading, Source
from whence.store import Filter, Store

MOST = 500
"""Documents that one search may bring."""


def _read(whence: Whence, question: str, published: str | None) -> Reading:
    return whence.read(Source(id="question", text=question, language="en", published=published))


def ask(store: Store, whence: Whence, question: str, *, wanted: Filter | None = None, today: str | None = None) -> Answer:
    """The answer of all that is kept and not hidden. `today`: the day by which "last week" in the question is meant."""
    parsed = asked(question, _read(whence, question, today))
    documents: dict[str, str | None] = {}
    for words in looked_for(parsed):
        for hit in store.search(words, wanted or Filter(), limit=MOST):
            documents.setdefault(hit.document.id, hit.document.publisher)
    bearings = [b for d in documents if (reading := store.reading(d)) is not None for b in bearing(parsed, reading, document=d)]
    bearing_documents = dict.fromkeys(b.document for b in bearings)
    edges: list[Descent] = [
        e for d in bearing_documents for e in store.lineage(ENGINE, about=d) if e.document == d and e.probability >= LEAST
    ]
    for edge in edges:
        if edge.parent.startswith("D-") and edge.parent not in documents:
            documents[edge.parent] = store.document(edge.parent).publisher
    return answered(parsed, bearings, edges, documents, documents=len(documents))


def ask_readings(whence: Whence, question: str, readings: Iterable[Reading], *, today: str | None = None) -> Answer:
    """The answer of some readings alone, without a store and without lineage between them."""
    parsed = asked(question, _read(whence, question, today))
    bearings = []
    publishers: dict[str, str | None] = {}
    for reading in readings:
        found = bearing(parsed, reading, document=reading.document.id)
        bearings += found
        publishers[reading.document.id] = found[0].publisher if found else None
    return answered(parsed, bearings, (), publishers, documents=len(publishers))
