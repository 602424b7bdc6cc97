"""`whence cluster read` and `link`: very many documents, on Spark."""

from __future__ import annotations

from pathlib import Path

import click

from .program import DONE, SOME, complain
from .terminal import building

MASTER = click.option(
    "--master", default="local[*]", show_default=True, metavar="MASTER", help="Spark's master: local[2], spark://host:7077, yarn, ..."
)


@click.group("cluster")
def cluster() -> None:
    """Read and link very many documents on Spark (pip install 'whence[spark]'; Java 17)."""


@cluster.command("read")
@click.argument("given", metavar="IN")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@MASTER
@click.option(
    "--portions", type=click.IntRange(1, 100_000), default=16, show_default=True, help="Parts after each of which a stopped run can go on."
)
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings (TOML); `whence config` shows them.")
def read(given: str, out: Path, master: str, portions: int, config: Path | None) -> int:
    """Read the JSONL, WARC or Parquet files of IN and write readings and flat tables (Parquet) to OUT.

    OUT gets readings, documents, reports, events, claims and failures. A run that was stopped goes on where it was when the same
    command is given again. Exit code 3 where some documents failed; `failures` says which and why.
    """
    from whence import cluster as scaled
    from whence.config import load_settings

    from .reading import prepare

    settings, _ = load_settings(config)
    prepare(settings)
    with scaled.session(master) as spark, building("Reading on Spark") as tell:
        done = scaled.read(spark, given, out, settings=settings, portions=portions, progress=tell)
    left = f", {done.left} of {done.portions} portions were there already" if done.left else ""
    complain(f"{done.documents:,} documents in {done.seconds:,.1f} s, {done.failed:,} failed{left}; {out}")
    return SOME if done.failed else DONE


@cluster.command("link")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@MASTER
def link(out: Path, master: str) -> int:
    """Link the reports of what `cluster read` wrote to OUT into incidents, by the same comparisons as `whence link`.

    OUT gets links (two reports, probability, evidence per field) and incidents (incident, report).
    """
    from whence import cluster as scaled

    with scaled.session(master) as spark, building("Linking on Spark") as tell:
        done = scaled.link(spark, out, progress=tell)
    complain(
        f"{done.reports:,} reports linked in {done.seconds:,.1f} s: {done.pairs:,} pairs compared, {done.links:,} links, "
        f"{done.incidents:,} incidents; {out}"
    )
    return DONE


COMMANDS = (cluster,)
