"""Lower bounds for one word, worked out before edits are looked for in it, which keep that rare.

An edit is looked for in a stretch of a word only if a reading over it can still be cheap enough.
How cheap it can be is worked out from the end of the word backwards: with the true costs of the
codes that stand there as they are written, and as if there were an edit wherever there may be one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tagnorm.engine.costs import NEVER
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT, START
from tagnorm.engine.search.paths import ANCHORED, STATES, Edge

__all__ = ["GUIDED", "Guide", "Window", "costs_of_beginnings", "costs_of_rests"]

# The bounds pay for themselves in words longer than this.
GUIDED: Final = 12

# The length of a stretch that may be a code with an edit, and what such a code costs at least.
Window = tuple[int, int]


class Guide:
    """The lower bounds of one word.

    Args:
        known: the exact edges from each place on.
        windows: from each place on the stretches that may be a code with an edit, shortest first.
        steps: what it costs that an edge of one kind follows one of another.
        letter: what a letter costs that is left over; `NEVER` if none may be.
        leftover: what the first of several such letters costs besides.

    `to_end` has what the rest of the word costs at least, by its place and by the kind of the edge
    before it; whether there is an anchor does not count.
    """

    def __init__(
        self,
        known: Sequence[list[Edge]],
        windows: list[list[Window]],
        steps: list[int],
        letter: int,
        leftover: int,
    ) -> None:
        self.windows = windows
        self.leaves: bool = letter < NEVER
        self._known = known
        self._steps = steps
        self.to_end = self._worked_out(letter, leftover)

    def _worked_out(self, letter: int, leftover: int) -> list[int]:
        size, windows = len(self._known), self.windows
        dearer = self._steps[COMPANION * ANCHORED + ANCHOR]
        to_end = [0] * ((size + 1) * ANCHORED)
        for at in range(size - 1, -1, -1):
            anchor = companion = left = NEVER
            for edge in self._known[at]:
                cost = edge.cost + to_end[(at + edge.length) * ANCHORED + edge.last]
                if edge.last == ANCHOR:
                    anchor = cost if cost < anchor else anchor
                else:
                    companion = cost if cost < companion else companion
            for length, least in windows[at]:
                if at + length > size:
                    break
                cost = least + to_end[(at + length) * ANCHORED + ANCHOR]
                anchor = cost if cost < anchor else anchor
            if letter < NEVER:
                left = letter + to_end[(at + 1) * ANCHORED + LEFT]
            other = companion if companion < left + leftover else left + leftover
            behind_companion = anchor + dearer if anchor + dearer < other else other
            other = anchor if anchor < other else other
            behind_left = anchor if anchor < companion else companion
            to_end[at * ANCHORED : (at + 1) * ANCHORED] = [
                other,
                other,
                behind_companion,
                behind_left if behind_left < left else left,
            ]
        return to_end

    def likeliest(
        self, beginning: list[int], rest: list[int], join: int, bound: int
    ) -> list[tuple[int, int, int, int]]:
        """The windows that may be the only edit of a segmentation that costs less than a bound.

        Each is given as what the segmentation costs at least, what it costs without the edit, and
        the place and the length of the window; the cheapest comes first.

        Args:
            beginning: `costs_of_beginnings` of the word.
            rest: `costs_of_rests` of the word.
            join: what every segmentation costs.
            bound: what the segmentation has to cost less than.
        """
        found: list[tuple[int, int, int, int]] = []
        size = len(self._known)
        for at in range(size):
            before = [beginning[at * 2] + join, beginning[at * 2 + 1] + join]
            if min(before) >= NEVER:
                continue
            for length, least in self.windows[at]:
                end = at + length
                if end > size or length == size:
                    break
                around = min(
                    before[0] + rest[end * STATES + ANCHOR],
                    before[1] + rest[end * STATES + (ANCHOR | ANCHORED)],
                )
                if around + least < bound:
                    found.append((around + least, around, at, length))
        found.sort()
        return found


def costs_of_rests(known: Sequence[list[Edge]], steps: list[int]) -> list[int]:
    """What the cheapest exact reading of the rest of a word costs, by place and state; `NEVER`
    where there is none with an anchor."""
    size = len(known)
    first = steps[START * ANCHORED + COMPANION]
    dearer = steps[COMPANION * ANCHORED + ANCHOR]
    rest = [NEVER] * ((size + 1) * STATES)
    rest[size * STATES + ANCHORED : (size + 1) * STATES] = [0] * ANCHORED
    for at in range(size - 1, -1, -1):
        if not known[at]:
            continue
        # The cheapest anchor; the cheapest code that needs company, with an anchor and without.
        anchor = vouched = companion = NEVER
        for edge in known[at]:
            after = (at + edge.length) * STATES + edge.last
            cost = edge.cost + rest[after + ANCHORED]
            if cost >= NEVER:
                continue
            if edge.anchored:
                anchor = cost if cost < anchor else anchor
            else:
                vouched = cost if cost < vouched else vouched
                cost = edge.cost + rest[after]
                companion = cost if cost < companion else companion
        if anchor == vouched == NEVER:
            continue
        for row, other in (at * STATES, companion), (at * STATES + ANCHORED, vouched):
            either = anchor if anchor < other else other
            if either < NEVER:
                behind_companion = min(anchor + dearer, other)
                rest[row : row + ANCHORED] = [
                    min(anchor, other + first),
                    either,
                    behind_companion,
                    either,
                ]
    return rest


def costs_of_beginnings(known: Sequence[list[Edge]], steps: list[int]) -> list[int]:
    """What the cheapest exact reading of a word up to some place costs, with the step to an anchor:
    for each place one without an anchor and one with an anchor; `NEVER` where there is none."""
    size = len(known)
    least = [NEVER] * ((size + 1) * STATES)
    least[START] = 0
    found = [NEVER] * (2 * size + 2)
    for at in range(size):
        for state, cost in enumerate(least[at * STATES : (at + 1) * STATES]):
            if cost < NEVER:
                row, anchored = state % ANCHORED * ANCHORED, state & ANCHORED
                onward = 2 * at + anchored // ANCHORED
                found[onward] = min(found[onward], cost + steps[row + ANCHOR])
                for edge in known[at]:
                    after = edge.last | edge.anchored | anchored
                    node = (at + edge.length) * STATES + after
                    least[node] = min(least[node], cost + steps[row + edge.last] + edge.cost)
    return found
