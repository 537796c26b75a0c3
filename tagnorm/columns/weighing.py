"""How sure the answers for distinct fields are, put together by Arrow from what is said of words.

As in `tagnorm.columns.composing`, a word is weighed once, and a field that is nothing but its words
is as sure as all of them together. Only fields that are more come back to Python. Needs PyArrow.
"""

from __future__ import annotations

from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, decimals, lists_of, numbers, range_of, texts
from tagnorm.columns.composing import Cut, cut, strung
from tagnorm.columns.fields import without_views
from tagnorm.engine.memory import Memory
from tagnorm.engine.summaries import Summary
from tagnorm.resolution import worst_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagnorm.normalizer import Normalizer

__all__ = ["Weighed", "weigh"]

_STATUSES = ("canonical", "alias", "misspelled", "concatenated", "mixed", "unresolved")
# The status of an empty word, which is none; and of a field, by those that its words have.
_NO_STATUS = len(_STATUSES)
_STATUS_NAMES = texts(_STATUSES)
_WORST = numbers(
    _STATUSES.index(worst_of({s for at, s in enumerate(_STATUSES) if flags >> at & 1}))
    for flags in range(1 << len(_STATUSES))
)
# A table starts afresh when it has come to hold so many words, or so many letters in all.
_WORDS, _LETTERS = 1 << 16, 1 << 22
# Fields of more words are left to Python.
_LONG = 64
# Tables of one normalizer: one for each value of `min_confidence`.
_TABLES = 4


class Weighed(NamedTuple):
    """What is said of fields: see `tagnorm.engine.summaries.Summary`."""

    tags: pa.ListArray
    status: pa.StringArray
    confidence: pa.DoubleArray
    unresolved: pa.ListArray
    pieces: pa.ListArray
    # The words that are no code or alias as they stand; one may stand there twice.
    inferred: pa.ListArray


def weigh(
    fields: pa.Array,
    normalizer: Normalizer,
    min_confidence: float = 0.0,
    *,
    unique: bool = False,
) -> Weighed:
    """What `Normalizer.summarize_many` says of each text of an array without nulls.

    Args:
        fields: text of any type; they should be distinct.
        normalizer: weighs the words.
        min_confidence: words that are less sure stay unresolved.
        unique: whether to leave out a tag, or a piece, that its row has already.

    >>> from tagnorm import Normalizer
    >>> found = weigh(pa.array(["PREL, PGVO", "ALIREZA"]), Normalizer())
    >>> found.tags.to_pylist(), found.status.to_pylist(), found.unresolved.to_pylist()
    ([['PREL', 'PGOV'], []], ['misspelled', 'unresolved'], [[], ['ALIREZA']])
    """
    found = _weigh(without_views(fields), normalizer, min_confidence)
    if unique:
        return found._replace(tags=_once_each(found.tags), pieces=_once_each(found.pieces))
    return found


def _weigh(fields: pa.Array, normalizer: Normalizer, min_confidence: float) -> Weighed:
    found = cut(fields, normalizer.words, weighed=True)
    growing = _growing_of(normalizer, min_confidence)
    table = growing.look_up(normalizer, found.distinct)
    at = found.words
    composed = Weighed(
        strung(found.raws, table.tags.take(at)),
        _STATUS_NAMES.take(_statuses(found, table.status.take(at))),
        _products(found, table.confidence.take(at)),
        strung(found.raws, table.unresolved.take(at)),
        strung(found.raws, table.pieces.take(at)),
        strung(found.raws, table.inferred.take(at)),
    )
    sizes = pc.list_value_length(found.raws)
    long = pc.indices_nonzero(pc.greater(sizes, constant(_LONG))).cast(pa.int64())
    wholes = pc.unique(pa.concat_arrays([found.wholes.cast(pa.int64()), long]))
    if not len(wholes):
        return composed
    instead = _of(growing.weigh_whole(normalizer, fields.take(wholes).to_pylist()))
    count = len(fields)
    order, others = range_of(0, count), range_of(count, count + len(wholes))
    place = pc.if_else(pc.is_in(order, wholes), others.take(pc.index_in(order, wholes)), order)
    return Weighed(
        *(
            pa.concat_arrays([old, new]).take(place)
            for old, new in zip(composed, instead, strict=True)
        )
    )


def _statuses(found: Cut, of_words: pa.Array) -> pa.Array:
    """The number of the status of each field, by those of its words."""
    rows = range_of(0, len(found.raws))
    flags = None
    for at in range(len(_STATUSES)):
        there = pc.unique(found.row_of_word.filter(pc.equal(of_words, constant(at))))
        if len(there):
            bit = pc.if_else(pc.is_in(rows, there.cast(pa.int64())), constant(1 << at), constant(0))
            flags = bit if flags is None else pc.add(flags, bit)
    if flags is None:
        return numbers([_STATUSES.index("unresolved")] * len(rows))
    return _WORST.take(flags)


