"""Answers in short, for columns: what a row can hold."""

from __future__ import annotations

from typing import NamedTuple

from tagnorm.engine.reader import Answer, segments_of
from tagnorm.resolution import Resolution, status_of_word

__all__ = ["Summary"]

_AS_WRITTEN = frozenset(("canonical", "alias", "decision"))


class Summary(NamedTuple):
    """A resolution without its segments and alternatives.

    * `tags`, `status`, `confidence`, `unresolved` -- as in the resolution;
    * `pieces` -- the tags, with what is unresolved in its places, as `split` gives them;
    * `inferred` -- the distinct words that are no code or alias as they stand, in order.
    """

    tags: tuple[str, ...]
    status: str
    confidence: float
    unresolved: tuple[str, ...]
    pieces: tuple[str, ...]
    inferred: tuple[str, ...]

    @property
    def is_resolved(self) -> bool:
        """Whether every piece became a code."""
        return bool(self.tags) and not self.unresolved

    def with_each_tag_once(self) -> Summary:
        """The same without the tags, and the pieces, that it has already."""
        return self._replace(
            tags=tuple(dict.fromkeys(self.tags)), pieces=tuple(dict.fromkeys(self.pieces))
        )

    @classmethod
    def of(cls, found: Resolution) -> Summary:
        """The summary of a resolution.

        >>> from tagnorm import resolve
        >>> Summary.of(resolve("PREL ALIREZA")).pieces
        ('PREL', 'ALIREZA')
        """
        pieces = [s.code or s.raw for word in found.words for s in word.segments]
        inferred = [
            word.raw
            for word in found.words
            if len(word.segments) > 1 or word.segments[0].how not in _AS_WRITTEN
        ]
        return cls(
            found.tags,
            found.status,
            found.confidence,
            found.unresolved,
            tuple(pieces),
            tuple(dict.fromkeys(inferred)),
        )

    @classmethod
    def of_word(cls, raw: str, answer: Answer) -> Summary:
        """The summary of a field that is one word, by the answer for that."""
        segments = segments_of(raw, 0, answer.pieces)
        as_written = len(segments) == 1 and segments[0].how in _AS_WRITTEN
        return cls(
            answer.tags,
            status_of_word(segments),
            answer.confidence,
            tuple([segment.raw for segment in segments if segment.code is None]),
            tuple([segment.code or segment.raw for segment in segments]),
            () if as_written else (raw,),
        )
