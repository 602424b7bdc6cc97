"""RSS and Atom, OPML lists of feeds, sitemaps: what they list, and the text that feeds carry themselves."""

from __future__ import annotations

import hashlib
import io
import logging
import zlib
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import defusedxml
import msgspec
from defusedxml.ElementTree import iterparse

from whence.errors import IntakeError
from whence.records import Failure, Source, failure

from .dates import day_of
from .fetching import is_url
from .lines import from_text
from .material import Limits, Material, library
from .page import looks_like_html, read_fragment

log = logging.getLogger(__name__)

MOST = 50_000
"""Addresses of a sitemap at most, as its standard has it."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a feed or sitemap. `guid` is what its feed knows it by, `markup` the text it carries, `day` when it was published."""

    guid: str
    url: str | None
    title: str | None = None
    day: str | None = None
    markup: str = ""
    changed: str | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed or sitemap that was read; `further` are the sitemaps that an index of them lists, `pause` the minutes between
    two visits that the feed asks for."""

    title: str | None
    entries: tuple[Entry, ...]
    further: tuple[str, ...] = ()
    pause: float | None = None


def read_feed(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """The entries of a feed by the text it carries; `whence watch` fetches the pages they point to."""
    data = material.whole(limits.settings.max_download, "max_download")
    feed = parsed(data, name=material.name, url=material.url)
    if not feed.entries:
        raise IntakeError(f"{material.name}: is a feed without entries", code="empty")
    for number, entry in enumerate(feed.entries, 1):
        limits.entry(material.name)
        identity = entry.url or f"{material.identity}, entry {number}"
        try:
            yield own_text(entry, identity=identity, publisher=feed.title)
        except IntakeError as error:
            yield failure(identity, error.code, str(error))


def own_text(entry: Entry, *, identity: str, publisher: str | None) -> Source:
    """An entry by the text that its feed carries. IntakeError `empty` where that is no text."""
    words = entry.markup.strip()
    if not words:
        raise IntakeError(f"{identity}: its feed carries no text of it; `whence watch` fetches the page, or give its address", code="empty")
    if looks_like_html(words) or "<" in words or "&" in words:
        found = read_fragment(words, identity=identity, title=entry.title)
    else:
        found = msgspec.structs.replace(from_text(words, identity=identity), title=entry.title)
    return msgspec.structs.replace(
        found, publisher=publisher, published=entry.day, published_from="metadata" if entry.day else None, url=entry.url
    )


def parsed(data: bytes, *, name: str, url: str | None = None) -> Feed:
    """A feed, or a sitemap, packed or not. IntakeError `malformed` where it is neither, `unsafe` where it is a bomb."""
    data = _unpacked(data, name)
    head = data[:4096].lower()
    if b"<urlset" in head or b"<sitemapindex" in head:
        return _sitemap(data, name, url)
    feedparser = library("feedparser", package="feedparser", what="feeds")
    if b"<!entity" in data[:65_536].lower():
        raise IntakeError(f"{name}: declares entities, as XML bombs do and no feed needs; refused", code="unsafe")
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url or ""})
    except (RecursionError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise IntakeError(f"{name}: cannot be read as a feed ({error})", code="malformed") from None
    if not found.get("version") and not found.entries:
        reason = found.get("bozo_exception")
        raise IntakeError(f"{name}: is no feed{f' ({reason})' if reason else ''}; look for its RSS or Atom address", code="malformed")
    told = found.feed.get("ttl")
    return Feed(
        title=_line(found.feed.get("title")),
        entries=tuple(e for raw in found.entries[:MOST] if (e := _entry(raw, url)).url or e.markup.strip()),
        pause=float(told) if isinstance(told, str) and told.isdigit() else None,
    )


def _entry(found: Any, base: str | None) -> Entry:
    link = found.get("link") or next((x.get("href") for x in found.get("links", ()) if x.get("rel", "alternate") == "alternate"), None)
    url = urljoin(base or "", str(link).strip()) if link else None
    contents = [str(c.get("value") or "") for c in found.get("content", ())] + [str(found.get("summary") or "")]
    markup = max(contents, key=len)
    stamp = dict.get(found, "published_parsed") or dict.get(found, "updated_parsed")
    written = dict.get(found, "published") or dict.get(found, "updated")
    try:
        day = datetime.fromtimestamp(timegm(stamp), UTC).date().isoformat() if stamp else day_of(str(written)) if written else None
    except (ValueError, OverflowError, OSError, TypeError):
        day = None
    title = _line(found.get("title"))
    guid = str(found.get("id") or url or hashlib.sha256(f"{title}\n{markup}".encode("utf8", "replace")).hexdigest())
    return Entry(guid=guid, url=url if url and is_url(url) else None, title=title, day=day, markup=markup)


def _sitemap(data: bytes, name: str, url: str | None) -> Feed:
    entries: list[Entry] = []
    further: list[str] = []
    for element in _elements(data, name):
        tag = _tag(element)
        if tag not in ("url", "sitemap"):
            continue
        told = {_tag(e): " ".join((e.text or "").split()) for e in element.iter() if e is not element}
        address = urljoin(url or "", told.get("loc", ""))
        element.clear()
        if not is_url(address):
            continue
        if tag == "sitemap":
            further.append(address)
        else:
            changed = told.get("lastmod") or None
            day = day_of(told.get("publication_date", ""))
            entries.append(Entry(guid=address, url=address, title=told.get("title") or None, day=day, changed=changed))
        if len(entries) + len(further) >= MOST:
            log.warning("%s: only its first %d addresses are taken", name, MOST)
            break
    entries.sort(key=lambda e: e.changed or e.day or "", reverse=True)
    return Feed(title=None, entries=tuple(entries), further=tuple(further))


def outlines(data: bytes, *, name: str) -> tuple[tuple[str, str | None], ...]:
    """(address, title) for each feed of an OPML list, each address once. IntakeError `malformed`, `unsafe`, `empty`."""
    found: dict[str, str | None] = {}
    for element in _elements(data, name):
        if _tag(element) == "outline":
            told = {key.lower(): value for key, value in element.attrib.items()}
            address = told.get("xmlurl", "").strip()
            if is_url(address):
                found.setdefault(address, _line(told.get("title") or told.get("text")))
    if not found:
        raise IntakeError(f"{name}: lists no feeds; an outline has its feed's address in xmlUrl", code="empty")
    return tuple(found.items())


def _elements(data: bytes, name: str) -> Iterator[Any]:
    try:
        for _, element in iterparse(io.BytesIO(data), events=("end",), forbid_dtd=False, forbid_entities=True):
            yield element
    except defusedxml.DefusedXmlException:
        raise IntakeError(f"{name}: declares entities, as XML bombs do; refused", code="unsafe") from None
    except (SyntaxError, ValueError, RecursionError, LookupError) as error:  # ParseError is a SyntaxError
        raise IntakeError(f"{name}: is no XML ({error}); get it again", code="malformed") from None


def _unpacked(data: bytes, name: str) -> bytes:
    """What a packed sitemap (sitemap.xml.gz) holds, 50 MB at most, as its standard has it."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpack = zlib.decompressobj(wbits=31)
        whole = unpack.decompress(data, 52_428_801)
    except zlib.error as error:
        raise IntakeError(f"{name}: cannot be unpacked ({error})", code="malformed") from None
    if len(whole) > 52_428_800:
        raise IntakeError(f"{name}: unpacks to more than 50 MB; refused", code="unsafe")
    return whole


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _line(text: object) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None
