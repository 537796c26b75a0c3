"""The tags of distinct fields, put together from the tags of their words by Arrow.

A hundred thousand fields have far fewer distinct words. Each of these is read once. Arrow does the
rest for all fields at once: it cuts them into words, and puts the tags of the words together. Only
fields that are more than their words are read one by one in Python. Needs PyArrow.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, places_with, taken
from tagnorm.columns.dependence import Dependence
from tagnorm.columns.fields import without_views
from tagnorm.columns.growing_table import GrowingTable
from tagnorm.columns.lists import any_of, once_each, strung
from tagnorm.columns.raw_words import kinds_of, raw_words
from tagnorm.columns.word_table import NO_WORD, WordTable, are
from tagnorm.engine.word_kinds import CERTAIN, UNRESOLVED, Word
from tagnorm.engine.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagnorm.normalizer import Normalizer

__all__ = ["Composed", "Cut", "Substitution", "compose", "cut"]


class Composed(NamedTuple):
    """The tags of fields as `list<string>`, and whether something of each is unresolved."""

    tags: pa.ListArray
    is_unresolved: pa.BooleanArray


def compose(fields: pa.Array, normalizer: Normalizer, *, keep: bool, unique: bool) -> Composed:
    """The tags of each text of an array without nulls.

    Args:
        fields: text of any Arrow type; they should be distinct.
        normalizer: reads their words.
        keep: whether what is unresolved stands among the tags, as it is written.
        unique: whether to leave out a tag that its row has already.

    >>> from tagnorm import Normalizer
    >>> fields = pa.array(["PREL, PGVO", "unga/c-6 ALIREZA"])
    >>> found = compose(fields, Normalizer(), keep=True, unique=False)
    >>> found.tags.to_pylist(), found.is_unresolved.to_pylist()
    ([['PREL', 'PGOV'], ['UNGA/C-6', 'ALIREZA']], [False, True])
    """
    fields = without_views(fields)
    found = cut(fields, normalizer)
    table = found.table
    numbered = strung(found.raws, taken(table.tags if keep else table.codes, found.places))
    is_unresolved, names = any_of(found.raws, are(UNRESOLVED, found.kinds)), table.names
    asked = found.wholes
    if len(asked):
        # Fields that are read as wholes are remembered like words: a column comes in blocks.
        wholes, rows = _tables_of(normalizer).fields.look_up(
            fields.take(asked).to_pylist(), partial(_wholes, normalizer.words)
        )
        substitution = Substitution.of(found.are_wholes, rows)
        whole = wholes.tags if keep else wholes.codes
        # Their tags are numbered behind those of the words.
        shifted = pc.add(whole.flatten(), constant(len(names)).cast(pa.int32()))
        numbered = substitution.applied(numbered, pa.ListArray.from_arrays(whole.offsets, shifted))
        is_unresolved = substitution.applied(is_unresolved, are(UNRESOLVED, wholes.kinds))
        names = pa.concat_arrays([names, wholes.names])
    if unique:
        numbered = once_each(numbered)
    tags = pa.ListArray.from_arrays(numbered.offsets, taken(names, numbered.flatten()))
    return Composed(tags, is_unresolved)


def _wholes(words: Words, fields: Sequence[str]) -> list[Word]:
    """Fields that are more than their words, each as a word."""
    return [
        Word.of(pieces, tuple([tag for tag, _ in pieces if tag is not None]), CERTAIN)
        for pieces in map(words.whole, fields)
    ]


class Cut(NamedTuple):
    """Fields cut into words.

    * `raws` -- the words of each field, as they are written; some are empty;
    * `distinct`, `words` -- the distinct words, and the index of each word among them;
    * `table`, `places` -- what is known of words, and the row of each word in that table;
    * `kinds` -- the bits of `Word.kinds` of each word;
    * `are_wholes` -- whether each field is more than its words, and is to be read as a whole;
    * `repeats` -- whether each word was corrected to a code that its field holds certainly: if the
      field is no whole, it is still read as by itself, but is less sure;
    * `dependence` -- tells what else there is about words that depend on others.
    """

    raws: pa.ListArray
    distinct: list[str]
    words: pa.Array
    table: WordTable
    places: pa.Array
    kinds: pa.Array
    are_wholes: pa.BooleanArray
    repeats: pa.BooleanArray
    dependence: Dependence

    @property
    def wholes(self) -> pa.Array:
        """The fields that are to be read as wholes, in order."""
        return pc.indices_nonzero(self.are_wholes).cast(pa.int64())


def cut(fields: pa.Array, normalizer: Normalizer, *, weighed: bool = False) -> Cut:
    """The words of each text of an array without nulls.

    Args:
        fields: text, but no views.
        normalizer: reads their words.
        weighed: whether the confidence of the words is needed, too.
    """
    words = normalizer.words
    kinds_of_fields = kinds_of(fields)
    raws, are_more = raw_words(fields, kinds_of_fields, words)
    encoded = raws.flatten().dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    read = partial(_read, words, weighed)
    table, rows = _tables_of(normalizer).words.look_up(distinct, read)
    places = rows.take(encoded.indices)
    kinds = table.kinds.take(places)
    found = Dependence(fields, kinds_of_fields, raws, table, places, kinds)
    repeats = found.repeats()
    are_wholes = found.wholes(are_more, words)
    are_wholes = pc.or_(are_wholes, any_of(raws, found.may_change(repeats, words)))
    return Cut(raws, distinct, encoded.indices, table, places, kinds, are_wholes, repeats, found)


def _read(words: Words, weighed: bool, raws: Sequence[str]) -> list[Word]:
    return [words.read(raw, weighed=weighed) if raw else NO_WORD for raw in raws]


class Substitution(NamedTuple):
    """The fields that are read as wholes, whose answers replace those put together from words.

    * `rows` -- the row of each in the table of wholes;
    * `places` -- for every field, where its answer stands if those of the wholes are put behind
      those of all fields.
    """

    rows: pa.Array
    places: pa.Array

    @classmethod
    def of(cls, are_wholes: pa.BooleanArray, rows: pa.Array) -> Substitution:
        """The same by whether each field is one of them, and the row of each that is."""
        return cls(rows, places_with(are_wholes, len(rows)))

    def applied(self, composed: pa.Array, column: pa.Array) -> pa.Array:
        """A column as it was put together, with the values of the wholes, taken from the same
        column of their table, in their places."""
        if not len(self.rows):
            return composed
        both = pa.concat_arrays([composed, column.take(self.rows).cast(composed.type)])
        return both.take(self.places)


class _Tables(NamedTuple):
    """What is known of words, and of the fields that are more than their words."""

    words: GrowingTable[WordTable, Word]
    fields: GrowingTable[WordTable, Word]


# Weak, so that the tables die with their normalizer. They are kept by normalizer and not by its
# `words`, since a compiled object has no weak references.
_tables: WeakKeyDictionary[Normalizer, _Tables] = WeakKeyDictionary()


def _tables_of(normalizer: Normalizer) -> _Tables:
    found = _tables.get(normalizer)
    if found is None:
        words, fields = (GrowingTable(WordTable.of([], {}), WordTable.tags_of) for _ in range(2))
        found = _tables.setdefault(normalizer, _Tables(words, fields))
    return found
