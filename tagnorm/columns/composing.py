"""The tags of distinct fields, put together from the tags of their words by Arrow.

A hundred thousand fields have far fewer words. Each word is read once; what remains of the work, to
cut fields into words and to string the tags of the words together, Arrow does for all fields at
once. Only fields that are more than their words come back to Python. Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from threading import Lock
from weakref import WeakKeyDictionary

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.words import Word, Words

__all__ = ["compose"]

# Every byte that is no ASCII letter or digit separates, as in `tagnorm.text`; fields that are not
# all ASCII are left to Python.
_SEPARATED = bytes(byte if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
# A table starts afresh when it has come to hold so many words, or so many letters in all.
_WORDS, _LETTERS = 1 << 16, 1 << 22
# Where a field begins or ends with a separator, Arrow finds an empty word.
_NO_WORD = Word((), clean=True, corrected=False)


def compose(texts: pa.Array, words: Words, *, unique: bool) -> pa.ListArray:
    """The tags of each text, of an array without nulls, as `list<string>`.

    >>> from tagnorm import Normalizer
    >>> fields = pa.array(["PREL, PGVO", "unga/c-6 ALIREZA"])
    >>> compose(fields, Normalizer().words(), unique=False).to_pylist()
    [['PREL', 'PGOV'], ['UNGA/C-6', 'ALIREZA']]
    """
    if pa.types.is_string_view(texts.type):
        texts = texts.cast(pa.large_string())  # Arrow can do little with views yet
    raws = _raw_words(texts)
    table, places = _growing_of(words).look_up(words, raws.flatten())
    found = table.tags.take(places)
    offsets, numbers = found.offsets.take(raws.offsets), found.flatten()
    tags = pa.ListArray.from_arrays(offsets, table.names.take(numbers))
    wholes = _wholes(texts, raws, table, places, pa.ListArray.from_arrays(offsets, numbers), unique)
    if not len(wholes):
        return tags
    read = list(map(words.compose, texts.take(wholes).to_pylist()))
    if unique:
        read = [list(dict.fromkeys(one)) for one in read]
    order = pa.array(range(len(texts)), pa.int64())
    are_whole = pc.is_in(order, wholes)
    instead = pa.array(range(len(texts), len(texts) + len(wholes)), pa.int64())
    both = pa.concat_arrays([tags, pa.array(read, tags.type)])
    return both.take(pc.replace_with_mask(order, are_whole, instead))


def _raw_words(texts: pa.Array) -> pa.ListArray:
    """The words of each text, as they are written; there are empty ones among them."""
    wide = pa.types.is_large_string(texts.type)
    _, places, letters = texts.buffers()
    kind = pa.int64() if wide else pa.int32()
    offsets = pa.Array.from_buffers(kind, len(texts) + 1, [None, places], offset=texts.offset)
    start, end = offsets[0].as_py(), offsets[len(texts)].as_py()
    # The letters of a slice alone: a large dictionary comes here block by block.
    spaced = b"" if letters is None else letters.slice(start, end - start).to_pybytes()
    array = pa.LargeStringArray if wide else pa.StringArray
    own = pc.subtract(offsets, offsets[0]).buffers()[1]
    return pc.ascii_split_whitespace(
        array.from_buffers(len(texts), own, pa.py_buffer(spaced.translate(_SEPARATED)))
    )


def _wholes(
    texts: pa.Array,
    raws: pa.ListArray,
    table: _Table,
    places: pa.Array,
    tags: pa.ListArray,
    unique: bool,
) -> pa.Array:
    """The rows, in order, of texts that are more than their words."""
    row_of_word, row_of_tag = pc.list_parent_indices(raws), pc.list_parent_indices(tags)
    found = [
        pc.indices_nonzero(pc.invert(pc.string_is_ascii(texts))),
        _rows_with_phrases(row_of_word, table.opens.take(places), table.continues.take(places)),
    ]
    # A tag in a row is one number; those that come up twice are of interest.
    keys, counts = pc.value_counts(_keys(row_of_tag, tags.flatten(), table)).flatten()
    doubled = keys.filter(pc.greater(counts, 1))
    if not unique:
        corrected = _keys(row_of_word, table.corrected.take(places), table).drop_null()
        doubled = corrected.filter(pc.is_in(corrected, doubled))
    found.append(pc.divide(doubled, len(table.names)))
    rows = pc.unique(pa.concat_arrays([one.cast(pa.int64()) for one in found]))
    return rows.take(pc.sort_indices(rows))


def _rows_with_phrases(rows: pa.Array, opens: pa.Array, continues: pa.Array) -> pa.Array:
    """The rows in which the first two words of an entry may follow one another."""
    here, there = rows.slice(0, max(len(rows) - 1, 0)), rows.slice(1)
    begin = pc.and_(opens.slice(0, len(here)), continues.slice(1))
    return here.filter(pc.and_(begin, pc.equal(here, there)))


def _keys(rows: pa.Array, numbers: pa.Array, table: _Table) -> pa.Array:
    return pc.add(pc.multiply(rows.cast(pa.int64()), len(table.names)), numbers)


@attrs.frozen
class _Table:
    """Words as rows: the numbers of their tags, and what their fields should know of them."""

    tags: pa.ListArray
    # The number of the tag that a word was corrected to, or null.
    corrected: pa.Int32Array
    opens: pa.BooleanArray
    continues: pa.BooleanArray
    # The tag of each number.
    names: pa.StringArray

    def grown(self, words: Sequence[Word], numbers: Mapping[str, int]) -> _Table:
        """The table with more rows; all tags are numbered, the new ones last."""

        def grow(old: pa.Array, new: Sequence[object]) -> pa.Array:
            return pa.concat_arrays([old, pa.array(new, old.type)])

        corrected = [numbers[word.tags[0]] if word.corrected else None for word in words]
        return _Table(
            grow(self.tags, [[numbers[tag] for tag in word.tags] for word in words]),
            grow(self.corrected, corrected),
            grow(self.opens, [word.opens for word in words]),
            grow(self.continues, [word.continues for word in words]),
            grow(self.names, list(islice(numbers, len(self.names), None))),
        )


_EMPTY = _Table(
    pa.array([], pa.list_(pa.int32())),
    pa.array([], pa.int32()),
    pa.array([], pa.bool_()),
    pa.array([], pa.bool_()),
    pa.array([], pa.string()),
)


class _Growing:
    """A table that grows by the words it is asked for; several threads may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._letters = 0
        self._table = _EMPTY
        self._rows: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def look_up(self, words: Words, raws: pa.Array) -> tuple[_Table, pa.Array]:
        """A table in which all of some words are, and the row of each."""
        encoded = raws.dictionary_encode()
        distinct = encoded.dictionary.to_pylist()
        with self._lock:
            rows = list(map(self._rows.get, distinct))
            if None in rows:
                self._add(words, [raw for raw in distinct if raw not in self._rows])
                rows = list(map(self._rows.get, distinct))
            table = self._table
            if len(self._rows) > _WORDS or self._letters > _LETTERS:
                self._forget()
        return table, pa.array(rows, pa.int32()).take(encoded.indices)

    def _add(self, words: Words, raws: list[str]) -> None:
        found = [words[raw] if raw else _NO_WORD for raw in raws]
        for word in found:
            for tag in word.tags:
                self._numbers.setdefault(tag, len(self._numbers))
        self._table = self._table.grown(found, self._numbers)
        for raw in raws:
            self._rows[raw] = len(self._rows)
        self._letters += sum(map(len, raws))


# A table does not hold its words, so it dies with them, and they with their normalizer.
_tables: WeakKeyDictionary[Words, _Growing] = WeakKeyDictionary()


def _growing_of(words: Words) -> _Growing:
    found = _tables.get(words)
    return _tables.setdefault(words, _Growing()) if found is None else found
