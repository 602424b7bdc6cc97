"""Days as exports write them. What can be read in two ways is settled by the other dates of the same input, or left open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

Order = Literal["day", "month"]
"""Which of two numbers comes first: 3/4/2024 is 3 April ("day") or March 4 ("month")."""

ISO = re.compile(r"\s*(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T\d|\s|Z|$)")
NUMBERS = re.compile(r"\s*(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
DAY_MONTH = re.compile(r"\s*(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})")
MONTH_DAY = re.compile(r"\s*(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
SECONDS = re.compile(r"\s*(\d{9,10})(?:\.\d+)?\s*$")


def day_of(value: str, order: Order | None = None) -> str | None:
    """A day as YYYY-MM-DD from whatever form it is written in; None where it is none, or could be two and `order` is unknown."""
    if found := ISO.match(value) or COMPACT.match(value):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.match(value):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        settled = order_of([value]) or order or ("day" if first == second else None)
        if settled is None:
            return None
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        return _day(year, second, first) if settled == "day" else _day(year, first, second)
    if (found := DAY_MONTH.match(value)) and (month := MONTHS.get(found[2][:3].lower())):
        return _day(int(found[3]), month, int(found[1]))
    if (found := MONTH_DAY.match(value)) and (month := MONTHS.get(found[1][:3].lower())):
        return _day(int(found[3]), month, int(found[2]))
    if found := SECONDS.match(value):
        return datetime.fromtimestamp(int(found[1]), UTC).date().isoformat()
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def order_of(values: Iterable[str]) -> Order | None:
    """Which number comes first in dates of one hand, by those in which only one of them can be a month; None where none says so.

    Points between the numbers ("3.4.2024") mean the day first, wherever they are written.
    """
    for value in values:
        found = NUMBERS.match(value)
        if found is None:
            continue
        if found[2] == "." or int(found[1]) > 12:
            return "day"
        if int(found[3]) > 12:
            return "month"
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
