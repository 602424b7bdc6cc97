"""Every kind of input: what it is known by, the documents it holds, and what is known of each."""

from __future__ import annotations

import gzip
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest

from whence.config import IntakeSettings
from whence.intake import Columns, Overrides, sources
from whence.intake.dates import day_of, order_of
from whence.pipeline import Whence
from whence.records import Failure, Source

from . import made
from .made import REPORT


def taken(name: object, *, columns: Columns | None = None, stdin: bytes | None = None, **settings: float) -> list[Source | Failure]:
    found = sources(
        [str(name)],
        settings=IntakeSettings(**settings),  # type: ignore[arg-type]
        overrides=Overrides(),
        columns=columns or Columns(),
        stdin=io.BytesIO(stdin) if stdin is not None else None,
    )
    return list(found)


def read(tmp_path: Path, name: str, data: bytes, *, columns: Columns | None = None) -> list[Source]:
    """The sources of a file; every span of a part or page lies in its text, in order."""
    file = tmp_path / name
    file.write_bytes(data)
    found = taken(file, columns=columns)
    for item in found:
        assert isinstance(item, Source), item
        for extents in (item.parts, item.pages):
            assert all(0 <= e.start < e.end <= len(item.text) for e in extents)
            assert all(a.end <= b.start for a, b in pairwise(extents))
    return [item for item in found if isinstance(item, Source)]


def kinds(source: Source) -> list[tuple[str, str]]:
    return [(p.kind, source.text[p.start : p.end]) for p in source.parts]


# PDF

RUNNING = [(72, 800, 9, "Hawran Monitor - Situation Report"), (290, 40, 9, "Page {n} of 3")]
BODY = [
    ["Gunmen on a motorcycle shot dead two police-", "men near the market of Jassim on Tuesday,", "three residents said by telephone."],
    ["The interior ministry denied that anyone had", "been hurt, in a statement to the state-run", "agency on Wednesday."],
]


def sheet(n: int, lines: list[made.Line]) -> list[made.Line]:
    return [*lines, *((x, y, s, words.format(n=n)) for x, y, s, words in RUNNING)]


def test_a_pdf_is_paragraphs_with_pages(tmp_path: Path) -> None:
    first = sheet(
        1, [(72, 770, 18, "Two policemen killed in Jassim"), *made.column([*BODY, ["The governor said that the search for the"]])]
    )
    second = sheet(2, made.column([["attackers went on until the evening."], ["A second attack was reported in Nawa."]]))
    third = sheet(3, made.column([["Nobody claimed either attack."]]))
    (found,) = read(tmp_path, "report.pdf", made.pdf([first, second, third], title="Microsoft Word - sitrep.docx"))
    assert kinds(found) == [
        ("title", "Two policemen killed in Jassim"),
        ("body", "Gunmen on a motorcycle shot dead two policemen near the market of Jassim on Tuesday, three residents said by telephone."),
        ("body", "The interior ministry denied that anyone had been hurt, in a statement to the state-run agency on Wednesday."),
        ("body", "The governor said that the search for the attackers went on until the evening."),
        ("body", "A second attack was reported in Nawa."),
        ("body", "Nobody claimed either attack."),
    ]
    assert found.title == "Two policemen killed in Jassim"
    assert [p.number for p in found.pages] == [1, 2, 3]
    assert found.text[found.pages[1].start : found.pages[1].end].startswith("attackers went on")
    assert found.text[found.pages[2].start : found.pages[2].end] == "Nobody claimed either attack."
    assert found.original == (tmp_path / "report.pdf").read_bytes()
    assert found.published is None  # when a file was made is not when a report was published


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = made.column([["Shells fell on the eastern", "quarter of the town before", "dawn, and the bakery was"]], left=60)
    right = made.column([["hit while people waited for", "bread, the local council", "said in a statement."]], left=320)
    (found,) = read(tmp_path, "two.pdf", made.pdf([[*left, *right]]))
    assert found.text == (
        "Shells fell on the eastern quarter of the town before dawn, and the bakery was hit while people waited for bread, "
        "the local council said in a statement."
    )


