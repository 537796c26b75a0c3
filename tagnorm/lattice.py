"""The lattice over one word: its readings, cheapest first, and their total probability.

Nodes are places between letters together with what was read last; edges are codes exactly as
written, aliases, codes with one slip, and single letters that are left over. A path from start to
end is a reading of the word as a run of codes. It must rest on an anchor, a code that is written
exactly and long enough to carry a run; codes of two letters never stand alone in it.
"""

from __future__ import annotations

import heapq
import math
from typing import NamedTuple

from tagnorm.model import Model

__all__ = ["Piece", "Reading", "readings"]

# What was read last: nothing yet, an anchor or other long code, a code that needs company, letters.
_START, _LONG, _SHORT, _LEFT = range(4)


class Piece(NamedTuple):
    """A stretch of a word and what it is read as; `tag` is None where it is left alone."""

    start: int
    end: int
    tag: str | None
    how: str


class Reading(NamedTuple):
    """One way to read a word: its cost in nats and its pieces in order."""

    cost: float
    pieces: tuple[Piece, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(piece.tag for piece in self.pieces if piece.tag is not None)


class Edge(NamedTuple):
    end: int
    last: int
    anchor: bool
    cost: float
    tag: str | None
    how: str


def readings(model: Model, word: str, n: int = 5) -> list[Reading]:
    """The n cheapest readings of a word, cheapest first; equal ones by their pieces."""
    length = len(word)
    entry = model.entries.get(word)
    if entry is not None:
        return [Reading(0.0, (Piece(0, length, entry.code.tag, entry.how),))]
    found = [Reading(model.unresolved(word), (Piece(0, length, None, "unresolved"),))]
    if word in model.outside:
        return found
    found += [
        Reading(cost, (Piece(0, length, tag, how),))
        for tag, (cost, _, how) in model.corrections(word).items()
    ]
    if has_anchor(model, word):
        found += runs(model, word, n)
    return heapq.nsmallest(n, found)


def has_anchor(model: Model, word: str) -> bool:
    """Whether a code that can carry a run stands in the word as it is written."""
    entries = model.entries
    for length in model.anchor_lengths:
        for start in range(len(word) - length + 1):
            entry = entries.get(word[start : start + length])
            if entry is not None and entry.anchor:
                return True
    return False


def edges(model: Model, word: str, start: int) -> list[Edge]:
    """What may be read from a place in the word on."""
    found = []
    whole = len(word)
    for length in model.lengths:
        end = start + length
        if end > whole:
            break
        entry = model.entries.get(word[start:end])
        if entry is not None and length < whole:
            last = _LONG if entry.anchor else _SHORT
            found.append(Edge(end, last, entry.anchor, entry.cost, entry.code.tag, entry.how))
    for length in model.windows:
        end = start + length
        if end > whole or length == whole:
            break
        for tag, (cost, entry, how) in model.corrections(word[start:end]).items():
            if entry.anchor:
                found.append(Edge(end, _LONG, False, cost, tag, how))
    found.append(Edge(start + 1, _LEFT, False, model.costs["letter"], None, "unresolved"))
    return found


def step(model: Model, before: int, edge: Edge) -> float:
    """What it costs that this edge comes after what was read before."""
    costs = model.costs
    if edge.last == _LEFT:
        return 0.0 if before == _LEFT else costs["leftover"]
    if edge.last == _SHORT:
        return costs["companion_first"] if before == _START else 0.0
    return costs["companion_before"] if before == _SHORT else 0.0


def runs(model: Model, word: str, n: int) -> list[Reading]:
    """The n cheapest readings of a word as a run of codes: a k-best Viterbi search."""
    # best[place][last, anchored] holds up to n entries (cost, previous state, rank there, edge)
    best: list[dict[tuple[int, bool], list]] = [{} for _ in range(len(word) + 1)]
    best[0][_START, False] = [(0.0, 0, None, 0, None)]
    for start in range(len(word)):
        if not best[start]:
            continue
        for edge in edges(model, word, start):
            for (before, anchored), paths in best[start].items():
                extra = edge.cost + step(model, before, edge)
                state = (edge.last, anchored or edge.anchor)
                bucket = best[edge.end].setdefault(state, [])
                for rank, path in enumerate(paths):
                    bucket.append((path[0] + extra, start, (before, anchored), rank, edge))
        for state, bucket in best[start + 1].items():
            best[start + 1][state] = heapq.nsmallest(n, bucket, key=lambda p: p[:4])
    found = []
    for (last, anchored), paths in best[-1].items():
        if anchored:
            for rank in range(len(paths)):
                cost = paths[rank][0] + model.costs["join"]
                found.append(Reading(cost, _pieces(best, len(word), (last, anchored), rank)))
    return heapq.nsmallest(n, found)


def _pieces(best, place, state, rank) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    while place:
        _, start, before, before_rank, edge = best[place][state][rank]
        if edge.tag is None and pieces and pieces[-1].tag is None:
            pieces[-1] = Piece(start, pieces[-1].end, None, edge.how)
        else:
            pieces.append(Piece(start, place, edge.tag, edge.how))
        place, state, rank = start, before, before_rank
    return tuple(reversed(pieces))
