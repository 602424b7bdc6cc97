"""The tables that are written: their columns, and the rows that a reading gives to each."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from whence.records import Reading, Report

Rows = Callable[[Reading, Sequence[Report]], Iterable[tuple[object, ...]]]
SIZE = 64
"""Rows that leave a worker together."""


def _nothing(reading: Reading, reports: Sequence[Report]) -> Iterable[tuple[object, ...]]:
    return ()


class Table(NamedTuple):
    """A table: its columns as Spark writes them (`name type, ...`), and how its rows are made; `flat`: derived from readings."""

    columns: str
    make: Rows = _nothing
    flat: bool = False


def _documents(reading: Reading, reports: Sequence[Report]) -> Iterable[tuple[object, ...]]:
    document = reading.document
    names = {e.id: e.name for e in reading.entities}
    yield (
        document.id,
        document.title,
        names.get(document.publisher or ""),
        document.published,
        document.url,
        document.language,
        len(document.text),
        len(reading.sentences),
        len(reading.events),
        len(reading.incidents),
        reading.engine.version,
        reading.engine.model.name,
        reading.engine.config,
    )


def _reports(reading: Reading, reports: Sequence[Report]) -> Iterable[tuple[object, ...]]:
    for r in reports:
        losses: list[object] = []
        for measure in ("killed", "injured", "killed_or_injured", "captured", "displaced"):
            told = [t for t in r.counts if t.measure == measure]
            lows = [t.low for t in told if t.low is not None]
            highs = [t.high for t in told]
            known = [h for h in highs if h is not None]
            losses += [min(lows, default=None), max(known) if known and len(known) == len(highs) else None]
        yield (
            r.id,
            r.document,
            r.incident,
            r.publisher,
            r.published,
            r.type,
            r.mode,
            r.acled.event_type if r.acled else None,
            r.acled.sub_event_type if r.acled else None,
            r.earliest,
            r.latest,
            r.precision,
            r.place,
            r.geonames_id,
            r.latitude,
            r.longitude,
            r.country,
            r.admin1,
            r.place_kind,
            r.precision_km,
            "; ".join(p.name or p.type for p in r.actors) or None,
            "; ".join(p.name or p.type for p in r.targets) or None,
            *losses,
            "; ".join(r.weapons) or None,
            r.status,
            r.origins,
            r.disputed,
        )


def _events(reading: Reading, reports: Sequence[Report]) -> Iterable[tuple[object, ...]]:
    for e in reading.events:
        yield (
            reading.document.id,
            e.id,
            e.type,
            e.mode,
            e.acled.event_type if e.acled else None,
            e.acled.sub_event_type if e.acled else None,
            e.trigger.text,
            e.trigger.start,
            e.trigger.end,
            e.when.earliest,
            e.when.latest,
            e.status,
            e.aggregate,
            e.sentence,
        )


def _claims(reading: Reading, reports: Sequence[Report]) -> Iterable[tuple[object, ...]]:
    names = {e.id: e.name or e.type for e in reading.entities}
    for c in reading.claims:
        yield (
            reading.document.id,
            c.id,
            c.event,
            " › ".join(names[h] for h in c.chain if h in names) or None,
            c.stance,
            c.polarity,
            c.certainty,
            c.content[0].start,
            c.content[-1].end,
            " […] ".join(s.text for s in c.content),
        )


TABLES: dict[str, Table] = {
    "readings": Table("document string, reading string, code string, message string"),
    "documents": Table(
        "document string, title string, publisher string, published string, url string, language string, characters int, sentences int, "
        "events int, incidents int, engine string, model string, config string",
        _documents,
        flat=True,
    ),
    "reports": Table(
        "report string, document string, incident string, publisher string, published string, type string, mode string, "
        "acled_event_type string, acled_sub_event_type string, earliest string, latest string, precision string, place string, "
        "geonames_id bigint, latitude double, longitude double, country string, admin1 string, place_kind string, precision_km double, "
        "actors string, targets string, killed_low bigint, killed_high bigint, injured_low bigint, injured_high bigint, "
        "killed_or_injured_low bigint, killed_or_injured_high bigint, captured_low bigint, captured_high bigint, displaced_low bigint, "
        "displaced_high bigint, weapons string, status string, origins int, disputed boolean",
        _reports,
        flat=True,
    ),
    "events": Table(
        "document string, event string, type string, mode string, acled_event_type string, acled_sub_event_type string, trigger string, "
        "start int, end int, earliest string, latest string, status string, aggregate boolean, sentence int",
        _events,
        flat=True,
    ),
    "claims": Table(
        "document string, claim string, event string, chain string, stance string, polarity string, certainty string, start int, end int, "
        "words string",
        _claims,
        flat=True,
    ),
    "members": Table(
        "report string, first int, last int, blocks array<string>, looks array<string>, told binary, account binary",
    ),
    "links": Table("a string, b string, probability double, why string"),
}
"""Every table by its name; an open upper end of a loss is null."""


def schema(table: str) -> Any:
    """The Arrow schema of a table."""
    import pyarrow as pa

    kinds = {
        "string": pa.string(),
        "int": pa.int32(),
        "bigint": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
        "binary": pa.binary(),
        "array<string>": pa.list_(pa.string()),
    }
    columns = [column.strip().rsplit(" ", 1) for column in TABLES[table].columns.split(",")]
    return pa.schema([pa.field(name, kinds[kind]) for name, kind in columns])


def batches(table: str, rows: Iterable[tuple[object, ...]]) -> Iterator[Any]:
    """Rows as Arrow batches of their table."""
    import pyarrow as pa

    form = schema(table)
    coming = iter(rows)
    while some := list(itertools.islice(coming, SIZE)):
        yield pa.RecordBatch.from_arrays(
            [pa.array(c, type=f.type) for c, f in zip(zip(*some, strict=True), form, strict=True)], schema=form
        )
