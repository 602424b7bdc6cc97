"""How fast Whence is, beside its own language pipeline; how much memory a long run takes; how soon it starts.

    python benchmarks/speed.py                 all of it
    python benchmarks/speed.py words           words per second, bare and whole, and their ratio
    python benchmarks/speed.py memory          peak memory over 10,000 short documents, streamed
    python benchmarks/speed.py start           time to `whence --help` and to read one report

Words per second of the two are taken in one run, in turns over the same documents, so that their ratio does not depend
on what else the machine does. The texts are the bundled demonstration reports.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from whence.cli.reading import demo_sources, prepare
from whence.config import load_settings
from whence.pipeline import Whence, blocks_of, opened
from whence.records import Failure, Source

DOCUMENTS = 10_000
CHARACTERS = 600
"""Length of a short document: the title and first paragraphs of a report."""


def engine() -> Whence:
    settings, _ = load_settings()
    prepare(settings)
    return Whence(settings)


def words(rounds: int) -> dict[str, float]:
    """Words per second of the language pipeline alone and of everything, in turns."""
    whence = engine()
    sources = demo_sources()
    documents = [opened(s) for s in sources]
    total = sum(len(s.text.split()) for s in sources)
    whence.read(sources[0])
    bare, whole = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        for document in documents:
            whence.parser(document.text, blocks_of(document))
        bare.append(total / (time.perf_counter() - began))
        began = time.perf_counter()
        for source in sources:
            whence.read(source)
        whole.append(total / (time.perf_counter() - began))
    return {
        "words": total,
        "language pipeline, words/s": round(statistics.median(bare)),
        "whole reading, words/s": round(statistics.median(whole)),
        "whole / bare": round(statistics.median(w / b for b, w in zip(bare, whole, strict=True)), 3),
    }


def short_documents(n: int) -> Iterator[Source]:
    """Short documents, each a little different from every other."""
    sources = demo_sources()
    for i in range(n):
        source = sources[i % len(sources)]
        cut = source.text.rfind("\n\n", 0, CHARACTERS)
        text = f"{source.text[:cut]}\n\nReference {i:05d}, told on day {i % 28 + 1} of the month by observer {i % 997}.\n"
        yield msgspec.structs.replace(source, id=f"{source.id}-{i}", text=text)


def resident() -> float:
    """Memory of this process now, in MB."""
    for row in Path("/proc/self/status").read_text().splitlines():
        if row.startswith("VmRSS"):
            return int(row.split()[1]) / 1024
    return float("nan")


def memory(n: int) -> dict[str, float]:
    """Peak memory over n documents, and how it stood after the first tenth and at the end."""
    whence = engine()
    loaded = resident()
    failed = characters = 0
    tenth = 0.0
    began = time.perf_counter()
    for done, item in enumerate(whence.read_many(short_documents(n)), 1):
        failed += isinstance(item, Failure)
        characters += len(item.document.text) if not isinstance(item, Failure) else 0
        if done == n // 10:
            tenth = resident()
    seconds = time.perf_counter() - began
    return {
        "documents": n,
        "failed": failed,
        "loaded, MB": round(loaded),
        "after a tenth, MB": round(tenth),
        "at the end, MB": round(resident()),
        "peak, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "documents/s": round(n / seconds, 1),
        "characters/s": round(characters / seconds),
    }


def start(rounds: int) -> dict[str, float]:
    """Seconds to the help and to the brief of one report, each in a fresh process."""
    prepare(load_settings()[0])
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_text(demo_sources()[0].text, encoding="utf8")

        def seconds(*command: str) -> float:
            times = []
            for _ in range(rounds):
                began = time.perf_counter()
                subprocess.run([sys.executable, "-m", "whence", *command], check=True, capture_output=True)
                times.append(time.perf_counter() - began)
            return round(statistics.median(times), 3)

        return {"whence --help, s": seconds("--help"), "whence read one report, s": seconds("read", str(report))}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", nargs="?", choices=["words", "memory", "start"], help="only this")
    arguments.add_argument("--documents", type=int, default=DOCUMENTS, help="documents of the memory run")
    arguments.add_argument("--rounds", type=int, default=5, help="repetitions of which the median is told")
    options = arguments.parse_args()
    runs = {
        "start": lambda: start(options.rounds),
        "words": lambda: words(options.rounds),
        "memory": lambda: memory(options.documents),
    }
    for name, run in runs.items():
        if options.what in (None, name):
            print(json.dumps({name: run()}), flush=True)


if __name__ == "__main__":
    main()
