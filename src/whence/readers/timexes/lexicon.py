"""The words that tell time, and the tokens of the grammar.

A token carries the classes its word belongs to, each with a value; rules speak of classes and of plain words. The
grammar has tokens of its own, so that "mid-March", "2-3", "5:30PM" and "1990s" come apart in the same way under any
language model.
"""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


Value = int | float | str | tuple[int, ...]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
LEVANTINE = {
    "kanun al-thani": 1,
    "kanoun al-thani": 1,
    "kanun ath-thani": 1,
    "kanoon al-thani": 1,
    "shubat": 2,
    "shbat": 2,
    "adhar": 3,
    "azar": 3,
    "aathar": 3,
    "nisan": 4,
    "naysan": 4,
    "ayyar": 5,
    "ayar": 5,
    "eyar": 5,
    "haziran": 6,
    "huzayran": 6,
    "hazeran": 6,
    "tammuz": 7,
    "tamouz": 7,
    "tamuz": 7,
    "aylul": 9,
    "ayloul": 9,
    "eylul": 9,
    "ailoul": 9,
    "elul": 9,
    "tishrin al-awwal": 10,
    "tishreen al-awwal": 10,
    "tishrin al-awal": 10,
    "tishrin al-thani": 11,
    "tishreen al-thani": 11,
    "kanun al-awwal": 12,
    "kanoun al-awwal": 12,
    "kanoon al-awwal": 12,
}
ISLAMIC = {
    "muharram": 1,
    "safar": 2,
    "rabi al-awwal": 3,
    "rabi al-thani": 4,
    "rabi al-akhir": 4,
    "jumada al-ula": 5,
    "jumada al-awwal": 5,
    "jumada al-thani": 6,
    "jumada al-akhira": 6,
    "rajab": 7,
    "sha'ban": 8,
    "shaaban": 8,
    "ramadan": 9,
    "ramadhan": 9,
    "ramazan": 9,
    "shawwal": 10,
    "dhu al-qaada": 11,
    "dhu al-qi'dah": 11,
    "dhul qadah": 11,
    "dhu al-hijja": 12,
    "dhu al-hijjah": 12,
    "dhul hijja": 12,
    "dhul-hijjah": 12,
}
HOLIDAYS = {
    "christmas": "12-25",
    "christmas day": "12-25",
    "xmas": "12-25",
    "christmas eve": "12-24",
    "boxing day": "12-26",
    "new year's day": "01-01",
    "new years day": "01-01",
    "new year's eve": "12-31",
    "new years eve": "12-31",
    "new year 's eve": "12-31",
    "new year 's day": "01-01",
    "may day": "05-01",
    "valentine's day": "02-14",
    "halloween": "10-31",
    "nowruz": "03-21",
    "newroz": "03-21",
    "d-day": "1944-06-06",
    "pearl harbor day": "12-07",
    "bastille day": "07-14",
    "armistice day": "11-11",
    "easter": "easter",
    "easter sunday": "easter",
    "good friday": "easter-2",
    "easter monday": "easter+1",
    "thanksgiving": "thanksgiving",
    "thanksgiving day": "thanksgiving",
    "eid al-fitr": "h10-01",
    "eid ul-fitr": "h10-01",
    "eid al-adha": "h12-10",
    "eid ul-adha": "h12-10",
    "ashura": "h01-10",
    "mawlid": "h03-12",
    "laylat al-qadr": "h09-27",
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ),
        1,
    )
    for name in names.split()
}
UNITS = {
    "second": "S",
    "minute": "MI",
    "hour": "H",
    "hr": "H",
    "hrs": "H",
    "day": "D",
    "week": "W",
    "fortnight": "FN",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "millennium": "ML",
    "centuries": "CE",
    "millennia": "ML",
    "weekend": "WE",
    "yr": "Y",
    "yrs": "Y",
    "night": "NI",
    "morning": "MO",
    "evening": "EV",
    "afternoon": "AF",
}
NUMBERS = (
    {
        word: number
        for number, word in enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
            ]
        )
    }
    | {word: 10 * n for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
    | {
        "hundred": 100,
        "dozen": 12,
        "half": 0.5,
        "couple": 2,
    }
)
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
} | {"twenty-first": 21, "thirtieth": 30, "fortieth": 40, "fiftieth": 50}
PARTS = {
    "morning": "MO",
    "mornings": "MO",
    "dawn": "MO",
    "daybreak": "MO",
    "sunrise": "MO",
    "forenoon": "MO",
    "afternoon": "AF",
    "afternoons": "AF",
    "evening": "EV",
    "evenings": "EV",
    "dusk": "EV",
    "sunset": "EV",
    "nightfall": "EV",
    "night": "NI",
    "nights": "NI",
    "midnight": "24:00",
    "noon": "12:00",
    "midday": "MI",
    "daytime": "DT",
    "nighttime": "NI",
    "night-time": "NI",
    "lunchtime": "MI",
}
SEASON_NAMES = {
    "spring": "SP",
    "summer": "SU",
    "autumn": "FA",
    "fall": "FA",
    "winter": "WI",
    "springtime": "SP",
    "summertime": "SU",
}
VAGUE = _words(
    "several few many some numerous countless recent dozens couple various following subsequent last final early opening coming intervening"
)
ZONES = _words("gmt utc est edt cst cdt mst mdt pst pdt cet cest eet eest bst msk ist local zulu")
CITY_TIMES = _words(
    "moscow damascus baghdad kabul khartoum sanaa riyadh nairobi tehran beijing tokyo yangon kyiv kiev beirut jerusalem cairo "
    "gaza london paris washington eastern"
)
"""Before "time": whose clock."""
EARLY = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "outset": "early",
    "onset": "early",
    "close": "late",
    "later": "late",
    "turn": "early",
}

