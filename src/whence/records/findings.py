"""What is found in a document. See docs/reading.md for the contract these follow field by field."""

from __future__ import annotations

from .span import Record, Span
from .vocabulary import (
    AttributionForm,
    Certainty,
    EntityType,
    EventType,
    IncidentStatus,
    Measure,
    MentionForm,
    PlaceKind,
    Polarity,
    Precision,
    RelationType,
    Role,
    Stance,
    Status,
    TimexType,
    ToponymUse,
    Verdict,
)


class Mention(Record):
    """Words that name, describe or point back to an entity; `entity` is None where it stays open."""

    id: str
    start: int
    end: int
    text: str
    form: MentionForm
    entity: str | None


class Entity(Record):
    """Someone or something that acts, suffers, speaks or is spoken for. `country` is ISO 3166 alpha-3."""

    id: str
    name: str | None
    type: EntityType
    country: str | None
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    named: bool


class Timex(Record):
    """A time expression: TIMEX3 type and value, the interval behind it (ISO dates, both included), what it hangs on.

    `anchor` is the id of another timex or of an event, or "published"; None for what stands by itself.
    """

    id: str
    start: int
    end: int
    text: str
    type: TimexType
    value: str | None
    earliest: str | None
    latest: str | None
    precision: Precision
    anchor: str | None


class Place(Record):
    """A place of the gazetteer, or one that is known only by its extent. Degrees WGS84; `precision_km` a radius."""

    name: str
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    kind: PlaceKind
    precision_km: float | None


class Toponym(Record):
    """The mention of a place; `alternatives` is the number of other places that bear the name."""

    id: str
    start: int
    end: int
    text: str
    use: ToponymUse
    place: Place | None
    alternatives: int | None


class Attribution(Record):
    """Who says what, with which words (PARC, PolNeAR): spans of source, cue and content; `holder` is who is behind."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: AttributionForm
    holder: str | None
    parent: str | None
    continues: str | None


class When(Record):
    """When an event was: ISO dates, both included, None where a side is open."""

    timex: str | None
    earliest: str | None
    latest: str | None
    precision: Precision


class Argument(Record):
    """Who takes part in an event, in which role."""

    role: Role
    entity: str
    span: Span | None


class Subset(Record):
    """Part of a count ("including three officers"); never added to it."""

    of: str | None
    low: int | None
    high: int | None
    span: Span


class Count(Record):
    """Losses or numbers as a range; `high` None is open ("more than 10" is 11 and up)."""

    measure: Measure
    of: str | None
    low: int | None
    high: int | None
    span: Span
    includes: tuple[Subset, ...]


class Acled(Record):
    """ACLED's coding of an event."""

    event_type: str
    sub_event_type: str


class Event(Record):
    """Something told of as done, going on, planned, feared, denied. `sentence` is an index into `sentences`."""

    id: str
    type: EventType
    mode: str | None
    acled: Acled | None
    trigger: Span
    arguments: tuple[Argument, ...]
    places: tuple[str, ...]
    when: When
    weapons: tuple[Span, ...]
    counts: tuple[Count, ...]
    status: Status
    sentence: int
    aggregate: bool
    parts: tuple[str, ...]


class Claim(Record):
    """What a holder puts forward, through which chain (origin first, publisher last), with which stance."""

    id: str
    event: str | None
    content: tuple[Span, ...]
    attribution: str | None
    chain: tuple[str, ...]
    stance: Stance
    polarity: Polarity
    certainty: Certainty
    opposes: tuple[str, ...]


class Incident(Record):
    """A row as a coder would enter it."""

    id: str
    events: tuple[str, ...]
    type: EventType
    mode: str | None
    acled: Acled | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]
    when: When
    weapons: tuple[Span, ...]
    counts: tuple[Count, ...]
    status: IncidentStatus
    claims: tuple[str, ...]
    origins: int
    disputed: bool


class Question(Record, rename={"supporting": "for"}):
    """What the title or the text asks, with the claims on either side; `for` in JSON is `supporting` here."""

    id: str
    span: Span | None
    text: str
    supporting: tuple[str, ...]
    against: tuple[str, ...]
    beside: tuple[str, ...]
    origins_for: int
    origins_against: int
    verdict: Verdict


class Relation(Record, rename={"origin": "from", "toward": "to"}):
    """How one entity stands to another; `from` and `to` in JSON are `origin` and `toward` here."""

    id: str
    type: RelationType
    origin: str
    toward: str
    span: Span
    claim: str | None


FINDINGS: tuple[type[Record], ...] = (
    Mention,
    Entity,
    Timex,
    Toponym,
    Attribution,
    Event,
    Claim,
    Incident,
    Question,
    Relation,
)
"""Every kind of finding, in the order of a reading."""
