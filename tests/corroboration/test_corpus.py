"""The corpus of invented incidents keeps what its README promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "corpus/linking"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf8").splitlines()]


def test_it_is_large_enough_and_its_halves_are_apart() -> None:
    halves = [rows("train.jsonl"), rows("test.jsonl")]
    documents = [d for half in halves for d in half]
    assert len(rows("incidents.jsonl")) >= 60
    assert len(documents) >= 400
    assert len({d["publisher"] for d in documents}) == 25
    train, test = ({d["gold"]["incident"] for d in half} for half in halves)
    assert not train & test
    assert len({d["id"] for d in documents}) == len(documents)


@pytest.mark.parametrize("half", ["train", "test"])
def test_lineage_leads_to_documents_of_the_incident(half: str) -> None:
    by = {d["id"]: d for d in rows(f"{half}.jsonl")}
    for d in by.values():
        for parent in d["gold"]["parents"]:
            other = by[parent["document"]]
            assert other["gold"]["incident"] == d["gold"]["incident"]
            assert other["publisher"] != d["publisher"]
            assert other["published"] <= d["published"] or d["gold"]["how"] == "circle"
        assert d["text"].startswith(d["title"])


def test_origins_and_conflicts_of_incidents_are_those_of_their_documents() -> None:
    told: dict[str, list[dict[str, Any]]] = {}
    for d in [*rows("train.jsonl"), *rows("test.jsonl")]:
        told.setdefault(d["gold"]["incident"], []).append(d["gold"])
    for incident in rows("incidents.jsonl"):
        golds = told[incident["incident"]]
        assert set(incident["origins"]) == {o for g in golds for o in g["origins"]}
        for measure, values in incident["conflicts"].items():
            assert values == sorted({g["facts"]["counts"][measure] for g in golds if measure in g["facts"]["counts"]})
    assert {g["how"] for gs in told.values() for g in gs} >= {
        "circle",
        "copy",
        "rewrite",
        "translation",
        "drift",
        "correction",
        "republished",
    }
