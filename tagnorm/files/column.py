"""A column of any file that can be read: its distinct texts, and in how many rows each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from tagnorm.arguments import checked_names
from tagnorm.errors import FormatError
from tagnorm.files.bad_rows import BadRow, BadRows, OnError, check_on_error
from tagnorm.files.formats import Format
from tagnorm.files.inputs import Input
from tagnorm.files.interface import Known, Reader
from tagnorm.files.names import check_columns
from tagnorm.files.registry import kind_named
from tagnorm.paths import check_path

__all__ = ["Column", "read_column"]

_COLUMN = "tags"


@attrs.frozen
class Column:
    """What stands in a column of a file.

    * `name` -- of the column; empty where the file is plain lines;
    * `about` -- how the file was read;
    * `counts` -- the distinct texts, in the order in which they come up, with their rows;
    * `firsts` -- the number of the first row in which each stands, from 1;
    * `rows` -- of the file; in `empty` of them there is nothing;
    * `bad_row_count`, `bad_rows` -- as in the report of `clean_file`.
    """

    name: str
    about: str
    counts: Mapping[str, int]
    firsts: Mapping[str, int]
    rows: int
    empty: int
    bad_row_count: int = 0
    bad_rows: Sequence[BadRow] = ()


@checked_names
def read_column(
    source: str | Path,
    column: str | None = None,
    *,
    from_format: str | None = None,
    delimiter: str | None = None,
    quote: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    on_error: OnError = "stop",
) -> Column:
    r"""The distinct texts of a column of a file, read as `clean_file` reads it.

    Missing values and empty texts are only counted; a list is one text, with `; ` between its
    items. Of the rows only the distinct texts are kept.

    >>> import tempfile
    >>> raw = Path(tempfile.mkdtemp()) / "raw.csv"
    >>> size = raw.write_text("id,tags\n007,PREL\n008,\n009,PREL\n")
    >>> found = read_column(raw)
    >>> dict(found.counts), dict(found.firsts), found.rows, found.empty
    ({'PREL': 2}, {'PREL': 1}, 3, 1)

    Args:
        column: its name, or a path of names in JSON (`meta.tags`). Without one it is `tags`; a file
            that has no such column and no name of a format is read as plain lines.
        from_format, delimiter, quote, encoding, sheet, on_error: as for `clean_file`.

    Raises:
        FormatError: the file has no such column, or an option does not fit it.
        NoInputError: it cannot be opened.
        BadDataError: it cannot be read, or a row is bad; the message names the line.
        ValueError: an option has a value that it does not take.
        TypeError: it is of another type, or there is no such option.
    """
    check_path("source", source, "for a column in memory there is tagnorm.split_column")
    if column is not None and not isinstance(column, str):
        raise TypeError(f"column is {column!r:.60}; it takes the name of one column, or None")
    check_on_error(on_error)
    name = _COLUMN if column is None else column
    known = Known((name,), delimiter, quote, encoding, sheet)
    form = Format.named(from_format) if from_format else None
    with Input(source, form) as opened:
        bad_rows = BadRows(opened.name, on_error)
        reader = _reader(opened, known, bad_rows, is_free=column is None and form is None)
        kind = opened.format.kind
        if reader.names or not kind.is_text:  # JSON shows its names row by row, and lines have none
            has_cells = kind.family == "cells"
            check_columns(
                opened.name,
                reader.names,
                [name],
                has_cells=has_cells,
                elsewhere=reader.elsewhere,
            )
        counted = _Counted()
        for texts in reader.texts(name):
            counted.add(texts)
        return Column(
            name if kind.name != "lines" else "",
            reader.about,
            counted.counts,
            counted.firsts,
            counted.rows,
            counted.empty,
            bad_rows.count,
            tuple(bad_rows.listed),
        )


class _Counted:
    """The distinct texts of a column so far, the first row of each, and the rows."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.firsts: dict[str, int] = {}
        self.rows = self.empty = 0

    def add(self, texts: Sequence[str | None]) -> None:
        """Count some rows more."""
        fresh = set(texts).difference(self.counts, (None, ""))
        if fresh:
            for number, text in enumerate(texts, start=self.rows + 1):
                if text in fresh:
                    self.firsts.setdefault(text, number)  # type: ignore[arg-type]  # it is no None
        self.rows += len(texts)
        self.counts.update(texts)  # type: ignore[arg-type]  # what is missing is taken out again
        for nothing in (None, ""):
            self.empty += self.counts.pop(nothing, 0)  # type: ignore[arg-type]


def _reader(source: Input, known: Known, bad_rows: BadRows, *, is_free: bool) -> Reader:
    """The reader of an open file; of plain lines where nothing says that it has columns."""
    kind = source.format.kind
    named = Format.of_file(source.name)
    loose = kind.family == "cells" and (named is None or source.name.lower().endswith(".txt"))
    if not is_free or not loose:
        return kind.open_reader(source, known, bad_rows)
    source.keep()
    try:
        reader = kind.open_reader(source, known, bad_rows)
        if known.columns[0] in reader.names:
            return reader
    except FormatError:
        pass
    source.rewind()
    kind = kind_named("lines")
    source.format = Format(kind, source.format.packing)
    # What parts cells says nothing of lines.
    return kind.open_reader(source, attrs.evolve(known, delimiter=None, quote=None), bad_rows)
