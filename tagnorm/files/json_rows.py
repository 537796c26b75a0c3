"""Rows that are JSON objects: as texts of a column, as Arrow columns, or cleaned in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from tagnorm.arguments import argument
from tagnorm.encodings import DAMAGED, Encoding
from tagnorm.errors import FormatError
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known
from tagnorm.files.json_members import Member, find_member, list_text, members, read_float
from tagnorm.files.names import check_columns

if TYPE_CHECKING:
    import pyarrow as pa

    from tagnorm.files.answers import Answers
    from tagnorm.files.batches import Batch
    from tagnorm.files.formats import Format
    from tagnorm.files.plan import Plan

__all__ = ["JsonReader", "JsonRow", "ObjectBlock", "objects_of"]

_BETWEEN = "between two rows of JSON"
# So deep inside a row a column is looked for that is not where it should be.
_DEEPEST = 8


class JsonRow:
    """A stretch of the file with the number of its first line, and its members if it is a row.

    `members` is None until it is parsed, and of what is no JSON object; `is_row` is false of blank
    lines and of what stands between the rows.
    """

    __slots__ = ("is_row", "line", "members", "text")

    def __init__(self, line: int, text: str, *, is_row: bool = True) -> None:
        self.line = line
        self.text = text
        self.is_row = is_row
        self.members: list[Member] | None = None


class ObjectBlock:
    """Some rows, in the form that is asked for.

    Args:
        texts: gives the text of each row, or None if they are not regular.
        rows: gives the rows one by one.
        lines: the block itself, where nothing but rows stands in it, one a line.
    """

    def __init__(
        self,
        texts: Callable[[], Sequence[str] | None],
        rows: Callable[[], list[JsonRow]],
        lines: bytes | None = None,
    ) -> None:
        self._texts = texts
        self.rows = rows
        self.lines = lines

    def objects(self) -> list[dict[str, Any]] | None:
        """The rows as objects, or None if one of them is not regular."""
        texts = self._texts()
        return None if texts is None else objects_of(texts)


class JsonReader:
    """What the readers of JSON lines and of JSON arrays share; they tell where the rows are."""

    total: int | None = None
    # What parts two rows that are written where one was.
    joint = "\n"
    kind = "jsonl"

    def __init__(self, source: Input, known: Known, bad_rows: BadRows) -> None:
        self.source = source
        self.known = known
        self.bad_rows = bad_rows
        self.names: list[str] = []
        # What `schema` found.
        self.columns: pa.Schema = None
        # Known when the first rows have been read.
        self.encoding = Encoding("utf-8")

    @property
    def about(self) -> str:
        """How the file is read."""
        return f"{self.kind}, {self.encoding.name}"

    def elsewhere(self, column: str) -> str:
        """In an object, or in those of a list, when `schema` has read the rows."""
        seen = self.missing_columns([column])
        for rows in self.rows() if self.columns is not None else ():
            seen.take(rows)
            if place := seen.elsewhere(column, "columns"):
                return place
        return ""

    def stretches(self) -> Iterator[list[JsonRow]]:
        """The rows and what stands between them, from the begin of the source, not parsed yet."""
        raise NotImplementedError

    def rows(self) -> Iterator[list[JsonRow]]:
        """The rows with their members, and what stands between them.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
        """
        for stretch in self.stretches():
            yield self.parsed(stretch)

    def parsed(self, rows: list[JsonRow]) -> list[JsonRow]:
        """The rows, each with its members."""
        for row in rows:
            if not row.is_row:
                continue
            if row.members is None:
                try:
                    row.members = members(row.text)
                except ValueError as error:
                    self.bad_rows.add(row.line, f"the line {error}", row.text)
                    continue
            if not row.text.isascii() and DAMAGED.search(row.text):
                self.bad_rows.add(row.line, self.encoding.damage, row.text)
        return rows

    def texts(self, column: str) -> Iterator[Sequence[str | None]]:
        """What stands in a column, some rows at a time.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
            FormatError: there are rows, but none has the column.
        """
        seen = self.missing_columns([column])
        for rows in self.rows():
            found = [self.text_of(row, column) for row in rows if row.is_row]
            seen.take(rows)
            yield [None if one is None else one[1] for one in found]
        seen.check(self.source.name, "column")

    def text_of(self, row: JsonRow, name: str) -> tuple[Member, str] | None:
        """The member of a row with a name, and its text; None where it has none.

        Raises:
            BadDataError: it is neither text nor a list of texts, and bad rows are to stop the work.
        """
        member = find_member(row.text, row.members or (), name)
        if member is None or member.value is None:
            return None
        text = list_text(member.value)
        if text is None:
            shown = row.text[member.start : member.end][:60]
            self.bad_rows.add(
                row.line, f"{name!r} is {shown}, neither text nor a list of texts", row.text
            )
            return None
        return member, text

    def no_text_of(self, row: JsonRow, name: str) -> str | None:
        """What a row has under a name, as it is written, where that makes it a bad one."""
        member = find_member(row.text, row.members or (), name)
        if member is None or member.value is None or list_text(member.value) is not None:
            return None
        return row.text[member.start : member.end]

    def missing_columns(self, names: Iterable[str]) -> _Seen:
        """Takes note of which columns come up."""
        return _Seen(names)

    def schema(self) -> pa.Schema:
        """The columns of all the rows, for which the file is read once."""
        from tagnorm.files.json_columns import columns_of  # noqa: PLC0415 -- needs PyArrow

        self.source.keep()
        on_error = self.bad_rows.on_error
        real, self.bad_rows = self.bad_rows, BadRows(self.source.name, on_error)
        found = columns_of(self)
        self.columns = found
        self.names = found.names
        self.source.rewind()
        self.bad_rows = real
        return found

    def batches(self) -> Iterator[Batch]:
        """The rows as columns; `schema` must have been asked for."""
        from tagnorm.files.json_columns import batches  # noqa: PLC0415 -- needs PyArrow

        return batches(self)

    def cleaned(
        self, to: Format, plan: Plan, answers: Mapping[str, Answers]
    ) -> Iterator[tuple[bytes | memoryview, int]]:
        """The rows with some values cleaned, and all else as it was read.

        Raises:
            FormatError: there are rows, but none has a column that is to be cleaned.
        """
        from tagnorm.files.line_cleaning import JsonPieces  # noqa: PLC0415 -- only cleaning needs it

        seen = self.missing_columns(plan.columns)
        pieces = JsonPieces(self, plan, answers)
        first = True
        for rows in self.rows():
            seen.take(rows)
            text = "".join(pieces.of(rows))
            mark, first = self.encoding.mark if first else b"", False
            yield mark + self.encoding.encode(text), sum(row.is_row for row in rows)
        seen.check(self.source.name, "columns")

    def object_blocks(self) -> Iterator[ObjectBlock]:
        """The rows a block at a time."""
        for stretch in self.stretches():
            rows = [row for row in stretch if row.is_row]
            yield ObjectBlock(partial(_texts_of, rows), partial(list, rows))


def _texts_of(rows: Sequence[JsonRow]) -> list[str]:
    return [row.text for row in rows]


def objects_of(texts: Sequence[str]) -> list[dict[str, Any]] | None:
    """All rows at once by Python's own parser, or None if one of them is not regular.

    >>> objects_of(['{"n": 1}', '{"n": 2}']), objects_of(['{"n": [1', '2]}'])
    ([{'n': 1}, {'n': 2}], None)
    """
    # A text that no row holds stands between the rows, so that none can be part of another.
    whole = f',"{_BETWEEN}",'.join(texts)
    if whole.count(_BETWEEN) != max(len(texts) - 1, 0):
        return None
    if not whole.isascii() and DAMAGED.search(whole):
        return None
    try:
        found = _decoder.decode(f"[{whole}]")
    except (ValueError, RecursionError):
        return None
    objects: list[dict[str, Any]] = found[::2]
    marks = found[1::2]
    if len(objects) != len(texts) or marks.count(_BETWEEN) != len(marks):
        return None
    return objects if set(map(type, objects)) <= {dict} else None


_decoder = json.JSONDecoder(strict=False, parse_float=read_float)


class _Seen:
    """Which of some columns have come up so far."""

    def __init__(self, names: Iterable[str]) -> None:
        self._missing = set(names)
        self._names: dict[str, None] = {}
        self._inside: dict[str, tuple[str, bool]] = {}
        self._any = False

    def take(self, rows: Iterable[JsonRow]) -> None:
        """Look at some rows."""
        if not self._missing and self._any:
            return
        for row in rows:
            if row.members is None:
                continue
            self._any = True
            if len(self._names) < 100:
                self._names.update((member.name, None) for member in row.members)
            self._missing = {
                one for one in self._missing if find_member(row.text, row.members, one) is None
            }
            if not self._missing:
                return
            for one in self._missing.difference(self._inside):
                values = {member.name: member.value for member in row.members}
                if found := _place_of(one.rpartition(".")[2], values, _DEEPEST):
                    self._inside[one] = found

    def take_names(self, names: Iterable[str]) -> None:
        """Take note of rows that have some of the columns, if any of them has one."""
        self._any = True
        self._missing.difference_update(names)

    def check(self, file: str, option: Literal["column", "columns"]) -> None:
        """Raise an error if there are rows, but none has one of the columns, which were wanted by
        an option."""
        if self._any and self._missing:
            check_columns(
                file,
                list(self._names),
                sorted(self._missing),
                option=option,
                elsewhere=lambda one: self.elsewhere(one, option),
            )
            raise FormatError(f"{file}: has no column {sorted(self._missing)[0]!r}")

    def elsewhere(self, name: str, option: Literal["column", "columns"]) -> str:
        """Where in the values of the rows a column is that none has itself, with the remedy."""
        path, is_list = self._inside.get(name, ("", False))
        if not path:
            return ""
        if is_list:
            return f"the objects in {path!r} have one: take that list out of the file"
        given = argument(option, [path] if option == "columns" else path)
        return f"there is one inside: {given}"


def _place_of(name: str, value: object, depth: int) -> tuple[str, bool] | None:
    """The path of names to a member in the objects of a value, or to the list in whose objects it
    is, and whether it is that; None if there is none."""
    if isinstance(value, list):
        return ("", True) if any(_place_of(name, one, depth - 1) for one in value[:10]) else None
    if not isinstance(value, dict) or not depth:
        return None
    if name in value:
        return name, False
    for key, inner in value.items():
        if found := _place_of(name, inner, depth - 1):
            path, is_list = found
            return (f"{key}.{path}" if path else key), is_list
    return None
