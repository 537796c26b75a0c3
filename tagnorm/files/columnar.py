"""Reading and writing Parquet and Arrow files, batch by batch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import ipc, parquet

from tagnorm.columns.arrays import range_of, taken
from tagnorm.errors import BadDataError, FormatError
from tagnorm.files.arrow_values import decoded
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.batches import Batch
from tagnorm.files.column_texts import as_texts
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known, Writer
from tagnorm.files.json_writer import check_names
from tagnorm.replacement import Output

if TYPE_CHECKING:
    from tagnorm.files.formats import Format
    from tagnorm.files.plan import Plan

__all__ = ["ColumnarReader", "ColumnarWriter", "open_reader", "open_writer"]

# Rows and bytes that are worked on at a time, and what a column chunk is read ahead.
_ROWS, _BYTES, _AHEAD = 1 << 16, 1 << 25, 1 << 18
# A file of more columns is read so many of them at a time.
_WIDE, _BUNCH = 1 << 10, 1 << 8
# A row group takes memory until it is written.
_GROUP_ROWS, _GROUP_BYTES = 1 << 18, 1 << 23
# What is said of a column of a group takes a good kilobyte: its values should take more.
_COLUMN_BYTES = 1 << 12


def open_reader(source: Input, known: Known, bad_rows: BadRows) -> ColumnarReader:
    """A reader of Parquet or Arrow.

    Raises:
        BadDataError: the file is damaged.
    """
    return ColumnarReader(source)


def open_writer(output: Output, schema: pa.Schema, form: Format, plan: Plan) -> Writer:
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

    def elsewhere(self, column: str) -> str:
        """In a struct."""
        for field in self._schema:
            inner = field.type if pa.types.is_struct(field.type) else ()
            if any(column in (one.name, f"{field.name}.{one.name}") for one in inner):
                return f"the struct {field.name!r} has one: make a column of that first"
        return ""

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
            field = rows.schema.field(column)
            yield as_texts(field, rows.column(column), self._name).to_pylist()

    def _open(self, source: Input, kind: str) -> None:
        self._batches: Callable[[Sequence[str] | None], Iterator[pa.RecordBatch]]
        if kind == "parquet":
            self._open_parquet(source.seekable())
        elif kind == "arrow":
            blocks = ipc.open_file(source.seekable())
            self._take_schema(blocks.schema)
            self._batches = lambda columns: (
                blocks.get_batch(number) for number in range(blocks.num_record_batches)
            )
        else:
            stream = ipc.open_stream(pa.PythonFile(_Stream(source), "r"))
            self._take_schema(stream.schema)
            self._batches = lambda columns: iter(stream)

    def _open_parquet(self, stream: Any) -> None:
        footer = parquet.read_metadata(stream)
        stream.seek(0)
        ahead = max(min(_AHEAD, _BYTES // max(footer.num_columns, 1)), 1 << 10)
        file = parquet.ParquetFile(stream, metadata=footer, pre_buffer=False, buffer_size=ahead)
        self.total = footer.num_rows
        self._take_schema(file.schema_arrow)
        groups = [footer.row_group(number) for number in range(footer.num_row_groups)]
        # A row may be a megabyte long, and there may be ten thousand columns.
        width = max((g.total_byte_size / max(g.num_rows, 1) for g in groups), default=1)
        width = max(width, 8 * footer.num_columns, 1)  # it may have no column
        rows = max(1, min(_ROWS, int(_BYTES / width)))
        if len(self._schema) > _WIDE and _is_flat(self._schema):
            self._batches = lambda columns: _by_bunches(file, columns or self._schema.names)
        else:
            self._batches = lambda columns: file.iter_batches(batch_size=rows, columns=columns)

    def _take_schema(self, schema: pa.Schema) -> None:
        fields = []
        for field in schema:
            kind = field.type
            if pa.types.is_run_end_encoded(kind):
                kind = kind.value_type
            fields.append(field.with_type(kind))
        self._schema: pa.Schema = pa.schema(fields, metadata=schema.metadata)

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
            if any(pa.types.is_run_end_encoded(kind) for kind in rows.schema.types):
                arrays = [decoded(column) for column in rows.columns]
                names = [self._schema.field(name) for name in rows.schema.names]
                rows = pa.RecordBatch.from_arrays(arrays, schema=pa.schema(names))
            for start in range(0, rows.num_rows, _ROWS):
                yield Batch(rows.slice(start, _ROWS))

    @contextlib.contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except (pa.ArrowException, OSError) as error:
            reason = str(error).split(". Detail:")[0]
            if "decrypt" in reason.lower():
                message = f"{self._name}: is encrypted, at least in part; decrypt it first"
                raise BadDataError(message) from error
            raise BadDataError(f"{self._name}: is damaged: {reason}") from error


def _is_flat(schema: pa.Schema) -> bool:
    """Whether the names of a schema say what is read: each column is one, and has its own."""
    names = schema.names
    plain = not any(pa.types.is_nested(kind) for kind in schema.types)
    return plain and len(set(names)) == len(names) and not any("." in name for name in names)


def _by_bunches(file: parquet.ParquetFile, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The rows of a file of very many columns, some of which are read at a time.

    To read all of them at once takes as much memory for each as for a page of it, and more.
    """
    for number in range(file.num_row_groups):
        group = file.metadata.row_group(number)
        step = max(1, min(_ROWS, int(group.num_rows * _BYTES / max(group.total_byte_size, 1))))
        for start in range(0, group.num_rows, step):
            arrays: list[pa.Array] = []
            fields: list[pa.Field] = []
            places = range_of(start, min(start + step, group.num_rows))
            for first in range(0, len(names), _BUNCH):
                some = file.read_row_group(number, columns=list(names[first : first + _BUNCH]))
                if len(places) < group.num_rows:
                    some = some.take(places)  # and not a slice, which would hold all of it
                arrays += [_whole(column) for column in some.columns]
                fields += list(some.schema)
            yield pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


