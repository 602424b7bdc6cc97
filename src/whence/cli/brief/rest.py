"""What else is told: claims by holder, background, relations; what was left out; and what made the reading."""

from __future__ import annotations

from collections.abc import Collection

from rich.text import Text

from whence.cli.terminal import cut, line
from whence.readers.claims import whole
from whence.records import Claim, Event, Relation

from . import wording
from .facts import Facts
from .incidents import LABEL
from .sheet import Sheet

HOLDERS, STATEMENTS, BACKGROUND, RELATIONS = 10, 3, 6, 10
READ = ("title", "lead", "heading", "body", "disclaimer")
TYPES = {
    "member_of": "member of",
    "part_of": "part of",
    "leads": "leads",
    "speaks_for": "speaks for",
    "allied_with": "allied with",
    "supports": "backs",
    "opposes": "against",
    "fights": "fights",
    "controls": "holds",
    "in_contact_with": "in contact with",
    "agreed_with": "agreed with",
    "other": "and",
}


def print_claims(facts: Facts, sheet: Sheet, shown: Collection[str]) -> None:
    """Who says what besides, by holder."""
    rest = [c for c in whole(facts.reading.claims) if c.attribution is not None and c.id not in shown and c.stance != "disclaims"]
    if not rest:
        return
    sheet.blank()
    sheet.heading("OTHER CLAIMS", "by who is behind them")
    groups = facts.by_holder(rest)
    for holder in groups[:HOLDERS]:
        group = facts.different(holder)
        sheet.row("", Text(line(facts.chain(group[0])), style="bold"))
        for claim in group[:STATEMENTS]:
            _print_claim(facts, sheet, claim)
        if len(group) > STATEMENTS:
            sheet.row("", Text(f"and {len(group) - STATEMENTS} more", style="dim"), indent=6)
    if len(groups) > HOLDERS:
        sheet.row("", Text(f"and {len(groups) - HOLDERS} more holders; --json has them all", style="dim"))


def _print_claim(facts: Facts, sheet: Sheet, claim: Claim) -> None:
    label = Text(wording.stance(claim), style="red" if wording.against(claim) else "cyan")
    words = Text(facts.quoted(claim, 2 * sheet.width - 60))
    rivals = list(dict.fromkeys(facts.name(o.chain[0]) for o in facts.claims_of(claim.opposes) if o.chain))
    if rivals:
        words.append(f"  against {', '.join(rivals[:3])}", style="red")
    sheet.row(label, words, indent=6, column=LABEL)


def print_also_told(facts: Facts, sheet: Sheet, shown: Collection[str]) -> None:
    """What the outlet tells of before, and how those it speaks of stand to each other."""
    older = [e for e in facts.reading.events if e.id not in shown and e.id not in facts.row_of and _background(facts, e)]
    told = {
        (r.type, r.origin, r.toward): r
        for r in facts.reading.relations
        if not facts.outlets & {r.origin, r.toward}  # whom a reporter spoke to is no news
    }
    relations = list(told.values())
    if not older and not relations:
        return
    sheet.blank()
    sheet.heading("ALSO TOLD")
    for event in sorted(older, key=lambda e: (e.when.earliest or "", e.trigger.start))[:BACKGROUND]:
        words = facts.around(event.trigger.start, event.trigger.end, facts.sentence(event), sheet.width)
        sheet.row(wording.when(facts, event.when), words, column=28)
    for relation in relations[:RELATIONS]:
        sheet.row("", _related(facts, relation))
    if len(relations) > RELATIONS:
        sheet.row("", Text(f"and {len(relations) - RELATIONS} more relations", style="dim"))


def _background(facts: Facts, event: Event) -> bool:
    """Whether an event is told as done and has a time of its own before the week of publication."""
    published = facts.reading.document.published
    if event.status not in ("happened", "ongoing") or event.when.timex is None or event.when.latest is None:
        return False
    timex = facts.timexes.get(event.when.timex)
    first, last = facts.sentence(event)
    if timex is None or not first <= timex.start < last:
        return False
    coarse = event.when.precision in ("month", "year", "decade", "century", "interval")
    return coarse or (published is not None and event.when.latest < published)


def _related(facts: Facts, relation: Relation) -> Text:
    words = Text.assemble(facts.name(relation.origin), (f" {TYPES[relation.type]} ", "cyan"), facts.name(relation.toward))
    claim = facts.claims.get(relation.claim) if relation.claim else None
    if claim is not None and claim.attribution is not None and claim.chain:
        words.append(f", says {facts.name(claim.chain[0])}", style="dim")
    return words


def print_left_out(facts: Facts, sheet: Sheet) -> None:
    """The parts of the page that were not read, by their first words."""
    parts = [p for p in facts.reading.document.parts if p.kind not in READ]
    if not parts:
        return
    sheet.blank()
    words = Text()
    for n, part in enumerate(parts[:10]):
        words.append(" · " if n else "")
        words.append(part.kind, style="dim")
        words.append(f" “{cut(facts.text[part.start : part.end], 44)}”")
    if len(parts) > 10:
        words.append(f" · and {len(parts) - 10} more")
    sheet.row(Text("LEFT OUT", style="bold"), words, indent=0, column=13)


def print_footer(facts: Facts, sheet: Sheet) -> None:
    """How much was read, by what, and how to see more."""
    reading = facts.reading
    heads = {facts.origin(c) for c in reading.claims}
    engine = reading.engine
    words = [
        f"{len(reading.sentences)} sentences",
        f"{len(whole(reading.claims))} claims",
        wording.origins(len(heads)) + " named or not",
        f"read by {engine.name} {engine.version}, model {engine.model.name} {engine.model.digest[:8]}, settings {engine.config[:8]}",
        "--json for the records, --explain ID for the words",
    ]
    sheet.blank()
    sheet.row("", Text(line(" · ".join(words)), style="dim"), indent=0)
