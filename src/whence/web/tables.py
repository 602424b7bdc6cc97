"""Tables as CSV: plain columns, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

from litestar import Response

from whence.records.vocabulary import Measure
from whence.store import totals

from .wording import parties, party

Columns = Sequence[tuple[str, Callable[[Any], object]]]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def _of(*names: str) -> list[tuple[str, Callable[[Any], object]]]:
    return [(name, lambda row, name=name: getattr(row, name)) for name in names]  # type: ignore[misc] # the default binds the name


def _counts() -> Columns:
    found: list[tuple[str, Callable[[Any], object]]] = []
    for measure in get_args(Measure):
        for side, end in enumerate(("low", "high")):
            found.append((f"{measure}_{end}", lambda r, m=measure, s=side: totals(r.counts).get(m, (None, None))[s]))  # type: ignore[misc]
    return found


REPORTS: Columns = (
    *_of("id", "document", "publisher", "published", "type", "mode"),
    ("acled_event_type", lambda r: r.acled.event_type if r.acled else None),
    ("acled_sub_event_type", lambda r: r.acled.sub_event_type if r.acled else None),
    *_of("earliest", "latest", "precision", "place", "geonames_id", "latitude", "longitude", "country", "admin1"),
    *_of("place_kind", "precision_km", "status", "origins", "disputed"),
    ("actors", lambda r: parties(r.actors) if r.actors else None),
    ("targets", lambda r: parties(r.targets) if r.targets else None),
    *_counts(),
    ("chains", lambda r: "; ".join(" > ".join(party(p) for p in t.chain) for t in r.tellings)),
)
OVERVIEWS: Columns = (
    *_of("id", "type"),
    ("acled_event_type", lambda o: o.acled.event_type if o.acled else None),
    ("acled_sub_event_type", lambda o: o.acled.sub_event_type if o.acled else None),
    *_of("earliest", "latest", "place", "latitude", "longitude", "country", "admin1", "place_kind", "precision_km", "status"),
    *_of("actors", "targets"),
    *((name, value) for name, value in _counts() if not name.startswith("incidents_")),
    *_of("reports", "documents", "origins", "disputed", "credibility"),
    ("disputed_fields", lambda o: "; ".join(o.disputed_fields)),
    ("publishers", lambda o: "; ".join(o.publishers)),
    ("weakest_link", lambda o: o.weakest),
)
ACTORS: Columns = _of("name", "type", "acting", "targeted")
DOCUMENTS: Columns = _of("id", "title", "publisher", "published", "url", "captured", "characters", "reports", "engine")
SOURCES: Columns = (
    *_of("id", "name", "documents", "cited_by", "reliability"),
    ("cites", lambda s: "; ".join(f"{name} ({relation.replace('_', ' ')}, {times})" for name, relation, times in s.cites)),
)
JUDGEMENTS: Columns = _of("id", "made", "who", "kind", "subject", "other", "field", "value", "why")


def as_csv(rows: Iterable[Any], columns: Columns, *, name: str) -> Response[bytes]:
    """Rows as a CSV file in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in columns])
    for row in rows:
        writer.writerow([_cell(value(row)) for _, value in columns])
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue().encode("utf8"), media_type="text/csv", headers=headers)


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return "" if value is None else value
