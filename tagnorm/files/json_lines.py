"""JSON lines: an object a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from tagnorm.encodings import Encoding, detect_encoding
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.blocks import TOO_LONG, Blocks
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known, Writer
from tagnorm.files.json_rows import JsonReader, JsonRow, ObjectBlock
from tagnorm.replacement import Output

if TYPE_CHECKING:
    import pyarrow as pa

    from tagnorm.files.answers import Answers
    from tagnorm.files.formats import Format
    from tagnorm.files.plan import Plan

__all__ = ["JsonLinesReader", "encoding_of", "open_reader", "open_writer"]

_HEAD = 1 << 16


def open_reader(source: Input, known: Known, bad_rows: BadRows) -> JsonLinesReader:
    """A reader of JSON lines.

    Raises:
        FormatError: the encoding is unknown.
    """
    return JsonLinesReader(source, known, bad_rows)


def open_writer(output: Output, schema: pa.Schema, form: Format, plan: Plan) -> Writer:
    """A writer of JSON lines: UTF-8, null where there is nothing."""
    from tagnorm.files.json_writer import JsonWriter  # noqa: PLC0415 -- needs PyArrow

    return JsonWriter(output, schema, form.kind.name)


def encoding_of(head: bytes, known: Known) -> Encoding:
    """The encoding of JSON that begins so: UTF-8, unless a mark or the caller says otherwise.

    Raises:
        FormatError: there is no such encoding.
    """
    if known.encoding is not None:
        return Encoding.named(known.encoding, head)
    found = detect_encoding(head)
    return Encoding("utf-8") if not found.name.startswith("utf") else found


class JsonLinesReader(JsonReader):
    """The rows of a file of JSON lines, once."""

    def stretches(self) -> Iterator[list[JsonRow]]:
        """The lines, a block at a time.

        Raises:
            BadDataError: a line is too long, and bad rows are to stop the work.
        """
        blocks = self._blocks()
        for block in blocks:
            yield self._lines_of(blocks, block)

    def object_blocks(self) -> Iterator[ObjectBlock]:
        """The rows a block at a time."""
        blocks = self._blocks()
        for block in blocks:
            is_whole = block.endswith(b"\n") and not blocks.is_piece and not blocks.is_cut
            yield ObjectBlock(
                partial(_texts_of, blocks, block if is_whole else None),
                partial(self._rows_of, blocks, block),
                block if is_whole else None,
            )

    def cleaned(
        self, to: Format, plan: Plan, answers: Mapping[str, Answers]
    ) -> Iterator[tuple[bytes | memoryview, int]]:
        """The rows with some values cleaned, and all else as it was read.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
            FormatError: there are rows, but none has a column that is to be cleaned.
        """
        from tagnorm.files.line_cleaning import JsonPieces  # noqa: PLC0415 -- only cleaning needs it
        from tagnorm.files.regular_members import RegularMembers  # noqa: PLC0415

        regular = RegularMembers.of(plan, answers)
        seen = self.missing_columns(plan.columns)
        pieces = JsonPieces(self, plan, answers)
        blocks = self._blocks()
        yield self.encoding.mark, 0
        for block in blocks:
            is_whole = not blocks.is_piece and not blocks.is_cut
            found = regular.clean(block) if regular is not None and is_whole else None
            if found is not None and regular is not None:
                seen.take_names(regular.seen)
                if len(regular.seen) < len(plan.columns):  # which ones there are is to be said
                    seen.take(self.parsed(self._lines_of(blocks, block)))
                yield self.encoding.from_utf8(found[0]), found[1]
                continue
            rows = self.parsed(self._lines_of(blocks, block))
            seen.take(rows)
            text = "".join(pieces.of(rows))
            yield self.encoding.encode(text), sum(row.is_row for row in rows)
        seen.check(self.source.name, "columns")

    def _rows_of(self, blocks: Blocks, block: bytes) -> list[JsonRow]:
        return [row for row in self._lines_of(blocks, block) if row.is_row]

    def _blocks(self) -> Blocks:
        head = self.source.read(_HEAD)
        self.encoding = encoding_of(head, self.known)
        return Blocks(self.source, self.encoding, "", head)

    def _lines_of(self, blocks: Blocks, block: bytes) -> list[JsonRow]:
        if blocks.is_piece:
            return [JsonRow(blocks.line, blocks.decode(block), is_row=False)]
        found: list[JsonRow] = []
        for number, line, is_whole in blocks.lines(block):
            row = JsonRow(number, line, is_row=not line.isspace())
            if not is_whole:
                self.bad_rows.add(number, TOO_LONG, line[:1000])
                row.is_row, row.members = True, []
            found.append(row)
        return found


def _texts_of(blocks: Blocks, block: bytes | None) -> list[str] | None:
    """The lines of a block that are not blank."""
    if block is None:
        return None
    return [line for line in blocks.decode(block).split("\n") if line and not line.isspace()]
