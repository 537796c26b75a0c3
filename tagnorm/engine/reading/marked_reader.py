"""Reading words of vocabularies where letters alone do not say which code is meant.

Codes of one and two letters are near almost every string that is as short, and codes with marks are
told apart by where these stand: of `75.22` and `56.22` the first is meant by `75.622`. The built-in
vocabulary has neither, so this is beside the reader and not in it.
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
    """The reader for a model, with regard to marks and to short codes where it has such.

    >>> from tagnorm import Taxonomy
    >>> reader = reader_of(Model(Taxonomy.of(["75.22", "56.22", "He", "Xe"])))
    >>> answer = reader.weigh("75622")
    >>> answer.tags, reader.as_written(answer, "75622", "75.622").tags
    (('56.22',), ('75.22',))
    """
    is_plain = model.brief_edits is None and not model.weighs_marks
    return Reader(model) if is_plain else MarkedReader(model)


class MarkedReader(Reader):
    """Reads folded words by a model whose codes have marks, or are of one or two letters."""

    def __init__(self, model: Model) -> None:
        super().__init__(model)
        self._brief = model.brief_edits
        self._most_brief = model.most_brief
        self._mark = model.prices["mark"]
        # The marks that codes are written with, where these are weighed.
        self._marks: frozenset[str] = frozenset()
        if self.are_marks_weighed:
            self._marks = _marks_of("".join([code.tag for code in model.taxonomy]))
        self.word = self._word
        # What a word is may hang on its marks, so nothing is said of folded words alone.
        self.at_once = dict[str, str]().get

    def _word(self, text: object, unresolved: object) -> list[str] | None:
        """The tags of a raw string that is one word; None too if it may be a code of a letter or
        two with an edit, or if its marks count."""
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
        """The codes that one edit may have turned into a word, short ones too, the likeliest
        first."""
        found = self._best.corrections(word)
        if self._brief is None or len(word) > self._most_brief or word in self._model.outside:
            return found
        return sorted([*self._brief.candidates(word), *found])

    def pieces(self, word: str, context: AbstractSet[str] = _NOTHING) -> tuple[Piece, ...]:
        """The pieces of the answer for a word."""
        pieces = super().pieces(word, context)
        if len(word) > self._most_brief or len(pieces) > 1 or pieces[0].tag is not None:
            return pieces
        brief = self._answer_of_brief(word)
        if brief is None or (brief.pieces[0].tag in context and self._best.corrections(word)):
            return pieces
        return brief.pieces

    def is_settled(self, word: str) -> bool:
        """Whether a word that is read as one code is surely that, whatever stands in its field."""
        if len(word) <= self._most_brief and not self._best.corrections(word):
            return False
        return super().is_settled(word)

    def answer(self, word: str, context: AbstractSet[str] = _NOTHING) -> Answer:
        """The answer for a word, with its confidence and the alternatives."""
        brief = self._answer_of_brief(word) if len(word) <= self._most_brief else None
        if brief is None or (brief.pieces[0].tag in context and self._best.corrections(word)):
            return super().answer(word, context)
        return brief

    def answer_among(self, word: str, candidates: Sequence[Candidate], dearer: int = 0) -> Answer:
        """The answer for a word that is one of some candidates, or is left alone; of codes of a
        letter or two that are as near as one another none is meant."""
        answer = super().answer_among(word, candidates, dearer)
        is_tie = bool(answer.tags) and 2 * answer.confidence <= 1
        if not is_tie or not self._model.is_brief_form(candidates[0].form):
            return answer
        costs = _costs_of(candidates)
        alone = self._best.unresolved(word) + dearer
        return self._weigher.weighed(whole_word(len(word)), [alone, *costs.values()], [(), *costs])

    def as_written(self, answer: Answer, word: str, raw: str, lead: int = 0) -> Answer:
        """An answer with the marks of the raw text weighed: of two codes that are as near, that
        which has its marks there is meant."""
        if self.is_brief(word):
            first = self._best.pieces(word)[0].tag
            # In its context another code may have come first.
            if first is not None and answer.pieces[0].tag != first:
                return answer
            brief = self._answer_of_brief(word, raw)
            if brief is not None:
                return brief
        if self.are_marks_weighed and answer.tags:
            answer = self._by_marks(answer, word, raw)
        return super().as_written(answer, word, raw, lead)

    def is_brief(self, word: str) -> bool:
        """Whether a folded word may be a code of a letter or two with an edit, and marks count."""
        return (
            self.are_marks_weighed
            and len(word) <= self._most_brief
            and word not in self._model.entries
            and self._best.clean(word) is None
        )

    def may_lack_letter(self, word: str, gap: int) -> bool:
        """Whether a word may be a code that has lost a letter, or a mark, at a gap."""
        return bool(self.candidates(word))

    def is_nearly_written(self, word: str, raw: str) -> bool:
        """Whether an entry is written with marks, and a raw text is one edit from that."""
        entry = self._model.entries.get(word)
        if not self.are_marks_weighed or entry is None or entry.code.tag.isalnum():
            return False
        return self._spellings.marks_astray(word, fold_case(raw)) <= 0

    def as_near_as_written(self, word: str, raw: str) -> list[Candidate]:
        """The candidates for a folded word that have marks, and are one edit away with these."""
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
        """The answer for a text whose parts are all codes, where it is likelier one code with an
        edit, or None where it is not; and how sure that is."""
        model = self._model
        candidates = self.as_near_as_written(word, raw)
        if not candidates and self._marks.issuperset(_marks_of(raw)):
            # A mark may be one too many for a code that has all the letters.
            candidates = self._spellings.with_mark_too_many(word, raw)
        if not candidates:
            return None, 1.0
        parted = model.prices["join"] * (len(parts) - 1)
        for tag in parts:
            parted += model.price_of_code(tag)
        if len(raws) == len(parts):
            # `0` is nearly `0+`.
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
        own = self._weigher.doubts.of_missing(word, cost, first.tag)
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
        # In its context another code may have come first.
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
        # What else it may be, joined codes and none, stays as far behind the likeliest code.
        likeliest = nearest[piece.tag].cost
        for other in answer.alternatives:
            if other.confidence > 0 and (len(other.tags) != 1 or other.tags[0] not in nearest):
                behind = 1000 * math.log(other.confidence / answer.confidence)
                costs[other.tags] = likeliest - round(behind)
        cost = costs.pop(tags)
        own = self._weigher.doubts.of_missing(word, cost, tags[0])
        return self._weigher.weighed(whole, [cost, *costs.values()], [tags, *costs], own=own)

    def _answer_of_brief(self, word: str, raw: str | None = None) -> Answer | None:
        """The answer for a word that may be a code of a letter or two with an edit, or None if it
        is near none.

        Most of what is so short is near several: it is corrected only if one is likelier than all
        else together, and an everyday word never is. What else it may be counts in the confidence.
        In a `raw` text every mark counts.
        """
        model, prices = self._model, self._model.prices
        if self._brief is None or word in model.entries or word in model.outside:
            return None
        if not self._brief.candidates(word) or self._best.clean(word) is not None:
            return None
        read = self._best.pieces(word)
        if len(read) > 1:
            return None
        candidates: Sequence[Candidate] = self.candidates(word)
        # Of codes that differ in marks alone each is one: what has none fits all of them.
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
        # By letters alone the word is what it is read as; its marks may say that it is another.
        is_open = (not tags or raw is not None) and word not in model.words
        if is_open and first.tag not in tags and first.cost < min(alone, costs[tags]):
            others = math.fsum([math.exp((first.cost - cost) / 1000) for cost in costs.values()])
            if others < 2:
                whole, tags = whole_word(size, first.tag, first.how), (first.tag,)
        cost = costs.pop(tags)
        own = self._weigher.doubts.of_missing(word, cost, tags[0]) if tags else 0.0
        return self._weigher.weighed(whole, [cost, *costs.values()], [tags, *costs], own=own)


def _costs_of(candidates: Iterable[Candidate]) -> dict[tuple[str, ...], int]:
    """What each code costs of some candidates, the cheapest first; as the tags of a reading."""
    costs: dict[tuple[str, ...], int] = {}
    for one in candidates:
        costs.setdefault((one.tag,), one.cost)
    return costs


def _marks_of(text: str) -> frozenset[str]:
    """The characters of a text that are no letters, digits or spaces."""
    return frozenset([one for one in set(text) if not (one.isalnum() or one.isspace())])
