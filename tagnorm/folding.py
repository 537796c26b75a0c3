"""How raw text becomes words: folding, separators, and the form in which two names are the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "plain_words", "squash", "words"]

# A word is a run of letters and digits; everything else separates.
_WORD = re.compile(r"[^\W_]+")
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """The capital letter a character stands for, or the character itself if that is longer."""
    if not character.isalnum():
        return character
    base = unicodedata.normalize("NFKD", character)[:1].upper()
    return base if len(base) == 1 and base.isalnum() else character


def fold(text: str) -> str:
    """Capital letters without accents, one character for one, so that spans stay valid.

    >>> fold("prel, Côte")
    'PREL, COTE'
    >>> len(fold("straße ŉ ǆ")) == len("straße ŉ ǆ")
    True
    """
    if text.isascii():
        return text.upper()
    return "".join(map(_fold_character, text))


def squash(text: str) -> str:
    """Folded text without separators: the form in which two spellings of a name are the same.

    >>> squash("Côte d'Ivoire"), squash("UNGA/C-6")
    ('COTEDIVOIRE', 'UNGAC6')
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    folded = fold(text)
    return folded if folded.isalnum() else _NOT_WORD.sub("", folded)


def plain_words(folded: str) -> list[str]:
    """The words of folded text, without their spans.

    >>> plain_words("PREL, PGOV")
    ['PREL', 'PGOV']
    """
    return _WORD.findall(folded)


def words(folded: str) -> list[tuple[str, int, int]]:
    """The words of folded text with their spans; all between them separates.

    >>> words("PREL, PGOV")
    [('PREL', 0, 4), ('PGOV', 6, 10)]
    """
    return [(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded)]
