"""A review session without its screen: what to ask, in which order, and where the answers go.

The unit is the word, not the field: in `PREL, KTFX, PGOV` only KTFX is doubtful, and what is
decided about it holds in every field it stands in. Words are asked once, the most frequent first;
those that a person has decided already are not asked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import attrs

from tagnorm.decisions.store import COLUMNS, Decision, Decisions, key_of
from tagnorm.folding import squash
from tagnorm.normalizer import Normalizer
from tagnorm.resolution import Resolution
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.suggestions import near

__all__ = ["Journal", "Question", "Session", "read_tags"]

_EXAMPLES = 2


@attrs.frozen
class Question:
    """A doubtful word: in how many rows it stands, in which fields, and what it was read as.

    `choices` are the readings to pick from, the likeliest first.
    """

    raw: str
    rows: int
    examples: tuple[str, ...]
    answer: Resolution

    @property
    def choices(self) -> tuple[tuple[tuple[str, ...], float], ...]:
        """The tags and the probability of each reading; empty tags leave the word whole."""
        others = ((other.tags, other.confidence) for other in self.answer.alternatives)
        return ((self.answer.tags, self.answer.confidence), *others)


class Journal:
    """A file of decisions to which answers are added one by one, each at once and for good.

    An answer is on the disk when `add` returns: stopping the program at any time, however rudely,
    loses none. A last line that an earlier stop cut off is removed, and its string is asked again.
    """

    def __init__(self, path: str | Path, taxonomy: Taxonomy) -> None:
        self.path = Path(path)
        self._taxonomy = taxonomy
        self._tidy = "\t".join(COLUMNS).encode() + b"\n"

    def load(self) -> Decisions:
        """What the file holds now; none if there is no file.

        Raises:
            DecisionsError: the file cannot be used.
        """
        return Decisions.load(self.path, self._taxonomy) if self.path.exists() else Decisions()

    def open(self) -> None:
        """Make the file ready for `add`: there, with all columns, and with whole lines only."""
        if not self._is_tidy():
            self.load().save(self.path)

    def add(self, decision: Decision) -> None:
        """Write one decision behind the others, down to the disk."""
        self.open()
        line = decision.row().encode() + b"\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            while line:
                line = line[os.write(handle, line) :]
            os.fsync(handle)
        finally:
            os.close(handle)

    def _is_tidy(self) -> bool:
        if not self.path.exists():
            return False
        with self.path.open("rb") as file:
            if file.read(len(self._tidy)) != self._tidy:
                return False
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"

    def remove(self, raw: str) -> None:
        """Take back the decision about a string."""
        self.load().without(raw).save(self.path)

    def sort(self) -> None:
        """Bring the file into its order, so that two of them compare line by line."""
        self.load().save(self.path)


class Session:
    """The questions of a review, one after the other, with a way back.

    Args:
        fields: the distinct fields of a column, and in how many rows each stands.
        normalizer: what reads them; its vocabulary says which codes an answer may have.
        journal: where the answers go; what it holds is not asked again.
        below: a word is doubtful if its reading is less sure than this.
        who: the person who answers, as the decisions are to name them.
    """

    def __init__(
        self,
        fields: Mapping[str, int],
        normalizer: Normalizer,
        journal: Journal,
        *,
        below: float = 0.9,
        who: str = "",
    ) -> None:
        self._journal = journal
        self._who = who
        self._rows = sum(fields.values())
        self._done: list[tuple[Question, bool]] = []
        decided = journal.load()
        words = _words(fields, normalizer, decided)
        self._open = _doubtful(fields, words, normalizer, decided, below)
        self._doubts = [
            (rows, doubts)
            for field, rows in fields.items()
            if (doubts := {key_of(word) for word in words.get(field, ())} & self._open.keys())
        ]
        self._queue = sorted(self._open.values(), key=lambda q: (-q.rows, key_of(q.raw)))

    @property
    def question(self) -> Question | None:
        """The question to answer now, or None after the last."""
        return self._queue[len(self._done)] if len(self._done) < len(self._queue) else None

    @property
    def number(self) -> int:
        """How many questions came before this one, and one."""
        return len(self._done) + 1

    @property
    def total(self) -> int:
        """How many questions there are in all."""
        return len(self._queue)

    @property
    def decided(self) -> int:
        """How many were answered, not skipped."""
        return sum(answered for _, answered in self._done)

    def share_left(self) -> float:
        """The share of the rows that hold a word which is still to be asked, from 0 to 1."""
        left = {key_of(question.raw) for question in self._queue[len(self._done) :]}
        rows = sum(rows for rows, doubts in self._doubts if not left.isdisjoint(doubts))
        return rows / self._rows if self._rows else 0.0

    def answer(self, tags: tuple[str, ...], note: str = "") -> Decision:
        """Decide the question; the decision is on the disk when this returns.

        Raises:
            IndexError: there is no question left.
        """
        question = self._queue[len(self._done)]
        when = datetime.now(UTC).isoformat(timespec="seconds")
        decision = Decision(question.raw, tags, note, self._who, when)
        self._journal.add(decision)
        self._done.append((question, True))
        return decision

    def skip(self) -> None:
        """Leave the question open; another session will ask it again."""
        self._done.append((self._queue[len(self._done)], False))

    def undo(self) -> Question | None:
        """Go back to the question before and take its answer back; None if there is none."""
        if not self._done:
            return None
        question, answered = self._done.pop()
        if answered:
            self._journal.remove(question.raw)
        return question


def read_tags(typed: str, taxonomy: Taxonomy) -> tuple[tuple[str, ...], str]:
    """The codes that a person typed, parted by spaces or commas, and what is wrong with them.

    Case does not count. Another name of a code is not taken for it, but hinted at.

    >>> taxonomy = Taxonomy.load()
    >>> read_tags("prel, PGOV", taxonomy)
    (('PREL', 'PGOV'), '')
    >>> print(read_tags("PREL Spain", taxonomy)[1])
    'Spain' is no code; SP is (Spain)
    """
    tags, wrong = [], []
    for part in typed.replace(";", ",").split(","):
        # A vocabulary may have codes of several words.
        whole = taxonomy.lookup(part)
        names = [part] if whole is not None and squash(whole.tag) == squash(part) else part.split()
        for name in names:
            code = taxonomy.lookup(name)
            if code is not None and squash(code.tag) == squash(name):
                tags.append(code.tag)
            elif code is not None:
                wrong.append(f"{name!r} is no code; {code.tag} is ({code.name})")
            else:
                likely = ", ".join(f"{c.tag} ({c.name})" for c in near(taxonomy, name))
                wrong.append(f"{name!r} is no code" + (f"; near: {likely}" if likely else ""))
    return tuple(tags), "\n".join(wrong)


def _words(
    fields: Mapping[str, int], normalizer: Normalizer, decided: Decisions
) -> dict[str, tuple[str, ...]]:
    """The words of each field, as the normalizer parts them; none of a field decided as a whole."""
    undecided = [field for field in fields if field not in decided]
    answers = normalizer.resolve_many(undecided)
    return {answer.raw: tuple(_words_of(answer)) for answer in answers}


def _words_of(answer: Resolution) -> Iterator[str]:
    word = ""
    for segment in answer.segments:
        if segment.how != "separator":
            word += segment.raw
        elif word:
            yield word
            word = ""
    if word:
        yield word


def _doubtful(
    fields: Mapping[str, int],
    words: Mapping[str, tuple[str, ...]],
    normalizer: Normalizer,
    decided: Decisions,
    below: float,
) -> dict[str, Question]:
    """The words to ask about, by their keys, spelled as they are most often."""
    rows: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    where: dict[str, list[str]] = {}
    for field, count in sorted(fields.items(), key=lambda item: (-item[1], item[0])):
        for word in dict.fromkeys(words.get(field, ())):
            key = key_of(word)
            spellings.setdefault(key, Counter())[word] += count
            if field not in where.setdefault(key, []):
                rows[key] += count
                where[key].append(field)
    asked = [key for key in rows if key not in decided]
    names = [spellings[key].most_common(1)[0][0] for key in asked]
    return {
        key: Question(name, rows[key], tuple(where[key][:_EXAMPLES]), answer)
        for key, name, answer in zip(asked, names, normalizer.resolve_many(names), strict=True)
        if answer.confidence < below
    }
