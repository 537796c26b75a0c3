"""Words and chunks as their neighbours see them, and what their answers tell these."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from tagnorm.engine.reading.answers import Answer, is_name_in_words
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.text.phrases import ARTICLE
from tagnorm.engine.text.tokens import JOINED

__all__ = [
    "CORRECTED",
    "Neighbour",
    "are_all_but_one",
    "are_in_words",
    "are_in_words_with_edit",
    "hold_long_code",
    "is_abbreviation",
    "is_name_with_edit",
]

# The letters that a word needs, at least, to be corrected because of what is around it.
CORRECTED: Final = 4
# The most letters that an abbreviation has.
_ABBREVIATION: Final = 6


class Neighbour(NamedTuple):
    """A word or a chunk as its neighbours see it.

    * `word` -- the folded word, empty if it is more than a single one;
    * `answers` -- what it is read as;
    * `has_tags` -- whether any of that is a code;
    * `is_certain` -- whether all of it is exactly what the vocabulary writes, or was decided;
    * `is_outside` -- whether it is certain, or a word that is known to be no code;
    * `mark` -- the marks that stand behind it;
    * `in_parentheses` -- whether it stands in parentheses;
    * `text` -- all of it, folded, with its marks;
    * `is_decided` -- whether a person decided which codes it is: then it is no word for others.
    """

    word: str
    answers: Sequence[Answer]
    has_tags: bool
    is_certain: bool
    is_outside: bool
    mark: str = ""
    in_parentheses: bool = False
    text: str = ""
    is_decided: bool = False

    @property
    def how(self) -> str:
        """How it is read, if as one code that is not certain; else empty."""
        if self.is_certain or len(self.answers) != 1:
            return ""
        pieces = self.answers[0].pieces
        return pieces[0].how if len(pieces) == 1 and pieces[0].tag is not None else ""

    @property
    def is_short(self) -> bool:
        """Whether it is certainly a code of one or two letters, or was decided to be none."""
        return self.is_certain and 0 < len(self.word) <= SHORT

    @property
    def is_long_code(self) -> bool:
        """Whether it is certainly a long code, and not in parentheses."""
        return (
            self.is_certain
            and self.has_tags
            and not self.in_parentheses
            and hold_long_code(self.answers)
        )

    @property
    def is_article(self) -> bool:
        """Whether it is the Arabic article, and nobody decided what it is."""
        return self.word == ARTICLE and not self.is_decided

    @property
    def is_name_in_words(self) -> bool:
        """Whether it is another name of a code, in words, as it stands."""
        return self.is_certain and self.has_tags and are_in_words(self.answers)

    @property
    def is_name(self) -> bool:
        """Whether it is a name in words, perhaps with an edit."""
        is_edited = not self.is_certain and are_in_words_with_edit(
            self.word or self.text, self.answers
        )
        return is_edited or self.is_name_in_words

    @property
    def has_digit(self) -> bool:
        """Whether there is a digit in it: then it is no part of a person's name."""
        return any(map(str.isdecimal, self.text))

    @property
    def is_abbreviation(self) -> bool:
        """Whether it is an abbreviation that a longer name may begin with."""
        return not self.in_parentheses and is_abbreviation(self.word, self.mark)


def is_abbreviation(word: str, mark: str) -> bool:
    """Whether a word that is no code is an abbreviation that a longer name may begin with: a
    letter, or a few letters with a full stop, by the marks behind it.

    >>> is_abbreviation("N", ""), is_abbreviation("EQUAT", "."), is_abbreviation("NEW", "")
    (True, True, False)
    """
    return word.isalpha() and (
        len(word) == 1 or (mark.startswith(".") and len(word) <= _ABBREVIATION)
    )


def are_in_words(answers: Collection[Answer]) -> bool:
    """Whether answers are nothing but names in words."""
    pieces = [piece for answer in answers for piece in answer.pieces]
    return all(is_name_in_words(how, end - start) for start, end, _, how in pieces)


def are_in_words_with_edit(word: str, answers: Sequence[Answer]) -> bool:
    """Whether the answers for a word that is not certain are one name in words with an edit: the
    word has more letters than the code itself could have with an edit.

    >>> from tagnorm import Normalizer
    >>> weigh = Normalizer().fields.reader.weigh
    >>> [are_in_words_with_edit(word, [weigh(word)]) for word in ("NARCTOICS", "SNRA", "PRELXYZ")]
    [True, False, False]
    """
    if len(answers) != 1 or len(answers[0].pieces) != 1:
        return False
    tags = answers[0].tags
    return len(tags) == 1 and is_name_with_edit(word, tags[0])


def is_name_with_edit(word: str, tag: str) -> bool:
    """Whether a word that is some code with an edit is a name of it: it has more letters than the
    code itself could have.

    >>> is_name_with_edit("NARCTOICS", "SNAR"), is_name_with_edit("SNRAR", "SNAR")
    (True, False)
    """
    return len(word) > len(tag) + 1


def are_all_but_one(
    codes: Sequence[Collection[Answer]], count: int, *, are_parted: bool = False
) -> bool:
    """Whether all but one of the words or chunks of a field are certainly codes, two at least, and
    one holds a long code, or each is written as a code in a place of its own (`PITN, GR, TU`): then
    the other one may be a code, too.

    Args:
        codes: the answers for each that is certainly codes.
        count: how many words or chunks the field has.
        are_parted: whether each of these has a place of its own.
    """
    if not len(codes) == count - 1 >= JOINED:
        return False
    return any(map(hold_long_code, codes)) or (are_parted and all(map(_are_written, codes)))


def _are_written(answers: Collection[Answer]) -> bool:
    """Whether answers are nothing but codes as they are written."""
    return all(
        how in ("canonical", "decision") for answer in answers for _, _, _, how in answer.pieces
    )


def hold_long_code(answers: Collection[Answer]) -> bool:
    """Whether answers are nothing but codes, and one of them is long: of more than two letters, and
    exactly as it is written."""
    pieces = [piece for answer in answers for piece in answer.pieces]
    if any(tag is None for _, _, tag, _ in pieces):
        return False
    return any(
        how in ("canonical", "decision") and end - start > SHORT for start, end, _, how in pieces
    )
