"""The kinds of characters in a field, and plain text: words with nothing but separators between.

A word is of letters and digits. List separators part tags; joiners may part two codes or hold a
word together; any other character parts tags, unless a form of the vocabulary has it.
"""

from __future__ import annotations

import re
from typing import Final

from tagnorm.folding import is_word

__all__ = [
    "CLOSE",
    "JOINER",
    "JOINERS",
    "JOINING_SLASH",
    "KINDS",
    "LIST",
    "LISTS_APART",
    "LOST",
    "MOST_LOST",
    "OPEN",
    "OTHER",
    "SLASH",
    "SPACE",
    "WORD",
    "Kinds",
    "are_beside",
    "is_list_separator",
    "is_parted",
    "is_plain",
    "is_symbol",
    "may_have_lost",
]

# The kinds: letter or digit, space, list separator, slash, joiner, opening and closing parenthesis,
# and any other.
WORD, SPACE, LIST, SLASH, JOINER, OPEN, CLOSE, OTHER = "wsl/j()o"
_OF_LISTS: Final = frozenset(",;|\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\u3001")
# The character by which Unicode replaces one that was lost.
_REPLACEMENT: Final = "\ufffd"
JOINERS: Final = frozenset("-.'`&_+#:" + _REPLACEMENT)
# What is written for a character that some program did not have, and how often for one at most: in
# UTF-8 it has up to three bytes, and each may have been replaced.
LOST: Final = "?" + _REPLACEMENT
MOST_LOST: Final = 3


class Kinds(dict[int, str]):
    """The kind of each character, by its code point; worked out when one is first met.

    Args:
        joiners: characters that are joiners besides those that always are.
    """

    def __init__(self, joiners: frozenset[str] = frozenset()) -> None:
        self._joiners = JOINERS | joiners
        # The kinds of the first 256 characters: bytes are several times faster to translate.
        self._of_ascii: bytes | None = None

    def __missing__(self, number: int) -> str:
        character = chr(number)
        if is_word(character):
            kind = WORD
        elif character in _OF_LISTS:
            kind = LIST
        elif character in self._joiners:
            kind = JOINER
        elif character in "/()":
            kind = character
        else:
            kind = SPACE if character.isspace() else OTHER
        self[number] = kind
        return kind

    def of(self, text: str) -> str:
        """The kinds of the characters of a text, one character for each."""
        if not text.isascii():
            return text.translate(self)
        table = self._of_ascii
        if table is None:
            table = self._of_ascii = "".join([self[number] for number in range(256)]).encode()
        return text.encode().translate(table).decode()


KINDS: Final = Kinds()
# Bytes with a space for the spaces and list separators of ASCII; the others stay as they are.
LISTS_APART: Final = bytes(
    [32 if byte < 128 and KINDS[byte] in (SPACE, LIST) else byte for byte in range(256)]
)
# What plain text does not hold: a character that is neither of a word nor a separator, and a slash
# that joins, by an expression that Arrow understands, too. It does so beside a single letter or a
# number, and in a text of short words with slashes alone, as the symbol of an office is.
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9 ,;|/\t-\r\x1c-\x1f]")
_LONELY: Final = "(?:[A-Za-z]|[0-9]+)"
_SYMBOL_TEXT: Final = r"^ *[A-Za-z]{2,3}(?:/[A-Za-z]{2,3})+[ \n]*$"
JOINING_SLASH: Final = (
    rf"(?:^|[^A-Za-z0-9]){_LONELY}/[A-Za-z0-9]|[A-Za-z0-9]/{_LONELY}(?:[^A-Za-z0-9]|$)"
    rf"|{_SYMBOL_TEXT}"
)
_JOINING_SLASH: Final = re.compile(JOINING_SLASH)
_SYMBOL: Final = re.compile(_SYMBOL_TEXT)
# Two words of one place, in plain text.
_SIDE_BY_SIDE: Final = re.compile(r"[A-Za-z0-9][ \x1f]+[A-Za-z0-9]")
# What parts plain text into places.
_PARTED: Final = re.compile(r"[,;|/\t-\r\x1c-\x1e]")


def is_plain(text: str) -> bool:
    """Whether a text is plain: words of ASCII letters and digits, and nothing but spaces and list
    separators between them.

    >>> is_plain("PREL, PGOV"), is_plain("PREL-PGOV"), is_plain("CÔTE")
    (True, False, False)
    """
    return _FOREIGN.search(text) is None and (
        "/" not in text or _JOINING_SLASH.search(text) is None
    )


def may_have_lost(text: str) -> bool:
    """Whether a text has marks that may stand for characters which were lost.

    >>> may_have_lost("Gew?rztraminer"), may_have_lost("Riesling")
    (True, False)
    """
    return "?" in text or _REPLACEMENT in text


def is_symbol(text: str) -> bool:
    """Whether a text is nothing but words of two or three letters with slashes between them.

    >>> is_symbol("OES/MC"), is_symbol("PREL/MC")
    (True, False)
    """
    return _SYMBOL.match(text) is not None


def is_list_separator(character: str) -> bool:
    """Whether a character is a list separator in any text, as a slash is not.

    >>> is_list_separator(";"), is_list_separator("-")
    (True, False)
    """
    return character in _OF_LISTS


def are_beside(plain: str) -> bool:
    """Whether plain text has two words side by side, with nothing but spaces between them.

    >>> are_beside("PREL PGOV"), are_beside("PREL, PGOV")
    (True, False)
    """
    return _SIDE_BY_SIDE.search(plain) is not None


def is_parted(plain: str) -> bool:
    """Whether plain text may have more than one place: it holds a list separator.

    >>> is_parted("PREL, PGOV SP"), is_parted("PREL PGOV SP")
    (True, False)
    """
    return _PARTED.search(plain) is not None
