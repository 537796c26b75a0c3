"""Rows that cannot be read as they should: the first of them stops the work, or all are counted."""

from __future__ import annotations

from bisect import insort
from operator import attrgetter
from typing import Any, Literal

import attrs

from tagnorm.arguments import argument
from tagnorm.errors import BadDataError

__all__ = ["BadRow", "BadRows", "OnError", "check_on_error"]

OnError = Literal["stop", "report"]

_MOST_LISTED = 1000
_SHOWN = 500


def check_on_error(on_error: object) -> None:
    """See to it that what is to become of bad rows is one of the two.

    Raises:
        ValueError: it is neither.
    """
    if on_error not in ("stop", "report"):
        raise ValueError(f"on_error is {on_error!r:.60}; it takes 'stop' or 'report'")


@attrs.frozen
class BadRow:
    """A row with the line it begins on, what is wrong with it, and the begin of its text."""

    line: int
    message: str
    raw: str

    def as_dict(self) -> dict[str, Any]:
        """The row as JSON has it."""
        return {"line": self.line, "message": self.message, "raw": self.raw}


class BadRows:
    """The bad rows of a file: how many there are, and the first thousand of them, in order.

    Readers find them a block at a time, one kind after another.
    """

    def __init__(self, name: str, on_error: OnError) -> None:
        self.count = 0
        self.listed: list[BadRow] = []
        self._name = name
        self.on_error = on_error

    def add(self, line: int, message: str, raw: str) -> None:
        """Take note of a row.

        Raises:
            BadDataError: bad rows are not to be reported, but to stop the work.
        """
        if self.on_error == "stop":
            raise BadDataError(
                f"{self._name}:{line}: {message}; mend the row, or pass "
                f"{argument('on_error', 'report')} to carry it through and go on",
                line,
            )
        self.count += 1
        if len(self.listed) < _MOST_LISTED or line < self.listed[-1].line:
            insort(self.listed, BadRow(line, message, raw[:_SHOWN]), key=attrgetter("line"))
            del self.listed[_MOST_LISTED:]
