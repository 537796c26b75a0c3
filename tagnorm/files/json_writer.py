"""Writing Arrow columns as JSON lines, or as a JSON array with a row in each line."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from tagnorm.errors import FormatError
from tagnorm.replacement import Output

__all__ = ["JsonWriter", "as_json"]


class JsonWriter:
    """Writes batches as JSON objects, in UTF-8; null is null."""

    def __init__(self, output: Output, schema: pa.Schema, kind: str) -> None:
        check_names(schema.names, kind)
        self._output = output
        self._is_array = kind == "json"
        self._any = False

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some rows."""
        lines = [as_json(row) for row in rows.to_pylist()]
        if not lines:
            return
        if self._is_array:
            lead = ",\n" if self._any else "[\n"
            self._output.write((lead + ",\n".join(lines)).encode())
        else:
            self._output.write(("\n".join(lines) + "\n").encode())
        self._any = True

    def close(self) -> None:
        """Write the end of an array."""
        if self._is_array:
            self._output.write(b"\n]\n" if self._any else b"[]\n")


def check_names(names: list[str], kind: str) -> None:
    """See to it that no two columns have one name.

    Raises:
        FormatError: two have.
    """
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise FormatError(
            f"two columns are called {repeated[0]!r}; {kind} needs a name for each, so rename one "
            "in the header, or write CSV"
        )


def as_json(value: Any) -> str:
    """A value as JSON; what JSON has no type for is text, and no number is null."""
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        return json.dumps(_without_nan(value), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _without_nan(value: Any) -> Any:
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {name: _without_nan(v) for name, v in value.items()}
    return [_without_nan(v) for v in value] if isinstance(value, list) else value
