"""Writes events.jsonl from the marked-up sentences under batches/. `python build.py --check` only says whether it is up to date."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from markup import Item, MarkupError, events_of, kinds, negatives_of, parse  # noqa: E402  (the folder above is no package)

SPLITS = ("train", "test")


def items() -> list[Item]:
    """All items of all batches: a line an item, halves in turn. Raises MarkupError naming files and lines."""
    table, out, wrong = kinds(HERE / "kinds.tsv"), [], []
    for path in sorted((HERE / "batches").glob("*.txt")):
        head: dict[str, str] = {}
        number = 0
        for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("# "):
                key, value = line[2:].split(": ", 1)
                head[key] = value
            elif line.strip():
                country, body = head["country"], line
                if line.startswith("@"):
                    country, body = line[1:].split(" ", 1)
                try:
                    marked = parse(body)
                    events, negatives = events_of(marked, table), negatives_of(marked)
                except MarkupError as error:
                    wrong.append(f"{path.name}:{row}: {error}")
                    continue
                out.append(
                    {
                        "id": f"{path.stem}-{number + 1:03d}",
                        "split": SPLITS[number % 2],
                        "style": head["style"],
                        "country": None if country == "-" else country,
                        "text": marked.text,
                        "events": events,
                        "negatives": negatives,
                    }
                )
                number += 1
    if wrong:
        raise MarkupError("\n".join(wrong))
    return out


def render(rows: list[Item]) -> str:
    """The text of events.jsonl."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main() -> int:
    """Write or compare the file."""
    target = HERE / "events.jsonl"
    try:
        text = render(items())
    except MarkupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if "--check" in sys.argv[1:]:
        fresh = target.exists() and target.read_text(encoding="utf-8") == text
        sys.stdout.write(f"events.jsonl is {'up to date' if fresh else 'not what batches/ says; run python build.py'}\n")
        return 0 if fresh else 1
    target.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{text.count(chr(10))} items\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
