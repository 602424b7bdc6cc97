"""The table of rules: how time is said in English print. Patterns are explained in `grammar`."""

from __future__ import annotations

from typing import Any

from .grammar import Bound, Grammar, Meaning, Pair, Rule

THE = "the|this|that"
MONTH = "MONTH|LEVANTINE"


def _month(b: Bound, suffix: str = "") -> Any:
    return b.get("MONTH" + suffix) or b.get("LEVANTINE" + suffix)


def _year(b: Bound, name: str = "YEAR") -> Any:
    """The year said, negative before Christ."""
    if b.get("BC"):
        return -int(b["ANCIENT"]) if b.get("ANCIENT") else None
    return b.get(name)


def date(b: Bound) -> Meaning | None:
    if b.get("SHOUTED"):
        return None
    short = b.get("SHORT_YEAR")
    return Meaning(
        "date", year=_year(b), short=short, month=_month(b), day=b.get("DAY"), weekday=b.get("WEEKDAY") or b.get("SHORT_WEEKDAY"),
        part=b.get("PART"), clock=_clock(b), early=b.get("EARLY"), rel=_rel(b), zone=b.get("ZONE"),
    )


def _rel(b: Bound) -> Any:
    return {"previous": "last", "past": "last", "preceding": "last", "following": "next", "coming": "next", "current": "this",
            "very": "same", "upcoming": "next"}.get(b.get("rel", ""), b.get("rel"))


def _clock(b: Bound) -> str | None:
    if b.get("CLOCK"):
        hours, minutes = str(b["CLOCK"]).split(":")[:2]
    elif b.get("MILITARY"):
        hours, minutes = str(b["MILITARY"])[:2], str(b["MILITARY"])[2:]
    elif b.get("HOUR") is not None or b.get("WORD_NUM"):
        hours, minutes = str(b.get("HOUR") or b.get("WORD_NUM")), "00"
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
    clock = _clock(b)
    return Meaning("date", clock=clock, zone=b.get("ZONE"), weekday=b.get("WEEKDAY"), rel=_rel(b)) if clock else None


def days_of_month(b: Bound) -> Pair | None:
    """6-12 July 1940; July 6-12, 1940; 6 July to 12 August 1940."""
    if b.get("SHOUTED"):
        return None
    month, year = _month(b), _year(b)
    second = _month(b, "2") or month
    split = "DAY" if b.get("order") != "month" else "DAY"
    return Pair(Meaning("date", year=year, month=month, day=b["DAY"]), split, Meaning("date", year=year, month=second, day=b["DAY2"]))


def month_days(b: Bound) -> Pair | None:
    return days_of_month(b)


def months(b: Bound) -> Pair | None:
    """June to August 1940."""
    year = _year(b)
    return Pair(Meaning("date", year=year, month=_month(b)), "MONTH", Meaning("date", year=year, month=_month(b, "2")))


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
    return Meaning("deictic", unit=unit, rel=_rel(b), early=b.get("EARLY"), part=b.get("PART"))


def day_deictic(b: Bound) -> Meaning:
    return Meaning("deictic", unit="D", rel=_rel(b), part=b.get("PART"))


def season(b: Bound) -> Meaning | None:
    return Meaning("season", season=b["SEASON"], year=_year(b), rel=_rel(b), early=b.get("EARLY"))


def season_span(b: Bound) -> Meaning:
    """The winter of 1940-41: TIMEX3 has the later year for it."""
    return Meaning("season", season=b["SEASON"], year=b["YEAR"])


def weekday(b: Bound) -> Meaning:
    return Meaning("weekday", weekday=b.get("WEEKDAY") or b.get("SHORT_WEEKDAY"), rel=_rel(b), part=b.get("PART"), clock=_clock(b), zone=b.get("ZONE"))


def weekend(b: Bound) -> Meaning:
    return Meaning("deictic", unit="WE", rel=_rel(b))


def part(b: Bound) -> Meaning | None:
    return Meaning("part", part=b.get("PART") or b.get("fixed"), rel=_rel(b))


def fixed_day(n: int, part: str | None = None) -> Any:
    return lambda b: Meaning("day", n=n, part=b.get("PART") or part, clock=_clock(b))


def ref(value: str) -> Any:
    return lambda b: Meaning("ref", value=value)


def recent(b: Bound) -> Meaning:
    return Meaning("stretch", n=None, unit=b.get("UNITS") or b.get("UNIT"), rel="last")


