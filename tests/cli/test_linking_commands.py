"""The commands across documents: their output, forms and exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whence.cli import main
from whence.pipeline import Whence

FIRST = (
    "JASIM, Syria, March 22 (Levant Wire) - Gunmen opened fire on a police patrol near the grain silos of Jasim on Tuesday, killing four "
    "policemen and wounding two.\n\n"
    '"The guards had changed shifts five minutes earlier," Nidal Hourani, a mechanic, told Levant Wire. The wounded were taken to the '
    "district hospital in Inkhil."
)
SECOND = (
    "Five policemen were killed when armed men attacked their patrol near the silos in Jasim on Tuesday, Levant Wire reported.\n\n"
    '"The guards had changed shifts five minutes earlier," Nidal Hourani, a mechanic, told Levant Wire. The district hospital in Inkhil '
    "admitted the wounded."
)
THIRD = (
    "About 200 people protested in Inkhil on Friday, March 18, against power cuts. Residents told Hawran Voice that shops stayed closed."
)


@pytest.fixture(autouse=True)
def _here(engine: Whence, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One engine for the whole run, and a store of the test's own with three reports in it."""
    from whence.cli import reading

    monkeypatch.setattr(reading, "engine", lambda settings, *, ask=(): engine)
    monkeypatch.setenv("WHENCE_STORE", str(tmp_path / "kept.sqlite"))
    told = (
        ("a", FIRST, "Levant Wire", "2022-03-22"),
        ("b", SECOND, "Orontes Daily", "2022-03-23"),
        ("c", THIRD, "Hawran Voice", "2022-03-20"),
    )
    rows = [{"id": i, "text": text, "publisher": outlet, "published": day} for i, text, outlet, day in told]
    assert run("add", "-", "--quiet", stdin="".join(json.dumps(r) + "\n" for r in rows)).exit_code == 0


def run(*words: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], input=stdin, prog_name="whence")


def test_incidents_in_all_forms() -> None:
    rows = json.loads(run("incidents", "--json").stdout)
    shooting = next(r for r in rows if len(r["documents"]) == 2)
    assert len(shooting["origins"]) == 1
    assert shooting["disputed"]
    table = run("incidents", "--type", "PROTEST")
    assert table.exit_code == 0
    assert "Inkhil" in table.stdout
    assert "Jāsim" not in table.stdout
    told = list(csv.DictReader(io.StringIO(run("incidents", "--csv", "--rule", "range").stdout)))
    assert {"4 / 4 / 5"} <= {r["killed"] for r in told}
    assert [r["disputed_fields"] for r in told if r["disputed"] == "True"] == ["killed"]
    assert json.loads(run("incidents", "--json", "--origins", "2").stdout) == []
    assert "no such incident" in run("incidents", "--country", "SDN").stderr


def test_one_incident_with_its_whole_account() -> None:
    name = next(r["id"] for r in json.loads(run("incidents", "--json").stdout) if len(r["documents"]) == 2)
    told = run("incident", name[:8], "--why", "--plain")
    assert told.exit_code == 0
    for words in ("DISPUTED", "1 independent origin", "own reporting of levant wire", "Orontes Daily", "cites Levant Wire", "place: same"):
        assert words in told.stdout
    whole = json.loads(run("incident", name, "--json").stdout)
    assert {r["publisher"] for r in whole["reports"]} == {"Levant Wire", "Orontes Daily"}
    assert whole["links"][0]["probability"] > 0.5
    by_report = run("incident", whole["reports"][0]["id"], "--json")
    assert json.loads(by_report.stdout)["incident"]["id"] == name
    missing = run("incident", "I-nothing")
    assert missing.exit_code == 1
    assert "whence incidents" in missing.stderr


def test_lineage_of_a_document_an_incident_and_a_source() -> None:
    documents = {d["publisher"]: d["id"] for d in json.loads(run("documents", "--json").stdout)}
    edges = json.loads(run("lineage", documents["Orontes Daily"], "--json").stdout)
    assert [(e["parent"], e["kind"]) for e in edges] == [(documents["Levant Wire"], "cites")]
    told = run("lineage", documents["Levant Wire"][:10], "--plain")
    assert "Orontes Daily" in told.stdout
    alone = run("lineage", documents["Hawran Voice"])
    assert alone.exit_code == 0
    assert "nothing is known" in alone.stderr


def test_a_judgement_tears_an_incident_apart() -> None:
    name = next(r["id"] for r in json.loads(run("incidents", "--json").stdout) if len(r["documents"]) == 2)
    one, other = (r["id"] for r in json.loads(run("incident", name, "--json").stdout)["reports"])
    assert run("judge", "not-same", one, other, "--who", "Amna").exit_code == 0
    assert all(len(r["documents"]) == 1 for r in json.loads(run("incidents", "--json").stdout))


def test_ask_the_store_and_a_file(tmp_path: Path) -> None:
    told = run("ask", "Did gunmen open fire on a police patrol in Jasim?", "--plain")
    assert told.exit_code == 0
    whole = json.loads(run("ask", "Was there a protest in Inkhil?", "--json").stdout)
    assert [b["publisher"] for b in whole["bearings"] if b["side"] == "for"] == ["Hawran Voice"] * len(whole["bearings"])
    assert whole["verdict"].startswith("Said by 1 origin")
    file = tmp_path / "a.txt"
    file.write_text(FIRST)
    alone = run("ask", "Was there a protest in Inkhil?", file)
    assert "Open" in alone.stdout
    assert run("ask", "Was there a protest?", "/no/such").exit_code == 1
    assert run("ask", " ").exit_code == 2
