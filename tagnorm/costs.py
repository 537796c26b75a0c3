"""The cost table: what each assumption about a string costs, and how unlike a word it is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import attrs

__all__ = ["Costs", "Language", "known_words", "shipped"]

_DATA = Path(__file__).with_name("data")


@attrs.frozen
class Costs:
    """Nats by the name of the assumption, as in `costs.tsv`, which gives the reason for each.

    >>> Costs.load()["swap"] < Costs.load()["replace_inner"]
    True
    """

    nats: Mapping[str, float]

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Costs:
        """The shipped table."""
        return cls(shipped("costs.tsv"))

    def __getitem__(self, name: str) -> float:
        return self.nats[name]


@attrs.frozen
class Language:
    """How many nats a word costs in a language: the sum over its pairs of letters.

    The table is one of pairs of letters in the words and names of several European languages and
    of names from elsewhere; a letter outside A to Z costs as much as the rarest pair.

    >>> language = Language.load()
    >>> language.nats("PARLIAMENT") / 10 < 3 < language.nats("KPWRXFGM") / 8
    True
    """

    pairs: Mapping[str, float]
    unseen: float

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Language:
        """The shipped table, `letters.tsv`: `^` begins a word, `$` ends it."""
        rows = _rows(_DATA / "letters.tsv", header=True)
        letters = next(rows)[1:]
        pairs = {
            row[0] + letter: float(nats)
            for row in rows
            for letter, nats in zip(letters, row[1:], strict=True)
        }
        return cls(pairs, max(pairs.values()))

    def nats(self, word: str) -> float:
        """What the word costs as a word."""
        marked = f"^{word}$"
        return math.fsum(
            self.pairs.get(marked[at : at + 2], self.unseen) for at in range(len(word) + 1)
        )


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Common words and names of four to six letters, the length at which they pass for codes.

    >>> "PARTY" in known_words(), "PGOV" in known_words()
    (True, False)
    """
    text = (_DATA / "words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line[:1] != "#")


def shipped(table: str) -> dict[str, float]:
    """The numbers of a shipped table, by the names in its first column."""
    return {name: float(number) for name, number, *_ in _rows(_DATA / table)}


def _rows(path: Path, *, header: bool = False) -> Iterator[list[str]]:
    """The rows of a shipped table; the column names come along only where asked for."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line[:2] != "# ")
    if not header:
        next(lines)
    return (line.split("\t") for line in lines)
