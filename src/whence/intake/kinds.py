"""What an input is: told by its first bytes, and by its suffix where bytes leave it open.

A suffix that promises a form which the bytes have not is refused, so that a saved error page named `report.pdf` is not read as
a report.
"""

from __future__ import annotations

import re
from typing import Literal

from whence.errors import IntakeError

from .decoding import MARKS
from .material import Material
from .page import looks_like_html

Kind = Literal[
    "feed", "gzip", "lines", "mail", "mbox", "opml", "page", "pdf", "sitemap", "table", "telegram", "text", "warc", "whatsapp", "zip"
]  # fmt: skip

PLAIN = (".txt", ".text", ".md")
LINES = (".jsonl", ".ndjson")
MARKUP = (".html", ".htm", ".xhtml")
TABLES = (".csv", ".tsv")
PACKED = (".pdf", ".docx", ".zip", ".gz", ".warc", ".mbox")
READ = (*PLAIN, *LINES, *MARKUP, *TABLES, *PACKED, ".eml", ".json", ".xml", ".rss", ".atom")
"""Suffixes of the files that are looked into when a folder or an archive is read."""
PERHAPS = (".json", ".xml")
"""Of those, suffixes that many other things bear: where a folder or an archive has such a file of another form, it is left."""

PROMISED = {
    ".pdf": ("pdf", "a PDF file"),
    ".docx": ("zip", "a DOCX document"),
    ".zip": ("zip", "a ZIP archive"),
    ".gz": ("gzip", "a gzip archive"),
    ".warc": ("warc", "a WARC archive"),
    ".mbox": ("mbox", "an MBOX mailbox"),
}
FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old office document (.doc, .xls, .msg); save it as DOCX, CSV or EML",
    b"Rar!": "a RAR archive; unpack it and read the folder",
    b"7z\xbc\xaf": "a 7-Zip archive; unpack it and read the folder",
    b"\xfd7zXZ": "an xz archive; unpack it first",
    b"BZh": "a bzip2 archive; unpack it first",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive; unpack it first",
    b"{\\rtf": "an RTF document; save it as DOCX",
}
ROOTS: dict[str, Kind] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "opml": "opml",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "html": "page",
}
ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
CHATS = re.compile(r'"(?:messages|chats)"\s*:\s*[\[{]|"personal_information"\s*:\s*\{')
HEADER = re.compile(r"(?im)^(from|to|date|subject|message-id|mime-version|received|return-path|delivered-to|content-type|reply-to):[ \t]")
ENVELOPE = re.compile(r"From \S+ .{0,60}\d{4}.{0,20}\r?\n(?:>?[\w-]+:|From )")


def kind_of(material: Material) -> Kind:
    """The kind of an input. IntakeError `empty`, `malformed`, `unsupported`."""
    head, suffix = material.head(), material.suffix
    if not head.strip() and material.size <= len(head):
        raise IntakeError(f"{material.name}: is empty; give a document with text", code="empty")
    kind = _by_bytes(head, suffix)
    promised = PROMISED.get(suffix)
    if promised is not None and kind != promised[0] and not (suffix == ".gz" and kind == "warc"):
        raise IntakeError(
            f"{material.name}: is named {suffix} but is not {promised[1]}; it may be cut off or an error page saved under that name. "
            "Get it again, or rename it by what it is",
            code="malformed",
        )
    if kind is None:
        foreign = next((words for mark, words in FOREIGN.items() if head.startswith(mark)), None)
        if foreign is not None:
            raise IntakeError(f"{material.name}: looks like {foreign}", code="unsupported")
        kind = _by_words(_words(head), suffix)
    if kind is None:
        raise IntakeError(
            f"{material.name}: is {suffix[1:].upper()} of a form that is not known here; Telegram exports, feeds, sitemaps and OPML are. "
            'Turn it into lines of {"id", "text"} (.jsonl)',
            code="unsupported",
        )
    return kind


def wanted(material: Material) -> bool:
    """Whether something that lies in a folder or an archive is looked into: by its suffix, or its form where that says little."""
    if material.suffix in PERHAPS:
        return _by_words(_words(material.head()), material.suffix) is not None
    return material.suffix in READ


def _by_bytes(head: bytes, suffix: str) -> Kind | None:
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    if suffix in ("", ".mbox") and head[:5] in (b"From ", b"\nFrom", b"\r\nFro") and ENVELOPE.match(head[:2000].decode("latin-1").lstrip()):
        return "mbox"
    return None


def _words(head: bytes) -> str:
    """The beginning as text, roughly: enough to tell forms by."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return head[: len(head) // 4 * 4].decode(encoding, "ignore").removeprefix("\ufeff")
    return head.decode("utf-8", "ignore")


def _by_words(text: str, suffix: str) -> Kind | None:
    if suffix in LINES:
        return "lines"
    if suffix in TABLES:
        return "table"
    if suffix == ".eml":
        return "mail"
    start = text.lstrip()
    if suffix not in PLAIN and start.startswith("<"):
        kind = ROOTS.get(_root(start))
        if kind is not None:
            return kind
        if suffix in (".xml", ".rss", ".atom"):
            return None
    if suffix in MARKUP:
        return "page"
    if suffix in (".json", "") and start.startswith("{") and CHATS.search(text):
        return "telegram"
    if suffix in (".json", ".xml", ".rss", ".atom"):
        return None
    from .whatsapp import looks_like_chat

    if suffix in (".txt", "") and looks_like_chat(text):
        return "whatsapp"
    if suffix == "" and looks_like_html(text):
        return "page"
    if suffix == "" and start.startswith("{"):
        return "lines"
    if suffix == "" and _is_mail(start):
        return "mail"
    return "text"


def _is_mail(start: str) -> bool:
    """Whether a text begins with the headers of a message: From and two more before the first empty line."""
    headers = re.split(r"\r?\n\r?\n", start, maxsplit=1)[0]
    if not re.match(r"[\w-]+:[ \t]", headers):
        return False
    found = {m[1].lower() for m in HEADER.finditer(headers)}
    return "from" in found and len(found) >= 3


def _root(text: str) -> str:
    """The first element of a markup, without its prefix; "" where there is none. Passes over declarations and comments."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        for opening, closing in (("<?", "?>"), ("<!--", "-->"), ("<!", ">")):
            if text.startswith(opening, at):
                subset = text.find("[", at, text.find(">", at) + 1) if opening == "<!" else -1
                end = text.find("]", subset) if subset >= 0 else at
                end = text.find(closing, end) if end >= 0 else -1
                if end < 0:
                    return ""
                at = end + len(closing)
                break
        else:
            found = ROOT.match(text, at)
            return found[1].lower() if found else ""
