"""Bytes on their way to a reader, and the limits that one input shares with all that is found inside it.

Whatever lies in an archive or a message is unpacked into a temporary file without a name, block by block and counted as it
comes, so that neither memory nor a member's name nor its declared size can do harm.
"""

from __future__ import annotations

import importlib
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import msgspec

from whence.config import IntakeSettings
from whence.errors import IntakeError, RequirementError
from whence.records import Failure, Source, failure

HEAD = 65_536
"""Bytes by which the kind of an input is told."""
IN_MEMORY = 4_000_000
"""Bytes that are kept in memory before a temporary file is used."""
RATIO = 200
"""How much larger than its packed form a member may be; prose packs to a third, tables to a tenth or twentieth."""
SMALL = 10_000_000
"""Bytes up to which the ratio is not looked at."""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a table by header name, or by number from 1; None is guessed, and the guess is told."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


GUESSED = Columns()


class Material:
    """Something to be read: a seekable stream, the name people know it by, the id it shall have, its suffix in lower case.

    `charset` is what was said of its encoding beside the bytes; `url` where it was fetched from.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        name: str,
        identity: str | None = None,
        suffix: str | None = None,
        depth: int = 0,
        charset: str | None = None,
        url: str | None = None,
    ) -> None:
        self.stream = stream
        self.name = name
        self.identity = name if identity is None else identity
        self.suffix = PurePosixPath(name).suffix.lower() if suffix is None else suffix
        self.depth = depth
        self.charset = charset
        self.url = url
        self.size = stream.seek(0, 2)
        stream.seek(0)

    def head(self, length: int = HEAD) -> bytes:
        """The first bytes."""
        self.stream.seek(0)
        data = self.stream.read(length)
        self.stream.seek(0)
        return data

    def whole(self, most: int, setting: str, *, advice: str = "Split it") -> bytes:
        """All bytes. IntakeError `too_large` where there are more than `most`."""
        if self.size > most:
            raise IntakeError(
                f"{self.name}: {self.size:,} bytes; at most {most:,} are read as one document. {advice}, or raise intake.{setting}",
                code="too_large",
            )
        self.stream.seek(0)
        return self.stream.read()


Route = Callable[[Material, "Limits"], Iterator[Source | Failure]]


class Limits:
    """The settings in force, and what has been used up by one input and all that lies in it."""

    def __init__(
        self, settings: IntakeSettings, *, route: Route, columns: Columns = GUESSED, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.settings = settings
        self.columns = columns
        self.clock = clock
        self._route = route
        self._unpacked = 0
        self._entries = 0

    def anew(self) -> Limits:
        """The same limits for another input, nothing of them used up."""
        return Limits(self.settings, route=self._route, columns=self.columns, clock=self.clock)

    def inside(self, material: Material) -> Iterator[Source | Failure]:
        """The documents of something that lies in something else; what is none comes as its failure."""
        try:
            if material.depth > self.settings.max_depth:
                raise IntakeError(
                    f"{material.name}: lies {material.depth} deep in archives and messages; at most {self.settings.max_depth} are opened. "
                    "Unpack it by hand, or raise intake.max_depth",
                    code="unsafe",
                )
            yield from self._route(material, self)
        except IntakeError as error:
            yield failure(material.identity, error.code, str(error))

    def entry(self, name: str) -> None:
        """One more member or attachment. IntakeError `unsafe` where there are too many."""
        self._entries += 1
        if self._entries > self.settings.max_entries:
            raise IntakeError(
                f"{name}: more than {self.settings.max_entries:,} members; unpack it by hand, or raise intake.max_entries", code="unsafe"
            )

    def unpacked(self, chunks: Iterable[bytes], name: str, *, packed: int | None = None, most: int | None = None) -> BinaryIO:
        """What is unpacked, in a temporary file. IntakeError `unsafe` for a bomb, `too_large` beyond what one input may hold."""
        spool = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - it outlives this function
        size = 0
        try:
            for chunk in chunks:
                size += len(chunk)
                self._unpacked += len(chunk)
                if packed is not None and size > SMALL and size > RATIO * max(1, packed):
                    raise IntakeError(
                        f"{name}: unpacks to more than {RATIO} times its size, as bombs do; unpack it by hand if you trust it",
                        code="unsafe",
                    )
                if self._unpacked > self.settings.max_unpacked or (most is not None and size > most):
                    limit = min(self.settings.max_unpacked, most or self.settings.max_unpacked)
                    raise IntakeError(
                        f"{name}: unpacks to more than {limit:,} bytes; unpack it by hand, or raise intake.max_unpacked",
                        code="too_large",
                    )
                spool.write(chunk)
        except BaseException:
            spool.close()
            raise
        spool.seek(0)
        return spool


def blocks(stream: Any, size: int = HEAD) -> Iterator[bytes]:
    """A stream in blocks."""
    while block := stream.read(size):
        yield block


def library(module: str, *, package: str, what: str) -> Any:
    """A library that only some kinds of input want. RequirementError names the package where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise RequirementError(
            f"{what} are read with {package}, which is not installed here ({error}); pip install {package}, or install whence again"
        ) from None
