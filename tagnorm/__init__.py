"""tagnorm turns dirty tag strings into the codes of a controlled vocabulary.

>>> split("PGOVPRELMARRMOPS")
['PGOV', 'PREL', 'MARR', 'MOPS']
"""

from __future__ import annotations

from tagnorm.normalizer import Normalizer
from tagnorm.resolution import Alternative, Resolution, Segment
from tagnorm.taxonomy import Alias, Code, Taxonomy

from functools import lru_cache


@lru_cache(maxsize=1)
def _default() -> Normalizer:
    return Normalizer()


def split(text, *, unresolved="keep", min_confidence=0.0):
    return _default().split(text, unresolved=unresolved, min_confidence=min_confidence)


def resolve(text, *, min_confidence=0.0):
    return _default().resolve(text, min_confidence=min_confidence)
