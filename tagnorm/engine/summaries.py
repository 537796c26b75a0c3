"""Answers in short, for columns: as much of a resolution as a row can hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tagnorm.engine.reading.stretches import Stretch
from tagnorm.resolution import AS_WRITTEN, status_of_word, worst_of

__all__ = ["Summary"]


class Summary(NamedTuple):
    """A resolution without its segments and alternatives.

    * `tags`, `status`, `confidence`, `unresolved` -- as in the resolution;
    * `pieces` -- the tags in order, with what is unresolved as it is written, as `split` gives;
    * `inferred` -- the distinct words that are not exactly a code or an alias, in order.
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
        """The same with each tag, and each piece, only once."""
        return self._replace(
            tags=tuple(dict.fromkeys(self.tags)), pieces=tuple(dict.fromkeys(self.pieces))
        )

    @classmethod
    def of(cls, text: str, stretches: Sequence[Stretch]) -> Summary:
        """The summary of a text by its stretches.

        >>> from tagnorm import Normalizer
        >>> text = "PREL ALIREZA"
        >>> Summary.of(text, Normalizer().fields.read(text, weighed=True)).pieces
        ('PREL', 'ALIREZA')
        """
        statuses: set[str] = set()
        tags: list[str] = []
        unresolved: list[str] = []
        pieces: list[str] = []
        inferred: dict[str, None] = {}
        sure = 1.0
        for start, end, answer in stretches:
            found = answer.pieces
            statuses.add(status_of_word(found))
            sure *= answer.confidence
            if len(found) > 1 or found[0].how not in AS_WRITTEN:
                inferred[text[start:end]] = None
            for first, last, tag, _ in found:
                if tag is None:
                    raw = text[start + first : start + last]
                    unresolved.append(raw)
                    pieces.append(raw)
                else:
                    tags.append(tag)
                    pieces.append(tag)
        return cls(
            tuple(tags), worst_of(statuses), sure, tuple(unresolved), tuple(pieces), tuple(inferred)
        )
