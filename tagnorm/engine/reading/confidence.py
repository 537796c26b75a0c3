"""From the costs of the readings to the probability that the answer is right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from tagnorm.engine.costs import LARGEST_ODDS, confidence_of
from tagnorm.engine.search.lattice import Reading, order

__all__ = [
    "ALONE",
    "JOINED",
    "JOINED_EDIT",
    "LEFTOVER",
    "SHIFTED",
    "Calibration",
    "log_odds",
    "logistic",
    "posteriors",
    "weights_of",
]

# The largest exponent that is worked out; what lies beyond it is as good as impossible.
_LARGEST: Final = 700.0

# The kinds of answers that have a line of their own in `confidence.tsv`: a word left alone, joined
# codes as they are written, those with an edit, and those with letters left over.
ALONE: Final = "alone"
JOINED: Final = "joined"
JOINED_EDIT: Final = "joined_edit"
LEFTOVER: Final = "leftover"
SHIFTED: Final = (ALONE, JOINED, JOINED_EDIT, LEFTOVER)


def posteriors(found: Sequence[Reading]) -> dict[tuple[str, ...], float]:
    """The share of the probability that each list of tags has, over all readings with these tags.

    >>> posteriors([Reading(1000, ()), Reading(1000, ())])
    {(): 1.0}
    """
    ordered = sorted(found, key=order)
    weights = weights_of([one.cost for one in ordered], [one.tags for one in ordered])
    total = math.fsum(weights.values())
    return {tags: weight / total for tags, weight in weights.items()}


def weights_of(
    costs: Sequence[int], tags: Sequence[tuple[str, ...]]
) -> dict[tuple[str, ...], float]:
    """The weight of each list of tags over all its readings; the cheapest reading, which comes
    first, weighs 1.

    >>> weights_of([1000, 1000], [("PREL",), ("PGOV",)])
    {('PREL',): 1.0, ('PGOV',): 1.0}
    """
    least = costs[0]
    weights: dict[tuple[str, ...], float] = {}
    for cost, read in zip(costs, tags, strict=True):
        weights[read] = weights.get(read, 0.0) + math.exp((least - cost) / 1000)
    return weights


def logistic(odds: float) -> float:
    """The probability of what has some log odds.

    >>> logistic(0.0), logistic(math.log(3)), logistic(-1e9) > 0
    (0.5, 0.75, True)
    """
    return 1.0 / (1.0 + math.exp(-odds if odds > -_LARGEST else _LARGEST))


def log_odds(probability: float) -> float:
    """The log odds of what has some probability, neither 0 nor 1: the inverse of `logistic`.

    >>> log_odds(0.5), round(logistic(log_odds(0.2)), 9)
    (0.0, 0.2)
    """
    return math.log(probability / (1.0 - probability))


class Calibration:
    """How sure answers by one vocabulary are: the numbers of `confidence.tsv`, by name.

    >>> calibration = Calibration.of({})
    >>> calibration.known("attested") < calibration.known("canonical")
    True
    >>> calibration.of_share(0.5) < calibration.of_share(0.9) < calibration.of_share(1.0) < 1
    True
    """

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values
        self._ceiling = values["ceiling"]
        intercept, slope = values["intercept"], values["slope"]
        # By kind of answer: intercept and slope of the line that maps log odds.
        self._lines = {"": (intercept, slope)}
        for kind in SHIFTED:
            self._lines[kind] = (intercept + values[kind], slope * values[kind + "_slope"])

    @classmethod
    def of(cls, own: Mapping[str, float]) -> Calibration:
        """The shipped table, with a vocabulary's own numbers in the place of some.

        Raises:
            TaxonomyError: the shipped table has no number of some name.
        """
        return cls(confidence_of(own))

    def known(self, kind: str) -> float:
        """How often an answer that needs no weighing is right, by its kind (`canonical`, `alias`);
        or any other number of the table."""
        return self.values[kind]

    def of_share(self, share: float, kind: str = "") -> float:
        """The probability that an answer is right, by its share among all readings.

        The log odds of the share are mapped by a line that was fitted to answers whose truth is
        known (Platt scaling); the kinds in `SHIFTED` have lines of their own.
        """
        ceiling = self._ceiling
        if share <= 0.0:
            return 0.0
        if share >= 1.0:
            return ceiling
        intercept, slope = self._lines[kind]
        sure = logistic(intercept + slope * log_odds(share))
        return sure if sure < ceiling else ceiling

    def of_another(self, name: str) -> float:
        """The chance that a word is something that no reading of it is, by one number of the table:
        the log odds that it is not.

        Args:
            name: `own_acronym` for what is read as an acronym of an organization with an edit,
                `own_compound` for one code with letters left over (`JavaFX`),
                `own_brief` for a brief code with a letter more, or a brief word with one less,
                `own_affix` for a code with a letter in front or behind, or a digit more or less,
                `own_first` for a code with a first letter that no code of its shape has, `own_name`
                for another name of a code with an edit, `own_behind` for a word behind joined
                codes.

        >>> Calibration.of({}).of_another("own_acronym")
        0.0
        """
        return _chance(self.values[name])

    def of_its_own(self, nats: float) -> float:
        """The chance that a word which looks like a code is one that the vocabulary does not have.

        Args:
            nats: how much more it costs to leave the word alone than to correct it.

        >>> Calibration.of({}).of_its_own(1.0)
        0.0
        """
        return _chance(self.values["own"] + self.values["own_slope"] * nats)


def _chance(odds: float) -> float:
    """The chance of what has some log odds against it; 0 where they are beyond `LARGEST_ODDS`."""
    return logistic(-odds) if odds < LARGEST_ODDS else 0.0
