"""The whole brief, in its order."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from whence.cli.terminal import cut, line
from whence.records import Reading

from . import wording
from .doubts import print_not_counted, print_question
from .facts import Facts
from .incidents import print_incidents
from .rest import print_also_told, print_claims, print_footer, print_left_out
from .sheet import Sheet


def print_brief(reading: Reading, console: Console) -> None:
    """Print the brief of a reading."""
    facts, sheet = Facts(reading), Sheet(console)
    _print_head(facts, sheet)
    sheet.blank()
    print_incidents(facts, sheet)
    events = print_not_counted(facts, sheet)
    claims = {i for incident in reading.incidents for i in incident.claims}
    for question in reading.questions:
        claims |= print_question(facts, sheet, question)
    print_claims(facts, sheet, claims)
    print_also_told(facts, sheet, events)
    print_left_out(facts, sheet)
    print_footer(facts, sheet)


def _print_head(facts: Facts, sheet: Sheet) -> None:
    document = facts.reading.document
    title = line(document.title or "") or f"{line(document.id)} (no title)"
    sheet.row("", Text(title, style="bold"), indent=0)
    outlet = facts.name(document.publisher) if document.publisher else "publisher not told"
    for via in document.via:
        outlet += f", {wording.VIA[via.relation]} {facts.name(via.publisher)}"
    sheet.row("", f"{outlet} · {_published(facts)}", indent=0)
    for part in document.parts:
        if part.kind == "disclaimer":
            sheet.row("", Text(f"“{cut(facts.text[part.start : part.end], 2 * sheet.width - 10)}”", style="yellow"), indent=0)


def _published(facts: Facts) -> str:
    document = facts.reading.document
    if document.published:
        how = wording.KNOWN_FROM.get(document.published_from or "")
        return wording.long_day(document.published) + (f" ({how})" if how else "")
    if document.published_earliest and document.published_latest:
        return f"published {wording.between(document.published_earliest, document.published_latest)} (inferred)"
    if document.published_earliest or document.published_latest:
        if document.published_latest:
            return f"published by {wording.day(document.published_latest)} (inferred)"
        assert document.published_earliest is not None
        return f"published {wording.day(document.published_earliest)} or later (inferred)"
    return "date of publication not told"
