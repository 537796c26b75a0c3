"""Segmentations: what may be read at each place of a word, what that costs at least, and the
cheapest segmentation.

The rules are those of `tagnorm.engine.lattice`. A segmentation is searched for one path alone, and
only where it can still cost less than what is known already.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Final

from tagnorm.engine.edit_index import first_of_each
from tagnorm.engine.guide import GUIDED, Guide, Window
from tagnorm.engine.lattice import ANCHOR, COMPANION, LEFT, START, Piece, piece_at, step
from tagnorm.engine.memory import Memory
from tagnorm.engine.model import Model
from tagnorm.engine.paths import (
    ANCHORED,
    NEVER,
    NODE,
    NODE_BITS,
    STATES,
    Edge,
    cheapest_path,
    order_of,
    path_to,
)

__all__ = ["Segmenter", "is_exact", "is_in_order", "pieces_of", "tags_of_edges"]

# So many letters of an anchor are enough to rule out most places, if all anchors have as many.
_HEAD: Final = 3
# Edges of so many letters or more are found by that many; shorter ones by all they have.
_LONG_EDGE: Final = 3

# A code of so many letters can speak for letters that are left over.
_SPEAKING: Final = 4

_ANCHOR: Final[int] = ANCHOR
_COMPANION: Final[int] = COMPANION
_LEFT: Final[int] = LEFT
_START: Final[int] = START


class Segmenter:
    """The segmentations of codes by one model.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> segmenter = Segmenter(Model(Taxonomy.load()))
    >>> _, edges = segmenter.search("PRELPGVO", [None] * 8, 20_000, True)
    >>> [edge.tag for edge in edges], segmenter.search("PELOSI", [None] * 6, 20_000, True)
    (['PREL', 'PGOV'], (20000, None))
    """

    def __init__(self, model: Model) -> None:
        entries, prices = model.entries, model.prices
        # Clean segmentations: anchors of the common length, and what may stand behind the last of
        # them.
        self.length: int = model.anchor_length
        self.anchors: dict[str, str] = {}
        self.tails: dict[str, str] = {}
        self._entries = entries
        # What may be read exactly, made once it is met.
        self._edges: dict[str, Edge] = {}
        # The lengths of what may be read exactly by its first letters, up to `_LONG_EDGE`, shortest
        # first; those of the anchors likewise: where none of these begins there is no anchor.
        self._edge_lengths: dict[str, tuple[int, ...]] = {}
        carriers = {len(form) for form, entry in entries.items() if entry.anchor}
        self._head: int = min([_HEAD, *carriers])
        self._anchor_lengths: dict[str, tuple[int, ...]] = {}
        # What the cheapest of each length and kind costs, whatever the letters.
        least: dict[tuple[int, int, int], int] = {}
        for form, (_, code, how, cost, anchor) in entries.items():
            size = len(form)
            if how == "canonical":
                if anchor and size == self.length:
                    self.anchors[form] = code.tag
                elif not anchor and size < self.length:
                    self.tails[form] = code.tag
            if anchor:
                _add_length(self._anchor_lengths, form[: self._head], size)
            _add_length(self._edge_lengths, form[:_LONG_EDGE], size)
            kind = (size, ANCHOR, ANCHORED) if anchor else (size, COMPANION, 0)
            known = least.get(kind)
            if known is None or cost < known:
                least[kind] = cost
        # What is shorter may be read there, too.
        for head in sorted(self._edge_lengths):
            for letters in range(1, len(head)):
                for size in self._edge_lengths.get(head[:letters], ()):
                    _add_length(self._edge_lengths, head, size)
        self.steps: list[int] = [
            step(model, before % ANCHORED, after)
            for before in range(STATES)
            for after in range(ANCHORED)
        ]
        self.join: int = prices["join"]
        self.unanchored: int = self.join + prices["unanchored"]
        self.leftover: int = prices["leftover"]
        self.left_over = Edge("", 1, LEFT, 0, prices["letter"], None, "unresolved")
        # What no edit is looked for in.
        self.as_written: frozenset[str] = frozenset([*entries, *model.outside])
        self._edits = model.joined_edits
        # The stretches with an edit that were met.
        self._edited: Memory[Edge] = Memory()
        # The least that an anchor with an edit costs, by its length with the edit.
        self._least_edits: dict[int, int] = dict(model.joined_edit_bounds)
        self._tail_lengths: list[int] = list(model.tail_lengths)
        self._set_bounds(model, least)

    def _set_bounds(self, model: Model, least: dict[tuple[int, int, int], int]) -> None:
        """Work out what readings cost at least; `least` says it of each kind of edge."""
        # The letters of the shortest code that may be read in a segmentation.
        self._shortest: int = min([*[size for size, _, _ in least], *self._least_edits], default=1)
        least[1, LEFT, 0] = self.left_over.cost
        # The same, shortest first.
        self.edit_bounds: list[tuple[int, int]] = list(self._least_edits.items())
        for size, cost in self.edit_bounds:
            least[size, ANCHOR, 0] = cost
        self._least_edit: int = min([cost for _, cost in self.edit_bounds], default=NEVER)
        # The same behind each state, shortest first: its letters, its cost with the step to it, the
        # state behind it, and whether it is exact.
        self._ways: list[list[tuple[int, int, int, bool]]] = [
            [
                (
                    size,
                    self.steps[state * ANCHORED + last] + cost,
                    last | anchored | state & ANCHORED,
                    last == COMPANION or bool(anchored),
                )
                for (size, last, anchored), cost in sorted(least.items())
            ]
            for state in range(STATES)
        ]
        # Where look-ups are dear it is worked out first where any pays.
        self.is_large: bool = not self._edits.are_cheap
        most = self._edits.most_unguarded
        self._short_bounds = [one for one in self.edit_bounds if one[0] <= most]
        self._longer_bounds = dict([one for one in self.edit_bounds if one[0] > most])
        # The letters and the cost that an anchor with an edit and such a code have at least.
        self._shortest_pair: int = min(self._least_edits, default=NEVER) + min(
            self._tail_lengths, default=NEVER
        )
        tails = [
            entry.cost
            for entry in model.entries.values()
            if entry.how == "canonical" and not entry.anchor
        ]
        self._least_pair: int = self._least_edit + min(tails, default=NEVER)
        # No more than what the last letters of a segmentation cost, by number and state: it needs
        # an anchor.
        self._costs_to_go = [0 if state & ANCHORED else NEVER for state in range(STATES)]
        # The same of those that have an edit or leave letters over.
        self._noisy_costs_to_go = [NEVER] * STATES
        # The least that a segmentation of each length costs.
        self._lower_bounds: list[int] = [0]

    def may_leave_letters(self, word: str) -> bool:
        """Whether letters may be left over beside the codes in a word: only a code of four letters
        or more that stands there as it is written can speak for that."""
        return any(end - at >= _SPEAKING for at, end in self._anchors_in(word))

    def has_anchor(self, word: str) -> bool:
        """Whether a code that can carry a segmentation stands in the word as it is written; one
        letter again and again is none."""
        return bool(self._carriers_in(word))

    def _carriers_in(self, word: str) -> list[tuple[int, int]]:
        """Where anchors stand that can carry a segmentation: on both sides of one there is nothing,
        or room for another code, or for letters that may be left over."""
        size, anchors = len(word), self._anchors_in(word)
        if not anchors or word == word[:1] * size:
            return []
        speaks = max([end - at for at, end in anchors]) >= _SPEAKING
        least = 1 if speaks else self._shortest
        return [
            (at, end)
            for at, end in anchors
            if end - at < size and (at == 0 or at >= least) and (end == size or size - end >= least)
        ]

    def _anchors_in(self, word: str) -> list[tuple[int, int]]:
        """Where anchors begin and end that stand in a word as they are written."""
        heads, length, size, entries = self._anchor_lengths, self._head, len(word), self._entries
        found: list[tuple[int, int]] = []
        for at in range(size - length + 1):
            head = word[at : at + length]
            if head in heads:
                for more in heads[head]:
                    end = at + more
                    if end > size:
                        break
                    entry = entries.get(word[at:end])
                    if entry is not None and entry.anchor:
                        found.append((at, end))
        return found

    def lower_bounds(self, size: int) -> list[int]:
        """No more than what any word costs as a segmentation, by its length up to some size at
        least."""
        lower_bounds = self._lower_bounds
        if size >= len(lower_bounds):
            # Lists are replaced as a whole, so that no thread finds one half done.
            costs_to_go, lower_bounds = self.costs_to_go(size), lower_bounds[:]
            for n in range(len(lower_bounds), size + 1):
                least = self.join + self._cost_to_go(costs_to_go, n, START, n - 1)
                if n >= self._shortest_pair:
                    least = min(least, self.unanchored + self._least_pair)
                lower_bounds.append(least - 1)
            self._lower_bounds = lower_bounds
        return lower_bounds

    def noisy_bound(self, size: int) -> int:
        """No more than what any word of a size costs as a segmentation with an edit, or with
        letters that are left over."""
        noisy = self._noisy_costs_to_go
        if size >= len(noisy) // STATES:
            costs_to_go, noisy = self.costs_to_go(size), noisy[:]
            for n in range(len(noisy) // STATES, size + 1):
                # From the start on the whole is no segmentation.
                noisy += [
                    self._cost_to_go(costs_to_go, n, state, n - (state == START), noisy)
                    for state in range(STATES)
                ]
            self._noisy_costs_to_go = noisy
        least = noisy[size * STATES + START]
        return self.join + least if least < NEVER else NEVER

    def lower_bound_of(self, word: str) -> int:
        """No more than what a word costs as a segmentation, by the codes in it that can carry one;
        `NEVER` if there is none."""
        size, least, entries = len(word), NEVER, self._entries
        carriers = self._carriers_in(word)
        if not carriers:
            return NEVER
        costs_to_go = self.costs_to_go(size)
        for at, end in carriers:
            before = costs_to_go[at * STATES + (_START | ANCHORED)]
            after = costs_to_go[(size - end) * STATES + (_ANCHOR | ANCHORED)]
            cost = before + entries[word[at:end]].cost + after
            least = cost if cost < least else least
        return self.join + least if least < NEVER else NEVER

    def edited_pair(self, word: str, bound: int) -> tuple[int, list[Edge] | None]:
        """An anchor with an edit and a code that needs company, the cheapest such pair that is the
        word; the bound and None if it costs no less."""
        best: list[Edge] | None = None
        for tail in self.tail_edges(word):
            length, beside = len(word) - tail.length, tail.cost + self.unanchored
            if beside + self._least_edits[length] > bound:
                continue
            edit = self.edit_at(word, 0, length)
            if edit is None:
                continue
            cost, pair = edit.cost + beside, [edit, tail]
            is_first = best is not None and cost == bound and order_of(pair) < order_of(best)
            if cost < bound or is_first:
                bound, best = cost, pair
        return bound, best

    def clean_start(self, word: str) -> int:
        """What it costs to read anchors from the start on, and to leave over what follows them."""
        size, length = len(word), self.length
        at, cost = 0, self.join
        if length < _SPEAKING:
            return NEVER
        head = word[:length]
        while head in self.anchors:
            cost += self._entries[head].cost
            at += length
            head = word[at : at + length]
        return cost + self.leftover + (size - at) * self.left_over.cost if at else NEVER

    def clean_cost(self, word: str) -> int:
        """What a clean segmentation costs: codes of the common length, and what stands behind the
        last."""
        forms = [word[at : at + self.length] for at in range(0, len(word), self.length)]
        return self.join + sum([self._entries[form].cost for form in forms])

    def cost_of(self, edges: list[Edge]) -> int:
        """What a segmentation costs, from its start."""
        if not any(edge.anchored for edge in edges):
            return self.unanchored + sum([edge.cost for edge in edges])
        cost, last = self.join, _START
        for edge in edges:
            cost += self.steps[last * ANCHORED + edge.last] + edge.cost
            last = edge.last
        return cost

    def edges_at(self, word: str, at: int) -> list[Edge]:
        """What may be read exactly from a place on, shortest first."""
        found: list[Edge] = []
        size, lengths = len(word), self._edge_lengths
        for letters in range(_LONG_EDGE, 0, -1):
            known = lengths.get(word[at : at + letters])
            if known is not None:
                for length in known:
                    if at + length > size or length == size:
                        break
                    form = word[at : at + length]
                    edge = self._edges.get(form) or self._edge(form)
                    if edge is not None:
                        found.append(edge)
                break
        return found

    def _edge(self, form: str) -> Edge | None:
        """A form as it may be read exactly, or None if it is none."""
        entry = self._entries.get(form)
        if entry is None:
            return None
        _, code, how, cost, anchor = entry
        last, anchored = (ANCHOR, ANCHORED) if anchor else (COMPANION, 0)
        edge = self._edges[form] = Edge(form, len(form), last, anchored, cost, code.tag, how)
        return edge

    def cheapest_exact(
        self, word: str, known: list[list[Edge] | None], bound: int
    ) -> tuple[int, list[Edge] | None]:
        """The cheapest segmentation of what stands in a word exactly, behind what it costs; the
        bound and None if none is cheaper.

        What may be read exactly from a place on is `known` once it was asked for.
        """
        size = len(word)
        # The edge that each place was reached by, and the places with several such.
        came: list[Edge | None] = [None] * (size + 1)
        several: set[int] = set()
        for at in range(size):
            if at and came[at] is None:
                continue
            edges = known[at]
            if edges is None:
                edges = known[at] = self.edges_at(word, at)
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
                return self.search(word, known, bound, False)
            path.append(only)
            at -= only.length
        # Most words have one such segmentation or none: then nothing has to be searched.
        path.reverse()
        if not any(edge.anchored for edge in path):
            return bound, None
        cost = self.cost_of(path)
        return (cost, path) if cost < bound else (bound, None)

    def exact_edges(self, word: str) -> list[list[Edge]]:
        """What may be read exactly from each place of a word on."""
        return [self.edges_at(word, at) for at in range(len(word))]

    def _all_edges(self, word: str, known: list[list[Edge] | None]) -> list[list[Edge]]:
        """What may be read exactly from each place on; what is not `known` yet is from now on."""
        found: list[list[Edge]] = []
        for at, edges in enumerate(known):
            found.append(self.edges_at(word, at) if edges is None else edges)
        known[:] = found
        return found

    def tail_edges(self, word: str) -> list[Edge]:
        """The codes that need company and end a word behind as many letters as edits leave."""
        found: list[Edge] = []
        if word == word[:1] * len(word):
            return found
        for size in self._tail_lengths:
            if len(word) - size in self._least_edits:
                tail = self._entries.get(word[-size:])
                if tail is not None and tail.how == "canonical" and not tail.anchor:
                    edge = self._edges.get(tail.form) or self._edge(tail.form)
                    found += [edge] if edge is not None else []
        return found

    def costs_to_go(self, size: int) -> list[int]:
        """No more than what the last letters of a segmentation cost, by their number, up to some
        size at least, and the state."""
        costs_to_go = self._costs_to_go
        if size >= len(costs_to_go) // STATES:
            costs_to_go = costs_to_go[:]
            for n in range(len(costs_to_go) // STATES, size + 1):
                costs_to_go += [
                    self._cost_to_go(costs_to_go, n, state, n) for state in range(STATES)
                ]
            self._costs_to_go = costs_to_go
        return costs_to_go

    def search(
        self, word: str, known: list[list[Edge] | None], bound: int, noisy: bool
    ) -> tuple[int, list[Edge] | None]:
        """The cost and the edges of the cheapest segmentation, or the bound and None if none is
        cheaper.

        A Viterbi search: of each node only the cheapest path is kept. The node is led on next whose
        path may come out cheapest, by what the letters that follow cost at least (A*), so hardly
        more than the winning path is seen. What may be read exactly from a place on is `known` once
        it was asked for. Edits and left-over letters are read only if the search is `noisy`.
        """
        size = len(word)
        steps, costs_to_go, goal = self.steps, self.costs_to_go(size), size * STATES
        # Of each node that was reached the cost, and the node and the edge that it was reached by.
        costs: dict[int, int] = {START: self.join}
        came: dict[int, tuple[int, Edge]] = {}
        # Nodes that wait, by what their paths may come out at, equal ones by their places: so when
        # a node is next all ways to it are known.
        waiting: list[int] = [START]
        seen: set[int] = set()
        edits: dict[int, Edge | None] = {}
        leaves = noisy and self.may_leave_letters(word)
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
                edges = known[at] = self.edges_at(word, at)
            row, anchored = state * ANCHORED, state & ANCHORED
            if noisy:
                spare = bound - cost - steps[row + _ANCHOR]
                edges = [*edges, self.left_over] if leaves else [*edges]
                if spare > self._least_edit:
                    edges += self._edits_on(word, at, anchored, spare, guide, edits)
            for edge in edges:
                last, end = edge.last, at + edge.length
                total = cost + steps[row + last] + edge.cost
                after = last | edge.anchored | anchored
                rest = costs_to_go[(size - end) * STATES + after]
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
        """The bounds of a word; `known` is what may be read exactly from each place on."""
        return self._guide(word, known, self.may_leave_letters(word))

    def _guide(self, word: str, known: list[list[Edge]], leaves: bool) -> Guide:
        letter = self.left_over.cost if leaves else NEVER
        return Guide(known, self._windows(word), self.steps, letter, self.leftover)

    def _windows(self, word: str) -> list[list[Window]]:
        """From each place of a word on the lengths of the stretches that a code with an edit may
        be, shortest first, each with what that costs at least."""
        size, bounds = len(word), self._longer_bounds
        found: list[list[Window]] = [[] for _ in word]
        for length, least in self._short_bounds:
            are_known = self._edits.are_known_in(word, length)
            for at in range(size - length + 1):
                if not are_known:
                    found[at].append((length, least))
                    continue
                edit = self.edit_at(word, at, length)
                if edit is not None:
                    found[at].append((length, edit.cost))
        for at, lengths in enumerate(self._edits.lengths_near(word)):
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
        """The anchors with an edit that may be read from a place on and leave something to spare.

        What stretches of the word are read as is `known` once a path has asked for it.
        """
        found: list[Edge] = []
        size, costs_to_go = len(word), self.costs_to_go(len(word))
        for length, least in self.edit_bounds if guide is None else guide.windows[at]:
            end = at + length
            if end > size or length == size:
                break
            rest = costs_to_go[(size - end) * STATES + (_ANCHOR | anchored)]
            if guide is not None:
                rest = max(rest, guide.to_end[end * ANCHORED + _ANCHOR])
            if least + rest < spare:
                stretch = at * (size + 1) + length
                if stretch not in known:
                    known[stretch] = self.edit_at(word, at, length)
                edit = known[stretch]
                if edit is not None:
                    found.append(edit)
        return found

    def edit_at(self, word: str, at: int, length: int) -> Edge | None:
        """The cheapest anchor that one edit may have turned into a stretch of a word, or None."""
        stretch = word[at : at + length]
        edge = self._edited.get(stretch)
        if edge is not None or stretch in self.as_written:
            return edge
        edit = self._edits.cheapest(stretch)
        if edit is None:
            return None
        cost, tag, how, _ = edit
        return self._edited.add(stretch, Edge(stretch, length, _ANCHOR, 0, cost, tag, how))

    def edits_of(self, stretch: str, n: int, most: int = NEVER) -> list[Edge]:
        """The n cheapest anchors that one edit may have turned into a stretch of a segmentation, if
        they cost no more than `most`."""
        if stretch in self.as_written:
            return []
        size, candidates = len(stretch), self._edits.candidates(stretch, most)
        return [
            Edge(stretch, size, _ANCHOR, 0, cost, tag, how)
            for cost, tag, how, _ in first_of_each(candidates, n)
            if cost <= most
        ]

    def _cost_to_go(
        self,
        costs_to_go: list[int],
        size: int,
        state: int,
        longest: int,
        noisy: list[int] | None = None,
    ) -> int:
        """The least that so many letters cost in a segmentation behind some state, whatever the
        letters; with an edit or left-over letters among them, if what fewer cost so is given."""
        least = NEVER
        for length, cost, after, is_exact in self._ways[state]:
            if length > longest:
                break
            rests = noisy if noisy is not None and is_exact else costs_to_go
            whole = cost + rests[(size - length) * STATES + after]
            least = whole if whole < least else least
        return least


def _add_length(lengths: dict[str, tuple[int, ...]], letters: str, size: int) -> None:
    """Note that there is a form of a size that begins with some letters."""
    known = lengths.get(letters, ())
    if size not in known:
        lengths[letters] = tuple(sorted((*known, size)))


def is_exact(edges: list[Edge]) -> bool:
    """Whether a segmentation has no edits and no letters left over."""
    return all(edge.anchored or edge.last == _COMPANION for edge in edges)


def is_in_order(edges: list[Edge]) -> bool:
    """Whether a segmentation of exact codes goes before others by rule: at most one of its codes
    needs company, and that comes first or last. Longer codes beat chains of two-letter ones."""
    short = [at for at, edge in enumerate(edges) if not edge.anchored]
    return not short or short in ([0], [len(edges) - 1])


def tags_of_edges(edges: list[Edge], raw: str | None) -> list[str]:
    """The tags of a segmentation; left-over letters stand together as in the raw word, if given."""
    tags: list[str] = []
    at, after_left = 0, False
    for edge in edges:
        end = at + edge.length
        if edge.tag is not None:
            tags.append(edge.tag)
        elif raw is not None:
            if after_left:
                tags[-1] += raw[at:end]
            else:
                tags.append(raw[at:end])
        after_left = edge.tag is None
        at = end
    return tags


def pieces_of(edges: list[Edge]) -> tuple[Piece, ...]:
    """The pieces of a segmentation; left-over letters are taken together."""
    pieces: list[Piece] = []
    at = start = 0
    for edge in edges:
        end = at + edge.length
        if edge.tag is None and pieces and pieces[-1].tag is None:
            pieces[-1] = piece_at(start, end, None, edge.how)
        else:
            start = at
            pieces.append(piece_at(at, end, edge.tag, edge.how))
        at = end
    return tuple(pieces)
