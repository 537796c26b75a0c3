"""The cells of a column: which are text, which a field of several, and which are missing.

It is decided here for everything that takes a column, or several strings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from numbers import Integral
from typing import Any

__all__ = [
    "BETWEEN_ITEMS",
    "counted",
    "field_of",
    "is_missing",
    "kept_words",
    "no_string",
    "refuse_one",
    "several",
    "texts_of",
    "wrong_type",
]

# What stands between the items of a list when they are one field: it always parts two tags.
BETWEEN_ITEMS = "; "


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
    # To compare an array gives an array, and no yes or no.
    return not getattr(value, "shape", ()) and bool(value != value)  # noqa: PLR0124


def field_of(value: object) -> object:
    """A list of texts as the field that it stands for; anything else as it is.

    What is missing in a list, or empty, is no item of the field.

    >>> field_of(["PREL", None, "PGVO", ""]), field_of([]), field_of("PREL"), field_of([1])
    ('PREL; PGVO', '', 'PREL', [1])
    """
    items = value
    if len(getattr(value, "shape", ())) == 1:  # an array, as pandas reads lists from files
        listed = getattr(value, "tolist", None) or getattr(value, "to_list", None)
        items = value if listed is None else listed()
    if not isinstance(items, list | tuple):
        return value
    known = [item for item in items if isinstance(item, str) or not is_missing(item)]
    if not all(isinstance(item, str) for item in known):
        return value
    return BETWEEN_ITEMS.join(filter(None, known))


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


def refuse_one(what: str, given: object) -> None:
    """See to it that what is to be several strings is not one, which has letters as several, nor
    anything else that cannot be gone through.

    >>> refuse_one("texts", None)
    Traceback (most recent call last):
    TypeError: texts is None; it takes several strings, such as a list

    Raises:
        TypeError: it is.
    """
    if isinstance(given, str | bytes):
        shown = f"{given!r:.60}"
        raise TypeError(f"{what} is one string, {shown}, where several are expected: [{shown}]")
    if not isinstance(given, Iterable):
        raise TypeError(f"{what} is {given!r:.60}; it takes several strings, such as a list")


def several(what: str, given: Any) -> tuple[str, ...]:
    """Words that were given for an option which takes several of them.

    >>> several("keep", "PGVO")
    Traceback (most recent call last):
    TypeError: keep is one string, 'PGVO', where several are expected: ['PGVO']

    Raises:
        TypeError: it is one string, or holds something else than strings.
    """
    refuse_one(what, given)
    words = tuple(given)
    for word in words:
        if not isinstance(word, str):
            kind = type(word).__name__
            raise TypeError(f"{what} holds {word!r:.60}, of type {kind}; it takes strings")
    return words


def kept_words(given: Any) -> tuple[str, ...]:
    """The words of the option `keep`.

    >>> kept_words(["PGVO", ""])
    Traceback (most recent call last):
    ValueError: keep holds '', in which there is no word; leave it out

    Raises:
        TypeError: as `several`.
        ValueError: one of them is blank, which keeps nothing.
    """
    words = several("keep", given)
    for word in words:
        if not word.strip():
            raise ValueError(f"keep holds {word!r:.60}, in which there is no word; leave it out")
    return words


def counted(column: Iterable[object] | Mapping[str, int]) -> tuple[dict[str, int], int]:
    """The distinct texts of a column and the rows that each stands in; and how many rows lack one.

    Args:
        column: a column of any library, or any values one by one; or a mapping of the distinct
            texts to the number of rows.

    >>> counted(["PREL", None, "PREL", float("nan"), ["PREL", "PGOV"]])
    ({'PREL': 2, 'PREL; PGOV': 1}, 2)

    Raises:
        TypeError: it is a single text or a table, or a row holds something else than text.
    """
    if isinstance(column, str | bytes) or not isinstance(column, Iterable):
        raise TypeError(
            f"a column of texts was expected, got {type(column).__name__}; pass the texts in a "
            "list, or those of a file as tagnorm.files.read_column(path).counts"
        )
    if len(getattr(column, "shape", ())) > 1:
        raise TypeError(f"one column of texts was expected, got a whole {type(column).__name__}")
    if isinstance(column, Mapping):
        return dict(_checked(column)), 0
    rows = Counter(texts_of(_plain(column)))
    missing = rows.pop(None, 0)
    return {text: count for text, count in rows.items() if text is not None}, missing


def _checked(counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The texts of a mapping that stand in a row at all."""
    for text, count in counts.items():
        if not isinstance(text, str) or not isinstance(count, Integral):
            raise TypeError(
                f"a mapping of texts to the number of their rows was expected, but {text!r:.60} "
                f"has {count!r:.60}"
            )
        if count > 0:
            yield text, int(count)


def _plain(column: Any) -> Any:
    """The values of a column of Arrow as Python has them."""
    return column.to_pylist() if hasattr(column, "to_pylist") else column


def no_string(value: object, for_many: str = "") -> TypeError:
    """The error for what was given in the place of one string.

    >>> print(no_string(b"PREL"))
    expected a string, got bytes: b'PREL'; decode it first

    Args:
        value: what was given.
        for_many: what to call for many strings, or for missing ones, if there is such a thing.
    """
    remedy = ""
    if isinstance(value, bytes | bytearray):
        remedy = "; decode it first"
    elif for_many and is_missing(value):
        remedy = f"; {for_many} passes over what is missing"
    elif for_many and isinstance(value, Iterable):
        remedy = f"; for many strings there is {for_many}"
    return TypeError(f"expected a string, got {type(value).__name__}: {value!r:.80}{remedy}")


def wrong_type(row: int, value: object) -> TypeError:
    """The error for a value that is neither text nor missing; rows count from 0."""
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return TypeError(
        f"expected text, but row {row} (counted from 0) holds {shown}, a value of type "
        f"{type(value).__name__}; make the column text, or that value missing"
    )
