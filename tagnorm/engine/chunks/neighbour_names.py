"""Neighbours of a place that look like codes, and are names of something else or parts of one.

In which order the rules apply is told in `tagnorm.engine.chunks.among_words`. In each `is_word`
says of every neighbour whether it is no code.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from tagnorm.engine.chunks.neighbours import CORRECTED, Neighbour
from tagnorm.engine.chunks.short_codes import begins_name
from tagnorm.engine.reading.lexicon import SHORT, Lexicon
from tagnorm.engine.text.phrases import BEFORE_DOUBTED

__all__ = [
    "are_names_of_one",
    "behind_abbreviations",
    "behind_articles",
    "behind_titles",
    "edited_names",
    "titles",
]

# The edit that makes no name of a code: two letters are hardly swapped in one.
_SWAP: Final = "swap"


def titles(neighbours: Sequence[Neighbour], is_word: Sequence[bool]) -> list[int]:
    """The codes that are an abbreviation before a word (`GOV. RICHARDSON`): they have a full
    stop behind them, and three letters or an edit."""
    found = []
    for at in range(len(neighbours) - 1):
        one = neighbours[at]
        if one.mark and is_word[at + 1] and not neighbours[at + 1].in_parentheses:
            longest = SHORT + 1 if one.is_certain else CORRECTED
            if one.has_tags and 0 < len(one.word) <= longest and one.mark.startswith("."):
                found.append(at)
    return found


def behind_titles(
    codes: Collection[int], neighbours: Sequence[Neighbour], is_word: Sequence[bool]
) -> list[int]:
    """Those of some codes, by their indices, that may be the name of a person, or not be meant,
    since a title or a negation stands before them, perhaps with another word between (`Dr. Max
    Bell`)."""
    return [
        at
        for at in codes
        if (at > 0 and is_word[at - 1] and neighbours[at - 1].word in BEFORE_DOUBTED)
        or (at > 1 and all(is_word[at - 2 : at]) and neighbours[at - 2].word in BEFORE_DOUBTED)
    ]


def behind_abbreviations(
    neighbours: Sequence[Neighbour], is_word: Sequence[bool], lexicon: Lexicon
) -> list[int]:
    """The names that a word before them makes names of something else: `N. CYPRUS` is not
    CYPRUS, `PORT. GUINEA` not GUINEA, and `J. JORDAN` a person."""
    return [
        at
        for at in range(1, len(neighbours))
        if is_word[at - 1]
        and neighbours[at - 1].is_abbreviation
        and neighbours[at].is_certain
        and lexicon.is_name(neighbours[at].answers)
    ]


def behind_articles(neighbours: Sequence[Neighbour], lexicon: Lexicon) -> list[int]:
    """The Arabic articles behind a word, and the names behind these that are no countries
    (`FATAH AL ISLAM`)."""
    return [
        each
        for at in range(1, len(neighbours) - 1)
        if neighbours[at].is_article
        and not neighbours[at - 1].has_tags
        and neighbours[at + 1].is_name_in_words
        and not lexicon.is_name(neighbours[at + 1].answers)
        for each in (at, at + 1)
    ]


def edited_names(neighbours: Sequence[Neighbour]) -> list[int]:
    """The short codes that names begin with, and the codes with an edit behind them: together
    they are a name where no longer code is certain (`AL MARJ`, `LE KRAM`). Letters that are
    swapped are hardly a name's (`LE PGVO`)."""
    return [
        each
        for at in range(1, len(neighbours))
        if neighbours[at - 1].is_short
        and not neighbours[at - 1].is_decided
        and neighbours[at].how not in ("", _SWAP)
        and begins_name(neighbours[at - 1], neighbours[at])
        and not neighbours[at].is_name
        for each in (at - 1, at)
    ]


def are_names_of_one(
    codes: Sequence[int], neighbours: Sequence[Neighbour], is_word: Sequence[bool], lexicon: Lexicon
) -> bool:
    """Whether several codes, by their indices, may be the name of one thing together, with a
    word beside them that is no small one (`ECONOMIC AND SOCIAL COUNCIL`): all are names in
    words, or abbreviations such as UN and US. In a vocabulary of words they are a list."""
    if len(codes) <= 1 or lexicon.doubts_everyday_codes:
        return False
    return (
        any(neighbours[at].is_name_in_words for at in codes)
        and all(
            (neighbours[at].is_name_in_words or lexicon.is_written_apart(neighbours[at].word))
            and not (neighbours[at].in_parentheses or neighbours[at].is_decided)
            for at in codes
        )
        and any(
            is_one and one.word.isalpha() and not lexicon.is_small(one.word)
            for one, is_one in zip(neighbours, is_word, strict=True)
        )
    )
