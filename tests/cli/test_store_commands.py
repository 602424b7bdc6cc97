"""The commands on the store: their output, forms and exit codes."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whence.cli import main
from whence.pipeline import Whence
from whence.store import Store

REPORT = (
    "Gunmen killed {n} policemen in the Syrian town of Jassim on Tuesday, three residents told the Daily. "
    "Interior ministry spokesman Karim Haddad denied that there had been an attack.\n"
)


@pytest.fixture(autouse=True)
def _here(engine: Whence, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One engine for the whole run, and a store of the test's own."""
    from whence.cli import reading

    monkeypatch.setattr(reading, "engine", lambda settings, *, ask=(): engine)
    monkeypatch.setenv("WHENCE_STORE", str(tmp_path / "kept.sqlite"))


def run(*words: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], input=stdin, prog_name="whence")


def lines(*numbers: int, publisher: str = "The Daily") -> str:
    rows = [{"id": f"d{n}", "text": REPORT.format(n=n), "published": "2022-03-21", "publisher": publisher} for n in numbers]
    return "".join(json.dumps(r) + "\n" for r in rows)


@pytest.fixture
def kept() -> list[str]:
    """The ids of three documents that are kept."""
    assert run("add", "-", stdin=lines(2, 3, 4)).exit_code == 0
    return [d["id"] for d in json.loads(run("documents", "--json").stdout)]


def test_add_says_added_there_and_failed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT.format(n=2))
    (tmp_path / "b.txt").write_text(REPORT.format(n=3))
    first = run("add", tmp_path, "--published", "2022-03-21")
    assert first.exit_code == 0
    assert [row.split()[0] for row in first.stdout.splitlines()] == ["added", "added"]
    assert first.stderr == "whence: 2 documents: 2 added\n"
    (tmp_path / "c.txt").touch()
    second = run("add", tmp_path, "/no/such", "--published", "2022-03-21")
    assert second.exit_code == 3
    assert second.stdout.count("already there") == 2
    assert "c.txt: is empty" in second.stderr
    assert "/no/such: no such file" in second.stderr
    assert "4 documents: 2 already there, 2 failed" in second.stderr
    assert run("add", "/no/such").exit_code == 1
    told_otherwise = run("add", tmp_path / "a.txt", "--published", "2022-03-28", "--quiet")
    assert told_otherwise.stdout == ""
    assert "1 added" in told_otherwise.stderr


def test_add_tells_machines_line_by_line() -> None:
    done = run("add", "-", "--jsonl", stdin=lines(2, 3) + "{broken\n")
    assert done.exit_code == 3
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    assert [(r["name"], r["state"]) for r in rows[:2]] == [("d2", "added"), ("d3", "added")]
    assert rows[2]["code"] == "malformed"


def test_the_store_is_where_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "whence.toml"
    config.write_text(f'store = "{tmp_path / "set.sqlite"}"\n')
    run("add", "-", "--store", tmp_path / "told.sqlite", "--config", config, stdin=lines(2))
    run("add", "-", "--config", config, stdin=lines(2))
    monkeypatch.delenv("WHENCE_STORE")
    run("add", "-", "--config", config, stdin=lines(2))
    assert [(tmp_path / f"{name}.sqlite").exists() for name in ("told", "kept", "set")] == [True] * 3


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    config = tmp_path / "whence.toml"
    config.write_text('store = "postgresql://u:secret@/t?host=/no/such&password=secret"\n')
    shown = run("config", "--config", config)
    failed = run("documents", "--store", "postgresql://u:secret@/t?host=/no/such")
    assert failed.exit_code == 2
    assert "secret" not in shown.stdout + failed.output
    assert "u:***@" in shown.stdout


