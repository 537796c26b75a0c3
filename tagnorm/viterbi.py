"""The paths through the places of a word, by a Viterbi search.

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


class _Node:
    """The cheapest path to a place and state: its cost, its pieces, the node before, the edge."""

    __slots__ = ("before", "cost", "edge", "pieces", "state")

    def __init__(
        self, state: int, cost: int, pieces: int, before: _Node | None, edge: Edge | None
    ) -> None:
        self.state = state
        self.cost = cost
        self.pieces = pieces
        self.before = before
        self.edge = edge

    def is_ahead(self, other: _Node) -> bool:
        """Whether the path comes before another: by cost, pieces and tags."""
        if self.cost != other.cost:
            return self.cost < other.cost
        if self.pieces != other.pieces:
            return self.pieces < other.pieces
        return self.tags() < other.tags()

    def tags(self) -> list[str]:
        """The tags on the way here."""
        return [edge.tag for edge in self.path() if edge.tag is not None]

    def path(self) -> list[Edge]:
        """The edges on the way here."""
        path: list[Edge] = []
        node: _Node | None = self
        while node is not None:
            if node.edge is not None:
                path.append(node.edge)
            node = node.before
        path.reverse()
        return path


class Trellis:
    """The cheapest paths through a word of some size.

    Args:
        size: how many letters the word has.
        cost: what every path costs to begin with.
        steps: what it costs to read one kind after another, by state and kind.
        rests: no more than what the last letters cost, by their number and the state before them.
    """

    def __init__(self, size: int, cost: int, steps: list[int], rests: list[int]) -> None:
        self._size = size
        self._steps = steps
        self._rests = rests
        # The nodes of each place, in the order in which they were reached.
        self._places: list[list[_Node] | None] = [None] * (size + 1)
        self._places[0] = [_Node(START, cost, 0, None, None)]

    def is_reached(self, at: int) -> bool:
        """Whether a path leads to a place."""
        return self._places[at] is not None

    def spares(self, at: int, lengths: list[int], bound: int) -> list[int]:
        """For an anchor with a slip of each length, what it must cost less than for a path to stay
        below a bound."""
        spares: list[int] = []
        steps, rests = self._steps, self._rests
        nodes = self._places[at] or []
        for length in lengths:
            spare, left = -NEVER, (self._size - at - length) * STATES + _ANCHOR
            for node in nodes:
                state = node.state
                cost = node.cost + steps[state * ANCHORED + _ANCHOR]
                left_for = bound - cost - rests[left + (state & ANCHORED)]
                spare = left_for if left_for > spare else spare
            spares.append(spare)
        return spares

    def extend(self, at: int, edges: list[Edge], bound: int) -> None:
        """Lead the paths at a place on over edges, where they can still cost less than a bound."""
        nodes = self._places[at] or []
        size, steps, rests, places = self._size, self._steps, self._rests, self._places
        for edge in edges:
            end, last, price = at + edge.length, edge.last, edge.cost
            left, kind = (size - end) * STATES, last | edge.anchored
            there = places[end]
            for node in nodes:
                before = node.state
                total = node.cost + steps[before * ANCHORED + last] + price
                state = kind | before & ANCHORED
                if total + rests[left + state] >= bound:
                    continue
                # Left-over letters in a row are one piece.
                joined = last == _LEFT and before & _KIND == _LEFT
                pieces = node.pieces if joined else node.pieces + 1
                new = _Node(state, total, pieces, node, edge)
                if there is None:
                    there = places[end] = [new]
                    continue
                for nth, old in enumerate(there):
                    if old.state == state:
                        if total < old.cost or (total == old.cost and new.is_ahead(old)):
                            there[nth] = new
                        break
                else:
                    there.append(new)

    def cheapest(self, bound: int) -> tuple[int, list[Edge] | None]:
        """The cost and the edges of the cheapest path that has an anchor and costs less than that;
        the bound and None if there is none."""
        best: _Node | None = None
        nodes = self._places[self._size]
        if nodes is not None:
            for node in nodes:
                if node.state & ANCHORED and (best is None or node.is_ahead(best)):
                    best = node
        if best is None or best.cost >= bound:
            return bound, None
        return best.cost, best.path()
