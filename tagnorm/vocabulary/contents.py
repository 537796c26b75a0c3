"""What the files of a vocabulary hold, read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tagnorm.errors import Problem
from tagnorm.vocabulary.entries import Alias, Code

__all__ = ["FormColumns", "Prices", "Vocabulary"]


class FormColumns(NamedTuple):
    """The aliases of a vocabulary, and then what else a text may have for a code, by columns.

    Most programs need no more of them than names and tags, and they are thousands: `Alias`es are
    made of them when they are asked for. `aliases` says how many of them are aliases.
    """

    aliases: int
    alias: Sequence[str]
    tag: Sequence[str]
    kind: Sequence[str]
    source: Sequence[str]
    language: Sequence[str]

    def forms(self) -> tuple[Alias, ...]:
        """All of them."""
        return tuple(map(Alias, self.alias, self.tag, self.kind, self.source, self.language))


class Prices(NamedTuple):
    """What the engine has worked out that the codes of a vocabulary cost among joined codes.

    `table` is the checksum of the cost table by which they do; `costs` are those of all tags, then
    of all `forms`.
    """

    table: int
    costs: Sequence[int]


class Vocabulary(NamedTuple):
    """What the tables of a vocabulary hold, checked.

    Where it is known already what a text may have for a code, `forms` has that, and the aliases
    too, and `prices` what all these cost.
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
    forms: FormColumns | None = None
    prices: Prices | None = None
