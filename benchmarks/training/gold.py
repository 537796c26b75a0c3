"""The tag list and its labelled half, and when an answer counts as right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import attrs

__all__ = [
    "CLASSES",
    "LEARNT",
    "UNTAGGED",
    "Labelled",
    "Tags",
    "labelled",
    "punctuated",
    "raw_tags",
    "tags_of",
]

Tags = tuple[str, ...]

CLASSES = (
    "canonical",
    "alias",
    "misspelled",
    "concatenated",
    "mixed",
    "ambiguous",
    "term",
    "name",
    "unknown",
)
# Of these classes no code is meant, unless an accepted alternative says so.
UNTAGGED = ("term", "name", "unknown")

# What every table of answers must say to its reader.
LEARNT = (
    "Note: the weights of tagnorm are learnt on the labelled strings and on synthetic damage of "
    "another seed,\nso its rows flatter it; the peers have learnt nothing there. `weights` prints "
    "the share of exact\nanswers by cross-validation, `accuracy` measures on new damage too."
)

_DATA = Path(__file__).parents[1] / "data"


@attrs.frozen
class Labelled:
    """A raw string with its class, its answer, the other accepted answers, and how sure they are.

    >>> one = Labelled("EIPA", "misspelled", ("KIPR",), (("EPIT",), ()), 2)
    >>> one.accepts(("EPIT",)), one.accepts(()), one.false_tags(("EPIT", "FR"))
    (True, True, ['FR'])
    """

    raw: str
    kind: str
    answer: Tags
    alternatives: tuple[Tags, ...] = ()
    certainty: int = 3

    def accepts(self, tags: Tags) -> bool:
        """Whether the whole answer is right: the answer or an accepted alternative, in order."""
        return tags == self.answer or tags in self.alternatives

    def false_tags(self, tags: Tags) -> list[str]:
        """The tags of an answer that no accepted answer has; none of an accepted one."""
        if self.accepts(tags):
            return []
        known: Counter[str] = Counter()
        for answer in (self.answer, *self.alternatives):
            known |= Counter(answer)
        return list((Counter(tags) - known).elements())

    def missed_tags(self, tags: Tags) -> list[str]:
        """The tags of the answer that a wrong answer lacks."""
        return [] if self.accepts(tags) else list((Counter(self.answer) - Counter(tags)).elements())


@lru_cache(maxsize=1)
def raw_tags() -> Sequence[str]:
    """The distinct strings of the published tag list, in its order."""
    return tuple(row[2] for row in _rows("raw_tags.tsv"))


@lru_cache(maxsize=1)
def labelled() -> Sequence[Labelled]:
    """The labelled strings of the list."""
    return tuple(_labelled("gold_dev.tsv"))


@lru_cache(maxsize=1)
def punctuated() -> Sequence[Labelled]:
    """Labelled names, terms, codes and fields with punctuation or of several words."""
    return tuple(_labelled("gold_punctuated_dev.tsv"))


def tags_of(cell: str) -> Tags:
    """The tags of a cell, in which `-` stands for none.

    >>> tags_of("PREL SP"), tags_of("-")
    (('PREL', 'SP'), ())
    """
    return () if cell.strip() == "-" else tuple(cell.split())


def _labelled(name: str) -> Iterator[Labelled]:
    for raw, kind, answer, alternatives, certainty in _rows(name):
        others = tuple(tags_of(other) for other in alternatives.split(";") if other)
        yield Labelled(raw, kind, tags_of(answer), others, int(certainty))


def _rows(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line]
