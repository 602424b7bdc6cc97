"""A document as lineage and linking compare it: what it says of where it has it from, and what it shares with others."""

from __future__ import annotations

from collections.abc import Iterable

from whence.records import Reading, Record, Report

from .texts import content_words, folded, numbers_in, quotations, shingles, words_of

LEAST = 8
"""Words from which a sentence counts as a passage that can be copied."""


class Account(Record):
    """One document, ready to be compared; made by `account_of`.

    `via`: (folded name, relation) from the nearest to the original; `cites`: folded names of those who stand in chains before the
    publisher. `passages`: a set of shingles for each longer sentence of the body. `facts`: names and numbers in their order.
    `details`: by report id the content words of the sentences that tell it.
    """

    document: str
    publisher: str | None
    published: str | None
    via: tuple[tuple[str, str], ...]
    cites: tuple[str, ...]
    passages: tuple[frozenset[int], ...]
    quotes: tuple[tuple[str, ...], ...]
    names: frozenset[str]
    numbers: frozenset[str]
    facts: tuple[str, ...]
    text: str
    details: dict[str, frozenset[str]]


def account_of(reading: Reading, reports: Iterable[Report], *, document: str) -> Account:
    """The account of a reading and its reports; `document` is the id under which it is kept."""
    text = reading.document.text
    entities = {e.id: e for e in reading.entities}
    own = reading.document.publisher
    via = [(entities[v.publisher].name or "", v.relation) for v in reading.document.via if v.publisher in entities]
    holders: list[str] = []
    for claim in reading.claims:
        for holder in claim.chain:
            entity = entities.get(holder)
            if entity and holder != own and entity.named and entity.name and entity.type != "person":
                holders.append(folded(entity.name))
    outlets = {folded(name) for name, _ in via}
    if own in entities:
        outlets.add(folded(entities[own].name or ""))
    apart = [p for p in reading.document.parts if p.kind not in ("body", "lead")]
    body = [s for s in reading.sentences if not any(p.start <= s.start < p.end for p in apart)]
    names = {(m.start, folded(m.text)) for m in reading.mentions if m.form == "name"}
    names |= {(t.start, folded(t.text)) for t in reading.toponyms}
    told = sorted((at, name) for at, name in names if name and name not in outlets)
    inside = [(s.start, s.end) for s in body]
    figures = numbers_in(text)
    ordered = sorted([*told, *figures])
    return Account(
        document=document,
        publisher=entities[own].name if own in entities else None,
        published=reading.document.published,
        via=tuple((folded(name), relation) for name, relation in via if name),
        cites=tuple(dict.fromkeys(h for h in holders if h)),
        passages=tuple(shingles(w) for s in body if len(w := words_of(text[s.start : s.end])) >= LEAST),
        quotes=quotations(text),
        names=frozenset(name for _, name in told),
        numbers=frozenset(n for _, n in figures),
        facts=tuple(dict.fromkeys(f for at, f in ordered if any(a <= at < b for a, b in inside))),
        text=text,
        details={r.id: _details(r, text, [(s.start, s.end) for s in reading.sentences]) for r in reports},
    )


def _details(report: Report, text: str, sentences: list[tuple[int, int]]) -> frozenset[str]:
    """The content words of the sentences with the triggers and claims of a report."""
    spots = [t.start for t in report.triggers] + [s.start for t in report.tellings for s in t.content]
    chosen = {(a, b) for a, b in sentences if any(a <= at < b for at in spots)}
    return frozenset().union(*(content_words(text[a:b]) for a, b in chosen)) if chosen else frozenset()
