"""Check the annotated sentences: marks, types, doubled lines, and counts.

Run from anywhere: python training/names/check.py
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
TYPES = ("person", "organization", "place")
MARK = re.compile(r"\[([^\[\]|]+)\|([a-z]+)\]")
TITLES = re.compile(
    r"^(?:Colonel|General|Major|Captain|Lieutenant|Brigadier|Sergeant|President|Sheikh|Governor|Dr|Mr|Mrs|Ms|Minister)\s",
)
WHOLE_NAMES = {"Sheikh Hasina"}  # a title's word that is part of the name itself


def plain(line: str) -> str:
    """The sentence without its marks, folded for comparison."""
    return " ".join(re.sub(r"[^\w\s]", " ", MARK.sub(r"\1", line)).casefold().split())


def frame(line: str) -> str:
    """The sentence with every name replaced by its type, to find shared templates."""
    return " ".join(re.sub(r"[^\w\s]", " ", MARK.sub(r"<\2>", line)).casefold().split())


def check_file(path: Path, problems: list[str]) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        where = f"{path.name}:{number}"
        if not line.strip() or line != line.strip():
            problems.append(f"{where}: empty line or outer blanks")
        rest = MARK.sub("", line)
        if re.search(r"[\[\]|]", rest.replace(" | ", " ")):
            problems.append(f"{where}: stray bracket or bar: {line}")
        for text, kind in MARK.findall(line):
            if kind not in TYPES:
                problems.append(f"{where}: unknown type {kind}")
            if text != text.strip() or text.endswith(("'s", "’s")):
                problems.append(f"{where}: blanks or possessive inside the mark: {text}")
            titled = kind == "person" and TITLES.match(text) and text not in WHOLE_NAMES
            if titled or text.startswith("the "):
                problems.append(f"{where}: title or article inside the mark: {text}")
    return lines


def main() -> int:
    problems: list[str] = []
    train = {path: check_file(path, problems) for path in sorted((HERE / "train").glob("*.txt"))}
    held_path = HERE / "held_back.txt"
    held = check_file(held_path, problems) if held_path.exists() else []
    seen: dict[str, str] = {}
    for path, lines in [*train.items(), (held_path, held)]:
        for number, line in enumerate(lines, 1):
            key = plain(line)
            if key in seen:
                problems.append(f"{path.name}:{number}: same sentence as {seen[key]}")
            seen.setdefault(key, f"{path.name}:{number}")
    all_train = [line for lines in train.values() for line in lines]
    frames = {frame(line) for line in all_train if len(frame(line).split()) > 5}
    for number, line in enumerate(held, 1):
        if frame(line) in frames:
            problems.append(f"{held_path.name}:{number}: shares its frame with a training sentence: {line}")
    names = {text.casefold() for line in all_train for text, _ in MARK.findall(line)}
    for label, lines in [*((path.name, lines) for path, lines in train.items()), ("train", all_train), ("held", held)]:
        kinds = Counter(kind for line in lines for _, kind in MARK.findall(line))
        bare = sum(not MARK.search(line) for line in lines)
        words = sum(len(plain(line).split()) for line in lines)
        counts = " ".join(f"{kind}={kinds[kind]}" for kind in TYPES)
        print(f"{label}: {len(lines)} sentences, {words} words, {counts}, without names={bare}")
    held_names = {text.casefold() for line in held for text, _ in MARK.findall(line)}
    if held_names:
        print(f"distinct names: train={len(names)} held={len(held_names)} held also in train={len(held_names & names)}")
    for problem in problems:
        print("PROBLEM", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
