"""Reading and linking on Spark give the records that reading and linking here give; a stopped run goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.intake import made
from whence import cluster
from whence.cli import main
from whence.cli.reading import demo_sources
from whence.config import Settings
from whence.errors import Conflict, IntakeError, NotFound
from whence.intake import Overrides, sources
from whence.linking import ENGINE
from whence.linking import link as link_here
from whence.pipeline import Whence
from whence.records import Failure, encode
from whence.store import Item, Store, captured

pytest.importorskip("pyspark", reason="the extra spark is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="the extra spark is not installed")
if shutil.which("java") is None:
    pytest.skip("Java is not there, and Spark wants it", allow_module_level=True)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with cluster.session("local[2]") as found:
        yield found


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration reports as lines, and lines that are none."""
    file = tmp_path_factory.mktemp("in") / "reports.jsonl"
    fields = ("id", "text", "title", "publisher", "published", "url", "language")
    rows = [json.dumps({f: getattr(s, f) for f in fields if getattr(s, f)}, ensure_ascii=False) for s in demo_sources()]
    rows += ['{"id": "empty", "text": " "}', '{"id": "french", "text": "x", "language": "fr"}', "no JSON", ""]
    file.write_text("\n".join(rows) + "\n", encoding="utf8")
    return file


@pytest.fixture(scope="module")
def out(spark: Any, reports: Path, tmp_path_factory: pytest.TempPathFactory, engine: Whence) -> Path:
    folder = tmp_path_factory.mktemp("out")
    done = cluster.read(spark, str(reports), folder, settings=engine.settings, portions=2)
    assert (done.documents, done.failed, done.left) == (17, 3, 0)
    return folder


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / table).to_pylist()
    return found


def test_the_records_are_those_of_the_local_path(out: Path, reports: Path, engine: Whence) -> None:
    here = engine.read_many(sources([str(reports)], settings=engine.settings.intake, overrides=Overrides()))
    expected = {i.document.id: None if isinstance(i, Failure) else encode(i).decode() for i in here}
    there = {r["document"]: r["reading"] for r in rows(out, "readings")}
    assert {k: v for k, v in there.items() if v} == {k: v for k, v in expected.items() if v}
    assert len(there) == len(expected)


def test_failures_are_kept_with_their_reason(out: Path) -> None:
    found = {r["document"]: (r["code"], r["message"]) for r in rows(out, "failures")}
    assert found["empty"][0] == "empty"
    assert found["french"][0] == "language"
    assert len([k for k in found if k.startswith("reports.jsonl, line ")]) == 1
    assert {code for code, _ in found.values()} == {"empty", "language", "malformed"}


def test_flat_tables_say_what_the_readings_say(out: Path, demo_readings: dict[str, Any]) -> None:
    documents = {r["document"]: r for r in rows(out, "documents")}
    assert set(documents) == set(demo_readings)
    for name, reading in demo_readings.items():
        assert documents[name]["incidents"] == len(reading.incidents)
        assert documents[name]["events"] == len(reading.events) == sum(e["document"] == name for e in rows(out, "events"))
        assert len(reading.claims) == sum(c["document"] == name for c in rows(out, "claims"))
        for claim in (c for c in rows(out, "claims") if c["document"] == name):
            assert reading.document.text[claim["start"] :].startswith(claim["words"].split(" […] ")[0])
    assert len(rows(out, "reports")) == sum(len(r.incidents) for r in demo_readings.values())
    kept = [r for r in rows(out, "reports") if r["killed_low"] is not None]
    assert kept
    assert all(r["killed_high"] is None or r["killed_high"] >= r["killed_low"] for r in kept)


def test_a_stopped_run_goes_on(spark: Any, out: Path, reports: Path, engine: Whence, tmp_path: Path) -> None:
    half = tmp_path / "half"
    shutil.copytree(out, half)
    shutil.rmtree(half / "failures")
    (half / "readings/portion=00001/_SUCCESS").unlink()
    untouched = {p.name: p.stat().st_mtime_ns for p in (half / "readings/portion=00000").iterdir()}
    done = cluster.read(spark, str(reports), half, settings=engine.settings, portions=7)
    assert (done.left, done.portions) == (1, 2)  # it keeps to the plan it began with
    assert {p.name: p.stat().st_mtime_ns for p in (half / "readings/portion=00000").iterdir()} == untouched
    for table in ("readings", "failures", "reports"):
        assert sorted(map(str, rows(half, table))) == sorted(map(str, rows(out, table)))


