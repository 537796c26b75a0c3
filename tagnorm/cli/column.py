"""The distinct fields of a column of a file, and in how many rows each stands."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from tagnorm.cli.group import Failure

__all__ = ["count_fields"]

_COLUMN = "tags"
_PACKED = (".bz2", ".gz", ".xz", ".zip", ".zst")
_DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


def count_fields(file: Path, column: str | None) -> Counter[str]:
    """The distinct texts of a column with their rows; of a file of plain lines, its lines.

    The column is `tags` if none is named, as it is for `tagnorm clean`. Missing values are left
    out; a list counts as its items.

    Raises:
        Failure: the file is not what its name says.
        click.UsageError: there is no such column.
    """
    kind = file.suffix.lower()
    if kind in _PACKED:
        raise Failure(f"{file}: is compressed; unpack it first")
    values: Iterable[Any]
    if kind in _DELIMITERS:
        values = _delimited(file, column, _DELIMITERS[kind])
    elif kind in (".jsonl", ".ndjson"):
        values = _json_lines(file, column)
    elif kind in (".parquet", ".pq"):
        values = _parquet(file, column)
    elif column is not None:
        raise click.UsageError(
            f"{file.name} is read as plain lines, which have no columns; "
            "columns are in .csv, .tsv, .jsonl and .parquet"
        )
    else:
        values = _lines(file)
    counts: Counter[str] = Counter()
    try:
        for value in values:
            items = value if isinstance(value, list) else [value]
            counts.update(str(item) for item in items if item is not None and item != "")
    except UnicodeDecodeError as error:
        raise Failure(f"{file}: not UTF-8: {error.reason}; convert it first") from error
    return counts


def _lines(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8-sig", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\r\n")


def _delimited(file: Path, column: str | None, delimiter: str) -> Iterator[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines, delimiter=delimiter)
        try:
            names = next(rows, [])
            place = _place(file, column, names)
            for row in rows:
                if place < len(row):
                    yield row[place]
        except csv.Error as error:
            raise Failure(f"{file}:{rows.line_num}: {error}") from error


def _json_lines(file: Path, column: str | None) -> Iterator[Any]:
    names: dict[str, None] = {}
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise Failure(f"{file}:{number}: not JSON: {error}") from error
        if not isinstance(record, dict):
            raise Failure(f"{file}:{number}: not a JSON object, which a row is")
        names.update(dict.fromkeys(record))
        if (name := column or _COLUMN) in record:
            yield record[name]
    _place(file, column, list(names))


def _parquet(file: Path, column: str | None) -> Iterator[Any]:
    from pyarrow import parquet  # noqa: PLC0415 -- an extra

    with parquet.ParquetFile(file) as table:
        names = table.schema_arrow.names
        place = _place(file, column, names)
        for batch in table.iter_batches(columns=[names[place]]):
            yield from batch.column(0).to_pylist()


def _place(file: Path, column: str | None, names: list[str]) -> int:
    there = ", ".join(names) or "none"
    if column is None and _COLUMN not in names:
        raise click.UsageError(f"--column is needed; the columns of {file.name} are {there}")
    column = column or _COLUMN
    if column not in names:
        raise click.BadParameter(
            f"{file.name} has no column {column!r}; it has {there}", param_hint="--column"
        )
    return names.index(column)
