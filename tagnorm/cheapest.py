"""The cheapest reading alone, by short cuts: what `split` needs, and many times faster.

The answer is always the first one of `tagnorm.nbest.readings`, by the same rules and costs; the
tests compare the two. What saves the time: entries are looked up; a clean run is cut without a
lattice; a correction that costs less than anything else can is taken at once; a run is searched
only if an anchor stands in the word, for one path, and only where it can still cost less than what
is known already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Final

from tagnorm.channel import SLIPS_BY_LENGTH, Candidate
from tagnorm.lattice import ANCHOR, COMPANION, LEFT, START, Piece, step
from tagnorm.left_alone import LeftAlone
from tagnorm.model import Model
from tagnorm.text import fold
from tagnorm.viterbi import (
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

__all__ = ["LONG", "Cheapest", "is_in_order", "pieces_of", "tags_of"]

# Longer words are read stretch by stretch, for one reading only.
LONG: Final = 256

# So many letters of an anchor are enough to rule out most places, if all anchors have as many.
_HEAD: Final = 3
# Edges of so many letters or more are found by that many; shorter ones by two.
_LONG_EDGE: Final = 3
# Of a stretch of a long word so many letters are read again: more than any code has.
_OVERLAP: Final = 32

_ANCHOR: Final[int] = ANCHOR
_START: Final[int] = START


class Cheapest:
    """Reads words by one model.

    >>> from tagnorm.taxonomy import Taxonomy
    >>> cheapest = Cheapest(Model(Taxonomy.load()))
    >>> [piece.tag for piece in cheapest.pieces("PGOVPREL")]
    ['PGOV', 'PREL']
    >>> cheapest.pieces("PGVO"), cheapest.pieces("PELOSI")[0].tag
    ((Piece(start=0, end=4, tag='PGOV', how='swap'),), None)
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        entries, prices = model.entries, model.prices
        self._entries = entries
        self.tags: dict[str, str] = {form: entry.code.tag for form, entry in entries.items()}
        # The same, no tag for words known to be no code, and the tags of misspelled words that can
        # be nothing else: see `_settle`.
        self._at_once: dict[str, str] = dict(self.tags)
        self._settled: tuple[int, ...] = ()
        # Clean runs: anchors of the common length, and what may stand behind the last of them.
        self._length: int = model.anchor_length
        self._anchors: dict[str, str] = {}
        self._tails: dict[str, str] = {}
        # The anchors by their first letters: where none of these stands there is no anchor.
        carriers = [form for form, entry in entries.items() if entry.anchor]
        self._head: int = min([_HEAD, *map(len, carriers)])
        self._heads: dict[str, list[str]] = {}
        # What may be read exactly, by its first letters, the shortest first.
        self._short_edges: dict[str, Edge] = {}
        self._long_edges: dict[str, list[Edge]] = {}
        # What a form costs in a run.
        self._costs: dict[str, int] = {}
        # What is cheapest of each length and kind, whatever the letters.
        least: dict[tuple[int, int, int], Edge] = {}
        for form in sorted(entries, key=len):
            _, code, how, cost, anchor = entries[form]
            size, tag = len(form), code.tag
            self._costs[form] = cost
            if how == "canonical" and anchor and size == self._length:
                self._anchors[form] = tag
            if how == "canonical" and not anchor and size < self._length:
                self._tails[form] = tag
            if anchor:
                self._heads.setdefault(form[: self._head], []).append(form)
            last, anchored = (ANCHOR, ANCHORED) if anchor else (COMPANION, 0)
            edge = Edge(form, size, last, anchored, cost, tag, how)
            if size < _LONG_EDGE:
                self._short_edges[form] = edge
            else:
                self._long_edges.setdefault(form[:_LONG_EDGE], []).append(edge)
            known = least.get((size, last, anchored))
            if known is None or cost < known.cost:
                least[size, last, anchored] = edge
        self.steps: list[int] = [
            step(model, before % ANCHORED, after)
            for before in range(STATES)
            for after in range(ANCHORED)
        ]
        self.join: int = prices["join"]
        self._letter: int = prices["letter"]
        self._leftover: int = prices["leftover"]
        self._set_bounds(model, least)
        # The least that a word of each length costs if it is left alone, and if it is a run.
        self._alone_floors: list[int] = [0]
        self._run_floors: list[int] = [0]
        self._left_alone: LeftAlone | None = None
        self._outside: set[str] = model.outside
        # What no slip is looked for in.
        self._as_written: frozenset[str] = frozenset([*entries, *model.outside])
        self._kept: set[str] = model.kept
        self._at_once.update((word, "") for word in model.outside if self.clean(word) is None)
        self._slips = model.slips
        self._run_slips = model.run_slips
        self.unanchored: int = self.join + prices["unanchored"]
        self._least_tail: int = min((self._costs[form] for form in self._tails), default=NEVER)

    def _set_bounds(self, model: Model, least: dict[tuple[int, int, int], Edge]) -> None:
        """Work out what readings cost at least; `least` has the cheapest edge of each kind."""
        prices = model.prices
        # The least that an anchor with a slip costs, by how much it is longer than without.
        slipped = prices["run_slip"] + min((self._costs[f] for f in self._anchors), default=NEVER)
        self.least_slips: dict[int, int] = {
            self._length + more: slipped + min(prices[slip] for slip in slips)
            for more, slips in SLIPS_BY_LENGTH.items()
        }
        self._slip_lengths: list[int] = list(model.slip_lengths)
        self._tail_lengths: list[int] = list(model.tail_lengths)
        self._shortest_slip: int = min(self._slip_lengths, default=NEVER)
        for size in self._slip_lengths:
            least[size, ANCHOR, 0] = Edge("", size, ANCHOR, 0, self.least_slips[size], None, "")
        self._slip_floors = [(size, self.least_slips[size]) for size in self._slip_lengths]
        self.left_over = Edge("", 1, LEFT, 0, self._letter, None, "unresolved")
        least[1, LEFT, 0] = self.left_over
        self._least = list(least.values())
        # No more than what the last letters of a run cost, by number and state: it needs an anchor.
        self._rests = [0 if state & ANCHORED else NEVER for state in range(STATES)]

    def word(self, text: object, unresolved: object) -> list[str] | None:
        """The tags of a raw string that is one word of no great length; None if it is not.

        What has no tag stands as in the text if `unresolved` is `keep`, not at all if it is `drop`;
        for anything else the answer is None too.
        """
        if not isinstance(text, str):
            return None
        keep = unresolved == "keep"
        if not keep and unresolved != "drop":
            return None
        tag = self._at_once.get(text)
        if tag is not None:
            return [tag or text] if tag or keep else []
        # Most strings are capitals already: then nothing has to be looked up twice.
        size = len(text)
        if size > self._length:
            clean = self.clean(text)
            if clean is not None:
                return clean
        if size > LONG or not text.isalnum():
            return None
        raw, word = text if keep else None, text.upper() if text.isascii() else fold(text)
        return self._read(word, raw) if word == text else self.split(word, raw)

    def split(self, word: str, raw: str | None) -> list[str]:
        """The tags of the cheapest reading; what has none stands as in the raw word, if given."""
        tag = self.tags.get(word)
        if tag is not None:
            return [tag]
        clean = self.clean(word)
        if clean is not None:
            return clean
        if word in self._outside:
            return [] if raw is None else [raw]
        return self._read(word, raw)

    def _read(self, word: str, raw: str | None) -> list[str]:
        """The tags of a word that is no entry, no clean run, and not known to be no code."""
        tag, _, run = self._noisy(word)
        if run is not None:
            return _tags_of_run(run, raw)
        if tag is not None:
            return [tag]
        return [] if raw is None else [raw]

    def pieces(self, word: str) -> tuple[Piece, ...]:
        """The pieces of the cheapest reading of a folded word."""
        size = len(word)
        entry = self._entries.get(word)
        if entry is not None:
            return (Piece(0, size, entry.code.tag, entry.how),)
        clean = self.clean(word)
        if clean is not None:
            return self.clean_pieces(clean, size)
        if word in self._outside:
            return (Piece(0, size, None, "unresolved"),)
        read, how, run = self._noisy(word)
        return (Piece(0, size, read, how),) if run is None else pieces_of(run)

    def clean(self, word: str) -> list[str] | None:
        """The tags of a clean run, or None if the word is none."""
        length, anchors = self._length, self._anchors
        # One code alone is no run.
        if len(word) <= length:
            return None
        tag = anchors.get(word[:length])
        if tag is None or (self._kept and word in self._kept):
            return None
        tags = [tag]
        at, size = length, len(word)
        while at < size:
            tag = anchors.get(word[at : at + length])
            if tag is None:
                tag = self._tails.get(word[at:])
                if tag is None:
                    return None
            tags.append(tag)
            at += length
        return tags if len(tags) > 1 else None

    def clean_pieces(self, tags: list[str], size: int) -> tuple[Piece, ...]:
        """The pieces of a clean run of so many letters."""
        length = self._length
        return tuple(
            [
                Piece(at * length, min((at + 1) * length, size), tag, "canonical")
                for at, tag in enumerate(tags)
            ]
        )

    def _noisy(self, word: str) -> tuple[str | None, str, list[Edge] | None]:
        """The cheapest reading of a word that is no entry, no clean run, and may be a code.

        It is the tag that the whole word is read as, or None, and how; or a run.
        """
        size = len(word)
        if size >= len(self._run_floors):
            self._see_to_floors(size)
        if self._slips.lengths != self._settled:
            self._settle()
        bound, read, how = NEVER, None, "unresolved"
        correction = self._slips.cheapest(word)
        if correction is not None:
            cost = correction[0]
            if cost >= self._alone_floors[size]:
                bound = self.unresolved(word)
            if cost < bound:
                bound, read, how = cost, correction[1], correction[2]
        if bound > self._run_floors[size]:
            run: list[Edge] | None = None
            floor = self._run_floor(word)
            if floor == NEVER:
                run = self._slipped_pair(word, bound)
            elif floor <= bound:
                run = self._run(word, bound)
            if run is not None:
                return None, "run", run
        return read, how, None

    def _settle(self) -> None:
        """Note the words that are surely read as one code, of those that the slips are written out
        for: no such word could be left alone, or be a run, for less than the correction costs."""
        lengths, known = self._slips.lengths, self._model.words
        for length in lengths[len(self._settled) :]:
            self._see_to_floors(length)
            floor = min(self._model.least_unknown(length), self._run_floors[length] + 1)
            for word, candidates in self._slips.written(length).items():
                first = candidates[0]
                if first[0] < floor and word not in known and word not in self._outside:
                    self._at_once.setdefault(word, first[1])
        self._settled = lengths

    def unresolved(self, word: str) -> int:
        """What it costs to leave a word alone."""
        alone = self._left_alone
        if alone is None:
            alone = self._left_alone = self._model.left_alone
        return alone.cost(word)

    def corrections(self, word: str) -> Sequence[Candidate]:
        """The codes that one slip may have turned into a word that is no entry, cheapest first."""
        return () if word in self._outside else self._slips.candidates(word)

    def may_be_run(self, word: str) -> bool:
        """Whether a word that is no entry may be read as a run."""
        if word in self._outside:
            return False
        if self.has_anchor(word):
            return True
        for tail in self.tail_edges(word, self._slip_lengths):
            if self._slip_at(word, 0, len(word) - tail.length) is not None:
                return True
        return False

    def settled(self, word: str, margin: int) -> bool:
        """Whether a corrected word has surely no other reading that costs little more.

        False may mean that it was not looked for: a run may come close.
        """
        self._see_to_floors(len(word))
        slips = self._slips.candidates(word)
        most = slips[0].cost + margin
        return (
            self._run_floors[len(word)] > most
            and all(slip.cost > most for slip in slips if slip.tag != slips[0].tag)
            and self.unresolved(word) > most
        )

    def long(self, word: str, size: int) -> tuple[Piece, ...]:
        """The pieces of a word of any length, read in stretches of some size.

        Of each stretch but the last one the end is read again with what follows, as a decoder with
        a truncated traceback does; so time and memory grow with the length, and no more.
        """
        found: list[Piece] = []
        at = 0
        while at < len(word):
            pieces = self.pieces(word[at : at + size])
            if at + size < len(word):
                settled = [piece for piece in pieces if piece.end <= size - _OVERLAP]
                pieces = tuple(settled) or (Piece(0, size - _OVERLAP, None, "unresolved"),)
            for start, end, tag, how in pieces:
                if tag is None and found and found[-1].tag is None:
                    found[-1] = found[-1]._replace(end=at + end)
                else:
                    found.append(Piece(at + start, at + end, tag, how))
            at = found[-1].end
        return tuple(found)

    def has_anchor(self, word: str) -> bool:
        """Whether a code that can carry a run stands in the word as it is written."""
        heads, length = self._heads, self._head
        for at in range(len(word) - length + 1):
            forms = heads.get(word[at : at + length])
            if forms is not None:
                for form in forms:
                    if word[at : at + len(form)] == form and form != word:
                        return True
        return False

    def _run_floor(self, word: str) -> int:
        """No more than what a word costs as a run, by the codes in it that can carry one; `NEVER`
        if there is none."""
        heads, length, size, least = self._heads, self._head, len(word), NEVER
        for at in range(size - length + 1):
            forms = heads.get(word[at : at + length])
            if forms is not None:
                for form in forms:
                    end = at + len(form)
                    if word[at:end] == form and form != word:
                        before = self._rests[at * STATES + (_START | ANCHORED)]
                        after = self._rests[(size - end) * STATES + (_ANCHOR | ANCHORED)]
                        cost = before + self._costs[form] + after
                        least = cost if cost < least else least
        return self.join + least if least < NEVER else NEVER

    def _slipped_pair(self, word: str, bound: int) -> list[Edge] | None:
        """An anchor with a slip and a tail, if they cost less than the bound and the word alone."""
        least, best = bound, None
        for size in self._tail_lengths:
            if len(word) < size + self._shortest_slip:
                break
            last = self._tails.get(word[-size:])
            if last is None:
                continue
            slip = self._slip_at(word, 0, len(word) - size)
            if slip is not None:
                cost = self._costs[word[-size:]]
                if slip.cost + cost + self.unanchored < least:
                    least = slip.cost + cost + self.unanchored
                    tail = Edge(word[-size:], size, COMPANION, 0, cost, last, "canonical")
                    best = [slip, tail]
        if best is not None and bound == NEVER and least >= self.unresolved(word):
            return None
        return best

    def _run(self, word: str, bound: int) -> list[Edge] | None:
        """The run that wins, or None if none costs less than the bound and the word alone.

        A bound of `NEVER` says that there is no correction to be beaten.
        """
        known: list[list[Edge] | None] = [None] * len(word)
        cost, run = self.search(word, known, min(bound + 1, NEVER), False)
        is_first = run is not None and is_in_order(run)
        if is_first and cost <= self._alone_floors[len(word)]:
            return run
        if bound == NEVER:
            bound = self.unresolved(word)
        if is_first and cost <= bound:
            return run
        bound = min(bound, cost + 1, self._clean_start(word) + 1)
        return self.search(word, known, bound, True)[1]

    def _clean_start(self, word: str) -> int:
        """What it costs to read anchors from the start on, and to leave over what follows them."""
        size, length = len(word), self._length
        at, cost = 0, self.join
        head = word[:length]
        while head in self._anchors:
            cost += self._costs[head]
            at += length
            head = word[at : at + length]
        return cost + self._leftover + (size - at) * self._letter if at else NEVER

    def _edges_at(self, word: str, at: int) -> list[Edge]:
        """What may be read exactly from a place on."""
        found: list[Edge] = []
        size = len(word)
        short = self._short_edges.get(word[at : at + 2])
        if short is not None and short.length < size:
            found.append(short)
        edges = self._long_edges.get(word[at : at + _LONG_EDGE])
        if edges is not None:
            for edge in edges:
                length = edge.length
                if at + length > size or length == size:
                    break
                if length == _LONG_EDGE or word[at : at + length] == edge.form:
                    found.append(edge)
        return found

    def exact_edges(self, word: str) -> list[list[Edge]]:
        """What may be read exactly from each place of a word on."""
        return [self._edges_at(word, at) for at in range(len(word))]

    def tail_edges(self, word: str, behind: list[int]) -> list[Edge]:
        """The codes that need company and end a word `behind` some number of letters."""
        found: list[Edge] = []
        for size in self._tail_lengths:
            if len(word) - size not in behind:
                continue
            tail = self._entries.get(word[-size:])
            if tail is not None and not tail.anchor and tail.how == "canonical":
                tag = tail.code.tag
                found.append(Edge(tail.form, size, COMPANION, 0, tail.cost, tag, tail.how))
        return found

    def rests(self, size: int) -> list[int]:
        """No more than what the last letters of a run cost, by their number and the state."""
        self._see_to_rests(size)
        return self._rests

    def search(
        self, word: str, known: list[list[Edge] | None], bound: int, noisy: bool
    ) -> tuple[int, list[Edge] | None]:
        """The cost and the edges of the cheapest run, or the bound and None if none is cheaper.

        A Viterbi search: of each node only the cheapest path is kept. The node is led on next whose
        path may come out cheapest, by what the letters that follow cost at least (A*), so hardly
        more than the winning path is seen. What may be read exactly from a place on is `known` once
        it was asked for. Slips and left-over letters are read only if the search is `noisy`.
        """
        size = len(word)
        self._see_to_rests(size)
        steps, rests, goal = self.steps, self._rests, size * STATES
        # Of each node that was reached the cost, and the node and the edge that it was reached by.
        costs: dict[int, int] = {START: self.join}
        came: dict[int, tuple[int, Edge]] = {}
        # Nodes that wait, by what their paths may come out at, equal ones by their places: so when
        # a node is next all ways to it are known.
        waiting: list[int] = [START]
        seen: set[int] = set()
        slips: dict[int, Edge | None] = {}
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
                edges = known[at] = self._edges_at(word, at)
            row, anchored = state * ANCHORED, state & ANCHORED
            if noisy:
                spare = bound - cost - steps[row + _ANCHOR]
                edges = [*edges, self.left_over, *self._slips_on(word, at, anchored, spare, slips)]
            for edge in edges:
                last, end = edge.last, at + edge.length
                total = cost + steps[row + last] + edge.cost
                after = last | edge.anchored | anchored
                whole = total + rests[(size - end) * STATES + after]
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

    def _slips_on(
        self, word: str, at: int, anchored: int, spare: int, known: dict[int, Edge | None]
    ) -> list[Edge]:
        """The anchors with a slip that may be read from a place on and leave something to spare.

        What stretches of the word are read as is `known` once a path has asked for it.
        """
        found: list[Edge] = []
        size, rests = len(word), self._rests
        for length, least in self._slip_floors:
            end = at + length
            if end > size or length == size:
                break
            if least + rests[(size - end) * STATES + (_ANCHOR | anchored)] < spare:
                stretch = at * (size + 1) + length
                if stretch not in known:
                    known[stretch] = self._slip_at(word, at, length)
                slip = known[stretch]
                if slip is not None:
                    found.append(slip)
        return found

    def _slip_at(self, word: str, at: int, length: int) -> Edge | None:
        """The cheapest anchor that one slip may have turned into a stretch of a word, or None."""
        stretch = word[at : at + length]
        if stretch in self._as_written:
            return None
        slip = self._run_slips.cheapest(stretch)
        if slip is None:
            return None
        cost, tag, how, _, _ = slip
        return Edge(stretch, length, _ANCHOR, 0, cost, tag, how)

    def _see_to_floors(self, size: int) -> None:
        """See that the floors are there for words up to some length."""
        if size < len(self._run_floors):
            return
        self._see_to_rests(size)
        alone, runs = self._alone_floors[:], self._run_floors[:]
        for n in range(len(runs), size + 1):
            run = self.join + self._rest(self._rests, n, START, n - 1)
            if n > self._length:
                slip = min(self.least_slips.values())
                run = min(run, self.unanchored + slip + self._least_tail)
            alone.append(self._model.least_unresolved(n))
            runs.append(run - 1)
        # Whole lists, so that no thread finds one half done.
        self._alone_floors, self._run_floors = alone, runs

    def _see_to_rests(self, size: int) -> None:
        """See that the rests are there for words up to some length."""
        known = len(self._rests) // STATES
        if size < known:
            return
        rests = self._rests[:]
        for n in range(known, size + 1):
            rests += [self._rest(rests, n, state, n) for state in range(STATES)]
        self._rests = rests

    def _rest(self, rests: list[int], size: int, state: int, longest: int) -> int:
        """The least that so many letters cost in a run behind some state, whatever the letters."""
        least = NEVER
        for edge in self._least:
            if edge.length <= longest:
                after = edge.last | edge.anchored | state & ANCHORED
                rest = rests[(size - edge.length) * STATES + after]
                least = min(least, self.steps[state * ANCHORED + edge.last] + edge.cost + rest)
        return least


