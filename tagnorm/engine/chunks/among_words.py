"""Codes among words: which of them belong to the words beside them that are no codes.

In `J. JORDAN`, `ELECTIONS IN TURKEY` or `MARRAKESH EXPRESS PGO` what looks like a code is a part of
a name or a sentence. The rules are the same for plain lists of words and for all other fields.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from tagnorm.engine.chunks.neighbours import (
    CORRECTED,
    Neighbour,
    are_in_words,
    are_in_words_with_edit,
    hold_long_code,
)
from tagnorm.engine.reading.reader import SHORT, Reader
from tagnorm.engine.text.phrases import (
    ARTICLE,
    CONJUNCTIONS,
    ENDINGS,
    HARDLY_CODES,
    PARTICLES,
    PREPOSITIONS,
    SMALL,
    is_assimilated,
    is_preposition,
    least_before,
    may_begin_name,
)

__all__ = [
    "AmongWords",
    "are_joined_by_slash",
    "codes_among_words",
    "may_belong",
]

# The edit that makes no name of a code: two letters are hardly swapped in one.
_SWAP: Final = "swap"


class AmongWords(NamedTuple):
    """What codes of a place are beside words that are no codes, by their indices.

    * `belonging` -- what belongs to the words: with whether it may be meant as a code all the same,
      since it stands right behind a long one;
    * `doubted` -- what stays a code, but may be part of a name (`US-IRAQ SOFA`), or an everyday
      word among others (`the letter was sent`): with the share that is left of its confidence.
    """

    belonging: dict[int, bool]
    doubted: dict[int, float]


def codes_among_words(
    neighbours: Sequence[Neighbour],
    reader: Reader,
    *,
    beside_codes: tuple[bool, bool],
    context: AbstractSet[str],
    follows_long: bool = False,
) -> AmongWords:
    """The codes of a place that belong to the words beside them, which are no codes.

    Args:
        neighbours: what stands side by side in the place, in order.
        reader: has read it.
        beside_codes: whether the first of the place is a code of two letters with nothing but a
            slash between it and another one before it, and the last with one behind it
            (`US/UK FORCES`).
        context: the codes that stand certainly in the field.
        follows_long: whether a long code stands before the place, with parentheses between them.

    >>> from tagnorm import Normalizer
    >>> [Normalizer().split(text) for text in ("N. CYPRUS", "GOV. RICHARDSON", "ACT IN TURKEY")]
    [['N. CYPRUS'], ['GOV. RICHARDSON'], ['ACT IN', 'TU']]
    """
    place = _Place(neighbours, reader)
    place.leave_alone(place.behind_articles())
    if all(len(tag) <= SHORT for tag in context):
        place.leave_alone(place.edited_names())
    place.leave_alone(place.behind_abbreviations())
    place.leave_alone(place.titles())
    place.leave_alone(place.torn())
    place.has_company = follows_long or place.has_long_code()
    may_be_name = not place.has_company and place.has_long_word(0, len(neighbours))
    if not place.has_company:
        place.leave_alone(place.small_words())
    listed = place.ends_of_lists(context)
    kept = {*place.conjunctions, *listed}
    # The second of two joined codes belongs to no word behind it, nor does the first.
    kept.update([at + 1 for at in place.conjunctions if neighbours[at + 1].is_short])
    if beside_codes[0]:
        kept.add(0)
    if beside_codes[1]:
        kept.add(len(neighbours) - 1)
    # From the last to the first: what belongs to a word is a word for what stands before it.
    for at in range(len(neighbours) - 1, -1, -1):
        if at not in kept and not place.is_word[at] and place.belongs(at):
            place.leave_alone([at])
    place.leave_alone(place.prepositions())
    codes = [at for at, one in enumerate(neighbours) if one.has_tags and not place.is_word[at]]
    if place.has_company:
        doubted = [
            at
            for at in codes
            if at in listed
            or place.may_be_word(at)
            or place.may_begin_name(at)
            or place.may_join(at)
        ]
    elif may_be_name and len(codes) == 1 and all(a.tags for a in neighbours[codes[0]].answers):
        # The only code may be a part of a name.
        doubted = codes
    else:
        doubted = [at for at in codes if place.may_begin_name(at)]
    shares = {at: reader.beside_words for at in doubted if not neighbours[at].is_decided}
    if reader.doubts_everyday_codes:
        everyday = place.everyday_words({*codes} - shares.keys())
        # Together they may be a sentence: what is left of one is left of all of them.
        shares.update((at, reader.everyday_code ** (1 / len(everyday))) for at in everyday)
    belonging = {at: _is_behind_code(neighbours, at, context, reader) for at in place.belonging}
    return AmongWords(belonging, shares)


class _Place:
    """The neighbours of a place, and which of them are words: more and more as rules are applied.

    * `is_word` -- for each neighbour, whether it is a word that is no code, or belongs to one;
    * `belonging` -- the indices of the codes that were found to belong to words;
    * `conjunctions` -- those of the words that join two codes, as AND does (`US AND UK`);
    * `has_company` -- whether a long code stands in the place, or before it.
    """

    def __init__(self, neighbours: Sequence[Neighbour], reader: Reader) -> None:
        self._neighbours = neighbours
        self._reader = reader
        self.belonging: list[int] = []
        self.has_company = False
        # What is known to be no code is no word that others belong to, but for an Arabic name.
        self.is_word = [
            not one.has_tags
            and (not one.is_outside or (at > 0 and _is_article(neighbours[at - 1])))
            for at, one in enumerate(neighbours)
        ]
        self.conjunctions = [
            at
            for at, one in enumerate(neighbours)
            if one.word in CONJUNCTIONS and not one.is_decided and self._joins_codes(at)
        ]
        for at in self.conjunctions:
            self.is_word[at] = False

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
            return _are_joined(one.word, other.word, self._reader)
        return not any(
            may_belong(beside.word, self._reader) for beside in (one, other) if beside.is_short
        )

    def behind_abbreviations(self) -> list[int]:
        """The names that a word before them makes names of something else: `N. CYPRUS` is not
        CYPRUS, `PORT. GUINEA` not GUINEA, and `J. JORDAN` a person."""
        neighbours, is_word = self._neighbours, self.is_word
        return [
            at
            for at in range(1, len(neighbours))
            if is_word[at - 1]
            and neighbours[at - 1].is_abbreviation
            and neighbours[at].is_certain
            and self._reader.is_name(neighbours[at].answers)
        ]

    def behind_articles(self) -> list[int]:
        """The Arabic articles behind a word, and the names behind these that are no countries
        (`FATAH AL ISLAM`)."""
        neighbours = self._neighbours
        return [
            each
            for at in range(1, len(neighbours) - 1)
            if _is_article(neighbours[at])
            and not neighbours[at - 1].has_tags
            and _is_name_in_words(neighbours[at + 1])
            and not self._reader.is_name(neighbours[at + 1].answers)
            for each in (at, at + 1)
        ]

    def edited_names(self) -> list[int]:
        """The short codes that names begin with, and the codes with an edit behind them: together
        they are a name where no longer code is certain (`AL MARJ`, `LE KRAM`). Letters that are
        swapped are hardly a name's (`LE PGVO`)."""
        neighbours = self._neighbours
        return [
            each
            for at in range(1, len(neighbours))
            if neighbours[at - 1].is_short
            and not neighbours[at - 1].is_decided
            and neighbours[at].how not in ("", _SWAP)
            and _begins_name(neighbours[at - 1], neighbours[at])
            and not _is_name(neighbours[at])
            for each in (at - 1, at)
        ]

    def titles(self) -> list[int]:
        """The codes that are an abbreviation before a word (`GOV. RICHARDSON`): they have a full
        stop behind them, and three letters or an edit."""
        found = []
        for at in range(len(self._neighbours) - 1):
            one = self._neighbours[at]
            if one.mark and self.is_word[at + 1] and not self._neighbours[at + 1].in_parentheses:
                longest = SHORT + 1 if one.is_certain else CORRECTED
                if one.has_tags and 0 < len(one.word) <= longest and one.mark.startswith("."):
                    found.append(at)
        return found

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
        `AID WORKERS`."""
        is_everyday = self._reader.is_everyday
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
        if not (one.is_short and may_belong(one.word, self._reader)):
            return False
        if not behind.word.isalpha() or behind.in_parentheses:
            return False
        least = least_before(one.word, behind.word)
        before = range(at - least, at)
        if not least or before[0] < 0:
            return False
        if any(self.is_word[each] or not _is_long_code(self._neighbours[each]) for each in before):
            return False
        return _is_only_country(one, context, self._reader)

    def everyday_words(self, codes: set[int]) -> list[int]:
        """Those of some codes, by their indices, that may be words of a sentence (`the letter was
        sent`): all that stand there with a longer word, and nothing but full stops between them,
        are everyday words."""
        neighbours, found, first = self._neighbours, list[int](), 0
        for at, one in enumerate(neighbours, start=1):
            if at < len(neighbours) and (not one.mark or one.mark.startswith(".")):
                continue
            here = [each for each in range(first, at) if not self.is_word[each]]
            if codes.issuperset(here) and self.has_long_word(first, at):
                found += here if all(map(self._is_everyday_code, here)) else ()
            first = at
        return found

    def _is_everyday_code(self, at: int) -> bool:
        """Whether a code that nobody decided is just an everyday word."""
        one = self._neighbours[at]
        is_open = one.is_certain and not one.is_decided
        return is_open and self._reader.is_everyday_code(one.word)

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
            and _is_name(neighbours[at - 1])
            and (_is_name(neighbours[at + 1]) or self._may_lead(at))
        ]

    def may_be_word(self, at: int) -> bool:
        """Whether a code with an edit, which is not sure, stands beside a longer word and may be a
        word like that (`ELIN SVENSSON`)."""
        one = self._neighbours[at]
        if not one.how or self._reader.is_sure(one.word):
            return False
        return (at > 0 and self.has_long_word(at - 1, at)) or self.has_long_word(at + 1, at + 2)

    def may_begin_name(self, at: int) -> bool:
        """Whether a short code behind another stands before a word, and names begin so
        (`PREL CH BO XILAI`)."""
        one, others = self._neighbours[at], self._neighbours[at + 1 : at + 2]
        return (
            one.is_short
            and self._is_behind_short_code(at)
            and may_belong(one.word, self._reader)
            and self._is_word_behind(at)
            and not any(other.has_digit or other.in_parentheses for other in others)
        )

    def may_join(self, at: int) -> bool:
        """Whether a short code that often is a country stands behind a word, as a preposition does
        that joins that to a code (`PREL FORCES IN IZ`)."""
        one = self._neighbours[at]
        return (
            one.is_short
            and one.word in PREPOSITIONS
            and 0 < at < len(self._neighbours) - 1
            and (self._is_word_before(at) or _is_name(self._neighbours[at - 1]))
        )

    def belongs(self, at: int) -> bool:
        """Whether a short code, or one with an edit that is not sure, belongs to a word beside
        it."""
        if not (self._is_word_before(at) or self._is_word_behind(at)):
            return False
        if self._neighbours[at].is_short:
            return self._short_belongs(at)
        return self._correction_belongs(at)

    def _is_behind_short_code(self, at: int) -> bool:
        return at > 0 and self._neighbours[at - 1].is_short and self._neighbours[at - 1].has_tags

    def _is_word_before(self, at: int) -> bool:
        return at > 0 and self.is_word[at - 1]

    def _is_word_behind(self, at: int) -> bool:
        return at + 1 < len(self.is_word) and self.is_word[at + 1]

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
        if (
            one.how
            and (are_in_words_with_edit(one.word, one.answers) or reader.is_body(one.answers))
            and self._is_joined(at)
        ):
            return False
        return _is_guess(one, reader)

    def _short_belongs(self, at: int) -> bool:
        """Whether a code of one or two letters belongs to a word beside it."""
        one, reader = self._neighbours[at], self._reader
        behind = self._neighbours[at + 1] if at + 1 < len(self._neighbours) else None
        follows = self._is_word_behind(at)
        if one.word in ENDINGS and self._is_word_before(at):
            return True
        # What stands behind another short code is a code, too, unless it joins that to words, or
        # begins a name (`PGOV FR LE PEN`).
        if (
            self._is_behind_short_code(at)
            and (self.has_company or one.word not in PREPOSITIONS)
            and not (follows and behind is not None and _begins_name(one, behind))
        ):
            return False
        if self.has_company and self._stands_for_itself(at):
            return False
        # So is an abbreviation before a preposition that joins two names (`UN IN SUDAN`).
        if reader.is_written_apart(one.word) and self._is_joined(at):
            return False
        if follows:
            return True
        if behind is None:
            return not self.has_company
        # A preposition behind a word joins that to a code (`VISIT TO US`).
        if one.word in PREPOSITIONS and self._may_lead(at):
            return True
        return _is_before_name(one.word, behind, reader)

    def _stands_for_itself(self, at: int) -> bool:
        """Whether a short code in company begins no name, nor is an article within one, or stands
        before a number (`PARM IR EU-3`)."""
        word = self._neighbours[at].word
        behind = self._neighbours[at + 1] if self._is_word_behind(at) else None
        may_be_name = may_belong(word, self._reader)
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
        return behind.is_certain and self._reader.is_body(behind.answers, or_alias=True)

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


def are_joined_by_slash(one: str, other: str, between: str, reader: Reader) -> bool:
    """Whether two certain words are codes of two letters that a slash joins, by what stands between
    them.

    >>> from tagnorm import Normalizer
    >>> reader = Normalizer().fields.reader
    >>> [are_joined_by_slash(*pair, "/", reader) for pair in (("US", "IN"), ("LE", "DA"))]
    [True, False]
    """
    are_short = len(one) == len(other) == SHORT
    return between == "/" and are_short and _are_joined(one, other, reader)


def _is_behind_code(
    neighbours: Sequence[Neighbour], at: int, context: AbstractSet[str], reader: Reader
) -> bool:
    """Whether a code of two letters, which belongs to the words beside it, stands right behind a
    long code (`PREL SU DARFUR`), and may be meant all the same: it is no article (`PTER AL QAEDA`),
    and no particle, unless it is the only country among the codes of the field (`PGOV LE PEN`)."""
    one = neighbours[at]
    return (
        at > 0
        and one.is_short
        and one.word != ARTICLE
        and _is_long_code(neighbours[at - 1])
        and (one.word not in PARTICLES or _is_only_country(one, context, reader))
    )


def may_belong(word: str, reader: Reader) -> bool:
    """Whether a code of two letters may belong to a word beside it even where a long code stands: a
    name may begin with it, and it is no abbreviation that people write in sentences.

    So the US in `PREL US TALIBAN` is a code, and so is the RS in `PREL RS PUTIN`.

    >>> from tagnorm import Normalizer
    >>> reader = Normalizer().fields.reader
    >>> [word for word in ("LE", "US", "RS", "PREL") if may_belong(word, reader)]
    ['LE']
    """
    return len(word) <= SHORT and may_begin_name(word) and not reader.is_written_apart(word)


def _are_joined(one: str, other: str, reader: Reader) -> bool:
    """Whether two short codes with a slash between them, or AND, are codes: one of them may be what
    a name begins with, but not both."""
    return not (may_belong(one, reader) and may_belong(other, reader))


def _is_long_code(one: Neighbour) -> bool:
    """Whether a neighbour is certainly a long code, and not in parentheses."""
    return (
        one.is_certain and one.has_tags and not one.in_parentheses and hold_long_code(one.answers)
    )


def _is_article(one: Neighbour) -> bool:
    return one.word == ARTICLE and not one.is_decided


def _is_name_in_words(one: Neighbour) -> bool:
    """Whether it is another name of a code, in words, as it stands."""
    return one.is_certain and one.has_tags and are_in_words(one.answers)


def _is_name(one: Neighbour) -> bool:
    """Whether a neighbour is a name in words, perhaps with an edit."""
    is_edited = not one.is_certain and are_in_words_with_edit(one.word or one.text, one.answers)
    return is_edited or _is_name_in_words(one)


def _is_only_country(one: Neighbour, context: AbstractSet[str], reader: Reader) -> bool:
    """Whether no code of a field needs company, as those of countries do, but one of its own."""
    own = {tag for answer in one.answers for tag in answer.tags}
    return not any(reader.need_company([tag]) for tag in context - own)


def _begins_name(one: Neighbour, behind: Neighbour) -> bool:
    """Whether a short code is a particle or a surname before a word, however many codes stand
    before it."""
    if behind.has_digit or behind.in_parentheses:
        return False
    return least_before(one.word, behind.word) == 0


def _is_guess(one: Neighbour, reader: Reader) -> bool:
    """Whether a neighbour is a code, or codes, that are not sure: no long one of them is exact, or
    letters are left over, and it is no sure correction."""
    if one.is_certain or not one.word or not one.has_tags:
        return False
    return not hold_long_code(one.answers) and not reader.is_sure(one.word)


def _is_before_name(word: str, behind: Neighbour, reader: Reader) -> bool:
    """Whether a short code is an everyday word before a name in words (`ELECTIONS IN TURKEY`), or a
    preposition before an acronym that is no code (`CLASSIFIED BY DCM`)."""
    if word in PREPOSITIONS and behind.is_outside and not behind.has_tags:
        return True
    if not (reader.is_everyday(word) or is_preposition(word)):
        return False
    return are_in_words(behind.answers) or are_in_words_with_edit(behind.word, behind.answers)
