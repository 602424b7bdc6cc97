"""From the words a rule has bound to what they mean."""

from __future__ import annotations

from typing import Any

from .grammar import Bound, Meaning, Pair


def month_in(b: Bound, suffix: str = "") -> Any:
    return b.get("MONTH" + suffix) or b.get("LEVANTINE" + suffix)


def year_in(b: Bound, name: str = "YEAR") -> Any:
    """The year said, negative before Christ."""
    if b.get("BC"):
        return -int(b["ANCIENT"]) if b.get("ANCIENT") else None
    return b.get(name)


def date(b: Bound) -> Meaning | None:
    if b.get("SHOUTED"):
        return None
    return Meaning(
        "date",
        year=year_in(b),
        short=b.get("SHORT_YEAR"),
        month=month_in(b),
        day=b.get("DAY"),
        weekday=b.get("WEEKDAY") or b.get("SHORT_WEEKDAY"),
        part=b.get("PART"),
        clock=clock_in(b),
        early=b.get("EARLY"),
        rel=relation(b),
        zone=b.get("ZONE") or b.get("CITY"),
    )


def relation(b: Bound) -> Any:
    return {
        "previous": "last",
        "past": "last",
        "preceding": "last",
        "following": "next",
        "coming": "next",
        "current": "this",
        "very": "same",
        "upcoming": "next",
    }.get(b.get("rel", ""), b.get("rel"))


def clock_in(b: Bound) -> str | None:
    if b.get("CLOCK"):
        hours, minutes = str(b["CLOCK"]).split(":")[:2]
    elif b.get("MILITARY"):
        hours, minutes = str(b["MILITARY"])[:2], str(b["MILITARY"])[2:]
    elif b.get("HOUR") is not None or b.get("WORD_NUM"):
        hours, minutes = str(b["HOUR"] if b.get("HOUR") is not None else b["WORD_NUM"]), "00"  # "0 o'clock" is an hour, too
    else:
        return None
    hour = int(float(hours))
    if hour > 24:
        return None
    if b.get("AMPM") == "pm" and hour < 12:
        hour += 12
    if b.get("AMPM") == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minutes}"


def time(b: Bound) -> Meaning | None:
    clock = clock_in(b)
    return Meaning("date", clock=clock, zone=b.get("ZONE") or b.get("CITY"), weekday=b.get("WEEKDAY"), rel=relation(b)) if clock else None


def days_of_month(b: Bound) -> Pair | None:
    """6-12 July 1940; July 6-12, 1940; 6 July to 12 August 1940."""
    if b.get("SHOUTED"):
        return None
    month, year = month_in(b), year_in(b)
    second = month_in(b, "2") or month
    return Pair(
        Meaning("date", year=year, month=month, day=b["DAY"]),
        "DAY",
        Meaning("date", year=year, month=second, day=b["DAY2"]),
    )


def months(b: Bound) -> Pair | None:
    """June to August 1940."""
    year = year_in(b)
    return Pair(Meaning("date", year=year, month=month_in(b)), "MONTH", Meaning("date", year=year, month=month_in(b, "2")))


def years(b: Bound) -> Pair | None:
    """1936-1939, 1936-39."""
    first = int(b["YEAR"])
    second = b.get("YEAR2")
    if second is None:
        second = first // 100 * 100 + int(b["TWO"])
    if not first < int(second) <= first + 200:
        return None
    return Pair(Meaning("date", year=first), "YEAR", Meaning("date", year=second))


def ancient_years(b: Bound) -> Pair | None:
    """499-493 BC."""
    first, second = int(b["ANCIENT"]), int(b["ANCIENT2"])
    return Pair(Meaning("date", year=-first), "ANCIENT", Meaning("date", year=-second)) if first > second else None


def iso(b: Bound) -> Meaning | None:
    text = str(b["ISO"])
    return Meaning("date", year=int(text[:4]), month=int(text[5:7]), day=int(text[8:10]), clock=text[11:16] or None)


def slashed(b: Bound) -> Meaning:
    return Meaning("numeric", text=b["SLASHED"])


def deictic(b: Bound) -> Meaning | None:
    unit = b.get("UNIT") or b.get("UNITS")
    if unit in ("S", "MI", "FN", "ML"):
        return None
    return Meaning("deictic", unit=unit, rel=relation(b), early=b.get("EARLY"), part=b.get("PART"))


def day_deictic(b: Bound) -> Meaning:
    return Meaning("deictic", unit="D", rel=relation(b), part=b.get("PART"))


def season(b: Bound) -> Meaning | None:
    return Meaning("season", season=b["SEASON"], year=year_in(b), rel=relation(b), early=b.get("EARLY"))


def season_span(b: Bound) -> Meaning:
    """The winter of 1940-41: TIMEX3 has the later year for it."""
    return Meaning("season", season=b["SEASON"], year=b["YEAR"])


def weekday(b: Bound) -> Meaning:
    return Meaning(
        "weekday",
        weekday=b.get("WEEKDAY") or b.get("SHORT_WEEKDAY"),
        rel=relation(b),
        part=b.get("PART"),
        clock=clock_in(b),
        zone=b.get("ZONE") or b.get("CITY"),
    )


