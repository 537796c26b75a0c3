"""What edits make of the short forms of the built-in vocabulary, worked out beforehand.

It is a hash table of every word of up to six capital letters that one edit makes of a form. A word
is a number; its remainder by a prime says where it stands. One array has the words in order of
their remainders, the second which form and edit each was made of, the third where the words of each
remainder begin: those are two or three. The arrays are read from the file as they are, in a
millisecond. Costs are not in it, so it holds for any prices. `python -m benchmarks edits` writes
the file, and a test checks that it is the one of the vocabulary. Other vocabularies have no table.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Final
from zlib import crc32

from tagnorm.engine.edits.grammar import EDITS, EDITS_BY_LENGTH, edited

__all__ = ["LONGEST_WRITTEN", "PATH", "EditTable"]

PATH: Final = Path(__file__).parents[2] / "data" / "edits.bin"
# The letters of the longest words that are written out; their forms have one more at most.
LONGEST_WRITTEN: Final = 6
# Words are read as numbers whose digits are 0 to 9 and A to Z; none begins with 0.
_BASE: Final = 36
# The prime that the numbers are divided by. The quotient, which the table holds for a word, takes
# 16 bits.
_BUCKETS: Final = 65_521
# An entry is the number of a form, with that of an edit in the last bits.
_EDIT_BITS: Final = 4
_EDIT: Final = (1 << _EDIT_BITS) - 1
_MOST_FORMS: Final = 1 << 16 - _EDIT_BITS
# The file begins with a mark, a checksum of the forms, and the numbers of forms and of entries.
_HEADER: Final = struct.Struct("<4sIII")
_MARK: Final = b"edit"


class EditTable:
    """The words that edits make of some forms, with the form and the edit of each.

    Args:
        forms: those of up to seven letters, in the order of their numbers.
        starts: for each remainder where its words begin, and last where all words end.
        words: the quotients of the words, by remainder and in order; a word that several edits make
            stands there several times.
        entries: the form and the edit of each word, as one number.

    >>> table = EditTable.made(["PREL", "PREF"], frozenset("PK"))
    >>> table.near("PRE"), table.near("KPREL"), table.near("XXXX")
    ([('drop_last', 'PREL'), ('drop_last', 'PREF')], [('add_family', 'PREL')], [])
    """

    def __init__(
        self, forms: Sequence[str], starts: array[int], words: array[int], entries: array[int]
    ) -> None:
        self._forms = forms
        self._starts = starts
        self._words = words
        self._entries = entries

    def near(self, word: str) -> Sequence[tuple[str, str]]:
        """The forms that are one edit from a word, as pairs of edit and form.

        Args:
            word: one of capital letters, no more than `LONGEST_WRITTEN` of them.
        """
        starts, words, number = self._starts, self._words, int(word, _BASE)
        rest, quotient = number % _BUCKETS, number // _BUCKETS
        found: list[tuple[str, str]] = []
        for at in range(starts[rest], starts[rest + 1]):
            if words[at] == quotient:
                entry = self._entries[at]
                found.append((EDITS[entry & _EDIT], self._forms[entry >> _EDIT_BITS]))
        return found

    @classmethod
    def made(cls, forms: Iterable[str], families: frozenset[str]) -> EditTable:
        """The table of some forms, worked out, which takes a tenth of a second or more."""
        short = _short(forms)
        found = sorted(
            [
                (code % _BUCKETS, code // _BUCKETS, number << _EDIT_BITS | EDITS.index(how))
                for number, form in enumerate(short)
                for more, hows in EDITS_BY_LENGTH.items()
                if 0 < len(form) + more <= LONGEST_WRITTEN
                for how in hows
                for word in edited(form, how, families)
                if word.isascii() and word.isalpha()
                for code in [int(word, _BASE)]
            ]
        )
        sizes = Counter([rest for rest, _, _ in found])
        starts = accumulate([sizes[rest] for rest in range(_BUCKETS)], initial=0)
        words, entries = array("H", [n for _, n, _ in found]), array("H", [n for _, _, n in found])
        return cls(short, array("I", starts), words, entries)

    @classmethod
    def shipped(cls, forms: Iterable[str], families: frozenset[str]) -> EditTable | None:
        """The table of some forms, if it is the one that is shipped; else None."""
        content = _content()
        if len(content) < _HEADER.size:
            return None
        mark, check, count, entries = _HEADER.unpack_from(content)
        short = _short(forms)
        if mark != _MARK or count != len(short) or check != _checked(short, families):
            return None
        first = _HEADER.size + 4 * (_BUCKETS + 1)
        second = first + 2 * entries
        return cls(
            short,
            _array("I", content[_HEADER.size : first]),
            _array("H", content[first:second]),
            _array("H", content[second:]),
        )

    def packed(self, families: frozenset[str]) -> bytes:
        """The table as it is shipped.

        Raises:
            ValueError: there are more forms than the table has numbers for.
        """
        if len(self._forms) > _MOST_FORMS:
            raise ValueError(f"{len(self._forms)} forms, but numbers for {_MOST_FORMS}")
        check = _checked(self._forms, families)
        header = _HEADER.pack(_MARK, check, len(self._forms), len(self._words))
        return header + b"".join(map(_bytes, (self._starts, self._words, self._entries)))


def _short(forms: Iterable[str]) -> list[str]:
    return [form for form in forms if len(form) <= LONGEST_WRITTEN + 1]


def _checked(short: Sequence[str], families: frozenset[str]) -> int:
    """A checksum of what a table depends on: the edits, the families and the short forms."""
    return crc32("\n".join([*EDITS, *sorted(families), "", *short]).encode())


@lru_cache(maxsize=1)
def _content() -> bytes:
    """The shipped file; nothing if it is not there."""
    try:
        return PATH.read_bytes()
    except OSError:
        return b""


def _array(kind: str, content: bytes) -> array[int]:
    """An array of numbers from the bytes of a file, where the lowest byte comes first."""
    found = array(kind, content)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
