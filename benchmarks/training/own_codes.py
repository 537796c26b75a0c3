"""How often a word that looks like a code with an edit is a code of its own that nobody listed.

Codes are left out one at a time: what would their strings be read as? Some would be left alone, the
others corrected into a code that is near, and these show what corrections of such codes look like.
How many there are among corrections the labelled list says: those that people refuse, and one more,
since none that is seen is no proof that there is none.

Of organizations the list has too few. If acronyms that nobody listed are as common as listed ones
with an edit, then of the corrections to organizations about as many are wrong as of the
organizations left out are read as another code.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs

from benchmarks.training.assumptions import looks_like_code
from benchmarks.training.gold import labelled
from tagnorm.engine.model import Model
from tagnorm.engine.prices.unknown_words import ACRONYM
from tagnorm.folding import squash
from tagnorm.learning.calibration import Judged, Line, fitted_line
from tagnorm.vocabulary.codes import Code, Taxonomy

__all__ = ["OwnCodes"]

# The share of these codes of which people do not accept a correction.

_OPEN = ("unknown", "ambiguous")
# Only codes of so many letters are corrected.
_DAMAGEABLE = 4
# One organization of so many is left out: each takes a model.
_STEP = 3
_BEFORE = Line(0.5, 2.0, 1.0)


class _Read(NamedTuple):
    """A string with the shape of a code, and by how many nats it is rather a code with an edit."""

    word: str
    nats: float


@attrs.frozen
class OwnCodes:
    """The log odds that a correction is no code of its own: a line over the nats that speak for it.

    Attributes:
        own: the log odds where nothing speaks for the correction.
        slope: what each nat adds.
        acronym: the log odds that a correction to an organization is no other acronym.
        left_out: how many codes were left out, and how many of them were corrected.
        expected: how many of the labelled corrections are codes of their own: those that are
            refused, and one.
    """

    own: float
    slope: float
    acronym: float
    left_out: tuple[int, int]
    expected: int

    @classmethod
    def fitted(cls, taxonomy: Taxonomy) -> OwnCodes:
        """The line that fits the codes of a vocabulary and the labelled list."""
        model = Model(taxonomy)
        codes = [c for c in taxonomy if c.family and looks_like_code(model, squash(c.tag))]
        mistaken = [one for one in _left_out(taxonomy, codes) if one.nats > 0]
        corrected, expected = [], 1
        for one in labelled():
            word = squash(one.raw)
            if word in model.entries or not looks_like_code(model, word):
                continue
            nats = _nats(model, word)
            if nats > 0:
                corrected.append(nats)
                expected += not one.accepts((model.corrections(word)[0].tag,))
        weight = expected / len(mistaken)
        judged = [Judged(one.nats, False, weight) for one in mistaken]
        typed = 1 - expected / len(corrected)
        judged += [Judged(nats, True, typed) for nats in corrected]
        line = fitted_line(judged, _BEFORE, pull=1.0)
        acronyms = [c for c in taxonomy if c.anchor and not c.family and _is_acronym(c)][::_STEP]
        others = [one for one in _left_out(taxonomy, acronyms) if one.nats > 0]
        acronym = -math.log(len(others) / len(acronyms))
        return cls(line.intercept, line.slope, acronym, (len(codes), len(mistaken)), expected)


def _is_acronym(code: Code) -> bool:
    word = squash(code.tag)
    return word.isalpha() and _DAMAGEABLE <= len(word) <= ACRONYM


def _left_out(taxonomy: Taxonomy, codes: Sequence[Code]) -> Iterator[_Read]:
    """Each code as it is read where the vocabulary does not have it."""
    alone = {code.tag: attrs.evolve(code, replaced_by="") for code in taxonomy}
    for code in codes:
        rest = tuple(other for other in alone.values() if other.tag != code.tag)
        aliases = tuple(alias for alias in taxonomy.aliases if alias.tag != code.tag)
        model = Model(attrs.evolve(taxonomy, codes=rest, aliases=aliases, notes={}))
        word = squash(code.tag)
        yield _Read(word, _nats(model, word) if word not in model.entries else -math.inf)


def _nats(model: Model, word: str) -> float:
    """By how much the cheapest correction is cheaper than to leave a word alone."""
    candidates = model.corrections(word)
    if not candidates:
        return -math.inf
    return (model.left_alone.cost(word) - candidates[0].cost) / 1000
