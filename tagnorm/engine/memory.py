"""A bounded memory for what was worked out of words."""

from __future__ import annotations

from typing import Generic, TypeVar

__all__ = ["Memory"]

# So many words are remembered, some tens of megabytes at most, and none that is longer than this.
_WORDS, _LONGEST = 1 << 16, 256
_T = TypeVar("_T")


class Memory(Generic[_T]):
    """What words became; it starts afresh when it is full. Threads may share one.

    Args:
        most: so many words are remembered.

    >>> memory = Memory()
    >>> memory.get("PGVO"), memory.add("PGVO", "PGOV"), memory.get("PGVO")
    (None, 'PGOV', 'PGOV')
    """

    def __init__(self, most: int = _WORDS) -> None:
        self._most = most
        self._known: dict[str, _T] = {}
        self.get = self._known.get

    def add(self, word: str, found: _T) -> _T:
        """Remember what a word became; that is returned."""
        if len(word) <= _LONGEST:
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[word] = found
        return found

    def clear(self) -> None:
        """Forget all words."""
        self._known.clear()
