"""The noisy channel: which codes may have been meant by a word, and what went wrong on the way.

A code reaches the page through at most one slip: two neighbouring letters swapped, a letter
dropped, added, doubled or replaced, or a letter of another family set in front of the code or in
the place of its first letter. Candidates come from a deletion neighbourhood: a word and a code one
edit apart share a form from which at most one letter is missing. RapidFuzz measures the distance;
this module names the slip.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

__all__ = ["SLIPS", "DeletionIndex", "slip"]

# The slips, by the names they bear in the cost table and in `Segment.how`.
SLIPS = (
    "swap",
    "drop_first",
    "drop_inner",
    "drop_last",
    "double",
    "add_family",
    "add_first",
    "add_inner",
    "add_last",
    "replace_family",
    "replace_first",
    "replace_inner",
    "replace_last",
)


def slip(word: str, code: str, families: frozenset[str] = frozenset()) -> str | None:
    """What turned a code into a word, or None if it takes more than one slip, or none.

    `families` are the letters that begin codes of the vocabulary's families.

    >>> slip("PGVO", "PGOV"), slip("PGOVV", "PGOV"), slip("PGO", "PGOV")
    ('swap', 'double', 'drop_last')
    >>> slip("KPREL", "PREL", frozenset("KP")), slip("KPET", "EPET", frozenset("KE"))
    ('add_family', 'replace_family')
    >>> slip("PELOSI", "PREL") is None
    True
    """
    if OSA.distance(word, code, score_cutoff=1) != 1:
        return None
    shorter = min(len(word), len(code))
    at = next((i for i in range(shorter) if word[i] != code[i]), shorter)
    if len(word) == len(code):
        if word[at + 1 :] != code[at + 1 :]:
            return "swap"
        if at == 0 and word[0] in families and code[0] in families:
            return "replace_family"
        return _placed("replace", at, len(code))
    if len(word) < len(code):
        return _placed("drop", at, len(code))
    if at > 0 and word[at] == word[at - 1]:
        return "double"
    if at == 0 and word[0] in families and code[0] in families:
        return "add_family"
    return _placed("add", at, len(word))


def _placed(name: str, at: int, length: int) -> str:
    place = "first" if at == 0 else "last" if at == length - 1 else "inner"
    return f"{name}_{place}"


class DeletionIndex:
    """Codes by the forms that are left when at most one letter is missing.

    >>> index = DeletionIndex(["PREL", "PREF"])
    >>> sorted(index.near("PRE")), sorted(index.near("PRELS")), sorted(index.near("ECON"))
    (['PREF', 'PREL'], ['PREL'], [])
    """

    def __init__(self, codes: Iterable[str]) -> None:
        forms: dict[str, list[str]] = {}
        for code in codes:
            for form in {code, *deletions(code)}:
                forms.setdefault(form, []).append(code)
        self._forms = forms

    def near(self, word: str) -> set[str]:
        """The codes that may be one edit away from a word: all that are, and a few that are not."""
        forms = self._forms
        found = set(forms.get(word, ()))
        for form in deletions(word):
            if form in forms:
                found.update(forms[form])
        found.discard(word)
        return found


def deletions(word: str) -> list[str]:
    """The forms of a word from which one letter is missing."""
    return [word[:i] + word[i + 1 :] for i in range(len(word))]
