"""How sure an answer is to be, fitted to answers of which the truth is known.

The log odds of a reading are stretched and shifted by a line (`slope` and `intercept`), which a
logistic regression fits; a prior pulls it towards the line there was, so that few answers change
little.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tagnorm.engine.reading.confidence import log_odds, logistic

__all__ = ["Judged", "Line", "fitted_line"]

_ROUNDS = 40
_LARGEST = 12.0


class Line(NamedTuple):
    """What makes a probability of the log odds of a reading."""

    slope: float
    intercept: float
    ceiling: float

    def sure(self, odds: float) -> float:
        """The confidence of an answer whose reading has these log odds.

        >>> round(Line(1.0, 0.0, 0.99).sure(0.0), 2), Line(1.0, 0.0, 0.99).sure(50.0)
        (0.5, 0.99)
        """
        return min(logistic(self.slope * odds + self.intercept), self.ceiling)

    def odds(self, sure: float) -> float:
        """The log odds of a reading whose answer is so sure.

        >>> line = Line(0.8, 0.5, 0.996)
        >>> round(line.odds(line.sure(1.5)), 6)
        1.5
        """
        sure = min(max(sure, 1e-6), self.ceiling - 1e-6)
        return (log_odds(sure) - self.intercept) / self.slope


class Judged(NamedTuple):
    """The log odds of a reading, whether it was right, and how much that weighs."""

    odds: float
    right: bool
    weight: float = 1.0


def fitted_line(judged: Iterable[Judged], before: Line, pull: float) -> Line:
    """The line that says best how often answers are right, pulled towards another.

    Args:
        judged: answers of which the truth is known.
        before: the line to begin with.
        pull: how many answers the line before weighs as much as, about.

    >>> often = [Judged(2.0, at % 10 > 0) for at in range(1000)]
    >>> round(fitted_line(often, Line(1.0, 0.0, 0.996), pull=1).sure(2.0), 2)
    0.9
    """
    answers = [one._replace(odds=min(max(one.odds, -_LARGEST), _LARGEST)) for one in judged]
    slope, intercept = before.slope, before.intercept
    for _ in range(_ROUNDS):
        step = _newton_step(answers, (slope, intercept), before, pull)
        slope, intercept = max(slope - step[0], 0.05), intercept - step[1]
        if max(map(abs, step)) < 1e-7:
            break
    return Line(slope, intercept, _ceiling(answers, before, pull))


def _newton_step(
    answers: Sequence[Judged], line: tuple[float, float], before: Line, pull: float
) -> tuple[float, float]:
    slope, intercept = line
    # The slope is a few times as well known as the intercept, at odds of a few nats.
    first = [pull * (slope - before.slope), pull / 4 * (intercept - before.intercept)]
    second = [pull, 0.0, pull / 4]
    for odds, right, weight in answers:
        sure = logistic(slope * odds + intercept)
        gap, bend = weight * (sure - right), weight * sure * (1 - sure)
        first[0] += gap * odds
        first[1] += gap
        second[0] += bend * odds * odds
        second[1] += bend * odds
        second[2] += bend
    determinant = second[0] * second[2] - second[1] ** 2
    return (
        (second[2] * first[0] - second[1] * first[1]) / determinant,
        (second[0] * first[1] - second[1] * first[0]) / determinant,
    )


def _ceiling(answers: Sequence[Judged], before: Line, pull: float) -> float:
    """No answer is surer than the surest ones were right; never surer than before."""
    surest = [one for one in answers if before.sure(one.odds) >= before.ceiling - 1e-4]
    seen = math.fsum(one.weight for one in surest)
    right = math.fsum(one.weight for one in surest if one.right)
    return min(before.ceiling, (right + pull * before.ceiling) / (seen + pull))
