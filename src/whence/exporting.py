"""From what is kept, or from readings alone, to the rows that formats are written from."""

from __future__ import annotations

import hashlib
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from whence.corroboration.incidents import Account, Field, Rule, Value, account
from whence.corroboration.texts import folded
from whence.exports.redaction import Redaction
from whence.exports.rows import Field as RowField
from whence.exports.rows import Figure, Grade, Origin, Paper, Quote, Row, Spot, Statement, Told
from whence.linking import ENGINE, edges_among, link
from whence.records import Judgement, Reading, Report, Source
from whence.store import Filter, Item, Listed, Store, captured, projected

CONTEXT = 32
"""Code points quoted before and after words, so that they are found again where the text has moved (W3C Web Annotation)."""
REMEMBERED = 256
"""Documents that are held with their texts."""
TOGETHER = 100
"""Incidents whose documents are looked up at once."""
NOTHING = Redaction()
Asked = Callable[[str], tuple[Paper, str]]
"""A document and its text by its id."""


class Papers:
    """Documents as rows show them; the last ones are remembered."""

    def __init__(self, store: Store, *, texts: bool, dated: bool) -> None:
        self._store = store
        self._texts = texts
        self._dated = dated
        self._made: OrderedDict[str, tuple[Paper, str]] = OrderedDict()
        self._listed: dict[str, Listed] = {}

    def foresee(self, documents: Iterable[str]) -> None:
        """Look several documents up at once, which is cheaper; each is asked for soon."""
        wanted = [d for d in dict.fromkeys(documents) if d not in self._made]
        self._listed = self._store.documents_of(wanted)

    def __call__(self, document: str) -> tuple[Paper, str]:
        """A document and its text, which is empty where texts are not asked for."""
        if document in self._made:
            self._made.move_to_end(document)
            return self._made[document]
        listed = self._listed.get(document) or self._store.document(document)
        reading = self._store.reading(document) if self._texts else None
        text = reading.document.text if reading is not None else ""
        paper = Paper(
            id=document,
            title=listed.title or listed.name,
            publisher=listed.publisher,
            published=listed.published,
            url=listed.url,
            language=reading.document.language if reading is not None else None,
            sha256=hashlib.sha256(text.encode("utf8")).hexdigest() if reading is not None else None,
            kept=listed.captured if self._dated else None,
        )
        self._made[document] = (paper, text)
        if len(self._made) > REMEMBERED:
            self._made.popitem(last=False)
        return paper, text


def rows(
    store: Store,
    wanted: Filter | None = None,
    *,
    rule: Rule = "origins",
    texts: bool = False,
    dated: bool = True,
    redaction: Redaction = NOTHING,
) -> Iterator[Row]:
    """The incidents of which a report fits, linked as they stand, redacted, in the order in which the store gives them.

    `texts`: with the words around each quote and the digest of each text. `dated`: with the time at which documents were kept.
    What was added since the last linking is not in them: `linking.link` first. StoreError.
    """
    papers = Papers(store, texts=texts, dated=dated)
    redaction = redaction.under(store.protection.veil())
    graded: dict[str, list[Judgement]] = {}
    for judgement in store.judgements(retracted=False):
        graded.setdefault(judgement.subject, []).append(judgement)
    coming = store.clusters(ENGINE, wanted or Filter())
    while some := list(islice(coming, TOGETHER)):
        papers.foresee(r.document for _, reports in some for r in reports)
        for name, reports in some:
            edges = edges_among(store, dict.fromkeys(r.document for r in reports)) if len({r.document for r in reports}) > 1 else []
            judged = [j for r in reports for j in graded.get(r.id, ())]
            told = account(name, reports, edges, rule=rule, judgements=judged)
            yield redaction.row(_row(told, reports, papers, judged))


def rows_of(reading: Reading, *, rule: Rule = "origins", redaction: Redaction = NOTHING) -> list[Row]:
    """The incidents of one reading as they stand in it, a row each, linked with nothing."""
    document, text = reading.document, reading.document.text
    names = {e.id: e.name for e in reading.entities}
    paper = Paper(
        id=document.id,
        title=document.title,
        publisher=names.get(document.publisher or ""),
        published=document.published,
        url=document.url,
        language=document.language,
        sha256=hashlib.sha256(text.encode("utf8")).hexdigest(),
        kept=None,
    )
    found = []
    for report in projected(reading, document=document.id):
        told = account(f"I-{hashlib.sha256(report.id.encode()).hexdigest()[:12]}", [report], (), rule=rule)
        found.append(redaction.row(_row(told, [report], lambda _: (paper, text), ())))
    return found


@contextmanager
def kept_for_now(readings: Iterable[Reading]) -> Iterator[Store]:
    """A store of these readings alone, linked, that is gone afterwards; it is a file, so that memory does not grow with it."""
    with tempfile.TemporaryDirectory(prefix="whence-") as folder, Store(Path(folder) / "readings.sqlite") as store:
        waiting: list[Item] = []
        for reading in readings:
            waiting.append(Item(capture=captured(_source(reading), at="1970-01-01T00:00:00Z"), reading=reading))
            if len(waiting) >= 64:
                store.add(waiting)
                waiting = []
        if waiting:
            store.add(waiting)
        link(store)
        yield store


