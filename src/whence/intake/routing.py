"""From an input to the reader of its kind; each reader's module, and its library, is imported when it is wanted."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from whence.config import IntakeSettings
from whence.errors import IntakeError
from whence.records import Failure, Source

from .decoding import decode
from .kinds import kind_of
from .lines import from_text, is_line, lines
from .material import Limits, Material
from .page import read_page


def documents(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """The documents of an input, one by one. IntakeError where the input as a whole is none."""
    kind = kind_of(material)
    if kind == "text" and limits.columns.text is not None:  # a table that comes without a name
        kind = "table"
    match kind:
        case "pdf":
            from .pdf import read_pdf

            yield read_pdf(material, limits)
        case "zip":
            from .archives import read_zip

            yield from read_zip(material, limits)
        case "gzip":
            from .archives import read_gzip

            yield from read_gzip(material, limits)
        case "warc":
            from .warc import read_warc

            yield from read_warc(material, limits)
        case "mail":
            from .mail import read_mail

            yield from read_mail(material, limits)
        case "mbox":
            from .mail import read_mbox

            yield from read_mbox(material, limits)
        case "table":
            from .tables import read_table

            yield from read_table(material, limits)
        case "telegram":
            from .telegram import read_telegram

            yield from read_telegram(material, limits)
        case "whatsapp":
            from .whatsapp import read_whatsapp

            yield from read_whatsapp(material, limits)
        case "feed":
            from .feeds import read_feed

            yield from read_feed(material, limits)
        case "opml" | "sitemap":
            what = "an OPML list of feeds" if kind == "opml" else "a sitemap"
            raise IntakeError(f"{material.name}: is {what} and holds no text itself; `whence watch` fetches what it lists", code="index")
        case _:
            yield from _textual(material, limits, kind)


def most_bytes(settings: IntakeSettings) -> int:
    """The largest text or page that is opened at all: beyond, no text of the longest kind could be in it."""
    return max(settings.max_download, 4 * settings.max_characters)


def _textual(material: Material, limits: Limits, kind: str) -> Iterator[Source | Failure]:
    if kind == "lines" and (material.suffix or is_line(material.stream.readline(most_bytes(limits.settings)))):
        material.stream.seek(0)
        yield from lines(material.stream, name=material.name)
        return
    data = material.whole(most_bytes(limits.settings), "max_characters", advice="Split it into its reports")
    text = decode(data, name=material.name, declared=material.charset)
    if kind == "page":
        found = read_page(text, identity=material.identity, url=material.url)
    else:
        found = from_text(text, identity=material.identity, name=material.name)
    yield msgspec.structs.replace(found, original=data)
