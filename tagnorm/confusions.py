"""The codes that a code is most often confused with, as the reader itself confuses them.

A code is written wrongly in every way that takes one edit, each as often as any other, and every
such string is read. What the readings other than the code have of the probability, on the average,
is how often they are taken for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from tagnorm.engine.costs import LETTERS
from tagnorm.folding import squash

if TYPE_CHECKING:
    from tagnorm.normalizer import Normalizer

__all__ = ["Confusion", "confused_with"]

# Longer names have so many misspellings that a sample of the letters is enough.
_MOST_FORMS = 400
_WORTH_SHOWING = 0.002


@attrs.frozen
class Confusion:
    """Another code, and in what share of the one-edit misspellings it is read instead."""

    tag: str
    share: float


def confused_with(normalizer: Normalizer, tag: str, *, limit: int = 5) -> list[Confusion]:
    """The codes that are most often read where a code was written with one edit, in order.

    >>> from tagnorm import Normalizer
    >>> [confusion.tag for confusion in confused_with(Normalizer(), "PREL", limit=1)]
    ['PREF']

    Raises:
        KeyError: the vocabulary has no such code.
    """
    code = normalizer.taxonomy[tag]
    written = squash(code.tag)
    forms = list(dict.fromkeys(_misspellings(written)))
    forms = forms[:: len(forms) // _MOST_FORMS + 1]
    weights: Counter[str] = Counter()
    for form in forms:
        answer = normalizer.resolve(form)
        for tags, share in (
            (answer.tags, answer.confidence),
            *((other.tags, other.confidence) for other in answer.alternatives),
        ):
            if len(tags) == 1 and tags[0] != tag:
                weights[tags[0]] += share  # type: ignore[assignment]  # a Counter may hold shares
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    shares = [Confusion(other, round(weight / len(forms), 4)) for other, weight in ranked[:limit]]
    return [confusion for confusion in shares if confusion.share >= _WORTH_SHOWING]


def _misspellings(word: str) -> Iterator[str]:
    """The strings that are one edit away from a word, but for the word itself."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + x + after[1:] for x in LETTERS if x != after[0])
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + x + after for x in LETTERS)