def _source(reading: Reading) -> Source:
    """The source that a reading came from, as far as the reading knows it."""
    document = reading.document
    names = {e.id: e.name for e in reading.entities}
    return Source(
        id=document.id,
        text=document.text,
        title=document.title,
        publisher=names.get(document.publisher or ""),
        published=document.published,
        published_from=document.published_from,
        url=document.url,
        language=document.language,
    )


def _row(told: Account, reports: Sequence[Report], papers: Asked, judged: Sequence[Judgement]) -> Row:
    by = {r.id: r for r in reports}
    ordered = [by[i] for i in told.reports]
    fields = {f.name: f for f in told.fields}

    def of(name: str) -> Report | None:
        """The report whose value of a field is shown."""
        field = fields.get(name)
        value = _shown(field, told.rule) if field is not None else None
        return by[value.reports[0]] if value is not None else None

    kind, when, place = of("type") or ordered[0], of("when"), of("place")
    actors, targets, weapons, status = of("actors"), of("targets"), of("weapons"), of("status") or ordered[0]
    figures = tuple(f for name, field in fields.items() if (f := _figure(name, field, told.rule)) is not None)
    leading = of("killed") or ordered[0]
    names = [r.publisher for r in ordered] + [p.name for r in ordered for t in r.tellings for p in t.chain]
    spelled = {folded(n).removeprefix("the "): n for n in reversed(names) if n}
    return Row(
        id=told.id,
        rule=told.rule,
        type=kind.type,
        mode=kind.mode,
        acled=kind.acled,
        earliest=when.earliest if when else None,
        latest=when.latest if when else None,
        precision=when.precision if when else "unknown",
        place=_spot(place) if place else None,
        actors=actors.actors if actors else (),
        targets=targets.targets if targets else (),
        counts=leading.counts,
        figures=figures,
        weapons=tuple(dict.fromkeys(w.lower() for w in weapons.weapons)) if weapons else (),
        status=status.status,
        disputed=told.disputed,
        credibility=told.credibility,
        credibility_why=told.credibility_why,
        fields=tuple(_field(f) for f in told.fields),
        origins=tuple(_origin(key, documents, spelled) for key, documents in told.origins.items()),
        papers=tuple(papers(d)[0] for d in told.documents),
        told_in={r.id: r.document for r in ordered},
        statements=tuple(s for r in ordered for s in _statements(r, papers)),
        grades=tuple(_grade(j, by[j.subject].document) for j in judged if j.kind == "credibility" and j.value),
        lineage=told.lineage,
    )


def _shown(field: Field, rule: Rule) -> Value | None:
    """The value that a rule shows, with its reports."""
    if not field.values:
        return None
    if field.values[0].low is not None and rule == "conservative":
        return min(field.values, key=lambda v: v.low or 0)
    shown = field.shown or ""
    if field.values[0].low is not None and rule == "range":
        shown = shown.split(" / ")[1]
    return next((v for v in field.values if v.value == shown), field.values[0])


def _figure(name: str, field: Field, rule: Rule) -> Figure | None:
    best = _shown(field, rule)
    if best is None or best.low is None:
        return None
    conservative = rule == "conservative"
    return Figure(
        measure=name,  # type: ignore[arg-type] # the names of counted fields are measures
        low=min(v.low or 0 for v in field.values),
        high=None if any(v.high is None for v in field.values) else max(v.high or 0 for v in field.values),
        best_low=best.low,
        best_high=best.low if conservative else best.high,
        disputed=field.disputed,
    )


def _field(field: Field) -> RowField:
    told = tuple(Told(value=v.value, low=v.low, high=v.high, reports=v.reports, origins=v.origins) for v in field.values)
    return RowField(name=field.name, shown=field.shown, told=told, disputed=field.disputed)


def _spot(report: Report) -> Spot:
    return Spot(
        name=report.place,
        geonames_id=report.geonames_id,
        latitude=report.latitude,
        longitude=report.longitude,
        country=report.country,
        admin1=report.admin1,
        kind=report.place_kind,
        precision_km=report.precision_km,
    )


def _origin(key: str, documents: Sequence[str], spelled: Mapping[str, str]) -> Origin:
    """An origin under the name that documents give it; keys have it folded."""
    kind, _, name = key.partition(":")
    told = " + ".join(spelled.get(part, part) for part in name.split("+")) if kind == "circle" else spelled.get(name, name)
    return Origin(key=key, kind=kind, name=told, documents=tuple(documents))


def _grade(judgement: Judgement, document: str) -> Grade:
    return Grade(
        id=judgement.id,
        report=judgement.subject,
        document=document,
        value=int(judgement.value or 6),
        who=judgement.who,
        why=judgement.why,
        made=judgement.made,
    )


def _statements(report: Report, papers: Asked) -> Iterator[Statement]:
    _, text = papers(report.document)
    for telling in report.tellings:
        quotes = []
        for span in telling.content:
            around = (text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]) if text else (None, None)
            quotes.append(Quote(start=span.start, end=span.end, text=span.text, prefix=around[0], suffix=around[1]))
        yield Statement(
            id=f"{report.id}/{telling.claim}",
            report=report.id,
            document=report.document,
            chain=telling.chain,
            stance=telling.stance,
            polarity=telling.polarity,
            certainty=telling.certainty,
            quotes=tuple(quotes),
        )
