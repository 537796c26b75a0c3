"""The answers for distinct fields with their confidence, put together from words by Arrow.

As in `tagnorm.columns.composing`, each distinct word is weighed once; the confidence of a field is
the product over its words. Only fields that are more than their words are weighed one by one in
Python. Needs PyArrow.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakKeyDictionary

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, decimals, flags, numbers, taken, texts
from tagnorm.columns.composing import Cut, Substitution, cut
from tagnorm.columns.fields import without_views
from tagnorm.columns.growing_table import GrowingTable
from tagnorm.columns.lists import any_of, once_each, strung
from tagnorm.columns.summary_table import NOTHING, SummaryTable
from tagnorm.columns.word_table import are
from tagnorm.engine.reading.stretches import Stretch
from tagnorm.engine.summaries import Summary
from tagnorm.engine.word_kinds import LESS_SURE
from tagnorm.folding import fold
from tagnorm.resolution import STATUSES, worst_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagnorm.engine.reading.answers import Answer
    from tagnorm.normalizer import Normalizer

__all__ = ["Weighed", "weigh"]

_STATUS_NAMES = texts(STATUSES)
# The status of a field, by the set of those that its words have, as bits.
_WORST = numbers(
    STATUSES.index(worst_of({s for at, s in enumerate(STATUSES) if bits >> at & 1}))
    for bits in range(1 << len(STATUSES))
)
# PyArrow would make a scalar of a number, and load pandas for that.
_ONE = decimals([1.0])[0]
_NOTHING: frozenset[str] = frozenset()
# Fields of more words are weighed in Python.
_LONG = 64
# How many tables a normalizer may have, one for each value of `min_confidence`.
_TABLES = 4


class Weighed:
    """The answers for fields, as columns: see `tagnorm.engine.summaries.Summary`.

    Each column is put together when it is first asked for.
    """

    def __init__(
        self,
        found: Cut,
        table: SummaryTable,
        places: pa.Array,
        substitution: Substitution,
        *,
        unique: bool,
    ) -> None:
        self._found = found
        self._table = table
        # The row of the table for each word.
        self._places = places
        self._substitution = substitution
        self._unique = unique

    @cached_property
    def tags(self) -> pa.ListArray:
        """The codes of each field."""
        return self._texts(self._tags)

    @cached_property
    def pieces(self) -> pa.ListArray:
        """The codes of each field in order, with what is unresolved as it is written."""
        found = self._listed(self._table.pieces)
        return self._texts(once_each(found) if self._unique else found)

    @cached_property
    def unresolved(self) -> pa.ListArray:
        """What is unresolved in each field."""
        return self._texts(self._unresolved)

    @cached_property
    def inferred(self) -> pa.ListArray:
        """The words of each field that are not exactly a code or an alias, each once."""
        return self._texts(once_each(self._listed(self._table.inferred)))

    @cached_property
    def status(self) -> pa.StringArray:
        """The status of each field."""
        composed = _statuses(self._found, self._table.status.take(self._places))
        return _STATUS_NAMES.take(self._substitution.applied(composed, self._table.status))

    @cached_property
    def confidence(self) -> pa.DoubleArray:
        """How sure each answer is."""
        composed = _products(self._found, self._table.confidence.take(self._places))
        return self._substitution.applied(composed, self._table.confidence)

    @property
    def has_tags(self) -> pa.BooleanArray:
        """Whether each field has a code."""
        return pc.greater(pc.list_value_length(self._tags), constant(0))

    @property
    def has_unresolved(self) -> pa.BooleanArray:
        """Whether something in each field is unresolved."""
        return pc.greater(pc.list_value_length(self._unresolved), constant(0))

    @cached_property
    def _tags(self) -> pa.ListArray:
        found = self._listed(self._table.tags)
        return once_each(found) if self._unique else found

    @cached_property
    def _unresolved(self) -> pa.ListArray:
        return self._listed(self._table.unresolved)

    def _listed(self, of_words: pa.ListArray) -> pa.ListArray:
        """The texts of each field, as numbers, by those of each row of the table."""
        composed = strung(self._found.raws, taken(of_words, self._places))
        return self._substitution.applied(composed, of_words)

    def _texts(self, numbered: pa.ListArray) -> pa.ListArray:
        names = taken(self._table.names, numbered.flatten())
        return pa.ListArray.from_arrays(numbered.offsets, names)


def weigh(
    fields: pa.Array,
    normalizer: Normalizer,
    min_confidence: float = 0.0,
    *,
    unique: bool = False,
) -> Weighed:
    """What `Normalizer.summarize_many` gives for each text of an array without nulls.

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
        depend = pc.or_(found.repeats, are(LESS_SURE, found.kinds))
        are_wholes = pc.or_(are_wholes, any_of(found.raws, depend))
    in_context, summaries = _in_context(found, are_wholes, normalizer, min_confidence)
    # A word that is no code in its context may belong to words beside it: that takes the whole
    # field.
    lost = pc.and_not(found.repeats, in_context)
    are_wholes = pc.or_(are_wholes, any_of(found.raws, lost))
    wholes = pc.indices_nonzero(are_wholes).cast(pa.int64())
    # Fields that are read as wholes are remembered like words: a column comes in blocks.
    asked = [*found.distinct, *fields.take(wholes).to_pylist()]
    read = partial(_summaries, normalizer, min_confidence)
    table, rows = _table_of(normalizer, min_confidence).look_up(asked, read, summaries)
    words = len(found.distinct)
    places = rows.slice(0, words).take(found.words)
    places = pc.replace_with_mask(places, in_context, rows.slice(len(asked)))
    substitution = Substitution.of(are_wholes, rows.slice(words, len(wholes)))
    return Weighed(found, table, places, substitution, unique=unique)


