"""JSON objects as Arrow columns.

JSON has types, and a column has the one that holds all its values exactly: text, whole numbers of
64 bits, numbers, true and false, or lists of texts. Where values differ, or are objects, or numbers
that no type holds as they are written, the column is text and holds each such value as it is
written in the file. A column that is to be cleaned is text, and a list in it is one text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tagnorm.encodings import DAMAGED
from tagnorm.files.batches import Batch
from tagnorm.files.json_members import Member, Written, find_member, list_text
from tagnorm.files.json_tables import kinds_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagnorm.files.json_rows import JsonReader, JsonRow

__all__ = ["batches", "columns_of"]

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
_TEXTS = {str, type(None)}
# The types that need no look at the value.
_SIMPLE = {str: "text", bool: "bool", float: "float", type(None): "none", Written: "other"}
_MISFITS = (pa.ArrowException, UnicodeError, TypeError, OverflowError, ValueError)


def columns_of(reader: JsonReader) -> pa.Schema:
    """The columns of all the rows, in the order in which they come up first."""
    kinds: dict[str, set[str]] = {}
    wanted = reader.known.columns
    nested: dict[str, None] = {}
    is_flat = not any("." in name for name in wanted)
    for block in reader.object_blocks():
        if is_flat and block.lines is not None and _take_table(kinds, block.lines):
            continue
        found = block.objects()
        for row in reader.parsed(block.rows()) if found is None else ():
            _take(kinds, [(_whole(m.name), m.value) for m in row.members or ()])
            nested.update(
                (one, None)
                for one in wanted
                if "." in one and find_member(row.text, row.members or (), one)
            )
        if found:
            _take_all(kinds, found)
            paths = [w for w in wanted if "." in w and w not in nested]
            nested.update((w, None) for w in paths if any(_at_path(one, w)[0] for one in found))
    if not kinds:  # a file without rows has the columns that it should have
        kinds = {name: set() for name in wanted}
    fields = [
        (name, pa.string() if name in wanted else _TYPES.get(frozenset(seen), pa.string()))
        for name, seen in kinds.items()
    ]
    return pa.schema([*fields, *((one, pa.string()) for one in nested if one not in kinds)])


def batches(reader: JsonReader) -> Iterator[Batch]:
    """The rows as the columns that were found; bad rows are all null."""
    # What comes back from the reader is what `columns_of` found.
    schema = reader.columns
    for block in reader.object_blocks():
        table = None if block.lines is None else table_of(block.lines, schema)
        if table is not None:
            for rows in table.combine_chunks().to_batches():
                yield Batch(pa.RecordBatch.from_arrays(rows.columns, schema=schema))
            continue
        found = block.objects()
        batch = None if found is None else _regular(found, schema, reader.known.columns)
        if batch is not None:
            yield batch
            continue
        some = block.rows()
        for start in range(0, len(some), _ROWS):
            yield _row_by_row(reader, some[start : start + _ROWS], schema)


def _regular(
    rows: Sequence[Mapping[str, Any]], schema: pa.Schema, wanted: Sequence[str]
) -> Batch | None:
    """Rows whose values are all of their columns' types; None if one is not."""
    arrays = []
    for field in schema:
        name = field.name
        values = [row.get(name) for row in rows]
        if name in wanted:
            if "." in name and not any(name in row for row in rows):
                values = [_at_path(row, name)[1] for row in rows]
            if not _TEXTS.issuperset(map(type, values)):
                texts = [None if v is None else list_text(v) for v in values]
                if texts.count(None) != values.count(None):
                    return None
                values = texts
        elif field.type == pa.string() and any(
            v is not None and type(v) is not str for v in values
        ):
            return None
        try:
            arrays.append(pa.array(values, field.type))
        except _MISFITS:
            return None
    return Batch(pa.RecordBatch.from_arrays(arrays, schema=schema))


