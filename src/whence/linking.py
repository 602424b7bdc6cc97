"""Linking what is kept: new reports are compared with those near them, clusters and lineage are brought up to date, the rest stays.

How far it has come is kept in the store, so that adding ten reports to a hundred thousand compares ten. What reviewers judged since is
taken in as well. Interrupted, it begins again where the last whole run ended.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from whence.corroboration.accounts import Account, account_of
from whence.corroboration.blocking import LONGEST, Blocks, reach
from whence.corroboration.clustering import clustered, connected
from whence.corroboration.comparing import compared, days_of
from whence.corroboration.lineage import ALIKE, LEAST, Passages, copied, descent
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


class _Near:
    """What a run looks at: the reports that are new or judged since, and those that may be in a block with them."""

    def __init__(self, store: Store, *, after: int, touched: set[str]) -> None:
        found = {r.id: _slim(r) for r in store.reports(after=after)}
        if after and touched:
            found |= {r.id: _slim(r) for r in store.named(touched)}
        self.fresh = frozenset(found)
        if after:
            for since, until in reach(found.values()):
                for report in store.around(_day(since), _day(until), longest=LONGEST):
                    found.setdefault(report.id, _slim(report))
        self._store = store
        self._whole = not after
        self.known = {r.id: r for r in sorted(found.values(), key=lambda r: r.number or 0)}
        self._absent: set[str] = set()

    def take(self, ids: Iterable[str]) -> set[str]:
        """Those of some reports that are in force; what is not yet known of them is read."""
        wanted = set(ids)
        missing = wanted - self.known.keys() - self._absent
        if missing and not self._whole:
            self.known |= {r.id: _slim(r) for r in self._store.named(missing)}
        self._absent |= missing - self.known.keys()
        return wanted & self.known.keys()

    def linked(self, judged: Sequence[tuple[str, str]], changed: Iterable[str]) -> dict[tuple[str, str], float]:
        """The links of all that hangs together with what changed, over kept links and pairs that were judged the same."""
        links: dict[tuple[str, str], float] = {}
        beside: dict[str, set[str]] = {}
        for a, b in judged:
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
        if self._whole:
            return {(a, b): p for a, b, p in self._store.strengths(ENGINE, least=KEPT) if a in self.known and b in self.known}
        edge = self.take(changed)
        seen = set(edge)
        while edge:
            found = {(a, b): p for a, b, p in self._store.strengths(ENGINE, of=edge, least=KEPT)}
            there = self.take({i for pair in found for i in pair} | {i for m in edge for i in beside.get(m, ())})
            links |= {pair: p for pair, p in found.items() if there.issuperset(pair)}
            edge = there - seen
            seen |= edge
        return links


def _slim(report: Report) -> Report:
    return msgspec.structs.replace(report, tellings=(), triggers=())


def _day(number: int) -> date:
    return date.fromordinal(max(1, min(date.max.toordinal(), number)))


def link(store: Store, *, progress: Progress = lambda what, done, of: None) -> Linked:
    """Bring links, clusters and lineage up to what the store holds now. StoreError where it cannot be read or written."""
    before, judged_before = store.mark(ENGINE, "reports"), store.mark(ENGINE, "judgements")
    judgements = store.judgements()
    later = judgements[judged_before:]
    touched = {i for j in later for i in (j.subject, j.other) if i is not None}
    near = _Near(store, after=before, touched=touched)
    if not near.fresh and not later:
        return Linked(reports=0, compared=0, links=0, clusters=0, edges=0)
    blocks = Blocks()
    fresh = [at for report in near.known.values() if (at := blocks.add(report)) >= 0 and report.id in near.fresh]
    reports = blocks.reports
    taken_back = {r.other for r in judgements if r.kind == "retract"}
    in_force = [j for j in judgements if j.id not in taken_back]
    same = [(j.subject, j.other) for j in in_force if j.kind == "same" and j.other is not None]
    apart = [(j.subject, j.other) for j in in_force if j.kind == "not_same" and j.other is not None]
    accounts = Accounts(store)
    fresh.sort(key=lambda i: (days_of(reports[i]) or (0, 0), i))
    seen, kept = 0, 0
    waiting: list[Link] = []
    earlier: set[int] = set()
    found = _Copies(accounts)
    for done, at in enumerate(fresh):
        earlier.add(at)
        found.look(reports[at].document)
        for a, b in _pairs(blocks, at, earlier):
            seen += 1
            made = _compared(reports[a], reports[b], accounts, least=0.0 if {reports[a].id, reports[b].id} & touched else KEPT)
            if made is not None:
                waiting.append(made)
                kept += 1
        if len(waiting) >= BATCH:
            store.put_links(ENGINE, waiting)
            waiting = []
        progress("comparing reports", done + 1, len(fresh))
    store.put_links(ENGINE, waiting)
    groups = _regrouped(near, near.fresh | touched, same, apart)
    edges = _lineage(store, near.known, groups, found, accounts, progress, again=before > 0)
    rows = [(member, _name(group, near.known)) for group in groups for member in group]
    newest = max((r.number or 0 for r in near.known.values()), default=0)
    store.put_clusters(ENGINE, rows, mark=("reports", max(before, newest)))
    store.put_clusters(ENGINE, [], mark=("judgements", len(judgements)))
    return Linked(reports=len(fresh), compared=seen, links=kept, clusters=len(groups), edges=edges)


class _Copies:
    """The documents of a run in the order of their days, those that are alike although they may tell of no one incident, and who cites."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._passages = Passages()
        self.documents: dict[str, None] = {}
        self.citing: set[str] = set()
        self.pairs: list[tuple[str, str]] = []

    def look(self, document: str) -> None:
        """Take a document in, once."""
        if document in self.documents:
            return
        self.documents[document] = None
        account = self._accounts(document)
        if account is None:
            return
        if account.via:
            self.citing.add(document)
        for other in self._passages.add(account):
            parent = self._accounts(other)
            if parent is not None and copied(account, parent) >= ALIKE:
                self.pairs.append((document, other))


