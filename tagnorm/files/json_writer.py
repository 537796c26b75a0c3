"""Writing Arrow columns as JSON lines, or as a JSON array with a row in each line."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import texts
from tagnorm.errors import FormatError
from tagnorm.files.arrow_values import as_json, twin_fields, values_of
from tagnorm.files.found import EMPTY_TEXT, bytes_of, json_texts, text
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
        if not rows.num_rows:
            return
        parts = []
        for number, (name, column) in enumerate(zip(rows.schema.names, rows.columns, strict=True)):
            parts += [text(f"{', ' if number else '{'}{as_json(name)}: "), _as_json(column)]
        end = "}" if self._is_array else "}\n"
        lead = ",\n" if self._is_array else ""
        lines = pc.binary_join_element_wise(text(lead), *parts, text(end), EMPTY_TEXT)
        data = bytes_of(lines)
        if self._is_array and not self._any:
            self._output.write(b"[\n")
            data = data[len(lead) :]
        self._output.write(data)
        self._any = True

    def close(self) -> None:
        """Write the end of an array."""
        if self._is_array:
            self._output.write(b"\n]\n" if self._any else b"[]\n")


def _as_json(column: pa.Array) -> pa.StringArray:
    """The values of a column as JSON; by Arrow where it writes what JSON has."""
    kind = column.type
    if pa.types.is_string(kind):
        return json_texts(column).fill_null("null")
    if pa.types.is_list(kind) and pa.types.is_string(kind.value_type):
        items = json_texts(column.values).fill_null("null")
        inner = pc.binary_join(pa.ListArray.from_arrays(column.offsets, items), text(", "))
        lists = pc.binary_join_element_wise(text("["), inner, text("]"), EMPTY_TEXT)
        return pc.if_else(column.is_valid(), lists, text("null"))
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return pc.cast(column, pa.string()).fill_null("null")
    return texts(map(as_json, values_of(column)))


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
