"""From rates to what a vocabulary's files hold: costs of assumptions, how often codes are meant.

A cost is minus the logarithm of a probability, so where something is twice as common in a column as
in the strings that the costs were learnt on, its cost falls by log 2. No cost falls below zero:
what would be needed is added to the readings that it stands against.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from tagnorm.engine.costs import shipped
from tagnorm.learning.column import KINDS
from tagnorm.learning.expectation import Rates
from tagnorm.vocabulary.codes import Taxonomy

__all__ = ["costs_of", "frequencies_of", "general_rates", "rates_of"]

# A cost moves by no more than this, a factor of seven.
_MOST = 2.0
# Where nothing is said of a code, and of others is, it is as common as this share of their mean.
_UNKNOWN = 0.1
# A share that moves by less than a tenth stays.
_NOTICED = 0.1


@lru_cache(maxsize=1)
def general_rates() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The rates of kinds and of edits that the shipped costs were learnt on."""
    shares = shipped("rates.tsv")
    kinds = {kind: shares[kind] for kind in KINDS}
    edits = {name: share for name, share in shares.items() if name not in kinds}
    return _normal(kinds), _normal(edits)


def rates_of(taxonomy: Taxonomy) -> Rates:
    """The rates before anything is learnt: general ones, and what the vocabulary says of codes."""
    kinds, edits = general_rates()
    known = [code.frequency for code in taxonomy if code.frequency]
    floor = _UNKNOWN * math.fsum(known) / len(known) if known else 1.0
    codes = {code.tag: max(float(code.frequency or 0.0), floor) for code in taxonomy}
    return Rates(kinds, edits, _normal(codes))


def costs_of(costs: Mapping[str, float], rates: Rates, before: Rates) -> dict[str, float]:
    """The costs that move, in nats, rounded as they are written.

    >>> kinds, edits = general_rates()
    >>> before = Rates(kinds, edits, {})
    >>> costs = {"unresolved": 2.7, "join": 0.0, "joined_edit": 3.0, "leftover": 4.6}
    >>> costs |= dict.fromkeys(edits, 3.0)
    >>> costs_of(costs, before, before)
    {}
    >>> twice = dict(kinds, unresolved=2 * kinds["unresolved"])
    >>> costs_of(costs, Rates(twice, edits, {}), before)
    {'unresolved': 2.01}
    """
    kind = {name: _shift(rates.kinds[name], before.kinds[name]) for name in KINDS}
    # What the engine takes for codes already it takes the more for codes, the oftener it does so.
    # So no reading as codes gains on the word left alone: a wrong tag is worse than none.
    kind = {name: max(shift, kind["unresolved"]) for name, shift in kind.items()}
    shifts = {name: _shift(rates.edits[name], before.edits[name]) for name in rates.edits}
    shifts |= {
        "unresolved": kind["unresolved"] - kind["edit"],
        "join": kind["joined"] - kind["edit"],
        "joined_edit": kind["joined_edit"] - kind["joined"],
        "leftover": kind["leftover"] - kind["joined"],
    }
    # What is cheaper than nothing makes all that it stands against so much dearer.
    debt = max(0.0, -(costs["join"] + shifts["join"]))
    if debt:
        shifts = {
            name: shift + debt * (1 if name == "unresolved" or name in rates.edits else 0)
            for name, shift in shifts.items()
        }
        shifts["joined_edit"] -= debt
    moved = {
        name: round(max(0.0, costs[name] + min(max(shift, -_MOST), _MOST)), 2)
        for name, shift in shifts.items()
    }
    return {name: cost for name, cost in sorted(moved.items()) if abs(cost - costs[name]) >= 0.01}


def frequencies_of(taxonomy: Taxonomy, rates: Rates, before: Rates, words: int) -> dict[str, float]:
    """How often the codes are meant of which a column says something, by their tags.

    On the scale of the vocabulary where it has frequencies, else in so many words. A code of which
    nothing is known and that is not seen stays as it is.
    """
    total = math.fsum(code.frequency or 0.0 for code in taxonomy) or float(words)
    found = {}
    for code in taxonomy:
        share, was = rates.codes[code.tag], before.codes[code.tag]
        if abs(math.log(share / was)) > _NOTICED and (code.frequency or share > was):
            found[code.tag] = max(float(f"{share * total:.4g}"), 1e-6)
    return found


def _shift(share: float, before: float) -> float:
    return -math.log(share / before)


def _normal(shares: Mapping[str, float]) -> dict[str, float]:
    total = math.fsum(shares.values())
    return {name: share / total for name, share in shares.items()}
