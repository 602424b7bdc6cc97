"""How exports grow: incidents of a linked store written in every format that streams, and compared with themselves as coded rows.

    python benchmarks/exports.py                2,000 and 10,000 reports
    python benchmarks/exports.py 2000 50000

Readings are those of `benchmarks/linking.py`; putting them in and linking them is not part of the time. Each format runs in a
process of its own, for its memory, which should stay the same while reports grow. Texts are asked for only where the format wants them.
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

import linking as days
import store as made
from whence.comparing import compared, read_coded
from whence.exporting import rows
from whence.exports import export, format_of
from whence.linking import link
from whence.records import Reading
from whence.store import Item, Store

SIZES = (2_000, 10_000)
FORMATS = ("acled", "geojson", "hxl", "parquet", "ftm", "stix", "annotations")
TEXTS = ("parquet", "stix", "annotations")
BATCH = 500


def filled(path: Path, size: int) -> None:
    """A linked store of so many reports and a few more."""
    rng = random.Random(7)
    with Store(path) as kept:
        reports, n = 0, 0
        while reports < size:
            batch: list[Item] = []
            for _ in range(BATCH):
                item = made.made(n)
                n += 1
                assert isinstance(item.reading, Reading)
                day = date(2000, 1, 1) + timedelta(days=reports // days.PER_DAY)
                batch.append(msgspec.structs.replace(item, reading=days.moved(item.reading, day, rng)))
                reports += len(item.reading.incidents)
            kept.add(batch)
        link(kept)


def one(place: Path, name: str) -> dict[str, object]:
    """Seconds, rows, bytes and peak memory of a format."""
    with Store(place, create=False) as kept, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out{format_of(name if name != 'compare' else 'acled').SUFFIX}"
        if name == "compare":
            export("acled", rows(kept), path)
            began = time.perf_counter()
            found = compared(list(read_coded(path)), rows(kept))
            told = {"rows": found.rows, "matched": len(found.matches), "bytes": 0}
        else:
            began = time.perf_counter()
            report = export(name, rows(kept, texts=name in TEXTS), path)
            told = {"rows": report.written, "bytes": path.stat().st_size}
        seconds = time.perf_counter() - began
    return told | {"seconds": round(seconds, 1), "mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="numbers of reports")
    parser.add_argument("--fill", nargs=2, metavar=("STORE", "SIZE"), help=argparse.SUPPRESS)
    parser.add_argument("--one", nargs=2, metavar=("STORE", "FORMAT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.fill:
        filled(Path(given.fill[0]), int(given.fill[1]))
        return
    if given.one:
        print(json.dumps(one(Path(given.one[0]), given.one[1])))
        return
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "kept.sqlite"
            # In a process of its own: a child's peak of memory begins at that of its parent.
            subprocess.run([sys.executable, __file__, "--fill", str(place), str(size)], check=True)
            print(f"{size:,} reports")
            for name in (*FORMATS, "compare"):
                done = subprocess.run([sys.executable, __file__, "--one", str(place), name], capture_output=True, text=True, check=True)
                told = json.loads(done.stdout)
                more = f", {told['matched']:,} matched" if "matched" in told else f", {told['bytes'] / 1e6:.1f} MB written"
                print(f"  {name:12} {told['seconds']:6} s  {told['rows']:8,} rows  {told['mb']:5} MB of memory{more}")


if __name__ == "__main__":
    main()
