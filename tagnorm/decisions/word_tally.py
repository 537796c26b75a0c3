"""The words of a column: in how many rows each stands, and which of them need a person.

`tagnorm review` asks about these words, and the reports list them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from tagnorm.decisions.states import DOUBT, NEED_A_PERSON, State, undecided_state
from tagnorm.decisions.store import Decisions, key_of
from tagnorm.normalizer import Normalizer
from tagnorm.resolution import Resolution

__all__ = ["Pending", "Tallied", "WordTally"]

# So many fields are kept of each word.
_EXAMPLES = 2


@attrs.frozen
class Pending:
    """A word that needs a person: its state, in how many rows it stands, in which fields.

    `raw` is spelled as it is most often, and `answer` is what the normalizer makes of it.
    """

    raw: str
    rows: int
    examples: tuple[str, ...]
    answer: Resolution
    state: State

    @property
    def choices(self) -> tuple[tuple[tuple[str, ...], float], ...]:
        """The tags and the probability of each reading, the likeliest first; empty tags leave the
        word whole."""
        others = ((other.tags, other.confidence) for other in self.answer.alternatives)
        return ((self.answer.tags, self.answer.confidence), *others)


class Tallied:
    """What is counted of one word, whatever its case."""

    __slots__ = ("_first", "_spellings", "examples", "rows")

    def __init__(self, spelling: str) -> None:
        self.rows = 0
        self.examples: list[tuple[int, str]] = []
        # Nearly all words are spelled in one way, and need no count of it.
        self._first = spelling
        self._spellings: Counter[str] | None = None

    def add(self, spelling: str, field: str | None, rows: int, *, again: bool) -> None:
        """Count a spelling; one that its field has `again` counts for no more rows."""
        if self._spellings is not None:
            self._spellings[spelling] += rows
        elif spelling != self._first:
            self._spellings = Counter({self._first: self.rows, spelling: rows})
        if again:
            return
        self.rows += rows
        if field is not None:
            # The commonest fields, and of those as common as each other the first by the alphabet.
            self.examples.append((-rows, field))
            self.examples.sort()
            del self.examples[_EXAMPLES:]

    @property
    def raw(self) -> str:
        """The word as it is spelled most often."""
        if self._spellings is None:
            return self._first
        counts = self._spellings
        return min(counts, key=lambda raw: (-counts[raw], raw))


class WordTally:
    """Counts the words of a column by rows; spellings that differ in case alone are one word.

    Args:
        most: so many words are told apart; of those that find no room `unlisted` counts the rows.

    >>> tally = WordTally()
    >>> tally.add("PREL, KWHG", ["KWHG"], rows=3)
    >>> tally.add("kwhg; PELOSI", ["kwhg", "PELOSI"])
    >>> [(word.raw, word.rows, word.state) for word in tally.pending(Normalizer())]
    [('KWHG', 4, 'doubtful'), ('PELOSI', 1, 'unresolved')]
    """

    def __init__(self, most: int | None = None) -> None:
        self.unlisted = 0
        self._most = most
        self._words: dict[str, Tallied] = {}

    def add(self, field: str | None, words: Iterable[str], rows: int = 1) -> None:
        """Count the words of a field that stands in so many rows; None keeps it as no example."""
        seen: set[str] = set()
        for word in dict.fromkeys(words):
            key = key_of(word)
            found = self._words.get(key)
            if found is None:
                if self._most is not None and len(self._words) >= self._most:
                    self.unlisted += rows
                    continue
                found = self._words[key] = Tallied(word)
            found.add(word, field, rows, again=key in seen)
            seen.add(key)

    def __len__(self) -> int:
        return len(self._words)

    def undecided(self, *decisions: Decisions | None) -> Iterator[Tallied]:
        """The words that nobody has decided, those in the most rows first.

        >>> from tagnorm import Decision
        >>> tally = WordTally()
        >>> tally.add("KWHG; PELOSI", ["KWHG", "PELOSI"])
        >>> [word.raw for word in tally.undecided(None, Decisions([Decision("Pelosi", [])]))]
        ['KWHG']
        """
        decided = [one for one in decisions if one is not None]
        for key in sorted(self._words, key=lambda key: (-self._words[key].rows, key)):
            if not any(key in one for one in decided):
                yield self._words[key]

    def pending(
        self,
        normalizer: Normalizer,
        *,
        decisions: Decisions | None = None,
        below: float = DOUBT,
        min_confidence: float = 0.0,
    ) -> Iterator[Pending]:
        """The words that need a person, those in the most rows first.

        Args:
            normalizer: what reads the words; what its own decisions say is decided too.
            decisions: more that a person has decided.
            below: a word is doubtful if its answer is less sure than this.
            min_confidence: a word whose answer is less sure than this is unresolved, as in `split`.
        """
        for word in self.undecided(decisions, normalizer.decisions):
            answer = normalizer.resolve(word.raw)
            state = undecided_state(
                answer.confidence,
                is_resolved=answer.is_resolved,
                below=below,
                min_confidence=min_confidence,
            )
            if state in NEED_A_PERSON:
                examples = tuple(field for _, field in word.examples)
                yield Pending(word.raw, word.rows, examples, answer, state)
