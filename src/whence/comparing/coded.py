"""Coded rows as other people's files have them, by the names of their columns, newer and older."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from whence.errors import IntakeError
from whence.exports import acled, polecat, ucdp
from whence.exports.cells import read_table, unguarded
from whence.exports.codes import alpha3_of, countries
from whence.records import Record
from whence.records.vocabulary import ACLED, MODES


class CodedRow(Record):
    """One row of a dataset, in one form for all. Days are ISO dates, both included; `radius_km` as its precision code means.

    `event_type` and `sub_event_type` are ACLED's, `plover` and `mode` PLOVER's, `violence` UCDP's type: each None where the dataset
    has none. `directed`: whether the first side acted on the second.
    """

    dataset: str
    line: int
    id: str
    earliest: str
    latest: str
    event_type: str | None
    sub_event_type: str | None
    plover: str | None
    mode: str | None
    violence: int | None
    first: tuple[str, ...]
    second: tuple[str, ...]
    directed: bool
    country: str | None
    admin1: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    killed_low: int | None
    killed: int | None
    killed_high: int | None
    source: str | None
    notes: str | None
    cells: dict[str, str]


OLD_NAMES = {
    "ally_actor_1": "assoc_actor_1",
    "ally_actor_2": "assoc_actor_2",
    "best_est": "best",
    "high_est": "high",
    "low_est": "low",
    "geo_precis": "geo_precision",
    "time_precis": "time_precision",
    "event_id": "event_id",
    "sub_event": "sub_event_type",
}
"""Columns that earlier releases named otherwise."""
OLD_TYPES = {
    "battle-no change of territory": ("Battles", "Armed clash"),
    "battle-government regains territory": ("Battles", "Government regains territory"),
    "battle-non-state actor overtakes territory": ("Battles", "Non-state actor overtakes territory"),
    "remote violence": ("Explosions/Remote violence", None),
    "riots/protests": ("Protests", None),
    "strategic development": ("Strategic developments", None),
    "headquarters or base established": ("Strategic developments", "Headquarters or base established"),
    "non-violent transfer of territory": ("Strategic developments", "Non-violent transfer of territory"),
}
"""ACLED's event types before 2019; "Riots/Protests" told no side and stands here for both."""
SIGNS: dict[str, frozenset[str]] = {
    "acled": frozenset(("event_date", "event_type", "actor1", "fatalities")),
    "ucdp": frozenset(("date_start", "date_end", "type_of_violence", "side_a", "best")),
    "polecat": frozenset(("event_date", "event_type", "actor_name", "recipient_name")),
}
"""Columns by which a dataset is known, and which it must have."""
DATASETS = tuple(SIGNS)
ALL = {"acled": acled.COLUMNS, "ucdp": ucdp.COLUMNS, "polecat": polecat.COLUMNS}
GEO_KM = {"1": 5.0, "2": 30.0, "3": 150.0}
WHERE_KM = {"1": 5.0, "2": 25.0, "3": 50.0, "4": 150.0, "5": 100.0, "6": 500.0, "7": 100.0}
"""Radii that precision codes are taken to mean, in kilometres."""
SPAN = {"1": (0, 0), "2": (3, 6), "3": (15, 30)}
"""Days before and after the one that a time_precision is taken to mean: a week around it, or the month it stands for."""
DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%b-%y", "%d-%b-%Y", "%d-%B-%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%Y")


def _key(heading: str) -> str:
    """A heading in one spelling: "EVENT_DATE", "Event Date" and "event-date" are the same."""
    key = re.sub(r"[\s\-.]+", "_", heading.strip().strip("\ufeff\"'").lower())
    return OLD_NAMES.get(key, key)


def sniffed(headings: Sequence[str]) -> str | None:
    """The dataset that has such columns, None where none has."""
    keys = {_key(h) for h in headings}
    return next((name for name, signs in SIGNS.items() if signs <= keys), None)


def read_coded(path: Path) -> Iterator[CodedRow]:
    """The rows of a file of ACLED, UCDP GED or POLECAT, whichever its headings say.

    A byte-order mark, other orders of columns, further columns, headings of earlier releases and a file without any heading but the
    right number of columns are taken. IntakeError names the line and the column of what cannot be.
    """
    name, rows = _table(path)
    make = {"acled": _acled, "ucdp": _ucdp, "polecat": _polecat}[name]
    for line, raw in rows:
        yield make(_Cells(path, line, {_key(k): unguarded(v.strip()) for k, v in raw.items()}))


