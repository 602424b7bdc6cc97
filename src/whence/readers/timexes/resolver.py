"""From what an expression says to when it was: TIMEX3 value, interval, precision and anchor.

Expressions are taken in text order. Two clocks run: the day of publication, from which "yesterday", "last week" or
"on Thursday" count, and the narrative, the last date told, from which "two days later", "that month" or, in a history,
a bare "in June" count. `inferred`: the day of publication is only a guess of the reader's. A text is a history
(`narrative`) when nobody knows when it was published, or when most of the years it names lie more than two years before
its publication; nothing there counts from the publication.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from . import calendar as cal
from .calendar import OPEN, Interval, Moment, Precision
from .clocks import Clocks
from .grammar import Meaning
from .values import FEW, SET_VALUES, SPAN, Resolved, period_value, unknown, with_part

NEAR = 45
"""Days between an anniversary and a report of it at most, where no one says which it is."""


class Resolver(Clocks):
    """Puts the expressions of one document on the calendar, in text order."""

    def __init__(self, *, published: date | None, narrative: bool, american: bool = True, inferred: bool = False) -> None:
        super().__init__(published=published, narrative=narrative, american=american, inferred=inferred)
        self._rules: dict[str, Callable[[Meaning, str], Resolved]] = {
            "date": self._date,
            "numeric": self._numeric,
            "weekday": self._weekday,
            "deictic": self._deictic,
            "season": self._season,
            "part": self._part,
            "day": self._day,
            "ref": self._ref,
            "offset": self._offset,
            "duration": self._duration,
            "stretch": self._stretch,
            "set": self._set,
            "decade": self._decade,
            "century": self._century,
            "period": self._period,
            "holiday": self._holiday,
            "islamic": self._islamic,
            "weekof": self._weekof,
            "anniversary": self._anniversary,
            "then": self._then,
            "academic": self._academic,
            "eventday": self._eventday,
        }

    def resolve(self, meaning: Meaning, tense: str, *, lead: bool = True) -> Resolved:
        """`tense` is "past" or "future": which way an undated day lies; `lead`: the expression opens its sentence."""
        try:
            found = self._rules[meaning.kind](meaning, tense)
        except (OverflowError, ValueError):  # past the ends of the calendar
            return unknown("DATE", None)
        if meaning.get("turned"):  # the day of another event: the story stays where it is
            return found._replace(moment=None)
        if found.moment is not None:
            if found.moment.month is not None or lead or self.year is None:
                self.year = found.moment
            self.told = found.moment
            if found.moment.day is not None:
                self.told_day = found.moment
        return found

    def _weekday(self, m: Meaning, tense: str) -> Resolved:
        number, rel = m.get("weekday"), m.get("rel")
        open_value = with_part(f"XXXX-WXX-{number}", m.get("part"))
        base: date | None
        if self.history or self.published is None:
            there = self.told_day
            base, anchor = (there.date() if there else None), "narrative"
            if base is None:
                return unknown("TIME" if m.get("part") or m.get("clock") else "DATE", open_value, "day")
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

    def _day(self, m: Meaning, tense: str) -> Resolved:
        base, anchor = self._now()
        if self.history and not m.get("part"):
            return Resolved("DATE", "PRESENT_REF" if m.get("n") == 0 else None, OPEN, "unknown", None, None)
        day = base.date() if base else None
        if day is None:
            return unknown("TIME" if m.get("part") else "DATE", with_part("XXXX-XX-XX", m.get("part")), "day")
        return self._whole(cal.of(day + timedelta(days=m.get("n"))), m, anchor)

    def _part(self, m: Meaning, tense: str) -> Resolved:
        rel, part = m.get("rel"), m.get("part") or "NI"
        if rel in (None, "one", "any") and (rel == "any" or part not in ("MO", "24:00", "12:00", "AF", "EV", "NI", "MI")):
            return unknown("TIME", with_part("XXXX-XX-XX", part), "day")
        base, anchor = self._now() if rel == "this" and not self.history else self._there()
        day = base.date() if base else None
        if day is None and rel in ("same", "that", "next", "last") and self.told_day is not None:
            day = self.told_day.date()
        if day is None:
            value = base.value() + "-XX" if base is not None and base.month is not None and rel else "XXXX-XX-XX"
            return unknown("TIME", with_part(value, part), "day")
        day += timedelta(days={"next": 1, "last": -1}.get(rel or "", 0))
        moment = cal.of(day)
        return Resolved("TIME", with_part(moment.value(), part), moment.interval(), "day", anchor, moment if rel else None)

    # Units counted from a clock

    def _deictic(self, m: Meaning, tense: str) -> Resolved:
        unit, rel = m.get("unit"), m.get("rel")
        if unit in ("NI", "MO", "EV", "AF"):
            return self._part(Meaning("part", part=unit, rel=rel), tense)
        news = rel in ("this", "last", "next") and unit != "D"
        base, anchor = self._now() if news and not (rel == "next" and self._told_far()) else self._there()
        step = {"last": -1, "previous": -1, "before": -1, "next": 1, "following": 1, "after": 1}.get(rel or "", 0)
        if unit == "D":
            if anchor == "published" and rel == "following" and tense == "past":
                return unknown("DATE", "XXXX-XX-XX", "day")
            base = base if base is None or base.day is not None else self.told_day if rel in ("same", "that") else None
            if base is None and self.told is not None and self.told.month is not None and self.history:
                return unknown("DATE", f"{self.told.value()}-XX", "day")
            moment = cal.shifted(base, step, "D") if base else None
            return self._whole(moment, m, anchor) if moment else unknown("DATE", "XXXX-XX-XX", "day")
        if base is None:
            return unknown(
                "DATE",
                {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX"}.get(unit),
                SPAN.get(unit, "unknown"),
            )
        day = base.date()
        if unit in ("W", "WE"):
            if day is None:
                return unknown("DATE", "XXXX-WXX" if unit == "W" else "XXXX-WXX-WE", SPAN[unit])
            if unit == "WE":
                back = rel in ("last", "previous") or (rel is None and tense == "past" and day.isoweekday() < 6)
                value, interval = cal.weekend(day - timedelta(days=7) if back else day + timedelta(days=7 * max(step, 0)))
                return Resolved("DATE", value, interval, "interval", anchor, None)
            value, interval = cal.week(day + timedelta(days=7 * step))
            return Resolved("DATE", value, interval, "week", anchor, None)
        if unit == "M":
            if base.month is None:
                return unknown("DATE", f"{base.value()}-XX", "month")
            return self._whole(Moment(*cal.months_on(base.year, base.month, step)), m, anchor)
        if unit == "Y":
            return self._whole(Moment(base.year + step), m, anchor)
        if unit in ("DE", "CE"):
            size = 10 if unit == "DE" else 100
            start = (base.year // size + step) * size
            if base.year < 0:
                return unknown("DATE", f"BC{abs(base.year + step * size) // size:0{3 if size == 10 else 2}d}", SPAN[unit])
            return Resolved(
                "DATE",
                f"{start // size}",
                (f"{start:04d}-01-01", f"{start + size - 1:04d}-12-31"),
                SPAN[unit],
                anchor,
                None,
            )
        if unit == "Q" and base.month is not None:
            index = base.year * 4 + (base.month - 1) // 3 + step
            return self._quarter(index // 4, index % 4 + 1, anchor)
        return unknown("DATE", None)

    def _quarter(self, year: int, n: int, anchor: str | None) -> Resolved:
        first, last = Moment(year, 3 * n - 2).interval()[0], Moment(year, 3 * n).interval()[1]
        return Resolved("DATE", f"{year:04d}-Q{n}", (first, last), "interval", anchor, None)

    def _offset(self, m: Meaning, tense: str) -> Resolved:
        n, unit, rel = m.get("n"), m.get("unit"), m.get("rel")
        back = rel in ("ago", "earlier", "previously", "before", "beforehand", "prior")
        base, anchor = self._now() if rel in ("ago", "hence") else self._there()
        if anchor == "published" and rel in ("later", "after", "afterward", "afterwards") and tense == "past":
            base, anchor = None, None  # later than a day that no one told
        if m.get("anchored"):
            base, anchor = m.get("base"), "event"
            back = back is not bool(m.get("turned"))
        if unit in ("H", "MI", "S") and n is None and rel != "ago":
            return self._hours(base, anchor, unit, back=back)
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
            open_value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "H": "XXXX-XX-XXTXX"}.get(unit)
            if base is not None and base.month is not None and unit in ("D", "W"):
                open_value = f"{base.value()}-XX"
            return unknown("TIME" if unit == "H" else "DATE", open_value, SPAN.get(unit, "unknown"))
        day = moment.date()
        if unit == "W" and day is not None:
            value, interval = cal.week(day)
            return Resolved("DATE", value, interval, "week", anchor, None)
        if unit == "H":
            return Resolved("TIME", f"{moment.value()}TXX", moment.interval(), "day", anchor, None)
        if unit == "DE":
            start = moment.year // 10 * 10
            if moment.year < 0:
                return unknown("DATE", moment.value(), "decade")
            return Resolved(
                "DATE",
                f"{start // 10}",
                (f"{start}-01-01", f"{start + 9}-12-31") if start > 0 else OPEN,
                "decade",
                anchor,
                None,
            )
        return self._whole(moment, m, anchor)

    def _hours(self, base: Moment | None, anchor: str | None, unit: str, *, back: bool) -> Resolved:
        """Hours later: the same day or the next."""
        day = base.date() if base is not None and anchor != "published" else None
        value = "PAST_REF" if back else "FUTURE_REF"
        if day is None:
            return unknown("DATE", value)
        far = day + timedelta(days=0 if unit != "H" else -1 if back else 1)
        first, last = sorted((day, far))
        precision: Precision = "interval" if first < last else "day"
        return Resolved("TIME", f"{cal.of(day).value()}TXX", (first.isoformat(), last.isoformat()), precision, anchor, None)

    def _eventday(self, m: Meaning, tense: str) -> Resolved:
        """The day of the attack, the week before the vote: counted from the event's day, open where no one tells it."""
        unit, rel = m.get("unit"), m.get("rel")
        base, anchor = (m.get("base"), "event") if m.get("anchored") else self._there()
        if anchor == "published":
            base = None
        step = {"before": -1, "prior": -1, "after": 1}.get(rel or "", 0)
        moment = cal.shifted(base, step, unit) if base is not None and unit in ("D", "W", "M", "Y") else None
        if moment is None:
            open_value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit)
            return unknown("TIME" if m.get("part") else "DATE", with_part(open_value or "XXXX-XX-XX", m.get("part")), SPAN.get(unit, "day"))
        day = moment.date()
        if unit == "W" and day is not None:
            value, interval = cal.week(day)
            return Resolved("DATE", value, interval, "week", anchor, None)
        found = self._whole(moment, m, anchor)
        return found if rel in ("before", "after") else found._replace(moment=None)

    def _duration(self, m: Meaning, tense: str) -> Resolved:
        return unknown("DURATION", period_value(m.get("n"), m.get("unit")))

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
        return Resolved(
            "DURATION",
            period_value(n, unit),
            interval,
            "interval" if interval != OPEN else "unknown",
            anchor if interval != OPEN else None,
            None,
        )

    def _set(self, m: Meaning, tense: str) -> Resolved:
        if m.get("weekday"):
            return unknown("SET", with_part(f"XXXX-WXX-{m.get('weekday')}", m.get("part")))
        if m.get("season"):
            return unknown("SET", f"XXXX-{m.get('season')}")
        if m.get("part"):
            return unknown("SET", with_part("XXXX-XX-XX", m.get("part")))
        if m.get("n"):
            return unknown("SET", period_value(m.get("n"), m.get("unit")))
        return unknown("SET", SET_VALUES.get(m.get("unit")))

    def _ref(self, m: Meaning, tense: str) -> Resolved:
        return unknown("DATE", m.get("value"))

    def _then(self, m: Meaning, tense: str) -> Resolved:
        if m.get("rel") == "this":
            return unknown("DATE", "PRESENT_REF")
        return (
            Resolved("DATE", self.told.value(), self.told.interval(), self.told.precision(), "narrative", None)
            if self.told
            else unknown("DATE", "PAST_REF")
        )

    # Longer stretches of the calendar

    def _season(self, m: Meaning, tense: str) -> Resolved:
        name, year, rel, anchor = m.get("season"), m.get("year"), m.get("rel"), None
        if year is None:
            base, anchor = self._now() if rel in ("this", "last", "next") else self._there()
            if base is None:
                return unknown("DATE", f"XXXX-{name}", "interval")
            year = base.year
            first = cal.SEASONS[name]
            if anchor == "narrative":
                year += 1 if (name == "WI" and (base.month or 0) >= 8) or (rel == "next" and (base.month or 0) > first) else 0
            elif rel == "last" or (rel is None and tense == "past"):
                year -= 1 if (base.month or 12) <= first + 1 else 0
            elif rel == "next" or (rel is None and tense == "future"):
                year += 1 if (base.month or 1) >= first else 0
        value = Moment(year).value() + f"-{name}"
        month = cal.SEASONS[name] if name != "WI" else None
        return Resolved(
            "DATE",
            value,
            cal.first_third(cal.season(year, name), m.get("early") or ""),
            "interval",
            anchor,
            Moment(year, month),
        )

    def _decade(self, m: Meaning, tense: str) -> Resolved:
        n = m.get("decade")
        if m.get("bc"):
            return unknown("DATE", f"BC{n // 10:03d}", "decade")
        if n < 100:
            here = self.told.year if self.told else self.published.year if self.published else 1999
            n = min((c + n for c in (1600, 1700, 1800, 1900, 2000)), key=lambda y: (y > here, abs(y - here)))
        return Resolved("DATE", f"{n // 10}", (f"{n:04d}-01-01", f"{n + 9:04d}-12-31"), "decade", None, None)

    def _century(self, m: Meaning, tense: str) -> Resolved:
        n = m.get("n")
        if n < 0 or n > 99:
            return unknown("DATE", f"BC{-n - 1:02d}" if -100 < n < 0 else None, "century")
        return Resolved("DATE", f"{n - 1:02d}", (f"{(n - 1) * 100 + 1:04d}-01-01", f"{n * 100:04d}-12-31"), "century", None, None)

    def _period(self, m: Meaning, tense: str) -> Resolved:
        year, n, anchor = m.get("year"), m.get("n"), None
        if year is None:
            base, anchor = self._now()
            if base is None:
                return unknown("DATE", f"XXXX-{m.get('kind')}{n}", "interval")
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
            return unknown("DATE", None, "week")
        if moment.day is not None:
            day = moment.date()
            if day is None:
                return unknown("DATE", None, "week")
            value, interval = cal.week(day)
            return Resolved("DATE", value, interval, "week", dated.anchor, moment)
        first, last = (date.fromisoformat(d or "0001-01-01") for d in moment.interval())
        start = last - timedelta(days=6) if n < 0 else first + timedelta(days=7 * (n - 1))
        value, _ = cal.week(start + timedelta(days=3))
        return Resolved("DATE", value, (start.isoformat(), (start + timedelta(days=6)).isoformat()), "week", dated.anchor, moment)

    # Feasts

    def _holiday(self, m: Meaning, tense: str) -> Resolved:
        year, anchor, named = m.get("year"), None, m.get("day")
        if year is None and len(named) <= 12 and not named[:4].isdigit():
            base, anchor = self._now()
            if base is None:
                return unknown("DATE", f"XXXX-{named}" if named[:2].isdigit() else None, "day")
            year = base.year
            day = cal.feast(named, year)
            if day is not None and anchor == "published" and self.published is not None:
                if (tense == "future" and day < self.published) or m.get("rel") == "next":
                    year += 1
                elif (tense == "past" or m.get("rel") == "last") and day > self.published:
                    year -= 1
        day = cal.feast(named, year or 0)
        return self._whole(cal.of(day), m, anchor) if day else unknown("DATE", None, "day")

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
            return unknown("DATE", None, "day" if day else "month")
        if day:
            return self._whole(cal.of(first), m, anchor)
        return Resolved("DATE", None, (first.isoformat(), (first + timedelta(days=29)).isoformat()), "interval", anchor, None)

    def _anniversary(self, m: Meaning, tense: str) -> Resolved:
        """Of an event whose day is known, by its number or else by the year of publication."""
        event, n = m.get("event"), m.get("n")
        if event is None:
            return unknown("DATE", None, "day")
        year = event.year + n if n is not None else self._anniversary_year(event)
        if year is None or not cal.exists(year, event.month, event.day):
            return unknown("DATE", None, "day")
        return self._whole(Moment(year, event.month, event.day), m, None)

    def _anniversary_year(self, event: date) -> int | None:
        """The year of an anniversary without its number: the one within weeks of publication, else no one can tell."""
        if self.published is None:
            return None
        for year in (self.published.year - 1, self.published.year, self.published.year + 1):
            if year > event.year and cal.exists(year, event.month, event.day):
                away = date(year, event.month, event.day) - self.published
                if abs(away.days) <= NEAR:
                    return year
        return None
