"""Forms of codes, found whatever their case, accents, spaces and marks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from tagnorm.folding import fold, squash, squashed

__all__ = ["Forms", "in_order", "with_other_and"]

_AND = re.compile(r"(?<=\w\s)and(?=\s\w)", re.IGNORECASE)
_SIGN = re.compile(r"(?<=\s)&(?=\s)")
# What heads a list and not a name that is written last words first, and the most parts of one.
_LISTED = re.compile(r"\b(?:and|or)\b|[&()0-9]", re.IGNORECASE)
_MOST_PARTS = 3
# In a name of fewer letters it stays: `R and B` would be a word of two.
_SHORTEST = 4


class Forms:
    """What forms stand for, by the forms without case and marks; the work does not grow with them.

    Of forms that are the same so, those with the same marks are nearer.

    >>> forms = Forms([("C", "C"), ("C++", "C++"), ("CO", "CO"), ("Co", "Co")])
    >>> forms.tags("c++"), forms.tags("c+"), forms.tags("co"), forms.tags("x")
    (['C++'], ['C', 'C++'], ['CO', 'Co'], [])
    """

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        # Nearly always one form is alone with its key; only where several meet are they kept.
        self._alone: dict[str, str] = {}
        self._several: dict[str, list[tuple[str, str]]] = {}
        first: dict[str, str] = {}
        forms = list(forms)
        for key, (form, tag) in zip(squashed(form for form, _ in forms), forms, strict=True):
            if not key:
                continue
            if key not in self._alone:
                self._alone[key] = tag
                first[key] = form
            else:
                met = self._several.setdefault(key, [(first[key], self._alone[key])])
                met.append((form, tag))

    def tags(self, what: str, key: str | None = None) -> Sequence[str]:
        """The tags that a string may stand for; several are a tie. `key` is the string squashed."""
        if key is None:
            key = squash(what)
        if key not in self._several:
            return [self._alone[key]] if key in self._alone else []
        folded = fold(what).strip()
        met = self._several[key]
        same = [tag for form, tag in met if fold(form) == folded]
        return list(dict.fromkeys(same or [tag for _, tag in met]))


def with_other_and(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Names that hold `and` with `&` in its place, and the other way round, each with its code.

    >>> list(with_other_and([("Oil and Gas", "EPET"), ("Sand", "EMIN"), ("Law & Order", "PORS")]))
    [('Oil & Gas', 'EPET'), ('Law and Order', 'PORS')]
    """
    for name, tag in names:
        if "&" in name:
            other = _SIGN.sub("and", name)
        elif "and" in name.lower():
            other = _AND.sub("&", name)
            if len(squash(other)) < _SHORTEST:
                continue
        else:
            continue
        if other != name:
            yield other, tag


def in_order(names: Iterable[tuple[str, str]], known: Container[str]) -> Iterator[tuple[str, str]]:
    """Names that are written last words first, as headings are, in the order in which people say
    them, each with its code. No part but the first may be a form by itself.

    Args:
        names: the names, each with its code.
        known: the squashed forms.

    >>> names = [("Geometry, Algebraic", "QA564"), ("Leukemia, Myeloid, Acute", "C04"),
    ...          ("Paris, France", "PAR"), ("Salt, Pepper and Spices", "SPI")]
    >>> list(in_order(names, {"FRANCE"}))
    [('Algebraic Geometry', 'QA564'), ('Acute Myeloid Leukemia', 'C04')]
    """
    for name, tag in names:
        if ", " not in name or _LISTED.search(name):
            continue
        parts = name.split(", ")
        keys = squashed(parts)
        if len(parts) <= _MOST_PARTS and all(keys) and not any(key in known for key in keys[1:]):
            yield " ".join(reversed(parts)), tag
