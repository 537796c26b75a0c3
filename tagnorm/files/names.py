"""The names of a file's columns, and what to say if the wanted ones are not among them."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from tagnorm.errors import FormatError

__all__ = ["check_columns"]

_LISTED = 20
_LONGEST = 60


def check_columns(
    file: str, names: Sequence[str], wanted: Sequence[str], *, has_cells: bool = False
) -> None:
    """See to it that a file has the columns that are wanted, each once.

    In one that has cells it may be what parts them that was not found.

    >>> check_columns("raw.csv", ["id", " TAGS"], ["tags"])
    Traceback (most recent call last):
    tagnorm.errors.FormatError: raw.csv: has no column 'tags', but one ' TAGS'; name it so: ...
    >>> check_columns("raw.csv", ["e\\u0301tat"], ["\\u00e9tat"])
    Traceback (most recent call last):
    tagnorm.errors.FormatError: raw.csv: has no column 'état', but one 'e\\u0301tat' (other ...

    Raises:
        FormatError: it has not.
    """
    for one in wanted:
        if one in names:
            continue
        near = next((name for name in names if _plain(name) == _plain(one)), None)
        if near is not None and normalize("NFC", near) == normalize("NFC", one):
            raise FormatError(
                f"{file}: has no column {one!r}, but one {_escaped(near)} (other characters that "
                f"look the same); name it so: --column $'{_escaped(near)[1:-1]}'"
            )
        if near is not None:
            raise FormatError(
                f"{file}: has no column {one!r}, but one {_shown(near)}; name it so: "
                f"--column {_shown(near)}"
            )
        some = ", ".join(_shown(name)[1:-1] or "''" for name in names[:_LISTED])
        more = ", ..." if len(names) > _LISTED else ""
        hint = ""
        if has_cells and len(names) == 1:
            hint = "; if its cells are parted by something else, say by what with --delimiter"
        there = "name one of its columns with --column NAME" if some else "its columns are"
        raise FormatError(f"{file}: has no column {one!r}; {there}: {some or 'none'}{more}{hint}")
    twice = [one for one in wanted if list(names).count(one) > 1]
    if twice:
        raise FormatError(f"{file}: has several columns {twice[0]!r}; rename all but one")


def _plain(name: str) -> str:
    return " ".join(normalize("NFC", name).split()).casefold()


def _escaped(name: str) -> str:
    return ascii(name if len(name) <= _LONGEST else name[: _LONGEST - 3] + "...")


def _shown(name: str) -> str:
    return repr(name if len(name) <= _LONGEST else name[: _LONGEST - 3] + "...")
