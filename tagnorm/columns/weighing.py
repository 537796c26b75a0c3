"""How sure the answers for distinct fields are, put together by Arrow from what is said of words.

As in `tagnorm.columns.composing`, a word is weighed once, and a field that is nothing but its words
is as sure as all of them together. Only fields that are more come back to Python. Needs PyArrow.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, decimals, flags, lists_of, numbers, texts
from tagnorm.columns.composing import Cut, Instead, cut
from tagnorm.columns.fields import without_views
from tagnorm.columns.lists import any_of, once_each, strung
from tagnorm.engine.stretches import Stretch
from tagnorm.engine.summaries import Summary
from tagnorm.folding import fold
from tagnorm.resolution import worst_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tagnorm.normalizer import Normalizer

__all__ = ["Weighed", "weigh"]

_STATUSES = ("canonical", "alias", "misspelled", "concatenated", "mixed", "unresolved")
# The status of an empty word, which is none; and of a field, by those that its words have.
_NO_STATUS = len(_STATUSES)
_STATUS_NAMES = texts(_STATUSES)
_WORST = numbers(
    _STATUSES.index(worst_of({s for at, s in enumerate(_STATUSES) if bits >> at & 1}))
    for bits in range(1 << len(_STATUSES))
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
        self, found: Cut, table: _Table, places: pa.Array, instead: Instead, *, unique: bool
    ) -> None:
        self._found = found
        self._table = table
        # The row of the table for each word.
        self._places = places
        self._instead = instead
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
        return _STATUS_NAMES.take(self._instead.of_column(composed, self._table.status))

    @cached_property
    def confidence(self) -> pa.DoubleArray:
        """How sure each answer is."""
        composed = _products(self._found, self._table.confidence.take(self._places))
        return self._instead.of_column(composed, self._table.confidence)

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
        return self._instead.of_column(composed, of_words)

    def _texts(self, numbered: pa.ListArray) -> pa.ListArray:
        return pa.ListArray.from_arrays(
            numbered.offsets, self._table.names.take(numbered.flatten())
        )


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
    are_long = pc.greater(pc.list_value_length(found.raws), constant(_LONG))
    are_wholes = pc.or_(found.are_wholes, are_long)
    if normalizer.fields.are_decided:
        are_wholes = pc.or_(are_wholes, any_of(found.raws, found.repeats))
    repeats, said = _said_of_repeats(found, are_wholes, normalizer, min_confidence)
    # Who is no code beside that code may be more beside the other words.
    lost = pc.and_not(found.repeats, repeats)
    are_wholes = pc.or_(are_wholes, any_of(found.raws, lost))
    wholes = pc.indices_nonzero(are_wholes).cast(pa.int64())
    # A field that is read as a whole is remembered as words are: columns come in blocks.
    asked = [*found.distinct, *fields.take(wholes).to_pylist()]
    table, rows = _growing_of(normalizer, min_confidence).look_up(normalizer, asked, said)
    words = len(found.distinct)
    places = rows.slice(0, words).take(found.words)
    places = pc.replace_with_mask(places, repeats, rows.slice(len(asked)))
    instead = Instead.of(wholes, rows.slice(words, len(wholes)), len(fields))
    return Weighed(found, table, places, instead, unique=unique)


def _said_of_repeats(
    found: Cut, are_wholes: pa.BooleanArray, normalizer: Normalizer, min_confidence: float
) -> tuple[pa.BooleanArray, list[Summary]]:
    """Which words stand beside a code that they were corrected to, in fields that are no wholes,
    and are some code all the same; and what is said of each."""
    row_of_word = pc.list_parent_indices(found.raws)
    repeats = pc.and_not(found.repeats, are_wholes.take(row_of_word))
    context = found.table.context.take(found.places)
    context = strung(found.raws, context).take(row_of_word.filter(repeats))
    codes = pa.ListArray.from_arrays(context.offsets, found.table.names.take(context.flatten()))
    raws = found.raws.flatten().filter(repeats).to_pylist()
    said = [
        _beside(raw, frozenset(some), normalizer, min_confidence)
        for raw, some in zip(raws, codes.to_pylist(), strict=True)
    ]
    are_codes = flags([one is not None for one in said])
    return pc.replace_with_mask(repeats, repeats, are_codes), [one for one in said if one]


def _beside(
    raw: str, codes: frozenset[str], normalizer: Normalizer, min_confidence: float
) -> Summary | None:
    """What is said of a word that is not certain beside the codes of its field; None if it is no
    code there."""
    answer = normalizer.fields.lists.answer(fold(raw), raw, codes, weighed=True)
    if not answer.tags:
        return None
    if answer.confidence < min_confidence:
        answer = answer.left_alone(len(raw))
    return Summary.of(raw, [Stretch(0, len(raw), answer)])


def _statuses(found: Cut, of_words: pa.Array) -> pa.Array:
    """The number of the status of each field, by those of its words."""
    bits: pa.Array = constant(0)
    for at in range(len(_STATUSES)):
        there = any_of(found.raws, pc.equal(of_words, constant(at)))
        bits = pc.add(bits, pc.if_else(there, constant(1 << at), constant(0)))
    return _WORST.take(bits)


def _products(found: Cut, of_words: pa.Array) -> pa.Array:
    """The product of the confidences of the words of each field, in their order."""
    sizes = pc.list_value_length(found.raws)
    # Short ones first: those that have ended are left behind.
    order = pc.sort_indices(sizes)
    ending = Counter(sizes.to_pylist())
    starts = found.raws.offsets.take(order)
    product = pa.nulls(len(sizes), pa.float64()).fill_null(1.0)
    ended = []
    for nth in range(min(max(ending, default=0), _LONG)):
        ended.append(product.slice(0, ending[nth]))
        product, starts = product.slice(ending[nth]), starts.slice(ending[nth])
        product = pc.multiply(product, of_words.take(pc.add(starts, numbers([nth])[0])))
    return pa.concat_arrays([*ended, product]).take(pc.sort_indices(order))


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
        self._rows: dict[str | Summary, int] = {}
        self._numbers: dict[str, int] = {}

    def look_up(
        self, normalizer: Normalizer, raws: Sequence[str], said: Sequence[Summary]
    ) -> tuple[_Table, pa.Int32Array]:
        """A table in which all of some words and fields are, and more that is said of words beside
        others; and the row of each."""
        with self._lock:
            if not all(map(self._rows.__contains__, raws)):
                fresh = [raw for raw in dict.fromkeys(raws) if raw not in self._rows]
                self._read(normalizer, fresh)
            self._add(more := [one for one in dict.fromkeys(said) if one not in self._rows], more)
            keys: list[str | Summary] = [*raws, *said]
            rows = numbers(map(self._rows.__getitem__, keys))
            table = self._table
            if len(self._rows) > _WORDS or self._letters > _LETTERS:
                self._forget()
        return table, rows

    def _read(self, normalizer: Normalizer, raws: Sequence[str]) -> None:
        found = normalizer.summarize_many(
            [raw for raw in raws if raw], min_confidence=self._min_confidence
        )
        answers = iter(found)
        self._add(raws, [next(answers) if raw else None for raw in raws])
        self._letters += sum(map(len, raws))

    def _add(self, keys: Sequence[str | Summary], said: Sequence[Summary | None]) -> None:
        if not keys:
            return
        number_of, named = self._numbers, len(self._numbers)
        for one in filter(None, said):
            for text in (*one.pieces, *one.tags, *one.unresolved, *one.inferred):
                number_of.setdefault(text, len(number_of))
        parts = zip(self._table, _Table.of(said, number_of, named), strict=True)
        self._table = _Table(*map(pa.concat_arrays, parts))
        for key in keys:
            self._rows[key] = len(self._rows)


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
