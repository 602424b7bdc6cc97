"""Who got it from whom: edges between documents, with their evidence and a probability learned from marked lineage.

Three kinds of evidence: what a document says of itself (`via`, "according to X", the wire's credit), what it cannot have without the
other (passages, quotations), and what a second hand seldom tells alike (the same names and figures in the same order).
"""

from __future__ import annotations

import functools
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from whence.records import Descent, Record
from whence.records.report import LineageKind

from .accounts import Account
from .model import model
from .texts import folded, in_order, overlap

SAMPLE = 4
"""One of so many shingles stands for a document where copies are looked for (Broder 1997, "mod m" samples, which keep containment)."""
KEYS = 128
"""Sampled shingles of a document at most."""
HOLDERS = 50
"""Documents that are remembered for a shingle, the first ones: what stands in more is a set phrase, or copied from one of these."""
PART = 0.15
"""Share of the sampled shingles of the shorter document from which two are taken up as possible copies."""
HELD = 10_000
"""Documents among which copies are looked for: the last ones, in the order in which they are taken in."""
SHARED = 0.5
"""Share of a passage's shingles that another document must have for the passage to be the same."""
LEAST = 0.5
"""Probability from which an edge is drawn."""
LATER = 2
"""Days by which one that is cited may seem later: dates are of the day, and pages are changed."""
ALIKE = 0.5
"""Share of the shorter text that two documents must have in common to be compared although they tell of no one incident."""
WHOLE = 0.85
"""Share of a document's passages from which it is taken over as it stands, with whom it cites."""


class Likeness(Record):
    """What two documents have in common. Shares are 0 to 1: of the smaller of the two, `taken` of the child's passages.

    `keeps`: whether the child, too, names the outlets that the parent names. `days` from parent to child; `added`: 1 where the child
    came into the store after the parent, -1 before, 0 where that is not known.
    """

    copied: float
    taken: float
    quotes: float
    quotes_of_parent: float
    names: float
    numbers: float
    order: float
    facts: int
    via: str | None
    cites: bool
    names_it: bool
    keeps: str
    days: int | None
    added: int


class Passages:
    """The last documents by a sample of their shingles, to find those that one may be a copy of in a time that does not grow with them."""

    def __init__(self, *, held: int = HELD) -> None:
        self._held = held
        self._holders: dict[int, list[str]] = {}
        self._samples: dict[str, list[int]] = {}
        self._order: deque[str] = deque()

    def add(self, account: Account) -> list[str]:
        """Take a document in; those already there that have a good part of it, or of which it has, in their order."""
        if account.document in self._samples:
            return []
        sample = _sample(account)
        met = Counter(d for key in sample for d in self._holders.get(key, ()))
        least = {d: max(1.0, PART * min(len(sample), len(self._samples[d]))) for d in met}
        for key in sample:
            holders = self._holders.setdefault(key, [])
            if len(holders) < HOLDERS:
                holders.append(account.document)
        self._samples[account.document] = sample
        self._order.append(account.document)
        if len(self._order) > self._held:
            self._drop(self._order.popleft())
        return [d for d, n in met.items() if n >= least[d]]

    def _drop(self, document: str) -> None:
        for key in self._samples.pop(document):
            left = [d for d in self._holders.get(key, ()) if d != document]
            if left:
                self._holders[key] = left
            else:
                self._holders.pop(key, None)


