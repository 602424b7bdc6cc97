"""`whence readers`, `config`, `schema` and `gazetteer`: what is in force, and where it comes from."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import click

from whence.config import Settings, candidates, flattened, load_settings, without_password

from .program import DONE, INPUT, complain
from .terminal import building, console, line


def print_readers() -> None:
    """Every built-in reader with what it says of itself."""
    from rich.padding import Padding
    from rich.text import Text

    from whence.readers import BUILT_IN

    out = console()
    for n, reader in enumerate(BUILT_IN):
        if n:
            out.print()
        needs = ", ".join(k.__name__ for k in reader.requires) or "nothing"
        finds = ", ".join(k.__name__ for k in reader.produces)
        out.print(Text.assemble((reader.name, "bold"), f" {reader.version}  ", (f"{needs} → {finds}", "cyan")))
        words = inspect.cleandoc(reader.__doc__ or "").split("\n\n")
        for paragraph in words:
            out.print(Padding(Text(" ".join(paragraph.split())), (0, 0, 0, 4)))


def print_config(path: Path | None) -> None:
    """Every setting, its value, and whether a file or the default says so."""
    settings, source = load_settings(path)
    default = dict(flattened(Settings()))
    rows = flattened(settings)
    width = max(len(name) for name, _ in rows)
    values = {name: json.dumps(without_password(value) if name == "store" else value) for name, value in rows}  # type: ignore[arg-type]
    column = max(len(v) for v in values.values())
    for name, value in rows:
        where = str(source) if source is not None and value != default[name] else "default"
        click.echo(f"{name:{width}}  {values[name]:{column}}  {where}")
    click.echo()
    click.echo(f"settings file:  {source if source is not None else 'none; looked for ' + ', '.join(map(str, candidates()))}")
    click.echo(f"data folder:    {settings.folder()}")
    click.echo(f"store:          {without_password(settings.kept_at())}")
    click.echo(f"digest:         {settings.digest()}")


def print_schema() -> None:
    """The schema of a reading, generated from the records."""
    from whence.records import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def build_gazetteer(config: Path | None) -> None:
    """Build the place index, whether there is one or not."""
    from whence.gazetteer import ATTRIBUTION, build

    settings, _ = load_settings(config)
    with building("Building the place index") as progress:
        path = build(settings.gazetteer(), progress=progress)
    click.echo(f"{path}  {path.stat().st_size / 1e6:.0f} MB")
    click.echo(ATTRIBUTION)


def find_places(name: str, limit: int, config: Path | None) -> int:
    """Print the places of a name; 1 where there are none."""
    from whence.gazetteer import ATTRIBUTION, Gazetteer

    from .reading import prepare

    settings, _ = load_settings(config)
    prepare(settings)
    index = Gazetteer.open(settings.gazetteer())
    found = index.find(name, limit)
    if not found:
        complain(f"{name}: no place of this name")
        return INPUT
    for item in found:
        place = item.place
        where = ", ".join(x for x in (place.admin1 if place.admin1 != place.name else None, place.country) if x)
        known = f"GeoNames {place.geonames_id}" if place.geonames_id else "no GeoNames id"
        people = f"{place.population:,} people" if place.population else ""
        facts = "  ".join(x for x in (f"{place.latitude:.4f} {place.longitude:.4f}", people, known, item.reason) if x)
        click.echo(line(f"{place.name} ({place.kind})" + (f", {where}" if where else "")))
        click.echo(f"    {line(facts)}")
    click.echo(ATTRIBUTION)
    return DONE
