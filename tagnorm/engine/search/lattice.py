"""The lattice over one word: the ways to read it, their rules and what they cost.

A reading takes the word as one code, perhaps with one edit, or as a segmentation of codes, or
leaves it alone. The lattice of segmentations has a node for each place between two letters together
with what was read last; its edges are forms exactly as written, forms with one edit, and single
letters left over. A path from start to end is a segmentation. It must rest on an anchor: a code
written exactly and long enough to carry a segmentation. Codes of two letters never stand alone.

Fewest assumptions win, in this order of readings:

1. an entry of the vocabulary, written exactly;
2. a clean segmentation: codes of the common length, at most one that needs company at the end;
3. the cheapest of: a segmentation without edits or left-over letters, one code with one edit, and
   the word left alone; also segmentations with edits and left-over letters, unless one without them
   beats the others and has its codes in order, anchors first. In a vocabulary without `exact_first`
   in its costs the cheapest wins: among words of many lengths most strings are some chain of words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from tagnorm.engine.model import Model

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

# So many pieces, and pieces of whole words, are made once: few words have one that no other has,
# and what is made seldom is collected seldom.
_SHARED: Final = 1 << 13

# What was read last: nothing yet, an anchor, a code that needs company, left-over letters.
START, ANCHOR, COMPANION, LEFT = range(4)


class Piece(NamedTuple):
    """A stretch of a word and what it is read as; `tag` is None where it is left alone."""

    start: int
    end: int
    tag: str | None
    how: str


@lru_cache(maxsize=_SHARED)
def piece_at(start: int, end: int, tag: str | None, how: str) -> Piece:
    """A piece; equal ones are one object, mostly."""
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
    """Readings in order: the cheapest first, of equal ones that with fewer pieces, then by tag."""
    return reading.cost, len(reading.pieces), reading.tags


def step(model: Model, before: int, after: int) -> int:
    """What it costs to read one kind of stretch after another."""
    prices = model.prices
    if after == LEFT:
        if before == START:
            return prices["leftover"] + prices["left_in_front"]
        return 0 if before == LEFT else prices["leftover"]
    if after == COMPANION:
        return prices["companion_first"] if before == START else 0
    return prices["companion_before"] if before == COMPANION else 0
