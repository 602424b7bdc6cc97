"""What keeps other sites out: policy, host, origin, token."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from whence.store import Store
from whence.web.guarding import hostname
from whence.web.pages.judging import local

from .conftest import Client, token

ROOT = Path(__file__).parents[2] / "src/whence/web"


@pytest.mark.parametrize(
    "address", ["/reports", "/reports.json", "/nowhere", "/documents/D-none", "/static/site.js", "/schema/openapi.json"]
)
def test_every_answer_has_a_strict_policy(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_no_template_has_what_the_policy_would_refuse() -> None:
    for path in (ROOT / "templates").glob("*.html"):
        page = path.read_text(encoding="utf8")
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), f"{path.name}: inline script"
        assert not re.search(r"\son\w+=", page), f"{path.name}: inline handler"
        assert not re.search(r"\sstyle=|<style", page), f"{path.name}: inline style"
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page), f"{path.name}: loads from elsewhere"
        assert "| safe" not in page, f"{path.name}: unescaped"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8321", "127.0.0.1.evil.example", "", "192.168.1.5:8321", "[::2]"])
def test_other_hosts_are_refused(client: Client, host: str) -> None:
    answer = client.get("/reports", headers={"host": host})
    assert answer.status_code == 421
    assert "incident report" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8321", "[::1]:8321"])
def test_loopback_is_answered(client: Client, host: str) -> None:
    assert client.get("/reports", headers={"host": host}).status_code == 200


def test_the_name_of_a_host() -> None:
    assert [hostname(h) for h in ("A.b:80", "[::1]:80", "[::1]", "x")] == ["a.b", "[::1]", "[::1]", "x"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_the_token(client: Client, store: Store, headers: dict[str, str]) -> None:
    report = next(iter(store.reports()))
    form = {"token": token(client), "kind": "hide", "subject": report.id, "why": "because"}
    assert client.post("/judgements", data=form, headers=headers).status_code == 403
    assert store.judgements() == []


@pytest.mark.parametrize("given", [None, "", "wrong", "ümlaut"])
def test_a_form_without_the_token_is_refused(client: Client, store: Store, given: str | None) -> None:
    report = next(iter(store.reports()))
    form = {"kind": "hide", "subject": report.id, "why": "because"} | ({"token": given} if given is not None else {})
    assert client.post("/judgements", data=form).status_code == 403
    assert client.post("/inbox/new", data=form, files={"file": ("a.txt", b"text")}).status_code == 403
    assert store.judgements() == []
    assert client.get("/inbox.json").json() == []


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y", ""])
def test_a_form_leads_back_to_this_site_only(back: str) -> None:
    assert local(back) is None


def test_files_outside_the_static_folder_are_not_given(client: Client) -> None:
    for path in ("/static/../application.py", "/static/%2e%2e/application.py", "/static/..%2fapplication.py"):
        assert client.get(path).status_code in (404, 421)