def _row_by_row(reader: JsonReader, rows: list[JsonRow], schema: pa.Schema) -> Batch:
    wanted = reader.known.columns
    damaged: dict[str, list[int]] = {}
    columns: list[list[Any]] = [[] for _ in schema]
    halves: dict[int, str] = {}
    parsed = reader.parsed(rows)
    for at, row in enumerate(parsed):
        by_name = {_whole(m.name): m for m in row.members or ()}
        for field, values in zip(schema, columns, strict=True):
            if field.name in wanted:
                value, is_text = _wanted(reader, row, field.name)
                if not is_text:
                    damaged.setdefault(field.name, []).append(at)
            else:
                member = by_name.get(field.name)
                value, is_text = _value(row, member, field.type), True
                if isinstance(value, list) and "\ufffd" in "".join(v or "" for v in value):
                    items = member.value if member else []
                    if DAMAGED.search("".join(v or "" for v in items)):
                        halves.setdefault(at, field.name)
            if is_text and isinstance(value, str) and not value.isascii() and DAMAGED.search(value):
                damaged.setdefault(field.name, []).append(at)
                value = DAMAGED.sub("\ufffd", value)
                halves.setdefault(at, field.name)
            values.append(value)
    for at, name in halves.items():
        if DAMAGED.search(parsed[at].text) is None:  # else the row was told of as it was read
            message = f"{name!r} holds half a surrogate pair, which no column can hold"
            reader.bad_rows.add(parsed[at].line, message, parsed[at].text)
    arrays = [pa.array(v, f.type) for f, v in zip(schema, columns, strict=True)]
    return Batch(pa.RecordBatch.from_arrays(arrays, schema=schema), damaged)


def _wanted(reader: JsonReader, row: JsonRow, name: str) -> tuple[Any, bool]:
    """What stands in a column that is to be cleaned, and whether it is text or nothing.

    What is neither makes a bad row, and is carried through as it is written.
    """
    found = reader.text_of(row, name)
    if found is not None:
        return found[1], True
    written = reader.no_text_of(row, name)
    return (None, True) if written is None else (_whole(written), False)


def _value(row: JsonRow, member: Member | None, kind: pa.DataType) -> Any:
    """What a column of a type holds for a member."""
    value = None if member is None else member.value
    if value is None or member is None:
        return None
    if kind == pa.string() and type(value) is not str:
        return row.text[member.start : member.end]
    if isinstance(value, list):
        return [None if v is None else _whole(v) for v in value]
    return value


def _at_path(row: Mapping[str, Any], name: str) -> tuple[bool, Any]:
    """Whether something stands at the end of a path of names, and what."""
    if name in row:
        return True, row[name]
    for head, value in row.items():
        if isinstance(value, dict) and name.startswith(f"{head}."):
            return _at_path(value, name[len(head) + 1 :])
    return False, None


def _take_table(kinds: dict[str, set[str]], lines: bytes) -> bool:
    """Take note of what stands in a block, if Arrow can tell."""
    table = table_of(lines)
    found = None if table is None else kinds_of(table)
    for name, some in found.items() if found is not None else ():
        kinds.setdefault(name, set()).update(some)
    return found is not None


def _take(kinds: dict[str, set[str]], items: Iterable[tuple[str, Any]]) -> None:
    for name, value in items:
        seen = kinds.get(name)
        if seen is None:
            seen = kinds[name] = set()
        if value is not None:
            seen.add(_kind(value))


def _take_all(kinds: dict[str, set[str]], rows: Sequence[dict[str, Any]]) -> None:
    """Take note of what stands in many rows, column by column if all have the same."""
    names = tuple(rows[0])
    if list(map(tuple, rows)).count(names) != len(rows):
        for row in rows:
            _take(kinds, row.items())
        return
    for name, values in zip(names, zip(*map(dict.values, rows), strict=True), strict=True):
        seen = kinds.setdefault(name, set())
        types = set(map(type, values))
        if types == {int} and min(values) in _EXACT and max(values) in _EXACT:
            seen.add("int")
            continue
        simple = {_SIMPLE.get(kind, "") for kind in types}
        if "" in simple:
            seen.update(_kind(value) for value in values if value is not None)
        else:
            seen |= simple - {"none"}


def _whole(text: str) -> str:
    """The text with a sign in the place of what is no letter; Arrow takes nothing else."""
    return text if text.isascii() else DAMAGED.sub("\ufffd", text)


def _kind(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return "text"
    if kind is int:
        return "int" if value in _EXACT else "long" if value in _INT64 else "other"
    if kind is bool:
        return "bool"
    if kind is float:
        return "float"
    if kind is list and all(v is None or type(v) is str for v in value):
        return "texts"
    assert kind in (dict, list, Written)
    return "other"
