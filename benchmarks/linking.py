"""How linking grows: ready readings put into a store, linked whole, then a hundred more added and linked.

    python benchmarks/linking.py                     10,000, 30,000 and 100,000 reports
    python benchmarks/linking.py 10000 30000

Readings are those of `benchmarks/store.py`, spread over places and days; putting them in is not part of the time. Each size runs in a
process of its own, for its memory. The density of reports in time and place stays the same: more reports are more days.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import msgspec

import store as made
from whence.linking import link
from whence.records import Reading
from whence.store import Item, Store

SIZES = (10_000, 30_000, 100_000)
BATCH = 500
LATER = 100
PER_DAY = 60
"""Reports of a day, over all places."""


def moved(reading: Reading, day: date, rng: random.Random) -> Reading:
    """The reading with its incidents on a day of its own and up to 0.8 degrees from its place."""
    iso = day.isoformat()
    when = lambda w: msgspec.structs.replace(w, earliest=iso, latest=iso, precision="day")  # noqa: E731
    shift = (rng.uniform(-0.8, 0.8), rng.uniform(-0.8, 0.8))
    incidents = tuple(msgspec.structs.replace(i, when=when(i.when)) for i in reading.incidents)
    toponyms = []
    for t in reading.toponyms:
        place = t.place
        if place is not None and place.latitude is not None and place.longitude is not None:
            at = {"latitude": place.latitude + shift[0], "longitude": place.longitude + shift[1], "geonames_id": None}
            place = msgspec.structs.replace(place, name=f"{place.name} {rng.randrange(400)}", **at)
        toponyms.append(msgspec.structs.replace(t, place=place))
    document = msgspec.structs.replace(reading.document, published=iso)
    return msgspec.structs.replace(reading, incidents=incidents, toponyms=tuple(toponyms), document=document)


def run(size: int) -> dict[str, float]:
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        kept = Store(Path(folder) / "kept.sqlite")
        reports, n = 0, 0
        first = date(2000, 1, 1)

        def fill(until: int) -> None:
            nonlocal reports, n
            while reports < until:
                items = []
                many = BATCH if until - reports > BATCH * 3 else 20
                for item in map(made.made, range(n, n + many)):
                    assert item.reading is not None
                    day = first + timedelta(days=reports // PER_DAY)
                    items.append(Item(capture=item.capture, reading=moved(item.reading, day, rng)))
                    reports += len(item.reading.incidents)
                n += len(items)
                kept.add(items)

        fill(size)
        began = time.perf_counter()
        done = link(kept)
        whole = time.perf_counter() - began
        before = reports
        fill(reports + LATER)
        began = time.perf_counter()
        later = link(kept)
        return {
            "reports": before,
            "seconds": whole,
            "reports a second": before / whole,
            "pairs": done.compared,
            "incidents": done.clusters,
            "added": later.reports,
            "seconds to link them": time.perf_counter() - began,
            "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        print(json.dumps(run(told.one)))
        return
    for size in told.sizes:
        done = subprocess.run([sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True)
        print("  ".join(f"{k} {v:,.1f}" for k, v in json.loads(done.stdout).items()), flush=True)


if __name__ == "__main__":
    main()
