"""SQL functions for DuckDB: `register` a connection once, then split in any query on it.

>>> import duckdb
>>> import tagnorm.duckdb
>>> connection = tagnorm.duckdb.register(duckdb.connect())
>>> connection.sql("SELECT unnest(tagnorm_split('PGOVPRELMARRMOPS')) AS code").fetchall()
[('PGOV',), ('PREL',), ('MARR',), ('MOPS',)]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from threading import Lock
from typing import Any, NamedTuple, Unpack

from tagnorm.choice import choose
from tagnorm.extras import needing
from tagnorm.options import AnyOptions, Options

with needing("duckdb"):
    import duckdb
    import pyarrow as pa

    from tagnorm.columns.distinct import CODE, answer_field, lookup_distinct, remembering

from tagnorm.normalizer import Normalizer

__all__ = ["register"]

_ANSWER = "STRUCT(tags VARCHAR[], status VARCHAR, confidence DOUBLE, unresolved VARCHAR[])"
_CODE = f"STRUCT({', '.join(f'{field.name} VARCHAR' for field in CODE)})"
# Tells which registration the functions of a database belong to.
_MARK = "tagnorm_registration"


def register(
    connection: duckdb.DuckDBPyConnection, **options: Unpack[AnyOptions]
) -> duckdb.DuckDBPyConnection:
    """Give the database of a connection the SQL functions of tagnorm; the connection comes back.

    * `tagnorm_split(text) -> VARCHAR[]` -- the tags, as `tagnorm.split_column` has them;
    * `tagnorm_status(text) -> VARCHAR` and `tagnorm_confidence(text) -> DOUBLE`;
    * `tagnorm_resolve(text) -> STRUCT(tags, status, confidence, unresolved)` -- all at once;
    * `tagnorm_lookup(text) -> STRUCT(tag, name, kind, family, status, replaced_by)` -- the code
      that a tag, an alias or a name stands for, or NULL.

    NULL gives NULL. The functions work on whole vectors, and a text that comes again is not
    resolved again. The options are those of `tagnorm.options`. DuckDB keeps functions for a whole
    database, so they hold for every connection and cursor of it in this process, also when this
    connection is closed; to register again, on any of them, sets them anew. A transaction does
    not undo that; before DuckDB 1.4 one that is running already sees it when it has ended.

    >>> connection = register(duckdb.connect(), unresolved="drop")
    >>> connection.sql('''
    ...     SELECT tagnorm_split(tags), tagnorm_status(tags), tagnorm_lookup('spain').tag
    ...     FROM (VALUES ('PGVO, PELOSI'), (NULL)) AS cables(tags)
    ... ''').fetchall()
    [(['PGOV'], 'mixed', 'SP'), (None, None, 'SP')]

    Raises:
        ValueError, TypeError: an option has a value that it does not take, or what is no connection
            of DuckDB was given.
        duckdb.CatalogException: something else of the database has the name of a function; then
            none is made.
        duckdb.InvalidInputException: in a query, a text holds something unresolved, and
            `unresolved` is "raise"; the message names it.
    """
    # The module stands for a connection of its own.
    if not isinstance(connection, duckdb.DuckDBPyConnection) and connection is not duckdb:
        raise TypeError(
            f"expected a connection of DuckDB, got {type(connection).__name__}; "
            "duckdb.connect() makes one"
        )
    normalizer, reading = choose(options)
    # On a cursor of our own the functions are made beside the caller's transaction.
    with _lock, connection.cursor() as own:
        found = _registration(own)
        if found is None:
            number = next(_numbers)
            found = _registered[number] = _Registration(normalizer, reading)
            found.create(own, number)
        else:
            found.ask(normalizer, reading)
    return connection


class _Asked(NamedTuple):
    """What the functions of a database use now."""

    split: Callable[[pa.ChunkedArray], pa.ChunkedArray]
    resolve: Callable[[pa.ChunkedArray], pa.ChunkedArray]
    normalizer: Normalizer


class _Registration:
    """The functions of one database, and the normalizer and reading that they use now."""

    def __init__(self, normalizer: Normalizer, reading: Options) -> None:
        self.ask(normalizer, reading)
        self.functions: Mapping[str, tuple[Callable[..., Any], str]] = {
            "tagnorm_split": (self._split, "VARCHAR[]"),
            "tagnorm_status": (self._status, "VARCHAR"),
            "tagnorm_confidence": (self._confidence, "DOUBLE"),
            "tagnorm_resolve": (self._resolve, _ANSWER),
            "tagnorm_lookup": (self._lookup, _CODE),
        }
        self._mark: Callable[[], int] | None = None

    def ask(self, normalizer: Normalizer, reading: Options) -> None:
        """Use these from now on."""
        self._asked = _Asked(
            remembering("split", normalizer, reading),
            remembering("resolve", normalizer, reading),
            normalizer,
        )

    def create(self, connection: duckdb.DuckDBPyConnection, number: int) -> None:
        """Make the functions, and the one by which they are found again."""
        # The stubs ask for enumerations that move between versions. What is not found is NULL,
        # also where the text is not.
        how: dict[str, Any] = {"type": "arrow", "null_handling": "special"}
        made: list[str] = []
        for name, (function, returns) in self.functions.items():
            try:
                connection.create_function(name, function, ["VARCHAR"], returns, **how)
            except duckdb.Error:
                for one in made:  # or they would be in the way of the next try
                    connection.remove_function(one)
                raise
            made.append(name)
        self._mark = lambda: number
        connection.create_function(_MARK, self._mark, [], "BIGINT")

    def _split(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return self._asked.split(texts)

    def _resolve(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return self._asked.resolve(texts)

    def _status(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return answer_field(self._resolve(texts), "status")

    def _confidence(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return answer_field(self._resolve(texts), "confidence")

    def _lookup(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        return lookup_distinct(texts, self._asked.normalizer)


# DuckDB calls Python functions that it does not hold, and does not say when a database is gone:
# what was registered once is held as long as the process lives.
_registered: dict[int, _Registration] = {}
_numbers = count(1)
_lock = Lock()


def _registration(connection: duckdb.DuckDBPyConnection) -> _Registration | None:
    """The registration of a database, or None if there is none."""
    try:
        row = connection.execute(f"SELECT {_MARK}()").fetchone()
    except duckdb.CatalogException:
        return None
    return None if row is None else _registered[row[0]]
