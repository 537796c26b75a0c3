"""How rare the codes of a vocabulary are, by their frequencies and their positions in a list."""

from __future__ import annotations

import math
from typing import Final

from tagnorm.vocabulary.codes import Code, Taxonomy

__all__ = ["Rarities"]

# Frequencies are scaled to so many uses in all, then one use is added to each code: so codes that
# were never seen stay possible, however large the counts are.
_SAMPLE: Final = 40_000.0
# With fewer codes that have both a frequency and a position none is inferred from the other.
_FEWEST: Final = 10


class Rarities:
    """The rarities of codes, in nats; none is below zero.

    Frequencies may be counts or shares: only their ratios matter.

    >>> codes = Code("JAZZ", frequency=1e9), Code("FOLK", frequency=1e7), Code("BLUES")
    >>> [round(Rarities(Taxonomy(codes)).few(code), 1) for code in codes]
    [0.0, 4.6, 10.6]
    >>> round(Rarities(Taxonomy((Code("JAZZ"), Code("FOLK")))).many, 2)
    0.69
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        known = [code.frequency for code in taxonomy if code.frequency]
        total = math.fsum(known)
        # Small counts are a small sample, and are not scaled up; shares are no counts.
        is_sample = total <= _SAMPLE and min(known, default=1.0) >= 1.0
        self._scale = 1.0 if is_sample else _SAMPLE / total
        counts = [self._count(code) for code in taxonomy]
        self._top = math.log(max(counts, default=1.0))
        # How many codes there are, in effect: each counts by its use beside the commonest one.
        self.many = max(math.log(max(math.fsum(counts), 1.0)) - self._top, 0.0)
        self._intercept, self._slope = self._line(taxonomy)

    def few(self, code: Code) -> float:
        """How much rarer a code is than the commonest one."""
        return self._top - math.log(self._count(code))

    def late(self, code: Code) -> float:
        """How late a code stands in a list that begins with frequent ones.

        Where its position is not known, it is inferred from its frequency.
        """
        if code.position:
            return math.log(code.position)
        return max(self._intercept + self._slope * math.log(self._count(code)), 0.0)

    def _count(self, code: Code) -> float:
        return (code.frequency or 0.0) * self._scale + 1.0

    def _line(self, taxonomy: Taxonomy) -> tuple[float, float]:
        """Intercept and slope of the line from the logarithm of a count to that of a position, by
        least squares."""
        points = [
            (math.log(self._count(code)), math.log(code.position))
            for code in taxonomy
            if code.frequency and code.position
        ]
        if len(points) < _FEWEST:
            return 0.0, 0.0
        mean_x = math.fsum(x for x, _ in points) / len(points)
        mean_y = math.fsum(y for _, y in points) / len(points)
        spread = math.fsum((x - mean_x) ** 2 for x, _ in points)
        slope = math.fsum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0
        return mean_y - slope * mean_x, slope
