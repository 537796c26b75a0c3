"""How the rows of a delimited file are written: what parts the cells and what quotes them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from tagnorm.errors import FormatError

__all__ = ["FORMULA", "NUMBER", "Dialect", "check_mark", "detect_dialect", "harmless"]

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_ROWS = 200
# What spreadsheets run begins so, in wide letters too, and white space does not keep them from it;
# a number is a number.
FORMULA = r"[ \t\r\n]*[=+@＝＋－＠-]|[\t\r]"  # noqa: RUF001 -- the wide signs are meant
NUMBER = r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?%?"
_RUNS, _NUMBER = re.compile(FORMULA), re.compile(NUMBER)


@attrs.frozen(slots=False)
class Dialect:
    """A delimiter and a quote, which is empty where nothing is quoted.

    >>> Dialect(",").cell('a "b", c'), Dialect(",").value('"a ""b"", c"')
    ('"a ""b"", c"', 'a "b", c')
    """

    delimiter: str
    quote: str = '"'

    @cached_property
    def _special(self) -> re.Pattern[str]:
        return re.compile(f"[{re.escape(self.delimiter + self.quote)}\r\n]")

    def value(self, raw: str) -> str:
        """What a cell says, without its quotes."""
        quote = self.quote
        if not quote or not raw.startswith(quote):
            return raw
        # A quote that nothing closes, or with text behind the closing one, is a letter.
        if self._quoted.fullmatch(raw) is None:
            return raw
        return raw[1:-1].replace(quote * 2, quote)

    @cached_property
    def _quoted(self) -> re.Pattern[str]:
        q = re.escape(self.quote)
        return re.compile(f"{q}(?:[^{q}]++|{q}{q})*+{q}")

    def cell(self, value: str, *, quoted: bool = False) -> str:
        """A value as a cell, quoted if it has to be.

        Raises:
            FormatError: it has to be, but this dialect has no quotes.
        """
        if not quoted and not self._special.search(value):
            return value
        if not self.quote:
            shown = repr(value if len(value) <= 60 else value[:57] + "...")
            raise FormatError(f"{shown} cannot be a cell of a file without quotes")
        return f"{self.quote}{value.replace(self.quote, self.quote * 2)}{self.quote}"


def harmless(value: str) -> str:
    """A value that a spreadsheet takes for text, whatever it begins with.

    >>> harmless("=1+1"), harmless("-5"), harmless("PREL")
    ("'=1+1", '-5', 'PREL')
    """
    return f"'{value}" if _RUNS.match(value) and not _NUMBER.fullmatch(value) else value


def check_mark(name: str, mark: str) -> str:
    r"""A delimiter or a quote as an option gives it; `\t` and `tab` are the tabulator.

    Raises:
        FormatError: it is not one character that can part cells.
    """
    mark = {"\\t": "\t", "tab": "\t", "none": ""}.get(mark, mark)
    empty = name == "quote" and not mark
    if not empty and (len(mark) != 1 or mark in "\r\n\0" or "\ud800" <= mark <= "\udfff"):
        raise FormatError(f"{mark!r} cannot be a {name}; it takes one character")
    return mark


def detect_dialect(
    sample: str, wanted: Sequence[str], *, delimiter: str | None, quote: str | None
) -> Dialect:
    """The dialect of a delimited text that begins with this sample.

    The rule: the one whose header has the wanted columns; of several, the one by which most rows
    have as many cells as the header; of several, comma before tab, semicolon and bar. What is given
    is not guessed. Single quotes are found only where the header is quoted by them.

    >>> detect_dialect("id;tags\\n1;PREL, PGOV\\n", ["tags"], delimiter=None, quote=None)
    Dialect(delimiter=';', quote='"')

    Raises:
        FormatError: the delimiter and the quote that were given are the same.
    """
    best, best_score = None, (-1, -1.0)
    for mark in ('"', "'") if quote is None else (quote,):
        for parting in _DELIMITERS if delimiter is None else (delimiter,):
            if parting == mark:
                continue
            rows = list(_rows(sample, parting, mark))
            header = rows[0] if rows else []
            alike = sum(len(row) == len(header) for row in rows) / max(len(rows), 1)
            # Without the wanted columns all is guesswork; more cells are then the better sign.
            named = sum(name in header for name in wanted)
            score = (named, round(alike, 2) if named else alike * len(header))
            if score > best_score:
                best, best_score = Dialect(parting, mark), score
    if best is None:
        raise FormatError(f"the delimiter and the quote are both {delimiter!r}; they must differ")
    return best


def _rows(sample: str, delimiter: str, quote: str) -> Iterable[list[str]]:
    """The first rows, but for the last, which the end of the sample may have cut off."""
    reader = csv.reader(
        io.StringIO(sample, newline=""),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    held: list[str] | None = None
    count = 0
    try:
        for row in reader:
            if not row:
                continue
            if held is not None:
                yield held
                count += 1
            held = row
            if count == _SAMPLE_ROWS:
                return
    except csv.Error:  # a very long cell; what came before will do
        pass
    if held is not None and count == 0:
        yield held
