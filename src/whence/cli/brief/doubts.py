"""What is not counted, and why; and the question with what stands on either side of it."""

from __future__ import annotations

from rich.text import Text

from whence.cli.terminal import cut, line
from whence.records import Claim, Event, Question

from . import wording
from .facts import Facts
from .sheet import Sheet

SHOWN = 14
WEIGHTY = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "THREATEN"))
VERDICT_STYLE = {"supported": "green", "denied": "red", "disputed": "bold red", "open": "yellow"}


def print_not_counted(facts: Facts, sheet: Sheet) -> list[str]:
    """The events that make no row, each with why; the ids of those shown."""
    groups: dict[int, list[tuple[Event, str]]] = {}
    for event in facts.reading.events:
        reason = _reason(facts, event)
        if reason is not None:
            groups.setdefault(event.sentence, []).append((event, reason))
    if not groups:
        return []
    sheet.blank()
    sheet.heading("NOT COUNTED")
    column = max(36, int(sheet.width * 0.55))
    weighty = sorted(groups.items(), key=lambda item: min(_rank(e) for e, _ in item[1]))[:SHOWN]
    for _, told in sorted(weighty):
        first, last = told[0][0].trigger, told[-1][0].trigger
        words = Text(facts.around(first.start, max(first.end, last.end), facts.sentence(told[0][0]), 2 * column - 26))
        words.highlight_words([line(event.trigger.text) for event, _ in told], style="bold")
        sheet.pair(words, Text(_reasons(told), style="yellow"), column=column)
    if len(groups) > SHOWN:
        sheet.row("", Text(f"and {len(groups) - SHOWN} sentences more; --json has them all", style="dim"))
    return [event.id for told in groups.values() for event, _ in told]


def _rank(event: Event) -> tuple[int, bool]:
    """What a reader is most likely to count by mistake comes first."""
    order = ("claimed", "planned", "denied", "happened", "ongoing", "habitual", "possible", "hypothetical")
    return -1 if event.aggregate else order.index(event.status), event.acled is None


def _reasons(told: list[tuple[Event, str]]) -> str:
    """The reasons of one sentence, each said once with the words it holds of."""
    of: dict[str, list[str]] = {}
    for event, reason in told:
        of.setdefault(reason, []).append(cut(event.trigger.text, 30))
    if len(of) == 1:
        return next(iter(of))
    return "; ".join(f"{', '.join(dict.fromkeys(words))}: {reason}" for reason, words in of.items())


def _reason(facts: Facts, event: Event) -> str | None:
    """Why an event makes no row; None where it does, or where nobody would count it."""
    if event.id in facts.row_of or _in_title(facts, event):
        return None
    told = facts.reading.claims
    mine = [c for c in told if c.event == event.id]
    who = _holders(facts, mine)
    if event.aggregate:
        rows = sorted({facts.row_of[p] for p in event.parts if p in facts.row_of})
        may = f"; may include {' and '.join(map(str, rows))}" if rows else ""
        return f"an aggregate{may}"
    if event.acled is None and event.type not in WEIGHTY and event.status not in ("planned", "denied"):
        return None
    match event.status:
        case "planned":
            return f"a plan, as {who} has it" if who else "a plan or purpose; not told as done"
        case "possible":
            return f"held possible, feared or asked by {who}" if who else "possible, feared or asked; not told as done"
        case "hypothetical":
            return f"wanted or supposed by {who}; not told as done" if who else "wanted or supposed; not told as done"
        case "denied":
            return f"denied by {who}" if who else "told as not having happened"
        case "habitual":
            return f"a habit, as {who} has it; no day of its own" if who else "a habit; no day of its own"
        case "claimed":
            return f"claimed by {who or 'others'}; no day or place of its own" if event.acled else None
        case _:
            return "background; no day or place of its own" if event.acled else None


def _holders(facts: Facts, claims: list[Claim]) -> str:
    names = list(dict.fromkeys(facts.name(c.chain[0]) for c in claims if c.attribution is not None and c.chain))
    return cut(" and ".join(names[:2]), 60)


