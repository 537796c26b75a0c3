"""Writing Arrow columns as JSON lines, or as a JSON array with a row in each line."""

from __future__ import annotations

import pyarrow as pa

from tagnorm.errors import FormatError
from tagnorm.files.arrow_values import as_json, twin_fields, values_of
from tagnorm.replacement import Output

__all__ = ["JsonWriter", "check_names"]


class JsonWriter:
    """Writes batches as JSON objects, in UTF-8; null is null."""

    def __init__(self, output: Output, schema: pa.Schema, kind: str) -> None:
        check_names(schema.names, kind)
        for field in schema:
            twin = twin_fields(field.type)
            if twin is not None:
                raise FormatError(
                    f"column {field.name!r} holds structs with two fields called {twin!r}; "
                    f"{kind} needs a name for each, so rename one, or leave the column out"
                )
        self._output = output
        self._is_array = kind == "json"
        self._any = False

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some rows."""
        names = rows.schema.names
        columns = [values_of(column) for column in rows.columns]
        table = zip(*columns, strict=True)
        lines = [as_json(dict(zip(names, row, strict=True))) for row in table]
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
