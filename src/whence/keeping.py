"""Reading and keeping in one: what comes in is read and put into the store, batch by batch, each as soon as it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from whence.errors import StoreError
from whence.pipeline import Whence
from whence.records import Failure, Reading, Source, failure
from whence.store import Capture, Item, Kept, Store, captured

if TYPE_CHECKING:
    from whence.intake.watching import Visit

BATCH = 32
"""Documents that are read and kept together: a crash costs at most the reading of so many."""

Outcome = tuple[str, Kept | Failure]
"""The name under which a document was given, and what became of it."""


def keep(store: Store, engine: Callable[[], Whence], sources: Iterable[Source | Failure], *, batch: int = BATCH) -> Iterator[Outcome]:
    """Read and keep what is not there yet, in the order of the sources; an outcome is given after its batch is on disk.

    `engine` is asked for when something has to be read for the first time. What is kept and was read by whichever engine is
    not read again: `reread` does that. A document that cannot be read is not kept. StoreError ends the run.
    """
    coming = iter(sources)
    while some := list(islice(coming, batch)):
        yield from _batch(store, engine, some)


def keep_new(store: Store, engine: Callable[[], Whence], visit: Visit, *, batch: int = 8) -> Iterator[Outcome]:
    """Read and keep what a visit to a feed brings. Each document is noted as taken when it is on disk, or can never be read.

    StoreError ends the visit; what was not kept is brought by the next one.
    """
    for outcome in keep(store, engine, visit.sources(), batch=batch):
        visit.kept()
        yield outcome
    visit.done()


def _batch(store: Store, engine: Callable[[], Whence], some: list[Source | Failure]) -> Iterator[Outcome]:
    ready: list[Capture | Failure] = [_captured(s) if isinstance(s, Source) else s for s in some]
    there = store.there({c.id for c in ready if isinstance(c, Capture)}, read=True)
    wanted: dict[str, Capture] = {}
    for capture in ready:
        if isinstance(capture, Capture) and capture.id not in there:
            wanted.setdefault(capture.id, capture)
    made = _read(engine, wanted)
    outcomes: dict[str, Kept | Failure] = {identity: r for identity, r in made.items() if isinstance(r, Failure)}
    items = [Item(capture=wanted[identity], reading=r) for identity, r in made.items() if isinstance(r, Reading)]
    outcomes |= {kept.document: kept for kept in (store.add(items) if items else ())}
    for given, capture in zip(some, ready, strict=True):
        if isinstance(capture, Failure):
            yield capture.document.id, capture
            continue
        name = given.id if isinstance(given, Source) else capture.source.id
        present = Kept(document=capture.id, state="present", reports=0)
        outcome = outcomes.get(capture.id, present)
        if isinstance(outcome, Kept):  # the second of two equal documents of a batch is there when its turn comes
            outcomes[capture.id] = present
        yield name, outcome


def _captured(source: Source) -> Capture | Failure:
    try:
        return captured(source)
    except StoreError as error:
        return failure(source.id, "unfit", str(error))


def _read(engine: Callable[[], Whence], wanted: dict[str, Capture]) -> dict[str, Reading | Failure]:
    if not wanted:
        return {}
    readings = engine().read_many([c.source for c in wanted.values()])
    return dict(zip(wanted, readings, strict=True))


def reread(store: Store, whence: Whence, *, batch: int = BATCH) -> Iterator[Outcome]:
    """Read again what this engine has not read, and keep its readings beside the older ones; judgements stay as they are.

    Interrupted, it goes on where it was: what has been read by the engine is passed over.
    """
    after = 0
    while page := store.behind(whence.engine, after=after, limit=batch):
        after = page[-1][0]
        sources = {identity: store.source(identity) for _, identity in page}
        items = []
        failed: dict[str, Failure] = {}
        for (identity, source), reading in zip(sources.items(), whence.read_many(sources.values()), strict=True):
            if isinstance(reading, Failure):
                failed[identity] = reading
            else:
                items.append(Item(capture=captured(source, at=store.document(identity).captured), reading=reading))
        kept = {k.document: k for k in (store.add(items) if items else ())}
        for identity, source in sources.items():
            yield source.id, failed.get(identity) or kept[identity]
