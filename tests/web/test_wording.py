"""Values as people read them."""

from __future__ import annotations

import msgspec
import pytest

from tests.store.made import item
from whence.records import Report, Tally
from whence.store import projected
from whence.web.wording import address, bars, circle, losses, span_of_numbers


@pytest.fixture
def report() -> Report:
    made = item(1).reading
    assert made is not None
    return projected(made, document="D-1")[0]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(3, 3, "3"), (3, 5, "3–5"), (11, None, "11 or more"), (None, 5, "up to 5"), (None, None, "some"), (0, 0, "0"), (1200, 1200, "1,200")],
)
def test_ranges_are_shown_as_ranges(low: int | None, high: int | None, words: str) -> None:
    assert span_of_numbers(low, high) == words


def test_figures_are_never_added_up(report: Report) -> None:
    counts = tuple(Tally(measure="killed", of=of, low=n, high=n) for of, n in (("12 civilians", 12), ("12 people", 12), ("guards", 3)))
    assert losses(msgspec.structs.replace(report, counts=counts)) == ["12 killed (12 civilians; 12 people)", "3 killed (guards)"]
    assert losses(msgspec.structs.replace(report, counts=counts[:1])) == ["12 killed"]


def test_bars_are_as_long_as_the_time_is_uncertain(report: Report) -> None:
    def of(earliest: str | None, latest: str | None) -> Report:
        return msgspec.structs.replace(report, earliest=earliest, latest=latest)

    line = bars([of("2025-01-01", "2025-01-10"), of("2025-01-06", "2025-01-06"), of(None, "2025-01-05"), of(None, None)])
    assert [(r["x"], r["width"], r["open"]) for r in line["rows"]] == [(0, 500, True), (0, 1000, False), (500, 100, False)]
    assert line["ticks"][0]["day"] == "2025-01-01"
    narrow = bars([of("2024-01-01", "2025-01-10"), of("2025-01-06", "2025-01-06")], since="2025-01-01", until="2025-01-10")
    assert [(r["x"], r["width"], r["open"]) for r in narrow["rows"]] == [(0, 1000, True), (500, 100, False)]
    assert bars([of(None, None)])["rows"] == []


@pytest.mark.parametrize("latitude", [-90.0, 0.0, 89.99])
def test_a_circle_stays_on_the_globe(latitude: float) -> None:
    ring = circle(latitude, 179.9, 50)
    assert ring[0] == ring[-1]
    assert all(-90 <= y <= 90 for _, y in ring)


def test_an_address_keeps_what_is_asked_for() -> None:
    assert address("/reports", {"country": "SDN", "page": 2}, page=None, place="Um Rawaba") == "/reports?country=SDN&place=Um+Rawaba"
    assert address("/reports", {}) == "/reports"
