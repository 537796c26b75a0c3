"""Chunks that are not certain: one form with an edit, or codes with joiners between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from tagnorm.engine.chunks.certain_chunks import answer_as_written, certain_answer
from tagnorm.engine.chunks.drafts import Draft
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.text.tokens import Part
from tagnorm.folding import fold

__all__ = ["LEAST_EDITED", "form_with_edit", "read_uncertain"]

# The letters that a form of several words needs, at least, to be looked for with an edit.
LEAST_EDITED: Final = 5
# The share of chunks that hold a code with marks, and are left alone, that are no codes indeed.
_HOLDING: Final = 0.3


def read_uncertain(field: FieldDraft, draft: Draft) -> None:
    """Read a chunk that is not certain: as one word, one form with an edit, or codes with
    joiners."""
    (chunk,) = draft.chunks
    if len(chunk.parts) == 1:
        (part,) = chunk.parts
        answer = field.lists.answer(
            part.word,
            field.raw(chunk.start, chunk.end),
            field.context,
            weighed=field.weighed,
            among_codes=field.is_among_codes,
            lead=part.start - chunk.start,
        )
        if not answer.tags:
            draft.leave_alone(answer)
        elif part.is_form:
            draft.take([(part.start, part.end, answer.over(part.end - part.start))])
        else:
            draft.take([(part.start, part.end, answer)])
        return
    answer = form_with_edit(field, chunk.parts)
    if answer.tags:
        first, last = chunk.parts[0].start, chunk.parts[-1].end
        draft.take([(first, last, answer.over(last - first))])
        return
    codes = _codes(field, chunk.parts, chunk.start)
    if codes is None:
        if field.weighed and _holds_marked_code(field, chunk.parts, chunk.start, chunk.end):
            answer = answer.less_sure(_HOLDING)
        draft.leave_alone(answer)
    else:
        draft.take(codes)


def form_with_edit(field: FieldDraft, parts: Sequence[Part]) -> Answer:
    """The answer for several parts as one form with an edit: a form that has several parts itself,
    or one that has lost a letter at a gap between two of them."""
    reader, squashed = field.reader, field.forms.squashed
    word = "".join([part.word for part in parts])
    candidates = reader.candidates(word)
    raw = field.raw(parts[0].start, parts[-1].end)
    written = {one.form for one in reader.as_near_as_written(word, raw)}
    among = [one for one in candidates if one.form in squashed or one.form in written]
    if candidates and not among:
        gaps = list(accumulate([len(part.word) for part in parts[:-1]]))
        among = [
            one
            for one in candidates
            if len(one.form) >= LEAST_EDITED
            and any(one.form[:at] + one.form[at + 1 :] == word for at in gaps)
        ]
    return reader.as_written(reader.answer_among(word, among), word, raw)


def _codes(
    field: FieldDraft, parts: Sequence[Part], start: int
) -> list[tuple[int, int, Answer]] | None:
    """What a chunk is read as, if its parts are codes, some of them with an edit; else None.

    One part must be an exact code, long enough to be corrected, for the others to be codes.

    Args:
        field: the field.
        parts: the parts of the chunk, with joiners between them.
        start: where the chunk begins, with the marks before its first part.
    """
    found = []
    shortest = field.reader.shortest
    known = [certain_answer(field, part) for part in parts]
    if not any(
        one is not None and len(part.word) >= shortest
        for part, one in zip(parts, known, strict=True)
    ):
        return None
    # It is faster to find one part that is no code than to weigh what the others are.
    for part, certain in zip(parts, known, strict=True):
        if certain is None and (len(part.word) < shortest or _is_left_alone(field, part.word)):
            return None
    for part, certain in zip(parts, known, strict=True):
        answer = certain or field.by_letters(part.word)
        if certain is None and answer.tags and not part.is_form:
            answer = answer_as_written(field, answer, part, start)
        if any(tag is None for _, _, tag, _ in answer.pieces):
            return None
        found.append((part.start, part.end, answer))
        start = part.end
    return found


def _is_left_alone(field: FieldDraft, word: str) -> bool:
    """Whether a word, or some letter of it, is read as no code."""
    pieces = field.reader.read(word, field.context)
    return any(tag is None for _, _, tag, _ in pieces)


def _holds_marked_code(field: FieldDraft, parts: Sequence[Part], start: int, end: int) -> bool:
    """Whether one of several parts is a code that stands there with its own marks: then the others
    may be such codes, too, with more damage than can be read."""
    if not field.reader.are_marks_weighed:
        return False
    found = [certain_answer(field, part) for part in parts]
    text = field.folded[start:end]
    return any(
        not tag.isalnum() and fold(tag) in text
        for answer in found
        if answer is not None
        for tag in answer.tags
    )
