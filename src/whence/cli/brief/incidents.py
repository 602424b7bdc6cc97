"""The incidents as rows, and under each who tells it, who gainsays it, and the words."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from whence.cli.terminal import cut, line
from whence.records import Claim, Incident

from . import wording
from .facts import Facts
from .sheet import Sheet

TELLINGS = 7
"""Ways of telling that are shown of one incident."""

LABEL = 18


def print_incidents(facts: Facts, sheet: Sheet) -> None:
    """All rows of the reading, or that there are none."""
    rows = facts.reading.incidents
    sheet.heading("INCIDENTS", str(len(rows)) if rows else "none told of")
    for n, incident in enumerate(rows, 1):
        _print_row(facts, sheet, n, incident)


def _print_row(facts: Facts, sheet: Sheet, n: int, incident: Incident) -> None:
    marks = Text(wording.origins(incident.origins), style="dim")
    if incident.disputed:
        marks.append(" · ")
        marks.append("DISPUTED", style="bold red")
    where = wording.places(facts, incident.places)
    head = Text(f"{wording.when(facts, incident.when)} · {where}", style="bold")
    sheet.row(Text(str(n), style="bold cyan"), head, indent=0, column=3, right=marks)
    kind = Text(wording.kind(incident), style="cyan")
    if incident.status != "happened":
        kind.append(" (claimed by others only)" if incident.status == "claimed" else " (going on)", style="yellow")
    kind.append(f"   {wording.sides(facts, incident)}", style="")
    weapons = list(dict.fromkeys(_bare(s.text) for s in incident.weapons))
    if weapons:
        kind.append(" · " + ", ".join(weapons[:4]))
    sheet.row("", kind)
    _print_losses(facts, sheet, incident)
    _print_tellings(facts, sheet, incident)
    event = facts.main_event(incident)
    if event is not None:
        words = facts.around(event.trigger.start, event.trigger.end, facts.sentence(event), 2 * sheet.width - 40)
        sheet.row("", Text(f"“{words.strip('“”')}”", style="italic"), right=incident.id)


def _bare(words: str) -> str:
    words = cut(words, 40)
    for article in ("a ", "an ", "the "):
        if words.lower().startswith(article):
            return words[len(article) :]
    return words


def _print_losses(facts: Facts, sheet: Sheet, incident: Incident) -> None:
    own = frozenset(i for i in incident.claims if i in facts.claims and facts.claims[i].attribution is None)
    told: dict[str, list[str]] = {}
    for count in incident.counts:
        owner = facts.name(count.of) if count.of else "whose: not told"
        words = wording.count(facts, count, own=own)
        if words not in told.setdefault(owner, []):
            told[owner].append(words)
    for owner, losses in told.items():
        column = min(34, max(LABEL, len(owner) + 2))
        sheet.row(cut(owner, 32), " · ".join(losses), column=column)
    if not told and incident.acled is not None and incident.acled.event_type not in ("Protests", "Strategic developments"):
        sheet.row("losses", Text("none told", style="dim"), column=LABEL)


def _print_tellings(facts: Facts, sheet: Sheet, incident: Incident) -> None:
    inside = facts.claims_of(incident.claims)
    beyond = [c for claim in inside for c in facts.claims_of(claim.opposes) if c.id not in incident.claims]
    groups = list(tellings(facts, [*inside, *dict.fromkeys(beyond)]))
    for claims in groups[:TELLINGS]:
        sheet.row(*telling(facts, claims, length=110), column=LABEL)
    if len(groups) > TELLINGS:
        sheet.row("", Text(f"and {len(groups) - TELLINGS} more tellings", style="dim"), column=LABEL)


def tellings(facts: Facts, claims: Iterable[Claim]) -> Iterable[list[Claim]]:
    """Claims in groups of one way and one stance: what the outlet tells first, then others, then who gainsays."""
    groups: dict[tuple[bool, str, str], list[Claim]] = {}
    for claim in facts.different(claims):
        if claim.stance == "asks" and claim.attribution is None:
            continue
        key = (claim.attribution is None, facts.chain(claim), wording.stance(claim))
        groups.setdefault(key, []).append(claim)
    return sorted(groups.values(), key=lambda g: (wording.against(g[0]), g[0].attribution is not None))


def telling(facts: Facts, claims: list[Claim], *, length: int) -> tuple[Text, Text]:
    """The stance as a label; the chain and, where it is not the outlet's own voice, the words."""
    claim = claims[0]
    label = Text(wording.stance(claim), style="red" if wording.against(claim) else "green")
    words = Text(line(facts.chain(claim)))
    if claim.attribution is not None:
        words.append(f": {facts.quoted(claim, length)}", style="dim")
    if len(claims) > 1:
        words.append(f" (+{len(claims) - 1})" if claim.attribution is not None else f" ({len(claims)} statements)", style="dim")
    return label, words
