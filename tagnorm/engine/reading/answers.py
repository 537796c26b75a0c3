"""Answers for words: the pieces that were read, how sure that is, and what else they may be."""

from __future__ import annotations

import math
from typing import NamedTuple

from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.search.lattice import Piece, whole_word
from tagnorm.resolution import Alternative, Segment

__all__ = ["Answer", "segments_of"]

# How often a code that stands among words is meant: of two dozen labelled ones none was.
_MEANT_AMONG_WORDS = 0.04
# The same of one that stands behind a long code: people may have written it for that, or a name
# that begins so (`PREL MA YING-JEOU`).
_MEANT_BEHIND_CODE = 0.3


class Answer(NamedTuple):
    """How a word was read: its pieces, the probability that its tags are right, other readings."""

    pieces: tuple[Piece, ...]
    confidence: float
    alternatives: tuple[Alternative, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The codes of the answer, in order."""
        pieces = self.pieces
        if len(pieces) == 1:  # most answers
            tag = pieces[0].tag
            return () if tag is None else (tag,)
        return tuple([tag for _, _, tag, _ in pieces if tag is not None])

    def left_alone(self, size: int) -> Answer:
        """The answer for a reader who wants none so doubtful: the word, whole.

        The reading that was turned down leads the alternatives.
        """
        if not self.tags:
            if len(self.pieces) == 1 and self.pieces[0].end == size:
                return self
            return self._replace(pieces=whole_word(size))
        others = [other for other in self.alternatives if other.tags]
        alone = math.fsum(other.confidence for other in self.alternatives if not other.tags)
        refused = Alternative(self.tags, self.confidence)
        return Answer(whole_word(size), alone, (refused, *others))

    def left_whole(self, size: int) -> Answer:
        """The answer for a word that cannot be cut where its codes meet: the word, whole, as likely
        as the codes."""
        alone = self.left_alone(size)
        if not alone.alternatives:
            return alone
        most = max(other.confidence for other in alone.alternatives)
        each = max(alone.confidence, (alone.confidence + most) / 2)
        return alone._replace(confidence=each).less_sure(1.0)

    def less_sure(self, share: float) -> Answer:
        """The answer where so much of its probability is left; no alternative has more."""
        most = self.confidence * share
        others = [
            other if other.confidence <= most else Alternative(other.tags, most)
            for other in self.alternatives
        ]
        return self._replace(confidence=most, alternatives=tuple(others))

    def left_alone_among_words(self, size: int, *, behind_code: bool = False) -> Answer:
        """The answer for a code that belongs to the words beside it: it is hardly meant, if a bit
        more often where it stands behind a long code."""
        likely = self.confidence * (_MEANT_BEHIND_CODE if behind_code else _MEANT_AMONG_WORDS)
        others = (Alternative(self.tags, likely),) if self.tags else ()
        return Answer(whole_word(size), 1 - likely, others)

    def over(self, size: int) -> Answer:
        """The same answer for a word that takes more room as it is written, as `UNGA/C-6` does."""
        first, *others = self.pieces
        return self if others else self._replace(pieces=(first._replace(end=size),))


def segments_of(text: str, start: int, pieces: tuple[Piece, ...]) -> tuple[Segment, ...]:
    """The segments of a stretch that begins somewhere in a text."""
    return tuple(
        [
            Segment(
                text[start + first : start + last],
                start + first,
                start + last,
                tag,
                how,
                1 if how in EDIT_NAMES else 0,
            )
            for first, last, tag, how in pieces
        ]
    )
