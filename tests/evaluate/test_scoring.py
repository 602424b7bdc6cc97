"""Samples, names, and one small run on the shared gold where it is there."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from whence.evaluate import OWN_NAMES, SHORT, chosen, evaluate
from whence.evaluate.names import f1, marked_lines, names_in
from whence.evaluate.scoring import sample
from whence.pipeline import Whence
from whence.records import Mention, Reading


def test_a_sample_is_the_same_wherever_it_is_taken() -> None:
    rows = [f"row {n}" for n in range(50)]
    taken = sample(rows, 10)
    assert len(taken) == 10
    assert taken == sorted(taken, key=rows.index)
    assert set(sample(list(reversed(rows)), 10)) == set(taken)
    assert set(sample(rows, 5)) < set(taken)
    assert sample(rows, None) == rows


def test_marked_names(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# a comment\n\n[Ayman Hamwi|person] left [Jassim|place]'s market.\nNobody here.\n")
    (first, names), (second, none) = marked_lines(path)
    assert first.text == "Ayman Hamwi left Jassim's market."
    assert {(first.text[a:b], kind) for a, b, kind in names} == {("Ayman Hamwi", "person"), ("Jassim", "place")}
    assert second.text == "Nobody here."
    assert not none


def test_a_name_counts_where_both_ends_and_the_type_agree() -> None:
    gold = frozenset({(0, 5, "person"), (9, 12, "place")})
    assert f1([(gold, gold)]) == 1
    assert f1([(frozenset({(0, 5, "place"), (9, 12, "place")}), gold)]) == 0.5
    assert f1([(frozenset(), gold)]) == 0


def test_names_of_a_reading_do_not_overlap(demo_readings: dict[str, Reading]) -> None:
    for reading in demo_readings.values():
        names = sorted(names_in(reading, lambda word: False))
        assert names
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(names))
        assert any(isinstance(m, Mention) for m in reading.mentions)


def test_sets_are_chosen_by_task() -> None:
    assert {s.task for s in chosen(["events", "seed"])} == {"events", "seed"}
    assert OWN_NAMES in chosen([])
    with pytest.raises(ValueError, match="no such task"):
        chosen(["nothing"])


def test_what_is_not_there_is_skipped_and_says_so(engine: Whence, tmp_path: Path) -> None:
    for score in evaluate(engine, chosen([]), shared=tmp_path, own=tmp_path, adjective=lambda word: False):
        assert score.value is None
        assert score.why.startswith("skipped")


def test_a_run_on_the_shared_gold(engine: Whence, shared: Path, tmp_path: Path) -> None:
    sets = [s for s in chosen([]) if s.label in ("events plover_gsr", "places trnews", "factuality commitmentbank")]
    run = lambda: list(evaluate(engine, sets, shared=shared, own=tmp_path, adjective=lambda w: False, limit=3))  # noqa: E731
    scores = run()
    assert [s.label for s in scores] == [s.label for s in sets]
    assert [s.documents for s in scores] == [3 * (SHORT if s.short else 1) for s in sets]
    assert all(s.value is not None and s.empty == 0 and s.gold for s in scores)
    assert run() == scores
