"""The lattice over one word: its readings, cheapest first.

A reading takes the word as one code, perhaps with one slip, or as a run of codes, or leaves it
alone. The lattice of runs has a node for each place between two letters together with what was
read last; its edges are forms exactly as written, forms with one slip, and single letters left
over. A path from start to end is a run. It must rest on an anchor: a code written exactly and long
enough to carry a run. Codes of two letters never stand alone.

Fewest assumptions win, in this order of readings:

1. an entry of the vocabulary, written exactly;
2. a clean run: codes of the common length, at most one that needs company at the end;
3. the cheapest of: a run without slips or left-over letters, one code with one slip, and the word
   left alone; also runs with slips and left-over letters, unless a run without them beats the
   others and has its codes in order, anchors first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from tagnorm.channel import SLIPS, Candidate
from tagnorm.model import Model

__all__ = [
    "ANCHOR",
    "COMPANION",
    "LEFT",
    "START",
    "Link",
    "NBest",
    "Path",
    "Piece",
    "Reading",
    "assumptions",
    "in_order",
    "order",
    "path_order",
    "pieces_of",
    "readings",
    "step",
]

# What was read last: nothing yet, an anchor, a code that needs company, left-over letters.
START, ANCHOR, COMPANION, LEFT = range(4)
# A state of the search is what was read last, plus this once an anchor has been read.
_ANCHORED = 4

# Runs so much dearer than another reading are not looked for: one in 100,000 would be meant.
_NEGLIGIBLE = 12_000


class Piece(NamedTuple):
    """A stretch of a word and what it is read as; `tag` is None where it is left alone."""

    start: int
    end: int
    tag: str | None
    how: str


class Reading(NamedTuple):
    """One way to read a word: its cost in thousandths of a nat and its pieces in order."""

    cost: int
    pieces: tuple[Piece, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """The codes of the reading, in order."""
        return tuple(piece.tag for piece in self.pieces if piece.tag is not None)


# The way to a node, backwards: the link before, the start, end, tag and how of the last stretch.
Link = tuple[Any, int, int, str | None, str]
# A path to a node: its cost, pieces and tags, by which paths are ordered, and its last link.
Path = tuple[int, int, tuple[str, ...], Link | None]

# What may be read from a place on: where it ends, its state, its cost, its tag, and how.
_Edge = tuple[int, int, int, str | None, str]


class _Exact(NamedTuple):
    """What may be read exactly in a word: the edges by place, and where the last anchor begins.

    `whole` says whether they lead from the start to the end.
    """

    places: list[list[_Edge]]
    last_anchor: int
    whole: bool


def order(reading: Reading) -> tuple[int, int, tuple[str, ...]]:
    """Readings in order: the cheapest first, of equal ones that with fewer pieces, then by tag."""
    return reading.cost, len(reading.pieces), reading.tags


# Paths in the same order as readings.
path_order: Callable[[Path], tuple[int, int, tuple[str, ...]]] = itemgetter(0, 1, 2)


def readings(model: Model, word: str, n: int = 5) -> list[Reading]:
    """The n cheapest readings of a folded word, cheapest first."""
    entry = model.entries.get(word)
    if entry is not None:
        return [Reading(0, (Piece(0, len(word), entry.code.tag, entry.how),))]
    paths = NBest(model).paths(word, n, clean_run(model, word))
    return [Reading(path[0], pieces_of(path[3])) for path in paths]


def clean_run(model: Model, word: str) -> Reading | None:
    """The word as anchors of the common length and at most one other code at its end, or None."""
    length, entries = model.anchor_length, model.entries
    if word in model.kept:
        return None
    pieces: list[Piece] = []
    cost = model.prices["join"]
    for start in range(0, len(word), length or 1):
        end = start + length
        entry = entries.get(word[start:end])
        if entry is None or entry.how != "canonical" or (end > len(word) and entry.anchor):
            return None
        if end <= len(word) and not entry.anchor:
            return None
        pieces.append(Piece(start, min(end, len(word)), entry.code.tag, entry.how))
        cost += entry.cost
    return Reading(cost, tuple(pieces)) if len(pieces) > 1 else None


def in_order(model: Model, pieces: tuple[Piece, ...], word: str) -> bool:
    """Whether the codes that need company come last, but for one that may come first."""
    anchors = [model.entries[word[start:end]].anchor for start, end, _, _ in pieces][1:]
    return anchors == sorted(anchors, reverse=True)


def step(model: Model, before: int, after: int) -> int:
    """What it costs to read one kind of stretch after another."""
    prices = model.prices
    if after == LEFT:
        return 0 if before == LEFT else prices["leftover"]
    if after == COMPANION:
        return prices["companion_first"] if before == START else 0
    return prices["companion_before"] if before == COMPANION else 0


def pieces_of(link: Link | None) -> tuple[Piece, ...]:
    """The pieces of a path, from its last link back; left-over letters are taken together."""
    if link is not None and link[0] is None:
        return (Piece(*link[1:]),)
    pieces: list[Piece] = []
    while link is not None:
        link, start, end, tag, how = link
        if tag is None and pieces and pieces[-1].tag is None:
            pieces[-1] = pieces[-1]._replace(start=start)
        else:
            pieces.append(Piece(start, end, tag, how))
    return tuple(reversed(pieces))


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

    def paths(
        self, word: str, n: int, clean: Reading | None = None, *, anchored: bool = True
    ) -> list[Path]:
        """The n cheapest paths through a word that is no entry, cheapest first.

        Args:
            word: a folded word.
            n: so many paths are wanted.
            clean: the word as a clean run, if it is one: it leads, by rule.
            anchored: whether a code that can carry a run may stand in the word.
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
        exact = self._exact(word) if anchored else None
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

    def _exact(self, word: str) -> _Exact | None:
        """What may be read exactly in a word, or None if no code in it can carry a run."""
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
        return None if last_anchor < 0 else _Exact(places, last_anchor, reached >> size == 1)

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