def _pairs(blocks: Blocks, at: int, earlier: set[int]) -> Iterator[tuple[int, int]]:
    for other in blocks.partners(at):
        if other not in earlier:
            yield min(at, other), max(at, other)


def _compared(one: Report, other: Report, accounts: Accounts, *, least: float) -> Link | None:
    levels = _levels(one, other, accounts(one.document), accounts(other.document))
    told = model("reports")
    probability = round(told.probability(levels), 4)
    return Link(a=one.id, b=other.id, probability=probability, why=told.why(levels)) if probability >= least else None


def weighed(one: Report, other: Report, a: Account | None, b: Account | None) -> Link:
    """How probable it is that two reports tell of one incident; `a` and `b` are the accounts of their documents."""
    levels = _levels(one, other, a, b)
    told = model("reports")
    return Link(a=one.id, b=other.id, probability=round(told.probability(levels), 4), why=told.why(levels))


def _levels(one: Report, other: Report, a: Account | None, b: Account | None) -> dict[str, str]:
    weights, unlisted = rare_words()
    nothing: frozenset[str] = frozenset()
    words = (a.details.get(one.id, nothing) if a else nothing, b.details.get(other.id, nothing) if b else nothing)
    taken = copied(a, b) if a and b and a.document != b.document else 0.0
    return compared(one, other, words=words, weights=weights, unlisted=unlisted, copied=taken)


def _regrouped(
    near: _Near, changed: set[str] | frozenset[str], same: Sequence[tuple[str, str]], apart: Sequence[tuple[str, str]]
) -> list[list[str]]:
    """The clusters of all that hangs together with something that changed."""
    links = near.linked(same, changed)
    there = near.take([*changed, *(m for pair in (*same, *apart) for m in pair)])
    joined = [p for p in same if there.issuperset(p)]
    torn = [p for p in apart if there.issuperset(p)]
    components = connected([*links, *joined, *((m, m) for m in near.take(changed))])
    groups: list[list[str]] = []
    by_member = {m: n for n, c in enumerate(components) for m in c}
    inside: dict[int, dict[tuple[str, str], float]] = {}
    for pair, p in links.items():
        inside.setdefault(by_member[pair[0]], {})[pair] = p
    together: dict[int, list[tuple[str, str]]] = {}
    for pair in joined:
        together.setdefault(by_member[pair[0]], []).append(pair)
    divided: dict[int, list[tuple[str, str]]] = {}
    for pair in torn:
        if pair[0] in by_member and by_member[pair[0]] == by_member.get(pair[1]):
            divided.setdefault(by_member[pair[0]], []).append(pair)
    for n, component in enumerate(components):
        if not component.isdisjoint(changed):
            groups += clustered(component, inside.get(n, {}), same=together.get(n, ()), apart=divided.get(n, ()))
    return groups


def _name(group: Sequence[str], known: Mapping[str, Report]) -> str:
    """The id of a cluster: it hangs on its first report, and stays while later ones come."""
    first = min(group, key=lambda m: (known[m].number or 0, m))
    return f"I-{hashlib.sha256(first.encode()).hexdigest()[:12]}"


def _lineage(
    store: Store,
    known: Mapping[str, Report],
    groups: Sequence[Sequence[str]],
    found: _Copies,
    accounts: Accounts,
    progress: Progress,
    *,
    again: bool,
) -> int:
    """Draw the edges of new documents, and of those that share an incident with them."""
    around: dict[str, set[str]] = {}
    order: dict[str, int] = {}
    fresh = found.documents
    for group in groups:
        documents = {known[m].document for m in group}
        for member in group:
            report = known[member]
            order[report.document] = max(order.get(report.document, 0), report.number or 0)
        if not documents.isdisjoint(fresh):
            for document in documents:
                around.setdefault(document, set()).update(documents - {document})
    for one, other in found.pairs:
        around.setdefault(one, set()).add(other)
        around.setdefault(other, set()).add(one)
    sources = {folded(s.name): s.id for s in store.sources()}
    count = 0
    waiting: list[Descent] = []
    todo = list(dict.fromkeys([*fresh, *around]))  # in the order of days: those that belong together are then remembered together
    for done, document in enumerate(todo, 1):
        progress("drawing lineage", done, len(todo))
        if not again and not around.get(document) and document not in found.citing:
            continue  # nobody to have it from
        child = accounts(document)
        if child is None:
            continue
        parents = [a for d in sorted(around.get(document, ())) if (a := accounts(d)) is not None]
        edges = descent(child, parents, order=order)
        edges += _to_sources(child, [a for a in parents if any(e.parent == a.document for e in edges)], sources)
        drawn = {(e.parent, e.kind) for e in edges}
        drawn_before = store.lineage(ENGINE, about=document) if again else ()
        stale = [e for e in drawn_before if e.document == document and (e.parent, e.kind) not in drawn]
        waiting += edges + [msgspec.structs.replace(e, probability=0.0, why=("no longer so",)) for e in stale if e.probability]
        count += len(edges)
        if len(waiting) >= BATCH:
            store.put_lineage(ENGINE, waiting)
            waiting = []
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
    return [e for e in store.edges_among(ENGINE, documents) if e.probability >= LEAST]