def test_a_title_of_the_properties_counts_where_the_page_shows_it(tmp_path: Path) -> None:
    lines = made.column([["Clashes near Nawa"], *BODY])
    (found,) = read(tmp_path, "a.pdf", made.pdf([lines], title="Clashes Near Nawa"))
    assert found.title == "Clashes near Nawa"
    (found,) = read(tmp_path, "b.pdf", made.pdf([lines], title="Template 4"))
    assert found.title is None


# DOCX


def test_a_docx_has_headings_and_rows(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc>{made.paragraph('Jassim')}</w:tc><w:tc>{made.paragraph('2 killed')}</w:tc></w:tr></w:tbl>"
    body = (
        made.paragraph("Weekly bulletin", "T")
        + made.paragraph("Daraa countryside", "H1")
        + made.paragraph(REPORT)
        + "<w:p><w:r><w:t>He said </w:t></w:r><w:del><w:r><w:delText>three</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>two</w:t></w:r></w:ins></w:p>" + table
    )
    (found,) = read(tmp_path, "bulletin.docx", made.docx(body, title="x"))
    assert kinds(found) == [
        ("title", "Weekly bulletin"), ("heading", "Daraa countryside"), ("body", REPORT), ("body", "He said two"),
        ("body", "Jassim | 2 killed"),
    ]  # fmt: skip
    assert found.title == "Weekly bulletin"
    (found,) = read(
        tmp_path, "plain.docx", made.docx(made.paragraph("Attacks in March") + made.paragraph(REPORT), title="Attacks in March")
    )
    assert found.title == "Attacks in March"


# messages


def test_a_message_and_what_is_attached(tmp_path: Path) -> None:
    attached = [
        ("sitrep.pdf", "application/pdf", made.pdf([made.column(BODY)])),
        ("picture.jpg", "image/jpeg", b"\xff\xd8\xff"),
        ("../../notes.txt", "text/plain", b"Notes from the field: a shell fell on a house in Nawa."),
    ]
    found = read(tmp_path, "mail.eml", made.message(html=f"<p>{REPORT}</p>", attached=attached))
    name = str(tmp_path / "mail.eml")
    assert [s.id for s in found] == [name, f"{name}/sitrep.pdf", f"{name}/notes.txt"]
    assert found[0].text.strip() == REPORT.replace("\r\n", "\n")
    assert (found[0].title, found[0].publisher) == ("Jassim, Tuesday", "Daraa Desk")
    assert (found[0].published, found[0].published_from) == ("2024-03-05", "metadata")
    assert found[1].pages
    assert found[2].text.startswith("Notes")


def test_a_message_of_html_alone_and_one_within_another(tmp_path: Path) -> None:
    inner = made.message("A second attack was reported in Nawa on Wednesday.", subject="Fwd: Nawa")
    outer = b"From: a@b.example\nSubject: Forward\nDate: 6 Mar 2024 10:00 +0000\n"
    outer += b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n'
    outer += b"--x\nContent-Type: text/html; charset=utf-8\n\n<p>See <b>below</b>, from the desk in Daraa.</p>\n"
    outer += b"--x\nContent-Type: message/rfc822\n\n"
    outer += inner + b"\n--x--\n"
    found = read(tmp_path, "fwd.eml", outer)
    assert [s.title for s in found] == ["Forward", "Fwd: Nawa"]
    assert found[0].text == "See below, from the desk in Daraa."
    assert found[0].publisher == "a@b.example"


def test_a_mailbox(tmp_path: Path) -> None:
    first = made.message("One man was killed in Nawa.\n\nFrom the hospital came no word.\n").replace(b"\nFrom the", b"\n>From the")
    box = b"From desk@daraa.example Tue Mar  5 22:41:00 2024\n" + first + b"\nFrom x Tue Mar  5 22:45:00 2024\n" + made.message() + b"\n"
    found = read(tmp_path, "box.mbox", box)
    assert [s.id.rpartition(", ")[2] for s in found] == ["message 1", "message 2"]
    assert "\nFrom the hospital" in found[0].text
    assert len(taken("-", stdin=box)) == 2


# tables


def test_a_table_by_the_names_of_its_columns(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows = "\ufeffID;Headline;Body;Outlet;Publication date;Link\n"
    rows += f'7;Jassim;"{REPORT}\nIt was, he said, ""calm"".";Courier;05/03/2024;https://c.example/7\n'
    rows += "8;;;;;\n9;Nawa;Shelling in Nawa.;Post;25/03/2024;\n"
    found = read(tmp_path, "t.csv", rows.encode())
    assert [s.id for s in found] == ["7", "9"]
    assert found[0].text == f'{REPORT}\nIt was, he said, "calm".'
    assert (found[0].title, found[0].publisher, found[0].url) == ("Jassim", "Courier", "https://c.example/7")
    assert [s.published for s in found] == ["2024-03-05", "2024-03-25"]  # 25 can only be a day
    assert found[1].original == b"9;Nawa;Shelling in Nawa.;Post;25/03/2024;"
    assert "text from 'Body'" in caplog.text


def test_a_table_whose_columns_are_told_or_guessed_by_length(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    tsv = f"place\twhat was said\tday\nJassim\t{REPORT}\t03/04/2024\n".encode()
    (found,) = read(tmp_path, "t.tsv", tsv)
    assert found.text == REPORT
    assert found.id.endswith("t.tsv, row 2")
    (found,) = read(tmp_path, "t.tsv", tsv, columns=Columns(text="place", id="2", published="day"))
    assert (found.text, found.id, found.published) == ("Jassim", REPORT, None)
    assert "could be two" in caplog.text


def test_a_table_without_a_name_is_one_where_its_column_is_told() -> None:
    (found,) = taken("-", stdin=b"id,words\n5,Shelling in Nawa.\n", columns=Columns(text="words"))
    assert isinstance(found, Source)
    assert (found.id, found.text) == ("5", "Shelling in Nawa.")


# chats


def test_a_channel_of_telegram(tmp_path: Path) -> None:
    text = ["Shelling in ", {"type": "bold", "text": "Nawa"}, " this morning: ", {"type": "link", "text": "https://x.example"}]
    export = made.telegram(
        [
            {"id": 1, "type": "service", "action": "create_channel", "text": ""},
            {"id": 2, "type": "message", "date": "2024-03-05T07:12:00", "from": "Hawran Shorts", "text": text},
            {"id": 3, "type": "message", "date": "2024-03-05T07:20:00", "photo": "p.jpg", "text": ""},
            {
                "id": 4,
                "type": "message",
                "date": "2024-03-06T07:20:00",
                "from": "Hawran Shorts",
                "forwarded_from": "Nawa Relay",
                "text": REPORT,
            },
        ]
    )
    found = read(tmp_path, "result.json", export)
    assert [s.id.rpartition(", ")[2] for s in found] == ["Hawran Shorts 2", "Hawran Shorts 4"]
    assert found[0].text == "Shelling in Nawa this morning: https://x.example"
    assert (found[0].publisher, found[0].published, found[0].published_from) == ("Hawran Shorts", "2024-03-05", "metadata")
    assert kinds(found[1])[0] == ("disclaimer", "Forwarded message. From Nawa Relay")
    assert kinds(found[1])[1] == ("body", REPORT)


def test_all_chats_of_telegram_are_read_as_a_stream(tmp_path: Path) -> None:
    sent = [{"id": n, "type": "message", "from": f"User {n}", "date": "2024-03-05", "text": f"{REPORT} {n}"} for n in range(700)]
    chats = [json.loads(made.telegram(sent, name=f"Group {c}", kind="private_group")) for c in range(3)]
    found = read(
        tmp_path, "result.json", json.dumps({"about": 'the "messages": [ of you', "chats": {"about": "x", "list": chats}}).encode()
    )
    assert len(found) == 2100
    assert (found[699].publisher, found[699].id.rpartition(", ")[2]) == ("User 699", "Group 0 699")
    assert found[2099].text.endswith(" 699")


ANDROID = """12/03/2024, 09:14 - Messages and calls are end-to-end encrypted.
12/03/2024, 09:15 - Abu Sami: Shelling in Nawa since dawn.
Two houses are hit.
13/03/2024, 21:02 - Rima (Tafas): <Media omitted>
13/03/2024, 21:03 - Rima (Tafas): The clinic counts 4 wounded: two of them children.
"""
APPLE = (
    "\u200e[3/12/24, 9:14:02\u202fPM] Field desk: \u200eMessages and calls are end-to-end encrypted.\n"
    "[3/13/24, 9:15:10\u202fPM] ~\u202fRima: Clashes near Tafas.\n"
)


def test_a_chat_of_whatsapp(tmp_path: Path) -> None:
    found = read(tmp_path, "WhatsApp Chat with Desk.txt", ANDROID.encode())
    assert [(s.publisher, s.published, s.text) for s in found] == [
        ("Abu Sami", "2024-03-12", "Shelling in Nawa since dawn.\nTwo houses are hit."),
        ("Rima (Tafas)", "2024-03-13", "The clinic counts 4 wounded: two of them children."),
    ]
    found = read(tmp_path, "_chat.txt", APPLE.encode())
    assert (found[-1].published, found[-1].text) == ("2024-03-13", "Clashes near Tafas.")


@pytest.mark.parametrize(
    "text", ["DAMASCUS, 5 March - Two men died.\nNext: more.", "5/3/2024 was a Tuesday.\nNobody: said so.", "10:30 - He left."]
)
def test_prose_is_no_chat(tmp_path: Path, text: str) -> None:
    (found,) = read(tmp_path, "a.txt", text.encode())
    assert found.text == text


# archives


def test_an_archive_of_all_kinds(tmp_path: Path) -> None:
    members = [
        ("a/report.txt", REPORT.encode()),
        ("a/photo.jpg", b"\xff\xd8\xff"),
        ("settings.json", b'{"theme": "dark"}'),
        ("b/sitrep.pdf", made.pdf([made.column(BODY)])),
        ("inner.zip", made.zipped([("page.html", made.page("Two killed in Jassim"))])),
        ("chat/result.json", made.telegram([{"id": 2, "type": "message", "date": "2024-03-05", "text": REPORT}])),
        ("lines.jsonl.gz", gzip.compress(b'{"id": "L1", "text": "Shelling in Nawa."}\n')),
    ]
    found = read(tmp_path, "all.zip", made.zipped(members))
    name = str(tmp_path / "all.zip")
    assert [s.id for s in found] == [
        f"{name}/a/report.txt", f"{name}/b/sitrep.pdf", f"{name}/inner.zip/page.html", f"{name}/chat/result.json, Hawran Shorts 2", "L1",
    ]  # fmt: skip
    assert found[0].original == REPORT.encode()


def test_an_archive_of_a_crawl(tmp_path: Path) -> None:
    crawl = (
        made.record("https://courier.example/1", made.page("Two killed in Jassim"))
        + made.record("https://courier.example/x.png", b"\x89PNG", kind="image/png")
        + made.record("https://courier.example/gone", b"gone", status="404 Not Found")
        + made.record("https://courier.example/2", gzip.compress(made.page("Shelling in Nawa")), headers="Content-Encoding: gzip\r\n")
        + made.record("https://courier.example/s.pdf", made.pdf([made.column(BODY)]), kind="application/pdf")
    )
    found = read(tmp_path, "crawl.warc.gz", crawl)
    assert [s.id for s in found] == ["https://courier.example/1", "https://courier.example/2", "https://courier.example/s.pdf"]
    assert (found[0].publisher, found[0].published, found[0].url, found[0].given) == ("Hawran Courier", "2024-03-05", found[0].id, ("url",))
    assert found[1].title == "Shelling in Nawa"
    assert found[0].retrieval is not None
    assert (found[0].retrieval.at, found[0].retrieval.address) == ("2024-03-05T10:11:12Z", "192.0.2.7")
    assert [s.id for s in read(tmp_path, "crawl.warc", gzip.decompress(crawl))] == [s.id for s in found]


# feeds


def test_a_feed_by_the_text_it_carries(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "feed.xml", made.rss([("https://courier.example/1", "Two killed in Jassim", f"<p>{REPORT}</p><p>More.</p>")]))
    assert (found.id, found.title, found.publisher) == ("https://courier.example/1", "Two killed in Jassim", "Hawran Courier")
    assert (found.published, found.published_from, found.url) == ("2024-03-05", "metadata", "https://courier.example/1")
    assert kinds(found) == [("title", "Two killed in Jassim"), ("body", REPORT), ("body", "More.")]
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>tag:1</id><title>Nawa</title>'
        '<updated>2024-03-06T01:00:00Z</updated><link href="https://p.example/1"/>'
        f'<content type="html">&lt;p&gt;{REPORT}&lt;/p&gt;</content></entry></feed>'
    )
    (found,) = read(tmp_path, "atom.xml", atom.encode())
    assert (found.publisher, found.published, found.url) == ("Post", "2024-03-06", "https://p.example/1")


# folders and dates


def test_a_folder_has_all_kinds_and_what_is_something_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made.pdf([made.column(BODY)]))
    (tmp_path / "b.eml").write_bytes(made.message())
    (tmp_path / "c.json").write_bytes(b'{"theme": "dark"}')
    (tmp_path / "d.xml").write_bytes(b"<settings/>")
    (tmp_path / "e.csv").write_bytes(f"id,text\n5,{REPORT.split(',')[0]}\n".encode())
    assert [s.id for s in taken(tmp_path) if isinstance(s, Source)] == ["a.pdf", "b.eml", "5"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-05T10:00:00Z", "2024-03-05"), ("2024/3/5", "2024-03-05"), ("20240305T101112", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"), ("Tue, 05 Mar 2024 22:41:00 +0300", "2024-03-05"), ("25/3/24", "2024-03-25"),
        ("3/25/2024", "2024-03-25"),
        ("5.3.2024", "2024-03-05"), ("5/3/2024", None), ("5/5/2024", "2024-05-05"), ("31/2/2024", None), ("yesterday", None), ("", None),
        ("1709632800", "2024-03-05"), ("2024-13-45", None), ("99999999999999", None),
    ],
)  # fmt: skip
def test_days(written: str, day: str | None) -> None:
    assert day_of(written) == day


