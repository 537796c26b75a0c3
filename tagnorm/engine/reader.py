"""Reading words: the answer for each, how sure it is, and what else the word may be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from tagnorm.engine.best_path import LONG, BestPath
from tagnorm.engine.confidence import calibrated, known, weights_of
from tagnorm.engine.edits import EDITS
from tagnorm.engine.lattice import Piece
from tagnorm.engine.model import Model
from tagnorm.engine.nbest import NBest, Path, insert
from tagnorm.folding import fold
from tagnorm.resolution import Alternative, Resolution, Segment, status_of_word

__all__ = ["Answer", "Reader", "add_segments"]

# So many readings of a word are weighed against one another, and so many are reported.
_WEIGHED, _REPORTED = 6, 5
_NOTHING: frozenset[str] = frozenset()
_EDITS: frozenset[str] = frozenset(EDITS)


class Answer(NamedTuple):
    """How a word was read: its pieces, the probability that its tags are right, other readings."""

    pieces: tuple[Piece, ...]
    confidence: float
    alternatives: tuple[Alternative, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The codes of the answer, in order."""
        return tuple([tag for _, _, tag, _ in self.pieces if tag is not None])

    def left_alone(self, size: int) -> Answer:
        """The answer for a reader who wants none so doubtful: the word, whole.

        The reading that was turned down leads the alternatives.
        """
        if not self.tags:
            return self
        others = [other for other in self.alternatives if other.tags]
        alone = math.fsum(other.confidence for other in self.alternatives if not other.tags)
        refused = Alternative(self.tags, self.confidence)
        return Answer((Piece(0, size, None, "unresolved"),), alone, (refused, *others))

    def over(self, size: int) -> Answer:
        """The same answer for a word that takes more room as it is written, as `UNGA/C-6` does."""
        first, *others = self.pieces
        return self if others else self._replace(pieces=(first._replace(end=size),))


