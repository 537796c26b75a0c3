"""The lattice over one word: the ways to read it, their rules, and their costs.

A reading takes the word as one code, perhaps with one edit, or as a segmentation into codes, or
leaves it alone. The lattice of segmentations has a node for each place between two letters and each
kind of edge that may lead there. Its edges are forms as they are written, forms with one edit, and
single letters left over. A path from start to end is a segmentation. It needs an anchor: a code
that is written exactly and is long enough to carry a segmentation. Codes of two letters never stand
alone.

Fewest assumptions win, in this order of readings:

1. an entry of the vocabulary, written exactly;
2. a clean segmentation: codes of the common length, at most one that needs company at the end;
3. the cheapest of all others: one code with an edit, the word left alone, and segmentations.

With `exact_first` in the costs, a segmentation without edits and left-over letters beats those with
them, even if these cost less, where it costs no more than one code with an edit and the word left
alone, and at most one of its codes needs company, as the first or the last. Vocabularies whose
codes are words of many lengths do without that rule, since most strings are some chain of their
codes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from tagnorm.engine.model import Model
from tagnorm.resolution import Piece

__all__ = [
    "ANCHOR",
    "COMPANION",
    "LEFT",
    "START",
    "Piece",
    "Reading",
    "order",
    "piece_at",
    "step",
    "whole_word",
]

# How many pieces are kept to be shared: few words have one that no other word has.
_SHARED: Final = 1 << 13

# The kind of the last edge of a path: none yet, an anchor, a code that needs company, left-over
# letters.
START: Final = 0
ANCHOR: Final = 1
COMPANION: Final = 2
LEFT: Final = 3


@lru_cache(maxsize=_SHARED)
def piece_at(start: int, end: int, tag: str | None, how: str) -> Piece:
    """A piece; equal ones are mostly one object."""
    return Piece(start, end, tag, how)


@lru_cache(maxsize=_SHARED)
def whole_word(size: int, tag: str | None = None, how: str = "unresolved") -> tuple[Piece, ...]:
    """The pieces of a word of some size that is read as one code, or left alone.

    >>> whole_word(6)
    (Piece(start=0, end=6, tag=None, how='unresolved'),)
    """
    return (Piece(0, size, tag, how),)


class Reading(NamedTuple):
    """One way to read a word: its cost in thousandths of a nat and its pieces in order."""

    cost: int
    pieces: tuple[Piece, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """The codes of the reading, in order."""
        return tuple(piece.tag for piece in self.pieces if piece.tag is not None)


def order(reading: Reading) -> tuple[int, int, tuple[str, ...]]:
    """The order of readings: the cheapest first, then the one with fewer pieces, then by tags."""
    return reading.cost, len(reading.pieces), reading.tags


def step(model: Model, before: int, after: int) -> int:
    """What it costs that an edge of one kind follows one of another, besides the edges."""
    prices = model.prices
    if after == LEFT:
        if before == START:
            return prices["leftover"] + prices["left_in_front"]
        return 0 if before == LEFT else prices["leftover"]
    if after == COMPANION:
        return prices["companion_first"] if before == START else 0
    return prices["companion_before"] if before == COMPANION else 0
