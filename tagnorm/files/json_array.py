"""A JSON array of objects: each is a row, over as many lines as it likes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tagnorm.errors import BadDataError
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.blocks import LONGEST, text_lines
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known, Writer
from tagnorm.files.json_lines import encoding_of
from tagnorm.files.json_members import end_of_space, members_at
from tagnorm.files.json_rows import JsonReader, JsonRow
from tagnorm.replacement import Output

if TYPE_CHECKING:
    import pyarrow as pa

    from tagnorm.files.formats import Format
    from tagnorm.files.plan import Plan

__all__ = ["JsonArrayReader", "open_reader", "open_writer"]

_BLOCK = 1 << 20


def open_reader(source: Input, known: Known, bad_rows: BadRows) -> JsonArrayReader:
    """A reader of a JSON array.

    Raises:
        FormatError: the encoding is unknown.
    """
    return JsonArrayReader(source, known, bad_rows)


def open_writer(output: Output, schema: pa.Schema, form: Format, plan: Plan) -> Writer:
    """A writer of a JSON array, with a row in each line."""
    from tagnorm.files.json_writer import JsonWriter  # noqa: PLC0415 -- needs PyArrow

    return JsonWriter(output, schema, form.kind.name)


class JsonArrayReader(JsonReader):
    """The objects of a JSON array, once."""

    joint = ",\n"
    kind = "json"

    def _begin(self) -> None:
        head = self.source.read(_BLOCK)
        self.encoding = encoding_of(head, self.known)
        self._decoder = self.encoding.decoder()
        self._text = self._decoder.decode(head.removeprefix(self.encoding.mark))
        self._at_end = not head
        self._at = self._next = 0
        self._line = 1

    def stretches(self) -> Iterator[list[JsonRow]]:
        """The objects and what stands between them, some at a time.

        Raises:
            BadDataError: the array is no JSON.
        """
        self._begin()
        yield [self._between("[")]
        first = True
        while True:
            found: list[JsonRow] = []
            size = 0
            while size < _BLOCK:
                self._fill()
                if self._text[self._next : self._next + 1] == "]":
                    found.append(self._between("]"))
                    found.append(self._rest())
                    yield found
                    return
                if not first:
                    found.append(self._between(","))
                found.append(self._object())
                size += len(found[-1].text)
                first = False
            yield found

    def _fill(self) -> None:
        """Go over white space to the next sign, and see to it that one is there."""
        while True:
            self._next = end_of_space(self._text, self._at)
            if self._next < len(self._text) or self._at_end:
                return
            self._read()

    def _read(self) -> None:
        data = self.source.read(_BLOCK)
        self._at_end = not data
        self._text = self._text[self._at :] + self._decoder.decode(data, self._at_end)
        self._at = 0

    def _take(self, end: int, *, is_row: bool) -> JsonRow:
        row = JsonRow(self._line, self._text[self._at : end], is_row=is_row)
        self._at = end
        self._line += text_lines(row.text)
        return row

    def _between(self, mark: str) -> JsonRow:
        """A mark with the white space around it."""
        self._fill()
        at = self._next
        if self._text[at : at + 1] != mark:
            found = repr(self._text[at]) if at < len(self._text) else "the end of the file"
            line = self._line + text_lines(self._text[self._at : at])
            raise BadDataError(
                f"{self.source.name}:{line}: is no JSON array: {mark!r} is missing before {found}",
                line,
            )
        return self._take(end_of_space(self._text, at + 1), is_row=False)

    def _object(self) -> JsonRow:
        self._fill()
        while True:
            start = self._at
            try:
                found, end = members_at(self._text, start)
                break
            except ValueError as error:
                held = len(self._text) - start
                if self._at_end or held >= LONGEST:
                    wanted = 'a row of an array is an object, such as {"tags": "PREL"}'
                    raise BadDataError(
                        f"{self.source.name}:{self._line}: the row {error}; {wanted}", self._line
                    ) from error
                while len(self._text) - self._at < 2 * held and not self._at_end:
                    self._read()
        row = self._take(end, is_row=True)
        row.members = [m._replace(start=m.start - start, end=m.end - start) for m in found]
        return row

    def _rest(self) -> JsonRow:
        while not self._at_end:
            self._read()
        if self._text[self._at :].strip():
            raise BadDataError(
                f"{self.source.name}:{self._line}: goes on behind the array", self._line
            )
        return self._take(len(self._text), is_row=False)
