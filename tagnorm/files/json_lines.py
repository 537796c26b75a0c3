"""JSON lines: an object a line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tagnorm.encodings import Encoding, detect_encoding
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.blocks import LONGEST, Blocks, text_lines
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known, Writer
from tagnorm.files.json_rows import JsonReader, JsonRow
from tagnorm.replacement import Output

if TYPE_CHECKING:
    import pyarrow as pa

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
        head = self.source.read(_HEAD)
        self.encoding = encoding_of(head, self.known)
        blocks = Blocks(self.source, self.encoding, "", head)
        for block in blocks:
            text = blocks.decode(block)
            line = blocks.line - text_lines(text)
            if blocks.is_piece:
                yield [JsonRow(line, text, is_row=False)]
                continue
            found: list[JsonRow] = []
            for number, row in enumerate(io.StringIO(text, newline=""), start=line):
                if not row.endswith(("\n", "\r")) and not blocks.at_end:
                    if not blocks.is_cut or found:
                        blocks.give_back(row)
                        break
                    message = f"a line of more than {LONGEST >> 20} MiB"
                    self.bad_rows.add(number, message, row[:1000])
                    blocks.pass_line()
                    long = JsonRow(number, row)
                    long.members = []
                    found.append(long)
                    break
                found.append(JsonRow(number, row, is_row=not row.isspace()))
            yield found
