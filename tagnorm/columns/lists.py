"""Arrow arrays with a list for each field: conditions on their items, lists of lists, and text.

Needs PyArrow.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import (
    constant,
    flags,
    lists_of,
    may_hold,
    numbers,
    places_with,
    taken,
    texts,
)

__all__ = ["any_of", "counts_of", "joined", "once_each", "strung"]

# Lists of more items are long.
_LONG = 8
# Items are few if there is one among so many.
_FEW = 64


def any_of(
    lists: pa.ListArray, ones: pa.BooleanArray, row_of_item: pa.Array | None = None
) -> pa.BooleanArray:
    """Whether some condition holds of an item of each list, by whether it holds of each item.

    Args:
        lists: the lists.
        ones: whether it holds of each of their items.
        row_of_item: the list of each item; where it is known, and few items are such, these alone
            are gone through, in a tenth of the time.

    >>> from tagnorm.columns.arrays import flags
    >>> any_of(lists_of(numbers([1, 2, 3]), [2, 0, 1]), flags([False, True, False])).to_pylist()
    [True, False, False]
    """
    if row_of_item is not None and ones.true_count * _FEW < len(ones):
        return _among(row_of_item.filter(ones), len(lists))
    before = _before(lists, ones)
    return pc.not_equal(before.slice(0, len(lists)), before.slice(1))


def _among(rows: pa.Array, count: int) -> pa.BooleanArray:
    """Whether each of so many rows is one of some."""
    held = bytearray(count)
    for row in rows.to_pylist():
        held[row] = 1
    return pa.Array.from_buffers(pa.uint8(), count, [None, pa.py_buffer(held)]).cast(pa.bool_())


def counts_of(lists: pa.ListArray, ones: pa.BooleanArray) -> pa.Int32Array:
    """Of how many items of each list some condition holds, by whether it holds of each item.

    >>> from tagnorm.columns.arrays import flags
    >>> counts_of(lists_of(numbers([1, 2, 3]), [2, 0, 1]), flags([True, True, False])).to_pylist()
    [2, 0, 0]
    """
    before = _before(lists, ones)
    return pc.subtract(before.slice(1), before.slice(0, len(lists)))


def _before(lists: pa.ListArray, ones: pa.BooleanArray) -> pa.Int32Array:
    """Of how many items before each list the condition holds, and of how many in all."""
    counts = pc.cumulative_sum(ones.cast(pa.int32()))
    return pa.concat_arrays([numbers([0]), counts]).take(lists.offsets)


def strung(raws: pa.ListArray, lists: pa.ListArray) -> pa.ListArray:
    """One list for each text: those of its words, one behind another."""
    return pa.ListArray.from_arrays(lists.offsets.take(raws.offsets), lists.flatten())


def once_each(lists: pa.ListArray) -> pa.ListArray:
    """Lists of numbers, each number only once in a list.

    >>> once_each(lists_of(numbers([3, 1, 3, 3]), [3, 1])).to_pylist()
    [[3, 1], [3]]
    """
    # Most lists hold no number twice, which is told in a tenth of the time.
    are_open = _may_hold_twice(lists)
    some = lists.filter(are_open)
    if not len(some):
        return lists
    places = places_with(are_open, len(some))
    return taken(pa.concat_arrays([lists, _each_once(some)]), places)


def _may_hold_twice(lists: pa.ListArray) -> pa.BooleanArray:
    """Whether each list may hold a number twice: two near one another, or it is long."""
    sizes, items, rows = lists.value_lengths(), lists.flatten(), pc.list_parent_indices(lists)
    are_long = pc.greater(sizes, constant(_LONG))
    again = pc.not_equal(items, items)
    for apart in range(1, min(_LONG, len(items))):
        is_same = pc.and_(
            *(pc.equal(of.slice(0, len(of) - apart), of.slice(apart)) for of in (items, rows))
        )
        again = pc.or_(again, pa.concat_arrays([is_same, flags([False] * apart)]))
    return pc.or_(are_long, _among(rows.filter(again), len(lists)))


def _each_once(lists: pa.ListArray) -> pa.ListArray:
    """The same of lists that hold a number at least, with a table of all numbers of each."""
    rows, items = pc.list_parent_indices(lists).cast(pa.int64()), lists.flatten()
    width = constant(pc.max(items).as_py() + 1)
    numbered = pc.add(pc.multiply(rows, width), items.cast(pa.int64()))
    once = pc.unique(numbered)
    rows = pc.divide(once, width)
    items = pc.subtract(once, pc.multiply(rows, width)).cast(items.type)
    sizes = [0] * len(lists)
    for row, size in zip(*map(pa.Array.to_pylist, pc.value_counts(rows).flatten()), strict=True):
        sizes[row] = size
    return lists_of(items, sizes)


def joined(lists: pa.ListArray, separator: str) -> pa.StringArray:
    r"""Lists of tags as texts, as `tagnorm.columns.layout.join_cell` makes one of each.

    >>> tags = lists_of(texts(["PREL", "PGOV", "A;B"]), [2, 1])
    >>> print(*joined(tags, ";").to_pylist())
    PREL;PGOV A\;B
    """
    tags = lists.values
    for held in ("\\", separator):
        if may_hold(tags, held):
            tags = pc.replace_substring(tags, held, f"\\{held}")
    # PyArrow's own scalars load pandas.
    return pc.binary_join(pa.ListArray.from_arrays(lists.offsets, tags), texts([separator])[0])
