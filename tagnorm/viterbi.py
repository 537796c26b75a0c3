"""The cheapest path through the places of a word, by a Viterbi search.

A node is a place and a state, which is what was read last and whether an anchor was read so far. Of
each node only the cheapest path is kept.
"""

from __future__ import annotations

from typing import Final

from tagnorm.lattice import ANCHOR, LEFT, START

__all__ = ["ANCHORED", "NEVER", "STATES", "Edge", "Trellis"]

# A state is what was read last, plus this once an anchor has been read.
ANCHORED: Final = 4
STATES: Final = 8
# More than any reading costs.
NEVER: Final = 1 << 29

_LEFT: Final[int] = LEFT
_ANCHOR: Final[int] = ANCHOR
_KIND: Final = 3


class Edge:
    """What may be read at a place: what stands there, its kind, cost, tag and how.

    `anchored` is what it adds to the state: anchors written exactly vouch for a run.
    """

    __slots__ = ("anchored", "cost", "form", "how", "last", "length", "tag")

    def __init__(
        self, form: str, length: int, last: int, anchored: int, cost: int, tag: str | None, how: str
    ) -> None:
        self.form = form
        self.length = length
        self.last = last
        self.anchored = anchored
        self.cost = cost
        self.tag = tag
        self.how = how


class Trellis:
    """The cheapest paths through a word of some size.

    Nodes are numbered: those of a place follow one another, by state. Flat lists hold what the
    cheapest path to each costs, how many pieces it has, and the node and the edge it comes by.

    Args:
        size: how many letters the word has.
        cost: what every path costs to begin with.
        steps: what it costs to read one kind after another, by state and kind.
        rests: no more than what the last letters cost, by their number and the state before them.
    """

    __slots__ = ("_before", "_costs", "_edges", "_pieces", "_rests", "_size", "_steps", "reached")

    def __init__(self, size: int, cost: int, steps: list[int], rests: list[int]) -> None:
        nodes = (size + 1) * STATES
        self._size = size
        self._steps = steps
        self._rests = rests
        self._costs: list[int] = [NEVER] * nodes
        self._pieces: list[int] = [0] * nodes
        self._before: list[int] = [0] * nodes
        self._edges: list[Edge | None] = [None] * nodes
        # The states of each place, in the order in which they were reached.
        self.reached: list[list[int]] = [[] for _ in range(size + 1)]
        self._costs[START] = cost
        self.reached[0].append(START)

    def spare(self, at: int, length: int, bound: int) -> int:
        """What an anchor with a slip must cost less than for a path to stay below a bound."""
        least = NEVER
        costs, steps, rests, row = self._costs, self._steps, self._rests, at * STATES
        left = (self._size - at - length) * STATES + _ANCHOR
        for state in self.reached[at]:
            cost = costs[row + state] + steps[state * ANCHORED + _ANCHOR]
            cost += rests[left + (state & ANCHORED)]
            if cost < least:
                least = cost
        return bound - least

    def extend(self, at: int, edges: list[Edge], bound: int) -> None:
        """Lead the paths at a place on over edges, where they can still cost less than a bound."""
        costs, steps, rests, states = self._costs, self._steps, self._rests, self.reached[at]
        size, row = self._size, at * STATES
        for edge in edges:
            end, last, price = at + edge.length, edge.last, edge.cost
            left, there, kind = (size - end) * STATES, end * STATES, last | edge.anchored
            for state in states:
                total = costs[row + state] + steps[state * ANCHORED + last] + price
                after = kind | state & ANCHORED
                if total + rests[left + after] >= bound:
                    continue
                node = there + after
                known = costs[node]
                if total > known:
                    continue
                # Left-over letters in a row are one piece.
                joined = last == _LEFT and state & _KIND == _LEFT
                pieces = self._pieces[row + state] + (0 if joined else 1)
                if known == NEVER:
                    self.reached[end].append(after)
                elif total == known and not self._is_ahead(row + state, edge, pieces, node):
                    continue
                costs[node] = total
                self._pieces[node] = pieces
                self._before[node] = row + state
                self._edges[node] = edge

    def cheapest(self, bound: int) -> tuple[int, list[Edge] | None]:
        """The cost and the edges of the cheapest path that has an anchor and costs less than that;
        the bound and None if there is none."""
        best, least, row = -1, bound, self._size * STATES
        for state in self.reached[self._size]:
            node = row + state
            cost = self._costs[node]
            if state & ANCHORED and (
                cost < least
                or (best >= 0 and cost == least and self._order(node) < self._order(best))
            ):
                best, least = node, cost
        return (bound, None) if best < 0 else (least, self._path(best))

    def _is_ahead(self, before: int, edge: Edge, pieces: int, node: int) -> bool:
        """Whether a path over an edge comes before that to a node which costs the same."""
        if pieces != self._pieces[node]:
            return pieces < self._pieces[node]
        return _tags([*self._path(before), edge]) < _tags(self._path(node))

    def _order(self, node: int) -> tuple[int, list[str]]:
        """By what paths come in order that cost the same: by pieces and tags."""
        return self._pieces[node], _tags(self._path(node))

    def _path(self, node: int) -> list[Edge]:
        """The edges on the way to a node."""
        path: list[Edge] = []
        edge = self._edges[node]
        while edge is not None:
            path.append(edge)
            node = self._before[node]
            edge = self._edges[node]
        path.reverse()
        return path


def _tags(path: list[Edge]) -> list[str]:
    return [edge.tag for edge in path if edge.tag is not None]