class Reader:
    """Reads the words of fields by one model.

    A field is evidence: it hardly ever holds a tag twice. So what stands cleanly `context` a word
    in its field makes it dearer to read the word as the same code.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> reader = Reader(Model(Taxonomy.load()))
    >>> reader.pieces("ETTD")[0].tag, reader.pieces("ETTD", {"ETTC"})[0].tag
    ('ETTC', 'ETRD')
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._cheapest = BestPath(model)
        self._nbest = NBest(model, self._cheapest)
        # The tag of every form that is an entry of the vocabulary.
        self.tags = self._cheapest.tags
        # The tags of a raw string that is one word.
        self.word = self._cheapest.word
        self._repeated = model.prices["repeated"]
        self._ceiling = calibrated(1.0)

    def clean(self, word: str) -> list[str] | None:
        """The tags of a word that is an entry of the vocabulary or a clean run, or None."""
        entry = self._model.entries.get(word)
        return self._cheapest.clean(word) if entry is None else [entry.code.tag]

    def pieces(self, word: str, context: AbstractSet[str] = _NOTHING) -> tuple[Piece, ...]:
        """The pieces of the answer for a folded word."""
        if len(word) > LONG and self._cheapest.clean(word) is None:
            return self._cheapest.long(word, LONG)
        pieces = self._cheapest.pieces(word)
        if pieces[0].tag not in context or len(pieces) > 1 or word in self._model.entries:
            return pieces
        return pieces if self.is_settled(word) else self._weigh(word, context)[0].all_pieces()

    def is_settled(self, word: str) -> bool:
        """Whether a word that is read as one code is surely that, whatever stands beside it."""
        return self._cheapest.settled(word, self._repeated)

    def answer(self, word: str, context: AbstractSet[str] = _NOTHING) -> Answer:
        """The answer for a folded word, with its confidence and the alternatives."""
        entry = self._model.entries.get(word)
        if entry is not None:
            kind = entry.how if entry.code.status != "attested" else "attested"
            whole = Piece(0, len(word), entry.code.tag, entry.how)
            return Answer((whole,), known(kind))
        clean = self._cheapest.clean(word)
        if clean is not None:
            return Answer(self._cheapest.clean_pieces(clean, len(word)), known("clean"))
        if len(word) > LONG:
            return Answer(self._cheapest.long(word, LONG), known("long"))
        if not self._cheapest.may_be_run(word):
            answer = self._answer_of_whole(word)
            if answer.pieces[0].tag not in context:
                return answer
        found = self._weigh(word, context)
        if len(found) == 1:
            return Answer(found[0].all_pieces(), self._ceiling)
        costs, tags = [path.cost for path in found], [path.tags for path in found]
        return _weighed(found[0].all_pieces(), costs, tags)

    def _answer_of_whole(self, word: str) -> Answer:
        """The answer for a word that is no entry and can be no run: one code with an edit, or none.

        It is what weighing all its readings comes to, without the paths.
        """
        size, candidates = len(word), self._cheapest.corrections(word)
        if not candidates:
            return Answer((Piece(0, size, None, "unresolved"),), self._ceiling)
        alone = self._cheapest.unresolved(word)
        cost, tag, how, _, _ = candidates[0]
        if cost < alone:
            whole = (Piece(0, size, tag, how),)
        else:
            whole = (Piece(0, size, None, "unresolved"),)
        if len(candidates) == 1:
            # Most words: one other reading has what is left of the probability.
            gap = alone - cost if cost < alone else cost - alone
            confidence = calibrated(1.0 / (1.0 + math.exp(-gap / 1000)))
            other = Alternative(() if cost < alone else (tag,), 1 - confidence)
            return Answer(whole, confidence, (other,))
        # What each list of tags costs: of equal ones the word left alone comes first.
        costs: dict[tuple[str, ...], int] = {}
        for cost, code, _, _, _ in candidates:
            if cost >= alone and () not in costs:
                costs[()] = alone
            if len(costs) == _WEIGHED:
                break
            costs.setdefault((code,), cost)
        if len(costs) < _WEIGHED:
            costs.setdefault((), alone)
        return _weighed(whole, list(costs.values()), list(costs))

    def resolve(self, text: str, min_confidence: float) -> Resolution:
        """The resolution of a raw string that is one word, and stands by itself."""
        answer = self.answer(fold(text))
        if answer.confidence < min_confidence:
            answer = answer.left_alone(len(text))
        pieces, confidence, alternatives = answer
        if len(pieces) > 1:
            segments: list[Segment] = []
            add_segments(segments, text, 0, pieces)
            tags = tuple([tag for _, _, tag, _ in pieces if tag is not None])
            status = status_of_word(segments)
            return Resolution(text, tags, tuple(segments), status, confidence, alternatives)
        _, size, tag, how = pieces[0]
        if tag is None:
            alone = (Segment(text, 0, size, None, how, 0),)
            return Resolution(text, (), alone, "unresolved", confidence, alternatives)
        edits = 1 if how in _EDITS else 0
        whole = (Segment(text, 0, size, tag, how, edits),)
        status = "misspelled" if edits else how
        return Resolution(text, (tag,), whole, status, confidence, alternatives)

    def _weigh(self, word: str, context: AbstractSet[str]) -> list[Path]:
        """The readings of a word beside other tags, the best first."""
        found = self._nbest.paths(word, _WEIGHED)
        if context and _repeats(found[0], context):
            ordered: list[Path] = []
            for path in found:
                if _repeats(path, context):
                    path.cost += self._repeated
                insert(ordered, path, _WEIGHED)
            return ordered
        return found


def add_segments(segments: list[Segment], text: str, start: int, pieces: tuple[Piece, ...]) -> int:
    """Add the segments of a word that starts somewhere in a text; where the last of them ends."""
    end = start
    for first, last, tag, how in pieces:
        begin, end = start + first, start + last
        edits = 1 if how in _EDITS else 0
        segments.append(Segment(text[begin:end], begin, end, tag, how, edits))
    return end


def _repeats(path: Path, context: AbstractSet[str]) -> bool:
    """Whether a reading is one code that stands beside the word already."""
    if path.pieces != 1:
        return False
    tags = path.tags
    return len(tags) == 1 and tags[0] in context


def _weighed(
    pieces: tuple[Piece, ...], costs: Sequence[int], tags: Sequence[tuple[str, ...]]
) -> Answer:
    """The answer of some pieces, which are the first of all readings, by their costs and tags.

    The others have among them what is left of the probability.
    """
    weights = weights_of(costs, tags)
    total = math.fsum(weights.values())
    confidence = calibrated(weights.pop(tags[0]) / total)
    likely = [(-weight / total, other) for other, weight in weights.items()]
    if not likely:
        return Answer(pieces, confidence)
    if len(likely) > 1:
        likely.sort()
    scale = (1 - confidence) / -math.fsum([share for share, _ in likely])
    others = [Alternative(other, scale * -share) for share, other in likely[:_REPORTED]]
    return Answer(pieces, confidence, tuple(others))
