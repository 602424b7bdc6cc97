"""Checks counts.jsonl and prints what is in it. Exit status 1 where a rule is broken. Needs the package installed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, get_args

from build import items, render

from whence.records.vocabulary import Measure

HERE = Path(__file__).resolve().parent
KEYS = ["id", "split", "topic", "text", "counts"]
COUNT_KEYS = ["measure", "low", "high", "span", "of", "total", "includes"]
LEAST = 330

Item = dict[str, Any]


def check_row(row: Item) -> list[str]:
    """What is wrong with one row."""
    text = row["text"]
    wrong = [f"keys {list(row)}"] if list(row) != KEYS else []
    if any(mark in text for mark in "[]|/{}") or "  " in text:
        wrong.append("left-over marks or blanks")
    seen = set()
    for count in row["counts"]:
        if list(count) != COUNT_KEYS or count["measure"] not in get_args(Measure):
            wrong.append(f"count {count}")
        key = (count["measure"], count["span"]["start"], count["span"]["end"])
        wrong += ["a count given twice"] if key in seen else []
        seen.add(key)
        for part in (count, *count["includes"]):
            low, high = part["low"], part["high"]
            if (low is None and high is None) or (low is not None and high is not None and low > high):
                wrong.append(f"range {low} to {high}")
            for span in (part["span"], part["of"]):
                if span is not None and (text[span["start"] : span["end"]] != span["text"] or not span["text"].strip()):
                    wrong.append(f"span {span}")
        known = [part["low"] for part in count["includes"] if part["low"] is not None]
        if count["high"] is not None and any(low > count["high"] for low in known):
            wrong.append(f"a part above its whole: {count['span']['text']}")
    return [f"{row['id']}: {line}" for line in wrong]


def main() -> int:
    """Check, print counts, give the exit status."""
    content = (HERE / "counts.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in content.splitlines()]
    counts = [count for row in rows for count in row["counts"]]
    wrong = [line for row in rows for line in check_row(row)]
    wrong += [f"text twice: {text[:60]}" for text, times in Counter(row["text"].lower() for row in rows).items() if times > 1]
    if len(rows) < LEAST:
        wrong.append(f"only {len(rows)} rows")
    if content != render(items()):
        wrong.append("counts.jsonl is not what counts.txt says; run python build.py")
    split = Counter(row["split"] for row in rows)
    measures = Counter(count["measure"] for count in counts).most_common()
    shapes = Counter(
        "zero" if count["high"] == 0 else "open" if count["high"] is None else "ceiling" if count["low"] is None
        else "exact" if count["low"] == count["high"] else "range"
        for count in counts
    ).most_common()  # fmt: skip
    lines = [
        f"counts.jsonl: {len(rows)} rows ({split['train']} train, {split['test']} test), {len(counts)} counts, "
        f"{sum(len(count['includes']) for count in counts)} parts, {sum(count['total'] for count in counts)} totals, "
        f"{sum(not row['counts'] for row in rows)} rows without a count",
        "  measure: " + ", ".join(f"{name} {times}" for name, times in measures),
        "  range: " + ", ".join(f"{name} {times}" for name, times in shapes),
        *(f"WRONG {line}" for line in wrong),
        f"{len(wrong)} rule(s) broken",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
