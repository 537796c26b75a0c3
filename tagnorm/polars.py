"""The Polars namespaces: import this module, and expressions, Series and frames have `.tagnorm`.

>>> import polars as pl
>>> import tagnorm.polars
>>> cables = pl.LazyFrame({"cable": [7, 8], "tags": ["PRELPGOV", None]})
>>> cables.with_columns(codes=pl.col("tags").tagnorm.split()).explode("codes").collect().rows()
[(7, 'PRELPGOV', 'PREL'), (7, 'PRELPGOV', 'PGOV'), (8, None, None)]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, Unpack

from tagnorm.arguments import checked_names
from tagnorm.choice import choose
from tagnorm.columns import resolve_column, split_column
from tagnorm.columns.layout import Layout
from tagnorm.columns.naming import answer_names, check_column
from tagnorm.errors import UnresolvedError
from tagnorm.extras import needing
from tagnorm.options import AnyOptions

with needing("polars"):
    import narwhals  # noqa: F401 -- what turns columns into Arrow and back; told of now, not later
    import polars as pl
    import pyarrow  # noqa: F401

__all__ = ["TagnormExpr", "TagnormFrame", "TagnormLazyFrame", "TagnormSeries"]

# A name for the struct of answers while it is taken apart.
_ANSWER = "tagnorm: answer"
_AnyFrame = TypeVar("_AnyFrame", pl.DataFrame, pl.LazyFrame)


def _tags(layout: Layout) -> pl.DataType:
    return pl.List(pl.String()) if layout.separator is None else pl.String()


def _answer(layout: Layout) -> pl.Struct:
    tags = _tags(layout)
    return pl.Struct(
        {"tags": tags, "status": pl.String, "confidence": pl.Float64, "unresolved": tags}
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

    @checked_names
    def split(self, *, separator: str | None = None, **options: Unpack[AnyOptions]) -> pl.Expr:
        """The tags of every row as `List(String)`, or as text with `separator` between them.

        The options are those of `tagnorm.options`.

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
        layout = Layout(separator)

        def split(values: pl.Series) -> pl.Series:
            given = reading.as_given()
            return split_column(values, separator=separator, normalizer=normalizer, **given)

        return self._each(split, _tags(layout))

    @checked_names
    def resolve(self, *, separator: str | None = None, **options: Unpack[AnyOptions]) -> pl.Expr:
        """Tags, status, confidence and unresolved pieces of every row as a struct.

        `struct.unnest` makes columns of it. The arguments are those of `split`.

        >>> import polars as pl
        >>> frame = pl.DataFrame({"tags": ["PRELPGOV", "PELOSI"]})
        >>> found = frame.select(found=pl.col("tags").tagnorm.resolve()).unnest("found")
        >>> found["status"].to_list()
        ['concatenated', 'unresolved']

        Raises:
            TypeError, ValueError, polars.exceptions.ComputeError: as `split`.
        """
        normalizer, reading = choose(options)
        layout = Layout(separator)

        def resolve(values: pl.Series) -> pl.Series:
            given = reading.as_given()
            found = resolve_column(values, separator=separator, normalizer=normalizer, **given)
            # A missing row is a missing struct, not a struct of missing fields.
            known = pl.when(values.is_not_null()).then(pl.struct(found.columns))
            return found.select(known.alias(values.name)).to_series()

        return self._each(resolve, _answer(layout))

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

    @checked_names
    def split(self, *, separator: str | None = None, **options: Unpack[AnyOptions]) -> pl.Series:
        """As `tagnorm.split_column`.

        >>> import polars as pl
        >>> pl.Series(["PGVO, PELOSI", None]).tagnorm.split().to_list()
        [['PGOV', 'PELOSI'], None]
        """
        return split_column(self._series, separator=separator, **options)

    @checked_names
    def resolve(
        self, *, separator: str | None = None, **options: Unpack[AnyOptions]
    ) -> pl.DataFrame:
        """As `tagnorm.resolve_column`.

        >>> import polars as pl
        >>> pl.Series(["PRELPGOV", "PELOSI"]).tagnorm.resolve()["status"].to_list()
        ['concatenated', 'unresolved']
        """
        return resolve_column(self._series, separator=separator, **options)


class _Frame(Generic[_AnyFrame]):
    """What frames and lazy frames share."""

    def __init__(self, frame: _AnyFrame) -> None:
        self._frame: _AnyFrame = frame

    @checked_names
    def split(
        self,
        column: str,
        *,
        output: str | None = None,
        separator: str | None = None,
        **options: Unpack[AnyOptions],
    ) -> _AnyFrame:
        """The frame with the tags of a column, in `output` or in its place; all else as it is.

        >>> import polars as pl
        >>> frame = pl.DataFrame({"id": [7], "tags": ["PRELPGOV"]})
        >>> frame.tagnorm.split("tags", output="codes").rows()
        [(7, 'PRELPGOV', ['PREL', 'PGOV'])]

        Raises:
            ValueError: there is no such column, or an option does not take its value.
            TypeError, polars.exceptions.ComputeError: as `split` of an expression.
        """
        self._check(column, output)
        tags = TagnormExpr(pl.col(column)).split(separator=separator, **options)
        return self._frame.with_columns(tags.alias(column if output is None else output))

    @checked_names
    def resolve(
        self,
        column: str,
        *,
        output: str | None = None,
        separator: str | None = None,
        **options: Unpack[AnyOptions],
    ) -> _AnyFrame:
        """The frame with four more columns: `tags_tags`, `tags_status` and so on for `tags`.

        `output` is what their names begin with in place of the column's own.

        >>> import polars as pl
        >>> found = pl.LazyFrame({"raw": ["PELOSI", None]}).tagnorm.resolve("raw").collect()
        >>> found["raw_status"].to_list()
        ['unresolved', None]

        Raises:
            ValueError: there is no such column, or a new one is there already; or an option does
                not take its value.
            TypeError, polars.exceptions.ComputeError: as `resolve` of an expression.
        """
        self._check(column, output)
        names = answer_names(column if output is None else output, self._names())
        answer = TagnormExpr(pl.col(column)).resolve(separator=separator, **options)
        renamed = answer.struct.rename_fields(list(names.values())).alias(_ANSWER)
        return self._frame.with_columns(renamed).unnest(_ANSWER)

    def _check(self, column: str, output: str | None) -> None:
        """See to it that there is a column of that name, and that the output is called by one.

        Raises:
            TypeError: what was given is no name.
            ValueError: there is no such column.
        """
        if isinstance(column, pl.Expr):
            raise TypeError("column is an expression; name the column, or use expr.tagnorm itself")
        check_column(column, self._names())
        if output is not None and not isinstance(output, str):
            kind = type(output).__name__
            raise TypeError(f"output is of type {kind}; it takes the name of a column")

    def _names(self) -> list[str]:
        return list(self._frame.collect_schema())


@pl.api.register_dataframe_namespace("tagnorm")
class TagnormFrame(_Frame[pl.DataFrame]):
    """`frame.tagnorm`: the verbs for a column of a DataFrame, which comes back with the answers."""


@pl.api.register_lazyframe_namespace("tagnorm")
class TagnormLazyFrame(_Frame[pl.LazyFrame]):
    """`query.tagnorm`: the verbs for a column of a LazyFrame."""
