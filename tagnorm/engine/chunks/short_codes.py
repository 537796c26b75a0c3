"""Codes of one or two letters beside words: which may be part of a name, and which stand for
themselves."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from tagnorm.engine.chunks.neighbours import Neighbour, are_in_words, are_in_words_with_edit
from tagnorm.engine.reading.lexicon import SHORT, Lexicon
from tagnorm.engine.text.phrases import (
    ARTICLE,
    PARTICLES,
    PREPOSITIONS,
    is_preposition,
    least_before,
    may_begin_name,
)

__all__ = [
    "are_joined",
    "are_joined_by_slash",
    "begins_name",
    "is_before_name",
    "is_behind_code",
    "is_only_country",
    "may_belong",
]


def may_belong(word: str, lexicon: Lexicon) -> bool:
    """Whether a code of two letters may belong to a word beside it even where a long code stands: a
    name may begin with it, and it is no abbreviation that people write in sentences.

    So the US in `PREL US TALIBAN` is a code, and so is the RS in `PREL RS PUTIN`.

    >>> from tagnorm import Normalizer
    >>> lexicon = Normalizer().fields.reader.lexicon
    >>> [word for word in ("LE", "US", "RS", "PREL") if may_belong(word, lexicon)]
    ['LE']
    """
    return len(word) <= SHORT and may_begin_name(word) and not lexicon.is_written_apart(word)


def are_joined(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two short codes with a slash between them, or AND, are codes: one of them may be what
    a name begins with, but not both."""
    return not (may_belong(one, lexicon) and may_belong(other, lexicon))


def are_joined_by_slash(one: str, other: str, between: str, lexicon: Lexicon) -> bool:
    """Whether two certain words are codes of two letters that a slash joins, by what stands between
    them.

    >>> from tagnorm import Normalizer
    >>> lexicon = Normalizer().fields.reader.lexicon
    >>> [are_joined_by_slash(*pair, "/", lexicon) for pair in (("US", "IN"), ("LE", "DA"))]
    [True, False]
    """
    are_short = len(one) == len(other) == SHORT
    return between == "/" and are_short and are_joined(one, other, lexicon)


def is_behind_code(
    neighbours: Sequence[Neighbour], at: int, context: AbstractSet[str], lexicon: Lexicon
) -> bool:
    """Whether a code of two letters, which belongs to the words beside it, stands right behind a
    long code (`PREL SU DARFUR`), and may be meant all the same: it is no article (`PTER AL QAEDA`),
    and no particle, unless it is the only country among the codes of the field (`PGOV LE PEN`)."""
    one = neighbours[at]
    return (
        at > 0
        and one.is_short
        and one.word != ARTICLE
        and neighbours[at - 1].is_long_code
        and (one.word not in PARTICLES or is_only_country(one, context, lexicon))
    )


def is_only_country(one: Neighbour, context: AbstractSet[str], lexicon: Lexicon) -> bool:
    """Whether no code of a field needs company, as those of countries do, but one of its own."""
    own = {tag for answer in one.answers for tag in answer.tags}
    return not any(lexicon.need_company([tag]) for tag in context - own)


def begins_name(one: Neighbour, behind: Neighbour) -> bool:
    """Whether a short code is a particle or a surname before a word, however many codes stand
    before it."""
    if behind.has_digit or behind.in_parentheses:
        return False
    return least_before(one.word, behind.word) == 0


def is_before_name(word: str, behind: Neighbour, lexicon: Lexicon) -> bool:
    """Whether a short code is an everyday word before a name in words (`ELECTIONS IN TURKEY`), or a
    preposition before an acronym that is no code (`CLASSIFIED BY DCM`)."""
    if word in PREPOSITIONS and behind.is_outside and not behind.has_tags:
        return True
    if not (lexicon.is_everyday(word) or is_preposition(word)):
        return False
    return are_in_words(behind.answers) or are_in_words_with_edit(behind.word, behind.answers)
