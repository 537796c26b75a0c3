"""The n cheapest readings of a word: a k-best search through its lattice.

It has two passes (a tree-trellis search, after Soong and Huang). Forward, in
`tagnorm.engine.search.forward`, it works out what the cheapest path over each edge costs, and keeps
the edges. Backward, it reads paths from the end to the start, the cheapest first. Each shares its
end with a path that was read before, leaves it at some node by another edge, and takes the cheapest
way from there to the start; so its cost is known before it is read.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Final

from tagnorm.engine.edits.index import first_of_each
from tagnorm.engine.model import Model
from tagnorm.engine.search.best_path import BestPath
from tagnorm.engine.search.forward import Arc, Forward
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT, START, Piece, Reading, whole_word
from tagnorm.engine.search.paths import ANCHORED, Edge, is_exact, is_in_order, pieces_of, shape_of

__all__ = ["NBest", "Path", "insert", "readings"]

# A code of no more letters may stand at the end of a segmentation by chance.
_BRIEF: Final = 3
# How many paths that cost the same as the last one are read, to put them in order.
_TIES: Final = 1000


class Path:
    """A way to read a word: its cost, its tags, and its edges from the last to the first.

    The word as one code, or left alone, has no edges, but a size and how it is read.
    """

    __slots__ = ("_edges", "_how", "_size", "cost", "tags")

    def __init__(
        self,
        cost: int,
        tags: tuple[str, ...],
        edges: list[Edge] | None,
        size: int = 0,
        how: str = "",
    ) -> None:
        self.cost = cost
        self.tags = tags
        self._edges = edges
        self._size = size
        self._how = how

    @property
    def piece_count(self) -> int:
        """How many pieces it has; left-over letters side by side are one."""
        count, after = 0, START
        for edge in self._edges or ():
            if edge.last != LEFT or after != LEFT:
                count += 1
            after = edge.last
        return count or 1

    @property
    def leaves_letters(self) -> bool:
        """Whether letters are left over in it."""
        return self._edges is not None and len(self._edges) != len(self.tags)

    def left_behind(self) -> int:
        """How many letters are left over at its end."""
        count = 0
        for edge in self._edges or ():
            if edge.last != LEFT:
                break
            count += 1
        return count

    def all_pieces(self) -> tuple[Piece, ...]:
        """Its pieces; left-over letters side by side are one."""
        if self._edges is not None:
            return pieces_of(self._edges[::-1])
        return whole_word(self._size, self.tags[0] if self.tags else None, self._how)

    def ending(self) -> Edge | None:
        """The last edge of a segmentation, if it may stand there by chance: an exact code that
        needs company, or has no more than three letters."""
        if self._edges is None:
            return None
        edge = self._edges[0]
        is_brief = edge.anchored and edge.length <= _BRIEF
        return edge if edge.last == COMPANION or is_brief else None

    def is_ahead(self, other: Path) -> bool:
        """Whether it comes before another: by cost, by the number of pieces, and by tags."""
        if self.cost != other.cost:
            return self.cost < other.cost
        if self.piece_count != other.piece_count:
            return self.piece_count < other.piece_count
        return self.tags < other.tags

    def is_exact(self) -> bool:
        """Whether it is a segmentation without edits and left-over letters."""
        return self._edges is not None and is_exact(self._edges)

    def is_inexact(self) -> bool:
        """Whether it is a segmentation with edits or left-over letters."""
        return self._edges is not None and not is_exact(self._edges)

    def order(self) -> tuple[int, int, tuple[str, ...], list[int]]:
        """The order of segmentations, by the rules of `tagnorm.engine.search.paths`."""
        return self.cost, self.piece_count, self.tags, shape_of(self._edges or [])


def readings(model: Model, word: str, n: int = 5) -> list[Reading]:
    """The n cheapest readings of a folded word, cheapest first."""
    entry = model.entries.get(word)
    if entry is not None:
        return [Reading(0, whole_word(len(word), entry.code.tag, entry.how))]
    best = BestPath(model)
    tags = best.clean(word)
    clean: Reading | None = None
    if tags is not None:
        pieces = best.clean_pieces(tags, len(word))
        clean = Reading(best.segmenter.clean_cost(word), pieces)
    paths = NBest(model, best).paths(word, n, clean)
    return [Reading(path.cost, path.all_pieces()) for path in paths]


class NBest:
    """The n-best search over the lattices of words, by one model.

    It finds paths, since the pieces of most of them are never needed.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> model = Model(Taxonomy.load())
    >>> [path.tags for path in NBest(model, BestPath(model)).paths("KWHG", 2)]
    [('KWBG',), ('KGHG',)]
    """

    def __init__(self, model: Model, cheapest: BestPath) -> None:
        self._cheapest = cheapest
        self._segmenter = cheapest.segmenter
        self._is_word_of_name: Callable[[str], bool] = model.is_word_of_name
        self._exact_first: bool = cheapest.exact_first
        self._mended: int = cheapest.mended

    def paths(self, word: str, n: int, clean: Reading | None = None) -> list[Path]:
        """The n cheapest paths through a word that is no entry, cheapest first.

        Args:
            word: a folded word.
            n: how many paths are wanted.
            clean: the word as a clean segmentation, if it is one, which comes first by rule.
        """
        found = self._whole(word, n)
        if self._cheapest.is_uncorrected(word):
            return found
        winning = None if clean is None else _path_of(clean)
        self._add_edited_pairs(word, found, n)
        if self._segmenter.edges.has_anchor(word):
            known = self._segmenter.edges.exact(word)
            least = found[0].cost
            forward = Forward(self._segmenter, word, known, n, [path.cost for path in found])
            forward.search()
            segmented = _read_back(forward, self._segmenter.steps, [path.cost for path in found])
            for path in found:
                insert(segmented, path, n)
            found = segmented
            exact: list[list[Edge] | None] = list(known)
            is_open = winning is None and not (found[0].is_exact() or self._is_word_of_name(word))
            if self._exact_first and is_open:
                cost, edges = self._segmenter.cheapest_exact(word, exact, least + 1)
                if edges is not None and is_in_order(edges):
                    winning = _path_back(cost, edges[::-1])
        if self._mended and winning is None and self._may_be_chance(word, found[0]):
            self._weigh_chance(word, found, n)
        if winning is not None:
            # A rule made it win, so it counts as no dearer than what it beats.
            winning.cost = min(winning.cost, found[0].cost)
            winner = winning.all_pieces()
            found = [winning] + [path for path in found if path.all_pieces() != winner]
        return found[:n]

    def _may_be_chance(self, word: str, first: Path) -> bool:
        """Whether a word may be read as it is by chance: with an edit or letters left over among
        joined codes, or as any joined codes if it is a word of a name."""
        return first.is_inexact() or (first.is_exact() and self._is_word_of_name(word))

    def _weigh_chance(self, word: str, found: list[Path], n: int) -> None:
        """Make the word left alone cheaper, where a segmentation comes first that may be chance."""
        cost = self._cheapest.unresolved(word) - self._mended
        found[:] = [path for path in found if path.tags]
        insert(found, Path(cost, (), None, len(word), "unresolved"), n)

    def _whole(self, word: str, n: int) -> list[Path]:
        """The word left alone, and as each of the n likeliest codes with an edit."""
        size, cost = len(word), self._cheapest.unresolved(word)
        alone = Path(cost, (), None, size, "unresolved")
        candidates = self._cheapest.candidates(word)
        if not candidates:
            return [alone]
        found: list[Path] = []
        at = 0
        for price, tag, how, _ in first_of_each(candidates, n):
            found.append(Path(price, (tag,), None, size, how))
            if price < cost:
                at += 1
        found.insert(at, alone)
        return found

    def _add_edited_pairs(self, word: str, found: list[Path], n: int) -> None:
        """Add the readings as an anchor with an edit and a code that needs company (`PGVOSP`), the
        only segmentations without an exact anchor."""
        for tail in self._segmenter.edges.tails(word):
            at = len(word) - tail.length
            cost = self._segmenter.unanchored + tail.cost
            for head in self._segmenter.edges.edits_of(word[:at], n):
                insert(found, _path_back(cost + head.cost, [tail, head]), n + 1)


class _Waiting:
    """The paths that the backward pass may still read, the cheapest first, and an upper bound of
    what the n cheapest readings cost.

    A path is given by its cost, the arc by which it leaves a path that was read before, and the
    edges of that one, with how many of them the two share.
    """

    def __init__(self, n: int, bound: int, whole: list[int]) -> None:
        # Upper bounds of what each of the n cheapest readings costs.
        self._costs = sorted([*(cost for cost in whole if cost < bound), *[bound] * n])[:n]
        # With a number that keeps equal ones in order.
        self._paths: list[tuple[int, int, Arc, list[Edge], int]] = []
        self._count = 0
        self.bound = bound

    def add(self, cost: int, arc: Arc, edges: list[Edge], shared: int) -> None:
        """Add a path that costs no more than the bound."""
        heappush(self._paths, (cost, self._count, arc, edges, shared))
        self._count += 1
        insort(self._costs, cost)
        self._costs.pop()
        self.bound = self._costs[-1]

    def next(self) -> tuple[int, Arc, list[Edge]] | None:
        """Take the cheapest path out: its cost, its arc, and the edges behind that; None if none is
        left that costs no more than the bound."""
        if not self._paths or self._paths[0][0] > self.bound:
            return None
        cost, _, arc, edges, shared = heappop(self._paths)
        return cost, arc, edges[:shared]


def _read_back(forward: Forward, steps: list[int], whole: list[int]) -> list[Path]:
    """The backward pass: the n cheapest segmentations, in order, and more if they cost the same as
    the last; `whole` has the costs of the readings that are no segmentations."""
    arcs, n = forward.arcs, len(forward.least.costs)
    waiting = _Waiting(n, forward.least.bound, whole)
    for arc in arcs[-1]:
        if arc[0] <= waiting.bound:
            waiting.add(arc[0], arc, [], 0)
    found: list[Path] = []
    while len(found) < n + _TIES:
        path = waiting.next()
        if path is None:
            break
        cost, arc, edges = path
        _follow(arcs, steps, cost, arc, edges, waiting)
        found.append(_path_back(cost, edges))
    if len({path.cost for path in found}) < len(found):
        found.sort(key=Path.order)
    return found


def _follow(
    arcs: list[list[Arc]],
    steps: list[int],
    cost: int,
    arc: Arc,
    edges: list[Edge],
    waiting: _Waiting,
) -> None:
    """Follow a path from an arc to the start of the word, and add its edges to those behind that.
    What leaves it on the way, and is cheap enough, has to wait."""
    while True:
        upto, _, node, edge = arc
        edges.append(edge)
        if node == 0:
            return
        if len(arcs[node]) == 1:
            arc = arcs[node][0]
            continue
        # What the cheapest way to the node costs, and how much more another one may cost.
        base, slack, last = upto - edge.cost, waiting.bound - cost, edge.last
        followed = False
        for other in arcs[node]:
            step = steps[other[1] * ANCHORED + last]
            extra = other[0] + step - base
            if extra == 0 and not followed:
                arc, followed = other, True
            elif extra <= slack:
                waiting.add(cost + extra, other, edges, len(edges))
                slack = waiting.bound - cost


def _path_back(cost: int, edges: list[Edge]) -> Path:
    """The path over edges, given from the last to the first."""
    tags = [edge.tag for edge in edges if edge.tag is not None]
    tags.reverse()
    return Path(cost, tuple(tags), edges)


def insert(paths: list[Path], path: Path, n: int) -> None:
    """Insert a path among n paths in order, behind its equals; the last of them may drop out."""
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


def _path_of(reading: Reading) -> Path:
    """The path of a clean segmentation."""
    edges = [
        Edge("", end - start, ANCHOR, 0, 0, tag, how) for start, end, tag, how in reading.pieces
    ]
    return _path_back(reading.cost, edges[::-1])
