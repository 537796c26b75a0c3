"""What segmentations cost at least, whatever the letters: by how many there are.

Bounds that are worked out once for all words spare most searches, and lead the others (A*).
"""

from __future__ import annotations

from tagnorm.engine.costs import NEVER
from tagnorm.engine.model import Model
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT, START
from tagnorm.engine.search.lattice_edges import LatticeEdges
from tagnorm.engine.search.paths import ANCHORED, STATES

__all__ = ["CostBounds"]

# How an edge leads on behind a state: its letters, its cost with the step to it, the state behind
# it, and whether it is exact.
_Way = tuple[int, int, int, bool]


class CostBounds:
    """The bounds of one model.

    Args:
        model: what words and edits cost.
        edges: what may be read at the places of words.
        steps: what it costs to read one kind of stretch after another.
        tail: what a code that needs company costs at least.

    They are held in lists by length, which grow as longer words come up. A list is replaced as a
    whole, so that no thread finds one half done.
    """

    def __init__(self, model: Model, edges: LatticeEdges, steps: list[int], tail: int) -> None:
        self._join: int = model.prices["join"]
        least = dict(edges.least_exact)
        least[1, LEFT, 0] = edges.left_over.cost
        for size, cost in edges.least_edits.items():
            least[size, ANCHOR, 0] = cost
        # The cheapest edges of each kind behind each state, shortest first.
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
        # What an anchor with an edit costs.
        self.edit: int = min(edges.least_edits.values(), default=NEVER)
        # What it costs with a code behind it that needs company, and the letters of the two.
        self._pair: int = self._join + model.prices["unanchored"] + self.edit + tail
        shortest = [min(edges.least_edits, default=NEVER), min(model.tail_lengths, default=NEVER)]
        self._shortest_pair: int = sum(shortest)
        # A segmentation needs an anchor.
        self._to_go = [0 if state & ANCHORED else NEVER for state in range(STATES)]
        self._noisy_to_go = [NEVER] * STATES
        self._segmented: list[int] = [0]

    def segmented(self, size: int) -> list[int]:
        """What any word costs as a segmentation, by its length up to some size at least."""
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
        """What any word of a size costs as a segmentation with an edit, or with letters that are
        left over."""
        noisy = self._noisy_to_go
        if size >= len(noisy) // STATES:
            to_go, noisy = self.to_go(size), noisy[:]
            for n in range(len(noisy) // STATES, size + 1):
                # From the start on the whole is no segmentation.
                noisy += [
                    self._cost_to_go(to_go, n, state, n - (state == START), noisy)
                    for state in range(STATES)
                ]
            self._noisy_to_go = noisy
        least = noisy[size * STATES + START]
        return self._join + least if least < NEVER else NEVER

    def to_go(self, size: int) -> list[int]:
        """What the last letters of a segmentation cost, by their number, up to some size at least,
        and the state before them."""
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
        """What so many letters cost in a segmentation behind some state; with an edit or left-over
        letters among them, if what fewer cost so is given."""
        least = NEVER
        for length, cost, after, is_exact in self._ways[state]:
            if length > longest:
                break
            rests = noisy if noisy is not None and is_exact else to_go
            whole = cost + rests[(size - length) * STATES + after]
            least = whole if whole < least else least
        return least
