"""How linking grows: an archive put into a store and linked whole, then a hundred reports more added and linked, then asked.

    python benchmarks/linking.py                     10,000, 30,000 and 100,000 reports
    python benchmarks/linking.py 10000 30000

Readings are made here and are not part of the time. Each size runs in a process of its own, for its memory.

The archive grows as one does: days follow each other, with 60 reports a day, so that more reports are more days. Every second event is
told once, others by a handful of outlets and a few by dozens (a power law, 3 reports an event on average); half of the events lie in 12
hot towns of 400. Later reports copy an earlier one whole or in part, name the outlet, or tell it in their own words with other figures; one
document in eight is a roundup of several events.
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
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path

import msgspec

import store as made
from whence.intake import text_source
from whence.linking import ENGINE, edges_among, link
from whence.overview import refresh, told
from whence.records import Acled, Extent, When
from whence.store import Filter, Item, Store, captured

SIZES = (10_000, 30_000, 100_000)
BATCH = 500
LATER = 100
PER_DAY = 60
"""Reports of a day, over all places."""
TOWNS = 400
HOT = 12
KINDS = (
    "Armed clash",
    "Attack",
    "Shelling/artillery/missile attack",
    "Air/drone strike",
    "Abduction/forced disappearance",
    "Peaceful protest",
)
SHARES = (30, 20, 20, 15, 5, 10)
"""Of 100 events, how many are of each kind; roughly those of a war."""

Passage = tuple[str, dict[str, tuple[int, int]]]
"""Sentences with the spans of who, verb, whom, where and count in them."""


class Event:
    """One event of the archive, with what has been told of it so far."""

    def __init__(self, rng: random.Random, towns: list[tuple[str, str, str, float, float]], day: date) -> None:
        self.day = day
        self.place = towns[rng.randrange(HOT)] if rng.random() < 0.5 else rng.choice(towns)
        self.actor, self.target = rng.sample(made.SIDES, 2)
        self.killed = rng.randint(1, 30)
        sub = rng.choices(KINDS, SHARES)[0]
        self.acled = Acled(event_type=next(kind for kind, s in made.SUBS if s == sub), sub_event_type=sub)
        self.words = [rng.choice(made.FILLER) for _ in range(4)] + ["".join(rng.choice(made.SYLLABLES) for _ in range(3)) for _ in range(2)]
        self.told: list[tuple[str, Passage]] = []
        self.reports = min(60, int(rng.paretovariate(1.35)))

    def tell(self, rng: random.Random, outlet: str) -> tuple[Passage, str | None]:
        """What one outlet tells, and the outlet it has it from."""
        origin, whole = rng.choice(self.told) if self.told and rng.random() < 0.4 else ("", None)
        if whole is not None and origin != outlet:
            text, spans = whole
            kept = text if rng.random() < 0.6 else text[: text.index(". ", len(text) // 2) + 2] + _sentences(rng, 2)
            passage = (kept, spans)
        else:
            origin, passage = "", self._own(rng)
        self.told.append((outlet, passage))
        return passage, origin or None

    def _own(self, rng: random.Random) -> Passage:
        text, spans = "", {}

        def say(what: str, words: str) -> None:
            nonlocal text
            spans[what] = (len(text), len(text) + len(words))
            text += words

        say("who", self.actor)
        text += " "
        say("verb", rng.choice(made.VERBS))
        text += " "
        say("whom", self.target)
        text += " near "
        say("where", self.place[0])
        text += f" by the {' and the '.join(rng.sample(self.words, 3))}, killing "
        say("count", f"{max(1, self.killed + rng.choice((0, 0, 0, 0, -1, 1, 3)))} people")
        text += ". "
        return text + _sentences(rng, rng.randint(3, 8)), spans


def _sentences(rng: random.Random, many: int) -> str:
    return "".join(" ".join(made.word(rng) for _ in range(rng.randint(10, 22))) + ". " for _ in range(many))


def archive(rng: random.Random) -> Iterator[Item]:
    """Documents in the order of their days, without end."""
    towns = []
    for n in range(TOWNS):
        name, country, admin1, latitude, longitude = made.PLACES[n % len(made.PLACES)]
        called = name if n < len(made.PLACES) else f"{rng.choice(made.SYLLABLES)}{rng.choice(made.SYLLABLES)} {name}".title()
        towns.append((called, country, admin1, latitude + rng.uniform(-1.5, 1.5), longitude + rng.uniform(-1.5, 1.5)))
    day, n = date(2000, 1, 1), 0
    due: dict[date, list[Event]] = {}
    while True:
        while len(due.setdefault(day, [])) < PER_DAY:
            event = Event(rng, towns, day)
            for _ in range(event.reports):
                due.setdefault(day + timedelta(days=rng.choices((0, 1, 2, 5), (60, 30, 8, 2))[0]), []).append(event)
        today = due.pop(day)
        rng.shuffle(today)
        while today:
            many = rng.randint(2, 4) if rng.random() < 0.12 else 1
            events = list({id(e): e for e in today[-many:]}.values())
            del today[-many:]
            yield _document(n, day, events, rng)
            n += 1
        day += timedelta(days=1)


def _document(n: int, day: date, events: list[Event], rng: random.Random) -> Item:
    outlet = rng.choice(made.OUTLETS)
    text, rows, named = "", [], None
    for event in events:
        (words, spans), origin = event.tell(rng, outlet)
        named = origin or named
        at = {k: (a + len(text), b + len(text)) for k, (a, b) in spans.items()}
        killed = int(words[slice(*spans["count"])].split()[0])
        rows.append((event.actor, event.target, event.place, killed, at["who"], at["verb"], at["whom"], at["where"], at["count"]))
        text += words
    cites = named is not None and rng.random() < 0.5
    if cites:
        text += f"The account was first carried by {named}. "
    source = text_source(
        text, identity=f"made-{n}", publisher=outlet, published=day, url=f"https://example.org/{n}", title=text[:70].strip()
    )
    reading = made._reading(source, outlet, day, rows, rng)
    incidents = []
    for incident, event in zip(reading.incidents, events, strict=True):
        iso = event.day.isoformat()
        when = When(timex=None, earliest=iso, latest=iso, precision="day")
        incidents.append(msgspec.structs.replace(incident, when=when, acled=event.acled))
    # Who is cited is the outlet it has it from; else the outlet speaks for itself.
    entities = tuple(msgspec.structs.replace(e, name=named) if e.id == "N-1" and cites else e for e in reading.entities)
    claims = reading.claims if cites else tuple(msgspec.structs.replace(c, chain=("N-0",)) for c in reading.claims)
    via = tuple(reading.document.via) if cites else ()
    ends = [0, *(i + 2 for i in range(len(text)) if text.startswith(". ", i))]
    sentences = tuple(Extent(start=a, end=b) for a, b in pairwise(ends))
    reading = msgspec.structs.replace(
        reading,
        incidents=tuple(incidents),
        entities=entities,
        claims=claims,
        sentences=sentences,
        document=msgspec.structs.replace(reading.document, via=via),
    )
    return Item(capture=captured(source), reading=reading)


def _median(work: Callable[[], object]) -> float:
    """Milliseconds, the median of five."""
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


def run(size: int) -> dict[str, float]:
    coming = archive(random.Random(7))
    with tempfile.TemporaryDirectory() as folder:
        kept = Store(Path(folder) / "kept.sqlite")
        adding = 0.0

        def fill(many: int) -> int:
            nonlocal adding
            reports = 0
            while reports < many:
                items = list(islice(coming, BATCH if many - reports > 2 * BATCH else 20))
                reports += sum(len(i.reading.incidents) for i in items if i.reading is not None)
                began = time.perf_counter()
                kept.add(items)
                adding += time.perf_counter() - began
            return reports

        reports = fill(size)
        added = reports / adding
        began = time.perf_counter()
        done = link(kept)
        whole = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        fill(LATER)
        began = time.perf_counter()
        later = link(kept)
        more = time.perf_counter() - began
        began = time.perf_counter()
        refresh(kept, linked=False)
        summing = time.perf_counter() - began
        middle = (date(2000, 1, 1) + timedelta(days=size // PER_DAY // 2)).isoformat()
        week = Filter(country="SYR", since=middle, until=(date.fromisoformat(middle) + timedelta(days=6)).isoformat())
        name, members = max(kept.clusters(ENGINE, week), key=lambda c: len(c[1]))
        return {
            "reports": reports,
            "added a second": added,
            "seconds to link": whole,
            "linked a second": reports / whole,
            "pairs": done.compared,
            "incidents": done.clusters,
            "edges": done.edges,
            "peak MB": peak,
            "later": later.reports,
            "seconds to link them": more,
            "seconds to sum up": summing,
            "one incident ms": _median(lambda: told(kept, name)),
            "its reports": len(members),
            "its lineage ms": _median(lambda: edges_among(kept, {r.document for r in members})),
            "a week of a country ms": _median(lambda: list(kept.clusters(ENGINE, week))),
            "first page ms": _median(lambda: kept.overviews.page(Filter(country="SYR"), limit=50)),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(run(asked.one)))
        return
    for size in asked.sizes:
        done = subprocess.run([sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True)
        print("  ".join(f"{k} {v:,.1f}" for k, v in json.loads(done.stdout).items()), flush=True)


if __name__ == "__main__":
    main()
