"""Every format is written, checked by its own rules, written again the same, and says what it lost."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from whence.exports import MODULES, export, format_of
from whence.exports.cells import FORMULA, cell, read_table, unguarded
from whence.exports.losses import FEATURES
from whence.exports.rows import Row

from .made import GUARDS, GUNMEN, HOSTILE, TEXTS, grade, hostile, party, row, varied

ALL = list(MODULES)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")


def written(name: str, rows: list[Row], folder: Path) -> Path:
    path = folder / f"out{format_of(name).SUFFIX}"
    export(name, iter(rows), path)
    return path


def cells(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    return [r for _, r in read_table(path, delimiter=delimiter)]


@pytest.mark.parametrize("name", ALL)
def test_what_is_written_keeps_the_rules_of_the_format(name: str, tmp_path: Path) -> None:
    path = written(name, varied(), tmp_path)
    assert path.stat().st_size > 0
    assert format_of(name).check(path) == []


@pytest.mark.parametrize("name", ALL)
def test_hostile_texts_break_no_format(name: str, tmp_path: Path) -> None:
    path = written(name, hostile(), tmp_path)
    assert format_of(name).check(path) == []


@pytest.mark.parametrize("name", ALL)
def test_the_same_rows_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    first = written(name, varied(), tmp_path).read_bytes()
    assert written(name, varied(), tmp_path).read_bytes() == first


@pytest.mark.parametrize("name", ALL)
def test_nothing_at_all_can_be_written(name: str, tmp_path: Path) -> None:
    assert format_of(name).check(written(name, [], tmp_path)) in ([], ["the second row is no row of hashtags"])


@pytest.mark.parametrize("name", ["acled", "ucdp", "polecat", "hxl", "ftm"])
def test_no_cell_begins_like_a_formula(name: str, tmp_path: Path) -> None:
    path = written(name, hostile(), tmp_path)
    for line in csv.reader(path.open(encoding="utf8", newline=""), delimiter="\t" if name == "polecat" else ","):
        assert not [c for c in line if c.startswith(FORMULA) and not c.lstrip("-").replace(".", "").isdigit()]


@pytest.mark.parametrize("name", ALL)
def test_losses_are_counted_with_examples(name: str, tmp_path: Path) -> None:
    report = export(name, iter(varied()), tmp_path / "out")
    assert report.rows == 7
    assert report.written + report.left_out == 7
    for loss in report.losses:
        assert 1 <= loss.rows <= 7
        assert len(loss.examples) == min(5, loss.rows)


@pytest.mark.parametrize("name", ["acled", "ucdp", "polecat", "geojson", "hxl", "parquet", "ftm", "stix", "claimreview", "annotations"])
def test_rows_are_taken_one_by_one(name: str, tmp_path: Path) -> None:
    """A streaming format begins to write before the last row is asked for; Parquet goes by row groups."""
    held: list[int] = []
    path = tmp_path / "out"

    def coming() -> Iterator[Row]:
        base = row(grades=(grade(),))
        for n in range(4_000):
            if n == 3_999 and path.exists():
                held.append(path.stat().st_size)
            told = tuple(msgspec.structs.replace(s, id=f"{s.id}-{n}") for s in base.statements)
            yield msgspec.structs.replace(base, id=f"I-{n:012x}", statements=told)

    export(name, coming(), path)
    assert held
    assert held[0] > path.stat().st_size / 3


def test_a_cell_is_guarded_and_given_back() -> None:
    for text in (*HOSTILE[:4], "plain", "'quoted'"):
        assert not cell(text).startswith(FORMULA)
        assert unguarded(cell(text)) == text
    assert cell(-3.5) == "-3.5"
    assert cell(None) == ""
    assert cell("\u202eabc") == "abc"


def test_acled_codes(tmp_path: Path) -> None:
    found = {r["event_id_cnty"]: r for r in cells(written("acled", varied(), tmp_path))}
    clash = found[f"SDN{0x0123456789AB}"]
    assert (clash["actor1"], clash["inter1"], clash["actor2"], clash["inter2"]) == ("Unidentified Armed Group (Sudan)", "2", "guards", "1")
    assert (clash["interaction"], clash["disorder_type"], clash["civilian_targeting"]) == ("12", "Political violence", "")
    assert (clash["fatalities"], clash["iso"], clash["region"], clash["geo_precision"], clash["time_precision"]) == (
        "3",
        "729",
        "Northern Africa",
        "1",
        "1",
    )
    assert "killed: 3 (Sahel Post), 5 (Nile Courier)" in clash["notes"]
    assert "denies" in clash["notes"]
    month, attack, protest = found["SDN1"], found["SDN2"], found["SDN3"]
    assert (month["event_date"], month["time_precision"]) == ("2025-06-01", "3")
    assert (attack["actor2"], attack["civilian_targeting"], attack["geo_precision"]) == ("Civilians (Sudan)", "Civilian targeting", "3")
    assert (protest["actor1"], protest["inter1"], protest["interaction"]) == ("Protesters (Sudan)", "6", "60")
    assert "SDN5" not in found


def test_acled_follows_the_sides_and_not_their_names(tmp_path: Path) -> None:
    """Exchanged sides exchange the columns, whatever they are called."""
    one, other = party("Blue Column", "armed_group"), party("Nile Guard", "state_forces", country="SDN")
    a, b = cells(written("acled", [row(actors=(one,), targets=(other,)), row(id="I-1", actors=(other,), targets=(one,))], tmp_path))
    assert (a["actor1"], a["inter1"], a["actor2"], a["inter2"]) == (b["actor2"], b["inter2"], b["actor1"], b["inter1"])
    assert (a["interaction"], a["event_type"], a["civilian_targeting"]) == (b["interaction"], b["event_type"], b["civilian_targeting"])


def test_ucdp_codes(tmp_path: Path) -> None:
    found = cells(written("ucdp", varied(), tmp_path))
    clash = found[0]
    assert (clash["type_of_violence"], clash["best"], clash["low"], clash["high"], clash["deaths_b"]) == ("1", "3", "3", "5", "3")
    assert (clash["priogrid_gid"], clash["country_id"], clash["gwnob"], clash["where_prec"], clash["date_prec"]) == (
        "148023",
        "625",
        "625",
        "1",
        "1",
    )
    month, attack = found[1], found[2]
    assert (month["date_prec"], month["date_end"]) == ("4", "2025-06-30")
    assert (attack["type_of_violence"], attack["side_b"], attack["where_prec"], attack["best"], attack["high"]) == (
        "3",
        "Civilians",
        "6",
        "17",
        "17",
    )
    assert not any(r["id"] == "3" for r in found), "a protest without dead is no event of GED"


def test_polecat_round_trip(tmp_path: Path) -> None:
    path = written("polecat", varied(), tmp_path)
    first = cells(path, "\t")[0]
    assert (first["Event Type"], first["Event Mode"], first["Quad Code"], first["Actor COW"]) == (
        "ASSAULT",
        "firearms",
        "MATERIAL CONFLICT",
        "",
    )
    assert (first["Recipient Country"], first["Recipient COW"], first["Primary Recipient Sector"]) == ("SDN", "625", "MIL")


def test_geojson_draws_areas_and_never_points(tmp_path: Path) -> None:
    data = json.loads(written("geojson", varied(), tmp_path).read_text(encoding="utf8"))
    kinds = [f["geometry"] and f["geometry"]["type"] for f in data["features"]]
    assert kinds == ["Polygon", "Polygon", "Polygon", "Polygon", None, None, "Polygon"]
    told = data["features"][0]["properties"]
    assert told["precision_km"] == 5.0
    assert told["counts"]["killed"] == {"low": 3, "high": 5, "shown": [3, 3], "disputed": True}


def test_parquet_gives_the_rows_back_whole(tmp_path: Path) -> None:
    from whence.exports.parquet import read

    rows = [*varied(), *hostile()[:9]]
    assert list(read(written("parquet", rows, tmp_path))) == rows


def test_xlsx_has_sheets_of_sources_and_evidence(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(written("xlsx", hostile(), tmp_path))
    assert book.sheetnames == ["incidents", "sources", "evidence"]
    assert book["sources"].max_row == 1 + 2 * len(HOSTILE)
    assert book["evidence"].max_row == 1 + 3 * len(HOSTILE)
    for sheet in book:
        for line in sheet.iter_rows(min_row=2):
            assert not [c for c in line if c.data_type == "f" or c.hyperlink]


def test_hxl_heads(tmp_path: Path) -> None:
    rows = list(csv.reader(written("hxl", varied(), tmp_path).open(encoding="utf8")))
    assert rows[1][:3] == ["#meta+id", "#date+start", "#date+end"]
    assert rows[2][rows[0].index("killed_low")] == "3"
    assert rows[2][rows[0].index("killed_high")] == "5"


def test_stix_says_disputes_as_opinions_and_reports_as_sightings(tmp_path: Path) -> None:
    items = json.loads(written("stix", [row(grades=(grade(2),))], tmp_path).read_text(encoding="utf8"))["objects"]
    kinds = [i["type"] for i in items]
    assert (kinds.count("incident"), kinds.count("sighting"), kinds.count("opinion"), kinds.count("location")) == (1, 2, 2, 1)
    incident = next(i for i in items if i["type"] == "incident")
    assert incident["confidence"] == 50
    assert {i["opinion"] for i in items if i["type"] == "opinion"} == {"strongly-disagree", "agree"}
    unknown = json.loads(written("stix", [row(credibility=6)], tmp_path).read_text(encoding="utf8"))["objects"]
    assert not any("confidence" in i for i in unknown)


def test_gunmen_of_two_incidents_are_not_one_identity(tmp_path: Path) -> None:
    named = party("Blue Column", "armed_group")
    rows = [row(actors=(GUNMEN, named)), row(id="I-2", actors=(GUNMEN, named))]
    items = json.loads(written("stix", rows, tmp_path).read_text(encoding="utf8"))["objects"]
    names = [i["name"] for i in items if i["type"] == "identity"]
    assert (names.count("Gunmen"), names.count("Blue Column")) == (2, 1)


def test_prov_is_read_by_the_reference_library(tmp_path: Path) -> None:
    model = pytest.importorskip("prov.model")
    path = written("prov", varied(), tmp_path)
    document = model.ProvDocument.deserialize(str(path), format="json")
    kinds = {str(v) for r in document.get_records(model.ProvDerivation) for k, v in r.attributes if str(k) == "prov:type"}
    assert {"prov:Quotation", "prov:PrimarySource"} <= kinds | {
        str(t) for r in document.get_records(model.ProvDerivation) for t in r.get_asserted_types()
    }


def test_claimreview_only_of_what_a_person_judged(tmp_path: Path) -> None:
    found = json.loads(written("claimreview", varied(), tmp_path).read_text(encoding="utf8"))
    assert [r["@id"] for r in found] == ["urn:whence:judgement:J-2", "urn:whence:judgement:J-6"]
    assert found[0]["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Probably true",
        "ratingValue": 4,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert "ratingValue" not in found[1]["reviewRating"]


def test_annotations_point_at_words_that_stand_there(tmp_path: Path) -> None:
    from whence.exports.annotations import check

    path = written("annotations", [row()], tmp_path)
    assert check(path, TEXTS) == []
    assert check(path, {d: f"x{t}" for d, t in TEXTS.items()})
    items = json.loads(path.read_text(encoding="utf8"))["first"]["items"]
    assert len(items) == 3
    assert items[0]["target"]["source"]["schema:sha256"]


def test_the_brief_shows_every_value_with_its_sources(tmp_path: Path) -> None:
    page = written("html", varied(), tmp_path).read_text(encoding="utf8")
    assert "<svg" in page
    assert 'class="disputed"' in page
    assert "killed: 5" in page
    assert "Radio Kosti &gt; Nile Courier" in page
    assert "the militia (through Nile Courier) denies" in page
    assert "<script" not in written("html", hostile(), tmp_path).read_text(encoding="utf8")


def test_the_docx_has_real_footnotes_and_a_map(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    path = written("docx", varied(), tmp_path)
    book = docx.Document(str(path))
    assert book.inline_shapes[0].width > 0
    assert "Sudan" in [p.text for p in book.paragraphs if p.style.name == "Heading 1"]
    with zipfile.ZipFile(path) as file:
        notes = file.read("word/footnotes.xml").decode()
        body = file.read("word/document.xml").decode()
    assert "Radio Kosti &gt; Nile Courier" in notes
    assert body.count("footnoteReference w:id") == notes.count("<w:footnoteRef/>")


def test_what_is_lost_names_every_feature_that_a_row_has() -> None:
    """Whoever adds a feature says of every format whether it is carried."""
    for name in ALL:
        carries = getattr(format_of(name), "CARRIES", tuple(FEATURES))
        assert set(carries) <= set(FEATURES), name


@pytest.mark.parametrize(("name", "old", "new", "said"), [
    ("acled", "Armed clash", "Armed crash", "sub_event_type"),
    ("acled", ",12,", ",21,", "interaction"),
    ("acled", "2025-06-07,2025,", "2025-06-07,2024,", "year"),
    ("ucdp", "148023", "148024", "priogrid_gid"),
    ("polecat", "MATERIAL CONFLICT", "VERBAL CONFLICT", "Quad Code"),
    ("geojson", '"Polygon"', '"Point"', "more than is known"),
    ("hxl", "#loc+name", "#loc name", "hashtags"),
    ("ftm", ",Event,", ",Evening,", "not in the model"),
    ("ftm", ",text,Event,", ",string,Event,", "not in the model"),
    ("ftm", "Armed clash", "Armed crash", "not that of the statement"),
    ("prov", '"prov:usedEntity": "document:D-1"', '"prov:usedEntity": "document:D-9"', "is not there"),
    ("claimreview", '"ratingValue":4', '"ratingValue":9', "beyond its ends"),
    ("annotations", '"start":', '"begin":', ""),
    ("html", 'id="n1"', 'id="m1"', "leads nowhere"),
    ("stix", '"sighting_of_ref":"incident', '"sighting_of_ref":"malware', ""),
])  # fmt: skip
def test_checks_find_what_is_wrong(name: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    path = written(name, [row(grades=(grade(),))], tmp_path)
    text = path.read_text(encoding="utf8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf8")
    try:
        problems = format_of(name).check(path)
    except KeyError as error:
        problems = [str(error)]
    assert problems
    assert any(said in p for p in problems)


def test_objects_are_no_actors(tmp_path: Path) -> None:
    car = party("a pickup", "object")
    (found,) = cells(written("acled", [row(actors=(GUNMEN,), targets=(car, GUARDS))], tmp_path))
    assert found["actor2"] == "guards"
