"""Arrow arrays and scalars of Python values, made without PyArrow's own `array` and `scalar`.

Those load pandas where it is installed, to ask whether the values are a Series, and that takes as
long as to split a hundred thousand words: too long for a command that cleans a small file.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc

__all__ = [
    "LARGEST",
    "constant",
    "decimals",
    "flags",
    "lists_of",
    "may_hold",
    "numbers",
    "offsets",
    "places_with",
    "range_of",
    "taken",
    "texts",
]

LARGEST = (1 << 31) - 1
# So many bytes may be set aside at once.
_AT_ONCE = 1 << 28


def numbers(values: Iterable[int]) -> pa.Int32Array:
    """Numbers of 32 bits, none below 0 or above `LARGEST`.

    >>> numbers([3, 1]).to_pylist()
    [3, 1]
    """
    # Python converts numbers without a sign in a third of the time.
    found = array("I", values)
    return pa.Array.from_buffers(pa.int32(), len(found), [None, pa.py_buffer(found)])


def offsets(sizes: Iterable[int]) -> pa.Int32Array:
    """Where each of some pieces begins, by their sizes, and where the last one ends.

    >>> offsets([2, 0, 1]).to_pylist()
    [0, 2, 2, 3]

    Raises:
        OverflowError: they are too much for one array.
    """
    found = numbers(accumulate(sizes, initial=0))
    if found[-1].as_py() < 0:
        raise OverflowError("more than Arrow puts in one array")
    return found


def decimals(values: Iterable[float]) -> pa.DoubleArray:
    """Floating-point numbers.

    >>> decimals([0.5, 1]).to_pylist()
    [0.5, 1.0]
    """
    found = array("d", values)
    return pa.Array.from_buffers(pa.float64(), len(found), [None, pa.py_buffer(found)])


def range_of(start: int, stop: int) -> pa.Int64Array:
    """The numbers from one to before another, of 64 bits.

    >>> range_of(2, 5).to_pylist()
    [2, 3, 4]
    """
    found = array("q", range(start, stop))
    return pa.Array.from_buffers(pa.int64(), len(found), [None, pa.py_buffer(found)])


def places_with(are_others: pa.BooleanArray, others: int) -> pa.Int64Array:
    """For each value, where it stands if so many others, which replace some of them in order, are
    put behind all; Arrow itself replaces no lists.

    >>> places_with(flags([False, True, False]), 1).to_pylist()
    [0, 3, 2]
    """
    count = len(are_others)
    return pc.replace_with_mask(range_of(0, count), are_others, range_of(count, count + others))


def constant(value: int) -> pa.Int64Scalar:
    """A number for Arrow to compute with.

    >>> constant(7).as_py()
    7
    """
    return range_of(value, value + 1)[0]


def flags(values: Iterable[bool]) -> pa.BooleanArray:
    """Truth values.

    >>> flags([True, False]).to_pylist()
    [True, False]
    """
    return numbers(values).cast(pa.bool_())


def texts(values: Iterable[str]) -> pa.StringArray:
    """Texts.

    >>> texts(["Côte", ""]).to_pylist()
    ['Côte', '']
    """
    encoded = [value.encode() for value in values]
    places = offsets(map(len, encoded)).buffers()[1]
    return pa.StringArray.from_buffers(len(encoded), places, pa.py_buffer(b"".join(encoded)))


def may_hold(values: pa.StringArray, marks: str) -> bool:
    """Whether a text may hold one of some marks; if not, none does. It takes a tenth of the time of
    asking each of them, and may be said for texts that an array shares its letters with.

    >>> may_hold(texts(["PREL", "A;B"]), ";"), may_hold(texts(["PREL"]), ";,")
    (True, False)
    """
    letters = values.buffers()[2]
    held = b"" if letters is None else letters.to_pybytes()
    return any(mark.encode() in held for mark in marks)


def lists_of(values: pa.Array, sizes: Iterable[int]) -> pa.ListArray:
    """Lists of some sizes, of one value after another.

    >>> lists_of(numbers([1, 2, 3]), [2, 0, 1]).to_pylist()
    [[1, 2], [], [3]]
    """
    return pa.ListArray.from_arrays(offsets(sizes), values)


def taken(values: pa.Array, places: pa.Array) -> pa.Array:
    """The values at some places, of texts or lists of any length.

    `take` sets aside their mean length for each place. One long text among a few short ones that
    stand in many rows would be tens of gigabytes, so that much is taken piece by piece.

    >>> taken(texts(["PREL", "PGOV"]), numbers([1, 1, 0])).to_pylist()
    ['PGOV', 'PGOV', 'PREL']
    """
    try:
        held = values.nbytes
    except pa.ArrowTypeError:  # of views in PyArrow 18: for these nothing is set aside
        return values.take(places)
    expected = held * len(places) // max(len(values), 1)
    if expected <= _AT_ONCE:
        return values.take(places)
    size = max(len(places) * _AT_ONCE // expected, 1)
    starts = range(0, len(places), size)
    return pa.concat_arrays([values.take(places.slice(start, size)) for start in starts])
