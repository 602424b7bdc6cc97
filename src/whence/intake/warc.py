"""WARC archives of web crawls: each answer that was a page, a PDF or a text is a document, known by its address.

Records are read one by one, whatever the size of the archive. A record whose digest does not agree with its bytes is refused;
answers other than 200, pictures, scripts, and requests and notes of the crawler are left.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from whence.errors import IntakeError
from whence.records import Failure, Retrieval, Source, failure

from .material import Limits, Material, library

log = logging.getLogger(__name__)

READABLE = {
    "text/html": "",
    "application/xhtml+xml": "",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}
"""Media types of what is read, and the suffix that stands for each."""


def read_warc(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """The documents of an archive. IntakeError `malformed` where it is none or breaks off before the first, `empty` without pages."""
    fastwarc = library("fastwarc.warc", package="fastwarc", what="WARC archives")
    kinds = fastwarc.WarcRecordType
    material.stream.seek(0)
    left: Counter[str] = Counter()
    count = read = 0
    try:
        for record in fastwarc.ArchiveIterator(
            material.stream, parse_http=False, record_types=kinds.response | kinds.resource | kinds.conversion, max_header_len=65_536
        ):
            count += 1
            for found in _record(record, material, limits, left):
                read += 1
                yield found
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        where = f"{material.name}, behind record {count}"
        problem = IntakeError(f"{where}: cannot be read ({error}); the archive may be cut off. Get it again", code="malformed")
        if not read:
            raise problem from None
        yield failure(material.identity, problem.code, str(problem))
        return
    if left:
        log.info("%s: left: %s", material.name, ", ".join(f"{n} {what}" for what, n in left.most_common(8)))
    if not read:
        what = ", ".join(f"{n} {what}" for what, n in left.most_common(4)) or "no records of pages"
        raise IntakeError(f"{material.name}: holds no page or text ({what})", code="empty")


def _record(record: Any, material: Material, limits: Limits, left: Counter[str]) -> Iterator[Source | Failure]:
    address = record.headers.get("WARC-Target-URI", "").strip("<> ")
    where = f"{material.name}, {address or record.record_id}"
    identity = address or f"{material.identity}, {record.record_id}"
    most = limits.settings.max_download
    if record.content_length > 2 * most:
        yield failure(identity, "too_large", f"{where}: a record of {record.content_length:,} bytes; raise intake.max_download")
        return
    try:
        told = "WARC-Block-Digest" in record.headers
        if told and _known(record.headers["WARC-Block-Digest"]) and not record.verify_block_digest():
            raise IntakeError(f"{where}: its bytes are not those of its digest; the archive is damaged. Get it again", code="malformed")
        response = str(record.record_type).endswith("response")
        kind, charset, status = record.headers.get("Content-Type", ""), None, 200
        headers: dict[str, str] = {}
        if response:
            record.parse_http(auto_decode="all")
            if record.http_headers is None:
                left["without HTTP headers"] += 1
                return
            headers = {k.lower(): v for k, v in record.http_headers.astuples()}
            status = record.http_headers.status_code or 0
            kind, charset = headers.get("content-type", ""), record.http_charset
        kind = kind.split(";")[0].strip().lower()
        if status != 200:
            left[f"with status {status}"] += 1
            return
        if kind and kind not in READABLE:
            left[kind] += 1
            return
        data = record.reader.read(most + 1)
    except IntakeError as error:
        yield failure(identity, error.code, str(error))
        return
    except (OSError, ValueError, RuntimeError) as error:
        yield failure(identity, "malformed", f"{where}: cannot be unpacked ({error})")
        return
    if len(data) > most:
        yield failure(identity, "too_large", f"{where}: more than {most:,} bytes; raise intake.max_download")
        return
    if not data:
        left["without bytes"] += 1
        return
    limits.entry(material.name)
    inner = Material(
        io.BytesIO(data),
        name=where,
        identity=identity,
        suffix=READABLE.get(kind, ""),
        depth=material.depth + 1,
        charset=charset,
        url=address or None,
    )
    retrieval = Retrieval(
        asked=address,
        final=address,
        redirects=(),
        at=record.headers.get("WARC-Date", ""),
        status=status,
        address=record.headers.get("WARC-IP-Address"),
        content_type=headers.get("content-type"),
        etag=headers.get("etag"),
        modified=headers.get("last-modified"),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    for found in limits.inside(inner):
        if isinstance(found, Source):
            found = msgspec.structs.replace(found, retrieval=retrieval)
            if found.id == identity and address:
                found = msgspec.structs.replace(found, url=address, given=tuple(dict.fromkeys((*found.given, "url"))))
        yield found


def _known(digest: str) -> bool:
    """Whether a digest is of a kind that is checked here."""
    return digest.lower().startswith(("sha1:", "sha256:", "md5:"))
