"""The edges of the lattice of a word: what may be read at its places.

By the rules of `tagnorm.engine.search.lattice` these are forms as they are written, anchors with an
edit, and single letters that are left over.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from tagnorm.engine.costs import NEVER
from tagnorm.engine.edits.index import first_of_each
from tagnorm.engine.memory import Memory
from tagnorm.engine.model import Model
from tagnorm.engine.search.lattice import ANCHOR, COMPANION, LEFT
from tagnorm.engine.search.paths import ANCHORED, Edge

__all__ = ["LEAST_VOUCHING", "LatticeEdges"]

# Anchors are looked up by their first letters: so many, or fewer if there are shorter anchors.
_HEAD: Final = 3
# Exact edges are looked up by so many of their first letters; shorter ones by all they have.
_LONG_EDGE: Final = 3
# Letters are left over only beside a code of at least so many letters, which vouches for them.
LEAST_VOUCHING: Final = 4
# How many sets of lengths are kept to be shared: many letters have the same.
_SHARED: Final = 1 << 10


class LatticeEdges:
    """The edges of the lattices of words by one model.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> edges = LatticeEdges(Model(Taxonomy.load()))
    >>> [edge.tag for edge in edges.exact_at("PRELPGVO", 0)]
    ['PREL']
    >>> edge = edges.edit_at("PRELPGVO", 4, 4)
    >>> edge.tag, edge.how
    ('PGOV', 'swap')
    """

    def __init__(self, model: Model) -> None:
        self._entries = model.entries
        # The exact edges by their forms, made when they are met.
        self._exact: dict[str, Edge] = {}
        # The lengths of the forms, by their first letters, as bits; and of the anchors among them:
        # where no key of these stands, no anchor begins.
        sizes: dict[str, int] = {}
        anchor_sizes: dict[str, int] = {}
        self._head: int = min([_HEAD, *model.anchor_lengths])
        cheapest: dict[tuple[int, bool], int] = {}
        for form, _, _, cost, anchor in model.entries.values():
            size = len(form)
            head, kind = form[:_LONG_EDGE], (size, anchor)
            sizes[head] = sizes.get(head, 0) | 1 << size
            if anchor:
                head = form[: self._head]
                anchor_sizes[head] = anchor_sizes.get(head, 0) | 1 << size
            if cost < cheapest.get(kind, NEVER):
                cheapest[kind] = cost
        self._sizes = sizes
        self._anchor_lengths: dict[str, tuple[int, ...]] = {
            head: _lengths_of(bits) for head, bits in anchor_sizes.items()
        }
        # The lengths of the exact edges that begin with some letters, shortest first, as they are
        # met.
        self._lengths: Memory[tuple[int, ...]] = Memory()
        # What the cheapest exact edge costs, by its length, its kind and what it adds to the state.
        self.least_exact: dict[tuple[int, int, int], int] = {
            (size, ANCHOR, ANCHORED) if anchor else (size, COMPANION, 0): cost
            for (size, anchor), cost in cheapest.items()
        }
        self._tail_lengths: list[int] = list(model.tail_lengths)
        # What an anchor with an edit costs at least, by its length with the edit.
        self.least_edits: dict[int, int] = dict(model.joined_edit_bounds)
        self.edits = model.joined_edits
        # Words in which no edit is looked for.
        self._as_written: frozenset[str] = frozenset([*model.entries, *model.outside])
        # The edges with an edit that were met, by stretch.
        self._edited: Memory[Edge] = Memory()
        # The anchors in the last word: it is asked for more than once.
        self._last_anchors: tuple[str, list[tuple[int, int]]] = ("", [])
        self.left_over = Edge("", 1, LEFT, 0, model.prices["letter"], None, "unresolved")
        # The length of the shortest edge, but for letters left over.
        exact_sizes = [size for size, _, _ in self.least_exact]
        self.shortest: int = min([*exact_sizes, *self.least_edits], default=1)
        # The letters of the shortest word that is no entry and may be a segmentation: an anchor and
        # another code, one that vouches and a letter left over, or an anchor with an edit and a
        # code that needs company.
        self.shortest_joined: int = min(
            min(model.anchor_lengths, default=NEVER) + self.shortest,
            LEAST_VOUCHING + 1,
            min(self._tail_lengths, default=NEVER) + min(self.least_edits, default=NEVER),
        )

    def exact_at(self, word: str, at: int) -> list[Edge]:
        """The exact edges from a place of a word on, shortest first."""
        found: list[Edge] = []
        size, head = len(word), word[at : at + _LONG_EDGE]
        lengths = self._lengths.get(head)
        for length in self._lengths_behind(head) if lengths is None else lengths:
            if at + length > size or length == size:
                break
            form = word[at : at + length]
            edge = self._exact.get(form) or self._edge(form)
            if edge is not None:
                found.append(edge)
        return found

    def _lengths_behind(self, head: str) -> tuple[int, ...]:
        """The lengths of the forms that begin with up to `_LONG_EDGE` letters, or are the first of
        them, shortest first."""
        bits = 0
        for size in range(len(head)):
            bits |= self._sizes.get(head[: size + 1], 0)
        return self._lengths.add(head, _lengths_of(bits))

    def _edge(self, form: str) -> Edge | None:
        """Make the exact edge of a form; None if it is no form."""
        entry = self._entries.get(form)
        if entry is None:
            return None
        _, code, how, cost, anchor = entry
        last, anchored = (ANCHOR, ANCHORED) if anchor else (COMPANION, 0)
        edge = self._exact[form] = Edge(form, len(form), last, anchored, cost, code.tag, how)
        return edge

    def exact(self, word: str) -> list[list[Edge]]:
        """The exact edges from each place of a word on."""
        return [self.exact_at(word, at) for at in range(len(word))]

    def tails(self, word: str) -> list[Edge]:
        """The codes that need company and stand at the end of a word, behind as many letters as an
        anchor with an edit has."""
        found: list[Edge] = []
        if word == word[:1] * len(word):
            return found
        for size in self._tail_lengths:
            if len(word) - size in self.least_edits:
                tail = self._entries.get(word[-size:])
                if tail is not None and tail.how == "canonical" and not tail.anchor:
                    edge = self._exact.get(tail.form) or self._edge(tail.form)
                    found += [edge] if edge is not None else []
        return found

    def edit_at(self, word: str, at: int, length: int) -> Edge | None:
        """The cheapest anchor that one edit may have turned into a stretch of a word, or None."""
        stretch = word[at : at + length]
        edge = self._edited.get(stretch)
        if edge is not None or stretch in self._as_written:
            return edge
        edit = self.edits.cheapest(stretch)
        if edit is None:
            return None
        cost, tag, how, _ = edit
        return self._edited.add(stretch, Edge(stretch, length, ANCHOR, 0, cost, tag, how))

    def edits_of(self, stretch: str, n: int, most: int = NEVER) -> list[Edge]:
        """The n cheapest anchors that one edit may have turned into a stretch of a word, if they
        cost no more than `most`."""
        if stretch in self._as_written:
            return []
        size, candidates = len(stretch), self.edits.candidates(stretch, most)
        return [
            Edge(stretch, size, ANCHOR, 0, cost, tag, how)
            for cost, tag, how, _ in first_of_each(candidates, n)
            if cost <= most
        ]

    def may_leave_letters(self, word: str) -> bool:
        """Whether letters may be left over beside the codes in a word: an anchor of four letters or
        more must stand there as it is written."""
        return any(end - at >= LEAST_VOUCHING for at, end in self._anchors_in(word))

    def has_anchor(self, word: str) -> bool:
        """Whether an anchor that can carry a segmentation stands in the word as it is written."""
        return bool(self.carriers_in(word))

    def carriers_in(self, word: str) -> list[tuple[int, int]]:
        """Where anchors begin and end that can carry a segmentation: on either side of one there is
        nothing, or room for another code, or for letters that may be left over. A word of one
        letter repeated has none."""
        size, anchors = len(word), self._anchors_in(word)
        if not anchors or word == word[:1] * size:
            return []
        vouches = max([end - at for at, end in anchors]) >= LEAST_VOUCHING
        least = 1 if vouches else self.shortest
        return [
            (at, end)
            for at, end in anchors
            if end - at < size and (at == 0 or at >= least) and (end == size or size - end >= least)
        ]

    def _anchors_in(self, word: str) -> list[tuple[int, int]]:
        """Where the anchors begin and end that stand in a word as they are written."""
        last, found = self._last_anchors
        if last == word:
            return found
        heads, length, size, entries = self._anchor_lengths, self._head, len(word), self._entries
        found = []
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
        self._last_anchors = word, found
        return found


@lru_cache(maxsize=_SHARED)
def _lengths_of(bits: int) -> tuple[int, ...]:
    """The lengths that are written as bits, shortest first.

    >>> _lengths_of(1 << 2 | 1 << 5)
    (2, 5)
    """
    return tuple([size for size in range(bits.bit_length()) if bits >> size & 1])
