"""What words cost in another script than the Latin one, by the letters of the vocabulary's codes.

The shipped table of languages has Latin letters alone. But where a vocabulary has thousands of
codes in another script, most words of its language are spelled like them.
"""

# ruff: noqa: RUF002 - other letters are meant

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

__all__ = ["OwnLetters", "is_of_other_letters", "own_letters_of"]

# Fewer forms say little of other words than themselves; more than the most say nothing new.
_FEWEST: Final = 2_000
_MOST: Final = 10_000
# The weight of the shorter context: as if each had been seen so often behind the longer one.
_PRIOR: Final = 20.0


class OwnLetters:
    """A model of the letters of some forms: how likely each is after the two before it.

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
        """Minus the logarithm of the chance of a word; no word of the letters of the forms is
        impossible."""
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
    """The model of the forms that have no Latin letters; None where these are too few.

    >>> own_letters_of(["МОСКВА", "PARIS"]) is None
    True
    """
    found = [form for form in forms if is_of_other_letters(form)]
    if len(found) < _FEWEST:
        return None
    # Taken evenly: in a sorted list the first ones are not like the others.
    return OwnLetters(found[:: 1 + len(found) // _MOST])


def is_of_other_letters(word: str) -> bool:
    """Whether a folded word consists of letters, none of them from A to Z.

    >>> [is_of_other_letters(word) for word in ("МОСКВА", "МОСКВА1", "PARIS", "МОСКВАX")]
    [True, False, False, False]
    """
    return word.isalpha() and not any(map(str.isascii, word))
