"""Writes incidents.jsonl from reports.txt, verifying it. `python build.py --check` only says whether it is up to date.

A report is a head `= title | date published | publisher`, its text in one paragraph, and a line a row:

    > kind | when | place | country | actors | targets | counts | status | disputed

`kind` is one of ../events/kinds.tsv. `when` is a weekday (the last one up to the day of publication), a date, or two with `..`.
Actors and targets are words of the text, parted by `;`. Counts are codes of ../markup.py. A dash stands for nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from markup import COUNT, MEASURES, Item, Kinds, MarkupError, bounds, kinds  # noqa: E402  (the folder above is no package)

SPLITS = ("train", "test")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STATUSES = ("happened", "ongoing", "claimed")


def span(words: str, text: str) -> Item:
    """Where words stand in a text, or with a small or a capital first letter. Raises MarkupError where they do not."""
    for form in (words, words[0].upper() + words[1:], words[0].lower() + words[1:]):
        match = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text)
        if match:
            return {"start": match.start(), "end": match.end(), "text": form}
    raise MarkupError(f"not in the text: {words!r}")


def when(word: str, published: dt.date, text: str) -> tuple[str | None, str | None]:
    """The first and last day a `when` means, or None twice. Raises MarkupError for a weekday the text does not name."""
    if word == "-":
        return None, None
    if ".." in word:
        first, last = (dt.date.fromisoformat(day) for day in word.split(".."))
        return first.isoformat(), last.isoformat()
    day = next((number for number, name in enumerate(WEEKDAYS) if name.startswith(word)), None)
    if day is None:
        return (dt.date.fromisoformat(word).isoformat(),) * 2
    if WEEKDAYS[day] not in text:
        raise MarkupError(f"the text names no {WEEKDAYS[day]}")
    found = published - dt.timedelta(days=(published.weekday() - day) % 7)
    return found.isoformat(), found.isoformat()


def counts(cell: str) -> list[Item]:
    """The counts of a row. Raises MarkupError on what is no code."""
    out = []
    for code in [] if cell == "-" else cell.split():
        match = COUNT.fullmatch(code)
        if not match:
            raise MarkupError(f"no count: {code!r}")
        low, high = bounds(match)
        out.append({"measure": MEASURES[match.group(2)], "low": low, "high": high})
    return out


def row(line: str, text: str, published: dt.date, table: Kinds) -> Item:
    """One incident. Raises MarkupError on anything the rules do not allow."""
    cells = [cell.strip() for cell in line[1:].split("|")]
    kind, day, place, country, actors, targets, losses, status = cells[:8]
    type_, mode, acled = table[kind]
    if acled is None or status not in STATUSES or cells[8:] not in ([], ["disputed"]) or not re.fullmatch(r"[A-Z]{3}", country):
        raise MarkupError(f"no row that can be: {line!r}")
    earliest, latest = when(day, published, text)
    return {
        "type": type_,
        "mode": mode,
        "acled": acled,
        "earliest": earliest,
        "latest": latest,
        "place": None if place == "-" else span(place, text),
        "country": country,
        "actors": [] if actors == "-" else [span(name.strip(), text) for name in actors.split(";")],
        "targets": [] if targets == "-" else [span(name.strip(), text) for name in targets.split(";")],
        "counts": counts(losses),
        "status": status,
        "disputed": bool(cells[8:]),
    }


def items() -> list[Item]:
    """All reports. Raises MarkupError naming every wrong line."""
    table, out = kinds(HERE.parent / "events" / "kinds.tsv"), []
    wrong: list[str] = []
    for number, line in enumerate((HERE / "reports.txt").read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.startswith("= "):
                title, date, publisher = line[2:].split(" | ")
                out.append(
                    {
                        "id": f"report-{len(out) + 1:02d}",
                        "split": SPLITS[len(out) % 2],
                        "title": title,
                        "published": dt.date.fromisoformat(date).isoformat(),
                        "publisher": publisher,
                        "text": "",
                        "incidents": [],
                    }
                )
            elif line.startswith("> "):
                item = out[-1]
                item["incidents"].append(row(line, item["text"], dt.date.fromisoformat(item["published"]), table))
            else:
                out[-1]["text"] = line
        except (MarkupError, KeyError, ValueError) as error:
            wrong.append(f"reports.txt:{number}: {error}")
    if wrong:
        raise MarkupError("\n".join(wrong))
    return out


def render(rows: list[Item]) -> str:
    """The text of incidents.jsonl."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in rows)


def main() -> int:
    """Write or compare the file, print what is in it."""
    target = HERE / "incidents.jsonl"
    try:
        rows = items()
    except MarkupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if "--check" in sys.argv[1:]:
        fresh = target.exists() and target.read_text(encoding="utf-8") == render(rows)
        sys.stdout.write(f"incidents.jsonl is {'up to date' if fresh else 'not what reports.txt says; run python build.py'}\n")
        return 0 if fresh else 1
    target.write_text(render(rows), encoding="utf-8")
    incidents = [incident for item in rows for incident in item["incidents"]]
    sys.stdout.write(
        f"{len(rows)} reports, {len(incidents)} incidents, {sum(not item['incidents'] for item in rows)} reports without one, "
        f"{sum(incident['disputed'] for incident in incidents)} disputed, "
        f"{sum(incident['status'] == 'claimed' for incident in incidents)} claimed\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
