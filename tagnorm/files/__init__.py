"""Files with a column of raw tag strings: read, cleaned, and written whole or not at all.

`clean_file` is `tagnorm.split` for files; `tagnorm clean` is its command. `read_column` gives the
distinct texts of a column of any such file. Which formats there are stands in
`tagnorm.files.registry`. Parquet, Arrow and all cleaning come with the extra `files`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tagnorm.errors import (
    BadDataError,
    FileError,
    FormatError,
    NoInputError,
    OutputError,
)
from tagnorm.extras import needing

if TYPE_CHECKING:
    from tagnorm.files.cleaning import clean_file
    from tagnorm.files.column import Column, read_column
    from tagnorm.files.report import Report

__all__ = [
    "BadDataError",
    "Column",
    "FileError",
    "FormatError",
    "NoInputError",
    "OutputError",
    "Report",
    "clean_file",
    "read_column",
]

# Cleaning needs PyArrow; to read a column of text nothing is needed.
_LAZY = {
    "Column": "column",
    "Report": "report",
    "clean_file": "cleaning",
    "read_column": "column",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with needing("files"):
        module = import_module(f"tagnorm.files.{_LAZY[name]}")
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
