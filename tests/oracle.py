"""The slow textbook twin of the splitter: all readings of a short word, and the rules in full.

Nothing here is clever. A word is cut in all possible ways; every stretch is compared with every
code by `edit_between`; every reading is priced; the rules of `tagnorm.engine.search.lattice`
choose among all of them. Only the words for prices are taken from the library: `Model.prices` and
the assumptions of an entry and of an edit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tagnorm.engine.edits.grammar import edit_between
from tagnorm.engine.model import Model
from tagnorm.engine.prices.code_prices import Entry
from tagnorm.engine.search.lattice import Piece, Reading, order

__all__ = ["Oracle"]

# A piece, what it costs by itself, and whether it is an anchor, a companion or left-over letters.
_Priced = tuple[Piece, int, str]


class Oracle:
    """All readings of a word by one model, and the winner; for words of nine letters or so."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._stretch = lru_cache(maxsize=None)(self._all_of_stretch)

    def best(self, word: str) -> list[Reading]:
        """The winner among all readings; more than one where they tie in cost, number and tags."""
        model, size = self._model, len(word)
        entry = model.entries.get(word)
        if entry is not None:  # rule 1
            return [Reading(0, (Piece(0, size, entry.code.tag, entry.how),))]
        alone = self._alone(word)
        if word in model.uncorrected:
            return [alone]
        every = list(self._runs(word))
        clean = [reading for reading, _ in every if self._is_clean(word, reading.pieces)]
        if clean:  # rule 2
            return clean
        single = [alone, *self._single(word)]
        exact = [
            reading
            for reading, kinds in every
            if "left" not in kinds
            and all(piece.how in ("canonical", "alias") for piece in reading.pieces)
        ]
        least = min(map(order, single))
        # rule 3: an exact run that beats the others and has its codes in order
        if exact and model.costs["exact_first"] > 0 and not model.is_word_of_name(word):
            ahead = self._first(exact)
            if ahead[0].cost <= least[0] and self._is_in_order(word, ahead[0].pieces):
                return ahead
        first = self._first(single + [reading for reading, _ in every])
        # rule 4: one with an edit or letters left over costs so much less than the word left alone
        beside = self._alone(word, first[0])
        return [alone] if beside.cost <= first[0].cost else first

    def worth_weighing(self, word: str) -> list[Reading]:
        """All readings of a word, in order, but for those that would be meant one time in 100,000.

        The word is neither an entry nor one that is no code with an edit.
        """
        others = [*self._single(word), *(reading for reading, _ in self._runs(word))]
        alone = self._alone(word)
        least = min([alone, *others], key=order)
        every = [self._alone(word, least), *others]
        most = min(reading.cost for reading in every) + 12_000
        return sorted((reading for reading in every if reading.cost <= most), key=order)

    def _alone(self, word: str, beside: Reading | None = None) -> Reading:
        """The word left alone, beside the cheapest of its readings."""
        cost = self._model.left_alone.cost(word)
        if beside is not None and self._may_be_chance(word, beside):
            cost -= self._model.prices["mended"]
        return Reading(cost, (Piece(0, len(word), None, "unresolved"),))

    def _may_be_chance(self, word: str, reading: Reading) -> bool:
        """Whether it is a segmentation with an edit or letters left over, or one of a word of a
        name."""
        exact = all(piece.how in ("canonical", "alias") for piece in reading.pieces)
        return len(reading.pieces) > 1 and not (exact and not self._model.is_word_of_name(word))

    @staticmethod
    def _first(found: list[Reading]) -> list[Reading]:
        least = min(map(order, found))
        return [reading for reading in found if order(reading) == least]

    def _single(self, word: str) -> Iterator[Reading]:
        """The word as one code with one edit."""
        model = self._model
        for form, entry in model.entries.items():
            # Short codes are never corrected; other names only where they are long.
            if not self._is_correctable(form, entry):
                continue
            how = edit_between(word, form, model.families)
            if how is not None:
                cost = self._cost_of_edit(entry, how, len(word), joined=False)
                yield Reading(cost, (Piece(0, len(word), entry.code.tag, how),))

    def _is_correctable(self, form: str, entry: Entry) -> bool:
        costs = self._model.costs
        shortest = costs["shortest_code" if entry.how == "canonical" else "shortest_alias"]
        return len(form) >= shortest and (form.isalpha() or len(form) >= costs["shortest_numbered"])

    def _cost_of_edit(self, entry: Entry, how: str, length: int, *, joined: bool) -> int:
        model = self._model
        codes, price = model.code_prices, model.costs.price
        meant = codes.entry_assumptions(entry.code, entry.how, entry.form, joined=joined)
        return price(meant) + price(codes.edit_assumptions(how, length, entry, joined=joined))

    def _runs(self, word: str) -> Iterator[tuple[Reading, list[str]]]:
        """Every way to read the word as two stretches or more."""
        prices = self._model.prices
        # One letter again and again is no segmentation; letters are left over only beside a long
        # code.
        if len(set(word)) == 1:
            return
        may_leave = any(
            entry.anchor and len(form) >= 4 and form in word
            for form, entry in self._model.entries.items()
        )
        for priced in self._cuts(word, 0):
            pieces = tuple(piece for piece, _, _ in priced)
            kinds = [kind for _, _, kind in priced]
            if len(pieces) < 2 or ("left" in kinds and not may_leave):
                continue
            exact_anchor = any(
                kind == "anchor" and piece.how in ("canonical", "alias")
                for piece, _, kind in priced
            )
            cost = prices["join"] + sum(cost for _, cost, _ in priced)
            for before, kind in zip(["start", *kinds], kinds, strict=False):
                if kind == "left":
                    cost += prices["leftover"]
                    cost += prices["left_in_front"] if before == "start" else 0
                elif kind == "companion" and before == "start":
                    cost += prices["companion_first"]
                elif kind == "anchor" and before == "companion":
                    cost += prices["companion_before"]
            if not exact_anchor:
                # Without a code that vouches only one code with an edit and its companion will do.
                last = pieces[-1]
                if kinds != ["anchor", "companion"] or last.how != "canonical":
                    continue
                cost += prices["unanchored"]
            yield Reading(cost, pieces), kinds

    def _cuts(self, word: str, start: int, after_left: bool = False) -> Iterator[list[_Priced]]:
        """Every way to read the word from a place on; left-over letters are one stretch."""
        if start == len(word):
            yield []
            return
        for end in range(start + 1, len(word) + 1):
            stretch = word[start:end]
            if len(stretch) == len(word):
                continue
            found = list(self._stretch(stretch))
            if not after_left:
                found.append(
                    (None, "unresolved", self._model.prices["letter"] * len(stretch), "left")
                )
            for rest_after_left in (False, True):
                chosen = [one for one in found if (one[3] == "left") == rest_after_left]
                if chosen:
                    for rest in self._cuts(word, end, rest_after_left):
                        for tag, how, cost, kind in chosen:
                            yield [(Piece(start, end, tag, how), cost, kind), *rest]

    def _all_of_stretch(self, stretch: str) -> tuple[tuple[str | None, str, int, str], ...]:
        """What a stretch of a segmentation may be: an entry, or anchors with an edit."""
        model = self._model
        entry = model.entries.get(stretch)
        if entry is not None:
            kind = "anchor" if entry.anchor else "companion"
            return ((entry.code.tag, entry.how, entry.cost, kind),)
        if stretch in model.outside:
            return ()
        found = []
        for form, other in model.entries.items():
            is_code = other.anchor and other.how == "canonical"
            if is_code and self._is_correctable(form, other):
                how = edit_between(stretch, form, model.families)
                if how is not None:
                    cost = self._cost_of_edit(other, how, len(stretch), joined=True)
                    found.append((other.code.tag, how, cost, "anchor"))
        return tuple(found)

    def _is_clean(self, word: str, pieces: tuple[Piece, ...]) -> bool:
        """Whether all are canonical anchors of the common length, or the last a companion."""
        model = self._model
        entries = [model.entries.get(word[piece.start : piece.end]) for piece in pieces]
        if any(entry is None or entry.how != "canonical" for entry in entries):
            return False
        *ahead, last = [entry for entry in entries if entry is not None]
        common = model.anchor_length
        tail = len(word) % common if common else 0
        if model.is_clean_by_chance(len(entries) - (1 if tail else 0), tail):
            return False
        if (tail and word in model.words) or model.is_word_of_name(word):
            return False
        return all(entry.anchor and len(entry.form) == common for entry in ahead) and (
            len(last.form) == common if last.anchor else len(last.form) < common
        )

    def _is_in_order(self, word: str, pieces: tuple[Piece, ...]) -> bool:
        """Whether at most one code is a companion, and that is the first or the last."""
        anchors = [self._model.entries[word[p.start : p.end]].anchor for p in pieces]
        return sum(not anchor for anchor in anchors) == sum(
            not anchor for anchor in {0: anchors[0], len(anchors) - 1: anchors[-1]}.values()
        ) and (anchors[0] or anchors[-1])
