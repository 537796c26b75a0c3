"""The rows of one vocabulary file, with its header and the lines they stand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tagnorm.errors import Problem
from tagnorm.vocabulary.validation import short

__all__ = ["Table", "decoded", "read_table"]

_Value = TypeVar("_Value")
# What begins a comment among the rows; a code may begin with the mark itself (`#metoo`).
_COMMENT = ("# ", "#")


class Table:
    """The rows of a file, by column.

    Args:
        file: its name, for messages.
        header: what its first lines say.
        header_lines: the line that each key of the header stands in.
        columns: the names of the columns.
        rows: the cells of each row, as many as there are columns.
        lines: the line that each row stands in.
        columns_line: the line of the names of the columns.
        listed: whether the rows stand in no file but in a list, and `lines` are its keys.
    """

    def __init__(
        self,
        file: str,
        header: dict[str, str],
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        lines: Sequence[Any],
        header_lines: dict[str, int] | None = None,
        *,
        columns_line: int = 1,
        listed: bool = False,
    ) -> None:
        self.file = file
        self.header = header
        self.columns = tuple(columns)
        self.columns_line = columns_line
        self._lines = lines
        self._listed = listed
        self.header_lines = header_lines or {}
        self._cells = dict(zip(columns, zip(*rows, strict=True), strict=True)) if rows else {}

    def __len__(self) -> int:
        return len(self._lines)

    def column(self, column: str, default: str = "") -> Sequence[str]:
        """The cells of a column; where the file lacks it, or has nothing, the default."""
        cells = self._cells.get(column)
        if cells is None:
            return [default] * len(self)
        return [cell or default for cell in cells] if default else cells

    def parsed(
        self, column: str, parse: Callable[[str], _Value], problems: list[Problem], about: str
    ) -> list[_Value | None]:
        """The values of a column, None where there are none; each distinct cell is parsed once.

        What `parse` refuses with a ValueError is a problem of each row that has it.
        """
        if column not in self.columns:
            return [None] * len(self)
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
        return Problem(*self.place(at), message)

    def place(self, at: int) -> tuple[str, int]:
        """Where a row stands: its file and line."""
        line = self._lines[at]
        return (f"{self.file}[{line}]", 0) if self._listed else (self.file, line)


def read_table(
    file: str,
    text: str,
    header: dict[str, str],
    problems: list[Problem],
    naming: Callable[[str], str] = str,
) -> Table:
    """The rows of a file of tab-separated text; rows of another width are noted and left out, and
    empty ones, as spreadsheets write them, are none.

    Args:
        file: its name, for messages.
        text: all of it: lines of `# key: value`, the names of the columns, the rows.
        header: what holds where the file does not say otherwise.
        problems: where to note what is wrong.
        naming: what a column is called that is written so; nothing else is called otherwise.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    first = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header_lines = {}
    for number, line in enumerate(lines[:first], start=1):
        key, colon, value = line[1:].partition(":")
        if colon and key.strip().isidentifier():
            header[key.strip()] = value.strip()
            header_lines[key.strip()] = number
    columns = list(map(naming, lines[first].split("\t"))) if first < len(lines) else []
    width = len(columns)
    rows, numbers = [], []
    for number, line in enumerate(lines[first + 1 :], start=first + 2):
        cells = line.split("\t")
        if len(cells) == width and line.strip() and line[:2] not in _COMMENT:
            rows.append(cells)
            numbers.append(number)
        elif line.strip() and line[0] != "#":
            message = f"{len(cells)} cells, but {width} columns; each row has a tab between all"
            problems.append(Problem(file, number, message))
    return Table(
        file, header, columns, rows, numbers, header_lines, columns_line=min(first + 1, len(lines))
    )


def decoded(path: Path, content: bytes, problems: list[Problem]) -> str | None:
    """The text of a file; None, and a problem noted, if it is none."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: {error.reason}; save the file as UTF-8"
        problems.append(Problem(path.name, line, message))
        return None
