"""The gold sets, and scores of readings on them, made in this process with one engine.

The shared scorer is run as a program of its own; what each task counts is told in its modules. A sample of a set is
its first documents by the digest of their ids: the same ones whenever and wherever it is taken.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from whence.errors import ResourceError
from whence.intake import lines
from whence.records import Failure, Reading, Source, encode

from .happenings import Tally, add_counts, add_events, rows
from .names import f1, marked_lines, names_in
from .sources import chain_right, holder_right, marked


class GoldSet(msgspec.Struct, frozen=True, kw_only=True):
    """A set of gold documents and the task it is scored by."""

    task: str
    name: str
    path: str
    options: tuple[str, ...] = ()
    short: bool = False
    """Whether its documents are single sentences or coded lines: a sample of them takes ten times as many."""

    @property
    def label(self) -> str:
        return f"{self.task} {self.name}"


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. `value` is None where the set was skipped, and `why` says so; `higher`: more is better."""

    label: str
    measure: str
    value: float | None = None
    higher: bool = True
    documents: int = 0
    empty: int = 0
    gold: str = ""
    why: str = ""


class Engine(Protocol):
    """What reads."""

    def read_many(self, sources: Any, *, batch: int = 16) -> Iterator[Reading | Failure]: ...


SHORT = 10
"""How many times as many single sentences as documents a sample takes: forty sentences are mostly chance."""

SETS: tuple[GoldSet, ...] = (
    GoldSet(task="seed", name="report", path="seed/gold.json", options=("--published", "2022-03-21")),
    GoldSet(task="attribution", name="polnear", path="polnear/dev.jsonl"),
    GoldSet(task="attribution", name="gum", path="gum/dev.jsonl"),
    GoldSet(task="events", name="plover_gsr", path="plover_gsr/odd.jsonl", short=True),
    GoldSet(task="events", name="petrarch", path="petrarch/unittest.jsonl", short=True),
    GoldSet(task="events", name="ngec_synthetic", path="ngec_synthetic/dev.jsonl", short=True),
    GoldSet(task="places", name="lgl", path="geo/lgl.jsonl"),
    GoldSet(task="places", name="trnews", path="geo/trnews.jsonl"),
    GoldSet(task="timex", name="wikiwars", path="timex/wikiwars_train.jsonl"),
    GoldSet(task="muc", name="muc4", path="muc4/dev.jsonl", options=("--lower",)),
    GoldSet(task="entities", name="re3d", path="re3d/half.jsonl"),
    GoldSet(task="entities", name="gum", path="gum/dev.jsonl"),
    GoldSet(task="factuality", name="uds_ih2", path="factuality/uds_ih2_dev.jsonl", short=True),
    GoldSet(task="factuality", name="commitmentbank", path="factuality/commitmentbank_dev.jsonl", short=True),
    GoldSet(task="factuality", name="meantime", path="meantime/first60.jsonl"),
)
OWN_NAMES = GoldSet(task="names", name="held back", path="training/names/held_back.txt")
OWN_CHAINS = GoldSet(task="sources", name="chains, held back", path="corpus/attribution/chains.jsonl")
OWN_EVENTS = GoldSet(task="happenings", name="events, held back", path="corpus/events/events.jsonl")
OWN_COUNTS = GoldSet(task="happenings", name="losses, held back", path="corpus/counts/counts.jsonl")
OWN_HOLDERS = GoldSet(task="sources", name="holders, held back", path="corpus/attribution/holders.jsonl")


def chosen(tasks: Sequence[str]) -> tuple[GoldSet, ...]:
    """The sets of some tasks, or all. ValueError names a task that is not there."""
    everything = (*SETS, OWN_NAMES, OWN_CHAINS, OWN_HOLDERS, OWN_EVENTS, OWN_COUNTS)
    known = {s.task for s in everything}
    for task in tasks:
        if task not in known:
            raise ValueError(f"{task}: no such task; there are {', '.join(sorted(known))}")
    return tuple(s for s in everything if not tasks or s.task in tasks)


