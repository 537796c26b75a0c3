"""Notes that libraries leave in a schema about its columns, and that cleaning makes wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["notes_after"]

# Notes that hold the types of all columns, and that their libraries can do without.
_STALE = (b"huggingface", b"org.apache.spark.sql.parquet.row.metadata")


def notes_after(
    notes: Mapping[bytes, bytes] | None, kinds: Mapping[str, str], *, is_exploded: bool
) -> dict[bytes, bytes] | None:
    """The notes of a schema after some of its columns were cleaned.

    Those of pandas say again what the cleaned columns hold; those of others that list the types of
    columns are left out; all else stays.

    Args:
        notes: of the schema as it was read.
        kinds: the columns that are new or hold something else now: `list[unicode]`, `unicode`.
        is_exploded: whether there are more rows than before.
    """
    if notes is None:
        return None
    found = {key: value for key, value in notes.items() if key not in _STALE}
    if b"pandas" in found:
        try:
            found[b"pandas"] = json.dumps(
                _pandas(json.loads(found[b"pandas"]), kinds, is_exploded=is_exploded)
            ).encode()
        except (ValueError, KeyError, TypeError, AttributeError):
            del found[b"pandas"]
    return found


def _pandas(notes: dict[str, Any], kinds: Mapping[str, str], *, is_exploded: bool) -> Any:
    known = {column["field_name"] for column in notes["columns"]}
    columns = [
        _column(one["field_name"], kinds[one["field_name"]]) if one["field_name"] in kinds else one
        for one in notes["columns"]
    ]
    columns += [_column(name, kind) for name, kind in kinds.items() if name not in known]
    return {
        **notes,
        "columns": columns,
        "index_columns": _index(notes["index_columns"], kinds, is_exploded=is_exploded),
    }


def _column(name: str, kind: str) -> dict[str, Any]:
    return {
        "name": name,
        "field_name": name,
        "pandas_type": kind,
        "numpy_type": "float64" if kind == "float64" else "object",
        "metadata": None,
    }


def _index(index: Sequence[Any], kinds: Mapping[str, str], *, is_exploded: bool) -> list[Any]:
    """What stands for the names of the rows; an index that was cleaned is a column like others."""
    return [
        one
        for one in index
        if not (isinstance(one, dict) and is_exploded)
        and not (isinstance(one, str) and one in kinds)
    ]
