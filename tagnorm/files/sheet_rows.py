"""The rows of a sheet of an Excel file as openpyxl gives them, with what is wrong with a cell.

openpyxl shows a sheet with its formulas or with the values that were saved for them. Of a formula
without a value the second view has nothing, as of an empty cell; so the first one is read, and both
side by side from the first formula on.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

import attrs

from tagnorm.errors import BadDataError

__all__ = ["MOST_ROWS", "SheetRow", "Workbooks", "sheet_rows"]

# What a sheet of Excel has at most; a number beyond it would be counted up to for ever.
MOST_ROWS = 1_048_576
_ROWS = 1 << 12
_CELLS = 1 << 20
_NO_DATE = re.compile(r"Cell ([A-Z]+)(\d+) is marked as a date but the serial value (\S+) ")

# Opens the file anew: with the values of its formulas or with the formulas.
Workbooks = Callable[[bool], Any]


@attrs.frozen
class SheetRow:
    """A row with its number in the sheet, its cells to the last filled one, and their faults.

    The faults are by the place of the cell. A formula without a value stands there itself.
    """

    number: int
    cells: tuple[Any, ...]
    faults: Mapping[int, str] = attrs.field(factory=dict)


def sheet_rows(name: str, workbooks: Workbooks, title: str) -> Iterator[list[SheetRow]]:
    """The rows of a sheet that are not blank, some at a time.

    Raises:
        BadDataError: it says that it has more rows than a sheet can have.
    """
    rows = _both(workbooks, title)
    while True:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            some = _some(rows)
        if not some:
            return
        if some[-1].number > MOST_ROWS:
            raise BadDataError(f"{name}: has more than {MOST_ROWS:,} rows, as no sheet has")
        dates = _no_dates(caught)
        found = [
            _with_numbers(row, dates[row.number]) if row.number in dates else row
            for row in some
            if row.cells
        ]
        if found:
            yield found


def _some(rows: Iterator[SheetRow]) -> list[SheetRow]:
    """The next rows, as many as hold a million cells or fewer."""
    found = []
    cells = 0
    for row in rows:
        found.append(row)
        cells += len(row.cells)
        if len(found) >= _ROWS or cells >= _CELLS:
            break
    return found


def _both(workbooks: Workbooks, title: str) -> Iterator[SheetRow]:
    """All rows, blank ones too; the second view is opened when there is a formula."""
    formulas = _rows(workbooks(False), title, 1, values_only=True)
    for number, row in enumerate(formulas, 1):
        if not any(map(_may_be_formula, row)):
            yield SheetRow(number, _filled(row))
            continue
        saved = _rows(workbooks(True), title, number, values_only=False)
        both = zip(chain([row], formulas), saved, strict=True)
        for at, (written, cells) in enumerate(both, number):
            yield _valued(at, written, cells)
        return


def _rows(book: Any, title: str, first: int, *, values_only: bool) -> Iterator[tuple[Any, ...]]:
    sheet = book[title]
    sheet.reset_dimensions()  # many a program writes a wrong size, and what lies beyond is cut off
    found: Iterator[tuple[Any, ...]] = sheet.iter_rows(min_row=first, values_only=values_only)
    return found


def _may_be_formula(value: Any) -> bool:
    """Whether a cell holds a formula, or a text that begins as one."""
    return value.startswith("=") if isinstance(value, str) else hasattr(value, "ref")


def _valued(number: int, written: tuple[Any, ...], cells: tuple[Any, ...]) -> SheetRow:
    values = [cell.value for cell in cells]
    faults = {}
    for at, formula in enumerate(written):
        # A formula whose value is an empty text has that type.
        if values[at] is None and formula is not None and cells[at].data_type != "str":
            text = formula if isinstance(formula, str) else str(getattr(formula, "text", "="))
            values[at] = text
            faults[at] = (
                f"is a formula ({text[:60]}) without a saved value; open the file in a "
                "spreadsheet program and save it"
            )
    return SheetRow(number, _filled(tuple(values)), faults)


def _filled(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """The cells to the last one in which something stands."""
    size = len(cells)
    while size and cells[size - 1] is None:
        size -= 1
    return cells[:size]


def _no_dates(caught: list[warnings.WarningMessage]) -> dict[int, dict[int, str]]:
    """The numbers that stand as dates where there is no such date, by row and place.

    openpyxl makes `#VALUE!` of them, and warns; of what else it warns nothing is lost here.
    """
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 -- an extra of its own

    found: dict[int, dict[int, str]] = {}
    for warning in caught:
        said = _NO_DATE.match(str(warning.message))
        if said:
            column, row, serial = said.groups()
            found.setdefault(int(row), {})[column_index_from_string(column) - 1] = serial
    return found


def _with_numbers(row: SheetRow, wrong: Mapping[int, str]) -> SheetRow:
    cells = tuple(wrong.get(at, value) for at, value in enumerate(row.cells))
    said = {at: f"is a date by its format, but {number} is none" for at, number in wrong.items()}
    return attrs.evolve(row, cells=cells, faults={**row.faults, **said})
