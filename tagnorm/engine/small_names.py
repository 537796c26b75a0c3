"""Names that are no codes, of words that are: among codes they are those (`PREL TO DO`)."""

from __future__ import annotations

from tagnorm.engine.drafts import Draft
from tagnorm.engine.reader import SHORT
from tagnorm.engine.tokens import Chunk, Part

__all__ = ["name_of", "words_of"]


def name_of(draft: Draft) -> str:
    """The form of several words that a draft is, squashed; empty if it is none."""
    first, *others = draft.chunks
    if others or len(first.parts) > 1 or first.in_parentheses or not first.parts[0].is_form:
        return ""
    return first.parts[0].word


def words_of(draft: Draft, folded: str) -> list[Draft]:
    """The words of a name with spaces between them, if each is as short as the shortest codes.

    Args:
        draft: a form of several words.
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
