"""What the files of a vocabulary hold, read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tagnorm.errors import Problem
from tagnorm.vocabulary.entries import Alias, Code

__all__ = ["Prices", "Vocabulary"]


class Prices(NamedTuple):
    """What the engine has worked out that the codes of a vocabulary cost among joined codes.

    `table` is the checksum of the cost table by which they do; `costs` are those of all tags, then
    of all `forms`.
    """

    table: int
    costs: Sequence[int]


class Vocabulary(NamedTuple):
    """What the tables of a vocabulary hold, checked.

    `forms` are the aliases and what else a text may have for a code, and `prices` what all these
    cost, where that is known already.
    `passed_over` are the columns of codes that nobody reads.
    """

    codes: tuple[Code, ...]
    aliases: tuple[Alias, ...]
    outside: Mapping[str, str]
    version: str
    costs: Mapping[str, float]
    confidence: Mapping[str, float]
    families: Mapping[str, str]
    notes: Mapping[str, str]
    passed_over: tuple[Problem, ...] = ()
    forms: tuple[Alias, ...] | None = None
    prices: Prices | None = None
