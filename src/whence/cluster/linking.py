"""Reports of many readings into incidents on Spark: the same blocks, comparisons and clustering as `whence link`."""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from whence.corroboration.blocking import CROWD, SLACK
from whence.corroboration.clustering import clustered, connected
from whence.errors import NotFound
from whence.linking import KEPT
from whence.records import Record

from . import working
from .reading import _wrote
from .tables import TABLES

Progress = Callable[[float, str], None]


class Linked(Record):
    """What a run did."""

    reports: int
    pairs: int
    links: int
    incidents: int
    seconds: float


def link(spark: Any, out: Path, *, progress: Progress = lambda share, step: None) -> Linked:
    """Link the reports of the readings below `out`; writes `links` and `incidents` there. NotFound where nothing was read.

    A pair is compared where either looks into a block in which the other stands and their days are near, as `Blocks` has it.
    Clustering is done in this process: it needs the ids of reports and the links between them alone.
    """
    began = time.monotonic()
    if not (out / "plan.json").exists():
        raise NotFound(f"{out}: holds no readings; `whence cluster read IN {out}` makes them")
    progress(0.0, "reports")
    whole = spark.read.parquet(str(out / "readings")).where("reading is not null").select("reading")
    _wrote(whole.mapInArrow(working.members, TABLES["members"].columns), out / "members")
    # One document may stand in the input twice: its reports are the same, and are one.
    members = spark.read.parquet(str(out / "members")).dropDuplicates(["report"])
    progress(0.3, "comparing")
    pairs = _pairs(members)
    told = members.select("report", "told", "account")
    one = told.selectExpr("report as a", "told as one", "account as account_one")
    other = told.selectExpr("report as b", "told as other", "account as account_other")
    wide = pairs.join(one, "a").join(other, "b").select("one", "account_one", "other", "account_other")
    work = functools.partial(working.links, least=KEPT)
    _wrote(wide.mapInArrow(work, TABLES["links"].columns), out / "links")
    progress(0.8, "clustering")
    links = spark.read.parquet(str(out / "links"))
    found = {(r["a"], r["b"]): r["probability"] for r in links.select("a", "b", "probability").toLocalIterator()}
    rows = [(r["report"], r["first"]) for r in members.select("report", "first").toLocalIterator()]
    groups = _grouped([r for r, _ in rows], found)
    days = dict(rows)
    named = [(_name(group, days), member) for group in groups for member in group]
    _wrote(spark.createDataFrame(named, "incident string, report string").coalesce(1), out / "incidents")
    return Linked(
        reports=len(rows), pairs=pairs.count(), links=len(found), incidents=len(groups), seconds=round(time.monotonic() - began, 1)
    )


def _pairs(members: Any) -> Any:
    """Pairs of reports (a < b) that are near enough to be compared, each once."""
    standing = members.selectExpr("report as other", "first as other_first", "last as other_last", "explode(blocks) as block")
    sizes = standing.groupBy("block").count()
    looking = members.selectExpr("report", "first", "last", "explode(looks) as block")
    met = looking.join(standing, "block").join(sizes, "block").where("report <> other")
    near = f"greatest(first, other_first) - least(last, other_last) <= if(count > {CROWD}, 0, {SLACK})"
    return met.where(near).selectExpr("least(report, other) as a", "greatest(report, other) as b").distinct()


def _grouped(members: list[str], links: dict[tuple[str, str], float]) -> list[list[str]]:
    components = connected([*links, *((m, m) for m in members)])
    home = {m: n for n, c in enumerate(components) for m in c}
    inside: dict[int, dict[tuple[str, str], float]] = {}
    for pair, probability in links.items():
        inside.setdefault(home[pair[0]], {})[pair] = probability
    return [group for n, component in enumerate(components) for group in clustered(component, inside.get(n, {}))]


def _name(group: list[str], days: dict[str, int]) -> str:
    """The id of an incident hangs on its earliest report."""
    first = min(group, key=lambda m: (days[m], m))
    return f"I-{hashlib.sha256(first.encode()).hexdigest()[:12]}"
