"""A web page as text with parts: every visible block is kept, and what is not the article is marked as such.

trafilatura says which blocks are the article and what the page tells of itself; this module keeps all the blocks, in
the page's order, so that nothing a page showed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from whence.errors import IntakeError
from whence.records import Part, Source
from whence.records.vocabulary import PartKind, PublishedFrom

BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "blockquote",
        "figcaption",
        "caption",
        "td",
        "th",
        "pre",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "aside",
        "main",
        "figure",
        "ul",
        "ol",
        "table",
        "tr",
        "tbody",
        "thead",
        "form",
        "fieldset",
        "address",
        "details",
        "summary",
        "body",
        "hr",
        "br",
    ]
)
SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "head",
        "title",
        "meta",
        "link",
        "select",
    ]
)
SPACES = re.compile(r"[ \t\r\n\f\v]+")


def looks_like_html(text: str) -> bool:
    """Whether a text is markup rather than prose: it begins with a tag, or soon holds one that only pages have."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<article", "<div", "<p>")) or bool(
        re.search(r"<(html|body|head)[\s>]", head)
    )


def read_page(markup: str, *, identity: str, url: str | None = None) -> Source:
    """A page as a source. IntakeError `malformed` where there is no markup, `empty` where it shows no words."""
    try:
        tree = lxml.html.document_fromstring(markup.encode("utf8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError(f"{identity}: cannot be read as HTML ({error})", code="malformed") from None
    import trafilatura  # takes half a second, which only pages should cost

    blocks = list(_blocks(tree))
    if not blocks:
        raise IntakeError(f"{identity}: the page shows no words; it may build them by script", code="empty")
    meta: Any = trafilatura.extract_metadata(tree, default_url=url)
    article = trafilatura.extract(markup, url=url, include_comments=False, include_tables=True, favor_recall=True) or ""
    title = _title(tree, blocks, getattr(meta, "title", None))
    text, parts = _laid_out(blocks, title, _folded(article))
    published, how = _published(markup, url)
    return Source(
        id=identity,
        text=text,
        title=title,
        publisher=_publisher(tree, meta),
        published=published,
        published_from=how,
        url=url or getattr(meta, "url", None) or None,
        language=None,  # what a page says of itself is often its layout's; the words are better judges
        parts=parts,
    )


def read_fragment(markup: str, *, identity: str, title: str | None = None) -> Source:
    """A piece of markup that is all article, as feeds carry it, with the title before it. IntakeError `empty` without words."""
    try:
        tree = lxml.html.document_fromstring(f"<body>{markup}</body>".encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError(f"{identity}: cannot be read as HTML ({error})", code="malformed") from None
    blocks = list(_blocks(tree))
    if not blocks:
        raise IntakeError(f"{identity}: shows no words", code="empty")
    if title and _folded(blocks[0][1]) != _folded(title):
        blocks.insert(0, ("h1", title, 0.0))
    text, parts = _laid_out(blocks, title, "".join(_folded(words) for _, words, linked in blocks if linked <= 0.8))
    return Source(id=identity, text=text, title=title, parts=parts)


def _blocks(tree: Any) -> Iterator[tuple[str, str, float]]:
    """(element, words, share of them inside links) for every visible block, in the page's order."""
    words: list[str] = []
    linked = 0

    def flush(tag: str) -> Iterator[tuple[str, str, float]]:
        nonlocal linked
        text = SPACES.sub(" ", "".join(words)).strip()
        if text:
            yield tag, text, min(1.0, linked / len(text))
        words.clear()
        linked = 0

    def walk(element: Any, tag: str, in_link: bool) -> Iterator[tuple[str, str, float]]:
        nonlocal linked
        name = element.tag.lower() if isinstance(element.tag, str) else ""
        hidden = not name or name in SILENT or "hidden" in element.attrib
        if not hidden:
            block = name in BLOCKS
            here = name if name in BLOCKS and name not in ("div", "br", "section") else tag
            if block:
                yield from flush(tag)
            link = in_link or name == "a"
            if element.text:
                words.append(element.text)
                linked += len(element.text.strip()) if link else 0
            for child in element:
                yield from walk(child, here, link)
            if block:
                yield from flush(here)
        if element.tail:
            words.append(element.tail)
            linked += len(element.tail.strip()) if in_link else 0

    body = tree.find(".//body")
    yield from walk(body if body is not None else tree, "div", False)
    yield from flush("div")


def _title(tree: Any, blocks: list[tuple[str, str, float]], guess: str | None) -> str | None:
    heads = [text for tag, text, _ in blocks if tag == "h1"]
    if guess:
        same = [h for h in heads if _folded(h) == _folded(guess)]
        return (same or heads or [guess])[0]
    if heads:
        return heads[0]
    found = tree.findtext(".//title")
    return SPACES.sub(" ", found).strip() or None if found else None


def _laid_out(blocks: list[tuple[str, str, float]], title: str | None, article: str) -> tuple[str, tuple[Part, ...]]:
    pieces: list[str] = []
    parts: list[Part] = []
    at = 0
    titled = False
    for tag, words, linked in blocks:
        kind: PartKind
        if title and _folded(words) == _folded(title):
            kind = "boilerplate" if titled else "title"
            titled = True
        elif tag in ("figcaption", "caption", "figure"):
            kind = "caption"
        elif _folded(words) in article and (tag != "li" or linked < 0.9):
            kind = "heading" if re.fullmatch("h[1-6]", tag) else "body"
        elif linked > 0.8:
            kind = "link"
        else:
            kind = "boilerplate"
        pieces.append(words)
        parts.append(Part(kind=kind, start=at, end=at + len(words)))
        at += len(words) + 2
    return "\n\n".join(pieces), tuple(parts)


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _published(markup: str, url: str | None) -> tuple[str | None, PublishedFrom | None]:
    """The date the page states; only what its metadata says counts, never a year in the footer."""
    from htmldate import find_date

    try:
        found = find_date(markup, url=url, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, etree.LxmlError):
        found = None
    if not found:
        return None, None
    try:
        return date.fromisoformat(found).isoformat(), "metadata"
    except ValueError:
        return None, None


def _publisher(tree: Any, meta: Any) -> str | None:
    named = tree.xpath('//meta[@property="og:site_name"]/@content | //meta[@name="application-name"]/@content')
    if named and str(named[0]).strip():
        return str(named[0]).strip()
    site = getattr(meta, "sitename", None)
    return site if site and not urlsplit(f"//{site}").path and "." not in site else None