def assumptions(model: Model, word: str, pieces: tuple[Piece, ...]) -> dict[str, float]:
    """What a reading of a word assumes, by the rows of the cost table; its cost is their price.

    >>> from tagnorm.taxonomy import Taxonomy
    >>> model = Model(Taxonomy.load())
    >>> reading = readings(model, "PGOVQL")[0]
    >>> assumed = assumptions(model, "PGOVQL", reading.pieces)
    >>> assumed["join"], assumed["leftover"], assumed["letter"]
    (1.0, 1.0, 2.0)
    >>> abs(model.price(assumed) - reading.cost) <= len(reading.pieces)
    True
    """
    if len(pieces) == 1 and pieces[0].tag is None:
        return min(model.unresolved_assumptions(word), key=model.price)
    found: dict[str, float] = {}

    def assume(more: Mapping[str, float]) -> None:
        for name, amount in more.items():
            found[name] = found.get(name, 0.0) + amount

    in_run = len(pieces) > 1
    if in_run:
        assume({"join": 1.0})
        exact = [word[p.start : p.end] for p in pieces if p.tag and p.how not in SLIPS]
        if not any(model.entries[form].anchor for form in exact):
            assume({"unanchored": 1.0})
    before = START
    for piece in pieces:
        text = word[piece.start : piece.end]
        if piece.tag is None:
            assume({"leftover": 1.0, "letter": float(len(text))})
            before = LEFT
            continue
        if piece.how in SLIPS:
            meant = model.run_corrections(text) if in_run else model.corrections(text)
            entry = model.entries[next(c.form for c in meant if c.tag == piece.tag)]
            assume(model.slip_assumptions(piece.how, len(text), entry, run=in_run))
        else:
            entry = model.entries[text]
        assume(model.entry_assumptions(entry.code, entry.how, entry.form, run=in_run))
        last = ANCHOR if entry.anchor else COMPANION
        if last == COMPANION and before == START:
            assume({"companion_first": 1.0})
        if last == ANCHOR and before == COMPANION:
            assume({"companion_before": 1.0})
        before = last
    return found
