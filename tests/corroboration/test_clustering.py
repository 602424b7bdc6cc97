"""Clusters hold together, and what was judged holds for ever."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from whence.corroboration.blocking import Blocks
from whence.corroboration.clustering import clustered, connected
from whence.corroboration.comparing import compared
from whence.corroboration.model import model

from .made import JASIM, report


def test_strong_links_join_and_weak_chains_do_not() -> None:
    strong = {("a", "b"): 0.98, ("a", "c"): 0.97, ("b", "c"): 0.95}
    assert clustered("abc", strong) == [["a", "b", "c"]]
    chain = {("a", "b"): 0.7, ("b", "c"): 0.7, ("c", "d"): 0.7}
    assert max(map(len, clustered("abcd", chain))) == 2
    assert clustered("abc", {("a", "b"): 0.99, ("b", "c"): 0.6, ("a", "c"): 0.02}) == [["a", "b"], ["c"]]


def test_judgements_hold_whatever_the_links_say() -> None:
    links = {("a", "b"): 0.99, ("b", "c"): 0.99, ("a", "c"): 0.99}
    assert clustered("abc", links, apart=[("a", "c")]) in ([["a", "b"], ["c"]], [["a"], ["b", "c"]])
    assert clustered("abc", {}, same=[("a", "c")]) == [["a", "c"], ["b"]]
    assert clustered("abc", {}, same=[("a", "b"), ("b", "c")], apart=[("a", "c")]) == [["a", "b"], ["c"]]


pairs = list(itertools.combinations("abcdef", 2))


@given(st.dictionaries(st.sampled_from(pairs), st.floats(0, 1)), st.lists(st.sampled_from(pairs)), st.lists(st.sampled_from(pairs)))
def test_every_member_is_in_one_cluster_and_none_that_were_torn_apart_are_together(
    links: dict[tuple[str, str], float], same: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    found = clustered("abcdef", links, same=same, apart=apart)
    assert sorted(m for g in found for m in g) == list("abcdef")
    home = {m: n for n, g in enumerate(found) for m in g}
    assert all(home[a] != home[b] for a, b in apart)
    if not apart:
        assert all(home[a] == home[b] for a, b in same)
    assert found == clustered("fedcba", dict(reversed(links.items())), same=same, apart=apart)


def test_components() -> None:
    assert sorted(map(sorted, connected([("a", "b"), ("c", "d"), ("b", "e")]))) == [["a", "b", "e"], ["c", "d"]]


def test_blocks_bring_near_reports_together_once() -> None:
    blocks = Blocks()
    here = [report(1), report(2, day="2025-03-05"), report(3, day="2025-04-20", published="2025-04-21"), report(4, **JASIM)]
    coarse = report(5, place="Daraa", place_kind="admin1", latitude=32.7, longitude=36.2, geonames_id=None)
    for r in [*here, coarse, report(6, earliest=None, latest=None, published=None)]:
        blocks.add(r)
    found = list(blocks.pairs(range(6)))
    assert len(found) == len(set(found))
    assert {(0, 1), (0, 3), (0, 4), (3, 4)} <= set(found)
    assert not any(2 in pair or 5 in pair for pair in found)
    assert list(blocks.pairs([1])) == [p for p in sorted(found) if 1 in p]


def probability(a: int, **other: object) -> float:
    return model("reports").probability(compared(report(1), report(a, publisher="Hawran Voice", **other)))  # type: ignore[arg-type]


def test_facts_tell_incidents_apart() -> None:
    same = probability(2)
    assert same > 0.8
    assert probability(2, killed=11) < same  # another toll there and then
    assert probability(2, day="2025-03-06") < same
    assert probability(2, **JASIM) < 0.5
    told = model("reports").why(compared(report(1), report(2)))
    assert any(key.startswith("place: same") for key in told)
    assert any(key.startswith("time: same day") for key in told)
