"""Checks events.jsonl against GUIDELINES.md and prints what is in it. Exit status 1 where a rule is broken. Needs the package installed."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, get_args

from build import items, render

from whence.records.vocabulary import ACLED, MODES, EventType, Measure, Status

HERE = Path(__file__).resolve().parent
ITEM_KEYS = ["id", "split", "style", "country", "text", "events", "negatives"]
ROLES = ("actors", "targets", "places", "times", "weapons")
COUNT_KEYS = ["measure", "low", "high", "span", "of", "total", "includes"]
WHY = set("accident drill fiction figure film finance health history law memory name nature politics sense sport trial weather".split())
TOLD = {"happened", "claimed", "ongoing"}
LEAST_ITEMS, LEAST_OF_TYPE, TOLD_SHARE, SHARED_WORDS = 2000, 20, (0.5, 0.7), 7

Item = dict[str, Any]


def read() -> list[Item]:
    """The items of events.jsonl."""
    return [json.loads(line) for line in (HERE / "events.jsonl").read_text(encoding="utf-8").splitlines()]


def spans(event: Item) -> list[Item]:
    """All spans of one event."""
    found = [event["trigger"], *event["also"], *(span for role in ROLES for span in event[role])]
    for count in event["counts"]:
        found += [row[key] for row in (count, *count["includes"]) for key in ("span", "of") if row[key] is not None]
    return found


def check_event(event: Item) -> list[str]:
    """What is wrong with the codes of one event."""
    wrong = []
    if event["type"] not in get_args(EventType) or event["mode"] not in (None, *MODES.get(event["type"], ())):
        wrong.append(f"type {event['type']}, mode {event['mode']}")
    if event["acled"] is not None:
        type_, _, sub = event["acled"].partition("/")
        if type_ == "Explosions":
            type_, sub = "Explosions/Remote violence", event["acled"].removeprefix("Explosions/Remote violence/")
        if sub not in ACLED.get(type_, ()):
            wrong.append(f"ACLED {event['acled']}")
    if event["status"] not in get_args(Status):
        wrong.append(f"status {event['status']}")
    for count in event["counts"]:
        if list(count) != COUNT_KEYS or count["measure"] not in get_args(Measure):
            wrong.append(f"count {count}")
        for row in (count, *count["includes"]):
            if row["low"] is not None and row["high"] is not None and row["low"] > row["high"]:
                wrong.append(f"range {row['low']} to {row['high']}")
    return wrong


def check_item(item: Item) -> list[str]:
    """What is wrong with one item by itself."""
    wrong = [f"keys {list(item)}"] if list(item) != ITEM_KEYS else []
    text = item["text"]
    if re.search(r"[\[\]|{}<>]|  | [,;]| \.(?!\d)|/[a-z]{4}", text) or text != text.strip():
        wrong.append("left-over marks or blanks")
    if item["country"] is not None and not re.fullmatch(r"[A-Z]{3}", item["country"]):
        wrong.append(f"country {item['country']}")
    every = [span for event in item["events"] for span in spans(event)] + [row["span"] for row in item["negatives"]]
    wrong += [f"span {span}" for span in every if text[span["start"] : span["end"]] != span["text"] or not span["text"].strip()]
    triggers = [(span["start"], span["end"]) for event in item["events"] for span in (event["trigger"], *event["also"])]
    apart = triggers + [(row["span"]["start"], row["span"]["end"]) for row in item["negatives"]]
    wrong += ["triggers or negatives overlap" for a in apart for b in apart if a < b and a[1] > b[0]]
    if len(set(apart)) < len(apart):
        wrong.append("a trigger given twice")
    wrong += [f"reason {row['why']}" for row in item["negatives"] if row["why"] not in WHY]
    return wrong + [line for event in item["events"] for line in check_event(event)]


def runs(item: Item) -> set[tuple[str, ...]]:
    """All runs of SHARED_WORDS words of a text."""
    row = re.findall(r"\w+", item["text"].lower())
    return {tuple(row[at : at + SHARED_WORDS]) for at in range(len(row) - SHARED_WORDS + 1)}


def check_all(rows: list[Item]) -> list[str]:
    """What is wrong in the file as a whole."""
    wrong = [f"{row['id']}: {line}" for row in rows for line in check_item(row)]
    for key in ("id", "text"):
        wrong += [f"{key} twice: {value[:60]}" for value, times in Counter(row[key].lower() for row in rows).items() if times > 1]
    seen: dict[str, set[tuple[str, ...]]] = {"train": set(), "test": set()}
    for row in rows:
        seen[row["split"]] |= runs(row)
    wrong += [f"both halves have: {' '.join(run)}" for run in sorted(seen["train"] & seen["test"])]
    halves = Counter((row["style"], row["split"]) for row in rows)
    for style in {row["style"] for row in rows}:
        if abs(halves[style, "train"] - halves[style, "test"]) > 4:
            wrong.append(f"{style}: halves {halves[style, 'train']} and {halves[style, 'test']}")
    types = Counter(event["type"] for row in rows for event in row["events"])
    wrong += [f"only {types[name]} of {name}" for name in get_args(EventType) if types[name] < LEAST_OF_TYPE]
    told = sum(any(event["status"] in TOLD for event in row["events"]) for row in rows) / len(rows)
    if len(rows) < LEAST_ITEMS or not TOLD_SHARE[0] <= told <= TOLD_SHARE[1]:
        wrong.append(f"{len(rows)} items, {told:.2f} of them with an event that is told as done")
    return wrong


def table(title: str, counts: Counter[Any]) -> str:
    """One line of counts, the most frequent first."""
    return f"  {title}: " + ", ".join(f"{key} {times}" for key, times in counts.most_common())


def main() -> int:
    """Check, print counts, give the exit status."""
    rows = read()
    events = [event for row in rows for event in row["events"]]
    wrong = check_all(rows)
    if (HERE / "events.jsonl").read_text(encoding="utf-8") != render(items()):
        wrong.append("events.jsonl is not what batches/ says; run python build.py")
    told = sum(any(event["status"] in TOLD for event in row["events"]) for row in rows)
    lines = [
        f"events.jsonl: {len(rows)} items, {sum(len(row['text'].split()) for row in rows)} words, {len(events)} events",
        table("split", Counter(row["split"] for row in rows)),
        table("style", Counter(row["style"] for row in rows)),
        table("events in an item", Counter(len(row["events"]) for row in rows)),
        f"  items with an event that is told as done: {told} ({told / len(rows):.0%}); "
        f"with none but others: {sum(bool(row['events']) for row in rows) - told}; with no event: {sum(not row['events'] for row in rows)}",
        table("type", Counter(event["type"] for event in events)),
        table("mode", Counter(f"{event['type']}/{event['mode']}" for event in events if event["mode"])),
        table("ACLED", Counter(event["acled"] for event in events)),
        table("status", Counter(event["status"] for event in events)),
        table("aggregate", Counter(event["aggregate"] for event in events)),
        table("role", Counter(role for event in events for role in ROLES for _ in event[role])),
        table("measure", Counter(count["measure"] for event in events for count in event["counts"])),
        table("negative", Counter(row["why"] for item in rows for row in item["negatives"])),
        table("country", Counter(row["country"] or "none" for row in rows)),
        *(f"WRONG {line}" for line in wrong),
        f"{len(wrong)} rule(s) broken",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
