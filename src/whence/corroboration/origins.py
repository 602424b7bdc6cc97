"""Origins: where the accounts of an incident first came from, after copies, shared sources and circles are drawn together.

An outlet that names its sources counts as them and not beside them. Those that it does not name count as the outlet: nobody can
tell two of them apart. An outlet that has its account from another counts as that other. Outlets that have it from each other and
from nobody else are one origin, a circle. Named holders are the same whoever reports their words; a state and its organs speak as
one where they are typed so.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

from whence.data import rows
from whence.records import Descent, Party, Report, Telling

from .texts import folded

AFFIRMS = frozenset(("asserts", "warns"))


def affirming(report: Report) -> list[Telling]:
    """The claims of a report that say that it was so."""
    return [t for t in report.tellings if t.polarity == "positive" and t.stance in AFFIRMS]


LITTLE = frozenset(("the", "of", "for", "and", "in", "on"))
"""Words that give no letter to a short form."""


def key_of(party: Party) -> str | None:
    """Who a holder is across documents; None for one without a name. Names of one body in the lexicon of actors have one key."""
    return _bare(party.name) if party.named and party.name else None


@functools.lru_cache(maxsize=8192)
def _bare(name: str | None) -> str | None:
    """The key of a name as it is written."""
    if not name:
        return None
    key = folded(name).removeprefix("the ")
    full = _bodies().get(key)
    if full is not None and (name.isupper() or not (len(key) <= 4 and key.isalpha())):  # "sand" is not SAND
        return full
    return key or None


@functools.cache
def _bodies() -> dict[str, str]:
    """The key of the full name by that of every other name of a body; names of several are left out."""
    found: dict[str, set[str]] = {}
    for row in rows("lexicon/actors.tsv", ("name", "aliases", "type", "country")):
        full = folded(row["name"]).removeprefix("the ")
        for alias in (row["name"], *row["aliases"].split(";")):
            if alias.strip():
                found.setdefault(folded(alias).removeprefix("the "), set()).add(full)
    return {alias: next(iter(full)) for alias, full in found.items() if len(full) == 1}


def _spelled_out(keys: Iterable[str]) -> dict[str, str]:
    """Holders told by their initials by the one holder beside them whose initials these are."""
    names = sorted({k.removeprefix("holder:") for k in keys if k.startswith("holder:")})
    by: dict[str, list[str]] = {}
    for name in names:
        words = [w for w in name.split() if w not in LITTLE]
        if len(words) >= 3:
            by.setdefault("".join(w[0] for w in words), []).append(name)
    return {f"holder:{short}": f"holder:{full[0]}" for short, full in by.items() if short in names and len(full) == 1}


def holders(reports: Iterable[Report], outlets: Mapping[str, str]) -> list[str]:
    """Keys of the origins that one document's reports of an incident name: `holder:...`, `outlet:...` of others, or its own.

    `outlets`: the key of every outlet that published a report of the incident or is known as one, by folded name.
    """
    found: dict[str, None] = {}
    own = None
    for report in reports:
        own = report.publisher or own
        for telling in affirming(report):
            first = next((k for k in map(key_of, telling.chain[:1]) if k), None)
            if first is None or first == _bare(own):
                # Nobody named: the outlet nearest to them speaks for them.
                through = next((k for k in map(key_of, telling.chain[1:]) if k and k != _bare(own)), None)
                if first is None and through is not None and f"{through}" in outlets:
                    found[f"outlet:{through}"] = None
                continue
            if telling.chain[0].type == "person":
                continue  # a witness speaks to the outlet; whether to others too is seen by the lineage
            found[f"outlet:{first}" if first in outlets else f"holder:{first}"] = None
    return list(found)


def origins(reports: Sequence[Report], edges: Iterable[Descent]) -> dict[str, tuple[str, ...]]:
    """The origins behind the reports of one incident: a key and the documents that go back to it.

    `edges` are those of the lineage between documents of the incident; others are passed over.
    """
    by: dict[str, list[Report]] = {}
    for report in reports:
        by.setdefault(report.document, []).append(report)
    publisher = {d: _bare(rs[0].publisher) for d, rs in by.items()}
    outlets: dict[str, str] = {name: name for name in publisher.values() if name}
    parents: dict[str, set[str]] = {d: set() for d in by}
    for edge in edges:
        if edge.document in by and edge.parent in by and edge.document != edge.parent:
            parents[edge.document].add(edge.parent)
    own: dict[str, list[str]] = {}
    for document in by:
        named = holders(by[document], outlets)
        resolved = []
        for key in named:
            name = key.removeprefix("outlet:")
            if key.startswith("outlet:") and name != publisher[document]:
                told = [d for d, p in publisher.items() if p == name and d != document]
                if told and not parents[document] & set(told):
                    parents[document].add(min(told, key=lambda d: (by[d][0].published or "", d)))
                continue
            resolved.append(key)
        own[document] = resolved
    full = _spelled_out(k for keys in own.values() for k in keys)
    own = {document: [full.get(k, k) for k in keys] for document, keys in own.items()}
    same = _circles(parents)
    roots: dict[str, set[str]] = {}

    def of(group: frozenset[str], seen: frozenset[frozenset[str]]) -> set[str]:
        beyond = {same[p] for d in group for p in parents[d]} - {group} - seen
        inherited = set().union(*(of(g, seen | {group}) for g in beyond)) if beyond else set()
        if inherited:
            return inherited
        holding = {k for d in group for k in own[d] if k.startswith("holder:")}
        if holding:
            return holding
        if len(group) > 1:
            return {"circle:" + "+".join(sorted(publisher[d] or d for d in group))}
        (document,) = group
        return {f"outlet:{publisher[document]}" if publisher[document] else f"document:{document}"}

    for document in by:
        for key in of(same[document], frozenset()):
            roots.setdefault(key, set()).add(document)
    return {key: tuple(sorted(roots[key])) for key in sorted(roots)}


def _circles(parents: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """The strongly connected components of the lineage by document (Tarjan 1972, by reachability: an incident has few documents)."""

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        todo = [start]
        while todo:
            for p in parents.get(todo.pop(), ()):
                if p not in seen:
                    seen.add(p)
                    todo.append(p)
        return seen

    beyond = {d: reach(d) for d in parents}
    return {d: frozenset([d, *(e for e in beyond[d] if d in beyond.get(e, set()))]) for d in parents}
