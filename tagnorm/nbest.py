"""The n cheapest readings of a word: a k-best search through its lattice.

Costs come first and pieces last: a path is a chain of links, and only those that are shown are
turned into pieces. What saves time besides: where no anchor stands there is no search; without an
anchor so far a path leads no further than to the last one, so what is read with a slip is looked
up only where an anchor can still vouch for it; and a search without slips is made only where codes
as they are written lead from the start to the end.
"""

from __future__ import annotations

from typing import NamedTuple

from tagnorm.channel import Candidate
from tagnorm.lattice import (
    ANCHOR,
    COMPANION,
    LEFT,
    START,
    Link,
    Path,
    Piece,
    Reading,
    clean_run,
    in_order,
    path_order,
    pieces_of,
    step,
)
from tagnorm.model import Model

__all__ = ["NBest", "readings"]

# A state of the search is what was read last, plus this once an anchor has been read.
_ANCHORED = 4
# So many letters of an anchor are enough to rule out most words, if all anchors have as many.
_HEAD = 3
# Runs so much dearer than another reading are not looked for: one in 100,000 would be meant.
_NEGLIGIBLE = 12_000

# What may be read from a place on: where it ends, its state, its cost, its tag, and how.
_Edge = tuple[int, int, int, str | None, str]


class _Exact(NamedTuple):
    """What may be read exactly in a word: the edges by place, and where the last anchor begins.

    `whole` says whether they lead from the start to the end.
    """

    places: list[list[_Edge]]
    last_anchor: int
    whole: bool


def readings(model: Model, word: str, n: int = 5) -> list[Reading]:
    """The n cheapest readings of a folded word, cheapest first."""
    entry = model.entries.get(word)
    if entry is not None:
        return [Reading(0, (Piece(0, len(word), entry.code.tag, entry.how),))]
    paths = NBest(model).paths(word, n, clean_run(model, word))
    return [Reading(path[0], pieces_of(path[3])) for path in paths]


