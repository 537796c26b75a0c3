"""The cheapest reading alone, by short cuts: what `split` needs, and many times faster.

The answer is always the first one of `tagnorm.nbest.readings`, by the same rules and costs; the
tests compare the two. What saves the time: entries are looked up; a clean run is cut without a
lattice; a correction that costs less than anything else can is taken at once; a run is searched
only if an anchor stands in the word, for one path, and only where it can still cost less than what
is known already.
"""

from __future__ import annotations

from collections.abc import Iterable

from tagnorm.channel import SLIPS
from tagnorm.lattice import (
    ANCHOR,
    COMPANION,
    LEFT,
    START,
    Link,
    Path,
    Piece,
    in_order,
    path_order,
    pieces_of,
    step,
)
from tagnorm.model import Model

__all__ = ["Cheapest", "tags_of"]

# A state of the search is what was read last, plus this once an anchor has been read.
_ANCHORED = 4
# More than any reading costs.
_NEVER = 1 << 60
# So many letters of an anchor are enough to rule out most places, if all anchors have as many.
_HEAD = 3
# Longer words are hardly ever one code with one slip: no floor is worked out for them.
_LONGEST_FLOOR = 12

# Of a stretch of a long word so many letters are read again: more than any code has.
_OVERLAP = 32

# What may be read at a place: length, kind, whether it is an anchor, cost, tag, how.
_Edge = tuple[int, int, int, int, str | None, str]


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
        self.tags = {form: entry.code.tag for form, entry in entries.items()}
        # Clean runs: anchors of the common length, and what may stand behind the last of them.
        self._length = length = model.anchor_length
        canonical = [entry for entry in entries.values() if entry.how == "canonical"]
        self._anchors = {
            e.form: e.code.tag for e in canonical if e.anchor and len(e.form) == length
        }
        self._tails = {
            e.form: e.code.tag for e in canonical if not e.anchor and len(e.form) < length
        }
        # The anchors by their first letters: where none of these stands there is no anchor.
        carriers = [entry.form for entry in entries.values() if entry.anchor]
        self._head = min(_HEAD, min(map(len, carriers), default=_HEAD))
        self._heads: dict[str, list[str]] = {}
        for form in carriers:
            self._heads.setdefault(form[: self._head], []).append(form)
        self._edges: dict[str, _Edge] = {
            form: (
                len(form),
                ANCHOR if e.anchor else COMPANION,
                _ANCHORED if e.anchor else 0,
                e.cost,
                e.code.tag,
                e.how,
            )
            for form, e in entries.items()
        }
        self._steps = [
            [step(model, before % _ANCHORED, after) for after in range(_ANCHORED)]
            for before in range(2 * _ANCHORED)
        ]
        self._join, self._letter = prices["join"], prices["letter"]
        self._leftover = prices["leftover"]
        self._least_slip = (
            prices["run_slip"]
            + min(prices[slip] for slip in SLIPS)
            + min((entries[form].cost for form in self._anchors), default=_NEVER)
        )
        # What is cheapest of each length and kind, whatever the letters.
        least: dict[tuple[int, int, int], int] = {}
        for size, last, anchored, cost, _, _ in self._edges.values():
            kind = (size, last, anchored)
            least[kind] = min(cost, least.get(kind, _NEVER))
        for size in model.slip_lengths:
            least[size, ANCHOR, 0] = self._least_slip
        least[1, LEFT, 0] = self._letter
        self._least: list[_Edge] = [
            (size, last, anchored, cost, None, "") for (size, last, anchored), cost in least.items()
        ]
        self._rests = [0]
        self._floors = [(0, 0)]
        self._outside, self._kept = model.outside, model.kept
        self._slips, self._run_slips = model.slips, model.run_slips
        self._lengths_from = model.lengths_from
        self._left_over: _Edge = (1, LEFT, 0, self._letter, None, "unresolved")
        self._unanchored = prices["join"] + prices["unanchored"]
        self._least_tail = min((entries[form].cost for form in self._tails), default=_NEVER)

    def split(self, word: str, raw: str | None) -> list[str]:
        """The tags of the cheapest reading; what has none stands as in the raw word, if given."""
        tag = self.tags.get(word)
        if tag is not None:
            return [tag]
        clean = self.clean(word)
        if clean is not None:
            return clean
        return tags_of(self.noisy(word), raw)

    def pieces(self, word: str) -> tuple[Piece, ...]:
        """The pieces of the cheapest reading of a folded word."""
        size = len(word)
        entry = self._entries.get(word)
        if entry is not None:
            return (Piece(0, size, entry.code.tag, entry.how),)
        clean = self.clean(word)
        if clean is not None:
            length = self._length
            return tuple(
                Piece(at * length, min((at + 1) * length, size), tag, "canonical")
                for at, tag in enumerate(clean)
            )
        return self.noisy(word)

    def clean(self, word: str) -> list[str] | None:
        """The tags of a clean run, or None if the word is none."""
        length, anchors = self._length, self._anchors
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

    def noisy(self, word: str) -> tuple[Piece, ...]:
        """The pieces of the cheapest reading of a word that is neither an entry nor a clean run."""
        size = len(word)
        if word in self._outside:
            return (Piece(0, size, None, "unresolved"),)
        bound, read, slip = _NEVER, None, "unresolved"
        alone_floor, run_floor = self._floors_of(size)
        correction = self._slips.cheapest(word)
        if correction is not None:
            cost, tag, how, _ = correction
            if cost >= alone_floor:
                bound = self._model.unresolved(word)
            if cost < bound:
                bound, read, slip = cost, tag, how
        if bound > run_floor:
            anchored = self.has_anchor(word)
            if anchored or self._has_tail(word):
                if correction is None:
                    bound = self._model.unresolved(word)
                run = self._run(word, bound) if anchored else self._slipped_pair(word, bound)
                if run is not None:
                    return run
        return (Piece(0, size, read, slip),)

    def settled(self, word: str, margin: int) -> bool:
        """Whether a corrected word has surely no other reading that costs little more.

        False may mean that it was not looked for: a run may come close.
        """
        slips = self._slips.candidates(word)
        most = slips[0].cost + margin
        _, run_floor = self._floors_of(len(word))
        return (
            run_floor > most
            and all(slip.cost > most for slip in slips if slip.tag != slips[0].tag)
            and self._model.unresolved(word) > most
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
            head = word[at : at + length]
            if head in heads:
                for form in heads[head]:
                    if word.startswith(form, at) and form != word:
                        return True
        return False

    def _has_tail(self, word: str) -> bool:
        """Whether the word ends in a code that needs company, with enough before it for another."""
        return any(
            word[-size:] in self._tails and len(word) >= size + self._length - 1
            for size in self._model.tail_lengths
        )

    def _slipped_pair(self, word: str, bound: int) -> tuple[Piece, ...] | None:
        """The pieces of an anchor with a slip and a tail, if they cost less than the bound."""
        model, best = self._model, None
        for size in model.tail_lengths:
            head, tail = word[:-size], word[-size:]
            if tail in self._tails and head not in self._entries and head not in self._outside:
                slip = self._run_slips.cheapest(head)
                if slip is not None:
                    cost = slip.cost + self._entries[tail].cost + self._unanchored
                    if cost < bound:
                        bound, best = cost, (len(head), slip.tag, slip.how, self._tails[tail])
        if best is None:
            return None
        at, tag, how, last = best
        return (Piece(0, at, tag, how), Piece(at, len(word), last, "canonical"))

    def _run(self, word: str, bound: int) -> tuple[Piece, ...] | None:
        """The pieces of the run that wins, or None if none costs less than the bound."""
        known: dict[int, list[_Edge]] = {}
        cost, link = self._search(word, known, bound + 1, noisy=False)
        if link is not None:
            pieces = pieces_of(link)
            if in_order(self._model, pieces, word):
                return pieces
        bound = min(bound, cost + 1, self._clean_start(word) + 1)
        _, link = self._search(word, known, bound, noisy=True)
        return None if link is None else pieces_of(link)

    def _clean_start(self, word: str) -> int:
        """What it costs to read anchors from the start on, and to leave over what follows them."""
        size, length = len(word), self._length
        at, cost = 0, self._join
        while word[at : at + length] in self._anchors:
            cost += self._edges[word[at : at + length]][3]
            at += length
        return cost + self._leftover + (size - at) * self._letter if at else _NEVER

    def _edges_at(self, word: str, at: int) -> list[_Edge]:
        """What may be read exactly from a place on."""
        found: list[_Edge] = []
        edges, size = self._edges, len(word)
        for length in self._lengths_from.get(word[at : at + 2], ()):
            if at + length > size:
                break
            edge = edges.get(word[at : at + length])
            if edge is not None and length < size:
                found.append(edge)
        return found

    def _slips_at(self, word: str, at: int, most: int) -> list[_Edge]:
        """The anchors with a slip that may be read from a place on at no more than some cost."""
        found: list[_Edge] = []
        size, rests = len(word), self._rests
        for length in self._model.slip_lengths:
            end = at + length
            if end <= size and length < size and rests[size - end] <= most:
                stretch = word[at:end]
                if stretch not in self._edges and stretch not in self._outside:
                    slip = self._run_slips.cheapest(stretch)
                    if slip is not None:
                        found.append((length, ANCHOR, 0, slip.cost, slip.tag, slip.how))
        return found

    def _search(
        self,
        word: str,
        known: dict[int, list[_Edge]],
        bound: int,
        *,
        noisy: bool,
    ) -> tuple[int, Link | None]:
        """The cost and the last link of the cheapest run, or the bound and None if none is cheaper.

        A Viterbi search forward over the places of a word; of a place it keeps the cheapest path
        for each state, and only paths that can still come out below the bound. What may be read
        exactly from a place on is `known` once it was asked for. Slips and left-over letters are
        read only if the search is `noisy`.
        """
        size, steps = len(word), self._steps
        self._rest(size)
        rests = self._rests
        nodes: list[dict[int, Path]] = [{} for _ in range(size + 1)]
        nodes[0][START] = (self._join, 0, (), None)
        for at in range(size):
            node = nodes[at]
            if not node:
                continue
            if at not in known:
                known[at] = self._edges_at(word, at)
            edges = known[at]
            if noisy:
                edges = [*edges, self._left_over]
                least = min([path[0] for path in node.values()])
                if least + self._least_slip < bound:
                    edges += self._slips_at(word, at, bound - least - self._least_slip)
            _extend(nodes, at, edges, steps, bound, rests)
        ends = [path for state, path in nodes[size].items() if state & _ANCHORED]
        best = min(ends, key=path_order, default=None)
        if best is None or best[0] >= bound:
            return bound, None
        return best[0], best[3]

    def _floors_of(self, size: int) -> tuple[int, int]:
        """The least that a word of some length costs if it is left alone, and if it is a run."""
        floors = self._floors
        while len(floors) <= size:
            n = len(floors)
            run = self._least_run(n) if n <= _LONGEST_FLOOR else 0
            if n > self._length:
                run = min(run, self._unanchored + self._least_slip + self._least_tail)
            floors.append((self._model.least_unresolved(n), run - 1))
        return floors[size]

    def _least_run(self, size: int) -> int:
        """The least that a run of so many letters costs, whatever the letters."""
        parts = [edge for edge in self._least if edge[0] < size]
        nodes: list[dict[int, Path]] = [{} for _ in range(size + 1)]
        nodes[0][START] = (self._join, 0, (), None)
        for at in range(size):
            fitting = [edge for edge in parts if at + edge[0] <= size]
            _extend(nodes, at, fitting, self._steps, _NEVER, [0] * (size + 1))
        costs = [path[0] for state, path in nodes[size].items() if state & _ANCHORED]
        return min(costs, default=_NEVER)

    def _rest(self, size: int) -> int:
        """No more than what the last letters of a run cost, by their number."""
        rests = self._rests
        while len(rests) <= size:
            n = len(rests)
            rests.append(
                min(
                    cost + rests[n - length]
                    for length, _, _, cost, _, _ in self._least
                    if length <= n
                )
            )
        return rests[size]


def tags_of(pieces: Iterable[Piece], raw: str | None) -> list[str]:
    """The tags of pieces; what has none stands as in the raw word, or not at all without one.

    >>> tags_of([Piece(0, 4, "PGOV", "canonical"), Piece(4, 6, None, "unresolved")], "pgovql")
    ['PGOV', 'ql']
    """
    if raw is None:
        return [tag for _, _, tag, _ in pieces if tag is not None]
    return [tag or raw[start:end] for start, end, tag, _ in pieces]


def _extend(
    nodes: list[dict[int, Path]],
    at: int,
    edges: list[_Edge],
    steps: list[list[int]],
    bound: int,
    rests: list[int],
) -> None:
    """Lead the paths at a place on over some edges, where they can still cost less than a bound."""
    size = len(nodes) - 1
    for length, last, anchored, price, tag, how in edges:
        end = at + length
        most = bound - rests[size - end]
        target = nodes[end]
        more = () if tag is None else (tag,)
        for state, (before, count, tags, link) in nodes[at].items():
            total = before + steps[state][last] + price
            if total >= most:
                continue
            after = last | anchored | state & _ANCHORED
            old = target.get(after)
            if old is not None and old[0] < total:
                continue
            # Left-over letters in a row are one piece.
            pieces = count if last == LEFT == state & 3 else count + 1
            key = (total, pieces, tags + more)
            if old is None or key < old[:3]:
                target[after] = (*key, (link, at, end, tag, how))
