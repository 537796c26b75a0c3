"""What a vocabulary says of words and of codes, whatever stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tagnorm.engine.costs import function_words, short_words
from tagnorm.engine.model import Model
from tagnorm.engine.reading.answers import Answer, is_name_in_words
from tagnorm.engine.text.phrases import GIVEN_NAMES

__all__ = ["SHORT", "Lexicon"]

# A code of no more letters is short: its letters stand in any text by chance.
SHORT: Final = 2


class Lexicon:
    """What is known by a model, without weighing how a word is to be read.

    >>> from tagnorm.vocabulary.codes import Taxonomy
    >>> lexicon = Lexicon(Model(Taxonomy.load()))
    >>> lexicon.is_everyday("THE"), lexicon.is_in_words("KUWAIT"), lexicon.need_company(["KU"])
    (True, True, True)
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        # Whether a code that is an everyday word is less sure among words that are no codes.
        self.doubts_everyday_codes: bool = model.confidence["everyday_code"] < 1.0

    def is_outside(self, word: str) -> bool:
        """Whether a word is an acronym known to be no code, or one of the words never to touch."""
        return word in self._model.outside

    def is_listed_outside(self, word: str) -> bool:
        """Whether the vocabulary lists a word as no code, and the user did not."""
        return word in self._model.outside and word not in self._model.kept

    def is_in_words(self, word: str) -> bool:
        """Whether a word is a name in words, as it is written."""
        entry = self._model.entries.get(word)
        return entry is not None and is_name_in_words(entry.how, len(word))

    def holds_long_code(self, word: str) -> bool:
        """Whether a word that is an entry or a clean segmentation holds a long code, which is no
        everyday word, nor a given name."""
        entry = self._model.entries.get(word)
        if entry is None:
            return self._model.anchor_length > SHORT
        if entry.how != "canonical" or len(word) <= SHORT or word in GIVEN_NAMES:
            return False
        return not self.is_everyday(word)

    def is_written_apart(self, word: str) -> bool:
        """Whether the vocabulary writes a word in several ways, as `US` and `U.S.`."""
        return word in self._model.alike

    def is_everyday(self, word: str) -> bool:
        """Whether a short word is one of everyday language."""
        return word in short_words()

    def is_small(self, word: str) -> bool:
        """Whether a word joins others to a sentence or a name, as `FROM` does, or is as short."""
        return len(word) <= SHORT or word in function_words()

    def is_everyday_code(self, word: str) -> bool:
        """Whether a code that is just this word may be an everyday word instead, among others."""
        return self.doubts_everyday_codes and self._model.is_like_word(word)

    def is_plural(self, word: str) -> bool:
        """Whether a word is the plural of a code that is an everyday word, and one itself."""
        return self.doubts_everyday_codes and self._model.is_known_plural(word)

    def is_doubted_among_codes(self, word: str) -> bool:
        """Whether a word of two or three letters, too short to be corrected, may be a code all the
        same where all else in its field is codes: it is no small word, nor known to be no code."""
        return (
            SHORT <= len(word) <= SHORT + 1
            and word.isalpha()
            and not (self.is_everyday(word) or self.is_outside(word))
        )

    def is_numbered(self, stem: str) -> bool:
        """Whether squashed letters are a form of the vocabulary without the number that ends it,
        where another number makes another code of it (`JUNIT`, beside `JUnit 5`)."""
        return stem in self._model.numbering().stems

    def is_numbered_at(self, form: str, at: int) -> bool:
        """Whether a letter or Roman number that ends a form, and numbers it, begins at a place."""
        return self._model.numbering().is_last_part(form, at)

    def is_numbered_before(self, head: str) -> bool:
        """Whether squashed letters are a form without the number that begins it (`1 John`)."""
        return head in self._model.numbering().heads

    def may_be_numbered(self, word: str) -> bool:
        """Whether a word is, or ends, what `is_numbered`; or is or begins what is so before it."""
        return word in self._model.numbering().beside

    @property
    def longest_stem(self) -> int:
        """How many letters the longest form has without its number; 0 if none has one."""
        return self._model.numbering().longest_stem

    def is_name(self, answers: Sequence[Answer]) -> bool:
        """Whether answers are one name of a code that needs company, which is how countries are
        told."""
        if len(answers) != 1:
            return False
        start, end, tag, how = answers[0].pieces[0]
        if tag is None or not is_name_in_words(how, end - start):
            return False
        return not self._model.taxonomy[tag].anchor

    def is_body(self, answers: Sequence[Answer], *, or_alias: bool = False) -> bool:
        """Whether answers are the code of an organization, perhaps with an edit, or an alias of one
        if that may be."""
        if len(answers) != 1 or len(answers[0].pieces) != 1:
            return False
        _, _, tag, how = answers[0].pieces[0]
        return (how != "alias" or or_alias) and tag is not None and self._model.is_body(tag)

    def need_company(self, tags: Sequence[str]) -> bool:
        """Whether all of some codes need company: none is an anchor."""
        return not any(self._model.taxonomy[tag].anchor for tag in tags)

    def are_retired(self, tags: Iterable[str]) -> bool:
        """Whether one of some codes is retired."""
        return not self._model.retired.isdisjoint(tags)

    def companions(self) -> list[str]:
        """The squashed names in words of the codes that need company."""
        return [
            form
            for form, code, how, _, _ in self._model.entries.values()
            if is_name_in_words(how, len(form)) and not code.anchor
        ]
