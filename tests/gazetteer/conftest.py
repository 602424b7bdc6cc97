"""One index for all tests of this folder, built once a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from whence.gazetteer import Gazetteer, build


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("places") / "places.sqlite")


@pytest.fixture(scope="session")
def gazetteer(index: Path) -> Iterator[Gazetteer]:
    opened = Gazetteer.open(index)
    yield opened
    opened.close()
