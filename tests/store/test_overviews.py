"""Rows of incidents: found, counted, drawn together and put anew, on both engines."""

from __future__ import annotations

import msgspec
import pytest

from whence.errors import NotFound, StoreError
from whence.records import Acled, Link, Overview, Tally
from whence.store import Filter, Row, Store

from .made import item

ENGINE = "test/1"
PLACES = {"Um Rawaba": (31.2, 12.9), "Kosti": (32.7, 13.2), "Goma": (29.2, -1.7)}


def overview(n: int, place: str, **more: object) -> Overview:
    """An incident of our own making."""
    x, y = PLACES[place]
    base = Overview(
        id=f"I-{n}",
        type="ASSAULT",
        acled=Acled(event_type="Battles", sub_event_type="Armed clash"),
        status="happened",
        earliest=f"2025-0{n}-07",
        latest=f"2025-0{n}-07",
        place=place,
        admin1=None,
        country="SDN" if y > 0 else "COD",
        latitude=y,
        longitude=x,
        place_kind="town",
        precision_km=5.0,
        actors="Gunmen",
        targets="guards",
        counts=(Tally(measure="killed", of=None, low=n, high=n),),
        reports=1,
        documents=1,
        publishers=("Sahel Post",),
        origins=n,
        disputed=n == 2,
        disputed_fields=(),
        credibility=3,
        weakest=None,
    )
    return msgspec.structs.replace(base, **more)


@pytest.fixture
def kept(store: Store) -> Store:
    documents = [k.document for k in store.add([item(n, publisher=p) for n, p in enumerate(("Sahel Post", "Radio Kosti", "Sahel Post"))])]
    parties = (("actor", "Gunmen", "armed_group"), ("target", "guards", "state_forces"))
    rows = [
        Row(overview=overview(n, place), members=n, documents=(documents[n - 1],), parties=parties if n < 3 else parties[1:])
        for n, place in enumerate(PLACES, 1)
    ]
    store.overviews.put(ENGINE, rows, marks={"overview": 3})
    return store


def ids(found: list[Overview]) -> list[str]:
    return [o.id for o in found]


@pytest.mark.parametrize(
    ("wanted", "least", "found"),
    [
        (Filter(), None, ["I-3", "I-2", "I-1"]),
        (Filter(country="COD"), None, ["I-3"]),
        (Filter(since="2025-02-01"), None, ["I-3", "I-2"]),
        (Filter(until="2025-02-07"), None, ["I-2", "I-1"]),
        (Filter(actor="gunm"), None, ["I-2", "I-1"]),
        (Filter(actor="gq"), None, []),
        (Filter(source="Sahel Post"), None, ["I-3", "I-1"]),
        (Filter(place="kosti"), None, ["I-2"]),
        (Filter(disputed=True), None, ["I-2"]),
        (Filter(acled="Battles"), 2, ["I-3", "I-2"]),
        (Filter(box=(30.0, 10.0, 33.0, 14.0)), None, ["I-2", "I-1"]),
    ],
)
def test_incidents_are_found(kept: Store, wanted: Filter, least: int | None, found: list[str]) -> None:
    assert ids(kept.overviews.page(wanted, least=least)) == found
    assert kept.overviews.fitting(wanted, least=least) == len(found)


def test_orders_and_pages(kept: Store) -> None:
    assert ids(kept.overviews.page(Filter(), order="earliest")) == ["I-1", "I-2", "I-3"]
    assert ids(kept.overviews.page(Filter(), order="doubt"))[0] == "I-2"
    assert ids(kept.overviews.page(Filter(), limit=1, offset=1)) == ["I-2"]
    with pytest.raises(StoreError, match="sideways"):
        kept.overviews.page(Filter(), order="sideways")


def test_facets_set_their_own_filter_aside(kept: Store) -> None:
    found = kept.overviews.counted(Filter(country="SDN"), by=("country", "source", "disputed", "origins"), least=2)
    assert found["country"] == [("COD", 1), ("SDN", 1)]
    assert found["source"] == [("Radio Kosti", 1)]
    assert found["disputed"] == [(True, 1)]
    assert found["origins"] == [(1, 1), (2, 1)]
    with pytest.raises(StoreError, match="colour"):
        kept.overviews.counted(Filter(), by=("colour",))


def test_periods_and_cells(kept: Store) -> None:
    assert kept.overviews.periods(Filter(), digits=7) == [("2025-01", 1), ("2025-02", 1), ("2025-03", 1)]
    assert kept.overviews.periods(Filter(), digits=4) == [("2025", 3)]
    assert kept.overviews.span() == ("2025-01-07", "2025-03-07")
    whole = kept.overviews.cells(Filter())
    assert sorted(c.count for c in whole) == [1, 2]
    near = kept.overviews.cells(Filter(box=(31.0, 12.0, 33.0, 14.0)))
    assert [c.count for c in near] == [1, 1]
    assert near[0].box[0] <= near[0].longitude <= near[0].box[2]


def test_rows_take_the_place_of_those_of_the_same_id(kept: Store) -> None:
    kept.overviews.put(ENGINE, [Row(overview=overview(1, "Kosti"), members=9, documents=(), parties=())], gone=["I-2"])
    assert ids(kept.overviews.page(Filter())) == ["I-3", "I-1"]
    assert kept.overviews.one("I-1").place == "Kosti"
    assert kept.overviews.fitting(Filter(actor="gunmen")) == 0
    with pytest.raises(NotFound, match="I-2"):
        kept.overviews.one("I-2")


def test_what_is_stale(kept: Store) -> None:
    reports = list(kept.reports())
    kept.put_clusters(ENGINE, [(r.id, f"I-{1 + n // 2}") for n, r in enumerate(reports)])
    fresh, gone = kept.overviews.stale(ENGINE)
    assert fresh == {"I-1", "I-2"}
    assert gone == {"I-3"}


def test_who_is_in_incidents_with_whom(kept: Store) -> None:
    first = kept.overviews.actors()[0]
    assert (first.name, first.acting, first.targeted) == ("guards", 0, 3)
    assert [a.name for a in kept.overviews.actors(like="GUN")] == ["Gunmen"]
    assert kept.overviews.beside("gunmen") == [("actor", "target", "guards", "ASSAULT", 2)]


def test_pairs_that_are_to_be_judged(kept: Store) -> None:
    a, b, c = (r.id for r in kept.reports())
    kept.put_links(ENGINE, [Link(a=x, b=y, probability=p, why={}) for x, y, p in ((a, b, 0.45), (a, c, 0.6), (b, c, 0.99))])
    assert [round(k.probability, 2) for k in kept.overviews.doubtful(ENGINE, limit=5)] == [0.45, 0.6]
    made = kept.judge("not_same", b, other=a, who="Amna")
    assert [round(k.probability, 2) for k in kept.overviews.doubtful(ENGINE, limit=5)] == [0.6]
    kept.judge("retract", made.id, who="Amna")
    assert len(kept.overviews.doubtful(ENGINE, limit=5)) == 2
    kept.judge("hide", c, who="Amna", why="asked for")
    assert len(kept.overviews.doubtful(ENGINE, limit=5)) == 1
