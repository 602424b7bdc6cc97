"""The lineage of an incident as a drawing: who has it from whom, origins at the left, computed here so that no script is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whence.corroboration.incidents import Account
from whence.records import Record, Report

WIDE, HIGH = 176, 40
"""The size of a box."""
ALONG, DOWN = 236, 54
"""From the left edge of a column to that of the next, and from the top of a row to that of the next."""
LETTERS = 22
"""Characters of a name that a box holds."""
WORDS = {
    "copies": "copies",
    "translates": "translates",
    "republishes": "republishes",
    "quotes": "quotes",
    "cites": "cites",
    "shares_origin": "shares an origin with",
}
ORIGINS = {
    "outlet": "own reporting of",
    "holder": "words of",
    "circle": "outlets that cite each other:",
    "document": "a document without outlet,",
}


class Box(Record):
    """A document or an origin: where it is drawn, what stands in it."""

    key: str
    x: int
    y: int
    name: str
    whole: str
    beneath: str
    origin: bool
    address: str | None


class Line(Record):
    """From whom somebody has it: a path, and how in words."""

    path: str
    kind: str
    words: str
    probability: float | None
    why: tuple[str, ...]


class Drawing(Record):
    """Boxes and lines with the size of the whole."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def origin_words(key: str) -> str:
    """An origin as people call it: "own reporting of radio kosti"."""
    kind, _, name = key.partition(":")
    return f"{ORIGINS.get(kind, kind)} {name}"


def drawing(told: Account, reports: Sequence[Report]) -> Drawing:
    """The origins of an incident, its documents behind them, and the edges of the lineage between these."""
    names = {r.document: (r.publisher or "unknown outlet", r.published or "no date") for r in reports}
    parents: dict[str, list[str]] = {d: [] for d in told.documents}
    for edge in told.lineage:
        if edge.parent in parents and edge.document in parents and edge.parent not in parents[edge.document]:
            parents[edge.document].append(edge.parent)
    depths = _depths(parents)
    # An origin is drawn to those of its documents that have it from no other document.
    firsts = {key: [d for d in ds if not parents.get(d)] or [min(ds, key=lambda d: depths.get(d, 1))] for key, ds in told.origins.items()}
    columns: dict[int, list[str]] = {0: list(told.origins)}
    for document in told.documents:
        columns.setdefault(depths[document], []).append(document)
    _settled(columns, {**parents, **_backwards(firsts)})
    tallest = max(len(c) for c in columns.values())
    boxes: dict[str, Box] = {}
    for column, keys in columns.items():
        top = (tallest - len(keys)) * DOWN // 2
        for row, key in enumerate(keys):
            whole, beneath = (origin_words(key), "origin") if column == 0 else names[key]
            boxes[key] = Box(
                key=key,
                x=2 + column * ALONG,
                y=2 + top + row * DOWN,
                name=_cut(key.partition(":")[2] if column == 0 else whole),
                whole=whole,
                beneath=key.partition(":")[0] if column == 0 else beneath,
                origin=column == 0,
                address=None if column == 0 else f"/documents/{key}",
            )
    lines = [
        Line(
            path=_path(boxes[key], boxes[d]),
            kind="origin",
            words=f"{boxes[d].whole} goes back to {origin_words(key)}",
            probability=None,
            why=(),
        )
        for key, ds in firsts.items()
        for d in ds
    ]
    lines += [
        Line(
            path=_path(boxes[e.parent], boxes[e.document]),
            kind=e.kind,
            words=f"{names[e.document][0]} {WORDS[e.kind]} {names[e.parent][0]}",
            probability=e.probability,
            why=e.why,
        )
        for e in told.lineage
    ]
    width = max(columns) * ALONG + WIDE + 4
    return Drawing(width=width, height=tallest * DOWN - (DOWN - HIGH) + 4, boxes=tuple(boxes.values()), lines=tuple(lines))


def _depths(parents: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The column of each document: one behind the last of those it has it from; circles are cut where they close."""
    found: dict[str, int] = {}

    def depth(document: str, above: frozenset[str]) -> int:
        if document in found:
            return found[document]
        beyond = [depth(p, above | {document}) for p in parents.get(document, ()) if p not in above and p != document]
        at = 1 + max(beyond, default=0)
        if not above:
            found[document] = at
        return at

    for document in parents:
        depth(document, frozenset())
    return found


def _backwards(firsts: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    by: dict[str, list[str]] = {}
    for key, documents in firsts.items():
        for document in documents:
            by.setdefault(document, []).append(key)
    return by


def _settled(columns: dict[int, list[str]], parents: Mapping[str, Sequence[str]]) -> None:
    """Put each column in the order of what stands before it, so that lines cross less (the barycentre of Sugiyama and others 1981)."""
    place = {key: row for row, key in enumerate(columns[0])}

    def middle(key: str) -> float:
        before = [place[p] for p in parents.get(key, ()) if p in place]
        return sum(before) / len(before) if before else len(place)

    for column in sorted(columns):
        if column:
            columns[column].sort(key=middle)
            place.update({key: row for row, key in enumerate(columns[column])})


def _path(one: Box, other: Box) -> str:
    x, y, to_x, to_y = one.x + WIDE, one.y + HIGH // 2, other.x, other.y + HIGH // 2
    if to_x <= x:  # backwards or within a column: round the outside
        return f"M{x} {y} C{x + 40} {y} {x + 40} {to_y} {other.x + WIDE} {to_y}"
    half = (to_x - x) // 2
    return f"M{x} {y} C{x + half} {y} {to_x - half} {to_y} {to_x} {to_y}"


def _cut(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
