"""Files that are broken, or made to do harm: each is refused with a reason that names it, and nothing else happens."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from whence.errors import IntakeError, RequirementError
from whence.intake import material
from whence.records import Failure, Source

from . import made
from .made import REPORT
from .test_kinds import BODY, taken

SHEET = made.pdf([made.column(BODY)])
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def named(member: str, data: bytes = b"Shelling in Nawa.", *, attributes: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = info.orig_filename = member  # as it is, where the library would mend it
        info.external_attr = attributes << 16
        archive.writestr(info, data)
    return out.getvalue()


def nested(depth: int) -> bytes:
    data, name = REPORT.encode(), "report.txt"
    for _ in range(depth):
        data, name = made.zipped([(name, data)]), "inner.zip"
    return data


def overlapping() -> bytes:
    """An archive that lists one member many times, as the better bombs do."""
    data = bytearray(made.zipped([("a.txt", b"x" * 100_000)]))
    end = data.rfind(b"PK\x05\x06")
    start = data.rfind(b"PK\x01\x02")
    entry = bytes(data[start:end])
    tail = bytearray(data[end:])
    struct.pack_into("<HH", tail, 8, 50, 50)
    struct.pack_into("<L", tail, 12, 50 * len(entry))
    return bytes(data[:start]) + entry * 50 + bytes(tail)


def encrypted() -> bytes:
    data = bytearray(made.zipped([("a.txt", REPORT.encode())]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    return bytes(data)


def mail_of_parts(count: int) -> bytes:
    return b'From: a@b\nSubject: x\nContent-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\nword\n" * count + b"--x--\n"


def mail_in_mail(depth: int) -> bytes:
    data = made.message("The innermost.")
    for _ in range(depth):
        data = b"From: a@b\nSubject: x\nDate: 5 Mar 2024 10:00 +0000\nContent-Type: message/rfc822\n\n" + data
    return data


BAD: list[tuple[str, bytes, str]] = [
    # PDF
    ("a.pdf", b"", "empty"),
    ("a.pdf", b"<html>404 Not Found</html>", "malformed"),
    ("a.pdf", SHEET[:150], "malformed"),
    ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, "malformed"),
    ("a.pdf", made.pdf([made.column(BODY)], encrypt=True), "encrypted"),
    ("a.pdf", made.pdf([[]] * 3, picture=True), "empty"),
    ("a.pdf", made.pdf([[(290, 40, 9, f"Page {n} of 9")] for n in range(9)]), "empty"),
    # DOCX
    ("a.docx", b"word", "malformed"),
    ("a.docx", made.zipped([("[Content_Types].xml", b"<Types/>")]), "malformed"),
    ("a.docx", made.docx("<w:p>"), "malformed"),
    ("a.docx", made.docx(""), "empty"),
    ("a.docx", made.docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "empty"),
    ("a.docx", made.docx(made.paragraph("x"), before=LAUGHS), "unsafe"),
    ("a.docx", made.docx(made.paragraph("x"), before=OUTSIDE), "unsafe"),
    ("a.docx", made.docx("<w:p><w:r><w:t>" + "a" * 60_000_000 + "</w:t></w:r></w:p>"), "unsafe"),
    ("a.docx", made.docx(made.paragraph(REPORT))[:400], "malformed"),
    # office files that are something else
    ("a.zip", made.zipped([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")]), "unsupported"),
    ("a.zip", made.zipped([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]), "unsupported"),
    ("a", b"\xd0\xcf\x11\xe0" + bytes(600), "unsupported"),
    ("a.txt", b"Rar!\x1a\x07\x01\x00", "unsupported"),
    ("a", b"{\\rtf1 Hello.}", "unsupported"),
    # ZIP
    ("a.zip", b"PK\x03\x04 and nothing", "malformed"),
    ("a.zip", made.zipped([("a.txt", REPORT.encode() * 99)])[:-40], "malformed"),
    ("a.zip", made.zipped([]), "empty"),
    ("a.zip", made.zipped([("photo.jpg", b"\xff\xd8\xff")]), "empty"),
    ("a.zip", named("../../etc/cron.d/a.txt"), "unsafe"),
    ("a.zip", named("..\\..\\a.txt"), "unsafe"),
    ("a.zip", named("/etc/a.txt"), "unsafe"),
    ("a.zip", named("C:\\a.txt"), "unsafe"),
    ("a.zip", named("a.txt", b"/etc/passwd", attributes=0o120777), "unsafe"),
    ("a.zip", encrypted(), "encrypted"),
    ("a.zip", nested(6), "unsafe"),
    ("a.zip", overlapping(), "unsafe"),
    ("a.zip", made.zipped([("a.txt", b"a" * 30_000_000)]), "unsafe"),
    ("a.zip", made.zipped([("b.zip", made.zipped([("c.csv", b"a" * 30_000_000)]))]), "unsafe"),
    # gzip
    ("a.gz", b"\x1f\x8b\x08 nothing", "malformed"),
    ("a.gz", gzip.compress(REPORT.encode() * 9)[:-20], "malformed"),
    ("a.txt.gz", gzip.compress(b"a" * 30_000_000), "unsafe"),
    ("a.gz", gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"Hello."))))), "unsafe"),
    ("a.tar.gz", gzip.compress(b"a.txt".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0")), "unsupported"),
    # messages
    ("a.eml", b"", "empty"),
    ("a.eml", b"Hello, there.\n\nNo headers.", "malformed"),
    ("a.eml", b"From: a@b\nSubject: x\n\n", "empty"),
    ("a.eml", mail_of_parts(5000), "unsafe"),
    ("a.eml", b"From: a@b\nContent-Type: text/plain; charset=utf-8\n\n\x00\x01\x02" * 9, "binary"),
    ("a.eml", mail_in_mail(9), "unsafe"),
    ("a.mbox", b"Hello.", "malformed"),
    ("a.mbox", b"From a Tue Mar  5 22:41:00 2024\n\n\n", "malformed"),
    # tables
    ("a.csv", b"", "empty"),
    ("a.csv", b"id,number\n1,2\n", "malformed"),
    ("a.csv", b"id,text\n1,\n", "empty"),
    ("a.csv", b"\x00\x01\x02\x03" * 200, "binary"),
    ("a.csv", b'id,text\n1,"' + b"a" * 17_000_000, "malformed"),
    # chats and other JSON
    ("a.json", b'{"a": 1}', "unsupported"),
    ("a.json", b'{"name": "x", "messages": []}', "empty"),
    ("a.json", b'{"name": "x", "messages": [{"id": 1, "text": "Hello', "malformed"),
    ("a.json", b'{"name": "x", "messages": [' + b"[" * 100_000, "malformed"),
    ("a.json", b'{"name": "\xff", "messages": [', "encoding"),
    ("a.txt", b"12/03/2024, 09:14 - You created this group.\n12/03/2024, 09:15 - A: <Media omitted>\n", "empty"),
    # WARC
    ("a.warc", b"Hello.", "malformed"),
    ("a.warc", b"WARC/1.0\r\n\r\n", "empty"),
    ("a.warc.gz", made.record("http://a.example/", b"gone", status="404 Not Found"), "empty"),
    ("a.warc.gz", made.record("http://a.example/", made.page("x"), spoil=True), "malformed"),
    # feeds and lists
    ("a.xml", b"<settings/>", "unsupported"),
    ("a.xml", b"<rss><channel>", "empty"),
    ("a.xml", f"{LAUGHS}<rss version='2.0'><channel><title>&c;</title></channel></rss>".encode(), "unsafe"),
    ("a.xml", f"{OUTSIDE}<rss version='2.0'><channel><title>&a;</title></channel></rss>".encode(), "unsafe"),
    ("a.xml", made.rss([("https://a.example/1", "Title only", "")]), "empty"),
    ("a.opml", b"<opml><body/></opml>", "index"),
    ("a.xml", b"<?xml version='1.0'?><urlset><url><loc>https://a.example/</loc></url></urlset>", "index"),
]


@pytest.mark.parametrize(("name", "data", "code"), BAD, ids=[f"{n}-{c}-{i}" for i, (n, _, c) in enumerate(BAD)])
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    *others, item = taken(file)
    assert isinstance(item, Failure), item
    assert item.failure.code == code, item.failure.message
    assert name in item.failure.message or "a.example" in item.failure.message
    assert len(item.failure.message) > len(str(file)) + 15
    assert all(isinstance(o, Source) for o in others)
    assert not [p for p in tmp_path.rglob("*") if p != file]  # nothing was unpacked beside it


def test_bad_members_do_not_stop_the_others(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(
        made.zipped(
            [("a.txt", REPORT.encode()), ("b.pdf", SHEET[:150]), ("../c.txt", b"x"), ("d.csv", b"id,number\n1,2\n"), ("e.txt", b"Nawa.")]
        )
    )
    found = taken(file)
    assert [i.failure.code if isinstance(i, Failure) else "read" for i in found] == ["read", "malformed", "unsafe", "malformed", "read"]
    assert found[3].failure.message.startswith(f"{file}/d.csv")  # type: ignore[union-attr]


def test_what_comes_before_the_break_is_read(tmp_path: Path) -> None:
    crawl = made.record("http://a.example/1", made.page("One")) + made.record("http://a.example/2", made.page("Two"))
    cut = tmp_path / "a.warc.gz"
    cut.write_bytes(crawl[:-150])
    found = taken(cut)
    assert isinstance(found[0], Source)
    assert isinstance(found[-1], Failure)
    chat = tmp_path / "a.json"
    chat.write_bytes(made.telegram([{"id": n, "type": "message", "text": REPORT} for n in range(4)])[:-100])
    assert [isinstance(i, Source) for i in taken(chat)] == [True, True, True, False]
    table = tmp_path / "a.csv"
    table.write_bytes(b"id,text\n1,Shelling in Nawa.\n2,Clashes.\n" + b"3,word\n" * 60_000 + b"4,caf\xe9\n")
    found = taken(table)
    assert len(found) == 60_003
    assert isinstance(found[-1], Failure)
    assert found[-1].failure.message.startswith(f"{table}, row 60004:")


@pytest.mark.parametrize(
    ("name", "data", "limit"),
    [
        ("a.zip", made.zipped([(f"{n}.txt", b"x") for n in range(30)]), {"max_entries": 20}),
        (
            "a.zip",
            made.zipped([(f"{n}.txt", random.Random(n).randbytes(3000).hex().encode()) for n in range(30)]),
            {"max_unpacked": 100_000},
        ),
        ("a.eml", made.message(attached=[(f"{n}.txt", "text/plain", b"word") for n in range(30)]), {"max_entries": 20}),
        ("a.pdf", made.pdf([made.column(BODY)] * 3), {"max_file": 1000}),
        ("a.pdf", made.pdf([made.column(BODY)] * 3), {"max_seconds": 1e-9}),
        ("a.pdf", made.pdf([made.column(BODY)] * 30), {"max_characters": 500}),
        ("a.zip", nested(2), {"max_depth": 1}),
    ],
)
def test_the_limits_are_those_of_the_settings(tmp_path: Path, name: str, data: bytes, limit: dict[str, float]) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    bad = [i for i in taken(file, **limit) if isinstance(i, Failure)]
    assert bad
    assert bad[0].failure.code in ("unsafe", "too_large")
    assert f"intake.{next(iter(limit))}" in bad[0].failure.message


GOOD: dict[str, Callable[[], bytes]] = {
    "a.pdf": lambda: SHEET,
    "a.docx": lambda: made.docx(made.paragraph("Title", "T") + made.paragraph(REPORT)),
    "a.eml": lambda: made.message(html=f"<p>{REPORT}</p>", attached=[("a.pdf", "application/pdf", SHEET)]),
    "a.mbox": lambda: b"From a Tue Mar  5 22:41:00 2024\n" + made.message() + b"\n\nFrom b Tue Mar  5 22:41:00 2024\n" + made.message(),
    "a.csv": lambda: f'id,text,date\n1,"{REPORT}",2024-03-05\n2,Nawa,x\n'.encode(),
    "a.json": lambda: made.telegram(
        [{"id": n, "type": "message", "date": "2024-03-05", "text": ["x", {"text": REPORT}]} for n in range(5)]
    ),
    "a.warc.gz": lambda: made.record("http://a.example/1", made.page("One")) + made.record("http://a.example/2", made.page("Two")),
    "a.warc": lambda: gzip.decompress(made.record("http://a.example/1", made.page("One"))),
    "a.zip": lambda: made.zipped([("a.txt", REPORT.encode()), ("b.eml", made.message()), ("c.html", made.page("x"))]),
    "a.xml": lambda: made.rss([("http://a.example/1", "One", f"<p>{REPORT}</p>")]),
    "_chat.txt": lambda: "12/03/2024, 09:15 - A: Shelling.\n13/03/2024, 09:15 - B: \u200eMore.\n".encode(),
}


@pytest.mark.parametrize("name", GOOD)
def test_files_with_bytes_changed_or_cut_off_never_end_the_run(tmp_path: Path, name: str) -> None:
    """A few hundred broken variants of each kind, always the same: documents or failures come of them, and nothing else."""
    chance = random.Random(name)
    whole = GOOD[name]()
    file = tmp_path / name
    for n in range(60):
        data = bytearray(whole)
        if n % 3 == 0:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(chance.choice((1, 3, 20))):
                at = chance.randrange(len(data))
                data[at : at + chance.choice((0, 1, 1, 1, 9))] = chance.randbytes(chance.choice((0, 1, 1, 1, 9)))
        file.write_bytes(data)
        for item in taken(file, max_seconds=20):
            assert isinstance(item, Source | Failure)
            if isinstance(item, Failure):
                assert item.failure.message


def test_a_mailbox_of_many_messages_is_read_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.mbox"
    one = b"From a Tue Mar  5 22:41:00 2024\n" + made.message(REPORT * 150) + b"\n\n"
    chat = tmp_path / "a.json"
    with file.open("wb") as out:
        for _ in range(300):
            out.write(one)
    text = json.dumps({"id": 1, "type": "message", "date": "2024-03-05", "text": REPORT * 150}).encode()
    chat.write_bytes(b'{"name": "x", "messages": [' + b",".join([text] * 300) + b"]}")
    assert file.stat().st_size > 8_000_000
    from whence.config import IntakeSettings
    from whence.intake import Overrides, sources

    for path in (file, chat):
        tracemalloc.start()
        count = sum(isinstance(i, Source) for i in sources([str(path)], settings=IntakeSettings(), overrides=Overrides()))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == 300
        assert peak < 5_000_000


def test_a_library_that_is_missing_is_named() -> None:
    with pytest.raises(RequirementError, match="pip install nolibrary"):
        material.library("no_such_library", package="nolibrary", what="Odd files")


def test_an_input_that_is_fetched_as_nothing() -> None:
    from whence.intake.feeds import outlines, parsed

    for data in (b"", b"words", b"<html></html>"):
        with pytest.raises(IntakeError):
            parsed(data, name="feed")
        with pytest.raises(IntakeError):
            outlines(data, name="list")
    with pytest.raises(IntakeError, match="entities"):
        outlines(f"{LAUGHS}<opml><body><outline text='&c;'/></body></opml>".encode(), name="list")
