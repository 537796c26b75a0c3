"""Reading words: the answer for each, how sure it is, and what else the word may be."""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from tagnorm.cheapest import LONG, Cheapest
from tagnorm.confidence import calibrated, known, shares
from tagnorm.lattice import Piece, Reading, order, readings
from tagnorm.model import Model
from tagnorm.resolution import Alternative

__all__ = ["Answer", "Reader"]

# So many readings of a word are weighed against one another, and so many are reported.
_WEIGHED, _REPORTED = 6, 5
_NOTHING: frozenset[str] = frozenset()


class Answer(NamedTuple):
    """How a word was read: its pieces, the probability that its tags are right, other readings."""

    pieces: tuple[Piece, ...]
    confidence: float
    alternatives: tuple[Alternative, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The codes of the answer, in order."""
        return tuple(piece.tag for piece in self.pieces if piece.tag is not None)

    def left_alone(self, size: int) -> Answer:
        """The answer for a reader who wants none so doubtful: the word, whole.

        The reading that was turned down leads the alternatives.
        """
        if not self.tags:
            return self
        others = [other for other in self.alternatives if other.tags]
        alone = math.fsum(other.confidence for other in self.alternatives if not other.tags)
        refused = Alternative(self.tags, self.confidence)
        return Answer((Piece(0, size, None, "unresolved"),), alone, (refused, *others))

    def over(self, size: int) -> Answer:
        """The same answer for a word that takes more room as it is written, as `UNGA/C-6` does."""
        first, *others = self.pieces
        return self if others else self._replace(pieces=(first._replace(end=size),))


class Reader:
    """Reads the words of fields by one model.

    A field is evidence: it hardly ever holds a tag twice. So what stands cleanly `beside` a word
    in its field makes it dearer to read the word as the same code.

    >>> from tagnorm.taxonomy import Taxonomy
    >>> reader = Reader(Model(Taxonomy.load()))
    >>> reader.pieces("ETTD")[0].tag, reader.pieces("ETTD", {"ETTC"})[0].tag
    ('ETTC', 'ETRD')
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._cheapest = Cheapest(model)
        # The tag of every form that is an entry of the vocabulary.
        self.tags = self._cheapest.tags
        # The tags of a raw string that is one word.
        self.word = self._cheapest.word
        self._repeated = model.prices["repeated"]

    def clean(self, word: str) -> list[str] | None:
        """The tags of a word that is an entry of the vocabulary or a clean run, or None."""
        entry = self._model.entries.get(word)
        return self._cheapest.clean(word) if entry is None else [entry.code.tag]

    def pieces(self, word: str, beside: AbstractSet[str] = _NOTHING) -> tuple[Piece, ...]:
        """The pieces of the answer for a folded word."""
        if len(word) > LONG and self._cheapest.clean(word) is None:
            return self._cheapest.long(word, LONG)
        return self.reconsidered(word, self._cheapest.pieces(word), beside)

    def reconsidered(
        self, word: str, pieces: tuple[Piece, ...], beside: AbstractSet[str]
    ) -> tuple[Piece, ...]:
        """The pieces of a word, or others if it is one code that stands beside it already."""
        if pieces[0].tag not in beside or len(pieces) > 1 or word in self._model.entries:
            return pieces
        if self._cheapest.settled(word, self._repeated):
            return pieces
        return self._weigh(word, beside)[0].pieces

    def answer(self, word: str, beside: AbstractSet[str] = _NOTHING) -> Answer:
        """The answer for a folded word, with its confidence and the alternatives."""
        entry = self._model.entries.get(word)
        if entry is not None:
            kind = entry.how if entry.code.status != "attested" else "attested"
            return Answer(self._cheapest.pieces(word), known(kind))
        if self._cheapest.clean(word):
            return Answer(self._cheapest.pieces(word), known("clean"))
        if len(word) > LONG:
            return Answer(self._cheapest.long(word, LONG), known("long"))
        best, share = self._weigh(word, beside)
        confidence = calibrated(share.pop(best.tags))
        likely = sorted(share.items(), key=lambda item: (-item[1], item[0]))[:_REPORTED]
        scale = (1 - confidence) / math.fsum(share.values()) if share else 0.0
        alternatives = tuple(Alternative(tags, scale * part) for tags, part in likely)
        return Answer(best.pieces, confidence, alternatives)

    def _weigh(
        self, word: str, beside: AbstractSet[str]
    ) -> tuple[Reading, dict[tuple[str, ...], float]]:
        """The best reading beside other tags, and the share of each list of tags."""
        found = readings(self._model, word, _WEIGHED)
        first = found[0].pieces
        if len(first) == 1 and first[0].tag in beside:
            found = [
                reading._replace(cost=reading.cost + self._repeated)
                if len(reading.pieces) == 1 and reading.pieces[0].tag in beside
                else reading
                for reading in found
            ]
            found.sort(key=order)
        return found[0], shares(found)
