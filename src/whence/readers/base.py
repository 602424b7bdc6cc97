"""What every reader is, and what it reads from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol, TypeVar, cast, runtime_checkable

from whence.language.analysis import Analysis
from whence.records import (
    Attribution,
    Claim,
    Document,
    Entity,
    Event,
    Incident,
    Mention,
    Question,
    Record,
    Relation,
    Timex,
    Toponym,
)

R = TypeVar("R", bound=Record)


class Draft:
    """A reading in the making: the document, its analysis, and what the readers before have found.

    `outlet` is the publisher's name where it was given or stood in the page's metadata. Readers take from it and return
    what they add; only the pipeline puts records in (`add`). `why` collects, per record id, the words, rules and scores
    behind it, for `--explain`.
    """

    __slots__ = ("_found", "acts", "analysis", "document", "outlet", "why")

    def __init__(self, *, document: Document, analysis: Analysis, outlet: str | None = None) -> None:
        self.document = document
        self.analysis = analysis
        self.outlet = outlet
        self._found: dict[type[Record], dict[str, Record]] = {}
        self.why: dict[str, tuple[str, ...]] = {}
        self.acts: set[str] = set()

    @property
    def text(self) -> str:
        return self.document.text

    def all(self, kind: type[R]) -> Sequence[R]:
        """All records of a kind found so far, in the order in which they were found."""
        return cast("Sequence[R]", tuple(self._found.get(kind, {}).values()))

    def add(self, records: Sequence[Record]) -> None:
        """Put in what a reader returned. A document replaces the one before it; a record of a known id its elder."""
        for record in records:
            if isinstance(record, Document):
                self.document = record
                continue
            self._found.setdefault(type(record), {})[cast("str", getattr(record, "id"))] = record  # noqa: B009

    @property
    def mentions(self) -> Sequence[Mention]:
        return self.all(Mention)

    @property
    def entities(self) -> Sequence[Entity]:
        return self.all(Entity)

    @property
    def timexes(self) -> Sequence[Timex]:
        return self.all(Timex)

    @property
    def toponyms(self) -> Sequence[Toponym]:
        return self.all(Toponym)

    @property
    def attributions(self) -> Sequence[Attribution]:
        return self.all(Attribution)

    @property
    def statements(self) -> Sequence[Attribution]:
        """The attributions in which somebody puts something forward: all but those that only name what somebody did about
        something ("signed a ceasefire", "plans to build"), whose ids stand in `acts`."""
        return tuple(a for a in self.attributions if a.id not in self.acts)

    @property
    def events(self) -> Sequence[Event]:
        return self.all(Event)

    @property
    def claims(self) -> Sequence[Claim]:
        return self.all(Claim)

    @property
    def incidents(self) -> Sequence[Incident]:
        return self.all(Incident)

    @property
    def questions(self) -> Sequence[Question]:
        return self.all(Question)

    @property
    def relations(self) -> Sequence[Relation]:
        return self.all(Relation)


@runtime_checkable
class Reader(Protocol):
    """One stage. Built with its resources by keyword, pure afterwards: no clock, network, globals, randomness.

    `requires` and `produces` name kinds of records; `version` is raised when the output changes. Called with a draft
    it returns only what it adds (an entity returned again under its id takes the place of the one before); nothing
    found is an empty sequence; a document it cannot read raises ReaderError.
    """

    name: ClassVar[str]
    version: ClassVar[str]
    requires: ClassVar[tuple[type[Record], ...]]
    produces: ClassVar[tuple[type[Record], ...]]

    def __call__(self, draft: Draft, /) -> Sequence[Record]: ...
