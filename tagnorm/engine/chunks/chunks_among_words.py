"""Chunks among words that are no codes, read by the rules of
`tagnorm.engine.chunks.among_words`."""

from __future__ import annotations

from typing import Final

from tagnorm.engine.chunks.among_words import codes_among_words
from tagnorm.engine.chunks.certain_chunks import certain_answer
from tagnorm.engine.chunks.drafts import Draft, answers_of, word_of
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.chunks.neighbours import (
    Neighbour,
    are_in_words,
    are_in_words_with_edit,
    hold_long_code,
)
from tagnorm.engine.reading.lexicon import SHORT, Lexicon
from tagnorm.engine.text.phrases import ARTICLES, OPENERS, of_phrases
from tagnorm.engine.text.tokens import JOINED, Part

__all__ = ["read_among_words"]

# How many letters the codes of countries have in another list, that of ISO.
_COUNTRY: Final = 3


def read_among_words(
    field: FieldDraft, place: list[Draft], *, follows_long: bool, beside_codes: tuple[bool, bool]
) -> None:
    """Leave the codes of a place alone that belong to words beside them: short ones, and those with
    an edit that are not sure.

    Args:
        field: the field.
        place: the chunks of a place, all of them read.
        follows_long: whether a long code stands before the place, with parentheses between them.
        beside_codes: whether the first of the place is a code of two letters with nothing but a
            slash between it and another one before it, and the last with one behind it.
    """
    if not OPENERS.isdisjoint(map(word_of, place)):
        _leave_phrases_alone(field.lexicon, place)
    for at, behind in enumerate(place[1:]):
        if _is_family_name(field, place[at], behind):
            place[at].leave_alone_among_words()
    neighbours = [_neighbour(field, draft) for draft in place]
    belonging, doubted = codes_among_words(
        neighbours,
        field.reader,
        follows_long=follows_long,
        beside_codes=beside_codes,
        context=field.context,
    )
    for at, behind_code in belonging.items():
        place[at].leave_alone_among_words(behind_code=behind_code)
    for at, share in doubted.items():
        place[at].found = [
            (start, end, answer.less_sure(share)) for start, end, answer in place[at].found
        ]


def _leave_phrases_alone(lexicon: Lexicon, place: list[Draft]) -> None:
    """Leave the names alone that prepositions join to phrases."""
    names = of_phrases(
        ["" if draft.is_decided else word_of(draft) for draft in place],
        lambda at: place[at].is_certain and lexicon.is_name(answers_of(place[at])),
        lambda at: (
            not place[at].tags
            or are_in_words(answers_of(place[at]))
            or _is_name_with_edit(place[at])
            or _is_short_name(place[at])
            or lexicon.is_body(answers_of(place[at]))
            or lexicon.is_written_apart(word_of(place[at]))
        ),
        has_company=any(draft.is_certain and hold_long_code(answers_of(draft)) for draft in place),
    )
    for at in names:
        if place[at].tags:
            place[at].leave_alone_among_words()


def _is_name_with_edit(draft: Draft) -> bool:
    """Whether a draft is a name in words with an edit, be it one word or several."""
    if draft.is_certain or len(draft.tags) != 1:
        return False
    return len(draft.chunks) > 1 or are_in_words_with_edit(word_of(draft), answers_of(draft))


def _is_short_name(draft: Draft) -> bool:
    """Whether a draft is an alias, however few letters beyond two it has (`TIP IN TURKEY`)."""
    pieces = [piece for answer in answers_of(draft) for piece in answer.pieces]
    return (
        draft.is_certain
        and len(pieces) == 1
        and pieces[0].how == "alias"
        and len(word_of(draft)) > SHORT
    )


def _neighbour(field: FieldDraft, draft: Draft) -> Neighbour:
    first, *others = draft.chunks
    return Neighbour(
        word_of(draft),
        answers_of(draft),
        bool(draft.tags),
        draft.is_certain,
        _is_outside(draft, field.lexicon),
        "" if others else field.folded[first.parts[-1].end : first.end],
        first.in_parentheses,
        field.folded[draft.start : draft.end],
        draft.is_decided,
    )


def _is_outside(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether it is known what a draft is: it is certain, or a word that is known to be no code."""
    return draft.is_certain or (
        len(draft.chunks) == 1
        and len(draft.chunks[0].parts) == 1
        and lexicon.is_outside(draft.chunks[0].parts[0].word)
    )


def _is_family_name(field: FieldDraft, draft: Draft, behind: Draft) -> bool:
    """Whether an alias of three letters for a country is a family name, since a name of two parts
    stands behind it (`PAK TONG-SUN`)."""
    word = word_of(draft)
    parts = behind.chunks[0].parts
    return (
        len(word) == _COUNTRY
        and draft.is_certain
        and draft.found[0][2].pieces[0].how == "alias"
        and not field.lexicon.is_written_apart(word)
        and not behind.tags
        and not behind.chunks[0].in_parentheses
        and len(parts) == JOINED
        and all(part.word.isalpha() and not part.is_form for part in parts)
        and not any(_is_said(field, part) for part in parts)
        and parts[0].word not in ARTICLES
        and field.folded[parts[0].end : parts[1].start] == "-"
        and field.lexicon.need_company(draft.tags)
    )


def _is_said(field: FieldDraft, part: Part) -> bool:
    """Whether a part is certainly a long code, or a name in words."""
    answer = certain_answer(field, part)
    return answer is not None and (hold_long_code([answer]) or are_in_words([answer]))
