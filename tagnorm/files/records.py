"""Delimited text cut into records and raw cells: every character of the text is in one of them.

The state machine is that of PyArrow and of Python's `csv`: a quote counts only where a cell begins;
inside quotes a doubled quote is one; what follows the closing quote belongs to the cell; CR, LF and
CRLF end a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tagnorm.files.dialects import Dialect

__all__ = ["Record", "records"]


class Record(NamedTuple):
    """A row as it stands: its first line's number, its raw cells, and its line end.

    In a record that is not `closed` the text ended inside of quotes; the rest is its last cell.
    """

    line: int
    cells: list[str]
    end: str
    closed: bool = True
    quoted: bool = False


def records(lines: Iterable[str], dialect: Dialect, line: int = 1) -> Iterator[Record]:
    """The records of lines that keep their ends; the first line has this number.

    >>> [r.cells for r in records(['1,"PREL\\n', 'PGOV",x\\n'], Dialect(","))]
    [['1', '"PREL\\nPGOV"', 'x']]
    """
    delimiter, quote = dialect.delimiter, dialect.quote
    d, q = re.escape(delimiter), re.escape(quote)
    tail = f"[^{d}\r\n]*"
    # In turn: a quoted cell, or a plain one; and the rest of a quoted cell on a later line.
    to_quote = f"(?:[^{q}]++|{q}{q})*+{q}{tail}" if quote else tail
    cell = re.compile(f"{q}{to_quote}|(?!{q}){tail}" if quote else tail)
    rest = re.compile(to_quote)
    stream = iter(lines)
    for first in stream:
        text, start = first, line
        line += 1
        if not quote or quote not in text:
            body = text.rstrip("\r\n")
            yield Record(start, body.split(delimiter), text[len(body) :])
            continue
        cells: list[str] = []
        at, closed = 0, True
        while True:
            match = cell.match(text, at)
            if match is not None:
                cells.append(match.group())
                at = match.end()
            else:
                held = [text[at:]]
                for text in stream:
                    line += 1
                    match = rest.match(text) if quote in text else None
                    if match is not None:
                        held.append(match.group())
                        at = match.end()
                        break
                    held.append(text)
                else:
                    closed, text, at = False, "", 0
                cells.append("".join(held))
            if text[at : at + 1] != delimiter:
                break
            at += 1
        yield Record(start, cells, text[at:], closed, True)
