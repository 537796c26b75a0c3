"""Blocks of JSON lines by Arrow's own parser, where it says the same as Python's.

It refuses names that come twice, half surrogate pairs and values of several types in one column,
and takes any white space for what parts two objects. Where it refuses, or where what it found may
differ from what Python finds, the block is left to those who read object by object.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import json

from tagnorm.files.arrow_memory import in_own_memory
from tagnorm.files.regular_cells import is_utf8

__all__ = ["kinds_of", "table_of"]

# The whole numbers that a float holds exactly.
_EXACT = 1 << 53


def table_of(block: bytes, schema: pa.Schema | None = None) -> pa.Table | None:
    r"""The objects of a block, one a line, as columns; None if they are not regular.

    Args:
        block: whole lines.
        schema: the columns, if they are known: each value has to be of its column's type.

    >>> table_of(b'{"tags": "PREL"}\n{"tags": null}\n').to_pydict()
    {'tags': ['PREL', None]}
    >>> table_of(b'{"tags": "PREL"} {"tags": "PGOV"}\n') is None
    True
    """
    # Between two of these marks one object ends and another begins, and nowhere else.
    lines = block.count(b"\n")
    regular = block.startswith(b"{") and block.endswith(b"}\n") and b"\r" not in block
    if not regular or block.count(b"}\n{") != lines - 1 or not is_utf8(block):
        return None
    try:
        found = json.read_json(
            in_own_memory(block),
            json.ReadOptions(use_threads=False, block_size=len(block) + 1),
            json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
            if schema is not None
            else None,
        )
    except pa.ArrowException:
        return None
    if found.num_rows != lines:
        return None
    return found if schema is None else found.select(schema.names)


def kinds_of(table: pa.Table) -> dict[str, set[str]] | None:
    """What stands in each column, as `tagnorm.files.json_columns` calls it; None if it would have
    to be seen as it is written."""
    found: dict[str, set[str]] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        kind = _kind_of(column)
        if kind is None:
            return None
        found[name] = {kind} if kind else set()
    return found


def _kind_of(column: pa.ChunkedArray) -> str | None:
    """What stands in a column, nothing if that is null everywhere."""
    kind, types = column.type, pa.types
    if types.is_null(kind):
        return ""
    # What looks like a time is text.
    if types.is_string(kind) or types.is_timestamp(kind):
        return "text"
    if types.is_boolean(kind):
        return "bool"
    if types.is_int64(kind):
        least, most = pc.min_max(column).as_py().values()
        return "int" if least >= -_EXACT and most <= _EXACT else "long"
    if types.is_list(kind) and (
        types.is_string(kind.value_type)
        or types.is_timestamp(kind.value_type)
        or types.is_null(kind.value_type)
    ):
        return "texts"
    return None
