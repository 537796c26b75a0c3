"""The Polars namespace: import this module, and expressions and Series have `.tagnorm`.

>>> import polars as pl
>>> import tagnorm.polars
>>> cables = pl.LazyFrame({"cable": [7, 8], "tags": ["PRELPGOV", None]})
>>> cables.with_columns(codes=pl.col("tags").tagnorm.split()).explode("codes").collect().rows()
[(7, 'PRELPGOV', 'PREL'), (7, 'PRELPGOV', 'PGOV'), (8, None, None)]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

import polars as pl

from tagnorm.choice import choose
from tagnorm.columns import resolve_column, split_column
from tagnorm.errors import UnresolvedError
from tagnorm.options import AnyOptions

__all__ = ["TagnormExpr", "TagnormSeries"]

_TAGS = pl.List(pl.String)
_ANSWER = pl.Struct(
    {"tags": _TAGS, "status": pl.String, "confidence": pl.Float64, "unresolved": _TAGS}
)


@pl.api.register_expr_namespace("tagnorm")
class TagnormExpr:
    """`expression.tagnorm`: `split_column` and `resolve_column` in eager and lazy queries.

    Every row stands for itself, so the expressions stream, and they mean the same in
    `select`, `filter`, `group_by` and `over`. They need Python and so end no plan that is
    to be run elsewhere.
    """

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def split(self, **options: Unpack[AnyOptions]) -> pl.Expr:
        """The tags of every row as `List(String)`; the options are those of `tagnorm.options`.

        >>> import polars as pl
        >>> frame = pl.DataFrame({"tags": ["PGVO, PELOSI", None]})
        >>> frame.select(pl.col("tags").tagnorm.split(unresolved="drop")).rows()
        [(['PGOV'],), (None,)]

        Raises:
            TypeError, ValueError: an option does not take this; or, when the query runs, a row
                holds something else than text (before Polars 2 that arrives as the next).
            polars.exceptions.ComputeError: when the query runs: a row holds something unresolved,
                and `unresolved` is "raise".
        """
        normalizer, reading = choose(options)  # checked here, not when the query runs

        def split(values: pl.Series) -> pl.Series:
            return split_column(values, normalizer=normalizer, **reading.as_given())

        return self._each(split, _TAGS)

    def resolve(self, **options: Unpack[AnyOptions]) -> pl.Expr:
        """Tags, status, confidence and unresolved pieces of every row as a struct.

        The options are those of `tagnorm.options`; `struct.unnest` makes columns of it.

        >>> import polars as pl
        >>> frame = pl.DataFrame({"tags": ["PRELPGOV", "PELOSI"]})
        >>> found = frame.select(found=pl.col("tags").tagnorm.resolve()).unnest("found")
        >>> found["status"].to_list()
        ['concatenated', 'unresolved']

        Raises:
            TypeError, ValueError, polars.exceptions.ComputeError: as `split`.
        """
        normalizer, reading = choose(options)

        def resolve(values: pl.Series) -> pl.Series:
            found = resolve_column(values, normalizer=normalizer, **reading.as_given())
            # A missing row is a missing struct, not a struct of missing fields.
            known = pl.when(values.is_not_null()).then(pl.struct(found.columns))
            return found.select(known.alias(values.name)).to_series()

        return self._each(resolve, _ANSWER)

    def _each(
        self, work: Callable[[pl.Series], pl.Series], to: pl.DataType | type[pl.DataType]
    ) -> pl.Expr:
        def told(values: pl.Series) -> pl.Series:
            try:
                return work(values)
            except UnresolvedError as error:
                # Polars makes a new error of the same type out of the message, so it must be one
                # that can be made so.
                raise pl.exceptions.ComputeError(str(error)) from error

        return self._expression.map_batches(told, return_dtype=to, is_elementwise=True)


@pl.api.register_series_namespace("tagnorm")
class TagnormSeries:
    """`series.tagnorm`: `tagnorm.split_column` and `tagnorm.resolve_column` of a Series."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def split(self, **options: Unpack[AnyOptions]) -> pl.Series:
        """As `tagnorm.split_column`.

        >>> import polars as pl
        >>> pl.Series(["PGVO, PELOSI", None]).tagnorm.split().to_list()
        [['PGOV', 'PELOSI'], None]
        """
        return split_column(self._series, **options)

    def resolve(self, **options: Unpack[AnyOptions]) -> pl.DataFrame:
        """As `tagnorm.resolve_column`.

        >>> import polars as pl
        >>> pl.Series(["PRELPGOV", "PELOSI"]).tagnorm.resolve()["status"].to_list()
        ['concatenated', 'unresolved']
        """
        return resolve_column(self._series, **options)
