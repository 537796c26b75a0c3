"""Words of sentences and names that are hardly a code with an edit, however near one they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from tagnorm.engine.costs import function_words
from tagnorm.folding import squashed
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["letters_of", "plurals_among", "shared_names", "small_words"]

# Numbers in order, as far as days are counted.
_ENDINGS: Final = {1: "ST", 2: "ND", 3: "RD", 21: "ST", 22: "ND", 23: "RD", 31: "ST"}
_ORDINALS: Final = frozenset([f"{day}{_ENDINGS.get(day, 'TH')}" for day in range(1, 32)])
# What ends like these has another plural than with S alone.
_HISSING: Final = "SXZ"


def small_words(least: int = 0) -> frozenset[str]:
    """The small words of sentences, and numbers in order, that have some letters at least.

    >>> sorted({"UND", "OF", "2ND", "PREL"} & small_words(3))
    ['2ND', 'UND']
    """
    return frozenset([word for word in function_words() | _ORDINALS if len(word) >= least])


def letters_of(forms: Iterable[str]) -> frozenset[str]:
    """The letters of some forms.

    >>> sorted(letters_of(["TX", "1A"]))
    ['A', 'T', 'X']
    """
    return frozenset(filter(str.isalpha, "".join(forms)))


def shared_names(taxonomy: Taxonomy) -> frozenset[str]:
    """The names that several codes bear, squashed: to read one as a third code with an edit would
    be to correct a code into another.

    >>> from tagnorm.vocabulary.codes import Code
    >>> codes = Code("HG", "Mercury"), Code("MER", "Mercury"), Code("VEN", "Venus")
    >>> shared_names(Taxonomy(codes))
    frozenset({'MERCURY'})
    """
    names = [code.name.casefold() for code in taxonomy if code.name]
    if len(set(names)) == len(names):  # as nearly everywhere
        return frozenset()
    return frozenset(squashed(name for name, count in Counter(names).items() if count > 1))


def plurals_among(words: AbstractSet[str], forms: Iterable[str]) -> frozenset[str]:
    """The plurals among known words of forms that are known words, too.

    >>> plurals_among({"FLUTE", "FLUTES", "GLASS", "PAPERS"}, ["FLUTE", "GLASS", "PAPER"])
    frozenset({'FLUTES'})
    """
    known = [form for form in forms if form[-1] not in _HISSING and form in words]
    return frozenset([f"{form}S" for form in known]).intersection(words)
