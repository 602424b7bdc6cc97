"""The tables that our own formats share (Parquet, XLSX, HXL): incidents, their sources, their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

from whence.records.vocabulary import Measure

from . import wording
from .cells import flat
from .codes import country_name
from .rows import Paper, Row, Statement

Column = tuple[str, str, Callable[[Any], object]]
"""Name, kind (text, whole, real, day, yes) and how it is had."""


def _counts() -> Iterator[Column]:
    for measure in get_args(Measure):
        if measure == "incidents":
            continue
        yield f"{measure}_low", "whole", lambda r, m=measure: f.low if (f := r.figure(m)) else None  # type: ignore[misc]
        yield f"{measure}_shown_low", "whole", lambda r, m=measure: f.best_low if (f := r.figure(m)) else None  # type: ignore[misc]
        yield f"{measure}_shown_high", "whole", lambda r, m=measure: f.best_high if (f := r.figure(m)) else None  # type: ignore[misc]
        yield f"{measure}_high", "whole", lambda r, m=measure: f.high if (f := r.figure(m)) else None  # type: ignore[misc]


def _place(name: str) -> Callable[[Row], object]:
    return lambda r: getattr(r.place, name) if r.place else None


INCIDENTS: tuple[Column, ...] = (
    ("id", "text", lambda r: r.id),
    ("earliest", "day", lambda r: r.earliest),
    ("latest", "day", lambda r: r.latest),
    ("date_precision", "text", lambda r: r.precision),
    ("what", "text", wording.what),
    ("acled_event_type", "text", lambda r: r.acled.event_type if r.acled else None),
    ("acled_sub_event_type", "text", lambda r: r.acled.sub_event_type if r.acled else None),
    ("plover_type", "text", lambda r: r.type),
    ("plover_mode", "text", lambda r: r.mode),
    ("status", "text", lambda r: r.status),
    ("actors", "text", lambda r: wording.parties(r.actors) or None),
    ("actor_types", "text", lambda r: "; ".join(p.type for p in r.actors) or None),
    ("targets", "text", lambda r: wording.parties(r.targets) or None),
    ("target_types", "text", lambda r: "; ".join(p.type for p in r.targets) or None),
    ("place", "text", _place("name")),
    ("admin1", "text", _place("admin1")),
    ("country", "text", _place("country")),
    ("country_name", "text", lambda r: country_name(r.country)),
    ("place_kind", "text", _place("kind")),
    ("latitude", "real", _place("latitude")),
    ("longitude", "real", _place("longitude")),
    ("precision_km", "real", _place("precision_km")),
    ("geonames_id", "whole", _place("geonames_id")),
    *_counts(),
    ("weapons", "text", lambda r: "; ".join(map(flat, r.weapons)) or None),
    ("disputed", "yes", lambda r: r.disputed),
    ("differing", "text", lambda r: "\n".join(wording.differing(r)) or None),
    ("origins", "whole", lambda r: len(r.origins)),
    ("origin_names", "text", lambda r: "; ".join(flat(o.name) for o in r.origins) or None),
    ("denied_by", "text", lambda r: "; ".join(dict.fromkeys(wording.chain(s) for s in r.statements if s.against)) or None),
    ("credibility", "whole", lambda r: r.credibility),
    ("credibility_why", "text", lambda r: r.credibility_why),
    ("rule", "text", lambda r: r.rule),
    ("sources", "text", lambda r: "; ".join(dict.fromkeys(flat(p.publisher) for p in r.papers if p.publisher)) or None),
    ("documents", "text", lambda r: "; ".join(p.id for p in r.papers)),
)
"""An incident a row: of each measure the lowest told, the shown from-to, the highest told (empty where it is open)."""

SOURCES: tuple[Column, ...] = (
    ("incident", "text", lambda x: x[0].id),
    ("document", "text", lambda x: x[1].id),
    ("publisher", "text", lambda x: x[1].publisher),
    ("published", "day", lambda x: x[1].published),
    ("title", "text", lambda x: x[1].title),
    ("url", "text", lambda x: x[1].url),
    ("text_sha256", "text", lambda x: x[1].sha256),
    ("goes_back_to", "text", lambda x: "; ".join(flat(o.name) for o in x[0].origins if x[1].id in o.documents) or None),
    ("has_it_from", "text", lambda x: "; ".join(f"{e.parent} ({e.kind})" for e in x[0].lineage if e.document == x[1].id) or None),
)
"""A document of an incident a row."""

EVIDENCE: tuple[Column, ...] = (
    ("incident", "text", lambda x: x[0].id),
    ("report", "text", lambda x: x[1].report),
    ("document", "text", lambda x: x[1].document),
    ("chain", "text", lambda x: wording.chain(x[1])),
    ("stance", "text", lambda x: x[1].stance),
    ("polarity", "text", lambda x: x[1].polarity),
    ("certainty", "text", lambda x: x[1].certainty),
    ("words", "text", lambda x: wording.words(x[1]) or None),
    ("starts", "text", lambda x: "; ".join(str(q.start) for q in x[1].quotes) or None),
    ("ends", "text", lambda x: "; ".join(str(q.end) for q in x[1].quotes) or None),
)
"""A claim of an incident a row."""


def sources(row: Row) -> list[tuple[Row, Paper]]:
    """What the table of sources is made from."""
    return [(row, p) for p in row.papers]


def evidence(row: Row) -> list[tuple[Row, Statement]]:
    """What the table of evidence is made from."""
    return [(row, s) for s in row.statements]
