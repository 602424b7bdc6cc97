"""`whence judge`, `judgements`, `hide` and `show`: what reviewers say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .lists import Columns, form, print_list
from .program import DONE
from .storing import opened, speaker, store_options
from .terminal import line

if TYPE_CHECKING:
    from whence.records import Judgement

KINDS = {
    "same": "REPORT REPORT",
    "not-same": "REPORT REPORT",
    "correct": "REPORT FIELD VALUE",
    "credibility": "REPORT 1..6",
    "reliability": "SOURCE A..F",
    "retract": "JUDGEMENT",
}

COLUMNS: Columns = (
    ("id", lambda j: j.id),
    ("made", lambda j: j.made),
    ("who", lambda j: j.who),
    ("what", lambda j: j.kind.replace("_", "-")),
    ("about", lambda j: " ".join(x for x in (j.subject, j.other) if x)),
    ("value", lambda j: " ".join(x for x in (j.field, j.value) if x)),
    ("why", lambda j: j.why),
)


def print_judgements(found: Sequence[Judgement], *, as_json: bool = False, as_csv: bool = False) -> None:
    """A list of judgements."""
    print_list(found, COLUMNS, as_json=as_json, as_csv=as_csv, limit=len(found), none="nothing was judged")


@click.command("judge")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("words", nargs=-1, required=True, metavar="ABOUT...")
@speaker
@store_options
def judge(kind: str, words: tuple[str, ...], who: str, why: str | None, place: str | None, config: Path | None) -> int:
    """Append a judgement: nothing is overwritten, and `judge retract` takes it back.

    \b
    same REPORT REPORT             both tell of one incident
    not-same REPORT REPORT         they do not
    correct REPORT FIELD VALUE     a field as it should be (country SDN; killed 3-5; an empty value: not known)
    credibility REPORT 1..6        1 confirmed to 5 improbable, 6 cannot be judged
    reliability SOURCE A..F        A reliable to E unreliable, F cannot be judged
    retract JUDGEMENT              take one back
    """
    wanted = KINDS[kind].split()
    if len(words) != len(wanted):
        raise click.UsageError(f"judge {kind} takes {KINDS[kind]}")
    with opened(place, config) as store:
        told: dict[str, Any] = {"who": who, "why": why}
        if kind in ("same", "not-same"):
            made = store.judge(
                "same" if kind == "same" else "not_same", store.meant(words[0], "R"), other=store.meant(words[1], "R"), **told
            )
        elif kind == "correct":
            made = store.judge("correct", store.meant(words[0], "R"), field=words[1], value=words[2], **told)
        elif kind == "retract":
            made = store.judge("retract", words[0], **told)
        elif kind == "credibility":
            made = store.judge("credibility", store.meant(words[0], "R"), value=words[1], **told)
        else:
            made = store.judge("reliability", store.meant(words[0], "S"), value=words[1], **told)
    _said(made)
    return DONE


def _said(made: Judgement) -> None:
    click.echo(line(f"{made.id}  {made.kind.replace('_', '-')} {made.subject}, says {made.who}"))


@click.command("judgements")
@click.argument("about", required=False)
@click.option("--in-force", is_flag=True, help="Only those that were not taken back.")
@form
@store_options
def judgements(about: str | None, in_force: bool, as_json: bool, as_csv: bool, place: str | None, config: Path | None) -> int:
    """What was judged, oldest first; of one document, report or source where its id is given."""
    with opened(place, config) as store:
        meant = about if about is None or about.startswith("J-") else store.meant(about)
        print_judgements(store.judgements(meant, retracted=not in_force), as_json=as_json, as_csv=as_csv)
    return DONE


@click.command("hide")
@click.argument("identity", metavar="ID")
@speaker
@store_options
def hide(identity: str, who: str, why: str | None, place: str | None, config: Path | None) -> int:
    """Hide a document or a report from lists, search and linking; it stays kept, and `whence show` brings it back."""
    if not why:
        raise click.UsageError("hiding wants a reason: --why TEXT")
    with opened(place, config) as store:
        _said(store.judge("hide", store.meant(identity, "DR"), who=who, why=why))
    return DONE


@click.command("show")
@click.argument("identity", metavar="ID")
@speaker
@store_options
def show(identity: str, who: str, why: str | None, place: str | None, config: Path | None) -> int:
    """Show again what was hidden; `whence documents --hidden` lists it, `whence judgements ID` says who hid it and why."""
    from whence.errors import NotFound

    with opened(place, config) as store:
        meant = store.meant(identity, "DR")
        hidings = [j for j in store.judgements(meant, retracted=False) if j.kind == "hide" and j.subject == meant]
        if not hidings:
            raise NotFound(f"{meant}: is not hidden")
        for hiding in hidings:
            _said(store.judge("retract", hiding.id, who=who, why=why))
    return DONE


COMMANDS = (judge, judgements, hide, show)
