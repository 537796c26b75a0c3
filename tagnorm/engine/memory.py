"""A bounded memory for what was worked out about words."""

from __future__ import annotations

from typing import Generic, TypeVar

__all__ = ["Memory"]

# How many words are remembered, which takes some tens of megabytes at most, and the longest of
# them.
_WORDS, _LONGEST = 1 << 16, 256
_T = TypeVar("_T")


class Memory(Generic[_T]):
    """What was worked out about each word. It is emptied when it is full; threads may share it.

    Args:
        most: how many words it holds.

    >>> memory = Memory()
    >>> memory.get("PGVO"), memory.add("PGVO", "PGOV"), memory.get("PGVO")
    (None, 'PGOV', 'PGOV')
    """

    def __init__(self, most: int = _WORDS) -> None:
        self._most = most
        self._known: dict[str, _T] = {}
        self.get = self._known.get

    def add(self, word: str, found: _T) -> _T:
        """Remember what was found for a word, and return it."""
        if len(word) <= _LONGEST:
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[word] = found
        return found

    def clear(self) -> None:
        """Forget all words."""
        self._known.clear()
