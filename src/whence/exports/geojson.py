"""GeoJSON (RFC 7946): the area within which it lies, never a point; its centre and radius stand among the properties."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from . import wording
from .losses import Lost, dropped
from .rows import Row

NAME, TITLE, SUFFIX = "geojson", "GeoJSON, areas of precision", ".geojson"
CARRIES = (
    *("interval", "range", "measures", "values", "denials", "origins", "chains", "evidence", "status", "precision", "weapons"),
    *("credibility", "acled", "plover", "direction", "actor types", "papers"),
)
UNKNOWN_KM = 5.0
"""Radius drawn where none is known."""
CORNERS = 32


def lost(row: Row) -> Iterator[Lost]:
    """Without coordinates a row is kept with an empty geometry, as RFC 7946 wants it of what is not located."""
    yield from dropped(row, CARRIES)
    if row.place is None or row.place.latitude is None:
        yield Lost(field="place", what="lies nowhere on the map: the geometry is null")
    if any(c.of for c in row.counts):
        yield Lost(field="counts", what="which group was counted is only told in words")


def circle(latitude: float, longitude: float, km: float, *, corners: int = CORNERS) -> list[list[float]]:
    """A closed ring of [longitude, latitude] about a point, counter-clockwise."""
    ring = []
    widest = max(km, 0.1) / 111.195
    for step in range(corners + 1):
        angle = 2 * math.pi * (step % corners) / corners
        up = max(-89.9, min(89.9, latitude + widest * math.sin(angle)))
        along = widest * math.cos(angle) / max(0.02, math.cos(math.radians(latitude)))
        ring.append([round(max(-180.0, min(180.0, longitude + along)), 4), round(up, 4)])
    return ring


def feature(row: Row) -> dict[str, Any]:
    """A row as a feature."""
    place = row.place
    geometry = None
    if place is not None and place.latitude is not None and place.longitude is not None:
        radius = place.precision_km if place.precision_km is not None else UNKNOWN_KM
        geometry = {"type": "Polygon", "coordinates": [circle(place.latitude, place.longitude, radius)]}
    return {
        "type": "Feature",
        "id": row.id,
        "geometry": geometry,
        "properties": {
            "title": wording.title(row),
            "what": wording.what(row),
            "event_type": row.acled.event_type if row.acled else None,
            "plover": row.type,
            "mode": row.mode,
            "earliest": row.earliest,
            "latest": row.latest,
            "place": place.name if place else None,
            "admin1": place.admin1 if place else None,
            "country": row.country,
            "place_kind": place.kind if place else None,
            "precision_km": place.precision_km if place else None,
            "centre": [place.longitude, place.latitude] if geometry is not None and place else None,
            "geonames_id": place.geonames_id if place else None,
            "actors": [wording.party(p) for p in row.actors],
            "actor_types": [p.type for p in row.actors],
            "targets": [wording.party(p) for p in row.targets],
            "target_types": [p.type for p in row.targets],
            "counts": {
                f.measure: {"low": f.low, "high": f.high, "shown": [f.best_low, f.best_high], "disputed": f.disputed} for f in row.figures
            },
            "weapons": row.weapons,
            "status": row.status,
            "disputed": row.disputed,
            "differing": wording.differing(row),
            "origins": [o.key for o in row.origins],
            "credibility": row.credibility,
            "rule": row.rule,
            "sources": [
                {"id": p.id, "publisher": p.publisher, "published": p.published, "title": p.title, "url": p.url} for p in row.papers
            ],
            "statements": [
                {"chain": wording.chain(s), "stance": s.stance, "polarity": s.polarity, "words": wording.words(s), "document": s.document}
                for s in row.statements
            ],
        },
    }


def write(rows: Iterable[Row], path: Path) -> None:
    """A FeatureCollection, feature by feature."""
    with path.open("wb") as out:
        out.write(b'{"type":"FeatureCollection","features":[')
        for n, row in enumerate(rows):
            out.write((b",\n" if n else b"\n") + msgspec.json.encode(feature(row)))
        out.write(b"\n]}\n")


def check(path: Path) -> list[str]:
    """Where a file breaks RFC 7946: members, closed rings of four positions and more, right-hand rule, ranges, unique ids."""
    try:
        data = msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        return [f"is no JSON ({error})"]
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection" or not isinstance(data.get("features"), list):
        return ["is no FeatureCollection"]
    problems = ["crs is no member of RFC 7946"] if "crs" in data else []
    seen: set[object] = set()
    for n, item in enumerate(data["features"]):
        problems += [f"feature {n}: {p}" for p in _faults(item)]
        if item.get("id") in seen:
            problems.append(f"feature {n}: id {item.get('id')} is there twice")
        seen.add(item.get("id"))
    return problems


def _faults(item: dict[str, Any]) -> Iterator[str]:
    if item.get("type") != "Feature" or "geometry" not in item or "properties" not in item:
        yield "is no Feature with geometry and properties"
        return
    geometry = item["geometry"]
    if geometry is None:
        return
    if geometry.get("type") == "Point":
        yield "is a point, which says more than is known"
        return
    for ring in geometry.get("coordinates", ()):
        if len(ring) < 4 or ring[0] != ring[-1]:
            yield "a ring is not closed or has fewer than four positions"
        if any(abs(x) > 180 or abs(y) > 90 for x, y in ring):
            yield "a position lies off the globe"
        if sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) > 0:
            yield "the outer ring runs clockwise"
