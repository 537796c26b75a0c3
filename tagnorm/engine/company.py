"""What a word that was left alone may be where all else in its field is codes.

Among words one that nobody knows is a word, too; in the company of codes it is likelier a code with
an edit, or two short ones run together.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from tagnorm.engine.answers import Answer
from tagnorm.engine.best_path import BestPath
from tagnorm.engine.edit_index import Candidate
from tagnorm.engine.lattice import Piece, whole_word
from tagnorm.engine.model import Model
from tagnorm.engine.weigher import Weigher

__all__ = ["Company"]

# Two short codes run together cost no more than so much each, in thousandths of a nat: others are
# so rare that the letters are an acronym as often.
_FREQUENT: Final = 5600
# By so much, at least, it is then likelier an acronym.
_RARE: Final = 1500
# Two codes of so many letters each may be run together.
_SHORT: Final = 2
_NOTHING: Final[frozenset[str]] = frozenset()


class Company:
    """Reads words in the company of codes, by one model.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> from tagnorm.engine.confidence import Calibration
    >>> model = Model(Taxonomy.load())
    >>> best = BestPath(model)
    >>> company = Company(model, best, Weigher(model, best, Calibration.of({})))
    >>> [company.may_be_code(word, out_of_time=True) for word in ("BRRA", "FRSP", "ALIREZA")]
    [True, True, False]
    """

    def __init__(self, model: Model, best: BestPath, weigher: Weigher) -> None:
        self._model = model
        self._best = best
        self._weigher = weigher
        # How much dearer it is there than elsewhere that a word is left alone.
        self.dearer: int = model.prices["company"]

    def may_be_code(self, word: str, *, out_of_time: bool = False) -> bool:
        """Whether a word that was left alone may be a code where all else in its field is codes,
        one of them perhaps `out_of_time`."""
        if self.pair(word, _NOTHING) is not None:
            return True
        candidates = self.candidates(word, _NOTHING, out_of_time=out_of_time)
        return bool(candidates) and candidates[0].cost < self._best.unresolved(word) + self.dearer

    def candidates(
        self, word: str, tags: AbstractSet[str], *, out_of_time: bool
    ) -> Sequence[Candidate]:
        """The codes that a word may be with an edit, beside some tags, the likeliest first."""
        candidates = self._best.corrections(word)
        if not candidates or word in self._model.words or word == word[:1] * len(word):
            return ()
        prices, retired = self._model.prices, self._model.retired
        if out_of_time or not retired.isdisjoint(tags):
            extra = prices["retired"] + prices["retired_edit"]
            candidates = sorted(
                one._replace(cost=one.cost - extra) if one.tag in retired else one
                for one in candidates
            )
        entries = self._model.entries
        return [
            one
            for one in candidates
            if one.tag not in tags and entries[one.form].how == "canonical"
        ]

    def pair(self, word: str, tags: AbstractSet[str]) -> Answer | None:
        """The answer for a word that may be two short codes which need company, where all else in
        its field is some tags (`PREL, PGOV, FRSP`); None if it is no such two."""
        model, prices = self._model, self._model.prices
        if len(word) != 2 * _SHORT or word in model.words or word in model.outside:
            return None
        one, other = model.entries.get(word[:_SHORT]), model.entries.get(word[_SHORT:])
        if one is None or other is None or one is other:
            return None
        if any(entry.anchor or entry.how != "canonical" for entry in (one, other)):
            return None
        read = one.code.tag, other.code.tag
        if not model.families or not tags.isdisjoint(read):
            return None
        whole = whole_word(len(word))
        pair = (*whole_word(_SHORT, read[0]), Piece(_SHORT, len(word), read[1], "canonical"))
        cost = one.cost + other.cost + prices["join"] + prices["companion_first"]
        alone = self._best.unresolved(word) + self.dearer
        if max(one.cost, other.cost) > _FREQUENT:
            cost = max(cost, alone + _RARE)
        if cost < alone:
            return self._weigher.weighed(pair, (cost, alone), (read, ()))
        return self._weigher.weighed(whole, (alone, cost), ((), read))
