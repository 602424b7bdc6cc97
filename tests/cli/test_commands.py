"""Every command, its output and its exit code: 0 done, 1 the input, 2 usage or configuration, 3 some failed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from whence.cli import main
from whence.pipeline import Whence
from whence.records import decode

REPORT = (
    "Gunmen killed two policemen in the Syrian town of Jassim on Tuesday, three residents told the Daily. "
    "Interior ministry spokesman Karim Haddad denied that there had been an attack.\n"
)


@pytest.fixture(autouse=True)
def _one_engine(engine: Whence, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands use the engine of the whole test run unless they ask for questions or another model."""
    from whence.cli import reading

    load = reading.engine

    def shared(settings: object, **asked: Any) -> Whence:
        return load(settings, **asked) if any(asked.values()) or settings != engine.settings else engine  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "engine", shared)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(REPORT)
    return file


def run(*words: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], input=stdin, prog_name="whence")


def test_the_brief_is_the_default(report: Path) -> None:
    done = run("read", report, "--published", "2022-03-21", "--publisher", "The Daily")
    assert done.exit_code == 0
    assert "Daily · 21 March 2022 (given)" in done.stdout
    assert "INCIDENTS" in done.stdout
    assert "Tue 15 Mar 2022" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_json_is_one_indented_object(report: Path) -> None:
    done = run("read", report, "--json", "--publisher", "The Daily")
    assert done.exit_code == 0
    assert done.stdout.startswith("{\n")
    reading = decode(done.stdout)
    assert reading.document.text == REPORT
    assert reading.document.id == str(report)


