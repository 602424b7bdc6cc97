"""Files of every kind, good and bad, made by hand: small, exact, and nothing of them kept in the repository."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
import zlib
from base64 import b32encode
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

REPORT = (
    "Gunmen on a motorcycle shot dead two policemen near the market of Jassim on Tuesday, three residents said by telephone. "
    "The interior ministry denied that anyone had been hurt."
)

Line = tuple[float, float, float, str]
"""Of a page: left, bottom, size of the letters, words."""


def pdf(pages: Iterable[Sequence[Line]], *, title: str | None = None, encrypt: bool = False, picture: bool = False) -> bytes:
    """A PDF with lines of text at given places; with `picture` each page shows a grey square."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        stream = b"0.5 g 50 50 400 600 re f\n" if picture else b""
        for left, bottom, size, words in lines:
            shown = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            stream += b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, left, bottom, shown)
        packed = zlib.compress(stream)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % len(objects))
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    trailer = b""
    if title is not None:
        objects.append(b"<</Title(%s)>>" % title.encode("cp1252"))
        trailer += b"/Info %d 0 R" % len(objects)
    if encrypt:
        objects.append(b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"41" * 32, b"42" * 32))
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))


def column(paragraphs: Sequence[Sequence[str]], *, top: float = 740, left: float = 72, size: float = 11) -> list[Line]:
    """Lines under each other, paragraphs with a gap between them."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        for words in paragraph:
            lines.append((left, top, size, words))
            top -= 1.2 * size
        top -= 0.8 * size
    return lines


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(words: str, style: str | None = None) -> str:
    """A paragraph of WordprocessingML."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def docx(body: str, *, title: str | None = None, more: Iterable[tuple[str, bytes]] = (), before: str = "") -> bytes:
    """A DOCX document with a body of WordprocessingML."""
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title or "")}</dc:title></cp:coreProperties>'
    )
    styles = (
        f'<w:styles {WORD}><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
    )
    return zipped(
        [
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>'.encode()),
            ("word/styles.xml", styles.encode()),
            ("docProps/core.xml", core.encode()),
            *more,
        ]
    )


def record(url: str, body: bytes, *, kind: str = "text/html", status: str = "200 OK", headers: str = "", spoil: bool = False) -> bytes:
    """A WARC record of an answer, packed as crawlers pack them."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body
    digest = b32encode(hashlib.sha1(http + (b"x" if spoil else b"")).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T10:11:12Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{hashlib.md5(url.encode()).hexdigest()}>\r\nWARC-IP-Address: 192.0.2.7\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def page(title: str, text: str = REPORT) -> bytes:
    """A page of an outlet."""
    return (
        f"<!doctype html><html><head><title>{title}</title><meta property='og:site_name' content='Hawran Courier'>"
        f"<meta property='article:published_time' content='2024-03-05T08:00:00Z'></head><body><article><h1>{title}</h1>"
        f"<p>{text}</p><p>It was the second attack on the police of the town in a week, they said.</p></article></body></html>"
    ).encode()


def message(
    text: str = REPORT, *, subject: str = "Jassim, Tuesday", attached: Iterable[tuple[str, str, bytes]] = (), html: str | None = None
) -> bytes:
    """A message as a mail program saves it."""
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"] = "Daraa Desk <desk@daraa.example>"
    made["To"] = "list@daraa.example"
    made["Subject"] = subject
    made["Date"] = "Tue, 05 Mar 2024 22:41:00 +0300"
    made["Message-ID"] = "<1@daraa.example>"
    made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html")
    for name, kind, data in attached:
        main, sub = kind.split("/")
        made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def telegram(messages: Sequence[dict[str, object]], *, name: str = "Hawran Shorts", kind: str = "public_channel") -> bytes:
    """The export of a chat."""
    return json.dumps({"name": name, "type": kind, "id": 1234, "messages": messages}, ensure_ascii=False, indent=1).encode()


def rss(items: Sequence[tuple[str, str, str]], *, title: str = "Hawran Courier", more: str = "") -> bytes:
    """An RSS feed of (address, title, HTML)."""
    listed = "".join(
        f"<item><title>{escape(t)}</title><link>{escape(u)}</link><guid>{escape(u)}</guid>"
        f"<pubDate>Tue, 05 Mar 2024 08:00:00 GMT</pubDate><description>{escape(h)}</description></item>"
        for u, t, h in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{more}{listed}</channel></rss>'.encode()
