"""The bundled outlines of countries (Natural Earth, 1:50 million, as TopoJSON), clipped to a window of degrees."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from whence.errors import ResourceError

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
FILE = "web/static/vendor/countries-50m.json"


@functools.cache
def _rings() -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """Every ring of every country with the country's name. ResourceError where the file is missing or broken."""
    path = Path(str(files("whence"))) / FILE
    try:
        data = msgspec.json.decode(path.read_bytes())
        arcs = [_arc(a, data["transform"]) for a in data["arcs"]]
        found: list[tuple[str, tuple[Point, ...]]] = []
        for shape in data["objects"]["countries"]["geometries"]:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            name = shape.get("properties", {}).get("name", "")
            found += [(name, _ring(ring, arcs)) for polygon in polygons for ring in polygon]
    except (OSError, KeyError, msgspec.DecodeError) as error:
        raise ResourceError(f"{FILE}: the outlines of countries are missing or broken ({error}); install whence again") from error
    return tuple(found)


def _arc(deltas: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    """An arc in degrees: TopoJSON keeps steps of a grid."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for step in deltas:
        x, y = x + step[0], y + step[1]
        found.append((x * kx + dx, y * ky + dy))
    return found


def _ring(numbers: Iterable[int], arcs: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    points: list[Point] = []
    for n in numbers:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def within(box: Box) -> list[tuple[str, list[Point]]]:
    """The rings that reach into a box, cut at its edges (Sutherland and Hodgman 1974)."""
    west, south, east, north = box
    found = []
    for name, ring in _rings():
        xs, ys = [p[0] for p in ring], [p[1] for p in ring]
        if max(xs) < west or min(xs) > east or max(ys) < south or min(ys) > north:
            continue
        cut = list(ring)
        for axis, edge, keep_above in ((0, west, True), (0, east, False), (1, south, True), (1, north, False)):
            cut = _cut(cut, axis, edge, keep_above=keep_above)
        if len(cut) >= 3:
            found.append((name, cut))
    return found


def _cut(ring: list[Point], axis: int, edge: float, *, keep_above: bool) -> list[Point]:
    def inside(p: Point) -> bool:
        return p[axis] >= edge if keep_above else p[axis] <= edge

    found: list[Point] = []
    for at, here in enumerate(ring):
        before = ring[at - 1]
        if inside(here) != inside(before):
            share = (edge - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
            found.append((edge, other) if axis == 0 else (other, edge))
        if inside(here):
            found.append(here)
    return found
