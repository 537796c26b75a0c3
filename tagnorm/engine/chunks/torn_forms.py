"""Forms whose words stand torn or with an edit in several chunks, which become one."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

from tagnorm.engine.chunks.certain_chunks import LEAST_EXACT
from tagnorm.engine.chunks.drafts import Draft, word_of
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.chunks.neighbours import is_abbreviation
from tagnorm.engine.chunks.uncertain_chunks import LEAST_EDITED, form_with_edit
from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.text.tokens import JOINED, Part
from tagnorm.folding import plain_words

__all__ = ["in_places", "join_across", "join_torn"]

# The letters that a form of one word needs, at least, to be found torn. Where its letters and
# digits meet (`B 90`) fewer will do, since people write a space there.
_SHORTEST_TORN: Final = 6
# The share of places with nothing but a letter and a digit, or a small word and a code, that are
# the code which these spell: chosen.
_WHOLE_SHARE: Final = 0.95


def join_across(field: FieldDraft, places: list[list[Draft]]) -> list[list[Draft]]:
    """The places of a field, those joined over which a form of the vocabulary stands with an
    edit."""
    flat = [draft for place in places for draft in place]
    return in_places(places, join_torn(field, flat, field.forms.crossing.squashed))


def in_places(places: Sequence[Sequence[Draft]], drafts: Sequence[Draft]) -> list[list[Draft]]:
    """The places of a field once some of their drafts are joined: what was joined begins one."""
    bounds = {id(place[0]) for place in places}
    joined: list[list[Draft]] = []
    for draft in drafts:
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
                are_all = size == len(found)
                joined = _Window(field, found[at:end], among, are_all=are_all).joined()
            if joined is None:
                at += 1
            else:
                found[at:end] = [joined]
                spanned[at : end - 1] = []
    return found


def _words_of(field: FieldDraft, part: Part) -> list[str]:
    """The words of a part, which is several if it is a form of several words."""
    return plain_words(field.folded[part.start : part.end]) if part.is_form else [part.word]


class _Window:
    """Chunks side by side, of which not all are certain and which may be one form together.

    Args:
        field: their field.
        drafts: the chunks.
        among: the squashed forms that they may be, if they are of several places; None for any, if
            they are of one.
        are_all: whether nothing else stands in their place.
    """

    def __init__(
        self,
        field: FieldDraft,
        drafts: Sequence[Draft],
        among: AbstractSet[str] | None,
        *,
        are_all: bool = False,
    ) -> None:
        self._field, self._drafts = field, drafts
        self._are_all = are_all
        self._is_one_place = among is None
        forms = field.forms
        self._forms: AbstractSet[str] = forms.squashed.keys() if among is None else among
        self._words: AbstractSet[str] = forms.words if among is None else forms.crossing.words
        self._parts = [part for draft in drafts for chunk in draft.chunks for part in chunk.parts]
        self._word = "".join([part.word for part in self._parts])

    def joined(self) -> Draft | None:
        """The chunks as one form, or None if they are none."""
        chunks = [chunk for draft in self._drafts for chunk in draft.chunks]
        if self._is_one_place and any(chunk.in_parentheses for chunk in chunks):
            return None
        if len(self._word) < LEAST_EDITED and not self._may_be_short_form():
            return None
        if is_abbreviation(self._parts[0].word, "") and self._word[1:] in self._forms:
            return None
        answer = self._answer()
        if answer is None or not answer.tags:
            return None
        if any(draft.is_decided for draft in self._drafts):
            return None
        start, end = self._parts[0].start, self._parts[-1].end
        joined = Draft(tuple(chunks))
        joined.take([(start, end, answer.over(end - start))])
        return joined

    def _may_be_short_form(self) -> bool:
        """Whether chunks of few letters may be one form: exactly; or with an edit, if they stand in
        one place, are letters alone, and none of them is certain."""
        word, reader = self._word, self._field.reader
        if word in reader.tags and (len(word) >= LEAST_EXACT or self._is_whole_number()):
            return True
        is_free = self._is_one_place and not any(draft.is_certain for draft in self._drafts)
        return len(word) > reader.shortest and is_free and word.isalpha()

    def _is_whole_number(self) -> bool:
        """Whether chunks that are all of their place are a letter and a digit (`A 4`)."""
        return self._are_all and self._is_one_place and _part_at_numbers(self._drafts)

    def _answer(self) -> Answer | None:
        """The chunks read as one form, as it is written or with an edit."""
        field, parts = self._field, self._parts
        if self._word in field.reader.tags:
            if not self._is_entry():
                return None
            raw = field.raw(parts[0].start, parts[-1].end)
            answer = field.reader.answer_of_entry(self._word, raw)
            is_sure = len(self._word) >= LEAST_EXACT and not self._begins(self._drafts[0])
            return answer if is_sure else answer.less_sure(_WHOLE_SHARE)
        if self._may_have_edit():
            return self._with_edit()
        by_themselves = {part.word for part in parts}
        is_pair = self._is_one_place and len(parts) == JOINED
        if is_pair and self._forms.isdisjoint(by_themselves) and self._is_torn():
            return form_with_edit(field, parts)
        return None

    def _is_entry(self) -> bool:
        """Whether the letters of the chunks, which are those of a form, were written for it."""
        word, tags = self._word, self._field.reader.tags
        if not self._is_one_place or (word in self._forms and len(word) >= LEAST_EDITED):
            return word in self._forms
        if _part_at_numbers(self._drafts) or self._is_parted_at_letter():
            return any(part.word not in tags for part in self._parts)
        least = LEAST_EDITED if self._begins(self._drafts[0]) else _SHORTEST_TORN
        # A space put into a code is one edit, and chunks of which none is certain take two.
        are_edited = not any(draft.is_certain for draft in self._drafts)
        return len(word) >= least and (are_edited or self._is_torn())

    def _is_parted_at_letter(self) -> bool:
        """Whether the last of two chunks is what numbers the form, a letter (`Hep A` for HepA)."""
        parts = self._parts
        return len(parts) == JOINED and self._field.lexicon.is_numbered_at(
            self._word, len(parts[0].word)
        )

    def _may_have_edit(self) -> bool:
        """Whether a form with an edit may have so many letters, and one of its words is there."""
        lengths, size = self._field.forms.lengths, len(self._word)
        return not lengths.isdisjoint((size - 1, size, size + 1)) and any(
            part.is_form or part.word in self._words for part in self._parts
        )

    def _with_edit(self) -> Answer | None:
        """The chunks read as a form with an edit."""
        field, reader, word = self._field, self._field.reader, self._word
        # What stands there as it is has no word beside it for an edit (`MOLDOVAREP, A`).
        by_themselves = {part.word for part in self._parts}
        candidates = [
            one
            for one in reader.candidates(word)
            if one.form in self._forms
            and one.form not in by_themselves
            and not self._is_code_edited(one.form)
        ]
        raw = field.raw(self._drafts[0].start, self._drafts[-1].end)
        return reader.as_written(reader.answer_among(word, candidates), word, raw)

    def _is_torn(self) -> bool:
        """Whether some chunk is a single word that is no code by itself; nor a small word, if one
        of the others is a code (`Arzt in` is not `Ärztin`), unless it begins the place."""
        is_beside_code = any(draft.is_certain for draft in self._drafts)
        is_everyday = self._field.lexicon.is_everyday
        return any(
            not draft.is_certain
            and (self._begins(draft) or not (is_beside_code and is_everyday(word_of(draft))))
            and len(draft.chunks) == len(draft.chunks[0].parts) == 1
            and not self._field.by_letters(draft.chunks[0].parts[0].word).tags
            for draft in self._drafts
        )

    def _begins(self, draft: Draft) -> bool:
        """Whether a small word stands before a code, and the two are all of their place, as in no
        sentence (`in active`)."""
        drafts = self._drafts
        is_first = self._are_all and draft is drafts[0] and len(drafts) == JOINED
        return (
            is_first and drafts[-1].is_certain and self._field.lexicon.is_everyday(word_of(draft))
        )

    def _is_code_edited(self, form: str) -> bool:
        """Whether the edit of a form makes another code of a part that is one: of one with two
        letters (`VIRGIN ISLANDS, UK` is not VIRGIN ISLANDS, US), or of a name of a code the name of
        another (`REPUBLIC OF IRELAND` is not REPUBLIC OF ICELAND)."""
        word, tags = self._word, self._field.reader.tags
        more, at = len(form) - len(word), 0
        for part in self._parts:
            end = at + len(part.word)
            tag = tags.get(part.word)
            if tag is not None and form.startswith(word[:at]) and form.endswith(word[end:]):
                other = tags.get(form[at : end + more])
                if (len(part.word) == SHORT and not more) or (other is not None and other != tag):
                    return True
            at = end
        return False


def _part_at_numbers(drafts: Sequence[Draft]) -> bool:
    """Whether letters and digits meet wherever one of some chunks ends and the next begins."""
    ends = [
        (one.chunks[-1].parts[-1].word, two.chunks[0].parts[0].word)
        for one, two in pairwise(drafts)
    ]
    return all(left[-1:].isdigit() != right[:1].isdigit() for left, right in ends)
