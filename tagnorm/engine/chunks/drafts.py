"""Drafts: chunks of a field on the way to their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tagnorm.engine.chunks.neighbours import are_all_but_one, hold_long_code
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.search.lattice import Piece, whole_word
from tagnorm.engine.text.tokens import Chunk, Part

__all__ = [
    "Draft",
    "answers_of",
    "are_codes",
    "are_codes_but_one",
    "decided_answer",
    "parts_of",
    "word_of",
]


class Draft:
    """A chunk, or several that are one form, on the way to an answer.

    * `chunks` -- the chunks;
    * `found` -- what they are read as: a start and an end in the folded text, and an answer, for
      each part that stands for itself; empty as long as nothing is read;
    * `tags` -- the codes of the answers;
    * `is_certain` -- whether all of it is exactly what the vocabulary writes, or was decided.
    """

    __slots__ = ("chunks", "found", "is_certain", "tags")

    def __init__(self, chunks: tuple[Chunk, ...]) -> None:
        self.chunks = chunks
        self.found: list[tuple[int, int, Answer]] = []
        self.tags: list[str] = []
        self.is_certain = False

    @property
    def start(self) -> int:
        """Where the draft begins in the folded text."""
        return self.chunks[0].start

    @property
    def end(self) -> int:
        """Where the draft ends in the folded text."""
        return self.chunks[-1].end

    @property
    def is_decided(self) -> bool:
        """Whether a person decided which codes the draft is, or a part of it: that holds whatever
        stands beside it."""
        return any(
            piece.how == "decision" for answer in answers_of(self) for piece in answer.pieces
        )

    def take(self, found: list[tuple[int, int, Answer]]) -> None:
        """Set what the draft is read as."""
        self.found = found
        self.tags = [
            tag for _, _, answer in found for _, _, tag, _ in answer.pieces if tag is not None
        ]

    def leave_alone(self, answer: Answer | None = None) -> None:
        """Read the whole draft as unresolved; an answer that was found for its letters tells how
        sure that is."""
        size = self.end - self.start
        alone = Answer(whole_word(size), 1.0)
        if answer is not None:
            alone = answer.left_alone(size)
        self.take([(self.start, self.end, alone)])

    def leave_alone_among_words(self, *, behind_code: bool = False) -> None:
        """Read the whole draft as unresolved, since it belongs to the words beside it, unless it
        was decided; such a code is less doubtful `behind_code`, right behind a long one."""
        if self.is_decided:
            return
        ((_, _, answer),) = self.found
        alone = answer.left_alone_among_words(self.end - self.start, behind_code=behind_code)
        self.take([(self.start, self.end, alone)])
        self.is_certain = False


def decided_answer(tags: tuple[str, ...], size: int) -> Answer:
    """The answer for a stretch that a person decided: the first tag covers it, further ones are
    empty pieces at its end."""
    if not tags:
        return Answer(whole_word(size), 1.0)
    places = [(0, size)] + [(size, size)] * (len(tags) - 1)
    pieces = [Piece(a, b, tag, "decision") for (a, b), tag in zip(places, tags, strict=True)]
    return Answer(tuple(pieces), 1.0)


def parts_of(draft: Draft) -> Iterator[Part]:
    """The parts of the chunks of a draft, in order."""
    return (part for chunk in draft.chunks for part in chunk.parts)


def answers_of(draft: Draft) -> list[Answer]:
    """The answers that were found for a draft."""
    return [answer for _, _, answer in draft.found]


def word_of(draft: Draft) -> str:
    """The word that a draft is; empty if it is more than a single word."""
    first, *others = parts_of(draft)
    return "" if others or first.is_form else first.word


def are_numbers(drafts: Sequence[Draft]) -> bool:
    """Whether each of some drafts is a number without marks: a space parts such, and no digit slips
    over it."""
    return all(word_of(draft).isdecimal() for draft in drafts)


def are_codes(drafts: Sequence[Draft]) -> bool:
    """Whether all of some drafts are certainly codes, and one holds a long code."""
    return all(draft.is_certain and draft.tags for draft in drafts) and any(
        hold_long_code(answers_of(draft)) for draft in drafts
    )


def are_codes_but_one(drafts: Sequence[Draft], *, are_parted: bool) -> bool:
    """Whether all of some drafts but one are certainly codes, two at least, and one holds a long
    code, or each is written as a code where each has a place of its own (`are_parted`)."""
    certain = [draft for draft in drafts if draft.is_certain and draft.tags]
    found = [answers_of(draft) for draft in certain]
    return are_all_but_one(found, len(drafts), are_parted=are_parted)
