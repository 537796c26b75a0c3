"""Columns as Series of pandas, Polars and their kin, through narwhals; needs it and PyArrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import pyarrow as pa

from tagnorm.cells import texts_of
from tagnorm.columns.distinct import resolve_table, split_distinct, split_encoded
from tagnorm.columns.kinds import is_text
from tagnorm.columns.layout import Layout

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer
    from tagnorm.options import Options

__all__ = ["is_series", "resolve_series", "split_series"]

_LISTS, _TEXT = nw.List(nw.String()), nw.String()


def is_series(values: object) -> bool:
    """Whether a value is a Series of a library that narwhals knows."""
    return nw.dependencies.is_into_series(values)


def split_series(values: Any, normalizer: Normalizer, options: Options, layout: Layout) -> Any:
    """The tags of each row, as a Series of the same library, with its name and index."""
    series = _series(values, layout)
    texts = _text(series)
    if series.implementation.is_polars():
        # Polars has layouts of its own for text and lists: it is better at taking than at
        # translating what Arrow took.
        polars = series.__native_namespace__()
        tags, places = split_encoded(texts, normalizer, options, layout)
        return polars.from_arrow(tags).gather(polars.from_arrow(places)).alias(series.name)
    found = split_distinct(texts, normalizer, options, layout)
    return _native(series, series.name, found, _tags_type(layout), layout)


def resolve_series(values: Any, normalizer: Normalizer, options: Options, layout: Layout) -> Any:
    """Tags, status, confidence and unresolved pieces of each row, as a table of that library."""
    series = _series(values, layout)
    found = resolve_table(_text(series), normalizer, options, layout)
    tags = _tags_type(layout)
    kinds = {"tags": tags, "status": _TEXT, "confidence": nw.Float64(), "unresolved": tags}
    columns = {
        name: _native(series, name, found.column(name), kind, layout)
        for name, kind in kinds.items()
    }
    return series.__native_namespace__().DataFrame(columns)


def _tags_type(layout: Layout) -> Any:
    return _LISTS if layout.separator is None else _TEXT


def _series(values: Any, layout: Layout) -> nw.Series[Any]:
    series: nw.Series[Any] = nw.from_native(values, series_only=True)
    if layout.lists == "object" and not series.implementation.is_pandas_like():
        name = type(values).__module__.partition(".")[0]
        raise ValueError(f"lists='object' is for pandas; a Series of {name} has lists of its own")
    return series


def _text(series: nw.Series[Any]) -> pa.Array | pa.ChunkedArray:
    """The column as Arrow has it; one of Python objects is looked at one by one, if it must."""
    try:
        column = series.to_arrow()
    except (pa.ArrowException, UnicodeError, OverflowError):
        column = None
    # Arrow makes lists of sets of objects, too, in whatever order they come.
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


def _native(
    series: nw.Series[Any], name: str, column: pa.ChunkedArray, dtype: Any, layout: Layout
) -> Any:
    """An Arrow column as a Series of the library that another is of, with its index."""
    index = nw.maybe_get_index(series)
    if dtype == _LISTS and layout.lists == "object":
        library = series.__native_namespace__()
        return library.Series(column.to_pylist(), index=index, name=name, dtype=object)
    native = nw.new_series(name, column, dtype, backend=series.implementation).to_native()
    if index is not None:
        native.index = index
    return native
