"""Linking what is kept: new reports are compared with those near them, clusters and lineage are brought up to date, the rest stays.

How far it has come is kept in the store, so that adding ten reports to a hundred thousand compares ten. What reviewers judged since is
taken in as well. Interrupted, it begins again where the last whole run ended.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from whence.corroboration.accounts import Account, account_of
from whence.corroboration.blocking import Blocks
from whence.corroboration.clustering import clustered, connected
from whence.corroboration.comparing import compared, days_of
from whence.corroboration.lineage import ALIKE, LEAST, candidates, copied, descent
from whence.corroboration.model import model, rare_words
from whence.corroboration.texts import folded
from whence.records import Descent, Link, Record, Report
from whence.store import Store, projected

ENGINE = "whence-linking/1"
"""Raised when the same reports would be linked otherwise; what an older one computed is then left aside."""
KEPT = 0.05
"""Probability from which a link is kept: below it, two reports were compared and are unlike."""
BATCH = 2000
REMEMBERED = 4000
"""Documents whose accounts are held in memory."""
CHUNK = 3000
"""Documents whose passages are looked through together for copies."""

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, how much there is."""


class Linked(Record):
    """What a run did."""

    reports: int
    compared: int
    links: int
    clusters: int
    edges: int


class Accounts:
    """Accounts of documents, made from their readings when they are asked for; the last ones are remembered."""

    def __init__(self, store: Store, *, most: int = REMEMBERED) -> None:
        self._store = store
        self._most = most
        self._made: OrderedDict[str, Account | None] = OrderedDict()

    def __call__(self, document: str) -> Account | None:
        """The account of a document; None where it was not read."""
        if document in self._made:
            self._made.move_to_end(document)
            return self._made[document]
        reading = self._store.reading(document)
        made = None if reading is None else account_of(reading, projected(reading, document=document), document=document)
        self._made[document] = made
        if len(self._made) > self._most:
            self._made.popitem(last=False)
        return made


def link(store: Store, *, progress: Progress = lambda what, done, of: None) -> Linked:
    """Bring links, clusters and lineage up to what the store holds now. StoreError where it cannot be read or written."""
    before, judged_before = store.mark(ENGINE, "reports"), store.mark(ENGINE, "judgements")
    judgements = store.judgements()
    later = judgements[judged_before:]
    touched = {i for j in later for i in (j.subject, j.other) if i is not None}
    blocks = Blocks()
    fresh: list[int] = []
    number: dict[str, int] = {}
    newest = before
    for report in store.reports():
        at = blocks.add(msgspec.structs.replace(report, tellings=(), triggers=()))
        number[report.id] = at
        newest = max(newest, report.number or 0)
        if (report.number or 0) > before or report.id in touched or report.document in touched:
            fresh.append(at)
    reports = blocks.reports
    in_force = [j for j in judgements if j.id not in {r.other for r in judgements if r.kind == "retract"}]
    same = [(j.subject, j.other) for j in in_force if j.kind == "same" and j.other in number and j.subject in number]
    apart = [(j.subject, j.other) for j in in_force if j.kind == "not_same" and j.other in number and j.subject in number]
    if not fresh and not later:
        return Linked(reports=0, compared=0, links=0, clusters=0, edges=0)
    accounts = Accounts(store)
    fresh.sort(key=lambda i: (days_of(reports[i]) or (0, 0), i))
    seen, kept = 0, 0
    waiting: list[Link] = []
    earlier: set[int] = set()
    for done, at in enumerate(fresh):
        earlier.add(at)
        for a, b in _pairs(blocks, at, earlier):
            seen += 1
            made = _compared(reports[a], reports[b], accounts)
            if made.probability >= KEPT or {made.a, made.b} & touched:
                waiting.append(made)
                kept += 1
        if len(waiting) >= BATCH:
            store.put_links(ENGINE, waiting)
            waiting = []
        progress("comparing reports", done + 1, len(fresh))
    store.put_links(ENGINE, waiting)
    changed = {reports[i].id for i in fresh} | touched
    groups = _regrouped(store, [r.id for r in reports], number, changed, same, apart)
    edges = _lineage(store, reports, number, groups, {reports[i].document for i in fresh}, accounts, progress, again=before > 0)
    rows = [(member, _name(group, reports, number)) for group in groups for member in group]
    store.put_clusters(ENGINE, rows, mark=("reports", newest))
    store.put_clusters(ENGINE, [], mark=("judgements", len(judgements)))
    return Linked(reports=len(fresh), compared=seen, links=kept, clusters=len(groups), edges=edges)


def _pairs(blocks: Blocks, at: int, earlier: set[int]) -> Iterator[tuple[int, int]]:
    for other in blocks.partners(at):
        if other not in earlier:
            yield min(at, other), max(at, other)


def _compared(one: Report, other: Report, accounts: Accounts) -> Link:
    return weighed(one, other, accounts(one.document), accounts(other.document))


