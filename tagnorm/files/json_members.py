"""The members of a JSON object with their places in the text, so that one can be replaced."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

__all__ = ["Member", "members"]

_SPACE = re.compile(r"[ \t\r\n]*")
_decoder = json.JSONDecoder(strict=False)


class Member(NamedTuple):
    """A name, its value, and where the value stands in the line."""

    name: str
    value: Any
    start: int
    end: int


def members(line: str) -> list[Member]:
    """The members of the object that a line holds.

    >>> members('{"id": 1e5, "tags": "PREL"}')[1]
    Member(name='tags', value='PREL', start=20, end=26)

    Raises:
        ValueError: the line is no JSON object.
    """
    at = _after(line, 0)
    if line[at : at + 1] != "{":
        raise ValueError("is no JSON object")
    found: list[Member] = []
    at = _after(line, at + 1)
    if line[at : at + 1] != "}":
        while True:
            if line[at : at + 1] != '"':
                raise ValueError(f"is no JSON: a name in quotes is missing at character {at + 1}")
            name, at = _decode(line, at)
            at = _expect(line, at, ":")
            start = _after(line, at)
            value, at = _decode(line, start)
            found.append(Member(name, value, start, at))
            at = _after(line, at)
            if line[at : at + 1] == "}":
                break
            at = _after(line, _expect(line, at, ","))
    if _after(line, at + 1) != len(line):
        raise ValueError(f"goes on behind the JSON object at character {at + 2}")
    return found


def _after(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return at if match is None else match.end()


def _expect(line: str, at: int, mark: str) -> int:
    at = _after(line, at)
    if line[at : at + 1] != mark:
        raise ValueError(f"is no JSON: {mark!r} is missing at character {at + 1}")
    return at + 1


def _decode(line: str, at: int) -> tuple[Any, int]:
    try:
        return _decoder.raw_decode(line, at)
    except json.JSONDecodeError as error:
        raise ValueError(f"is no JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise ValueError("is JSON nested too deeply") from error
