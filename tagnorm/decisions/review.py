"""A review session without its screen: what to ask, in which order, and where the answers go.

The unit is the word, not the field: in `PREL, KTFX, PGOV` only KTFX is doubtful, and what is
decided about it holds in every field it stands in. What is asked is what `tagnorm.decisions.states`
says needs a person: doubtful and unresolved words, the most frequent first, each once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime

from tagnorm.decisions.journal import Journal
from tagnorm.decisions.states import DOUBT, NEED_A_PERSON, State
from tagnorm.decisions.store import Decision, key_of
from tagnorm.decisions.word_tally import Pending, WordTally
from tagnorm.normalizer import Normalizer
from tagnorm.vocabulary.codes import Taxonomy
from tagnorm.vocabulary.facts import code_tagged
from tagnorm.vocabulary.suggestions import near

__all__ = ["Session", "read_tags"]

_WORD, _COMMA = re.compile(r"[^\s,;]+"), re.compile("[,;]")
# No code has more words than a person types.
_MOST_WORDS = 30


class Session:
    """The questions of a review, one after the other, with a way back.

    Others may decide on the same file meanwhile: what they answered is not overwritten, and their
    answers are never taken back by `undo`.

    Args:
        fields: the distinct fields of a column, and in how many rows each stands.
        normalizer: what reads them; its vocabulary says which codes an answer may have.
        journal: where the answers go; what it holds is not asked again.
        below: a word is doubtful if its reading is less sure than this.
        min_confidence: a word whose reading is less sure than this counts as unresolved.
        states: only words in these states are asked.
        who: the person who answers, as the decisions are to name them.
    """

    def __init__(
        self,
        fields: Mapping[str, int],
        normalizer: Normalizer,
        journal: Journal,
        *,
        below: float = DOUBT,
        min_confidence: float = 0.0,
        states: Collection[State] = NEED_A_PERSON,
        who: str = "",
    ) -> None:
        self._journal = journal
        self._who = who
        self._done: list[tuple[Pending, Decision | None]] = []
        decided = journal.load()
        tally = WordTally()
        undecided = [field for field in fields if field not in decided]
        words = [summary.inferred for summary in normalizer.summarize_many(undecided)]
        for field, inferred in zip(undecided, words, strict=True):
            tally.add(field, inferred, fields[field])
        pending = tally.pending(
            normalizer, decisions=decided, below=below, min_confidence=min_confidence
        )
        self._queue = [word for word in pending if word.state in states]
        # The rows in which the last question stands, the last two, and so on, each row once.
        place = {key_of(question.raw): at for at, question in enumerate(self._queue)}
        rows = [0] * (len(self._queue) + 1)
        for field, inferred in zip(undecided, words, strict=True):
            last = max((place.get(key_of(word), -1) for word in inferred), default=-1)
            if last >= 0:
                rows[last] += fields[field]
        for at in reversed(range(len(self._queue))):
            rows[at] += rows[at + 1]
        self._rows_left, self._rows = rows, sum(fields.values())

    @property
    def question(self) -> Pending | None:
        """The question to answer now, or None after the last."""
        return self._queue[len(self._done)] if len(self._done) < len(self._queue) else None

    @property
    def questions(self) -> tuple[Pending, ...]:
        """All questions of the session, in their order."""
        return tuple(self._queue)

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
        """How many were answered in this session, not skipped."""
        return sum(decision is not None for _, decision in self._done)

    def share_left(self) -> float:
        """The share of the rows that hold a word which is still to be asked, from 0 to 1."""
        return self._rows_left[len(self._done)] / self._rows if self._rows else 0.0

    def meanwhile(self) -> Decision | None:
        """What somebody else has decided about the question since the session began, or None.

        Raises:
            IndexError: there is no question left.
            DecisionsError: the file cannot be used any more.
        """
        return self._journal.find(key_of(self._queue[len(self._done)].raw))

    def answer(
        self, tags: tuple[str, ...], note: str = "", instead_of: Decision | None = None
    ) -> Decision:
        """Decide the question; the decision is on the disk when this returns.

        Args:
            tags: the codes, or none, which leaves the word whole.
            note: why, for those who read the file.
            instead_of: somebody else's decision, as `meanwhile` gave it, that this one replaces.

        Raises:
            IndexError: there is no question left.
            AlreadyDecidedError: somebody else has answered otherwise meanwhile.
            LockedError: somebody else is writing, and does not end.
            OSError: the file cannot be written.
        """
        question = self._queue[len(self._done)]
        when = datetime.now(UTC).isoformat(timespec="seconds")
        decision = Decision(question.raw, tags, note, self._who, when)
        self._journal.add(decision, instead_of)
        self._done.append((question, decision))
        return decision

    def skip(self) -> None:
        """Leave the question open; another session will ask it again."""
        self._done.append((self._queue[len(self._done)], None))

    def undo(self) -> Pending | None:
        """Go back to the question before and take its answer back; None if there is none.

        An answer that somebody else gave first, or has changed since, stays as it is.
        """
        if not self._done:
            return None
        question, decision = self._done.pop()
        if decision is not None:
            self._journal.remove(decision)
        return question


def read_tags(typed: str, taxonomy: Taxonomy) -> tuple[tuple[str, ...], str]:
    """The codes that a person typed, parted by spaces or commas, and what is wrong with them.

    Case does not count. A code with spaces or commas in it is itself, of several the longest.
    Another name of a code is not taken for it, but hinted at.

    >>> taxonomy = Taxonomy.load()
    >>> read_tags("prel, PGOV", taxonomy)
    (('PREL', 'PGOV'), '')
    >>> read_tags("Korea, South; Chad", Taxonomy.of(["Chad", "Korea, South", "South Sudan"]))
    (('Korea, South', 'Chad'), '')
    >>> print(read_tags("PREL Spain", taxonomy)[1])
    'Spain' is no code; SP is (Spain)
    """
    tags, wrong = [], []
    for part in _parts(typed, taxonomy):
        # A vocabulary may have codes of several words, or with marks for which spaces are typed.
        names = part.split()
        if code_tagged(part, taxonomy) and not all(_is_code(name, taxonomy) for name in names):
            names = [part]
        for name in names:
            code, named = code_tagged(name, taxonomy), taxonomy.lookup(name)
            if code is not None:
                tags.append(code.tag)
            elif named is not None:
                wrong.append(f"{name!r} is no code; {named.tag} is ({named.name})")
            else:
                likely = ", ".join(f"{c.tag} ({c.name})" for c in near(taxonomy, name))
                wrong.append(f"{name!r} is no code" + (f"; near: {likely}" if likely else ""))
    return tuple(tags), "\n".join(wrong)


def _parts(typed: str, taxonomy: Taxonomy) -> Iterator[str]:
    """What stands between commas, and codes of several words that stand there as they are."""
    words = list(_WORD.finditer(typed))
    begin = at = 0
    while at < len(words):
        start = words[at].start()
        last = min(at + _MOST_WORDS, len(words)) - 1
        while last > at and not _is_code(typed[start : words[last].end()], taxonomy):
            last -= 1
        if last > at:
            yield from _COMMA.split(typed[begin:start])
            begin = words[last].end()
            yield typed[start:begin]
        at = last + 1
    yield from _COMMA.split(typed[begin:])


def _is_code(text: str, taxonomy: Taxonomy) -> bool:
    """Whether a text is a code but for case and the width of its spaces."""
    code = code_tagged(text, taxonomy)
    return code is not None and " ".join(text.split()).casefold() == code.tag.casefold()
