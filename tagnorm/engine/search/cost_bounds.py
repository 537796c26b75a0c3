"""Lower bounds of what segmentations cost, by the number of letters alone.

They are worked out once for all words. They make most searches unnecessary, and guide the others as
the heuristic of A*, which is admissible: none says more than the true cost.
"""

from __future__ import annotations

from tagnorm.engine.costs import NEVER
from tagnorm.engine.model import Model
from tagnorm.engine.search.lattice import ANCHOR, LEFT, START
from tagnorm.engine.search.lattice_edges import LatticeEdges
from tagnorm.engine.search.paths import ANCHORED, STATES

__all__ = ["CostBounds"]

# The edges of one kind: which it is, what it adds to the state, whether they are exact, and the
# cheapest of each length, with its cost.
_Edges = tuple[int, int, bool, list[tuple[int, int]]]


class CostBounds:
    """The lower bounds of one model.

    Args:
        model: what words and edits cost.
        edges: the edges of lattices.
        steps: what it costs that an edge of one kind follows one of another.
        tail: what a code that needs company costs at least.

    They are held in lists by length, which grow as longer words come up. A list is replaced as a
    whole, so that no thread finds one half made.
    """

    def __init__(self, model: Model, edges: LatticeEdges, steps: list[int], tail: int) -> None:
        self._join: int = model.prices["join"]
        exact: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for (size, last, anchored), cost in sorted(edges.least_exact.items()):
            exact.setdefault((last, anchored), []).append((size, cost))
        self._edges: list[_Edges] = [
            (LEFT, 0, False, [(1, edges.left_over.cost)]),
            (ANCHOR, 0, False, sorted(edges.least_edits.items())),
            *[(last, anchored, True, least) for (last, anchored), least in exact.items()],
        ]
        self._steps = steps
        # What an anchor with an edit costs at least.
        self.edit: int = min(edges.least_edits.values(), default=NEVER)
        # What such an anchor and a code that needs company cost at least, and their length at
        # least.
        self._pair: int = self._join + model.prices["unanchored"] + self.edit + tail
        shortest = [min(edges.least_edits, default=NEVER), min(model.tail_lengths, default=NEVER)]
        self._shortest_pair: int = sum(shortest)
        # A segmentation needs an anchor.
        self._to_go = [0 if state & ANCHORED else NEVER for state in range(STATES)]
        self._noisy_to_go = [NEVER] * STATES
        self._segmented: list[int] = [0]

    def segmented(self, size: int) -> list[int]:
        """By length, up to some size or beyond: what a word costs at least as a segmentation."""
        segmented = self._segmented
        if size >= len(segmented):
            to_go, segmented = self.to_go(size), segmented[:]
            for n in range(len(segmented), size + 1):
                least = NEVER
                for last, anchored, _, edges in self._edges:
                    # One edge alone is no segmentation.
                    rest = _least_over(edges, to_go, n, n - 1, last | anchored)
                    least = min(least, self._steps[START * ANCHORED + last] + rest)
                least += self._join
                if n >= self._shortest_pair:
                    least = min(least, self._pair)
                segmented.append(least - 1)
            self._segmented = segmented
        return segmented

    def noisy(self, size: int) -> int:
        """What a word of some size costs at least as a segmentation with an edit or letters left
        over.

        One edge alone is none, and need not be left out: an anchor with an edit carries nothing.
        """
        noisy = self._noisy_to_go
        if size >= len(noisy) // STATES:
            to_go, noisy = self.to_go(size), noisy[:]
            for n in range(len(noisy) // STATES, size + 1):
                noisy += self._costs_to_go(to_go, n, noisy)
            self._noisy_to_go = noisy
        least = noisy[size * STATES + START]
        return self._join + least if least < NEVER else NEVER

    def to_go(self, size: int) -> list[int]:
        """The cost to go: by number, up to some size or beyond, and by the state before them, what
        the last letters of a segmentation cost at least."""
        to_go = self._to_go
        if size >= len(to_go) // STATES:
            to_go = to_go[:]
            for n in range(len(to_go) // STATES, size + 1):
                to_go += self._costs_to_go(to_go, n)
            self._to_go = to_go
        return to_go

    def _costs_to_go(
        self, to_go: list[int], size: int, noisy: list[int] | None = None
    ) -> list[int]:
        """What the last letters of a segmentation cost at least, by the state before them.

        Args:
            to_go: the same for fewer letters.
            size: how many letters are left.
            noisy: the same for fewer letters with an edit or left-over letters among them, if only
                such segmentations count.
        """
        steps, found = self._steps, [NEVER] * STATES
        for last, anchored, is_exact, edges in self._edges:
            rests = noisy if noisy is not None and is_exact else to_go
            # Which edge comes first costs the same behind each state, but for the step to it.
            for before in (0, ANCHORED):
                # An anchor leads to the same state, whether there was one before or not.
                if not before or not anchored:
                    least = _least_over(edges, rests, size, size, last | anchored | before)
                for state in range(before, before + ANCHORED):
                    whole = steps[state * ANCHORED + last] + least
                    found[state] = whole if whole < found[state] else found[state]
        return found


def _least_over(
    edges: list[tuple[int, int]], to_go: list[int], size: int, longest: int, after: int
) -> int:
    """What the last letters of a segmentation cost at least, by the edge that is read first.

    Args:
        edges: the lengths and costs of such edges, shortest first.
        to_go: the cost to go for fewer letters.
        size: how many letters are left.
        longest: the longest edge that may be read first.
        after: the state behind the edge.
    """
    least = NEVER
    for length, cost in edges:
        if length > longest:
            break
        whole = cost + to_go[(size - length) * STATES + after]
        least = whole if whole < least else least
    return least
