"""Clusters that hold together: links are taken strongest first, and two clusters join only when on the whole their members agree."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

from .model import log_odds

UNSEEN = -2.0
"""Log-odds of two reports that were not compared or hardly alike: a chain of two links must outweigh it to join three."""
STRONG = 6.0
"""Log-odds beyond which a link weighs no more: one certain pair cannot carry many doubtful ones."""


def connected(links: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The components of what is linked at all."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in links:
        parent[root(a)] = root(b)
    found: dict[str, set[str]] = {}
    for x in list(parent):
        found.setdefault(root(x), set()).add(x)
    return list(found.values())


def clustered(
    members: Iterable[str],
    links: Mapping[tuple[str, str], float],
    *,
    same: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    unseen: float = UNSEEN,
) -> list[list[str]]:
    """Members in clusters, by average linkage on log-odds (correlation clustering, greedily; Bansal et al. 2004).

    `links`: probabilities by (a, b) with a < b. `same` and `apart` are judged: they hold whatever the links say, and where they
    contradict each other `apart` holds, for what was torn apart by hand must not come together through a third. Each cluster is
    sorted, and so are the clusters.
    """
    order = sorted(set(members))
    at = {m: i for i, m in enumerate(order)}
    groups: dict[int, set[int]] = {i: {i} for i in range(len(order))}
    home = list(range(len(order)))
    score: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in range(len(order))}
    barred: dict[int, set[int]] = {i: set() for i in range(len(order))}
    for a, b in apart:
        if a in at and b in at:
            barred[at[a]].add(at[b])
            barred[at[b]].add(at[a])
    for (a, b), p in links.items():
        if a in at and b in at:
            weight = max(-STRONG, min(STRONG, log_odds(p)))
            score[at[a]][at[b]] = score[at[b]][at[a]] = (weight, 1)

    def mean(x: int, y: int) -> float:
        total, seen = score[x].get(y, (0.0, 0))
        pairs = len(groups[x]) * len(groups[y])
        return (total + unseen * (pairs - seen)) / pairs

    def free(x: int, y: int) -> bool:
        return not barred[x] & groups[y]

    def merge(x: int, y: int) -> int:
        if len(groups[x]) < len(groups[y]):
            x, y = y, x
        groups[x] |= groups.pop(y)
        for m in groups[x]:
            home[m] = x
        barred[x] |= barred.pop(y)
        for z, (total, seen) in score.pop(y).items():
            del score[z][y]
            if z != x:
                t, s = score[x].get(z, (0.0, 0))
                score[x][z] = score[z][x] = (t + total, s + seen)
        return x

    for a, b in same:
        if a in at and b in at and home[at[a]] != home[at[b]] and free(home[at[a]], home[at[b]]):
            merge(home[at[a]], home[at[b]])
    heap: list[tuple[float, int, int]] = [(-mean(x, y), x, y) for x in score for y in score[x] if x < y and mean(x, y) > 0]
    heapq.heapify(heap)
    while heap:
        value, x, y = heapq.heappop(heap)
        if x not in groups or y not in groups or not free(x, y):
            continue
        now = mean(x, y)
        if now <= 0:
            continue
        if abs(now + value) > 1e-12:
            heapq.heappush(heap, (-now, x, y))
            continue
        z = merge(x, y)
        for w in score[z]:
            value = mean(z, w)
            if value > 0:
                heapq.heappush(heap, (-value, min(z, w), max(z, w)))
    return sorted([sorted(order[m] for m in g) for g in groups.values()])
