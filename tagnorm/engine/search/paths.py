"""Segmentations as paths through the lattice of a word: their edges, nodes, order and pieces.

A node is a place of the word and a state: the kind of the last edge, and whether the path has an
anchor yet.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from tagnorm.engine.search.lattice import COMPANION, LEFT, START, Piece, piece_at

__all__ = [
    "ANCHORED",
    "NODE",
    "NODE_BITS",
    "STATES",
    "Edge",
    "cheapest_path",
    "is_exact",
    "is_in_order",
    "order_of",
    "path_to",
    "pieces_of",
    "shape_of",
    "tags_of_edges",
]

# A state is the kind of the last edge, plus this once the path has an anchor.
ANCHORED: Final = 4
STATES: Final = 8

# A node that waits in a search is one number: what its path costs at least to the end, and in the
# last bits the node, its place first.
NODE_BITS: Final = 16
NODE: Final = (1 << NODE_BITS) - 1


class Edge:
    """An edge of the lattice: a form, or a letter left over, that may be read at a place.

    * `form`, `length` -- the letters that stand there, and their number;
    * `last` -- the kind of the edge;
    * `anchored` -- what it adds to the state: `ANCHORED` for an anchor that is written exactly;
    * `cost` -- what it costs to read it;
    * `tag`, `how` -- the code, None for a letter left over, and how it is read.
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


def path_to(node: int, came: dict[int, tuple[int, Edge]]) -> list[Edge]:
    """The edges of the path to a node; `came` has for each node the one before it and the edge
    between them."""
    path: list[Edge] = []
    while node != START:
        node, edge = came[node]
        path.append(edge)
    path.reverse()
    return path


def cheapest_path(
    nodes: list[int], costs: dict[int, int], came: dict[int, tuple[int, Edge]]
) -> tuple[int, list[Edge]]:
    """The cost and the edges of the path to the cheapest of some nodes."""
    least = min([costs[node] for node in nodes])
    paths = [path_to(node, came) for node in nodes if costs[node] == least]
    return least, paths[0] if len(paths) == 1 else min(paths, key=order_of)


def order_of(path: list[Edge]) -> tuple[int, list[str], list[int]]:
    """The order of paths that cost the same: by the number of pieces, by tags, and by shape.

    Left-over letters in a row are one piece.
    """
    kinds = [edge.last for edge in path]
    joined = sum([a == b == LEFT for a, b in pairwise(kinds)])
    tags = [edge.tag for edge in path if edge.tag is not None]
    return len(path) - joined, tags, shape_of(path[::-1])


def shape_of(edges: list[Edge]) -> list[int]:
    """The order of paths with the same cost, pieces and tags; `edges` begin with the last one. The
    path with the longer last edge comes first, then one that is no left-over letter."""
    return [edge.last - edge.length * ANCHORED for edge in edges]


def is_exact(edges: list[Edge]) -> bool:
    """Whether a segmentation has no edits and no letters left over."""
    return all(edge.anchored or edge.last == COMPANION for edge in edges)


def is_in_order(edges: list[Edge]) -> bool:
    """Whether the codes of an exact segmentation are in order, so that it beats others by rule: at
    most one of them needs company, and that one is the first or the last. Chains of codes of two
    letters do not win so."""
    short = [at for at, edge in enumerate(edges) if not edge.anchored]
    return not short or short in ([0], [len(edges) - 1])


def tags_of_edges(edges: list[Edge], raw: str | None) -> list[str]:
    """The tags of a segmentation, with left-over letters in their places, as they stand in the raw
    word; without those if there is no raw word."""
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
    """The pieces of a segmentation; left-over letters side by side are one piece."""
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
