"""The rows of one vocabulary file, with its header and the lines they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from tagnorm.errors import Problem
from tagnorm.vocabulary.validation import short

__all__ = ["Table", "read_table"]

_Value = TypeVar("_Value")


class Table:
    """The rows of a file, by column."""

    def __init__(self, file: str, header: dict[str, str], columns: Sequence[str]) -> None:
        self.file = file
        self.header = header
        self.columns = tuple(columns)
        self.rows: list[list[str]] = []
        self.lines: list[int] = []

    def column(self, column: str, default: str = "") -> list[str]:
        """The cells of a column; where the file lacks it, or has nothing, the default."""
        if column not in self.columns:
            return [default] * len(self.rows)
        at = self.columns.index(column)
        cells = [row[at] for row in self.rows]
        return [cell or default for cell in cells] if default else cells

    def parsed(
        self, column: str, parse: Callable[[str], _Value], problems: list[Problem], about: str
    ) -> list[_Value | None]:
        """The values of a column, None where there are none; each distinct cell is parsed once.

        What `parse` refuses with a ValueError is a problem of each row that has it.
        """
        if column not in self.columns:
            return [None] * len(self.rows)
        cells = self.column(column)
        values: dict[str, _Value | None] = {"": None}
        refused: dict[str, str] = {}
        for cell in set(cells) - {""}:
            try:
                values[cell] = parse(cell)
            except ValueError as error:
                values[cell], refused[cell] = None, str(error)
        if refused:
            names = self.column(about)
            for at, cell in enumerate(cells):
                if cell in refused:
                    message = f"{column} of {short(names[at])} is {short(cell)}; {refused[cell]}"
                    problems.append(self.problem(at, message))
        return [values[cell] for cell in cells]

    def problem(self, at: int, message: str) -> Problem:
        """Something that is wrong with a row."""
        return Problem(self.file, self.lines[at], message)


def read_table(file: str, text: str, header: dict[str, str], problems: list[Problem]) -> Table:
    """The rows of a file of tab-separated text; rows of another width are noted and left out.

    Args:
        file: its name, for messages.
        text: all of it: lines of `# key: value`, the names of the columns, the rows.
        header: what holds where the file does not say otherwise.
        problems: where to note what is wrong.
    """
    lines = enumerate(_lines(text), start=1)
    columns: list[str] = []
    for _, line in lines:
        if not line.startswith("#"):
            columns = line.split("\t")
            break
        key, colon, value = line[1:].partition(":")
        if colon and key.strip().isidentifier():
            header[key.strip()] = value.strip()
    table = Table(file, header, columns)
    rows, numbers, width = table.rows, table.lines, len(columns)
    for number, line in lines:
        cells = line.split("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if len(cells) == width:
            rows.append(cells)
            numbers.append(number)
        else:
            message = f"{len(cells)} cells, but {width} columns; each row has a tab between all"
            problems.append(Problem(file, number, message))
    return table


def _lines(text: str) -> Iterator[str]:
    return iter(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"))
