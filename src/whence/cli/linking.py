"""`whence link`, `incidents`, `incident` and `lineage`: what hangs together across documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .lists import SHOWN, Columns, form, limit_option, print_list
from .program import DONE, complain
from .storing import chosen, filters, opened, store_options
from .terminal import building, cut

if TYPE_CHECKING:
    from whence.corroboration.incidents import Account, Rule
    from whence.linking import Linked
    from whence.store import Store

NAMES = ("origins", "earliest", "conservative", "range")


def rule_option(command: Any) -> Any:
    """Which of several values is shown."""
    return click.option(
        "--rule",
        type=click.Choice(NAMES),
        default="origins",
        show_default=True,
        help="Value shown where reports differ: of most origins, the earliest, the most conservative (ACLED), low/best/high (UCDP).",
    )(command)


def linked(store: Store) -> Linked:
    """Link what was added or judged since, with a progress bar where a person looks."""
    from whence.linking import ENGINE, link

    behind = store.mark(ENGINE, "reports") == 0
    with building("Linking reports") if behind else _quiet() as tell:
        return link(store, progress=lambda what, done, of: tell(done / max(1, of), f"{what}, {done:,} of {of:,}"))


def _quiet() -> Any:
    """A progress bar on a terminal, and nothing elsewhere: there is little to do."""
    import sys
    from contextlib import nullcontext

    from .terminal import is_terminal

    return building("Linking new reports") if is_terminal(sys.stderr) else nullcontext(lambda share, step: None)


def field(told: Account, name: str) -> str | None:
    """The value of a field that is shown, marked where it is disputed."""
    found = next((f for f in told.fields if f.name == name), None)
    if found is None or found.shown is None:
        return None
    return f"{found.shown}?" if found.disputed else found.shown


def plain(told: Account, name: str) -> str | None:
    """The value of a field that is shown, without a mark."""
    return next((f.shown for f in told.fields if f.name == name), None)


LISTED: Columns = (
    ("id", lambda a: a.id),
    ("when", lambda a: field(a, "when") or "no date"),
    ("where", lambda a: (field(a, "place") or "no place").split(",")[0]),
    ("what", lambda a: field(a, "type")),
    ("who → whom", lambda a: f"{cut(field(a, 'actors') or 'unknown', 30)} → {cut(field(a, 'targets') or 'unknown', 30)}"),
    ("counts", lambda a: ", ".join(f"{f.name} {f.shown}{'?' if f.disputed else ''}" for f in a.fields if f.values[0].low is not None)),
    (">reports", lambda a: len(a.reports)),
    (">origins", lambda a: len(a.origins)),
    (">1-6", lambda a: a.credibility),
    ("", lambda a: "disputed" if a.disputed else ""),
)
FIELDS = ("when", "place", "type", "actors", "targets", "killed", "injured", "captured", "displaced", "weapons", "status")
LISTED_CSV: Columns = (
    ("id", lambda a: a.id),
    *((name, lambda a, name=name: plain(a, name)) for name in FIELDS),
    ("reports", lambda a: len(a.reports)),
    ("documents", lambda a: len(a.documents)),
    ("origins", lambda a: len(a.origins)),
    ("origins_named", lambda a: "; ".join(a.origins)),
    ("disputed", lambda a: a.disputed),
    ("disputed_fields", lambda a: "; ".join(f.name for f in a.fields if f.disputed)),
    ("denied_by", lambda a: "; ".join(d.holder for d in a.denials)),
    ("credibility", lambda a: a.credibility),
    ("rule", lambda a: a.rule),
)


@click.command("incidents")
@filters
@click.option("--origins", "least", type=click.IntRange(1), metavar="N", help="Only with at least N independent origins.")
@rule_option
@limit_option
@form
@store_options
def incidents(
    place: str | None, config: Path | None, least: int | None, rule: Rule, limit: int | None, as_json: bool, as_csv: bool, **options: Any
) -> int:
    """Incidents across all documents: one row for what reports tell together, with origins and what is disputed.

    What was added since is linked first. A value with ? is disputed; `whence incident ID` shows who says what. --disputed and
    --undisputed go by the whole incident here.
    """
    import itertools

    import msgspec

    from whence.overview import accounts

    wanted = chosen(options)
    disputed = wanted.disputed
    wanted = msgspec.structs.replace(wanted, disputed=None)
    with opened(place, config) as store:
        linked(store)
        rows = (
            told
            for told, _ in accounts(store, wanted, rule)
            if (disputed is None or told.disputed == disputed) and (least is None or len(told.origins) >= least)
        )
        most = limit if limit is not None else None if as_json or as_csv else SHOWN + 1
        columns = LISTED_CSV if as_csv else LISTED
        print_list(itertools.islice(rows, most), columns, as_json=as_json, as_csv=as_csv, limit=limit, none="no such incident is kept")
    return DONE


def meant(store: Store, begun: str) -> str:
    """The incident that is meant: by the beginning of its id, or by a report or a document of it. NotFound."""
    from whence.errors import NotFound
    from whence.linking import ENGINE

    if begun.startswith(("R-", "D-")):
        identity = store.meant(begun, "RD")
        ids = [identity] if identity.startswith("R-") else [r.id for r in store.reports() if r.document == identity]
        found = sorted(set(store.clusters_of(ENGINE, ids).values()))
    else:
        found = [name for name, _ in store.clusters(ENGINE) if name.startswith(begun)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(f"{begun}: more than one incident is meant ({', '.join(found[:5])}); give more of the id")
    raise NotFound(f"{begun}: no such incident; `whence incidents` lists them")


@click.command("incident")
@click.argument("identity", metavar="ID")
@rule_option
@click.option("--json", "as_json", is_flag=True, help="The whole account as one JSON object.")
@click.option("--why", is_flag=True, help="Why its reports were linked, field by field.")
@click.option("--plain", "--no-color", "no_colour", is_flag=True, help="No colours and no box characters.")
@store_options
def incident(identity: str, rule: Rule, as_json: bool, why: bool, no_colour: bool, place: str | None, config: Path | None) -> int:
    """The whole account of one incident: every value with who says so and through whom, origins, lineage, denials.

    ID is that of an incident, or of a report or document of it; it may be cut short.
    """
    from whence.errors import NotFound
    from whence.overview import accounts
    from whence.store import Filter

    from .account import print_account, print_json

    with opened(place, config) as store:
        linked(store)
        name = meant(store, identity)
        found = next(accounts(store, Filter(), rule, cluster=name), None)
        if found is None:
            raise NotFound(f"{name}: all its reports are hidden")
        if as_json:
            print_json(store, *found)
        else:
            print_account(store, *found, why=why, no_colour=no_colour)
    return DONE


@click.command("lineage")
@click.argument("identity", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The edges as a JSON array.")
@click.option("--plain", "--no-color", "no_colour", is_flag=True, help="No colours and no box characters.")
@store_options
def lineage(identity: str, as_json: bool, no_colour: bool, place: str | None, config: Path | None) -> int:
    """Who has it from whom: around one document or source, or within an incident."""
    import msgspec

    from whence.corroboration.lineage import LEAST
    from whence.linking import ENGINE, edges_among

    from .account import print_lineage
    from .terminal import emit

    with opened(place, config) as store:
        linked(store)
        if identity.startswith("I-"):
            name = meant(store, identity)
            documents = dict.fromkeys(r.document for _, rs in store.clusters(ENGINE, cluster=name) for r in rs)
            edges = edges_among(store, documents)
        else:
            about = store.meant(identity, "DS")
            edges = [e for e in store.lineage(ENGINE, about=about) if e.probability >= LEAST]
        if as_json:
            emit(msgspec.json.encode(edges))
        elif edges:
            print_lineage(store, edges, no_colour=no_colour)
        else:
            complain(f"{identity}: nothing is known of where it came from or who has it from there")
    return DONE


COMMANDS = (incidents, incident, lineage)
