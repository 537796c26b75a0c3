"""Arrow columns of any type as text."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import numbers
from tagnorm.columns.distinct import is_text
from tagnorm.errors import FormatError
from tagnorm.files.json_writer import as_json

__all__ = ["as_texts", "check_type", "text_of"]


def as_texts(field: pa.Field, column: pa.Array) -> pa.Array:
    """A column that is to be cleaned as `string`; of lists, the items of each as one text.

    Raises:
        FormatError: the column holds neither text nor lists of text.
    """
    check_type(field)
    return _texts(column)


def check_type(field: pa.Field) -> None:
    """See to it that a column can be cleaned.

    Raises:
        FormatError: it holds neither text nor lists of text.
    """
    kind = field.type
    while _is_list(kind) or pa.types.is_dictionary(kind):
        kind = kind.value_type
        if _is_list(kind):
            break
    if not is_text(kind) and not pa.types.is_null(kind):
        raise FormatError(
            f"column {field.name!r} is {field.type}; only text and lists of it can be cleaned"
        )


def _texts(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    if _is_list(kind):
        if not pa.types.is_list(kind):
            column = column.cast(pa.list_(kind.value_type))
        items = _texts(column.flatten())
        sizes = pc.list_value_length(column)
        ends = pc.cumulative_sum(sizes.fill_null(0).cast(pa.int32()))
        offsets = pa.concat_arrays([numbers([0]), ends])
        filled = pc.not_equal(items, "").fill_null(False)
        before = pa.concat_arrays([numbers([0]), pc.cumulative_sum(filled.cast(pa.int32()))])
        lists = pa.ListArray.from_arrays(before.take(offsets), items.filter(filled))
        # A semicolon always parts two tags.
        return pc.if_else(sizes.is_valid(), pc.binary_join(lists, "; "), None)
    return column if pa.types.is_string(kind) else column.cast(pa.string())


def _is_list(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
    )


def text_of(column: pa.Array) -> pa.Array:
    """A column of any type as text, as CSV has it; null stays null.

    Numbers, dates and the like are written as Arrow writes them, lists and structs as JSON.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return text_of(column.dictionary_decode())
    if pa.types.is_string(kind):
        return column
    if (
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    ):
        return pa.array([None if v is None else v.hex() for v in column.to_pylist()], pa.string())
    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.array(
            [None if v is None else as_json(v) for v in column.to_pylist()], pa.string()
        )
