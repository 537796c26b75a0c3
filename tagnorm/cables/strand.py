"""Text as it was meant, and where each of its characters stands in the text as it came.

Cables reach us through mail programs, web pages and scanners: line ends of three kinds, entities,
quoted-printable, mark-up, invisible characters. A `Source` undoes that once, for the whole text;
a `Strand` is a stretch of it that can be cut and mended and still knows its places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import attrs

from tagnorm.folding import fold_in_place
from tagnorm.markup import (
    ELEMENT,
    REFERENCE,
    drawn_as,
    escapes_in,
    referred_to,
    without_escapes,
)

__all__ = ["Source", "Strand"]

# Quoted-printable is undone only for the characters that a TAGS field may hold beside letters: an
# equals sign before two hexadecimal digits may also be an equals sign before a code (`=EFIN`).
_DAMAGE = re.compile(
    r"\r\n?"
    r"|=\r?\n"
    r"|=(?:C2=A0|0[9AD]|A0|2[0689CDF]|3[ABD])"
    f"|{REFERENCE}|{ELEMENT}"
    r"|[\x00\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff]",
    re.IGNORECASE,
)
_SAME_LENGTH: dict[int, int | str | None] = {
    **dict.fromkeys(map(ord, "\t\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    **dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n"),
    **dict.fromkeys(range(0x2010, 0x2016), "-"),
    **{0xFEE0 + ord(mark): mark for mark in ":;,./()[]&-"},  # full-width marks
}


class Source:
    """A whole text, cleaned of what its carriers did to it.

    `clean` is the text as it was meant, with plain spaces and line ends; `folded` is the same in
    capitals, character for character.

    >>> source = Source("TAGS:=20PREL&nbsp;PGOV")
    >>> source.clean
    'TAGS: PREL PGOV'
    >>> source.strand(11, 15).span
    (18, 22)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._undone = escapes_in(text, _DAMAGE, _mend)
        # Where what each of these stood for begins in the clean text.
        self._places: list[int] = []
        shorter = 0
        for start, end, meant in self._undone:
            self._places.append(start - shorter)
            shorter += end - start - len(meant)
        self.clean = without_escapes(text, self._undone).translate(_SAME_LENGTH)
        self.folded = fold_in_place(self.clean)

    def strand(self, start: int, end: int) -> Strand:
        """A stretch of the clean text."""
        spans = [self._origin(place) for place in range(start, end)]
        return Strand(self.clean[start:end], tuple(spans))

    def _origin(self, place: int) -> tuple[int, int]:
        """Where a character of the clean text begins and ends in the text as it came."""
        found = bisect_right(self._places, place) - 1
        if found < 0:
            return place, place + 1
        start, end, meant = self._undone[found]
        beyond = place - self._places[found] - len(meant)
        return (start, end) if beyond < 0 else (end + beyond, end + beyond + 1)


def _mend(match: re.Match[str]) -> str | None:
    """What a piece of damage stood for; None if it is no damage after all."""
    found = match.group()
    if match["reference"]:
        return referred_to(match["reference"])
    if match["element"]:
        return drawn_as(match["element"])
    if found[0] == "\r":
        return "\n"
    if found[0] == "=":
        return "" if found[1:].isspace() else chr(int(found[-2:], 16))
    return ""


@attrs.frozen
class Strand:
    """A stretch of clean text; `spans` holds the place of each character in the text as it came."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def __getitem__(self, part: slice) -> Strand:
        return Strand(self.text[part], self.spans[part])

    def __len__(self) -> int:
        return len(self.text)

    @property
    def span(self) -> tuple[int, int]:
        """Where the stretch begins and ends in the text as it came."""
        return (self.spans[0][0], self.spans[-1][1]) if self.spans else (0, 0)

    def strip(self) -> Strand:
        """The stretch without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def without(self, cuts: Iterable[tuple[int, int]]) -> Strand:
        """The stretch without some parts of it, which come in order."""
        return Strand.joined(self._kept(cuts))

    def split(self, separator: re.Pattern[str]) -> Iterator[Strand]:
        """What stands between the matches of a pattern, empty stretches included."""
        return self._kept(match.span() for match in separator.finditer(self.text))

    def _kept(self, cuts: Iterable[tuple[int, int]]) -> Iterator[Strand]:
        at = 0
        for start, end in cuts:
            yield self[at:start]
            at = end
        yield self[at:]

    @staticmethod
    def joined(strands: Iterable[Strand], glue: str = "") -> Strand:
        """Several stretches in one; the glue between two has the place where the second begins."""
        text, spans = "", list[tuple[int, int]]()
        for strand in strands:
            if spans and strand.spans:
                text += glue
                spans.extend([(strand.spans[0][0],) * 2] * len(glue))
            text += strand.text
            spans.extend(strand.spans)
        return Strand(text, tuple(spans))
