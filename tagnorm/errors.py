"""The errors that tagnorm raises on purpose; everything else that escapes is a bug.

Every error names the input and the remedy. `TagnormError` is the parent, so one `except` clause
catches them all.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tagnorm.arguments import argument

__all__ = [
    "BadDataError",
    "DecisionsError",
    "DecisionsNotFoundError",
    "FileError",
    "FormatError",
    "NoInputError",
    "OutputError",
    "Problem",
    "TagnormError",
    "TaxonomyError",
    "UnresolvedError",
]

# So many problems are shown, and so much of each.
_SHOWN, _LONGEST = 40, 400


class TagnormError(Exception):
    """Parent of all errors that tagnorm raises on purpose.

    >>> from tagnorm import split
    >>> try:
    ...     split("ALIREZA", unresolved="raise")
    ... except TagnormError as error:
    ...     print(error)
    cannot resolve 'ALIREZA' in 'ALIREZA'; pass unresolved='keep' to keep such pieces or ...
    """


class Problem(NamedTuple):
    """One thing that is wrong in a file: where it is and what it is.

    >>> str(Problem("aliases.tsv", 7, "alias 'PREL' is a code"))
    "aliases.tsv:7: alias 'PREL' is a code"
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {_cut(self.message)}"


def _cut(message: str) -> str:
    """A message that can be read, however long the input was that it quotes."""
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST - 3]}..."


class _ProblemsError(TagnormError):
    """An error that lists the problems of its input at once, not only the first.

    `problems` holds them all; the text of the error shows no more than a page of them.
    """

    def __init__(self, where: str | Path, problems: Sequence[Problem]) -> None:
        self.where = where
        self.problems = tuple(problems)
        count = f"{len(self.problems):,} problem" + ("s" if len(self.problems) != 1 else "")
        lines = [f"  {problem}" for problem in self.problems[:_SHOWN]]
        if len(self.problems) > _SHOWN:
            lines.append(f"  and {len(self.problems) - _SHOWN:,} more, in `problems` of this error")
        super().__init__("\n".join([f"{count} in {where}:", *lines]))

    def __reduce__(self) -> tuple[type[_ProblemsError], tuple[str | Path, tuple[Problem, ...]]]:
        return type(self), (self.where, self.problems)


class TaxonomyError(_ProblemsError):
    """A vocabulary cannot be used; `problems` holds every bad row.

    >>> from tagnorm import Taxonomy
    >>> try:
    ...     Taxonomy.of(["JAZZ", "-", "JAZZ"])
    ... except TaxonomyError as error:
    ...     [problem.file for problem in error.problems]
    ['codes[1]', 'codes[2]']
    """


class DecisionsError(_ProblemsError):
    """A file of decisions cannot be used; `problems` holds every bad row.

    >>> from tagnorm import Decision, Decisions
    >>> Decisions([Decision("KTFX", ["KTFN"]), Decision("ktfx", [])])
    Traceback (most recent call last):
    tagnorm.errors.DecisionsError: 1 problem in decisions:
      decisions: 'ktfx' is decided as '-', but as 'KTFN' before; keep one of them
    """


class DecisionsNotFoundError(DecisionsError, FileNotFoundError):
    """There is no file of decisions where one was named; it is a `FileNotFoundError`, too.

    >>> from tagnorm import Decisions
    >>> Decisions.load("absent.tsv")
    Traceback (most recent call last):
    tagnorm.errors.DecisionsNotFoundError: 1 problem in absent.tsv:
      absent.tsv: no such file; name one that is there, or no decisions as long as there are none
    """

    def __init__(self, path: str | Path) -> None:
        remedy = "name one that is there, or no decisions as long as there are none"
        super().__init__(path, [Problem(Path(path).name, 0, f"no such file; {remedy}")])
        self.errno, self.strerror = errno.ENOENT, os.strerror(errno.ENOENT)
        self.filename = str(path)

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[type[DecisionsNotFoundError], tuple[str | Path]]:  # type: ignore[override]
        return type(self), (self.where,)


class UnresolvedError(TagnormError, ValueError):
    """A string held something that could not be resolved, and the caller asked to be told.

    `pieces` holds what was left, in order; `what` says what it is, without the remedy.

    >>> UnresolvedError("PREL ALIREZA", ["ALIREZA"]).what
    "cannot resolve 'ALIREZA' in 'PREL ALIREZA'"
    """

    def __init__(self, raw: str, pieces: Sequence[str] = ()) -> None:
        self.raw = raw
        self.pieces = tuple(pieces)
        shown = raw if len(raw) <= 80 else raw[:77] + "..."
        left = ", ".join(repr(piece) for piece in self.pieces[:5]) or "nothing in it"
        self.what = f"cannot resolve {left} in {shown!r}"
        keep, drop = argument("unresolved", "keep"), argument("unresolved", "drop")
        remedy = f"pass {keep} to keep such pieces or {drop} to leave them out"
        super().__init__(f"{self.what}; {remedy}")

    def __reduce__(self) -> tuple[type[UnresolvedError], tuple[str, tuple[str, ...]]]:
        return type(self), (self.raw, self.pieces)


# No message of an error about a file is longer: it may quote what somebody else wrote.
_LINE = 800


class FileError(TagnormError):
    """Parent of the errors about files; the message is one line, however odd the file."""

    def __init__(self, message: str) -> None:
        line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in message[: 2 * _LINE])
        if len(line) > _LINE:  # the file stands at the begin, the remedy at the end
            end = "".join(c if c.isprintable() else " " for c in message[-_LINE // 4 :])
            line = f"{line[: _LINE - len(end) - 5]} ... {end}"
        super().__init__(line)


class FormatError(FileError, ValueError):
    """What was asked for does not fit the file: its format, a column, an option."""


class NoInputError(FileError):
    """The input cannot be opened."""


class BadDataError(FileError):
    """The input holds what cannot be read; `line` is where (0: the file as a whole)."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(message)

    def __reduce__(self) -> tuple[type[BadDataError], tuple[str, int]]:
        return type(self), (str(self), self.line)


class OutputError(FileError):
    """The output cannot be written; what was there before is still there."""