def _number(b: Bound) -> float | None:
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
    return Meaning("offset", n=_number(b), unit=b.get("UNIT") or b.get("UNITS"), rel=b.get("rel"), approximate=b.get("about"))


def ahead(b: Bound) -> Meaning | None:
    return Meaning("offset", n=_number(b), unit=b.get("UNIT") or b.get("UNITS"), rel="hence")


def duration(b: Bound) -> Meaning | None:
    if "Q" in (b.get("UNIT"), b.get("UNITS")):
        return None  # three quarters of the town
    return Meaning("duration", n=_number(b), unit=b.get("UNIT") or b.get("UNITS"))


def stretch(b: Bound) -> Meaning | None:
    return Meaning("stretch", n=_number(b), unit=b.get("UNIT") or b.get("UNITS"), rel=_rel(b))


def half_unit(b: Bound) -> Meaning:
    return Meaning("duration", n=0.5, unit=b.get("UNIT") or b.get("UNITS"))


def often(b: Bound) -> Meaning:
    return Meaning("set", unit=b.get("UNIT") or b.get("UNITS"), n=_number(b), weekday=b.get("WEEKDAY") or b.get("WEEKDAYS"), part=b.get("PART"), month=b.get("MONTH"), season=b.get("SEASON"))


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
        return Meaning("period", kind=kind, n=n, year=b.get("YEAR"), rel=_rel(b)) if 1 <= n <= limit else None

    return build


def fiscal(b: Bound) -> Meaning:
    return Meaning("date", year=b["YEAR"])


def academic(b: Bound) -> Meaning | None:
    return Meaning("academic", year=b["YEAR"])


def holiday(b: Bound) -> Meaning:
    return Meaning("holiday", day=b["HOLIDAY"], year=b.get("YEAR"), rel=_rel(b), part=b.get("PART"))


def islamic(b: Bound) -> Meaning:
    return Meaning("islamic", month=b["ISLAMIC"], day=b.get("DAY"), year=b.get("INT"), rel=_rel(b))


def nth_day(b: Bound) -> Meaning:
    return Meaning("date", day=b.get("NTH"), rel=_rel(b), part=b.get("PART"))


def week_of(b: Bound) -> Meaning | None:
    n = b.get("ORD") or {"last": -1, "final": -1}.get(b.get("which", ""))
    return Meaning("weekof", n=n, month=_month(b), year=_year(b), day=b.get("DAY")) if n or b.get("DAY") else None


def anniversary(b: Bound) -> Meaning:
    return Meaning("anniversary", rel=_rel(b), n=b.get("ORD"))


def age(b: Bound) -> Meaning | None:
    return Meaning("duration", n=_number(b), unit="Y")


def year_of(b: Bound) -> Meaning | None:
    """June of that year."""
    return Meaning("date", month=_month(b), day=b.get("DAY"), of=_rel(b), early=b.get("EARLY"))


_N = "NUM NUM? and? NUM?"
_COUNT = "some|about|around|nearly|almost|roughly|approximately|over|under|just|only|barely|another|exactly|at|more|less|fewer"
_PAST = "rel=last|past|previous|preceding"
_NEXT = "rel=next|coming|following"
_PREP = "in|since|by|until|till|from|during|of|before|after|between|for|and|to|or|late|early|mid|around|circa|throughout|through|as|begin|began|beginning|start|starting|end|ending|than|about|winter|summer|spring|autumn"
_UNITS = "UNIT|UNITS"
_EARLY = "EARLY"

