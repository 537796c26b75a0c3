"""Forms whose words stand torn or with an edit in several chunks, which become one."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise, takewhile
from typing import Final

from tagnorm.engine.chunks.certain_chunks import LEAST_EXACT
from tagnorm.engine.chunks.drafts import Draft
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.chunks.neighbours import is_abbreviation
from tagnorm.engine.chunks.uncertain_chunks import LEAST_EDITED, form_with_edit
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.reader import SHORT
from tagnorm.engine.text.tokens import JOINED, Part
from tagnorm.folding import plain_words

__all__ = ["join_across", "join_torn"]

# The letters that a form of one word needs, at least, to be found torn. Where its letters and
# digits meet (`B 90`) fewer will do, since people write a space there.
_TORN: Final = 6


def join_across(field: FieldDraft, places: list[list[Draft]]) -> list[list[Draft]]:
    """The places of a field, those joined over which a form of the vocabulary stands with an
    edit."""
    flat = [draft for place in places for draft in place]
    bounds = {id(place[0]) for place in places}
    whole = join_torn(field, flat, field.forms.crossing.squashed)
    joined: list[list[Draft]] = []
    for draft in whole:
        if not joined or len(draft.chunks) > 1 or id(draft) in bounds:
            joined.append([draft])
        else:
            joined[-1].append(draft)
    return joined


def join_torn(
    field: FieldDraft, drafts: list[Draft], among: AbstractSet[str] | None = None
) -> list[Draft]:
    """Drafts, those joined that are one form together, torn or with an edit.

    Args:
        field: the field.
        drafts: chunks side by side, of which the certain ones are read.
        among: the squashed forms to look for, if the drafts are of several places; None for all
            forms, if they are of one.
    """
    most = min(field.forms.most_words + 1, len(drafts))
    if most < 2 or all(draft.is_certain for draft in drafts):
        return drafts
    found = list(drafts)
    # Of three chunks or more one must be exactly a word of the form, or a shorter form.
    spanned = field.forms.spanned_gaps(
        [_words_of(field, draft.chunks[0].parts[0])[0] for draft in found],
        [_words_of(field, draft.chunks[-1].parts[-1])[-1] for draft in found],
        [draft.is_certain for draft in found],
    )
    for size in range(most if any(spanned) else JOINED, 1, -1):
        at = 0
        while at + size <= len(found):
            end = at + size
            joined = None
            if (size == JOINED or any(spanned[at : end - 1])) and not all(
                draft.is_certain for draft in found[at:end]
            ):
                joined = _join(field, found[at:end], among)
            if joined is None:
                at += 1
            else:
                found[at:end] = [joined]
                spanned[at : end - 1] = []
    return found


def _words_of(field: FieldDraft, part: Part) -> list[str]:
    """The words of a part, which is several if it is a form of several words."""
    return plain_words(field.folded[part.start : part.end]) if part.is_form else [part.word]


def _join(
    field: FieldDraft, window: Sequence[Draft], among: AbstractSet[str] | None
) -> Draft | None:
    """Chunks of which not all are certain as one form, or None if they are none."""
    reader, forms = field.reader, field.forms
    parts = [part for draft in window for chunk in draft.chunks for part in chunk.parts]
    if among is None and any(c.in_parentheses for draft in window for c in draft.chunks):
        return None
    word = "".join([part.word for part in parts])
    lengths, size = forms.lengths, len(word)
    if size < LEAST_EDITED and not _may_be_short_form(field, word, window, among):
        return None
    wanted: AbstractSet[str] = forms.squashed.keys()
    known: AbstractSet[str] = forms.words
    if among is not None:
        wanted, known = among, forms.crossing.words
    start, end = parts[0].start, parts[-1].end
    if is_abbreviation(parts[0].word, "") and word[1:] in wanted:
        return None
    # What stands there as it is has no word beside it for an edit (`MOLDOVAREP, A`).
    by_themselves = {part.word for part in parts}
    answer: Answer | None = None
    if word in reader.tags:
        if among is not None or (word in wanted and size >= LEAST_EDITED):
            is_whole = word in wanted
        elif _part_at_numbers(parts):
            is_whole = any(part.word not in reader.tags for part in parts)
        else:
            is_whole = size >= _TORN and _is_torn(field, window)
        if is_whole:
            answer = reader.answer_of_entry(word, field.raw(start, end))
    elif (size in lengths or size - 1 in lengths or size + 1 in lengths) and any(
        _is_named(part, known) for part in parts
    ):
        candidates = [
            one
            for one in reader.candidates(word)
            if one.form in wanted
            and one.form not in by_themselves
            and not _is_code_edited(field, parts, word, one.form)
        ]
        answer = reader.as_written(
            reader.answer_among(word, candidates),
            word,
            field.raw(window[0].start, window[-1].end),
        )
    elif (
        among is None
        and len(parts) == JOINED
        and by_themselves.isdisjoint(wanted)
        and _is_torn(field, window)
    ):
        answer = form_with_edit(field, parts)
    if answer is None or not answer.tags:
        return None
    joined = Draft(tuple([chunk for draft in window for chunk in draft.chunks]))
    joined.take([(start, end, answer.over(end - start))])
    return joined


def _may_be_short_form(
    field: FieldDraft, word: str, window: Sequence[Draft], among: AbstractSet[str] | None
) -> bool:
    """Whether chunks of few letters may be one form: exactly; or with an edit, if they stand in one
    place, are letters alone, and none of them is certain."""
    if len(word) >= LEAST_EXACT and word in field.reader.tags:
        return True
    is_free = among is None and not any(draft.is_certain for draft in window)
    return len(word) > field.reader.shortest and is_free and word.isalpha()


def _is_torn(field: FieldDraft, window: Sequence[Draft]) -> bool:
    """Whether some chunk is a single word that is no code by itself."""
    return any(
        not draft.is_certain
        and len(draft.chunks) == len(draft.chunks[0].parts) == 1
        and not field.by_letters(draft.chunks[0].parts[0].word).tags
        for draft in window
    )


def _is_code_edited(field: FieldDraft, parts: Sequence[Part], word: str, form: str) -> bool:
    """Whether the edit of a form lies within a part that is another code of two letters: `VIRGIN
    ISLANDS, UK` is not VIRGIN ISLANDS, US."""
    if len(word) != len(form):
        return False
    left, right = _same_letters(word, form), len(word) - _same_letters(word[::-1], form[::-1])
    at = 0
    for part in parts:
        if at <= left and right <= at + len(part.word):
            return len(part.word) == SHORT and part.word in field.reader.tags
        at += len(part.word)
    return False


def _same_letters(one: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _is_named(part: Part, known: AbstractSet[str]) -> bool:
    """Whether a part is a form of the vocabulary, or one of some words of such forms."""
    return part.is_form or part.word in known


def _part_at_numbers(parts: Sequence[Part]) -> bool:
    """Whether letters and digits meet wherever one part ends and the next begins."""
    return all(one.word[-1:].isdigit() != two.word[:1].isdigit() for one, two in pairwise(parts))
