"""The tags of distinct fields, put together from the tags of their words by Arrow.

A hundred thousand fields have far fewer words. Each word is read once; what remains of the work, to
cut fields into words and to string the tags of the words together, Arrow does for all fields at
once. Only fields that are more than their words come back to Python. Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, islice
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import constant, flags, lists_of, numbers, range_of, texts
from tagnorm.columns.fields import without_views
from tagnorm.engine.drafts import SHORT
from tagnorm.engine.tokens import NOT_PLAIN, SIDE_BY_SIDE
from tagnorm.engine.words import Word, Words

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer

__all__ = ["Composed", "Cut", "compose", "cut", "once_each", "strung"]

_SEPARATED = bytes(byte if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
# A table starts afresh when it has come to hold so many words, or so many letters in all.
_WORDS, _LETTERS = 1 << 16, 1 << 22
_NO_TAG = -1
# Where a field begins or ends with a separator, Arrow finds an empty word.
_NO_WORD = Word((), (), ())


class Composed(NamedTuple):
    """The tags of fields as `list<string>`, and the rows in which something is unresolved."""

    tags: pa.ListArray
    unresolved: pa.Array


def compose(fields: pa.Array, normalizer: Normalizer, *, keep: bool, unique: bool) -> Composed:
    """What each text of an array without nulls becomes.

    Args:
        fields: text of any type; they should be distinct.
        normalizer: reads their words.
        keep: whether what is unresolved stands among the tags, as it is written.
        unique: whether to leave out a tag that its row has already.

    >>> from tagnorm import Normalizer
    >>> fields = pa.array(["PREL, PGVO", "unga/c-6 ALIREZA"])
    >>> found = compose(fields, Normalizer(), keep=True, unique=False)
    >>> found.tags.to_pylist(), found.unresolved.to_pylist()
    ([['PREL', 'PGOV'], ['UNGA/C-6', 'ALIREZA']], [1])
    """
    fields = without_views(fields)
    found = cut(fields, normalizer)
    raws, row_of_word, table, places = found.raws, found.row_of_word, found.table, found.places
    numbered = strung(raws, (table.tags if keep else table.codes).take(places))
    if unique:
        numbered = once_each(numbered)
    tags = pa.ListArray.from_arrays(numbered.offsets, table.names.take(numbered.flatten()))
    unresolved = row_of_word.filter(table.is_unresolved.take(places))
    wholes = found.wholes
    if not len(wholes):
        return Composed(tags, pc.unique(unresolved))
    read = [normalizer.words.whole(field) for field in fields.take(wholes).to_pylist()]
    instead = [[tag or raw for tag, raw in pieces if tag or keep] for pieces in read]
    if unique:
        instead = [list(dict.fromkeys(one)) for one in instead]
    open_ = flags([any(tag is None for tag, _ in pieces) for pieces in read])
    unresolved = unresolved.filter(pc.invert(pc.is_in(unresolved, wholes)))
    return Composed(_replaced(tags, wholes, instead), _union(unresolved, wholes.filter(open_)))


class Cut(NamedTuple):
    """Fields cut into words.

    * `raws` -- the words of each field, as they are written; there are empty ones among them;
    * `row_of_word` -- the field that each word stands in;
    * `distinct`, `words` -- the distinct words, and the place of each word among them;
    * `table`, `places` -- what is known of words, and the row of each word;
    * `wholes` -- the fields that are more than their words, to be read as wholes.
    """

    raws: pa.ListArray
    row_of_word: pa.Array
    distinct: list[str]
    words: pa.Array
    table: _Table
    places: pa.Array
    wholes: pa.Array


def cut(fields: pa.Array, normalizer: Normalizer, *, weighed: bool = False) -> Cut:
    """The words of each text of an array without nulls.

    Args:
        fields: text, but no views.
        normalizer: reads their words.
        weighed: whether it matters how sure a word is, and not only what it is read as.
    """
    words = normalizer.words
    raws = _raw_words(fields)
    encoded = raws.flatten().dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    table, rows = _growing_of(normalizer).look_up(words, distinct, weighed=weighed)
    places = rows.take(encoded.indices)
    row_of_word = pc.list_parent_indices(raws)
    wholes = _union(
        pc.indices_nonzero(pc.match_substring_regex(fields, NOT_PLAIN)),
        _rows_with_phrases(row_of_word, table.opens.take(places), table.continues.take(places)),
        _rows_that_depend(fields, raws, row_of_word, table, places, words),
        _rows_that_repeat(raws, row_of_word, table, places, None if weighed else words),
        row_of_word.filter(table.is_fringed.take(places)),
        _rows_decided(fields, words),
    )
    return Cut(raws, row_of_word, distinct, encoded.indices, table, places, wholes)


def strung(raws: pa.ListArray, lists: pa.ListArray) -> pa.ListArray:
    """The lists of the words of each text, one after another."""
    return pa.ListArray.from_arrays(lists.offsets.take(raws.offsets), lists.flatten())


def once_each(lists: pa.ListArray) -> pa.ListArray:
    """Lists of numbers without those that they have already.

    >>> once_each(lists_of(numbers([3, 1, 3, 3]), [3, 1])).to_pylist()
    [[3, 1], [3]]
    """
    rows, items = pc.list_parent_indices(lists).cast(pa.int64()), lists.flatten()
    if not len(items):
        return lists
    width = constant(pc.max(items).as_py() + 1)
    numbered = pc.add(pc.multiply(rows, width), items.cast(pa.int64()))
    once = pc.unique(numbered)
    if len(once) == len(numbered):
        return lists
    rows = pc.divide(once, width)
    items = pc.subtract(once, pc.multiply(rows, width)).cast(items.type)
    sizes = [0] * len(lists)
    for row, size in zip(*map(pa.Array.to_pylist, pc.value_counts(rows).flatten()), strict=True):
        sizes[row] = size
    return lists_of(items, sizes)


def _replaced(old: pa.ListArray, rows: pa.Array, instead: Sequence[Sequence[str]]) -> pa.ListArray:
    """Lists with other ones in some rows."""
    count = len(old)
    order, others = range_of(0, count), range_of(count, count + len(rows))
    items = texts(chain.from_iterable(instead))
    both = pa.concat_arrays([old, lists_of(items, map(len, instead))])
    return both.take(pc.replace_with_mask(order, pc.is_in(order, rows), others))


def _union(*rows: pa.Array) -> pa.Array:
    """Rows in order, each once."""
    found = pc.unique(pa.concat_arrays([one.cast(pa.int64()) for one in rows]))
    return found.take(pc.sort_indices(found))


def _raw_words(fields: pa.Array) -> pa.ListArray:
    """The words of each text, as they are written; there are empty ones among them."""
    wide = pa.types.is_large_string(fields.type)
    _, places, letters = fields.buffers()
    kind = pa.int64() if wide else pa.int32()
    offsets = pa.Array.from_buffers(kind, len(fields) + 1, [None, places], offset=fields.offset)
    start, end = offsets[0].as_py(), offsets[len(fields)].as_py()
    # The letters of a slice alone: a large dictionary comes here block by block.
    spaced = b"" if letters is None else letters.slice(start, end - start).to_pybytes()
    array = pa.LargeStringArray if wide else pa.StringArray
    own = pc.subtract(offsets, offsets[0]).buffers()[1]
    return pc.ascii_split_whitespace(
        array.from_buffers(len(fields), own, pa.py_buffer(spaced.translate(_SEPARATED)))
    )


def _rows_with_phrases(rows: pa.Array, opens: pa.Array, continues: pa.Array) -> pa.Array:
    """The rows in which the first two words of an entry may follow one another."""
    first = _all_but_last(rows)
    begin = pc.and_(_all_but_last(opens), continues.slice(1))
    return first.filter(pc.and_(begin, _in_one_row(rows)))


def _all_but_last(array: pa.Array) -> pa.Array:
    """The first one of each two that stand side by side; `slice(1)` is the other."""
    return array.slice(0, max(len(array) - 1, 0))


def _in_one_row(rows: pa.Array) -> pa.Array:
    """Whether two words side by side stand in one row, by the rows of all."""
    return pc.equal(_all_but_last(rows), rows.slice(1))


def _either(ones: pa.Array) -> pa.Array:
    """Whether one of two words side by side is of a kind."""
    return pc.or_(_all_but_last(ones), ones.slice(1))


def _rows_that_depend(
    fields: pa.Array,
    raws: pa.ListArray,
    row_of_word: pa.Array,
    table: _Table,
    places: pa.Array,
    words: Words,
) -> pa.Array:
    """The rows with words that are not certain, for which it matters what stands beside them."""
    open_ = table.is_unresolved.take(places)
    is_certain = table.is_certain.take(places)
    uncertain = pc.or_(pc.invert(is_certain), open_)
    side_by_side = pc.indices_nonzero(pc.match_substring_regex(fields, SIDE_BY_SIDE))
    of_forms = row_of_word.filter(table.of_forms.take(places))
    across = _rows_with_neighbours(row_of_word, uncertain, table.crosses.take(places))
    sizes = pc.utf8_length(raws.flatten())
    stands = pc.and_(is_certain, pc.greater(sizes, constant(SHORT)))
    is_letter = pc.equal(sizes, constant(1))
    may_belong = pc.or_(pc.invert(_either(stands)), _either(is_letter))
    among_words = _rows_of_neighbours(row_of_word, pc.and_(_either(open_), may_belong))
    meeting = _rows_that_meet(raws.flatten(), row_of_word, uncertain, side_by_side, words)
    likely = row_of_word.filter(table.may_be_code.take(places))
    dependent = [
        _both(among_words, side_by_side),
        _both(_both(row_of_word.filter(uncertain), of_forms), side_by_side),
        across,
        meeting,
        _both(likely, row_of_word.filter(is_certain)),
    ]
    return pc.unique(pa.concat_arrays([one.cast(pa.int64()) for one in dependent]))


def _rows_with_neighbours(rows: pa.Array, ones: pa.Array, others: pa.Array) -> pa.Array:
    """The rows with two words side by side of which one is of one kind, and one of another."""
    return _rows_of_neighbours(rows, pc.and_(_either(ones), _either(others)))


def _rows_of_neighbours(rows: pa.Array, are: pa.Array) -> pa.Array:
    """The rows with two words side by side for which something holds."""
    return _all_but_last(rows).filter(pc.and_(are, _in_one_row(rows)))


def _rows_that_meet(
    raws: pa.Array, rows: pa.Array, ones: pa.Array, among: pa.Array, words: Words
) -> pa.Array:
    """The rows, among some, with two words side by side of which one is of a kind, and that may be
    one form."""
    first = _all_but_last(rows)
    meet = pc.and_(_either(ones), _in_one_row(rows))
    meet = pc.and_(meet, pc.is_in(first.cast(pa.int64()), among.cast(pa.int64())))
    space = texts([" "]).cast(raws.type)[0]
    pairs = pc.binary_join_element_wise(
        _all_but_last(raws).filter(meet), raws.slice(1).filter(meet), space
    ).dictionary_encode()
    held = flags([words.may_meet(*pair.split(" ")) for pair in pairs.dictionary.to_pylist()])
    return first.filter(meet).filter(held.take(pairs.indices))


def _both(rows: pa.Array, others: pa.Array) -> pa.Array:
    """The rows that are among other rows too."""
    return rows.filter(pc.is_in(rows.cast(pa.int64()), others.cast(pa.int64())))


def _rows_that_repeat(
    raws: pa.ListArray,
    row_of_word: pa.Array,
    table: _Table,
    places: pa.Array,
    words: Words | None,
) -> pa.Array:
    """The rows in which a word was corrected to a code that stands beside it.

    If the words are given, those are left out of which the readings would stay.
    """
    numbers_ = table.corrected.take(places)
    is_corrected = pc.greater_equal(numbers_, constant(0))
    corrected = _in_rows(row_of_word.filter(is_corrected), numbers_.filter(is_corrected), table)
    context = strung(raws, table.context.take(places))
    shown = _in_rows(pc.list_parent_indices(context), context.flatten(), table)
    repeats = pc.is_in(corrected, shown)
    found = pc.divide(corrected.filter(repeats), constant(len(table.names)))
    if words is None or not len(found):
        return found
    raw = raws.flatten().filter(is_corrected).filter(repeats).dictionary_encode()
    is_open = flags([not words.is_settled(one) for one in raw.dictionary.to_pylist()])
    return found.filter(is_open.take(raw.indices))


def _rows_decided(fields: pa.Array, words: Words) -> pa.Array:
    """The rows that a person has decided as wholes."""
    if not words.fields.are_decided:
        return range_of(0, 0)
    decided = [
        n for n, text in enumerate(fields.to_pylist()) if words.fields.decided(text) is not None
    ]
    return numbers(decided)


def _in_rows(rows: pa.Array, tags: pa.Array, table: _Table) -> pa.Array:
    """One number for a row and the number of a tag in it."""
    return pc.add(pc.multiply(rows.cast(pa.int64()), constant(len(table.names))), tags)


class _Table(NamedTuple):
    """Words as rows, with tags as numbers: see `tagnorm.engine.words.Word`."""

    tags: pa.ListArray
    codes: pa.ListArray
    context: pa.ListArray
    # The number of the code that a word was corrected to if that may change beside others.
    corrected: pa.Int32Array
    is_unresolved: pa.BooleanArray
    is_certain: pa.BooleanArray
    opens: pa.BooleanArray
    continues: pa.BooleanArray
    of_forms: pa.BooleanArray
    crosses: pa.BooleanArray
    is_fringed: pa.BooleanArray
    may_be_code: pa.BooleanArray
    # The tag of each number.
    names: pa.StringArray

    @classmethod
    def of(cls, words: Sequence[Word], number_of: Mapping[str, int], named: int = 0) -> _Table:
        """The table of some words, and of the tags that are not named elsewhere."""
        return cls(
            _numbered([word.tags for word in words], number_of),
            _numbered([word.codes for word in words], number_of),
            _numbered([word.context for word in words], number_of),
            numbers([number_of[word.codes[0]] if word.corrected else _NO_TAG for word in words]),
            flags([len(word.codes) < len(word.tags) for word in words]),
            flags([word.is_certain for word in words]),
            flags([word.opens for word in words]),
            flags([word.continues for word in words]),
            flags([word.of_forms for word in words]),
            flags([word.crosses for word in words]),
            flags([word.is_fringed for word in words]),
            flags([word.may_be_code for word in words]),
            texts(islice(number_of, named, None)),
        )

    def grown(self, words: Sequence[Word], number_of: Mapping[str, int]) -> _Table:
        """The table with more rows; all tags are numbered, the new ones last."""
        fresh = _Table.of(words, number_of, len(self.names))
        return _Table(*map(pa.concat_arrays, zip(self, fresh, strict=True)))


def _numbered(lists: Sequence[tuple[str, ...]], number_of: Mapping[str, int]) -> pa.ListArray:
    """Lists of tags as lists of their numbers."""
    return lists_of(numbers([number_of[tag] for tags in lists for tag in tags]), map(len, lists))


class _Growing:
    """A table that grows by the words it is asked for; several threads may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._letters = 0
        self._table = _Table.of([], {})
        self._rows: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def look_up(
        self, words: Words, distinct: list[str], *, weighed: bool
    ) -> tuple[_Table, pa.Int32Array]:
        """A table in which all of some words are, and the row of each; they are `weighed` where
        that is asked for next."""
        with self._lock:
            if not all(map(self._rows.__contains__, distinct)):
                self._add(words, [raw for raw in distinct if raw not in self._rows], weighed)
            rows = numbers(map(self._rows.__getitem__, distinct))
            table = self._table
            if len(self._rows) > _WORDS or self._letters > _LETTERS:
                self._forget()
        return table, rows

    def _add(self, words: Words, raws: list[str], weighed: bool) -> None:
        found = [words.read(raw, weighed=weighed) if raw else _NO_WORD for raw in raws]
        for word in found:
            for tag in (*word.tags, *word.context):
                self._numbers.setdefault(tag, len(self._numbers))
        self._table = self._table.grown(found, self._numbers)
        for raw in raws:
            self._rows[raw] = len(self._rows)
        self._letters += sum(map(len, raws))


# A table does not hold its words, so it dies with them, and they with their normalizer.
# By normalizer, since what is compiled cannot be referred to weakly.
_tables: WeakKeyDictionary[Normalizer, _Growing] = WeakKeyDictionary()


def _growing_of(normalizer: Normalizer) -> _Growing:
    found = _tables.get(normalizer)
    return _tables.setdefault(normalizer, _Growing()) if found is None else found