def test_json_takes_one_document(report: Path) -> None:
    done = run("read", report, report, "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "--jsonl" in done.stderr


def test_jsonl_is_a_line_for_each_and_failures_are_lines(report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = run("read", report, empty, tmp_path / "missing.txt", report, "--jsonl")
    assert done.exit_code == 3
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    assert [("failure" in row) for row in rows] == [False, True, True, False]
    assert rows[1]["failure"]["code"] == "empty"
    assert rows[2]["failure"]["code"] == "not_found"
    assert rows[3]["document"]["id"].endswith("#2")
    assert "2 of 4 documents" in done.stderr


def test_jsonl_in_the_order_of_its_input() -> None:
    lines = "".join(json.dumps({"id": f"d{n}", "text": f"{REPORT} {n}", "published": "2022-03-21"}) + "\n" for n in range(40))
    done = run("read", "-", "--jsonl", stdin=lines)
    assert done.exit_code == 0
    assert [json.loads(row)["document"]["id"] for row in done.stdout.splitlines()] == [f"d{n}" for n in range(40)]


def test_some_of_many_briefs_may_fail(report: Path, tmp_path: Path) -> None:
    (tmp_path / "a-empty.txt").touch()
    done = run("read", tmp_path)
    assert done.exit_code == 3
    assert "INCIDENTS" in done.stdout
    assert "a-empty.txt: is empty" in done.stderr


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"%PDF-1.7", "PDF"),
        (b"ab \x81\x8d\x8f\x90\x9d " * 3, "UTF-8"),
        ("Des hommes armés ont tué deux policiers mardi dans la ville, selon des habitants. ".encode() * 3, "English"),
    ],
)
def test_a_single_input_that_is_no_document_is_1(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "input.txt"
    file.write_bytes(data)
    done = run("read", file)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_text_that_is_too_long_is_1(tmp_path: Path, report: Path) -> None:
    config = tmp_path / "small.toml"
    config.write_text("[intake]\nmax_characters = 10\n")
    done = run("read", report, "--config", config)
    assert done.exit_code == 1
    assert "intake.max_characters" in done.stderr


@pytest.mark.parametrize("text", ["word", "?", "\u200f😀\u200f", "<html><p>Two men <b>died<p></div>", "Hello.\n\n\n"])
def test_odd_input_gives_a_brief(text: str) -> None:
    done = run("read", "-", stdin=text.encode())
    assert done.exit_code == 0, done.stderr
    assert "INCIDENTS" in done.stdout


def test_hostile_text_cannot_steer_the_terminal() -> None:
    hostile = (
        "Attack \x1b]0;owned\x07 in \u202eDaraa\u202c kills two\n\n"
        "Gunmen killed two men \x1b[2J in \u2066Daraa\u2069 on Tuesday, police said.\n"
    )
    event = decode(run("read", "-", "--json", stdin=hostile.encode()).stdout).events[0].id
    for words in (["read", "-"], ["read", "-", "--explain", event]):
        done = run(*words, stdin=hostile.encode())
        assert done.exit_code == 0, done.stderr
        assert not set(done.stdout) & set("\x1b\x07\u202e\u202c\u2066\u2069")


@pytest.mark.parametrize(
    "words",
    [
        ["read"],
        ["read", "x", "--published", "yesterday"],
        ["read", "x", "--json", "--jsonl"],
        ["read", "x", "--explain", "I-1", "--jsonl"],
        ["read", "x", "--no-such-option"],
        ["no-such-command"],
        ["read", "x", "--config", "/no/such/file.toml"],
        ["demo", "--only", "99"],
        ["evaluate", "--task", "nonsense"],
        ["evaluate", "--gate", "--update"],
        ["gazetteer", "find"],
    ],
)
def test_usage_and_configuration_are_2(words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("toml", ["[intake", "[intake]\nmax_words = 1", '[intake]\ntimeout = "long"', "[intake]\ntimeout = 0"])
def test_a_broken_configuration_is_2(tmp_path: Path, toml: str) -> None:
    file = tmp_path / "whence.toml"
    file.write_text(toml)
    done = run("config", "--config", file)
    assert done.exit_code == 2
    assert str(file) in done.stderr


def test_a_missing_model_is_2(report: Path) -> None:
    done = run("read", report, "--model", "no_such_model")
    assert done.exit_code == 2
    assert "no_such_model" in done.stderr


def test_explain(report: Path) -> None:
    reading = decode(run("read", report, "--json").stdout)
    incident = reading.incidents[0]
    for wanted in (incident.id, "1", incident.id[:-2]):
        done = run("read", report, "--explain", wanted)
        assert done.exit_code == 0, done.stderr
        assert f"Incident {incident.id}" in done.stdout
        assert "made of" in done.stdout
    event = run("read", report, "--explain", incident.events[0])
    assert "why" in event.stdout
    told = json.loads(run("read", report, "--explain", incident.events[0], "--json").stdout)
    assert told["record"]["id"] == incident.events[0]
    assert told["why"]
    for words in told["words"]:
        assert REPORT[words["start"] : words["end"]] == words["text"]
    missing = run("read", report, "--explain", "nothing")
    assert missing.exit_code == 2
    assert "no such record" in missing.stderr


def test_ask(report: Path) -> None:
    done = run("read", report, "--json", "--ask", "Was there an attack in Jassim?", "--ask", "Who did it?")
    asked = [q for q in decode(done.stdout).questions if q.span is None]
    assert [q.text for q in asked] == ["Was there an attack in Jassim?", "Who did it?"]


def test_demo() -> None:
    done = run("demo", "--only", "01", "--only", "05")
    assert done.exit_code == 0
    assert "Levant Wire" in done.stdout
    assert "Ministry of Interior media office" in done.stdout
    assert "invented" in done.stdout.splitlines()[-1]


def test_readers_config_schema_version() -> None:
    readers = run("readers").stdout
    assert "timexes" in readers
    assert "→" in readers
    config = run("config").stdout
    assert "intake.max_characters" in config
    assert "default" in config
    assert json.loads(run("schema").stdout)["$defs"]["Claim"]
    assert run("--version").stdout.startswith("whence ")


def test_config_tells_where_a_value_is_from(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[intake]\ntimeout = 5\n")
    rows = run("config", "--config", file).stdout.splitlines()
    assert any(r.startswith("intake.timeout") and r.endswith(str(file)) for r in rows)
    assert any(r.startswith("intake.max_download") and r.endswith("default") for r in rows)


def test_gazetteer_find() -> None:
    done = run("gazetteer", "find", "Deraa")
    assert done.exit_code == 0
    assert "SYR" in done.stdout
    assert run("gazetteer", "find", "0000").exit_code == 1


def whence(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "whence", *words], capture_output=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_the_program_itself(report: Path) -> None:
    done = whence("read", str(report), "--jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert decode(done.stdout.strip()).document.text == REPORT
    assert whence("read", "/no/such").returncode == 1
    assert whence("read").returncode == 2
    assert whence("read", "/no/such", str(report), "--jsonl").returncode == 3


def test_output_is_utf8_whatever_the_locale(report: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    report.write_text("“Two men died in Jassim,” he said – on Tuesday.\n")
    for words in (["--jsonl"], ["--json"], []):
        done = whence("read", str(report), *words, env=env)
        assert done.returncode == 0, done.stderr
        assert "“Two men died".encode() in done.stdout or not words


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps({"id": str(n), "text": REPORT * 20}) + "\n" for n in range(64)))
    with subprocess.Popen(
        [sys.executable, "-m", "whence", "read", str(file), "--jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(120) == 0
        assert process.stderr.read() == b""


def test_help_does_not_load_the_model() -> None:
    began = time.perf_counter()
    assert whence("--help").returncode == 0
    assert time.perf_counter() - began < 5  # no measurement, only: not seconds of loading; benchmarks/speed.py measures


def test_an_error_nobody_expected_is_a_message(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from whence.cli import reading

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by\x1b zero")

    monkeypatch.setattr(reading, "engine", broken)
    done = run("read", report)
    assert done.exit_code == 1
    assert "internal error (ZeroDivisionError: by␛ zero)" in done.stderr
    assert "Traceback" not in done.output
    assert isinstance(run("--debug", "read", report).exception, ZeroDivisionError)


def test_a_reader_that_fails_fails_one_document(report: Path, engine: Whence, monkeypatch: pytest.MonkeyPatch) -> None:
    from whence.readers.timexes import TimexReader

    find = TimexReader.__call__

    def broken(self: TimexReader, draft: object, /) -> object:
        if "broken" in draft.text:  # type: ignore[attr-defined]
            raise RuntimeError("no clock")
        return find(self, draft)  # type: ignore[arg-type]

    monkeypatch.setattr(TimexReader, "__call__", broken)
    lines = [{"id": "good", "text": REPORT}, {"id": "bad", "text": "A broken text."}, {"id": "also good", "text": REPORT}]
    done = run("read", "-", "--jsonl", stdin="\n".join(json.dumps(x) for x in lines))
    assert done.exit_code == 3
    rows = [json.loads(r) for r in done.stdout.splitlines()]
    assert ["failure" in r for r in rows] == [False, True, False]
    assert "timexes" in rows[1]["failure"]["message"]


def test_every_command_has_help() -> None:
    def walk(group: click.Group, path: list[str]) -> None:
        for name, command in group.commands.items():
            done = run(*path, name, "--help")
            assert done.exit_code == 0
            assert command.help
            if isinstance(command, click.Group):
                walk(command, [*path, name])

    walk(main, [])
