"""Events and losses in texts of our own (corpus/events, corpus/counts): triggers, types, status, counts, misleading senses.

An event counts as found where a trigger of the reading overlaps the marked trigger (or one of its further words), each
used once, and as right where the type agrees, too. A count is right where measure, low and high agree and the spans overlap.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from whence.records import Reading, Source


def rows(path: Path, split: str) -> Iterator[tuple[Source, dict[str, Any]]]:
    """The items of one half of a corpus file."""
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            yield Source(id=row["id"], text=row["text"], language="en"), row


def _touch(a: Any, b: Any) -> bool:
    return bool(a["start"] < b.end and b.start < a["end"])


class Tally:
    """Hits, found and marked, by what is counted."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.marked: Counter[str] = Counter()
        self.confused: Counter[tuple[str, str]] = Counter()

    def f1(self, key: str) -> float:
        """F1 of one thing counted; 0 where there is nothing."""
        total = self.found[key] + self.marked[key]
        return 2 * self.hits[key] / total if total else 0.0


def add_events(tally: Tally, reading: Reading, row: dict[str, Any]) -> None:
    """Count the triggers, types and status of one item, and the misleading words that were taken for events."""
    left = list(reading.events)
    for gold in row["events"]:
        spans = [gold["trigger"], *gold["also"]]
        at = [e for e in left if any(_touch(s, e.trigger) for s in spans)]
        best = max(at, key=lambda e: (e.type == gold["type"], e.status == gold["status"]), default=None)
        tally.marked.update(("trigger", "type", "status"))
        if best is None:
            tally.confused[gold["type"], "nothing"] += 1
            continue
        left = [e for e in left if e not in at]
        tally.hits["trigger"] += 1
        tally.hits["type"] += best.type == gold["type"]
        tally.hits["status"] += best.type == gold["type"] and best.status == gold["status"]
        tally.confused[gold["type"], best.type] += best.type != gold["type"]
        tally.found.update(("trigger", "type", "status"))
    for extra in left:
        tally.found.update(("trigger", "type", "status"))
        tally.confused["nothing", extra.type] += 1
    for negative in row["negatives"]:
        tally.marked["misled"] += 1
        tally.hits["misled"] += any(_touch(negative["span"], e.trigger) for e in reading.events)


def add_counts(tally: Tally, reading: Reading, gold: Sequence[dict[str, Any]]) -> None:
    """Count the losses of one item: measure, low and high."""
    found = {(c.measure, c.low, c.high, c.span.start, c.span.end) for e in reading.events for c in e.counts}
    tally.found["counts"] += len(found)
    tally.marked["counts"] += len(gold)
    for count in gold:
        hit = next(
            (
                f
                for f in found
                if f[:3] == (count["measure"], count["low"], count["high"])
                and f[3] < count["span"]["end"]
                and count["span"]["start"] < f[4]
            ),
            None,
        )
        if hit is not None:
            found.discard(hit)
            tally.hits["counts"] += 1
