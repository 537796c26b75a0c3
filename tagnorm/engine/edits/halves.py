"""Halves of forms: an edit leaves one half of a form as it was.

So a word that has no half of a form in its place is not near it, which is known in two look-ups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["Halves"]


class Halves:
    """The first and the last halves of some forms, made for each length when it is first asked for.

    Args:
        by_length: the forms, by their lengths.

    >>> halves = Halves({11: ["HUMANRIGHTS"]})
    >>> halves.may_be_near("HUMANRIHGTS"), halves.may_be_near("PRELHUMAN")
    (True, False)
    """

    def __init__(self, by_length: Mapping[int, Sequence[str]]) -> None:
        self._by_length = by_length
        self._halves: dict[int, tuple[frozenset[str], frozenset[str]]] = {}

    def may_be_near(self, word: str) -> bool:
        """Whether a form may be one edit from a word."""
        size = len(word)
        return (
            self.has_one(word, size) or self.has_one(word, size - 1) or self.has_one(word, size + 1)
        )

    def has_one(self, word: str, size: int) -> bool:
        """Whether a word has one of the halves of a form of some length in its place."""
        half = (size - 1) // 2
        if half < 1:
            return size in self._by_length
        heads, tails = self.of(size)
        return word[:half] in heads or word[-half:] in tails

    def of(self, size: int) -> tuple[frozenset[str], frozenset[str]]:
        """The first and the last halves of the forms of a length, without a letter between them."""
        halves = self._halves.get(size)
        if halves is None:
            half, forms = (size - 1) // 2, self._by_length.get(size, ())
            heads = frozenset([form[:half] for form in forms])
            halves = self._halves[size] = heads, frozenset([form[-half:] for form in forms])
        return halves
