"""`whence export`, `compare` and `import-rows` as they are called."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from tests.store.made import item, reading, source
from tests.test_exporting import elsewhere

from whence.cli import main
from whence.cli.exporting import FORMATS
from whence.exports import MODULES, format_of
from whence.records import encode
from whence.store import Store

HEAD = "event_date,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,fatalities,notes"
SAME = "2025-06-07,Battles,Armed clash,Gunmen,Military Forces of Sudan,Sudan,North Kordofan,Um Rawaba,12.9,31.2,3,Gunmen ambushed a convoy."
NONE = b'{"schema":"whence.reading/1"}'
OTHER = SAME.replace("Um Rawaba,12.9,31.2", "Sodari,14.4,29.1").replace("a convoy", "a post")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHENCE_STORE", str(tmp_path / "kept.sqlite"))
    with Store(tmp_path / "kept.sqlite") as store:
        store.add([item(n, publisher=p) for n, p in enumerate(("Sahel Post", "Radio Kosti"))])


def run(*words: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], input=stdin)


def theirs(folder: Path, *lines: str) -> Path:
    path = folder / "theirs.csv"
    path.write_text("\n".join((HEAD, *lines, "")), encoding="utf8")
    return path


def test_the_formats_of_the_command_are_those_of_the_package() -> None:
    assert set(FORMATS) == set(MODULES)


@pytest.mark.parametrize("name", [f for f in FORMATS if f != "claimreview"])
def test_every_format_from_the_store(name: str, tmp_path: Path) -> None:
    out, losses = tmp_path / "out", tmp_path / "losses.json"
    done = run("export", name, "--out", out, "--losses", losses)
    assert done.exit_code == 0, done.output
    assert format_of(name).check(out) == []
    assert json.loads(losses.read_text(encoding="utf8"))["written"] == 1
    assert "1 of 1 incidents written" in done.stderr


def test_nothing_judged_is_nothing_to_write() -> None:
    done = run("export", "claimreview")
    assert done.exit_code == 1
    assert "no person has judged it" in done.stderr


def test_a_reading_from_standard_input_and_many_from_a_file(tmp_path: Path) -> None:
    one = encode(reading(source(1)))
    piped = run("export", "acled", "-", stdin=msgspec.json.format(one, indent=2))
    assert piped.exit_code == 0, piped.output
    (row,) = csv.DictReader(io.StringIO(piped.stdout))
    assert (row["fatalities"], row["timestamp"]) == ("4", "")
    file = tmp_path / "readings.jsonl"
    failure = b'{"schema":"whence.reading/1","document":{"id":"x"},"failure":{"code":"empty","message":"no"}}'
    file.write_bytes(b"\n".join((one, failure, encode(elsewhere(2).reading))))
    assert len(list(csv.DictReader(io.StringIO(run("export", "acled", "--file", file).stdout)))) == 2
    assert run("export", "acled", "--file", file).stdout == run("export", "acled", file).stdout


@pytest.mark.parametrize(
    "data", [b"", b"hello", b'{"schema": "whence.reading/1"}', b'{"schema":"whence.reading/1"}\n{"schema":"whence.reading/1"}']
)
def test_what_is_no_reading_is_said(data: bytes) -> None:
    done = run("export", "acled", "-", stdin=data)
    assert done.exit_code == 1
    assert "standard input" in done.stderr or "-:" in done.stderr or "-, line 1" in done.stderr


def test_withheld_names(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Nile Courier\tan outlet\n", encoding="utf8")
    done = run("export", "geojson", "--redact", names)
    assert done.exit_code == 0
    assert "Nile Courier" not in done.stdout
    assert "an outlet" in done.stdout


def test_compare(tmp_path: Path) -> None:
    path = theirs(tmp_path, SAME, OTHER)
    done = run("compare", path)
    assert done.exit_code == 0, done.output
    assert "1 matched, 1 only theirs, 0 only ours" in " ".join(done.stdout.split())
    assert run("compare", path, "--strict").exit_code == 3
    told = json.loads(run("compare", path, "--json").stdout)
    assert [m["line"] for m in told["matches"]] == [2]
    lines = list(csv.DictReader(io.StringIO(run("compare", path, "--csv").stdout)))
    assert {r["kind"] for r in lines} == {"match", "only theirs"}
    assert run("compare", path, "--csv", "--json").exit_code == 2
    assert run("compare", theirs(tmp_path, SAME), "--strict").exit_code == 0


def test_compare_says_what_a_file_is_not(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("a,b\n1,2\n", encoding="utf8")
    done = run("compare", path)
    assert done.exit_code == 1
    assert "neither ACLED's" in done.stderr


def test_import_rows(tmp_path: Path) -> None:
    path, out = theirs(tmp_path, SAME, OTHER), tmp_path / "set.jsonl"
    done = run("import-rows", path, out)
    assert done.exit_code == 0, done.output
    made = [json.loads(x) for x in out.read_text(encoding="utf8").splitlines()]
    assert [m["gold"]["location"] for m in made] == ["Um Rawaba", "Sodari"]
    assert run("import-rows", path, out).exit_code == 1
    assert run("import-rows", path, out, "--force").exit_code == 0
    bad = theirs(tmp_path, SAME.replace("2025-06-07", "soon"))
    assert run("import-rows", bad, tmp_path / "bad.jsonl").exit_code == 1
    assert not (tmp_path / "bad.jsonl").exists()
