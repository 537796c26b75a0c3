"""The cheapest path through the places of a word: a Viterbi search, best first.

A node is a place and a state, which is what was read last and whether an anchor was read so far. Of
each node only the cheapest path is kept. The node is led on next whose path may come out cheapest,
by what the letters that follow cost at least (A*): so hardly more than the winning path is seen.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
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
# A waiting node is one number: what its path may come out at, then the node, its place first.
_NODE_BITS: Final = 16
_NODE: Final = (1 << _NODE_BITS) - 1


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
    """The cheapest paths through a word of some size, as far as they stay below a bound.

    Nodes are numbered by place, then by state.

    Args:
        size: how many letters the word has.
        cost: what every path costs to begin with.
        steps: what it costs to read one kind after another, by state and kind.
        rests: no more than what the last letters cost, by their number and the state before them.
        bound: paths that cost as much are of no interest.
    """

    __slots__ = ("_bound", "_came", "_costs", "_rests", "_size", "_steps", "_waiting")

    def __init__(
        self, size: int, cost: int, steps: list[int], rests: list[int], bound: int
    ) -> None:
        self._size = size
        self._steps = steps
        self._rests = rests
        self._bound = bound
        # Of each node that was reached what it costs, and the node and the edge it is reached by.
        self._costs: dict[int, int] = {START: cost}
        self._came: dict[int, tuple[int, Edge]] = {}
        # Equal ones in the order of their places: so all paths to a node are known when it is next.
        self._waiting: list[int] = [START]

    def next(self) -> int:
        """The next node to be led on, or -1 where the cheapest path is known or there is none."""
        waiting, rests, size = self._waiting, self._rests, self._size
        while waiting:
            first = heappop(waiting)
            node = first & _NODE
            at, state = node // STATES, node % STATES
            if at == size:
                return -1
            # A node waits once more whenever a cheaper way to it is found.
            if node == START or (
                first >> _NODE_BITS == self._costs[node] + rests[(size - at) * STATES + state]
            ):
                return node
        return -1

    def allows(self, node: int, length: int, cost: int) -> bool:
        """Whether an anchor with a slip that costs so much can be read at a node."""
        at, state = node // STATES, node % STATES
        cost += self._costs[node] + self._steps[state * ANCHORED + _ANCHOR]
        left = (self._size - at - length) * STATES
        return cost + self._rests[left + (_ANCHOR | state & ANCHORED)] < self._bound

    def extend(self, node: int, edges: list[Edge]) -> None:
        """Lead the path to a node on over edges."""
        costs, rests, size, bound = self._costs, self._rests, self._size, self._bound
        at, state = node // STATES, node % STATES
        anchored, cost, row = state & ANCHORED, costs[node], state * ANCHORED
        for edge in edges:
            last, end = edge.last, at + edge.length
            total = cost + self._steps[row + last] + edge.cost
            after = last | edge.anchored | anchored
            whole = total + rests[(size - end) * STATES + after]
            if whole >= bound:
                continue
            there = end * STATES + after
            known = costs.get(there, NEVER)
            if total < known:
                costs[there] = total
                self._came[there] = (node, edge)
                heappush(self._waiting, whole << _NODE_BITS | there)
            elif total == known and _order([*self._path(node), edge]) < _order(self._path(there)):
                self._came[there] = (node, edge)

    def cheapest(self) -> tuple[int, list[Edge] | None]:
        """The cost and the edges of the cheapest path; the bound and None if there is none."""
        ends = [
            node
            for node in range(self._size * STATES + ANCHORED, (self._size + 1) * STATES)
            if node in self._costs
        ]
        if not ends:
            return self._bound, None
        least = min([self._costs[node] for node in ends])
        paths = [self._path(node) for node in ends if self._costs[node] == least]
        return least, paths[0] if len(paths) == 1 else min(paths, key=_order)

    def _path(self, node: int) -> list[Edge]:
        """The edges on the way to a node."""
        path: list[Edge] = []
        while node != START:
            node, edge = self._came[node]
            path.append(edge)
        path.reverse()
        return path


def _order(path: list[Edge]) -> tuple[int, list[str]]:
    """By what paths come in order that cost the same: by pieces and tags.

    Left-over letters in a row are one piece.
    """
    kinds = [edge.last for edge in path]
    joined = sum([a == b == _LEFT for a, b in pairwise(kinds)])
    return len(path) - joined, [edge.tag for edge in path if edge.tag is not None]
