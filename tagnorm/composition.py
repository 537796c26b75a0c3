"""The answer for a whole string, composed of the answers for its stretches.

The tags stand one after another. The confidence is the product over the stretches; an alternative
reads one of the stretches otherwise.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

import attrs

from tagnorm.engine.reading.answers import Answer
from tagnorm.engine.reading.stretches import Stretch
from tagnorm.resolution import Alternative, Resolution, status_of_word, worst_of

__all__ = ["resolution_of", "with_each_tag_once"]

# How many alternatives of a whole string are reported.
_REPORTED = 4


def resolution_of(text: str, stretches: Sequence[Stretch]) -> Resolution:
    """The answer for a text, by its stretches with their weighed answers."""
    if len(stretches) == 1:
        answer = stretches[0].answer
        pieces, sure, others = answer
        status = status_of_word(pieces)
        return Resolution(text, answer.tags, tuple(stretches), status, sure, others)
    answers = [answer for _, _, answer in stretches]
    return Resolution(
        text,
        tuple([tag for answer in answers for tag in answer.tags]),
        tuple(stretches),
        worst_of({status_of_word(answer.pieces) for answer in answers}),
        math.prod([answer.confidence for answer in answers], start=1.0),
        _alternatives(answers),
    )


def with_each_tag_once(found: Resolution) -> Resolution:
    """A resolution with each tag only once, and so in its alternatives; the segments stay.

    >>> from tagnorm import resolve
    >>> found = with_each_tag_once(resolve("PREL, PGVO, PREL"))
    >>> found.tags, len(found.words)
    (('PREL', 'PGOV'), 3)
    """
    tags = tuple(dict.fromkeys(found.tags))
    others: dict[tuple[str, ...], Alternative] = {}
    for other in found.alternatives:
        once = tuple(dict.fromkeys(other.tags))
        if once != tags:
            others.setdefault(once, Alternative(once, other.confidence))
    return attrs.evolve(found, tags=tags, alternatives=tuple(others.values()))


def _alternatives(answers: Sequence[Answer]) -> tuple[Alternative, ...]:
    """Other readings of a whole field, each with one stretch read otherwise, the likeliest
    first."""
    total = math.prod(answer.confidence for answer in answers)
    ranked = heapq.nsmallest(
        _REPORTED * 4,
        (
            (-total * other.confidence / max(answer.confidence, 1e-9), at, n)
            for at, answer in enumerate(answers)
            for n, other in enumerate(answer.alternatives)
        ),
    )
    seen = {tuple(tag for answer in answers for tag in answer.tags)}
    found: list[Alternative] = []
    for share, at, n in ranked:
        if len(found) == _REPORTED:
            break
        before = [tag for answer in answers[:at] for tag in answer.tags]
        after = [tag for answer in answers[at + 1 :] for tag in answer.tags]
        tags = (*before, *answers[at].alternatives[n].tags, *after)
        if tags not in seen:
            seen.add(tags)
            found.append(Alternative(tags, -share))
    return tuple(found)