def _table(path: Path) -> tuple[str, Iterator[tuple[int, dict[str, str]]]]:
    """The dataset and its rows; a first line that is data and no heading is given the columns of its length."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"{path}: cannot be read ({error}); give a table in UTF-8", code="unreadable") from None
    sign = max(",;\t", key=head.count)
    first = next(csv.reader([head], delimiter=sign), [])
    name = sniffed(first)
    if name is not None:
        return name, read_table(path, delimiter=sign)
    for dataset, columns in ALL.items():
        if len(first) == len(columns) and any(re.search(r"\d{4}", c) for c in first[:4]):
            return dataset, _headless(path, columns, sign)
    best = max(SIGNS, key=lambda n: len(SIGNS[n] & {_key(h) for h in first}))
    missing = ", ".join(sorted(SIGNS[best] - {_key(h) for h in first}))
    raise IntakeError(
        f"{path}: its columns are neither ACLED's, UCDP GED's nor POLECAT's; nearest is {best}, which lacks {missing}", code="malformed"
    )


def _headless(path: Path, columns: Sequence[str], sign: str) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=sign)
        for row in reader:
            if len(row) != len(columns):
                raise IntakeError(f"{path}, line {reader.line_num}: {len(row)} cells, not {len(columns)}", code="malformed")
            yield reader.line_num, dict(zip(columns, row, strict=True))


class _Cells:
    """The cells of a line, with errors that say where."""

    def __init__(self, path: Path, line: int, cells: Mapping[str, str]) -> None:
        self.path, self.line, self.cells = path, line, dict(cells)

    def wrong(self, name: str, what: str) -> IntakeError:
        value = self.cells.get(name, "")[:60]
        return IntakeError(f"{self.path}, line {self.line}, column {name}: {value!r} {what}", code="malformed")

    def text(self, *names: str) -> str | None:
        """The first of some columns that is filled."""
        return next((v for n in names if (v := self.cells.get(n, "")) and v.upper() not in ("NA", "NULL", "NAN")), None)

    def day(self, name: str) -> date:
        told = self.text(name) or ""
        stamp = re.match(r"(\d{4}-\d\d-\d\d)[T ]\d\d:", told)
        if stamp or re.fullmatch(r"\d{8}", told):
            told = stamp[1] if stamp else f"{told[:4]}-{told[4:6]}-{told[6:]}"
        for form in DAYS:
            try:
                return datetime.strptime(told, form).date()
            except ValueError:
                continue
        raise self.wrong(name, "is no date; write it as 2025-06-07")

    def number(self, name: str) -> int | None:
        told = self.text(name)
        if told is None:
            return None
        plain = re.sub(r"\.0+$", "", told)
        if not re.fullmatch(r"-?\d{1,12}", plain):
            raise self.wrong(name, "is no whole number")
        return int(plain)

    def dead(self, name: str) -> int | None:
        found = self.number(name)
        if found is not None and found < 0:
            raise self.wrong(name, "is below zero")
        return found

    def degrees(self, name: str, most: int) -> float | None:
        told = self.text(name)
        if told is None:
            return None
        try:
            found = float(told)
        except ValueError:
            raise self.wrong(name, "is no number of degrees") from None
        if not abs(found) <= most:
            raise self.wrong(name, f"is not within {most} degrees")
        return found

    def land(self, *names: str) -> str | None:
        """A country by code or name; None for one that is not known, which is no error of the file."""
        for name in names:
            told = self.text(name)
            if told and name == "iso" and re.fullmatch(r"\d{1,3}", told):
                found = next((c.alpha3 for c in countries().values() if c.numeric == int(told)), None)
            else:
                found = alpha3_of(told)
            if found:
                return found
        return None


def _several(*told: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n.strip() for t in told if t for n in t.split(";") if n.strip()))


def _acled(cells: _Cells) -> CodedRow:
    day = cells.day("event_date")
    before, after = SPAN.get(cells.text("time_precision") or "1", (0, 0))
    kind, sub = cells.text("event_type"), cells.text("sub_event_type")
    if kind is None:
        raise cells.wrong("event_type", "is empty")
    if kind not in ACLED:
        old = OLD_TYPES.get(re.sub(r"\s*-\s*", "-", kind.lower()))
        known = next((k for k in ACLED if k.lower() == kind.lower()), None)
        if old is None and known is None:
            raise cells.wrong("event_type", f"is none of ACLED's event types ({', '.join(ACLED)})")
        kind, sub = (known, sub) if known else (old[0], sub or old[1])  # type: ignore[index] # one of the two is there
    dead = cells.dead("fatalities")
    return CodedRow(
        dataset="acled",
        line=cells.line,
        id=cells.text("event_id_cnty", "data_id") or f"line {cells.line}",
        earliest=(day - timedelta(days=before)).isoformat(),
        latest=(day + timedelta(days=after)).isoformat(),
        event_type=kind,
        sub_event_type=next((s for s in ACLED[kind] if sub and s.lower() == sub.lower()), sub),
        plover=None,
        mode=None,
        violence=None,
        first=_several(cells.text("actor1"), cells.text("assoc_actor_1")),
        second=_several(cells.text("actor2"), cells.text("assoc_actor_2")),
        directed=kind in ("Violence against civilians", "Explosions/Remote violence"),
        country=cells.land("iso", "country"),
        admin1=cells.text("admin1"),
        place=cells.text("location"),
        latitude=cells.degrees("latitude", 90),
        longitude=cells.degrees("longitude", 180),
        radius_km=GEO_KM.get(cells.text("geo_precision") or "1"),
        killed_low=dead,
        killed=dead,
        killed_high=dead,
        source=cells.text("source"),
        notes=cells.text("notes"),
        cells=cells.cells,
    )


def _ucdp(cells: _Cells) -> CodedRow:
    start, end = cells.day("date_start"), cells.day("date_end")
    if start > end:
        raise cells.wrong("date_end", f"lies before date_start {start}")
    kind = cells.number("type_of_violence")
    if kind not in (1, 2, 3):
        raise cells.wrong("type_of_violence", "is not 1, 2 or 3")
    low, best, high = cells.dead("low"), cells.dead("best"), cells.dead("high")
    return CodedRow(
        dataset="ucdp",
        line=cells.line,
        id=cells.text("id", "relid") or f"line {cells.line}",
        earliest=start.isoformat(),
        latest=end.isoformat(),
        event_type=None,
        sub_event_type=None,
        plover=None,
        mode=None,
        violence=kind,
        first=_several(cells.text("side_a")),
        second=_several(cells.text("side_b")),
        directed=kind == 3,
        country=cells.land("country"),
        admin1=cells.text("adm_1"),
        place=cells.text("where_coordinates"),
        latitude=cells.degrees("latitude", 90),
        longitude=cells.degrees("longitude", 180),
        radius_km=WHERE_KM.get(cells.text("where_prec") or "1"),
        killed_low=low if low is not None else best,
        killed=best,
        killed_high=high if high is not None else best,
        source=cells.text("source_office", "source_article"),
        notes=cells.text("source_headline"),
        cells=cells.cells,
    )


def _polecat(cells: _Cells) -> CodedRow:
    day = cells.day("event_date").isoformat()
    kind = (cells.text("event_type") or "").upper()
    if kind not in MODES:
        raise cells.wrong("event_type", "is none of PLOVER's event types")
    return CodedRow(
        dataset="polecat",
        line=cells.line,
        id=cells.text("event_id") or f"line {cells.line}",
        earliest=day,
        latest=day,
        event_type=None,
        sub_event_type=None,
        plover=kind,
        mode=(cells.text("event_mode") or "").lower() or None,
        violence=None,
        first=_several(cells.text("actor_name", "actor_name_raw")),
        second=_several(cells.text("recipient_name", "recipient_name_raw")),
        directed=True,
        country=cells.land("country"),
        admin1=cells.text("province"),
        place=cells.text("city", "placename", "raw_placename"),
        latitude=cells.degrees("latitude", 90),
        longitude=cells.degrees("longitude", 180),
        radius_km=10.0,
        killed_low=None,
        killed=None,
        killed_high=None,
        source=cells.text("source"),
        notes=None,
        cells=cells.cells,
    )
