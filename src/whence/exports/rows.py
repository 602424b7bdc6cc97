"""The row that every format is written from: an incident with the values that a rule shows, and all that stands behind them.

A format takes from it what it can carry and says what it cannot; none of them looks at a store or a reading itself.
"""

from __future__ import annotations

from datetime import date

from whence.records import Acled, Descent, Party, Record, Tally
from whence.records.vocabulary import (
    Certainty,
    EventType,
    IncidentStatus,
    Measure,
    PlaceKind,
    Polarity,
    Precision,
    Stance,
)


class Spot(Record):
    """Where it was: degrees WGS84, `precision_km` the radius within which it lies; coordinates None for what lies nowhere."""

    name: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    kind: PlaceKind | None
    precision_km: float | None


class Told(Record):
    """One of the values that are told of a field, with the reports that tell it and the origins behind them."""

    value: str
    low: int | None
    high: int | None
    reports: tuple[str, ...]
    origins: tuple[str, ...]


class Field(Record):
    """A field with every value that is told, the most supported first; `shown` the one of the rule."""

    name: str
    shown: str | None
    told: tuple[Told, ...]
    disputed: bool


class Figure(Record):
    """A measure across reports: the lowest and highest told (`high` None is open) and the one that the rule shows."""

    measure: Measure
    low: int
    high: int | None
    best_low: int
    best_high: int | None
    disputed: bool


class Origin(Record):
    """Where accounts of it go back to, and through which documents: `kind` is outlet, holder, circle or document."""

    key: str
    kind: str
    name: str
    documents: tuple[str, ...]


class Paper(Record):
    """A document that tells of it. `sha256` is of the text in UTF-8, None where texts were not asked for; `kept` a UTC time."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    sha256: str | None
    kept: str | None


class Quote(Record):
    """Words of a document's text: half-open code points; `prefix` and `suffix` stand around them where texts were asked for.

    `redacted`: the words are not those of the text any more.
    """

    start: int
    end: int
    text: str
    prefix: str | None = None
    suffix: str | None = None
    redacted: bool = False


class Statement(Record):
    """A claim behind a report: who says it through whom (origin first, publisher last), how, and with which words."""

    id: str
    report: str
    document: str
    chain: tuple[Party, ...]
    stance: Stance
    polarity: Polarity
    certainty: Certainty
    quotes: tuple[Quote, ...]

    @property
    def against(self) -> bool:
        """Whether it says that it was not so."""
        return self.stance in ("denies", "doubts") or (self.stance == "asserts" and self.polarity == "negative")


class Grade(Record):
    """A person's verdict on a report: credibility 1 to 6 (STANAG 2511)."""

    id: str
    report: str
    document: str
    value: int
    who: str
    why: str | None
    made: str


class Row(Record):
    """An incident ready to be written. Days are ISO dates, both included; `credibility` 1 to 6, computed unless a person graded it.

    `told_in`: the document of each report.
    """

    id: str
    rule: str
    type: EventType
    mode: str | None
    acled: Acled | None
    earliest: str | None
    latest: str | None
    precision: Precision
    place: Spot | None
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    counts: tuple[Tally, ...]
    figures: tuple[Figure, ...]
    weapons: tuple[str, ...]
    status: IncidentStatus
    disputed: bool
    credibility: int
    credibility_why: str
    fields: tuple[Field, ...]
    origins: tuple[Origin, ...]
    papers: tuple[Paper, ...]
    told_in: dict[str, str]
    statements: tuple[Statement, ...]
    grades: tuple[Grade, ...]
    lineage: tuple[Descent, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of its reports, in the order of publication."""
        return tuple(self.told_in)

    def outlet(self, report: str) -> str | None:
        """The outlet of a report, None where it is not known."""
        paper = self.paper(self.told_in.get(report, ""))
        return paper.publisher if paper else None

    @property
    def country(self) -> str | None:
        """ISO 3166 alpha-3 of the place."""
        return self.place.country if self.place else None

    def figure(self, measure: str) -> Figure | None:
        """The figures of a measure, None where nobody tells any."""
        return next((f for f in self.figures if f.measure == measure), None)

    def field(self, name: str) -> Field | None:
        """A field by its name (`type`, `when`, `place`, `actors`, `targets`, `weapons`, `status` or a measure)."""
        return next((f for f in self.fields if f.name == name), None)

    def paper(self, identity: str) -> Paper | None:
        """A document by its id."""
        return next((p for p in self.papers if p.id == identity), None)

    @property
    def days(self) -> int | None:
        """How many days it may have been on, None where a side is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (date.fromisoformat(self.latest) - date.fromisoformat(self.earliest)).days + 1
