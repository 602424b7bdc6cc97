"""Parquet: incidents as typed columns, with figures, values, sources and evidence nested whole; nothing is left behind."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from .losses import Lost
from .requirement import required
from .rows import Row
from .tables import EVIDENCE, INCIDENTS, SOURCES, evidence, sources

NAME, TITLE, SUFFIX = "parquet", "Parquet, nested", ".parquet"
BATCH = 1_000
"""Rows of a row group."""
WHAT = "Parquet"


def lost(row: Row) -> Iterator[Lost]:
    """Nothing: the whole row stands beside its columns, in `row`."""
    yield from ()


def _schema() -> Any:
    pa = required("pyarrow", what=WHAT)
    kinds = {"text": pa.string(), "whole": pa.int64(), "real": pa.float64(), "day": pa.date32(), "yes": pa.bool_()}

    def struct(columns: Iterable[tuple[str, str, Any]]) -> Any:
        return pa.struct([pa.field(name, kinds[kind]) for name, kind, _ in columns])

    fields = [pa.field(name, kinds[kind]) for name, kind, _ in INCIDENTS]
    fields += [pa.field("source_list", pa.list_(struct(SOURCES[1:]))), pa.field("evidence", pa.list_(struct(EVIDENCE[1:])))]
    return pa.schema([*fields, pa.field("row", pa.string())], metadata={"whence": "incidents/1"})


def _value(kind: str, value: object) -> object:
    return date.fromisoformat(value) if kind == "day" and isinstance(value, str) else value


def _record(row: Row) -> dict[str, object]:
    found = {name: _value(kind, get(row)) for name, kind, get in INCIDENTS}
    found["source_list"] = [{n: _value(k, get(item)) for n, k, get in SOURCES[1:]} for item in sources(row)]
    found["evidence"] = [{n: _value(k, get(item)) for n, k, get in EVIDENCE[1:]} for item in evidence(row)]
    found["row"] = msgspec.json.encode(row).decode("utf8")
    return found


def write(rows: Iterable[Row], path: Path) -> None:
    """Row group by row group. RequirementError without pyarrow."""
    pa, pq = required("pyarrow", what=WHAT), required("pyarrow.parquet", what=WHAT)
    schema = _schema()
    coming = iter(rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := [_record(r) for r in itertools.islice(coming, BATCH)]:
            writer.write_table(pa.Table.from_pylist(some, schema=schema))


def read(path: Path) -> Iterator[Row]:
    """The rows again, whole."""
    pq = required("pyarrow.parquet", what=WHAT)
    decoder = msgspec.json.Decoder(Row)
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=["row"], batch_size=BATCH):
            yield from (decoder.decode(text) for text in batch.column(0).to_pylist())


def check(path: Path) -> list[str]:
    """Where a file is not of the schema, has an id twice, or columns that do not say what the whole row says."""
    pa, pq = required("pyarrow", what=WHAT), required("pyarrow.parquet", what=WHAT)
    try:
        with pq.ParquetFile(path) as file:
            if not file.schema_arrow.equals(_schema()):
                return ["the schema is not that of incidents/1"]
            ids = [i for b in file.iter_batches(columns=["id"], batch_size=BATCH) for i in b.column(0).to_pylist()]
    except (pa.ArrowInvalid, OSError) as error:
        return [f"is no Parquet file ({error})"]
    problems = ["an id is there twice"] if len(set(ids)) != len(ids) else []
    whole = [r.id for r in read(path)]
    return problems + (["ids of columns and of whole rows differ"] if whole != ids else [])
