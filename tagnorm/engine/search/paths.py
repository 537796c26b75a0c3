"""Segmentations as paths through the places of a word: their edges, nodes, order and pieces.

A node is a place and a state, which is what was read last and whether an anchor was read so far.
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

# A state is what was read last, plus this once an anchor has been read.
ANCHORED: Final = 4
STATES: Final = 8

_LEFT: Final[int] = LEFT
_COMPANION: Final[int] = COMPANION
# A waiting node is one number: what its path may come out at, then the node, its place first.
NODE_BITS: Final = 16
NODE: Final = (1 << NODE_BITS) - 1


class Edge:
    """What may be read at a place: what stands there, its kind, cost, tag and how.

    `anchored` is what it adds to the state: anchors written exactly vouch for a segmentation.
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
    """The edges on the way to a node, by the node and the edge that each was reached by."""
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
    """By what paths come in order that cost the same: by pieces, by tags, and by their shapes.

    Left-over letters in a row are one piece.
    """
    kinds = [edge.last for edge in path]
    joined = sum([a == b == _LEFT for a, b in pairwise(kinds)])
    tags = [edge.tag for edge in path if edge.tag is not None]
    return len(path) - joined, tags, shape_of(path[::-1])


def shape_of(edges: list[Edge]) -> list[int]:
    """By what paths with the same cost, pieces and tags come in order, from their edges from the
    end on: that comes first whose last edge is longer, then one that is no left-over letter."""
    return [edge.last - edge.length * ANCHORED for edge in edges]


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
