"""Answers for words: the pieces that were read, how sure that is, and what else they may be."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from tagnorm.engine.search.lattice import Piece, whole_word
from tagnorm.resolution import Alternative

__all__ = ["Answer", "is_name_in_words"]

# An alias of no more letters is a code of another list, and no name.
_SHORT_NAME: Final = 3
# How often a code that belongs to the words beside it is meant all the same: of two dozen labelled
# ones none was.
_MEANT_AMONG_WORDS: Final = 0.04
# The same for one behind a long code: it may be meant as a code, or begin a name (`PREL MA
# YING-JEOU`).
_MEANT_BEHIND_CODE: Final = 0.3


def is_name_in_words(how: str, size: int) -> bool:
    """Whether what is read in some way, and has so many letters, is a name in words: an alias that
    is more than a code of another list.

    >>> is_name_in_words("alias", 6), is_name_in_words("alias", 3), is_name_in_words("canonical", 6)
    (True, False, False)
    """
    return how == "alias" and size > _SHORT_NAME


class Answer(NamedTuple):
    """How a word was read: its pieces, the probability that its tags are right, and what else they
    may be."""

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
        """The answer without its codes: the word, whole and unresolved.

        The codes become the first of the alternatives.

        Args:
            size: the letters of the word as it is written.
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
        """The answer for a word that cannot be cut where its codes meet: the word, whole and
        unresolved, and no less likely than the codes."""
        alone = self.left_alone(size)
        if not alone.alternatives:
            return alone
        most = max(other.confidence for other in alone.alternatives)
        each = max(alone.confidence, (alone.confidence + most) / 2)
        # No alternative is surer than the answer, of which no share is taken away.
        return alone._replace(confidence=each).less_sure(1.0)

    def less_sure(self, share: float) -> Answer:
        """The answer with a share of its confidence; no alternative keeps more than that."""
        most = self.confidence * share
        others = [
            other if other.confidence <= most else Alternative(other.tags, most)
            for other in self.alternatives
        ]
        return self._replace(confidence=most, alternatives=tuple(others))

    def left_alone_among_words(self, size: int, *, behind_code: bool = False) -> Answer:
        """The answer for a code that belongs to the words beside it: unresolved, with the code as a
        doubtful alternative, less doubtful behind a long code."""
        likely = self.confidence * (_MEANT_BEHIND_CODE if behind_code else _MEANT_AMONG_WORDS)
        others = (Alternative(self.tags, likely),) if self.tags else ()
        return Answer(whole_word(size), 1 - likely, others)

    def over(self, size: int) -> Answer:
        """The answer of one piece for a word that is longer as it is written, as `UNGA/C-6` is."""
        first, *others = self.pieces
        return self if others else self._replace(pieces=(first._replace(end=size),))
