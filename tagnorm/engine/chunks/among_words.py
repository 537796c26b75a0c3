"""Codes among words: what belongs to the words beside it that are no codes.

In `J. JORDAN`, `ELECTIONS IN TURKEY` or `MARRAKESH EXPRESS PGO` what looks like a code is a part of
a name or a sentence. The rules stand here for plain lists of words and for all other fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from tagnorm.engine.chunks.neighbours import (
    CORRECTED,
    Neighbour,
    are_in_words,
    are_in_words_with_edit,
    speak,
)
from tagnorm.engine.reading.reader import SHORT, Reader
from tagnorm.engine.text.phrases import (
    ARTICLE,
    CONJUNCTIONS,
    PARTICLES,
    PREPOSITIONS,
    SMALL,
    is_assimilated,
    least_before,
    may_begin_name,
)

__all__ = [
    "are_joined_by_slash",
    "belonging",
    "is_behind_code",
    "may_belong",
]

_NOTHING: Final[frozenset[str]] = frozenset()


def belonging(
    place: Sequence[Neighbour],
    reader: Reader,
    *,
    follows_long: bool = False,
    beside_codes: tuple[bool, bool] = (False, False),
    context: AbstractSet[str] = _NOTHING,
) -> tuple[list[int], list[int]]:
    """What stands side by side: the places of what belongs to the words that are no codes, and
    those of what may be part of a name, too (`US-IRAQ SOFA`).

    Args:
        place: what stands side by side, in order.
        reader: has read it.
        follows_long: whether some long code stands before it, with parentheses between them.
        beside_codes: whether nothing but a slash parts its first code of two letters from another
            before it, and its last from one behind it (`US/UK FORCES`).
        context: the codes that stand certainly in their field.

    >>> from tagnorm import Normalizer
    >>> [Normalizer().split(text) for text in ("N. CYPRUS", "GOV. RICHARDSON", "ACT IN TURKEY")]
    [['N. CYPRUS'], ['GOV. RICHARDSON'], ['ACT IN', 'TU']]
    """
    open_ = [
        not one.has_tags and (not one.is_outside or (at > 0 and place[at - 1].word == ARTICLE))
        for at, one in enumerate(place)
    ]
    joining = [at for at in range(len(place)) if _joins_codes(place, open_, at, reader)]
    for at in joining:
        open_[at] = False
    if True not in open_:
        return [], []
    found: list[int] = []

    def add(places: Sequence[int]) -> None:
        for at in places:
            if not open_[at]:
                open_[at] = True
                found.append(at)

    add(_abbreviated(place, open_, reader))
    add(_titles(place, open_))
    add(_torn(place, open_, reader))
    # A code that is an everyday word (`AID WORKERS`) speaks for no other.
    has_company = follows_long or any(
        speak(one.answers) and not reader.is_everyday(one.word)
        for one, is_open in zip(place, open_, strict=True)
        if not is_open
    )
    may_be_name = not has_company and _has_words(place, open_)
    if not has_company:
        add(_small(place, open_))
    listed = [
        at
        for at in range(1, len(place) - 1)
        if open_[at + 1] and not open_[at] and _ends_list(place, open_, at, reader, context)
    ]
    kept = {*joining, *listed}
    ends = zip((0, len(place) - 1), beside_codes, strict=True)
    kept.update([at for at, is_beside in ends if is_beside])
    # What belongs to a word is one for what stands before it.
    for at in range(len(place) - 1, -1, -1):
        if at in kept or (at - 1 in joining and place[at].is_short):
            continue
        if not open_[at] and _belongs(place, open_, at, reader, has_company=has_company):
            add([at])
    read = [at for at, one in enumerate(place) if one.has_tags and not open_[at]]
    if has_company:
        return found, [at for at in read if at in listed or _may_be_word(place, open_, at, reader)]
    is_only = (
        may_be_name and len(read) == 1 and all(answer.tags for answer in place[read[0]].answers)
    )
    return found, read if is_only else []


def _joins_codes(
    place: Sequence[Neighbour], open_: Sequence[bool], at: int, reader: Reader
) -> bool:
    """Whether a word joins two codes, as AND does (`US AND UK`)."""
    if place[at].word not in CONJUNCTIONS or not 0 < at < len(place) - 1:
        return False
    one, other = place[at - 1], place[at + 1]
    if open_[at - 1] or open_[at + 1]:
        return False
    if one.is_short and other.is_short:
        return _are_joined(one.word, other.word, reader)
    return not any(may_belong(beside.word, reader) for beside in (one, other) if beside.is_short)


def are_joined_by_slash(one: str, other: str, between: str, reader: Reader) -> bool:
    """Whether two words that are certain are codes of two letters, joined by what stands between
    them.

    >>> from tagnorm import Normalizer
    >>> reader = Normalizer().fields.reader
    >>> [are_joined_by_slash(*pair, "/", reader) for pair in (("US", "IN"), ("LE", "DA"))]
    [True, False]
    """
    are_short = len(one) == len(other) == SHORT
    return between == "/" and are_short and _are_joined(one, other, reader)


def _are_joined(one: str, other: str, reader: Reader) -> bool:
    """Whether two short codes with a slash between them, or AND, are codes and no words: what names
    begin with may be one beside a code that is nothing else."""
    return not (may_belong(one, reader) and may_belong(other, reader))


def _ends_list(
    place: Sequence[Neighbour],
    open_: Sequence[bool],
    at: int,
    reader: Reader,
    context: AbstractSet[str],
) -> bool:
    """Whether a short code is the only country of a field, at the end of a list of long codes and
    before words (`PGOV PREL TU KURDISH ISSUES`): hardly any field has no country."""
    one, behind = place[at], place[at + 1]
    if not (one.is_short and may_belong(one.word, reader)):
        return False
    if not behind.word.isalpha() or behind.in_parentheses:
        return False
    least = least_before(one.word, behind.word)
    before = range(at - least, at)
    if not least or before[0] < 0:
        return False
    if any(open_[beside] or not _is_long(place[beside]) for beside in before):
        return False
    own = {tag for answer in one.answers for tag in answer.tags}
    return not any(reader.need_company([tag]) for tag in context - own)


def _is_long(one: Neighbour) -> bool:
    """Whether it is a long code as it stands."""
    return one.is_certain and one.has_tags and not one.in_parentheses and speak(one.answers)


def is_behind_code(place: Sequence[Neighbour], at: int) -> bool:
    """Whether a code of two letters, which belongs to the words beside it, stands right behind a
    long code (`PREL SU DARFUR`), and is no article or particle (`PTER AL QAEDA`, `PGOV LE PEN`)."""
    before = place[at - 1] if at else None
    return (
        before is not None
        and place[at].is_short
        and place[at].word != ARTICLE
        and place[at].word not in PARTICLES
        and _is_long(before)
    )


def _may_be_word(
    place: Sequence[Neighbour], open_: Sequence[bool], at: int, reader: Reader
) -> bool:
    """Whether a correction that little speaks for stands beside a longer word that is no code, and
    may be a word like that (`ELIN SVENSSON`)."""
    one = place[at]
    if not one.how or reader.is_sure(one.word):
        return False
    return any(
        _has_words(place[beside : beside + 1], open_[beside : beside + 1])
        for beside in (at - 1, at + 1)
        if 0 <= beside < len(place)
    )


def _abbreviated(place: Sequence[Neighbour], open_: Sequence[bool], reader: Reader) -> list[int]:
    """The names that a word before them makes names of something else: `N. CYPRUS` is not CYPRUS,
    `PORT. GUINEA` not GUINEA, and `J. JORDAN` a person."""
    return [
        at
        for at in range(1, len(place))
        if open_[at - 1]
        and place[at - 1].is_abbreviation
        and place[at].is_certain
        and reader.is_name(place[at].answers)
    ]


def _titles(place: Sequence[Neighbour], open_: Sequence[bool]) -> list[int]:
    """The codes that are an abbreviation before a word that is none (`GOV. RICHARDSON`): they have
    three letters, or an edit, and a full stop behind them."""
    found = []
    for at in range(len(place) - 1):
        one = place[at]
        if one.mark and open_[at + 1] and not place[at + 1].in_parentheses:
            longest = SHORT + 1 if one.is_certain else CORRECTED
            if one.has_tags and 0 < len(one.word) <= longest and one.mark.startswith("."):
                found.append(at)
    return found


def _torn(place: Sequence[Neighbour], open_: Sequence[bool], reader: Reader) -> list[int]:
    """The corrections by a letter that is lost where something else stands, with which they are
    like a code: of a list with B90 the text `X 90` is no B90."""
    found = []
    for at, one in enumerate(place):
        how = "" if open_[at] else one.how
        beside = at - 1 if how == "drop_first" else at + 1 if how == "drop_last" else -1
        if not 0 <= beside < len(place) or not open_[beside]:
            continue
        left, right = place[min(at, beside)].word, place[max(at, beside)].word
        if left[-1:].isdecimal() != right[:1].isdecimal() and reader.is_like_code(left + right):
            found.append(at)
    return found


def _has_words(place: Sequence[Neighbour], open_: Sequence[bool]) -> bool:
    """Whether there are longer words that are no codes: then the only code may be a part of a name
    (`JORDAN RIVER`)."""
    return any(
        is_open and (not one.word or (len(one.word) > SHORT and one.word.isalpha()))
        for one, is_open in zip(place, open_, strict=True)
    )


def _small(place: Sequence[Neighbour], open_: Sequence[bool]) -> list[int]:
    """The short codes that are words which join others to sentences, two or more side by side, with
    a word that is no code before or behind them: they speak for no code (`IT IS CLEAR`)."""
    found: list[int] = []
    first = 0
    for at in range(len(place) + 1):
        if at < len(place) and place[at].is_short and place[at].word in SMALL:
            continue
        if at - first > 1 and any([*open_[first - 1 : first], *open_[at : at + 1]]):
            found += range(first, at)
        first = at + 1
    return found


def _belongs(
    place: Sequence[Neighbour],
    open_: Sequence[bool],
    at: int,
    reader: Reader,
    *,
    has_company: bool,
) -> bool:
    """Whether a short code, or a correction that nothing but likeness speaks for, belongs to a word
    beside it.

    Args:
        place: what stands side by side.
        open_: by place, whether it is a word that is no code, or belongs to one.
        at: which of them is asked about.
        reader: has read it.
        has_company: whether some long code stands among them.
    """
    one, last = place[at], len(place) - 1
    follows, precedes = at < last and open_[at + 1], at > 0 and open_[at - 1]
    if not (follows or precedes):
        return False
    if not one.is_short:
        # Three letters are little evidence for a correction, whatever stands around them.
        is_brief = 0 < len(one.word) <= SHORT + 1
        # A name with an edit is joined to another by a preposition (`NARCTOICS IN BOLIVIA`).
        if one.how and (
            are_in_words_with_edit(one.word, one.answers) or reader.is_body(one.answers)
        ):
            has_company = has_company or _is_joined(place, open_, at)
        return (is_brief or not has_company) and _is_guess(one, reader)
    # What stands behind another short code is one, too, unless it joins that to words, or begins
    # a name (`PGOV FR LE PEN`).
    is_next = at > 0 and place[at - 1].is_short and (has_company or one.word not in PREPOSITIONS)
    if is_next and not (follows and _begins_name(one, place[at + 1])):
        return False
    # Nor does what stands before a number (`PARM IR EU-3`).
    if has_company and (
        not (
            may_belong(one.word, reader)
            or (follows and precedes and is_assimilated(one.word, place[at + 1].word))
        )
        or (follows and place[at + 1].has_digit and one.word not in SMALL)
    ):
        return False
    # Nor does it before a preposition that joins two names (`UN IN SUDAN`).
    if reader.is_written_apart(one.word) and _is_joined(place, open_, at):
        return False
    code_follows = at < last and not open_[at + 1]
    # A preposition behind a word joins that to a code (`VISIT TO US`).
    if not has_company and precedes and one.word in PREPOSITIONS:
        return True
    is_between = at < last and _is_before_name(one.word, place[at + 1], reader)
    return follows or not (has_company or code_follows) or is_between


def _begins_name(one: Neighbour, behind: Neighbour) -> bool:
    """Whether a short code is a particle or a surname before a word, however many codes stand
    before it."""
    if behind.has_digit or behind.in_parentheses:
        return False
    return least_before(one.word, behind.word) == 0


def may_belong(word: str, reader: Reader) -> bool:
    """Whether a code of two letters may belong to words beside it where a long code stands: an
    abbreviation that people write in sentences, too, begins no name (`PREL US TALIBAN`), nor does
    what is no beginning of one (`PREL RS PUTIN`).

    >>> from tagnorm import Normalizer
    >>> reader = Normalizer().fields.reader
    >>> [word for word in ("LE", "US", "RS", "PREL") if may_belong(word, reader)]
    ['LE']
    """
    return len(word) <= SHORT and may_begin_name(word) and not reader.is_written_apart(word)


def _is_joined(place: Sequence[Neighbour], open_: Sequence[bool], at: int) -> bool:
    """Whether a preposition stands behind a place, and a name in words behind that."""
    behind = at + 2
    return (
        behind < len(place)
        and open_[at + 1]
        and not open_[behind]
        and place[at + 1].word in PREPOSITIONS
        and are_in_words(place[behind].answers)
    )


def _is_guess(one: Neighbour, reader: Reader) -> bool:
    """Whether it is a word in which no code of more than two letters stands as it is written, or of
    which letters are left, and that is no sure correction."""
    if one.is_certain or not one.word or not one.has_tags:
        return False
    return not speak(one.answers) and not reader.is_sure(one.word)


def _is_before_name(word: str, behind: Neighbour, reader: Reader) -> bool:
    """Whether an everyday word stands before a name in words (`ELECTIONS IN TURKEY`), or a
    preposition before an acronym (`CLASSIFIED BY DCM`): these speak for no code."""
    if word in PREPOSITIONS and behind.is_outside and not behind.has_tags:
        return True
    return are_in_words(behind.answers) and reader.is_everyday(word)
