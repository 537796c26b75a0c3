"""What is missing and what is text: decided here for every backend."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["is_missing", "texts_of", "wrong_type"]


def is_missing(value: object) -> bool:
    """Whether a value of a column says that there is none: None, NaN, NA or NaT.

    The rule: None; what is not equal to itself (NaN of any library, NaT); and `pandas.NA`, which
    will not say. An empty string is not missing: it is a text that holds no tag.

    >>> [is_missing(value) for value in (None, float("nan"), "", "nan", 0)]
    [True, True, False, False, False]
    """
    if value is None:
        return True
    if isinstance(value, str):
        return False
    if type(value).__name__ == "NAType":
        return True
    # An array is compared letter by letter, as it were, and does not say one yes or no.
    return not getattr(value, "shape", ()) and bool(value != value)  # noqa: PLR0124


def texts_of(values: Iterable[object]) -> list[str | None]:
    """The values of a column as text or None.

    >>> texts_of(["PREL", float("nan"), ""])
    ['PREL', None, '']

    Raises:
        TypeError: a value is neither text nor missing; the error names its row and type.
    """
    found: list[str | None] = []
    for row, value in enumerate(values):
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
