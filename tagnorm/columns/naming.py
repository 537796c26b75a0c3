"""The columns of a table by name: the one to read, and those that the answers go to."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

__all__ = ["ANSWER_NAMES", "answer_names", "check_column", "check_name"]

ANSWER_NAMES = ("tags", "status", "confidence", "unresolved")
_SHOWN = 20


def check_column(name: Hashable, names: Sequence[object]) -> None:
    """Check that a table has one column of a name.

    >>> check_column("tag", ["id", "tags"])
    Traceback (most recent call last):
    ValueError: there is no column 'tag'; there are 'id', 'tags'

    Raises:
        ValueError: it has none or several, or the name is a list.
        TypeError: what was given can be no name, such as the column itself.
    """
    if isinstance(name, list):
        raise ValueError(f"{name!r} are several columns; name one, and call it once for each")
    check_name("column", name)
    count = list(names).count(name)
    if count != 1:
        some = ", ".join(map(repr, names[:_SHOWN])) + (", ..." if len(names) > _SHOWN else "")
        what = "is no column" if not count else f"are {count} columns"
        raise ValueError(f"there {what} {name!r}; there are {some or 'none'}")


def check_name(what: str, name: object) -> None:
    """Check that something can be the name of a column.

    >>> check_name("output", ["tags"])
    Traceback (most recent call last):
    TypeError: output is of type list; it takes the name of a column

    Raises:
        TypeError: it cannot.
    """
    if not isinstance(name, Hashable):
        raise TypeError(f"{what} is of type {type(name).__name__}; it takes the name of a column")


def answer_names(start: Hashable, names: Sequence[object]) -> dict[str, Any]:
    """The names of the columns of an answer, by what they hold.

    If the name has several levels, as a tuple, the ends are added to the last level.

    >>> answer_names("raw", ["id"])["status"]
    'raw_status'

    Raises:
        ValueError: the table has a column of such a name already.
        TypeError: what was given can be no name.
    """
    check_name("output", start)
    *levels, last = start if isinstance(start, tuple) else (start,)
    ends = {name: f"{last}_{name}" for name in ANSWER_NAMES}
    found = {name: (*levels, end) if levels else end for name, end in ends.items()}
    taken = [new for new in found.values() if new in names]
    if taken:
        raise ValueError(f"there is a column {taken[0]!r} already; pass another output=")
    return found
