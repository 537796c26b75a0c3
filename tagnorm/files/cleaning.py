"""Cleaning a file: from any format to any, in one pass and bounded memory, whole or not at all."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Unpack, cast

import pyarrow as pa

from tagnorm.arguments import argument, checked_names
from tagnorm.cells import several
from tagnorm.choice import choose
from tagnorm.errors import FormatError
from tagnorm.files.answers import Answers, Cleaning
from tagnorm.files.bad_rows import BadRows, OnError, check_on_error
from tagnorm.files.batches import Batch
from tagnorm.files.column_cleaning import ColumnCleaning
from tagnorm.files.formats import Format
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known, TextReader, Writer
from tagnorm.files.names import check_columns
from tagnorm.files.packing import packed
from tagnorm.files.plan import Plan
from tagnorm.files.report import Report, column_report
from tagnorm.options import AnyOptions, flag
from tagnorm.paths import check_path, refuse_overlaps
from tagnorm.replacement import open_output

__all__ = ["Progress", "clean_file"]

# Called now and then: rows so far, bytes of the input so far, and its bytes in all if known.
Progress = Callable[[int, int, int | None], None]


@checked_names
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
    sheet: str | None = None,
    escape_formulas: bool = False,
    on_error: OnError = "stop",
    weighed: bool = False,
    counted: bool = True,
    progress: Progress | None = None,
    **options: Unpack[AnyOptions],
) -> Report:
    r"""Clean columns of a file, and write the rows, in their order, to another.

    * CSV, TSV, JSON and JSON lines (each also packed by gzip, zstd, bzip2 or xz), Parquet, Arrow
      and Arrow streams are read and written, mixed freely, and Excel and plain lines are read:
      names tell which, or `from_format` and `to_format`;
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
        delimiter, quote, encoding: of a text, where they are not to be found out.
        sheet: of an Excel file; else it is the first.
        escape_formulas: put `'` before every cell of CSV and TSV that a spreadsheet would run.
        on_error: whether a bad row (too few or too many cells, bytes that are no text, no JSON)
            stops the work, or is carried through as well as it can be and reported.
        weighed: also tell doubtful answers from others, and list them; takes longer.
        counted: count the distinct values for the report; without it, it has None there.
        progress: called after each batch with rows, bytes, and bytes in all or None.
        options: those of `tagnorm.options`.

    Raises:
        FormatError: an option does not fit the files; or they are one file, which would lose the
            raw strings.
        NoInputError: the input cannot be opened.
        BadDataError: the input cannot be read, or a row is bad; it names the line.
        OutputError: the output cannot be written.
        ValueError: an option has a value that it does not take.
        TypeError: it is of another type, or there is no such option.
        UnresolvedError: a row holds something unresolved, and `unresolved` is "raise".
    """
    started = perf_counter()
    for what, given in (("source", source), ("output", output)):
        check_path(what, given, "for a column in memory there is tagnorm.split_column")
    for name, told in (("weighed", weighed), ("counted", counted)):
        flag(name, told)
    if progress is not None and not callable(progress):
        raise TypeError(f"progress is {progress!r:.60}; it takes a function, or None")
    plan = _plan(columns, suffix, separator, explode, status, escape_formulas)
    known = Known(plan.columns, delimiter, quote, encoding, sheet)
    check_on_error(on_error)
    normalizer, reading = choose(options)
    refuse_overlaps([("the input", source)], [("the output", output)])
    cleaning = Cleaning(normalizer, reading, weighed or status, counted, listed=weighed)
    with Input(source, Format.named(from_format) if from_format else None) as opened:
        to = _format_of(output, to_format, opened.format)
        work = _Work(opened, to, plan, cleaning, BadRows(opened.name, on_error), progress=progress)
        rows = work.run(output, known)
    found = [column_report(name, answers, cleaning) for name, answers in work.answers.items()]
    bad = work.bad_rows
    return Report(
        opened.name,
        "standard output" if str(output) == "-" else str(output),
        work.about,
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
        self.about = ""
        self._total: int | None = None
        self._source = source
        self._to = to
        self._plan = plan
        self._progress = progress

    def run(self, output: str | Path, known: Known) -> int:
        """Do all of it; the number of rows that were read."""
        kind = self._source.format.kind
        reader = kind.open_reader(self._source, known, self.bad_rows)
        if reader.names:
            has_cells = kind.family == "cells"
            check_columns(
                self._source.name,
                reader.names,
                self._plan.columns,
                has_cells=has_cells,
                option="columns",
                elsewhere=reader.elsewhere,
            )
        if kind.family and kind.family == self._to.kind.family:
            pieces = cast("TextReader", reader).cleaned(self._to, self._plan, self.answers)
            rows = self._write_text(output, pieces)
        else:
            schema = reader.schema()
            check_columns(
                self._source.name,
                schema.names,
                self._plan.columns,
                option="columns",
                elsewhere=reader.elsewhere,
            )
            self._total = reader.total
            rows = self._write_batches(output, schema, reader.batches())
        self.about = reader.about
        return rows

    def _write_text(
        self, output: str | Path, pieces: Iterator[tuple[bytes | memoryview, int]]
    ) -> int:
        total = 0
        with self._open(output) as file:
            for text, rows in pieces:
                file.write(text)
                total += rows
                self._tell(total)
        return total

    def _write_batches(
        self, output: str | Path, schema: pa.Schema, batches: Iterator[Batch]
    ) -> int:
        kind = self._to.kind
        as_text, file = not kind.has_lists, self._source.name
        cleaner = ColumnCleaning(schema, self._plan, self.answers, as_text=as_text, file=file)
        total = 0
        with self._open(output) as file:
            writer: Writer = kind.load().open_writer(file, cleaner.schema, self._to, self._plan)
            for batch in batches:
                writer.write(cleaner.clean(batch))
                total += batch.rows.num_rows
                self._tell(total)
            writer.close()
        return total

    @contextlib.contextmanager
    def _open(self, output: str | Path) -> Iterator[Any]:
        with open_output(output) as file, packed(file, self._to.packing) as stream:
            yield stream

    def _tell(self, rows: int) -> None:
        if self._progress is not None:
            if self._total is not None:
                self._progress(rows, rows, self._total)
            else:
                self._progress(rows, self._source.position(), self._source.size)


def _plan(
    columns: Sequence[str],
    suffix: str,
    separator: str,
    explode: bool,
    status: bool,
    escape_formulas: bool,
) -> Plan:
    names = tuple(dict.fromkeys(several("columns", columns)))
    if not names:
        raise FormatError("no column is named; name at least one")
    for name, told in (
        ("explode", explode), ("status", status), ("escape_formulas", escape_formulas),
    ):  # fmt: skip
        flag(name, told)
    if not isinstance(suffix, str):
        raise TypeError(f"suffix is {suffix!r:.60}; it takes a text, empty for none")
    if explode and len(names) > 1:
        raise FormatError("only one column can be exploded; clean the others in another run")
    if not separator or any(c.isalnum() or c in '\\"\r\n' for c in separator):
        raise FormatError(f"{separator!r} cannot part tags; try ';', ' ' or '|'")
    return Plan(names, suffix, separator, explode, status, escape_formulas)


def _format_of(output: str | Path, named: str | None, source: Format) -> Format:
    if named:
        found = Format.named(named).written(argument("to_format", named))
    else:
        found = Format.to_write(str(output), source)
    if str(output) == "-" and not found.kind.is_text and _is_terminal(sys.stdout):
        raise FormatError(
            f"{found.name} is not for a terminal; name a file with {argument('output')}, "
            f"or pass {argument('to_format', 'csv')}"
        )
    return found


def _is_terminal(stream: Any) -> bool:
    return stream is not None and bool(stream.isatty())