def _in_context(
    found: Cut, are_wholes: pa.BooleanArray, normalizer: Normalizer, min_confidence: float
) -> tuple[pa.BooleanArray, list[Summary]]:
    """Which words of fields that are no wholes have another answer for what stands beside them, and
    the summary of each: they were corrected to a code that their field holds certainly, and are
    still read as a code there; or all else in their field is codes."""
    row_of_word = pc.list_parent_indices(found.raws)
    doubted = found.dependence.doubted()
    ones = pc.and_not(pc.or_(found.repeats, doubted), are_wholes.take(row_of_word))
    context = found.table.context.take(found.places)
    context = strung(found.raws, context).take(row_of_word.filter(ones))
    codes = pa.ListArray.from_arrays(context.offsets, taken(found.table.names, context.flatten()))
    summary_of = cache(partial(_summary_in_context, normalizer, min_confidence))
    summaries = [
        # Whichever codes these are, a word is as sure to be none of them.
        summary_of(raw, _NOTHING if is_doubted else frozenset(some), among_codes=is_doubted)
        for raw, some, is_doubted in zip(
            found.raws.flatten().filter(ones).to_pylist(),
            codes.to_pylist(),
            doubted.filter(ones).to_pylist(),
            strict=True,
        )
    ]
    are_read = flags([one is not None for one in summaries])
    return pc.replace_with_mask(ones, ones, are_read), [one for one in summaries if one]


def _summary_in_context(
    normalizer: Normalizer,
    min_confidence: float,
    raw: str,
    codes: frozenset[str],
    *,
    among_codes: bool,
) -> Summary | None:
    """The summary of a word that is not certain, with the certain codes of its field as context,
    whether or not all else there is codes; None if a corrected word is no code there."""
    answer = normalizer.fields.lists.answer(
        fold(raw), raw, codes, weighed=True, among_codes=among_codes
    )
    if answer.tags or among_codes:
        return _of_word(raw, answer, min_confidence)
    return None


def _of_word(raw: str, answer: Answer, min_confidence: float) -> Summary:
    """The summary of a word by the answer for it."""
    if answer.confidence < min_confidence:
        answer = answer.left_alone(len(raw))
    return Summary.of(raw, [Stretch(0, len(raw), answer)])


def _statuses(found: Cut, of_words: pa.Array) -> pa.Array:
    """The status of each field by those of its words, as numbers."""
    bits: pa.Array = constant(0)
    for at in range(len(STATUSES)):
        there = any_of(found.raws, pc.equal(of_words, constant(at)))
        bits = pc.add(bits, pc.if_else(there, constant(1 << at), constant(0)))
    return _WORST.take(bits)


def _products(found: Cut, of_words: pa.Array) -> pa.Array:
    """The product of the confidences of the words of each field, in their order."""
    sizes = pc.list_value_length(found.raws)
    # Sorted by length, so that the fields whose words are used up can be cut off at the front.
    order = pc.sort_indices(sizes)
    ending = Counter(sizes.to_pylist())
    starts = found.raws.offsets.take(order)
    product = pa.nulls(len(sizes), pa.float64()).fill_null(_ONE)
    ended = []
    for nth in range(min(max(ending, default=0), _LONG)):
        ended.append(product.slice(0, ending[nth]))
        product, starts = product.slice(ending[nth]), starts.slice(ending[nth])
        product = pc.multiply(product, of_words.take(pc.add(starts, numbers([nth])[0])))
    return pa.concat_arrays([*ended, product]).take(pc.sort_indices(order))


_Growing: TypeAlias = GrowingTable[SummaryTable, Summary]
# A table does not hold its normalizer, and dies with it.
_tables: WeakKeyDictionary[Normalizer, dict[float, _Growing]] = WeakKeyDictionary()


def _table_of(normalizer: Normalizer, min_confidence: float) -> _Growing:
    tables = _tables.setdefault(normalizer, {})
    found = tables.get(min_confidence)
    if found is None:
        if len(tables) >= _TABLES:
            tables.clear()
        fresh: _Growing = GrowingTable(SummaryTable.of([], {}), SummaryTable.texts_of)
        found = tables.setdefault(min_confidence, fresh)
    return found


def _summaries(
    normalizer: Normalizer, min_confidence: float, raws: Sequence[str]
) -> Sequence[Summary]:
    """The summaries of words and fields, of which some are empty; most words have an answer."""
    answers = [normalizer.words.weighed(raw) for raw in raws]
    others = [raw for raw, answer in zip(raws, answers, strict=True) if raw and answer is None]
    found = iter(normalizer.summarize_many(others, min_confidence=min_confidence))
    return [
        _of_word(raw, answer, min_confidence) if answer else next(found) if raw else NOTHING
        for raw, answer in zip(raws, answers, strict=True)
    ]
