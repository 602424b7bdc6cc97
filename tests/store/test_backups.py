"""Backups: whole or not at all, from either engine into either."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from whence.errors import Conflict, MigrationNeeded, StoreError
from whence.records import Descent, encode
from whence.store import Store
from whence.store.tables import HEAD

from .made import NEWER, item


@pytest.fixture
def full(store: Store) -> Store:
    """A store with something in every table."""
    store.add([item(n) for n in range(30)])
    store.add([item(n, engine=NEWER) for n in range(5)])
    reports = list(store.reports())
    store.judge("correct", reports[0].id, field="country", value="SSD", who="Amna")
    store.judge("hide", reports[1].document, who="Amna", why="a duplicate")
    store.put_clusters("linker/1", [(r.id, "X") for r in reports], mark=("reports", 30))
    store.put_lineage("lineage/1", [Descent(document=reports[0].document, parent=reports[2].document, kind="copies", probability=0.5)])
    return store


def same(a: Store, b: Store) -> None:
    assert a.counts() == b.counts()
    assert [encode(r) for r in a.reports()] == [encode(r) for r in b.reports()]
    assert list(a.documents()) == list(b.documents())
    assert a.judgements() == b.judgements()
    assert a.sources() == b.sources()
    assert len(a.search("convoy", limit=50)) == len(b.search("convoy", limit=50)) == 29
    assert list(b.verify()) == []


@pytest.mark.parametrize("portable", [False, True])
def test_a_backup_is_restored_on_the_same_engine(full: Store, fresh: Callable[[], str], tmp_path: Path, portable: bool) -> None:
    file = tmp_path / "backup"
    full.backup(file, portable=portable)
    with Store(fresh()) as other:
        assert other.restore(file) > 100
        same(full, other)
        with pytest.raises(Conflict, match="not empty"):
            other.restore(file)
        assert other.add([item(n) for n in range(31)])[-1].state == "added"


def test_a_backup_of_one_engine_is_restored_on_the_other(full: Store, tmp_path: Path, server: str, fresh: Callable[[], str]) -> None:
    file = tmp_path / "backup"
    full.backup(file)
    if not full._database.sqlite:
        with Store(tmp_path / "other.sqlite") as other:
            other.restore(file)
            same(full, other)
        return
    import psycopg

    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)")
        connection.execute("CREATE DATABASE restored")
    with Store(server.format(name="restored")) as other:
        other.restore(file)
        same(full, other)


def test_a_backup_can_be_taken_while_others_write(full: Store, fresh: Callable[[], str], tmp_path: Path) -> None:
    with full._database.reading() as connection:
        connection.execute(sa.text("SELECT 1"))
        full.add([item(100)])
        full.backup(tmp_path / "copy")
    with Store(fresh()) as other:
        other.restore(tmp_path / "copy")
        assert list(other.verify()) == []


def test_a_file_that_is_there_is_not_replaced_unasked(full: Store, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    file.write_text("mine")
    with pytest.raises(Conflict, match="--force"):
        full.backup(file)
    assert file.read_text() == "mine"
    full.backup(file, replace=True)
    assert file.stat().st_size > 1000
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []
    with pytest.raises(StoreError):
        full.backup(tmp_path / "no" / "such" / "folder")


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _ended(data: bytes) -> bytes:
    lines = gzip.decompress(data).splitlines(keepends=True)
    return gzip.compress(b"".join(lines[:-1]))


def _changed(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace(b"Nile Courier", b"Blue Courier", 1))


def _older(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace(f'"revision":"{HEAD}"'.encode(), b'"revision":"0000"', 1))


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0x55]) + data[middle + 1 :]


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (_cut, StoreError),
        (_ended, StoreError),
        (_changed, StoreError),
        (_flipped, StoreError),
        (_older, MigrationNeeded),
        (lambda data: b"", StoreError),
        (lambda data: b"Only words.", StoreError),
        (lambda data: gzip.compress(b"Only words."), StoreError),
        (lambda data: gzip.compress(b'{"format":"x","revision":"0001","made":"","rows":{}}\n'), StoreError),
    ],
)
def test_a_damaged_dump_is_refused_and_nothing_is_kept(
    full: Store, fresh: Callable[[], str], tmp_path: Path, harm: Callable[[bytes], bytes], kind: type[StoreError]
) -> None:
    file = tmp_path / "backup"
    full.backup(file, portable=True)
    file.write_bytes(harm(file.read_bytes()))
    with Store(fresh()) as other:
        with pytest.raises(kind, match="backup"):
            other.restore(file)
        assert set(other.counts().values()) == {0}


def test_verify_names_what_was_tampered_with(full: Store) -> None:
    harm = {
        "UPDATE originals SET data = data || data WHERE size % 2 = 0": "original cannot be unpacked",
        "UPDATE originals SET size = size + 1 WHERE size % 2 = 1": "original is not what its SHA-256",
        "UPDATE texts SET text = replace(text, 'guards', 'gourds') WHERE document = 3": "is not the slice",
        "UPDATE reports SET country = 'TCD' WHERE number = 4": "country differ",
        "UPDATE documents SET published = '2020-01-01', url = 'x' WHERE number = 5": None,
        "UPDATE readings SET digest = 'x' WHERE number = 6": "reading 6",
        "DELETE FROM parties WHERE report = 7": "actors and targets differ",
        "DELETE FROM reports WHERE number = 30": "0 reports are kept where the reading has 1",
    }
    for statement in harm:
        sql = statement.replace("data || data", "CAST(data || data AS BLOB)") if full._database.sqlite else statement
        if "DELETE FROM reports" in sql:
            full._database.writing(lambda c: c.execute(sa.text("DELETE FROM parties WHERE report = 30")))
        full._database.writing(lambda c, sql=sql: c.execute(sa.text(sql)))  # type: ignore[misc]
    told = "\n".join(f"{p.what}: {p.message}" for p in full.verify())
    for words in harm.values():
        if words is not None:
            assert words in told
