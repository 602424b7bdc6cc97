"""What the commands on the store share: where it is, which documents and reports are meant, who speaks."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whence.config import load_settings

if TYPE_CHECKING:
    from whence.config import Settings
    from whence.store import Filter, Store


def store_options(command: Any) -> Any:
    """Where the store is, and the settings."""
    command = click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Settings (TOML).")(command)
    return click.option(
        "--store", "place", metavar="PATH|DSN", help="The store, if not that of WHENCE_STORE or the settings: a file, or postgresql://..."
    )(command)


def place_of(place: str | None, config: Path | None) -> tuple[str, Settings]:
    """Where the store is, and the settings in force."""
    settings, _ = load_settings(config)
    return place or settings.kept_at(), settings


def opened(place: str | None, config: Path | None, *, create: bool = False) -> Store:
    """The store. StoreError where there is none, unless it may be created."""
    from whence.store import Store

    return Store(place_of(place, config)[0], create=create)


def speaker(command: Any) -> Any:
    """Who says so, and why."""
    command = click.option("--why", metavar="TEXT", help="The reason; kept with it.")(command)
    return click.option("--who", metavar="NAME", default=user_name, help="Who says so (default: the name of the user).")(command)


def user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no user has this number
        return ""


class Iso(click.ParamType[str]):
    """A date written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from .program import Day

        return Day().convert(value, param, ctx)


def filters(command: Any) -> Any:
    """The options that choose reports and documents."""
    for decorate in reversed(
        (
            click.option("--source", metavar="NAME", help="Only of this publisher (name or id)."),
            click.option("--since", type=Iso(), help="Only from this day on."),
            click.option("--until", type=Iso(), help="Only up to this day."),
            click.option("--country", metavar="ISO", help="Only with an incident there (alpha-3, as in SDN)."),
            click.option("--admin1", metavar="NAME", help="Only with an incident in this governorate or state."),
            click.option("--place", "at", metavar="NAME", help="Only with an incident at this place."),
            click.option("--type", "kind", metavar="TYPE", help="Only of this PLOVER type (ASSAULT), ACLED type or sub-type."),
            click.option("--actor", metavar="NAME", help="Only with an actor or target whose name holds this."),
            click.option("--status", type=click.Choice(["happened", "ongoing", "claimed"]), help="Only of this status."),
            click.option("--disputed/--undisputed", default=None, help="Only where claims oppose each other, or do not."),
            click.option("--hidden", is_flag=True, help="What is hidden, in place of what is shown."),
        )
    ):
        command = decorate(command)
    return command


def chosen(options: dict[str, Any]) -> Filter:
    """The filter that the options ask for; they are taken out of `options`."""
    from whence.store import Filter

    kind = options.pop("kind")
    plover = kind if kind and kind.isupper() else None
    country = options.pop("country")
    return Filter(
        source=options.pop("source"),
        since=options.pop("since"),
        until=options.pop("until"),
        country=country.upper() if country else None,
        admin1=options.pop("admin1"),
        place=options.pop("at"),
        type=plover,
        acled=kind if kind and not plover else None,
        actor=options.pop("actor"),
        status=options.pop("status"),
        disputed=options.pop("disputed"),
        shown=not options.pop("hidden"),
    )