def evaluate(
    engine: Engine,
    sets: Sequence[GoldSet],
    *,
    shared: Path,
    own: Path,
    adjective: Callable[[str], bool],
    limit: int | None = None,
    keep: Path | None = None,
    progress: Callable[[str], None] = lambda words: None,
) -> Iterator[Score]:
    """The scores of every set, as they come. What is not there is skipped and says so."""
    for gold in sets:
        progress(gold.label)
        if gold is OWN_NAMES:
            yield own_names(engine, own / gold.path, adjective, limit)
            continue
        if gold in (OWN_CHAINS, OWN_HOLDERS):
            yield own_sources(engine, gold, own / gold.path, limit)
            continue
        if gold in (OWN_EVENTS, OWN_COUNTS):
            yield from own_happenings(engine, gold, own / gold.path, limit)
            continue
        path = _there(shared / "gold" / gold.path)
        scorer = shared / "score" / "score.py"
        if path is None or not scorer.is_file():
            yield Score(label=gold.label, measure="", why=f"skipped: {shared / 'gold' / gold.path} is not there")
            continue
        with tempfile.TemporaryDirectory(prefix="whence-") as folder:
            yield from _scored(engine, gold, path, scorer, Path(folder), limit, keep)


def _there(path: Path) -> Path | None:
    packed = path.with_name(path.name + ".xz")
    return path if path.is_file() else packed if packed.is_file() else None


def sample(rows: Sequence[str], limit: int | None) -> list[str]:
    """At most `limit` rows, the first by the digest of themselves, in their own order."""
    if limit is None or len(rows) <= limit:
        return list(rows)
    order = sorted(range(len(rows)), key=lambda i: hashlib.sha256(rows[i].encode()).digest())
    return [rows[i] for i in sorted(order[:limit])]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _scored(engine: Engine, gold: GoldSet, path: Path, scorer: Path, folder: Path, limit: int | None, keep: Path | None) -> Iterator[Score]:
    if gold.task == "seed":
        used, digest = path, _digest(path.read_bytes())
    else:
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        rows = sample(
            [row + "\n" for row in data.decode("utf8").split("\n") if row.strip()], limit and limit * (SHORT if gold.short else 1)
        )
        used = folder / "gold.jsonl"
        used.write_text("".join(rows), encoding="utf8")
        digest = _digest(used.read_bytes())
    given = _run(scorer, "inputs", gold.task, "--gold", str(used), *gold.options)
    readings = folder / "readings.jsonl"
    with readings.open("wb") as out:
        for item in engine.read_many(_english(given)):
            out.write(encode(item) + b"\n")
    told = json.loads(_run(scorer, gold.task, "--gold", str(used), "--readings", str(readings), "--json"))
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        name = gold.label.replace(" ", "-")
        (keep / f"{name}.jsonl").write_bytes(readings.read_bytes())
        (keep / f"{name}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf8")
    yield from _figures(gold, told, digest)


def _english(given: str) -> Iterator[Source | Failure]:
    """The inputs. All of the gold is English; saying so keeps short and lower-cased texts from being taken for less."""
    for item in lines((row.encode("utf8") for row in given.split("\n")), name="gold"):
        yield item if isinstance(item, Failure) else msgspec.structs.replace(item, language="en")


def _run(scorer: Path, *words: str) -> str:
    done = subprocess.run(  # noqa: S603 - this interpreter with the scorer that the person named
        [sys.executable, str(scorer), *words], capture_output=True, text=True, encoding="utf8", check=False
    )
    if done.returncode != 0:
        raise ResourceError(f"{scorer} {' '.join(words[:2])}: {done.stderr.strip() or f'exit {done.returncode}'}")
    return done.stdout


