"""From what an expression says to when it was: TIMEX3 value, interval, precision and anchor.

Expressions are taken in text order. Two clocks run: the day of publication, from which "yesterday", "last week" or
"on Thursday" count, and the narrative, the last date told, from which "two days later", "that month" or, in a history,
a bare "in June" count. `inferred`: the day of publication is only a guess of the reader's. A text is a history (`narrative`) when it was published unknown when, or when most of the years
it names lie more than two years before its publication; nothing there counts from the publication.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from . import calendar as cal
from .calendar import OPEN, Interval, Moment, Precision
from .grammar import Meaning

DURATION_UNITS = {"S": ("T", "S"), "MI": ("T", "M"), "H": ("T", "H"), "D": ("", "D"), "W": ("", "W"), "FN": ("", "W"), "M": ("", "M"), "Q": ("", "M"),
                  "Y": ("", "Y"), "DE": ("", "DE"), "CE": ("", "CE"), "ML": ("", "ML"), "WE": ("", "WE"), "NI": ("T", "NI"), "MO": ("T", "MO"), "EV": ("T", "EV"), "AF": ("T", "AF")}
FEW = {"D": 10, "W": 28, "M": 92, "Y": 1096, "DE": 10958}
"""How many days back "recent days", "recent weeks" reach: a reader's guess, given as an interval."""
SET_VALUES = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "WE": "XXXX-WXX-WE", "NI": "XXXX-XX-XXTNI", "MO": "XXXX-XX-XXTMO",
              "EV": "XXXX-XX-XXTEV", "AF": "XXXX-XX-XXTAF", "H": "XXXX-XX-XXTXX", "Q": "XXXX-QX", "DE": "XXX", "CE": "XX"}
ZONE_OFFSETS = {"gmt": "Z", "utc": "Z", "zulu": "Z", "est": "-05", "edt": "-04", "cst": "-06", "cdt": "-05", "mst": "-07", "pst": "-08", "pdt": "-07"}
_SPAN: dict[str, Precision] = {"D": "day", "W": "week", "WE": "interval", "M": "month", "Y": "year", "DE": "decade", "CE": "century", "Q": "interval", "H": "day"}


class Resolved(NamedTuple):
    """An expression on the calendar; `anchor` is None, "published" or "narrative"."""

    type: str
    value: str | None
    interval: Interval
    precision: Precision
    anchor: str | None
    moment: Moment | None


def _unknown(kind: str, value: str | None, precision: Precision = "unknown") -> Resolved:
    return Resolved(kind, value, OPEN, precision, None, None)


