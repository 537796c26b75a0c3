"""A trial of new numbers: what comes of them for strings of which the truth is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import attrs

from tagnorm.learning.simulation import Simulated
from tagnorm.resolution import Resolution

__all__ = ["Change", "Resolver", "Verdict", "judged"]

Resolver = Callable[[str], Resolution]
# The share of strings with a wrong tag may grow by no more than this.
_MOST_HARM = 0.005
# Of answers that changed as many more have to be right as chance has in one trial of forty.
_BY_CHANCE = 2.0
# Whether a string is read right, and whether it gets a wrong tag.
Verdict = tuple[bool, bool]


def judged(made: Sequence[Simulated], resolve: Resolver) -> list[Verdict]:
    """How each string is read.

    >>> from tagnorm import resolve
    >>> judged([Simulated("PGVO", ("PGOV",), "edit"), Simulated("KWHG", (), "unresolved")], resolve)
    [(True, False), (False, True)]
    """
    answers = [resolve(one.raw).tags for one in made]
    return [
        (tags == one.truth, bool(tags) and tags != one.truth)
        for one, tags in zip(made, answers, strict=True)
    ]


@attrs.frozen
class Change:
    """What comes of new numbers for some strings: how many are right now that were not, how many
    are not that were, and how much larger the share of those is that get a wrong tag."""

    better: int
    worse: int
    harm: float

    @classmethod
    def between(cls, before: Sequence[Verdict], after: Sequence[Verdict]) -> Change:
        """The change from one reading of some strings to another.

        >>> Change.between([(True, False), (False, True)], [(True, False), (True, False)])
        Change(better=1, worse=0, harm=-0.5)
        """
        both = list(zip(before, after, strict=True))
        return cls(
            sum(now and not was for (was, _), (now, _) in both),
            sum(was and not now for (was, _), (now, _) in both),
            sum(now - was for (_, was), (_, now) in both) / max(len(both), 1),
        )

    @classmethod
    def of(cls, changes: Sequence[Change]) -> Change:
        """Several changes taken together."""
        return cls(
            sum(one.better for one in changes),
            sum(one.worse for one in changes),
            max(one.harm for one in changes),
        )

    @property
    def gain(self) -> int:
        """How many strings more are right."""
        return self.better - self.worse

    @property
    def helps(self) -> bool:
        """Whether more are right by more than chance, or none is read another way."""
        return self.gain >= _BY_CHANCE * math.sqrt(self.better + self.worse)

    @property
    def is_harmless(self) -> bool:
        """Whether no fewer are right, and hardly more get a wrong tag."""
        return self.gain >= 0 and self.harm <= _MOST_HARM
