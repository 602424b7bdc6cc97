"""The index: built whole or not at all, and looked up by name, alias and spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from whence.errors import ResourceError
from whence.gazetteer import ATTRIBUTION, FORMAT, Gazetteer, build, index_path
from whence.gazetteer.tables import AREAS, COUNTRIES, DIVISIONS, TOWNS, table

LOOKUPS = [
    # name, country, kind of one of its bearers
    ("Syria", "SYR", "country"),
    ("U.S.", "USA", "country"),
    ("Ivory Coast", "CIV", "country"),
    ("DRC", "COD", "country"),
    ("Burma", "MMR", "country"),
    ("Daraa", "SYR", "admin1"),
    ("Deraa", "SYR", "town"),
    ("Daraa", "SYR", "town"),
    ("Daraya", "SYR", "town"),
    ("Jasim", "SYR", "town"),
    ("Jassim", "SYR", "town"),
    ("Khirbet Ghazala", "SYR", "town"),
    ("Deir Ezzor", "SYR", "admin1"),
    ("Sweida", "SYR", "town"),
    ("Horan", "SYR", "area"),
    ("Hauran", "SYR", "area"),
    ("Kiev", "UKR", "town"),
    ("Kyiv", "UKR", "town"),
    ("Donbas", "UKR", "area"),
    ("Donbass", "UKR", "area"),
    ("Artyomovsk", "UKR", "town"),
    ("Gaza Strip", "PSE", "admin1"),
    ("Gaza", "PSE", "town"),
    ("West Bank", "PSE", "admin1"),
    ("Jabaliya", "PSE", "town"),
    ("Golan", "SYR", "area"),
    ("Darfur", "SDN", "area"),
    ("North Darfur", "SDN", "admin1"),
    ("El Fasher", "SDN", "town"),
    ("South Kordofan", "SDN", "admin1"),
    ("Tigray", "ETH", "admin1"),
    ("Rakhine", "MMR", "admin1"),
    ("Arakan", "MMR", "admin1"),
    ("Texas", "USA", "admin1"),
    ("W.Va.", "USA", "admin1"),
    ("Laurel County", "USA", "admin2"),
    ("Nord-Kivu", "COD", "admin1"),
    ("Helmand", "AFG", "admin1"),
    ("Sinai", "EGY", "area"),
    ("Anbar", "IRQ", "admin1"),
    ("Bekaa Valley", "LBN", "area"),
    ("درعا", "SYR", "town"),
    ("Київ", "UKR", "town"),
    ("Saint Petersburg", "RUS", "town"),
    ("Homs", "SYR", "town"),
    ("Hims", "SYR", "town"),
    ("Mosul", "IRQ", "town"),
    ("al-Mawsil", "IRQ", "town"),
    ("Geneina", "SDN", "town"),
    ("Al-Junaynah", "SDN", "town"),
]


@pytest.mark.parametrize(("name", "country", "kind"), LOOKUPS)
def test_lookup(gazetteer: Gazetteer, name: str, country: str, kind: str) -> None:
    found = gazetteer.lookup(name)
    assert any(c.place.country == country and c.place.kind == kind for c in found), found[:5]


@pytest.mark.parametrize("name", ["", "Zzyqx", "Qwrtpsdf", "12", "...", "\u0000"])
def test_nothing_of_that_name(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


def test_daraya_is_not_daraa(gazetteer: Gazetteer) -> None:
    names = {c.place.name for c in gazetteer.lookup("Daraya")}
    assert not names & {c.place.name for c in gazetteer.lookup("Daraa")}


def test_the_capital_does_not_stand_for_the_country(gazetteer: Gazetteer) -> None:
    assert {c.place.kind for c in gazetteer.lookup("Syria") if c.place.country == "SYR"} == {"country"}


def test_demonyms(gazetteer: Gazetteer) -> None:
    for word, country in (
        ("Syrian", "SYR"),
        ("Syrians", "SYR"),
        ("Sudanese", "SDN"),
        ("South Sudanese", "SSD"),
        ("Nigerien", "NER"),
        ("Nigerian", "NGA"),
        ("Dutch", "NLD"),
    ):
        assert gazetteer.demonym(word) == country
    assert gazetteer.demonym("Damascene") is None


def test_countries(gazetteer: Gazetteer) -> None:
    syria = gazetteer.country("SYR")
    assert syria is not None
    assert (syria.name, syria.kind, syria.geonames_id) == ("Syria", "country", 163843)
    assert "IRQ" in gazetteer.neighbours("SYR")
    assert gazetteer.country("XYZ") is None


def test_towns_know_their_division(gazetteer: Gazetteer) -> None:
    (jasim,) = [c.place for c in gazetteer.lookup("Jasim") if c.place.country == "SYR"]
    assert jasim.admin1 == "Daraa"


def test_find_says_why(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("khirbet ghazala", limit=5)
    assert found
    assert all(f.reason for f in found)
    assert any("hold" in f.reason for f in gazetteer.find("khirbat ghaz"))
    assert gazetteer.find('"; DROP TABLE places') == gazetteer.find('"; DROP TABLE places')


def test_missing_index(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="gazetteer build"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_broken_index(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    assert not Gazetteer.usable(path)
    with pytest.raises(ResourceError, match="broken"):
        Gazetteer.open(path)


def test_old_index(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "places.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE meta (key TEXT, value TEXT); INSERT INTO meta VALUES ('format', '0');")
    connection.close()
    assert not Gazetteer.usable(path)
    with pytest.raises(ResourceError, match="format"):
        Gazetteer.open(path)


def test_nothing_half_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ResourceError, match="WHENCE_DATA"):
        build(tmp_path / "places.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHENCE_DATA", str(tmp_path))
    assert index_path() == tmp_path / f"places-{FORMAT}.sqlite"
    assert index_path("x") == Path("x")
    assert "CC BY" in ATTRIBUTION


def test_tables_are_sound() -> None:
    countries = list(table("countries", COUNTRIES))
    codes = {c["alpha3"] for c in countries}
    assert len(codes) == len(countries) > 240
    for name, columns, key in (
        ("divisions", DIVISIONS, "alpha3"),
        ("areas", AREAS, "country"),
        ("towns", TOWNS, "alpha3"),
    ):
        rows = list(table(name, columns))
        assert rows
        for row in rows:
            assert -90 <= float(row["latitude"]) <= 90
            assert -180 <= float(row["longitude"]) <= 180
            assert all(c in codes for c in row[key].split(";") if c), row
