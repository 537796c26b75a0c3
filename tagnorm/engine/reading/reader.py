"""Reading words: the answer for each, remembered, by itself and in its field."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

from tagnorm.engine.edits.index import Candidate
from tagnorm.engine.memory import Memory
from tagnorm.engine.model import Model
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.company import Company
from tagnorm.engine.reading.confidence import Calibration
from tagnorm.engine.reading.lexicon import Lexicon
from tagnorm.engine.reading.spellings import Spellings
from tagnorm.engine.reading.written_answers import WrittenAnswers
from tagnorm.engine.search.best_path import LONG, BestPath
from tagnorm.engine.search.lattice import Piece, whole_word
from tagnorm.resolution import Alternative

if TYPE_CHECKING:
    from tagnorm.engine.reading.weigher import Weigher

__all__ = ["Reader"]

# A correction is sure if every other reading costs at least so much more, in thousandths of a nat.
_SURE: Final = 3000
# The chance that two words that are no codes, but spell a long one together, are that code, torn.
_TORN_PROBABILITY: Final = 0.5
# The letters that a code needs, at least, for two words side by side to be that code, torn.
_SHORTEST_TORN: Final = 4
_NOTHING: frozenset[str] = frozenset()
# Stands for a word that is neither an entry nor a clean segmentation, where those are remembered.
_UNCERTAIN: Final = Answer((), 0.0)


class Reader:
    """Reads folded words by one model; `tagnorm.engine.fields` reads whole fields by them.

    A field hardly ever holds a tag twice. So the tags that stand certainly in a field, its
    `context`, make it less likely that another word is one of them with an edit.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> reader = Reader(Model(Taxonomy.load()))
    >>> reader.pieces("ETTD")[0].tag, reader.pieces("ETTD", {"ETTC"})[0].tag
    ('ETTC', 'ETRD')
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._best = BestPath(model)
        self.lexicon = Lexicon(model)
        # The tag of each entry of the vocabulary, by its form.
        self.tags = self._best.tags
        # How many letters a part of a chunk needs to be corrected, or to make the other parts
        # codes.
        self.shortest: float = model.costs["shortest_code"]
        # Whether there are codes that differ in case, marks or punctuation alone.
        self.are_alike = bool(model.several)
        # Whether it counts where marks stand.
        self.are_marks_weighed: bool = model.weighs_marks
        # The forms that may have an edit among joined codes.
        self.joined_forms = model.joined_forms
        # Gives the tags of a raw string that is one word: see `BestPath.word`.
        self.word = self._best.word
        # Gives the tag of a folded word that can be nothing else, "" if it is surely no code; None
        # for all other words.
        self.at_once = self._best.at_once
        self._repeated = model.prices["repeated"]
        calibration = Calibration(model.confidence)
        self._known = calibration.known
        # What is left of the confidence of a code beside words, where these may be one name of
        # something else together (`JORDAN RIVER`, `TORA BORA`).
        self.beside_words = self._known("beside_words")
        # The same of codes that are everyday words, where these may be a sentence together.
        self.everyday_code = self._known("everyday_code")
        # The same of a word that is too short to be corrected, and is left alone among codes.
        self._short_among_codes = self._known("short_among_codes")
        # Whether an accent that no code has is an edit.
        self._are_accents_weighed: bool = model.prices["accent"] + model.prices["alias_accent"] > 0
        # Entries of fewer letters are never corrected.
        self._least_edited = min(self.shortest, model.costs["shortest_untied"])
        self._calibration = calibration
        self._made_weigher: Weigher | None = None
        self._company = Company(model, self._best)
        self._spellings = Spellings(model)
        self._written = WrittenAnswers(model, self._spellings, self._best, calibration)
        self._pieces: Memory[tuple[Piece, ...]] = Memory()
        self._answers: Memory[Answer] = Memory()
        # The answers for the entries of the vocabulary, where case and marks tell none apart.
        self._of_entries: dict[str, Answer] = {}
        # The answers for other words that are certain: without confidence, and with it.
        self._certain: tuple[Memory[Answer], Memory[Answer]] = (Memory(), Memory())

    @property
    def _weigher(self) -> Weigher:
        """Weighs the readings of words; imported and made when the first one is weighed."""
        if self._made_weigher is None:
            from tagnorm.engine.reading.weigher import Weigher  # noqa: PLC0415

            self._made_weigher = Weigher(self._model, self._best, self._calibration)
        return self._made_weigher

    def read(self, word: str, context: AbstractSet[str] = _NOTHING) -> tuple[Piece, ...]:
        """`pieces`, remembered, since many fields share their words."""
        found = self._pieces.get(word)
        if found is None:
            found = self._pieces.add(word, self.pieces(word))
        if len(found) == 1 and found[0].tag in context:
            return self.pieces(word, context)
        return found

    def weigh(self, word: str, context: AbstractSet[str] = _NOTHING) -> Answer:
        """`answer`, remembered."""
        found = self._answers.get(word)
        if found is None:
            found = self._answers.add(word, self.answer(word))
        if not context or len(found.pieces) > 1 or found.pieces[0].tag not in context:
            return found
        # Only those codes of the context matter that the word may be.
        others = {other.tags[0] for other in found.alternatives if len(other.tags) == 1}
        beside = sorted(context & {*others, *found.tags})
        key = "\n".join([word, *beside])
        return self._answers.get(key) or self._answers.add(key, self.answer(word, set(beside)))

    def forget(self) -> None:
        """Forget the words that were read."""
        self._pieces.clear()
        self._answers.clear()
        for certain in self._certain:
            certain.clear()

    def clean(self, word: str) -> list[str] | None:
        """The tags of an entry of the vocabulary or of a clean segmentation, or None."""
        entry = self._model.entries.get(word)
        return self._best.clean(word) if entry is None else [entry.code.tag]

    def pieces(self, word: str, context: AbstractSet[str] = _NOTHING) -> tuple[Piece, ...]:
        """The pieces of the answer for a word."""
        if len(word) > LONG and self.clean(word) is None:
            return self._best.long(word, LONG)
        # Mostly the caller has asked before whether the word is certain.
        if self._certain[False].get(word) is _UNCERTAIN:
            pieces = self._best.uncertain_pieces(word)
        else:
            pieces = self._best.pieces(word)
        if pieces[0].tag not in context or len(pieces) > 1 or word in self._model.entries:
            return pieces
        if self.is_settled(word):
            return pieces
        return self._weigher.readings(word, context)[0].all_pieces()

    def is_like_code(self, word: str) -> bool:
        """Whether a word has the shape of codes, and may be one that the vocabulary lacks."""
        return self._weigher.doubts.likeness(word) > 0

    def left_side_by_side(self, words: Sequence[str], sure: float, size: int) -> Answer:
        """The answer for words that stay unresolved side by side: two that spell a long code
        together may be that code, torn (`PR EL`).

        Args:
            words: the words in order; one that is more than a word is empty.
            sure: the least of their confidences.
            size: the letters from the first word to the end of the last, and what is between.
        """
        whole = whole_word(size)
        is_pair = len(words) == 2 and all(words)
        entry = self._model.entries.get("".join(words)) if is_pair else None
        if entry is None or entry.how != "canonical" or not entry.anchor:
            return Answer(whole, sure)
        if len(entry.form) < _SHORTEST_TORN:
            return Answer(whole, sure)
        other = Alternative((entry.code.tag,), sure * _TORN_PROBABILITY)
        return Answer(whole, sure * (1 - _TORN_PROBABILITY), (other,))

    def is_settled(self, word: str) -> bool:
        """Whether a word that was corrected is surely that code, whatever else its field holds."""
        return self._best.settled(word, self._repeated)

    def is_sure(self, word: str) -> bool:
        """Whether a word is so surely one code with an edit that it is that even among words."""
        return bool(self._best.candidates(word)) and self._best.settled(word, _SURE)

    def answer(self, word: str, context: AbstractSet[str] = _NOTHING) -> Answer:
        """The answer for a word, with its confidence and the alternatives."""
        # Mostly the caller has asked before whether the word is certain.
        if self._certain[True].get(word) is not _UNCERTAIN:
            if word in self._model.entries:
                return self.answer_of_entry(word, word)
            clean = self.answer_of_clean(word)
            if clean is not None:
                return clean
        if len(word) > LONG:
            return Answer(self._best.long(word, LONG), self._known("long"))
        if not self._best.may_be_segmented(word):
            answer = self.answer_among(word, self._best.candidates(word))
            if not context or answer.pieces[0].tag not in context:
                return answer
        return self._weigher.answer(word, context)

    def certain_answer(self, word: str, raw: str, *, weighed: bool) -> Answer | None:
        """The answer for a word that is an entry or a clean segmentation, by how it is written;
        None if it is neither. Its confidence is right only if it is `weighed`."""
        if not raw.isascii() and self.is_other_word(word, raw):
            return None
        entry = self._of_entries.get(word)
        if entry is not None:
            return entry
        remembered = self._certain[weighed]
        found = remembered.get(word)
        if found is None:
            if word in self.tags:
                return self.answer_of_entry(word, raw)
            clean = self.answer_of_clean(word, weighed=weighed)
            found = _UNCERTAIN if clean is None else self.as_written(clean, word, raw)
            if not self.are_alike:
                remembered.add(word, found)
        return None if found is _UNCERTAIN else found

    def is_other_word(self, word: str, raw: str) -> bool:
        """Whether a raw text that has the letters of an entry is another word: it has an accent
        that the entry has not, or the like, which counts as an edit, and the entry is too short to
        have one."""
        return (
            self._are_accents_weighed
            and len(word) < self._least_edited
            and word in self.tags
            and self._spellings.is_other_word(word, raw)
        )

    def is_written(self, word: str, raw: str) -> bool:
        """Whether a word that is an entry or a clean segmentation is nothing but codes as they are
        written, by how it is written.

        >>> from tagnorm import Normalizer
        >>> reader = Normalizer().fields.reader
        >>> reader.is_written("PRELPGOV", "prelpgov"), reader.is_written("KUWAIT", "Kuwait")
        (True, False)
        """
        if word not in self.tags:
            return True
        return self._spellings.entries_of(word, raw)[0].how == "canonical"

    def answer_of_entry(self, word: str, raw: str) -> Answer:
        """The answer for an entry of the vocabulary, by the way it is written."""
        answer = self._written.of_entry(word, raw)
        # It is not remembered where another way to write the word means another entry.
        if self.are_alike or word in self._model.alike:
            return answer
        return self._of_entries.setdefault(word, answer)

    def answer_of_clean(self, word: str, *, weighed: bool = True) -> Answer | None:
        """The answer for a clean segmentation, or None if the word is none. Its confidence is right
        only if it is `weighed`."""
        clean = self._best.clean(word)
        if clean is None:
            return None
        pieces, sure = self._best.clean_pieces(clean, len(word)), self._known("clean")
        if not weighed or self._model.entries[word[pieces[-1].start :]].anchor:
            return Answer(pieces, sure)
        known = self._answers.get(word)
        if known is not None:
            return known
        answer = self._weigher.answer_of_clean(word, clean, pieces)
        if answer.confidence > sure:
            answer = answer._replace(confidence=sure)
        return self._answers.add(word, answer)

    def candidates(self, word: str) -> Sequence[Candidate]:
        """The codes that a word which is no entry may be with an edit, the likeliest first."""
        return self._best.candidates(word)

    def may_lack_letter(self, word: str, gap: int) -> bool:
        """Whether a word may be a code that has lost the letter at a gap."""
        model = self._model
        return word not in model.uncorrected and model.edits.may_lack_letter(word, gap)

    # What follows is about marks and codes of a letter or two: `MarkedReader` answers for the
    # vocabularies that have such.

    def is_brief(self, word: str) -> bool:
        """Whether marks count, and a folded word is so short that it may be a code of a letter or
        two with an edit."""
        return False

    def is_nearly_written(self, word: str, raw: str) -> bool:
        """Whether marks count, and an entry is written with some, of which one at most is wrong in
        a raw text."""
        return False

    def as_near_as_written(self, word: str, raw: str) -> list[Candidate]:
        """The codes that a word may be with an edit, as far as they have marks, and the raw text is
        one edit from them with these, too."""
        return []

    def answer_for_parts(
        self, word: str, raw: str, parts: Sequence[str], raws: Sequence[str]
    ) -> tuple[Answer | None, float]:
        """The answer for a chunk whose parts are all codes, if it is likelier to be one code with
        an edit, else None; and how sure either is.

        Args:
            word: the letters of the chunk.
            raw: the chunk as it is written.
            parts: the codes of its parts.
            raws: the parts as they are written.
        """
        return None, 1.0

    def tag_as_written(
        self, word: str, piece: Piece, raws: Sequence[str]
    ) -> tuple[str, int] | None:
        """Which code a piece means, if several have its letters, and the index of the raw text that
        tells so: see `Spellings.tag_of`."""
        return self._spellings.tag_of(word, piece, raws)

    def as_written(self, answer: Answer, word: str, raw: str, lead: int = 0) -> Answer:
        """The answer for a folded word turned into that for the word as it is written.

        Codes that differ in marks or case alone, such as `C++` and `C`, have the same letters: the
        one that is most like the raw text is meant.

        Args:
            answer: for the folded word.
            word: the folded word.
            raw: the word as it is written.
            lead: how many marks the raw text begins with.
        """
        is_one = len(answer.pieces) == 1
        if not raw.isascii() and self._are_accents_weighed and is_one and answer.tags:
            if self.is_other_word(word, raw):
                sure = self._known("accented")
                refused = Alternative(answer.tags, 1 - sure)
                return Answer(whole_word(len(word)), sure, (refused,))
            answer = self._written.with_accents(answer, word, raw, self.candidates(word))
        if not self.are_alike or not answer.tags:
            return answer
        if is_one:
            return self._written.with_edit(answer, word, raw)
        return self._written.joined(answer, word, raw, lead)

    def may_be_code(self, word: str, *, beside_retired: bool = False) -> bool:
        """Whether a word that was left alone may be a code where all else in its field is codes,
        or, with `beside_retired`, where one of those is retired."""
        return self._company.may_be_code(word, beside_retired=beside_retired)

    def in_company(self, word: str, tags: AbstractSet[str]) -> Answer | None:
        """The answer for a word that was left alone, where all else in its field is some tags: one
        code with an edit, or None if it stays unresolved all the same.

        Among codes an unknown word is more likely a code with an edit than elsewhere. Beside a
        retired code others are as likely as any.
        """
        company = self._company
        candidates = company.candidates(word, tags, beside_retired=False)
        answer = self.answer_among(word, candidates, company.dearer)
        return answer if answer.tags else None

    def is_doubted_in_company(self, word: str) -> bool:
        """Whether a word that was left alone is less sure to be none where all else in its field is
        codes: it is too short to be corrected, or nothing but codes of two letters."""
        return self._short_among_codes < 1.0 and (
            self.lexicon.is_doubted_among_codes(word) or bool(self._company.companions_in(word))
        )

    def doubted_in_company(self, word: str, alone: Answer) -> Answer:
        """The answer for a word that was left alone where all else in its field is codes: it may be
        a code with an edit that cannot be told, or the codes of two letters that it spells."""
        if not self.is_doubted_in_company(word):
            return alone
        found = alone.less_sure(self._short_among_codes)
        tags = self._company.companions_in(word)
        if not tags:
            return found
        told = math.fsum(other.confidence for other in found.alternatives)
        # No alternative is likelier than the answer.
        left = min(1 - found.confidence - told, found.confidence)
        return found._replace(alternatives=(Alternative(tags, left), *found.alternatives))

    def answer_among(self, word: str, candidates: Sequence[Candidate], dearer: int = 0) -> Answer:
        """The answer for a word that is one of some candidates, the cheapest first, or is left
        alone, which costs `dearer` more than usual."""
        return self._weigher.answer_among(word, candidates, dearer)
