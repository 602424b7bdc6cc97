"""Checks chains.jsonl, holders.jsonl and said.jsonl against GUIDELINES.md and prints counts. Exit status 1 where a rule is broken."""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from marks import items as marked_items

HERE = Path(__file__).resolve().parent
SPLITS = ("train", "test")
KINDS = {"named", "anonymous", "outlet", "document", "state"}
STANCES = {"asserts", "denies", "doubts", "allows", "predicts", "warns", "asks", "wants", "fears", "disclaims"}
CHAIN_KEYS = ["id", "split", "title", "publisher", "text", "content", "chain", "kinds", "stance", "note"]
HOLDER_KEYS = ["id", "split", "text", "source", "occurrence", "start", "cue", "content", "holder", "note"]
SAID_KEYS = ["id", "split", "style", "text", "attributions"]
SAID_SPANS = ("source", "cue", "content")
SHARED_WORDS = 7
WRITTEN_IN_HALVES = {"chain": 210, "holder": 164}  # up to these numbers: odd train, even test, some of the even moved to train since
BATCHES = {"odd": ("train",), "even": SPLITS, "later": SPLITS}
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


def batch(item: Item) -> str:
    """With which rows an item was written: the odd, the even, or the later ones. No two batches share names or wording."""
    kind, number = item["id"].rsplit("-", 1)
    if int(number) > WRITTEN_IN_HALVES[kind]:
        return "later"
    return "odd" if int(number) % 2 else "even"


def in_two(found: dict[str, set[Any]]) -> list[Any]:
    """What two batches share."""
    return sorted({value for one, other in itertools.combinations(found.values(), 2) for value in one & other})


def common(items: list[Item], keys: list[str]) -> list[str]:
    """What is wrong in any file: keys, ids, splits, duplicates, contents, wording shared by the batches."""
    wrong = []
    for name, of in (("id", [item["id"] for item in items]), ("text", [" ".join(words(item["text"])) for item in items])):
        wrong += [f"{name} twice: {value[:60]}" for value, times in Counter(of).items() if times > 1]
    seen: dict[str, set[tuple[str, ...]]] = {name: set() for name in BATCHES}
    for at, item in enumerate(items, start=1):
        if list(item) != keys:
            wrong.append(f"{item['id']}: keys {list(item)}")
        if int(item["id"].rsplit("-", 1)[1]) != at:
            wrong.append(f"{item['id']}: row {at}")
        if item["split"] not in BATCHES[batch(item)]:
            wrong.append(f"{item['id']}: split {item['split']!r} among the {batch(item)} rows")
        if not item["content"] or item["text"].count(item["content"]) != 1:
            wrong.append(f"{item['id']}: content does not occur exactly once")
        if re.search(r"[{}\[\]<>¶]|  ", item["text"]) or item["text"] != item["text"].strip():
            wrong.append(f"{item['id']}: left-over marks or blanks in the text")
        seen[batch(item)] |= runs(item)
    return wrong + [f"two batches have: {' '.join(run)}" for run in in_two(seen)]


def check_chains(items: list[Item]) -> list[str]:
    """What is wrong with the chains."""
    wrong = common(items, CHAIN_KEYS)
    outlets: dict[str, set[str]] = {name: set() for name in BATCHES}
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
        outlets[batch(item)] |= {link for link, kind in zip(chain, kinds, strict=False) if kind in ("outlet", "named")}
    return wrong + [f"two batches have the holder {link!r}" for link in in_two(outlets)]


def check_holders(items: list[Item]) -> list[str]:
    """What is wrong with the holders."""
    wrong = common(items, HOLDER_KEYS)
    people: dict[str, set[str]] = {name: set() for name in BATCHES}
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
        people[batch(item)].add(item["holder"])
    return wrong + [f"two batches have the holder {holder!r}" for holder in in_two(people)]


def wrong_spans(item: Item, attribution: Item) -> list[str]:
    """What is wrong with the spans of one attribution: offsets, order, blanks at the ends, parts of different roles in each other."""
    wrong, text = [], item["text"]
    name = f"{item['id']}, attribution {attribution['id']}"
    for role in SAID_SPANS:
        before = 0
        for span in attribution[role]:
            start, end, words_of = span["start"], span["end"], span["text"]
            if text[start:end] != words_of or not words_of or words_of != words_of.strip():
                wrong.append(f"{name}: {role} {words_of!r} is not the text from {start} to {end}, or has blanks at its ends")
            if start < before:
                wrong.append(f"{name}: {role} spans out of order or over each other")
            before = end
    flat = sorted((span["start"], span["end"]) for role in SAID_SPANS for span in attribution[role])
    if any(one[1] > other[0] for one, other in itertools.pairwise(flat)):
        wrong.append(f"{name}: source, cue and content over each other")
    if not attribution["content"] or not attribution["cue"]:
        wrong.append(f"{name}: no cue or no content")
    if attribution["content"] and attribution["content"][-1]["text"].endswith((".", ",")):
        wrong.append(f"{name}: content ends with the full stop or comma of the sentence")
    return wrong


def check_said(items: list[Item]) -> list[str]:
    """What is wrong with the marked statements; said.jsonl is what marks.py makes of said.txt."""
    wrong = []
    if items != marked_items((HERE / "said.txt").read_text(encoding="utf-8").splitlines()):
        wrong.append("said.jsonl: not what marks.py makes of said.txt")
    wrong += [f"text twice: {text}" for text, times in Counter(" ".join(words(item["text"])) for item in items).items() if times > 1]
    seen: dict[str, set[tuple[str, ...]]] = {split: set() for split in SPLITS}
    for at, item in enumerate(items):
        if list(item) != SAID_KEYS or item["split"] != SPLITS[at % 2]:
            wrong.append(f"{item['id']}: keys, or splits do not alternate")
        if re.search(r"[«»|]|  | [.,;:]", item["text"]) or item["text"] != item["text"].strip():
            wrong.append(f"{item['id']}: left-over marks or blanks in the text")
        ids = [attribution["id"] for attribution in item["attributions"]]
        if ids != list(range(1, len(ids) + 1)):
            wrong.append(f"{item['id']}: attributions numbered {ids}")
        for attribution in item["attributions"]:
            wrong += wrong_spans(item, attribution)
        seen[item["split"]] |= runs(item)
    return wrong + [f"both halves have: {' '.join(run)}" for run in sorted(seen["train"] & seen["test"])]


def table(title: str, counts: Counter[Any]) -> str:
    """One line of counts, the most frequent first."""
    return f"  {title}: " + ", ".join(f"{key} {times}" for key, times in counts.most_common())


def main() -> int:
    """Check the files, print counts, give the exit status."""
    chains, holders, said = read("chains.jsonl"), read("holders.jsonl"), read("said.jsonl")
    wrong = check_chains(chains) + check_holders(holders) + check_said(said)
    marked = [attribution for item in said for attribution in item["attributions"]]
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
        f"said.jsonl: {len(said)} items, {sum(len(words(item['text'])) for item in said)} words, {len(marked)} attributions",
        table("split", Counter(item["split"] for item in said)),
        table("style", Counter(item["style"] for item in said)),
        table("attributions in a text", Counter(len(item["attributions"]) for item in said)),
        f"  inside another {sum(a['parent'] is not None for a in marked)}, without a source {sum(not a['source'] for a in marked)}, "
        f"in parts {sum(any(len(a[role]) > 1 for role in SAID_SPANS) for a in marked)}",
        *(f"WRONG {line}" for line in wrong),
        f"{len(wrong)} rule(s) broken",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
