"""Excel files (.xlsx), read row by row through openpyxl, which comes with the extra `excel`."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NoReturn

import pyarrow as pa

from tagnorm.errors import BadDataError, FormatError
from tagnorm.files.bad_rows import BadRows
from tagnorm.files.batches import Batch
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known

if TYPE_CHECKING:
    from tagnorm.files.answers import Answers
    from tagnorm.files.formats import Format
    from tagnorm.files.plan import Plan

__all__ = ["ExcelReader", "open_reader"]

_ROWS = 1 << 12
# What unpacks to so much, and to so many times its size, nobody made to be read.
_BOMB_BYTES, _BOMB_RATIO = 1 << 30, 500


def open_reader(source: Input, known: Known, bad_rows: BadRows) -> ExcelReader:
    """A reader of a sheet of an Excel file, the first if none is named.

    Raises:
        BadDataError: the file is damaged.
        FormatError: there is no such sheet.
    """
    return ExcelReader(source, known)


class ExcelReader:
    """The header of a sheet, its first row that is not blank, and then its rows, once.

    Every cell is text, as in CSV: a whole number without a point, a date as ISO 8601 writes it. Of
    a formula there is the value that Excel saved.
    """

    total: int | None = None

    def __init__(self, source: Input, known: Known) -> None:
        self._name = source.name
        file = source.seekable()
        self._check(file)
        import openpyxl  # noqa: PLC0415 -- an extra of its own

        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception as error:  # it promises no kind of error for a damaged file
            raise self._damage(error) from error
        names = [sheet.title for sheet in book.worksheets]
        if not names or known.sheet not in (None, *names):
            raise FormatError(
                f"{self._name}: has no sheet {known.sheet!r}; there are: {', '.join(names)}"
            )
        title = known.sheet or names[0]
        self.about = f"xlsx, sheet {title!r}"
        self._cells = book[title].iter_rows(values_only=True)
        self.names: list[str] = []
        for row in self._rows():
            texts = [_text(value) or "" for value in row]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                self.names = texts
                break
        if not self.names:
            raise BadDataError(
                f"{self._name}: sheet {title!r} is empty; it has no header with the names of its "
                f"columns; the sheets are: {', '.join(names)}"
            )

    def _check(self, file: Any) -> None:
        try:
            parts = zipfile.ZipFile(file).infolist()
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise self._damage(error) from error
        whole, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
        if whole > max(_BOMB_BYTES, _BOMB_RATIO * packed):
            raise BadDataError(
                f"{self._name}: unpacks to {whole:,} bytes, more than {_BOMB_RATIO} times its size"
            )
        file.seek(0)

    def _damage(self, error: Exception) -> BadDataError:
        return BadDataError(f"{self._name}: is a damaged Excel file (a zip archive): {error}")

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        while True:
            try:
                row = next(self._cells, None)
            except Exception as error:  # as above
                raise self._damage(error) from error
            if row is None:
                return
            yield row

    def schema(self) -> pa.Schema:
        """The columns: text, all of them."""
        return pa.schema([(name, pa.string()) for name in self.names])

    def batches(self) -> Iterator[Batch]:
        """The rows; blank ones are left out, and an empty cell is null.

        Raises:
            BadDataError: the file is damaged.
        """
        width, schema = len(self.names), self.schema()
        rows = self._rows()
        while some := list(islice(rows, _ROWS)):
            table = [
                [_text(v) for v in row[:width]] for row in some if any(v is not None for v in row)
            ]
            columns = zip(*(row + [None] * (width - len(row)) for row in table), strict=True)
            arrays = [pa.array(column, pa.string()) for column in columns]
            if arrays:
                yield Batch(pa.RecordBatch.from_arrays(arrays, schema=schema))

    def texts(self, column: str) -> Iterator[Sequence[str | None]]:
        """What stands in a column, some rows at a time."""
        place = self.names.index(column)
        for batch in self.batches():
            yield batch.rows.column(place).to_pylist()

    def cleaned(self, to: Format, plan: Plan, answers: Mapping[str, Answers]) -> NoReturn:
        """There is no text that could stay as it is."""
        raise NotImplementedError


def _text(value: Any) -> str | None:
    """A cell as text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