def _sample(account: Account) -> list[int]:
    # Knuth's multiplicative hash: CRC-32 of like texts are alike in their low bits.
    spread = sorted({h * 2654435761 % 2**32 for passage in account.passages for h in passage})
    return spread[: min(KEYS, sum(h < 2**32 // SAMPLE for h in spread))]


def candidates(accounts: Iterable[Account]) -> Iterator[tuple[str, str]]:
    """Pairs of documents that share a good part of their passages; each pair once, in sorted order."""
    index = Passages()
    for account in accounts:
        for other in index.add(account):
            yield min(other, account.document), max(other, account.document)


def copied(one: Account, other: Account) -> float:
    """The share of the shorter document's passages that stand in the longer, weighed by their length."""
    short, long = (one, other) if sum(map(len, one.passages)) <= sum(map(len, other.passages)) else (other, one)
    whole = sum(map(len, short.passages))
    if not whole:
        return 0.0
    return taken(short, long)


def taken(child: Account, parent: Account) -> float:
    """The share of the child's passages that stand in the parent, weighed by their length."""
    whole = sum(map(len, child.passages))
    everything = _everything(parent.passages)
    if not whole or everything.isdisjoint(_everything(child.passages)):
        return 0.0
    return sum(len(p) for p in child.passages if p and len(p & everything) / len(p) >= SHARED) / whole


@functools.lru_cache(maxsize=4096)
def _everything(passages: tuple[frozenset[int], ...]) -> frozenset[int]:
    return frozenset().union(*passages)


def likeness(child: Account, parent: Account, *, order: Mapping[str, int] | None = None) -> Likeness:
    """What the child has of the parent; `order`: numbers rising with the time of adding."""
    rank = order or {}
    outlet = folded(parent.publisher or "")
    said = dict(child.via)
    same_quotes = [q for q in child.quotes if any(overlap(_runs(q), _runs(p)) >= 0.6 for p in parent.quotes)]
    kept = {c for c in parent.cites if c not in (outlet, folded(child.publisher or ""))}
    after = rank.get(child.document, 0) - rank.get(parent.document, 0)
    days = None
    if child.published and parent.published:
        days = date.fromisoformat(child.published).toordinal() - date.fromisoformat(parent.published).toordinal()
    return Likeness(
        copied=copied(child, parent),
        taken=taken(child, parent),
        quotes=len(same_quotes) / len(child.quotes) if child.quotes else 0.0,
        quotes_of_parent=len(same_quotes) / len(parent.quotes) if parent.quotes else 0.0,
        names=overlap(child.names, parent.names),
        numbers=overlap(child.numbers, parent.numbers),
        order=in_order(child.facts, parent.facts),
        facts=len(set(child.facts) & set(parent.facts)),
        via=said.get(outlet) if outlet else None,
        cites=bool(outlet) and outlet in child.cites and child.publisher != parent.publisher,
        names_it=bool(parent.publisher) and child.publisher != parent.publisher and str(parent.publisher) in child.text,
        keeps="nothing to keep" if not kept else "all" if kept <= set(child.cites) else "some" if kept & set(child.cites) else "none",
        days=days,
        added=(after > 0) - (after < 0),
    )


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def _level(value: float, *steps: tuple[str, float]) -> str:
    return next((name for name, least in steps if value >= least), "none")


def levels(like: Likeness) -> dict[str, str]:
    """The fields that the model weighs."""
    credit = like.via or ("cites" if like.cites else "named" if like.names_it else "none")
    days = "unknown" if like.days is None else "before" if like.days < 0 else "same" if like.days == 0 else "after"
    if like.days == 0:
        days = ("same day, added before", "same day", "same day, added after")[like.added + 1]
    quoted = max(like.quotes, like.quotes_of_parent)
    return {
        "copied": _level(like.copied, ("most", 0.8), ("half", 0.5), ("part", 0.2), ("trace", 0.05)),
        "taken": _level(like.taken, ("most", 0.8), ("half", 0.5), ("part", 0.2), ("trace", 0.05)),
        "quotes": _level(quoted, ("all", 0.99), ("some", 0.01)),
        "names": _level(like.names, ("all", 0.9), ("most", 0.7), ("half", 0.5), ("some", 0.3)),
        "numbers": _level(like.numbers, ("all", 0.9), ("most", 0.6), ("some", 0.3)),
        "order": _level(like.order, ("same", 0.9), ("like", 0.7), ("other", 0.01)),
        "facts": _level(like.facts, ("many", 9), ("several", 6), ("some", 4), ("few", 2)),
        "credit": credit,
        "keeps": like.keeps if credit == "none" else f"{like.keeps}, credited",
        "days": days,
    }


def probability(child: Account, parent: Account, *, order: Mapping[str, int] | None = None) -> tuple[float, Likeness]:
    """How probable it is that the child has it from the parent, and what they share."""
    like = likeness(child, parent, order=order)
    return model("lineage").probability(levels(like)), like


def possible(child: Account, parent: Account, like: Likeness) -> bool:
    """Whether the child can have it from the parent at all: another outlet, not later, and not one that has it from the child.

    Outlets that cite each other are left to be a circle.
    """
    if child.publisher is not None and child.publisher == parent.publisher:
        return False
    if like.via is not None or like.cites or like.names_it:
        return like.days is None or like.days >= -LATER
    if like.days is not None and like.days < 0:
        return False
    return not (child.publisher and child.publisher in parent.text)


def descent(child: Account, parents: Sequence[Account], *, order: Mapping[str, int] | None = None) -> list[Descent]:
    """The edges of one document to those of `parents` that it got its account from.

    What it names is kept: every outlet that it cites or came through, by the document of it that is most alike. What stands in a text
    that it took over whole is not its own citation. Of those that it does not name, only the likeliest, and only where nothing that it
    names explains it.
    """
    named: dict[str, tuple[float, Likeness, Account]] = {}
    others: list[tuple[float, Likeness, Account]] = []
    for parent in parents:
        p, like = probability(child, parent, order=order)
        if p < LEAST or not possible(child, parent, like):
            continue
        item = (p, like, parent)
        if like.via is None and not like.cites and not like.names_it:
            others.append(item)
            continue
        outlet = folded(parent.publisher or "")
        if outlet not in named or _weight(item) > _weight(named[outlet]):
            named[outlet] = item
    chosen = list(named.values())
    through = [item for item in chosen if item[1].via is not None]
    if through:  # it says itself where the text is from; whom that text cites is another matter
        behind = {outlet for item in through for outlet in item[2].cites}
        chosen = [item for item in chosen if item[1].via is not None or folded(item[2].publisher or "") not in behind]
    whole = [item for item in chosen if item[1].taken >= WHOLE]
    best = max(others, key=_weight, default=None)
    if whole and not through:
        chosen = [max(whole, key=_weight)]
    elif best is not None and not through and (not chosen or (best[1].taken >= WHOLE and _names_all(best[2], chosen))):
        chosen = [best]
    return [_edge(child, parent, p, like) for p, like, parent in chosen]


def _names_all(account: Account, chosen: Sequence[tuple[float, Likeness, Account]]) -> bool:
    return all(str(item[2].publisher) in account.text for item in chosen)


def _weight(item: tuple[float, Likeness, Account]) -> tuple[bool, float]:
    p, like, _ = item
    return (like.days is None or like.days >= 0, p)


def _edge(child: Account, parent: Account, p: float, like: Likeness) -> Descent:
    kind: LineageKind
    if like.via == "translated_from":
        kind = "translates"
    elif like.via == "republished_from":
        kind = "republishes"
    elif like.cites or like.names_it or like.via is not None:
        kind = "cites"
    else:  # word for word or rewritten: it does not say from whom
        kind = "copies"
    why = []
    if like.via is not None:
        why.append(f"{child.publisher or 'it'} says: {like.via.replace('_', ' ')} {parent.publisher}")
    elif like.cites or like.names_it:
        why.append(f"cites {parent.publisher}" if like.cites else f"names {parent.publisher}")
    if like.copied >= 0.05:
        why.append(f"{like.copied:.0%} of the passages are the same")
    if like.quotes:
        why.append(f"{like.quotes:.0%} of its quotations stand there")
    if like.order >= 0.7:
        why.append(f"{like.facts} names and figures in common, {like.order:.0%} in the same order")
    if like.days is not None:
        why.append(f"{like.days} days later" if like.days > 0 else "the same day" if like.days == 0 else f"{-like.days} days earlier")
    return Descent(document=child.document, parent=parent.document, kind=kind, probability=round(p, 4), why=tuple(why))
