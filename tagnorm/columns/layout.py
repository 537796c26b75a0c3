r"""How the tags of a row are handed back: as a list, or as one text with something between them.

What is unresolved may hold the separator itself. It is escaped by a backslash there, and so is a
backslash, so that the tags can be told apart again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import attrs

__all__ = ["Layout", "Lists", "join_cell"]

Lists = Literal["arrow", "object"]


def _checked_separator(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        kind = type(value).__name__
        raise TypeError(f"separator is {value!r:.60}, of type {kind}; it takes a text, or None")
    if value in ("", "\\"):
        raise ValueError(f"separator is {value!r}; it takes a text that can be told from a tag")
    return value


def _checked_lists(value: Any) -> Lists:
    if value == "arrow":
        return "arrow"
    if value == "object":
        return "object"
    raise ValueError(f"lists is {value!r:.60}; it takes 'arrow' or 'object'")


@attrs.frozen
class Layout:
    """The layout of tags.

    * `separator` -- None: a row has a list of tags; else one text with this between them;
    * `lists` -- what lists are in pandas: `arrow` is the dtype `list<string>[pyarrow]`, `object`
      Python lists in a column of objects, which any version of pandas reads back from a file.

    >>> Layout(separator=3)
    Traceback (most recent call last):
    TypeError: separator is 3, of type int; it takes a text, or None

    Raises:
        TypeError, ValueError: one has a value that it does not take.
    """

    separator: str | None = attrs.field(default=None, converter=_checked_separator)
    lists: Lists = attrs.field(default="arrow", converter=_checked_lists)


def join_cell(tags: Iterable[str], separator: str) -> str:
    r"""Tags as one text, from which they can be told apart again.

    >>> print(join_cell(["PREL", "PGOV"], ";"), join_cell(["A;B", "PREL"], ";"))
    PREL;PGOV A\;B;PREL
    """
    tags = list(tags)
    if any(separator in tag or "\\" in tag for tag in tags):
        tags = [tag.replace("\\", "\\\\").replace(separator, f"\\{separator}") for tag in tags]
    return separator.join(tags)