_PHRASES = sorted({k for d in (LEVANTINE, ISLAMIC, HOLIDAYS) for k in d if not k.isalpha()}, key=len, reverse=True)
_PHRASE = "|".join(re.escape(p).replace(r"\ ", r"[ \u00a0-]").replace(r"\-", "[ -]?").replace("'", "['’]") for p in _PHRASES)
TOKEN = re.compile(
    rf"(?i:\b(?:{_PHRASE})\b)"
    r"|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?(?!\d)"
    r"|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)|\d{1,2}\.\d{1,2}\.\d{4}(?!\d)|\d{1,2}-\d{1,2}-\d{4}(?!\d)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s*\d)"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+(?:st|nd|rd|th)\b|\d{2,4}['’]?s\b"
    r"|['’]\d{2}(?:s\b)?(?!\d)|\d+|(?i:[ap]\.m\.|[ap]\.m\b|[ap]m\b)|(?i:B\.C\.E?\.?|A\.D\.|B\.C\b)"
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’](?!s\b|t\b)[^\W\d_]+)*|['’]s\b|[^\w\s]|_"
)


class Token:
    """A token of the grammar: offsets, text, lower-case form, and its classes with their values."""

    __slots__ = ("classes", "end", "lower", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start, self.end, self.text = start, end, text
        self.lower, self.classes = _read(text)


def _numeral(text: str, lower: str, found: dict[str, Value]) -> None:
    if text.isdigit():
        number = int(text)
        found["INT"] = found["NUM"] = number
        if len(text) == 4 and 1000 <= number <= 2199:
            found["YEAR"] = number
        if len(text) <= 2:
            found["TWO"] = number
            if 1 <= number <= 31:
                found["DAY"] = number
            if number <= 24:
                found["HOUR"] = number
        if 2 <= len(text) <= 4 and number > 0:
            found["ANCIENT"] = number
        if len(text) == 4 and text[:2] < "24" and text[2:] < "60":
            found["MILITARY"] = text
        return
    if m := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", lower):
        number = int(m[1])
        found["ORD"] = number
        if 1 <= number <= 31:
            found["DAY"] = found["NTH"] = number
        return
    if m := re.fullmatch(r"(\d{4}|\d{2})['’]?s", lower):
        if m[1].endswith("0"):
            found["DECADE"] = int(m[1])
        return
    if m := re.fullmatch(r"['’](\d{2})(s?)", lower):
        found["DECADE" if m[2] else "SHORT_YEAR"] = int(m[1])
        return
    if ":" in text and "-" not in text:
        hours, minutes = int(text.split(":")[0]), int(text.split(":")[1])
        if hours <= 24 and minutes < 60:
            found["CLOCK"] = f"{hours:02d}:{text.split(':', 1)[1]}"
        return
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d).*)?", text):
        found["ISO"] = text
        return
    if re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})", text):
        found["SLASHED"] = text
        return
    if re.fullmatch(r"[\d,.]+", text):
        try:
            found["NUM"] = float(text.replace(",", ""))
        except ValueError:
            return


