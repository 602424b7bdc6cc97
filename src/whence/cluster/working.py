"""What runs in the workers: one engine per process, documents in Arrow batches in, readings and rows in Arrow batches out."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from whence.config import Settings
from whence.corroboration.accounts import Account, account_of
from whence.corroboration.blocking import lookups, places_in
from whence.corroboration.comparing import days_of
from whence.records import Failure, Report, Source, decode, encode, failure
from whence.store import projected

from .tables import TABLES, batches

if TYPE_CHECKING:
    from whence.pipeline import Whence


@functools.lru_cache(maxsize=1)
def engine(settings: bytes) -> Whence:
    """The engine of this process; the place index of its machine is built where there is none."""
    from whence.gazetteer import Gazetteer
    from whence.pipeline import Whence

    found = msgspec.json.decode(settings, type=Settings)
    Gazetteer.open(found.gazetteer(), create=True).close()
    return Whence(found)


def readings(coming: Iterable[Any], *, settings: bytes, lines: bool, name: str) -> Iterator[Any]:
    """Readings and failures of batches with a column `value`: lines of JSON, or paths of files."""
    whence = engine(settings)

    def found() -> Iterator[Source | Failure]:
        for batch in coming:
            for value in batch.column(0).to_pylist():
                yield from (_line(value, name, whence.settings) if lines else _file(value.decode("utf8"), whence.settings))

    yield from batches("readings", (_row(item) for item in whence.read_many(found())))


def _row(item: Any) -> tuple[object, ...]:
    if isinstance(item, Failure):
        return item.document.id, None, item.failure.code, item.failure.message
    return item.document.id, encode(item).decode("utf8"), None, None


def _line(value: bytes, name: str, settings: Settings) -> Iterator[Source | Failure]:
    from whence.intake.lines import lines
    from whence.intake.sources import within

    if not value.strip():
        return
    for item in lines([value], name=name):
        if isinstance(item, Failure) and item.document.id == f"{name}, line 1":
            # Spark does not number lines: one without an id is known by its bytes.
            where = f"{name}, line {hashlib.sha256(value).hexdigest()[:12]}"
            yield failure(where, item.failure.code, item.failure.message.replace(f"{name}, line 1", where))
        else:
            yield within(item, settings.intake) if isinstance(item, Source) else item


def _file(path: str, settings: Settings) -> Iterator[Source | Failure]:
    from whence.intake import Overrides, sources

    return sources([path], settings=settings.intake, overrides=Overrides())


def rows(coming: Iterable[Any], *, table: str) -> Iterator[Any]:
    """Rows of a flat table from batches with a column of readings as JSON."""

    def found() -> Iterator[tuple[object, ...]]:
        for batch in coming:
            for text in batch.column(0).to_pylist():
                reading = decode(text)
                yield from TABLES[table].make(reading, _reports(reading))

    yield from batches(table, found())


def _reports(reading: Any) -> list[Report]:
    return projected(reading, document=reading.document.id)


def members(coming: Iterable[Any]) -> Iterator[Any]:
    """Reports with the blocks they stand in and look into, and what comparing them wants, from readings as JSON."""

    def found() -> Iterator[tuple[object, ...]]:
        for batch in coming:
            for text in batch.column(0).to_pylist():
                reading = decode(text)
                reports = _reports(reading)
                account = msgspec.msgpack.encode(account_of(reading, reports, document=reading.document.id)) if reports else b""
                for report in reports:
                    days = days_of(report) or (0, 0)
                    slim = msgspec.msgpack.encode(msgspec.structs.replace(report, tellings=(), triggers=()))
                    yield (
                        report.id,
                        days[0],
                        days[1],
                        [repr(k) for k in places_in(report)],
                        [repr(k) for k in lookups(report)],
                        slim,
                        account,
                    )

    yield from batches("members", found())


def links(coming: Iterable[Any], *, least: float) -> Iterator[Any]:
    """Links of batches of pairs (report, account, report, account), those below `least` left out."""
    from whence.linking import weighed

    report = msgspec.msgpack.Decoder(Report)
    # A report meets many others in a row: what it is compared with is unpacked once.
    account = functools.lru_cache(maxsize=256)(msgspec.msgpack.Decoder(Account).decode)

    def found() -> Iterator[tuple[object, ...]]:
        for batch in coming:
            for one, a, other, b in zip(*(batch.column(i).to_pylist() for i in range(4)), strict=True):
                first, second = sorted(((report.decode(one), account(a)), (report.decode(other), account(b))), key=lambda x: x[0].id)
                made = weighed(first[0], second[0], first[1], second[1])
                if made.probability >= least:
                    yield made.a, made.b, made.probability, msgspec.json.encode(made.why).decode("utf8")

    yield from batches("links", found())
