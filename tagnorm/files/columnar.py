"""Reading and writing Parquet and Arrow files, batch by batch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import ipc, parquet

from tagnorm.files.batches import Batch
from tagnorm.files.errors import BadDataError, FormatError
from tagnorm.files.formats import Kind
from tagnorm.files.inputs import Input
from tagnorm.files.outputs import Output

__all__ = ["ColumnarReader", "ColumnarWriter"]

_ROWS = 1 << 14
# A row group takes memory until it is written.
_GROUP_ROWS, _GROUP_BYTES = 1 << 18, 1 << 23


class ColumnarReader:
    """The schema of a Parquet or Arrow file, and then its rows, once.

    Raises:
        BadDataError: the file is damaged.
    """

    def __init__(self, source: Input) -> None:
        self._name = source.name
        kind = source.format.kind
        self.total: int | None = None
        with self._damage():
            self._open(source, kind)
        self.names: list[str] = self.schema.names

    def _open(self, source: Input, kind: Kind) -> None:
        self._batches: Callable[[], Iterator[pa.RecordBatch]]
        if kind == "parquet":
            file = parquet.ParquetFile(source.seekable(), pre_buffer=False, buffer_size=1 << 18)
            self.total = file.metadata.num_rows
            self.schema: pa.Schema = file.schema_arrow
            self._batches = lambda: file.iter_batches(batch_size=_ROWS)
        elif kind == "arrow":
            blocks = ipc.open_file(source.seekable())
            self.schema = blocks.schema
            self._batches = lambda: (
                blocks.get_batch(number) for number in range(blocks.num_record_batches)
            )
        else:
            stream = ipc.open_stream(pa.PythonFile(_Stream(source), "r"))
            self.schema = stream.schema
            self._batches = lambda: iter(stream)

    def batches(self) -> Iterator[Batch]:
        """The rows, at most some ten thousand at a time.

        Raises:
            BadDataError: the file is damaged.
        """
        with self._damage():
            batches = self._batches()
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

    def __init__(self, output: Output, schema: pa.Schema, kind: Kind) -> None:
        repeated = sorted({name for name in schema.names if schema.names.count(name) > 1})
        if repeated:
            raise FormatError(
                f"two columns are called {repeated[0]!r}; {kind} needs a name for each"
            )
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


def text_of(column: pa.Array) -> pa.Array:
    """A column of any type as text, as CSV has it; null stays null.

    Numbers, dates and the like are written as Arrow writes them, lists and structs as JSON.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return text_of(column.dictionary_decode())
    if pa.types.is_string(kind):
        return column
    if (
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    ):
        return pa.array([None if v is None else v.hex() for v in column.to_pylist()], pa.string())
    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        from tagnorm.files.json_lines import as_json  # noqa: PLC0415 -- it builds on this module

        return pa.array(
            [None if v is None else as_json(v) for v in column.to_pylist()], pa.string()
        )
