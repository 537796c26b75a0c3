"""Expectation-maximisation: how often each code is meant, and what becomes of it, in one column.

The engine says how likely each reading of a word is where codes and damage are as common as in the
strings that its prices were learnt on. Another column has other rates. If only the rates differ,
each reading is as much likelier as its rate has grown (Saerens, Latinne and Decaestecker, 2002). So
the words are read once; then the rates are re-estimated from the readings, and the readings weighed
by the rates, in turn, until they agree. No label is needed.

What is seen seldom changes little: every rate starts with some pseudo-counts of its old value. For
codes their number is estimated too (by the leave-one-out likelihood of the counts): where codes are
used alike it is large, where few of them make up most of the column it is small.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import attrs

from tagnorm.learning.column import KINDS, Observed, Way

__all__ = ["Rates", "gain", "maximised", "weighed"]

_ROUNDS, _SETTLED = 50, 1e-6
# Pseudo-counts of words that are no entries, and of edits.
_PRIOR = 100.0
# Old rates of codes weigh so much more than the words themselves say.
_CAUTION = 2
_STRENGTHS = tuple(10.0**power for power in (1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6))


@attrs.frozen
class Rates:
    """How often what happens: kinds of readings, edits, codes; each sums to 1."""

    kinds: Mapping[str, float]
    edits: Mapping[str, float]
    codes: Mapping[str, float]

    def ratio(self, way: Way, before: Rates) -> float:
        """How much likelier a reading is by these rates than by others."""
        found = 1.0
        if way.kind != "exact":
            found *= self.kinds[way.kind] / before.kinds[way.kind]
        for edit in way.edits:
            found *= self.edits[edit] / before.edits[edit]
        for code in way.codes:
            found *= self.codes.get(code, 0.0) / before.codes[code] if code in before.codes else 1.0
        return found


def weighed(word: Observed, rates: Rates, before: Rates) -> list[float]:
    """The probabilities of the readings of a word by new rates, and before them what they sum to.

    >>> kinds = dict.fromkeys(KINDS, 0.2)
    >>> old = Rates(kinds, {}, {"A": 0.5, "B": 0.5})
    >>> new = Rates(kinds, {}, {"A": 0.8, "B": 0.2})
    >>> word = Observed("X", 1, (Way(0.5, "edit", ("A",)), Way(0.5, "edit", ("B",))), False)
    >>> [round(share, 2) for share in weighed(word, new, old)]
    [1.0, 0.8, 0.2]
    """
    found = [way.share * rates.ratio(way, before) for way in word.ways]
    total = math.fsum(found)
    return [total, *(share / total if total else 0.0 for share in found)]


def maximised(words: Sequence[Observed], before: Rates, prior: float = _PRIOR) -> Rates:
    """The rates that explain the words best, held to the old ones where little is seen.

    Args:
        words: the words of a column.
        before: the rates to begin with.
        prior: how many words, and how many edits, the rates before weigh as much as.
    """
    rates = before
    for _ in range(_ROUNDS):
        kinds = dict.fromkeys(before.kinds, 0.0)
        edits = dict.fromkeys(before.edits, 0.0)
        codes: dict[str, float] = {}
        for word in words:
            _, *shares = weighed(word, rates, before)
            for way, share in zip(word.ways, shares, strict=True):
                seen = word.count * share
                if way.kind in kinds:
                    kinds[way.kind] += seen
                for edit in way.edits:
                    edits[edit] += seen
                for code in way.codes:
                    codes[code] = codes.get(code, 0.0) + seen
        now = Rates(
            _smoothed(kinds, before.kinds, prior),
            _smoothed(edits, before.edits, prior),
            _smoothed(codes, before.codes, _strength(codes, before.codes)),
        )
        change = max(abs(now.kinds[kind] - rates.kinds[kind]) for kind in KINDS)
        rates = now
        if change < _SETTLED:
            break
    return rates


def gain(words: Iterable[Observed], rates: Rates, before: Rates) -> float:
    """How many nats likelier a word is by the new rates than by the old ones, on average."""
    total, seen = 0.0, 0
    for word in words:
        total += word.count * math.log(max(weighed(word, rates, before)[0], 1e-12))
        seen += word.count
    return total / seen if seen else 0.0


def _smoothed(
    counts: Mapping[str, float], before: Mapping[str, float], strength: float
) -> dict[str, float]:
    """The shares of counts, with so many pseudo-counts by the old shares."""
    total = math.fsum(counts.values()) + strength
    return {
        name: (counts.get(name, 0.0) + strength * share) / total for name, share in before.items()
    }


def _strength(counts: Mapping[str, float], before: Mapping[str, float]) -> float:
    """The pseudo-counts by which each count is told best by the others, and as many again.

    What codes the rest of a column has is told less well than what codes the same words have: in a
    vocabulary of tens of thousands most are not seen.
    """
    total = math.fsum(counts.values())
    if total <= 1:
        return _STRENGTHS[-1]

    def likelihood(strength: float) -> float:
        return math.fsum(
            count
            * math.log((max(count - 1, 0.0) + strength * before[name]) / (total - 1 + strength))
            for name, count in counts.items()
            if name in before and count > 0
        )

    return _CAUTION * max(_STRENGTHS, key=likelihood)