def weekend(b: Bound) -> Meaning:
    return Meaning("deictic", unit="WE", rel=relation(b))


def part(b: Bound) -> Meaning | None:
    return Meaning("part", part=b.get("PART") or b.get("fixed"), rel=relation(b))


def fixed_day(n: int, part: str | None = None) -> Any:
    return lambda b: Meaning("day", n=n, part=b.get("PART") or part, clock=clock_in(b))


def ref(value: str) -> Any:
    return lambda b: Meaning("ref", value=value)


def recent(b: Bound) -> Meaning:
    return Meaning("stretch", n=None, unit=b.get("UNITS") or b.get("UNIT"), rel="last")


def number_in(b: Bound) -> float | None:
    if b.get("VAGUE"):
        return None
    if b.get("one"):
        return 1.0
    n: float | None = b.get("NUM")
    if n is None:
        return None
    second, third = b.get("NUM2"), b.get("NUM3")
    if third is not None:
        return float(n * (second or 1) + third)
    if second is not None:
        return float(n * second) if second in (12, 100) else float(n + second)
    return float(n) + (0.5 if b.get("half") else 0.0)


def offset(b: Bound) -> Meaning | None:
    return Meaning("offset", n=number_in(b), unit=b.get("UNIT") or b.get("UNITS"), rel=b.get("rel"), approximate=b.get("about"))


def ahead(b: Bound) -> Meaning | None:
    return Meaning("offset", n=number_in(b), unit=b.get("UNIT") or b.get("UNITS"), rel="hence")


def duration(b: Bound) -> Meaning | None:
    if "Q" in (b.get("UNIT"), b.get("UNITS")):
        return None  # three quarters of the town
    return Meaning("duration", n=number_in(b), unit=b.get("UNIT") or b.get("UNITS"))


def stretch(b: Bound) -> Meaning | None:
    return Meaning("stretch", n=number_in(b), unit=b.get("UNIT") or b.get("UNITS"), rel=relation(b))


def half_unit(b: Bound) -> Meaning:
    return Meaning("duration", n=0.5, unit=b.get("UNIT") or b.get("UNITS"))


def often(b: Bound) -> Meaning:
    return Meaning(
        "set",
        unit=b.get("UNIT") or b.get("UNITS"),
        n=number_in(b),
        weekday=b.get("WEEKDAY") or b.get("WEEKDAYS"),
        part=b.get("PART"),
        month=b.get("MONTH"),
        season=b.get("SEASON"),
    )


def adverb_set(unit: str) -> Any:
    return lambda b: Meaning("set", unit=unit)


def decade(b: Bound) -> Meaning:
    return Meaning("decade", decade=b["DECADE"], bc=b.get("BC"))


def century(b: Bound) -> Meaning | None:
    n = b.get("ORD")
    return Meaning("century", n=-int(n) if b.get("BC") else n) if n else None


def period(kind: str) -> Any:
    def build(b: Bound) -> Meaning | None:
        n = b.get("ORD")
        n = 2 if n is None and b.get("late") in ("latter", "second") else n or 1
        limit = 4 if kind == "Q" else 2
        return Meaning("period", kind=kind, n=n, year=b.get("YEAR"), rel=relation(b)) if 1 <= n <= limit else None

    return build


def fiscal(b: Bound) -> Meaning:
    return Meaning("date", year=b["YEAR"])


def academic(b: Bound) -> Meaning | None:
    return Meaning("academic", year=b["YEAR"])


def holiday(b: Bound) -> Meaning:
    return Meaning("holiday", day=b["HOLIDAY"], year=b.get("YEAR"), rel=relation(b), part=b.get("PART"))


def islamic(b: Bound) -> Meaning:
    return Meaning("islamic", month=b["ISLAMIC"], day=b.get("DAY"), year=b.get("INT"), rel=relation(b))


def nth_day(b: Bound) -> Meaning:
    return Meaning("date", day=b.get("NTH"), rel=relation(b), part=b.get("PART"))


def week_of(b: Bound) -> Meaning | None:
    n = b.get("ORD") or {"last": -1, "final": -1}.get(b.get("which", ""))
    return Meaning("weekof", n=n, month=month_in(b), year=year_in(b), day=b.get("DAY")) if n or b.get("DAY") else None


def anniversary(b: Bound) -> Meaning:
    return Meaning("anniversary", rel=relation(b), n=b.get("ORD"))


def age(b: Bound) -> Meaning | None:
    return Meaning("duration", n=number_in(b), unit="Y")


def year_of(b: Bound) -> Meaning | None:
    """June of that year."""
    return Meaning("date", month=month_in(b), day=b.get("DAY"), of=relation(b), early=b.get("EARLY"))


def event_day(b: Bound) -> Meaning | None:
    """The day of the attack, the week before the vote, the night after the raid."""
    unit, rel, part_of = b.get("UNIT"), b.get("rel"), b.get("PART")
    if part_of and not unit:
        unit = "D"
    if unit not in ("D", "W", "M", "Y") or (rel == "of" and unit != "D"):
        return None
    return Meaning("eventday", unit=unit, rel=rel, part=part_of)
