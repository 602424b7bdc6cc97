"""The quality gate: what fails it, and what moving a floor asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from whence.errors import ConfigError
from whence.evaluate import Floor, Score, compare, load_floors, save_floors, updated
from whence.evaluate.floors import BUNDLED


def score(value: float | None, *, gold: str = "g", higher: bool = True, measure: str = "F1") -> Score:
    return Score(label="events x", measure=measure, value=value, higher=higher, documents=3, gold=gold)


FLOOR = Floor(label="events x", measure="F1", limit=20, value=0.5, higher=True, gold="g")
CEILING = Floor(label="events x", measure="MAE", limit=20, value=2.0, higher=False, gold="g")


@pytest.mark.parametrize(
    ("found", "floor", "limit", "verdict"),
    [
        (score(0.5), FLOOR, 20, "ok"),
        (score(0.9), FLOOR, 20, "ok"),
        (score(0.4995), FLOOR, 20, "ok"),
        (score(0.49), FLOOR, 20, "below"),
        (score(0.9, gold="other"), FLOOR, 20, "gold"),
        (score(0.1), FLOOR, 30, "new"),
        (score(0.1), FLOOR, None, "new"),
        (score(None), FLOOR, 20, "skipped"),
        (score(1.9, higher=False, measure="MAE"), CEILING, 20, "ok"),
        (score(2.1, higher=False, measure="MAE"), CEILING, 20, "below"),
    ],
)
def test_a_score_against_its_floor(found: Score, floor: Floor, limit: int | None, verdict: str) -> None:
    (finding,) = compare([found], [floor], limit)
    assert finding.verdict == verdict
    assert finding.failed == (verdict in ("below", "gold"))


def test_a_floor_rises_by_itself_and_falls_only_with_a_reason() -> None:
    (up,) = updated([FLOOR], compare([score(0.6)], [FLOOR], 20), limit=20, reason=None)
    assert (up.value, up.reasons) == (0.6, ())
    (same,) = updated([FLOOR], compare([score(0.499)], [FLOOR], 20), limit=20, reason=None)
    assert same == FLOOR
    down = compare([score(0.4)], [FLOOR], 20)
    with pytest.raises(ConfigError, match="--reason"):
        updated([FLOOR], down, limit=20, reason=None)
    (lowered,) = updated([FLOOR], down, limit=20, reason="half the gold was wrong")
    assert lowered.value == 0.4
    assert lowered.reasons == ("0.5 to 0.4: half the gold was wrong",)


def test_new_gold_wants_a_reason_and_a_new_score_none() -> None:
    other = compare([score(0.9, gold="other")], [FLOOR], 20)
    with pytest.raises(ConfigError, match="gold has changed"):
        updated([FLOOR], other, limit=20, reason=None)
    assert updated([FLOOR], other, limit=20, reason="more documents")[0].gold == "other"
    assert len(updated([FLOOR], compare([score(0.1, measure="new")], [FLOOR], 20), limit=20, reason=None)) == 2
    assert updated([FLOOR], compare([score(None)], [FLOOR], 20), limit=20, reason=None) == (FLOOR,)


def test_floors_come_back_as_they_were(tmp_path: Path) -> None:
    floors = (Floor(label="a", measure='F1 "strict"', limit=0, value=0.25, higher=True, gold="x", reasons=("so", "“then”")), FLOOR)
    path = save_floors(floors, tmp_path / "floors.toml")
    assert set(load_floors(path)) == set(floors)
    assert load_floors(tmp_path / "none.toml") == ()


@pytest.mark.parametrize("text", ["[[floor]", "[[floor]]\nlabel = 1", "[[floor]]\nunknown = 1"])
def test_a_broken_file_of_floors_is_a_configuration_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match="floors"):
        load_floors(path)


def test_the_bundled_floors_can_be_read() -> None:
    for floor in load_floors(BUNDLED):
        assert floor.gold
