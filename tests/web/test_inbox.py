"""Adding through the site: the queue, its outcomes, and the process that reads."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from whence.config import Settings
from whence.pipeline import Whence
from whence.store import Store
from whence.web import Inbox, Site
from whence.web.inbox import Line, ReadingProcess, Task, read_and_keep, suffix_of

from .conftest import Client, token


def settled(site: Site) -> None:
    until = time.monotonic() + 20
    while site.inbox.busy:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_files_texts_and_addresses_are_queued_and_their_outcomes_told(client: Client, site: Site) -> None:
    files = [("file", ("a report.html", b"<p>new</p>")), ("file", ("..\\..\\again.txt", b"again")), ("file", ("bad.txt", b"<b>"))]
    form = {"token": token(client), "text": "A pasted report\nbreaks here", "address": "https://example.org/a", "published": "2025-06-08"}
    assert client.post("/inbox/new", data=form, files=files, follow_redirects=False).status_code == 303
    settled(site)
    jobs = client.get("/inbox.json").json()[::-1]
    assert [j["name"] for j in jobs] == ["a report.html", "again.txt", "bad.txt", "pasted: A pasted report.txt", "https://example.org/a"]
    assert [j["lines"][0]["state"] for j in jobs] == ["added", "present", "failed", "failed", "added"]
    page = client.get("/inbox").text
    assert "Already there" in page
    assert "Open in the Reader" in page
    assert "&lt;b&gt;is no document" in page
    assert "no such luck" in page
    assert "hx-trigger" not in page


@pytest.mark.parametrize(
    ("form", "word"),
    [({"address": "file:///etc/passwd"}, "begins with http"), ({"address": "/etc/passwd"}, "begins with http"), ({}, "nothing to add")],
)
def test_what_cannot_be_added_is_told(client: Client, form: dict[str, str], word: str) -> None:
    assert word in client.post("/inbox/new", data={"token": token(client), **form}).text
    assert client.get("/inbox.json").json() == []


def test_a_date_that_is_none_is_refused(client: Client) -> None:
    answer = client.post("/inbox/new", data={"token": token(client), "text": "a text", "published": "last week"}, headers={"accept": "*/*"})
    assert answer.status_code == 400
    assert "last week" in answer.json()["error"]


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.HTML", ".html"), ("a", ".txt"), ("a.b/../..", ".txt"), ("a.jsonl", ".jsonl"), ("a.ü", ".txt")]
)
def test_the_suffix_tells_what_the_bytes_are(name: str, suffix: str) -> None:
    assert suffix_of(Task(name=name)) == suffix


def test_jobs_go_on_after_one_that_broke() -> None:
    def worker(task: Task) -> Iterator[Line]:
        yield Line(name=task.name, state="added", document="D-1")
        if task.name == "a":
            raise MemoryError("too much")

    inbox = Inbox(worker)
    jobs = [inbox.put(Task(name=n)) for n in "ab"]
    while inbox.busy:
        time.sleep(0.01)
    assert [[line.state for line in j.lines] for j in jobs] == [["added", "failed"], ["added"]]
    inbox.close()


def test_documents_are_read_and_kept_under_the_names_they_were_given(tmp_path: Path, engine: Whence) -> None:
    text = b"Gunmen killed two guards in Um Rawaba on Saturday, Radio Kosti said."
    with Store(tmp_path / "kept.sqlite") as store:
        task = Task(name="a report.txt", data=text, published="2025-06-09", publisher="Sahel Post")
        (line,) = read_and_keep(store, lambda: engine, task, Settings())
        assert (line.name, line.state) == ("a report.txt", "added")
        kept = store.document(line.document or "")
        assert (kept.name, kept.publisher, kept.published) == ("a report.txt", "Sahel Post", "2025-06-09")
        (again,) = read_and_keep(store, lambda: engine, task, Settings())
        assert (again.state, again.document) == ("present", line.document)
        (bad,) = read_and_keep(store, lambda: engine, Task(name="photo.txt", data=b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00"), Settings())
        assert bad.state == "failed"
        assert "photo.txt" in (bad.reason or "")
        assert "/tmp" not in (bad.reason or "")


def test_a_process_that_dies_is_told_and_started_again(tmp_path: Path) -> None:
    worker = ReadingProcess(str(tmp_path / "kept.sqlite"), Settings())
    first = list(worker(Task(name="empty.txt", data=b" ")))
    assert [line.state for line in first] == ["failed"]
    assert "is empty" in (first[0].reason or "")
    worker._process.kill()
    worker._process.join()
    assert [line.state for line in worker(Task(name="empty.txt", data=b" "))] == ["failed"]
    worker.close()
