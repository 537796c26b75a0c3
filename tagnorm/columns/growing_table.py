"""An Arrow table with a row for each text that was looked up, which grows as new texts come.

A column comes in blocks, and most words of a block stood in those before it. Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from threading import Lock
from typing import Any, Generic, Protocol, Self, TypeVar

import pyarrow as pa

from tagnorm.columns.arrays import lists_of, numbers

__all__ = ["GrowingTable", "numbered"]

# A table is emptied when it holds more texts than this, or texts of more letters in all.
_TEXTS, _LETTERS = 1 << 16, 1 << 22


class _Table(Protocol):
    """Arrow arrays of equal length, in which tags stand as numbers."""

    def grown(self, known: Sequence[Any], number_of: Mapping[str, int]) -> Self:
        """The table with more rows; all tags are numbered, the new ones last."""


_Rows = TypeVar("_Rows", bound=_Table)
_Known = TypeVar("_Known", bound=Hashable)


class GrowingTable(Generic[_Rows, _Known]):
    """A table that grows as texts are looked up; threads may share it.

    Args:
        empty: the table without a row.
        tags_of: gives the tags, and other texts, of a row that need numbers.
    """

    def __init__(self, empty: _Rows, tags_of: Callable[[_Known], Iterable[str]]) -> None:
        self._empty = empty
        self._tags_of = tags_of
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._letters = 0
        self._table = self._empty
        self._places: dict[Hashable, int] = {}
        self._numbers: dict[str, int] = {}

    def look_up(
        self,
        raws: Sequence[str],
        read: Callable[[Sequence[str]], Sequence[_Known]],
        more: Sequence[_Known] = (),
    ) -> tuple[_Rows, pa.Int32Array]:
        """A table that has some texts, and the row of each of these.

        Args:
            raws: the texts.
            read: gives what is to be known of texts that the table does not have yet.
            more: what is known of other texts already; their rows are given behind the others.
        """
        with self._lock:
            places = self._places
            if not all(map(places.__contains__, raws)):
                fresh = [raw for raw in dict.fromkeys(raws) if raw not in places]
                self._add(fresh, read(fresh))
                self._letters += sum(map(len, fresh))
            if new := [one for one in dict.fromkeys(more) if one not in places]:
                self._add(new, new)
            rows = numbers(map(places.__getitem__, chain(raws, more)))
            table = self._table
            if len(places) > _TEXTS or self._letters > _LETTERS:
                self._forget()
        return table, rows

    def _add(self, keys: Sequence[Hashable], known: Sequence[_Known]) -> None:
        number_of = self._numbers
        for one in known:
            for tag in self._tags_of(one):
                number_of.setdefault(tag, len(number_of))
        self._table = self._table.grown(known, number_of)
        first = len(self._places)
        self._places.update(zip(keys, range(first, first + len(keys)), strict=True))


def numbered(lists: Sequence[Sequence[str]], number_of: Mapping[str, int]) -> pa.ListArray:
    """Lists of tags as lists of their numbers.

    >>> numbered([["PREL", "PGOV"], [], ["PREL"]], {"PREL": 0, "PGOV": 1}).to_pylist()
    [[0, 1], [], [0]]
    """
    return lists_of(numbers([number_of[tag] for tags in lists for tag in tags]), map(len, lists))
