"""A field that is being read: its text, its readers, and the way from folded to raw text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tagnorm.engine.chunks.lists import ListReader
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.stretches import Stretch
from tagnorm.engine.search.lattice import Piece
from tagnorm.engine.text.characters import may_have_lost
from tagnorm.engine.text.forms import Forms
from tagnorm.engine.text.tokens import Part
from tagnorm.folding import squash

__all__ = ["FieldDraft"]

_NOTHING: Final[frozenset[str]] = frozenset()


class FieldDraft:
    """A field that is being read. All places in it are those of the folded text.

    Args:
        lists: reads words by the vocabulary.
        decided: gives the tags that a person gave a raw text, or None; None if nothing was decided.
        text: the field.
        folded: the same, folded.
        offsets: where each folded character stands in the text; None if folding changed no
            positions.
        weighed: whether answers have a confidence and alternatives, which take longer.

    * `context` -- the codes that stand certainly in the field, once these are read;
    * `is_among_codes` -- whether all of the field but one word are certainly codes.

    >>> from tagnorm import Normalizer
    >>> lists = Normalizer().fields.lists
    >>> field = FieldDraft(lists, None, "ß, PREL", "SS, PREL", [0, 0, *range(1, 8)])
    >>> field.raw(0, 2), field.raw(4, 8)
    ('ß', 'PREL')
    """

    def __init__(
        self,
        lists: ListReader,
        decided: Callable[[str], tuple[str, ...] | None] | None,
        text: str,
        folded: str,
        offsets: list[int] | None,
        *,
        weighed: bool = False,
    ) -> None:
        self.lists = lists
        self.reader = lists.reader
        self.lexicon = lists.reader.lexicon
        self.forms: Forms = lists.forms
        self.folded = folded
        self.weighed = weighed
        self.context: frozenset[str] = _NOTHING
        self.is_among_codes = False
        # Whether there are marks that may stand for characters which were lost.
        self._has_lost: bool = may_have_lost(folded)
        self._decided = decided
        self._text = text
        self._offsets = offsets

    def raw(self, start: int, end: int) -> str:
        """The raw text between two places."""
        if self._offsets is None:
            return self._text[start:end]
        return self._text[self._offsets[start] : self._offsets[end]]

    def decision(self, start: int, end: int) -> tuple[str, ...] | None:
        """The tags that a person gave the raw text between two places, or None."""
        return None if self._decided is None else self._decided(self.raw(start, end))

    def has_lost_letter(self, part: Part) -> bool:
        """Whether a part is a form with a mark in place of a letter."""
        return (
            self._has_lost
            and part.is_form
            and squash(self.folded[part.start : part.end]) != part.word
        )

    def by_letters(self, word: str) -> Answer:
        """The answer for a folded word, whatever marks it is written with."""
        return self.lists.by_letters(word, self.context, weighed=self.weighed)

    def stretch(self, start: int, end: int, answer: Answer) -> Stretch:
        """An answer for the text between two places as a stretch of the raw text."""
        offsets = self._offsets
        if offsets is None:
            return Stretch(start, end, answer)
        first = offsets[start]
        pieces = [
            Piece(offsets[start + a] - first, offsets[start + b] - first, tag, how)
            for a, b, tag, how in answer.pieces
        ]
        inner = [start + b for _, b, _, how in answer.pieces[:-1] if how != "decision"]
        if any(offsets[at] == offsets[at - 1] for at in inner):
            # A raw character that folding made several letters of cannot be cut.
            return Stretch(first, offsets[end], answer.left_whole(offsets[end] - first))
        return Stretch(first, offsets[end], answer._replace(pieces=tuple(pieces)))
