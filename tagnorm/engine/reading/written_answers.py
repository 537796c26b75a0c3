"""Answers by how a raw text is written, where its letters alone do not tell which code is meant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from tagnorm.engine.edits.grammar import EDIT_NAMES
from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.model import Model
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.confidence import Calibration, logistic
from tagnorm.engine.reading.spellings import Spellings
from tagnorm.engine.search.best_path import BestPath
from tagnorm.engine.search.lattice import whole_word
from tagnorm.resolution import Alternative

__all__ = ["WrittenAnswers"]

# The share of codes with a mark too many that are meant (`A++` for A+): it may be one that the
# vocabulary lacks, as a code with a letter behind it may.
_MORE_MARKS: Final = 0.9


class WrittenAnswers:
    """Turns answers for folded words into answers for the words as they are written.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> model = Model(Taxonomy.of(["C", "C++"]))
    >>> written = WrittenAnswers(model, Spellings(model), BestPath(model), Calibration.of({}))
    >>> written.of_entry("C", "c++").tags
    ('C++',)
    """

    def __init__(
        self, model: Model, spellings: Spellings, best: BestPath, calibration: Calibration
    ) -> None:
        self._model = model
        self._spellings = spellings
        self._best = best
        self._calibration = calibration
        self._accent: int = model.prices["accent"]
        self._alias_accent: int = model.prices["alias_accent"]

    def of_entry(self, word: str, raw: str) -> Answer:
        """The answer for an entry of the vocabulary.

        Where several entries differ in case, marks or punctuation alone, the one that is written
        exactly so is meant; what fits several codes is a tie.
        """
        entry, *others = self._spellings.entries_of(word, raw)
        kind = entry.how
        if entry.code.status == "attested":
            kind = "attested"
        elif entry.code.status == "retired" and entry.how == "canonical":
            kind = "retired"
        whole = whole_word(len(word), entry.code.tag, entry.how)
        share = self._calibration.known(kind) / (1 + len(others))
        if self._spellings.has_more_marks(word, raw):
            share *= _MORE_MARKS
        return Answer(whole, share, tuple([Alternative((o.code.tag,), share) for o in others]))

    def with_edit(self, answer: Answer, word: str, raw: str) -> Answer:
        """The answer for a word that is one code with an edit: of the codes with the same letters
        the one that is most like the raw text."""
        tags = answer.tags
        alike = self._spellings.most_like(word, tags[0], raw)
        if not alike or alike == [tags[0]]:
            return answer
        (piece,) = answer.pieces
        sure = answer.confidence / len(alike)
        others = [Alternative((tag,), sure) for tag in alike[1:]]
        # No alternative keeps more than the answer has now.
        others += [
            Alternative(other.tags, min(other.confidence, sure)) for other in answer.alternatives
        ]
        return Answer((piece._replace(tag=alike[0]),), sure, tuple(others))

    def with_accents(
        self, answer: Answer, word: str, raw: str, candidates: Sequence[Candidate]
    ) -> Answer:
        """The answer for a word that is one code with an edit, where the raw text has accents that
        the code does not have: each counts as another edit (`ANÁLISIS` is not ANALYSIS)."""
        tag = answer.pieces[0].tag
        meant = next((one for one in candidates if one.tag == tag), None)
        if meant is None:
            return answer
        is_alias = self._model.entries[meant.form].how == "alias"
        accent = self._alias_accent if is_alias else self._accent
        dearer = accent * self._spellings.accents_astray(meant.form, raw)
        if not dearer:
            return answer
        gap = self._best.unresolved(word) - meant.cost - dearer
        likely = self._calibration.of_share(logistic(gap / 1000))
        if gap <= 0:
            refused = Alternative(answer.tags, min(likely, 1 - likely))
            whole = whole_word(len(word))
            return Answer(whole, 1 - refused.confidence, (refused,))
        if likely >= answer.confidence:
            return answer
        # The other codes that it may be lack the same accents.
        share = likely / answer.confidence
        found = [
            Alternative(other.tags, other.confidence * share)
            for other in answer.alternatives
            if other.tags
        ]
        alone = 1 - likely - math.fsum([other.confidence for other in found])
        found.append(Alternative((), min(alone, likely)))
        found.sort(key=lambda other: -other.confidence)
        return Answer(answer.pieces, likely, tuple(found))

    def joined(self, answer: Answer, word: str, raw: str, lead: int) -> Answer:
        """The answer for joined codes, each as it is written in the raw text.

        Args:
            answer: for the folded word.
            word: the folded word.
            raw: the word as it is written.
            lead: how many marks the raw text begins with.
        """
        if len(raw) < lead + len(word):
            return answer
        pieces, share = list(answer.pieces), 1.0
        for nth, (start, end, tag, how) in enumerate(pieces):
            form = word[start:end]
            written = raw[start + lead if start else 0 : end + lead]
            if tag is None:
                continue
            if how in EDIT_NAMES:
                alike = self._spellings.most_like(form, tag, written)
            elif form in self._model.several:
                entries = self._spellings.entries_of(form, written)
                alike = [entry.code.tag for entry in entries]
            else:
                continue
            if alike:
                pieces[nth] = pieces[nth]._replace(tag=alike[0])
                share /= len(alike)
        return answer.less_sure(share)._replace(pieces=tuple(pieces))
