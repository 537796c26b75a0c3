"""The Polars namespace: import this module, and expressions and Series have `.tagnorm`.

>>> import polars as pl
>>> import tagnorm.polars
>>> cables = pl.LazyFrame({"cable": [7, 8], "tags": ["PRELPGOV", None]})
>>> cables.with_columns(codes=pl.col("tags").tagnorm.split()).explode("codes").collect().rows()
[(7, 'PRELPGOV', 'PREL'), (7, 'PRELPGOV', 'PGOV'), (8, None, None)]
"""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from typing import TYPE_CHECKING

import polars as pl

from tagnorm.columns import resolve_column, split_column
from tagnorm.columns.answers import Options
from tagnorm.columns.normalizers import normalizer_of
from tagnorm.errors import UnresolvedError

if TYPE_CHECKING:
    from tagnorm.decisions.store import Decisions
    from tagnorm.normalizer import Normalizer, Unresolved
    from tagnorm.vocabulary.codes import Taxonomy

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

    def split(
        self,
        *,
        unresolved: Unresolved = "keep",
        min_confidence: float = 0.0,
        unique: bool = False,
        normalizer: Normalizer | None = None,
        taxonomy: Taxonomy | str | PathLike[str] | None = None,
        decisions: Decisions | str | PathLike[str] | None = None,
    ) -> pl.Expr:
        """The tags of every row as `List(String)`; the options of `tagnorm.split_column`.

        >>> import polars as pl
        >>> frame = pl.DataFrame({"tags": ["PGVO, PELOSI", None]})
        >>> frame.select(pl.col("tags").tagnorm.split(unresolved="drop")).rows()
        [(['PGOV'],), (None,)]

        Raises:
            TypeError: when the query runs: a row holds something else than text.
            polars.exceptions.ComputeError: when the query runs: a row holds something unresolved,
                and `unresolved` is "raise". (Before Polars 2 a TypeError arrives as one, too.)
            ValueError: an option has a value that it does not take.
        """
        engine = normalizer_of(normalizer, taxonomy, decisions)
        Options(unresolved, min_confidence)  # a bad option is told of here, not in the query

        def split(values: pl.Series) -> pl.Series:
            try:
                found: pl.Series = split_column(
                    values,
                    unresolved=unresolved,
                    min_confidence=min_confidence,
                    unique=unique,
                    normalizer=engine,
                )
            except UnresolvedError as error:
                # Polars makes a new error of the same type out of the message, so it must be one
                # that can be made so.
                raise pl.exceptions.ComputeError(str(error)) from error
            return found

        return self._each(split, _TAGS)

    def resolve(
        self,
        *,
        min_confidence: float = 0.0,
        unique: bool = False,
        normalizer: Normalizer | None = None,
        taxonomy: Taxonomy | str | PathLike[str] | None = None,
        decisions: Decisions | str | PathLike[str] | None = None,
    ) -> pl.Expr:
        """Tags, status, confidence and unresolved pieces of every row as a struct.

        The options are those of `tagnorm.resolve_column`; `struct.unnest` makes columns of it.

        >>> import polars as pl
        >>> frame = pl.DataFrame({"tags": ["PRELPGOV", "PELOSI"]})
        >>> found = frame.select(found=pl.col("tags").tagnorm.resolve()).unnest("found")
        >>> found["status"].to_list()
        ['concatenated', 'unresolved']

        Raises:
            TypeError: when the query runs: a row holds something else than text.
            ValueError: an option has a value that it does not take.
        """
        engine = normalizer_of(normalizer, taxonomy, decisions)
        Options(min_confidence=min_confidence)

        def resolve(values: pl.Series) -> pl.Series:
            found: pl.DataFrame = resolve_column(
                values, min_confidence=min_confidence, unique=unique, normalizer=engine
            )
            # A missing row is a missing struct, not a struct of missing fields.
            known = pl.when(values.is_not_null()).then(pl.struct(found.columns))
            return found.select(known.alias(values.name)).to_series()

        return self._each(resolve, _ANSWER)

    def _each(
        self, work: Callable[[pl.Series], pl.Series], to: pl.DataType | type[pl.DataType]
    ) -> pl.Expr:
        return self._expression.map_batches(work, return_dtype=to, is_elementwise=True)


@pl.api.register_series_namespace("tagnorm")
class TagnormSeries:
    """`series.tagnorm`: `tagnorm.split_column` and `tagnorm.resolve_column` of a Series."""

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def split(
        self,
        *,
        unresolved: Unresolved = "keep",
        min_confidence: float = 0.0,
        unique: bool = False,
        normalizer: Normalizer | None = None,
        taxonomy: Taxonomy | str | PathLike[str] | None = None,
        decisions: Decisions | str | PathLike[str] | None = None,
    ) -> pl.Series:
        """As `tagnorm.split_column`.

        >>> import polars as pl
        >>> pl.Series(["PGVO, PELOSI", None]).tagnorm.split().to_list()
        [['PGOV', 'PELOSI'], None]
        """
        found: pl.Series = split_column(
            self._series,
            unresolved=unresolved,
            min_confidence=min_confidence,
            unique=unique,
            normalizer=normalizer,
            taxonomy=taxonomy,
            decisions=decisions,
        )
        return found

    def resolve(
        self,
        *,
        min_confidence: float = 0.0,
        unique: bool = False,
        normalizer: Normalizer | None = None,
        taxonomy: Taxonomy | str | PathLike[str] | None = None,
        decisions: Decisions | str | PathLike[str] | None = None,
    ) -> pl.DataFrame:
        """As `tagnorm.resolve_column`.

        >>> import polars as pl
        >>> pl.Series(["PRELPGOV", "PELOSI"]).tagnorm.resolve()["status"].to_list()
        ['concatenated', 'unresolved']
        """
        found: pl.DataFrame = resolve_column(
            self._series,
            min_confidence=min_confidence,
            unique=unique,
            normalizer=normalizer,
            taxonomy=taxonomy,
            decisions=decisions,
        )
        return found
