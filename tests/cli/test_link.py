"""`whence link`: the store, or the event mentions of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whence.cli import main
from whence.pipeline import Whence

ONE = "A bomb exploded at the fuel depot of Lozova on Monday, killing three guards. Mayor Petro Rudenko visited the depot on Tuesday."
TWO = "Three guards died when a bomb exploded at a fuel depot in Lozova. Rudenko, the mayor, visited the wounded."
THREE = "Farmers in Kosti protested against the price of seed on Monday. Two lorries of seed exploded in price, one farmer said."


@pytest.fixture(autouse=True)
def _here(engine: Whence, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from whence.cli import reading

    monkeypatch.setattr(reading, "engine", lambda settings, *, ask=(): engine)
    monkeypatch.setenv("WHENCE_STORE", str(tmp_path / "kept.sqlite"))


def run(*words: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], input=stdin, prog_name="whence")


def mention(document: str, text: str, word: str) -> dict[str, object]:
    return {"document": document, "start": text.index(word), "end": text.index(word) + len(word)}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.jsonl"
    rows = [{"id": n, "text": t, "published": "2025-03-12"} for n, t in (("one", ONE), ("two", TWO), ("three", THREE))]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def test_given_mentions_are_put_into_clusters(texts: Path, tmp_path: Path) -> None:
    given = [
        mention("one", ONE, "exploded"),
        mention("one", ONE, "visited"),
        mention("two", TWO, "exploded"),
        mention("three", THREE, "exploded"),
    ]
    path = tmp_path / "mentions.jsonl"
    path.write_text("".join(json.dumps(m) + "\n" for m in given))
    done = run("link", texts, "--mentions", path, "--jsonl")
    assert done.exit_code == 0
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [{k: v for k, v in m.items() if k != "cluster"} for m in told] == given
    clusters = [m["cluster"] for m in told]
    assert clusters[0] == clusters[2]
    assert len({clusters[0], clusters[1], clusters[3]}) == 3
    whole = tmp_path / "whole.jsonl"
    rows = [
        {"id": n, "text": t, "mentions": [m for m in given if m["document"] == n]}
        for n, t in (("one", ONE), ("two", TWO), ("three", THREE))
    ]
    whole.write_text("".join(json.dumps(r) + "\n" for r in rows))
    assert run("link", "--mentions", whole).stdout == done.stdout


def test_what_reading_finds_is_linked(texts: Path) -> None:
    done = run("link", texts, "--jsonl")
    assert done.exit_code == 0
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"one", "two", "three"} >= {m["document"] for m in told} >= {"one", "two"}
    assert all(set(m) == {"cluster", "document", "start", "end"} for m in told)


def test_bad_mentions_are_named(texts: Path, tmp_path: Path) -> None:
    path = tmp_path / "mentions.jsonl"
    for line, words in (
        ('{"document": "one", "start": 5, "end": 5}', "5..5 is no stretch"),
        ('{"document": "one", "start": 5, "end": 5000}', "lies beyond"),
        ('{"document": "nine", "start": 1, "end": 5}', "not among the texts"),
        ('{"document": "one"}', "line 1"),
    ):
        path.write_text(line + "\n")
        done = run("link", texts, "--mentions", path)
        assert done.exit_code == 1
        assert words in done.stderr


def test_the_store_is_linked_once(texts: Path) -> None:
    assert run("add", texts, "--quiet").exit_code == 0
    assert "reports linked" in run("link").stderr
    assert "nothing was added" in run("link").stderr
