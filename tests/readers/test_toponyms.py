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


SHAPES = [
    # text with the name in «», country, kind, name, (latitude from, to), (precision from, to); None: as the place itself is
    ("Clashes went on in southern «Syria».", "SYR", "area", "southern Syria", (33.0, 34.5), (100, 200)),
    ("Clashes went on in the north of «Syria».", "SYR", "area", "north of Syria", (35.5, 37.0), (100, 200)),
    ("Clashes went on in central «Syria».", "SYR", "area", "central Syria", (34.8, 35.2), (100, 200)),
    ("Clashes went on in north-eastern «Syria».", "SYR", "area", "north-eastern Syria", (35.5, 36.5), (100, 200)),
    ("Shells hit the northern countryside of «Aleppo» in Syria.", "SYR", "area", "northern countryside of Aleppo", (36.2, 37.0), (10, 80)),
    ("Shells hit the countryside of «Aleppo» in Syria.", "SYR", "area", "countryside of Aleppo", None, (20, 120)),
    ("Shells hit the northern «Aleppo» countryside in Syria.", "SYR", "area", "northern Aleppo countryside", (36.2, 37.0), (10, 80)),
    ("Troops gathered 40 km west of «Kharkiv» in Ukraine.", "UKR", "area", "40 km west of Kharkiv", (49.8, 50.2), (10, 40)),
    ("Troops gathered near «Kharkiv» in Ukraine.", "UKR", "town", "Kharkiv", (49.8, 50.2), (15, 60)),
    ("Troops reached the outskirts of «Kharkiv» in Ukraine.", "UKR", "area", "outskirts of Kharkiv", (49.8, 50.2), (15, 80)),
    ("Fighting went on in eastern «Aleppo» city in Syria.", "SYR", "town", "eastern Aleppo", (36.1, 36.3), (3, 30)),
    # Names that only begin like that, and names that nothing is said of
    ("Fighting went on in «South Sudan».", "SSD", "country", "South Sudan", None, None),
    ("Fighting went on in «Syria».", "SYR", "country", "Syria", (34.9, 35.1), None),
    ("Fighting went on in «North Darfur» in Sudan.", "SDN", "admin1", "North Darfur", None, None),
    ("A convoy from the south reached «Kharkiv» in Ukraine.", "UKR", "town", "Kharkiv", (49.8, 50.2), (5, 15)),
]


@pytest.mark.parametrize(("marked", "country", "kind", "name", "latitude", "precision"), SHAPES)
def test_shapes(
    reader: ToponymReader, parser: Parser, marked: str, country: str, kind: str, name: str,
    latitude: tuple[float, float] | None, precision: tuple[float, float] | None,
) -> None:  # fmt: skip
    start, text = marked.index("«"), marked.replace("«", "").replace("»", "")
    (found,) = [t for t in read(reader, parser, text) if t.start <= start < t.end]
    place = found.place
    assert place is not None
    assert (place.country, place.kind, place.name) == (country, kind, name)
    if latitude:
        assert latitude[0] <= (place.latitude or 0) <= latitude[1]
    if precision:
        assert precision[0] <= (place.precision_km or 0) <= precision[1]


def test_forty_km_west_is_forty_km_west(reader: ToponymReader, parser: Parser) -> None:
    (there, here) = (
        next(t.place for t in read(reader, parser, text) if t.place and t.place.country == "UKR" and t.place.kind != "country")
        for text in ("Troops gathered 40 km west of Kharkiv in Ukraine.", "Troops gathered in Kharkiv in Ukraine.")
    )
    assert there.longitude is not None
    assert here.longitude is not None
    assert 0.5 < here.longitude - there.longitude < 0.6


ASKED = [
    "Government forces stormed «Jassim» at dawn.",
    "Fighters seized «Nawa», in Daraa, and held it for a day.",
    "Five men were killed in a raid on «Jassim» in Syria.",
    "Mortars hit «Jassim» city in Syria.",
    "The army shelled «Tafas» and «Nawa» in Syria.",
    "In Nawa, «Jassim» and other suburbs of Daraa, markets closed.",
    "People in Nawa and Jassim fled. Shops in «Jassim» stayed shut. «Jassim» was calm later.",
]


@pytest.mark.parametrize("marked", ASKED)
def test_small_towns_where_places_are_asked_for(reader: ToponymReader, parser: Parser, marked: str) -> None:
    wanted = []
    text = ""
    for piece in marked.replace("»", "«").split("«"):
        if len(wanted) % 2 == 0:
            text += piece
            wanted.append(None)
        else:
            wanted.append((len(text), len(text) + len(piece)))
            text += piece
    found = [(t.start, t.end) for t in read(reader, parser, text)]
    for span in wanted:
        if span is not None:
            assert any(s <= span[0] and span[1] <= e for s, e in found), (text[span[0] : span[1]], found)


NOT_ASKED = [
    "Police captured Karim in a flat.",
    "Mr. Jassim stormed out of the room.",
    "Fighters attacked Ahmed Nawa in his house.",
    "Guards hit Youssef with a stick.",
    "The gunmen shot Hamid, who was a judge.",
]


@pytest.mark.parametrize("text", NOT_ASKED)
def test_people_are_no_places(reader: ToponymReader, parser: Parser, text: str) -> None:
    assert [t.text for t in read(reader, parser, text)] == []


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