def _whole(column: pa.ChunkedArray) -> pa.Array:
    found = column.combine_chunks()
    return found.chunk(0) if isinstance(found, pa.ChunkedArray) else found


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
    """Writes batches as Parquet or Arrow; what it holds back is bounded.

    Raises:
        FormatError: a column has a type, or a name, that the format has no place for.
    """

    def __init__(self, output: Output, schema: pa.Schema, kind: str) -> None:
        check_names(schema.names, kind)
        self._held: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0
        self._group_bytes = max(_GROUP_BYTES, _COLUMN_BYTES * len(schema))
        self._is_parquet = kind == "parquet"
        if kind == "arrow":
            # The file format has one dictionary for a column; the parts of a table may have many.
            schema = pa.schema([_without_dictionary(f) for f in schema], metadata=schema.metadata)
        self._schema = schema
        _check_types(schema, kind)
        sink = pa.PythonFile(output, "w")
        make = {"parquet": parquet.ParquetWriter, "arrow": ipc.new_file}.get(kind, ipc.new_stream)
        self._writer: Any = make(sink, schema)

    def write(self, rows: pa.RecordBatch) -> None:
        """Write some rows, or hold them for the next row group."""
        if not self._is_parquet:
            self._writer.write_batch(_fitted(rows, self._schema))
            return
        self._held.append(rows)
        self._rows += rows.num_rows
        self._bytes += rows.nbytes
        if self._rows >= _GROUP_ROWS or self._bytes >= self._group_bytes:
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


def _without_dictionary(field: pa.Field) -> pa.Field:
    kind = field.type
    return field.with_type(kind.value_type) if pa.types.is_dictionary(kind) else field


def _fitted(rows: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Rows with their dictionaries taken out where the schema has none."""
    if rows.schema.types == schema.types:
        return rows
    arrays = [
        column if column.type == field.type else taken(column.dictionary, column.indices)
        for column, field in zip(rows.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _check_types(schema: pa.Schema, kind: str) -> None:
    """See to it that the format has all types, before anything is written."""
    make = {"parquet": parquet.ParquetWriter, "arrow": ipc.new_file}.get(kind, ipc.new_stream)
    try:
        make(pa.BufferOutputStream(), schema).close()
    except (pa.ArrowException, NotImplementedError):
        pass
    else:
        return
    for field in schema:
        try:
            make(pa.BufferOutputStream(), pa.schema([field])).close()
        except (pa.ArrowException, NotImplementedError) as error:
            raise FormatError(
                f"column {field.name!r} is {field.type}, which {kind} has no type for; write "
                "arrow, csv or jsonl, or leave the column out"
            ) from error
