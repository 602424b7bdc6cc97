"""Krippendorff's alpha against the worked examples of its author and of the literature."""

from __future__ import annotations

import pytest

from whence.agreement import agreements, alpha, measured
from whence.store import Coding

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): example C, four observers, twelve units, values missing.
FOUR = [
    (1, 1, None, 1),
    (2, 2, 3, 2),
    (3, 3, 3, 3),
    (3, 3, 3, 3),
    (2, 2, 2, 2),
    (1, 2, 3, 4),
    (4, 4, 4, 4),
    (1, 1, 2, 1),
    (2, 2, 2, 2),
    (None, 5, 5, 5),
    (None, None, 1, 1),
    (None, 3, None, None),
]
# The same, example A: two observers, ten units, two values.
TWO = list(zip((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0), strict=True))
# The same, example B: two observers, twelve units, names.
NAMES = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
# Three coders, fifteen units, as in the article on the coefficient in Wikipedia.
_ = None
THREE = list(
    zip(
        (_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3),
        (1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _),
        (_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4),
        strict=True,
    )
)


@pytest.mark.parametrize(
    ("units", "metric", "published"),
    [
        (TWO, "nominal", 0.095),
        (NAMES, "nominal", 0.692),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (FOUR, "ratio", 0.797),
        (THREE, "nominal", 0.691),
        (THREE, "interval", 0.811),
    ],
)
def test_published_examples(units: list[tuple[object, ...]], metric: str, published: float) -> None:
    found = alpha(units, metric)  # type: ignore[arg-type]
    assert found is not None
    assert round(found, 3) == published


def test_where_it_is_not_defined() -> None:
    assert alpha([]) is None
    assert alpha([(1, None), (None, 2)]) is None
    assert alpha([(1, 1), (1, 1)]) is None
    assert alpha([(1, 1), (2, 2)]) == 1.0


def test_fields_are_compared_as_what_they_are() -> None:
    codings = [
        Coding(report=f"R-{n}", coder=c, values={"killed": k, "acled": a, "earliest": None}, made="")
        for n, c, k, a in (
            (1, "A", "3-5", "Attack"),
            (1, "B", "3+", "attack "),
            (2, "A", "7", "Grenade"),
            (2, "B", "9", "Attack"),
            (3, "A", "1", None),
        )
    ]
    found = {a.field: a for a in agreements(codings)}
    assert found["killed"].units == 2
    assert found["killed"].same == 0.5
    assert found["killed"].alpha is not None
    assert found["acled"].same == 0.5
    assert found["earliest"].alpha is None
    assert found["country"].units == 0
    assert measured("earliest", "2025-01-02") - measured("earliest", "2025-01-01") == 1
