"""A taxonomy as a word list with counts: what every peer is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from tagnorm import Code, Taxonomy
from tagnorm.folding import squash

__all__ = ["Lexicon", "commonness"]

# No code is rarer than this share of the average one, or the rare ones would never be drawn.
_FLOOR = 0.1


def commonness(codes: Iterable[Code]) -> dict[str, float]:
    """How common each code is, by tag: its cables, or what its place in the list lets expect.

    A place in the list is worth as many cables as a code there has by Zipf's law: the first of a
    list as many as the commonest code divided by ten, and so on. Nothing known counts as the
    floor, a tenth of the average.
    """
    codes = list(codes)
    most = max((code.frequency or 0 for code in codes), default=0) or 1
    seen = {
        code.tag: float(code.frequency or (most / 10 / code.position if code.position else 0))
        for code in codes
    }
    floor = _FLOOR * sum(seen.values()) / (len(seen) or 1) or 1.0
    return {tag: max(floor, count) for tag, count in seen.items()}


@attrs.frozen
class Lexicon:
    """The surface forms of a taxonomy, squashed: the tag of each, and its count.

    Codes and aliases alike: a peer gets everything that the splitter reads exactly.

    >>> lexicon = Lexicon.of(Taxonomy.load())
    >>> lexicon.tags["PREL"], lexicon.tags["KUWAIT"], lexicon.counts["PREL"] > 100
    ('PREL', 'KU', True)
    """

    tags: Mapping[str, str]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> Lexicon:
        common = commonness(taxonomy)
        tags = {squash(alias.alias): alias.tag for alias in taxonomy.aliases}
        tags.update((squash(code.tag), code.tag) for code in taxonomy)
        return cls(tags, {form: max(1, round(common[tag])) for form, tag in tags.items()})

    @property
    def by_count(self) -> list[str]:
        """The forms, the commonest first; equal ones by length and letters."""
        return sorted(self.tags, key=lambda form: (-self.counts[form], -len(form), form))