def tags_of(pieces: Iterable[Piece], raw: str | None) -> list[str]:
    """The tags of pieces; what has none stands as in the raw word, or not at all without one.

    >>> tags_of([Piece(0, 4, "PGOV", "canonical"), Piece(4, 6, None, "unresolved")], "pgovql")
    ['PGOV', 'ql']
    """
    if raw is None:
        return [tag for _, _, tag, _ in pieces if tag is not None]
    return [tag or raw[start:end] for start, end, tag, _ in pieces]


def is_in_order(run: list[Edge]) -> bool:
    """Whether the codes that need company come last, but for one that may come first."""
    anchored = [edge.anchored for edge in run[1:]]
    return anchored == sorted(anchored, reverse=True)


def _tags_of_run(run: list[Edge], raw: str | None) -> list[str]:
    """The tags of a run; left-over letters stand together as in the raw word, if given."""
    tags: list[str] = []
    at, after_left = 0, False
    for edge in run:
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


def pieces_of(run: list[Edge]) -> tuple[Piece, ...]:
    """The pieces of a run; left-over letters are taken together."""
    pieces: list[Piece] = []
    at = start = 0
    for edge in run:
        end = at + edge.length
        if edge.tag is None and pieces and pieces[-1].tag is None:
            pieces[-1] = Piece(start, end, None, edge.how)
        else:
            start = at
            pieces.append(Piece(at, end, edge.tag, edge.how))
        at = end
    return tuple(pieces)
