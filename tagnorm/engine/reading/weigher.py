"""Weighing the readings of a word: the answer, its confidence, and its alternatives."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.model import Model
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.confidence import (
    ALONE,
    JOINED,
    JOINED_EDIT,
    LEFTOVER,
    Calibration,
    logistic,
    weights_of,
)
from tagnorm.engine.reading.doubts import Doubts
from tagnorm.engine.search.best_path import BestPath
from tagnorm.engine.search.lattice import Piece, whole_word
from tagnorm.engine.search.nbest import NBest, Path, insert
from tagnorm.resolution import Alternative

__all__ = ["Weigher"]

# How many readings of a word are weighed against one another, and how many are reported.
_WEIGHED, _REPORTED = 6, 5
# The last letters of joined codes may be left of another code, or be the code that they are read
# as. The former counts as likelier by no more than this, in thousandths of a nat.
_LIKELIER: Final = 2000
# More joined codes than this are many.
_JOINED: Final = 2


class Weigher:
    """Weighs the readings of folded words by one model; nothing is remembered.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> model = Model(Taxonomy.load())
    >>> weigher = Weigher(model, BestPath(model), Calibration.of({}))
    >>> answer = weigher.answer("PGVO")
    >>> answer.tags, answer.confidence > 0.5
    (('PGOV',), True)
    """

    def __init__(self, model: Model, best: BestPath, calibration: Calibration) -> None:
        self.doubts = Doubts(model, calibration)
        self._model = model
        self._best = best
        self._nbest = NBest(model, best)
        self._calibration = calibration
        self._ceiling = calibration.of_share(1.0)
        # How many more readings are assumed beyond those that are weighed, each as likely as the
        # last.
        self._unweighed: float = calibration.known("unweighed")
        self._repeated = model.prices["repeated"]
        self._again, self._longer = model.prices["again"], model.prices["longer"]

    def readings(self, word: str, context: AbstractSet[str]) -> list[Path]:
        """The likeliest readings of a word in its context, the best first."""
        found = self._nbest.paths(word, _WEIGHED)
        if context and _repeats(found[0], context):
            ordered: list[Path] = []
            for path in found:
                if _repeats(path, context):
                    path.cost += self._repeated
                insert(ordered, path, _WEIGHED)
            return ordered
        return found

    def answer(self, word: str, context: AbstractSet[str] = frozenset()) -> Answer:
        """The answer for a word that is neither an entry nor a clean segmentation."""
        found = self.readings(word, context)
        pieces = found[0].all_pieces()
        if len(found) == 1 and found[0].tags:
            return Answer(pieces, self._ceiling)
        doubts = self.doubts
        costs, tags = doubts.costs_of(word, found), [path.tags for path in found]
        unread = 0.0
        if len(found) == _WEIGHED and len(tags[0]) != 1:
            unread = self._unweighed * math.exp((costs[0] - costs[-1]) / 1000)
        ending = found[0].ending()
        if ending is not None:
            costs.append(costs[0] + self._cut_off(word, pieces, ending.form, ending.cost))
            tags.append(tags[0][:-1])
        if not found[0].tags:
            unread += doubts.unread(word, found[0].cost)
            return self.weighed(pieces, costs, tags, unread=unread)
        if len(pieces) == 1:
            cost, tag = found[0].cost, tags[0][0]
            alone = self._best.unresolved(word)
            own = doubts.of_another(word, alone - cost, cost, tag, pieces[0].how)
            return self.weighed(pieces, costs, tags, own=own, unread=unread)
        own, before = doubts.of_word_behind(word, pieces)
        if not own and found[0].leaves_letters and len(tags[0]) == 1:
            own = doubts.of_compounds
        return self.weighed(pieces, costs, tags, own=own, instead=before, unread=unread)

    def answer_among(self, word: str, candidates: Sequence[Candidate], dearer: int = 0) -> Answer:
        """The answer for a word that is one of some candidates, or is left alone.

        For a word that can be no segmentation this is the answer that weighing all its readings
        gives, without a search for them.

        Args:
            word: a folded word.
            candidates: the codes that it may be with an edit, the cheapest first.
            dearer: how much more than usual it costs to leave the word alone.
        """
        size, doubts = len(word), self.doubts
        alone = self._best.unresolved(word) + dearer
        if not candidates:
            whole = whole_word(size)
            unread = doubts.unread(word, alone)
            if not unread:
                return Answer(whole, self._ceiling)
            return Answer(whole, self._calibration.of_share(1.0 / (1.0 + unread), ALONE))
        cost, tag, how, _ = candidates[0]
        own = unread = 0.0
        if cost < alone:
            whole = whole_word(size, tag, how)
            own = doubts.of_another(word, alone - cost, cost, tag, how)
        else:
            whole, unread = whole_word(size), doubts.unread(word, alone)
        if len(candidates) == 1 and cost < alone:
            # So it is with most words: the one other reading has the rest of the probability.
            gap = alone - doubts.of_candidate(candidates[0])
            share = self._calibration.of_share(logistic(gap / 1000))
            confidence = share * (1 - own)
            return Answer(whole, confidence, (Alternative((), min(1 - confidence, confidence)),))
        # What each list of tags costs, in order; of equal ones the word left alone comes first.
        costs: dict[tuple[str, ...], int] = {}
        for candidate in candidates:
            if candidate.cost >= alone and () not in costs:
                costs[()] = alone
            if len(costs) == _WEIGHED:
                break
            costs.setdefault((candidate.tag,), doubts.of_candidate(candidate))
        if len(costs) < _WEIGHED:
            costs.setdefault((), alone)
        return self.weighed(whole, list(costs.values()), list(costs), own=own, unread=unread)

    def answer_of_clean(self, word: str, tags: Sequence[str], pieces: tuple[Piece, ...]) -> Answer:
        """The answer for a clean segmentation whose last code needs company: that may be what is
        left of another code, or the whole may be a word."""
        cost, alone = self._best.segmenter.clean_cost(word), self._best.unresolved(word)
        ending = self._model.entries[word[pieces[-1].start :]]
        others = cost + self._cut_off(word, pieces, ending.form, ending.cost), max(alone, cost)
        read = tuple(tags)
        return self.weighed(pieces, (cost, *others), (read, read[:-1], ()))

    def _cut_off(self, word: str, pieces: tuple[Piece, ...], letters: str, cost: int) -> int:
        """How much more it costs that the last letters of joined codes are left of another code
        than that they are the code that they are read as.

        Args:
            word: the joined codes.
            pieces: what they are read as.
            letters: the last ones.
            cost: what the code costs that these are read as.
        """
        left = self._model.cut_off(letters)
        if len(pieces) > 1:
            start, end, tag, _ = pieces[-2]
            entry = self._model.entries.get(word[start:end])
            if entry is not None and not entry.anchor and tag == entry.code.tag:
                left -= self._again
            elif len(pieces) > _JOINED:
                left -= self._longer
        return max(left - cost, -_LIKELIER)

    def weighed(
        self,
        pieces: tuple[Piece, ...],
        costs: Sequence[int],
        tags: Sequence[tuple[str, ...]],
        *,
        own: float = 0.0,
        instead: tuple[str, ...] = (),
        unread: float = 0.0,
    ) -> Answer:
        """The answer of some pieces, with its confidence and alternatives.

        The alternatives share the rest of the probability, but none gets more than the answer,
        which the rules may have put before likelier readings.

        Args:
            pieces: those of the first reading, which is the answer.
            costs: what each reading costs, that of the answer first.
            tags: the tags of each, in the same order.
            own: the chance of something that no reading says: that the tags in `instead` are right.
            instead: those tags; none where the word is a code of its own.
            unread: what everything weighs that has no reading, in relation to the answer.
        """
        weights = weights_of(costs, tags)
        weight = weights.pop(tags[0])
        # Summed by themselves: 1 minus a share of almost 1 would be lost in rounding.
        rest = math.fsum(weights.values()) + unread
        confidence = self._calibration.of_share(weight / (weight + rest), _kind_of(pieces))
        left = (1 - confidence) / rest if rest else 0.0
        moved = own * confidence
        confidence *= 1 - own
        # What each other list of tags gets, below zero: so the likeliest comes first in order.
        likely: list[tuple[float, tuple[str, ...]]] = []
        for other, weight in weights.items():
            part = -left * weight
            likely.append((part - moved if other == instead else part, other))
        if instead and instead not in weights:
            likely.append((-moved, instead))
        if not likely:
            return Answer(pieces, confidence)
        likely.sort()
        most = -likely[0][0]
        scale = confidence / most if most > confidence else 1.0
        others = [Alternative(other, scale * -part) for part, other in likely[:_REPORTED]]
        return Answer(pieces, confidence, tuple(others))


def _kind_of(pieces: tuple[Piece, ...]) -> str:
    """The kind of an answer, as far as `confidence.tsv` tells kinds apart, by its pieces."""
    if len(pieces) == 1:
        return "" if pieces[0].tag is not None else ALONE
    kind = JOINED
    for _, _, tag, how in pieces:
        if tag is None:
            return LEFTOVER
        if how in EDIT_NAMES:
            kind = JOINED_EDIT
    return kind


def _repeats(path: Path, context: AbstractSet[str]) -> bool:
    """Whether a reading is one code that its field has already."""
    if path.piece_count != 1:
        return False
    tags = path.tags
    return len(tags) == 1 and tags[0] in context
