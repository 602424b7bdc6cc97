"""Rows and incidents are matched one to one, and compared field by field."""

from __future__ import annotations

import itertools
import random

import msgspec
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.exports.made import party, row
from whence.comparing import CodedRow, compared
from whence.comparing.assigning import assigned
from whence.records import Acled

CODED = CodedRow(
    dataset="acled",
    line=2,
    id="SDN1",
    earliest="2025-06-07",
    latest="2025-06-07",
    event_type="Battles",
    sub_event_type="Armed clash",
    plover=None,
    mode=None,
    violence=None,
    first=("Unidentified Armed Group (Sudan)",),
    second=("Military Forces of Sudan (2019-)",),
    directed=False,
    country="SDN",
    admin1="North Kordofan",
    place="Um Rawaba",
    latitude=12.9,
    longitude=31.21,
    radius_km=5.0,
    killed_low=4,
    killed=4,
    killed_high=4,
    source="Sahel Post",
    notes=None,
    cells={},
)


def coded(**changes: object) -> CodedRow:
    return msgspec.structs.replace(CODED, **changes)


def verdicts(theirs: CodedRow, **ours: object) -> dict[str, str]:
    (match,) = compared([theirs], [row(**ours)]).matches
    return {f.field: f.verdict for f in match.fields}


def test_agreement_within_our_range() -> None:
    (match,) = compared([CODED], [row()]).matches
    assert {f.verdict for f in match.fields} == {"agrees"}
    killed = next(f for f in match.fields if f.field == "killed")
    assert (killed.theirs, killed.ours, killed.note) == ("4", "3–5", "our reports differ")


@pytest.mark.parametrize(("changes", "field"), [
    ({"killed_low": 9, "killed": 9, "killed_high": 9}, "killed"),
    ({"earliest": "2025-06-08", "latest": "2025-06-08"}, "when"),
    ({"sub_event_type": "Government regains territory"}, "type"),
    ({"second": ("Civilians (Sudan)",)}, "second side"),
    ({"place": "Sherkeila", "latitude": 13.1}, "place"),
])  # fmt: skip
def test_what_differs_is_named(changes: dict[str, object], field: str) -> None:
    found = verdicts(coded(**changes))
    assert found[field] == "differs"
    assert [f for f, v in found.items() if v == "differs"] == [field]


def test_either_order_of_sides_is_right_where_theirs_is_not_directed() -> None:
    found = verdicts(coded(first=CODED.second, second=CODED.first))
    assert (found["first side"], found["second side"]) == ("agrees", "agrees")


@pytest.mark.parametrize("changes", [
    {"earliest": "2025-06-10", "latest": "2025-06-10"},
    {"latitude": 14.9, "place": "Sodari"},
    {"country": "SYR", "place": "Inkhil", "latitude": 33.0, "longitude": 36.1},
    {"latitude": None, "longitude": None, "place": "Sodari", "admin1": "Kassala"},
    {"latitude": None, "longitude": None, "country": "TCD"},
])  # fmt: skip
def test_what_is_too_far_is_a_gap_on_both_sides(changes: dict[str, object]) -> None:
    found = compared([coded(**changes)], [row()])
    assert found.matches == ()
    assert [g.id for g in found.only_theirs] == ["SDN1"]
    assert len(found.only_ours) + found.outside == 1


def test_wider_limits_let_more_in() -> None:
    assert compared([coded(earliest="2025-06-10", latest="2025-06-10")], [row()], days=3).matches
    assert compared([coded(latitude=13.3, place="Sherkeila")], [row()], km=60).matches


def test_two_like_incidents_are_matched_each_to_its_own() -> None:
    """Best first would give the first row the wrong incident."""
    other = row(id="I-2", figures=(), fields=(), actors=(party("Rapid Support Forces", "armed_group"),))
    first, second = coded(first=("RSF: Rapid Support Forces",)), coded(line=3, id="SDN2")
    found = compared([first, second], [row(), other])
    assert {(m.theirs, m.ours) for m in found.matches} == {("SDN1", "I-2"), ("SDN2", "I-0123456789ab")}
    assert compared([second, first], [other, row()]).differing == found.differing


def test_ours_beyond_their_days_and_countries_are_left_aside() -> None:
    old = row(id="I-old", earliest="2020-01-01", latest="2020-01-01")
    found = compared([CODED], [row(), old])
    assert (found.outside, found.only_ours) == (1, ())


def test_a_gap_names_what_took_its_place() -> None:
    found = compared([CODED, coded(line=3, id="SDN2", killed_low=90, killed=90, killed_high=90)], [row()])
    (gap,) = found.only_theirs
    assert gap.id == "SDN2"
    assert "taken by line 2" in (gap.nearest or "")


def test_the_verdict_follows_the_words_and_not_the_names() -> None:
    """Exchanged names of sides give the same verdicts."""
    for one, other in (("Blue Column", "White Column"), ("White Column", "Blue Column")):
        ours = {"actors": (party(one, "armed_group"),), "targets": (party(other, "armed_group"),)}
        told = coded(first=(one,), second=(other,))
        assert set(verdicts(told, **ours).values()) == {"agrees"}


def test_datasets_without_our_terms() -> None:
    ucdp = coded(dataset="ucdp", event_type=None, sub_event_type=None, violence=1, first=("Gunmen",), second=("Government of Sudan",))
    assert verdicts(ucdp)["type"] == "agrees"
    polecat = coded(
        dataset="polecat",
        event_type=None,
        sub_event_type=None,
        plover="ASSAULT",
        mode="firearms",
        killed=None,
        killed_low=None,
        killed_high=None,
    )
    found = verdicts(polecat)
    assert found["type"] == "agrees"
    assert "killed" not in found
    assert (
        verdicts(
            coded(event_type="Riots", sub_event_type="Mob violence"), acled=Acled(event_type="Protests", sub_event_type="Peaceful protest")
        )["type"]
        == "differs"
    )


@drawn(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0.01, 1.0), max_size=14))
def test_no_other_pairing_has_a_greater_sum(scores: dict[tuple[int, int], float]) -> None:
    found = assigned(scores)
    assert len(set(found.values())) == len(found)
    assert set(found.items()) <= set(scores)
    best = 0.0
    for order in itertools.permutations(range(5)):
        best = max(best, sum(scores.get((a, b), 0.0) for a, b in enumerate(order)))
    assert sum(scores[p] for p in found.items()) == pytest.approx(best)


def test_many_rows_are_compared_in_little_time() -> None:
    draw = random.Random(7)
    rows, incidents = [], []
    for n in range(600):
        day = f"2025-{1 + n % 12:02}-{1 + draw.randrange(28):02}"
        at = (12.0 + draw.random(), 30.0 + draw.random())
        base = row(id=f"I-{n:012x}", earliest=day, latest=day)
        assert base.place is not None
        incidents.append(
            msgspec.structs.replace(base, place=msgspec.structs.replace(base.place, name=f"Place {n}", latitude=at[0], longitude=at[1]))
        )
        rows.append(coded(line=n + 2, id=f"SDN{n}", earliest=day, latest=day, place=f"Place {n}", latitude=at[0], longitude=at[1]))
    found = compared(rows, incidents)
    assert sum(m.theirs == f"SDN{int(m.ours[2:], 16)}" for m in found.matches) >= 590
