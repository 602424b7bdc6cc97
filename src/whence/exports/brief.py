"""A situation brief as it stands before it is set: entries by country and day, each statement with a note on who says it through whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from whence.records import Record

from . import wording
from .cells import flat
from .codes import country_name
from .losses import Lost, dropped
from .rows import Row, Statement

CARRIES = (
    *("interval", "range", "measures", "values", "denials", "origins", "chains", "evidence", "status", "precision", "weapons"),
    *("credibility", "acled", "direction", "papers", "owners", "lineage"),
)
SAYS = {
    "asserts": "says",
    "denies": "denies",
    "doubts": "doubts",
    "allows": "allows",
    "predicts": "predicts",
    "warns": "warns",
    "asks": "asks",
    "wants": "wants",
    "fears": "fears",
    "disclaims": "does not vouch for it",
}
WORDS = 400
"""Characters of words that are quoted."""


class Note(Record):
    """A footnote: the chain of sources, and the document with its outlet, day and address."""

    number: int
    text: str
    url: str | None


class Said(Record):
    """A sentence with the numbers of its notes; `against`: it disputes the incident."""

    text: str
    notes: tuple[int, ...]
    against: bool = False


class Entry(Record):
    """An incident: heading, facts, what differs, statements."""

    number: int
    id: str
    heading: str
    facts: tuple[tuple[str, str, bool], ...]
    summary: Said
    differing: tuple[Said, ...]
    statements: tuple[Said, ...]


class Total(Record):
    """A line of the overview."""

    name: str
    incidents: int
    killed: str
    disputed: int


class Brief(Record):
    """A whole brief."""

    title: str
    subtitle: str
    totals: tuple[Total, ...]
    sections: tuple[tuple[str, tuple[Entry, ...]], ...]
    notes: tuple[Note, ...]
    method: tuple[str, ...]


def lost(row: Row) -> Iterator[Lost]:
    """What a brief does not say."""
    yield from dropped(row, CARRIES)
    if any(sum(len(q.text) for q in s.quotes) > WORDS for s in row.statements):
        yield Lost(field="statements", what=f"words longer than {WORDS} characters are cut")
    if row.place is None or row.place.latitude is None:
        yield Lost(field="place", what="lies nowhere on the map: it stands in the text alone")


def ordered(rows: Iterable[Row]) -> list[Row]:
    """By country, then by day; those without either come last."""
    return sorted(rows, key=lambda r: (country_name(r.country) or "\uffff", r.earliest or r.latest or "9999", r.id))


class _Notes:
    def __init__(self) -> None:
        self.made: dict[tuple[str, str], Note] = {}

    def __call__(self, row: Row, statement: Statement) -> int:
        """The number of the note of a chain through a document; the same chain is one note."""
        chain = wording.chain(statement)
        key = (statement.document, chain)
        if key not in self.made:
            paper = row.paper(statement.document)
            told = [f"{flat(chain)}."]
            if paper is not None:
                title = f"“{flat(paper.title)}”" if paper.title else ""
                told.append(", ".join(x for x in (flat(paper.publisher or "outlet unknown"), title, paper.published or "no date") if x))
            told.append(f"[{statement.document}]")
            parents = [f"{e.kind} {e.parent}" for e in row.lineage if e.document == statement.document]
            if parents:
                told.append(f"({'; '.join(parents)})")
            url = paper.url if paper and paper.url and paper.url.startswith(("https://", "http://")) else None
            self.made[key] = Note(number=len(self.made) + 1, text=" ".join(told), url=url)
        return self.made[key].number


def brief(rows: Sequence[Row], *, title: str = "Situation brief") -> Brief:
    """The brief of some rows, in the order of `ordered`."""
    notes = _Notes()
    sections: dict[str, list[Entry]] = {}
    for number, row in enumerate(rows, 1):
        sections.setdefault(country_name(row.country) or "Country unknown", []).append(_entry(number, row, notes))
    days = sorted(d for r in rows for d in (r.earliest, r.latest) if d)
    span = f"{wording.day(days[0])} to {wording.day(days[-1])}" if days else "no days known"
    papers = {p.id for r in rows for p in r.papers}
    return Brief(
        title=title,
        subtitle=f"{span}. {len(rows)} incident{'s'[: len(rows) != 1]} told in {len(papers)} document{'s'[: len(papers) != 1]}.",
        totals=tuple(_total(name, [rows[e.number - 1] for e in entries]) for name, entries in sections.items()),
        sections=tuple((name, tuple(entries)) for name, entries in sections.items()),
        notes=tuple(notes.made.values()),
        method=(
            "Each number in the text points at a note with the chain of sources, the origin first and the outlet last.",
            "Ranges are the lowest and the highest figure told; where reports differ, every value stands with its outlets.",
            "Credibility follows STANAG 2511 and is computed from independent origins and denials unless a person graded it.",
            "Areas on the map are as wide as the place is uncertain.",
        ),
    )


def _total(name: str, rows: Sequence[Row]) -> Total:
    figures = [f for r in rows if (f := r.figure("killed"))]
    low = sum(f.low for f in figures)
    high = None if any(f.high is None for f in figures) else sum(f.high or 0 for f in figures)
    killed = wording.numbers(low, high) if figures else "not told"
    return Total(name=name, incidents=len(rows), killed=killed, disputed=sum(r.disputed for r in rows))


def _entry(number: int, row: Row, notes: _Notes) -> Entry:
    place = row.place
    facts = [("When", wording.days(row), _disputed(row, "when")), ("Where", wording.where(row), _disputed(row, "place"))]
    if place is not None and place.precision_km is not None:
        facts.append(("Place known within", f"{place.precision_km:g} km ({place.kind})", False))
    facts += [
        (heading, told, False)
        for heading, told in (("Actors", wording.parties(row.actors)), ("Targets", wording.parties(row.targets)))
        if told
    ]
    for f in row.figures:
        by_group = [f"{t.of} {wording.numbers(t.low, t.high)}" for t in row.counts if t.measure == f.measure and t.of]
        told = wording.numbers(f.low, f.high) + (f" ({'; '.join(map(flat, by_group))})" if by_group else "")
        facts.append((wording.MEASURES[f.measure].capitalize(), told, f.disputed))
    if row.weapons:
        facts.append(("Weapons", ", ".join(map(flat, row.weapons)), False))
    many = len(row.origins)
    facts.append(("Origins", f"{many} independent: {'; '.join(flat(o.name) for o in row.origins)}" if many else "none known", False))
    facts.append(("Credibility", f"{row.credibility} ({wording.CREDIBILITY[row.credibility]}; {row.credibility_why})", False))
    supporting = tuple(dict.fromkeys(notes(row, s) for s in row.statements if not s.against))
    by_report: dict[str, list[int]] = {}
    for s in row.statements:
        by_report.setdefault(s.report, []).append(notes(row, s))
    differing = []
    for field in row.fields:
        if len(field.told) > 1:
            for value in field.told:
                marks = tuple(dict.fromkeys(n for r in value.reports for n in by_report.get(r, ())))
                name = wording.MEASURES.get(field.name, field.name)
                differing.append(Said(text=f"{name}: {flat(value.value)}", notes=marks, against=field.disputed))
    return Entry(
        number=number,
        id=row.id,
        heading=f"{wording.what(row)}, {flat(place.name) if place and place.name else 'place unknown'}, {wording.days(row)}",
        facts=tuple(facts),
        summary=Said(text=wording.summary(row), notes=supporting),
        differing=tuple(differing),
        statements=tuple(dict.fromkeys(_said(row, s, notes) for s in row.statements if s.quotes)),
    )


def _disputed(row: Row, name: str) -> bool:
    field = row.field(name)
    return field is not None and field.disputed


def _said(row: Row, statement: Statement, notes: _Notes) -> Said:
    words = wording.words(statement)
    words = words if len(words) <= WORDS else f"{words[: WORDS - 1].rsplit(' ', 1)[0]}…"
    who = wording.party(statement.chain[0]) if statement.chain else "The text"
    through = f" (through {wording.party(statement.chain[-1])})" if len(statement.chain) > 1 else ""
    return Said(text=f"{who}{through} {SAYS[statement.stance]}: “{words}”", notes=(notes(row, statement),), against=statement.against)
