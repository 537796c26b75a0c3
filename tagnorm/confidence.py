"""From the costs of the readings to the probability that the answer is right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from tagnorm.costs import shipped
from tagnorm.lattice import Path, Reading, path_order

__all__ = ["calibrated", "known", "shares", "weights_of"]


def shares(found: Sequence[Reading]) -> dict[tuple[str, ...], float]:
    """What share of the probability each list of tags has; the same tags count as one.

    >>> shares([Reading(1000, ()), Reading(1000, ())])
    {(): 1.0}
    """
    paths: list[Path] = [(reading.cost, 0, reading.tags, None) for reading in found]
    weights = weights_of(sorted(paths, key=path_order))
    total = math.fsum(weights.values())
    return {tags: weight / total for tags, weight in weights.items()}


def weights_of(paths: Sequence[Path]) -> dict[tuple[str, ...], float]:
    """What each list of tags weighs beside the cheapest path, which comes first and weighs 1.

    >>> weights_of([(1000, 1, ("PREL",), None), (1000, 1, ("PGOV",), None)])
    {('PREL',): 1.0, ('PGOV',): 1.0}
    """
    least = paths[0][0]
    weights: dict[tuple[str, ...], float] = {}
    for cost, _, tags, _ in paths:
        weight = math.exp((least - cost) / 1000)
        known_weight = weights.get(tags)
        weights[tags] = weight if known_weight is None else known_weight + weight
    return weights


def calibrated(share: float) -> float:
    """The probability that an answer with this share of the probability is right.

    The log odds are stretched and shifted as was found to fit answers and damage whose truth is
    known: see `confidence.tsv`.

    >>> calibrated(0.5) < calibrated(0.9) < calibrated(1.0) < 1
    True
    """
    intercept, slope, ceiling = _curve()
    if share <= 0.0:
        return 0.0
    if share >= 1.0:
        return ceiling
    odds = intercept + slope * math.log(share / (1.0 - share))
    sure = 1.0 / (1.0 + math.exp(-odds))
    return sure if sure < ceiling else ceiling


def known(kind: str) -> float:
    """How often an answer that was looked up is right, by its kind: `canonical`, `alias` ...

    >>> known("attested") < known("canonical")
    True
    """
    return _table()[kind]


@lru_cache(maxsize=1)
def _curve() -> tuple[float, float, float]:
    table = _table()
    return table["intercept"], table["slope"], table["ceiling"]


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    return shipped("confidence.tsv")
