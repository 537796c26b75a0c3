"""Whole columns of raw strings: one row in, one list of tags out, in the caller's own kind.

`split_column` and `resolve_column` are `tagnorm.split` and `tagnorm.resolve` for columns. Every
distinct value is resolved once, so the answers are those of the scalar functions, row by row.
`tagnorm.pandas`, `tagnorm.polars`, `tagnorm.duckdb` and `tagnorm.spark` bring the same verbs to the
places where those libraries' users look for them. No library is imported here that the caller does
not already use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, Unpack, overload

from tagnorm.arguments import checked_names
from tagnorm.choice import choose
from tagnorm.columns import sequences
from tagnorm.columns.layout import Layout, Lists
from tagnorm.extras import missing
from tagnorm.options import AnyOptions

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["resolve_column", "split_column"]

# What stands in a row: a text, nothing, or a list of texts that are one field.
Row: TypeAlias = "str | Sequence[str | None] | None"


@overload
def split_column(
    values: Sequence[Row], *, separator: None = None, **options: Unpack[AnyOptions]
) -> list[list[str] | None]: ...
@overload
def split_column(
    values: Sequence[Row], *, separator: str, **options: Unpack[AnyOptions]
) -> list[str | None]: ...
@overload
def split_column(
    values: np.ndarray[Any, Any], *, separator: str | None = None, **options: Unpack[AnyOptions]
) -> np.ndarray[Any, Any]: ...
@overload
def split_column(
    values: pl.Series, *, separator: str | None = None, **options: Unpack[AnyOptions]
) -> pl.Series: ...
@overload
def split_column(
    values: pd.Series[Any],
    *,
    separator: str | None = None,
    lists: Lists = "arrow",
    **options: Unpack[AnyOptions],
) -> pd.Series[Any]: ...
@overload
def split_column(
    values: pa.ChunkedArray, *, separator: str | None = None, **options: Unpack[AnyOptions]
) -> pa.ChunkedArray: ...
@overload
def split_column(
    values: pa.Array, *, separator: str | None = None, **options: Unpack[AnyOptions]
) -> pa.Array: ...
@overload
def split_column(
    values: object,
    *,
    separator: str | None = None,
    lists: Lists = "arrow",
    **options: Unpack[AnyOptions],
) -> Any: ...


@checked_names
def split_column(
    values: Any,
    *,
    separator: str | None = None,
    lists: Lists = "arrow",
    **options: Unpack[AnyOptions],
) -> Any:
    """The tags of every row of a column, in the caller's own kind of column.

    * a list, tuple or other sequence gives a list of lists; a NumPy array an array of lists;
    * a pandas Series gives a Series of dtype `list<string>` on Arrow, with its name and index;
    * a Polars Series gives a Series of dtype `List(String)`, with its name;
    * a PyArrow Array or ChunkedArray gives one of type `list<string>`, with its chunks.

    What is missing (None, NaN, NA, NaT, null) stays missing. A row that is a list of texts is one
    field. One row in is one row out, so the result explodes row by row. With `unresolved="drop"` a
    row without any code has an empty list: `explode` of pandas (and of Polars before 2) makes one
    missing value of it; that of Polars 2 and of Spark, and `unnest` of SQL, make no row.

    Args:
        values: the column.
        separator: the tags of a row are one text with this between them, and no list; where a tag
            holds it, a backslash stands before it.
        lists: what lists are in pandas: `arrow`, or `object` for Python lists in a column of
            objects, which every version reads back from a Parquet file.
        options: those of `tagnorm.options`.

    >>> split_column(["PRELPGOV", None, "PGVO, PELOSI"])
    [['PREL', 'PGOV'], None, ['PGOV', 'PELOSI']]
    >>> split_column(["PRELPREL, ECON"], unique=True), split_column(["PRELPGOV"], separator=";")
    ([['PREL', 'ECON']], ['PREL;PGOV'])
    >>> split_column((["PGVO", "PELOSI"], "PELOSI"), unresolved="drop")
    [['PGOV'], []]

    Raises:
        TypeError: this is no column, or a row holds something else than text; the error names it.
        UnresolvedError: a row holds something unresolved, and `unresolved` is "raise".
        ValueError: an option has a value that it does not take.
    """
    normalizer, reading = choose(options)
    layout = Layout(separator, lists)
    split, _ = _backend(values)
    return split(values, normalizer, reading, layout)


@overload
def resolve_column(
    values: Sequence[Row], *, separator: str | None = None, **options: Unpack[AnyOptions]
) -> dict[str, list[Any]]: ...
@overload
def resolve_column(
    values: np.ndarray[Any, Any], *, separator: str | None = None, **options: Unpack[AnyOptions]
) -> dict[str, np.ndarray[Any, Any]]: ...
@overload
def resolve_column(
    values: pl.Series, *, separator: str | None = None, **options: Unpack[AnyOptions]
) -> pl.DataFrame: ...
@overload
def resolve_column(
    values: pd.Series[Any],
    *,
    separator: str | None = None,
    lists: Lists = "arrow",
    **options: Unpack[AnyOptions],
) -> pd.DataFrame: ...
@overload
def resolve_column(
    values: pa.Array | pa.ChunkedArray,
    *,
    separator: str | None = None,
    **options: Unpack[AnyOptions],
) -> pa.Table: ...
@overload
def resolve_column(
    values: object,
    *,
    separator: str | None = None,
    lists: Lists = "arrow",
    **options: Unpack[AnyOptions],
) -> Any: ...


@checked_names
def resolve_column(
    values: Any,
    *,
    separator: str | None = None,
    lists: Lists = "arrow",
    **options: Unpack[AnyOptions],
) -> Any:
    """Tags, status, confidence and unresolved pieces of every row, in the caller's kind of table.

    * a sequence gives a dict of four lists, a NumPy array a dict of four arrays;
    * a pandas Series gives a DataFrame with its index, a Polars Series a DataFrame, a PyArrow
      Array or ChunkedArray a Table.

    The columns are `tags` (codes only), `status`, `confidence` and `unresolved` (the pieces that
    were left as they stood); where the row is missing, so are they. The arguments are those of
    `split_column`.

    >>> found = resolve_column(["PRELPGOV", None, "PGOV, PELOSI"])
    >>> found["tags"], found["status"]
    ([['PREL', 'PGOV'], None, ['PGOV']], ['concatenated', None, 'mixed'])
    >>> found["unresolved"]
    [[], None, ['PELOSI']]

    Raises:
        TypeError, UnresolvedError, ValueError: as `split_column`.
    """
    normalizer, reading = choose(options)
    layout = Layout(separator, lists)
    _, resolve = _backend(values)
    return resolve(values, normalizer, reading, layout)


def _backend(values: Any) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """What splits and what resolves columns of this kind."""
    if _is_a(values, "numpy", "ndarray"):
        return sequences.split_array, sequences.resolve_array
    if isinstance(values, Sequence) and not isinstance(values, str | bytes):
        return sequences.split_sequence, sequences.resolve_sequence
    try:
        if _is_a(values, "pyarrow", "Array") or _is_a(values, "pyarrow", "ChunkedArray"):
            from tagnorm.columns import distinct  # noqa: PLC0415 -- PyArrow is the caller's

            return distinct.split_distinct, distinct.resolve_table
        from tagnorm.columns import series  # noqa: PLC0415 -- so are these
    except ModuleNotFoundError as error:
        if type(values).__module__ == "builtins":  # a text, a set: no library makes it a column
            raise _no_column(values) from None
        raise missing(error, f"a column of type {type(values).__name__}", "columns") from error
    if series.is_series(values):
        return series.split_series, series.resolve_series
    raise _no_column(values)


def _no_column(values: object) -> TypeError:
    """What to say of what is no column at all."""
    return TypeError(
        f"expected a column, got {type(values).__name__}; pass a list, a NumPy or PyArrow array, "
        "or a pandas or Polars Series (of a table: one column); for one string use tagnorm.split"
    )


def _is_a(values: object, library: str, kind: str) -> bool:
    """Whether this is of a library's type; if the library is not imported, it is not."""
    found = getattr(sys.modules.get(library), kind, None)
    return found is not None and isinstance(values, found)
