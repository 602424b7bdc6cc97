"""PDF as text with parts and pages: lines joined into paragraphs, words that a line's end divides made whole, what runs along the
top and bottom of the pages left out.

Paragraphs are told by geometry (the gap between lines, indents, lines that end early, the size of the letters), as PDF has
lines only. Reading order is that of the file, which in reports with columns is that of the columns.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import statistics
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from whence.errors import IntakeError
from whence.records import Page, Part, Source
from whence.records.vocabulary import PartKind

from .material import Limits, Material, library

EDGE = 3
"""Lines at the top and at the bottom of a page among which running lines are looked for."""
HYPHENS = "\x02\ufffe\xad"
"""What pdfium gives for a hyphen that divides a word at a line's end."""
FOLIO = re.compile(r"^\W*(?:page|p\.)?\s*\d{1,4}\s*(?:(?:/|of|\|)\s*\d{1,4})?\W*$", re.I)
ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
BULLET = re.compile(r"^\s*(?:[•▪●◦‣–—*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
LARGER = 1.15
"""How much larger than the body's the letters of a heading are."""
JUNK_TITLE = re.compile(
    r"^\W*$|^(?:microsoft word|untitled|document\d*|slide ?1|layout \d)|\.(?:docx?|indd|pdf|qxd|rtf|odt|pptx?)\s*$", re.I
)
POOR = 25
"""Letters a page, on average, beneath which a PDF has pictures of pages and no text."""
UNREADABLE = 0.15
"""Share of characters that no font says the letter of, from which a text is of no use."""
_pdfium = threading.Lock()
"""PDFium may be used by one thread at a time."""


class Row(NamedTuple):
    """A line of a page: its words, its box in points from the lower left corner (`bottom` is the base of its letters), their size."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


class Paragraph(NamedTuple):
    """Words that belong together: (page, words) pieces in order, and the letters' height."""

    pieces: list[tuple[int, str]]
    size: float
    rows: int


def read_pdf(material: Material, limits: Limits) -> Source:
    """A PDF as a source with `pages`. IntakeError `encrypted`, `malformed`, `empty` where there are pictures only."""
    pdfium = library("pypdfium2", package="pypdfium2", what="PDF files")
    data = material.whole(limits.settings.max_file, "max_file", advice="Split it into its reports")
    with _pdfium:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            words = str(error)
            if "password" in words.lower() or "security" in words.lower():
                raise IntakeError(
                    f"{material.name}: wants a password; save it without one (qpdf --decrypt --password=... in.pdf out.pdf)",
                    code="encrypted",
                ) from None
            raise IntakeError(
                f"{material.name}: cannot be read as PDF ({words.rstrip('.')}); get it again, or mend it (qpdf in.pdf out.pdf)",
                code="malformed",
            ) from None
        try:
            pages = list(_pages(pdfium, document, material, limits))
            told = str(document.get_metadata_dict().get("Title") or "")
        finally:
            document.close()
    _readable(pages, material.name)
    rows = _without_running_lines(pages)
    title, paragraphs = _paragraphs(rows, " ".join(told.replace("\x00", "").split()))
    return _laid_out(paragraphs, title, material, data)


def _pages(pdfium: Any, document: Any, material: Material, limits: Limits) -> Iterator[list[Row]]:
    began = limits.clock()
    letters = 0
    if len(document) < 1:
        raise IntakeError(f"{material.name}: has no pages", code="empty")
    for number in range(len(document)):
        if limits.clock() - began > limits.settings.max_seconds:
            raise IntakeError(
                f"{material.name}: page {number + 1} of {len(document)} was not reached in {limits.settings.max_seconds:g} s; split it, "
                "or raise intake.max_seconds",
                code="too_large",
            )
        try:
            page = document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise IntakeError(
                f"{material.name}, page {number + 1}: cannot be read ({str(error).rstrip('.')}); mend the file (qpdf in.pdf out.pdf)",
                code="malformed",
            ) from None
        rows = _rows(pdfium.raw, text)
        text.close()
        page.close()
        letters += sum(len(row.text) for row in rows)
        if letters > 2 * limits.settings.max_characters:
            raise IntakeError(
                f"{material.name}: more than {limits.settings.max_characters:,} characters; split it into its reports, or raise "
                "intake.max_characters",
                code="too_large",
            )
        yield rows


def _rows(raw: Any, text: Any) -> list[Row]:
    """The lines of a page in the order of the file."""
    rows: list[Row] = []
    words: list[str] = []
    shown: list[int] = []

    def flush() -> None:
        line = " ".join("".join(words).replace("\x00", "").split())
        if line and shown:
            rows.append(_row(raw, text, line, shown))
        words.clear()
        shown.clear()

    for i, ch in enumerate(_letters(raw, text)):
        if ch and ch in "\r\n":
            flush()
            continue
        words.append(ch)
        if ch and not ch.isspace():
            shown.append(i)
        if ch and ch in HYPHENS:
            flush()
    flush()
    return rows


def _letters(raw: Any, text: Any) -> Sequence[str]:
    """The letters of a page by PDFium's numbers for them; "" for the first half of a surrogate pair, the second has both."""
    count = text.count_chars()
    whole: str = text.get_text_range()
    if len(whole) == count and "\ufffd" not in whole:  # then each has one number, and they need not be asked for one by one
        return whole
    found: list[str] = []
    high = 0
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            found.append("")
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        found.append(chr(code))
    return found


def _row(raw: Any, text: Any, line: str, shown: list[int]) -> Row:
    """A line with its box, by its first and last letters: asking for each letter's takes four times as long as all the rest."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix = raw.FS_MATRIX()
    boxes = []
    for i in {shown[0], shown[-1]}:
        if raw.FPDFText_GetCharBox(text, i, left, right, bottom, top):
            boxes.append((left.value, right.value, bottom.value, top.value))
    base = bottom.value if boxes and raw.FPDFText_GetCharOrigin(text, shown[0], left, bottom) else 0.0
    size = statistics.median(_size(raw, text, i, matrix) for i in shown[:: max(1, len(shown) // 5)])
    return Row(
        line,
        min((b[0] for b in boxes), default=0.0),
        max((b[1] for b in boxes), default=0.0),
        base,
        max((b[3] for b in boxes), default=0.0),
        size,
    )


def _size(raw: Any, text: Any, at: int, matrix: Any) -> float:
    """The size of a letter as it is shown: many files have letters of size 1, scaled."""
    size = float(raw.FPDFText_GetFontSize(text, at))
    return size * math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(text, at, matrix) else size


def _readable(pages: list[list[Row]], name: str) -> None:
    whole = "".join(row.text for rows in pages for row in rows)
    letters = sum(ch.isalnum() for ch in whole)
    if letters < POOR * len(pages) and letters < 400:
        what = "no text" if not letters else f"only {letters} letters of text"
        raise IntakeError(
            f"{name}: its {len(pages)} page{'s'[: len(pages) != 1]} have {what}; it may be a scan. Recognise the text first "
            "(ocrmypdf in.pdf out.pdf), then check names and numbers",
            code="empty",
        )
    odd = sum(ch == "\ufffd" or "\ue000" <= ch <= "\uf8ff" or (ch < " " and ch not in HYPHENS) for ch in whole)
    if odd > UNREADABLE * len(whole):
        raise IntakeError(
            f"{name}: its fonts do not say which letters they show ({odd:,} of {len(whole):,} characters); recognise the text from the "
            "pictures (ocrmypdf --force-ocr in.pdf out.pdf)",
            code="encoding",
        )


def _without_running_lines(pages: list[list[Row]]) -> list[list[Row]]:
    """The pages without what runs along their top or bottom, and without page numbers there.

    A line runs where it stands at one height of several pages and says the same, but for a number that counts with the pages: so
    "Killed: 2" at the foot of one sheet and "Killed: 5" at that of another stay.
    """
    edges: list[set[int]] = []
    found: dict[tuple[str, int], set[int]] = {}
    for number, rows in enumerate(pages, 1):
        order = sorted(range(len(rows)), key=lambda i: -rows[i].top)
        edges.append(set(order[:EDGE] + order[-EDGE:]))
        for i in edges[-1]:
            for key in _running(rows[i], number):
                found.setdefault(key, set()).add(number)
    enough = min(3, max(2, len(pages) - 1))
    kept = []
    for number, (rows, edge) in enumerate(zip(pages, edges, strict=True), 1):
        runs = {i for i in edge if any(len(found[key]) >= enough for key in _running(rows[i], number))}
        if number == 1:
            runs = {i for i in runs if not _is_title(rows[i], rows)}
        kept.append([row for i, row in enumerate(rows) if i not in runs and not (i in edge and FOLIO.match(row.text))])
    return kept


def _running(row: Row, page: int) -> list[tuple[str, int]]:
    """What a line would have in common with its like on other pages: words, each number as its distance from the page's, height."""
    plain = re.sub(r"\s+", "", row.text).lower()
    height = round(row.bottom / 4)
    counted = [
        f"{plain[: m.start()]}#{int(m[0]) - page}{plain[m.end() :]}" for m in re.finditer(r"\d{1,5}", plain) if abs(int(m[0]) - page) < 2000
    ]
    return [(words, at) for words in (plain, *counted) for at in (height, height + 1)]


def _is_title(row: Row, rows: list[Row]) -> bool:
    """Whether a line of the first page that later pages repeat is the title itself there: in larger letters than most."""
    return row.size > LARGER * statistics.median(r.size for r in rows)


def _paragraphs(pages: list[list[Row]], told: str) -> tuple[str | None, list[Paragraph]]:
    rows = [(number, row) for number, page in enumerate(pages, 1) for row in page]
    weights: Counter[float] = Counter()
    for _, row in rows:
        weights[round(row.size, 1)] += len(row.text)
    body = weights.most_common(1)[0][0] if weights else 0.0
    gaps = [a.bottom - b.bottom for (m, a), (n, b) in itertools.pairwise(rows) if m == n and 0 < a.bottom - b.bottom < 4 * max(a.size, 1)]
    pitch = sorted(gaps)[len(gaps) // 4] if gaps else 0.0  # of lines within paragraphs, not of paragraphs
    found: list[Paragraph] = []
    last: tuple[int, Row] | None = None
    widest: Counter[tuple[int, int]] = Counter()  # how far to the right the lines of a column reach, by page and left edge
    for number, row in rows:
        for at in (number, round(row.left / 12)), (number, round(row.left / 12) + 1):
            widest[at] = max(widest[at], math.ceil(row.right))
    for number, row in rows:
        if last is None or _begins(last, (number, row), pitch, widest[last[0], round(last[1].left / 12)]):
            found.append(Paragraph([(number, row.text)], row.size, 1))
        else:
            paragraph = found[-1]
            found[-1] = Paragraph(_joined(paragraph.pieces, number, row.text), paragraph.size, paragraph.rows + 1)
        last = (number, row)
    return _title(found, told, body), [Paragraph(p.pieces, p.size / body if body else 1.0, p.rows) for p in found]


def _begins(last: tuple[int, Row], here: tuple[int, Row], pitch: float, widest: float) -> bool:
    """Whether a line begins a paragraph, by the line before it."""
    (page, above), (number, row) = last, here
    if above.text[-1] in HYPHENS:
        return False
    if max(above.size, row.size) > LARGER * max(0.1, min(above.size, row.size)):
        return True
    ended = ENDS.search(above.text) is not None
    if BULLET.match(row.text):
        return True
    if page != number or row.bottom > above.bottom:  # the next page or column
        return ended or not (row.text[0].islower() or above.right >= widest - 3 * above.size)
    if above.bottom - row.bottom > 1.45 * min(pitch or 1.25 * row.size, 2.2 * max(row.size, 1.0)):
        return True
    if abs(row.left - above.left) > 0.8 * row.size and ended:  # an indent, or the end of one
        return True
    return ended and above.right < widest - 8 * above.size and not row.text[0].islower()


def _joined(pieces: list[tuple[int, str]], number: int, text: str) -> list[tuple[int, str]]:
    """A line after the others. A word divided at the line's end is made whole, on the page where it begins."""
    page, before = pieces[-1]
    marked = before[-1] in HYPHENS
    divided = marked or (re.search(r"[a-zà-ÿ]-$", before) is not None and text[:1].islower())
    if divided:
        word, _, rest = text.partition(" ")
        # A line's plain hyphen may be the word's own ("cease-fire"): it is kept where the word before it has one already.
        keep = not marked and "-" in before.split()[-1][:-1]
        before = (before if keep else before[:-1]) + word
        text = rest
    pieces = [*pieces[:-1], (page, before)]
    if not text:
        return pieces
    if page == number:
        return [*pieces[:-1], (page, f"{before} {text}")]
    return [*pieces, (number, text)]


def _words(paragraph: Paragraph) -> str:
    return " ".join(words for _, words in paragraph.pieces)


def _title(paragraphs: list[Paragraph], told: str, body: float) -> str | None:
    """What the file says its title is, where the first page shows it; else the largest letters at the top of that page."""
    first = [p for p in paragraphs[:12] if p.pieces[0][0] == 1]
    if told and not JUNK_TITLE.search(told):
        plain = _folded(told)
        for paragraph in first:
            if _folded(_words(paragraph)) == plain:
                return _words(paragraph)
    large = [p for p in first[:6] if p.size > LARGER * body and p.rows <= 4 and len(_words(p)) > 3]
    return _words(max(large, key=lambda p: p.size)) if large else None


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _laid_out(paragraphs: list[Paragraph], title: str | None, material: Material, data: bytes) -> Source:
    pieces: list[str] = []
    parts: list[Part] = []
    pages: list[Page] = []
    at = 0
    titled = False
    for paragraph in paragraphs:
        start = at
        for n, (number, words) in enumerate(paragraph.pieces):
            words = "".join(ch for ch in words if ch not in HYPHENS)
            lead = (" " if n else "\n\n") if pieces else ""
            pieces.append(lead + words)
            at += len(lead)
            start = at if n == 0 else start
            if pages and pages[-1].number == number:
                pages[-1] = Page(number=number, start=pages[-1].start, end=at + len(words))
            else:
                pages.append(Page(number=number, start=at, end=at + len(words)))
            at += len(words)
        if at == start:
            continue
        kind: PartKind = "body"
        if title is not None and not titled and _words(paragraph) == title:
            kind, titled = "title", True
        elif paragraph.size > LARGER and paragraph.rows <= 3:
            kind = "heading"
        parts.append(Part(kind=kind, start=start, end=at))
    text = "".join(pieces)
    if not text.strip():
        raise IntakeError(f"{material.name}: its pages have nothing but page numbers and running lines", code="empty")
    return Source(id=material.identity, text=text, title=title, parts=tuple(parts), pages=tuple(pages), original=data)