def _products(found: Cut, of_words: pa.Array) -> pa.Array:
    """The product of the confidences of the words of each field, in their order."""
    starts = found.raws.offsets.slice(0, len(found.raws)).cast(pa.int64())
    sizes = pc.list_value_length(found.raws).cast(pa.int64())
    product = pa.nulls(len(sizes), pa.float64()).fill_null(1.0)
    longest = pc.max(sizes).as_py() or 0
    for nth in range(min(longest, _LONG)):
        is_there = pc.greater(sizes, constant(nth))
        at = pc.if_else(is_there, pc.add(starts, constant(nth)), None)
        product = pc.multiply(product, of_words.take(at).fill_null(1.0))
    return product


def _once_each(lists: pa.ListArray) -> pa.ListArray:
    """Lists of tags without those that they have already."""
    rows, tags = pc.list_parent_indices(lists), lists.flatten().dictionary_encode()
    named = constant(max(len(tags.dictionary), 1))
    numbered = pc.add(pc.multiply(rows.cast(pa.int64()), named), tags.indices.cast(pa.int64()))
    once = pc.unique(numbered)
    if len(once) == len(numbered):
        return lists
    first = pc.index_in(once, numbered)
    rows, items = rows.take(first), tags.dictionary.take(tags.indices.take(first))
    sizes = [0] * len(lists)
    for row, size in zip(*map(pa.Array.to_pylist, pc.value_counts(rows).flatten()), strict=True):
        sizes[row] = size
    return lists_of(items, sizes)


def _of(said: Sequence[Summary]) -> Weighed:
    """Summaries as columns."""
    return Weighed(
        _lists([one.tags for one in said]),
        texts([one.status for one in said]),
        decimals([one.confidence for one in said]),
        _lists([one.unresolved for one in said]),
        _lists([one.pieces for one in said]),
        _lists([one.inferred for one in said]),
    )


def _lists(lists: Sequence[Sequence[str]]) -> pa.ListArray:
    return lists_of(texts(chain.from_iterable(lists)), map(len, lists))


class _Table(NamedTuple):
    """Words as rows: what is said of each."""

    tags: pa.ListArray
    status: pa.Int32Array
    confidence: pa.DoubleArray
    unresolved: pa.ListArray
    pieces: pa.ListArray
    inferred: pa.ListArray


class _Growing:
    """A table that grows by the words it is asked for; several threads may ask."""

    def __init__(self, min_confidence: float) -> None:
        self._min_confidence = min_confidence
        self._lock = Lock()
        self._wholes: Memory[Summary] = Memory()
        self._forget()

    def _forget(self) -> None:
        self._letters = 0
        self._rows: dict[str, int] = {}
        self._table = self._weighed([], None)

    def look_up(self, normalizer: Normalizer, raws: Sequence[str]) -> _Table:
        """The table of some words, a row each."""
        with self._lock:
            fresh = [raw for raw in raws if raw not in self._rows]
            if fresh:
                parts = zip(self._table, self._weighed(fresh, normalizer), strict=True)
                self._table = _Table(*map(pa.concat_arrays, parts))
                for raw in fresh:
                    self._rows[raw] = len(self._rows)
                self._letters += sum(map(len, fresh))
            rows = numbers([self._rows[raw] for raw in raws])
            table = self._table
            if len(self._rows) > _WORDS or self._letters > _LETTERS:
                self._forget()
        return _Table(*(column.take(rows) for column in table))

    def weigh_whole(self, normalizer: Normalizer, fields: Sequence[str]) -> list[Summary]:
        """What is said of whole fields; a column that comes in blocks repeats them."""
        known = [self._wholes.get(field) for field in fields]
        new = [field for field, one in zip(fields, known, strict=True) if one is None]
        said = iter(normalizer.summarize_many(new, min_confidence=self._min_confidence))
        return [
            self._wholes.add(field, next(said)) if one is None else one
            for field, one in zip(fields, known, strict=True)
        ]

    def _weighed(self, raws: Sequence[str], normalizer: Normalizer | None) -> _Table:
        words = [raw for raw in raws if raw]
        said = (
            normalizer.summarize_many(words, min_confidence=self._min_confidence)
            if normalizer is not None
            else []
        )
        by_word = dict(zip(words, said, strict=True))
        found = [by_word.get(raw) for raw in raws]
        return _Table(
            _lists([one.tags if one else () for one in found]),
            numbers([_STATUSES.index(one.status) if one else _NO_STATUS for one in found]),
            decimals([one.confidence if one else 1.0 for one in found]),
            _lists([one.unresolved if one else () for one in found]),
            _lists([one.pieces if one else () for one in found]),
            _lists([one.inferred if one else () for one in found]),
        )


# A table does not hold its normalizer, and dies with it.
_tables: WeakKeyDictionary[Normalizer, dict[float, _Growing]] = WeakKeyDictionary()


def _growing_of(normalizer: Normalizer, min_confidence: float) -> _Growing:
    tables = _tables.setdefault(normalizer, {})
    found = tables.get(min_confidence)
    if found is None:
        if len(tables) >= _TABLES:
            tables.clear()
        found = tables.setdefault(min_confidence, _Growing(min_confidence))
    return found
