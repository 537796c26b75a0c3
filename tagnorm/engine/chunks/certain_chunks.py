"""Certain chunks: those of which every part is a code, a clean segmentation, or decided."""

from __future__ import annotations

import re
from typing import Final

from tagnorm.engine.chunks.chunk_names import leave_alone_name
from tagnorm.engine.chunks.drafts import Draft, decided_answer
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.text.phrases import SHORTENED
from tagnorm.engine.text.tokens import Chunk, Part
from tagnorm.folding import fold

__all__ = ["LEAST_EXACT", "answer_as_written", "certain_answer", "read_certain"]

# The letters that a form needs, at least, for a chunk of several parts with these letters to be it.
LEAST_EXACT: Final = 3
# The share of names with NO or SO for north or south, without a full stop, that are read right: the
# others are two codes.
_SHORTENED: Final = 0.6
# Marks behind a space, with nothing behind them in their place, and the share of them that belong
# to the code before them: chosen.
_MARKS_APART: Final = re.compile(r"[ \t]+([^\w\s,;|/()]+)\s*(?:[,;|\n]|$)")
_APART: Final = 0.95
# Letters with a full stop behind each; it may be missing at the end.
_ABBREVIATED: Final = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?")
# The share of words with a mark in place of a letter that are the only form with some letter there:
# chosen.
_RESTORED: Final = 0.97


def read_certain(field: FieldDraft, draft: Draft, *, is_alone: bool) -> None:
    """Read a chunk if it is certain, or stands in parentheses; else do nothing.

    Args:
        field: its field.
        draft: the chunk.
        is_alone: whether nothing else stands in its place.
    """
    (chunk,) = draft.chunks
    if chunk.in_parentheses:
        draft.leave_alone()
        return
    decided = field.decision(chunk.start, chunk.end)
    if decided is not None:
        answer = decided_answer(decided, chunk.end - chunk.start)
        draft.take([(chunk.start, chunk.end, answer)])
        draft.is_certain = True
        return
    reader = field.reader
    found = []
    start = chunk.start
    for part in chunk.parts:
        answer_of_part = certain_answer(field, part)
        if answer_of_part is None:
            break
        if reader.are_alike and len(chunk.parts) == 1:
            by_marks = _with_marks_around if part.is_form else _with_marks_apart
            answer_of_part = by_marks(field, answer_of_part, chunk)
        if len(chunk.parts) == 1 and answer_of_part.alternatives and not part.is_form:
            # The marks around it may say which of several codes is meant.
            answer_of_part = _entry(field, part.word, chunk.start, chunk.end) or answer_of_part
        if reader.are_alike and not part.is_form and len(answer_of_part.pieces) > 1:
            answer_of_part = answer_as_written(field, answer_of_part, part, start)
        found.append((part.start, part.end, answer_of_part))
        start = part.end
    else:
        draft.take(found)
        draft.is_certain = True
        if len(chunk.parts) > 1:
            _read_as_whole(field, draft)
            leave_alone_name(field, draft)
        return
    if len(chunk.parts) > 1:
        word = "".join([part.word for part in chunk.parts])
        raw = field.raw(chunk.start, chunk.end)
        is_whole = (
            len(word) >= LEAST_EXACT
            or reader.is_nearly_written(word, raw)
            or (is_alone and field.lexicon.doubts_everyday_codes and _ABBREVIATED.fullmatch(raw))
        )
        entry = _entry(field, word, chunk.start, chunk.end) if is_whole else None
        if entry is not None:
            first, last = chunk.parts[0].start, chunk.parts[-1].end
            draft.take([(first, last, entry.over(last - first))])
            draft.is_certain = True