@pytest.mark.parametrize("words", [["documents"], ["search", "x"], ["verify"], ["reread"], ["sources"], ["hide", "D-1", "--why", "x"]])
def test_where_nothing_is_kept_the_way_out_is_told(words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "whence add" in done.stderr


def test_documents(kept: list[str]) -> None:
    table = run("documents").stdout.splitlines()
    assert table[0].split() == ["id", "published", "publisher", "title", "reports", "hidden"]
    assert [row.split()[0] for row in table[1:]] == kept
    rows = list(csv.DictReader(io.StringIO(run("documents", "--csv").stdout)))
    assert [r["name"] for r in rows] == ["d2", "d3", "d4"]
    assert [r["name"] for r in json.loads(run("documents", "--json", "--newest", "--limit", "1").stdout)] == ["d4"]
    assert run("documents", "--country", "SDN").stderr == "whence: no such document is kept\n"
    assert json.loads(run("documents", "--country", "SDN", "--json").stdout) == []
    assert run("documents", "--json", "--csv").exit_code == 2
    assert run("documents", "--since", "yesterday").exit_code == 2


def test_reports(kept: list[str]) -> None:
    found = json.loads(run("reports", "--json").stdout)
    assert {r["country"] for r in found} == {"SYR"}
    rows = list(csv.DictReader(io.StringIO(run("reports", "--csv").stdout)))
    assert [(r["killed_low"], r["killed_high"]) for r in rows] == [("2", "2"), ("3", "3"), ("4", "4")]
    assert len(rows[0]["chains"]) > 3
    assert "Jas" in run("reports", "--country", "syr").stdout
    assert json.loads(run("reports", "--json", "--type", "PROTEST").stdout) == []
    assert len(json.loads(run("reports", "--json", "--source", "the daily", "--limit", "2").stdout)) == 2


def test_long_tables_say_that_there_is_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whence.cli.lists.SHOWN", 5)
    run("add", "-", stdin=lines(*range(2, 10)))
    done = run("documents")
    assert done.stdout.count("D-") == 5
    assert "the first 5 rows" in done.stderr
    assert run("documents", "--limit", "7").stdout.count("D-") == 7
    assert len(json.loads(run("documents", "--json").stdout)) == 8


def test_search(kept: list[str]) -> None:
    done = run("search", "resident", "Karim Haddad", "deny")
    assert done.exit_code == 0
    assert done.stdout.count("D-") == 3
    assert json.loads(run("search", "resident", "--json", "--limit", "1").stdout)[0]["marks"]
    assert run("search", "Haddad Karim", "resident").exit_code == 1  # beside others, words with a space stand together
    assert run("search", "Haddad Karim").exit_code == 0
    missing = run("search", "submarine")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert run("search", "--", "policemen", "-haddad").exit_code == 1
    assert run("search", "*").exit_code == 2


def test_hide_show_and_who_did_it(kept: list[str]) -> None:
    assert run("hide", kept[0]).exit_code == 2
    assert run("hide", kept[0], "--why", "asked for", "--who", "Amna").exit_code == 0
    assert kept[0] not in run("documents").stdout
    assert kept[0] in run("documents", "--hidden").stdout
    history = run("judgements", kept[0]).stdout
    assert "Amna" in history
    assert "asked for" in history
    assert run("show", kept[0], "--who", "Bakri").exit_code == 0
    assert kept[0] in run("documents").stdout
    again = run("show", kept[0])
    assert again.exit_code == 1
    assert "is not hidden" in again.stderr


def test_judge(kept: list[str]) -> None:
    first, second, _ = (r["id"] for r in json.loads(run("reports", "--json").stdout))
    for words in (
        ("same", first, second),
        ("not-same", second, first[:12]),
        ("correct", first, "killed", "5-7"),
        ("credibility", first, "2"),
        ("reliability", "The Daily", "b"),
    ):
        done = run("judge", *words, "--who", "Amna", "--why", "the list of the clinic")
        assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(run("reports", "--csv").stdout)))
    assert (rows[0]["killed_low"], rows[0]["killed_high"]) == ("5", "7")
    made = json.loads(run("judgements", first, "--json").stdout)
    assert [j["kind"] for j in made] == ["same", "not_same", "correct", "credibility"]
    assert run("judge", "retract", made[2]["id"]).exit_code == 0
    assert len(json.loads(run("judgements", first, "--in-force", "--json").stdout)) == 3
    source = run("sources", "The Daily").stdout
    assert "B" in source.splitlines()[1].split()
    assert "reliability" in source
    for words in (("correct", first, "killed"), ("same", first), ("correct", first, "colour", "red"), ("reliability", "The Daily", "Z")):
        assert run("judge", *words).exit_code == 2, words
    for words in (("credibility", "R-none", "2"), ("reliability", "Nobody", "A"), ("retract", "J-none")):
        assert run("judge", *words).exit_code == 1, words


