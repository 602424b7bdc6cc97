"""Which reports are compared at all: those near in time, place and kind, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from whence.records import Report

from .comparing import days_of, family

CELL = 0.5
"""Degrees of a cell of the grid: about 55 km, so that a place with its neighbours lies in nine cells."""
WINDOW = 7
"""Days of a stretch of time."""
SLACK = 2
"""Days by which outlets err about the day."""
LONGEST = 35
"""Days beyond which an interval says too little to be compared on."""
CROWD = 400
"""Reports of one block beyond which only those of nearly one day are compared."""

Key = tuple[str, str, int]


def keys(report: Report) -> list[Key]:
    """The blocks in which a report stands: its kind, its cell (or division, or country), its stretches of time."""
    days = days_of(report)
    if days is None or days[1] - days[0] > LONGEST:
        return []
    kind = family(report)
    stretches = range((days[0] - SLACK) // WINDOW, (days[1] + SLACK) // WINDOW + 1)
    return [(kind, area, stretch) for area in areas(report) for stretch in stretches]


def reach(reports: Iterable[Report]) -> list[tuple[int, int]]:
    """The days, both included, of all that may stand in a block with one of some reports: stretches apart from each other, in order."""
    stretches: set[int] = set()
    for report in reports:
        days = days_of(report)
        if days is not None and days[1] - days[0] <= LONGEST:
            stretches.update(range((days[0] - SLACK) // WINDOW, (days[1] + SLACK) // WINDOW + 1))
    found: list[tuple[int, int]] = []
    for stretch in sorted(stretches):
        begins, ends = stretch * WINDOW - SLACK, (stretch + 1) * WINDOW - 1 + SLACK
        if found and begins <= found[-1][1] + 1:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((begins, ends))
    return found


def areas(report: Report) -> list[str]:
    """Where a report is looked up. A place with coordinates stands in its cell and in those that its reach touches."""
    if report.latitude is not None and report.longitude is not None and report.place_kind not in ("country", "admin1"):
        reach = max(0.15, min((report.precision_km or 5) / 111, 0.5))
        rows = range(math.floor((report.latitude - reach) / CELL), math.floor((report.latitude + reach) / CELL) + 1)
        columns = range(math.floor((report.longitude - reach) / CELL), math.floor((report.longitude + reach) / CELL) + 1)
        return [f"{r},{c}" for r in rows for c in columns]
    if report.admin1 and report.country:
        return [f"{report.country}/{report.admin1}"]
    return []


def divisions(report: Report) -> list[Key]:
    """The blocks of a report's first-order division, for those that are told of the division only."""
    days = days_of(report)
    if not report.admin1 or not report.country or days is None or days[1] - days[0] > LONGEST:
        return []
    stretches = range((days[0] - SLACK) // WINDOW, (days[1] + SLACK) // WINDOW + 1)
    return [(family(report), f"{report.country}/{report.admin1}", stretch) for stretch in stretches]


def places_in(report: Report) -> list[tuple[str, Key]]:
    """Every block in which a report stands, with its kind: "B" for where it is, "D" for its division."""
    return [*(("B", k) for k in keys(report)), *(("D", k) for k in divisions(report))]


def lookups(report: Report) -> list[tuple[str, Key]]:
    """The blocks in which a report looks for others, as `Blocks.partners` does."""
    own = keys(report)
    found = [("B", key) for key in own]
    if report.place_kind in ("country", "admin1") or report.latitude is None:
        found += [("D", key) for key in own]
    elif report.admin1 and report.country:
        found += [("B", (key[0], f"{report.country}/{report.admin1}", key[2])) for key in own]
    return list(dict.fromkeys(found))


class Blocks:
    """Reports by their blocks; pairs come out once."""

    def __init__(self) -> None:
        self._reports: list[Report] = []
        self._days: list[tuple[int, int] | None] = []
        self._blocks: dict[Key, list[int]] = {}
        self._divisions: dict[Key, list[int]] = {}

    def add(self, report: Report) -> int:
        """Take a report in; its number here."""
        number = len(self._reports)
        self._reports.append(report)
        days = days_of(report)
        self._days.append(days)
        for key in keys(report):
            self._blocks.setdefault(key, []).append(number)
        for key in divisions(report):  # those told of a division only meet those told of its towns
            self._divisions.setdefault(key, []).append(number)
        return number

    def partners(self, number: int) -> list[int]:
        """The reports that one is compared with."""
        report = self._reports[number]
        found: set[int] = set()
        coarse = report.place_kind in ("country", "admin1") or report.latitude is None
        mine = self._days[number]
        for key in keys(report):
            blocks = [self._blocks.get(key, [])]
            if coarse:
                blocks.append(self._divisions.get(key, []))
            elif report.admin1 and report.country:
                blocks.append(self._blocks.get((key[0], f"{report.country}/{report.admin1}", key[2]), []))
            for block in blocks:
                crowd = len(block) > CROWD
                for other in block:
                    if other != number and other not in found and _near(mine, self._days[other], 0 if crowd else SLACK):
                        found.add(other)
        return sorted(found)

    def pairs(self, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Every pair with one of `numbers` in it, the smaller number first, each once."""
        chosen = set(numbers)
        for number in sorted(chosen):
            for other in self.partners(number):
                if other > number or other not in chosen:
                    yield min(number, other), max(number, other)

    @property
    def reports(self) -> Sequence[Report]:
        """All reports by their numbers."""
        return self._reports


def _near(one: tuple[int, int] | None, other: tuple[int, int] | None, slack: int) -> bool:
    return one is not None and other is not None and max(one[0], other[0]) - min(one[1], other[1]) <= slack
