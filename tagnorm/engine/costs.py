"""The cost table: what each assumption about a string costs, and how unlike a word it is."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final
from zlib import crc32

from tagnorm.errors import Problem, TaxonomyError

__all__ = [
    "LARGEST_ODDS",
    "LETTERS",
    "LONGEST_KNOWN",
    "NEVER",
    "Costs",
    "Language",
    "WordList",
    "check_names",
    "confidence_of",
    "function_words",
    "known_words",
    "shipped",
    "short_words",
]

# More than any reading costs, in thousandths of a nat.
NEVER: Final = 1 << 29

# Log odds beyond these stand for what is impossible.
LARGEST_ODDS: Final = 20.0

# The letters of folded Latin text; `string`, which has them, takes long to import.
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OUTCOMES: Final = LETTERS + "$"
_DATA: Final = Path(__file__).parents[1] / "data"


class Costs:
    """Nats by the name of the assumption, as in `costs.tsv`, which gives the reason for each.

    >>> Costs.load()["joined_rare"] < Costs.load()["swap"]
    True
    >>> Costs.load().overridden({"swap": 0.7})["swap"]
    0.7
    """

    def __init__(self, nats: Mapping[str, float]) -> None:
        self.nats = nats

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Costs:
        """The shipped table."""
        return cls(shipped("costs.tsv"))

    def overridden(self, nats: Mapping[str, float]) -> Costs:
        """The table with other numbers for some assumptions, those of one vocabulary.

        Raises:
            TaxonomyError: there is no assumption of some name.
        """
        check_names("costs.tsv", nats, self.nats)
        return Costs({**self.nats, **nats}) if nats else self

    def __getitem__(self, name: str) -> float:
        return self.nats[name]

    @property
    def checksum(self) -> int:
        """Tells this table from others."""
        return crc32(repr(sorted(self.nats.items())).encode())

    def price(self, assumptions: Mapping[str, float]) -> int:
        """What assumptions cost together, in thousandths of a nat.

        >>> Costs({"swap": 4.0, "letter": 1.5}).price({"swap": 1.0, "letter": 2.0})
        7000
        """
        nats = self.nats
        return round(1000 * math.fsum([nats[name] * x for name, x in assumptions.items()]))


class Language:
    """How many nats a word costs in a language: the sum over its letters, each after the two before
    it.

    The table was made of the words and names of several languages, in tenths of a nat, by
    `benchmarks/training/letters.py`. A letter that is not from A to Z costs as much as one that
    hardly ever follows.

    >>> language = Language.load()
    >>> language.nats("PARLIAMENT") / 10 < 2.5 < 5 < language.nats("KPWRXFGM") / 8
    True
    """

    unseen = 10.0

    def __init__(self, tenths: Mapping[str, bytes], least: bytes) -> None:
        # By two letters: the tenths of a nat of A to Z and of the end of the word.
        self.tenths = tenths
        # The nats of the cheapest possible word of 0, 1, 2 ... letters.
        self.least = (0.0, *[number / 10 for number in least])

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Language:
        """The shipped table, `letters.txt`: `^` begins a word, `$` ends it."""
        rows = [line.split(" ") for line in _lines(_DATA / "letters.txt")]
        tenths = {name: bytes.fromhex(digits) for name, digits in rows}
        return cls(tenths, tenths.pop("least"))

    @cached_property
    def triples(self) -> Mapping[str, float]:
        """The nats of each letter after two others."""
        return {
            pair + letter: number / 10
            for pair, costs in self.tenths.items()
            for letter, number in zip(_OUTCOMES, costs, strict=True)
        }

    def nats(self, word: str) -> float:
        """What a folded word costs."""
        marked = f"^^{word}$"
        return math.fsum(
            self.triples.get(marked[at : at + 3], self.unseen) for at in range(len(word) + 1)
        )


def check_names(table: str, own: Iterable[str], names: Collection[str]) -> None:
    """Check that the shipped table has all the rows of a vocabulary's own table.

    Raises:
        TaxonomyError: it lacks some; they are listed.
    """
    problems = []
    for name in own:
        if name not in names:
            from difflib import get_close_matches  # noqa: PLC0415 -- an error needs it

            near = get_close_matches(name, names, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"
            problems.append(Problem(table, 0, f"there is no row {name!r}; {meant}"))
    if problems:
        raise TaxonomyError(table, problems)


def confidence_of(own: Mapping[str, float]) -> dict[str, float]:
    """The numbers of `confidence.tsv`, with a vocabulary's own in the place of some.

    Raises:
        TaxonomyError: the shipped table has no number of some name.

    >>> confidence_of({})["own_shape"], confidence_of({"own_shape": -99.0})["own_shape"]
    (0.0, -99.0)
    """
    general = shipped("confidence.tsv")
    check_names("confidence.tsv", own, general)
    return {**general, **own}


class WordList:
    """The words of a text with a word a line, in order.

    A set of all of them takes longer to make than most programs need to look words up: there is one
    for each first letter, made when it is first asked for.

    >>> words = WordList("PARTY\\nPEOPLE\\n")
    >>> "PARTY" in words, "PART" in words, sorted(words)
    (True, False, ['PARTY', 'PEOPLE'])
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_letter: dict[str, frozenset[str]] = {}

    @property
    def all(self) -> frozenset[str]:
        """The words as a set."""
        return frozenset(self._text.split())

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        letter = word[:1]
        words = self._by_letter.get(letter)
        return word in (self._beginning(letter) if words is None else words)

    def __iter__(self) -> Iterator[str]:
        return iter(self.all)

    def _beginning(self, letter: str) -> frozenset[str]:
        """The words that begin with a letter, as a set."""
        places = range(len(self._text))
        start = bisect_left(places, letter, key=self._letter_at)
        end = bisect_right(places, letter, start, key=self._letter_at)
        found = self._by_letter[letter] = frozenset(self._text[start:end].split())
        return found

    def _letter_at(self, place: int) -> str:
        """The first letter of the line that a place of the text is in."""
        return self._text[self._text.rfind("\n", 0, place) + 1]


