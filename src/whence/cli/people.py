"""`whence people`: accounts of the review site, for where it is not one person's alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .lists import Columns, form, print_list
from .program import DONE, complain
from .storing import opened, store_options

ROLES = ("reader", "coder", "editor", "admin")
SCOPES = ("read", "add", "judge")

COLUMNS: Columns = (
    ("id", lambda p: p.id),
    ("name", lambda p: p.name),
    ("role", lambda p: p.role),
    ("state", lambda p: "shut" if p.disabled else f"locked until {p.locked}" if p.locked else "joined" if p.joined else "invited"),
    ("added", lambda p: p.added),
)


@click.group("people")
def people() -> None:
    """Accounts of the review site: who may come in, and as what.

    reader looks; coder adds, judges and codes; editor hides, grades sources, protects persons, assigns and adjudicates; admin
    manages accounts too.
    """


@people.command("list")
@form
@store_options
def listing(as_json: bool, as_csv: bool, place: str | None, config: Path | None) -> int:
    """Everybody."""
    with opened(place, config) as store:
        found = store.people.all()
        print_list(found, COLUMNS, as_json=as_json, as_csv=as_csv, limit=len(found) or 1, none="there are no accounts; `whence people add`")
    return DONE


@people.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True)
@store_options
def add(name: str, role: Any, place: str | None, config: Path | None) -> int:
    """Add somebody; prints the end of the link by which they choose a password, good once and for a week."""
    with opened(place, config, create=True) as store:
        person, code = store.people.add(name, role)
    _invited(person.name, code)
    return DONE


@people.command("invite")
@click.argument("name")
@store_options
def invite(name: str, place: str | None, config: Path | None) -> int:
    """A new link for somebody who lost theirs, or the password."""
    with opened(place, config) as store:
        person, code = store.people.invite(name)
    _invited(person.name, code)
    return DONE


def _invited(name: str, code: str) -> None:
    complain(f"{name} can join at the address of the site, followed by")
    click.echo(f"/join/{code}")


@people.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@store_options
def role(name: str, role: Any, place: str | None, config: Path | None) -> int:
    """Give somebody another role."""
    with opened(place, config) as store:
        person = store.people.role(name, role)
    click.echo(f"{person.name} is {person.role}")
    return DONE


@people.command("disable")
@click.argument("name")
@click.option("--undo", is_flag=True, help="Open the account again.")
@store_options
def disable(name: str, undo: bool, place: str | None, config: Path | None) -> int:
    """Shut an account: its sessions and tokens are worthless, what it judged stays."""
    with opened(place, config) as store:
        person = store.people.disable(name, disabled=not undo)
    click.echo(f"{person.name} is {'shut' if person.disabled else 'open'}")
    return DONE


@people.command("token")
@click.argument("name")
@click.option("--label", required=True, metavar="TEXT", help="What it is for.")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, default=("read",), show_default=True, help="May be repeated.")
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How long it is good for.")
@store_options
def token(name: str, label: str, scopes: Any, days: int, place: str | None, config: Path | None) -> int:
    """A token for somebody's programs, printed this once; `whence people revoke ID` makes it worthless."""
    with opened(place, config) as store:
        made, secret = store.people.token(name, label, tuple(scopes), days=days)
    complain(f"{made.id} {made.name}: {', '.join(made.scopes)}, until {made.ends}")
    click.echo(secret)
    return DONE


@people.command("revoke")
@click.argument("identity", metavar="TOKEN-ID")
@store_options
def revoke(identity: str, place: str | None, config: Path | None) -> int:
    """Make a token worthless."""
    with opened(place, config) as store:
        store.people.revoke(identity)
    click.echo(f"{identity} is revoked")
    return DONE


COMMANDS = (people,)
