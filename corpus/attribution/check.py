"""Checks chains.jsonl and holders.jsonl against GUIDELINES.md and prints what is in them. Exit status 1 where a rule is broken."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SPLITS = ("train", "test")
KINDS = {"named", "anonymous", "outlet", "document", "state"}
STANCES = {"asserts", "denies", "doubts", "allows", "predicts", "warns", "asks", "wants", "fears", "disclaims"}
CHAIN_KEYS = ["id", "split", "title", "publisher", "text", "content", "chain", "kinds", "stance", "note"]
HOLDER_KEYS = ["id", "split", "text", "source", "occurrence", "start", "cue", "content", "holder", "note"]
SHARED_WORDS = 7
ARTICLE = re.compile(r"(?:a|an|the)\s", re.IGNORECASE)

Item = dict[str, Any]


def read(name: str) -> list[Item]:
    """The items of one file."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def words(text: str) -> list[str]:
    """The words of a text, small."""
    return re.findall(r"\w+", text.lower())


def runs(item: Item) -> set[tuple[str, ...]]:
    """All runs of SHARED_WORDS words in the title and the text."""
    found: set[tuple[str, ...]] = set()
    for text in (item.get("title") or "", item["text"]):
        row = words(text)
        found |= {tuple(row[at : at + SHARED_WORDS]) for at in range(len(row) - SHARED_WORDS + 1)}
    return found


def starts(phrase: str, text: str) -> list[int]:
    """Where a phrase stands in a text as whole words, capitals as they are."""
    return [hit.start() for hit in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]


def stands(name: str, text: str) -> bool:
    """Whether a name or a description stands in a text. A description may have a capital there, as the first of a sentence."""
    return bool(starts(name, text) or starts(name[0].upper() + name[1:], text))


def common(items: list[Item], keys: list[str]) -> list[str]:
    """What is wrong in any file: keys, ids, splits, duplicates, contents, wording shared by the halves."""
    wrong = []
    for name, of in (("id", [item["id"] for item in items]), ("text", [" ".join(words(item["text"])) for item in items])):
        wrong += [f"{name} twice: {value[:60]}" for value, times in Counter(of).items() if times > 1]
    halves = Counter(item["split"] for item in items)
    if set(halves) != set(SPLITS) or halves["train"] != halves["test"]:
        wrong.append(f"splits not balanced: {dict(halves)}")
    seen: dict[str, set[tuple[str, ...]]] = {split: set() for split in SPLITS}
    for at, item in enumerate(items):
        if list(item) != keys:
            wrong.append(f"{item['id']}: keys {list(item)}")
        if item["split"] != SPLITS[at % 2]:
            wrong.append(f"{item['id']}: splits do not alternate")
        if not item["content"] or item["text"].count(item["content"]) != 1:
            wrong.append(f"{item['id']}: content does not occur exactly once")
        if re.search(r"[{}\[\]<>¶]|  ", item["text"]) or item["text"] != item["text"].strip():
            wrong.append(f"{item['id']}: left-over marks or blanks in the text")
        seen[item["split"]] |= runs(item)
    wrong += [f"both halves have: {' '.join(run)}" for run in sorted(seen["train"] & seen["test"])]
    return wrong


def check_chains(items: list[Item]) -> list[str]:
    """What is wrong with the chains."""
    wrong = common(items, CHAIN_KEYS)
    outlets: dict[str, set[str]] = {split: set() for split in SPLITS}
    for item in items:
        name, chain, kinds = item["id"], item["chain"], item["kinds"]
        if not 2 <= len(chain) <= 4 or len(kinds) != len(chain) or len(set(chain)) != len(chain):
            wrong.append(f"{name}: length of chain or kinds")
        if not set(kinds) <= KINDS or item["stance"] not in STANCES:
            wrong.append(f"{name}: unknown kind or stance")
        if item["publisher"] is not None and chain[-1] != item["publisher"]:
            wrong.append(f"{name}: chain does not end with the publisher")
        for link in chain:
            if link != item["publisher"] and not stands(link, item["text"]):
                wrong.append(f"{name}: {link!r} is not in the text")
            if ARTICLE.match(link):
                wrong.append(f"{name}: {link!r} has an article")
        outlets[item["split"]] |= {link for link, kind in zip(chain, kinds, strict=False) if kind in ("outlet", "named")}
    return wrong + [f"both halves have the holder {link!r}" for link in sorted(outlets["train"] & outlets["test"])]


def check_holders(items: list[Item]) -> list[str]:
    """What is wrong with the holders."""
    wrong = common(items, HOLDER_KEYS)
    people: dict[str, set[str]] = {split: set() for split in SPLITS}
    for item in items:
        name, text, content = item["id"], item["text"], item["content"]
        found = starts(item["source"], text)
        if item["occurrence"] >= len(found) or found[item["occurrence"]] != item["start"]:
            wrong.append(f"{name}: source is not where it is said to be")
        at = text.find(content)
        if at <= item["start"] < at + len(content):
            wrong.append(f"{name}: source inside its content")
        if not starts(item["cue"], text):
            wrong.append(f"{name}: cue is not in the text")
        if not stands(item["holder"], text) or ARTICLE.match(item["holder"]):
            wrong.append(f"{name}: holder is not in the text, or has an article")
        if item["holder"] == item["source"]:
            wrong.append(f"{name}: holder is the source itself")
        people[item["split"]].add(item["holder"])
    return wrong + [f"both halves have the holder {holder!r}" for holder in sorted(people["train"] & people["test"])]


def table(title: str, counts: Counter[Any]) -> str:
    """One line of counts, the most frequent first."""
    return f"  {title}: " + ", ".join(f"{key} {times}" for key, times in counts.most_common())


def main() -> int:
    """Check both files, print counts, give the exit status."""
    chains, holders = read("chains.jsonl"), read("holders.jsonl")
    wrong = check_chains(chains) + check_holders(holders)
    spread = Counter(item["text"].count("\n\n") > 0 for item in chains)
    lines = [
        f"chains.jsonl: {len(chains)} items, {sum(len(words(item['text'])) for item in chains)} words, "
        f"{len({item['publisher'] for item in chains if item['publisher']})} publishers",
        table("split", Counter(item["split"] for item in chains)),
        table("length", Counter(len(item["chain"]) for item in chains)),
        table("kind of link", Counter(kind for item in chains for kind in item["kinds"])),
        table("kind of origin", Counter(item["kinds"][0] for item in chains)),
        table("stance", Counter(item["stance"] for item in chains)),
        table("construction", Counter(tag for item in chains for tag in item["note"].split())),
        f"  with a line of its own for the origin of the text: {spread[True]}",
        f"holders.jsonl: {len(holders)} items, {sum(len(words(item['text'])) for item in holders)} words",
        table("split", Counter(item["split"] for item in holders)),
        table("source", Counter(item["source"].lower() for item in holders)),
        table("difficulty", Counter(tag for item in holders for tag in item["note"].split())),
        *(f"WRONG {line}" for line in wrong),
        f"{len(wrong)} rule(s) broken",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
