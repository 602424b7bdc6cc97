"""The site over a store of documents written by hand, without a language model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("litestar", reason="the review site wants the extra web")

from litestar.testing import TestClient

from tests.store.made import item, reading
from whence.store import Item, Store, captured
from whence.web import Inbox, Site, application
from whence.web.inbox import Line, Task

Client = TestClient  # type: ignore[type-arg]


def pretend(task: Task) -> Iterator[Line]:
    """A worker that reads nothing: what it is given decides the outcome."""
    data = (task.data or b"").decode()
    if "breaks" in data:
        raise RuntimeError("no such luck")
    if "<b>" in data:
        yield Line(name=task.name, state="failed", reason="<b>is no document</b>")
    else:
        yield Line(name=task.name, state="present" if "again" in data else "added", document="D-1234567890abcdef", reports=2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "kept.sqlite") as opened:
        opened.add([item(n, place=place) for n, place in enumerate(("Um Rawaba", "El Obeid", "Kosti"))])
        yield opened


@pytest.fixture
def site(store: Store) -> Iterator[Site]:
    made = Site(store, Inbox(pretend), who="Nadia")
    assert made.settler.settle(30), made.settler.problem
    yield made
    made.close()


@pytest.fixture
def client(site: Site) -> Iterator[Client]:
    with TestClient(application(site), base_url="http://127.0.0.1:8321") as made:
        yield made


def keep(store: Store, text: str, **more: object) -> str:
    """A document of some text with a reading that finds the incident of `made` in it; its id."""
    from whence.intake import text_source

    base = item(50).capture.source
    whole = f"{base.text}\n\n{text}"
    of = text_source(whole, identity="given", **{"publisher": "Sahel Post", "published": "2025-06-08", **more})  # type: ignore[arg-type]
    return store.add([Item(capture=captured(of), reading=reading(of))])[0].document


def token(client: Client) -> str:
    """The token that stands in the forms of the site."""
    found = re.search(r'name="token" value="([^"]+)"', client.get("/inbox").text)
    assert found
    return found[1]
