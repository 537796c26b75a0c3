"""Codes torn by a space: two words side by side whose letters together are codes without an edit.

Such a reading explains every letter, so it beats one of a code with letters beside it: `EF IN` is
EFIN, and not India. Two words that are both codes already stay two.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from tagnorm.engine.chunks.drafts import Draft, are_codes, are_numbers, word_of
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.chunks.neighbours import CORRECTED
from tagnorm.engine.reading.answers import Answer

__all__ = ["join_torn_codes"]

# The share of pairs of words spelling codes that are meant as these.
_TORN_SHARE: Final = 0.95


def join_torn_codes(field: FieldDraft, places: Sequence[list[Draft]]) -> None:
    """Join the words of a field that are torn codes. Two or more codes are always taken for that;
    one alone is where all else in the field is codes, one of them long.

    Args:
        field: the field.
        places: its chunks by place; the certain ones are read.
    """
    drafts = list(chain.from_iterable(places))
    if all(draft.is_certain for draft in drafts):
        return
    torn = [(place, *pair) for place in places for pair in _torn_in(field, place)]
    if not torn:
        return
    held = {id(draft) for _, one, other, _ in torn for draft in (one, other)}
    others = [d for d in drafts if id(d) not in held and not d.chunks[0].in_parentheses]
    has_company = are_codes(others)
    for place, one, other, answer in torn:
        if not (has_company or len(answer.pieces) > 1):
            continue
        joined = Draft(one.chunks + other.chunks)
        joined.take([(one.start, other.chunks[0].parts[0].end, answer)])
        joined.is_certain = True
        field.context |= frozenset(answer.tags)
        at = place.index(one)
        place[at : at + 2] = [joined]


def _torn_in(field: FieldDraft, place: Sequence[Draft]) -> list[tuple[Draft, Draft, Answer]]:
    """The pairs of neighbours in a place that are torn codes, each with its answer."""
    found: list[tuple[Draft, Draft, Answer]] = []
    at = 1
    while at < len(place):
        answer = _torn(field, place[at - 1], place[at])
        if answer is not None:
            found.append((place[at - 1], place[at], answer))
            at += 1
        at += 1
    return found


def _torn(field: FieldDraft, one: Draft, other: Draft) -> Answer | None:
    """The answer for two words that are torn codes, one of four letters or more standing across the
    gap; None if they are not, or are both certain by themselves."""
    left, right = word_of(one), word_of(other)
    if not (left and right) or (one.is_certain and other.is_certain):
        return None
    if are_numbers([one, other]):
        return None
    first, second = one.chunks[0].parts[0], other.chunks[0].parts[0]
    if not field.folded[first.end : second.start].isspace():
        return None
    whole, gap = left + right, len(left)
    # One torn code has short parts: a longer part is a word of its own (`UNIT A`).
    if whole in field.reader.tags and max(gap, len(right)) >= CORRECTED:
        return None
    raw = field.raw(first.start, first.end) + field.raw(second.start, second.end)
    answer = field.reader.certain_answer(whole, raw, weighed=field.weighed)
    # Forms of several words are left to `torn_forms`.
    if answer is None or whole in field.forms.squashed or not _is_torn_at(gap, answer):
        return None
    if any(map(field.lexicon.is_outside, (left, right))):
        return None
    if any(field.decision(draft.start, draft.end) is not None for draft in (one, other)):
        return None
    start, moved = first.start - one.start, second.start - first.end
    pieces = [
        piece._replace(
            start=start + piece.start + (moved if piece.start >= gap else 0),
            end=start + piece.end + (moved if piece.end > gap else 0),
        )
        for piece in answer.pieces
    ]
    return answer._replace(pieces=tuple(pieces)).less_sure(_TORN_SHARE)


def _is_torn_at(gap: int, answer: Answer) -> bool:
    """Whether an answer is nothing but exact codes, and one of four letters or more stands across a
    gap."""
    return all(how == "canonical" for _, _, _, how in answer.pieces) and any(
        start < gap < end and end - start >= CORRECTED for start, end, _, _ in answer.pieces
    )
