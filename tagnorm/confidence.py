"""From the costs of the readings to the probability that the answer is right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from tagnorm.costs import shipped
from tagnorm.lattice import Path, Reading

__all__ = ["calibrated", "known", "shares", "shares_of"]


def shares(found: Sequence[Reading]) -> dict[tuple[str, ...], float]:
    """What share of the probability each list of tags has; the same tags count as one.

    >>> shares([Reading(1000, ()), Reading(1000, ())])
    {(): 1.0}
    """
    return shares_of([(reading.cost, 0, reading.tags, None) for reading in found])


def shares_of(paths: Sequence[Path]) -> dict[tuple[str, ...], float]:
    """The same of paths, whose pieces nobody has asked for.

    >>> shares_of([(1000, 1, ("PREL",), None), (1000, 1, ("PGOV",), None)])
    {('PREL',): 0.5, ('PGOV',): 0.5}
    """
    least = paths[0][0]
    for path in paths:
        least = min(least, path[0])
    weights: dict[tuple[str, ...], float] = {}
    for cost, _, tags, _ in paths:
        weight = math.exp((least - cost) / 1000)
        weights[tags] = weights.get(tags, 0.0) + weight
    total = math.fsum(weights.values())
    for tags, weight in weights.items():
        weights[tags] = weight / total
    return weights


def calibrated(share: float) -> float:
    """The probability that an answer with this share of the probability is right.

    The log odds are stretched and shifted as was found to fit answers and damage whose truth is
    known: see `confidence.tsv`.

    >>> calibrated(0.5) < calibrated(0.9) < calibrated(1.0) < 1
    True
    """
    table = _table()
    if share <= 0.0:
        return 0.0
    if share >= 1.0:
        return table["ceiling"]
    odds = table["intercept"] + table["slope"] * math.log(share / (1.0 - share))
    return min(1.0 / (1.0 + math.exp(-odds)), table["ceiling"])


def known(kind: str) -> float:
    """How often an answer that was looked up is right, by its kind: `canonical`, `alias` ...

    >>> known("attested") < known("canonical")
    True
    """
    return _table()[kind]


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    return shipped("confidence.tsv")
