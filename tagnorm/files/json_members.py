"""The members of a JSON object with their places in the text, so that one can be replaced."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from tagnorm.cells import BETWEEN_ITEMS

__all__ = [
    "Member",
    "Written",
    "end_of_space",
    "find_member",
    "list_text",
    "members",
    "members_at",
    "read_float",
    "read_int",
]

_SPACE = re.compile(r"[ \t\r\n]*")
_NOT_ZERO = re.compile(r"-?[0.]*[1-9]")
# So many digits a float keeps, whatever they are; Python reads no whole number of more than that.
_FLOAT_DIGITS, _INT_DIGITS = 15, 4300


class Written(str):
    """A number that no type of numbers holds as it is written."""

    __slots__ = ()


def read_float(text: str) -> float | Written:
    """A number with a point or an exponent, if a float holds it; else what is written.

    >>> read_float("1.10"), read_float("1e999"), read_float("0.12345678901234567890")
    (1.1, '1e999', '0.12345678901234567890')
    """
    found = float(text)
    if found - found != 0 or (found == 0 and _NOT_ZERO.match(text)):
        return Written(text)
    if len(text) > _FLOAT_DIGITS and Decimal(text) != Decimal(repr(found)):
        return Written(text)
    return found


def read_int(text: str) -> int | Written:
    """A whole number, or what is written where it is too long for Python."""
    return int(text) if len(text) < _INT_DIGITS else Written(text)


_decoder = json.JSONDecoder(strict=False, parse_float=read_float, parse_int=read_int)


class Member(NamedTuple):
    """A name, its value, and where the value stands in the line."""

    name: str
    value: Any
    start: int
    end: int


def end_of_space(text: str, at: int) -> int:
    """Where the white space ends that begins at a place; the place itself if there is none.

    >>> end_of_space("[ 1 ]", 1), end_of_space("[ 1 ]", 2)
    (2, 2)
    """
    match = _SPACE.match(text, at)
    return at if match is None else match.end()


def members(line: str) -> list[Member]:
    """The members of the object that a line holds.

    >>> members('{"id": 1e5, "tags": "PREL"}')[1]
    Member(name='tags', value='PREL', start=20, end=26)

    Raises:
        ValueError: the line is no JSON object.
    """
    found, at = members_at(line, 0)
    if end_of_space(line, at) != len(line):
        raise ValueError(f"goes on behind the JSON object at character {at + 1}")
    return found


def members_at(line: str, at: int) -> tuple[list[Member], int]:
    """The members of the object that begins at a place, and where it ends.

    Raises:
        ValueError: there is no JSON object.
    """
    at = end_of_space(line, at)
    if line[at : at + 1] != "{":
        raise ValueError("is no JSON object")
    found: list[Member] = []
    at = end_of_space(line, at + 1)
    if line[at : at + 1] != "}":
        while True:
            if line[at : at + 1] != '"':
                raise _missing(line, at, "a name in quotes")
            name, at = _decode(line, at)
            at = _expect(line, at, ":")
            start = end_of_space(line, at)
            value, at = _decode(line, start)
            found.append(Member(name, value, start, at))
            at = end_of_space(line, at)
            if line[at : at + 1] == "}":
                break
            at = end_of_space(line, _expect(line, at, ","))
    return found, at + 1


def find_member(text: str, among: Sequence[Member], name: str) -> Member | None:
    """The member with a name, the last of several; or the one at the end of a path of names.

    >>> line = '{"meta": {"tags": "PREL"}}'
    >>> find_member(line, members(line), "meta.tags")
    Member(name='tags', value='PREL', start=18, end=24)
    """
    member: Member
    for member in reversed(among):
        if member.name == name:
            return member
    for member in reversed(among):
        if name.startswith(f"{member.name}.") and isinstance(member.value, dict):
            inner, _ = members_at(text, member.start)
            found: Member | None = find_member(text, inner, name[len(member.name) + 1 :])
            return found
    return None


def list_text(value: object) -> str | None:
    """A text as it is, and a list of texts as one text; None of anything else.

    >>> list_text(["PREL", None]), list_text(5) is None
    ('PREL', True)
    """
    if isinstance(value, list) and all(v is None or type(v) is str for v in value):
        return BETWEEN_ITEMS.join(filter(None, value))
    return value if type(value) is str else None


def _expect(line: str, at: int, mark: str) -> int:
    at = end_of_space(line, at)
    if line[at : at + 1] != mark:
        raise _missing(line, at, repr(mark))
    return at + 1


def _missing(line: str, at: int, what: str) -> ValueError:
    if at == len(line):
        return ValueError("is no JSON: it ends inside an object, which is to stand in one line")
    return ValueError(f"is no JSON: {what} is missing at character {at + 1}")


def _decode(line: str, at: int) -> tuple[Any, int]:
    try:
        return _decoder.raw_decode(line, at)
    except json.JSONDecodeError as error:
        reason = error.msg.removesuffix(" at")  # as in "Unterminated string starting at"
        raise ValueError(f"is no JSON: {reason} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise ValueError("is JSON nested too deeply") from error
