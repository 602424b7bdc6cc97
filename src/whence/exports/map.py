"""A still map of incidents: each the area of its precision, over the outlines of countries; as SVG, and as PNG where Pillow is there."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from html import escape

from whence.records import Record

from . import wording
from .cells import flat
from .outlines import Box, Point, within
from .requirement import required
from .rows import Row

WIDTH = 960
LEAST, MOST = 380, 900
"""Pixels of height."""
NARROWEST = 1.5
"""Degrees that a map shows at least, so that there is something around a single town."""
COLOURS = {
    "Battles": "#d55e00",
    "Violence against civilians": "#cc79a7",
    "Explosions/Remote violence": "#b8860b",
    "Protests": "#0072b2",
    "Riots": "#009e73",
    "Strategic developments": "#5b5b5b",
}
"""By ACLED's event types (Okabe and Ito's palette, told apart by most eyes)."""
OTHER = "#333333"


class Disc(Record):
    """An incident on the map, in pixels; `number` is its number in the brief, written there unless another stands in its way."""

    x: float
    y: float
    radius: float
    colour: str
    title: str
    number: int
    labelled: bool


class Drawing(Record):
    """A map in pixels."""

    width: int
    height: int
    land: tuple[tuple[str, tuple[Point, ...]], ...]
    discs: tuple[Disc, ...]
    legend: tuple[tuple[str, str], ...]
    scale_km: int
    scale_px: float


def drawn(rows: Sequence[Row]) -> Drawing | None:
    """The map of the rows that lie somewhere, None where none does; wide areas are drawn beneath narrow ones."""
    placed = [(n, r) for n, r in enumerate(rows, 1) if r.place and r.place.latitude is not None and r.place.longitude is not None]
    if not placed:
        return None
    box = _box([r for _, r in placed])
    west, south, east, north = box
    narrow = math.cos(math.radians((south + north) / 2))
    unit = WIDTH / ((east - west) * narrow)
    height = round((north - south) * unit)

    def at(longitude: float, latitude: float) -> Point:
        return round((longitude - west) * narrow * unit, 1), round((north - latitude) * unit, 1)

    discs: list[Disc] = []
    for n, row in placed:
        place = row.place
        assert place is not None
        assert place.latitude is not None
        assert place.longitude is not None
        x, y = at(place.longitude, place.latitude)
        km = place.precision_km if place.precision_km is not None else 5.0
        kind = row.acled.event_type if row.acled else ""
        discs.append(
            Disc(
                x=x,
                y=y,
                radius=round(max(4.0, km / 111.195 * unit), 1),
                colour=COLOURS.get(kind, OTHER),
                title=wording.title(row),
                number=n,
                labelled=all(abs(x - d.x) > 18 or abs(y - d.y) > 12 for d in discs if d.labelled),
            )
        )
    kinds = sorted(
        {r.acled.event_type if r.acled else "other" for _, r in placed}, key=lambda k: (list(COLOURS).index(k) if k in COLOURS else 9, k)
    )
    scale = next((km for km in (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1) if km / 111.195 * unit <= WIDTH / 4), 1)
    return Drawing(
        width=WIDTH,
        height=height,
        land=tuple((name, thin) for name, ring in within(box) if len(thin := _thinned([at(*p) for p in ring])) > 2),
        discs=tuple(sorted(discs, key=lambda d: (-d.radius, d.number))),
        legend=tuple((k, COLOURS.get(k, OTHER)) for k in kinds),
        scale_km=scale,
        scale_px=round(scale / 111.195 * unit, 1),
    )


def _thinned(ring: Sequence[Point]) -> tuple[Point, ...]:
    """A ring without the points that nobody could tell from the last one."""
    found: list[Point] = []
    for x, y in ring:
        if not found or abs(x - found[-1][0]) + abs(y - found[-1][1]) >= 1.0:
            found.append((x, y))
    return tuple(found)


def _box(rows: Sequence[Row]) -> Box:
    """A window around all areas, not narrower than `NARROWEST` and neither too flat nor too tall."""
    reach = [(r.place.longitude, r.place.latitude, min(8.0, (r.place.precision_km or 5.0) / 111.195)) for r in rows if r.place]
    known = [(x, y, e) for x, y, e in reach if x is not None and y is not None]
    west, east = min(x - e for x, _, e in known), max(x + e for x, _, e in known)
    south, north = min(y - e for _, y, e in known), max(y + e for _, y, e in known)
    pad = max(NARROWEST - (east - west), NARROWEST - (north - south), 0.2 * max(east - west, north - south)) / 2
    west, east, south, north = west - pad, east + pad, south - pad, north + pad
    narrow = math.cos(math.radians(max(-80.0, min(80.0, (south + north) / 2))))
    wide, tall = (east - west) * narrow, north - south
    low, high = LEAST / WIDTH, MOST / WIDTH
    if tall < wide * low:
        grow = (wide * low - tall) / 2
        south, north = south - grow, north + grow
    elif tall > wide * high:
        grow = (tall / high - wide) / 2 / narrow
        west, east = west - grow, east + grow
    return max(-180.0, west), max(-85.0, south), min(180.0, east), min(85.0, north)


def svg(drawing: Drawing) -> str:
    """The map as one SVG element, with a title for each incident and a link to its entry."""
    w, h = drawing.width, drawing.height
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" role="img" aria-label="Map of the incidents">']
    parts.append(f'<rect width="{w}" height="{h}" fill="#dbe6ee"/>')
    for name, ring in drawing.land:
        path = "M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z"
        parts.append(f'<path d="{path}" fill="#f7f5ef" stroke="#9aa3aa" stroke-width=".8"><title>{escape(name)}</title></path>')
    for d in drawing.discs:
        parts.append(
            f'<a href="#i{d.number}"><circle cx="{d.x:g}" cy="{d.y:g}" r="{d.radius:g}" fill="{d.colour}" fill-opacity=".28" '
            f'stroke="{d.colour}" stroke-width="1.5"><title>{escape(flat(f"{d.number}. {d.title}"))}</title></circle></a>'
        )
        if d.labelled:
            parts.append(
                f'<text x="{d.x:g}" y="{d.y + 4:g}" text-anchor="middle" font-size="11" font-family="sans-serif">{d.number}</text>'
            )
    parts.append(f'<path d="M12,{h - 14}h{drawing.scale_px:g}" stroke="#222" stroke-width="2"/>')
    parts.append(f'<text x="12" y="{h - 20}" font-size="11" font-family="sans-serif">{drawing.scale_km} km</text></svg>')
    return "".join(parts)


def png(drawing: Drawing) -> bytes:
    """The same as a picture. RequirementError without Pillow."""
    image_of = required("PIL.Image", what="The map in DOCX")
    draw_on = required("PIL.ImageDraw", what="The map in DOCX")
    image = image_of.new("RGB", (drawing.width, drawing.height), "#dbe6ee")
    pen = draw_on.Draw(image, "RGBA")
    for _, ring in drawing.land:
        pen.polygon(list(ring), fill="#f7f5ef", outline="#9aa3aa")
    for d in drawing.discs:
        around = (d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius)
        pen.ellipse(around, fill=f"{d.colour}48", outline=f"{d.colour}ff", width=2)
        if d.labelled:
            pen.text((d.x - 3 * len(str(d.number)), d.y - 6), str(d.number), fill="#000000")
    pen.line((12, drawing.height - 14, 12 + drawing.scale_px, drawing.height - 14), fill="#222222", width=2)
    pen.text((12, drawing.height - 30), f"{drawing.scale_km} km", fill="#222222")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()
