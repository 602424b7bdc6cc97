"""The reader of time expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar, NamedTuple, cast

from whence.language.analysis import Analysis
from whence.readers.base import Draft
from whence.records import Document, Record, Timex, identifier
from whence.records.vocabulary import TimexType

from .anchoring import Told, describe
from .anchoring import anchor as anchor_to
from .grammar import Match, Meaning, Pair
from .known import event_near
from .lexicon import Token, tokens_of
from .resolver import Resolver
from .rules import GRAMMAR
from .values import Resolved


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_REACH = 7
"""How many tokens an expression may need before its first telling one ("a little more than three ...")."""
_LEADING = frozenset(("on", "in", "of", "at", "by", "-", ",", "during", "for"))
_TRAILING = frozenset((",", "of", "in", "the", "on", "at", "-"))
_TELLING = frozenset(
    (
        "MONTH",
        "LEVANTINE",
        "ISLAMIC",
        "HOLIDAY",
        "WEEKDAY",
        "SHORT_WEEKDAY",
        "WEEKDAYS",
        "UNIT",
        "UNITS",
        "PART",
        "SEASON",
        "YEAR",
        "ISO",
        "SLASHED",
        "CLOCK",
        "DECADE",
        "BC",
        "SHORT_YEAR",
        "AMPM",
        "NTH",
        "MILITARY",
    )
)
_WORDS = frozenset(
    (
        "now",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "overnight",
        "daily",
        "weekly",
        "monthly",
        "yearly",
        "annual",
        "annually",
        "hourly",
        "nightly",
        "everyday",
        "currently",
        "presently",
        "recently",
        "lately",
        "formerly",
        "previously",
        "nowadays",
        "future",
        "present",
        "past",
        "century",
        "anniversary",
        "quarter",
        "half",
        "time",
        "moment",
        "days",
        "aged",
        "age",
        "o'clock",
        "ago",
        "point",
    )
)
_FUTURE = re.compile(
    r"\b(will|won['’]t|shall|would|going to|scheduled|expected to|due (to|on|in)|upcoming|set to|is to|are to|"
    r"plans? to|planned for|planning|to be held|next|ahead of|by the end)\b|['’]ll\b",
    re.I,
)
_PAST = re.compile(r"\b(was|were|had|has|have|did|said|told|killed|\w{3,}ed)\b", re.I)
_YEAR = re.compile(r"(?<![\d$€£.,])(1[5-9]\d\d|20\d\d)(?![\d%]|,\d|\.\d)")
_AMERICAN = re.compile(r"\.(gov|mil)\b|\b(cnn|nytimes|washingtonpost|foxnews|apnews|usatoday|voanews|npr)\b", re.I)
_DAY_FIRST = re.compile(r"\.(uk|au|in|ng|ke|za|ie|eu|ua|sy|lb|iq|eg|jo|sd|fr|de|ru|tr)(/|$)", re.I)


class Found(NamedTuple):
    """An expression found: offsets, what it says, which way its clause looks, whether it leads its sentence, its
    rule.
    """

    start: int
    end: int
    meaning: Meaning
    tense: str
    lead: bool
    rule: str


class TimexReader:
    """Finds time expressions and puts them on the calendar.

    How: a table of rules over tokens of its own (`rules`), the longest match winning; then a resolver with two
    clocks, the publication and the date told last (`resolver`). Values follow TIMEX3; intervals are given where days
    are known. "Two days after the attack" counts from the day told of it (`anchoring`). Missed: days known only by an
    event that the text does not date, anniversaries of unnamed days, non-Gregorian years without a month, fiscal years
    that are not the calendar's. The Islamic calendar is reckoned by table and may be a day off. Measured by the
    gold score `timex`.
    """

    name: ClassVar[str] = "timexes"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = ()
    produces: ClassVar[tuple[type[Record], ...]] = (Timex,)

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        document = draft.document
        found = list(expressions(draft.analysis))
        published = _iso(document.published)
        guess, source = (None, None) if published else _present(found)
        now = published or guess
        resolver = Resolver(
            published=now,
            narrative=_history(draft.text, now, found),
            american=_american(document),
            inferred=guess is not None,
        )
        records: list[Timex] = []
        last_told: str | None = None
        told: list[Told] = []
        for item in found:
            if item.meaning.get("names"):
                anchor_to(item.meaning, draft.text, item.start, told, history=resolver.history)
            resolved = resolver.resolve(item.meaning, item.tense, lead=item.lead)
            anchor = last_told if resolved.anchor == "narrative" else resolved.anchor
            if anchor == "event":
                anchor = item.meaning.get("record")
            if anchor == "published" and source is not None:
                anchor = identifier("timex", source.start, source.end)
            record = _record(draft.text, item, resolved, anchor)
            records.append(record)
            draft.why[record.id] = (item.rule, f"{item.tense} clause")
            if resolved.moment is not None:
                last_told = record.id
                told.append(Told(item.start, resolved.moment, record.id))
        return records


def _record(text: str, item: Found, resolved: Resolved, anchor: str | None) -> Timex:
    earliest, latest = resolved.interval
    return Timex(
        id=identifier("timex", item.start, item.end),
        start=item.start,
        end=item.end,
        text=text[item.start : item.end],
        type=cast("TimexType", resolved.type),
        value=resolved.value,
        earliest=earliest,
        latest=latest,
        precision=resolved.precision,
        anchor=anchor,
    )


def expressions(analysis: Analysis) -> Iterator[Found]:
    """The expressions of a text, in order, sentence by sentence."""
    for sentence in analysis.sentences:
        yield from expressions_in(analysis.text, sentence.start, sentence.end)


def expressions_in(text: str, start: int, end: int) -> Iterator[Found]:
    """The expressions of one sentence."""
    tokens = tokens_of(text, start, end)
    telling = [i for i, t in enumerate(tokens) if t.lower in _WORDS or not _TELLING.isdisjoint(t.classes)]
    if not telling:
        return
    if len(tokens) == 1 and "YEAR" in tokens[0].classes:
        yield Found(
            tokens[0].start,
            tokens[0].end,
            Meaning("date", year=tokens[0].classes["YEAR"]),
            "past",
            True,
            "a year for a heading",
        )
        return
    i, pointer = 0, 0
    while i < len(tokens):
        while pointer < len(telling) and telling[pointer] < i:
            pointer += 1
        if pointer == len(telling):
            break
        if telling[pointer] - i > _REACH:
            i = telling[pointer] - _REACH
            continue
        match = _best(tokens, i)
        if match is None or not _likely(tokens, match.first, match.last):
            i += 1
            continue
        first, last = match.first, match.last
        while first < last - 1 and tokens[first].lower in _LEADING:
            first += 1
        end_at = last
        while first < end_at - 1 and tokens[end_at - 1].lower in _TRAILING:
            end_at -= 1
        lead = first <= 3
        tense = _tense(text, start, end, tokens[first].start, tokens[last - 1].end)
        if isinstance(match.meaning, Meaning) and match.meaning.kind in ("anniversary", "offset", "eventday"):
            event = event_near(text, max(start, tokens[first].start - 60), min(end, tokens[last - 1].end + 60))
            match.meaning.facts["event"] = event
            if match.meaning.get("rel") in ("before", "after", "prior", "of"):
                describe(match.meaning, text, (start, end), tokens[first].start, tokens[end_at - 1].end)
        if isinstance(match.meaning, Pair):
            middle = match.splits[match.meaning.split]
            if match.rule.pattern.startswith("DAY MONTH"):
                middle += 1
            after = (
                next(
                    j
                    for j in range(middle + 1, last)
                    if tokens[j].lower in "-–—/" or tokens[j].lower in ("to", "and", "or", "until", "through")
                )
                + 1
            )
            yield Found(tokens[first].start, tokens[middle].end, match.meaning.first, tense, lead, match.rule.pattern)
            yield Found(tokens[after].start, tokens[last - 1].end, match.meaning.second, tense, lead, match.rule.pattern)
        else:
            yield Found(tokens[first].start, tokens[end_at - 1].end, match.meaning, tense, lead, match.rule.pattern)
        i = last


_BEFORE_MONTH = _words(
    "in since by until of from last early late and during to through between for this next before after on , ( mid - – begin"
)


def _best(tokens: Sequence[Token], i: int) -> Match | None:
    """The expression at i; where its context comes first, a longer one that begins inside."""
    match = GRAMMAR.at(tokens, i)
    if match is None:
        return None
    for j in range(i + 1, match.first + 1):
        other = GRAMMAR.at(tokens, j)
        if other is not None and other.last > match.last and other.first <= match.first:
            match = other
    return match


_COUNTED_AFTER = _words(
    "people troops soldiers men women civilians fighters rebels tons tonnes km kilometers kilometres miles "
    "prisoners dead killed wounded vehicles tanks aircraft "
    "killed, casualties metres meters feet dollars euros pounds votes percent houses homes families children "
    "refugees members guns"
)


def _likely(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Guards against numbers and words that only look like time."""
    head = tokens[first]
    before = tokens[first - 1].text if first else ""
    if last - first == 1:
        if "YEAR" in head.classes:
            after = tokens[last].lower if last < len(tokens) else ""
            if before in ("$", "€", "£", "#", "No", "number", "Resolution", "resolution") or after in _COUNTED_AFTER or after == "%":
                return False
        if "MONTH" in head.classes and head.lower in ("may", "march", "mar", "jan", "sun", "sat") and first == 0:
            return last < len(tokens) and tokens[last].lower in (",", "was", "saw", "and")
    if last - first == 1 and head.text in ("May", "March"):
        after = tokens[last].lower if last < len(tokens) else ""
        return before.lower() in _BEFORE_MONTH and after not in ("said", "told")
    return True


