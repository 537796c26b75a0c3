r"""Rows of tab-separated text in which any string fits: what would break a row is written escaped.

A backslash, a tab and a line break become `\\`, `\t`, `\n` and `\r`; other control characters
become `\x1b`, and `\u2028` where two digits are not enough. All else stands as it is, without
quotes. This is the text format of PostgreSQL's COPY.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["escape", "join_tags", "split_tags", "unescape"]

# Control characters, line and paragraph separators, and halves of surrogate pairs.
_UNFIT = re.compile("[\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:[\\tnr]|x[0-9a-f]{2}|u[0-9a-f]{4}|(?P<bad>.?))", re.DOTALL)
_NAMED = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
_PLAIN = {escaped: character for character, escaped in _NAMED.items()}


def escape(text: str) -> str:
    r"""A string as a cell: without tabs, line breaks and other control characters.

    >>> print(escape("PREL\tPGOV"), escape("C:\\TAGS"), escape("PREL\x1b[1m"))
    PREL\tPGOV C:\\TAGS PREL\x1b[1m
    """
    return _UNFIT.sub(_escape_character, text)


def unescape(cell: str) -> str:
    r"""The string that a cell stands for.

    >>> unescape(r"PREL\tPGOV") == "PREL\tPGOV"
    True

    Raises:
        ValueError: a backslash with something behind it that is no escape.
    """
    return _ESCAPE.sub(_unescape_match, cell) if "\\" in cell else cell


def join_tags(tags: Iterable[str]) -> str:
    r"""Tags as a cell, parted by spaces; a space inside a tag is written `\x20`.

    >>> print(join_tags(["PREL", "JOHN SMITH"]))
    PREL JOHN\x20SMITH
    """
    return " ".join([escape(tag).replace(" ", r"\x20") for tag in tags])


def split_tags(cell: str) -> tuple[str, ...]:
    r"""The tags in a cell.

    >>> split_tags(r"PREL JOHN\x20SMITH")
    ('PREL', 'JOHN SMITH')

    Raises:
        ValueError: a backslash with something behind it that is no escape.
    """
    return tuple([unescape(tag) for tag in cell.split(" ") if tag])


def _escape_character(match: re.Match[str]) -> str:
    character = match.group()
    number = ord(character)
    short = f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
    return _NAMED.get(character, short)


def _unescape_match(match: re.Match[str]) -> str:
    found = match.group()
    if match["bad"] is not None:
        raise ValueError(f"{found!r} is no escape; a backslash itself is written twice")
    return _PLAIN.get(found) or chr(int(found[2:], 16))
