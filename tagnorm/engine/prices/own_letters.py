"""What words in the letters of a vocabulary cost, where these are not Latin.

The table of the languages is of Latin letters. Words of another script are told by the letters of
the codes: where there are thousands of these, most words of the language are made as they are.
"""

# ruff: noqa: RUF002 - other letters are meant

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

__all__ = ["OwnLetters", "is_of_other_letters", "own_letters_of"]

# Fewer forms say more of themselves than of other words; more say nothing new.
_FEWEST: Final = 2_000
_MOST: Final = 10_000
# A letter behind others is told by these only where they were seen so often; else by fewer of them.
_PRIOR: Final = 20.0


class OwnLetters:
    """How many nats a word costs by the letters of some forms: each after the two before it.

    >>> own = OwnLetters(["МОСКВА", "МОСТ", "РОСТ"])
    >>> own.nats("МОСТЫ") < own.nats("ЫСТОМ")
    True
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._behind_two: Counter[str] = Counter()
        self._behind_one: Counter[str] = Counter()
        self._letters: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()
        self._singles: Counter[str] = Counter()
        for form in forms:
            marked = f"^^{form}$"
            for at in range(2, len(marked)):
                self._behind_two[marked[at - 2 : at + 1]] += 1
                self._behind_one[marked[at - 1 : at + 1]] += 1
                self._letters[marked[at]] += 1
                self._pairs[marked[at - 2 : at]] += 1
                self._singles[marked[at - 1]] += 1
        self._total = self._letters.total() + 0.5 * len(self._letters)

    def nats(self, word: str) -> float:
        """What a word costs; none that has only the letters of the forms is impossible."""
        marked, nats = f"^^{word}$", 0.0
        for at in range(2, len(marked)):
            chance = (self._letters[marked[at]] + 0.5) / self._total
            pair, single = marked[at - 2 : at], marked[at - 1]
            seen = self._behind_one[marked[at - 1 : at + 1]]
            chance = (seen + _PRIOR * chance) / (self._singles[single] + _PRIOR)
            seen = self._behind_two[marked[at - 2 : at + 1]]
            chance = (seen + _PRIOR * chance) / (self._pairs[pair] + _PRIOR)
            nats -= math.log(chance)
        return nats


def own_letters_of(forms: Iterable[str]) -> OwnLetters | None:
    """The letters of forms that have no Latin ones; None where they are few.

    >>> own_letters_of(["МОСКВА", "PARIS"]) is None
    True
    """
    found = [form for form in forms if is_of_other_letters(form)]
    if len(found) < _FEWEST:
        return None
    # Of a list in some order those from its beginning are not like the others.
    return OwnLetters(found[:: 1 + len(found) // _MOST])


def is_of_other_letters(word: str) -> bool:
    """Whether a folded word has letters alone, and none from A to Z.

    >>> [is_of_other_letters(word) for word in ("МОСКВА", "МОСКВА1", "PARIS", "МОСКВАX")]
    [True, False, False, False]
    """
    return word.isalpha() and not any(map(str.isascii, word))
