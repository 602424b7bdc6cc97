"""Places that a user adds: read from dumps, CSV and GeoJSON; whole or not at all; kept when the index is built anew."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from whence.errors import IntakeError, ResourceError
from whence.gazetteer import Gazetteer, add, added_path, remove, sources
from whence.gazetteer import added as adding

# Invented rows.
DUMP = (
    (9000001, "Qasr Zumurrud", "Qasr Zumurrud", "Zumurrud Castle,قصر زمرد", 32.9, 36.1, "P", "PPL", "SY", "", "06", "", "", "", 4200),
    (9000002, "Wadi Tajriba", "Wadi Tajriba", "", 32.8, 36.2, "H", "WAD", "SY", "", "06", "", "", "", 0),
    (9000003, "Bayt Tajriba Hotel", "Bayt Tajriba Hotel", "", 32.8, 36.2, "S", "HTL", "SY", "", "06", "", "", "", 0),
    (9000004, "Nahiyat Tajriba", "Nahiyat Tajriba", "", 32.7, 36.3, "A", "ADM3", "SY", "", "06", "", "", "", 0),
    (163843, "Syria", "Syria", "", 35.0, 38.0, "A", "PCLI", "SY", "", "00", "", "", "", 20000000),
)


def dump_text(rows: tuple[tuple[object, ...], ...] = DUMP) -> str:
    return "".join("\t".join(map(str, (*row, "", "", "Asia/Damascus", "2026-01-01"))) + "\n" for row in rows)


@pytest.fixture
def own(index: Path, tmp_path: Path) -> Path:
    """An index to add to, so that the others stay as they are."""
    path = tmp_path / "index" / "places.sqlite"
    path.parent.mkdir()
    path.symlink_to(index)
    return path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf8")
    return path


def found(index: Path, name: str) -> list[tuple[str, str, str | None, str | None]]:
    opened = Gazetteer.open(index)
    try:
        return [(c.place.name, c.place.kind, c.place.country, c.place.admin1) for c in opened.lookup(name)]
    finally:
        opened.close()


def test_dump(own: Path, tmp_path: Path) -> None:
    added = add(own, [write(tmp_path, "SY.txt", dump_text())])
    assert [(s.name, s.shape, s.places) for s in added] == [("SY.txt", "geonames places", 3)]
    assert found(own, "Qasr Zumurrud") == [("Qasr Zumurrud", "town", "SYR", "Daraa")]
    assert found(own, "قصر زمرد") == [("Qasr Zumurrud", "town", "SYR", "Daraa")]
    assert found(own, "Kasr Zumrud"), "spelt alike"
    assert found(own, "Wadi Tajriba")[0][1] == "water"
    assert found(own, "Bayt Tajriba Hotel") == []
    assert ("Syria", "country", "SYR", None) in found(own, "Syria")
    opened = Gazetteer.open(own)
    (why,) = [f.reason for f in opened.find("Qasr Zumurrud") if f.place.name == "Qasr Zumurrud"]
    held = opened.find("zumurrud cas")
    opened.close()
    assert why == "bears the name, added by you"
    assert held[0].place.geonames_id == 9000001


def test_zip(own: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as packed:
        packed.writestr("readme.txt", "about")
        packed.writestr("SY.txt", dump_text())
    add(own, [tmp_path / "SY.zip"])
    assert found(own, "Qasr Zumurrud")


@pytest.mark.parametrize("inner", ["../SY.txt", "/etc/SY.txt", "a/../../SY.txt", "C:\\SY.txt", "..\\SY.txt"])
def test_zip_paths_that_lead_out_are_refused(own: Path, tmp_path: Path, inner: str) -> None:
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as packed:
        packed.writestr(inner, dump_text())
    with pytest.raises(IntakeError, match="leads out of it"):
        add(own, [tmp_path / "SY.zip"])
    assert not added_path(own).exists()


def test_zip_that_is_a_bomb_or_holds_no_places(own: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("SY.txt", b"\0" * 30_000_000)
    with pytest.raises(IntakeError, match="no table of places packs so well"):
        add(own, [tmp_path / "bomb.zip"])
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as packed:
        packed.writestr("A.txt", dump_text())
        packed.writestr("B.txt", dump_text())
    with pytest.raises(IntakeError, match=r"found A\.txt, B\.txt"):
        add(own, [tmp_path / "two.zip"])
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(IntakeError, match=r"no\.zip"):
        add(own, [tmp_path / "no.zip"])


def test_alternate_names_and_codes(own: Path, tmp_path: Path) -> None:
    names = "1\t9000001\ten\tEmerald Keep\t\t\t\t\t\t\n2\t9000001\tlink\thttps://example.org\t\t\t\t\t\t\n3\t7\ten\tNobody's\t\t\t\t\t\t\n"
    files = [write(tmp_path, "alternateNamesV2.txt", names), write(tmp_path, "SY.txt", dump_text())]
    files.append(write(tmp_path, "admin1CodesASCII.txt", "SY.06\tZumurrud Land\tZumurrud Land\t170903\n"))
    add(own, files)
    assert found(own, "Emerald Keep") == [("Qasr Zumurrud", "town", "SYR", "Daraa")]
    assert found(own, "https://example.org") == []
    assert [f[:3] for f in found(own, "Zumurrud Land")] == [("Daraa", "admin1", "SYR")]
    assert len(found(own, "Qasr Zumurrud")) == 1


CSV = """name,latitude,longitude,aliases,country,admin1,kind,population,radius_km
Tell Khayal,32.71,36.02,Khayal Hill;Tal Khayyal,Syria,Daraa,village,900,
"Northern Front, the",36.5,37.2,,SYR,,front,,25
"""


def test_csv(own: Path, tmp_path: Path) -> None:
    add(own, [write(tmp_path, "mine.csv", CSV)])
    assert found(own, "Tal Khayyal") == [("Tell Khayal", "town", "SYR", "Daraa")]
    assert found(own, "Northern Front the")[0][1:3] == ("area", "SYR")
    add(own, [write(tmp_path, "mine.csv", "\ufeffname;latitude;longitude\nTell Sarab;32.1;36.1\n")])
    assert found(own, "Tell Khayal") == [], "a file of the same name takes the place of the old one"
    assert found(own, "Tell Sarab") == [("Tell Sarab", "town", None, None)]
    assert [s.name for s in sources(own)] == ["mine.csv"]


def test_geojson(own: Path, tmp_path: Path) -> None:
    ring = [[36.0, 32.0], [37.0, 32.0], [37.0, 33.0], [36.0, 33.0], [36.0, 32.0]]
    content = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "Bilad Khayal", "country": "sy", "aliases": ["Khayal Land"]},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            },
            {"type": "Feature", "properties": {"name": "Ain Khayal"}, "geometry": {"type": "Point", "coordinates": [36.4, 32.4]}},
        ],
    }
    add(own, [write(tmp_path, "mine.geojson", json.dumps(content))])
    opened = Gazetteer.open(own)
    (area,) = [c.place for c in opened.lookup("Khayal Land")]
    opened.close()
    assert (area.kind, area.country, round(area.latitude, 2), round(area.longitude, 2)) == ("area", "SYR", 32.5, 36.5)
    assert 60 < area.radius_km < 90
    assert found(own, "Ain Khayal")[0][1] == "town"


WRONG = [
    ("a.csv", "name,latitude,longitude\nA,1,2\nB,here,2\n", r"a\.csv, line 3: latitude 'here'"),
    ("a.csv", "name,latitude,longitude\nA,91,2\n", r"line 2: 91, 2 lies on no globe"),
    ("a.csv", "name,latitude,longitude\nA,nan,2\n", r"line 2"),
    ("a.csv", "name,latitude,longitude\nA,1,2,3\n", r"line 2: 4 cells"),
    ("a.csv", "name,latitude,longitude,colour\nA,1,2,3\n", r"line 1: columns colour"),
    ("a.csv", "name,latitude,longitude,kind\nA,1,2,spaceship\n", r"line 2: kind 'spaceship'"),
    ("a.csv", "name,latitude,longitude,country\nA,1,2,Ruritania\n", r"line 2: country 'Ruritania'"),
    ("a.csv", "name,latitude,longitude,radius_km\nA,1,2,-4\n", r"line 2: radius_km '-4'"),
    ("a.csv", "name,latitude,longitude\n,1,2\n", r"line 2: no name"),
    ("a.csv", 'name,latitude,longitude\n"A,1,2\n', r"not a CSV"),
    ("a.csv", "", r"empty"),
    ("a.txt", "once upon a time\n", r"line 1: not a table of places"),
    ("SY.txt", dump_text() + "9000009\tshort\n", r"SY\.txt, line 6: 2 columns"),
    ("SY.txt", dump_text().replace("32.8", "x"), r"line 2: latitude 'x'"),
    ("a.geojson", "{", r"line 1: not JSON"),
    ("a.geojson", '{"type": "FeatureCollection"}', r"no GeoJSON with features"),
    ("a.geojson", '{"type": "Feature", "properties": {"name": "A"}, "geometry": null}', r"feature 1: not a feature"),
    (
        "a.geojson",
        '{"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "Point", "coordinates": [1, 95]}}',
        r"feature 1: 95, 1 lies",
    ),
    (
        "a.geojson",
        '{"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "Blob", "coordinates": [1, 5]}}',
        r"feature 1: a Blob",
    ),
]


@pytest.mark.parametrize(("name", "text", "message"), WRONG)
def test_what_is_wrong_is_named_and_nothing_changes(own: Path, tmp_path: Path, name: str, text: str, message: str) -> None:
    add(own, [write(tmp_path, "good.csv", CSV)])
    before = added_path(own).read_bytes()
    with pytest.raises(IntakeError, match=message):
        add(own, [write(tmp_path, name, text)])
    assert added_path(own).read_bytes() == before
    assert sorted(p.name for p in own.parent.iterdir()) == ["places.added.sqlite", "places.sqlite"]


def test_not_utf8_and_missing(own: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"name,latitude,longitude\nA,1,2\nD\xe9r,1,2\n")
    with pytest.raises(IntakeError, match="line 3: not UTF-8"):
        add(own, [tmp_path / "a.csv"])
    with pytest.raises(IntakeError, match="no such file"):
        add(own, [tmp_path / "none.csv"])


def test_interrupted_dump_is_taken_up_again(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(
        (9100000 + n, f"Karm Number{n}", f"Karm Number{n}", "", 32, 36, "P", "PPL", "SY", "", "06", "", "", "", n) for n in range(50)
    )
    path = write(tmp_path, "SY.txt", dump_text(rows))
    monkeypatch.setattr(adding, "_BATCH", 10)
    steps = 0

    def stop(share: float, what: str) -> None:
        nonlocal steps
        steps += 1
        if steps == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(own, [path], progress=stop)
    assert not added_path(own).exists(), "half a file is never seen"
    part = added_path(own).with_name(added_path(own).name + ".part")
    connection = sqlite3.connect(part)
    assert connection.execute("SELECT line FROM sources").fetchone() == (30,)
    connection.close()
    shares: list[float] = []
    (source,) = add(own, [path], progress=lambda share, what: shares.append(share))
    assert source.places == 50
    assert shares == sorted(shares)
    assert len(found(own, "Karm Number7")) == len(found(own, "Karm Number44")) == 1


def test_list_and_remove(own: Path, tmp_path: Path) -> None:
    assert sources(own) == []
    add(own, [write(tmp_path, "mine.csv", CSV), write(tmp_path, "SY.txt", dump_text())])
    assert [(s.name, s.places) for s in sources(own)] == [("SY.txt", 3), ("mine.csv", 2)]
    assert remove(own, "Tell Khayal") == 1
    assert found(own, "Tell Khayal") == []
    assert remove(own, "SY.txt") == 3
    assert found(own, "Qasr Zumurrud") == []
    with pytest.raises(IntakeError, match="gazetteer list"):
        remove(own, "Nowhere")
    assert remove(own, "mine.csv") == 1
    assert not added_path(own).exists()
    with pytest.raises(IntakeError, match="nothing has been added"):
        remove(own, "mine.csv")


def test_survives_a_rebuilding(index: Path, own: Path, tmp_path: Path) -> None:
    add(own, [write(tmp_path, "mine.csv", CSV)])
    own.unlink()
    shutil.copyfile(index, own)
    assert found(own, "Tell Khayal")


def test_broken_file_of_added_places(own: Path) -> None:
    added_path(own).write_bytes(b"nothing" * 1000)
    with pytest.raises(ResourceError, match="Delete it"):
        Gazetteer.open(own)
