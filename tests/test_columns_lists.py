"""Arrow arrays with a list for each field: the same as Python lists would give."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tagnorm.columns.arrays import flags
from tagnorm.columns.lists import any_of, once_each

# Mostly short lists of few numbers, some of which stand there again far behind.
_LISTS = st.lists(st.lists(st.integers(0, 12), max_size=14), max_size=8)


@given(_LISTS, st.integers(0, 2))
def test_each_number_is_once_in_its_list_in_the_order_of_the_first(lists, start) -> None:
    found = once_each(pa.array(lists, pa.list_(pa.int32())).slice(start))

    assert found.to_pylist() == [list(dict.fromkeys(one)) for one in lists[start:]]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.data())
def test_what_holds_of_an_item_is_told_alike_of_few_and_of_many(sizes, data) -> None:
    count = sum(sizes)
    held = data.draw(st.sets(st.integers(0, max(count - 1, 0)), max_size=min(count, 3)))
    ones = flags([at in held for at in range(count)])
    offsets = [sum(sizes[:at]) for at in range(len(sizes) + 1)]
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), ones)
    rows = pa.compute.list_parent_indices(lists)

    assert any_of(lists, ones, rows).to_pylist() == any_of(lists, ones).to_pylist()