# Of longer words only those are listed that would be read as joined codes.
LONGEST_KNOWN: Final = 6


@lru_cache(maxsize=1)
def known_words() -> WordList:
    """Common words and names of four to six letters, which are as long as codes, and longer ones
    that would be read as joined codes.

    >>> "PARTY" in known_words(), "PGOV" in known_words()
    (True, False)
    """
    return WordList(_text(_DATA / "words.txt"))


@lru_cache(maxsize=1)
def short_words() -> frozenset[str]:
    """Everyday words of two and three letters.

    >>> "THE" in short_words(), "XQ" in short_words()
    (True, False)
    """
    return frozenset(_lines(_DATA / "short_words.txt"))


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The small words of sentences and notes in seven languages: no code is meant by them.

    >>> [word in function_words() for word in ("UND", "MR", "ETC", "PREL")]
    [True, True, True, False]
    """
    return frozenset(_lines(_DATA / "function_words.txt"))


def shipped(table: str) -> dict[str, float]:
    """The numbers of a shipped table, by the names in its first column."""
    return {name: float(number) for name, number, *_ in _rows(_DATA / table)}


def _rows(path: Path) -> Iterator[list[str]]:
    """The rows of a shipped table, below its column names."""
    return (line.split("\t") for line in _lines(path)[1:])


def _lines(path: Path) -> list[str]:
    """The lines of a shipped file, below the comment that it begins with."""
    return _text(path).splitlines()


def _text(path: Path) -> str:
    """The text of a shipped file, below the comment that it begins with."""
    text, start = path.read_text(encoding="utf-8"), 0
    while text.startswith("#", start):
        start = text.index("\n", start) + 1
    return text[start:]
