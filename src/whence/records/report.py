"""What is kept of many documents: reports, what reviewers say of them, and how they hang together.

A report is one document's account of an incident, flattened for filters and for linking. It is computed from a reading and
the corrections that reviewers appended; the reading stays as it was made.
"""

from __future__ import annotations

from typing import Literal

from .findings import Acled
from .span import Record, Span
from .vocabulary import Certainty, EntityType, EventType, IncidentStatus, Measure, PlaceKind, Polarity, Precision, Stance

JudgementKind = Literal["same", "not_same", "correct", "credibility", "reliability", "hide", "protect", "retract"]
LineageKind = Literal["copies", "translates", "republishes", "quotes", "cites", "shares_origin"]


class Party(Record):
    """An entity as a report names it; `entity` is its id in the reading."""

    entity: str
    name: str | None
    type: EntityType
    country: str | None
    named: bool


class Tally(Record):
    """A count of a report; `of` is the name of those counted, `high` None is open."""

    measure: Measure
    of: str | None
    low: int | None
    high: int | None


class Telling(Record):
    """A claim behind a report: the chain of its holders, origin first and publisher last, and the words."""

    claim: str
    chain: tuple[Party, ...]
    stance: Stance
    polarity: Polarity
    certainty: Certainty
    content: tuple[Span, ...]


class Report(Record):
    """One document's account of an incident, in one reading of it.

    `id` depends on the document and the incident only, so that it stays when the document is read again and the incident is
    found again; `number` is its position in the store, rising in the order of writing, None where it is not kept. `earliest`
    and `latest` are ISO dates, both included. The place is the most precise of the incident's: degrees WGS84, `precision_km` a
    radius. `counts` are as told; `corrections` are the ids of the judgements that changed a field.
    """

    id: str
    number: int | None
    document: str
    incident: str
    publisher: str | None
    published: str | None
    type: EventType
    mode: str | None
    acled: Acled | None
    earliest: str | None
    latest: str | None
    precision: Precision
    place: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    place_kind: PlaceKind | None
    precision_km: float | None
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    counts: tuple[Tally, ...]
    weapons: tuple[str, ...]
    status: IncidentStatus
    origins: int
    disputed: bool
    triggers: tuple[Span, ...]
    tellings: tuple[Telling, ...]
    corrections: tuple[str, ...] = ()


class Judgement(Record):
    """What a reviewer says; appended, never changed. `retract` takes back the judgement named by `other`.

    `subject` is the id of a report, document or source. `other` is the second report of `same` and `not_same`. `field` and
    `value` belong to `correct`; `value` alone is the grade of `credibility` ("1" to "6") and `reliability` ("A" to "F"), the
    scales of the NATO system for grading sources and information (STANAG 2511), and the name of `protect`: a person in a document
    who is not to be named to anybody who only looks. `made` is a UTC time.
    """

    id: str
    kind: JudgementKind
    subject: str
    other: str | None
    field: str | None
    value: str | None
    who: str
    why: str | None
    made: str


class Link(Record):
    """How probable it is that two reports tell of one incident, as one engine has it; `why` the evidence per field."""

    a: str
    b: str
    probability: float
    why: dict[str, float]


class Descent(Record):
    """An edge of the lineage: `document` got its account from `parent`, a document's or a source's id."""

    document: str
    parent: str
    kind: LineageKind
    probability: float
    why: tuple[str, ...] = ()
