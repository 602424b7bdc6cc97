"""Time expressions: a table of news sentences with what must come out, and properties that hold on any text."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.language.analysis import Analysis, SentenceTokens
from whence.readers.base import Draft
from whence.readers.timexes import TimexReader
from whence.records import Document, Timex

MONDAY = "2022-03-21"
NONE = None


def draft(text: str, published: str | None) -> Draft:
    ends = [m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z])|\n", text)]
    cuts = [0, *ends, len(text)]
    sentences = [SentenceTokens(index=i, first=0, last=0, start=a, end=b) for i, (a, b) in enumerate(itertools.pairwise(cuts)) if a < b]
    document = Document(
        id="d",
        title=None,
        publisher=None,
        published=published,
        published_earliest=None,
        published_latest=None,
        published_from=None,
        url=None,
        language="en",
        text=text,
        parts=(),
        via=(),
    )
    return Draft(document=document, analysis=Analysis(text=text, tokens=[], sentences=sentences, names=[]))


def read(text: str, published: str | None = MONDAY) -> list[Timex]:
    return [r for r in TimexReader()(draft(text, published)) if isinstance(r, Timex)]


# text with the expression in «», publication, TIMEX3 value, earliest, latest; "*" stands for what the row does not ask
TABLE = [
    # Weekdays
    ("The raid began «on Thursday morning».", MONDAY, "2022-03-17TMO", "2022-03-17", "2022-03-17"),
    ("Forces stormed the town at «dawn on Tuesday».", MONDAY, "2022-03-15TMO", "2022-03-15", "2022-03-15"),
    ("Two people were killed on «Monday».", MONDAY, "2022-03-21", "2022-03-21", "2022-03-21"),
    ("Two people were killed on «Sunday».", MONDAY, "2022-03-20", "2022-03-20", "2022-03-20"),
    ("The talks will resume on «Wednesday».", MONDAY, "2022-03-23", "2022-03-23", "2022-03-23"),
    ("The vote is scheduled for «Friday».", MONDAY, "2022-03-25", "2022-03-25", "2022-03-25"),
    ("He was detained «last Friday».", MONDAY, "2022-03-18", "2022-03-18", "2022-03-18"),
    ("They arrived «last Monday».", MONDAY, "2022-03-14", "2022-03-14", "2022-03-14"),
    ("The court will rule «next Tuesday».", MONDAY, "2022-03-22", "2022-03-22", "2022-03-22"),
    ("The blast came «late on Saturday night».", MONDAY, "2022-03-19TNI", "2022-03-19", "2022-03-19"),
    ("Shells fell on «Friday evening».", MONDAY, "2022-03-18TEV", "2022-03-18", "2022-03-18"),
    ("Clashes broke out on «Wednesday afternoon».", MONDAY, "2022-03-16TAF", "2022-03-16", "2022-03-16"),
    ("Clashes broke out on «Thursday».", None, "XXXX-WXX-4", None, None),
    ("Clashes broke out on «Thursday evening».", None, "XXXX-WXX-4TEV", None, None),
    ("It happened «Thursday».", "2022-03-17", "2022-03-17", "2022-03-17", "2022-03-17"),
    # Days by name
    ("He spoke «yesterday».", MONDAY, "2022-03-20", "2022-03-20", "2022-03-20"),
    ("He will speak «tomorrow».", MONDAY, "2022-03-22", "2022-03-22", "2022-03-22"),
    ("The army said «today» that it had withdrawn.", MONDAY, "2022-03-21", "2022-03-21", "2022-03-21"),
    ("He left «the day before yesterday».", MONDAY, "2022-03-19", "2022-03-19", "2022-03-19"),
    ("Sirens sounded «last night».", MONDAY, "2022-03-20TNI", "2022-03-20", "2022-03-20"),
    ("A curfew begins «tonight».", MONDAY, "2022-03-21TNI", "2022-03-21", "2022-03-21"),
    ("Rockets were fired «this morning».", MONDAY, "2022-03-21TMO", "2022-03-21", "2022-03-21"),
    ("He fled «yesterday morning».", MONDAY, "2022-03-20TMO", "2022-03-20", "2022-03-20"),
    # Dates without a year
    ("The ceasefire began on «March 15».", MONDAY, "2022-03-15", "2022-03-15", "2022-03-15"),
    ("The ceasefire began on «15 March».", MONDAY, "2022-03-15", "2022-03-15", "2022-03-15"),
    ("He was killed on «December 20».", MONDAY, "2021-12-20", "2021-12-20", "2021-12-20"),
    ("Elections will be held on «May 15».", MONDAY, "2022-05-15", "2022-05-15", "2022-05-15"),
    ("The strike was in «February».", MONDAY, "2022-02", "2022-02-01", "2022-02-28"),
    ("The strike was in «November».", MONDAY, "2021-11", "2021-11-01", "2021-11-30"),
    ("The summit will take place in «June».", MONDAY, "2022-06", "2022-06-01", "2022-06-30"),
    ("The strike was in «Dec. 2021».", MONDAY, "2021-12", "2021-12-01", "2021-12-31"),
    ("It began on «the 3rd of March».", MONDAY, "2022-03-03", "2022-03-03", "2022-03-03"),
    ("It began on «Sept. 5».", MONDAY, "2021-09-05", "2021-09-05", "2021-09-05"),
    ("It was signed «last March».", MONDAY, "2021-03", "2021-03-01", "2021-03-31"),
    # Whole dates
    ("He died on «March 15, 2011».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("He died on «15 March 2011».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("He died on «the 15th of March, 2011».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("He died on «Tuesday, March 15, 2011».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("It is dated «2011-03-15».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("It is dated «15/03/2011».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("It is dated «03/15/2011».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("It is dated «15.03.2011».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("It is dated «5.3.2011».", MONDAY, "2011-03-05", "2011-03-05", "2011-03-05"),
    ("On the night of «March 15, 2011» shells fell.", MONDAY, "*", "2011-03-15", "2011-03-15"),
    ("They met in «the morning of 15 March 2011».", MONDAY, "2011-03-15TMO", "2011-03-15", "2011-03-15"),
    ("They met in «March 2011».", MONDAY, "2011-03", "2011-03-01", "2011-03-31"),
    ("They met in «March of 2011».", MONDAY, "2011-03", "2011-03-01", "2011-03-31"),
    ("They met in «early March 2011».", MONDAY, "2011-03", "2011-03-01", "2011-03-11"),
    ("They met in «late 2011».", MONDAY, "2011", "*", "2011-12-31"),
    ("They met in «mid-March».", MONDAY, "2022-03", "*", "*"),
    ("They met at «the end of March 2011».", MONDAY, "2011-03", "*", "2011-03-31"),
    ("They met at «the beginning of 2011».", MONDAY, "2011", "2011-01-01", "*"),
    # Years, open ends
    ("«Since 2018» the area has been calm.", MONDAY, "2018", "2018-01-01", "2018-12-31"),
    ("In «2012», the army left.", MONDAY, "2012", "2012-01-01", "2012-12-31"),
    ("The agreement of «2018» held.", MONDAY, "2018", "2018-01-01", "2018-12-31"),
    ("Until «2025» nothing will change.", MONDAY, "2025", "2025-01-01", "2025-12-31"),
    ("He was minister («2012»).", MONDAY, "2012", "2012-01-01", "2012-12-31"),
    ("«This year» has been worse.", MONDAY, "2022", "2022-01-01", "2022-12-31"),
    ("«Last year» was worse.", MONDAY, "2021", "2021-01-01", "2021-12-31"),
    ("It will end «next year».", MONDAY, "2023", "2023-01-01", "2023-12-31"),
    # Units counted from publication
    ("He came «last month».", MONDAY, "2022-02", "2022-02-01", "2022-02-28"),
    ("He came «earlier this month».", MONDAY, "2022-03", "2022-03-01", "2022-03-31"),
    ("He came «this week».", MONDAY, "2022-W12", "2022-03-21", "2022-03-27"),
    ("He came «last week».", MONDAY, "2022-W11", "2022-03-14", "2022-03-20"),
    ("He will come «next week».", MONDAY, "2022-W13", "2022-03-28", "2022-04-03"),
    ("He will come «next month».", MONDAY, "2022-04", "2022-04-01", "2022-04-30"),
    ("They struck «last weekend».", MONDAY, "2022-W11-WE", "2022-03-19", "2022-03-20"),
    ("They struck over «the weekend».", MONDAY, "2022-W11-WE", "2022-03-19", "2022-03-20"),
    ("They struck «late last year».", MONDAY, "2021", "*", "*"),
    ("They met «last summer».", MONDAY, "2021-SU", "2021-06-01", "2021-08-31"),
    ("They will meet «next summer».", MONDAY, "2022-SU", "2022-06-01", "2022-08-31"),
    ("They met in «the summer of 2015».", MONDAY, "2015-SU", "2015-06-01", "2015-08-31"),
    ("They met in «spring 2015».", MONDAY, "2015-SP", "2015-03-01", "2015-05-31"),
    ("Prices rose in «the first quarter of 2021».", MONDAY, "2021-Q1", "2021-01-01", "2021-03-31"),
    ("Prices rose in «the second half of 2021».", MONDAY, "2021-H2", "2021-07-01", "2021-12-31"),
    ("Prices rose in «fiscal year 2021».", MONDAY, "2021", "2021-01-01", "2021-12-31"),
    # Offsets
    ("The war began «four weeks ago».", MONDAY, "2022-W08", "2022-02-21", "2022-02-27"),
    ("He died «two days ago».", MONDAY, "2022-03-19", "2022-03-19", "2022-03-19"),
    ("He died «ten years ago».", MONDAY, "2012", "2012-01-01", "2012-12-31"),
    ("He died «three months ago».", MONDAY, "2021-12", "2021-12-01", "2021-12-31"),
    ("He died «a week ago».", MONDAY, "2022-W11", "2022-03-14", "2022-03-20"),
    ("He died «a few days ago».", MONDAY, "PAST_REF", "2022-03-11", "2022-03-21"),
    ("He died «more than a year ago».", MONDAY, "2021", "2021-01-01", "2021-12-31"),
    ("On March 10, he fled. «Two days later», he was caught.", MONDAY, "2022-03-12", "2022-03-12", "2022-03-12"),
    ("On March 10, he fled. «A day earlier», he had been seen.", MONDAY, "2022-03-09", "2022-03-09", "2022-03-09"),
    ("On March 10, he fled. «The next day», he was caught.", MONDAY, "2022-03-11", "2022-03-11", "2022-03-11"),
    ("On March 10, he fled. «The same day», he was caught.", MONDAY, "2022-03-10", "2022-03-10", "2022-03-10"),
    ("On March 10, he fled. «That night», he was caught.", MONDAY, "2022-03-10TNI", "2022-03-10", "2022-03-10"),
    (
        "On March 10, he fled. «The following morning», he was caught.",
        MONDAY,
        "2022-03-11TMO",
        "2022-03-11",
        "2022-03-11",
    ),
    ("He was born in 1980. «Two years later», his father died.", MONDAY, "1982", "1982-01-01", "1982-12-31"),
    # Durations
    ("The siege lasted «three weeks».", MONDAY, "P3W", None, None),
    ("It was a «two-day» visit.", MONDAY, "P2D", None, None),
    ("It went on for «several hours».", MONDAY, "PTXH", None, None),
    ("It took «24 hours».", MONDAY, "PT24H", None, None),
    ("It took «two and a half years».", MONDAY, "P2.5Y", None, None),
    ("It took «more than ten years».", MONDAY, "P10Y", None, None),
    ("He waited «half an hour».", MONDAY, "PT30M", None, None),
    ("He has been held for «a decade».", MONDAY, "P1DE", None, None),
    ("«Recent days» have seen protests.", MONDAY, "PXD", "2022-03-11", "2022-03-21"),
    ("Attacks rose in «recent weeks».", MONDAY, "PXW", "2022-02-21", "2022-03-21"),
    ("Attacks rose over «the past two weeks».", MONDAY, "P2W", "2022-03-07", "2022-03-21"),
    ("Attacks rose in «the last three months».", MONDAY, "P3M", "*", "2022-03-21"),
    ("Aid will run out in «the next few days».", MONDAY, "PXD", "2022-03-21", "*"),
    # Decades, centuries
    ("In «the 1980s» he lived abroad.", MONDAY, "198", "1980-01-01", "1989-12-31"),
    ("In «the early 1980s» he lived abroad.", MONDAY, "198", "*", "*"),
    ("It dates from «the 19th century».", MONDAY, "18", "1801-01-01", "1900-12-31"),
    # Sets
    ("They demonstrate «every Friday».", MONDAY, "XXXX-WXX-5", None, None),
    ("Patrols pass «every day».", MONDAY, "XXXX-XX-XX", None, None),
    ("The «weekly» demonstration was calm.", MONDAY, "XXXX-WXX", None, None),
    # References
    ("He is «now» in exile.", MONDAY, "PRESENT_REF", None, None),
    ("He «recently» returned.", MONDAY, "PAST_REF", None, None),
    # Clock
    ("The drone struck at «5:30 p.m. on Friday».", MONDAY, "2022-03-18T17:30", "2022-03-18", "2022-03-18"),
    ("The drone struck at «03:00 GMT».", MONDAY, "*", "*", "*"),
    ("The drone struck at «10 a.m.» on Friday.", MONDAY, "*", "2022-03-18", "2022-03-18"),
    # Other calendars
    ("It began on «15 Adhar 2011».", MONDAY, "2011-03-15", "2011-03-15", "2011-03-15"),
    ("It began in «Tishrin al-Thani 2019».", MONDAY, "2019-11", "2019-11-01", "2019-11-30"),
    ("It began in «Shubat».", MONDAY, "2022-02", "2022-02-01", "2022-02-28"),
    ("It began on «15 Ramadan 1442».", MONDAY, "2021-04-27", "2021-04-27", "2021-04-27"),
    ("The truce held through «Ramadan 2021».", MONDAY, None, "2021-04-13", "2021-05-12"),
    ("The truce began on «Eid al-Fitr».", MONDAY, "2021-05-13", "2021-05-13", "2021-05-13"),
    ("It was on «Christmas Eve».", MONDAY, "2021-12-24", "2021-12-24", "2021-12-24"),
    ("It was on «New Year's Day».", MONDAY, "2022-01-01", "2022-01-01", "2022-01-01"),
    # Anniversaries
    (
        "Crowds marked «the 11th anniversary» of the Syrian revolution.",
        MONDAY,
        "2022-03-15",
        "2022-03-15",
        "2022-03-15",
    ),
    ("Crowds marked «the 11th anniversary» of the Syrian revolution.", None, "2022-03-15", "2022-03-15", "2022-03-15"),
    (
        "Since the invasion of Ukraine began «four weeks ago», prices rose.",
        None,
        "2022-W08",
        "2022-02-21",
        "2022-02-27",
    ),
    ("Crowds marked «the 11th anniversary» of the battle.", MONDAY, None, None, None),
    ("Crowds marked «the anniversary» of the invasion of Iraq.", MONDAY, "2022-03-20", "2022-03-20", "2022-03-20"),
    ("Crowds marked «the anniversary» of the annexation of Crimea.", "2022-09-01", None, None, None),
    # Counted from an event
    ("On March 10, rebels attacked the base. «Two days after» the attack, troops left.", MONDAY, "2022-03-12", "2022-03-12", "2022-03-12"),
    ("On March 10, rebels attacked the base. Troops left «a day after» the attack.", MONDAY, "2022-03-11", "2022-03-11", "2022-03-11"),
    ("On March 10, rebels attacked the base. «The day after» the attack, troops left.", MONDAY, "2022-03-11", "2022-03-11", "2022-03-11"),
    ("On March 10, rebels attacked the base. «The day» of the attack was calm.", MONDAY, "2022-03-10", "2022-03-10", "2022-03-10"),
    ("On March 10, rebels attacked the base. He had left «two days before» the attack.", MONDAY, "2022-03-08", "2022-03-08", "2022-03-08"),
    ("On March 10, rebels attacked the base. «Hours later», they left.", MONDAY, "2022-03-10TXX", "2022-03-10", "2022-03-11"),
    ("On March 10, rebels attacked the base. «Hours earlier», he had fled.", MONDAY, "2022-03-10TXX", "2022-03-09", "2022-03-10"),
    ("On March 10, rebels attacked the base. «Minutes later», they left.", MONDAY, "2022-03-10TXX", "2022-03-10", "2022-03-10"),
    # The count runs the other way where the expression's own clause is dated
    ("On Thursday, men were killed. This came «two days after» officers were shot.", MONDAY, "2022-03-15", "2022-03-15", "2022-03-15"),
    ("On Thursday, men were killed. It came «just a day before» talks began.", MONDAY, "2022-03-18", "2022-03-18", "2022-03-18"),
    ("They agreed on Wednesday, «three days after» one raided the other's camp.", MONDAY, "2022-03-13", "2022-03-13", "2022-03-13"),
    ("The strike on Thursday came «three days after» a bomb killed ten.", MONDAY, "2022-03-14", "2022-03-14", "2022-03-14"),
    # Known days, and days that no one can tell
    ("«A year after» the invasion of Ukraine, little has changed.", "2023-03-01", "2023", "2023-01-01", "2023-12-31"),
    ("«Two days after» the attack, troops left.", MONDAY, "XXXX-XX-XX", None, None),
    ("This came «two days after» officers were killed.", MONDAY, "XXXX-XX-XX", None, None),
    ("«A year after» the war began, little has changed.", MONDAY, "XXXX", None, None),
    ("In the «days after» the attack, hundreds fled.", MONDAY, "FUTURE_REF", None, None),
    ("He was freed «a day later».", MONDAY, "XXXX-XX-XX", None, None),
    ("It was signed in «March last year».", MONDAY, "2021-03", "2021-03-01", "2021-03-31"),
    # Zones
    ("The drone struck at «03:00 Moscow time on Friday».", MONDAY, "2022-03-18T03:00+03", "2022-03-18", "2022-03-18"),
    ("The drone struck at «17:30 EET on Friday».", MONDAY, "2022-03-18T17:30+02", "2022-03-18", "2022-03-18"),
    # Histories
    ("In 1940 the war spread. In «June», Italy joined.", None, "1940-06", "1940-06-01", "1940-06-30"),
    ("On 14 December 1940 it began. In «January», it ended.", None, "1941-01", "1941-01-01", "1941-01-31"),
    ("On 14 July 1789 it began. On «17 July», it ended.", None, "1789-07-17", "1789-07-17", "1789-07-17"),
    ("The battle of «480 BC» was lost.", None, "BC0480", None, None),
    ("It lasted from «499»-493 BC.", None, "BC0499", None, None),
    ("It was fought from «6»-12 July 1940.", None, "1940-07-06", "1940-07-06", "1940-07-06"),
    ("It was fought from 1936-«39», they say.", None, "1939", "1939-01-01", "1939-12-31"),
]

LEADING = re.compile(r"^(on|since|in|at|during) ", re.I)


@pytest.mark.parametrize(("marked", "published", "value", "earliest", "latest"), TABLE)
def test_expressions(marked: str, published: str | None, value: str | None, earliest: str | None, latest: str | None) -> None:
    start, text = marked.index("«"), marked.replace("«", "").replace("»", "")
    wanted = marked[start + 1 : marked.index("»")]
    inner = LEADING.sub("", wanted)
    start += len(wanted) - len(inner)
    found = [t for t in read(text, published) if t.start < start + len(inner) and start < t.end]
    assert found, f"nothing read in {text!r}"
    t = found[0]
    for expected, got in ((value, t.value), (earliest, t.earliest), (latest, t.latest)):
        if expected != "*":
            assert got == expected, t
    if value != "*":
        assert t.text == inner


SILENT = [
    "She may leave the country.",
    "The troops march on the capital.",
    "He paid $2000 for it.",
    "Some 1500 people fled.",
    "About 2,000 soldiers were there.",
    "After the fall of the city, they left.",
    "It was the Long March that made him.",
    "He is second to none.",
    "Give me a second chance.",
    "Mr. May said nothing.",
    "Resolution 1701 was adopted.",
    "Three quarters of the town burnt.",
    "The number 12 bus was hit.",
    "They hold 45 per cent of it.",
    "He has a minute knowledge of it.",
]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_there(text: str) -> None:
    assert read(text) == []


def test_anchors() -> None:
    first, second, third = read("He was killed on Thursday. Two days later, in 2022, he was buried.")
    assert first.anchor == "published"
    assert second.anchor == first.id
    assert third.anchor is None


def test_what_is_counted_from_an_event_is_anchored_there() -> None:
    day, after, then = read("On March 10, rebels attacked the base. This came two days after a raid. The next day, they left.")
    assert (after.anchor, after.value) == (day.id, "2022-03-08")
    assert (then.anchor, then.value) == (day.id, "2022-03-11"), "the story stays where it is"


def test_the_last_word_of_an_event_dates_it() -> None:
    found = read("On March 10, rebels attacked the base. On March 14, talks began. Two days after the attack, he was seen.")
    assert (found[-1].anchor, found[-1].value) == (found[0].id, "2022-03-12")


def test_unknown_publication_leaves_days_open() -> None:
    for t in read("He came on Monday. He left last week. On Friday he died yesterday.", None):
        assert (t.earliest, t.latest) == (None, None)


def test_types() -> None:
    types = {t.text: t.type for t in read("On Friday at 5 p.m. he spoke for two hours, as he does every week.")}
    assert types["two hours"] == "DURATION"
    assert types["every week"] == "SET"


WORDS = st.lists(
    st.sampled_from(
        [
            "on",
            "in",
            "the",
            "of",
            "May",
            "March",
            "15",
            "2011",
            "Friday",
            "last",
            "next",
            "two",
            "days",
            "ago",
            "later",
            ",",
            ".",
            "-",
            "every",
            "week",
            "480",
            "BC",
            "5:30",
            "p.m.",
            "1980s",
            "summer",
            "this",
            "morning",
            "Ramadan",
            "31",
            "February",
            "99",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(st.one_of(st.text(max_size=80), WORDS), st.sampled_from([None, "2022-03-21", "0001-01-01", "9999-12-31"]))
def test_spans_are_slices(text: str, published: str | None) -> None:
    found = read(text, published)
    assert all(t.text == text[t.start : t.end] and t.start < t.end for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert found == read(text, published)
    assert all((t.earliest is None) == (t.latest is None) and (t.earliest or "") <= (t.latest or "") for t in found)
