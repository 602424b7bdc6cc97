"""What Spark costs and gains: speed-up of two cores over one, overhead for each document, a projection for ten million.

    OMP_NUM_THREADS=1 python benchmarks/cluster.py               280 documents
    OMP_NUM_THREADS=1 python benchmarks/cluster.py --times 60    840 documents

Without the variable the engine alone would take threads that the workers of Spark do not have.

The same documents are read by the engine alone in one process, by Spark with one worker and by Spark with two, each after a
first round that loads what is loaded once. Spark reads a quarter of them and all of them: the difference is what a further document
costs, the rest is what a run costs whatever its size. Seconds of the clock depend on what else the machine does; seconds of the
processor, of this process and all that it started (Linux), hardly do: overhead and projection are taken from them. The texts are
the bundled demonstration reports, over and over under other ids.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from whence import cluster
from whence.cli.reading import demo_sources, prepare
from whence.config import Settings, load_settings
from whence.intake import Overrides, sources
from whence.pipeline import Whence

MANY = 10_000_000
PRICE = 0.04
"""What an hour of one core costs, in dollars, as large clouds rent them in 2026 without commitment; put in your own."""


def texts(folder: Path, times: int, name: str) -> Path:
    """A JSONL file of the demonstration reports, each `times` times."""
    file = folder / f"{name}.jsonl"
    with file.open("w", encoding="utf8") as stream:
        for n in range(times):
            for s in demo_sources():
                row = {"id": f"{s.id}-{n}", "text": s.text, "title": s.title, "publisher": s.publisher, "published": s.published}
                stream.write(json.dumps({**row, "language": "en"}) + "\n")
    return file


def processor() -> float:
    """Seconds of the processor that this process and its descendants have used so far."""
    used: dict[int, float] = {}
    parent: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            told = stat.read_text().rpartition(") ")[2].split()
            parent[int(stat.parent.name)] = int(told[1])
            used[int(stat.parent.name)] = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def ours(pid: int) -> bool:
        while pid > 1 and pid != os.getpid():
            pid = parent.get(pid, 0)
        return pid == os.getpid()

    return sum(seconds for pid, seconds in used.items() if ours(pid))


class Took(NamedTuple):
    """Seconds of the clock and of the processor."""

    clock: float
    processor: float


@contextlib.contextmanager
def taking(into: list[Took]) -> Iterator[None]:
    """Append what the block took."""
    began, used = time.perf_counter(), processor()
    yield
    into.append(Took(time.perf_counter() - began, processor() - used))


def alone(file: Path, settings: Settings, into: list[Took]) -> int:
    """The engine in this process; how many documents it read."""
    whence = Whence(settings)
    list(whence.read_many(demo_sources()))
    with taking(into):
        return sum(1 for _ in whence.read_many(sources([str(file)], settings=settings.intake, overrides=Overrides())))


def on_spark(cores: int, files: list[Path], folder: Path, settings: Settings, into: list[Took]) -> float:
    """Spark with so many workers: the first file to warm up, the others timed; the seconds of the session's start and first round."""
    began = time.perf_counter()
    with cluster.session(f"local[{cores}]") as spark:
        cluster.read(spark, str(files[0]), folder / f"warm{cores}", settings=settings, portions=1)
        first = time.perf_counter() - began
        for n, file in enumerate(files[1:]):
            with taking(into):
                cluster.read(spark, str(file), folder / f"out{cores}-{n}", settings=settings, portions=1)
    return first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    arguments = parser.parse_args()
    settings, _ = load_settings()
    prepare(settings)
    few, many = max(1, arguments.times // 4), arguments.times
    counts = [n * len(demo_sources()) for n in (few, many)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [texts(folder, n, label) for n, label in ((2, "warm"), (few, "few"), (many, "many"))]
        bare: list[Took] = []
        alone(files[1], settings, bare)
        per = bare[0].processor / counts[0]
        print(
            f"engine alone, one process: {bare[0].clock / counts[0] * 1e3:.0f} ms a document, {per * 1e3:.0f} ms of a processor", flush=True
        )
        slopes: list[Took] = []
        for cores in (1, 2):
            took: list[Took] = []
            start = on_spark(cores, files, folder, settings, took)
            more = counts[1] - counts[0]
            slopes.append(Took((took[1].clock - took[0].clock) / more, (took[1].processor - took[0].processor) / more))
            fixed = took[0].clock - slopes[-1].clock * counts[0]
            print(
                f"Spark, {cores} worker{'s' if cores > 1 else ''}: {counts[0]} documents {took[0].clock:.1f} s, {counts[1]} documents "
                f"{took[1].clock:.1f} s; each further one {slopes[-1].clock * 1e3:.0f} ms, "
                f"{slopes[-1].processor * 1e3:.0f} ms of a processor; "
                f"{fixed:.0f} s for a run whatever its size, {start:.0f} s for start and first round",
                flush=True,
            )
    print(f"speed-up of two workers over one {slopes[0].clock / slopes[1].clock:.2f} by the clock")
    print(f"overhead {(slopes[0].processor - per) * 1e3:.0f} ms of a processor a document, flat tables included")
    hours = slopes[0].processor * MANY / 3600
    print(f"ten million such reports: {hours:,.0f} core hours, ${hours * PRICE:,.0f} at ${PRICE} an hour; {hours / 64:,.0f} h on 64 cores")


if __name__ == "__main__":
    main()
