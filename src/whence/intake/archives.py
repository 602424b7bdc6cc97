"""ZIP and gzip: members are read one after another, nothing is written under a member's name, and bombs are refused.

A bomb is told by what it does, not by what it declares: members that lie over each other, that grow two hundredfold, that are
too many or too deep, or more than one input may unpack to (`intake.max_unpacked`).
"""

from __future__ import annotations

import gzip
import logging
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from whence.errors import IntakeError
from whence.records import Failure, Source, failure

from .kinds import READ, wanted
from .material import Limits, Material, blocks

log = logging.getLogger(__name__)

OFFICE = {
    "xl/": "an Excel workbook; save the sheet as CSV",
    "ppt/": "a PowerPoint presentation; save it as PDF",
    "META-INF/container.xml": "an e-book; save it as HTML or text",
    "content.xml": "an OpenDocument file; save it as DOCX",
}
DIRECTORY = 64_000_000
"""Bytes of a ZIP archive's list of members at most: it is held in memory."""


def read_zip(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """The documents of an archive's members, or of an office document. IntakeError `malformed`, `unsafe`, `unsupported`."""
    _sound_directory(material, limits)
    try:
        archive = zipfile.ZipFile(material.stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, struct.error, UnicodeDecodeError) as error:
        raise IntakeError(
            f"{material.name}: cannot be read as a ZIP archive ({error}); it may be cut off. Get it again", code="malformed"
        ) from None
    with archive:
        names = archive.namelist()
        if "word/document.xml" in names or material.suffix == ".docx":
            from .docx import read_docx

            yield read_docx(archive, material, limits)
            return
        for start, words in OFFICE.items():
            if any(name.startswith(start) for name in names[:200]) and ("[Content_Types].xml" in names or "mimetype" in names):
                raise IntakeError(f"{material.name}: is {words}", code="unsupported")
        _apart(archive, material)
        yield from _members(archive, material, limits)


def _sound_directory(material: Material, limits: Limits) -> None:
    """Refuse a list of members too long to be held, by what the end of the archive says of it, before it is read."""
    stream = material.stream
    stream.seek(max(0, material.size - 65_557))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return  # zipfile says what is wrong
    entries, size = struct.unpack_from("<HL", tail, at + 10)
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and len(tail) >= wide + 56:
        entries, size = struct.unpack_from("<QQ", tail, wide + 32)
    if entries > limits.settings.max_entries or size > DIRECTORY:
        raise IntakeError(
            f"{material.name}: lists {entries:,} members; at most {limits.settings.max_entries:,} are opened. Unpack it by hand, or raise "
            "intake.max_entries",
            code="unsafe",
        )


def _apart(archive: zipfile.ZipFile, material: Material) -> None:
    """Refuse an archive whose members lie over each other: a few kilobytes that are listed thousands of times."""
    end = 0
    for info in sorted(archive.infolist(), key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise IntakeError(
                f"{material.name}, {_shown(info.filename)}: lies over another member, as in decompression bombs; refused", code="unsafe"
            )
        end = info.header_offset + 30 + info.compress_size


def _members(archive: zipfile.ZipFile, material: Material, limits: Limits) -> Iterator[Source | Failure]:
    left: Counter[str] = Counter()
    any_member = False
    for info in archive.infolist():
        if info.is_dir() or info.filename.startswith("__MACOSX/"):
            continue
        where = f"{material.name}/{_shown(info.filename)}"
        limits.entry(material.name)
        suffix = PurePosixPath(info.filename).suffix.lower()
        reason = _trick(info)
        if reason is not None:
            any_member = True
            yield failure(where, "unsafe", f"{where}: {reason}; refused. Unpack it by hand if you trust it")
            continue
        if suffix not in READ:
            left[suffix or "without suffix"] += 1
            continue
        any_member = True
        if info.flag_bits & 0x1:
            yield failure(where, "encrypted", f"{where}: is encrypted; unpack the archive with its password and read the folder")
            continue
        try:
            with archive.open(info) as packed, limits.unpacked(blocks(packed), where, packed=info.compress_size) as whole:
                member = Material(whole, name=where, suffix=suffix, depth=material.depth + 1)
                if wanted(member):
                    yield from limits.inside(member)
        except IntakeError as error:
            yield failure(where, error.code, str(error))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
            yield failure(where, "malformed", f"{where}: cannot be unpacked ({error}); get the archive again")
    if left:
        log.info("%s: members that hold no text were left: %s", material.name, ", ".join(f"{n} {s}" for s, n in left.most_common(8)))
    if not any_member:
        raise IntakeError(f"{material.name}: holds no {', '.join(READ)} files", code="empty")


def _trick(info: zipfile.ZipInfo) -> str | None:
    """What is wrong with a member's name or kind. Nothing is written under it; but what lies here is not what it seems."""
    name = info.orig_filename
    if "\x00" in name:
        return "its name holds a NUL character"
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or (len(name) > 1 and name[1] == ":"):
        return "its name is an absolute path"
    if ".." in path.parts:
        return "its name leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link to another file"
    return None


def _shown(name: str) -> str:
    return "".join(ch if ch.isprintable() else "\ufffd" for ch in name)[:300]


def read_gzip(material: Material, limits: Limits) -> Iterator[Source | Failure]:
    """The documents of what a gzip file packs; a WARC archive, packed record by record, is read as it is."""
    name = material.name.removesuffix(".gz")
    suffix = PurePosixPath(name).suffix.lower() if name != material.name else ""
    try:
        with gzip.open(material.stream) as stream:
            head = stream.read(8)
        if head.startswith(b"WARC/"):
            from .warc import read_warc

            yield from read_warc(material, limits)
            return
        material.stream.seek(0)
        limits.entry(material.name)
        with gzip.open(material.stream) as stream, limits.unpacked(blocks(stream), material.name, packed=material.size) as whole:
            inner = Material(whole, name=material.name, suffix=suffix, depth=material.depth + 1)
            yield from _unpacked(inner, limits)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise IntakeError(f"{material.name}: cannot be unpacked ({error}); it may be cut off. Get it again", code="malformed") from None


def _unpacked(inner: Material, limits: Limits) -> Iterator[Source | Failure]:
    if inner.head(512)[257:262] == b"ustar":
        raise IntakeError(f"{inner.name}: is a TAR archive; unpack it and read the folder", code="unsupported")
    yield from limits.inside(inner)
