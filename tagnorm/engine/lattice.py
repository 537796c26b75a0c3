"""The lattice over one word: the ways to read it, their rules and what they cost.

A reading takes the word as one code, perhaps with one edit, or as a run of codes, or leaves it
alone. The lattice of runs has a node for each place between two letters together with what was
read last; its edges are forms exactly as written, forms with one edit, and single letters left
over. A path from start to end is a run. It must rest on an anchor: a code written exactly and long
enough to carry a run. Codes of two letters never stand alone.

Fewest assumptions win, in this order of readings:

1. an entry of the vocabulary, written exactly;
2. a clean run: codes of the common length, at most one that needs company at the end;
3. the cheapest of: a run without edits or left-over letters, one code with one edit, and the word
   left alone; also runs with edits and left-over letters, unless a run without them beats the
   others and has its codes in order, anchors first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tagnorm.engine.edits import EDITS
from tagnorm.engine.model import Model

__all__ = [
    "ANCHOR",
    "COMPANION",
    "LEFT",
    "START",
    "Piece",
    "Reading",
    "assumptions",
    "order",
    "step",
]

# What was read last: nothing yet, an anchor, a code that needs company, left-over letters.
START, ANCHOR, COMPANION, LEFT = range(4)


class Piece(NamedTuple):
    """A stretch of a word and what it is read as; `tag` is None where it is left alone."""

    start: int
    end: int
    tag: str | None
    how: str


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
        return 0 if before == LEFT else prices["leftover"]
    if after == COMPANION:
        return prices["companion_first"] if before == START else 0
    return prices["companion_before"] if before == COMPANION else 0


def assumptions(model: Model, word: str, pieces: tuple[Piece, ...]) -> dict[str, float]:
    """What a reading of a word assumes, by the rows of the cost table; its cost is their price.

    >>> from tagnorm.engine.nbest import readings
    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> model = Model(Taxonomy.load())
    >>> reading = readings(model, "PGOVQL")[0]
    >>> assumed = assumptions(model, "PGOVQL", reading.pieces)
    >>> assumed["join"], assumed["leftover"], assumed["letter"]
    (1.0, 1.0, 2.0)
    >>> abs(model.price(assumed) - reading.cost) <= len(reading.pieces)
    True
    """
    if len(pieces) == 1 and pieces[0].tag is None:
        return min(model.unresolved_assumptions(word), key=model.price)
    found: dict[str, float] = {}

    def assume(more: Mapping[str, float]) -> None:
        for name, amount in more.items():
            found[name] = found.get(name, 0.0) + amount

    in_run = len(pieces) > 1
    if in_run:
        assume({"join": 1.0})
        exact = [word[p.start : p.end] for p in pieces if p.tag and p.how not in EDITS]
        if not any(model.entries[form].anchor for form in exact):
            assume({"unanchored": 1.0})
    before = START
    for piece in pieces:
        text = word[piece.start : piece.end]
        if piece.tag is None:
            assume({"leftover": 1.0, "letter": float(len(text))})
            before = LEFT
            continue
        if piece.how in EDITS:
            meant = model.joined_corrections(text) if in_run else model.corrections(text)
            entry = model.entries[next(c.form for c in meant if c.tag == piece.tag)]
            assume(model.edit_assumptions(piece.how, len(text), entry, run=in_run))
        else:
            entry = model.entries[text]
        assume(model.entry_assumptions(entry.code, entry.how, entry.form, run=in_run))
        last = ANCHOR if entry.anchor else COMPANION
        if last == COMPANION and before == START:
            assume({"companion_first": 1.0})
        if last == ANCHOR and before == COMPANION:
            assume({"companion_before": 1.0})
        before = last
    return found
