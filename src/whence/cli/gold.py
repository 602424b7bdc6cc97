"""`whence gold`: what reviewers corrected, as gold for training anew and for the gate."""

from __future__ import annotations

from pathlib import Path

import click

from .program import DONE, INPUT, complain
from .storing import opened, store_options
from .terminal import emit


@click.group("gold")
def gold() -> None:
    """Gold out of what reviewers corrected, adjudicated, or coded alike."""


@gold.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-", metavar="[FILE]")
@click.option(
    "--least", type=click.IntRange(1), default=1, show_default=True, help="Only records of which at least N fields are vouched for."
)
@store_options
def export(path: Path, least: int, place: str | None, config: Path | None) -> int:
    """Write a line of JSON for each record that people vouch for, to FILE or standard output. Protected names are masked."""
    import msgspec

    from whence.gold import gold as made_gold

    written = 0
    with opened(place, config) as store:
        lines = (msgspec.json.encode(g) for g in made_gold(store, least=least))
        if str(path) == "-":
            for line in lines:
                emit(line)
                written += 1
        else:
            part = path.with_name(f".{path.name}.part")
            with part.open("wb") as out:
                for line in lines:
                    out.write(line + b"\n")
                    written += 1
            part.replace(path)
    complain(f"{written} record{'s'[: written != 1]} of gold")
    return DONE


@gold.command("score")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE")
@click.option("--floor", type=click.FloatRange(0, 1), metavar="SHARE", help="Fail where fewer of the fields are read as people have them.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings (TOML).")
def score(path: Path, floor: float | None, config: Path | None) -> int:
    """Read the texts of a gold file again, and count the fields that are read as people have them; --floor makes a gate of it."""
    from whence.config import load_settings
    from whence.evaluate.gold import scored

    from .reading import engine

    found = scored(path, engine(load_settings(config)[0]))
    for field, (right, of) in sorted(found.items()):
        click.echo(f"{field:20} {right:5} of {of:5}  {right / of:.3f}")
    right, of = (sum(x) for x in zip(*found.values(), strict=True)) if found else (0, 0)
    share = right / of if of else 0.0
    click.echo(f"{'all':20} {right:5} of {of:5}  {share:.3f}")
    if floor is not None and share < floor:
        complain(f"{share:.3f} is below the floor of {floor:.3f}")
        return INPUT
    return DONE


COMMANDS = (gold,)
