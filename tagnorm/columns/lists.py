"""Lists of Arrow, one for each field: whether they have something, put together, each item once.

Needs PyArrow.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, lists_of, numbers, texts

__all__ = ["any_of", "counts_of", "joined", "once_each", "strung"]


def any_of(lists: pa.ListArray, ones: pa.BooleanArray) -> pa.BooleanArray:
    """Whether each list has one of some items, by all items one after another.

    >>> from tagnorm.columns.arrays import flags
    >>> any_of(lists_of(numbers([1, 2, 3]), [2, 0, 1]), flags([False, True, False])).to_pylist()
    [True, False, False]
    """
    before = _before(lists, ones)
    return pc.not_equal(before.slice(0, len(lists)), before.slice(1))


def counts_of(lists: pa.ListArray, ones: pa.BooleanArray) -> pa.Int32Array:
    """How many of some items each list has, by all items one after another.

    >>> from tagnorm.columns.arrays import flags
    >>> counts_of(lists_of(numbers([1, 2, 3]), [2, 0, 1]), flags([True, True, False])).to_pylist()
    [2, 0, 0]
    """
    before = _before(lists, ones)
    return pc.subtract(before.slice(1), before.slice(0, len(lists)))


def _before(lists: pa.ListArray, ones: pa.BooleanArray) -> pa.Int32Array:
    """How many of some items stand before each list, and at the end."""
    counts = pc.cumulative_sum(ones.cast(pa.int32()))
    return pa.concat_arrays([numbers([0]), counts]).take(lists.offsets)


def strung(raws: pa.ListArray, lists: pa.ListArray) -> pa.ListArray:
    """The lists of the words of each text, one after another."""
    return pa.ListArray.from_arrays(lists.offsets.take(raws.offsets), lists.flatten())


def once_each(lists: pa.ListArray) -> pa.ListArray:
    """Lists of numbers without those that they have already.

    >>> once_each(lists_of(numbers([3, 1, 3, 3]), [3, 1])).to_pylist()
    [[3, 1], [3]]
    """
    rows, items = pc.list_parent_indices(lists).cast(pa.int64()), lists.flatten()
    if not len(items):
        return lists
    width = constant(pc.max(items).as_py() + 1)
    numbered = pc.add(pc.multiply(rows, width), items.cast(pa.int64()))
    once = pc.unique(numbered)
    if len(once) == len(numbered):
        return lists
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
        if pc.any(pc.match_substring(tags, held)).as_py():
            tags = pc.replace_substring(tags, held, f"\\{held}")
    # PyArrow's own scalars load pandas.
    return pc.binary_join(pa.ListArray.from_arrays(lists.offsets, tags), texts([separator])[0])
