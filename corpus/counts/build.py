"""Writes counts.jsonl from counts.txt. `python build.py --check` only says whether it is up to date."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from markup import COUNT, Item, MarkupError, counts_of, parse  # noqa: E402  (the folder above is no package)

SPLITS = ("train", "test")


def items() -> list[Item]:
    """All rows, a line a row, halves in turn. Raises MarkupError naming every wrong line."""
    out: list[Item] = []
    wrong = []
    topic = ""
    for row, line in enumerate((HERE / "counts.txt").read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            topic = line[2:]
        elif line.strip():
            try:
                marked = parse(line.strip())
                stray = [code for bracket in marked.brackets for code in bracket.codes if not COUNT.fullmatch(code)]
                if stray:
                    raise MarkupError(f"no codes of counts: {stray}")
                counts = counts_of(marked, "1")
            except MarkupError as error:
                wrong.append(f"counts.txt:{row}: {error}")
                continue
            number = len(out)
            out.append(
                {"id": f"count-{number + 1:03d}", "split": SPLITS[number % 2], "topic": topic, "text": marked.text, "counts": counts}
            )
    if wrong:
        raise MarkupError("\n".join(wrong))
    return out


def render(rows: list[Item]) -> str:
    """The text of counts.jsonl."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main() -> int:
    """Write or compare the file."""
    target = HERE / "counts.jsonl"
    try:
        text = render(items())
    except MarkupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if "--check" in sys.argv[1:]:
        fresh = target.exists() and target.read_text(encoding="utf-8") == text
        sys.stdout.write(f"counts.jsonl is {'up to date' if fresh else 'not what counts.txt says; run python build.py'}\n")
        return 0 if fresh else 1
    target.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{text.count(chr(10))} rows\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
