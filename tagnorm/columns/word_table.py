"""What is known of words, as rows of an Arrow table. Needs PyArrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tagnorm.columns.arrays import LARGEST, numbers, texts
from tagnorm.columns.growing_table import numbered
from tagnorm.engine.word_kinds import INFERRED, Word

__all__ = ["NO_TAG", "NO_WORD", "WordTable", "are"]

NO_TAG = LARGEST
# Where a field begins or ends with a separator, Arrow finds an empty word.
NO_WORD = Word((), (), ())


def are(kind: int, kinds: pa.Array) -> pa.BooleanArray:
    """Whether each word is of a kind, by the bits of its `Word.kinds`.

    >>> from tagnorm.engine.word_kinds import CERTAIN, OPENS
    >>> are(OPENS, numbers([CERTAIN | OPENS, CERTAIN])).to_pylist()
    [True, False]
    """
    return pc.not_equal(pc.bit_wise_and(kinds, numbers([kind])[0]), numbers([0])[0])


class WordTable(NamedTuple):
    """Words as rows. Tags stand there as numbers; `names` has the tag of each number."""

    tags: pa.ListArray
    codes: pa.ListArray
    context: pa.ListArray
    # The number of the code that a word was corrected to, or `NO_TAG`.
    corrected: pa.Int32Array
    # The bits of `Word.kinds`.
    kinds: pa.Int32Array
    names: pa.StringArray

    @classmethod
    def of(cls, words: Sequence[Word], number_of: Mapping[str, int], named: int = 0) -> WordTable:
        """The table of some words, with the names of all tags but the first `named` ones."""
        return cls(
            numbered([word.tags for word in words], number_of),
            numbered([word.codes for word in words], number_of),
            numbered([word.context for word in words], number_of),
            numbers([number_of[word.codes[0]] if word.is_(INFERRED) else NO_TAG for word in words]),
            numbers([word.kinds for word in words]),
            texts(islice(number_of, named, None)),
        )

    @staticmethod
    def tags_of(word: Word) -> Iterable[str]:
        """The tags of a word that need numbers; its codes and its context are among them."""
        return word.tags

    def grown(self, words: Sequence[Word], number_of: Mapping[str, int]) -> WordTable:
        """The table with more rows; all tags are numbered, the new ones last."""
        fresh = WordTable.of(words, number_of, len(self.names))
        return WordTable(*map(pa.concat_arrays, zip(self, fresh, strict=True)))
