"""Columns of text as Arrow has them, and of lists of text: the items of a list are one field.

The items of a list are joined by semicolons, which always part two tags; so each item keeps its
meaning, and the codes of a list are context for one another. Needs PyArrow.
"""

from __future__ import annotations

import contextlib

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.cells import BETWEEN_ITEMS
from tagnorm.columns.arrays import range_of, texts
from tagnorm.columns.kinds import is_list, is_list_view, is_text

__all__ = ["as_fields", "joined_items", "translated", "without_views"]

_LISTS = pa.large_list(pa.large_string())


def without_views(text: pa.Array) -> pa.Array:
    """Text in a type that Arrow has all functions for: string views have few yet.

    >>> str(without_views(pa.array(["PREL"], pa.string())).type)
    'string'
    """
    if not pa.types.is_string_view(text.type):
        return text
    try:
        return text.cast(pa.large_string())
    except pa.ArrowNotImplementedError:  # PyArrow before 18
        return pa.array(text.to_pylist(), pa.large_string())


def translated(fields: pa.Array, table: bytes) -> pa.Array:
    """Text without nulls, and no views, with a letter of ASCII for each of its bytes, by a table of
    all bytes.

    >>> from tagnorm.folding import WORDS_APART
    >>> translated(texts(["PREL, PGOV", "CÔTE"]), WORDS_APART).to_pylist()
    ['PREL  PGOV', 'C  TE']
    """
    wide = pa.types.is_large_string(fields.type)
    _, places, letters = fields.buffers()
    kind = pa.int64() if wide else pa.int32()
    offsets = pa.Array.from_buffers(kind, len(fields) + 1, [None, places], offset=fields.offset)
    start, end = offsets[0].as_py(), offsets[len(fields)].as_py()
    # The letters of a slice alone: a large dictionary comes here block by block.
    own = b"" if letters is None else letters.slice(start, end - start).to_pybytes()
    array = pa.LargeStringArray if wide else pa.StringArray
    begin = pc.subtract(offsets, offsets[0]).buffers()[1]
    return array.from_buffers(len(fields), begin, pa.py_buffer(own.translate(table)))


def as_fields(values: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """The column with one field in each row: lists are joined, and run-end encoding is undone.

    A column that is neither of text nor of lists of text comes back as it is.

    >>> as_fields(pa.array([["PREL", None, "PGVO"], [], None])).to_pylist()
    ['PREL; PGVO', '', None]
    """
    kind = values.type
    if not (pa.types.is_run_end_encoded(kind) or is_list(kind)):
        return values
    if isinstance(values, pa.ChunkedArray):
        chunks = [as_fields(chunk) for chunk in values.chunks]
        return pa.chunked_array(chunks) if chunks else pa.chunked_array([], pa.string())
    if pa.types.is_run_end_encoded(kind):
        return as_fields(pc.run_end_decode(values))
    lists = _plain_lists(values)
    if lists is None:
        return values  # to be refused
    return joined_items(lists.flatten(), pc.list_value_length(lists))


def joined_items(items: pa.Array, sizes: pa.Array) -> pa.LargeStringArray:
    """Lists of texts as fields, by all their items and their sizes; null stays null.

    A missing or empty item is left out.

    >>> joined_items(texts(["PREL", "", "PGVO"]), pa.array([3, None, 0])).to_pylist()
    ['PREL; PGVO', None, '']
    """
    ends = _offsets(sizes.fill_null(0))
    are_filled = pc.not_equal(items, texts([""]).cast(items.type)[0]).fill_null(False)
    before = _offsets(are_filled).take(ends)
    lists = pa.LargeListArray.from_arrays(before, items.filter(are_filled).cast(pa.large_string()))
    between = texts([BETWEEN_ITEMS]).cast(pa.large_string())[0]
    return pc.if_else(sizes.is_valid(), pc.binary_join(lists, between), None)


def _plain_lists(column: pa.Array) -> pa.Array | None:
    """Lists of text in the one type of lists that Arrow has all functions for; None for others."""
    item = column.type.value_type
    item = item.value_type if pa.types.is_dictionary(item) else item
    if not is_text(item) and not pa.types.is_null(item):
        return None
    if column.type == _LISTS:
        return column
    if not is_list_view(column.type):  # PyArrow 26 casts these to something else
        with contextlib.suppress(pa.ArrowNotImplementedError):
            return column.cast(_LISTS)
    return pa.array(column.to_pylist(), _LISTS)


def _offsets(sizes: pa.Array) -> pa.Array:
    """Where each of some pieces begins, and where the last one ends."""
    return pa.concat_arrays([range_of(0, 1), pc.cumulative_sum(sizes.cast(pa.int64()))])
