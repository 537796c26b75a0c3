"""Lower bounds of what segmentations cost, by the number of letters alone.

They are worked out once for all words. They make most searches unnecessary, and guide the others as
the heuristic of A*.
"""

from __future__ import annotations

from tagnorm.engine.costs import NEVER
from tagnorm.engine.model import Model
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT, START
from tagnorm.engine.search.lattice_edges import LatticeEdges
from tagnorm.engine.search.paths import ANCHORED, STATES

__all__ = ["CostBounds"]

# The cheapest edge of some kind and length behind some state: its length, its cost with the step to
# it, the state that it leads to, and whether it is exact.
_Way = tuple[int, int, int, bool]


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
        least = dict(edges.least_exact)
        least[1, LEFT, 0] = edges.left_over.cost
        for size, cost in edges.least_edits.items():
            least[size, ANCHOR, 0] = cost
        # By state: the cheapest edges of each kind behind it, shortest first.
        self._ways: list[list[_Way]] = [
            [
                (
                    size,
                    steps[state * ANCHORED + last] + cost,
                    last | anchored | state & ANCHORED,
                    last == COMPANION or bool(anchored),
                )
                for (size, last, anchored), cost in sorted(least.items())
            ]
            for state in range(STATES)
        ]
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
                least = self._join + self._cost_to_go(to_go, n, START, n - 1)
                if n >= self._shortest_pair:
                    least = min(least, self._pair)
                segmented.append(least - 1)
            self._segmented = segmented
        return segmented

    def noisy(self, size: int) -> int:
        """What a word of some size costs at least as a segmentation with an edit or letters left
        over."""
        noisy = self._noisy_to_go
        if size >= len(noisy) // STATES:
            to_go, noisy = self.to_go(size), noisy[:]
            for n in range(len(noisy) // STATES, size + 1):
                # One edge from the start to the end is no segmentation.
                noisy += [
                    self._cost_to_go(to_go, n, state, n - (state == START), noisy)
                    for state in range(STATES)
                ]
            self._noisy_to_go = noisy
        least = noisy[size * STATES + START]
        return self._join + least if least < NEVER else NEVER

    def to_go(self, size: int) -> list[int]:
        """By number, up to some size or beyond, and by the state before them: what the last letters
        of a segmentation cost at least."""
        to_go = self._to_go
        if size >= len(to_go) // STATES:
            to_go = to_go[:]
            for n in range(len(to_go) // STATES, size + 1):
                to_go += [self._cost_to_go(to_go, n, state, n) for state in range(STATES)]
            self._to_go = to_go
        return to_go

    def _cost_to_go(
        self,
        to_go: list[int],
        size: int,
        state: int,
        longest: int,
        noisy: list[int] | None = None,
    ) -> int:
        """What the last letters of a segmentation cost at least.

        Args:
            to_go: the same for fewer letters.
            size: how many letters are left.
            state: the state before them.
            longest: the longest edge that may be read.
            noisy: the same for fewer letters with an edit or left-over letters among them, if only
                such segmentations count.
        """
        least = NEVER
        for length, cost, after, is_exact in self._ways[state]:
            if length > longest:
                break
            rests = noisy if noisy is not None and is_exact else to_go
            whole = cost + rests[(size - length) * STATES + after]
            least = whole if whole < least else least
        return least
