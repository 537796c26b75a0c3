"""What is asked of the readings of a column, and what is counted of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from tagnorm.decisions.word_tally import WordTally
from tagnorm.files.distinct_count import DistinctCount
from tagnorm.options import Options

if TYPE_CHECKING:
    import pyarrow as pa

    from tagnorm.normalizer import Normalizer

__all__ = ["Answers", "Cleaning"]

# So many words are told apart, and none is kept that is longer than this.
_WORDS, _LONG = 50_000, 4096


@attrs.frozen
class Cleaning:
    """How a column is cleaned: the normalizer, and the options of the reading."""

    normalizer: Normalizer
    options: Options = attrs.field(factory=Options)
    # Whether to say how sure each answer is, which takes much longer than the answer itself.
    weighed: bool = False
    # Whether to count the distinct values.
    counted: bool = True
    # Whether to count the words that are no codes as they stand.
    listed: bool = False

    @property
    def needs_weights(self) -> bool:
        """Whether it has to be known how sure each answer is."""
        options = self.options
        return self.weighed or options.min_confidence != 0.0 or options.unresolved == "raise"


class Answers:
    """What has been counted of one column, in bounded memory, however long the column.

    `rows` counts rows by verdict, `statuses` by status, and `words` those in which a word stands
    that is not a code as it is; `distinct` counts the distinct values.
    """

    def __init__(self, cleaning: Cleaning) -> None:
        self.rows: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.words = WordTally(_WORDS)
        self.distinct = DistinctCount()
        self.cleaning = cleaning
        self._inferred: Counter[str] = Counter()

    def see(self, fields: pa.Array) -> None:
        """Count some distinct texts, if they are to be counted."""
        if self.cleaning.counted:
            self.distinct.add(fields.cast("binary").to_pylist())

    def see_words(self, words: Sequence[str], rows: int) -> None:
        """Count the words of a field that are no codes as they stand, in so many rows."""
        self.words.add(None, [word[:_LONG] for word in words], rows)

    def see_each_word(self, counts: Iterable[tuple[str, int]]) -> None:
        """Count such words by the rows that they stand in, no two of one row being alike."""
        inferred = self._inferred
        for word, rows in counts:
            inferred[word] += rows
        if len(inferred) > _WORDS:
            self.count()

    def count(self) -> None:
        """Add up what has been counted since the last time."""
        for word, rows in self._inferred.items():
            self.words.add(None, [word[:_LONG]], rows)
        self._inferred.clear()
