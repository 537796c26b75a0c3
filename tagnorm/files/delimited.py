"""Reading CSV and TSV: as rows of raw cells, or as Arrow columns of text.

Nothing is inferred: every cell is text, and an empty one is an empty text. PyArrow parses whole
blocks; a block in which it finds anything odd is read again row by row, which knows line numbers
and what to do with a bad row. Both ways give the same cells.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pyarrow as pa
from pyarrow import csv

from tagnorm.files.bad_rows import BadRows
from tagnorm.files.batches import Batch
from tagnorm.files.blocks import LONGEST, Blocks
from tagnorm.files.dialects import detect_dialect
from tagnorm.files.encodings import DAMAGED, Encoding, detect_encoding
from tagnorm.files.errors import BadDataError
from tagnorm.files.inputs import Input
from tagnorm.files.records import Record, records

__all__ = ["DelimitedReader"]

_HEAD = 1 << 18
_MARK = b"\xef\xbb\xbf"


class DelimitedReader:
    """The header of a delimited file, and then its rows, once.

    Args:
        source: the open input.
        wanted: the columns that it should have; they help to find the dialect.
        bad_rows: told of every row that is not as the header promises.
        delimiter, quote, encoding: what is known; None is found out.

    Raises:
        BadDataError: there is not even a header.
        FormatError: the encoding is unknown.
    """

    def __init__(
        self,
        source: Input,
        wanted: Sequence[str],
        bad_rows: BadRows,
        *,
        delimiter: str | None = None,
        quote: str | None = None,
        encoding: str | None = None,
    ) -> None:
        head = b""
        while len(head) < _HEAD and (data := source.read(_HEAD)):
            head += data
        found = detect_encoding(head) if encoding is None else Encoding.named(encoding, head)
        sample = found.decoder().decode(head.removeprefix(found.mark))
        if delimiter is None and source.format.kind == "tsv":
            delimiter = "\t"
        self.encoding = found
        self.dialect = detect_dialect(sample, wanted, delimiter=delimiter, quote=quote)
        self._name = source.name
        self._bad_rows = bad_rows
        self._blocks = Blocks(source, found, self.dialect.quote, head)
        self._damaged = False
        self.header = self._read_header()
        self.names = [self.dialect.value(cell) for cell in self.header.cells]

    @property
    def schema(self) -> pa.Schema:
        """The columns of `batches`: text, all of them."""
        return pa.schema([(name, pa.string()) for name in self.names])

    def _read_header(self) -> Record:
        for block in self._blocks:
            text = self._blocks.decode(block)
            start = self._blocks.line - text_lines(text)
            found = next(self._records(text, start), None)
            if found is not None and not found.closed:
                if self._blocks.at_end or len(block) >= LONGEST:
                    message = f"the header opens a quote ({self.dialect.quote}) and never closes it"
                    raise BadDataError(f"{self._name}:1: {message}", 1)
                self._blocks.give_back(text)
            elif found is not None:
                self._blocks.give_back(text[len(self._text_of(found)) :])
                if DAMAGED.search(self._text_of(found)):
                    raise BadDataError(f"{self._name}:1: the header {self._no_text()}", 1)
                return found
        raise BadDataError(
            f"{self._name}: is empty; it has no header with the names of its columns"
        )

    def rows(self) -> Iterator[list[Record]]:
        """The rows as they stand, a block at a time; blank lines and bad rows too.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
        """
        for block in self._blocks:
            yield self._rows(block)

    def batches(self) -> Iterator[Batch]:
        """The rows as columns of text; blank lines are left out.

        A row with too few cells has nulls for those that it lacks; of a row with too many, the last
        cell is all that is left of it.

        Raises:
            BadDataError: a row is bad, and bad rows are to stop the work.
        """
        schema = self.schema
        for block in self._blocks:
            batches = self._parse(block)
            if batches is None:
                yield self._batch(self._rows(block), schema)
                continue
            for batch in batches:
                yield Batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))

    def is_blank(self, row: Record) -> bool:
        """Whether a record is a blank line and no row; a file of one column has empty rows."""
        return len(row.cells) == 1 and not row.cells[0] and len(self.names) > 1

    def is_damaged(self, cell: str) -> bool:
        """Whether a raw cell of the last block holds what could not be decoded."""
        return self._damaged and DAMAGED.search(cell) is not None

    def _parse(self, block: bytes) -> list[pa.RecordBatch] | None:
        """The block by PyArrow, or None if it is not regular."""
        dialect = self.dialect
        if not dialect.delimiter.isascii() or not dialect.quote.isascii():
            return None
        if block.startswith(_MARK) or len(block) >= LONGEST:
            return None
        if not block.endswith((b"\n", b"\r")):
            block += b"\n"
        names = [str(number) for number in range(len(self.names))]
        try:
            table = csv.read_csv(
                pa.BufferReader(block),
                csv.ReadOptions(
                    column_names=names, block_size=max(len(block) // 2, 1 << 18), use_threads=True
                ),
                csv.ParseOptions(
                    delimiter=dialect.delimiter,
                    quote_char=dialect.quote or False,
                    newlines_in_values=bool(dialect.quote),
                    ignore_empty_lines=len(names) > 1,
                ),
                csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()),
                    strings_can_be_null=False,
                    quoted_strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid:
            return None
        if table.num_rows:
            # PyArrow takes the end of the block for a closing quote.
            last = table.column(len(names) - 1)[-1].as_py()
            if last.endswith(("\n", "\r")):
                return None
        batches: list[pa.RecordBatch] = table.to_batches()
        return batches

    def _rows(self, block: bytes) -> list[Record]:
        """The block row by row; a row that goes on behind it is given back."""
        blocks = self._blocks
        text = blocks.decode(block)
        self._damaged = not text.isascii() and DAMAGED.search(text) is not None
        start = blocks.line - text_lines(text)
        width = len(self.names)
        found: list[Record] = []
        for row in self._records(text, start):
            complete = row.closed and (row.end or blocks.at_end)
            if not complete:
                left = self._text_of(row)
                if blocks.at_end or (len(block) >= LONGEST and not found):
                    found.append(self._broken(row, left))
                else:
                    blocks.give_back(left)
                break
            if len(row.cells) != width and not self.is_blank(row):
                self._bad_rows.add(row.line, self._ragged(row), self._text_of(row))
            elif self._damaged and DAMAGED.search(self._text_of(row)):
                self._bad_rows.add(row.line, self._no_text(), self._text_of(row))
            found.append(row)
        return found

    def _broken(self, row: Record, left: str) -> Record:
        """The first line of a row whose quotes never close; the lines behind it are read again."""
        first = next(iter(io.StringIO(left, newline="")))
        if row.closed or (not self._blocks.at_end and len(first) == len(left)):
            raise BadDataError(
                f"{self._name}:{row.line}: a line of more than {LONGEST >> 20} MiB", row.line
            )
        within = "" if self._blocks.at_end else f" within {LONGEST >> 20} MiB"
        message = f"a quote ({self.dialect.quote}) is opened and never closed{within}"
        self._bad_rows.add(row.line, message, first)
        self._blocks.give_back(left[len(first) :])
        body = first.rstrip("\r\n")
        return Record(row.line, body.split(self.dialect.delimiter), first[len(body) :])

    def _ragged(self, row: Record) -> str:
        cells = f"{len(row.cells)} cell" + ("s" if len(row.cells) != 1 else "")
        return f"{cells}, but {len(self.names)} columns"

    def _no_text(self) -> str:
        return f"holds bytes that are not {self.encoding.name}; say what they are with --encoding"

    def _records(self, text: str, start: int) -> Iterator[Record]:
        return records(io.StringIO(text, newline=""), self.dialect, start)

    def _text_of(self, row: Record) -> str:
        return self.dialect.delimiter.join(row.cells) + row.end

    def values(self, row: Record) -> list[str | None]:
        """What the cells of a row say, one for each column."""
        width, dialect = len(self.names), self.dialect
        cells = row.cells
        values: list[str | None] = []
        values += [dialect.value(cell) for cell in cells[:width]] if row.quoted else cells[:width]
        if len(cells) > width:
            values[-1] = dialect.delimiter.join(cells[width - 1 :])
        elif len(cells) < width:
            values += [None] * (width - len(cells))
        return values

    def _batch(self, rows: list[Record], schema: pa.Schema) -> Batch:
        table = [self.values(row) for row in rows if not self.is_blank(row)]
        columns = list(zip(*table, strict=True)) or [()] * len(self.names)
        damaged: dict[str, list[int]] = {}
        if self._damaged:
            for at, (name, column) in enumerate(zip(self.names, columns, strict=True)):
                where = [n for n, value in enumerate(column) if value and DAMAGED.search(value)]
                if where:
                    damaged[name] = where
                    columns[at] = tuple(v and DAMAGED.sub("\ufffd", v) for v in column)
        arrays = [pa.array(column, pa.string()) for column in columns]
        return Batch(pa.RecordBatch.from_arrays(arrays, schema=schema), damaged)


def text_lines(text: str) -> int:
    """How many lines end in a text; CR, LF and CRLF end one."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
