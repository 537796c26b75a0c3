"""Answers in short, for columns: what a row can hold, put together from what is said of its words.

As in `tagnorm.engine.words`, a word is weighed when it first comes up; only a field that is
more than its words is resolved as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from tagnorm.engine.words import Words
from tagnorm.folding import plain_words
from tagnorm.resolution import Resolution, Segment, worst_of

__all__ = ["Summaries", "Summary"]

# So many words are remembered, some twenty megabytes, and none that is longer than this.
_WORDS, _LONGEST = 1 << 16, 256
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
        """The same, without a tag or piece that stands there already."""
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
        pieces = [s.code or s.raw for s in found.segments if s.code or s.how == "unresolved"]
        return cls(
            found.tags,
            found.status,
            found.confidence,
            found.unresolved,
            tuple(pieces),
            tuple(dict.fromkeys(_inferred(found.segments))),
        )


class Summaries:
    """Sums fields up, with a memory for their words.

    Args:
        words: the same words as `split` has them: they know which fields are more than their words.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[str, Summary] = {}

    def of(self, text: str, resolve: Callable[[str], Resolution]) -> Summary:
        """The summary of a field, from what `resolve` says of it or of its words.

        All calls are to bring the same `resolve`; it is not kept, so that nothing keeps its owner.

        >>> from tagnorm import Normalizer
        >>> normalizer = Normalizer()
        >>> Summaries(normalizer.words).of("PREL, PGVO", normalizer.resolve).status
        'misspelled'
        """
        raws = plain_words(text)
        if not self._words.are_all_of(text, raws):
            return Summary.of(resolve(text))
        known = self._known
        found = [known.get(raw) or self._weigh(raw, resolve) for raw in raws]
        if len(found) == 1:
            return found[0]
        return Summary(
            tuple([tag for one in found for tag in one.tags]),
            worst_of({one.status for one in found}),
            math.prod([one.confidence for one in found], start=1.0),
            tuple([piece for one in found for piece in one.unresolved]),
            tuple([piece for one in found for piece in one.pieces]),
            tuple(dict.fromkeys([word for one in found for word in one.inferred])),
        )

    def _weigh(self, raw: str, resolve: Callable[[str], Resolution]) -> Summary:
        found = Summary.of(resolve(raw))
        if len(raw) <= _LONGEST:
            if len(self._known) >= _WORDS:
                self._known.clear()
            self._known[raw] = found
        return found


def _inferred(segments: Iterable[Segment]) -> Iterator[str]:
    """The raw words that became codes by more than looking them up, or did not."""
    for is_separator, word in groupby(segments, lambda segment: segment.how == "separator"):
        parts = list(word)
        if not is_separator and (len(parts) > 1 or parts[0].how not in _AS_WRITTEN):
            yield "".join([part.raw for part in parts])
