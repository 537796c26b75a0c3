"""Reading and writing JSON lines: as lines whose members can be replaced, or as Arrow columns."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from tagnorm.files.bad_rows import BadRows
from tagnorm.files.batches import Batch
from tagnorm.files.blocks import LONGEST, Blocks
from tagnorm.files.encodings import DAMAGED, Encoding, detect_encoding
from tagnorm.files.errors import BadDataError, FormatError
from tagnorm.files.inputs import Input
from tagnorm.files.json_members import Member, members
from tagnorm.files.outputs import Output

__all__ = ["JsonLinesReader", "JsonLinesWriter", "JsonRow", "as_json", "json_columns"]

_HEAD = 1 << 16
_ROWS = 1 << 13
_INT64 = range(-(1 << 63), 1 << 63)
# The whole numbers that a float holds exactly.
_EXACT = range(-(1 << 53), (1 << 53) + 1)
# What the values of one name were, by the Arrow type that holds them all exactly.
_TYPES: dict[frozenset[str], pa.DataType] = {
    frozenset(): pa.string(),
    frozenset(["text"]): pa.string(),
    frozenset(["bool"]): pa.bool_(),
    frozenset(["int"]): pa.int64(),
    frozenset(["long"]): pa.int64(),
    frozenset(["int", "long"]): pa.int64(),
    frozenset(["float"]): pa.float64(),
    frozenset(["int", "float"]): pa.float64(),
    frozenset(["texts"]): pa.list_(pa.string()),
}


class JsonRow:
    """A line with its number, its text and its members; None where it is no JSON object."""

    __slots__ = ("line", "members", "text")

    def __init__(self, line: int, text: str, found: list[Member] | None) -> None:
        self.line = line
        self.text = text
        self.members = found


class JsonLinesReader:
    """The rows of a file of JSON lines, once."""

    def __init__(self, source: Input, bad_rows: BadRows, *, encoding: str | None = None) -> None:
        head = source.read(_HEAD)
        found = detect_encoding(head) if encoding is None else Encoding.named(encoding, head)
        self.encoding = found if found.name != "cp1252" or encoding else Encoding("utf-8")
        self._name = source.name
        self._bad_rows = bad_rows
        self._blocks = Blocks(source, self.encoding, "", head)

    def rows(self) -> Iterator[list[JsonRow]]:
        """The rows, a block at a time; of blank lines and bad rows only the text.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
        """
        blocks = self._blocks
        for block in blocks:
            text = blocks.decode(block)
            line = blocks.line - text.count("\n") - text.count("\r") + text.count("\r\n")
            found: list[JsonRow] = []
            for number, row in enumerate(io.StringIO(text, newline=""), start=line):
                if not row.endswith(("\n", "\r")) and not blocks.at_end:
                    if len(block) >= LONGEST and not found:
                        message = f"a line of more than {LONGEST >> 20} MiB"
                        raise BadDataError(f"{self._name}:{number}: {message}", number)
                    blocks.give_back(row)
                    break
                found.append(JsonRow(number, row, self._members(number, row)))
            yield found

    def _members(self, line: int, text: str) -> list[Member] | None:
        if not text.strip():
            return None
        try:
            found = members(text)
        except ValueError as error:
            self._bad_rows.add(line, f"the line {error}", text)
            return None
        if not text.isascii() and DAMAGED.search(text):
            message = (
                f"holds bytes that are not {self.encoding.name}; say what they are with --encoding"
            )
            self._bad_rows.add(line, message, text)
        return found

    def batches(self, schema: pa.Schema) -> Iterator[Batch]:
        """The rows as columns of a schema that `json_columns` found; bad rows are all null."""
        for rows in self.rows():
            kept = [row for row in rows if row.members is not None or row.text.strip()]
            for start in range(0, len(kept), _ROWS):
                yield _batch(kept[start : start + _ROWS], schema)


def _batch(rows: list[JsonRow], schema: pa.Schema) -> Batch:
    found = [{_whole(m.name): m for m in row.members or ()} for row in rows]
    damaged: dict[str, list[int]] = {}
    arrays = []
    for field in schema:
        values: list[Any] = []
        for at, (row, by_name) in enumerate(zip(rows, found, strict=True)):
            member = by_name.get(field.name)
            value = None if member is None else member.value
            if value is not None and field.type == pa.string():
                if not isinstance(value, str) and member is not None:
                    value = row.text[member.start : member.end]
                if not value.isascii() and DAMAGED.search(value):
                    damaged.setdefault(field.name, []).append(at)
                    value = DAMAGED.sub("\ufffd", value)
            elif isinstance(value, list):
                value = [None if v is None else _whole(v) for v in value]
            values.append(value)
        arrays.append(pa.array(values, field.type))
    return Batch(pa.RecordBatch.from_arrays(arrays, schema=schema), damaged)


def json_columns(reader: JsonLinesReader) -> pa.Schema:
    """The columns of all the rows, in the order in which they come up first.

    JSON has types, and a column has the one that holds all its values exactly: text, whole
    numbers of 64 bits, numbers, true and false, or lists of texts. Where values differ, or are
    objects, the column is text and holds each such value as it is written in the file.
    """
    kinds: dict[str, set[str]] = {}
    for rows in reader.rows():
        for row in rows:
            for member in row.members or ():
                seen = kinds.setdefault(_whole(member.name), set())
                if member.value is not None:
                    seen.add(_kind(member.value))
    return pa.schema(
        [(name, _TYPES.get(frozenset(seen), pa.string())) for name, seen in kinds.items()]
    )


def _whole(text: str) -> str:
    """The text with a sign in the place of what is no letter; Arrow takes nothing else."""
    return text if text.isascii() else DAMAGED.sub("\ufffd", text)


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if value in _EXACT else "long" if value in _INT64 else "other"
    if isinstance(value, float):
        return "float"
    if isinstance(value, list) and all(v is None or isinstance(v, str) for v in value):
        return "texts"
    return "other"


class JsonLinesWriter:
    """Writes batches as JSON lines, in UTF-8; null is null."""

    def __init__(self, output: Output, schema: pa.Schema) -> None:
        repeated = sorted({name for name in schema.names if schema.names.count(name) > 1})
        if repeated:
            raise FormatError(
                f"two columns are called {repeated[0]!r}; jsonl needs a name for each"
            )
        self._output = output

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some rows."""
        lines = [as_json(row) for row in rows.to_pylist()]
        if lines:
            self._output.write(("\n".join(lines) + "\n").encode())

    def close(self) -> None:
        """All is written."""


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
