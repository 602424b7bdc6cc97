"""An incident as its reports have it: every value of every field with who says so, the one that is shown, and what is disputed.

Nothing here is kept: it is computed from the reports of a cluster, the lineage and the judgements whenever it is looked at, under a
rule that the reader chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from whence.records import Descent, Judgement, Party, Record, Report, Telling

from .comparing import days_of, distance_km, ranges
from .origins import affirming, key_of, origins
from .texts import folded

Rule = Literal["origins", "earliest", "conservative", "range"]
RULES: dict[str, str] = {
    "origins": "the value that most independent origins tell; of equals, the one told first",
    "earliest": "the value that was published first",
    "conservative": "of counts the lowest that was told, as ACLED's coders do; of other fields the one of most origins",
    "range": "counts as low, best and high, as UCDP's: the lowest told, that of most origins, the highest; other fields as `origins`",
}
COUNTED = ("killed", "injured", "killed_or_injured", "captured", "displaced", "destroyed", "damaged", "participants")
NEAR_KM = 15.0
"""Kilometres within which two places are two names for where it was."""


class Value(Record):
    """One value of a field: as it is shown, the reports that tell it and the origins behind these."""

    value: str
    low: int | None
    high: int | None
    reports: tuple[str, ...]
    origins: tuple[str, ...]


class Field(Record):
    """A field with all its values, the most supported first; `shown` under the rule, None where nobody tells it."""

    name: str
    values: tuple[Value, ...]
    shown: str | None
    disputed: bool


class Denial(Record):
    """Somebody who says that it was not so, or not like this."""

    holder: str
    publisher: str | None
    report: str
    stance: str
    words: tuple[str, ...]


class Account(Record):
    """All that is told of an incident. `origins`: a key and the documents that go back to it. `credibility`: 1 to 6 (STANAG 2511)."""

    id: str
    rule: Rule
    reports: tuple[str, ...]
    documents: tuple[str, ...]
    fields: tuple[Field, ...]
    origins: dict[str, tuple[str, ...]]
    denials: tuple[Denial, ...]
    disputed: bool
    credibility: int
    credibility_why: str
    lineage: tuple[Descent, ...]


def account(
    identity: str, reports: Sequence[Report], edges: Iterable[Descent], *, rule: Rule = "origins", judgements: Iterable[Judgement] = ()
) -> Account:
    """The account of an incident from its reports, the edges of the lineage between their documents, and judgements on the reports."""
    documents = list(dict.fromkeys(r.document for r in reports))
    inside = tuple(e for e in edges if e.document in documents and e.parent in documents)
    roots = origins(reports, inside)
    behind: dict[str, set[str]] = {d: {k for k, ds in roots.items() if d in ds} for d in documents}
    first = sorted(reports, key=lambda r: (r.published or "9999", r.number or 0))
    made = [
        _field("type", first, behind, rule, _type, lambda a, b: a != b),
        _field("when", first, behind, rule, _when, None),
        _field("place", first, behind, rule, _where, None),
        _field("actors", first, behind, rule, lambda r: _sides(r.actors), lambda a, b: False),
        _field("targets", first, behind, rule, lambda r: _sides(r.targets), lambda a, b: False),
        *(_counted(m, first, behind, rule) for m in COUNTED),
        _field(
            "weapons", first, behind, rule, lambda r: ", ".join(dict.fromkeys(w.lower() for w in r.weapons)) or None, lambda a, b: False
        ),
        _field("status", first, behind, rule, lambda r: r.status, lambda a, b: False),
    ]
    fields = tuple(_judged(f, first) for f in made if f.values)
    denials = tuple(d for r in first for d in denied(r))
    credibility, why = graded(roots, denials, judgements)
    return Account(
        id=identity,
        rule=rule,
        reports=tuple(r.id for r in first),
        documents=tuple(documents),
        fields=fields,
        origins=roots,
        denials=denials,
        disputed=bool(denials) or any(f.disputed for f in fields),
        credibility=credibility,
        credibility_why=why,
        lineage=inside,
    )


def _type(report: Report) -> str | None:
    return report.acled.sub_event_type if report.acled else report.type


def _when(report: Report) -> str | None:
    if report.earliest is None and report.latest is None:
        return None
    return str(report.earliest) if report.earliest == report.latest else f"{report.earliest or '…'} to {report.latest or '…'}"


def _where(report: Report) -> str | None:
    return ", ".join(dict.fromkeys(x for x in (report.place, report.admin1, report.country) if x)) or None


def _sides(parties: Iterable[Party]) -> str | None:
    return ", ".join(dict.fromkeys(p.name or p.type.replace("_", " ") for p in parties)) or None


def _field(
    name: str,
    reports: Sequence[Report],
    behind: Mapping[str, set[str]],
    rule: Rule,
    get: Callable[[Report], str | None],
    conflict: Callable[[str, str], bool] | None,
) -> Field:
    by: dict[str, list[Report]] = {}
    told: dict[str, str] = {}
    for report in reports:
        value = get(report)
        if value is not None:
            key = folded(value)
            told.setdefault(key, value)
            by.setdefault(key, []).append(report)
    values = [_value(told[key], rs, behind) for key, rs in by.items()]
    shown = _chosen(values, rule)
    ranked = tuple(sorted(values, key=lambda v: -len(v.origins)))
    disputed = conflict is not None and any(conflict(a.value, b.value) for a in values for b in values)
    return Field(name=name, values=ranked, shown=shown.value if shown else None, disputed=disputed)


def _value(value: str, reports: Sequence[Report], behind: Mapping[str, set[str]], span: tuple[int, int | None] | None = None) -> Value:
    keys = sorted(set().union(*(behind.get(r.document, set()) for r in reports)))
    low, high = span if span is not None else (None, None)
    return Value(value=value, low=low, high=high, reports=tuple(r.id for r in reports), origins=tuple(keys))


def _chosen(values: Sequence[Value], rule: Rule) -> Value | None:
    """The value a rule shows; `values` come in the order of first publication."""
    if not values or rule == "earliest":
        return values[0] if values else None
    return max(values, key=lambda v: len(v.origins))  # max keeps the first of equals


def _range(low: int, high: int | None) -> str:
    return f"{low}+" if high is None else str(low) if low == high else f"{low}-{high}"


def _counted(measure: str, reports: Sequence[Report], behind: Mapping[str, set[str]], rule: Rule) -> Field:
    by: dict[tuple[int, int | None], list[Report]] = {}
    for report in reports:
        span = ranges(report.counts, measure)
        if span is not None:
            by.setdefault(span, []).append(report)
    values = [_value(_range(*span), rs, behind, span) for span, rs in by.items()]
    shown: str | None = None
    best = _chosen(values, rule)
    if best is not None:
        shown = best.value
        lowest = min(v.low or 0 for v in values)
        if rule == "conservative":
            shown = str(lowest)
        elif rule == "range":
            highest = None if any(v.high is None for v in values) else max(v.high or 0 for v in values)
            shown = f"{lowest} / {best.value} / {'open' if highest is None else highest}"
    tops = [10**9 if v.high is None else v.high for v in values]
    disputed = bool(values) and max(v.low or 0 for v in values) > min(tops)
    return Field(name=measure, values=tuple(sorted(values, key=lambda v: -len(v.origins))), shown=shown, disputed=disputed)


def _judged(field: Field, reports: Sequence[Report]) -> Field:
    """Days that do not meet and places that lie apart are a dispute; a wider value about a narrower one is none."""
    import msgspec

    if field.name == "when":
        days = [d for r in reports if (r.earliest or r.latest) and (d := days_of(r))]
        return msgspec.structs.replace(field, disputed=bool(days) and max(a for a, _ in days) > min(b for _, b in days))
    if field.name == "place":
        towns = [r for r in reports if r.place_kind not in ("country", "admin1", None)]
        apart = (distance_km(a, b) for i, a in enumerate(towns) for b in towns[i + 1 :] if a.place != b.place)
        return msgspec.structs.replace(field, disputed=any(d is not None and d > NEAR_KM for d in apart))
    if field.name == "type":
        kinds = {r.acled.event_type for r in reports if r.acled}
        return msgspec.structs.replace(field, disputed=len(kinds) > 1)
    return field


def denied(report: Report) -> list[Denial]:
    """Who denies or doubts in a report, once each."""
    found: dict[tuple[str, str], Denial] = {}
    for telling in report.tellings:
        if telling.stance in ("denies", "doubts") or (telling.stance == "asserts" and telling.polarity == "negative"):
            who = said_by(telling)
            words = tuple(s.text for s in telling.content)
            found.setdefault(
                (who, telling.stance), Denial(holder=who, publisher=report.publisher, report=report.id, stance=telling.stance, words=words)
            )
    return list(found.values())


def said_by(telling: Telling) -> str:
    """The first holder of a claim as people call them."""
    return (telling.chain[0].name or telling.chain[0].type.replace("_", " ")) if telling.chain else "nobody named"


def graded(roots: Mapping[str, Sequence[str]], denials: Sequence[Denial], judgements: Iterable[Judgement] = ()) -> tuple[int, str]:
    """Credibility of the information (STANAG 2511, 1 confirmed to 6 cannot be judged) and why; a reviewer's grade stands before all."""
    given = [j for j in judgements if j.kind == "credibility" and j.value]
    if given:
        return int(given[-1].value or 6), f"graded by {given[-1].who}"
    told = len(roots)
    against = len({folded(d.holder) for d in denials if d.stance == "denies"})
    if not told:
        return 6, "nobody says that it was so, or nobody is known to"
    many = f"{told} independent origin{'s'[: told != 1]}"
    if against:
        if told == 1:
            return 4, f"{many}, and {against} who den{'y' if against > 1 else 'ies'} it"
        return 3, f"{many}, but {against} who den{'y' if against > 1 else 'ies'} it"
    if told >= 3:
        return 1, f"{many}, nobody denies it"
    if told == 2:
        return 2, f"{many}, nobody denies it"
    return 3, f"{many}, not confirmed by another"


def holders_of(report: Report) -> list[str]:
    """Named holders behind what a report affirms."""
    return list(dict.fromkeys(k for t in affirming(report) for p in t.chain if (k := key_of(p))))
