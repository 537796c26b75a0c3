"""What is missing: decided here for everything that takes a column."""

from __future__ import annotations

__all__ = ["is_missing"]


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