def test_the_order_of_numbers_is_told_by_other_dates() -> None:
    assert order_of(["1/2/2024", "13/2/2024"]) == "day"
    assert order_of(["1/2/2024", "2/13/2024"]) == "month"
    assert order_of(["1/2/2024"]) is None
    assert day_of("1/2/2024", "month") == "2024-01-02"


def test_what_the_sheets_of_a_form_say_at_their_foot_is_no_running_line(tmp_path: Path) -> None:
    sheets = [
        [
            (72, 800, 9, "Incident register"),
            *made.column([[f"Shelling in {place}."]]),
            (72, 60, 11, f"Killed: {n}"),
            (290, 30, 9, f"Sheet {i}/4"),
        ]
        for i, (place, n) in enumerate([("Nawa", 2), ("Tafas", 5), ("Dael", 1), ("Inkhil", 7)], 1)
    ]
    (found,) = read(tmp_path, "form.pdf", made.pdf(sheets))
    assert [words for _, words in kinds(found)] == [
        "Shelling in Nawa.", "Killed: 2", "Shelling in Tafas.", "Killed: 5",
        "Shelling in Dael.", "Killed: 1", "Shelling in Inkhil.", "Killed: 7",
    ]  # fmt: skip


def test_where_a_message_was_forwarded_from_is_read_from_its_first_line(tmp_path: Path, engine: Whence) -> None:
    sent = {"id": 4, "type": "message", "date": "2024-03-06", "forwarded_from": "Nawa Relay", "text": REPORT}
    (found,) = read(tmp_path, "result.json", made.telegram([sent]))
    reading = engine.read(found)
    names = {e.id: e.name for e in reading.entities}
    assert names[reading.document.publisher or ""] == "Hawran Shorts"
    assert [(names[v.publisher], v.relation) for v in reading.document.via] == [("Nawa Relay", "republished_from")]
