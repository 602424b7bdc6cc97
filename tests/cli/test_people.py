"""`whence people` and `whence gold` on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.store.made import item

from whence.cli import main
from whence.store import Store


def run(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as done:
        main(list(words))
    told = capsys.readouterr()
    return int(done.value.code or 0), told.out, told.err


def test_an_account_from_adding_to_shutting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "kept.sqlite")
    code, out, err = run("people", "add", "Amna", "--role", "admin", "--store", place, capsys=capsys)
    assert (code, out[:6]) == (0, "/join/")
    assert "Amna can join" in err
    assert run("people", "disable", "Amna", "--store", place, capsys=capsys)[0] == 1
    run("people", "add", "Omar", "--store", place, capsys=capsys)
    assert run("people", "role", "omar", "coder", "--store", place, capsys=capsys)[1] == "Omar is coder\n"
    secret = run("people", "token", "Omar", "--label", "a script", "--scope", "read", "--store", place, capsys=capsys)[1].strip()
    with Store(place) as store:
        found = store.people.bearer(secret)
        assert found is not None
        assert store.people.invited(out.strip().removeprefix("/join/")) is not None
    assert run("people", "revoke", found[1].id, "--store", place, capsys=capsys)[0] == 0
    assert run("people", "disable", "Omar", "--store", place, capsys=capsys)[1] == "Omar is shut\n"
    rows = json.loads(run("people", "list", "--json", "--store", place, capsys=capsys)[1])
    assert [(r["name"], r["role"], r["disabled"]) for r in rows] == [("Amna", "admin", False), ("Omar", "coder", True)]
    assert run("people", "invite", "Nobody", "--store", place, capsys=capsys)[0] == 1


def test_corrections_become_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, out = str(tmp_path / "kept.sqlite"), tmp_path / "gold.jsonl"
    with Store(place) as store:
        store.add([item(0), item(1)])
        first = next(iter(store.reports()))
        store.judge("correct", first.id, field="killed", value="4-5", who="Amna", why="the clinic's list")
    code, _, err = run("gold", "export", str(out), "--store", place, capsys=capsys)
    assert code == 0
    assert "1 record of gold" in err
    record = json.loads(out.read_text())
    assert record["schema"] == "whence.gold/1"
    assert record["fields"]["killed"] == {"value": "4-5", "read": "3", "how": "corrected", "by": ["Amna"], "why": "the clinic's list"}
    assert run("gold", "export", "--least", "2", "--store", place, capsys=capsys)[1] == ""


def test_another_file_is_no_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"text": "x"}\n')
    code, _, err = run("gold", "score", str(other), capsys=capsys)
    assert code == 1
    assert "line 1" in err


@pytest.mark.parametrize(
    ("words", "told"), [(("--certificate", __file__), "belong together"), (("--name", "whence.example"), "--accounts")]
)
def test_serving_says_what_it_wants(words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("serve", *words, capsys=capsys)
    assert code == 2
    assert told in err
