"""Delimited text cut into records and raw cells: every character of the text is in one of them.

The rule: a quote opens a quoted cell where a cell begins and where the quote that closes it stands
at the cell's end; inside, a doubled quote is one. Any other quote is a letter, so a lone one at the
begin of a cell swallows nothing. CR, LF and CRLF end a record.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tagnorm.files.dialects import Dialect

__all__ = ["Record", "records"]


class Record(NamedTuple):
    """A row as it stands: its first line's number, its raw cells, and its line end.

    In a record that is not `closed` the text ended inside of quotes; the rest is its last cell. Of
    a line too long to be read each part is a `piece`, 1 for the first and 2 for the others.
    """

    line: int
    cells: list[str]
    end: str
    closed: bool = True
    quoted: bool = False
    piece: int = 0


def records(  # noqa: PLR0915 -- one state machine
    lines: Iterable[str], dialect: Dialect, line: int = 1
) -> Iterator[Record]:
    """The records of lines that keep their ends; the first line has this number.

    >>> [r.cells for r in records(['1,"PREL\\n', 'PGOV",x\\n'], Dialect(","))]
    [['1', '"PREL\\nPGOV"', 'x']]
    """
    delimiter, quote = dialect.delimiter, dialect.quote
    d, q = re.escape(delimiter), re.escape(quote)
    plain = re.compile(f"[^{d}\r\n]*+")
    to_quote = re.compile(f"(?:[^{q}]++|{q}{q})*+{q}" if quote else "")
    ends = (delimiter, "\r", "\n", "")
    stream, again = iter(lines), deque[str]()

    def following() -> str | None:
        return again.popleft() if again else next(stream, None)

    while (text := following()) is not None:
        start = line
        line += 1
        if not quote or quote not in text:
            body = text.rstrip("\r\n")
            yield Record(start, body.split(delimiter), text[len(body) :])
            continue
        cells: list[str] = []
        at, closed = 0, True
        while True:
            if text[at : at + 1] != quote:
                end = _end(plain, text, at)
            else:
                match = to_quote.match(text, at + 1)
                held: list[str] = []
                while match is None:
                    more = following()
                    if more is None:
                        break
                    held.append(more)
                    match = to_quote.match(more) if quote in more else None
                if match is None:
                    cells.append(text[at:] + "".join(held))
                    line += len(held)
                    text, at, closed = "", 0, False
                    break
                last, end = (held[-1] if held else text), match.end()
                if last[end : end + 1] not in ends:  # the quote is a letter
                    again.extendleft(reversed(held))
                    end = _end(plain, text, at)
                elif held:
                    cells.append(text[at:] + "".join(held[:-1]) + last[:end])
                    line += len(held)
                    text, at = last, end
                    if text[at : at + 1] != delimiter:
                        break
                    at += 1
                    continue
            cells.append(text[at:end])
            at = end
            if text[at : at + 1] != delimiter:
                break
            at += 1
        yield Record(start, cells, text[at:], closed, True)


def _end(cell: re.Pattern[str], text: str, at: int) -> int:
    match = cell.match(text, at)
    return at if match is None else match.end()
