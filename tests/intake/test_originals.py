"""What a source came from: its bytes as they were, and which fields were said of it beside them."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest

from whence.config import IntakeSettings
from whence.intake import Overrides, sources, text_source
from whence.intake import sources as _sources
from whence.intake.fetching import Answer
from whence.records import Retrieval, Source

PAGE = b"<html><head><title>Two killed</title></head><body><h1>Two killed</h1><p>Two men died in Jassim \x96 on Tuesday.</p></body></html>"


def answer(body: bytes) -> Answer:
    final = "https://example.org/final"
    retrieval = Retrieval(
        asked="https://example.org/first", final=final, redirects=(), at="2022-03-21T10:00:00Z", status=200, address="192.0.2.1",
        content_type=None, etag=None, modified=None, sha256=hashlib.sha256(body).hexdigest(),
    )  # fmt: skip
    return Answer(body=body, url=final, charset=None, retrieval=retrieval)


def only(name: object, overrides: Overrides | None = None, stdin: bytes | None = None) -> Source:
    (found,) = sources(
        [str(name)], settings=IntakeSettings(), overrides=overrides or Overrides(), stdin=io.BytesIO(stdin) if stdin is not None else None
    )
    assert isinstance(found, Source)
    return found


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"\xef\xbb\xbfTwo men died.\r\n"),
        ("b.txt", "Two men died in Jassim on Tuesday, residents told the “Daily”.".encode("cp1252")),
        ("c.html", PAGE),
        ("d", PAGE),
    ],
)
def test_the_bytes_of_a_file_are_kept(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    found = only(file)
    assert found.original == data
    assert found.given == ()
    assert only("-", stdin=data).original == data


def test_the_bytes_of_a_line_are_the_line(tmp_path: Path) -> None:
    line = json.dumps({"id": 1, "text": "Two men died.", "title": "Two"}).encode()
    file = tmp_path / "lines.jsonl"
    file.write_bytes(line + b"\r\n")
    assert only(file).original == line
    assert only("-", stdin=line + b"\n").original == line


def test_what_a_person_said_is_named(tmp_path: Path) -> None:
    file = tmp_path / "c.html"
    file.write_bytes(PAGE)
    found = only(file, Overrides(published="2022-03-21", publisher="The Daily"))
    assert found.given == ("published", "publisher")
    assert found.title == "Two killed"


def test_what_is_fetched_is_known_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    module = sys.modules[_sources.__module__]
    monkeypatch.setattr(module, "fetch", lambda url, **_: answer(PAGE))
    found = only("https://example.org/first")
    assert (found.url, found.given, found.original) == ("https://example.org/final", ("url",), PAGE)
    assert found.retrieval is not None
    assert found.retrieval.sha256 == hashlib.sha256(PAGE).hexdigest()
    monkeypatch.setattr(module, "fetch", lambda url, **_: answer(b"Two men died in Jassim."))
    assert only("https://example.org/first").url == "https://example.org/final"


def test_a_text_given_in_python_names_what_is_known_of_it() -> None:
    found = text_source("Two men died.", identity="x", title="Two", published="2022-03-21")
    assert (found.given, found.original) == (("title", "published"), None)
