"""Names that are no codes, but whose words are: among codes they are those (`PREL TO DO`)."""

from __future__ import annotations

from collections.abc import Sequence

from tagnorm.engine.chunks.certain_chunks import read_certain
from tagnorm.engine.chunks.drafts import Draft, are_codes
from tagnorm.engine.chunks.field_draft import FieldDraft
from tagnorm.engine.reading.lexicon import SHORT
from tagnorm.engine.text.tokens import JOINED, Chunk, Part

__all__ = ["take_apart"]


def take_apart(field: FieldDraft, places: Sequence[list[Draft]]) -> None:
    """Replace names that the vocabulary lists as no codes by their words, where these are all codes
    and all else in their place is codes, one of them long."""
    for place in places:
        if len(place) < JOINED or not any(map(_name_of, place)):
            continue
        names = [draft for draft in place if field.lexicon.is_listed_outside(_name_of(draft))]
        others = [draft for draft in place if draft not in names]
        for name in names if are_codes(others) else ():
            words = _words_of(name, field.folded)
            for word in words:
                read_certain(field, word, is_alone=False)
            if words and all(word.is_certain and word.tags for word in words):
                at = place.index(name)
                place[at : at + 1] = words


def _name_of(draft: Draft) -> str:
    """The squashed form of several words that a draft is; empty if it is none."""
    first, *others = draft.chunks
    if others or len(first.parts) > 1 or first.in_parentheses or not first.parts[0].is_form:
        return ""
    return first.parts[0].word


def _words_of(draft: Draft, folded: str) -> list[Draft]:
    """The words of a name as drafts, if it has nothing but spaces between them and each is of two
    letters; else none.

    Args:
        draft: the name.
        folded: the text that it stands in.
    """
    words = folded[draft.start : draft.end].split(" ")
    if not all(len(word) == SHORT and word.isalpha() for word in words):
        return []
    starts = range(draft.start, draft.end, SHORT + 1)
    return [
        Draft((Chunk(at, at + SHORT, (Part(word, at, at + SHORT, False),)),))
        for at, word in zip(starts, words, strict=True)
    ]
