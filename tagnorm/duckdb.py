"""SQL functions for DuckDB: `register` a connection once, then split in any query on it.

>>> import duckdb
>>> import tagnorm.duckdb
>>> connection = tagnorm.duckdb.register(duckdb.connect())
>>> connection.sql("SELECT unnest(tagnorm_split('PGOVPRELMARRMOPS')) AS code").fetchall()
[('PGOV',), ('PREL',), ('MARR',), ('MOPS',)]
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, Unpack

import duckdb
import pyarrow as pa

from tagnorm.choice import choose
from tagnorm.columns.distinct import resolve_distinct, split_distinct
from tagnorm.options import AnyOptions

__all__ = ["register"]

_ANSWER = "STRUCT(tags VARCHAR[], status VARCHAR, confidence DOUBLE, unresolved VARCHAR[])"


def register(
    connection: duckdb.DuckDBPyConnection,
    **options: Unpack[AnyOptions],
) -> duckdb.DuckDBPyConnection:
    """Give a connection the SQL functions of tagnorm, and give the connection back.

    * `tagnorm_split(text) -> VARCHAR[]` -- the tags, as `tagnorm.split_column` has them;
    * `tagnorm_status(text) -> VARCHAR` and `tagnorm_confidence(text) -> DOUBLE`;
    * `tagnorm_resolve(text) -> STRUCT(tags, status, confidence, unresolved)` -- all at once.

    NULL gives NULL. The options are those of `tagnorm.options` and hold for every call on
    this connection and its cursors; registering again replaces them. The functions work on whole
    vectors, and a text that comes again is not resolved again.

    >>> connection = register(duckdb.connect(), unresolved="drop")
    >>> connection.sql('''
    ...     SELECT tagnorm_split(tags), tagnorm_status(tags)
    ...     FROM (VALUES ('PGVO, PELOSI'), (NULL)) AS cables(tags)
    ... ''').fetchall()
    [(['PGOV'], 'mixed'), (None, None)]

    Raises:
        ValueError: an option has a value that it does not take.
        duckdb.InvalidInputException: in a query, a text holds something unresolved, and
            `unresolved` is "raise"; the message names it.
    """
    normalizer, reading = choose(options)

    def split(texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return split_distinct(texts, normalizer, reading)

    def resolve(texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return resolve_distinct(texts, normalizer, reading)

    def field(name: str) -> Callable[[pa.ChunkedArray], pa.ChunkedArray]:
        def pick(texts: pa.ChunkedArray) -> pa.ChunkedArray:
            found = resolve(texts)
            return found.flatten()[found.type.get_field_index(name)]

        return pick

    functions: dict[str, tuple[Callable[..., Any], str]] = {
        "tagnorm_split": (split, "VARCHAR[]"),
        "tagnorm_status": (field("status"), "VARCHAR"),
        "tagnorm_confidence": (field("confidence"), "DOUBLE"),
        "tagnorm_resolve": (resolve, _ANSWER),
    }
    for name, (function, returns) in functions.items():
        _replace(connection, name, function, returns)
    return connection


def _replace(
    connection: duckdb.DuckDBPyConnection, name: str, function: Callable[..., Any], returns: str
) -> None:
    kind: Any = "arrow"  # the stubs ask for an enumeration that moves between versions
    with contextlib.suppress(duckdb.InvalidInputException):  # it was not there
        connection.remove_function(name)
    connection.create_function(name, function, ["VARCHAR"], returns, type=kind)
