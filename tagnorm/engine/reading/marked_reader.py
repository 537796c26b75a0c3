"""Reading words of vocabularies that have codes with marks, or corrected codes of a letter or two.

Codes of one or two letters are one edit from almost every string that is as short. Codes with marks
are told apart by where these stand: `75.622` means `75.22` and not `56.22`. The built-in vocabulary
has neither, so this is a reader of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.model import Model
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.reader import Reader
from tagnorm.engine.reading.spellings import marks_missing
from tagnorm.engine.search.lattice import Piece, whole_word
from tagnorm.folding import fold_case

__all__ = ["MarkedReader", "reader_of"]

_NOTHING: frozenset[str] = frozenset()


def reader_of(model: Model) -> Reader:
    """The reader for a model: a `MarkedReader` if it has codes with marks, or corrected short ones.

    >>> from tagnorm import Taxonomy
    >>> reader = reader_of(Model(Taxonomy.of(["75.22", "56.22", "He", "Xe"])))
    >>> answer = reader.weigh("75622")
    >>> answer.tags, reader.as_written(answer, "75622", "75.622").tags
    (('56.22',), ('75.22',))
    """
    is_plain = model.brief_edits is None and not model.weighs_marks
    return Reader(model) if is_plain else MarkedReader(model)


class MarkedReader(Reader):
    """Reads folded words by a model that has codes with marks, or corrects codes of a letter or
    two."""

    def __init__(self, model: Model) -> None:
        super().__init__(model)
        self._brief = model.brief_edits
        self._most_brief = model.most_brief
        self._mark = model.prices["mark"]
        # The marks that codes are written with, if marks count.
        self._marks: frozenset[str] = frozenset()
        if self.are_marks_weighed:
            self._marks = _marks_of("".join([code.tag for code in model.taxonomy]))
        self.word = self._word
        # What a word is may depend on its marks, so none is certain by its letters alone.
        self.at_once = dict[str, str]().get

    def _word(self, text: object, unresolved: object) -> list[str] | None:
        """The tags of a raw string that is one word, as `BestPath.word` gives them; None also if it
        may be a code of a letter or two with an edit, or if its marks matter."""
        if isinstance(text, str) and len(text) <= self._most_brief:
            return None
        tags = self._best.word(text, unresolved)
        if tags is None or not self.are_marks_weighed or not isinstance(text, str):
            return tags
        word = text.upper()
        if word in self._model.entries:
            return tags
        if not text.isalnum():
            return None
        candidates = self.candidates(word)
        return None if any(one.tag != candidates[0].tag for one in candidates) else tags

    def candidates(self, word: str) -> Sequence[Candidate]:
        """The codes that a word may be with an edit, short ones among them, the likeliest first."""
        found = self._best.candidates(word)
        if len(word) > self._most_brief or word in self._model.uncorrected:
            return found
        return sorted([*self._brief_candidates(word), *found])

    def _brief_candidates(self, word: str) -> Sequence[Candidate]:
        """The codes of a letter or two that a word may be with an edit."""
        if self._brief is None or self._model.edits.near.has_another_number(word):
            return ()
        return self._brief.candidates(word)

    def pieces(self, word: str, context: AbstractSet[str] = _NOTHING) -> tuple[Piece, ...]:
        """The pieces of the answer for a word."""
        pieces = super().pieces(word, context)
        if len(word) > self._most_brief or len(pieces) > 1 or pieces[0].tag is not None:
            return pieces
        brief = self._answer_of_brief(word)
        if brief is None or (brief.pieces[0].tag in context and self._best.candidates(word)):
            return pieces
        return brief.pieces

    def is_settled(self, word: str) -> bool:
        """Whether a word that is read as one code is surely that, whatever stands in its field."""
        if len(word) <= self._most_brief and not self._best.candidates(word):
            return False
        return super().is_settled(word)

    def answer(self, word: str, context: AbstractSet[str] = _NOTHING) -> Answer:
        """The answer for a word, with its confidence and the alternatives."""
        brief = self._answer_of_brief(word) if len(word) <= self._most_brief else None
        if brief is None or (brief.pieces[0].tag in context and self._best.candidates(word)):
            return super().answer(word, context)
        return brief

    def answer_among(self, word: str, candidates: Sequence[Candidate], dearer: int = 0) -> Answer:
        """The answer for a word that is one of some candidates, or is left alone, as it is where
        several codes of a letter or two are about equally near."""
        answer = super().answer_among(word, candidates, dearer)
        is_tie = bool(answer.tags) and 2 * answer.confidence <= 1
        if not is_tie or not self._model.is_brief_form(candidates[0].form):
            return answer
        costs = _costs_of(candidates)
        alone = self._best.unresolved(word) + dearer
        return self._weigher.weighed(whole_word(len(word)), [alone, *costs.values()], [(), *costs])

    def as_written(self, answer: Answer, word: str, raw: str, lead: int = 0) -> Answer:
        """The answer for a folded word turned into that for the word as it is written: of codes
        that are equally near the one is meant whose marks the raw text has."""
        if self.is_brief(word):
            first = self._best.pieces(word)[0].tag
            # The context of the word may have put another code first.
            if first is not None and answer.pieces[0].tag != first:
                return answer
            brief = self._answer_of_brief(word, raw)
            if brief is not None:
                return brief
        if self.are_marks_weighed and answer.tags:
            answer = self._by_marks(answer, word, raw)
        return super().as_written(answer, word, raw, lead)

    def is_brief(self, word: str) -> bool:
        """Whether marks count, and a folded word is so short that it may be a code of a letter or
        two with an edit."""
        return (
            self.are_marks_weighed
            and len(word) <= self._most_brief
            and word not in self._model.entries
            and self._best.clean(word) is None
        )

    def may_lack_letter(self, word: str, gap: int) -> bool:
        """Whether a word may be a code that has lost a letter, or a mark, at a gap; wherever the
        gap is, it is said if the word may be a code with any edit."""
        return bool(self.candidates(word))

    def is_nearly_written(self, word: str, raw: str) -> bool:
        """Whether marks count, and an entry is written with some, of which one at most is wrong in
        a raw text."""
        entry = self._model.entries.get(word)
        if not self.are_marks_weighed or entry is None or entry.code.tag.isalnum():
            return False
        return self._spellings.marks_astray(word, fold_case(raw)) <= 0

    def as_near_as_written(self, word: str, raw: str) -> list[Candidate]:
        """The codes that a word may be with an edit, as far as they have marks, and the raw text is
        one edit from them with these, too."""
        if not self.are_marks_weighed:
            return []
        spellings = self._spellings
        return [
            one._replace(tag=tag)
            for one in self.candidates(word)
            if spellings.has_marks(one.form)
            for tag, astray in spellings.codes_of(one.form, one.tag, raw)
            if astray <= 0
        ]

    def answer_for_parts(
        self, word: str, raw: str, parts: Sequence[str], raws: Sequence[str]
    ) -> tuple[Answer | None, float]:
        """The answer for a chunk whose parts are all codes, if it is likelier to be one code with
        an edit, else None; and how sure either is."""
        model = self._model
        candidates = self.as_near_as_written(word, raw)
        if not candidates and self._marks.issuperset(_marks_of(raw)):
            # It may be a code with all these letters, and one mark too many.
            candidates = self._spellings.with_mark_too_many(word, raw)
        if not candidates:
            return None, 1.0
        parted = model.prices["join"] * (len(parts) - 1)
        for tag in parts:
            parted += model.price_of_code(tag)
        if len(raws) == len(parts):
            # A part that lacks a mark of its code costs more: `0` for `0+`.
            parted += self._mark * sum(map(marks_missing, parts, raws))
        costs = _costs_of(candidates)
        first = candidates[0]
        if first.cost >= parted:
            others = math.fsum([math.exp((parted - cost) / 1000) for cost in costs.values()])
            return None, 1 / (1 + others)
        costs[tuple(parts)] = parted
        costs.setdefault((), self._best.unresolved(word))
        cost = costs.pop((first.tag,))
        whole = whole_word(len(word), first.tag, first.how)
        own = self._weigher.doubts.of_missing(word, cost, first.tag, first.how)
        answer = self._weigher.weighed(
            whole, [cost, *costs.values()], [(first.tag,), *costs], own=own
        )
        return answer, answer.confidence

    def _by_marks(self, answer: Answer, word: str, raw: str) -> Answer:
        (piece, *others) = answer.pieces
        if others or piece.how not in EDIT_NAMES:
            return answer
        nearest: dict[str, Candidate] = {}
        for candidate in self.candidates(word):
            nearest.setdefault(candidate.tag, candidate)
        # The context of the word may have put another code first.
        if len(nearest) < 2 or next(iter(nearest)) != piece.tag:
            return answer
        text = fold_case(raw)
        astray = {tag: self._spellings.marks_astray(one.form, text) for tag, one in nearest.items()}
        fewest = min(astray.values())
        if fewest == max(astray.values()):
            return answer
        costs: dict[tuple[str, ...], int] = {
            (tag,): one.cost + self._mark * (astray[tag] - fewest) for tag, one in nearest.items()
        }
        tags = min(costs, key=costs.__getitem__)
        whole = (piece._replace(tag=tags[0], how=nearest[tags[0]].how),)
        if not answer.alternatives:
            return answer._replace(pieces=whole)
        # The other alternatives, joined codes and no code, stay as far behind the likeliest code.
        likeliest = nearest[piece.tag].cost
        for other in answer.alternatives:
            if other.confidence > 0 and (len(other.tags) != 1 or other.tags[0] not in nearest):
                behind = 1000 * math.log(other.confidence / answer.confidence)
                costs[other.tags] = likeliest - round(behind)
        cost = costs.pop(tags)
        own = self._weigher.doubts.of_missing(word, cost, tags[0], whole[0].how)
        return self._weigher.weighed(whole, [cost, *costs.values()], [tags, *costs], own=own)

    def _answer_of_brief(self, word: str, raw: str | None = None) -> Answer | None:
        """The answer for a word that may be a code of a letter or two with an edit; None if there
        is no such code.

        Most words that are so short are near several codes. So a word is corrected only if one code
        is likelier than everything else together, and a known word never is; the others count in
        the confidence. With a `raw` text, its marks count, too.
        """
        model, prices = self._model, self._model.prices
        if word in model.entries or word in model.uncorrected:
            return None
        if not self._brief_candidates(word) or self._best.clean(word) is not None:
            return None
        read = self._best.pieces(word)
        if len(read) > 1:
            return None
        candidates: Sequence[Candidate] = self.candidates(word)
        # Codes that differ in marks alone are candidates each.
        if self.are_alike or raw is not None:
            candidates = sorted(
                [
                    one._replace(tag=tag, cost=one.cost + self._mark * astray)
                    for one in candidates
                    for tag, astray in self._spellings.codes_of(one.form, one.tag, raw)
                ]
            )
        size = len(word)
        abbreviation = prices["unresolved"] + prices["abbreviation"] + prices["letter"] * size
        alone = min(self._best.unresolved(word), abbreviation)
        costs = _costs_of(candidates)
        costs[()] = alone
        whole, first = read, candidates[0]
        tags = tuple([tag for _, _, tag, _ in whole if tag is not None])
        if tags not in costs:
            return None
        # A word that is read as a code by its letters may be another one by its marks.
        is_open = (not tags or raw is not None) and word not in model.words
        if is_open and first.tag not in tags and first.cost < min(alone, costs[tags]):
            others = math.fsum([math.exp((first.cost - cost) / 1000) for cost in costs.values()])
            if others < 2:
                whole, tags = whole_word(size, first.tag, first.how), (first.tag,)
        cost = costs.pop(tags)
        doubts, how = self._weigher.doubts, whole[0].how
        own = doubts.of_missing(word, cost, tags[0], how) if tags else 0.0
        return self._weigher.weighed(whole, [cost, *costs.values()], [tags, *costs], own=own)


def _costs_of(candidates: Iterable[Candidate]) -> dict[tuple[str, ...], int]:
    """What each of some candidates costs, the cheapest first, by the tags of a reading as it."""
    costs: dict[tuple[str, ...], int] = {}
    for one in candidates:
        costs.setdefault((one.tag,), one.cost)
    return costs


def _marks_of(text: str) -> frozenset[str]:
    """The characters of a text that are no letters, digits or spaces."""
    return frozenset([one for one in set(text) if not (one.isalnum() or one.isspace())])