class NBest:
    """The n-best search over the lattices of words, by one model.

    What comes out are paths: of most of them the pieces are never asked for.

    >>> from tagnorm.taxonomy import Taxonomy
    >>> paths = NBest(Model(Taxonomy.load())).paths("KWHG", 2)
    >>> [tags for _, _, tags, _ in paths]
    [('KWBG',), ('KGHG',)]
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._entries, self._lengths_from = model.entries, model.lengths_from
        self._join, self._letter = model.prices["join"], model.prices["letter"]
        self._unanchored = model.prices["join"] + model.prices["unanchored"]
        # What each kind of stretch costs besides, by the state before it.
        self._steps = [
            [step(model, before % _ANCHORED, after) for before in range(2 * _ANCHORED)]
            for after in range(_ANCHORED)
        ]
        self._shortest_slip = min(model.slip_lengths, default=0)
        # The anchors by their first letters; a single letter carries no run.
        anchors = [f for f, entry in model.entries.items() if entry.anchor and len(f) > 1]
        self._head = min([_HEAD, *map(len, anchors)])
        self._heads: dict[str, list[str]] = {}
        for form in anchors:
            self._heads.setdefault(form[: self._head], []).append(form)

    def paths(self, word: str, n: int, clean: Reading | None = None) -> list[Path]:
        """The n cheapest paths through a word that is no entry, cheapest first.

        Args:
            word: a folded word.
            n: so many paths are wanted.
            clean: the word as a clean run, if it is one: it leads, by rule.
        """
        model, size = self._model, len(word)
        found: list[Path] = [(model.unresolved(word), 1, (), (None, 0, size, None, "unresolved"))]
        if word in model.outside:
            return found
        corrections = model.slips.candidates(word)
        if corrections:
            for cost, tag, how, _ in _first_of_each(corrections, n):
                found.append((cost, 1, (tag,), (None, 0, size, tag, how)))
        winner = None if clean is None else _path_of(clean)
        exact = self._exact(word) if self._has_anchor(word) else None
        if exact is None:
            if size > self._shortest_slip:
                self._add_slipped_pairs(word, found)
            if len(found) > 1:
                found.sort(key=path_order)
        else:
            found.sort(key=path_order)
            most = found[0][0] + _NEGLIGIBLE
            runs = self._runs(word, exact, n, most, noisy=False) if exact.whole else []
            if winner is None and runs and runs[0][0] <= found[0][0]:
                winner = runs[0] if in_order(model, pieces_of(runs[0][3]), word) else None
            found += runs
            found += self._runs(word, exact, n, most, noisy=True)
            found.sort(key=path_order)
            if runs:
                # A run that needs no slip comes from both kinds of search.
                found = list({path[3]: path for path in reversed(found)}.values())[::-1]
        if winner is not None:
            # A rule made it win, so it counts for no less than what it beats.
            cost, pieces, tags, link = winner
            ahead = (min(cost, found[0][0]), pieces, tags, link)
            found = [ahead, *(path for path in found if path[3] != link)]
        return found[:n]

    def _has_anchor(self, word: str) -> bool:
        """Whether a code that can carry a run stands in the word as it is written."""
        heads, head = self._heads, self._head
        for at in range(len(word) - head + 1):
            forms = heads.get(word[at : at + head])
            if forms is not None:
                for form in forms:
                    if word.startswith(form, at):
                        return True
        return False

    def _exact(self, word: str) -> _Exact:
        """What may be read exactly in a word that holds an anchor."""
        entries, lengths_from = self._entries, self._lengths_from
        size, last_anchor = len(word), -1
        # The places that edges lead to from the start, as bits.
        reached = 1
        places: list[list[_Edge]] = []
        for at in range(size):
            edges: list[_Edge] = []
            for length in lengths_from.get(word[at : at + 2], ()):
                end = at + length
                if end > size:
                    break
                entry = entries.get(word[at:end])
                if entry is not None:
                    _, code, how, cost, anchor = entry
                    kind = ANCHOR | _ANCHORED if anchor else COMPANION
                    if anchor:
                        last_anchor = at
                    if reached >> at & 1:
                        reached |= 1 << end
                    edges.append((end, kind, cost, code.tag, how))
            places.append(edges)
        return _Exact(places, last_anchor, reached >> size == 1)

    def _add_slipped_pairs(self, word: str, found: list[Path]) -> None:
        """The word as an anchor with a slip and a code that needs company: nothing vouches for it.

        It is the one run that may do without an exact anchor: `PGVOSP`.
        """
        model, entries, size = self._model, self._entries, len(word)
        for length in model.tail_lengths:
            at = size - length
            if at not in model.slip_lengths:
                continue
            tail = entries.get(word[at:])
            if tail is not None and not tail.anchor and tail.how == "canonical":
                cost, last = self._unanchored + tail.cost, tail.code.tag
                for slip, tag, how, _ in model.run_corrections(word[:at]):
                    link = (None, 0, at, tag, how)
                    both = (link, at, size, last, tail.how)
                    found.append((cost + slip, 2, (tag, last), both))

    def _runs(self, word: str, exact: _Exact, n: int, most: int, *, noisy: bool) -> list[Path]:
        """The n cheapest paths that are runs and cost at most so much: a k-best search.

        Slips and left-over letters are read only if the search is `noisy`.
        """
        size = len(word)
        places, last_anchor, _ = exact
        nodes: list[dict[int, list[Path]]] = [{} for _ in range(size + 1)]
        nodes[0][START] = [(self._join, 0, (), None)]
        for at in range(size):
            node = nodes[at]
            if not node:
                continue
            # Without an anchor so far, paths lead no further than to the last one.
            furthest = last_anchor
            for state, paths in node.items():
                if state >= _ANCHORED:
                    furthest = size
                if len(paths) > 1:
                    paths.sort(key=path_order)
                    del paths[n:]
            edges = places[at]
            if noisy and at < furthest:
                edges = [*edges, (at + 1, LEFT, self._letter, None, "unresolved")]
                if at + self._shortest_slip <= furthest:
                    edges[-1:-1] = self._slips_at(word, at, furthest, n)
            _extend(nodes, at, edges, self._steps, most, last_anchor)
        found: list[Path] = []
        for paths in nodes[size].values():
            found += paths
        found.sort(key=path_order)
        return found[:n]

    def _slips_at(self, word: str, at: int, furthest: int, n: int) -> list[_Edge]:
        """The anchors with a slip that may be read between two places, n of a length at most."""
        found: list[_Edge] = []
        model, size = self._model, len(word)
        for length in model.slip_lengths:
            end = at + length
            if end > furthest:
                break
            if length < size:
                for cost, tag, how, _ in model.run_corrections(word[at:end])[:n]:
                    found.append((end, ANCHOR, cost, tag, how))
        return found


def _extend(
    nodes: list[dict[int, list[Path]]],
    at: int,
    edges: list[_Edge],
    steps: list[list[int]],
    most: int,
    last_anchor: int,
) -> None:
    """Lead the paths at a place on over some edges, where they cost no more than so much."""
    node = nodes[at]
    for end, kind, price, tag, how in edges:
        # Where no anchor follows any more, only paths lead on that have read one.
        alive = kind >= _ANCHORED or end <= last_anchor
        steps_here = steps[kind & 3]
        target = nodes[end]
        for state, paths in node.items():
            if not alive and state < _ANCHORED:
                continue
            extra = price + steps_here[state]
            if paths[0][0] + extra > most:
                continue
            after = kind | (state & _ANCHORED)
            onward = target.get(after)
            if onward is None:
                onward = target[after] = []
            for cost, pieces, tags, link in paths:
                last: Link = (link, at, end, tag, how)
                if tag is not None:
                    onward.append((cost + extra, pieces + 1, (*tags, tag), last))
                elif state & 3 == LEFT:
                    # Left-over letters in a row are one piece.
                    onward.append((cost + extra, pieces, tags, last))
                else:
                    onward.append((cost + extra, pieces + 1, tags, last))


def _first_of_each(candidates: list[Candidate], n: int) -> list[Candidate]:
    """Of candidates in order the first for each code, n at most: the n best have no further one."""
    if len(candidates) == 1:
        return candidates
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate[1] not in found:
            found[candidate[1]] = candidate
            if len(found) == n:
                break
    return list(found.values())


def _path_of(reading: Reading) -> Path:
    """The path of a reading."""
    link: Link | None = None
    for piece in reading.pieces:
        link = (link, *piece)
    return reading.cost, len(reading.pieces), reading.tags, link
