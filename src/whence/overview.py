"""Incidents across documents: their accounts, and the rows by which lists show them, brought up to what is linked and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from whence.corroboration.comparing import ranges
from whence.corroboration.incidents import COUNTED, Account, Rule, account
from whence.errors import NotFound
from whence.linking import ENGINE, edges_among, link
from whence.records import Judgement, Link, Overview, Report, Tally
from whence.store import Filter, Row, Store

MARKS = ("overview reports", "overview judgements")
"""Up to which report and which judgement the rows are made."""
BATCH = 500

Progress = Callable[[str, int, int], None]


def accounts(store: Store, wanted: Filter, rule: Rule = "origins", *, cluster: str | None = None) -> Iterator[tuple[Account, list[Report]]]:
    """The incidents of which a report fits, with the reports."""
    graded: dict[str, list[Judgement]] = {}
    for judgement in store.judgements(retracted=False):
        graded.setdefault(judgement.subject, []).append(judgement)
    for name, reports in store.clusters(ENGINE, wanted, cluster=cluster):
        yield _account(store, name, reports, rule, graded), reports


def _account(store: Store, name: str, reports: list[Report], rule: Rule, graded: dict[str, list[Judgement]]) -> Account:
    documents = dict.fromkeys(r.document for r in reports)
    edges = edges_among(store, documents) if len(documents) > 1 else []
    judged = [j for r in reports for j in graded.get(r.id, ())]
    return account(name, reports, edges, rule=rule, judgements=judged)


def told(store: Store, identity: str, rule: Rule = "origins") -> tuple[Account, list[Report]]:
    """The whole account of one incident with its reports. NotFound."""
    found = next(accounts(store, Filter(), rule, cluster=identity), None)
    if found is None:
        raise NotFound(f"{identity}: no such incident, or all its reports are hidden")
    return found


def links_among(store: Store, reports: Iterable[str]) -> list[Link]:
    """The links between some reports, the surest first."""
    return sorted(store.links_among(ENGINE, reports), key=lambda k: -k.probability)


def current(store: Store) -> bool:
    """Whether the rows are made from all that is kept and judged. Two look-ups: it may be asked with every page."""
    reports, judgements = store.overviews.newest()
    return (store.mark(ENGINE, MARKS[0]), store.mark(ENGINE, MARKS[1])) == (reports, judgements)


def refresh(store: Store, *, linked: bool = True, progress: Progress = lambda what, done, of: None) -> int:
    """Link what came since and make anew the rows of what changed; how many. StoreError where it cannot be read or written."""
    newest = store.overviews.newest()
    if linked:
        link(store, progress=progress)
    judgements = store.judgements()
    later = judgements[store.mark(ENGINE, MARKS[1]) :]
    touched = {i for j in later for i in (j.subject, j.other) if i is not None and i.startswith("R-")}
    fresh, gone = store.overviews.stale(ENGINE)
    fresh |= set(store.clusters_of(ENGINE, touched).values())
    graded: dict[str, list[Judgement]] = {}
    for judgement in store.judgements(retracted=False):
        graded.setdefault(judgement.subject, []).append(judgement)
    rows: list[Row] = []
    done = 0
    for name, reports in _clusters(store, fresh):
        rows.append(_row(store, _account(store, name, reports, "origins", graded), reports))
        done += 1
        progress("summing up incidents", done, len(fresh))
        if len(rows) >= BATCH:
            store.overviews.put(ENGINE, rows)
            rows = []
    store.overviews.put(ENGINE, rows, gone=gone, marks=dict(zip(MARKS, newest, strict=True)))
    return done


def _clusters(store: Store, names: set[str]) -> Iterator[tuple[str, list[Report]]]:
    if len(names) > BATCH:  # one walk through all of them is quicker than so many look-ups
        yield from (found for found in store.clusters(ENGINE) if found[0] in names)
        return
    for name in sorted(names):
        yield from store.clusters(ENGINE, cluster=name)


def _row(store: Store, found: Account, reports: list[Report]) -> Row:
    parties = {
        (role, p.name or p.type.replace("_", " "), p.type)
        for r in reports
        for role, side in (("actor", r.actors), ("target", r.targets))
        for p in side
    }
    return Row(
        overview=overview(found, reports, links_among(store, found.reports) if len(reports) > 1 else ()),
        members=sum(r.number or 0 for r in reports),
        documents=found.documents,
        parties=tuple(sorted(parties)),
    )


def overview(found: Account, reports: Sequence[Report], links: Iterable[Link] = ()) -> Overview:
    """The row of an incident."""
    by = {r.id: r for r in reports}
    fields = {f.name: f for f in found.fields}

    def teller(name: str) -> Report | None:
        """The report whose value of a field is shown; of several the one of the narrowest place."""
        field = fields.get(name)
        value = next((v for v in field.values if v.value == field.shown), None) if field else None
        told_by = [by[r] for r in value.reports] if value else []
        return min(told_by, key=lambda r: r.precision_km if r.precision_km is not None else 1e9, default=None)

    first = by[found.reports[0]]
    kind, when, place = teller("type") or first, teller("when"), teller("place")
    at: dict[str, Any] = {
        name: getattr(place, name, None) for name in ("place", "admin1", "country", "latitude", "longitude", "place_kind", "precision_km")
    }
    return Overview(
        id=found.id,
        type=kind.type,
        acled=kind.acled,
        status=(teller("status") or first).status,
        earliest=when.earliest if when else None,
        latest=when.latest if when else None,
        **at,
        actors=fields["actors"].shown if "actors" in fields else None,
        targets=fields["targets"].shown if "targets" in fields else None,
        counts=tuple(_count(m, reports) for m in COUNTED if m in fields),
        reports=len(reports),
        documents=len(found.documents),
        publishers=tuple(dict.fromkeys(by[r].publisher or "unknown outlet" for r in found.reports)),
        origins=len(found.origins),
        disputed=found.disputed,
        disputed_fields=tuple(f.name for f in found.fields if f.disputed),
        credibility=found.credibility,
        weakest=weakest(found.reports, links),
    )


def _count(measure: str, reports: Iterable[Report]) -> Tally:
    spans = [s for r in reports if (s := ranges(r.counts, measure)) is not None]
    highs = [high for _, high in spans]
    high = None if any(h is None for h in highs) else max(h for h in highs if h is not None)
    return Tally(measure=measure, of=None, low=min(low for low, _ in spans), high=high)  # type: ignore[arg-type] # one of COUNTED


def weakest(reports: Sequence[str], links: Iterable[Link]) -> float | None:
    """The probability of the link by which the least certain of some reports belongs to them; None for one report alone."""
    if len(reports) < 2:
        return None
    best = dict.fromkeys(reports, 0.0)
    for found in links:
        for end in (found.a, found.b):
            if end in best:
                best[end] = max(best[end], found.probability)
    return min(best.values())
