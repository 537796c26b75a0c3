"""The paths through the places of a word: a Viterbi search in flat lists.

A node is a place and a state, which is what was read last and whether an anchor was read so far. Of
each node the cheapest path is kept: its cost, how many pieces it has, the node before and the edge
that led here.
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
_STATE: Final = 7


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

    Args:
        size: how many letters the word has.
        cost: what every path costs to begin with.
        steps: what it costs to read one kind after another, by state and kind.
        rests: no more than what the last letters cost, by their number and the state before them.
    """

    def __init__(self, size: int, cost: int, steps: list[int], rests: list[int]) -> None:
        count = (size + 1) * STATES
        self._size = size
        self._end = size * STATES
        self._steps = steps
        self._rests = rests
        self._costs = [NEVER] * count
        self._pieces = [0] * count
        self._before = [-1] * count
        self._edges: list[Edge | None] = [None] * count
        # How many nodes of each place were reached, and which, in the order in which they were.
        self._many = [0] * (size + 1)
        self._reached = [0] * count
        self._costs[START] = cost
        self._many[0] = 1

    def is_reached(self, at: int) -> bool:
        """Whether a path leads to a place."""
        return self._many[at] > 0

    def spare(self, at: int, length: int, bound: int) -> int:
        """What an anchor with a slip must cost less than, if a path is to stay below a bound."""
        found, base = -NEVER, (self._size - at - length) * STATES
        for nth in range(at * STATES, at * STATES + self._many[at]):
            node = self._reached[nth]
            state = node & _STATE
            rest = self._rests[base + (_ANCHOR | node & ANCHORED)]
            spent = self._costs[node] + self._steps[state * ANCHORED + _ANCHOR] + rest
            found = max(found, bound - spent)
        return found

    def extend(self, at: int, edges: list[Edge], bound: int) -> None:
        """Lead the paths at a place on over edges, where they can still cost less than a bound."""
        reached, many = self._reached, self._many
        costs, counts, steps, rests = self._costs, self._pieces, self._steps, self._rests
        begin = at * STATES
        for edge in edges:
            end = at + edge.length
            base, last, price = end * STATES, edge.last, edge.cost
            left, kind = self._end - base, last | edge.anchored
            for nth in range(begin, begin + many[at]):
                node = reached[nth]
                total = costs[node] + steps[(node & _STATE) * ANCHORED + last] + price
                state = kind | node & ANCHORED
                if total + rests[left + state] >= bound:
                    continue
                after = base + state
                old = costs[after]
                if old < total:
                    continue
                # Left-over letters in a row are one piece.
                joined = last == _LEFT and node & _KIND == _LEFT
                pieces = counts[node] if joined else counts[node] + 1
                if old == NEVER:
                    reached[base + many[end]] = after
                    many[end] += 1
                elif old == total and (
                    counts[after] < pieces
                    or (counts[after] == pieces and not self._is_ahead(node, edge, after))
                ):
                    continue
                costs[after] = total
                counts[after] = pieces
                self._before[after] = node
                self._edges[after] = edge

    def cheapest(self, bound: int) -> tuple[int, list[Edge] | None]:
        """The cost and the edges of the cheapest path that has an anchor and costs less than that;
        the bound and None if there is none."""
        best = -1
        for nth in range(self._end, self._end + self._many[self._size]):
            node = self._reached[nth]
            if node & ANCHORED and (best < 0 or self._is_less(node, best)):
                best = node
        if best < 0 or self._costs[best] >= bound:
            return bound, None
        return self._costs[best], self._path(best)

    def _is_less(self, node: int, other: int) -> bool:
        """Whether the path to a node comes before another: by cost, pieces and tags."""
        a, b = self._costs[node], self._costs[other]
        if a == b:
            a, b = self._pieces[node], self._pieces[other]
            if a == b:
                return _tags(self._path(node)) < _tags(self._path(other))
        return a < b

    def _is_ahead(self, node: int, edge: Edge, other: int) -> bool:
        """Whether a path with one more edge comes before another of equal cost, by its tags."""
        return _tags([*self._path(node), edge]) < _tags(self._path(other))

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
    """The tags along a path."""
    return [edge.tag for edge in path if edge.tag is not None]
