"""Linking what is kept: incidents out of reports, brought up to date as reports and judgements come."""

from __future__ import annotations

import itertools
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from whence.corroboration.incidents import account
from whence.linking import ENGINE, edges_among, link
from whence.records import Extent
from whence.store import Item, Store

from .store.made import NEWER, item

PLACES = ("Kosti", "Kosti", "Kosti", "Nyala")


def told(n: int, place: str, publisher: str) -> Item:
    """An item whose reading has its sentences."""
    made = item(n, place=place, publisher=publisher)
    assert made.reading is not None
    cuts = [0, *(m.end() for m in re.finditer(r"\. ", made.reading.document.text)), len(made.reading.document.text)]
    sentences = tuple(Extent(start=a, end=b) for a, b in itertools.pairwise(cuts) if a < b)
    return msgspec.structs.replace(made, reading=msgspec.structs.replace(made.reading, sentences=sentences))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    kept = Store(tmp_path / "kept.sqlite")
    kept.add([told(5 * n, p, f"Outlet {chr(65 + n)}") for n, p in enumerate(PLACES)])
    return kept


def clusters(store: Store) -> dict[str, set[str]]:
    return {name: {r.id for r in reports} for name, reports in store.clusters(ENGINE)}


def test_reports_become_incidents_and_nothing_is_done_twice(store: Store) -> None:
    done = link(store)
    assert done.reports == 4
    sizes = sorted(len(reports) for reports in clusters(store).values())
    assert sum(sizes) == 4
    before = clusters(store)
    again = link(store)
    assert (again.reports, again.compared) == (0, 0)
    assert clusters(store) == before


def test_what_is_added_later_is_compared_alone(store: Store) -> None:
    link(store)
    names = clusters(store)
    store.add([item(20, place="Kosti", publisher="Outlet E")])
    later = link(store)
    assert later.reports == 1
    assert later.compared <= 4
    assert sum(map(len, clusters(store).values())) == 5
    assert set(names) & set(clusters(store))


def test_judgements_bind_for_ever_and_can_be_taken_back(store: Store) -> None:
    link(store)
    ids = [r.id for r in store.reports()]
    together = next((c for c in clusters(store).values() if len(c) > 1), None)
    assert together is not None
    a, b = sorted(together)[:2]
    torn = store.judge("not_same", a, other=b, who="Amna")
    link(store)
    assert not any({a, b} <= c for c in clusters(store).values())
    store.add([item(25, place="Kosti", publisher="Outlet F")])
    link(store)
    assert not any({a, b} <= c for c in clusters(store).values())
    store.judge("retract", torn.id, who="Amna")
    store.judge("same", ids[0], other=ids[3], who="Amna")
    link(store)
    assert any({a, b} <= c for c in clusters(store).values())
    assert any({ids[0], ids[3]} <= c for c in clusters(store).values())


def test_a_newer_reading_and_hidden_documents(store: Store) -> None:
    link(store)
    store.add([item(0, place="Kosti", publisher="Outlet A", engine=NEWER)])
    link(store)
    assert sum(map(len, clusters(store).values())) == 4
    hidden = next(iter(store.documents())).id
    taken = store.judge("hide", hidden, who="Amna", why="asked for")
    link(store)
    assert sum(map(len, clusters(store).values())) == 3
    store.judge("retract", taken.id, who="Amna")
    link(store)
    assert sum(map(len, clusters(store).values())) == 4


def test_a_batch_gives_the_same_as_one_by_one(store: Store, tmp_path: Path) -> None:
    link(store)
    other = Store(tmp_path / "other.sqlite")
    for n, p in enumerate(PLACES):
        other.add([told(5 * n, p, f"Outlet {chr(65 + n)}")])
        link(other)
    assert clusters(other) == clusters(store)


def test_lineage_and_origins_of_near_copies(store: Store) -> None:
    link(store)
    name, reports = max(store.clusters(ENGINE), key=lambda c: len(c[1]))
    edges = edges_among(store, [r.document for r in reports])
    assert edges
    told = account(name, reports, edges)
    assert len(told.origins) < len(told.documents)
    assert all(e.probability > 0 and e.why for e in edges)


def test_what_lies_far_off_in_time_is_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    link(store)
    far = item(40, place="Kosti", publisher="Outlet G")
    assert far.reading is not None
    when = lambda w: msgspec.structs.replace(w, earliest="2031-05-01", latest="2031-05-01", precision="day")  # noqa: E731
    incidents = tuple(msgspec.structs.replace(i, when=when(i.when)) for i in far.reading.incidents)
    store.add([msgspec.structs.replace(far, reading=msgspec.structs.replace(far.reading, incidents=incidents))])
    asked: list[int] = []
    read = store.reading
    monkeypatch.setattr(store, "reading", lambda document: asked.append(1) or read(document))
    assert link(store).compared == 0
    assert len(asked) == 1
    assert len(list(store.around(date(2031, 4, 20), date(2031, 5, 10), longest=35))) == 1
    assert len(store.named([r.id for r in store.reports()])) == 5


def test_what_hangs_together_by_judgement_is_found_again_from_either_end(store: Store) -> None:
    link(store)
    ids = [r.id for r in store.reports()]
    store.judge("same", ids[0], other=ids[3], who="Amna")
    link(store)
    before = clusters(store)
    store.add([told(25, "Nyala", "Outlet F")])
    link(store)
    after = clusters(store)
    assert any({ids[0], ids[3]} <= c for c in after.values())
    assert set(before) <= set(after)
