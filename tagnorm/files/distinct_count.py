"""How many distinct values there are: exact for many, close for any number, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["DistinctCount"]

# Bytes of a hash; as many as make it all but sure that no two texts share one.
_BYTES = 8
# Texts of no more bytes are kept as they are until there are too many: most need no hash then.
_SHORT = 64


class DistinctCount:
    """Counts distinct texts; the count of many more than `kept` is off by about 1 / sqrt(kept).

    The rule: hashes are as good as random numbers, so the size of the largest of the `kept`
    smallest tells how densely all of them lie.

    >>> seen = DistinctCount(kept=1000)
    >>> seen.add([b"PREL", b"PGOV", b"PREL"])
    >>> seen.count, seen.is_exact
    (2, True)
    """

    def __init__(self, kept: int = 1 << 16) -> None:
        self.is_exact = True
        self._kept = kept
        self._texts: set[bytes] = set()
        self._hashes: set[bytes] = set()
        self._largest = b""

    def add(self, texts: Iterable[bytes]) -> None:
        """Take note of some texts, in UTF-8."""
        new = set(texts)
        if self.is_exact:
            long = {text for text in new if len(text) > _SHORT}
            self._texts |= new - long
            self._hashes |= _hashes_of(long)
        else:
            largest = self._largest
            self._hashes.update([found for found in _hashes_of(new) if found <= largest])
        if len(self._texts) + len(self._hashes) > self._kept * 3 // 2:
            self._trim()

    @property
    def count(self) -> int:
        """The number of distinct texts; an estimate if it is not exact."""
        if self.is_exact:
            return len(self._texts) + len(self._hashes)
        self._trim()
        largest = int.from_bytes(self._largest, "big") + 1
        return round((self._kept - 1) * ((1 << 8 * _BYTES) / largest))

    def _trim(self) -> None:
        smallest = sorted(self._hashes | _hashes_of(self._texts))[: self._kept]
        self._texts = set()
        self._hashes = set(smallest)
        self._largest = smallest[-1]
        self.is_exact = False


def _hashes_of(texts: Iterable[bytes]) -> set[bytes]:
    from hashlib import blake2b  # noqa: PLC0415 -- loads a library of its own

    # Python's own hash differs from run to run, and so would the estimate.
    return {blake2b(text, digest_size=_BYTES).digest() for text in texts}
