"""The two clocks of a document, and dates said by day, month and year."""

from __future__ import annotations

from datetime import date

from . import calendar as cal
from .calendar import Moment
from .grammar import Meaning
from .values import ZONE_OFFSETS, Resolved, unknown, with_part


class Clocks:
    """Where a document stands in time, and the dates that count from there."""

    def __init__(self, *, published: date | None, narrative: bool, american: bool = True, inferred: bool = False) -> None:
        self.published = published
        self.history = narrative
        self.american = american
        self.inferred = inferred
        self.told: Moment | None = None
        self.year: Moment | None = None
        self.told_day: Moment | None = None

    # The clock an expression counts from

    def _now(self) -> tuple[Moment | None, str | None]:
        """Where speaking stands: the publication, in a history the date told last."""
        if self.history or self.published is None:
            return self.told, "narrative" if self.told else None
        return cal.of(self.published), "published"

    def _there(self) -> tuple[Moment | None, str | None]:
        """Where the story stands: the date told last, else the publication."""
        if self.told is not None:
            return self.told, "narrative"
        return self._now()

    # Dates

    def _whole(self, moment: Moment, m: Meaning, anchor: str | None) -> Resolved:
        value, interval, kind = moment.value(), moment.interval(), "DATE"
        if m.get("clock") and moment.day is not None:
            value, kind = f"{value}T{m.get('clock')}{ZONE_OFFSETS.get(m.get('zone') or '', '')}", "TIME"
        elif m.get("part") and moment.day is not None:
            value, kind = with_part(value, m.get("part")), "TIME"
        if m.get("early") and moment.day is None:
            interval = cal.first_third(interval, m.get("early"))
        return Resolved(kind, value, interval, moment.precision(), anchor, moment)

    def _date(self, m: Meaning, tense: str) -> Resolved:
        year, month, day = m.get("year"), m.get("month"), m.get("day")
        anchor: str | None = None
        if m.get("short") is not None and year is None:
            here = self.told.year if self.told else self.published.year if self.published else 1999
            year = min((c + m.get("short") for c in (1600, 1700, 1800, 1900, 2000)), key=lambda y: abs(y - here))
        if year is None and (m.get("of") or m.get("rel")) and month:
            return self._month_of(m, month, day, m.get("of"), m.get("rel"))
        if year is None and month is None and day is None and m.get("clock"):
            return self._clock(m)
        if year is None and month is None:
            there, anchor = self._there()
            if there is None or there.month is None or day is None or not cal.exists(there.year, there.month, day):
                return unknown("DATE", f"XXXX-XX-{day:02d}" if day else None, "day")
            return self._whole(Moment(there.year, there.month, day), m, anchor)
        if year is None:
            year, anchor = self._year_for(month, day, tense)
            if year is None:
                return unknown(
                    "TIME" if m.get("part") else "DATE",
                    with_part(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""), m.get("part")),
                    "day" if day else "month",
                )
        if day is not None and (month is None or not cal.exists(year, month, day)):
            return unknown("DATE", None)
        return self._whole(Moment(year, month, day), m, anchor)

    def _month_of(self, m: Meaning, month: int, day: int | None, of: str | None, rel: str | None) -> Resolved:
        base, anchor = self._now() if (of or rel) in ("last", "next", "this") else self._there()
        if base is None:
            return unknown("DATE", f"XXXX-{month:02d}", "month")
        if of:
            year = base.year + {"last": -1, "previous": -1, "next": 1, "following": 1}.get(of, 0)
        elif rel == "last":
            year = base.year if (base.month or 13) > month else base.year - 1
        elif rel == "next":
            year = base.year if (base.month or 0) < month else base.year + 1
        else:
            year = base.year
        if day is not None and not cal.exists(year, month, day):
            return unknown("DATE", None)
        return self._whole(Moment(year, month, day), m, anchor)

    def _year_for(self, month: int, day: int | None, tense: str) -> tuple[int | None, str | None]:
        """The year of a month or day told without one."""
        told, pub = self.year, self.published
        if self.history or pub is None or (told is not None and abs(told.year - pub.year) >= 2):
            if told is None:
                return None, None
            gap = month - told.month if told.month is not None else 0
            return told.year + (1 if gap <= -8 else -1 if gap >= 10 else 0), "narrative"
        year = pub.year
        ahead = (month, day or 0) > (pub.month, pub.day if day else 0)
        if tense == "future":
            if (month, day or 31) < (pub.month, pub.day):
                year += 1
        elif ahead and not (month == pub.month and day is None):
            year -= 1
        return year, "published"

    def _clock(self, m: Meaning) -> Resolved:
        there = self.told_day if self.history or self.published is None else self.told_day or cal.of(self.published)
        clock = f"T{m.get('clock')}{ZONE_OFFSETS.get(m.get('zone') or '', '')}"
        if there is None:
            return unknown("TIME", f"XXXX-XX-XX{clock}", "day")
        return Resolved("TIME", there.value() + clock, there.interval(), "day", "narrative" if self.told_day else "published", there)

    def _numeric(self, m: Meaning, tense: str) -> Resolved:
        """31/12/2021, 12/31/2021, 31.12.2021: a number over 12 tells the order, else the habit of the outlet."""
        text = m.get("text")
        one, two, year = (int(n) for n in text.replace(".", "/").replace("-", "/").split("/"))
        if year < 100:
            year += 2000 if year < 70 else 1900
        month, day = (one, two) if (two > 12 or (self.american and one <= 12 and "." not in text)) else (two, one)
        if not 1 <= month <= 12 or not cal.exists(year, month, day):
            return unknown("DATE", None)
        return self._whole(Moment(year, month, day), m, None)

    def _told_far(self) -> bool:
        """Does the story stand at a day more than three weeks before publication?"""
        day = self.told.date() if self.told else None
        return day is not None and self.published is not None and (self.published - day).days > 21
