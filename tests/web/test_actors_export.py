"""Actors, formats, and how the reports of sources have stood."""

from __future__ import annotations

import sys
import types

import pytest

from whence.store import Store

from .conftest import Client
from .test_incidents import linked

__all__ = ["linked"]


def test_who_with_whom(client: Client, linked: Store) -> None:
    found = {a["name"]: a for a in client.get("/actors.json").json()}
    assert found["Gunmen"]["acting"] >= 1
    assert [a["name"] for a in client.get("/actors.json?like=gun").json()] == ["Gunmen"]
    profile = client.get("/actor.json?key=gunmen").json()
    assert profile["dealings"][0]["other"] == "guards"
    assert profile["incidents"]
    assert "against" in client.get("/actor?key=gunmen").text
    assert client.get("/actor?key=nobody", headers={"accept": "text/html"}).status_code == 404
    assert client.get("/actors.csv").text.splitlines()[0] == "name,type,acting,targeted"


def test_formats_say_what_they_cannot_carry(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {f["name"] for f in client.get("/export.json").json()}
    assert {"csv", "geojson", "json", "reports"} <= names
    assert all(f["cannot"] for f in client.get("/export.json").json() if f["path"])
    module = types.ModuleType("whence.exports")
    module.FORMATS = {"ufed": types.SimpleNamespace(title="UFED", cannot=("ranges",))}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "whence.exports", module)
    made = next(f for f in client.get("/export.json").json() if f["name"] == "ufed")
    assert made["cannot"] == ["ranges"]
    assert made["command"] == "whence export ufed"
    page = client.get("/export?country=SDN").text
    assert "whence export ufed" in page
    assert "country=SDN" in page


def test_how_sources_have_stood(client: Client, linked: Store) -> None:
    report = next(iter(linked.reports()))
    linked.judge("correct", report.id, who="Amna", field="injured", value="2")
    linked.judge("credibility", report.id, who="Amna", value="5")
    source = next(s for s in linked.sources() if s.name == report.publisher)
    standing = client.get("/standings.json").json()[source.id]
    assert (standing["corrected"], standing["doubted"]) == (1, 1)
    assert standing["reports"] >= standing["disputed"] >= 1
    assert "1 corrected here" in client.get(f"/sources/{source.id}").text
    assert "Corrected" in client.get("/sources").text
