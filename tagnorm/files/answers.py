"""The answers for the values of a column, each worked out once, and how often each came up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import attrs

from tagnorm.decisions.states import DOUBT, WordTally
from tagnorm.errors import UnresolvedError
from tagnorm.files.distinct_count import DistinctCount
from tagnorm.options import Options

if TYPE_CHECKING:
    import pyarrow as pa

    from tagnorm.engine.summaries import Summary
    from tagnorm.normalizer import Normalizer

__all__ = ["Answer", "Answers", "Cleaning", "Verdict"]

Verdict = Literal["resolved", "doubtful", "unresolved", "empty"]

# What may be remembered: so many values, so many letters in all, and none longer than this.
_VALUES, _LETTERS, _LONG = 100_000, 5_000_000, 4096
_WORDS = 50_000


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


class Answer:
    """What a value became, and in how many rows it stood since it was last counted."""

    __slots__ = ("cell", "confidence", "rows", "status", "suspects", "tags", "verdict")

    def __init__(
        self,
        tags: list[str],
        verdict: Verdict,
        status: str | None = None,
        confidence: float | None = None,
        suspects: tuple[str, ...] = (),
    ) -> None:
        self.tags = tags
        self.verdict = verdict
        self.status = status
        self.confidence = confidence
        # The words that are not a code or an alias as they stand.
        self.suspects = suspects
        self.rows = 0
        # The tags as one cell, once somebody has asked for it.
        self.cell: str | None = None


class Answers:
    """The answers of one column; what it remembers is bounded, however long the column.

    `rows` counts rows by verdict, `statuses` by status, and `words` those in which a word stands
    that is not a code as it is.
    """

    def __init__(self, cleaning: Cleaning) -> None:
        self.rows: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.words = WordTally(_WORDS)
        self.distinct = DistinctCount()
        self.cleaning = cleaning
        self._known: dict[str, Answer] = {}
        self._letters = 0
        self._passing: list[Answer] = []
        self._inferred: Counter[str] = Counter()
        self.missing = Answer([], "empty")

    def of(self, values: Sequence[str]) -> list[Answer]:
        """The answer for each value; the caller adds to their `rows`."""
        if len(self._passing) > _VALUES:
            self.count()
        known = self._known
        new = [value for value in dict.fromkeys(values) if value not in known]
        if not new:
            return [known[value] for value in values]
        fresh = dict(zip(new, self._resolve(new), strict=True))
        found = [known.get(value) or fresh[value] for value in values]
        self._remember(fresh)
        if self._known is not known:
            # What was forgotten just now is still to be counted for these values.
            self._passing += [a for v, a in zip(values, found, strict=True) if v not in self._known]
        return found

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
            self._count_words()

    def _count_words(self) -> None:
        for word, rows in self._inferred.items():
            self.words.add(None, [word[:_LONG]], rows)
        self._inferred.clear()

    def untouched(self, text: str) -> Answer:
        """The answer for a value whose letters were lost: it stays whole, and is counted."""
        unresolved = self.cleaning.options.unresolved
        if unresolved == "raise":
            raise UnresolvedError(text, [text])
        tags = [text] if unresolved == "keep" else []
        answer = Answer(tags, "unresolved", "unresolved", 0.0)
        self._passing.append(answer)
        return answer

    def count(self) -> None:
        """Add up what has been counted since the last time."""
        for answers in (self._known.values(), self._passing, (self.missing,)):
            for answer in answers:
                self._add(answer)
        self._passing.clear()
        self._count_words()

    def _add(self, answer: Answer) -> None:
        if not answer.rows:
            return
        self.rows[answer.verdict] += answer.rows
        if answer.status is not None and answer.verdict != "empty":
            self.statuses[answer.status] += answer.rows
        if answer.suspects and self.cleaning.listed:
            self.words.add(None, answer.suspects, answer.rows)
        answer.rows = 0

    def _resolve(self, values: Sequence[str]) -> Iterable[Answer]:
        if self.cleaning.needs_weights:
            return self._weigh(values)
        return self._split(values)

    def _split(self, values: Sequence[str]) -> Iterator[Answer]:
        keep = self.cleaning.options.unresolved == "keep"
        for value in values:
            tags, codes = self.cleaning.normalizer.words.compose(value)
            verdict: Verdict = "empty"
            if tags:
                verdict = "resolved" if len(codes) == len(tags) else "unresolved"
            yield Answer(self._final(tags if keep else codes), verdict)

    def _final(self, tags: list[str]) -> list[str]:
        return list(dict.fromkeys(tags)) if self.cleaning.options.unique else tags

    def _weigh(self, values: Sequence[str]) -> Iterator[Answer]:
        cleaning = self.cleaning
        for found in cleaning.normalizer.summarize_many(values, **cleaning.options.as_given()):
            keep = cleaning.options.unresolved == "keep"
            final = list(found.pieces if keep else found.tags)
            verdict = _verdict(found)
            if not cleaning.weighed:
                yield Answer(final, "resolved" if verdict == "doubtful" else verdict)
                continue
            suspects = tuple([word[:_LONG] for word in found.inferred])
            yield Answer(final, verdict, found.status, found.confidence, suspects)

    def _remember(self, fresh: dict[str, Answer]) -> None:
        if self.cleaning.counted:
            self.distinct.add([value.encode(errors="surrogatepass") for value in fresh])
        letters = sum(map(len, fresh))
        if len(self._known) + len(fresh) > _VALUES or self._letters + letters > _LETTERS:
            self._forget()
        for value, answer in fresh.items():
            if len(value) > _LONG:
                self._passing.append(answer)
            else:
                self._known[value] = answer
        self._letters += letters

    def _forget(self) -> None:
        """Forget what came up only once, or all of it where that is not enough."""
        again = {value: answer for value, answer in self._known.items() if answer.rows > 1}
        self.count()
        self._known = again if len(again) <= _VALUES // 2 else {}
        self._letters = sum(map(len, self._known))


def _verdict(found: Summary) -> Verdict:
    if found.is_resolved:
        return "resolved" if found.confidence >= DOUBT else "doubtful"
    return "unresolved" if found.unresolved or found.tags else "empty"
