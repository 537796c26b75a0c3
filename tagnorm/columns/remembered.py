"""A bounded memory of answers for surfaces that hand a column over in small batches.

A database brings two thousand rows at a time, and many of the same texts in the next batch: to take
an answer from the memory costs a fraction of putting it together again. Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, numbers

__all__ = ["Remembered"]

# It is emptied when it holds more texts than this, or texts of more letters in all.
_TEXTS, _LETTERS = 1 << 17, 1 << 24
# A batch of more texts is answered at once, and not remembered.
_BATCH = 1 << 14
# New answers are put with the others once there are more than this.
_APART = 1 << 12


class Remembered:
    """Answers distinct texts, and remembers the answers. Threads may share it.

    Args:
        to: the type of the answers.
        answer: what answers an array of distinct texts without nulls.

    >>> asked = []
    >>> def shout(texts):
    ...     asked.extend(texts.to_pylist())
    ...     return pc.utf8_upper(texts)
    >>> answer = Remembered(pa.string(), shout)
    >>> [answer(pa.array(batch)).to_pylist() for batch in (["prel", "pgov"], ["econ", "prel"])]
    [['PREL', 'PGOV'], ['ECON', 'PREL']]
    >>> asked
    ['prel', 'pgov', 'econ']
    """

    def __init__(self, to: pa.DataType, answer: Callable[[pa.Array], pa.Array]) -> None:
        self._to = to
        self._answer = answer
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._letters = 0
        self._rows: dict[str, int] = {}
        # The answers by row, in two parts: the older ones, and those that came last.
        self._most = self._last = pa.array([], self._to)

    def __call__(self, texts: pa.Array) -> pa.Array:
        """The answers, in the order of the texts.

        Raises:
            Exception: whatever the answering raises; nothing of this batch is remembered then.
        """
        if len(texts) > _BATCH:
            return self._answer(texts)
        raws = texts.to_pylist()
        with self._lock:
            rows = self._rows
            if not all(map(rows.__contains__, raws)):
                self._add(texts, raws, [at for at, raw in enumerate(raws) if raw not in rows])
            places = numbers(map(rows.__getitem__, raws))
            most, last = self._most, self._last
            if len(self._rows) > _TEXTS or self._letters > _LETTERS:
                self._forget()
        return _taken(most, last, places)

    def _add(self, texts: pa.Array, raws: list[str], fresh: list[int]) -> None:
        found = self._answer(texts if len(fresh) == len(texts) else texts.take(numbers(fresh)))
        self._last = pa.concat_arrays([self._last, found])
        for at in fresh:
            self._rows[raws[at]] = len(self._rows)
            self._letters += len(raws[at])
        if len(self._last) > max(_APART, len(self._most) // 4):
            self._most = pa.concat_arrays([self._most, self._last])
            self._last = self._last.slice(0, 0)


def _taken(most: pa.Array, last: pa.Array, places: pa.Array) -> pa.Array:
    """What stands at some indices of two arrays, the second one put behind the first."""
    if not len(last):
        return most.take(places)
    if not len(most):
        return last.take(places)
    first = constant(len(most))
    is_first = pc.less(places, first)
    is_second = pc.invert(is_first)
    ones = places.filter(is_first)
    others = pc.subtract(places.filter(is_second).cast(pa.int64()), first)
    both = pa.concat_arrays([most.take(ones), last.take(others)])
    count = pc.cumulative_sum(is_first.cast(pa.int64()))
    count_of_others = pc.cumulative_sum(is_second.cast(pa.int64()))
    behind = pc.add(count_of_others, constant(len(ones)))
    return both.take(pc.subtract(pc.if_else(is_first, count, behind), constant(1)))
