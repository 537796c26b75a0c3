"""Chunks whose letters are codes, but which are names or abbreviations all the same."""

from __future__ import annotations

from itertools import pairwise
from math import prod

from tagnorm.engine.chunks.drafts import Draft, answers_of, word_of
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.chunks.neighbours import are_in_words
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.text.phrases import ARTICLES, SHORTENED, is_abbreviated

__all__ = [
    "is_shortened_name",
    "leave_alone_abbreviation",
    "leave_alone_et_cetera",
    "leave_alone_missing",
    "leave_alone_name",
]


def leave_alone_name(field: FieldDraft, draft: Draft) -> None:
    """Leave a certain chunk alone if it is a name, unless a person decided about it.

    An article joined to a name in words belongs to it (`AL-ISLAM`), and is no country; so does a
    short word for north or south (`NO.CYPRUS`). An apostrophe joins the halves of a word (`BE'ER`,
    `QA'IDA`), and no countries. And nobody joins a country to itself (`YO-YO`).
    """
    if draft.is_decided:
        return
    (chunk,) = draft.chunks
    first, *others = chunk.parts
    is_shortened = first.word in SHORTENED and field.folded[first.end] == "."
    is_name = (
        (first.word in ARTICLES or is_shortened)
        and len(others) == 1
        and are_in_words([answer for _, _, answer in draft.found[1:]])
    )
    is_name = is_name or _is_apostrophe_name(field, draft) or _is_repeated(field, draft)
    if is_name and len(draft.found) > 1:
        pieces = [piece for _, _, answer in draft.found for piece in answer.pieces]
        sure = prod([answer.confidence for _, _, answer in draft.found])
        draft.take([(first.start, chunk.parts[-1].end, Answer(tuple(pieces), sure))])
        draft.leave_alone_among_words()


def _is_apostrophe_name(field: FieldDraft, draft: Draft) -> bool:
    """Whether the parts of a chunk are halves of a word at an apostrophe, perhaps with an article
    before them (`AL-QA'IDA`): none has more than three letters, and a country is among them."""
    (chunk,) = draft.chunks
    parts, found, need_company = chunk.parts, draft.found, field.lexicon.need_company
    if "'" not in field.folded[chunk.start : chunk.end]:
        return False
    if all(len(part.word) == SHORT for part in parts):
        return need_company(draft.tags)
    if parts[0].word in ARTICLES and field.folded[parts[0].end] == "-":
        parts, found = parts[1:], found[1:]
    return (
        len(parts) == len(found) > 1
        and all(len(part.word) <= SHORT + 1 and not part.is_form for part in parts)
        and all(field.folded[one.end : two.start] == "'" for one, two in pairwise(parts))
        and any(
            len(part.word) == SHORT and need_company(answer.tags)
            for part, (_, _, answer) in zip(parts, found, strict=True)
        )
    )


def _is_repeated(field: FieldDraft, draft: Draft) -> bool:
    """Whether a chunk is a short code that needs company, joined to itself by hyphens."""
    (chunk,) = draft.chunks
    word = chunk.parts[0].word
    whole = "-".join([word] * len(chunk.parts))
    return (
        len(word) == SHORT
        and field.folded[chunk.start : chunk.end].rstrip(".") == whole
        and field.lexicon.need_company(draft.tags)
    )


def leave_alone_missing(field: FieldDraft, draft: Draft) -> None:
    """Leave NA in angle brackets alone: so data frames write that a value is missing."""
    is_missing = word_of(draft) == "NA" and field.folded[: draft.end + 1].endswith("<NA>")
    if is_missing and draft.is_certain and field.decision(draft.start, draft.end) is None:
        draft.leave_alone_among_words()


def leave_alone_et_cetera(field: FieldDraft, draft: Draft) -> None:
    """Leave ETC with a full stop alone: it ends a list. Without one it may be a code cut short."""
    if not draft.is_certain and word_of(draft) == "ETC":
        (chunk,) = draft.chunks
        if field.folded[chunk.parts[0].end : chunk.end].startswith("."):
            draft.leave_alone()


def is_shortened_name(field: FieldDraft, draft: Draft, before: Draft | None, behind: Draft) -> bool:
    """Whether a chunk is NO. or SO. for north or south, or a title, before a name in words (`NO.
    IRAQ`, `MT. LEBANON`), and not one of a list whose items all end with a full stop (`IR. NO.
    IRAQ.`)."""
    (chunk,) = draft.chunks
    mark = field.folded[chunk.parts[-1].end : chunk.end]
    return (
        mark == "."
        and draft.is_certain
        and field.decision(chunk.start, chunk.end) is None
        and is_abbreviated(word_of(draft))
        and not (before is not None and field.folded[before.start : before.end].endswith(mark))
        and field.lexicon.is_name(answers_of(behind))
        and are_in_words(answers_of(behind))
    )


def leave_alone_abbreviation(
    field: FieldDraft, draft: Draft, *, is_last: bool, among_codes: bool
) -> None:
    """Leave a code of two letters alone if a mark stands behind it: then it is an abbreviation
    (`CO.`) or a prefix.

    But a full stop behind the last of several codes ends a list, and a colon leads to what is said
    of it. In a vocabulary of words codes with nothing but codes in their place (`TX.`), and other
    names (`St.` for street), are abbreviations themselves; a letter is an initial.
    """
    (chunk,) = draft.chunks
    if not draft.is_certain or len(chunk.parts) > 1 or chunk.parts[0].is_form:
        return
    part = chunk.parts[0]
    mark = field.folded[part.end : chunk.end]
    if len(part.word) > SHORT or not mark or mark == ":":
        return
    if is_last and mark == "." and len(field.context) > 1:
        return
    is_own = mark == "." and field.lexicon.doubts_everyday_codes and len(part.word) == SHORT
    if is_own and (among_codes or _is_other_name(draft)):
        return
    if field.decision(chunk.start, chunk.end) is not None:
        return
    draft.leave_alone_among_words()


def _is_other_name(draft: Draft) -> bool:
    """Whether a certain chunk is another name of a code."""
    return [piece.how for answer in answers_of(draft) for piece in answer.pieces] == ["alias"]
