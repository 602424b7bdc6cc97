"""Reading and keeping in one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from whence.intake import text_source
from whence.keeping import keep, reread
from whence.pipeline import Whence
from whence.records import Failure, Source, failure
from whence.store import Store

REPORT = "Gunmen killed two policemen in the Syrian town of Jassim on Tuesday, three residents told the Daily. Report {n}."


def source(n: int, **more: str) -> Source:
    return text_source(REPORT.format(n=n), identity=f"r{n}", published="2022-03-21", **more)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kept.sqlite")


def states(found: object) -> list[str]:
    return ["failed" if isinstance(o, Failure) else o.state for _, o in found]  # type: ignore[attr-defined]


def never() -> Whence:
    raise AssertionError("nothing was to be read")


def test_what_is_new_is_read_and_kept(store: Store, engine: Whence) -> None:
    french = text_source(
        "Des hommes armés ont tué deux policiers mardi dans la ville, selon des habitants du quartier. " * 3, identity="fr"
    )
    given = [source(1), failure("gone.txt", "not_found", "gone.txt: no such file"), source(2), source(1), french]
    ask: Callable[[], Whence] = lambda: engine  # noqa: E731
    found = list(keep(store, ask, given, batch=3))
    assert [name for name, _ in found] == ["r1", "gone.txt", "r2", "r1", "fr"]
    assert states(found) == ["added", "failed", "added", "present", "failed"]
    assert states(keep(store, never, [source(1), source(2)])) == ["present", "present"]
    assert [r.acled is not None for r in store.reports()] == [True, True]
    assert list(store.verify()) == []


def test_what_no_store_can_hold_fails_alone(store: Store, engine: Whence) -> None:
    bad = msgspec.structs.replace(source(1), title="a\x00b")
    found = list(keep(store, lambda: engine, [bad, source(2)]))
    assert states(found) == ["failed", "added"]
    assert "title holds a NUL" in found[0][1].failure.message  # type: ignore[union-attr]


def test_a_newer_engine_reads_what_older_ones_have_read(store: Store, engine: Whence, monkeypatch: pytest.MonkeyPatch) -> None:
    list(keep(store, lambda: engine, [source(n) for n in range(5)]))
    assert states(reread(store, engine)) == []
    monkeypatch.setattr(engine, "engine", msgspec.structs.replace(engine.engine, version="99"))
    assert states(reread(store, engine, batch=2)) == ["reread"] * 5
    assert states(reread(store, engine)) == []
    document = next(iter(store.documents()))
    assert document.engine == "99"
    assert [r.in_force for r in store.readings(document.id)] == [False, True]
    assert list(store.verify()) == []
