"""The names of a file's columns, and what to say if the wanted ones are not among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal
from unicodedata import category, normalize

from tagnorm.arguments import argument
from tagnorm.errors import FormatError

__all__ = ["MOST_TITLES", "check_columns"]

# So many rows of titles may stand above a header, where a column is looked for below it.
MOST_TITLES = 50

_MOST_NAMED = 20
_LONGEST = 60
# What a file of JSON begins with.
_JSON = {"{": "jsonl", "[": "json"}


def check_columns(
    file: str,
    names: Sequence[str],
    wanted: Sequence[str],
    *,
    has_cells: bool = False,
    option: Literal["column", "columns"] = "column",
    elsewhere: Callable[[str], str] | None = None,
) -> None:
    """See to it that a file has the columns that are wanted, each once.

    In one that has cells it may be what parts them that was not found, or they are none. The
    columns were wanted by an option, which takes one or several. `elsewhere` says where else in the
    file a column may be, as a reader does.

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
        alike = list(dict.fromkeys(name for name in names if _plain(name) == _plain(one)))
        if alike:
            meant = _meant(one, alike, option)
            raise FormatError(f"{file}: has no column {one!r}, but {meant}")
        some = ", ".join(_shown(name)[1:-1] or "''" for name in names[:_MOST_NAMED])
        more = ", ..." if len(names) > _MOST_NAMED else ""
        hint = ""
        form = _JSON.get(names[0].strip()[:1]) if names else None
        if elsewhere is not None and (place := elsewhere(one)):
            hint = f"; {place}"
        elif has_cells and form:
            hint = f"; if this is JSON, say so with {argument('from_format', form)}"
        elif has_cells and len(names) == 1:
            by = argument("delimiter")
            hint = f"; if its cells are parted by something else, say by what with {by}"
        name_one = f"name one of its columns with {argument(option)}"
        there = name_one if some else "its columns are"
        raise FormatError(f"{file}: has no column {one!r}; {there}: {some or 'none'}{more}{hint}")
    twice = [one for one in wanted if list(names).count(one) > 1]
    if twice:
        raise FormatError(f"{file}: has several columns {twice[0]!r}; rename all but one")


def _meant(one: str, alike: Sequence[str], option: str) -> str:
    """The columns that may be meant by one that is not there, and how to say so."""
    look_same = [normalize("NFC", name) == normalize("NFC", one) for name in alike]
    shown = [
        _escaped(name) if looks_same else _shown(name)
        for name, looks_same in zip(alike, look_same, strict=True)
    ]
    if len(alike) > 1:
        several = " and ".join(shown[:_MOST_NAMED])
        return f"{several}; name the one that is meant with {argument(option)}"
    other = " (other characters that look the same)" if look_same[0] else ""
    name = _cut(alike[0])
    so = argument(option, [name] if option == "columns" else name)
    return f"one {shown[0]}{other}; name it so: {so}"


def _plain(name: str) -> str:
    """A name by what a person sees of it: marks of bytes and other invisible ones are left out."""
    seen = "".join(letter for letter in name if category(letter) != "Cf")
    return " ".join(normalize("NFC", seen).split()).casefold()


def _escaped(name: str) -> str:
    return ascii(_cut(name))


def _shown(name: str) -> str:
    return repr(_cut(name))


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 3] + "..."
