"""`whence gazetteer add`, `list` and `remove`: places of the user's own in the index."""

from __future__ import annotations

from pathlib import Path

import click

_config = click.option(
    "--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings file, if not the usual one (see: whence config)."
)


@click.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_config
def add_files(files: tuple[Path, ...], config: Path | None) -> None:
    """Add places: a GeoNames dump (allCountries or a country's, alternateNamesV2, admin codes; .txt or .zip), a CSV with
    the columns name, latitude, longitude (and aliases, country, admin1, kind, population, radius_km), or GeoJSON.

    What is added lies in a file of its own beside the index and survives its rebuilding. An interrupted dump is taken up
    again where it stopped when the command is repeated.
    """
    from whence.config import load_settings
    from whence.gazetteer import add

    from .reading import prepare
    from .terminal import building

    settings, _ = load_settings(config)
    prepare(settings)
    with building("Adding places") as progress:
        added = add(settings.gazetteer(), files, progress=progress)
    for source in added:
        click.echo(f"{source.name}: {source.shape}, {source.places:,} place{'s'[: source.places != 1]}")


@click.command("list")
@_config
def list_added(config: Path | None) -> None:
    """The files that were added, and how many places each gave."""
    from whence.config import load_settings
    from whence.gazetteer import added_path, sources

    from .terminal import line

    settings, _ = load_settings(config)
    found = sources(settings.gazetteer())
    for source in found:
        click.echo(line(f"{source.name}  {source.places:,} place{'s'[: source.places != 1]}  {source.shape}"))
    click.echo(str(added_path(settings.gazetteer())) if found else "nothing added")


@click.command("remove")
@click.argument("name")
@_config
def remove_added(name: str, config: Path | None) -> None:
    """Take out what a file gave (by its name), or the added places of a name."""
    from whence.config import load_settings
    from whence.gazetteer import remove

    settings, _ = load_settings(config)
    click.echo(f"{remove(settings.gazetteer(), name):,} places removed")


COMMANDS = (add_files, list_added, remove_added)
