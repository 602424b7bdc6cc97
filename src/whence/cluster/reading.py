"""Documents to readings on Spark, portion by portion, so that an interrupted run goes on where it was."""

from __future__ import annotations

import functools
import hashlib
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from whence._version import __version__
from whence.config import Settings
from whence.errors import Conflict, IntakeError, ResourceError
from whence.records import Record

from . import working
from .session import told
from .tables import TABLES

log = logging.getLogger(__name__)

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
WARC = (".warc", ".warc.gz")
TASKS = 4
"""Tasks for each core, so that a long document at the end keeps one core waiting and not all."""

Progress = Callable[[float, str], None]


class Plan(Record):
    """What a folder of results is made of, kept in it as `plan.json`: another input or engine does not go into the same folder."""

    engine: str
    config: str
    model: str
    inputs: str
    portions: int


class Done(Record):
    """What a run did; `left` are the portions that were there already."""

    documents: int
    failed: int
    portions: int
    left: int
    seconds: float


class _Input(Record):
    """What is read: its files, and how ("lines", "parquet", "files")."""

    kind: str
    files: tuple[str, ...]

    @property
    def digest(self) -> str:
        told = [(f, Path(f).stat().st_size) for f in self.files]
        return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:16]


def inputs(place: str) -> _Input:
    """The files of a file or folder: all of one kind. IntakeError where there are none, or of several kinds."""
    path = Path(place)
    if not path.exists():
        raise IntakeError(f"{place}: no such file or folder; give one that every worker can reach by this path", code="not_found")
    files = sorted(str(p) for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "_"))) if path.is_dir() else [str(path)]
    found: dict[str, list[str]] = {}
    for name in files:
        low = name.lower()
        kind = "lines" if low.endswith(LINES) else "parquet" if low.endswith(".parquet") else "files" if low.endswith(WARC) else ""
        if kind:
            found.setdefault(kind, []).append(str(Path(name).resolve()))
    if not found:
        raise IntakeError(f"{place}: no JSONL, WARC or Parquet files; `whence read` takes other kinds", code="unsupported")
    if len(found) > 1:
        raise IntakeError(f"{place}: files of several kinds ({', '.join(sorted(found))}); give a folder for each", code="unsupported")
    ((kind, names),) = found.items()
    return _Input(kind=kind, files=tuple(names))


def read(
    spark: Any, place: str, out: Path, *, settings: Settings, portions: int = 16, progress: Progress = lambda share, step: None
) -> Done:
    """Read every document and write readings and flat tables below `out`, as Parquet.

    Conflict where `out` holds results of another input or engine, ResourceError where a worker lacks what it needs.
    """
    began = time.monotonic()
    given = inputs(place)
    plan = _planned(
        out, Plan(engine=__version__, config=settings.digest(), model=settings.language.model, inputs=given.digest, portions=portions)
    )
    frame = _values(spark, given)
    name = Path(place).name
    work = functools.partial(working.readings, settings=msgspec.json.encode(settings), lines=given.kind != "files", name=name)
    width = max(1, spark.sparkContext.defaultParallelism) * TASKS
    left = 0
    for number in range(plan.portions):
        folder = out / "readings" / f"portion={number:05d}"
        progress(number / (plan.portions + 1), f"portion {number + 1} of {plan.portions}")
        if (folder / "_SUCCESS").exists():
            left += 1
            continue
        mine = frame.where(f"pmod(xxhash64(value), {plan.portions}) = {number}").repartition(width, "value")
        _wrote(mine.mapInArrow(work, TABLES["readings"].columns), folder)
    progress(plan.portions / (plan.portions + 1), "flat tables")
    everything = spark.read.parquet(str(out / "readings"))
    if left < plan.portions or not all((out / t / "_SUCCESS").exists() for t in (*flat(), "failures")):
        whole = everything.where("reading is not null").select("reading")
        for table in flat():
            _wrote(whole.mapInArrow(functools.partial(working.rows, table=table), TABLES[table].columns), out / table)
        _wrote(everything.where("code is not null").select("document", "code", "message"), out / "failures")
    return Done(
        documents=everything.count(),
        failed=everything.where("code is not null").count(),
        portions=plan.portions,
        left=left,
        seconds=round(time.monotonic() - began, 1),
    )


def flat() -> Sequence[str]:
    """The names of the flat tables."""
    return [name for name, table in TABLES.items() if table.flat]


def _values(spark: Any, given: _Input) -> Any:
    """A frame with one column `value`, bytes: a line of JSON, or the path of a file."""
    if given.kind == "lines":
        return spark.read.text(list(given.files), lineSep="\n").selectExpr("cast(value as binary) as value")
    if given.kind == "files":
        return spark.createDataFrame([(bytearray(f.encode()),) for f in given.files], "value binary")
    frame = spark.read.parquet(*given.files)
    known = [c for c in ("id", "text", "title", "publisher", "published", "url", "language") if c in frame.columns]
    if not {"id", "text"} <= set(known):
        raise IntakeError(
            f"{given.files[0]}: has columns {', '.join(frame.columns)}; a table of documents has id and text", code="malformed"
        )
    return frame.selectExpr(f"cast(to_json(struct({', '.join(known)})) as binary) as value")


def _planned(out: Path, plan: Plan) -> Plan:
    """The plan of a folder: its own where it has one that fits, else this one, written down."""
    file = out / "plan.json"
    if file.exists():
        kept = msgspec.json.decode(file.read_bytes(), type=Plan)
        if msgspec.structs.replace(kept, portions=plan.portions) != plan:
            raise Conflict(f"{out}: holds results of another input, version or settings; give another folder, or take this one away")
        return kept
    if out.exists() and any(out.iterdir()):
        raise Conflict(f"{out}: is not empty and holds no results of whence cluster; give another folder")
    out.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(plan)))
    return plan


def _wrote(frame: Any, folder: Path) -> None:
    """Write a frame; what is half written has no `_SUCCESS` and is written anew the next time."""
    try:
        frame.write.mode("overwrite").option("compression", "zstd").parquet(str(folder))
    except Exception as error:
        log.debug("a job failed", exc_info=True)
        raise ResourceError(
            f"{folder}: could not be written: {told(error)}; what is whole stays, and the same command goes on from there"
        ) from None