RULES: tuple[Rule, ...] = tuple(Rule(pattern, build) for pattern, build in (
    # Whole dates
    (f"the? EARLY? part? in|of? the? DAY of? {MONTH} ,? of|in? the? year? YEAR", date),
    (f"the? EARLY? of|in? {MONTH} the? DAY ,? of|in? YEAR", date),
    (f"WEEKDAY|SHORT_WEEKDAY ,? the? DAY of? {MONTH} ,? YEAR?", date),
    (f"WEEKDAY|SHORT_WEEKDAY ,? {MONTH} the? DAY ,? YEAR?", date),
    (f"the? DAY of? {MONTH}", date),
    (f"the? DAY of? {MONTH} , > CLOCK", date),
    (f"{MONTH} the? DAY", date),
    (f"{MONTH} DAY of|, rel=this|that|last|next|same|following|previous year", year_of),
    (f"the? DAY ANCIENT BC", date),
    (f"{MONTH} DAY , YEAR BC?", date),
    (f"DAY -? MONTH -? YEAR", date),
    ("ISO", iso),
    ("SLASHED", slashed),
    # Months
    (f"the? EARLY part|half|days? of|in|- the? month? of? {MONTH} ,? of|in? YEAR?", date),
    (f"the? EARLY {MONTH} ,? of|in? YEAR?", date),
    (f"the? EARLY of? {MONTH} ,? of|in? ANCIENT BC", date),
    (f"EARLY -|to? EARLY? -? {MONTH} ,? of|in? YEAR?", date),
    (f"EARLY in {MONTH} ,? of|in? YEAR?", date),
    (f"the? month? of? {MONTH} ,? of|in? the? year? YEAR", date),
    (f"{MONTH} SHORT_YEAR", date),
    (f"{MONTH} ,? of|in? ANCIENT BC", date),
    (f"{MONTH}", date),
    (f"EARLY? of|-? {MONTH} of|in|, the? rel=this|that|last|next|same|following|previous year", year_of),
    (f"rel=this|last|next|past|coming|previous EARLY? {MONTH}", date),
    ("the? EARLY? of? the? rel=same|that|previous|following|next|last UNIT", deictic),
    (f"the rel=previous|following|next|same EARLY? {MONTH}", date),
    # Pairs
    (f"DAY -|–|—|to|and|or|/|until|through DAY of? {MONTH} ,? YEAR?", days_of_month),
    (f"{MONTH} DAY -|–|—|to|and|or|/|until|through DAY ,? YEAR", month_days),
    (f"{MONTH} DAY -|–|—|to|and|or|until|through DAY >", month_days),
    (f"DAY {MONTH} -|–|—|to|and|or|until|through DAY {MONTH} ,? YEAR", days_of_month),
    (f"{MONTH} DAY -|–|—|to|and|or|until|through {MONTH} DAY ,? YEAR", month_days),
    (f"{MONTH} -|–|—|to|and|or|until|through {MONTH} ,? of? YEAR", months),
    ("YEAR -|–|—|/ TWO >", years),
    ("YEAR -|–|—|/ YEAR", years),
    ("ANCIENT -|–|— ANCIENT BC", ancient_years),
    # Years
    (f"{_PREP}|, < ,? YEAR", date),
    ("( < YEAR > )|,|–|-|;|—", date),
    ("YEAR > )|,|.|;|:|and|to|was|were|saw|by|with|when|the|at|in|it|he|-|–|—|until|or|but|as|after|under|would|had|a|did|they|who|which|for|on|is|has|through|that|his|also", date),
    ("the years? < YEAR", date),
    ("the? year YEAR", date),
    ("the? EARLY part|half|days|months|years? of|in|-? the? year? YEAR", date),
    ("the? EARLY of YEAR", date),
    ("EARLY in YEAR", date),
    ("EARLY -? YEAR", date),
    ("the rest|remainder|whole|course of YEAR", date),
    ("the? SHORT_YEAR", date),
    ("the? EARLY? of|in|-? the? year? c|ca|circa|about? .? ANCIENT BC", date),
    ("AD YEAR", date),
    # Seasons, quarters, halves
    ("the? EARLY? of|in|-? the? SEASON ,? of|in? YEAR", season),
    ("YEAR SEASON", season),
    ("the? SEASON of|in? YEAR -|–|—|/ TWO", season_span),
    ("the? EARLY? of|in|-? the? SEASON ,? of|in? ANCIENT BC", season),
    ("rel=this|last|next|past|coming|previous|following|that|same SEASON", season),
    ("the rel=same|next|last|following|previous|coming SEASON", season),
    ("the EARLY? of? the? SEASON > ,|.|;|and|the|when|with|by|to|as|a|he|they|were|was|had|in|after|it|rains|months|-", season),
    ("EARLY -|in|of? the? SEASON", season),
    ("in|by|until|since|during|through|and|throughout < SEASON > ,|.|;|and|the|when|with|to|as|a|he|they|were|was|had|in|it|-|of", season),
    ("the? ORD quarter of|in? YEAR", period("Q")),
    ("the ORD quarter", period("Q")),
    ("rel=this|last|next|previous quarter", deictic),
    ("the? ORD half of|in? YEAR", period("H")),
    ("the late=latter half|part of|in? YEAR", period("H")),
    ("the? fiscal|financial year YEAR", fiscal),
    ("fiscal YEAR", fiscal),
    ("the? YEAR -|–|/ TWO|YEAR academic|school|fiscal|financial year", academic),
    # Decades, centuries
    ("the? EARLY? -? to? EARLY? -? DECADE BC?", decade),
    ("the EARLY of the DECADE", decade),
    ("the? EARLY? -? ORD -? century BC?", century),
    ("the EARLY of the ORD century BC?", century),
    # Weeks and weekends
    ("the? ORD week of|in {M} YEAR?".replace("{M}", MONTH), week_of),
    ("the? which=last|final week of|in {M} YEAR?".replace("{M}", MONTH), week_of),
    ("the week of {M} DAY ,? YEAR?".replace("{M}", MONTH), week_of),
    ("the? rel=this|last|next|past|previous|coming|following|that|same weekend", weekend),
    ("the weekend", weekend),
    ("over|at|during the < weekend", weekend),
    # Deictic units
    ("EARLY in|of? the? rel=this|last|next|past|previous|following|that|same|coming UNIT", deictic),
    ("earlier|later in|of? rel=this|that UNIT", deictic),
    ("EARLY in|of the UNIT", deictic),
    ("the EARLY of the UNIT", deictic),
    ("the? rel=this|last|next|previous|following|coming|that|same|past|preceding|current|very UNIT", deictic),
    ("rel=that|this very|same UNIT", deictic),
    ("rel=that|this|the same UNIT", deictic),
    ("rel=that < same UNIT", deictic),
    ("the UNIT rel=before|after|following > .|,|;|)|\"|”|and|but|that|when|in", deictic),
    ("the UNIT of|in that < year", deictic),
    ("the? early? rel=next|following|previous|same|last PART", part),
    ("EARLY the rel=next|following|same PART", part),
    ("the rel=next|following|same|previous|very UNIT 's PART", deictic),
    ("UNIT 's rel=end", deictic),
    ("rel=later|earlier that|this UNIT", deictic),
    ("the year > .|,|;|in|of|when|saw|was|he|they|to|and|the", deictic),
    ("the? rel=previous|following|next|same day 's? PART", day_deictic),
    # Days by name
    ("EARLY? -? rel=last|next|this|past|coming|previous|following WEEKDAY|SHORT_WEEKDAY 's? EARLY? PART?", weekday),
    ("EARLY? -|on|in? WEEKDAY 's? EARLY? PART", weekday),
    ("the? EARLY? PART hours? of|on rel=last|next|this? WEEKDAY", weekday),
    ("WEEKDAY", weekday),
    ("on|by|until|since|, < SHORT_WEEKDAY", weekday),
    ("WEEKDAY ,? at? CLOCK AMPM? ZONE? time?", weekday),
    ("WEEKDAY ,? at? HOUR AMPM ZONE?", weekday),
    ("WEEKDAY rel=last|next", weekday),
    ("WEEKDAY of? rel=last|next|this week", weekday),
    ("the? rel=previous|following|next WEEKDAY", weekday),
    ("rel=that WEEKDAY", weekday),
    ("today 's?", fixed_day(0)),
    ("today", fixed_day(0)), ("yesterday PART?", fixed_day(-1)), ("tomorrow PART?", fixed_day(1)),
    ("early|late yesterday", fixed_day(-1)), ("early|late today", fixed_day(0)),
    ("the day before yesterday", fixed_day(-2)), ("the day after tomorrow", fixed_day(2)),
    ("tonight", fixed_day(0, "NI")), ("last night", fixed_day(-1, "NI")), ("yesterday 's PART", fixed_day(-1)),
    ("overnight", part), ("CLOCK AMPM? today|yesterday|tomorrow", time),
    # Parts of the day
    ("the? EARLY? in|-? the? PART hours? of|on the? DAY of? {M} ,? YEAR?".replace("{M}", MONTH), date),
    ("the? EARLY? in|-? the? PART hours? of|on {M} the? DAY ,? YEAR?".replace("{M}", MONTH), date),
    ("WEEKDAY PART of|on the? DAY {M} ,? YEAR?".replace("{M}", MONTH), date),
    ("{M} DAY ,? YEAR? ,? PART".replace("{M}", MONTH), date),
    ("rel=this|that|same EARLY? PART", part),
    ("EARLY this|that rel=same? PART", part),
    ("the? PART hours? of|on the rel=same day", part),
    ("the? rel=same|that PART", part),
    ("at|by|before|after|until|around|about|during|since < midnight|noon|dawn|dusk|nightfall|sunset|sunrise|daybreak|midday", lambda b: Meaning("part", part="*")),
    ("EARLY? in|-? the EARLY? PART > of|.|,|;|and|the|when|a|he|they|were|was|had|as|after|with|,|to|by|that|hours", part),
    ("in|during|through|into|throughout the EARLY? < PART", part),
    ("at < night", lambda b: Meaning("part", part="NI", rel="any")), ("daytime|nighttime|night-time", part),
    ("one PART", lambda b: Meaning("part", part=b.get("PART"), rel="one")),
    # Clock times
    ("CLOCK AMPM? ZONE? time?", time), ("HOUR AMPM ZONE? time?", time), ("CLOCK hrs|hours|UTC|GMT", time),
    ("HOUR|WORD_NUM o'clock", time), ("MILITARY hrs|hours|GMT|UTC", time),
    ("CLOCK AMPM? ZONE? time? ,? on? {M} DAY ,? YEAR? ZONE?".replace("{M}", MONTH), date),
    ("CLOCK AMPM? ZONE? time? ,? on? DAY {M} ,? YEAR?".replace("{M}", MONTH), date),
    ("CLOCK|HOUR AMPM ZONE? ,? on? WEEKDAY", weekday), ("CLOCK ZONE? time? ,? on WEEKDAY", weekday),
    ("{M} DAY ,? YEAR? at|,? CLOCK AMPM? ZONE?".replace("{M}", MONTH), date),
    ("DAY {M} YEAR? at|,? CLOCK AMPM? ZONE?".replace("{M}", MONTH), date),
    # Offsets
    (f"{_N} - {_UNITS} > rel=ago", duration),
    (f"about={_COUNT} than|least|most? {_N} -? {_UNITS} and? a? half? rel=ago|later|earlier|previously|beforehand|afterward|afterwards|hence", offset),
    (f"{_N} -? {_UNITS} and? a? half? rel=ago|later|earlier|previously|beforehand|afterward|afterwards|hence", offset),
    (f"{_N} {_UNITS} rel=before|after|prior", offset),
    (f"{_N} {_UNITS} rel=before|after > .|,|;|the|his|her|their|a|an|that|it|he|they", offset),
    (f"one=a|an|one {_UNITS} rel=ago|later|earlier|previously|afterward|afterwards|before|after|hence", offset),
    (f"about={_COUNT} than? one=a|an {_UNITS} rel=ago|later|earlier|before|after", offset),
    (f"a? VAGUE short? {_UNITS} rel=ago|later|earlier|previously|before|after", offset),
    ("one=a couple of? UNITS rel=ago|later|earlier|before|after", lambda b: Meaning("offset", n=2.0, unit=b["UNITS"], rel=b["rel"])),
    ("UNITS rel=ago|later|earlier|before|after", offset),
    (f"in < {_N} {_UNITS} 's? time", ahead), (f"within|in the? rel=next < {_N} {_UNITS}", stretch),
    # Stretches up to now or from now
    (f"the? {_PAST} {_N} {_UNITS}", stretch), (f"the? {_PAST} VAGUE {_UNITS}", stretch), (f"the {_PAST} UNITS", stretch),
    (f"the? {_NEXT} {_N} {_UNITS}", stretch), (f"the? {_NEXT} VAGUE {_UNITS}", stretch), ("the coming|following|next < UNITS", recent),
    ("the rel=following|coming|next UNITS", stretch), (f"the {_N} rel=previous|preceding|following {_UNITS}", stretch),
    ("the? recent UNITS", recent), ("the last < UNITS", recent), ("the coming UNITS", lambda b: Meaning("stretch", n=None, unit=b["UNITS"], rel="next")),
    ("the past UNIT", lambda b: Meaning("stretch", n=1.0, unit=b["UNIT"], rel="last")),
    ("the past > .|,|;|and|when|as|by|the|to|been|, |in|for|that|has", ref("PAST_REF")),
    # Durations
    (f"the? ORD {_N} {_UNITS}", duration), (f"about={_COUNT} than|least|most? {_N} VAGUE? {_UNITS}", duration),
    (f"{_N} -? {_UNITS} -? long?", duration), (f"{_N} and a half=half {_UNITS}", duration), (f"{_N} {_UNITS} and a half=half", duration),
    (f"{_N} full|whole|consecutive|straight|more|long|such|brutal|bloody|bitter|additional UNITS", duration), ("one=a single|full|whole|further UNIT", duration),
    (f"about={_COUNT} than? one=a|an UNIT", duration), (f"for|within|after|in|lasted|lasting|of|over|than|about|nearly|almost|under|before|every|another < one=a|an|one UNIT > .|,|;|and|or|of|in|later|to|before|after|at|by|until|for|the|on|with|from|when|as|)|against|out|by", duration),
    ("one=a|an|one|another UNIT - long", duration), ("one=one - UNIT", duration), ("UNIT|UNITS - long", duration),
    (f"a? VAGUE {_UNITS}", duration), ("one=a couple of? UNITS", lambda b: Meaning("duration", n=2.0, unit=b["UNITS"])),
    ("a? dozens|hundreds|thousands|couple|number|period of UNITS", duration), ("half=half a|an UNIT", half_unit),
    ("for|in|after|within|over|of|lasted|took|weeks|days|hours < UNITS > .|,|;|and|or|of|to|before|at|by|until|the|with|after", duration),
    (f"{_N} UNITS|UNIT of age", duration), (f"{_N} UNITS old", age), (f"{_N} - UNIT - old", age), ("aged|age < NUM > ,|.|and|or|when|to", age),
    # Sets
    ("every|each other? UNIT|WEEKDAY|PART|SEASON", often), ("daily", adverb_set("D")), ("hourly", adverb_set("H")), ("weekly", adverb_set("W")), ("monthly", adverb_set("M")),
    ("annually|yearly|annual", adverb_set("Y")), ("nightly", adverb_set("NI")), ("everyday", adverb_set("D")), ("WEEKDAYS", often), ("on|every < WEEKDAYS", often),
    ("once|twice|times a|per|each UNIT", often), ("a|per < UNIT", lambda b: None), ("per UNIT", lambda b: Meaning("duration", n=1.0, unit=b["UNIT"])),
    # References
    ("now|nowadays|currently|presently", ref("PRESENT_REF")), ("right|until|by|up now", ref("PRESENT_REF")), ("at|for the < moment", ref("PRESENT_REF")),
    ("at < this|present time|point|moment?", ref("PRESENT_REF")), ("these days", ref("PRESENT_REF")), ("for < the time being", ref("PRESENT_REF")),
    ("present|modern - day", ref("PRESENT_REF")), ("the present day?", ref("PRESENT_REF")), ("at present", ref("PRESENT_REF")),
    ("recently|lately", ref("PAST_REF")), ("formerly", ref("PAST_REF")), ("long ago", ref("PAST_REF")), ("the recent past", ref("PAST_REF")),
    ("the? near|distant|foreseeable|immediate? future", ref("FUTURE_REF")), ("in < future", ref("FUTURE_REF")),
    ("at|by|about|around|during|in|of|from < rel=that|this|the same? time", lambda b: Meaning("then")),
    ("at < the same time", lambda b: Meaning("then")), ("at|by|around < that point|moment", lambda b: Meaning("then")),
    # Feasts, Islamic months, anniversaries
    ("the? EARLY? of|in? HOLIDAY PART? ,? of|in? YEAR", holiday), ("rel=last|next|this HOLIDAY", holiday), ("HOLIDAY PART?", holiday), ("HOLIDAY night|morning", holiday),
    ("the? DAY of? ISLAMIC ,? INT? ah|hijri?", islamic), ("the? EARLY? of? the? holy? month? of? ISLAMIC INT?", islamic), ("rel=last|next|this ISLAMIC", islamic),
    ("the? ORD -? year? anniversary", anniversary), ("the anniversary", anniversary),
    # The 15th
    ("on|by|until|to|and|from|till|, < NTH > of|.|,|;|and|the|when|to|he|they|a|)|in|by|at|it|with|as", nth_day),
    ("on|by|until|to|from|and|till|of the NTH > .|,|;|and|when|to|he|they|)|by|it|with", nth_day),
    ("rel=that EARLY? of? UNIT", deictic),
))

GRAMMAR = Grammar(RULES)
