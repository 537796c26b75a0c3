"""The n cheapest readings of a word: a k-best search through its lattice.

A node is a place and a state, as in `tagnorm.viterbi`, but keeps the n cheapest paths to it. What
saves time: where no anchor stands there is no search; without an anchor so far a path leads no
further than to the last one; and no path is followed that cannot come out among the n cheapest any
more, whatever the rest of the word is read as. A path that has an anchor can leave over what
follows, so every path says early what the n cheapest cost at most.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from typing import Final

from tagnorm.channel import Candidate
from tagnorm.cheapest import Cheapest, is_in_order, pieces_of
from tagnorm.lattice import ANCHOR, COMPANION, LEFT, START, Piece, Reading, clean_run
from tagnorm.model import Model
from tagnorm.viterbi import ANCHORED, NEVER, STATES, Edge

__all__ = ["NBest", "Path", "insert", "readings"]

# Runs so much dearer than another reading are not looked for: one in 100,000 would be meant.
_NEGLIGIBLE: Final = 12_000

_START: Final[int] = START
_ANCHOR: Final[int] = ANCHOR
_COMPANION: Final[int] = COMPANION
_LEFT: Final[int] = LEFT
_KIND: Final = 3


class Path:
    """A way through the places of a word: its cost, its pieces, the way before, the last edge.

    The whole word as one code, or left alone, is one edge.
    """

    __slots__ = ("before", "cost", "edge", "pieces", "state", "tags")

    def __init__(
        self, state: int, cost: int, pieces: int, before: Path | None, edge: Edge | None
    ) -> None:
        self.state = state
        self.cost = cost
        self.pieces = pieces
        self.before = before
        self.edge = edge
        # Known once they are asked for: of most paths they never are.
        self.tags: tuple[str, ...] | None = None

    def all_tags(self) -> tuple[str, ...]:
        """The tags on the way, in order."""
        tags = self.tags
        if tags is None:
            found = [edge.tag for edge in self.edges() if edge.tag is not None]
            tags = self.tags = tuple(found)
        return tags

    def edges(self) -> list[Edge]:
        """The edges on the way, in order."""
        found: list[Edge] = []
        path: Path | None = self
        while path is not None:
            edge = path.edge
            if edge is not None:
                found.append(edge)
            path = path.before
        found.reverse()
        return found

    def all_pieces(self) -> tuple[Piece, ...]:
        """What the word is read as; left-over letters are taken together."""
        return pieces_of(self.edges())

    def is_ahead(self, other: Path) -> bool:
        """Whether the path comes before another: by cost, pieces and tags."""
        if self.cost != other.cost:
            return self.cost < other.cost
        if self.pieces != other.pieces:
            return self.pieces < other.pieces
        return self.all_tags() < other.all_tags()


def readings(model: Model, word: str, n: int = 5) -> list[Reading]:
    """The n cheapest readings of a folded word, cheapest first."""
    entry = model.entries.get(word)
    if entry is not None:
        return [Reading(0, (Piece(0, len(word), entry.code.tag, entry.how),))]
    paths = NBest(model, Cheapest(model)).paths(word, n, clean_run(model, word))
    return [Reading(path.cost, path.all_pieces()) for path in paths]


class NBest:
    """The n-best search over the lattices of words, by one model.

    What comes out are paths: of most of them the pieces are never asked for.

    >>> from tagnorm.taxonomy import Taxonomy
    >>> model = Model(Taxonomy.load())
    >>> [path.all_tags() for path in NBest(model, Cheapest(model)).paths("KWHG", 2)]
    [('KWBG',), ('KGHG',)]
    """

    def __init__(self, model: Model, cheapest: Cheapest) -> None:
        self._cheapest = cheapest
        self._slips = model.slips
        self._run_slips = model.run_slips
        self._outside: set[str] = model.outside
        self._slip_lengths: list[int] = list(model.slip_lengths)
        self._shortest_slip: int = min(self._slip_lengths, default=0)

    def paths(self, word: str, n: int, clean: Reading | None = None) -> list[Path]:
        """The n cheapest paths through a word that is no entry, cheapest first.

        Args:
            word: a folded word.
            n: so many paths are wanted.
            clean: the word as a clean run, if it is one: it leads, by rule.
        """
        found = self._whole(word, n)
        if word in self._outside:
            return found
        winner: tuple[Piece, ...] | None = None
        winning: Path | None = None
        if clean is not None:
            winner = clean.pieces
            winning = _path_of(clean)
        if not self._cheapest.has_anchor(word):
            if len(word) > self._shortest_slip:
                self._add_slipped_pairs(word, found, n)
        else:
            known = self._cheapest.exact_edges(word)
            least = found[0].cost
            if winning is None and _is_whole(known):
                _, run = self._cheapest.search(word, list(known), least + 1, False)
                if run is not None and is_in_order(run):
                    winning = _path_through(run, self._cheapest.join, self._cheapest.steps)
                    winner = winning.all_pieces()
            for path in self._runs(word, known, n, found):
                insert(found, path, n + 1)
        if winning is not None:
            # A rule made it win, so it counts for no less than what it beats.
            winning.cost = min(winning.cost, found[0].cost)
            found = [winning] + [path for path in found if path.all_pieces() != winner]
        return found[:n]

    def _whole(self, word: str, n: int) -> list[Path]:
        """The word left alone, and as the n codes that one slip likeliest turned into it."""
        size = len(word)
        alone = Edge(word, size, _LEFT, 0, self._cheapest.unresolved(word), None, "unresolved")
        left = Path(_LEFT, alone.cost, 1, None, alone)
        left.tags = ()
        found: list[Path] = []
        candidates = [] if word in self._outside else self._slips.candidates(word)
        at = 0
        if candidates:
            for cost, tag, how, form, _ in _first_of_each(candidates, n):
                path = Path(_ANCHOR, cost, 1, None, Edge(form, size, _ANCHOR, 0, cost, tag, how))
                path.tags = (tag,)
                found.append(path)
                if cost < alone.cost:
                    at += 1
        found.insert(at, left)
        return found

    def _add_slipped_pairs(self, word: str, found: list[Path], n: int) -> None:
        """The word as an anchor with a slip and a code that needs company: nothing vouches for it.

        It is the one run that may do without an exact anchor: `PGVOSP`.
        """
        for tail in self._cheapest.tail_edges(word, self._slip_lengths):
            at = len(word) - tail.length
            cost = self._cheapest.unanchored + tail.cost
            for head in self._slipped(word[:at], n):
                first = Path(_ANCHOR, head.cost, 1, None, head)
                insert(found, Path(_COMPANION, cost + head.cost, 2, first, tail), n + 1)

    def _slipped(self, stretch: str, n: int) -> list[Edge]:
        """The n cheapest anchors that one slip may have turned into a stretch of a run."""
        if stretch in self._cheapest.tags or stretch in self._outside:
            return []
        found: list[Edge] = []
        candidates = self._run_slips.candidates(stretch)
        if candidates:
            size = len(stretch)
            for cost, tag, how, _, _ in _first_of_each(candidates, n):
                found.append(Edge(stretch, size, _ANCHOR, 0, cost, tag, how))
        return found

    def _runs(self, word: str, known: list[list[Edge]], n: int, others: list[Path]) -> list[Path]:
        """The n cheapest paths that are runs, as far as they can be among the n cheapest of all.

        The `others` are the readings that are no runs, in order.
        """
        size, cheapest = len(word), self._cheapest
        lattice = _Lattice(size, n, cheapest, _last_anchor(known), [path.cost for path in others])
        for at in range(size):
            if not lattice.reached[at]:
                continue
            edges, furthest = known[at], lattice.furthest(at)
            if at < furthest:
                edges = edges[:]
                for length in self._slip_lengths:
                    if at + length > furthest:
                        break
                    least = cheapest.least_slips[length]
                    if length < size and lattice.allows(at, length, least):
                        edges += self._slipped(word[at : at + length], n)
                edges.append(cheapest.left_over)
            for edge in edges:
                lattice.extend(at, edge)
        return lattice.cheapest()


class _Lattice:
    """The n cheapest paths to each place and state of a word of some size.

    Args:
        size: how many letters the word has.
        n: so many paths are kept.
        prices: knows what runs cost.
        last_anchor: where the last code begins that can carry a run.
        costs: what other readings of the word cost, in order.
    """

    def __init__(
        self, size: int, n: int, prices: Cheapest, last_anchor: int, costs: list[int]
    ) -> None:
        self._size = size
        self._n = n
        self._last_anchor = last_anchor
        self._steps: list[int] = prices.steps
        self._rests: list[int] = prices.rests(size)
        self._letter: int = prices.left_over.cost
        self._leftover: int = prices.steps[_ANCHOR * ANCHORED + _LEFT]
        # What the n cheapest readings cost at most, and of which readings that is known.
        self._costs = costs[:n]
        self._most = costs[0] + _NEGLIGIBLE
        self._bound = costs[n - 1] if len(costs) >= n else NEVER
        self._nodes: list[list[Path] | None] = [None] * ((size + 1) * STATES)
        self._nodes[0] = [Path(_START, prices.join, 0, None, None)]
        # The states of each place, in the order in which they were reached.
        self.reached: list[list[int]] = [[] for _ in range(size + 1)]
        self.reached[0].append(_START)

    def furthest(self, at: int) -> int:
        """How far paths lead from a place: without an anchor so far, to the last one at most."""
        for state in self.reached[at]:
            if state & ANCHORED:
                return self._size
        return self._last_anchor

    def allows(self, at: int, length: int, cost: int) -> bool:
        """Whether an anchor with a slip that costs so much can be among the n cheapest readings."""
        end = at + length
        left = (self._size - end) * STATES + _ANCHOR
        for state in self.reached[at]:
            paths = self._nodes[at * STATES + state]
            if paths is not None and (state & ANCHORED or end <= self._last_anchor):
                total = paths[0].cost + self._steps[state * ANCHORED + _ANCHOR] + cost
                rest = self._rests[left + (state & ANCHORED)]
                if total <= self._most and total + rest <= self._bound:
                    return True
        return False

    def extend(self, at: int, edge: Edge) -> None:
        """Lead the paths at a place on over an edge."""
        nodes, n, size, last = self._nodes, self._n, self._size, edge.last
        end = at + edge.length
        left, kind = (size - end) * STATES, last | edge.anchored
        # Where no anchor follows any more, only paths lead on that have read one.
        alive = edge.anchored != 0 or end <= self._last_anchor
        for state in self.reached[at]:
            paths = nodes[at * STATES + state]
            extra = edge.cost + self._steps[state * ANCHORED + last]
            if paths is None or not (alive or state & ANCHORED):
                continue
            if paths[0].cost + extra > self._most:
                continue
            after = kind | state & ANCHORED
            rest, place = self._rests[left + after], end * STATES + after
            # Left-over letters in a row are one piece.
            more = 0 if last == _LEFT and state & _KIND == _LEFT else 1
            onward = nodes[place]
            # A path with an anchor may leave over what follows: that is a reading of its own.
            vouched = last != _LEFT and after & ANCHORED
            over = self._leftover + (size - end) * self._letter if end < size else 0
            bound = self._bound
            for path in paths:
                total = path.cost + extra
                if total + rest > bound:
                    break
                new = Path(after, total, path.pieces + more, path, edge)
                if onward is None:
                    onward = nodes[place] = [new]
                    self.reached[end].append(after)
                elif total <= onward[-1].cost:
                    insert(onward, new, n)
                elif len(onward) < n:
                    onward.append(new)
                else:
                    break
                if vouched and total + over < bound and total + over <= self._most:
                    bound = self._lower(total + over)

    def _lower(self, cost: int) -> int:
        """The bound once one more reading is known to cost no more than that."""
        costs = self._costs
        insort(costs, cost)
        if len(costs) > self._n:
            costs.pop()
        if len(costs) == self._n:
            self._bound = costs[-1]
        return self._bound

    def cheapest(self) -> list[Path]:
        """The n cheapest paths to the end, in order."""
        found: list[Path] = []
        for state in self.reached[self._size]:
            for path in self._nodes[self._size * STATES + state] or ():
                insert(found, path, self._n)
        return found


def _last_anchor(known: list[list[Edge]]) -> int:
    """The last place where an anchor begins; `known` is what may be read exactly at each place."""
    last = -1
    for at in range(len(known)):
        for edge in known[at]:
            if edge.anchored:
                last = at
    return last


def insert(paths: list[Path], path: Path, n: int) -> None:
    """Put a path into its place among n in order, behind its equals; the last may fall out."""
    at, cost = len(paths), path.cost
    while at:
        other = paths[at - 1]
        if cost > other.cost or (cost == other.cost and not path.is_ahead(other)):
            break
        at -= 1
    if at < n:
        paths.insert(at, path)
        if len(paths) > n:
            paths.pop()


def _is_whole(known: list[list[Edge]]) -> bool:
    """Whether what may be read exactly leads from the start to the end."""
    size = len(known)
    # The places that edges lead to from the start, as bits.
    reached = [False] * (size + 1)
    reached[0] = True
    for at in range(size):
        if reached[at]:
            for edge in known[at]:
                reached[at + edge.length] = True
    return reached[size]


def _first_of_each(candidates: Sequence[Candidate], n: int) -> Sequence[Candidate]:
    """Of candidates in order the first for each code, n at most: the n best have no further one."""
    if len(candidates) == 1:
        return candidates
    tags: set[str] = set()
    found: list[Candidate] = []
    for candidate in candidates:
        tag = candidate[1]
        if tag not in tags:
            tags.add(tag)
            found.append(candidate)
            if len(found) == n:
                break
    return found


def _path_through(run: list[Edge], join: int, steps: list[int]) -> Path:
    """The path over the edges of a run."""
    path = Path(_START, join, 0, None, None)
    for edge in run:
        cost = path.cost + steps[path.state * ANCHORED + edge.last] + edge.cost
        state = edge.last | edge.anchored | path.state & ANCHORED
        path = Path(state, cost, path.pieces + 1, path, edge)
    return path


def _path_of(reading: Reading) -> Path:
    """The path of a clean run."""
    path: Path | None = None
    for start, end, tag, how in reading.pieces:
        nth = 1 if path is None else path.pieces + 1
        path = Path(
            _ANCHOR, reading.cost, nth, path, Edge("", end - start, _ANCHOR, 0, 0, tag, how)
        )
    assert path is not None
    return path
