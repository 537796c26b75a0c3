"""Chunks of a field on the way to their answers."""

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
    """A chunk, or several, on the way to an answer."""

    __slots__ = ("chunks", "found", "is_certain", "tags")

    def __init__(self, chunks: tuple[Chunk, ...]) -> None:
        self.chunks = chunks
        # What is read, by folded places: one stretch for each part that stands for itself.
        self.found: list[tuple[int, int, Answer]] = []
        # The codes among it.
        self.tags: list[str] = []
        # Whether all of it stands there as it is written in the vocabulary, or was decided.
        self.is_certain = False

    @property
    def start(self) -> int:
        """Where it begins in the folded text."""
        return self.chunks[0].start

    @property
    def end(self) -> int:
        """Where it ends there."""
        return self.chunks[-1].end

    def take(self, found: list[tuple[int, int, Answer]]) -> None:
        """Read the draft as some stretches."""
        self.found = found
        self.tags = [
            tag for _, _, answer in found for _, _, tag, _ in answer.pieces if tag is not None
        ]

    def leave_alone(self, answer: Answer | None = None) -> None:
        """Read the whole draft as no code; an answer for other letters says how sure that is."""
        size = self.end - self.start
        alone = Answer(whole_word(size), 1.0)
        if answer is not None:
            alone = answer.left_alone(size)
        self.take([(self.start, self.end, alone)])

    def leave_alone_among_words(self, *, behind_code: bool = False) -> None:
        """Read the whole draft as no code, since it belongs to the words beside it; it may stand
        behind a long code."""
        ((_, _, answer),) = self.found
        alone = answer.left_alone_among_words(self.end - self.start, behind_code=behind_code)
        self.take([(self.start, self.end, alone)])
        self.is_certain = False


def decided_answer(tags: tuple[str, ...], size: int) -> Answer:
    """A person's answer for a stretch: the first tag covers it, further ones stand at its end."""
    if not tags:
        return Answer(whole_word(size), 1.0)
    places = [(0, size)] + [(size, size)] * (len(tags) - 1)
    pieces = [Piece(a, b, tag, "decision") for (a, b), tag in zip(places, tags, strict=True)]
    return Answer(tuple(pieces), 1.0)


def parts_of(draft: Draft) -> Iterator[Part]:
    """The parts of the chunks of a draft, in order."""
    return (part for chunk in draft.chunks for part in chunk.parts)


def answers_of(draft: Draft) -> list[Answer]:
    """The answers for the stretches of a draft."""
    return [answer for _, _, answer in draft.found]


def word_of(draft: Draft) -> str:
    """The word that a draft is, or nothing if it is more."""
    first, *others = parts_of(draft)
    return "" if others or first.is_form else first.word


def are_codes(drafts: Sequence[Draft]) -> bool:
    """Whether all of some drafts are codes as they stand, and one is long."""
    return all(draft.is_certain and draft.tags for draft in drafts) and any(
        hold_long_code(answers_of(draft)) for draft in drafts
    )


def are_codes_but_one(drafts: Sequence[Draft]) -> bool:
    """Whether all of some drafts but one are codes, several of them, and one is long."""
    certain = [draft for draft in drafts if draft.is_certain and draft.tags]
    return are_all_but_one([answers_of(draft) for draft in certain], len(drafts))
