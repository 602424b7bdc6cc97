"""Place names: spans, places, use. The language model and the index are the real ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whence.gazetteer import Gazetteer
from whence.language.parser import Parser
from whence.readers.base import Draft
from whence.readers.toponyms import ToponymReader
from whence.records import Document, Toponym


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToponymReader]:
    gazetteer = Gazetteer.open(tmp_path_factory.mktemp("places") / "places.sqlite", create=True)
    yield ToponymReader(gazetteer=gazetteer)
    gazetteer.close()


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def read(reader: ToponymReader, parser: Parser, text: str) -> list[Toponym]:
    document = Document(
        id="d",
        title=None,
        publisher=None,
        published=None,
        published_earliest=None,
        published_latest=None,
        published_from=None,
        url=None,
        language="en",
        text=text,
        parts=(),
        via=(),
    )
    analysis = parser(text, [(0, len(text))] if text.strip() else [])
    return [r for r in reader(Draft(document=document, analysis=analysis)) if isinstance(r, Toponym)]


PLACES = [
    # text with the name in «», kind, country, use
    ("Clashes broke out in «Daraa», in southern Syria, on Monday.", "*", "SYR", "literal"),
    ("Clashes broke out in the city of «Daraa» in Syria.", "town", "SYR", "literal"),
    ("The army shelled towns in «Daraa» governorate in Syria.", "admin1", "SYR", "literal"),
    ("Gunmen killed two people in «Jassim», Daraa, in southern Syria.", "town", "SYR", "literal"),
    ("Fighting went on in «Syria» for years.", "country", "SYR", "literal"),
    ("«Syrian» forces left the town of Jassim.", "country", "SYR", "associative"),
    ("«Moscow» warned the West against sending weapons.", "town", "RUS", "associative"),
    ("The «U.S.» plan was rejected in Damascus.", "country", "USA", "associative"),
    ("Protesters marched through «Moscow» on Sunday.", "town", "RUS", "literal"),
    ("Rebels shelled Goma in «North Kivu», in the Democratic Republic of Congo.", "admin1", "COD", "literal"),
    ("Fighting in «Darfur», in western Sudan, killed ten.", "area", "SDN", "literal"),
    ("A bomb went off in Paris, «Texas», on Friday.", "admin1", "USA", "literal"),
    ("A court in Lexington, «Ky.», heard the case.", "admin1", "USA", "literal"),
    ("Troops crossed the «Dnipro River» near Kherson in Ukraine.", "water", None, "literal"),
]


@pytest.mark.parametrize(("marked", "kind", "country", "use"), PLACES)
def test_places(reader: ToponymReader, parser: Parser, marked: str, kind: str, country: str | None, use: str) -> None:
    start, text = marked.index("«"), marked.replace("«", "").replace("»", "")
    name = marked[start + 1 : marked.index("»")]
    found = [t for t in read(reader, parser, text) if t.start <= start < t.end]
    assert found, "not found"
    assert found[0].text == name
    place = found[0].place
    assert place is not None
    assert place.country == country
    assert kind in ("*", place.kind)
    assert found[0].use == use


SILENT = [
    "Jordan Peterson said nothing about it.",
    "Paris Hilton arrived with Mr. Lincoln.",
    "The Washington Post reported it.",
    "He will march on Monday in May.",
    "The man said that he had seen the men run home.",
    "She Said He Was Nice.",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_place(reader: ToponymReader, parser: Parser, text: str) -> None:
    assert [t.text for t in read(reader, parser, text)] == []


def test_a_name_means_one_place(reader: ToponymReader, parser: Parser) -> None:
    found = read(reader, parser, "Police in Paris, Texas, closed a road. The mayor of Paris said the road to Dallas was open.")
    places = {t.place.geonames_id for t in found if t.text == "Paris" and t.place}
    assert len(places) == 1
    assert all(t.place is not None and t.place.country == "USA" for t in found)


def test_road(reader: ToponymReader, parser: Parser) -> None:
    found = read(reader, parser, "Two patrols were hit on the Damascus-Daraa International Road in Syria.")
    (road,) = [t for t in found if t.place and t.place.kind == "road"]
    assert road.text == "Damascus-Daraa International Road"
    assert road.place is not None
    assert road.place.precision_km is not None
    assert 30 < road.place.precision_km < 80


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(["Daraa", "in", "Paris", ",", "Texas", "the", "Syrian", "-", "road", "al-Bab", "U.S.", "said", "."]),
            max_size=15,
        ).map(" ".join),
    )
)
def test_spans_are_slices(reader: ToponymReader, parser: Parser, text: str) -> None:
    found = read(reader, parser, text)
    assert all(t.text == text[t.start : t.end] for t in found)
    assert len({t.id for t in found}) == len(found)
    assert found == read(reader, parser, text)
