"""An incident across documents as lists show it: one row, computed from the reports of a cluster."""

from __future__ import annotations

import math

from .findings import Acled
from .report import Tally
from .span import Record
from .vocabulary import IncidentStatus, PlaceKind


class Overview(Record):
    """What is shown of an incident under the rule `origins`: of each field the value that most independent origins tell.

    `counts` are ranges over all reports, low the lowest and high the highest told (None: open). `disputed_fields` are the fields of
    which reports tell values that cannot both be right; `disputed` also where somebody denies it. `credibility` is 1 to 6 (STANAG
    2511). `weakest` is the probability of the link by which the least certain report belongs to it, None where there is one report.
    """

    id: str
    type: str
    acled: Acled | None
    status: IncidentStatus
    earliest: str | None
    latest: str | None
    place: str | None
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    place_kind: PlaceKind | None
    precision_km: float | None
    actors: str | None
    targets: str | None
    counts: tuple[Tally, ...]
    reports: int
    documents: int
    publishers: tuple[str, ...]
    origins: int
    disputed: bool
    disputed_fields: tuple[str, ...]
    credibility: int
    weakest: float | None

    @property
    def doubt(self) -> float:
        """How much there is to decide of it: uncertainty (0 to 1) times reach, by which the queue for review is ordered.

        Uncertain is a link near one half, a dispute, and what rests on one origin; reach grows with documents and with the dead.
        """
        link = 0.0 if self.weakest is None else 1 - abs(2 * self.weakest - 1)
        single = 0.2 if self.origins <= 1 else 0.0
        uncertain = 1 - (1 - link) * (0.4 if self.disputed else 1.0) * (1 - single)
        killed = max((c.low or 0 for c in self.counts if c.measure == "killed"), default=0)
        return round(uncertain * (1 + math.sqrt(self.documents) + math.sqrt(min(killed, 100))), 4)