def weighed(one: Report, other: Report, a: Account | None, b: Account | None) -> Link:
    """How probable it is that two reports tell of one incident; `a` and `b` are the accounts of their documents."""
    weights, unlisted = rare_words()
    nothing: frozenset[str] = frozenset()
    words = (a.details.get(one.id, nothing) if a else nothing, b.details.get(other.id, nothing) if b else nothing)
    taken = copied(a, b) if a and b and a.document != b.document else 0.0
    levels = compared(one, other, words=words, weights=weights, unlisted=unlisted, copied=taken)
    told = model("reports")
    return Link(a=one.id, b=other.id, probability=round(told.probability(levels), 4), why=told.why(levels))


def _regrouped(
    store: Store,
    members: Sequence[str],
    number: dict[str, int],
    changed: set[str],
    same: Sequence[tuple[str, str | None]],
    apart: Sequence[tuple[str, str | None]],
) -> list[list[str]]:
    """The clusters of all that hangs together with something that changed."""
    links = {(k.a, k.b): k.probability for k in store.links(ENGINE, least=KEPT) if k.a in number and k.b in number}
    joined = [(a, b) for a, b in same if b is not None]
    torn = [(a, b) for a, b in apart if b is not None]
    components = connected([*links, *joined, *((m, m) for m in members)])
    groups: list[list[str]] = []
    by_member = {m: n for n, c in enumerate(components) for m in c}
    inside: dict[int, dict[tuple[str, str], float]] = {}
    for pair, p in links.items():
        inside.setdefault(by_member[pair[0]], {})[pair] = p
    for n, component in enumerate(components):
        if component & changed:
            mine = set(component)
            groups += clustered(
                component,
                inside.get(n, {}),
                same=[p for p in joined if p[0] in mine],
                apart=[p for p in torn if p[0] in mine and p[1] in mine],
            )
    return groups


def _name(group: Sequence[str], reports: Sequence[Report], number: dict[str, int]) -> str:
    """The id of a cluster: it hangs on its first report, and stays while later ones come."""
    first = min(group, key=lambda m: (reports[number[m]].number or 0, m))
    return f"I-{hashlib.sha256(first.encode()).hexdigest()[:12]}"


def _lineage(
    store: Store,
    reports: Sequence[Report],
    number: dict[str, int],
    groups: Sequence[Sequence[str]],
    fresh: set[str],
    accounts: Accounts,
    progress: Progress,
    *,
    again: bool,
) -> int:
    """Draw the edges of new documents, and of those that share an incident with them."""
    around: dict[str, set[str]] = {}
    order: dict[str, int] = {}
    for group in groups:
        documents = {reports[number[m]].document for m in group}
        for member in group:
            report = reports[number[member]]
            order[report.document] = max(order.get(report.document, 0), report.number or 0)
        if documents & fresh:
            for document in documents:
                around.setdefault(document, set()).update(documents - {document})
    ready = sorted(fresh, key=lambda d: order.get(d, 0))
    for at in range(0, len(ready), CHUNK):
        found = [a for d in ready[at : at + CHUNK] if (a := accounts(d)) is not None]
        by = {a.document: a for a in found}
        for one, other in candidates(found):
            if copied(by[one], by[other]) >= ALIKE:
                around.setdefault(one, set()).add(other)
                around.setdefault(other, set()).add(one)
    sources = {folded(s.name): s.id for s in store.sources()}
    count = 0
    waiting: list[Descent] = []
    for done, document in enumerate(sorted(set(around) | fresh, key=lambda d: order.get(d, 0)), 1):
        child = accounts(document)
        if child is None:
            continue
        parents = [a for d in sorted(around.get(document, ())) if (a := accounts(d)) is not None]
        edges = descent(child, parents, order=order)
        edges += _to_sources(child, [a for a in parents if any(e.parent == a.document for e in edges)], sources)
        drawn = {(e.parent, e.kind) for e in edges}
        known = store.lineage(ENGINE, about=document) if again else ()
        stale = [e for e in known if e.document == document and (e.parent, e.kind) not in drawn]
        waiting += edges + [msgspec.structs.replace(e, probability=0.0, why=("no longer so",)) for e in stale if e.probability]
        count += len(edges)
        if len(waiting) >= BATCH:
            store.put_lineage(ENGINE, waiting)
            waiting = []
        progress("drawing lineage", done, len(around))
    store.put_lineage(ENGINE, waiting)
    return count


def _to_sources(child: Account, parents: Iterable[Account], sources: dict[str, str]) -> list[Descent]:
    """Edges to outlets that the document says it came through, where no document of theirs is kept that tells the same."""
    kinds = {"translated_from": "translates", "republished_from": "republishes", "citing": "cites"}
    there = {folded(p.publisher or "") for p in parents}
    return [
        Descent(document=child.document, parent=sources[name], kind=kinds[relation], probability=1.0, why=("it says so",))  # type: ignore[arg-type]
        for name, relation in child.via
        if name in sources and name not in there
    ]


def edges_among(store: Store, documents: Iterable[str]) -> list[Descent]:
    """The edges that hold between some documents."""
    wanted = set(documents)
    found = {
        (e.document, e.parent, e.kind): e
        for d in wanted
        for e in store.lineage(ENGINE, about=d)
        if e.document in wanted and e.parent in wanted and e.probability >= LEAST
    }
    return list(found.values())