def certain_answer(field: FieldDraft, part: Part) -> Answer | None:
    """The answer for a part if it is certain, else None."""
    decided = field.decision(part.start, part.end)
    if decided is not None:
        return decided_answer(decided, part.end - part.start)
    if part.is_form:
        entry = _entry(field, part.word, part.start, part.end)
        if entry is None:
            return None
        if _may_be_shortened(field, part.word, part.start):
            entry = entry.less_sure(_SHORTENED)
        if field.has_lost_letter(part):
            entry = entry.less_sure(_RESTORED)
        return entry.over(part.end - part.start)
    raw = field.raw(part.start, part.end)
    return field.reader.certain_answer(part.word, raw, weighed=field.weighed)


def _with_marks_around(field: FieldDraft, answer: Answer, chunk: Chunk) -> Answer:
    """The answer for a form that is all of a chunk but for marks around it: with more of them than
    any code has it is less sure (`A++` for A+)."""
    (part,) = chunk.parts
    around = field.reader.answer_of_entry(part.word, field.raw(chunk.start, chunk.end))
    if around.confidence >= answer.confidence:
        return answer
    return answer.less_sure(around.confidence / answer.confidence)


def _with_marks_apart(field: FieldDraft, answer: Answer, chunk: Chunk) -> Answer:
    """The answer for a word that may be one of several codes with marks, where just marks stand
    behind it and a space (`HIV -`): that code which is written with them, if one is."""
    (part,) = chunk.parts
    marks = _MARKS_APART.match(field.folded, chunk.end)
    if marks is None or part.word not in field.reader.tags:
        return answer
    meant = field.reader.answer_of_entry(part.word, field.raw(part.start, chunk.end) + marks[1])
    if meant.alternatives or (meant.tags == answer.tags and not answer.alternatives):
        return answer
    return meant.less_sure(_APART)


def answer_as_written(field: FieldDraft, answer: Answer, part: Part, start: int) -> Answer:
    """The answer for a part by the way it is written. The marks before it, from `start` on, count
    as its own if its first code begins with them."""
    word, lead = part.word, part.start - start
    if lead:
        found = field.reader.as_written(answer, word, field.raw(start, part.end), lead)
        marks = field.folded[start : part.start]
        if found.tags and fold(found.tags[0])[:lead] == marks:
            return found
    return field.reader.as_written(answer, word, field.raw(part.start, part.end))


def _entry(field: FieldDraft, word: str, start: int, end: int) -> Answer | None:
    """The answer for squashed letters if they are an entry, by how it is written between two
    places of the field; else None."""
    reader = field.reader
    if word not in reader.tags:
        return None
    raw = field.raw(start, end)
    if not raw.isascii() and reader.is_other_word(word, raw):
        return None
    return reader.answer_of_entry(word, raw)


def _read_as_whole(field: FieldDraft, draft: Draft) -> None:
    """Read a chunk whose parts are all codes as one code with joiners and an edit, if that is
    likelier; else make the codes less sure."""
    (chunk,) = draft.chunks
    start, end = chunk.parts[0].start, chunk.parts[-1].end
    word = "".join([part.word for part in chunk.parts])
    raws = [field.raw(part.start, part.end) for part in chunk.parts]
    raw = field.raw(start, end)
    answer, sure = field.reader.answer_for_parts(word, raw, draft.tags, raws)
    if _may_be_shortened(field, word, start):
        sure *= _SHORTENED
    if answer is not None:
        draft.take([(start, end, answer.over(end - start))])
        draft.is_certain = False
    elif sure < 1.0:
        each = sure ** (1 / len(draft.found))
        draft.found = [
            (first, last, found._replace(confidence=found.confidence * each))
            for first, last, found in draft.found
        ]


def _may_be_shortened(field: FieldDraft, word: str, start: int) -> bool:
    """Whether squashed letters at some place are a name with NO or SO for north or south, without
    a full stop (`NO YEMEN`), and are two codes as well."""
    rest = word[SHORT:]
    return (
        word[:SHORT] in SHORTENED
        and field.folded[start + SHORT] != "."
        and word in field.reader.tags
        and rest in field.reader.tags
    )
