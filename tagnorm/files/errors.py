"""What can go wrong with a file, each with the file, the place and the remedy in its message."""

from __future__ import annotations

from tagnorm.errors import TagnormError

__all__ = ["BadDataError", "FileError", "FormatError", "NoInputError", "OutputError"]


class FileError(TagnormError):
    """Parent of the errors about files."""


class FormatError(FileError, ValueError):
    """What was asked for does not fit the file: its format, a column, an option."""


class NoInputError(FileError):
    """The input cannot be opened."""


class BadDataError(FileError):
    """The input holds what cannot be read; `line` is where (0: the file as a whole)."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(message)


class OutputError(FileError):
    """The output cannot be written; what was there before is still there."""
