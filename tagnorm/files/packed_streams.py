"""bzip2 and xz as one may find them: several streams, one after another, with zeros between them.

The readers of the standard library stop without a word where what follows is no stream.
"""

from __future__ import annotations

import bz2
import lzma
from collections.abc import Callable
from typing import IO, Any

__all__ = ["PackedStreams", "bzip2_reader", "xz_reader"]

_BLOCK = 1 << 16
# More than the highest level of xz asks for by far; a file may ask for any amount.
_MEMORY = 1 << 29


class PackedStreams:
    """What some packed streams hold, to be read once; `stream` makes what unpacks one of them."""

    def __init__(self, file: IO[bytes], stream: Callable[[], Any]) -> None:
        self._file = file
        self._stream = stream
        self._current: Any = None

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end.

        Raises:
            EOFError: the file ends within a stream.
            OSError, lzma.LZMAError: a stream is damaged, or what follows is none.
        """
        while True:
            current = self._current
            if current is None or current.eof:
                more = self._next_begin()
                if not more:
                    return b""
                current = self._current = self._stream()
            elif current.needs_input:
                more = self._file.read(_BLOCK)
                if not more:
                    raise EOFError("the file ended before the end of what is packed")
            else:
                more = b""
            data: bytes = current.decompress(more, size)
            if data:
                return data

    def _next_begin(self) -> bytes:
        """What stands behind a stream and the zeros that pad it; nothing at the end."""
        found: bytes = b"" if self._current is None else self._current.unused_data
        while not (found := found.lstrip(b"\0")):
            found = self._file.read(_BLOCK)
            if not found:
                break
        return found


def bzip2_reader(file: IO[bytes]) -> PackedStreams:
    """What a file packed by bzip2 holds."""
    return PackedStreams(file, bz2.BZ2Decompressor)


def xz_reader(file: IO[bytes]) -> PackedStreams:
    """What a file packed by xz holds."""
    return PackedStreams(file, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY))
