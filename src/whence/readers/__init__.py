"""The stages of a reading, one file or folder each, in one explicit order."""

from __future__ import annotations

from collections.abc import Sequence

from whence.config import Settings
from whence.gazetteer import Gazetteer

from .attributions import AttributionReader
from .base import Draft, Reader
from .claims import ClaimReader
from .descriptions import DescriptionReader
from .entities import EntityReader
from .entities.countries import StateNames
from .events import EventReader
from .incidents import IncidentReader
from .provenance import ProvenanceReader
from .questions import QuestionReader
from .relations import RelationReader
from .timexes import TimexReader
from .toponyms import ToponymReader

__all__ = ["BUILT_IN", "Draft", "Reader", "built_in"]

BUILT_IN: tuple[type[Reader], ...] = (
    EntityReader,
    ProvenanceReader,
    TimexReader,
    ToponymReader,
    DescriptionReader,
    AttributionReader,
    EventReader,
    ClaimReader,
    IncidentReader,
    QuestionReader,
    RelationReader,
)
"""Every built-in reader, in the order in which they run."""


def built_in(settings: Settings, *, ask: Sequence[str] = ()) -> list[Reader]:
    """The built-in readers with their resources. ResourceError where the gazetteer is missing."""
    gazetteer = Gazetteer.open(settings.folder() / "gazetteer.sqlite")
    return [
        EntityReader(countries=StateNames(gazetteer)),
        ProvenanceReader(),
        TimexReader(),
        ToponymReader(gazetteer=gazetteer),
        DescriptionReader(gazetteer=gazetteer),
        AttributionReader(),
        EventReader(),
        ClaimReader(),
        IncidentReader(),
        QuestionReader(ask=ask),
        RelationReader(),
    ]
