"""From the costs of the readings to the probability that the answer is right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tagnorm.lattice import Reading

__all__ = ["posterior"]


def posterior(found: Sequence[Reading]) -> list[tuple[tuple[str, ...], float]]:
    """The tags of each reading and their share of the probability, in the readings' order.

    Readings with the same tags count as one.
    """
    weights: dict[tuple[str, ...], float] = {}
    for reading in found:
        weight = math.exp(found[0].cost - reading.cost)
        weights[reading.tags] = weights.get(reading.tags, 0.0) + weight
    total = math.fsum(weights.values())
    return [(tags, weight / total) for tags, weight in weights.items()]
