"""Files with a column of raw tag strings: read, cleaned, and written whole or not at all.

`clean_file` is `tagnorm.split` for files; `tagnorm clean` is its command. CSV, TSV, JSON lines,
Parquet and Arrow, in bounded memory. Comes with the extra `files`.
"""

from __future__ import annotations

from tagnorm.files.cleaning import clean_file
from tagnorm.files.errors import (
    BadDataError,
    FileError,
    FormatError,
    NoInputError,
    OutputError,
)
from tagnorm.files.report import Report

__all__ = [
    "BadDataError",
    "FileError",
    "FormatError",
    "NoInputError",
    "OutputError",
    "Report",
    "clean_file",
]
