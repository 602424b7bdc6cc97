"""From bytes to text: nothing is changed but what must be, and what cannot be read is refused with its reason."""

from __future__ import annotations

from charset_normalizer import from_bytes

from whence.errors import IntakeError

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"\xfd7zXZ": "an xz archive",
    b"BZh": "a bzip2 archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
    b"\xd0\xcf\x11\xe0": "an old office document",
}

WESTERN = 0.05
"""Share of bytes beyond ASCII up to which a text is taken for Windows-1252: English with its quotes and accents."""
SAMPLE = 200_000
"""Bytes from which an encoding is guessed."""
CONVERT = "convert it to text or HTML first"


def decode(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The text of some bytes: by its byte-order mark, as UTF-8, as `declared`, or as its characters suggest.

    A byte-order mark is dropped; nothing else is touched. IntakeError `empty`, `binary` or `encoding`.
    """
    if not data.strip():
        raise IntakeError(f"{name}: is empty; give a document with text", code="empty")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = _strict(data, encoding, name).removeprefix("\ufeff")
            if "\x00" in text:
                raise IntakeError(f"{name}: holds binary data, not text; {CONVERT}", code="binary")
            return text
    kind = next((k for signature, k in SIGNATURES.items() if data.startswith(signature)), None)
    if kind is None and data.startswith(b"MZ") and b"\x00" in data[:512]:  # "MZUZU, Malawi" begins so, too
        kind = "a program"
    if kind:
        raise IntakeError(f"{name}: looks like {kind}, not text; {CONVERT}", code="binary")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _guess(data, name, declared, error)
    if "\x00" in text or _controls(text) > 0.02:
        raise IntakeError(f"{name}: holds binary data, not text; {CONVERT}", code="binary")
    return text


def encoding_of(sample: bytes, *, name: str) -> str:
    """The encoding of a long text by its first bytes (cut anywhere), for reading it piece by piece. IntakeError as for `decode`."""
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return "utf-8-sig" if encoding == "utf-8" else encoding
    whole = sample[: max(sample.rfind(b"\n") + 1, len(sample) - 4)] or sample
    try:
        whole.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        if error.start >= len(whole) - 4:  # a character that the end of the sample cuts
            return "utf-8"
    text = decode(whole, name=name)
    for encoding in ("cp1252", *((best.encoding,) if (best := from_bytes(whole[:SAMPLE]).best()) is not None else ())):
        try:
            if whole.decode(encoding) == text:
                return str(encoding)
        except UnicodeDecodeError:
            pass
    raise IntakeError(f"{name}: is in no encoding known here; save it as UTF-8", code="encoding")


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(f"{name}: begins as {encoding} but byte {error.start} is not; save it as UTF-8", code="encoding") from None


def _guess(data: bytes, name: str, declared: str | None, error: UnicodeDecodeError) -> str:
    if b"\x00" in data[:4096]:
        raise IntakeError(f"{name}: holds binary data, not text; {CONVERT}", code="binary")
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    if sum(byte > 127 for byte in data) < WESTERN * len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[:SAMPLE]).best()
    try:
        if best is not None and best.coherence > 0.1:  # beneath, it is no language that the guess knows
            return data.decode(best.encoding)
    except UnicodeDecodeError:
        pass
    raise IntakeError(
        f"{name}: neither UTF-8 (byte {error.start} is 0x{data[error.start]:02x}) nor any encoding known here; save it as UTF-8",
        code="encoding",
    )


def _controls(text: str) -> float:
    """The share of control characters other than white space in the first 20,000 code points."""
    head = text[:20_000]
    odd = sum(ch < " " and ch not in "\t\n\r\f\v\x1b" for ch in head)
    return odd / max(1, len(head))
