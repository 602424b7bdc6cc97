"""Reads the marked texts of said.txt and writes said.jsonl from them: `python marks.py`.

A line is a text, a line that begins with "== " names the style of those below. Marks are «S|source», «Q|cue», «C|content»; a number
after the letter parts the attributions of a text (none: 1), several digits give a stretch to several of them («S12|the paper»). Equal
marks are parts of one discontinuous stretch. Marks may stand in each other; an attribution whose cue stands inside the content of
another is its child.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MARK = re.compile(r"«([SQC])([1-9]*)\||»")
ROLES = {"S": "source", "Q": "cue", "C": "content"}
SPLITS = ("train", "test")

Item = dict[str, Any]


def unmarked(line: str) -> tuple[str, dict[int, dict[str, list[Item]]]]:
    """The plain text of a marked line and, by the number of the attribution, its spans. ValueError where marks do not pair."""
    text, at = "", 0
    opened: list[tuple[str, list[int], int]] = []
    found: dict[int, dict[str, list[Item]]] = {}
    for hit in MARK.finditer(line):
        text += line[at : hit.start()]
        at = hit.end()
        if hit.group(1):
            opened.append((ROLES[hit.group(1)], [int(d) for d in hit.group(2) or "1"], len(text)))
            continue
        if not opened:
            raise ValueError(f"a mark closes that none opened: {line!r}")
        role, numbers, start = opened.pop()
        for number in numbers:
            spans = found.setdefault(number, {name: [] for name in ROLES.values()})
            spans[role].append({"start": start, "end": len(text), "text": text[start:]})
    text += line[at:]
    if opened or "«" in text or "|" in text:
        raise ValueError(f"a mark stays open: {line!r}")
    for spans in found.values():
        for part in spans.values():
            part.sort(key=lambda span: int(span["start"]))
    return text, found


def parent(number: int, found: dict[int, dict[str, list[Item]]]) -> int | None:
    """The attribution with the shortest content around the first cue of this one."""
    cue = found[number]["cue"][:1]
    around = [
        (span["end"] - span["start"], other)
        for other in found
        for span in found[other]["content"]
        if other != number and cue and span["start"] <= cue[0]["start"] and cue[0]["end"] <= span["end"]
    ]
    return min(around)[1] if around else None


def items(lines: list[str]) -> list[Item]:
    """The rows of said.jsonl. ValueError with the number of the line where a mark is wrong."""
    made: list[Item] = []
    style = ""
    for at, line in enumerate(lines, start=1):
        if line.startswith("== "):
            style = line[3:].strip()
        elif line.strip():
            try:
                text, found = unmarked(line)
            except ValueError as error:
                raise ValueError(f"said.txt, line {at}: {error}") from error
            marked = [{"id": number, "parent": parent(number, found), **found[number]} for number in sorted(found)]
            name = f"said-{len(made) + 1:04d}"
            made.append({"id": name, "split": SPLITS[len(made) % 2], "style": style, "text": text, "attributions": marked})
    return made


def main() -> int:
    """Write said.jsonl."""
    rows = items((HERE / "said.txt").read_text(encoding="utf-8").splitlines())
    (HERE / "said.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
