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

import heapq
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tagnorm.channel import SLIPS
from tagnorm.model import Model

__all__ = [
    "ANCHOR",
    "COMPANION",
    "LEFT",
    "START",
    "Link",
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


class Edge(NamedTuple):
    """A stretch from some place to `end`, what it counts as, and what it costs by itself."""

    end: int
    last: int
    anchor: bool
    cost: int
    tag: str | None
    how: str


# The way to a node, backwards: the link before, the start, end, tag and how of the last stretch.
Link = tuple[Any, int, int, str | None, str]
# A path to a node: its cost, pieces and tags, by which paths are ordered, and its last link.
Path = tuple[int, int, tuple[str, ...], Link | None]


def order(reading: Reading) -> tuple[int, int, tuple[str, ...]]:
    """Readings in order: the cheapest first, of equal ones that with fewer pieces, then by tag."""
    return reading.cost, len(reading.pieces), reading.tags


def path_order(path: Path) -> tuple[int, int, tuple[str, ...]]:
    """Paths in the same order as readings."""
    return path[:3]


def readings(model: Model, word: str, n: int = 5) -> list[Reading]:
    """The n cheapest readings of a folded word, cheapest first."""
    size = len(word)
    entry = model.entries.get(word)
    if entry is not None:
        return [Reading(0, (Piece(0, size, entry.code.tag, entry.how),))]
    alone = (Piece(0, size, None, "unresolved"),)
    found = [Reading(model.unresolved(word), alone)]
    if word in model.outside:
        return found
    found += [
        Reading(correction.cost, (Piece(0, size, correction.tag, correction.how),))
        for correction in model.corrections(word)
    ]
    winner = clean_run(model, word)
    if has_anchor(model, word):
        most = min(reading.cost for reading in found) + _NEGLIGIBLE
        exact = runs(model, word, n, most, noisy=False)
        if winner is None and exact and exact[0].cost <= min(found, key=order).cost:
            winner = exact[0] if in_order(model, exact[0].pieces, word) else None
        found += exact
        found += runs(model, word, n, most, noisy=True)
    else:
        found += slipped_pair(model, word)
    found.sort(key=order)
    if winner is not None:
        # A rule made it win, so it counts for no less than what it beats.
        winner = winner._replace(cost=min(winner.cost, found[0].cost))
        found = [winner, *(reading for reading in found if reading.pieces != winner.pieces)]
    return _distinct(found)[:n]


def _distinct(found: list[Reading]) -> list[Reading]:
    """Each reading once: one that needs no slip comes from both kinds of search."""
    return list({reading.pieces: reading for reading in reversed(found)}.values())[::-1]


def in_order(model: Model, pieces: tuple[Piece, ...], word: str) -> bool:
    """Whether the codes that need company come last, but for one that may come first."""
    anchors = [model.entries[word[start:end]].anchor for start, end, _, _ in pieces][1:]
    return anchors == sorted(anchors, reverse=True)


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


def slipped_pair(model: Model, word: str) -> list[Reading]:
    """The word as an anchor with a slip and a code that needs company: nothing vouches for them.

    It is the one run that may do without an exact anchor: `PGVOSP`.
    """
    found = []
    for size in model.tail_lengths:
        head, tail = word[:-size], model.entries.get(word[-size:])
        if tail is not None and not tail.anchor and tail.how == "canonical":
            cost = model.prices["join"] + model.prices["unanchored"] + tail.cost
            last = Piece(len(head), len(word), tail.code.tag, tail.how)
            found += [
                Reading(cost + slip.cost, (Piece(0, len(head), slip.tag, slip.how), last))
                for slip in model.run_corrections(head)
            ]
    return found


def has_anchor(model: Model, word: str) -> bool:
    """Whether a code that can carry a run stands in the word as it is written."""
    entries, lengths_from = model.entries, model.lengths_from
    for start in range(len(word) - 1):
        for length in lengths_from.get(word[start : start + 2], ()):
            entry = entries.get(word[start : start + length])
            if entry is not None and entry.anchor and start + length <= len(word):
                return True
    return False


def edges(model: Model, word: str, start: int, noisy: bool) -> Iterator[Edge]:
    """What may be read in a run from a place in the word on."""
    size = len(word)
    for length in model.lengths_from.get(word[start : start + 2], ()):
        end = start + length
        if end > size or length == size:
            break
        entry = model.entries.get(word[start:end])
        if entry is not None:
            last = ANCHOR if entry.anchor else COMPANION
            yield Edge(end, last, entry.anchor, entry.cost, entry.code.tag, entry.how)
    if not noisy:
        return
    for length in model.slip_lengths:
        end = start + length
        if end <= size and length < size:
            for cost, tag, how, _ in model.run_corrections(word[start:end]):
                yield Edge(end, ANCHOR, False, cost, tag, how)
    yield Edge(start + 1, LEFT, False, model.prices["letter"], None, "unresolved")


def step(model: Model, before: int, after: int) -> int:
    """What it costs to read one kind of stretch after another."""
    prices = model.prices
    if after == LEFT:
        return 0 if before == LEFT else prices["leftover"]
    if after == COMPANION:
        return prices["companion_first"] if before == START else 0
    return prices["companion_before"] if before == COMPANION else 0


def runs(model: Model, word: str, n: int, most: int, *, noisy: bool) -> list[Reading]:
    """The n cheapest readings of a word as a run that cost at most so much: a k-best search."""
    size = len(word)
    lattice: list[dict[tuple[int, bool], list[Path]]] = [{} for _ in range(size + 1)]
    lattice[0][START, False] = [(model.prices["join"], 0, (), None)]
    for start in range(size):
        node = lattice[start]
        if not node:
            continue
        for paths in node.values():
            paths.sort(key=path_order)
            del paths[n:]
        for edge in edges(model, word, start, noisy):
            end, last, anchor, price, tag, how = edge
            read = () if tag is None else (tag,)
            for (before, anchored), paths in node.items():
                extra = price + step(model, before, last)
                if paths[0][0] + extra > most:
                    continue
                bucket = lattice[end].setdefault((last, anchored or anchor), [])
                more = 0 if last == before == LEFT else 1
                for cost, pieces, tags, link in paths:
                    after = (link, start, end, tag, how)
                    bucket.append((cost + extra, pieces + more, tags + read, after))
    found = [
        Reading(path[0], pieces_of(path[3]))
        for (_, anchored), paths in lattice[size].items()
        if anchored
        for path in heapq.nsmallest(n, paths, key=path_order)
    ]
    return heapq.nsmallest(n, found, key=order)


def pieces_of(link: Link | None) -> tuple[Piece, ...]:
    """The pieces of a path, from its last link back; left-over letters are taken together."""
    pieces: list[Piece] = []
    while link is not None:
        link, start, end, tag, how = link
        if tag is None and pieces and pieces[-1].tag is None:
            pieces[-1] = pieces[-1]._replace(start=start)
        else:
            pieces.append(Piece(start, end, tag, how))
    return tuple(reversed(pieces))


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
