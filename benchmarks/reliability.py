"""Whether a confidence means what it says: reliability diagram, calibration error, coverage."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import NamedTuple

import attrs

from benchmarks.table import percent, table

__all__ = [
    "Answered",
    "Bin",
    "Chance",
    "bins",
    "calibration_error",
    "chance_error",
    "coverage",
    "diagram",
]

_BINS = 10
_DRAWS = 400
_WIDTH = 40


class Answered(NamedTuple):
    """An answer as far as its confidence is concerned."""

    confidence: float
    right: bool


@attrs.frozen
class Bin:
    """The answers of which the confidence lies between two bounds."""

    low: float
    high: float
    answers: int
    confidence: float
    right: float


def bins(answers: Sequence[Answered], count: int = _BINS) -> list[Bin]:
    """Bins of equal width, the empty ones too; a confidence of 1 belongs to the last.

    >>> [(b.answers, b.right) for b in bins([Answered(0.1, False), Answered(1.0, True)], 2)]
    [(1, 0.0), (1, 1.0)]
    """
    found: list[list[Answered]] = [[] for _ in range(count)]
    for answer in answers:
        found[min(int(answer.confidence * count), count - 1)].append(answer)
    return [
        Bin(
            at / count,
            (at + 1) / count,
            len(held),
            math.fsum(one.confidence for one in held) / len(held) if held else 0.0,
            sum(one.right for one in held) / len(held) if held else 0.0,
        )
        for at, held in enumerate(found)
    ]


def calibration_error(answers: Sequence[Answered], count: int = _BINS) -> float:
    """The expected calibration error: how far confidence and truth lie apart, averaged over bins
    by their answers.

    >>> calibration_error([Answered(0.75, True), Answered(0.75, False)])
    0.25
    """
    gaps = (one.answers * abs(one.confidence - one.right) for one in bins(answers, count))
    return math.fsum(gaps) / len(answers) if answers else 0.0


class Chance(NamedTuple):
    """The calibration error that chance alone makes: on average, and in 95 of 100 draws at most."""

    mean: float
    bound: float


def chance_error(
    answers: Sequence[Answered], count: int = _BINS, draws: int = _DRAWS, seed: int = 0
) -> Chance:
    """The error of answers that are right just as often as they say, by chance alone.

    Each answer is drawn right or wrong by its confidence, over and over; the bins are those of
    `calibration_error`. An error up to the bound says nothing against a confidence; the fewer the
    answers and the more doubtful, the higher it is.

    >>> chance_error([Answered(1.0, True)] * 10)
    Chance(mean=0.0, bound=0.0)
    >>> sure = [Answered(0.9, True)]
    >>> chance_error(sure * 50).mean > chance_error(sure * 500).mean > 0
    True
    """
    held: list[list[float]] = [[] for _ in range(count)]
    for confidence, _ in answers:
        held[min(int(confidence * count), count - 1)].append(confidence)
    expected = [(one, math.fsum(one)) for one in held if one]
    if not expected:
        return Chance(0.0, 0.0)
    draw = random.Random(seed).random
    errors = []
    for _ in range(draws):
        gaps = [abs(sum([draw() < sure for sure in one]) - said) for one, said in expected]
        errors.append(math.fsum(gaps) / len(answers))
    errors.sort()
    return Chance(math.fsum(errors) / draws, errors[math.ceil(0.95 * draws) - 1])


def coverage(answers: Sequence[Answered], confidence: float) -> tuple[float, float]:
    """The share of answers that are at least so confident, and how often those are right.

    >>> coverage([Answered(0.95, True), Answered(0.5, False)], 0.9)
    (0.5, 1.0)
    """
    held = [one for one in answers if one.confidence >= confidence]
    if not held:
        return 0.0, 0.0
    return len(held) / len(answers), sum(one.right for one in held) / len(held)


def diagram(answers: Sequence[Answered], title: str) -> str:
    """A row a bin: its answers, mean confidence, share of right ones, and both on a line.

    On the line `o` is the confidence, `#` the share of right answers, `@` where they meet.
    """
    rows = []
    for one in bins(answers):
        line = ["."] * (_WIDTH + 1)
        if one.answers:
            said, was = round(one.confidence * _WIDTH), round(one.right * _WIDTH)
            line[said], line[was] = "o", "#"
            if said == was:
                line[said] = "@"
        rows.append(
            (
                f"{one.low:.1f}-{one.high:.1f}",
                one.answers,
                percent(one.confidence) if one.answers else "-",
                percent(one.right) if one.answers else "-",
                "".join(line),
            )
        )
    chance = chance_error(answers)
    error = (
        f"expected calibration error {100 * calibration_error(answers):.1f}% "
        f"(by chance {100 * chance.mean:.1f}%, at most {100 * chance.bound:.1f}%)"
    )
    headers = ["confidence", "answers", "mean %", "right %", "o said, # was right"]
    return table(headers, rows, title=f"{title}: {error}")