def test_other_input_does_not_go_into_the_same_folder(spark: Any, out: Path, reports: Path, engine: Whence, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "a", "text": "Nothing."}\n')
    with pytest.raises(Conflict, match="another input"):
        cluster.read(spark, str(other), out, settings=engine.settings)
    with pytest.raises(Conflict, match="not empty"):
        cluster.read(spark, str(other), tmp_path, settings=engine.settings)


def test_parquet_and_warc_are_read(spark: Any, engine: Whence, tmp_path: Path) -> None:
    import pyarrow as pa

    chosen = demo_sources()[:2]
    (tmp_path / "table").mkdir()
    pq.write_table(
        pa.table({"id": [s.id for s in chosen], "text": [s.text for s in chosen], "published": [s.published for s in chosen], "x": [1, 2]}),
        tmp_path / "table/part.parquet",
    )
    done = cluster.read(spark, str(tmp_path / "table"), tmp_path / "a", settings=engine.settings, portions=1)
    assert (done.documents, done.failed) == (2, 0)
    assert sorted(r["document"] for r in rows(tmp_path / "a", "documents")) == sorted(s.id for s in chosen)

    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(made.record("https://example.org/a", made.page("Two killed in Nawa", chosen[0].text)))
    done = cluster.read(spark, str(archive), tmp_path / "b", settings=engine.settings, portions=1)
    here = list(engine.read_many(sources([str(archive)], settings=engine.settings.intake, overrides=Overrides())))
    assert [r["reading"] for r in rows(tmp_path / "b", "readings")] == [encode(i).decode() for i in here]


def test_what_cannot_be_read_says_so(spark: Any, engine: Whence, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="no such"):
        cluster.read(spark, str(tmp_path / "none"), tmp_path / "out", settings=engine.settings)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(IntakeError, match="no JSONL"):
        cluster.read(spark, str(tmp_path), tmp_path / "out", settings=engine.settings)
    with pytest.raises(NotFound, match="cluster read"):
        cluster.link(spark, tmp_path / "out")


def test_linking_is_that_of_the_store(spark: Any, out: Path, engine: Whence, tmp_path: Path) -> None:
    done = cluster.link(spark, out)
    with Store(tmp_path / "kept.sqlite") as store:
        names = {}
        for source in demo_sources():
            store.add([Item(capture=captured(source), reading=engine.read(source))])
            names[captured(source).id] = source.id
        link_here(store)
        told = {r.id: (names[r.document], r.incident) for r in store.reports()}
        expected = {frozenset((told[k.a], told[k.b])): k.probability for k in store.links(ENGINE)}
        groups: dict[str, set[tuple[str, str]]] = {}
        for report, incident in store.clusters_of(ENGINE, list(told)).items():
            groups.setdefault(incident, set()).add(told[report])
    mine = {r["report"]: (r["document"], r["incident"]) for r in rows(out, "reports")}
    found = {frozenset((mine[r["a"]], mine[r["b"]])): r["probability"] for r in rows(out, "links")}
    assert found == expected
    assert found
    clusters: dict[str, set[tuple[str, str]]] = {}
    for row in rows(out, "incidents"):
        clusters.setdefault(row["incident"], set()).add(mine[row["report"]])
    assert sorted(map(sorted, clusters.values())) == sorted(map(sorted, groups.values()))
    assert done.incidents == len(groups)


def test_without_java_the_command_says_what_to_do(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    done = CliRunner().invoke(main, ["cluster", "read", str(reports), str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "openjdk" in done.stderr


def test_settings_travel_whole() -> None:
    import msgspec

    assert msgspec.json.decode(msgspec.json.encode(Settings()), type=Settings) == Settings()
