"""What it costs to leave a whole word alone: the cheapest way to explain it without a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from tagnorm.engine.costs import LETTERS
from tagnorm.folding import fold

__all__ = ["ACRONYM", "UnknownWords", "WordPrices", "words_of_names"]

# The most letters that an acronym has.
ACRONYM: Final = 5

# The letters as numbers below 32: 0 begins a word, 1 to 26 are A to Z, 27 ends a word, and 31 is
# any other letter, which the table does not have.
_LETTERS: Final = 32
# Marks a triple that the table does not have: no cost in it is as high.
_UNSEEN: Final = 255
_NUMBERS: Final[str] = f"^{LETTERS}$"
_CODES: Final[bytes] = bytes([_NUMBERS.find(chr(byte)) % _LETTERS for byte in range(256)])

# The words of a name: four letters or more, with no digit among them.
_WORDS: Final = re.compile(r"\b[^\W\d_]{4,}\b")
# The letters that a name has, at least, beside such a word.
_BESIDE: Final = 2


def words_of_names(names: Iterable[str]) -> frozenset[str]:
    """The words of four letters or more, folded, that stand in names of several words. A word that
    is such a name but for one letter is that name with an edit.

    >>> sorted(words_of_names(["London Euston", "Ely", "Stoke-on-Trent", "Modula-2"]))
    ['EUSTON', 'LONDON', 'STOKE', 'TRENT']
    """
    found: list[str] = []
    nearly: list[str] = []
    for name in names:
        if not name.isalnum():
            words = _WORDS.findall(name)
            if words:
                most = sum(map(str.isalnum, name)) - _BESIDE
                for word in words:
                    (found if len(word) <= most else nearly).append(word)
    return _folded(found) - _folded(nearly)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(" ".join(words)).split())


class WordPrices:
    """What words cost that are no code."""

    def cost(self, word: str) -> int:
        """What it costs to leave a folded word alone, in the cheapest way."""
        raise NotImplementedError


class UnknownWords(WordPrices):
    """The cost of a word that is no code: of the ways to explain it the cheapest counts.

    It may be a word of some language, letters at random, a known word, an acronym, or a code that
    the vocabulary lacks.

    Args:
        prices: the cost of each assumption, in thousandths of a nat.
        tenths: the table of languages: by two letters what A to Z and the end of the word cost
            after them, in tenths of a nat.
        weight: thousandths of a nat for each nat of the table.
        unseen: what a letter costs that is not in the table.
        words: gives the known words; called when they are first needed.
        length: the length of most codes.
        families: the letters that begin codes of the vocabulary's families.
        own: gives the nats of a word in another script by the letters of the vocabulary, or None
            where these do not tell.

    >>> prices = {"other": 5000, "other_letter": 3000, "word": 900, "unlisted": 9000}
    >>> prices |= {"unresolved": 10, "acronym": 99000}
    >>> tenths = {"^^": bytes([9] * 27), "^A": bytes([8] * 27), "AB": bytes([7] * 27)}
    >>> alone = UnknownWords(prices, tenths, 600.0, 6000, lambda: ["KNOWN"])
    >>> alone.cost("AB"), alone.cost("ABRACADABRA"), alone.cost("KNOWN")
    (1450, 38010, 910)
    """

    def __init__(
        self,
        prices: Mapping[str, int],
        tenths: Mapping[str, bytes],
        weight: float,
        unseen: int,
        words: Callable[[], Container[str]],
        length: int = 0,
        families: AbstractSet[str] = frozenset(),
        own: Callable[[str], float | None] = lambda _: None,
    ) -> None:
        self._alone = prices["unresolved"]
        self._other, self._other_letter = self._alone + prices["other"], prices["other_letter"]
        self._known = self._alone + prices["word"]
        self._unlisted = self._alone + prices["unlisted"]
        self._acronym = self._alone + prices["acronym"]
        self._length, self._families = length, families
        self._words = words
        self._own, self._weight = own, weight
        self._known_words: Container[str] | None = None
        # By the numbers of three letters: tenths of a nat. By tenths: the cost.
        unseen_byte = bytes([_UNSEEN])
        rows = {
            pair: (unseen_byte + costs).ljust(_LETTERS, unseen_byte)
            for pair, costs in tenths.items()
        }
        letters, none = _NUMBERS.ljust(_LETTERS), unseen_byte * _LETTERS
        self._tenths = [[rows.get(one + two, none) for two in letters] for one in letters]
        self._price = [round(weight * (number / 10)) for number in range(_UNSEEN)] + [unseen]

    def cost(self, word: str) -> int:
        """What it costs to leave a folded word alone, in the cheapest way."""
        tenths, price, cost = self._tenths, self._price, self._alone
        # What the table has behind the last letter, and behind the last two.
        behind_one = tenths[0]
        behind_two = behind_one[0]
        for letter in (word + "$").encode("ascii", "replace").translate(_CODES):
            cost += price[behind_two[letter]]
            behind_two, behind_one = behind_one[letter], tenths[letter]
        if not word.isascii():
            own = self._own(word)
            if own is not None:
                cost = min(cost, self._alone + round(self._weight * own))
        other = self._other + self._other_letter * len(word)
        cost = other if other < cost else cost
        if self._unlisted < cost and len(word) == self._length and word[0] in self._families:
            cost = self._unlisted
        if self._acronym < cost and len(word) <= ACRONYM:
            cost = self._acronym
        known = self._known
        if known < cost:
            words = self._known_words
            if words is None:
                words = self._known_words = self._words()
            if word in words:
                return known
        return cost
