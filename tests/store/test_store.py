"""Going in and coming out, on both engines."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from whence.errors import Conflict, NotFound, StoreError
from whence.records import Source, encode
from whence.store import Filter, Item, Store, captured

from .made import ENGINE, NEWER, item, reading, source


def only(store: Store) -> str:
    (document,) = store.documents()
    return document.id


def test_what_goes_in_comes_out(store: Store) -> None:
    one = item(1)
    (kept,) = store.add([one])
    assert (kept.state, kept.reports) == ("added", 1)
    assert kept.document == one.capture.id
    assert one.reading is not None
    again = store.reading(kept.document)
    assert again is not None
    assert encode(again) == encode(one.reading)
    assert store.source(kept.document) == one.capture.source
    assert store.original(kept.document) == one.capture.source.text.encode()
    listed = store.document(kept.document)
    assert listed.title == "Convoy ambushed near Um Rawaba"
    assert (listed.publisher, listed.published, listed.reports, listed.engine) == ("Sahel Post", "2025-06-08", 1, "0.1.0")


def test_adding_twice_adds_once(store: Store) -> None:
    items = [item(n) for n in range(5)]
    assert [k.state for k in store.add(items)] == ["added"] * 5
    before = store.counts()
    assert [k.state for k in store.add(items)] == ["present"] * 5
    assert [k.state for k in store.add([item(n, at="2030-01-01T00:00:00Z") for n in range(5)])] == ["present"] * 5
    assert store.counts() == before
    assert list(store.verify()) == []


def test_a_document_twice_in_one_batch_is_one(store: Store) -> None:
    assert [k.state for k in store.add([item(1), item(1), item(2)])] == ["added", "present", "added"]
    assert store.counts()["documents"] == 2


def test_the_same_text_from_another_address_is_another_capture(store: Store) -> None:
    store.add([item(1, url="https://a.example/1"), item(1, url="https://b.example/1")])
    counts = store.counts()
    assert (counts["documents"], counts["originals"], counts["readings"]) == (2, 1, 2)


def test_what_a_person_said_makes_another_document_what_intake_found_does_not() -> None:
    page = Source(id="page.html", text="Words.", title="Found", original=b"<p>Words.</p>")
    same = msgspec.structs.replace(page, id="elsewhere.html", title="Found otherwise", publisher="Found too")
    told = msgspec.structs.replace(page, publisher="Said", given=("publisher",))
    assert captured(page).id == captured(same).id
    assert captured(page).id != captured(told).id


def test_original_bytes_are_kept(store: Store) -> None:
    data = b"\xef\xbb\xbf" + source(1).text.encode() + b"\r\n" + b"\x80\xff" * 300
    raw = msgspec.structs.replace(source(1), original=data)
    (kept,) = store.add([Item(capture=captured(raw), reading=None)])
    assert store.original(kept.document) == data
    assert store.source(kept.document) == raw
    assert store.reading(kept.document) is None
    assert list(store.verify()) == []


def test_a_document_without_a_reading_is_read_later(store: Store) -> None:
    bare = Item(capture=captured(source(1)), reading=None)
    assert store.add([bare])[0].state == "added"
    assert store.there([bare.capture.id]) == {bare.capture.id}
    assert store.there([bare.capture.id], engine=ENGINE) == set()
    assert store.add([item(1)])[0].state == "reread"
    assert store.there([bare.capture.id], engine=ENGINE) == {bare.capture.id}
    assert len(list(store.reports())) == 1


def test_a_newer_reading_keeps_the_old_one_and_the_judgements(store: Store) -> None:
    store.add([item(1)])
    document = only(store)
    (report,) = store.reports()
    store.judge("correct", report.id, field="country", value="SSD", who="Amna")
    assert store.add([item(1, engine=NEWER)])[0].state == "reread"
    assert [(r.version, r.in_force) for r in store.readings(document)] == [("0.1.0", False), ("0.2.0", True)]
    (newer,) = store.reports()
    assert newer.id == report.id
    assert newer.number != report.number
    assert newer.country == "SSD"
    assert [j.who for j in store.judgements(report.id)] == ["Amna"]
    old = store.reading(document, store.readings(document)[0].number)
    assert old is not None
    assert old.engine == ENGINE
    assert store.add([item(1)])[0].state == "present"  # and is the one in force again
    assert [r.in_force for r in store.readings(document)] == [True, False]
    assert list(store.verify()) == []


def test_a_reading_of_another_text_is_refused(store: Store) -> None:
    with pytest.raises(Conflict, match="another text"):
        store.add([Item(capture=captured(source(1)), reading=reading(source(2)))])
    assert store.counts()["documents"] == 0


def test_a_report_is_flattened(store: Store) -> None:
    store.add([item(1)])
    (report,) = store.reports()
    assert (report.type, report.mode, report.acled and report.acled.sub_event_type) == ("ASSAULT", "firearms", "Armed clash")
    assert (report.earliest, report.latest, report.precision) == ("2025-06-07", "2025-06-07", "day")
    assert (report.place, report.country, report.admin1, report.precision_km) == ("Um Rawaba", "SDN", "North Kordofan", 5.0)
    assert ([a.name for a in report.actors], [t.name for t in report.targets]) == (["Gunmen"], ["guards"])
    assert [(c.measure, c.of, c.low, c.high) for c in report.counts] == [("killed", "guards", 4, 4)]
    assert [[p.name for p in t.chain] for t in report.tellings] == [["Nile Courier", "Sahel Post"]]
    assert report.publisher == "Sahel Post"
    assert store.report(report.id) == report


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Filter(), {"Kosti", "Nyala", "Juba"}),
        (Filter(country="SSD"), {"Juba"}),
        (Filter(place="NYALA"), {"Nyala"}),
        (Filter(type="PROTEST"), set()),
        (Filter(acled="Battles", country="SDN"), {"Kosti", "Nyala"}),
        (Filter(acled="Armed clash", admin1="north kordofan"), {"Kosti", "Nyala", "Juba"}),
        (Filter(since="2025-06-07", until="2025-06-07"), {"Kosti", "Nyala", "Juba"}),
        (Filter(since="2025-06-08"), set()),
        (Filter(until="2025-06-06"), set()),
        (Filter(box=(31.0, 12.0, 32.0, 13.0)), {"Kosti", "Nyala", "Juba"}),
        (Filter(box=(170.0, 12.0, -170.0, 13.0)), set()),
        (Filter(actor="gunm"), {"Kosti", "Nyala", "Juba"}),
        (Filter(actor="%"), {"Kosti", "Nyala", "Juba"}),  # folds to nothing, and excludes nothing
        (Filter(actor="g_nmen"), set()),
        (Filter(source="sahel  POST"), {"Kosti", "Nyala"}),
        (Filter(source="nobody"), set()),
        (Filter(disputed=True), set()),
        (Filter(status="happened", disputed=False), {"Kosti", "Nyala", "Juba"}),
    ],
)
def test_filters(store: Store, wanted: Filter, places: set[str]) -> None:
    for n, (place, country, publisher) in enumerate(
        [("Kosti", "SDN", "Sahel Post"), ("Nyala", "SDN", "Sahel Post"), ("Juba", "SSD", "Equator")]
    ):
        of = source(n, place=place, publisher=publisher)
        store.add([Item(capture=captured(of), reading=reading(of, country=country))])
    assert {r.place for r in store.reports(wanted)} == places
    if wanted.since is None and wanted.until is None:
        assert len(list(store.documents(wanted))) == len(places)


def test_streams_go_on_after_a_number(store: Store) -> None:
    store.add([item(n) for n in range(10)])
    first = list(store.reports(limit=4))
    rest = list(store.reports(after=first[-1].number or 0))
    assert [r.document for r in first + rest] == [d.id for d in store.documents()]
    assert [d.name for d in store.documents(newest=True, limit=2)] == ["doc-9", "doc-8"]
    assert len({r.id for r in first + rest}) == 10


def test_blocks(store: Store) -> None:
    store.add([item(n, place=p) for n, p in enumerate(["Kosti", "Nyala", "Kosti"])])
    assert [(key, len(found)) for key, found in store.blocks(["country", "place", "month"])] == [
        (("SDN", "kosti", "2025-06"), 2),
        (("SDN", "nyala", "2025-06"), 1),
    ]
    with pytest.raises(StoreError, match="country, admin1"):
        list(store.blocks(["colour"]))


def test_sources_and_whom_they_cite(store: Store) -> None:
    store.add([item(1), item(2), item(3, publisher="Nile Courier"), item(4, publisher=None)])
    found = {o.name: o for o in store.sources()}
    assert found["Sahel Post"].documents == 2
    assert found["Sahel Post"].cites == (("Nile Courier", "citing", 2),)
    assert (found["Nile Courier"].documents, found["Nile Courier"].cited_by) == (1, 4)


def test_ids_by_their_beginning(store: Store) -> None:
    store.add([item(n) for n in range(3)])
    one = next(iter(store.documents()))
    assert store.meant(one.id) == one.id
    assert store.meant(one.id[:10]) == one.id
    assert store.meant("Sahel POST", "S").startswith("S-")
    for begun, words in (("D-", "more than one"), ("D-zz", "no such"), ("%", "no such"), ("Nobody", "no such")):
        with pytest.raises(NotFound, match=words):
            store.meant(begun)


@pytest.mark.parametrize("missing", ["document", "source", "original", "reading", "readings", "report"])
def test_what_is_not_there_is_not_found(store: Store, missing: str) -> None:
    with pytest.raises(NotFound, match="D-0"):
        getattr(store, missing)("D-0")


def test_originals_are_what_their_hash_says(store: Store) -> None:
    one = item(1)
    store.add([one])
    assert hashlib.sha256(store.original(one.capture.id)).hexdigest() == hashlib.sha256(one.capture.original).hexdigest()
