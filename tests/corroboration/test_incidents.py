"""The account of an incident: every value, the one shown by a rule, disputes, denials, credibility."""

from __future__ import annotations

import pytest

from whence.corroboration.incidents import RULES, Account, account
from whence.records import Descent, Judgement

from .made import JASIM, party, report, telling

TOLD = [
    report(1, killed=4, published="2025-03-05"),
    report(2, killed=7, publisher="Hawran Voice", published="2025-03-06"),
    report(3, killed=7, publisher="Orontes Daily", published="2025-03-06"),
]


def killed(told: Account) -> str | None:
    return next(f.shown for f in told.fields if f.name == "killed")


@pytest.mark.parametrize(("rule", "value"), [("origins", "7"), ("earliest", "4"), ("conservative", "4"), ("range", "4 / 7 / 7")])
def test_the_value_shown_follows_the_rule(rule: str, value: str) -> None:
    assert killed(account("I", TOLD, [], rule=rule)) == value  # type: ignore[arg-type]
    assert rule in RULES


def test_copies_do_not_outvote() -> None:
    copies = [Descent(document="D-03", parent="D-02", kind="copies", probability=0.9)]
    told = account("I", TOLD, copies)
    assert killed(told) == "4"  # one origin each, and the first of equals
    values = next(f for f in told.fields if f.name == "killed")
    assert values.disputed
    assert {v.value: len(v.origins) for v in values.values} == {"4": 1, "7": 1}


def test_what_is_disputed_and_what_is_only_wider() -> None:
    wide = account("I", [report(1), report(2, day=None, earliest="2025-03-01", latest="2025-03-07")], [])
    assert not wide.disputed
    days = account("I", [report(1), report(2, day="2025-03-06")], [])
    assert [f.name for f in days.fields if f.disputed] == ["when"]
    near = account("I", [report(1), report(2, **JASIM)], [])
    assert not near.disputed


def test_denials_and_credibility() -> None:
    office, wire = party("the Interior Ministry", "state"), party("Levant Wire")
    denial = report(2, publisher="Hawran Voice", tellings=(telling(office, party("Hawran Voice"), stance="denies", polarity="negative"),))
    told = account("I", [report(1), denial], [])
    assert [(d.holder, d.stance) for d in told.denials] == [("the Interior Ministry", "denies")]
    assert told.disputed
    assert account("I", [report(1)], []).credibility == 3
    assert account("I", TOLD[:2], []).credibility == 2
    assert account("I", TOLD, []).credibility == 1
    by_hand = Judgement(
        id="J", kind="credibility", subject="R-01", other=None, field=None, value="5", who="Amna", why=None, made="2025-03-09T10:00:00Z"
    )
    graded = account("I", TOLD, [], judgements=[by_hand])
    assert (graded.credibility, graded.credibility_why) == (5, "graded by Amna")
    assert wire.named
