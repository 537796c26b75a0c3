"""The cheapest segmentation of a word, where no others are asked for.

It is searched only where it can still cost less than a reading that is known already.
"""

from __future__ import annotations

from heapq import heappop, heappush

from tagnorm.engine.costs import NEVER
from tagnorm.engine.model import Model
from tagnorm.engine.search.cost_bounds import CostBounds
from tagnorm.engine.search.guide import GUIDED, Guide, Window
from tagnorm.engine.search.lattice import ANCHOR, START, step
from tagnorm.engine.search.lattice_edges import LEAST_VOUCHING, LatticeEdges
from tagnorm.engine.search.paths import (
    ANCHORED,
    NODE,
    NODE_BITS,
    STATES,
    Edge,
    cheapest_path,
    order_of,
    path_to,
)

__all__ = ["Segmenter"]


class Segmenter:
    """The segmentations of codes by one model.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> segmenter = Segmenter(Model(Taxonomy.load()))
    >>> _, edges = segmenter.search("PRELPGVO", [None] * 8, 20_000, noisy=True)
    >>> [edge.tag for edge in edges], segmenter.search("PELOSI", [None] * 6, 20_000, noisy=True)
    (['PREL', 'PGOV'], (20000, None))
    """

    def __init__(self, model: Model) -> None:
        prices = model.prices
        self._entries = model.entries
        # The codes of clean segmentations: anchors of the common length, and what may stand behind
        # the last of them.
        self.length: int = model.anchor_length
        self.anchors: dict[str, str] = {}
        self.tails: dict[str, str] = {}
        tail = NEVER
        for form, (_, code, how, cost, anchor) in model.entries.items():
            if how == "canonical":
                if not anchor:
                    tail = cost if cost < tail else tail
                    if len(form) < self.length:
                        self.tails[form] = code.tag
                elif len(form) == self.length:
                    self.anchors[form] = code.tag
        self.join: int = prices["join"]
        self.unanchored: int = self.join + prices["unanchored"]
        self.leftover: int = prices["leftover"]
        # What it costs that an edge of one kind follows one of another.
        self.steps: list[int] = [
            step(model, before % ANCHORED, after)
            for before in range(STATES)
            for after in range(ANCHORED)
        ]
        self.edges = edges = LatticeEdges(model)
        self.bounds = CostBounds(model, edges, self.steps, tail)
        # What an anchor with an edit costs at least, by its length, shortest first.
        self.edit_bounds: list[tuple[int, int]] = list(edges.least_edits.items())
        # In a large vocabulary look-ups take long, so the search is guided in words of any length.
        self.is_large: bool = not edges.edits.are_cheap
        most = edges.edits.most_unguarded
        self._short_bounds = [one for one in self.edit_bounds if one[0] <= most]
        self._longer_bounds = dict([one for one in self.edit_bounds if one[0] > most])

    def lower_bound_of(self, word: str) -> int:
        """What a word costs at least as a segmentation, by the anchors in it that can carry one;
        `NEVER` if there is none."""
        size, least, entries = len(word), NEVER, self._entries
        carriers = self.edges.carriers_in(word)
        if not carriers:
            return NEVER
        to_go = self.bounds.to_go(size)
        for at, end in carriers:
            before = to_go[at * STATES + (START | ANCHORED)]
            after = to_go[(size - end) * STATES + (ANCHOR | ANCHORED)]
            cost = before + entries[word[at:end]].cost + after
            least = cost if cost < least else least
        return self.join + least if least < NEVER else NEVER

    def edited_pair(self, word: str, bound: int) -> tuple[int, list[Edge] | None]:
        """The cheapest reading of a word as an anchor with an edit and a code that needs company,
        with its cost; the bound and None if none costs less."""
        best: list[Edge] | None = None
        for tail in self.edges.tails(word):
            length, beside = len(word) - tail.length, tail.cost + self.unanchored
            if beside + self.edges.least_edits[length] > bound:
                continue
            edit = self.edges.edit_at(word, 0, length)
            if edit is None:
                continue
            cost, pair = edit.cost + beside, [edit, tail]
            is_first = best is not None and cost == bound and order_of(pair) < order_of(best)
            if cost < bound or is_first:
                bound, best = cost, pair
        return bound, best

    def clean_start(self, word: str) -> int:
        """What it costs to read the anchors that stand at the start of a word, one behind another,
        and to leave over what follows them; `NEVER` if none stands there."""
        size, length = len(word), self.length
        at, cost = 0, self.join
        if length < LEAST_VOUCHING:
            return NEVER
        head = word[:length]
        while head in self.anchors:
            cost += self._entries[head].cost
            at += length
            head = word[at : at + length]
        return cost + self.leftover + (size - at) * self.edges.left_over.cost if at else NEVER

    def clean_cost(self, word: str) -> int:
        """What a word costs that is a clean segmentation."""
        forms = [word[at : at + self.length] for at in range(0, len(word), self.length)]
        return self.join + sum([self._entries[form].cost for form in forms])

    def cost_of(self, edges: list[Edge]) -> int:
        """What a segmentation of some edges costs, the first one first."""
        if not any(edge.anchored for edge in edges):
            return self.unanchored + sum([edge.cost for edge in edges])
        cost, last = self.join, START
        for edge in edges:
            cost += self.steps[last * ANCHORED + edge.last] + edge.cost
            last = edge.last
        return cost

    def cheapest_exact(
        self, word: str, known: list[list[Edge] | None], bound: int
    ) -> tuple[int, list[Edge] | None]:
        """The cheapest segmentation of a word into exact codes, with its cost; the bound and None
        if none costs less.

        Args:
            word: a folded word.
            known: the exact edges from each place on; those that are None are filled in.
            bound: what the segmentation has to cost less than.
        """
        size = len(word)
        # For each place the last edge that leads to it, and the places to which several lead.
        came: list[Edge | None] = [None] * (size + 1)
        several: set[int] = set()
        for at in range(size):
            if at and came[at] is None:
                continue
            edges = known[at]
            if edges is None:
                edges = known[at] = self.edges.exact_at(word, at)
            for edge in edges:
                end = at + edge.length
                if came[end] is not None:
                    several.add(end)
                came[end] = edge
        path: list[Edge] = []
        at = size
        while at:
            only = came[at]
            if only is None:
                return bound, None
            if at in several:
                return self.search(word, known, bound, noisy=False)
            path.append(only)
            at -= only.length
        # Most words have one such segmentation or none, and no search is needed.
        path.reverse()
        if not any(edge.anchored for edge in path):
            return bound, None
        cost = self.cost_of(path)
        return (cost, path) if cost < bound else (bound, None)

    def _all_edges(self, word: str, known: list[list[Edge] | None]) -> list[list[Edge]]:
        """The exact edges from each place of a word on; those that are not `known` are filled
        in."""
        found: list[list[Edge]] = []
        for at, edges in enumerate(known):
            found.append(self.edges.exact_at(word, at) if edges is None else edges)
        known[:] = found
        return found

    def search(
        self, word: str, known: list[list[Edge] | None], bound: int, *, noisy: bool
    ) -> tuple[int, list[Edge] | None]:
        """The cost and the edges of the cheapest segmentation, or the bound and None if none costs
        less.

        The search is A*: it goes on from the node whose path may come out cheapest, by a lower
        bound of what the rest of the word costs, and keeps the cheapest path to each node alone. So
        it sees hardly more than the winning path.

        Args:
            word: a folded word.
            known: the exact edges from each place on; those that are None are filled in.
            bound: what the segmentation has to cost less than.
            noisy: whether it may have edits and left-over letters.
        """
        size = len(word)
        steps, to_go, goal = self.steps, self.bounds.to_go(size), size * STATES
        # For each node that was reached: the cost, and the node before it with the edge between
        # them.
        costs: dict[int, int] = {START: self.join}
        came: dict[int, tuple[int, Edge]] = {}
        # The frontier: the nodes that wait, by what their paths cost at least to the end, then by
        # place. When the turn of a node comes, all ways to it are known.
        waiting: list[int] = [START]
        seen: set[int] = set()
        edits: dict[int, Edge | None] = {}
        leaves = noisy and self.edges.may_leave_letters(word)
        is_guided = noisy and (size > GUIDED or self.is_large)
        guide = self._guide(word, self._all_edges(word, known), leaves) if is_guided else None
        to_end = None if guide is None else guide.to_end
        while waiting:
            node = heappop(waiting) & NODE
            if node >= goal:
                break
            if node in seen:
                continue
            seen.add(node)
            at, state, cost = node // STATES, node % STATES, costs[node]
            edges = known[at]
            if edges is None:
                edges = known[at] = self.edges.exact_at(word, at)
            row, anchored = state * ANCHORED, state & ANCHORED
            if noisy:
                spare = bound - cost - steps[row + ANCHOR]
                edges = [*edges, self.edges.left_over] if leaves else [*edges]
                if spare > self.bounds.edit:
                    edges += self._edits_on(word, at, anchored, spare, guide, edits)
            for edge in edges:
                last, end = edge.last, at + edge.length
                total = cost + steps[row + last] + edge.cost
                after = last | edge.anchored | anchored
                rest = to_go[(size - end) * STATES + after]
                if to_end is not None:
                    rest = max(rest, to_end[end * ANCHORED + last])
                whole = total + rest
                if whole < bound:
                    there = end * STATES + after
                    old = costs.get(there, NEVER)
                    if total < old:
                        costs[there] = total
                        came[there] = (node, edge)
                        heappush(waiting, whole << NODE_BITS | there)
                    elif total == old:
                        new = [*path_to(node, came), edge]
                        if order_of(new) < order_of(path_to(there, came)):
                            came[there] = (node, edge)
        ends = [node for node in range(goal + ANCHORED, goal + STATES) if node in costs]
        return cheapest_path(ends, costs, came) if ends else (bound, None)

    def guide(self, word: str, known: list[list[Edge]]) -> Guide:
        """The lower bounds of a word; `known` has the exact edges from each place on."""
        return self._guide(word, known, self.edges.may_leave_letters(word))

    def _guide(self, word: str, known: list[list[Edge]], leaves: bool) -> Guide:
        letter = self.edges.left_over.cost if leaves else NEVER
        return Guide(known, self._windows(word), self.steps, letter, self.leftover)

    def _windows(self, word: str) -> list[list[Window]]:
        """For each place of a word the stretches from there on that may be a code with an edit,
        shortest first."""
        size, bounds = len(word), self._longer_bounds
        found: list[list[Window]] = [[] for _ in word]
        for length, least in self._short_bounds:
            are_known = self.edges.edits.are_known_in(word, length)
            for at in range(size - length + 1):
                if not are_known:
                    found[at].append((length, least))
                    continue
                edit = self.edges.edit_at(word, at, length)
                if edit is not None:
                    found[at].append((length, edit.cost))
        for at, lengths in enumerate(self.edges.edits.lengths_near(word)):
            if lengths:
                near = sorted(lengths & bounds.keys())
                found[at] += [(length, bounds[length]) for length in near]
        return found

    def _edits_on(
        self,
        word: str,
        at: int,
        anchored: int,
        spare: int,
        guide: Guide | None,
        known: dict[int, Edge | None],
    ) -> list[Edge]:
        """The edges of anchors with an edit from a place on that a path can afford.

        Args:
            word: a folded word.
            at: the place.
            anchored: `ANCHORED` if the path has an anchor, else 0.
            spare: what the edit and the rest of the word have to cost less than.
            guide: the lower bounds of the word, if they were worked out.
            known: the edits of stretches that were looked for before, by place and length.
        """
        found: list[Edge] = []
        size, to_go = len(word), self.bounds.to_go(len(word))
        for length, least in self.edit_bounds if guide is None else guide.windows[at]:
            end = at + length
            if end > size or length == size:
                break
            rest = to_go[(size - end) * STATES + (ANCHOR | anchored)]
            if guide is not None:
                rest = max(rest, guide.to_end[end * ANCHORED + ANCHOR])
            if least + rest < spare:
                stretch = at * (size + 1) + length
                if stretch not in known:
                    known[stretch] = self.edges.edit_at(word, at, length)
                edit = known[stretch]
                if edit is not None:
                    found.append(edit)
        return found