def _figures(gold: GoldSet, told: dict[str, Any], digest: str) -> Iterator[Score]:
    def figure(measure: str, value: float, *, higher: bool = True) -> Score:
        return Score(
            label=gold.label,
            measure=measure,
            value=round(float(value), 4),
            higher=higher,
            documents=told["documents"],
            empty=told["empty"],
            gold=digest,
        )

    if gold.task == "seed":
        scores = told["scores"]
        yield figure("facts right", scores["facts right"]["share"])
        yield figure("facts invented", scores["facts invented"], higher=False)
        yield figure("traps passed", scores["traps passed"]["right"])
        return
    measure, value = told["headline"]
    yield figure(measure, value, higher="lower is better" not in measure)


def own_names(engine: Engine, path: Path, adjective: Callable[[str], bool], limit: int | None) -> Score:
    """Typed names in our own sentences."""
    measure = "typed names F1"
    if not path.is_file():
        return Score(label=OWN_NAMES.label, measure=measure, why=f"skipped: {path} is not there")
    rows = list(marked_lines(path))
    kept = set(sample([s.text for s, _ in rows], limit and 10 * limit))
    rows = [(s, names) for s, names in rows if s.text in kept]
    pairs = []
    empty = 0
    for (_, gold), item in zip(rows, engine.read_many(s for s, _ in rows), strict=True):
        empty += isinstance(item, Failure)
        pairs.append((names_in(item, adjective) if isinstance(item, Reading) else frozenset(), gold))
    digest = _digest(msgspec.json.encode([(s.text, sorted(names)) for s, names in rows]))
    return Score(label=OWN_NAMES.label, measure=measure, value=round(f1(pairs), 4), documents=len(rows), empty=empty, gold=digest)


def own_sources(engine: Engine, gold: GoldSet, path: Path, limit: int | None) -> Score:
    """The share of chains, or of holders, that are right on the held-back half of our own texts."""
    measure, right = ("chain exact", chain_right) if gold is OWN_CHAINS else ("right holder", holder_right)
    if not path.is_file():
        return Score(label=gold.label, measure=measure, why=f"skipped: {path} is not there")
    items = list(marked(path, "test"))
    wanted = set(sample([source.text for source, _ in items], limit))
    items = [(source, row) for source, row in items if source.text in wanted]
    hits = 0
    for reading, (_, row) in zip(engine.read_many(source for source, _ in items), items, strict=True):
        hits += not isinstance(reading, Failure) and right(reading, row)
    return Score(
        label=gold.label,
        measure=measure,
        value=round(hits / max(1, len(items)), 4),
        documents=len(items),
        gold=_digest("\n".join(source.text for source, _ in items).encode()),
    )


def own_happenings(engine: Engine, gold: GoldSet, path: Path, limit: int | None) -> Iterator[Score]:
    """Triggers with type, types with status and losses on the held-back half of our own texts; `limit` times ten of them."""
    measures = ("type", "status", "counts") if gold is OWN_EVENTS else ("counts",)
    if not path.is_file():
        yield Score(label=gold.label, measure=f"{measures[0]} F1", why=f"skipped: {path} is not there")
        return
    items = list(rows(path, "test"))
    wanted = set(sample([source.text for source, _ in items], limit and 10 * limit))
    items = [(source, row) for source, row in items if source.text in wanted]
    tally, empty = Tally(), 0
    for reading, (_, row) in zip(engine.read_many(source for source, _ in items), items, strict=True):
        if isinstance(reading, Failure):
            empty += 1
            continue
        if gold is OWN_EVENTS:
            add_events(tally, reading, row)
        add_counts(tally, reading, row["counts"] if gold is OWN_COUNTS else [c for e in row["events"] for c in e["counts"]])
    digest = _digest("\n".join(source.text for source, _ in items).encode())
    for measure in measures:
        value = round(tally.f1(measure), 4)
        yield Score(label=gold.label, measure=f"{measure} F1", value=value, documents=len(items), empty=empty, gold=digest)
