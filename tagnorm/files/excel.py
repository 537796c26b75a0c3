"""Excel files (.xlsx), read row by row through openpyxl, which comes with the extra `excel`."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import pyarrow as pa

from tagnorm.arguments import argument
from tagnorm.errors import BadDataError, FormatError
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.batches import Batch
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known
from tagnorm.files.names import MOST_TITLES
from tagnorm.files.packing import refuse_bomb
from tagnorm.files.sheet_rows import SheetRow, sheet_rows

__all__ = ["ExcelReader", "cell_text", "open_reader"]

# How letters stand that XML has not, such as a carriage return; openpyxl leaves them so.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# What Excel shows where a formula has no value.
_ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!")
)


def open_reader(source: Input, known: Known, bad_rows: BadRows) -> ExcelReader:
    """A reader of a sheet of an Excel file, the first if none is named.

    Raises:
        BadDataError: the file is damaged.
        FormatError: there is no such sheet.
    """
    return ExcelReader(source, known, bad_rows)


class ExcelReader:
    """The header of a sheet, its first row that is not blank, and then its rows, once.

    Every cell is text, as in CSV: a whole number without a point, a date as ISO 8601 writes it. Of
    a formula there is the value that Excel saved; a row with one that has none is bad, as are rows
    that go on behind the header, dates that are none, and errors in a column to be cleaned.
    """

    total: int | None = None

    def __init__(self, source: Input, known: Known, bad_rows: BadRows) -> None:
        self._name = source.name
        self._file = source.seekable()
        self._known = known
        self._bad_rows = bad_rows
        self._check()
        names = [sheet.title for sheet in self._workbook(True).worksheets]
        if not names:
            raise BadDataError(
                f"{self._name}: has no sheet with cells that can be read; save it as an Excel "
                "workbook (.xlsx), not as Strict Open XML"
            )
        if known.sheet not in (None, *names):
            raise FormatError(
                f"{self._name}: has no sheet {known.sheet!r}; there are: {', '.join(names)}"
            )
        title = known.sheet or names[0]
        self.about = f"xlsx, sheet {title!r}"
        self._titles, self._title = names, title
        self._sheet = sheet_rows(self._name, self._workbook, title)
        self._first: list[SheetRow] = []
        header = self._header()
        if header is None:
            raise BadDataError(
                f"{self._name}: sheet {title!r} is empty; it has no header with the names of its "
                f"columns; the sheets are: {', '.join(names)}"
            )
        for at, fault in header.faults.items():
            raise BadDataError(f"{self._name}:{header.number}: the header's cell {at + 1} {fault}")
        self.names: list[str] = [cell_text(value) or "" for value in header.cells]

    def elsewhere(self, column: str) -> str:
        """In a row below titles, or in another sheet."""
        for row in self._first[:MOST_TITLES]:
            if column in map(cell_text, row.cells):
                return f"row {row.number} has it: delete the rows above that"
        others = [title for title in self._titles if title != self._title]
        for title in others:
            if column in self._first_cells(title):
                return f"sheet {title!r} has it: {argument('sheet', title)}"
        return f"the other sheets are: {', '.join(others)}" if others else ""

    def _first_cells(self, title: str) -> list[str | None]:
        """The header of another sheet, so far as it can be read."""
        try:
            rows = self._workbook(True)[title].iter_rows(max_row=MOST_TITLES, values_only=True)
            found = ([cell_text(cell) for cell in row] for row in rows)
            return next((cells for cells in found if any(cells)), [])
        except Exception:  # what is wrong with another sheet is no concern of this one
            return []

    def _header(self) -> SheetRow | None:
        """The first row with more than spaces in it; the rows behind it are kept for later."""
        for some in self._stretches():
            for at, row in enumerate(some):
                if any((cell_text(cell) or "").strip() for cell in row.cells):
                    self._first = some[at + 1 :]
                    return row
        return None

    def _check(self) -> None:
        try:
            parts = zipfile.ZipFile(self._file).infolist()
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise self._damage(error) from error
        whole, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
        refuse_bomb(self._name, whole, packed, "save the table as CSV and clean that")

    def _workbook(self, has_values: bool) -> Any:
        import openpyxl  # noqa: PLC0415 -- an extra of its own

        self._file.seek(0)
        try:
            with warnings.catch_warnings():  # about styles and other things that are not read
                warnings.simplefilter("ignore")
                return openpyxl.load_workbook(self._file, read_only=True, data_only=has_values)
        except Exception as error:  # it promises no kind of error for a damaged file
            raise self._damage(error) from error

    def _damage(self, error: Exception) -> BadDataError:
        if isinstance(error, zipfile.BadZipFile | OSError | EOFError | zlib.error):
            return BadDataError(f"{self._name}: is a damaged Excel file (a zip archive): {error}")
        # Whole files end openpyxl too, such as those with a sheet for a chart that has none.
        return BadDataError(
            f"{self._name}: is a damaged Excel file (a zip archive), or holds what openpyxl cannot "
            f"read: {error}; save the table as CSV, and clean that"
        )

    def _stretches(self) -> Iterator[list[SheetRow]]:
        while True:
            try:
                some = next(self._sheet, None)
            except BadDataError:
                raise
            except Exception as error:  # as above
                raise self._damage(error) from error
            if some is None:
                return
            yield some

    def schema(self) -> pa.Schema:
        """The columns: text, all of them."""
        return pa.schema([(name, pa.string()) for name in self.names])

    def batches(self) -> Iterator[Batch]:
        """The rows; blank ones are left out, and an empty cell is null.

        Raises:
            BadDataError: the file is damaged; a row is bad, and bad rows are to stop the work.
        """
        width, schema = len(self.names), self.schema()
        for some in chain([self._first], self._stretches()):
            damaged: dict[str, list[int]] = {}
            table = []
            for at, row in enumerate(some):
                texts = [cell_text(value) for value in row.cells]
                for name in self._bad_columns(row, texts):
                    damaged.setdefault(name, []).append(at)
                table.append(texts[:width] + [None] * (width - len(texts)))
            columns = zip(*table, strict=True) if table else [()] * width
            arrays = [pa.array(column, pa.string()) for column in columns]
            yield Batch(pa.RecordBatch.from_arrays(arrays, schema=schema), damaged)

    def _bad_columns(self, row: SheetRow, texts: Sequence[str | None]) -> Iterator[str]:
        """The columns to be cleaned in which a row is left as it is; a bad one is counted."""
        wanted = {self.names.index(n): n for n in self._known.columns if n in self.names}
        faults = {at: row.faults[at] for at in sorted(row.faults)}
        for at in wanted:
            if at < len(texts) and texts[at] in _ERRORS:
                faults[at] = f"is an error ({texts[at]})"
        width = len(self.names)
        if len(texts) > width:
            yield from wanted.values()
            message = f"{len(texts)} cells, but {width} columns"
        elif faults:
            yield from (name for at, name in wanted.items() if at in faults)
            at, fault = next(iter(faults.items()))
            message = f"the cell under {self.names[at]!r} {fault}"
        else:
            return
        self._bad_rows.add(row.number, message, "\t".join(text or "" for text in texts))

    def texts(self, column: str) -> Iterator[Sequence[str | None]]:
        """What stands in a column, some rows at a time; nothing where the cell is bad.

        Raises:
            BadDataError: the file is damaged; a row is bad, and bad rows are to stop the work.
        """
        place = self.names.index(column)
        for batch in self.batches():
            found: list[str | None] = batch.rows.column(place).to_pylist()
            for at in batch.damaged.get(column, ()):
                found[at] = None
            yield found


def cell_text(value: Any) -> str | None:
    """A cell as text; None of one that is empty.

    >>> cell_text(7.0), cell_text(True), cell_text(datetime.date(1974, 5, 1)), cell_text(None)
    ('7', 'TRUE', '1974-05-01', None)
    """
    if value is None:
        return None
    if isinstance(value, str):
        return _ESCAPED.sub(_letter, value) if "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _letter(escaped: re.Match[str]) -> str:
    number = int(escaped[1], 16)
    return escaped[0] if 0xD800 <= number <= 0xDFFF else chr(number)