def _in_title(facts: Facts, event: Event) -> bool:
    at = event.trigger.start
    return any(p.start <= at < p.end for p in facts.reading.document.parts if p.kind in ("title", "heading"))


def print_question(facts: Facts, sheet: Sheet, question: Question) -> set[str]:
    """A question, and the claims on either side by origin; the ids of the claims shown."""
    sheet.blank()
    label = "THE QUESTION" if question.span is not None else "ASKED"
    verdict = Text(question.verdict, style=VERDICT_STYLE[question.verdict])
    sheet.row(Text(label, style="bold"), Text(cut(question.text, 200)), indent=0, right=verdict)
    sides = (
        ("for", question.supporting, question.origins_for),
        ("against", question.against, question.origins_against),
        ("beside", question.beside, None),
    )
    if not any(ids for _, ids, _ in sides):
        sheet.row("", Text("no claim in this text bears on it directly", style="dim"))
        return set()
    for name, ids, n in sides:
        claims = facts.claims_of(ids)
        if not claims:
            if name != "beside":
                sheet.row(name, Text("nobody in this text", style="dim"), column=10)
            continue
        groups = facts.by_origin(claims)
        shown = groups[:8] if name != "beside" else groups[:5]
        for i, group in enumerate(shown):
            head = Text(name if i == 0 else "", style="red" if name == "against" else "green" if name == "for" else "dim")
            _print_origin(facts, sheet, head, group, wording.origins(n) if n is not None and i == 0 else "")
        if len(groups) > len(shown):
            sheet.row("", Text(f"and {len(groups) - len(shown)} more", style="dim"), column=10)
    _print_unheard(facts, sheet, question)
    return {*question.supporting, *question.against, *question.beside}


def _print_origin(facts: Facts, sheet: Sheet, head: Text, group: list[Claim], mark: str) -> None:
    """One origin with all it says: the chain, by which words it is called, and its statements."""
    claim = group[0]
    words = Text(line(facts.chain(claim)), style="bold")
    phrases = facts.phrases(group)
    unnamed = bool(claim.chain) and claim.attribution is not None and not facts.entities[claim.chain[0]].named
    if unnamed and len(phrases) > 1:
        words.append(f"  one origin behind {len(phrases)} phrases: ", style="yellow")
        words.append(", ".join(f"“{p}”" for p in phrases[:6]), style="dim")
    sheet.row(head, words, column=10, right=Text(mark, style="bold"))
    different = facts.different(group)
    for said in different[:4]:
        sheet.row(
            "",
            Text.assemble((wording.stance(said), "cyan"), f": {facts.quoted(said, 2 * sheet.width - 60)}"),
            indent=13,
        )
    if len(different) > 4:
        sheet.row("", Text(f"and {len(different) - 4} more statements", style="dim"), indent=13)


def _print_unheard(facts: Facts, sheet: Sheet, question: Question) -> None:
    """Those who are said to have acted, and of whom the text gives no word."""
    speaking = {c.chain[0] for c in facts.reading.claims if c.attribution is not None and c.chain}
    speaking |= {a for s in speaking if s in facts.entities for a in facts.entities[s].affiliations}
    speaking |= {r.toward for r in facts.reading.relations if r.type in ("speaks_for", "leads") and r.origin in speaking}
    ids = {c.event for c in facts.claims_of((*question.supporting, *question.against)) if c.event}
    if question.span is not None:
        span = question.span
        ids |= {e.id for e in facts.reading.events if span.start <= e.trigger.start < span.end}
    acting = [a.entity for i in ids if i in facts.events for a in facts.events[i].arguments]
    quiet = [
        e
        for e in dict.fromkeys(acting)
        if e not in speaking
        and e not in facts.outlets
        and e in facts.entities
        and facts.entities[e].type in ("person", "state", "state_forces", "armed_group", "political_body", "organization")
        and (facts.entities[e].named or facts.entities[e].type in ("state_forces", "armed_group"))
    ]
    if quiet:
        sheet.row("not heard", ", ".join(sorted(facts.name(e) for e in quiet[:6])), column=10)
