"""Totals of what a report counts."""

from __future__ import annotations

import pytest

from whence.records import Tally
from whence.store import totals


def killed(**by: int | None) -> tuple[Tally, ...]:
    return tuple(Tally(measure="killed", of=of.replace("_", " "), low=n, high=n) for of, n in by.items())


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        (killed(civilians=4, soldiers=3), (7, 7)),
        (killed(Syrian_soldiers=4, Turkish_soldiers=3), (7, 7)),
        (killed(soldiers=4, Turkish_soldiers=3), (4, 4)),
        (killed(Turkish_soldiers=3, soldiers=4, guards=1), (5, 5)),
        (killed(civilians=6, women=2, children=3), (6, 6)),
        (killed(women=2, children=3), (5, 5)),
        (killed(people=12, civilians=9, guards=3), (12, 12)),
        (killed(other_people=2, guards=3), (5, 5)),
        ((*killed(civilians=9), Tally(measure="killed", of=None, low=11, high=None)), (11, None)),
        ((*killed(guards=2), Tally(measure="killed", of="12 civilians", low=12, high=None)), (14, None)),
        ((Tally(measure="killed", of="12 civilians", low=12, high=12), *killed(civilians=14)), (12, 14)),
    ],
)
def test_nobody_is_counted_twice(counts: tuple[Tally, ...], total: tuple[int | None, int | None]) -> None:
    assert totals(counts) == {"killed": total}
