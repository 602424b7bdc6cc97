"""Days, months, weeks: arithmetic on dates of which only a part may be known, and TIMEX3 values for them.

Years before Christ are negative (-480 is 480 BC); they have values but no ISO dates, so their intervals are open.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

Precision = Literal["day", "week", "month", "year", "decade", "century", "interval", "unknown"]
Interval = tuple[str | None, str | None]

OPEN: Interval = (None, None)
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Moment(NamedTuple):
    """A date as far as it is known: a year, maybe a month, maybe a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def date(self) -> date | None:
        """The day, where all of it is known and it exists."""
        if self.month is None or self.day is None or not 1 <= self.year <= 9999:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    def value(self) -> str:
        """TIMEX3: 2022, 2022-03, 2022-03-17, BC0480."""
        text = f"{self.year:04d}" if self.year > 0 else f"BC{-self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text

    def interval(self) -> Interval:
        """First and last day, ISO."""
        if not 1 <= self.year <= 9999:
            return OPEN
        if self.month is None:
            return f"{self.year:04d}-01-01", f"{self.year:04d}-12-31"
        if self.day is None:
            last = calendar.monthrange(self.year, self.month)[1]
            return f"{self.year:04d}-{self.month:02d}-01", f"{self.year:04d}-{self.month:02d}-{last:02d}"
        day = self.date()
        return (day.isoformat(), day.isoformat()) if day else OPEN

    def precision(self) -> Precision:
        return "year" if self.month is None else "month" if self.day is None else "day"


def of(day: date) -> Moment:
    """The moment of a day."""
    return Moment(day.year, day.month, day.day)


def exists(year: int, month: int, day: int) -> bool:
    """Is there such a day? Years before Christ are taken for leap years."""
    return 1 <= day <= calendar.monthrange(year if 1 <= year <= 9999 else 2000, month)[1]


def months_on(year: int, month: int, n: int) -> tuple[int, int]:
    """The month `n` months on."""
    index = year * 12 + month - 1 + n
    return index // 12, index % 12 + 1


def shifted(moment: Moment, n: float, unit: str) -> Moment | None:
    """A moment `n` units on, as far as it can be told; None where it cannot. Units: D, W, M, Y, DE, CE, H."""
    try:
        if unit in ("D", "W", "H"):
            day = moment.date()
            if day is None:
                return None
            return of(day + timedelta(days=round(n * {"D": 1, "W": 7, "H": 1 / 24}[unit])))
        if unit == "M":
            if moment.month is None:
                return None
            return Moment(*months_on(moment.year, moment.month, round(n)))
        return Moment(moment.year + round(n * {"Y": 1, "DE": 10, "CE": 100}[unit]))
    except (OverflowError, ValueError):
        return None


def week(day: date) -> tuple[str, Interval]:
    """ISO week of a day, with its Monday and Sunday."""
    year, number, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return f"{year:04d}-W{number:02d}", (monday.isoformat(), (monday + timedelta(days=6)).isoformat())


def weekend(day: date) -> tuple[str, Interval]:
    """The Saturday and Sunday of a day's ISO week."""
    value, (monday, sunday) = week(day)
    saturday = date.fromisoformat(monday or "") + timedelta(days=5)
    return f"{value}-WE", (saturday.isoformat(), sunday)


def season(year: int, name: str) -> Interval:
    """The months of a season, northern: winter begins in December of its year."""
    if not 1 <= year < 9999:
        return OPEN
    first = SEASONS[name]
    last_year, last = months_on(year, first, 2)
    return Moment(year, first).interval()[0], Moment(last_year, last).interval()[1]


def easter(year: int) -> date:
    """Easter Sunday, Gregorian (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def hijri(year: int, month: int, day: int) -> date | None:
    """A date of the Islamic calendar by the tabular reckoning (Dershowitz, Reingold): right to a day or so."""
    ordinal = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + 227014
    try:
        return date.fromordinal(ordinal)
    except (OverflowError, ValueError):
        return None


def hijri_in(year: int, month: int, day: int) -> date | None:
    """The first occurrence of an Islamic month and day in a year of ours."""
    about = int((year - 622) * 33 / 32)
    for hijri_year in range(about - 1, about + 3):
        found = hijri(hijri_year, month, day)
        if found is not None and found.year == year:
            return found
    return None


def thanksgiving(year: int) -> date:
    """The fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


def feast(name: str, year: int) -> date | None:
    """The day of a feast of the lexicon in a year; None where it has none."""
    try:
        if name.startswith("easter"):
            return easter(year) + timedelta(days=int(name[6:] or 0))
        if name == "thanksgiving":
            return thanksgiving(year)
        if name.startswith("h"):
            return hijri_in(year, int(name[1:3]), int(name[4:]))
        return date.fromisoformat(name if len(name) > 5 else f"{year:04d}-{name}")
    except ValueError:
        return None


def first_third(interval: Interval, part: str) -> Interval:
    """The early, middle or late third of an interval."""
    earliest, latest = interval
    if earliest is None or latest is None or part not in ("early", "mid", "late"):
        return interval
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    third = (last - first).days / 3
    step = {"early": 0, "mid": 1, "late": 2}[part]
    low = first + timedelta(days=round(step * third))
    high = first + timedelta(days=round((step + 1) * third))
    return low.isoformat(), high.isoformat()
