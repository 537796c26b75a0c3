"""The forward half of the n-best search: what the cheapest path over each edge of a word costs.

An edge is kept only if it can still be part of one of the n cheapest readings, and an edit is
looked for only if it could be. An upper bound of what these cost is known early: a path with an
anchor may leave over all that follows, and what an exact reading of the rest costs was worked out
before.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from typing import Final

from tagnorm.engine.costs import NEVER
from tagnorm.engine.search.guide import GUIDED, Guide, costs_of_beginnings, costs_of_rests
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT, START
from tagnorm.engine.search.paths import ANCHORED, STATES, Edge
from tagnorm.engine.search.segmentation import Segmenter

__all__ = ["Arc", "Forward", "LeastCosts"]

# A segmentation that costs so much more than another reading is not looked for: one in 100,000 is
# meant.
_NEGLIGIBLE: Final = 12_000


# One way to reach a node: what the cheapest path that comes this way costs, the kind of its last
# edge, the node before that edge, and the edge. The number of a node is here twice its place, and
# one more for paths with an anchor.
Arc = tuple[int, int, int, Edge]
# Of the paths to a place, with an anchor or without (ANCHORED or 0, which is the first number):
# what the cheapest costs with the step to an anchor, to a code that needs company, and to a
# left-over letter.
_Onward = list[int]


class LeastCosts:
    """An upper bound of what the n cheapest readings cost, by the readings that are known.

    >>> least = LeastCosts(2, [5000])
    >>> least.bound, least.add(4000), least.bound, least.add(1000), least.bound
    (17000, None, 5000, None, 4000)
    """

    def __init__(self, n: int, costs: Iterable[int]) -> None:
        self.costs: list[int] = sorted([*costs, *[NEVER] * n])[:n]
        # What costs more is none of the n cheapest, or is negligible.
        self.bound: int = NEVER
        self._set_bound()

    def add(self, cost: int) -> None:
        """Count another reading."""
        if cost < self.bound:
            insort(self.costs, cost)
            self.costs.pop()
            self._set_bound()

    def lower(self, bound: int) -> None:
        """Take over a bound that is known otherwise, if it is lower."""
        self.bound = bound if bound < self.bound else self.bound

    def _set_bound(self) -> None:
        dearest, negligible = self.costs[-1], self.costs[0] + _NEGLIGIBLE
        bound = dearest if dearest < negligible else negligible
        self.bound = bound if bound < self.bound else self.bound


class Forward:
    """The search from the start of one word to its end.

    Args:
        segmenter: has the edges, the costs and the lower bounds of the model.
        word: a word in which an anchor stands as it is written.
        known: the exact edges from each place on.
        n: how many readings are wanted.
        whole: what the readings cost that are no segmentations.
    """

    def __init__(
        self, segmenter: Segmenter, word: str, known: list[list[Edge]], n: int, whole: list[int]
    ) -> None:
        size = len(word)
        self._segmenter = segmenter
        self._word = word
        self._size = size
        self._known = known
        self._n = n
        self._whole = whole
        self._first_steps: list[int] = segmenter.steps[START + 1 : ANCHORED]
        self._companion_before: int = segmenter.steps[COMPANION * ANCHORED + ANCHOR]
        self._last_anchor = _last_anchor(known)
        self._to_go = segmenter.bounds.to_go(size)
        self._rests = costs_of_rests(known, segmenter.steps)
        # The anchors with an edit that were looked for, by place and length.
        self._edits: dict[int, list[Edge]] = {}
        self._guide: Guide | None = None
        if size > GUIDED or segmenter.is_large:
            self._guide = segmenter.guide(word, known)
        guide = self._guide
        self._to_end = [0] * ((size + 1) * ANCHORED) if guide is None else guide.to_end
        self._leaves = segmenter.edges.may_leave_letters(word) if guide is None else guide.leaves
        self.least = LeastCosts(n, [*whole, segmenter.join + self._rests[START]])
        # The ways to each node, and what the cheapest path costs by place and state.
        self.arcs: list[list[Arc]] = [[] for _ in range(2 * size + 2)]
        self._costs = [NEVER] * ((size + 1) * STATES)
        self._costs[START] = segmenter.join

    def search(self) -> None:
        """Search, and fill `arcs`."""
        if self._guide is not None:
            self.least.lower(self._bound_of_one_edit(self._guide))
        left_over = [self._segmenter.edges.left_over] if self._leaves else []
        arcs = self.arcs
        for at in range(self._size):
            if at and not arcs[2 * at] and not arcs[2 * at + 1]:
                continue
            onward = self._onward(at)
            edges = self._known[at]
            if at < self._last_anchor or onward[-1][0]:
                edges = [*edges, *left_over, *self._edits_from(at, onward)]
            for steps in onward:
                self._go_on(at, steps, edges)

    def _bound_of_one_edit(self, guide: Guide) -> int:
        """What the n cheapest readings cost at most, by those with one edit and exact codes: if
        there are enough of these, hardly any other edits are looked for."""
        segmenter = self._segmenter
        least = LeastCosts(self._n, [*self._whole, segmenter.join + self._rests[START]])
        beginnings = costs_of_beginnings(self._known, segmenter.steps)
        windows = guide.likeliest(beginnings, self._rests, segmenter.join, least.bound)
        for whole, around, at, length in windows:
            if whole >= least.bound:
                break
            for edit in self._edited(at, length, NEVER):
                least.add(around + edit.cost)
        return least.bound

    def _go_on(self, at: int, steps: _Onward, edges: list[Edge]) -> None:
        """Extend the paths to a place by each of some edges."""
        size, anchored, least, rests = self._size, steps[0], self.least, self._rests
        to_end, to_go, costs = self._to_end, self._to_go, self._costs
        last_anchor, bound = self._last_anchor, least.bound
        before = 2 * at + anchored // ANCHORED
        for edge in edges:
            end, last = at + edge.length, edge.last
            # Where no anchor follows any more, a path needs to have one.
            vouched = anchored | edge.anchored
            if not vouched and end > last_anchor:
                continue
            cost = edge.cost + steps[last]
            state = vouched | last
            if (
                cost + to_end[end * ANCHORED + last] > bound
                or cost + to_go[(size - end) * STATES + state] > bound
            ):
                continue
            node = end * STATES + state
            self.arcs[node >> 2].append((cost, last, before, edge))
            costs[node] = cost if cost < costs[node] else costs[node]
            # Each of these is one more reading: all that follows is left over, or is read exactly
            # behind an edge that is not exact.
            if last == LEFT:
                if end < size:
                    least.add(cost + rests[node])
            else:
                if vouched and self._leaves and end < size:
                    left = (size - end) * self._segmenter.edges.left_over.cost
                    least.add(cost + self._segmenter.leftover + left)
                if last == ANCHOR and not edge.anchored:
                    least.add(cost + rests[node])
            bound = least.bound

    def _onward(self, at: int) -> list[_Onward]:
        """What the cheapest paths to a place cost with the step to each kind of edge: those without
        an anchor, then those with one."""
        least = self._costs
        if at == 0:
            return [[0, *(least[START] + step for step in self._first_steps)]]
        found: list[_Onward] = []
        for anchored, ways in (0, self.arcs[2 * at]), (ANCHORED, self.arcs[2 * at + 1]):
            if not ways:
                continue
            row = at * STATES + anchored
            _, anchor, companion, left = least[row : row + ANCHORED]
            to_anchor = anchor if anchor < left else left
            to_companion = companion if companion < to_anchor else to_anchor
            dearer = companion + self._companion_before
            to_anchor = dearer if dearer < to_anchor else to_anchor
            opened = (anchor if anchor < companion else companion) + self._segmenter.leftover
            to_left = opened if opened < left else left
            found.append([anchored, to_anchor, to_companion, to_left])
        return found

    def _edits_from(self, at: int, onward: list[_Onward]) -> list[Edge]:
        """The anchors with an edit from a place on, as far as the bounds allow them."""
        found: list[Edge] = []
        size, to_go, to_end = self._size, self._to_go, self._to_end
        bound, guide = self.least.bound, self._guide
        # A path that has no anchor yet must not pass the last one.
        furthest = size if onward[-1][0] else self._last_anchor
        for length, least in self._segmenter.edit_bounds if guide is None else guide.windows[at]:
            end = at + length
            if end > furthest or length == size:
                break
            spare = -1
            for steps in onward:
                rest = to_go[(size - end) * STATES + (ANCHOR | steps[0])]
                by_letters = to_end[end * ANCHORED + ANCHOR]
                rest = by_letters if by_letters > rest else rest
                left = bound - rest - steps[ANCHOR]
                spare = left if left > spare else spare
            if spare >= least:
                found += self._edited(at, length, spare)
        return found

    def _edited(self, at: int, length: int, most: int) -> list[Edge]:
        """The anchors with an edit for a stretch, as far as they cost no more than `most`."""
        known = self._edits.get(at * (self._size + 1) + length)
        if known is not None:
            return [edit for edit in known if edit.cost <= most]
        found = self._segmenter.edges.edits_of(self._word[at : at + length], self._n, most)
        if most >= NEVER:
            self._edits[at * (self._size + 1) + length] = found
        return found


def _last_anchor(known: list[list[Edge]]) -> int:
    """The last place where an exact anchor begins, or -1; `known` has the exact edges at each."""
    for at in range(len(known) - 1, -1, -1):
        for edge in known[at]:
            if edge.anchored:
                return at
    return -1
