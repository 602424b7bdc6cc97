"""Files of ACLED, UCDP and POLECAT are known by their headings, old and new, and errors name line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.made import hostile, varied
from whence.comparing import examples, read_coded
from whence.comparing.coded import sniffed
from whence.errors import IntakeError
from whence.exports import acled, export, format_of, polecat, ucdp

HEAD = "event_date,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,fatalities,notes"
LINE = '2025-06-07,Battles,Armed clash,Gunmen,Military Forces of Sudan,Sudan,North Kordofan,Um Rawaba,12.9,31.2,3,"Gunmen, three dead."'


def given(folder: Path, text: str, name: str = "theirs.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf8"))
    return path


@pytest.mark.parametrize(
    ("columns", "name"), [(acled.COLUMNS, "acled"), (ucdp.COLUMNS, "ucdp"), (polecat.COLUMNS, "polecat"), (("id", "text"), None)]
)
def test_datasets_are_known_by_their_headings(columns: tuple[str, ...], name: str | None) -> None:
    assert sniffed(columns) == name
    assert sniffed([c.upper() for c in reversed(columns)]) == name
    assert sniffed(["\ufeff" + columns[0], *columns[1:], "extra"]) == name


@pytest.mark.parametrize("name", ["acled", "ucdp", "polecat"])
@pytest.mark.parametrize("rows", [varied, hostile], ids=["varied", "hostile"])
def test_what_we_write_is_read_back(name: str, rows: object, tmp_path: Path) -> None:
    path = tmp_path / f"out{format_of(name).SUFFIX}"
    report = export(name, rows(), path)  # type: ignore[operator]
    found = list(read_coded(path))
    assert len(found) == report.written
    assert {r.dataset for r in found} == {name}
    assert all(r.country == "SDN" or name == "polecat" for r in found)


def test_a_file_without_headings_is_taken_by_its_length(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    export("acled", varied(), path)
    body = path.read_text(encoding="utf8").split("\n", 1)[1]
    assert [r.id for r in read_coded(given(tmp_path, body))] == [r.id for r in read_coded(path)]


@pytest.mark.parametrize(
    "day", ["2025-06-07", "07 June 2025", "7 Jun 2025", "07/06/2025", "07-Jun-25", "2025-06-07 00:00:00.000", "20250607"]
)
def test_days_in_every_usual_form(day: str, tmp_path: Path) -> None:
    (found,) = read_coded(given(tmp_path, f"{HEAD}\n{LINE.replace('2025-06-07', day)}\n"))
    assert (found.earliest, found.latest) == ("2025-06-07", "2025-06-07")
    assert (found.country, found.killed, found.first) == ("SDN", 3, ("Gunmen",))


def test_older_headings_and_types(tmp_path: Path) -> None:
    head = HEAD.upper().replace("SUB_EVENT_TYPE,", "").replace("ACTOR2", "ACTOR2,ALLY_ACTOR_2")
    line = LINE.replace("Battles,Armed clash", "Battle-No change of territory").replace("Forces of Sudan", "Forces of Sudan,Rangers")
    (found,) = read_coded(given(tmp_path, f"{head}\n{line}\n"))
    assert (found.event_type, found.sub_event_type) == ("Battles", "Armed clash")
    assert found.second == ("Military Forces of Sudan", "Rangers")


@pytest.mark.parametrize(("old", "new", "column"), [
    ("2025-06-07", "last week", "event_date"),
    ("Battles,", "Skirmishes,", "event_type"),
    ("12.9,", "112.9,", "latitude"),
    ("12.9,", "north,", "latitude"),
    (",3,", ",many,", "fatalities"),
    (",3,", ",-3,", "fatalities"),
])  # fmt: skip
def test_errors_name_line_and_column(old: str, new: str, column: str, tmp_path: Path) -> None:
    path = given(tmp_path, f"{HEAD}\n{LINE}\n{LINE.replace(old, new, 1)}\n")
    with pytest.raises(IntakeError, match=f"line 3, column {column}"):
        list(read_coded(path))


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"nearest is acled, which lacks actor1, fatalities"):
        list(read_coded(given(tmp_path, "event_date,event_type\n2025-06-07,Battles\n")))
    with pytest.raises(IntakeError, match=r"12 headings"):
        list(read_coded(given(tmp_path, f"{HEAD}\n{LINE},more,more\n")))
    path = tmp_path / "latin.csv"
    path.write_bytes(f"{HEAD}\n{LINE}\n".replace("Gunmen", "Hommes armés").encode("latin1"))
    with pytest.raises(IntakeError, match="UTF-8"):
        list(read_coded(path))
    assert list(read_coded(given(tmp_path, f"{HEAD}\n"))) == []


def test_notes_become_examples_and_copies_of_a_text_one(tmp_path: Path) -> None:
    other = LINE.replace("three dead", "three dead near the town of Um Rawaba")
    found = list(examples(read_coded(given(tmp_path, f"{HEAD}\n{other}\n{other}\n{LINE.replace('Gunmen, three dead.', 'short')}\n"))))
    assert len(found) == 1
    assert found[0].gold["fatalities"] == 3
    assert found[0].gold["event_date"] == "2025-06-07"
    assert "notes" not in found[0].gold
    assert found[0].split in ("train", "dev", "test")
    path = tmp_path / "p.tsv"
    export("polecat", varied(), path)
    with pytest.raises(IntakeError, match="no text"):
        list(examples(read_coded(path)))
