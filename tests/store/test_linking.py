"""What is computed across documents: by engine, written as it comes, thrown away at will."""

from __future__ import annotations

import pytest

from whence.errors import StoreError
from whence.records import Descent, Link
from whence.store import Filter, Store

from .made import NEWER, item


@pytest.fixture
def ids(store: Store) -> list[str]:
    store.add([item(n, place=p) for n, p in enumerate(["Kosti", "Kosti", "Nyala"])])
    return [r.id for r in store.reports()]


def test_links(store: Store, ids: list[str]) -> None:
    a, b, c = ids
    store.put_links("linker/1", [Link(a=b, b=a, probability=0.6, why={"place": 2.0}), Link(a=a, b=c, probability=0.1, why={})])
    store.put_links("linker/1", [Link(a=a, b=b, probability=0.9, why={"place": 3.5})])
    store.put_links("linker/2", [Link(a=a, b=b, probability=0.2, why={})])
    first, second = sorted((a, b))
    assert [(link.a, link.b, link.why) for link in store.links("linker/1", least=0.5)] == [(first, second, {"place": 3.5})]
    assert len(list(store.links("linker/1", report=a))) == 2
    assert len(list(store.links("linker/1", report=b))) == 1
    with pytest.raises(StoreError, match="to itself"):
        store.put_links("linker/1", [Link(a=a, b=a, probability=1, why={})])
    assert store.engines() == ["linker/1", "linker/2"]
    store.forget("linker/1")
    assert list(store.links("linker/1")) == []
    assert len(list(store.links("linker/2"))) == 1


def test_lineage(store: Store, ids: list[str]) -> None:
    first, second, third = (d.id for d in store.documents())
    edges = [
        Descent(document=second, parent=first, kind="copies", probability=0.97, why=("31 of 33 shingles",)),
        Descent(document=third, parent=store.meant("Nile Courier", "S"), kind="cites", probability=1.0),
    ]
    store.put_lineage("lineage/1", edges)
    store.put_lineage("lineage/1", edges)
    assert sorted(store.lineage("lineage/1"), key=lambda d: d.probability) == edges
    assert list(store.lineage("lineage/1", about=first)) == edges[:1]


def test_clusters_are_computed_with_the_reports_of_now(store: Store, ids: list[str]) -> None:
    a, b, c = ids
    store.put_clusters("linker/1", [(a, "X"), (b, "Y"), (c, "Y")], mark=("reports", 3))
    store.put_clusters("linker/1", [(b, "X")])
    assert store.mark("linker/1", "reports") == 3
    assert store.mark("linker/1", "documents") == 0
    assert {name: [r.id for r in found] for name, found in store.clusters("linker/1")} == {"X": [a, b], "Y": [c]}
    assert [name for name, _ in store.clusters("linker/1", Filter(place="Nyala"))] == ["Y"]
    assert [name for name, _ in store.clusters("linker/1", cluster="X")] == ["X"]
    assert store.clusters_of("linker/1", [a, c, "R-none"]) == {a: "X", c: "Y"}
    store.judge("hide", b, who="Amna", why="a copy")
    assert dict(store.clusters("linker/1", cluster="X"))["X"][0].id == a
    store.add([item(0, place="Kosti", engine=NEWER)])
    ((_, found),) = store.clusters("linker/1", cluster="X")
    assert [r.id for r in found] == [a]  # the same report, out of the newer reading
    assert found[0].number == 4
