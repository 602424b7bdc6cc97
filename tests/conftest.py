"""What the tests share: one engine, the demonstration reports, and the option that rewrites golden documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from whence.cli.reading import demo_sources, prepare
from whence.config import Settings
from whence.pipeline import Whence
from whence.records import Reading

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the golden documents anew")


@pytest.fixture(scope="session")
def engine() -> Whence:
    settings = Settings()
    prepare(settings)
    return Whence(settings)


@pytest.fixture(scope="session")
def demo_readings(engine: Whence) -> dict[str, Reading]:
    """The readings of the demonstration reports by their ids."""
    return {r.document.id: r for r in engine.read_many(demo_sources()) if isinstance(r, Reading)}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold and scorers that are no part of the repository."""
    if not (SHARED / "score/score.py").is_file():
        pytest.skip("../shared is not there: its gold and scorers are no part of the repository")
    return SHARED
