"""Arrow columns that are to be cleaned, as texts."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import taken
from tagnorm.columns.fields import joined_items
from tagnorm.columns.kinds import is_binary, is_list, is_list_view, is_text
from tagnorm.errors import FormatError
from tagnorm.files.arrow_values import decoded

__all__ = ["as_texts", "check_type"]


def as_texts(field: pa.Field, column: pa.Array, file: str) -> pa.Array:
    """A column of a file, to be cleaned as `string`; of lists, the items of each as one text.

    A column of another type will do if there is nothing in it: what pandas makes of an empty one.

    Raises:
        FormatError: the column holds neither text nor lists of text.
    """
    if _is_empty(column):
        return pa.nulls(len(column), pa.string())
    check_type(field, file, sure=True)
    try:
        return _texts(column)
    except pa.ArrowInvalid as error:
        raise FormatError(
            f"{file}: column {field.name!r} is {field.type}, and its bytes are not all UTF-8 text; "
            "make text of it first"
        ) from error


def check_type(field: pa.Field, file: str, *, sure: bool = False) -> None:
    """See to it that a column can be cleaned; if not `sure`, it may still turn out to be empty.

    Raises:
        FormatError: it holds neither text nor lists of text.
    """
    kind = _decoded(field.type)
    if is_list(kind):
        kind = _decoded(kind.value_type)
    may_be_empty = not sure and not pa.types.is_nested(kind)
    if not (is_text(kind) or pa.types.is_null(kind) or is_binary(kind) or may_be_empty):
        raise FormatError(
            f"{file}: column {field.name!r} is {field.type}; only text and lists of it can be "
            "cleaned, so name another column, or make text of it first"
        )


def _is_empty(column: pa.Array) -> bool:
    """Whether nothing stands in any row; pandas writes NaN where there is nothing."""
    if column.null_count == len(column):
        return True
    return pa.types.is_floating(column.type) and bool(
        pc.all(pc.is_nan(pc.cast(column, pa.float64()))).as_py()
    )


def _texts(column: pa.Array) -> pa.Array:
    column = decoded(column)
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts(taken(column.dictionary, column.indices))
    if is_list(kind):
        if is_list_view(kind):  # Arrow's own cast from views loses items
            column = pa.array(column.to_pylist(), pa.list_(kind.value_type))
        elif not pa.types.is_list(kind):
            column = column.cast(pa.list_(kind.value_type))
        items = _texts(column.flatten())
        return joined_items(items, pc.list_value_length(column)).cast(pa.string())
    if is_binary(kind) and not pa.types.is_binary(kind):
        column = column.cast(pa.binary())
    return column if pa.types.is_string(kind) else column.cast(pa.string())


def _decoded(kind: pa.DataType) -> pa.DataType:
    while pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
        kind = kind.value_type
    return kind
