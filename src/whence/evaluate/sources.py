"""Chains and holders in texts of our own (corpus/attribution): who is behind a statement, through whom it came.

A chain is exact where the claim whose content agrees best with the marked statement (characters, intersection over
union of at least one half) has the marked links in their order. A holder is right where the attribution at the marked
source has an entity one of whose names or mentions is the marked one. Names agree when, without article, case and
full stops, one is part of the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from whence.records import Claim, Reading, Source, Span


def marked(path: Path, split: str) -> Iterator[tuple[Source, dict[str, Any]]]:
    """The documents of one half of a corpus file, with their marks."""
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            yield Source(id=row["id"], text=row["text"], title=row.get("title"), publisher=row.get("publisher"), language="en"), row


def plain(name: str) -> str:
    """A name for comparison."""
    words = name.lower().replace("’", "'").replace(".", "").split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"], ["his"], ["its"], ["their"], ["her"]) else words)


def same(one: str, other: str) -> bool:
    """Whether two names are of one holder."""
    a, b = plain(one), plain(other)
    return bool(a and b) and (a in b or b in a)


def best_claim(reading: Reading, start: int, end: int) -> Claim | None:
    """The claim that says what stands between two offsets, or None."""
    gold = set(range(start, end))
    best: tuple[float, Claim] | None = None
    for claim in reading.claims:
        said = {i for s in claim.content for i in range(s.start, s.end)}
        shared = len(said & gold) / len(said | gold)
        if best is None or shared > best[0]:
            best = (shared, claim)
    return best[1] if best is not None and best[0] >= 0.5 else None


def chain_right(reading: Reading, row: dict[str, Any]) -> bool:
    """Whether the chain of the marked statement is exactly the marked one."""
    at = row["text"].index(row["content"])
    claim = best_claim(reading, at, at + len(row["content"]))
    names = {e.id: e.name or "" for e in reading.entities}
    found = [names[i] for i in claim.chain] if claim is not None else []
    return len(found) == len(row["chain"]) and all(same(a, b) for a, b in zip(found, row["chain"], strict=True))


def holder_right(reading: Reading, row: dict[str, Any]) -> bool:
    """Whether the attribution at the marked source is held by the marked one."""
    start, end = row["start"], row["start"] + len(row["source"])

    def there(spans: Sequence[Span]) -> bool:
        return any(s.start < end and start < s.end for s in spans)

    held = next((a.holder for a in reading.attributions if there(a.source)), None)
    if held is None:
        return False
    called = [e.name or "" for e in reading.entities if e.id == held] + [m.text for m in reading.mentions if m.entity == held]
    return any(same(name, row["holder"]) for name in called)
