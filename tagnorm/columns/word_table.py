"""What is known of words, as rows of an Arrow table that grows by the words it is asked for.

Needs PyArrow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from threading import Lock
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import lists_of, numbers, texts
from tagnorm.engine.words import Word

__all__ = [
    "CERTAIN",
    "CONTINUES",
    "CROSSES",
    "FRINGED",
    "MAY_BE_CODE",
    "NO_TAG",
    "OF_FORMS",
    "OPENS",
    "UNRESOLVED",
    "GrowingTable",
    "WordTable",
    "are",
]

# What a word is, each a bit: see `tagnorm.engine.words.Word`.
UNRESOLVED, CERTAIN, OPENS, CONTINUES = 1, 2, 4, 8
OF_FORMS, CROSSES, FRINGED, MAY_BE_CODE = 16, 32, 64, 128
NO_TAG = -1
# A table starts afresh when it has come to hold so many words, or so many letters in all.
_WORDS, _LETTERS = 1 << 16, 1 << 22
# Where a field begins or ends with a separator, Arrow finds an empty word.
_NO_WORD = Word((), (), ())


def are(kind: int, kinds: pa.Array) -> pa.BooleanArray:
    """Whether words are of a kind, by the bits of what each is.

    >>> are(OPENS, numbers([CERTAIN | OPENS, CERTAIN])).to_pylist()
    [True, False]
    """
    return pc.not_equal(pc.bit_wise_and(kinds, numbers([kind])[0]), numbers([0])[0])


class WordTable(NamedTuple):
    """Words as rows, with tags as numbers; `names` has the tag of each number."""

    tags: pa.ListArray
    codes: pa.ListArray
    context: pa.ListArray
    # The number of the code that a word was corrected to if that may change beside others.
    corrected: pa.Int32Array
    # The bits of all that it is.
    kinds: pa.Int32Array
    names: pa.StringArray

    @classmethod
    def of(cls, words: Sequence[Word], number_of: Mapping[str, int], named: int = 0) -> WordTable:
        """The table of some words, and of the tags that are not named elsewhere."""
        return cls(
            _numbered([word.tags for word in words], number_of),
            _numbered([word.codes for word in words], number_of),
            _numbered([word.context for word in words], number_of),
            numbers([number_of[word.codes[0]] if word.corrected else NO_TAG for word in words]),
            numbers([_kinds_of(word) for word in words]),
            texts(islice(number_of, named, None)),
        )

    def grown(self, words: Sequence[Word], number_of: Mapping[str, int]) -> WordTable:
        """The table with more rows; all tags are numbered, the new ones last."""
        fresh = WordTable.of(words, number_of, len(self.names))
        return WordTable(*map(pa.concat_arrays, zip(self, fresh, strict=True)))


def _kinds_of(word: Word) -> int:
    return (
        (len(word.codes) < len(word.tags)) * UNRESOLVED
        | word.is_certain * CERTAIN
        | word.opens * OPENS
        | word.continues * CONTINUES
        | word.of_forms * OF_FORMS
        | word.crosses * CROSSES
        | word.is_fringed * FRINGED
        | word.may_be_code * MAY_BE_CODE
    )


def _numbered(lists: Sequence[tuple[str, ...]], number_of: Mapping[str, int]) -> pa.ListArray:
    """Lists of tags as lists of their numbers."""
    return lists_of(numbers([number_of[tag] for tags in lists for tag in tags]), map(len, lists))


class GrowingTable:
    """A table that grows by the texts it is asked for; several threads may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._letters = 0
        self._table = WordTable.of([], {})
        self._rows: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def look_up(
        self, raws: Sequence[str], read: Callable[[str], Word]
    ) -> tuple[WordTable, pa.Int32Array]:
        """A table in which all of some texts are, and the row of each; new ones are `read`."""
        with self._lock:
            rows = list(map(self._rows.get, raws))
            if None in rows:
                fresh = [raw for raw, row in zip(raws, rows, strict=True) if row is None]
                self._add(list(dict.fromkeys(fresh)), read)
                rows = list(map(self._rows.get, raws))
            table = self._table
            if len(self._rows) > _WORDS or self._letters > _LETTERS:
                self._forget()
        return table, numbers(rows)  # type: ignore[arg-type]  # all of them are there now

    def _add(self, raws: Sequence[str], read: Callable[[str], Word]) -> None:
        found = [read(raw) if raw else _NO_WORD for raw in raws]
        number_of = self._numbers
        for word in found:
            for tag in word.tags:  # its codes and its context are among them
                number_of.setdefault(tag, len(number_of))
        self._table = self._table.grown(found, number_of)
        first = len(self._rows)
        self._rows.update(zip(raws, range(first, first + len(raws)), strict=True))
        self._letters += sum(map(len, raws))
