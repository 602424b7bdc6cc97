"""One to one: which coded row is which incident, so that the sum of all scores is as great as it can be."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

LARGEST = 300
"""Rows of a cluster of candidates that are assigned exactly; larger ones are assigned best first."""


def assigned(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Left to right, each at most once. Exact (Kuhn 1955, as Jonker and Volgenant 1987 do it) within each connected group of candidates."""
    found: dict[int, int] = {}
    for group in _groups(scores):
        found |= _exact(group) if len({a for a, _ in group}) <= LARGEST else _greedy(group)
    return found


def _groups(scores: Mapping[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(x: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in scores:
        parent[root(("a", a))] = root(("b", b))
    groups: dict[tuple[str, int], dict[tuple[int, int], float]] = {}
    for (a, b), score in scores.items():
        groups.setdefault(root(("a", a)), {})[a, b] = score
    return list(groups.values())


def _greedy(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (a, b), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return found


def _exact(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Shortest augmenting paths over a row of costs for each on the left, which also has a column in which it stays alone at no cost."""
    lefts, rights = sorted({a for a, _ in scores}), sorted({b for _, b in scores})
    n, m = len(lefts), len(rights)
    cost = np.full((n + 1, m + n + 1), 1.0)  # who are no candidates are dearer than to stay alone
    where_a = {a: i for i, a in enumerate(lefts, 1)}
    where_b = {b: j for j, b in enumerate(rights, 1)}
    for (a, b), score in scores.items():
        cost[where_a[a], where_b[b]] = -score
    cost[:, m + 1 :] = 0.0
    u, v = np.zeros(n + 1), np.zeros(m + n + 1)
    match, way = np.zeros(m + n + 1, dtype=int), np.zeros(m + n + 1, dtype=int)
    for i in range(1, n + 1):
        match[0], column = i, 0
        least, used = np.full(m + n + 1, np.inf), np.zeros(m + n + 1, dtype=bool)
        while True:
            used[column] = True
            row = match[column]
            reduced = cost[row] - u[row] - v
            nearer = ~used & (reduced < least)
            nearer[0] = False
            least[nearer], way[nearer] = reduced[nearer], column
            open_columns = np.where(used, np.inf, least)
            open_columns[0] = np.inf
            following = int(np.argmin(open_columns))
            delta = open_columns[following]
            u[match[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            column = following
            if match[column] == 0:
                break
        while column:
            before = way[column]
            match[column] = match[before]
            column = int(before)
    pairs = ((lefts[match[j] - 1], b) for b, j in where_b.items() if match[j])
    return {a: b for a, b in pairs if (a, b) in scores}
