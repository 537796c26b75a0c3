"""How sure the answers for distinct fields are, put together by Arrow from what is said of words.

As in `tagnorm.columns.composing`, a word is weighed once, and a field that is nothing but its words
is as sure as all of them together. Only fields that are more come back to Python. Needs PyArrow.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, decimals, lists_of, numbers, range_of, texts
from tagnorm.columns.composing import Cut, cut, once_each, strung
from tagnorm.columns.fields import without_views
from tagnorm.resolution import worst_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tagnorm.engine.summaries import Summary
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


class Weighed:
    """What is said of fields: see `tagnorm.engine.summaries.Summary`.

    Each column is put together when it is asked for, and once.
    """

    def __init__(
        self, found: Cut, table: _Table, places: pa.Array, wholes: _Wholes, *, unique: bool
    ) -> None:
        self._found = found
        self._table = table
        # The row of the table for each word.
        self._places = places
        self._wholes = wholes
        self._unique = unique

    @cached_property
    def tags(self) -> pa.ListArray:
        """The codes of each field."""
        return self._texts(self._tags)

    @cached_property
    def pieces(self) -> pa.ListArray:
        """The codes of each, with what is unresolved in its places."""
        found = self._listed(self._table.pieces)
        return self._texts(once_each(found) if self._unique else found)

    @cached_property
    def unresolved(self) -> pa.ListArray:
        """What is unresolved of each."""
        return self._texts(self._unresolved)

    @cached_property
    def inferred(self) -> pa.ListArray:
        """The words of each that are no code or alias as they stand, each once."""
        return self._texts(once_each(self._listed(self._table.inferred)))

    @cached_property
    def status(self) -> pa.StringArray:
        """The status of each."""
        composed = _statuses(self._found, self._table.status.take(self._places))
        return _STATUS_NAMES.take(self._wholes.instead(composed, self._table.status))

    @cached_property
    def confidence(self) -> pa.DoubleArray:
        """How sure each answer is."""
        composed = _products(self._found, self._table.confidence.take(self._places))
        return self._wholes.instead(composed, self._table.confidence)

    @property
    def has_tags(self) -> pa.BooleanArray:
        """Whether a field has any code."""
        return pc.greater(pc.list_value_length(self._tags), constant(0))

    @property
    def has_unresolved(self) -> pa.BooleanArray:
        """Whether anything in it is unresolved."""
        return pc.greater(pc.list_value_length(self._unresolved), constant(0))

    @cached_property
    def _tags(self) -> pa.ListArray:
        found = self._listed(self._table.tags)
        return once_each(found) if self._unique else found

    @cached_property
    def _unresolved(self) -> pa.ListArray:
        return self._listed(self._table.unresolved)

    def _listed(self, of_words: pa.ListArray) -> pa.ListArray:
        """The numbers of the texts that are said of each field."""
        composed = strung(self._found.raws, of_words.take(self._places))
        return self._wholes.instead(composed, of_words)

    def _texts(self, numbered: pa.ListArray) -> pa.ListArray:
        return pa.ListArray.from_arrays(
            numbered.offsets, self._table.names.take(numbered.flatten())
        )


class _Wholes(NamedTuple):
    """The rows of the table that speak of fields that are more than their words, and for each field
    its place where these stand behind all others."""

    rows: pa.Array
    places: pa.Array

    @classmethod
    def of(cls, fields: pa.Array, rows: pa.Array, count: int) -> _Wholes:
        """The wholes among so many fields, and the rows that speak of them."""
        order, others = range_of(0, count), range_of(count, count + len(fields))
        return cls(rows, pc.replace_with_mask(order, pc.is_in(order, fields), others))

    def instead(self, composed: pa.Array, column: pa.Array) -> pa.Array:
        """What was put together, with that of the wholes in the place of theirs."""
        if not len(self.rows):
            return composed
        both = pa.concat_arrays([composed, column.take(self.rows).cast(composed.type)])
        return both.take(self.places)


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
    fields = without_views(fields)
    found = cut(fields, normalizer, weighed=True)
    sizes = pc.list_value_length(found.raws)
    long = pc.indices_nonzero(pc.greater(sizes, constant(_LONG))).cast(pa.int64())
    wholes = pc.unique(pa.concat_arrays([found.wholes.cast(pa.int64()), long]))
    wholes = wholes.take(pc.sort_indices(wholes))
    # A field that is read as a whole is remembered as words are: columns come in blocks.
    asked = [*found.distinct, *fields.take(wholes).to_pylist()]
    table, rows = _growing_of(normalizer, min_confidence).look_up(normalizer, asked)
    words = len(found.distinct)
    places = rows.slice(0, words).take(found.words)
    instead = _Wholes.of(wholes, rows.slice(words), len(fields))
    return Weighed(found, table, places, instead, unique=unique)


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


class _Table(NamedTuple):
    """Words, and fields that are more than their words, as rows: what is said of each.

    Texts are numbered, and `names` has the text of each number.
    """

    tags: pa.ListArray
    status: pa.Int32Array
    confidence: pa.DoubleArray
    unresolved: pa.ListArray
    pieces: pa.ListArray
    inferred: pa.ListArray
    names: pa.StringArray

    @classmethod
    def of(
        cls, said: Sequence[Summary | None], number_of: Mapping[str, int], named: int = 0
    ) -> _Table:
        """The table of what is said, None of an empty word; and of texts not named elsewhere."""
        return cls(
            _numbered([one.tags if one else () for one in said], number_of),
            numbers([_STATUSES.index(one.status) if one else _NO_STATUS for one in said]),
            decimals([one.confidence if one else 1.0 for one in said]),
            _numbered([one.unresolved if one else () for one in said], number_of),
            _numbered([one.pieces if one else () for one in said], number_of),
            _numbered([one.inferred if one else () for one in said], number_of),
            texts(islice(number_of, named, None)),
        )


def _numbered(lists: Sequence[Sequence[str]], number_of: Mapping[str, int]) -> pa.ListArray:
    """Lists of texts as lists of their numbers."""
    return lists_of(numbers([number_of[one] for texts in lists for one in texts]), map(len, lists))


class _Growing:
    """A table that grows by what it is asked for; several threads may ask."""

    def __init__(self, min_confidence: float) -> None:
        self._min_confidence = min_confidence
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._letters = 0
        self._table = _Table.of([], {})
        self._rows: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def look_up(self, normalizer: Normalizer, raws: Sequence[str]) -> tuple[_Table, pa.Int32Array]:
        """A table in which all of some words and fields are, and the row of each."""
        with self._lock:
            if not all(map(self._rows.__contains__, raws)):
                fresh = [raw for raw in dict.fromkeys(raws) if raw not in self._rows]
                self._add(normalizer, fresh)
            rows = numbers(map(self._rows.__getitem__, raws))
            table = self._table
            if len(self._rows) > _WORDS or self._letters > _LETTERS:
                self._forget()
        return table, rows

    def _add(self, normalizer: Normalizer, raws: Sequence[str]) -> None:
        found = normalizer.summarize_many(
            [raw for raw in raws if raw], min_confidence=self._min_confidence
        )
        answers = iter(found)
        said = [next(answers) if raw else None for raw in raws]
        number_of, named = self._numbers, len(self._numbers)
        for one in found:
            for text in (*one.pieces, *one.tags, *one.unresolved, *one.inferred):
                number_of.setdefault(text, len(number_of))
        parts = zip(self._table, _Table.of(said, number_of, named), strict=True)
        self._table = _Table(*map(pa.concat_arrays, parts))
        for raw in raws:
            self._rows[raw] = len(self._rows)
        self._letters += sum(map(len, raws))


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
