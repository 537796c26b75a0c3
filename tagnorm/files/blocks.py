"""A text file as blocks of UTF-8 that end where a row ends, four megabytes or so at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from tagnorm.encodings import Encoding
from tagnorm.files.inputs import Input

__all__ = ["LONGEST", "TOO_LONG", "Blocks", "line_count", "text_lines", "whole_letters"]

_BLOCK = 1 << 22
# A row longer than this is taken for a quote that nobody closed, or for no text at all.
LONGEST = 1 << 24
_LONE_RETURN = re.compile(rb"\r(?!\n)")
TOO_LONG = f"a line of more than {LONGEST >> 20} MiB"


class Blocks:
    """The blocks of an input whose first bytes were read already.

    A block ends where a line ends and, counted from its begin, all quotes are paired; only the
    last one, or one longer than `LONGEST`, may end otherwise. Where quotes stray, the count can be
    wrong: who finds that the last row goes on gives it back, and gets it again with what follows.

    `line` is the number of the next block's first line; `at_end` is true of the last block, and
    `is_cut` of one that ends anywhere, since it would be too long. Of a
    line that is passed by, each block `is_piece`, and the last of them ends where the line does.
    """

    def __init__(self, source: Input, encoding: Encoding, quote: str, head: bytes) -> None:
        self.line = 1
        self.at_end = False
        self.is_piece = self.is_cut = False
        self._passing = False
        self._source = source
        self._quote = quote.encode()
        self._decoder = None if encoding.is_utf8 else encoding.decoder()
        # A decoder of UTF-8 that was told of its mark would take a second one for letters.
        self._buffer = self._utf8(head.removeprefix(encoding.mark))
        self._least = 1

    def decode(self, block: bytes) -> str:
        """The text of a block; what was no text in the file is halves of surrogate pairs."""
        try:
            return block.decode()
        except UnicodeDecodeError:
            return block.decode(
                errors="surrogateescape" if self._decoder is None else "surrogatepass"
            )

    def give_back(self, text: str) -> None:
        """Put the end of the last block before the next one."""
        tail = text.encode(errors="surrogateescape" if self._decoder is None else "surrogatepass")
        self._buffer = tail + self._buffer
        self._least = len(self._buffer) + 1
        self.line -= line_count(tail)

    def pass_line(self) -> None:
        """Give the rest of the line at hand in pieces, however long it is."""
        self._passing = True

    def lines(self, block: bytes) -> Iterator[tuple[int, str, bool]]:
        """The lines of a block, with the number of each and whether all of it is there.

        A line that goes on behind the block is given back, and comes again with what follows. Of
        one that is too long a part is there, and the rest is passed by.
        """
        text = self.decode(block)
        start = self.line - text_lines(text)
        for number, line in enumerate(io.StringIO(text, newline=""), start=start):
            if line.endswith(("\n", "\r")) or self.at_end:
                yield number, line, True
            elif self.is_cut and number == start:
                self.pass_line()
                yield number, line, False
            else:
                self.give_back(line)

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.is_piece = self._passing
            if self._passing:
                block = self._piece()
                self.line += line_count(block)
                if block:
                    yield block
                    continue
                self.is_piece = False
            cut, self.is_cut = self._cut(), False
            while not self.at_end and (len(self._buffer) < self._least or not cut):
                if len(self._buffer) >= LONGEST:
                    cut, self.is_cut = whole_letters(self._buffer), True
                    break
                self._read(max(self._least, 2 * len(self._buffer), 1))
                cut = self._cut()
            if self.at_end:
                cut = len(self._buffer)
            if not cut:
                return
            block, self._buffer = self._buffer[:cut], self._buffer[cut:]
            self._least = 1
            self.line += line_count(block)
            yield block

    def _piece(self) -> bytes:
        """Some bytes of the line that is passed by; none if it has ended."""
        if not self._buffer:
            self._read(1)
        end = min((at for mark in b"\r\n" if (at := self._buffer.find(mark)) >= 0), default=-1)
        if end >= 0:
            if self._buffer[end : end + 2] == b"\r":  # half of a line end, perhaps
                self._read(len(self._buffer) + 1)
            end += 2 if self._buffer[end : end + 2] == b"\r\n" else 1
            self._passing = False
        else:
            end = len(self._buffer)
            self._passing = not self.at_end
        block, self._buffer = self._buffer[:end], self._buffer[end:]
        return block

    def _read(self, least: int) -> None:
        """Read until the buffer has so many bytes, or all there are."""
        parts, size = [self._buffer], len(self._buffer)
        while size < least and not self.at_end:
            data = self._source.read(_BLOCK)
            self.at_end = not data
            parts.append(self._utf8(data))
            size += len(parts[-1])
        self._buffer = b"".join(parts)

    def _utf8(self, data: bytes) -> bytes:
        if self._decoder is None:
            return data
        return self._decoder.decode(data, self.at_end).encode(errors="surrogatepass")

    def _cut(self) -> int:
        """Where the last line ends before which all quotes are paired; 0 if nowhere."""
        buffer, quote, newline = self._buffer, self._quote, b"\n"
        end = buffer.rfind(newline) + 1
        if not end:  # a carriage return at the very end may be half of a line end
            newline = b"\r"
            end = buffer.rfind(newline, 0, -1) + 1
        odd = bool(quote) and buffer.count(quote, 0, end) % 2
        while odd and end:
            before = buffer.rfind(newline, 0, end - 1) + 1
            odd = (odd + buffer.count(quote, before, end)) % 2
            end = before
        return end


def whole_letters(data: bytes) -> int:
    """Where UTF-8 can be cut near its end without parting a letter.

    >>> whole_letters("Côte".encode()[:2]), whole_letters(b"Co")
    (1, 2)
    """
    end = len(data)
    while end > len(data) - 4 and data[end - 1] & 0xC0 == 0x80:
        end -= 1
    return end - 1 if end and data[end - 1] >= 0xC0 else len(data)


def line_count(data: bytes) -> int:
    """How many lines end in UTF-8 text; CR, LF and CRLF end one.

    >>> line_count(b"a\\r\\nb\\rc\\n")
    3
    """
    lines = data.count(b"\n")
    # To look for what is not there takes a tenth of counting it.
    return lines + len(_LONE_RETURN.findall(data)) if b"\r" in data else lines


def text_lines(text: str) -> int:
    """How many lines end in a text; CR, LF and CRLF end one."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