def _tense(text: str, start: int, end: int, first: int, last: int) -> str:
    """Which way an undated day lies, by the verbs around it: "future" only where nothing nearer says past."""
    near = text[max(start, first - 70) : min(end, last + 50)]
    ahead = _FUTURE.search(near)
    if not ahead:
        return "past"
    if ahead[0].lower() in ("would", "next") and _PAST.search(near):
        return "past"
    return "future"


def _iso(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _present(found: Sequence[Found]) -> tuple[date | None, Found | None]:
    """About when a text of unknown date was written, by what it says of days known from elsewhere, and where it says
    so.

    Reports come out within days of the anniversary they mention: three days after it is taken. "Since the invasion
    began four weeks ago" tells it directly.
    """
    for item in found:
        event, n = item.meaning.get("event"), item.meaning.get("n")
        if event is not None and n and item.meaning.kind == "anniversary":
            try:
                return event.replace(year=event.year + n) + timedelta(days=3), item
            except (ValueError, OverflowError):
                continue
    for item in found:
        event, n = item.meaning.get("event"), item.meaning.get("n")
        days = {"D": 1, "W": 7, "M": 30.44}.get(item.meaning.get("unit") or "")
        if event is not None and n and days and item.meaning.kind == "offset" and item.meaning.get("rel") == "ago":
            return event + timedelta(days=round(n * days)), item
    return None, None


def _american(document: Document) -> bool:
    """Are numerals month-first? By the address of the page; where it does not tell, month first."""
    url = document.url or ""
    return bool(_AMERICAN.search(url)) or not _DAY_FIRST.search(url)


def _history(text: str, published: date | None, found: Sequence[Found]) -> bool:
    """Does the text tell of years long gone? Most of the years it names lie more than two years before publication."""
    if published is None:
        return True
    years = [int(y) for y in _YEAR.findall(text)]
    ancient = sum(1 for f in found if isinstance(f.meaning.get("year"), int) and f.meaning.get("year") < 1000)
    far = sum(1 for y in years if published.year - y > 2) + ancient
    past = sum(1 for y in years if y < published.year)
    deictic = sum(1 for f in found if f.meaning.kind in ("day", "weekday") or f.meaning.get("rel") == "ago")
    if past >= 20 and past > 0.8 * len(years) and past > 4 * deictic:
        return True
    return far >= 5 and far > 0.7 * (len(years) + ancient) and far > 2 * deictic
