"""Codes among words: which of them belong to the words beside them that are no codes.

In `J. JORDAN`, `ELECTIONS IN TURKEY` or `MARRAKESH EXPRESS PGO` what looks like a code is a part of
a name or a sentence. The rules are the same for plain lists of words and for all other fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from tagnorm.engine.chunks.neighbour_names import (
    are_names_of_one,
    behind_abbreviations,
    behind_articles,
    behind_titles,
    edited_names,
    titles,
)
from tagnorm.engine.chunks.neighbours import Neighbour
from tagnorm.engine.chunks.numbered_codes import numbered_codes
from tagnorm.engine.chunks.place_words import PlaceWords
from tagnorm.engine.chunks.short_codes import is_behind_code
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.reading.reader import Reader

__all__ = ["AmongWords", "codes_among_words"]


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
    place, lexicon = PlaceWords(neighbours, reader), reader.lexicon
    is_word = place.is_word
    place.leave_alone(numbered_codes(neighbours, is_word, lexicon))
    place.leave_alone(behind_articles(neighbours, lexicon))
    if all(len(tag) <= SHORT for tag in context):
        place.leave_alone(edited_names(neighbours))
    place.leave_alone(behind_abbreviations(neighbours, is_word, lexicon))
    place.leave_alone(titles(neighbours, is_word))
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
        if at not in kept and not is_word[at] and place.belongs(at):
            place.leave_alone([at])
    place.leave_alone(place.prepositions())
    codes = [at for at, one in enumerate(neighbours) if one.has_tags and not is_word[at]]
    # The only code may be a part of a name.
    if may_be_name and len(codes) == 1 and all(a.tags for a in neighbours[codes[0]].answers):
        doubted = codes
    else:
        doubted = [at for at in codes if place.may_be_no_code(at, listed)]
    if lexicon.doubts_everyday_codes:
        labelled = set(filter(place.is_labelled, codes))
        small = set() if place.has_company else set(filter(place.is_small_word, labelled))
        titled = behind_titles(codes, neighbours, is_word)
        doubted = sorted(({*doubted} - labelled) | small | {*titled})
    shares = {at: reader.beside_words for at in doubted if not neighbours[at].is_decided}
    if may_be_name and are_names_of_one(codes, neighbours, is_word, lexicon):
        shares.update((at, reader.beside_words ** (1 / len(codes))) for at in codes)
    if lexicon.doubts_everyday_codes:
        everyday = place.everyday_words({*codes} - shares.keys())
        # Together they may be a sentence: what is left of one is left of all of them.
        shares.update((at, reader.everyday_code ** (1 / len(everyday))) for at in everyday)
    belonging = {at: is_behind_code(neighbours, at, context, lexicon) for at in place.belonging}
    return AmongWords(belonging, shares)
