"""What pages, addresses and dumps write in the place of other characters, and what they mean by it.

Tags that were taken out of one of these and never decoded hold `&nbsp;` for a space, `<br>` for a
new line, `%2C` or `=2C` for a comma, a backslash and an `n` for the end of a line. Read as they
stand, `<br>` would be Brazil.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterable
from typing import Final, NamedTuple

__all__ = [
    "ELEMENT",
    "REFERENCE",
    "Decoded",
    "Escape",
    "decoded",
    "drawn_as",
    "escapes_in",
    "referred_to",
    "without_escapes",
]

# Patterns, for text in any case: a reference to a character, and an element of a page.
REFERENCE: Final = r"&(?:amp;)*(?P<reference>\#?\w{2,8};)"
ELEMENT: Final = (
    r"</?(?P<element>[abiup]|br|div|em|font|h\d|hr|li|ol|pre|span|strong|t[dhrt]|table|ul)\b"
    r"[^<>\n]{0,200}>"
)
_LINES: Final = frozenset({"br", "div", "hr", "li", "p", "tr"})
_CELLS: Final = frozenset({"td", "th"})
# Names of two letters are as likely to be codes, but for these.
_BRIEF: Final = frozenset({"lt;", "gt;"})
# Of bytes that stand for a character only those that stand for a separator are undone: two digits
# behind a percent or equals sign may mean anything.
_CODED: Final = re.compile(
    f"(?i:{REFERENCE}|{ELEMENT}"
    r"|[%=](?P<byte>09|0a|0d|20|2c|3b)|(?:%c2)?%a0)"
    # A small letter behind a backslash that begins no word.
    r"|\\(?:(?P<end>[nrt])(?![a-z])|u00a0|xa0)"
)
_BRACKETED: Final = re.compile(r"</?\w[^<>]*>")
_ELEMENT: Final = re.compile(ELEMENT, re.IGNORECASE)


class Escape(NamedTuple):
    """A stretch of a text that stands for something else: where it begins, where it ends, and what
    it stands for."""

    start: int
    end: int
    meant: str


class Decoded(NamedTuple):
    """A text as it was meant; `offsets` has where each of its characters begins in the text as it
    came, and that text's end."""

    text: str
    offsets: list[int]


def decoded(text: str, escapes: Container[str] = "&<%=\\") -> Decoded | None:
    """A text as it was meant; None if nothing is to be undone in it.

    Args:
        text: a text as it came.
        escapes: what is undone, by the character with which it begins.

    >>> decoded("PREL&nbsp;PGOV<br>IZ%2CSY").text
    'PREL\\xa0PGOV\\nIZ,SY'
    >>> decoded("PREL <PGOV> <BR>"), decoded("C%2C", "&<")
    (None, None)
    """
    found = _undone(text, escapes)
    # An element may be written with references: `&lt;br&gt;`.
    while found is not None and (again := _undone(found.text, escapes)) is not None:
        found = Decoded(again.text, [found.offsets[at] for at in again.offsets])
    return found


def _undone(text: str, escapes: Container[str]) -> Decoded | None:
    # Who writes codes in angle brackets (`<PREL> <BR>`) means no elements.
    has_elements = all(_ELEMENT.fullmatch(one.group()) for one in _BRACKETED.finditer(text))

    def meant(match: re.Match[str]) -> str | None:
        is_undone = text[match.start()] in escapes and (has_elements or not match["element"])
        return _meant(match) if is_undone else None

    found = escapes_in(text, _CODED, meant)
    if not found:
        return None
    offsets: list[int] = []
    at = 0
    for start, end, _ in found:
        offsets += range(at, start + 1)
        at = end
    return Decoded(without_escapes(text, found), [*offsets, *range(at, len(text) + 1)])


def escapes_in(
    text: str, pattern: re.Pattern[str], meant: Callable[[re.Match[str]], str | None]
) -> list[Escape]:
    """The matches of a pattern that stand for something else, in order.

    Args:
        text: a text.
        pattern: what may be an escape.
        meant: gives what a match stands for; None if it stands for itself.

    >>> escapes_in("PREL%20PGOV", re.compile("%20"), lambda _: " ")
    [Escape(start=4, end=7, meant=' ')]
    """
    found = [(match.span(), meant(match)) for match in pattern.finditer(text)]
    return [Escape(*span, stood) for span, stood in found if stood is not None]


def without_escapes(text: str, escapes: Iterable[Escape]) -> str:
    """A text with what its escapes stand for in their places.

    >>> without_escapes("PREL%20PGOV", [Escape(4, 7, " ")])
    'PREL PGOV'
    """
    pieces: list[str] = []
    at = 0
    for start, end, meant in escapes:
        pieces += text[at:start], meant
        at = end
    return "".join([*pieces, text[at:]])


def _meant(match: re.Match[str]) -> str | None:
    """The character that a match stands for; None if it stands for itself."""
    if match["reference"]:
        return referred_to(match["reference"])
    if match["element"]:
        return drawn_as(match["element"]) or " "
    if match["byte"]:
        return chr(int(match["byte"], 16))
    return "\n" if match["end"] in ("n", "r") else " "


def referred_to(reference: str) -> str | None:
    """The character that a reference stands for, without its ampersand; None if there is none, or
    several.

    >>> referred_to("nbsp;"), referred_to("#44;"), referred_to("PREL;")
    ('\\xa0', ',', None)
    """
    if len(reference) == len("lt;") and reference[0] != "#" and reference.lower() not in _BRIEF:
        return None
    for written in (reference, reference.lower()):
        meant = html.unescape("&" + written)
        if len(meant) == 1:
            return meant
    return None


def drawn_as(element: str) -> str:
    """What a page shows between what stands on either side of the begin or end of an element: a new
    line, a tab between two cells, or nothing.

    >>> drawn_as("BR"), drawn_as("td"), drawn_as("b")
    ('\\n', '\\t', '')
    """
    name = element.lower()
    if name in _LINES:
        return "\n"
    return "\t" if name in _CELLS else ""
