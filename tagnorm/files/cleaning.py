"""Cleaning a file: from any format to any, in one pass and bounded memory, whole or not at all."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Unpack

import pyarrow as pa

from tagnorm.choice import choose
from tagnorm.files.answers import Answers, Cleaning
from tagnorm.files.bad_rows import BadRows, OnError
from tagnorm.files.batches import Batch
from tagnorm.files.column_cleaning import ColumnCleaning
from tagnorm.files.columnar import ColumnarReader, ColumnarWriter
from tagnorm.files.delimited import DelimitedReader
from tagnorm.files.delimited_writer import DelimitedWriter
from tagnorm.files.dialects import Dialect, check_mark
from tagnorm.files.errors import FormatError
from tagnorm.files.formats import Format
from tagnorm.files.inputs import Input
from tagnorm.files.json_lines import JsonLinesReader, JsonLinesWriter, json_columns
from tagnorm.files.line_cleaning import clean_delimited, clean_json_lines
from tagnorm.files.outputs import is_same_file, open_output
from tagnorm.files.packing import packed
from tagnorm.files.plan import Plan, check_columns
from tagnorm.files.report import Report, column_report
from tagnorm.options import AnyOptions

__all__ = ["Progress", "clean_file"]

# Called now and then: rows so far, bytes of the input so far, and its bytes in all if known.
Progress = Callable[[int, int, int | None], None]


def clean_file(
    source: str | Path,
    output: str | Path,
    *,
    columns: Sequence[str] = ("tags",),
    suffix: str = "",
    separator: str = ";",
    explode: bool = False,
    status: bool = False,
    from_format: str | None = None,
    to_format: str | None = None,
    delimiter: str | None = None,
    quote: str | None = None,
    encoding: str | None = None,
    on_error: OnError = "stop",
    weighed: bool = False,
    progress: Progress | None = None,
    **options: Unpack[AnyOptions],
) -> Report:
    r"""Clean columns of a file, and write the rows, in their order, to another.

    * CSV, TSV, JSON lines (each also packed by gzip or zstd), Parquet, Arrow and Arrow streams are
      read and written, mixed freely: names tell which, or `from_format` and `to_format`;
    * `-` is standard input or output;
    * tags are lists where the output has lists, else one text with `separator` between;
    * they replace the raw strings, or stand beside them in a column with `suffix` at its end;
    * all other cells are carried through: as they were written where the format stays the same,
      with the same values elsewhere; of CSV nothing is taken for a number or for missing;
    * the output is there, complete, when this returns; after an error what was there before is.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> size = (folder / "raw.csv").write_text("id,tags\n007,PRELPGOV\n008,\n")
    >>> report = clean_file(folder / "raw.csv", folder / "clean.csv")
    >>> print((folder / "clean.csv").read_text(), end="")
    id,tags
    007,PREL;PGOV
    008,
    >>> report.rows, report.share_resolved
    (2, 1.0)

    Args:
        columns: the columns to clean.
        explode: write one row for each tag; a row without any stays one row, with an empty cell.
        status: add the columns `tags_status` and `tags_confidence` (for a column `tags`).
        delimiter, quote, encoding: of a delimited input, where they are not to be found out.
        on_error: whether a bad row (too few or too many cells, bytes that are no text, no JSON)
            stops the work, or is carried through as well as it can be and reported.
        weighed: also tell doubtful answers from others, and list them; takes longer.
        progress: called after each batch with rows, bytes, and bytes in all or None.
        options: those of `tagnorm.options`.

    Raises:
        FormatError: an option does not fit the files; or they are one file, which would lose the
            raw strings.
        NoInputError: the input cannot be opened.
        BadDataError: the input cannot be read, or a row is bad; it names the line.
        OutputError: the output cannot be written.
        ValueError: an option has a value that it does not take.
        UnresolvedError: a row holds something unresolved, and `unresolved` is "raise".
    """
    started = perf_counter()
    plan = _plan(columns, suffix, separator, explode, status)
    if delimiter is not None:
        delimiter = check_mark("delimiter", delimiter)
    if quote is not None:
        quote = check_mark("quote", quote)
    if on_error not in ("stop", "report"):
        raise ValueError(f"on_error is {on_error!r}; it takes 'stop' or 'report'")
    normalizer, reading = choose(options)
    if "-" not in (str(source), str(output)) and is_same_file(source, output):
        raise FormatError(
            f"{output}: is the input itself; the raw strings would be lost, so name another file"
        )
    cleaning = Cleaning(normalizer, reading, weighed or status)
    with Input(source, Format.named(from_format) if from_format else None) as opened:
        to = _format_of(output, to_format, opened.format)
        work = _Work(opened, to, plan, cleaning, BadRows(opened.name, on_error), progress=progress)
        rows = work.run(output, delimiter, quote, encoding)
    found = [column_report(name, answers, cleaning) for name, answers in work.answers.items()]
    bad = work.bad_rows
    return Report(
        opened.name,
        "standard output" if str(output) == "-" else str(output),
        work.reading,
        rows,
        perf_counter() - started,
        cleaning.weighed,
        found,
        bad.count,
        tuple(bad.listed),
    )


class _Work:
    """One file on its way."""

    def __init__(
        self,
        source: Input,
        to: Format,
        plan: Plan,
        cleaning: Cleaning,
        bad_rows: BadRows,
        *,
        progress: Progress | None,
    ) -> None:
        self.answers = {name: Answers(cleaning) for name in plan.columns}
        self.bad_rows = bad_rows
        self.reading: str = source.format.kind
        self._total: int | None = None
        self._source = source
        self._to = to
        self._plan = plan
        self._progress = progress

    def run(
        self, output: str | Path, delimiter: str | None, quote: str | None, encoding: str | None
    ) -> int:
        """Do all of it; the number of rows that were read."""
        kind = self._source.format.kind
        if self._source.format.is_delimited:
            reader = DelimitedReader(
                self._source,
                self._plan.columns,
                self.bad_rows,
                delimiter=delimiter,
                quote=quote,
                encoding=encoding,
            )
            self.reading = f"{kind}, {reader.encoding.name}, delimiter {reader.dialect.delimiter!r}"
            check_columns(self._source.name, reader.names, self._plan.columns)
            if self._to.is_delimited:
                same = kind == self._to.kind
                dialect = reader.dialect if same else _dialect(self._to)
                lines = clean_delimited(reader, dialect, self._plan, self.answers)
                mark = reader.encoding.mark
                with self._open(output) as file:
                    file.write(mark)
                    return self._write_lines(lines, file, reader.encoding.encode)
            return self._write_batches(output, reader.schema, reader.batches())
        if kind == "jsonl":
            if self._to.kind == "jsonl":
                rows = self._json_lines(self.bad_rows, encoding)
                lines = clean_json_lines(rows.rows(), self._plan, self.answers, self.bad_rows)
                with self._open(output) as file:
                    file.write(rows.encoding.mark)
                    return self._write_lines(lines, file, rows.encoding.encode)
            # A column's type is known only when all of it has been seen.
            self._source.seekable()
            unseen = BadRows(self._source.name, self.bad_rows.on_error)
            schema = json_columns(self._json_lines(unseen, encoding))
            check_columns(self._source.name, schema.names, self._plan.columns)
            self._source.rewind()
            again = self._json_lines(self.bad_rows, encoding)
            return self._write_batches(output, schema, again.batches(schema))
        columns = ColumnarReader(self._source)
        check_columns(self._source.name, columns.names, self._plan.columns)
        self._total = columns.total
        return self._write_batches(output, columns.schema, columns.batches())

    def _json_lines(self, bad_rows: BadRows, encoding: str | None) -> JsonLinesReader:
        reader = JsonLinesReader(self._source, bad_rows, encoding=encoding)
        self.reading = f"jsonl, {reader.encoding.name}"
        return reader

    def _write_lines(
        self, lines: Iterator[tuple[str, int]], file: Any, encode: Callable[[str], bytes]
    ) -> int:
        total = 0
        for text, rows in lines:
            file.write(encode(text))
            total += rows
            self._tell(total)
        return total

    def _write_batches(
        self, output: str | Path, schema: pa.Schema, batches: Iterator[Batch]
    ) -> int:
        to = self._to
        cleaner = ColumnCleaning(schema, self._plan, self.answers, as_text=to.is_delimited)
        total = 0
        with self._open(output) as file:
            writer: Any
            if to.is_delimited:
                writer = DelimitedWriter(file, cleaner.schema.names, _dialect(to))
            elif to.kind == "jsonl":
                writer = JsonLinesWriter(file, cleaner.schema)
            else:
                writer = ColumnarWriter(file, cleaner.schema, to.kind)
            for batch in batches:
                writer.write(cleaner.clean(batch))
                total += batch.rows.num_rows
                self._tell(total)
            writer.close()
        return total

    @contextlib.contextmanager
    def _open(self, output: str | Path) -> Iterator[Any]:
        with open_output(output) as file, packed(file, self._to.compression) as stream:
            yield stream

    def _tell(self, rows: int) -> None:
        if self._progress is not None:
            if self._total is not None:
                self._progress(rows, rows, self._total)
            else:
                self._progress(rows, self._source.position(), self._source.size)


def _plan(columns: Sequence[str], suffix: str, separator: str, explode: bool, status: bool) -> Plan:
    if isinstance(columns, str):
        raise TypeError(f"columns are several names, not one: [{columns!r}]")
    names = tuple(dict.fromkeys(columns))
    if not names:
        raise FormatError("no column is named; name at least one")
    if explode and len(names) > 1:
        raise FormatError("only one column can be exploded; clean the others in another run")
    if not separator or any(c.isalnum() or c in '\\"\r\n' for c in separator):
        raise FormatError(f"{separator!r} cannot part tags; try ';', ' ' or '|'")
    return Plan(names, suffix, separator, explode, status)


def _format_of(output: str | Path, named: str | None, source: Format) -> Format:
    found = Format.named(named) if named else Format.of_file(str(output))
    found = found or Format(source.kind)
    if str(output) == "-" and not found.is_text and sys.stdout.isatty():
        raise FormatError(
            f"{found.kind} is not for a terminal; name a file with -o, or pass --to csv"
        )
    return found


def _dialect(to: Format) -> Dialect:
    return Dialect("\t" if to.kind == "tsv" else ",")
