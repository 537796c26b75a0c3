"""Reading and writing Parquet and Arrow files, batch by batch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import pyarrow as pa
from pyarrow import ipc, parquet

from tagnorm.errors import BadDataError
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.batches import Batch
from tagnorm.files.column_texts import as_texts
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known, Writer
from tagnorm.files.json_writer import check_names
from tagnorm.replacement import Output

if TYPE_CHECKING:
    from tagnorm.files.answers import Answers
    from tagnorm.files.formats import Format
    from tagnorm.files.plan import Plan

__all__ = ["ColumnarReader", "ColumnarWriter", "open_reader", "open_writer"]

_ROWS = 1 << 14
# A row group takes memory until it is written.
_GROUP_ROWS, _GROUP_BYTES = 1 << 18, 1 << 23


def open_reader(source: Input, known: Known, bad_rows: BadRows) -> ColumnarReader:
    """A reader of Parquet or Arrow.

    Raises:
        BadDataError: the file is damaged.
    """
    return ColumnarReader(source)


def open_writer(output: Output, schema: pa.Schema, form: Format) -> Writer:
    """A writer of Parquet or Arrow."""
    return ColumnarWriter(output, schema, form.kind.name)


class ColumnarReader:
    """The schema of a Parquet or Arrow file, and then its rows, once.

    Raises:
        BadDataError: the file is damaged.
    """

    def __init__(self, source: Input) -> None:
        self._name = source.name
        self.about = source.format.kind.name
        self.total: int | None = None
        with self._damage():
            self._open(source, self.about)
        self.names: list[str] = self._schema.names

    def schema(self) -> pa.Schema:
        """The columns of the file."""
        return self._schema

    def texts(self, column: str) -> Iterator[Sequence[str | None]]:
        """What stands in a column, some rows at a time.

        Raises:
            BadDataError: the file is damaged.
            FormatError: the column holds neither text nor lists of text.
        """
        for batch in self.batches([column]):
            rows = batch.rows
            yield as_texts(rows.schema.field(column), rows.column(column)).to_pylist()

    def cleaned(self, to: Format, plan: Plan, answers: Mapping[str, Answers]) -> NoReturn:
        """There is no text that could stay as it is."""
        raise NotImplementedError

    def _open(self, source: Input, kind: str) -> None:
        self._batches: Callable[[Sequence[str] | None], Iterator[pa.RecordBatch]]
        if kind == "parquet":
            file = parquet.ParquetFile(source.seekable(), pre_buffer=False, buffer_size=1 << 18)
            self.total = file.metadata.num_rows
            self._schema: pa.Schema = file.schema_arrow
            self._batches = lambda columns: file.iter_batches(batch_size=_ROWS, columns=columns)
        elif kind == "arrow":
            blocks = ipc.open_file(source.seekable())
            self._schema = blocks.schema
            self._batches = lambda columns: (
                blocks.get_batch(number) for number in range(blocks.num_record_batches)
            )
        else:
            stream = ipc.open_stream(pa.PythonFile(_Stream(source), "r"))
            self._schema = stream.schema
            self._batches = lambda columns: iter(stream)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[Batch]:
        """The rows, of some columns if they are named, at most some ten thousand at a time.

        Raises:
            BadDataError: the file is damaged.
        """
        with self._damage():
            batches = self._batches(columns)
        while True:
            with self._damage():
                rows = next(batches, None)
            if rows is None:
                return
            for start in range(0, rows.num_rows, _ROWS):
                yield Batch(rows.slice(start, _ROWS))

    @contextlib.contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (pa.ArrowException, OSError) as error:
            reason = str(error).split(". Detail:")[0]
            raise BadDataError(f"{self._name}: is damaged: {reason}") from error


class _Stream:
    """An input as the file object that Arrow reads a stream from."""

    closed = False

    def __init__(self, source: Input) -> None:
        self._source = source

    def read(self, size: int) -> bytes:
        parts, left = [], size
        while left and (data := self._source.read(left)):
            parts.append(data)
            left -= len(data)
        return b"".join(parts)

    def close(self) -> None:
        self.closed = True


class ColumnarWriter:
    """Writes batches as Parquet or Arrow; what it holds back is bounded."""

    def __init__(self, output: Output, schema: pa.Schema, kind: str) -> None:
        check_names(schema.names, kind)
        self._schema = schema
        self._held: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0
        sink = pa.PythonFile(output, "w")
        self._writer: Any
        if kind == "parquet":
            self._writer = parquet.ParquetWriter(sink, schema)
        elif kind == "arrow":
            self._writer = ipc.new_file(sink, schema)
        else:
            self._writer = ipc.new_stream(sink, schema)
        self._is_parquet = kind == "parquet"

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some rows, or hold them for the next row group."""
        if not self._is_parquet:
            self._writer.write_batch(rows)
            return
        self._held.append(rows)
        self._rows += rows.num_rows
        self._bytes += rows.nbytes
        if self._rows >= _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
            self._write_group()

    def _write_group(self) -> None:
        if self._held:
            self._writer.write_table(
                pa.Table.from_batches(self._held), row_group_size=_GROUP_ROWS * 2
            )
        self._held.clear()
        self._rows = self._bytes = 0

    def close(self) -> None:
        """Write what is held, and the end of the file."""
        if self._is_parquet:
            self._write_group()
        self._writer.close()
