"""What is text, and what stands for a field of it: decided here for all that takes a column."""

from __future__ import annotations

from collections.abc import Iterable

from tagnorm.missing import is_missing

__all__ = ["BETWEEN_ITEMS", "field_of", "is_missing", "texts_of", "wrong_type"]

# What stands between the items of a list when they are one field: it always parts two tags.
BETWEEN_ITEMS = "; "


def field_of(value: object) -> object:
    """A list of texts as the field that it stands for; anything else as it is.

    >>> field_of(["PREL", None, "PGVO"]), field_of([]), field_of("PREL"), field_of([1])
    ('PREL; PGVO', '', 'PREL', [1])
    """
    items = value
    if len(getattr(value, "shape", ())) == 1:  # an array, as pandas reads lists from files
        listed = getattr(value, "tolist", None) or getattr(value, "to_list", None)
        items = value if listed is None else listed()
    if not isinstance(items, list | tuple):
        return value
    known = [item for item in items if isinstance(item, str) or not is_missing(item)]
    return BETWEEN_ITEMS.join(known) if all(isinstance(item, str) for item in known) else value


def texts_of(values: Iterable[object]) -> list[str | None]:
    """The values of a column as text or None; a list of texts is one field.

    >>> texts_of(["PREL", float("nan"), ""])
    ['PREL', None, '']

    Raises:
        TypeError: a value is neither text nor missing; the error names its row and type.
    """
    found: list[str | None] = []
    for row, one in enumerate(values):
        value = one if isinstance(one, str) else field_of(one)
        if isinstance(value, str):
            found.append(value)
        elif is_missing(value):
            found.append(None)
        else:
            raise wrong_type(row, value)
    return found


def wrong_type(row: int, value: object) -> TypeError:
    """The error for a value that is neither text nor missing; rows count from 0."""
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return TypeError(
        f"expected text, but row {row} (counted from 0) holds {shown}, a value of type "
        f"{type(value).__name__}; make the column text, or that value missing"
    )
