"""`whence verify`, `backup`, `restore` and `migrate`: keeping the store whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from .program import DONE, INPUT, complain
from .storing import opened, place_of, store_options
from .terminal import building, is_terminal, line


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    if not is_terminal(sys.stderr):
        yield lambda done, of: None
        return
    with building(what) as tell:
        yield lambda done, of: tell(done / max(1, of), f"{done:,} of {of:,}")


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="One JSON array of the problems.")
@store_options
def verify(as_json: bool, place: str | None, config: Path | None) -> int:
    """Hash every original and text again, slice every span, compute every report; 1 where something is not as it was kept."""
    from .lists import print_list

    with opened(place, config) as store:
        with _progress("Verifying") as tell:
            found = list(store.verify(progress=tell))
        counts = store.counts()
    if as_json:
        print_list(found, (), as_json=True, as_csv=False, none="")
    for problem in () if as_json else found:
        click.echo(line(f"{problem.what}: {problem.message}"))
    sums = ", ".join(f"{counts[name]:,} {name}" for name in ("documents", "originals", "readings", "reports", "judgements"))
    if found:
        complain(f"{len(found):,} problems in {sums}; `whence restore` brings back a backup into a new store")
        return INPUT
    complain(f"all as it was kept: {sums}")
    return DONE


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--portable", is_flag=True, help="A dump for SQLite and PostgreSQL, in place of SQLite's own copy.")
@click.option("--force", is_flag=True, help="Replace the file where there is one.")
@store_options
def backup(file: Path, portable: bool, force: bool, place: str | None, config: Path | None) -> int:
    """Copy the store into one file while it is in use. Of PostgreSQL it is always the portable dump."""
    with opened(place, config) as store, _progress("Copying") as tell:
        store.backup(file, portable=portable, replace=force, progress=tell)
    click.echo(f"{file}  {file.stat().st_size / 1e6:.1f} MB")
    return DONE


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@store_options
def restore(file: Path, place: str | None, config: Path | None) -> int:
    """Take a backup, of either engine, into an empty store: all of it or nothing."""
    with opened(place, config, create=True) as store, _progress("Restoring") as tell:
        rows = store.restore(file, progress=tell)
        click.echo(f"{store.where}  {rows:,} rows")
    return DONE


@click.command("migrate")
@store_options
def migrate(place: str | None, config: Path | None) -> int:
    """Bring a store that an older version made up to this one, in one transaction; make a backup first."""
    from whence.config import without_password
    from whence.store import migrate as bring_up

    where, _ = place_of(place, config)
    before, after = bring_up(where)
    click.echo(f"{without_password(where)}  " + (f"is at revision {after}" if before == after else f"from revision {before} to {after}"))
    return DONE


COMMANDS = (verify, backup, restore, migrate)
