"""How everything here is timed: interleaved rounds on one thread, the collector off."""

from __future__ import annotations

import gc
import os
import statistics
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from tagnorm import Normalizer

__all__ = ["Timing", "forgetting", "interleaved", "with_byte_code"]


@attrs.frozen
class Timing:
    """The seconds that a contestant's rounds took."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    def against(self, other: Timing) -> float:
        """How many times as fast this is as another of the same rounds: the median by round.

        >>> Timing((1.0, 2.0, 1.0)).against(Timing((3.0, 6.0, 5.0)))
        3.0
        """
        pairs = zip(self.rounds, other.rounds, strict=True)
        return statistics.median(theirs / mine for mine, theirs in pairs)

    @property
    def spread(self) -> float:
        """How far apart the slowest and the fastest round are, as a share of the median."""
        return (max(self.rounds) - min(self.rounds)) / self.median


def forgetting(normalizer: Normalizer) -> Callable[[], None]:
    """What makes a normalizer forget the words that it has read.

    Readers remember words of fields, which users want and a cold measurement does not.
    """
    return normalizer.words.forget


def interleaved(
    contestants: Mapping[str, Callable[[], object]],
    rounds: int,
    forget: Callable[[], object] = int,
) -> dict[str, Timing]:
    """Time each contestant once a round, so that a noisy moment hits all alike.

    What remembers its answers is told to `forget` them before each measurement.

    Each round begins with another contestant. Before each measurement garbage is collected, and
    while it lasts the collector is off, for all alike. One round before the first is thrown away:
    it fills the caches of the processor and what a library builds on its first call.
    """
    times: dict[str, list[float]] = {name: [] for name in contestants}
    names = list(contestants)
    was_on = gc.isenabled()
    try:
        for at in range(-1, rounds):
            turn = at % len(names)
            for name in names[turn:] + names[:turn]:
                call = contestants[name]
                forget()
                gc.collect()
                gc.disable()
                start = perf_counter()
                call()
                took = perf_counter() - start
                if was_on:
                    gc.enable()
                if at >= 0:
                    times[name].append(took)
    finally:
        if was_on:
            gc.enable()
    return {name: Timing(tuple(took)) for name, took in times.items()}


def with_byte_code() -> dict[str, str]:
    """The environment for a child that keeps its byte code, as an installed package comes with."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
