"""An incident's whole account on the terminal, and the lineage of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from .terminal import console, cut, emit, line

if TYPE_CHECKING:
    from whence.corroboration.incidents import Account
    from whence.records import Descent, Report
    from whence.store import Store

WORDS = {
    "copies": "copies",
    "translates": "translates",
    "republishes": "republishes",
    "quotes": "quotes",
    "cites": "cites",
    "shares_origin": "shares an origin with",
}

ORIGINS = {
    "outlet": "own reporting of",
    "holder": "words of",
    "circle": "outlets that cite each other:",
    "document": "a document without outlet,",
}


def print_json(store: Store, told: Account, reports: Sequence[Report]) -> None:
    """The account with its reports and links as one object."""
    emit(msgspec.json.format(msgspec.json.encode({"incident": told, "reports": reports, "links": _links(store, told)}), indent=2))


def _links(store: Store, told: Account) -> list[Any]:
    from whence.linking import ENGINE

    inside = set(told.reports)
    found = {(k.a, k.b): k for r in told.reports for k in store.links(ENGINE, report=r) if k.a in inside and k.b in inside}
    return list(found.values())


def print_account(store: Store, told: Account, reports: Sequence[Report], *, why: bool, no_colour: bool) -> None:
    """Fields with all their values, then origins, denials, reports with chains, lineage, and with `why` the links."""
    from whence.corroboration.incidents import RULES

    out = console(plain=no_colour)
    title = ", ".join(next((f.shown for f in told.fields if f.name == n and f.shown), "") or "unknown" for n in ("type", "place", "when"))
    out.print(line(f"{told.id}  {title}"), style="bold")
    n = len(told.origins)
    many = f"{len(told.reports)} reports in {len(told.documents)} documents, {n} independent origin{'s'[: n != 1]}"
    out.print(many + (", disputed" if told.disputed else ""))
    out.print(line(f"credibility {told.credibility} of 6: {told.credibility_why}"))
    out.print(line(f"shown: {RULES[told.rule]}"), style="dim")
    out.print()
    for field in told.fields:
        out.print(
            line(f"{field.name}: {field.shown}") + ("   DISPUTED" if field.disputed else ""), style="bold" if field.disputed else None
        )
        if len(field.values) > 1:
            for value in field.values:
                who = ", ".join(dict.fromkeys(_publisher(reports, r) for r in value.reports))
                n = len(value.origins)
                out.print(f"    {cut(value.value, 60)}   {n} origin{'s'[: n != 1]}: {cut(who, 60)}")
    out.print()
    out.print("origins", style="bold")
    published = {r.document: r.publisher or "unknown outlet" for r in reports}
    for key, documents in told.origins.items():
        kind, _, name = key.partition(":")
        through = ", ".join(dict.fromkeys(published[d] for d in documents))
        out.print(f"    {ORIGINS.get(kind, kind)} {line(name)}   told by {cut(through, 80)}")
    if told.denials:
        out.print()
        out.print("against", style="bold")
        for denial in told.denials:
            said = " … ".join(denial.words)
            out.print(f"    {line(denial.holder)} {denial.stance} (in {line(denial.publisher or 'unknown outlet')}): {cut(said, 110)}")
    out.print()
    out.print("reports", style="bold")
    for report in sorted(reports, key=lambda r: (r.published or "9999", r.number or 0)):
        counts = ", ".join(f"{c.measure} {c.low if c.low == c.high else f'{c.low}-{c.high or chr(0x2026)}'}" for c in report.counts)
        out.print(
            f"    {report.id}  {report.published or 'no date':10}  {line(report.publisher or 'unknown outlet')}  {report.status}  {counts}"
        )
        for chain in dict.fromkeys(" > ".join(p.name or p.type for p in t.chain) + f" {t.stance}" for t in report.tellings):
            out.print(f"        {cut(chain, 110)}", style="dim")
    if told.lineage:
        out.print()
        out.print("lineage", style="bold")
        print_lineage(store, told.lineage, no_colour=no_colour)
    if why:
        _print_links(store, told, reports, out)


def _publisher(reports: Sequence[Report], identity: str) -> str:
    return next((r.publisher or "unknown outlet" for r in reports if r.id == identity), "unknown outlet")


def _print_links(store: Store, told: Account, reports: Sequence[Report], out: Any) -> None:
    out.print()
    out.print("why these reports are one incident", style="bold")
    for link in sorted(_links(store, told), key=lambda k: -k.probability):
        out.print(
            f"    {_publisher(reports, link.a)} ({link.a}) and {_publisher(reports, link.b)} ({link.b}): probability {link.probability:.2f}"
        )
        ranked = sorted(link.why.items(), key=lambda kv: -abs(kv[1]))
        out.print("        " + "; ".join(f"{key} {weight:+.1f}" for key, weight in ranked), style="dim")


def print_lineage(store: Store, edges: Sequence[Descent], *, no_colour: bool) -> None:
    """An edge a line, with its evidence."""
    out = console(plain=no_colour)
    names: dict[str, str] = {s.id: s.name for s in store.sources()}

    def name(identity: str) -> str:
        if identity.startswith("S-"):
            return names.get(identity, identity)
        if identity not in names:
            document = store.document(identity)
            names[identity] = f"{document.publisher or 'unknown outlet'} of {document.published or 'unknown date'} ({identity})"
        return names[identity]

    for edge in edges:
        out.print(f"    {line(name(edge.document))} {WORDS[edge.kind]} {line(name(edge.parent))}   {edge.probability:.2f}")
        if edge.why:
            out.print(f"        {cut('; '.join(edge.why), 120)}", style="dim")
