"""Columns as Series of pandas, Polars and their kin, through narwhals; needs it and PyArrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import pyarrow as pa

from tagnorm.columns.distinct import is_text, resolve_table, split_distinct, split_encoded
from tagnorm.columns.missing import texts_of

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer
    from tagnorm.options import Options

__all__ = ["is_series", "resolve_series", "split_series"]

_TAGS = nw.List(nw.String())
_COLUMNS = {
    "tags": _TAGS,
    "status": nw.String(),
    "confidence": nw.Float64(),
    "unresolved": _TAGS,
}


def is_series(values: object) -> bool:
    """Whether a value is a Series of a library that narwhals knows."""
    return nw.dependencies.is_into_series(values)


def split_series(values: Any, normalizer: Normalizer, options: Options) -> Any:
    """The tags of each row, as a Series of the same library, with its name and index."""
    series = nw.from_native(values, series_only=True)
    texts = _text(series)
    if series.implementation.is_polars():
        # Polars has layouts of its own for text and lists: it is better at taking than at
        # translating what Arrow took.
        polars = series.__native_namespace__()
        tags, places = split_encoded(texts, normalizer, options)
        return polars.from_arrow(tags).gather(polars.from_arrow(places)).alias(series.name)
    return _native(series, series.name, split_distinct(texts, normalizer, options), _TAGS)


def resolve_series(values: Any, normalizer: Normalizer, options: Options) -> Any:
    """Tags, status, confidence and unresolved pieces of each row, as a table of that library."""
    series = nw.from_native(values, series_only=True)
    found = resolve_table(_text(series), normalizer, options)
    columns = {
        name: _native(series, name, found.column(name), dtype) for name, dtype in _COLUMNS.items()
    }
    return series.__native_namespace__().DataFrame(columns)


def _text(series: nw.Series[Any]) -> pa.Array | pa.ChunkedArray:
    """The column as Arrow text; a column of Python objects is looked at one by one, if it must."""
    try:
        column = series.to_arrow()
    except (pa.ArrowException, UnicodeError, OverflowError):
        column = None
    if column is not None and (series.dtype != nw.Object or is_text(column.type)):
        return column
    texts = texts_of(series.to_list())
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError as error:
        raise ValueError(
            f"row {texts.index(error.object)} (counted from 0) holds half a surrogate pair, "
            f"which is no valid text: {error.object!r:.60}; decode or replace it before"
        ) from error


def _native(series: nw.Series[Any], name: str, column: pa.ChunkedArray, dtype: Any) -> Any:
    native = nw.new_series(name, column, dtype, backend=series.implementation).to_native()
    index = nw.maybe_get_index(series)
    if index is not None:
        native.index = index
    return native
