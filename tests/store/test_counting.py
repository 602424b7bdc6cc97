"""Counting reports by their fields, and pages of them in the order of their days."""

from __future__ import annotations

import pytest

from whence.errors import StoreError
from whence.store import Filter, Store

from .made import item


def test_reports_are_counted_by_field_without_regard_to_the_filter_on_it(store: Store) -> None:
    store.add([item(1), item(2), item(3, publisher="Nile Courier")])
    assert store.counted(by="source") == [("Sahel Post", 2), ("Nile Courier", 1)]
    assert store.counted(Filter(source="Nile Courier"), by="source") == [("Sahel Post", 2), ("Nile Courier", 1)]
    assert store.counted(Filter(source="Nile Courier"), by="country") == [("SDN", 1)]
    assert store.counted(Filter(country="SYR"), by="acled") == []
    assert store.fitting(Filter(source="Sahel Post")) == 2
    with pytest.raises(StoreError, match="not counted by 'colour'"):
        store.counted(by="colour")


def test_a_page_is_in_the_order_of_days_with_those_without_one_at_the_end(store: Store) -> None:
    store.add([item(n) for n in range(3)])
    first, second, third = (r.id for r in store.reports())
    store.judge("correct", second, who="me", field="earliest", value="2025-06-01")
    store.judge("correct", second, who="me", field="latest", value="2025-06-02")
    store.judge("correct", third, who="me", field="earliest", value="")
    store.judge("correct", third, who="me", field="latest", value="")
    assert [r.id for r in store.page()] == [first, second, third]
    assert [r.id for r in store.page(order="earliest")] == [second, first, third]
    assert [r.id for r in store.page(order="added")] == [third, second, first]
    assert [r.id for r in store.page(order="earliest", limit=1, offset=1)] == [first]
    with pytest.raises(StoreError, match="order 'colour'"):
        store.page(order="colour")
