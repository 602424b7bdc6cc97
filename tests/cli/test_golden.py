"""The briefs of the demonstration reports, whole; `--rewrite-golden` writes them anew, and the difference is reviewed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console

from whence.cli.brief import print_brief
from whence.cli.reading import demo_sources
from whence.records import Reading

GOLDEN = Path(__file__).parents[1] / "golden"
IDS = [source.id for source in demo_sources()]


def brief(reading: Reading, width: int = 100) -> str:
    out = io.StringIO()
    print_brief(reading, Console(file=out, width=width, color_system=None, highlight=False, markup=False, emoji=False))
    return "".join(row.rstrip() + "\n" for row in out.getvalue().splitlines())


def lasting(text: str) -> str:
    """A brief without what names the engine: that changes with every model."""
    return re.sub(r"read by\s+whence.*?settings\s+\w+", "read by whence", text, flags=re.S)


@pytest.mark.parametrize("identity", IDS)
def test_the_brief_of_a_demonstration_report(identity: str, demo_readings: Mapping[str, Reading], request: pytest.FixtureRequest) -> None:
    text = lasting(brief(demo_readings[identity]))
    path = GOLDEN / f"{identity}.brief.txt"
    if request.config.getoption("--rewrite-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf8")
    assert path.is_file(), "there is no golden brief yet: run with --rewrite-golden"
    assert text == path.read_text(encoding="utf8")


@pytest.mark.parametrize("width", [80, 100, 140])
def test_no_line_is_wider_than_the_page(width: int, demo_readings: Mapping[str, Reading]) -> None:
    from rich.cells import cell_len

    for reading in demo_readings.values():
        assert max(cell_len(row) for row in brief(reading, width).splitlines()) <= width


def test_every_reading_has_the_same_order_of_sections(demo_readings: Mapping[str, Reading]) -> None:
    order = ["INCIDENTS", "NOT COUNTED", "THE QUESTION", "OTHER CLAIMS", "ALSO TOLD", "LEFT OUT"]
    for reading in demo_readings.values():
        rows = brief(reading).splitlines()
        found = [next(o for o in order if row.startswith(o)) for row in rows if row.startswith(tuple(order))]
        assert found == sorted(set(found), key=order.index)
        assert found[0] == "INCIDENTS"