class Resolver:
    """The clocks of one document."""

    def __init__(self, *, published: date | None, narrative: bool, american: bool = True, inferred: bool = False) -> None:
        self.published = published
        self.history = narrative
        self.american = american
        self.inferred = inferred
        self.told: Moment | None = None
        self.year: Moment | None = None
        self.told_day: Moment | None = None
        self._rules: dict[str, Callable[[Meaning, str], Resolved]] = {
            "date": self._date, "numeric": self._numeric, "weekday": self._weekday, "deictic": self._deictic, "season": self._season,
            "part": self._part, "day": self._day, "ref": self._ref, "offset": self._offset, "duration": self._duration, "stretch": self._stretch,
            "set": self._set, "decade": self._decade, "century": self._century, "period": self._period, "holiday": self._holiday,
            "islamic": self._islamic, "weekof": self._weekof, "anniversary": self._anniversary, "then": self._then, "academic": self._academic,
        }

    def resolve(self, meaning: Meaning, tense: str, *, lead: bool = True) -> Resolved:
        """`tense` is "past" or "future": which way an undated day lies; `lead`: the expression opens its sentence."""
        found = self._rules[meaning.kind](meaning, tense)
        if found.moment is not None:
            if found.moment.month is not None or lead or self.year is None:
                self.year = found.moment
            self.told = found.moment
            if found.moment.day is not None:
                self.told_day = found.moment
        return found

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
            value, kind = _with_part(value, m.get("part")), "TIME"
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
                return _unknown("DATE", f"XXXX-XX-{day:02d}" if day else None, "day")
            return self._whole(Moment(there.year, there.month, day), m, anchor)
        if year is None:
            year, anchor = self._year_for(month, day, tense)
            if year is None:
                return _unknown("TIME" if m.get("part") else "DATE", _with_part(f"XXXX-{month:02d}" + (f"-{day:02d}" if day else ""), m.get("part")), "day" if day else "month")
        if day is not None and not cal.exists(year, month, day):
            return _unknown("DATE", None)
        return self._whole(Moment(year, month, day), m, anchor)

    def _month_of(self, m: Meaning, month: int, day: int | None, of: str | None, rel: str | None) -> Resolved:
        base, anchor = self._now() if (of or rel) in ("last", "next", "this") else self._there()
        if base is None:
            return _unknown("DATE", f"XXXX-{month:02d}", "month")
        if of:
            year = base.year + {"last": -1, "previous": -1, "next": 1, "following": 1}.get(of, 0)
        elif rel == "last":
            year = base.year if (base.month or 13) > month else base.year - 1
        elif rel == "next":
            year = base.year if (base.month or 0) < month else base.year + 1
        else:
            year = base.year
        if day is not None and not cal.exists(year, month, day):
            return _unknown("DATE", None)
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
            return _unknown("TIME", f"XXXX-XX-XX{clock}", "day")
        return Resolved("TIME", there.value() + clock, there.interval(), "day", "narrative" if self.told_day else "published", there)

    def _numeric(self, m: Meaning, tense: str) -> Resolved:
        """31/12/2021, 12/31/2021, 31.12.2021: a number over 12 tells the order, else the habit of the outlet."""
        text = m.get("text")
        one, two, year = (int(n) for n in text.replace(".", "/").replace("-", "/").split("/"))
        if year < 100:
            year += 2000 if year < 70 else 1900
        month, day = (one, two) if (two > 12 or (self.american and one <= 12 and "." not in text)) else (two, one)
        if not 1 <= month <= 12 or not cal.exists(year, month, day):
            return _unknown("DATE", None)
        return self._whole(Moment(year, month, day), m, None)

    def _weekday(self, m: Meaning, tense: str) -> Resolved:
        number, rel = m.get("weekday"), m.get("rel")
        open_value = _with_part(f"XXXX-WXX-{number}", m.get("part"))
        base: date | None
        if self.history or self.published is None:
            there = self.told_day
            base, anchor = (there.date() if there else None), "narrative"
            if base is None:
                return _unknown("TIME" if m.get("part") or m.get("clock") else "DATE", open_value, "day")
            step = (number - base.isoweekday()) % 7
            if rel == "last" or (rel is None and step > 4):
                step = step - 7 if step else -7
        else:
            base, anchor = self.published, "published"
            if rel in ("that", "same") or (rel is None and self._told_far()):
                base, anchor = self.told_day.date() if self.told_day else base, "narrative"
                step = (number - (base or self.published).isoweekday()) % 7
            elif rel == "next" or (rel in (None, "this") and tense == "future"):
                step = (number - base.isoweekday()) % 7 or (7 if rel == "next" else 0)
            elif rel == "last":
                step = -((base.isoweekday() - number) % 7 or 7)
            elif rel == "this":
                step = number - base.isoweekday()
            else:
                step = -((base.isoweekday() - number) % 7)
        return self._whole(cal.of((base or date.min) + timedelta(days=step)), m, anchor)

    def _told_far(self) -> bool:
        """Does the story stand at a day more than three weeks before publication?"""
        day = self.told.date() if self.told else None
        return day is not None and self.published is not None and (self.published - day).days > 21

    def _day(self, m: Meaning, tense: str) -> Resolved:
        base, anchor = self._now()
        if self.history and not m.get("part"):
            return Resolved("DATE", "PRESENT_REF" if m.get("n") == 0 else None, OPEN, "unknown", None, None)
        day = base.date() if base else None
        if day is None:
            return _unknown("TIME" if m.get("part") else "DATE", _with_part("XXXX-XX-XX", m.get("part")), "day")
        return self._whole(cal.of(day + timedelta(days=m.get("n"))), m, anchor)

    def _part(self, m: Meaning, tense: str) -> Resolved:
        rel, part = m.get("rel"), m.get("part") or "NI"
        if rel in (None, "one", "any") and (rel == "any" or part not in ("MO", "24:00", "12:00", "AF", "EV", "NI", "MI")):
            return _unknown("TIME", _with_part("XXXX-XX-XX", part), "day")
        base, anchor = self._now() if rel == "this" and not self.history else self._there()
        day = base.date() if base else None
        if day is None and rel in ("same", "that", "next", "last") and self.told_day is not None:
            day = self.told_day.date()
        if day is None:
            value = base.value() + "-XX" if base is not None and base.month is not None and rel else "XXXX-XX-XX"
            return _unknown("TIME", _with_part(value, part), "day")
        day += timedelta(days={"next": 1, "last": -1}.get(rel or "", 0))
        moment = cal.of(day)
        return Resolved("TIME", _with_part(moment.value(), part), moment.interval(), "day", anchor, moment if rel else None)

    # Units counted from a clock

    def _deictic(self, m: Meaning, tense: str) -> Resolved:
        unit, rel = m.get("unit"), m.get("rel")
        if unit in ("NI", "MO", "EV", "AF"):
            return self._part(Meaning("part", part=unit, rel=rel), tense)
        news = rel in ("this", "last", "next") and unit != "D"
        base, anchor = self._now() if news and not (rel == "next" and self._told_far()) else self._there()
        step = {"last": -1, "previous": -1, "before": -1, "next": 1, "following": 1, "after": 1}.get(rel or "", 0)
        if unit == "D":
            base = base if base is None or base.day is not None else self.told_day if rel in ("same", "that") else None
            if base is None and self.told is not None and self.told.month is not None and self.history:
                return _unknown("DATE", f"{self.told.value()}-XX", "day")
            moment = cal.shifted(base, step, "D") if base else None
            return self._whole(moment, m, anchor) if moment else _unknown("DATE", "XXXX-XX-XX", "day")
        if base is None:
            return _unknown("DATE", {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}.get(unit), _SPAN.get(unit, "unknown"))
        day = base.date()
        if unit in ("W", "WE"):
            if day is None:
                return _unknown("DATE", "XXXX-WXX" if unit == "W" else "XXXX-WXX-WE", _SPAN[unit])
            if unit == "WE":
                back = rel in ("last", "previous") or (rel is None and tense == "past" and day.isoweekday() < 6)
                value, interval = cal.weekend(day - timedelta(days=7) if back else day + timedelta(days=7 * max(step, 0)))
                return Resolved("DATE", value, interval, "interval", anchor, None)
            value, interval = cal.week(day + timedelta(days=7 * step))
            return Resolved("DATE", value, interval, "week", anchor, None)
        if unit == "M":
            if base.month is None:
                return _unknown("DATE", f"{base.value()}-XX", "month")
            return self._whole(Moment(*cal.months_on(base.year, base.month, step)), m, anchor)
        if unit == "Y":
            return self._whole(Moment(base.year + step), m, anchor)
        if unit in ("DE", "CE"):
            size = 10 if unit == "DE" else 100
            start = (base.year // size + step) * size
            if base.year < 0:
                return _unknown("DATE", f"BC{abs(base.year + step * size) // size:0{3 if size == 10 else 2}d}", _SPAN[unit])
            return Resolved("DATE", f"{start // size}", (f"{start:04d}-01-01", f"{start + size - 1:04d}-12-31"), _SPAN[unit], anchor, None)
        if unit == "Q" and base.month is not None:
            index = base.year * 4 + (base.month - 1) // 3 + step
            return self._quarter(index // 4, index % 4 + 1, anchor)
        return _unknown("DATE", None)

    def _quarter(self, year: int, n: int, anchor: str | None) -> Resolved:
        first, last = Moment(year, 3 * n - 2).interval()[0], Moment(year, 3 * n).interval()[1]
        return Resolved("DATE", f"{year:04d}-Q{n}", (first, last), "interval", anchor, None)

    def _offset(self, m: Meaning, tense: str) -> Resolved:
        n, unit, rel = m.get("n"), m.get("unit"), m.get("rel")
        back = rel in ("ago", "earlier", "previously", "before", "beforehand", "prior")
        base, anchor = self._now() if rel in ("ago", "hence") else self._there()
        if n is None:
            value = "PAST_REF" if back else "FUTURE_REF"
            interval: Interval = OPEN
            day = base.date() if base else None
            if day is not None and unit in FEW:
                far = day + timedelta(days=FEW[unit] * (-1 if back else 1))
                interval = (far.isoformat(), day.isoformat()) if back else (day.isoformat(), far.isoformat())
            return Resolved("DATE", value, interval, "interval" if interval != OPEN else "unknown", anchor, None)
        if rel == "ago" and self.inferred and m.get("event") is not None and unit in ("D", "W", "M"):
            value, interval = cal.week(m.get("event"))
            return Resolved("DATE", value, interval, "week", None, None)
        size, unit = {"FN": (2, "W"), "Q": (3, "M"), "MI": (0, "H"), "S": (0, "H")}.get(unit, (1, unit))
        if self.history and rel == "ago":
            base = None
        step = n * size * (-1 if back else 1)
        moment = cal.shifted(base, step, unit) if base is not None and unit in ("D", "W", "M", "Y", "DE", "CE", "H") else None
        if moment is None:
            value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "H": "XXXX-XX-XXTXX"}.get(unit)
            if base is not None and base.month is not None and unit in ("D", "W"):
                value = f"{base.value()}-XX"
            return _unknown("TIME" if unit == "H" else "DATE", value, _SPAN.get(unit, "unknown"))
        day = moment.date()
        if unit == "W" and day is not None:
            value, interval = cal.week(day)
            return Resolved("DATE", value, interval, "week", anchor, None)
        if unit == "H":
            return Resolved("TIME", f"{moment.value()}TXX", moment.interval(), "day", anchor, None)
        if unit == "DE":
            start = moment.year // 10 * 10
            if moment.year < 0:
                return _unknown("DATE", moment.value(), "decade")
            return Resolved("DATE", f"{start // 10}", (f"{start}-01-01", f"{start + 9}-12-31") if start > 0 else OPEN, "decade", anchor, None)
        return self._whole(moment, m, anchor)

    def _duration(self, m: Meaning, tense: str) -> Resolved:
        return _unknown("DURATION", period_value(m.get("n"), m.get("unit")))

    def _stretch(self, m: Meaning, tense: str) -> Resolved:
        """The past two weeks, recent days, the next three months."""
        n, unit, rel = m.get("n"), m.get("unit"), m.get("rel")
        base, anchor = self._now()
        day = base.date() if base else None
        days = {"D": 1, "W": 7, "M": 30.44, "Y": 365.25, "DE": 3652.5, "CE": 36525}.get(unit or "")
        interval = OPEN
        if day is not None and days is not None:
            length = timedelta(days=round(FEW.get(unit, 10) if n is None else n * days))
            try:
                interval = (day.isoformat(), (day + length).isoformat()) if rel == "next" else ((day - length).isoformat(), day.isoformat())
            except OverflowError:
                interval = OPEN
        return Resolved("DURATION", period_value(n, unit), interval, "interval" if interval != OPEN else "unknown", anchor if interval != OPEN else None, None)

    def _set(self, m: Meaning, tense: str) -> Resolved:
        if m.get("weekday"):
            return _unknown("SET", _with_part(f"XXXX-WXX-{m.get('weekday')}", m.get("part")))
        if m.get("season"):
            return _unknown("SET", f"XXXX-{m.get('season')}")
        if m.get("part"):
            return _unknown("SET", _with_part("XXXX-XX-XX", m.get("part")))
        if m.get("n"):
            return _unknown("SET", period_value(m.get("n"), m.get("unit")))
        return _unknown("SET", SET_VALUES.get(m.get("unit")))

    def _ref(self, m: Meaning, tense: str) -> Resolved:
        return _unknown("DATE", m.get("value"))

    def _then(self, m: Meaning, tense: str) -> Resolved:
        if m.get("rel") == "this":
            return _unknown("DATE", "PRESENT_REF")
        return Resolved("DATE", self.told.value(), self.told.interval(), self.told.precision(), "narrative", None) if self.told else _unknown("DATE", "PAST_REF")

    # Longer stretches of the calendar

    def _season(self, m: Meaning, tense: str) -> Resolved:
        name, year, rel, anchor = m.get("season"), m.get("year"), m.get("rel"), None
        if year is None:
            base, anchor = self._now() if rel in ("this", "last", "next") else self._there()
            if base is None:
                return _unknown("DATE", f"XXXX-{name}", "interval")
            year = base.year
            first = cal.SEASONS[name]
            if anchor == "narrative":
                year += 1 if name == "WI" and (base.month or 0) >= 8 or (rel == "next" and (base.month or 0) > first) else 0
            elif rel == "last" or (rel is None and tense == "past"):
                year -= 1 if (base.month or 12) <= first + 1 else 0
            elif rel == "next" or (rel is None and tense == "future"):
                year += 1 if (base.month or 1) >= first else 0
        value = Moment(year).value() + f"-{name}"
        month = cal.SEASONS[name] if name != "WI" else None
        return Resolved("DATE", value, cal.first_third(cal.season(year, name), m.get("early") or ""), "interval", anchor, Moment(year, month))

    def _decade(self, m: Meaning, tense: str) -> Resolved:
        n = m.get("decade")
        if m.get("bc"):
            return _unknown("DATE", f"BC{n // 10:03d}", "decade")
        if n < 100:
            here = self.told.year if self.told else self.published.year if self.published else 1999
            n = min((c + n for c in (1600, 1700, 1800, 1900, 2000)), key=lambda y: (y > here, abs(y - here)))
        return Resolved("DATE", f"{n // 10}", (f"{n:04d}-01-01", f"{n + 9:04d}-12-31"), "decade", None, None)

    def _century(self, m: Meaning, tense: str) -> Resolved:
        n = m.get("n")
        if n < 0 or n > 99:
            return _unknown("DATE", f"BC{-n - 1:02d}" if -100 < n < 0 else None, "century")
        return Resolved("DATE", f"{n - 1:02d}", (f"{(n - 1) * 100 + 1:04d}-01-01", f"{n * 100:04d}-12-31"), "century", None, None)

    def _period(self, m: Meaning, tense: str) -> Resolved:
        year, n, anchor = m.get("year"), m.get("n"), None
        if year is None:
            base, anchor = self._now()
            if base is None:
                return _unknown("DATE", f"XXXX-{m.get('kind')}{n}", "interval")
            year = base.year - (1 if tense == "past" and m.get("kind") == "Q" and base.month and n > (base.month + 2) // 3 else 0)
        if m.get("kind") == "Q":
            return self._quarter(year, n, anchor)
        first, last = Moment(year, 6 * n - 5).interval()[0], Moment(year, 6 * n).interval()[1]
        return Resolved("DATE", f"{year:04d}-H{n}", (first, last), "interval", anchor, Moment(year))

    def _academic(self, m: Meaning, tense: str) -> Resolved:
        year = m.get("year")
        return Resolved("DATE", f"{year:04d}", (f"{year:04d}-09-01", f"{year + 1:04d}-08-31"), "interval", None, None)

    def _weekof(self, m: Meaning, tense: str) -> Resolved:
        dated = self._date(Meaning("date", year=m.get("year"), month=m.get("month"), day=m.get("day")), tense)
        moment, n = dated.moment, m.get("n")
        if moment is None or moment.month is None:
            return _unknown("DATE", None, "week")
        if moment.day is not None:
            day = moment.date()
            if day is None:
                return _unknown("DATE", None, "week")
            value, interval = cal.week(day)
            return Resolved("DATE", value, interval, "week", dated.anchor, moment)
        first, last = (date.fromisoformat(d or "0001-01-01") for d in moment.interval())
        start = last - timedelta(days=6) if n < 0 else first + timedelta(days=7 * (n - 1))
        value, _ = cal.week(start + timedelta(days=3))
        return Resolved("DATE", value, (start.isoformat(), (start + timedelta(days=6)).isoformat()), "week", dated.anchor, moment)

    # Feasts

    def _feast(self, day: str, year: int) -> date | None:
        try:
            if day.startswith("easter"):
                return cal.easter(year) + timedelta(days=int(day[6:] or 0))
            if day == "thanksgiving":
                return cal.thanksgiving(year)
            if day.startswith("h"):
                return cal.hijri_in(year, int(day[1:3]), int(day[4:]))
            return date.fromisoformat(day if len(day) > 5 else f"{year:04d}-{day}")
        except ValueError:
            return None

    def _holiday(self, m: Meaning, tense: str) -> Resolved:
        year, anchor, named = m.get("year"), None, m.get("day")
        if year is None and len(named) <= 12 and not named[:4].isdigit():
            base, anchor = self._now()
            if base is None:
                return _unknown("DATE", f"XXXX-{named}" if named[:2].isdigit() else None, "day")
            year = base.year
            day = self._feast(named, year)
            if day is not None and anchor == "published" and self.published is not None:
                if tense == "future" and day < self.published or m.get("rel") == "next":
                    year += 1
                elif (tense == "past" or m.get("rel") == "last") and day > self.published:
                    year -= 1
        day = self._feast(named, year or 0)
        return self._whole(cal.of(day), m, anchor) if day else _unknown("DATE", None, "day")

    def _islamic(self, m: Meaning, tense: str) -> Resolved:
        """Of the month alone: its days, with no TIMEX3 value, as the standard has none."""
        month, day, year, anchor = m.get("month"), m.get("day"), m.get("year"), None
        if year is not None and 1300 <= year <= 1500:
            first = cal.hijri(year, month, day or 1)
        else:
            base, anchor = (Moment(year), None) if year is not None and 1900 < year < 2200 else self._now()
            first = cal.hijri_in(base.year, month, day or 1) if base is not None and base.year > 622 else None
            if first and anchor == "published" and self.published and tense == "past" and m.get("rel") != "next" and first > self.published:
                first = cal.hijri_in(first.year - 1, month, day or 1)
        if first is None:
            return _unknown("DATE", None, "day" if day else "month")
        if day:
            return self._whole(cal.of(first), m, anchor)
        return Resolved("DATE", None, (first.isoformat(), (first + timedelta(days=29)).isoformat()), "interval", anchor, None)

    def _anniversary(self, m: Meaning, tense: str) -> Resolved:
        """Of an event whose day is known, by its number or else by the year of publication."""
        event, n = m.get("event"), m.get("n")
        if event is None or (n is None and self.published is None):
            return _unknown("DATE", None, "day")
        year = event.year + n if n is not None else self.published.year if self.published else event.year
        if not cal.exists(year, event.month, event.day):
            return _unknown("DATE", None, "day")
        return self._whole(Moment(year, event.month, event.day), m, None)


def _with_part(value: str, part: Any) -> str:
    return f"{value}T{part}" if part else value


def period_value(n: float | None, unit: str | None) -> str | None:
    """TIMEX3 duration: P2D, PXW, PT24H, P2.5Y, P1DE."""
    if unit not in DURATION_UNITS:
        return None
    time, letter = DURATION_UNITS[unit]
    if n is not None and unit in ("FN", "Q"):
        n *= 2 if unit == "FN" else 3
    if n == 0.5 and unit == "H":
        return "PT30M"
    number = "X" if n is None else f"{n:g}" if n < 1e6 else f"{n:.0f}"
    return f"P{time}{number}{letter}"
