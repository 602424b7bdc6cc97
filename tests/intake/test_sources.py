"""Files, folders, lines and standard input: every kind of bad input has its failure, and the run goes on."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from whence.config import IntakeSettings
from whence.errors import IntakeError
from whence.intake import Overrides, sources, text_source
from whence.records import Failure, Source

REPORT = "Gunmen killed two policemen in Jassim on Tuesday, residents said. The ministry denied it.\n"


def taken(*names: object, stdin: bytes | None = None, overrides: Overrides | None = None, **settings: int) -> list[Source | Failure]:
    stream = io.BytesIO(stdin) if stdin is not None else None
    return list(
        sources(
            [str(n) for n in names],
            settings=IntakeSettings(**settings),
            overrides=overrides or Overrides(),
            stdin=stream,
        )
    )


def code(item: Source | Failure) -> str:
    return item.failure.code if isinstance(item, Failure) else "read"


def test_a_text_file_is_the_document_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(b"\xef\xbb\xbf  One.\r\n\r\nTwo.\n")
    (item,) = taken(file)
    assert isinstance(item, Source)
    assert item.text == "  One.\r\n\r\nTwo.\n"
    assert item.published is None
    assert item.published_from is None


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\n \n", "empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "empty"),
        ("a.txt", b"\x00\x01\x02" * 99, "binary"),
        ("a.txt", b"%PDF-1.4", "malformed"),
        ("a.txt", b"ab \x81\x8d\x8f\x90\x9d " * 3, "encoding"),
        ("a.txt", b"word", "read"),
        ("a.txt", "\u200f\u0645\u0631\u062d\u0628\u0627 \U0001f600".encode(), "read"),
        ("a.html", b"<html><body></body></html>", "empty"),
        ("a.html", b"<html><script>x()</script>", "empty"),
        ("a.html", b"<p>Two men were <b>killed<p></i></div><td>in Jassim", "read"),
        ("a.html", b"<div>" * 200 + b"Two men were killed.", "read"),
        ("a.html", b"<div>" * 5000 + b"Two men were killed.", "empty"),  # deeper than any browser shows
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"{", "malformed"),
        ("a.jsonl", b"[1]", "malformed"),
        ("a.jsonl", b'{"id": "x"}', "malformed"),
        ("a.jsonl", b'{"id": "x", "text": ""}', "empty"),
        ("a.jsonl", b'{"id": "x", "text": "\\ud800"}', "encoding"),
        ("a.jsonl", b'{"id": "x", "text": "Hello.", "published": "Tuesday"}', "malformed"),
        ("a.jsonl", b'{"id": "x", "text": "caf\xe9"}', "malformed"),
    ],
)
def test_bad_and_odd_files(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    (item,) = taken(file)
    got = code(item)
    if expected == "encoding" and name.endswith("jsonl"):
        assert got in ("encoding", "malformed")  # JSON itself forbids half a surrogate pair
    else:
        assert got == expected
    if isinstance(item, Failure):
        assert item.failure.message


def test_a_missing_file_says_so() -> None:
    (item,) = taken("/no/such/file.txt")
    assert code(item) == "not_found"


def test_too_much_text_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("word " * 1000)
    (item,) = taken(file, max_characters=4999)
    assert code(item) == "too_large"
    (item,) = taken(file, max_characters=100, max_download=100)
    assert code(item) == "too_large"
    assert "intake.max_characters" in item.failure.message if isinstance(item, Failure) else False
    (item,) = taken("-", stdin=b"word " * 1000, max_characters=100, max_download=100)
    assert code(item) == "too_large"
    (item,) = taken(file, max_characters=5000)
    assert code(item) == "read"


def test_lines_go_on_after_a_bad_one(tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    good = {
        "id": "a",
        "text": REPORT,
        "title": "T",
        "publisher": "P",
        "published": "2022-03-21",
        "url": "u",
        "language": "en",
    }
    file.write_text(
        "\n".join(
            [
                json.dumps(good),
                "{bad",
                "",
                json.dumps({"id": 7, "text": REPORT}),
                json.dumps({"id": "a", "text": "Once more."}),
            ]
        )
    )
    found = taken(file)
    assert [code(i) for i in found] == ["read", "malformed", "read", "read"]
    first, bad, third, again = found
    assert isinstance(first, Source)
    assert (first.title, first.publisher, first.published, first.published_from) == ("T", "P", "2022-03-21", "given")
    assert isinstance(bad, Failure)
    assert "line 2" in bad.failure.message
    assert isinstance(third, Source)
    assert isinstance(again, Source)
    assert (third.id, again.id) == ("7", "a#2")


def test_a_folder_is_read_in_order_and_other_files_are_left(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text(REPORT)
    (tmp_path / "a.html").write_text(f"<p>{REPORT}</p>")
    (tmp_path / "sub/c.md").write_text(REPORT)
    (tmp_path / "sub/empty.txt").write_text("")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [(i.id if isinstance(i, Source) else i.document.id, code(i)) for i in taken(tmp_path)] == [
        ("a.html", "read"), ("b.txt", "read"), ("sub/c.md", "read"), ("sub/empty.txt", "empty"),
    ]  # fmt: skip


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    (item,) = taken(tmp_path)
    assert code(item) == "empty"


def test_standard_input_is_text_page_or_lines() -> None:
    (item,) = taken("-", stdin=REPORT.encode())
    assert isinstance(item, Source)
    assert (item.id, item.text) == ("stdin", REPORT)
    (item,) = taken("-", stdin=b"<!doctype html><html><body><p>" + REPORT.encode() + b"</p></body></html>")
    assert isinstance(item, Source)
    assert item.parts
    line = json.dumps({"id": "a", "text": REPORT}).encode()
    assert len(taken("-", stdin=line + b"\n\n" + line)) == 2
    (item,) = taken("-", stdin=b'{"not": "a line"}')
    assert isinstance(item, Source)
    (item,) = taken("-", stdin=b"")
    assert code(item) == "empty"


def test_what_a_person_says_outranks_the_document(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        "<html><head><meta property='article:published_time' content='2022-03-21T10:00:00Z'>"
        f"<meta property='og:site_name' content='The Page'></head><body><h1>A title</h1><p>{REPORT * 4}</p></body></html>"
    )
    (item,) = taken(file)
    assert isinstance(item, Source)
    assert (item.published, item.published_from, item.publisher) == ("2022-03-21", "metadata", "The Page")
    (item,) = taken(file, overrides=Overrides(published="2020-01-02", publisher="Mine", language="en"))
    assert isinstance(item, Source)
    assert (item.published, item.published_from, item.publisher, item.language) == ("2020-01-02", "given", "Mine", "en")


@pytest.mark.parametrize("day", ["2022-03-21", date(2022, 3, 21), datetime(2022, 3, 21, 10, 0)])
def test_a_date_may_be_given_in_any_form(day: str | date) -> None:
    assert text_source("Hello.", identity="x", published=day).published == "2022-03-21"


def test_no_date_is_refused() -> None:
    with pytest.raises(IntakeError, match="YYYY-MM-DD"):
        text_source("Hello.", identity="x", published="last week")
