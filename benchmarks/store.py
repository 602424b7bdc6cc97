"""How fast the store alone is: adding ready readings in batches, then searching and filtering what is there.

    python benchmarks/store.py                          10,000, 30,000 and 100,000 documents in one SQLite file each
    python benchmarks/store.py 10000 --store DSN        on an empty PostgreSQL database
    python benchmarks/store.py 10000 --batch 32         in the batches of `whence add`

Readings are made here, with varied text of about 2,500 characters and one to three incidents each, and are not part of the time.
Each size runs in a process of its own, for its memory; queries are the median of seven.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from whence.intake import text_source
from whence.records import (
    SCHEMA,
    Acled,
    Claim,
    Count,
    Document,
    Engine,
    Entity,
    Event,
    Extent,
    Incident,
    Mention,
    ModelId,
    Place,
    Reading,
    Source,
    Span,
    Toponym,
    Via,
    When,
)
from whence.records.vocabulary import ACLED
from whence.store import Filter, Item, Store, captured

SIZES = (10_000, 30_000, 100_000)
BATCH = 500
ENGINE = Engine(name="whence", version="0", model=ModelId(name="made", digest="0"), config="0")
PLACES = (
    ("Um Rawaba", "SDN", "North Kordofan", 12.9, 31.2),
    ("Nyala", "SDN", "South Darfur", 12.05, 24.88),
    ("Kosti", "SDN", "White Nile", 13.16, 32.66),
    ("Jassim", "SYR", "Daraa", 32.99, 36.06),
    ("Inkhil", "SYR", "Daraa", 33.02, 36.13),
    ("Balakliia", "UKR", "Kharkiv", 49.46, 36.86),
    ("Kani", "MMR", "Sagaing", 22.44, 94.85),
    ("Hombori", "MLI", "Mopti", 15.28, -1.7),
    ("Juba", "SSD", "Central Equatoria", 4.85, 31.6),
)
OUTLETS = [
    f"{a} {b}" for a in ("Levant", "Nile", "Sahel", "Delta", "Steppe", "Harbour") for b in ("Wire", "Courier", "Daily", "Bulletin", "Post")
]
SIDES = ("gunmen", "a local militia", "army units", "the river battalion", "border guards", "tribal fighters", "police officers")
VERBS = ("ambushed", "shelled", "stormed", "attacked", "bombed", "raided")
FILLER = (
    "market road clinic school bridge convoy village river district council witness doctor relative driver farmer harvest truce "
    "talks patrol checkpoint warehouse fuel bread water power line hospital camp tent family teacher elder rain dust night dawn "
    "morning evening smoke crater window wall roof truck bus motorcycle field orchard well generator radio statement spokesman "
    "committee delegation agreement prisoner ransom curfew siege shell rocket drone mine rifle funeral prayer mosque church"
).split()
SYLLABLES = "ka ro mi ta shi du la ber qa nu zem far".split()
SUBS = [(event_type, sub) for event_type, subs in ACLED.items() for sub in subs]


def word(rng: random.Random) -> str:
    """A word of common ones, or now and then one that is rare, as names are."""
    return rng.choice(FILLER) if rng.random() < 0.85 else "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))


def made(n: int) -> Item:
    """A document with its reading, always the same for a number."""
    rng = random.Random(n)
    published = date(2023, 1, 1) + timedelta(days=rng.randrange(1000))
    outlet = rng.choice(OUTLETS)
    told = []
    pieces: list[str] = []
    at = 0

    def say(words: str) -> tuple[int, int]:
        nonlocal at
        pieces.append(words)
        at += len(words)
        return at - len(words), at

    for _ in range(rng.choice((1, 1, 2, 3))):
        actor, target = rng.sample(SIDES, 2)
        place = rng.choice(PLACES)
        killed = rng.randint(1, 30)
        who = say(actor)
        say(" ")
        verb = say(rng.choice(VERBS))
        say(" ")
        whom = say(target)
        say(" near ")
        where = say(place[0])
        say(", killing ")
        count = say(f"{killed} people")
        say(". ")
        told.append((actor, target, place, killed, who, verb, whom, where, count))
        for _ in range(rng.randint(60, 160)):
            say(word(rng) + " ")
        say("\n\n")
    text = "".join(pieces)
    source = text_source(
        text, identity=f"made-{n}", publisher=outlet, published=published, url=f"https://example.org/{n}", title=text[:70].strip()
    )
    return Item(capture=captured(source), reading=_reading(source, outlet, published, told, rng))


def _reading(source: Source, outlet: str, published: date, told: list[tuple[object, ...]], rng: random.Random) -> Reading:
    def span(ends: object) -> Span:
        start, end = ends  # type: ignore[misc]
        return Span(start=start, end=end, text=source.text[start:end])

    def entity(identity: str, name: str, kind: str, country: str | None = None) -> Entity:
        return Entity(id=identity, name=name, type=kind, country=country, roles=(), affiliations=(), named=True)  # type: ignore[arg-type]

    entities = [entity("N-0", outlet, "media"), entity("N-1", rng.choice(OUTLETS), "media")]
    mentions, toponyms, events, claims, incidents = [], [], [], [], []
    for k, (actor, target, place, killed, who, verb, whom, where, count) in enumerate(told):
        name, country, admin1, latitude, longitude = place  # type: ignore[misc]
        a, b = f"N-a{k}", f"N-b{k}"
        entities += [entity(a, str(actor), "armed_group", country), entity(b, str(target), "state_forces", country)]
        for side, (ends, identity) in enumerate(((who, a), (whom, b))):
            s = span(ends)
            mentions.append(Mention(id=f"M-{k}{side}", start=s.start, end=s.end, text=s.text, form="nominal", entity=identity))
        s = span(where)
        found = Place(
            name=name,
            geonames_id=None,
            latitude=latitude,
            longitude=longitude,
            country=country,
            admin1=admin1,
            kind="town",
            precision_km=5.0,
        )
        toponyms.append(Toponym(id=f"T-{k}", start=s.start, end=s.end, text=s.text, use="literal", place=found, alternatives=0))
        day = (published - timedelta(days=rng.randrange(5))).isoformat()
        when = When(timex=None, earliest=day, latest=day, precision="day")
        acled = Acled(event_type=(sub := rng.choice(SUBS))[0], sub_event_type=sub[1])
        counts = (Count(measure="killed", of=b, low=killed, high=killed, span=span(count), includes=()),)  # type: ignore[arg-type]
        same = {"type": "ASSAULT", "mode": "firearms", "acled": acled, "when": when, "weapons": (), "counts": counts, "status": "happened"}
        events.append(
            Event(id=f"E-{k}", trigger=span(verb), arguments=(), places=(f"T-{k}",), sentence=0, aggregate=False, parts=(), **same)  # type: ignore[arg-type]
        )
        content = (Span(start=s.start, end=s.end, text=s.text),)
        claims.append(
            Claim(
                id=f"C-{k}", event=f"E-{k}", content=content, attribution=None, chain=("N-1", "N-0"), stance="asserts", polarity="positive",
                certainty="certain", opposes=(),
            )
        )  # fmt: skip
        incidents.append(
            Incident(
                id=f"I-{k}", events=(f"E-{k}",), actors=(a,), targets=(b,), places=(f"T-{k}",), claims=(f"C-{k}",), origins=1,
                disputed=k == 2, **same
            )  # type: ignore[arg-type]
        )  # fmt: skip
    via = (Via(publisher="N-1", relation="citing", span=None),) if rng.random() < 0.3 else ()
    return Reading(
        schema=SCHEMA,
        engine=ENGINE,
        document=Document(
            id=source.id, title=source.title, publisher="N-0", published=source.published, published_earliest=None, published_latest=None,
            published_from="given", url=source.url, language="en", text=source.text, parts=(), via=via,
        ),
        sentences=tuple(Extent(start=n, end=n + 80) for n in range(0, len(source.text) - 80, 81)),
        mentions=tuple(mentions), entities=tuple(entities), timexes=(), toponyms=tuple(toponyms), attributions=(), events=tuple(events),
        claims=tuple(claims), incidents=tuple(incidents), questions=(), relations=(),
    )  # fmt: skip


def median(work: Callable[[], object]) -> float:
    """Milliseconds, the median of seven."""
    taken = []
    for _ in range(7):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return round(1000 * statistics.median(taken), 1)


def count(rows: Iterable[object]) -> int:
    return sum(1 for _ in rows)


def measure(documents: int, place: str, batch: int) -> dict[str, object]:
    """Add, then look."""
    adding = slowest = 0.0
    last = 0.0
    characters = 0
    with Store(place) as store:
        for at in range(0, documents, batch):
            items = [made(n) for n in range(at, min(documents, at + batch))]
            characters += sum(len(i.capture.source.text) for i in items)
            began = time.perf_counter()
            store.add(items)
            last = time.perf_counter() - began
            adding += last
            slowest = max(slowest, last)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        file = Path(place)
        size = None if "://" in place else round(sum(p.stat().st_size for p in file.parent.glob(file.name + "*")) / 1e6)
        again = [made(n) for n in range(min(documents, batch))]
        began = time.perf_counter()
        store.add(again)
        present = time.perf_counter() - began
        return {
            "documents": documents,
            "batch": batch,
            "reports": store.counts()["reports"],
            "characters": characters,
            "documents/s": round(documents / adding),
            "slowest batch, ms": round(1000 * slowest),
            "last batch, ms": round(1000 * last),
            "a batch that is there, ms": round(1000 * present),
            "MB, with the write-ahead log": size,
            "peak memory, MB": round(memory),
            "search, one rare word, ms": median(lambda: store.search("karomita", limit=20)),
            "search, two common words, ms": median(lambda: store.search("market road", limit=20)),
            "search, phrase in a country, ms": median(lambda: store.search('"fuel bread"', Filter(country="SDN"), limit=20)),
            "reports of a country and month, ms": median(
                lambda: count(store.reports(Filter(country="SDN", since="2024-06-01", until="2024-06-30")))
            ),
            "reports in a box, the first 50, ms": median(lambda: count(store.reports(Filter(box=(30.0, 10.0, 33.0, 14.0)), limit=50))),
            "reports of an actor in a week, ms": median(
                lambda: count(store.reports(Filter(actor="river battalion", since="2024-06-01", until="2024-06-07")))
            ),
            "documents of a source, the first 50, ms": median(lambda: count(store.documents(Filter(source="Nile Courier"), limit=50))),
            "sources, ms": median(store.sources),
            "all reports, streamed, s": round(median(lambda: count(store.reports())) / 1000, 1) if documents <= 30_000 else _once(store),
        }


def _once(store: Store) -> float:
    began = time.perf_counter()
    count(store.reports())
    return round(time.perf_counter() - began, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--store", help="DSN of an empty PostgreSQL database, in place of an SQLite file")
    parser.add_argument("--batch", type=int, default=BATCH)
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measure(options.sizes[0], options.inside, options.batch)))
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = options.store or str(Path(folder) / "store.sqlite")
            words = [sys.executable, __file__, str(size), "--inside", place, "--batch", str(options.batch)]
            found = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)
        width = max(map(len, found))
        for name, value in found.items():
            print(f"{name:{width}}  {value:,}" if isinstance(value, int | float) else f"{name:{width}}  {value}")
        print()


if __name__ == "__main__":
    main()
