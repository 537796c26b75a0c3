"""Codes beside a number that is another than the list has: they are other codes."""

from __future__ import annotations

from collections.abc import Sequence

from tagnorm.engine.chunks.neighbours import Neighbour
from tagnorm.engine.edits.numbering import is_number_alone
from tagnorm.engine.reading.lexicon import Lexicon
from tagnorm.folding import squash

__all__ = ["numbered_codes"]


def numbered_codes(
    neighbours: Sequence[Neighbour], is_word: Sequence[bool], lexicon: Lexicon
) -> list[int]:
    """The codes, by their indices, and what belongs to them, beside which another number stands
    than the list has: `JUnit 4` is another one beside `JUnit 5`, whether the list has JUnit or not,
    and so is `4 John` beside `3 John`.

    Args:
        neighbours: what stands side by side in a place.
        is_word: whether each is no code.
        lexicon: what is known of words.
    """
    found: list[int] = []
    if not lexicon.longest_stem:
        return found
    for at, one in enumerate(neighbours):
        if is_word[at] and is_number_alone(one.text):
            found += _before(neighbours, at, lexicon)
            found += _behind(neighbours, at, lexicon)
    return found


def _before(neighbours: Sequence[Neighbour], at: int, lexicon: Lexicon) -> range:
    """What stands before a number and is a form with another number behind it."""
    stem = ""
    for first in range(at - 1, -1, -1):
        if neighbours[first].in_parentheses or neighbours[first].is_decided:
            break
        stem = squash(neighbours[first].text) + stem
        if len(stem) > lexicon.longest_stem:
            break
        if lexicon.is_numbered(stem):
            return range(first, at)
    return range(0)


def _behind(neighbours: Sequence[Neighbour], at: int, lexicon: Lexicon) -> range:
    """What stands behind a number of digits, with nothing between them, and is a form with another
    number before it."""
    head = ""
    if not neighbours[at].text.isdecimal():
        return range(0)
    for last in range(at + 1, len(neighbours)):
        one = neighbours[last]
        if neighbours[last - 1].mark or one.in_parentheses or one.is_decided:
            break
        head += squash(one.text)
        if len(head) > lexicon.longest_stem:
            break
        if lexicon.is_numbered_before(head):
            return range(at + 1, last + 1)
    return range(0)
