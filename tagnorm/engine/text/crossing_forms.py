"""The forms of a vocabulary that something in them parts into places, as `Asia/Taipei`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, pairwise
from typing import Final

from tagnorm.engine.text.seams import MANY

__all__ = ["CrossingForms"]

# A word that is longer by so much is not as short as the other.
_LONGER: Final = 2
# Any letter.
_ANY: Final = "*"


class CrossingForms:
    """Such forms, by their words.

    >>> forms = CrossingForms()
    >>> forms.add(["ASIA", "TAIPEI"])
    >>> [word for word in ("ASIA", "ASIAT", "ATAIPEI", "AS") if forms.may_have(word)]
    ['ASIA', 'ASIAT', 'ATAIPEI']
    """

    def __init__(self) -> None:
        # The forms, squashed, and their words.
        self.squashed: set[str] = set()
        self.words: set[str] = set()
        # The words of each, if they are not many.
        self._in_order: list[Sequence[str]] = []
        # What the words are with a mark a letter off, once one is asked for.
        self._astray: _Astray | None = None

    def add(self, words: Sequence[str]) -> None:
        """Add a form of some words."""
        self.squashed.add("".join(words))
        self.words.update(words)
        if len(self._in_order) <= MANY:
            self._in_order.append(words)

    def may_have(self, word: str) -> bool:
        """Whether a folded word may be one of a form, or that with a mark a letter off."""
        return word in self.words or (self._astray or self._made_astray()).holds(word)

    def _made_astray(self) -> _Astray:
        self._astray = found = _Astray(self._in_order, self.words)
        return found


class _Astray:
    """What words beside one another in forms are where the mark between them is a letter off: the
    longer of the two, since many a word is as short as the other.

    Args:
        across: the words of each form.
        words: all of them. Of many forms it is not looked up what stands beside which word.

    >>> astray = _Astray([["ASIA", "TAIPEI"]], ["ASIA", "TAIPEI"])
    >>> [astray.holds(word) for word in ("ASIAT", "AIPEI", "ATAIPEI", "ASI")]
    [True, False, True, False]
    """

    def __init__(self, across: Sequence[Sequence[str]], words: Collection[str]) -> None:
        # By the word before a mark the letters that may stand behind it, and the other way round.
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
        """Two words that stand beside one another."""
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
        """Whether a word is one of them, a letter off."""
        if not word or word in self._cut:
            return bool(word)
        behind, before = self._behind.get(word[:-1], ""), self._before.get(word[1:], "")
        return _ANY in (behind, before) or word[-1] in behind or word[0] in before
