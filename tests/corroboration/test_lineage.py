"""Who has it from whom, and how many origins remain."""

from __future__ import annotations

from whence.corroboration.lineage import HOLDERS, Passages, candidates, copied, descent
from whence.corroboration.origins import origins
from whence.records import Descent

from .made import account, party, report, telling

BODY = (
    "Artillery shells struck the vegetable market in Inkhil on Tuesday, killing four farmers and wounding nine. "
    "Ambulances brought the injured to the district hospital in Jasim before the road was closed for 6 hours. "
    'A fire destroyed 12 shops behind the market. "We heard the sound twice and ran to the cellar with the children," said Anas Nassar'
)
REWRITE = (
    "Four farmers died and nine were hurt when shells fell on the market of Inkhil, Levant Wire reported. "
    "The district hospital in Jasim took in the wounded and the road was shut for 6 hours, Levant Wire said. "
    'Flames spread to 12 shops. "We heard the sound twice and ran to the cellar with the children," Anas Nassar told Levant Wire'
)
OTHER = (
    "Gunmen on motorcycles opened fire on a patrol of policemen near the silos of Busra on Friday evening and fled south. "
    "The governor promised an inquiry and asked the families of the two dead policemen for patience until Sunday."
)


def test_copies_are_found_and_lead_to_the_earlier() -> None:
    first = account(1, BODY)
    copy = account(2, BODY.rsplit(". ", 1)[0], publisher="Orontes Daily", published="2025-03-06")
    other = account(3, OTHER, publisher="Hawran Voice")
    assert list(candidates([first, copy, other])) == [("D-01", "D-02")]
    assert copied(first, copy) == copied(copy, first) == 1.0
    (edge,) = descent(copy, [first, other])
    assert (edge.parent, edge.kind) == ("D-01", "copies")
    assert "100% of the passages are the same" in edge.why
    assert descent(first, [copy, other]) == []


def test_copies_are_looked_for_among_the_last_documents_and_set_phrases_bring_nobody_together() -> None:
    index = Passages(held=2)
    assert index.add(account(1, BODY)) == []
    assert index.add(account(2, OTHER)) == []
    assert index.add(account(3, OTHER)) == ["D-02"]  # the first has gone by then
    assert index.add(account(4, BODY)) == []
    assert index.add(account(4, BODY)) == []
    crowd = Passages()
    for n in range(HOLDERS + 10):
        crowd.add(account(n, BODY))
    assert len(crowd.add(account(90, BODY))) == HOLDERS


def test_who_is_named_is_followed() -> None:
    first = account(1, BODY)
    cites = account(2, REWRITE, publisher="Hawran Voice", published="2025-03-06")
    (edge,) = descent(cites, [first])
    assert (edge.parent, edge.kind) == ("D-01", "cites")
    assert "cites Levant Wire" in edge.why
    assert descent(first, [cites]) == []


def test_credits_say_how() -> None:
    first = account(1, BODY)
    for relation, kind in (("translated_from", "translates"), ("republished_from", "republishes")):
        child = account(2, REWRITE, publisher="Worldline Digest", published="2025-03-07", via=(("levant wire", relation),))
        assert [e.kind for e in descent(child, [first])] == [kind]


def edge(child: int, parent: int) -> Descent:
    return Descent(document=f"D-{child:02}", parent=f"D-{parent:02}", kind="cites", probability=0.9)


def test_copies_have_the_origin_of_what_they_copy() -> None:
    told = [report(1), report(2, publisher="Hawran Voice"), report(3, publisher="Orontes Daily")]
    assert len(origins(told, [])) == 3
    assert origins(told, [edge(2, 1), edge(3, 2)]) == {"outlet:levant wire": ("D-01", "D-02", "D-03")}


def test_a_circle_is_one_origin() -> None:
    told = [report(1), report(2, publisher="Hawran Voice"), report(3, publisher="Orontes Daily")]
    found = origins(told, [edge(1, 2), edge(2, 1), edge(3, 1)])
    assert found == {"circle:hawran voice+levant wire": ("D-01", "D-02", "D-03")}


def test_a_shared_statement_is_one_origin_and_nameless_sources_are_their_outlet() -> None:
    office = party("the Civil Protection Office", "organization")
    residents = party("two residents", "civilians", named=False)
    wire, voice = party("Levant Wire"), party("Hawran Voice")
    told = [
        report(1, tellings=(telling(office, wire), telling(wire))),
        report(2, publisher="Hawran Voice", tellings=(telling(office, voice),)),
    ]
    assert list(origins(told, [])) == ["holder:civil protection office"]
    told = [report(1, tellings=(telling(residents, wire),)), report(2, publisher="Hawran Voice", tellings=(telling(residents, voice),))]
    assert list(origins(told, [])) == ["outlet:hawran voice", "outlet:levant wire"]


def test_a_cited_outlet_without_an_edge_is_followed_by_its_name_and_denials_are_no_origin() -> None:
    wire, voice = party("Levant Wire"), party("Hawran Voice")
    told = [report(1), report(2, publisher="Hawran Voice", tellings=(telling(wire, voice),))]
    assert list(origins(told, [])) == ["outlet:levant wire"]
    army = party("the army", "state_forces")
    told = [report(1, tellings=(telling(army, wire, stance="denies", polarity="negative"), telling(wire)))]
    assert list(origins(told, [])) == ["outlet:levant wire"]


def test_names_of_one_body_are_one_origin() -> None:
    wire, voice, daily = party("Levant Wire"), party("Hawran Voice"), party("Orontes Daily")
    names = ("SOHR", "the Syrian Observatory for Human Rights", "Syrian Observatory")
    told = [
        report(n, publisher=str(outlet.name), tellings=(telling(party(name, "organization"), outlet),))
        for n, (name, outlet) in enumerate(zip(names, (wire, voice, daily), strict=True), 1)
    ]
    assert list(origins(told, [])) == ["holder:syrian observatory for human rights"]
    short, full = party("CPO", "organization"), party("the Civil Protection Office", "organization")
    told = [report(1, tellings=(telling(short, wire),)), report(2, publisher="Hawran Voice", tellings=(telling(full, voice),))]
    assert origins(told, []) == {"holder:civil protection office": ("D-01", "D-02")}
    other = party("the Council of Physicians and Orderlies", "organization")  # whose initials they are as well: nobody can tell
    told.append(report(3, publisher="Orontes Daily", tellings=(telling(other, daily),)))
    assert len(origins(told, [])) == 3