def test_verify_backup_restore_migrate(kept: list[str], tmp_path: Path) -> None:
    assert run("verify").exit_code == 0
    for n, form in enumerate([[], ["--portable"]]):
        file, other = tmp_path / f"b{n}", tmp_path / f"other{n}.sqlite"
        assert run("backup", file, *form).exit_code == 0
        again = run("backup", file, *form)
        assert again.exit_code == 1
        assert "--force" in again.stderr
        assert run("restore", file, "--store", other).exit_code == 0
        assert run("restore", file, "--store", other).exit_code == 1
        assert run("documents", "--json", "--store", other).stdout == run("documents", "--json").stdout
    assert "is at revision" in run("migrate").stdout
    import sqlite3

    with sqlite3.connect(tmp_path / "kept.sqlite") as connection:
        connection.execute("UPDATE texts SET text = 'x' || text WHERE document = 2")
    done = run("verify")
    assert done.exit_code == 1
    assert kept[1] in done.stdout
    assert json.loads(run("verify", "--json").stdout)


def test_reread(kept: list[str], engine: Whence, monkeypatch: pytest.MonkeyPatch) -> None:
    import msgspec

    assert "nothing to do" in run("reread").stderr
    monkeypatch.setattr(engine, "engine", msgspec.structs.replace(engine.engine, config="000000000000"))
    done = run("reread")
    assert done.stdout.count("read again") == 3
    assert "nothing to do" in run("reread").stderr


def test_what_add_has_said_is_there_after_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(lines(*range(2, 102)))
    words = [sys.executable, "-m", "whence", "add", str(file), "--jsonl"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(40)]
        process.kill()
        said += [row for row in process.stdout.read().splitlines(keepends=True) if row.endswith("\n")]
        process.wait()
    assert process.returncode == -signal.SIGKILL
    acknowledged = [json.loads(row)["document"] for row in said]
    with Store(tmp_path / "kept.sqlite") as store:
        there = [d.id for d in store.documents()]
        assert len(there) < 100
        assert there[: len(acknowledged)] == acknowledged
        assert list(store.verify()) == []
    done = run("add", file, "--quiet")
    assert f"{100 - len(there)} added, {len(there)} already there" in done.stderr
    assert run("verify").exit_code == 0


def test_hostile_titles_can_steer_neither_terminal_nor_spreadsheet(tmp_path: Path) -> None:
    title = '=HYPERLINK("http://x")\x1b[2J\u202e\x07'
    row = json.dumps({"id": "h", "title": title, "publisher": "@bad", "text": REPORT.format(n=2)})
    assert run("add", "-", stdin=row + "\n").exit_code == 0
    for words in (["documents"], ["reports"], ["search", "policemen"], ["sources"], ["documents", "--csv"]):
        done = run(*words)
        assert done.exit_code == 0
        if "--csv" not in words:
            assert not set(done.stdout) & set("\x1b\x07\u202e")
    (kept,) = csv.DictReader(io.StringIO(run("documents", "--csv").stdout))
    assert kept["title"].startswith("'=")
    with Store(tmp_path / "kept.sqlite") as store:
        assert next(iter(store.documents())).title == title
