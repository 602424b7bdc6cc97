"""Where punctuation hangs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.language.models.punctuation import heads_of_punctuation

# A word, its head's index, and whether it is a mark.
LEAD = [
    ("Groups", 4), ("in", 2), ("Daraa", 0), (",", 0), ("said", 4), ("(", 4), ("again", 4), (")", 4), ("that", 10),
    ("it", 10), ("fell", 4), (",", 10), ("sources", 10), ("said", 12), (".", 10),
]  # fmt: skip
MARKS = frozenset(",.()")


def new_heads(rows: list[tuple[str, int]]) -> dict[int, int]:
    return heads_of_punctuation([w for w, _ in rows], [h for _, h in rows], [w in MARKS for w, _ in rows])


def test_marks_hang_where_the_rules_say() -> None:
    found = new_heads(LEAD)
    assert found[14] == 4, "a full stop hangs from the root"
    assert found[5] == found[7] == 6, "brackets hang from what they enclose"
    assert found[3] == 0, "a comma hangs from the lower side"


def test_a_mark_with_dependents_stays() -> None:
    assert new_heads([("He", 1), (".", 1), ("left", 1)]) == {}


def test_marks_alone_stay() -> None:
    assert new_heads([(".", 0)]) == {}


@given(st.data())
def test_any_tree_stays_a_tree(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    words = data.draw(st.lists(st.sampled_from(["a", ",", ".", '"', "(", ")", "“", "”"]), min_size=count, max_size=count))
    order = data.draw(st.permutations(range(count)))
    heads = [0] * count
    for n, i in enumerate(order):
        heads[i] = order[data.draw(st.integers(0, n - 1))] if n else i
    marks = [not w.isalpha() for w in words]
    for i, head in heads_of_punctuation(words, heads, marks).items():
        assert marks[i]
        assert 0 <= head < count
        heads[i] = head
    for i in range(count):
        at = i
        for _ in range(count):
            at = heads[at]
        assert heads[at] == at
