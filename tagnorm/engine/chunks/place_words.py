"""Which neighbours of a place are words, or belong to words: the rules, one by one.

In which order they apply is told in `tagnorm.engine.chunks.among_words`; those of names are in
`tagnorm.engine.chunks.neighbour_names`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from tagnorm.engine.chunks.neighbours import (
    CORRECTED,
    Neighbour,
    are_in_words,
    are_in_words_with_edit,
    hold_long_code,
)
from tagnorm.engine.chunks.short_codes import (
    are_joined,
    begins_name,
    is_before_name,
    is_only_country,
    may_belong,
)
from tagnorm.engine.prices.code_prices import BRIEF
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.reading.reader import Reader
from tagnorm.engine.text.phrases import (
    CONJUNCTIONS,
    ENDINGS,
    GIVEN_NAMES,
    HARDLY_CODES,
    JOINING,
    NUMBERED,
    NUMERAL,
    PREPOSITIONS,
    SMALL,
    is_assimilated,
    least_before,
)

__all__ = ["PlaceWords"]

# A number of more digits hardly counts anything: it is a year, or a number of something.
_COUNTED: Final = 3


class PlaceWords:
    """The neighbours of a place, and which of them are words: more and more as rules are applied.

    * `is_word` -- for each neighbour, whether it is a word that is no code, or belongs to one;
    * `belonging` -- the indices of the codes that were found to belong to words;
    * `conjunctions` -- those of the words that join two codes, as AND does (`US AND UK`);
    * `has_company` -- whether a long code stands in the place, or before it.
    """

    def __init__(self, neighbours: Sequence[Neighbour], reader: Reader) -> None:
        self._neighbours = neighbours
        self._reader = reader
        self._lexicon = reader.lexicon
        self.belonging: list[int] = []
        self.has_company = False
        # What is known to be no code is no word that others belong to, but for an Arabic name.
        self.is_word = [
            not one.has_tags and (not one.is_outside or (at > 0 and neighbours[at - 1].is_article))
            for at, one in enumerate(neighbours)
        ]
        self.conjunctions = [
            at
            for at, one in enumerate(neighbours)
            if one.word in CONJUNCTIONS and not one.is_decided and self._joins_codes(at)
        ]
        if reader.lexicon.doubts_everyday_codes and self._are_only_joined():
            self.conjunctions = list(range(1, len(neighbours), 2))
        for at in self.conjunctions:
            self.is_word[at] = False

    def _are_only_joined(self) -> bool:
        """Whether all of the place is codes with a word between them that joins such (`S oder M`,
        `en to de`), and not only small words (`be or no`, `He and I`)."""
        neighbours = self._neighbours
        codes, joining = range(0, len(neighbours), 2), neighbours[1::2]
        if len(codes) != len(joining) + 1 or not joining:
            return False
        if not all(one.word in JOINING for one in joining):
            return False
        if not all(one.is_certain and one.has_tags for one in neighbours[::2]):
            return False
        others = [at for at in codes if not self.is_small_word(at)]
        return len(others) == len(codes) or any(len(neighbours[at].word) > 1 for at in others)

    def is_labelled(self, at: int) -> bool:
        """Whether a colon stands before what is last in the place, and a word before that (`size:
        M`); few letters with an edit are no code there either (`size: XXL`, where there is XL)."""
        one, last = self._neighbours[at], len(self._neighbours) - 1
        if not self._lexicon.doubts_everyday_codes:
            return False
        if not one.is_certain and len(one.word) < CORRECTED:
            return False
        return 0 < at == last and self.is_word[at - 1] and self._neighbours[at - 1].mark == ":"

    def is_small_word(self, at: int) -> bool:
        """Whether a code of two letters is an everyday word (`Smoker: no`)."""
        one = self._neighbours[at]
        is_open = one.is_short and not one.is_decided
        return is_open and self._lexicon.is_everyday(one.word)

    def leave_alone(self, found: Collection[int]) -> None:
        """Take the neighbours with some indices for words, but for what a person decided."""
        for at in found:
            if not (self.is_word[at] or self._neighbours[at].is_decided):
                self.is_word[at] = True
                self.belonging.append(at)

    def _joins_codes(self, at: int) -> bool:
        """Whether a conjunction stands between two codes, or leads to the last code of a list whose
        separators are before it (`PREL, PGOV, AND PK`)."""
        if at == 0 and len(self._neighbours) == 2:
            return self._neighbours[1].is_short and self._neighbours[1].word not in SMALL
        if not 0 < at < len(self._neighbours) - 1:
            return False
        if self.is_word[at - 1] or self.is_word[at + 1]:
            return False
        one, other = self._neighbours[at - 1], self._neighbours[at + 1]
        if one.is_short and other.is_short:
            return are_joined(one.word, other.word, self._lexicon)
        return not any(
            may_belong(beside.word, self._lexicon) for beside in (one, other) if beside.is_short
        )

    def torn(self) -> list[int]:
        """The codes with a letter lost at a gap, where the two words at the gap look like another
        code: `X 90` is not B90 with the B lost, but a code X90 that the vocabulary lacks."""
        found = []
        for at, one in enumerate(self._neighbours):
            how = "" if self.is_word[at] else one.how
            beside = at - 1 if how == "drop_first" else at + 1 if how == "drop_last" else -1
            if not 0 <= beside < len(self._neighbours) or not self.is_word[beside]:
                continue
            left, right = [self._neighbours[each].word for each in sorted((at, beside))]
            meet_at_number = left[-1:].isdecimal() != right[:1].isdecimal()
            if meet_at_number and self._reader.is_like_code(left + right):
                found.append(at)
        return found

    def has_long_code(self) -> bool:
        """Whether a long code stands in the place that is no everyday word, as AID is in
        `AID WORKERS`, and not by itself what is a given name, too (`IRA SILVERMAN`)."""
        codes = [at for at, one in enumerate(self._neighbours) if one.has_tags]
        if len(codes) == 1 and self._neighbours[codes[0]].word in GIVEN_NAMES:
            return False
        is_everyday = self._lexicon.is_everyday
        return any(
            not is_word and hold_long_code(one.answers) and not is_everyday(one.word)
            for one, is_word in zip(self._neighbours, self.is_word, strict=True)
        )

    def has_long_word(self, first: int, last: int) -> bool:
        """Whether a word of three letters or more, or what is more than a word, stands from one
        index on and before another: the only code may be part of a name (`JORDAN RIVER`)."""
        return any(
            self.is_word[at] and (not word or (len(word) > SHORT and word.isalpha()))
            for at, word in enumerate([one.word for one in self._neighbours[first:last]], first)
        )

    def _has_small_word(self, first: int, last: int) -> bool:
        """Whether a small word stands at some index, and more before another (`in general`)."""
        word = self._neighbours[first].word
        is_small = self.is_word[first] and len(word) == SHORT and self._lexicon.is_everyday(word)
        return is_small and last - first > 1

    def small_words(self) -> list[int]:
        """The short codes that are small words of a sentence, two or more side by side, with a word
        before or behind them (`IT IS CLEAR`)."""
        found: list[int] = []
        is_word, first = self.is_word, 0
        for at, one in enumerate([*self._neighbours, None]):
            if one is not None and one.is_short and one.word in SMALL and not one.is_decided:
                continue
            if at - first > 1 and any([*is_word[first - 1 : first], *is_word[at : at + 1]]):
                found += range(first, at)
            first = at + 1
        return found

    def ends_of_lists(self, context: AbstractSet[str]) -> list[int]:
        """The short codes that are the only country of a field, at the end of a list of long codes
        and before words (`PGOV PREL TU KURDISH ISSUES`): hardly any field has no country."""
        is_word = self.is_word
        return [
            at
            for at in range(1, len(is_word) - 1)
            if is_word[at + 1] and not is_word[at] and self._ends_list(at, context)
        ]

    def _ends_list(self, at: int, context: AbstractSet[str]) -> bool:
        """Whether a code before a word is the only country of a field, at the end of a list."""
        one, behind = self._neighbours[at], self._neighbours[at + 1]
        if not (one.is_short and may_belong(one.word, self._lexicon)):
            return False
        if not behind.word.isalpha() or behind.in_parentheses:
            return False
        least = least_before(one.word, behind.word)
        before = range(at - least, at)
        if not least or before[0] < 0:
            return False
        if any(self.is_word[each] or not self._neighbours[each].is_long_code for each in before):
            return False
        return is_only_country(one, context, self._lexicon)

    def everyday_words(self, codes: set[int]) -> list[int]:
        """Those of some codes, by their indices, that may be words of a sentence (`the letter was
        sent`): all that stand there with a longer word, and nothing but full stops between them,
        are everyday words."""
        neighbours, found, first = self._neighbours, list[int](), 0
        for at, one in enumerate(neighbours, start=1):
            if at < len(neighbours) and (not one.mark or one.mark.startswith(".")):
                continue
            here = [each for each in range(first, at) if not self.is_word[each]]
            if codes.issuperset(here) and (
                self.has_long_word(first, at) or self._has_small_word(first, at)
            ):
                found += here if all(map(self._is_everyday_code, here)) else ()
            first = at
        return found

    def _is_everyday_code(self, at: int) -> bool:
        """Whether a code that nobody decided is just an everyday word, or the plural of one."""
        one, lexicon = self._neighbours[at], self._lexicon
        if one.is_decided:
            return False
        return lexicon.is_everyday_code(one.word) if one.is_certain else lexicon.is_plural(one.word)

    def prepositions(self) -> list[int]:
        """The prepositions that join a name in words before them to an organization, to another
        such name or to a country (`TAIWAN IN WHO`, `CHINA TO US`)."""
        neighbours, is_word = self._neighbours, self.is_word
        return [
            at
            for at in range(1, len(is_word) - 1)
            if neighbours[at].word in PREPOSITIONS
            and not any(is_word[at - 1 : at + 2])
            and not (neighbours[at - 1].mark or neighbours[at].mark)
            and neighbours[at - 1].is_name
            and (neighbours[at + 1].is_name or self._may_lead(at))
        ]

    def may_be_no_code(self, at: int, listed: Collection[int]) -> bool:
        """Whether what stays a code beside others may be a part of a name or of a sentence.

        Args:
            at: its index.
            listed: those that are a code since they end a list.
        """
        if self._may_begin_name(at):
            return True
        return self.has_company and (at in listed or self._may_be_word(at) or self._may_join(at))

    def _may_be_word(self, at: int) -> bool:
        """Whether a code with an edit, which is not sure, stands beside a longer word and may be a
        word like that (`ELIN SVENSSON`)."""
        one = self._neighbours[at]
        if not one.how or self._reader.is_sure(one.word):
            return False
        return (at > 0 and self.has_long_word(at - 1, at)) or self.has_long_word(at + 1, at + 2)

    def _may_begin_name(self, at: int) -> bool:
        """Whether a short code behind another stands before a word, and names begin so
        (`PREL CH BO XILAI`)."""
        one, others = self._neighbours[at], self._neighbours[at + 1 : at + 2]
        return (
            one.is_short
            and self._is_behind_short_code(at)
            and may_belong(one.word, self._lexicon)
            and self._is_word_behind(at)
            and not any(other.has_digit or other.in_parentheses for other in others)
        )

    def _may_join(self, at: int) -> bool:
        """Whether a short code that often is a country stands behind a word, as a preposition does
        that joins that to a code (`PREL FORCES IN IZ`)."""
        one = self._neighbours[at]
        return (
            one.is_short
            and one.word in PREPOSITIONS
            and 0 < at < len(self._neighbours) - 1
            and (self._is_word_before(at) or self._neighbours[at - 1].is_name)
        )

    def belongs(self, at: int) -> bool:
        """Whether a short code, or one with an edit that is not sure, belongs to a word beside
        it."""
        is_behind, follows = self._is_word_before(at), self._is_word_behind(at)
        if not (is_behind or follows):
            return False
        if self._neighbours[at].is_short:
            return self._short_belongs(at)
        # A number that counts it is no word that it belongs to (`3 flutse`).
        if at == 1 and not follows and self._is_count(*self._neighbours[:2]):
            return False
        return self._correction_belongs(at)

    def _is_count(self, one: Neighbour, counted: Neighbour) -> bool:
        """Whether a neighbour is a number of a few digits, with nothing but spaces between it and
        something that may be a word: few letters may be numbered instead (`4 C`)."""
        is_number = one.text.isdecimal() and len(one.text) <= _COUNTED and not one.mark
        return is_number and len(counted.word) > BRIEF and self._lexicon.doubts_everyday_codes

    def _is_behind_short_code(self, at: int) -> bool:
        return at > 0 and self._neighbours[at - 1].is_short and self._neighbours[at - 1].has_tags

    def _is_word_before(self, at: int) -> bool:
        return at > 0 and self.is_word[at - 1] and not self.is_labelled(at)

    def _is_word_behind(self, at: int) -> bool:
        # A colon leads to what is said of a code (`Na: 140`); on cables it stands behind RE, too.
        is_label = self._lexicon.doubts_everyday_codes and self._neighbours[at].mark == ":"
        is_label = is_label and not self.is_small_word(at)
        return not is_label and at + 1 < len(self.is_word) and self.is_word[at + 1]

    def _correction_belongs(self, at: int) -> bool:
        """Whether a code with an edit belongs to a word beside it: it is not sure, and has three
        letters at most, or no company."""
        one, reader = self._neighbours[at], self._reader
        # Three letters are little evidence for a correction, whatever stands around them.
        if 0 < len(one.word) <= SHORT + 1:
            return _is_guess(one, reader)
        if self.has_company:
            return False
        # A name with an edit is joined to another by a preposition (`NARCTOICS IN BOLIVIA`).
        is_body = self._lexicon.is_body
        is_name = are_in_words_with_edit(one.word, one.answers) or is_body(one.answers)
        if one.how and is_name and self._is_joined(at):
            return False
        return _is_guess(one, reader)

    def _short_belongs(self, at: int) -> bool:
        """Whether a code of one or two letters belongs to a word beside it."""
        one = self._neighbours[at]
        behind = self._neighbours[at + 1] if at + 1 < len(self._neighbours) else None
        follows = self._is_word_behind(at)
        if self._is_word_before(at) and (
            one.word in ENDINGS
            or (one.word == NUMERAL and self._neighbours[at - 1].word in NUMBERED)
        ):
            return True
        # What stands behind another short code is a code, too, unless it joins that to words, or
        # begins a name (`PGOV FR LE PEN`).
        if (
            self._is_behind_short_code(at)
            and (self.has_company or one.word not in PREPOSITIONS)
            and not (follows and behind is not None and begins_name(one, behind))
        ):
            return False
        if self.has_company and self._stands_for_itself(at):
            return False
        # So is an abbreviation before a preposition that joins two names (`UN IN SUDAN`).
        if self._lexicon.is_written_apart(one.word) and self._is_joined(at):
            return False
        if follows:
            return True
        if behind is None:
            return not self.has_company
        # A preposition behind a word joins that to a code (`VISIT TO US`).
        if one.word in PREPOSITIONS and self._may_lead(at):
            return True
        return is_before_name(one.word, behind, self._lexicon)

    def _stands_for_itself(self, at: int) -> bool:
        """Whether a short code in company begins no name, nor is an article within one, or stands
        before a number (`PARM IR EU-3`)."""
        word = self._neighbours[at].word
        behind = self._neighbours[at + 1] if self._is_word_behind(at) else None
        may_be_name = may_belong(word, self._lexicon)
        if behind is None:
            return not may_be_name
        if not may_be_name and self._is_word_before(at):
            may_be_name = is_assimilated(word, behind.word)
        return not may_be_name or (behind.has_digit and word not in SMALL)

    def _may_lead(self, at: int) -> bool:
        """Whether a preposition leads to what is behind it, if that is certain: it is hardly ever a
        country, or no long code stands in the place, or an organization is behind it."""
        behind = self._neighbours[at + 1]
        if not self.has_company or self._neighbours[at].word in HARDLY_CODES:
            return True
        return behind.is_certain and self._lexicon.is_body(behind.answers, or_alias=True)

    def _is_joined(self, at: int) -> bool:
        """Whether a preposition stands behind a name, and another name in words behind that."""
        behind = at + 2
        return (
            behind < len(self._neighbours)
            and self.is_word[at + 1]
            and not self.is_word[behind]
            and self._neighbours[at + 1].word in PREPOSITIONS
            and are_in_words(self._neighbours[behind].answers)
        )


def _is_guess(one: Neighbour, reader: Reader) -> bool:
    """Whether a neighbour is a code, or codes, that are not sure: no long one of them is exact, or
    letters are left over, and it is no sure correction."""
    if one.is_certain or not one.word or not one.has_tags:
        return False
    return not hold_long_code(one.answers) and not reader.is_sure(one.word)
