"""The forms of a vocabulary that hold a list separator, a slash or a parenthesis, as `Asia/Taipei`.

Text parts into places there, so their words stand in different places of a field.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, pairwise
from typing import Final

from tagnorm.engine.text.seams import MANY

__all__ = ["CrossingForms"]

# Of two words side by side one is the longer if it has at least this many letters more.
_LONGER: Final = 2
# Stands for every letter.
_ANY: Final = "*"


class CrossingForms:
    """The forms across places, by their words.

    >>> forms = CrossingForms()
    >>> forms.add(["ASIA", "TAIPEI"])
    >>> [word for word in ("ASIA", "ASIAT", "ATAIPEI", "AS") if forms.may_have(word)]
    ['ASIA', 'ASIAT', 'ATAIPEI']
    """

    def __init__(self) -> None:
        # The forms, squashed, and their words.
        self.squashed: set[str] = set()
        self.words: set[str] = set()
        # The words of each form, for as many forms as are looked up.
        self._in_order: list[Sequence[str]] = []
        # The words with a mark a letter off, made when one is first asked for.
        self._astray: _Astray | None = None

    def add(self, words: Sequence[str]) -> None:
        """Add a form of some words."""
        self.squashed.add("".join(words))
        self.words.update(words)
        if len(self._in_order) <= MANY:
            self._in_order.append(words)

    def may_have(self, word: str) -> bool:
        """Whether a folded word may be a word of a form, even where a mark beside it has moved by a
        letter."""
        return word in self.words or (self._astray or self._made_astray()).holds(word)

    def _made_astray(self) -> _Astray:
        self._astray = found = _Astray(self._in_order, self.words)
        return found


class _Astray:
    """The words of forms where the mark between two of them has moved by a letter.

    `Asi/aTaipei` has such words of `Asia/Taipei`: one of them has gained the letter, the other has
    lost it. The longer one is held, since many other words are as short as the shorter one.

    Args:
        across: the words of each form, in order.
        words: all of them; where the forms are many, every letter may stand beside every word.

    >>> astray = _Astray([["ASIA", "TAIPEI"]], ["ASIA", "TAIPEI"])
    >>> [astray.holds(word) for word in ("ASIAT", "AIPEI", "ATAIPEI", "ASI")]
    [True, False, True, False]
    """

    def __init__(self, across: Sequence[Sequence[str]], words: Collection[str]) -> None:
        # By word the letters that it may have got from the word behind it, and from that before it.
        self._behind: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._cut: set[str] = set()
        if len(across) > MANY:
            self._behind = self._before = dict.fromkeys(words, _ANY)
            for word in words:
                self._cut.update((word[:-1], word[1:]))
        else:
            for left, right in chain.from_iterable(map(pairwise, across)):
                self._add(left, right)

    def _add(self, left: str, right: str) -> None:
        """Add two words that stand side by side in a form."""
        longer = len(left) - len(right)
        letters = self._before.get(right, "")
        if longer >= _LONGER:
            self._cut.add(left[:-1])
        elif left[-1] not in letters:
            self._before[right] = letters + left[-1]
        letters = self._behind.get(left, "")
        if longer < -_LONGER:
            self._cut.add(right[1:])
        elif right[0] not in letters:
            self._behind[left] = letters + right[0]

    def holds(self, word: str) -> bool:
        """Whether a word is one that has gained or lost a letter so."""
        if not word or word in self._cut:
            return bool(word)
        behind, before = self._behind.get(word[:-1], ""), self._before.get(word[1:], "")
        return _ANY in (behind, before) or word[-1] in behind or word[0] in before
