"""DOCX as text with parts: paragraphs and headings in order, a line for each row of a table, footnotes at the end.

What a document holds but does not show is left: deleted words of tracked changes, field codes, comments. Of its properties the
title is taken; its dates say when the file was made, not when the report was published, and are not.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml
from defusedxml.ElementTree import fromstring

from whence.errors import IntakeError
from whence.records import Part, Source
from whence.records.vocabulary import PartKind

from .material import Limits, Material, blocks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
HEADINGS = re.compile(r"heading|überschrift|titre|título|заголовок", re.I)
LARGEST = 100_000_000
"""Bytes of XML in one part of a document at most."""


def read_docx(archive: zipfile.ZipFile, material: Material, limits: Limits) -> Source:
    """An opened DOCX as a source. IntakeError `malformed`, `unsafe`, `empty`."""
    data = material.whole(limits.settings.max_file, "max_file", advice="Split it into its reports")
    body = _xml(archive, "word/document.xml", material, limits)
    styles = _styles(archive, material, limits)
    blocks_ = list(_blocks(body, styles))
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in archive.namelist():
            blocks_ += [("boilerplate", words) for _, words in _blocks(_xml(archive, name, material, limits), styles)]
    if not blocks_:
        raise IntakeError(f"{material.name}: shows no words; it may hold pictures only", code="empty")
    told = _property(archive, "title", material, limits)
    pieces: list[str] = []
    parts: list[Part] = []
    at = 0
    title: str | None = None
    for kind, words in blocks_:
        if title is None and (kind == "title" or (told and _folded(words) == _folded(told))):
            kind, title = "title", words
        elif kind == "title":
            kind = "heading"
        parts.append(Part(kind=kind, start=at, end=at + len(words)))
        pieces.append(words)
        at += len(words) + 2
    return Source(id=material.identity, text="\n\n".join(pieces), title=title, parts=tuple(parts), original=data)


def _xml(archive: zipfile.ZipFile, name: str, material: Material, limits: Limits) -> Element:
    where = f"{material.name}, {name}"
    try:
        info = archive.getinfo(name)
        with archive.open(info) as stream, limits.unpacked(blocks(stream), where, packed=info.compress_size, most=LARGEST) as whole:
            found = fromstring(whole.read(), forbid_dtd=True)
    except KeyError:
        raise IntakeError(
            f"{where}: is missing, so that this is no DOCX document; save it again from the word processor", code="malformed"
        ) from None
    except defusedxml.DefusedXmlException:
        raise IntakeError(f"{where}: declares entities, as XML bombs do and no word processor does; refused", code="unsafe") from None
    except (
        ParseError,
        ValueError,
        RecursionError,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        zlib.error,
    ) as error:
        raise IntakeError(f"{where}: cannot be read ({error}); save it again from the word processor", code="malformed") from None
    assert isinstance(found, Element)
    return found


def _styles(archive: zipfile.ZipFile, material: Material, limits: Limits) -> dict[str, str]:
    """The names of paragraph styles by their ids, which are in the language of the word processor."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    found = {}
    for style in _xml(archive, "word/styles.xml", material, limits).iter():
        if _tag(style) == "style":
            name = next((_value(child) for child in style if _tag(child) == "name"), None)
            identity = _attribute(style, "styleId")
            if name and identity:
                found[identity] = name
    return found


def _blocks(root: Element, styles: dict[str, str]) -> Iterator[tuple[PartKind, str]]:
    """(kind, words) for paragraphs and rows. The tree is walked with a list of our own: depth is no matter."""
    waiting: list[Element] = list(root)[::-1]
    while waiting:
        element = waiting.pop()
        tag = _tag(element)
        if tag == "p":
            words = _words(element)
            if words:
                yield _kind(element, styles), words
        elif tag == "tr":
            cells = [" ".join(filter(None, (_words(p) for p in cell.iter() if _tag(p) == "p"))) for cell in element if _tag(cell) == "tc"]
            row = " | ".join(filter(None, cells))
            if row:
                yield "body", row
        elif tag not in ("del", "moveFrom", "sectPr", "Fallback"):
            waiting += list(element)[::-1]


def _words(paragraph: Element) -> str:
    """What a paragraph shows."""
    found: list[str] = []
    waiting: list[Element] = [paragraph]
    while waiting:
        element = waiting.pop()
        tag = _tag(element)
        if tag in ("del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr"):
            continue
        if tag == "t":
            found.append(element.text or "")
        elif tag in ("tab", "br", "cr"):
            found.append(" ")
        elif tag == "noBreakHyphen":
            found.append("-")
        elif element is not paragraph and tag == "p":  # a text box inside
            found.append(" ")
        waiting += list(element)[::-1]
    return " ".join("".join(found).split())


def _kind(paragraph: Element, styles: dict[str, str]) -> PartKind:
    identity = next((_value(e) for e in paragraph.iter() if _tag(e) == "pStyle"), None) or ""
    name = styles.get(identity, identity).lower()
    if name in ("title", "titel", "titre", "título"):
        return "title"
    if HEADINGS.search(name) or name == "subtitle":
        return "heading"
    return "caption" if "caption" in name else "body"


def _property(archive: zipfile.ZipFile, name: str, material: Material, limits: Limits) -> str | None:
    if "docProps/core.xml" not in archive.namelist():
        return None
    root = _xml(archive, "docProps/core.xml", material, limits)
    found = next((e.text for e in root.iter() if _tag(e) == name), None)
    return " ".join(found.split()) or None if found else None


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Element, name: str) -> str | None:
    return element.get(f"{W}{name}") or element.get(f"{STRICT}{name}")


def _value(element: Element) -> str | None:
    return _attribute(element, "val")


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
