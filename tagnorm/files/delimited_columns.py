"""CSV and TSV as Arrow columns.

PyArrow parses whole blocks; a block in which anything is odd is read row by row, which knows line
numbers and what to do with a bad row. Both ways give the same cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import csv

from tagnorm.encodings import DAMAGED
from tagnorm.files.arrow_memory import in_own_memory
from tagnorm.files.batches import Batch
from tagnorm.files.delimited_records import Record
from tagnorm.files.dialects import Dialect

if TYPE_CHECKING:
    from tagnorm.files.delimited import DelimitedReader

__all__ = ["batches", "is_regular", "parse"]

_MARK = b"\xef\xbb\xbf"
_END_OF_FILE = b"\x1a"


def batches(reader: DelimitedReader) -> Iterator[Batch]:
    """The rows of a reader as columns of text."""
    schema = reader.schema()
    for block in reader.blocks:
        parsed = parse(reader, block)
        if parsed is None:
            yield _batch(reader, reader.rows_of(block), schema)
            continue
        for batch in parsed:
            yield Batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))


def is_regular(block: bytes, dialect: Dialect) -> bool:
    r"""Whether all quotes in a block open a cell, close it, or are doubled within.

    >>> [is_regular(text, Dialect(",")) for text in (b'1,"PREL, ""PGOV"", x"', b'1,"PREL" x')]
    [True, False]
    """
    quote, delimiter = dialect.quote.encode(), dialect.delimiter.encode()
    if not quote or quote not in block:
        return True
    q, d = re.escape(quote), re.escape(delimiter)
    # Where tabs part cells, a cell with line ends and tabs in it may be whole rows.
    inside = b"[^%b]" % q if delimiter != b"\t" else b"[^%b\r\n]" % q
    cell = b"%b(?:%b++|%b%b)*+%b(?=[%b\r\n]|\\Z)" % (q, inside, q, q, q, d)
    return (
        re.fullmatch(b"(?:[^%b]*+(?<![^%b\r\n])%b)*+[^%b]*+" % (q, d, cell, q), block) is not None
    )


def parse(reader: DelimitedReader, block: bytes) -> list[pa.RecordBatch] | None:
    """A block by PyArrow, or None if it is not regular."""
    dialect = reader.dialect
    if not dialect.delimiter.isascii() or not dialect.quote.isascii():
        return None
    if reader.blocks.is_piece or reader.blocks.is_cut or block.startswith(_MARK):
        return None
    if block.endswith(_END_OF_FILE) or not is_regular(block, dialect):
        return None
    if not block.endswith((b"\n", b"\r")):
        block += b"\n"
    names = [str(number) for number in range(len(reader.names))]
    try:
        table = csv.read_csv(
            in_own_memory(block),
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
    found: list[pa.RecordBatch] = table.combine_chunks().to_batches()
    return found


def _batch(reader: DelimitedReader, rows: Sequence[Record], schema: pa.Schema) -> Batch:
    table = [reader.values(row) for row in rows if not reader.is_blank(row)]
    columns = list(zip(*table, strict=True)) or [()] * len(reader.names)
    damaged: dict[str, list[int]] = {}
    if reader.has_damage:
        for at, (name, column) in enumerate(zip(reader.names, columns, strict=True)):
            where = [n for n, value in enumerate(column) if value and DAMAGED.search(value)]
            if where:
                damaged[name] = where
                columns[at] = tuple(v and DAMAGED.sub("\ufffd", v) for v in column)
    arrays = [pa.array(column, pa.string()) for column in columns]
    return Batch(pa.RecordBatch.from_arrays(arrays, schema=schema), damaged)