def _named(text: str, lower: str, found: dict[str, Value]) -> None:
    bare = lower.rstrip(".")
    capital = text[0].isupper()
    phrase = re.sub(r"[ \u00a0]", " ", lower.replace("’", "'"))
    if capital and bare in MONTHS:
        found["MONTH"] = MONTHS[bare]
        if text.isupper() and bare in ("may", "mar", "march"):
            found["SHOUTED"] = 1
    if capital and bare in WEEKDAYS:
        if len(bare) > 3 or bare == "tue":
            found["WEEKDAY"] = WEEKDAYS[bare]
        else:
            found["SHORT_WEEKDAY"] = WEEKDAYS[bare]
    elif capital and lower.endswith("days") and lower[:-1] in WEEKDAYS:
        found["WEEKDAYS"] = WEEKDAYS[lower[:-1]]
    if capital:
        for names, label in ((LEVANTINE, "LEVANTINE"), (ISLAMIC, "ISLAMIC"), (HOLIDAYS, "HOLIDAY")):
            for form in (phrase, phrase.replace("-", " "), phrase.replace(" al ", " al-")):
                if form in names:
                    found[label] = names[form]
                    break
    if lower in UNITS:
        found["UNIT"] = UNITS[lower]
    elif lower.endswith("s") and lower[:-1] in UNITS:
        found["UNITS"] = UNITS[lower[:-1]]
    if lower in ("centuries", "millennia", "hrs", "yrs"):
        found["UNITS"] = found.pop("UNIT", "")
    if lower in NUMBERS:
        found["NUM"] = found["WORD_NUM"] = NUMBERS[lower]
    if lower in ORDINALS:
        found["ORD"] = ORDINALS[lower]
        if lower != "second":
            found["WORD_ORD"] = ORDINALS[lower]
    if lower in PARTS:
        found["PART"] = PARTS[lower]
    if lower in SEASON_NAMES:
        found["SEASON"] = SEASON_NAMES[lower]
    if lower in VAGUE:
        found["VAGUE"] = 1
    if bare.replace(".", "") in ZONES and (text.isupper() or lower == "local"):
        found["ZONE"] = bare
    if lower in CITY_TIMES and text[0].isupper():
        found["CITY"] = lower
    if lower in EARLY:
        found["EARLY"] = EARLY[lower]
    if bare.replace(".", "") in ("am", "pm") and (lower != "am" or text.isupper() or text == "am"):
        found["AMPM"] = bare.replace(".", "")
    if bare.replace(".", "") in ("bc", "bce") and text[0].isupper():
        found["BC"] = 1
    if bare.replace(".", "") in ("ad", "ce") and text.isupper():
        found["AD"] = 1


@lru_cache(maxsize=65536)
def _read(text: str) -> tuple[str, dict[str, Value]]:
    found: dict[str, Value] = {}
    lower = text.lower().replace("’", "'")
    if lower.isascii() and (text[0].isdigit() or (text[0] in "'’" and len(text) > 2)):
        _numeral(text, lower, found)
    elif text[0].isalpha():
        _named(text, lower, found)
    return lower, found


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The grammar's tokens of text[start:end]."""
    return [Token(m.start(), m.end(), m[0]) for m in TOKEN.finditer(text, start, end)]
