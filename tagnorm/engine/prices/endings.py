"""The last letters of joined codes: those of a code that was cut off, or stray letters."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from tagnorm.engine.prices.rarity import Rarities
from tagnorm.vocabulary.codes import Code

__all__ = ["Endings"]

# The longest beginnings of codes that are counted. What is longer is hardly taken for a short code.
_LONGEST: Final = 3


class Endings:
    """How likely letters at the end of joined codes are no code.

    Half of them are the beginning of a code, left by a field that is too narrow or by a person who
    stopped typing (`PRELPG` for PREL and PGOV); the other half are letters at random.

    Args:
        codes: the codes that may be cut off, by their forms.
        rarities: how often each is meant.
        alphabet: how many letters codes are written with.

    >>> from tagnorm import Taxonomy
    >>> taxonomy = Taxonomy.load()
    >>> endings = Endings({code.tag: code for code in taxonomy}, Rarities(taxonomy), 26)
    >>> endings.nats("PG") < endings.nats("ZQ")
    True
    """

    def __init__(self, codes: Mapping[str, Code], rarities: Rarities, alphabet: int) -> None:
        begins: dict[str, float] = {}
        total = 0.0
        # The share of each frequency: many codes have the same.
        shares: dict[float | None, float] = {}
        for form, code in codes.items():
            if code.anchor and len(form) > _LONGEST:
                share = shares.get(code.frequency)
                if share is None:
                    share = shares[code.frequency] = math.exp(-rarities.few(code))
                total += share
                begin = form[:_LONGEST]
                begins[begin] = begins.get(begin, 0.0) + share
        for begin, share in list(begins.items()):
            for size in range(1, _LONGEST):
                begins[begin[:size]] = begins.get(begin[:size], 0.0) + share
        self._shares = {letters: share / total for letters, share in begins.items()}
        self._alphabet = alphabet

    def nats(self, letters: str) -> float:
        """Minus the logarithm of the chance that letters at the end, if no code, are just these."""
        share = self._shares.get(letters, 0.0)
        return -math.log((share + self._alphabet ** -len(letters)) / 2)
