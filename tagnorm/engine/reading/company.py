"""What a word that was left alone may be where all else in its field is codes.

Among words an unknown word is most likely a word, too; among codes it is more likely a code with an
edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.model import Model
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.search.best_path import BestPath

__all__ = ["Company"]

# So many codes of two letters, and nothing else, may stand run together among codes.
_MOST_COMPANIONS: Final = 3
_NOTHING: Final[frozenset[str]] = frozenset()


class Company:
    """Reads words that stand among codes, by one model.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> model = Model(Taxonomy.load())
    >>> company = Company(model, BestPath(model))
    >>> [company.may_be_code(word, beside_retired=True) for word in ("BRRA", "FRSP", "ALIREZA")]
    [True, False, False]
    """

    def __init__(self, model: Model, best: BestPath) -> None:
        self._model = model
        self._best = best
        # How much more it costs to leave a word alone among codes than elsewhere.
        self.dearer: int = model.prices["company"]

    def may_be_code(self, word: str, *, beside_retired: bool = False) -> bool:
        """Whether a word that was left alone may be a code where all else in its field is codes,
        or, with `beside_retired`, where one of those is retired."""
        candidates = self.candidates(word, _NOTHING, beside_retired=beside_retired)
        return bool(candidates) and candidates[0].cost < self._best.unresolved(word) + self.dearer

    def companions_in(self, word: str) -> tuple[str, ...]:
        """The codes of two letters that need company, if a word that was left alone is nothing but
        such (`FRSP`), and neither a word nor known to be no code; else none.

        >>> from tagnorm.vocabulary.codes import Taxonomy
        >>> model = Model(Taxonomy.load())
        >>> company = Company(model, BestPath(model))
        >>> [company.companions_in(word) for word in ("FRSP", "SALT", "QXSP")]
        [('FR', 'SP'), (), ()]
        """
        model, size = self._model, len(word)
        if size % SHORT or not 1 < size // SHORT <= _MOST_COMPANIONS:
            return ()
        if word in model.words or word in model.outside:
            return ()
        found = [model.entries.get(word[at : at + SHORT]) for at in range(0, size, SHORT)]
        tags = [
            entry.code.tag
            for entry in found
            if entry is not None and entry.how == "canonical" and not entry.anchor
        ]
        return tuple(tags) if len(tags) == len(found) else ()

    def candidates(
        self, word: str, tags: AbstractSet[str], *, beside_retired: bool
    ) -> Sequence[Candidate]:
        """The codes that a word may be with an edit where all else in its field is some tags, the
        likeliest first. Beside a retired one of these, or with `beside_retired`, retired codes are
        as likely as others."""
        candidates = self._best.candidates(word)
        if not candidates or word in self._model.words or word == word[:1] * len(word):
            return ()
        prices, retired = self._model.prices, self._model.retired
        if beside_retired or not retired.isdisjoint(tags):
            extra = prices["retired"] + prices["retired_edit"]
            candidates = sorted(
                one._replace(cost=one.cost - extra) if one.tag in retired else one
                for one in candidates
            )
        entries = self._model.entries
        found = [
            one
            for one in candidates
            if one.tag not in tags and entries[one.form].how == "canonical"
        ]
        # An acronym of an organization is near other acronyms anywhere.
        return [] if found and self._model.is_body(found[0].tag) else found
