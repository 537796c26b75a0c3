"""The noisy channel: which codes may have been meant by a word, and what went wrong on the way.

A code reaches the page through at most one slip: two neighbouring letters swapped, a letter
dropped, added, doubled or replaced, or a letter of another family set in front of the code or in
the place of its first letter. `slip` names the slip between a word and a form, by RapidFuzz's
distance; `SlipIndex` holds the forms by what slips make of them, so that a word finds its
candidates with a handful of look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

__all__ = ["SLIPS", "SLIPS_BY_LENGTH", "Candidate", "SlipIndex", "slip"]

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


# The slips by how much longer they make a word.
SLIPS_BY_LENGTH = {
    -1: ("drop_first", "drop_inner", "drop_last"),
    0: (
        "swap",
        "replace_family",
        "replace_first",
        "replace_inner",
        "replace_last",
    ),
    1: ("double", "add_family", "add_first", "add_inner", "add_last"),
}


# The halves of shorter words are too common to tell where a slip may be.
_TELLING: Final = 5


def slip(word: str, form: str, families: frozenset[str] = frozenset()) -> str | None:
    """What turned a form of a code into a word, or None if it takes more than one slip, or none.

    `families` are the letters that begin codes of the vocabulary's families.

    >>> slip("PGVO", "PGOV"), slip("PGOVV", "PGOV"), slip("PGO", "PGOV")
    ('swap', 'double', 'drop_last')
    >>> slip("KPREL", "PREL", frozenset("KP")), slip("KPET", "EPET", frozenset("KE"))
    ('add_family', 'replace_family')
    >>> slip("PELOSI", "PREL") is None
    True
    """
    if OSA.distance(word, form, score_cutoff=1) != 1:
        return None
    shorter = min(len(word), len(form))
    at = next((i for i in range(shorter) if word[i] != form[i]), shorter)
    if len(word) == len(form):
        if word[at + 1 :] != form[at + 1 :]:
            return "swap"
        if at == 0 and word[0] in families and form[0] in families:
            return "replace_family"
        return _placed("replace", at, len(form))
    if len(word) < len(form):
        return _placed("drop", at, len(form))
    if at and word[at] == word[at - 1]:
        return "double"
    if at == 0 and word[0] in families and form[0] in families:
        return "add_family"
    return _placed("add", at, len(word))


def _placed(name: str, at: int, length: int) -> str:
    place = "first" if at == 0 else "last" if at == length - 1 else "inner"
    return f"{name}_{place}"


class Candidate(NamedTuple):
    """A code that one slip may have turned into a word, and what that costs."""

    cost: int
    tag: str
    how: str
    form: str


class _Meant:
    """The forms that may be meant where a word lacks the letter at one place, cheapest first.

    `replaced` had another letter there, `added` had none; `doubled` are the latter again, for words
    where the letter repeats the one before it.
    """

    __slots__ = ("added", "doubled", "replaced")

    def __init__(self) -> None:
        self.replaced: list[Candidate] = []
        self.added: list[Candidate] = []
        self.doubled: list[Candidate] = []

    def first(self, word: str, at: int) -> Candidate | None:
        """The cheapest form for a word whose letter at a place was taken out."""
        best = self.replaced[0] if self.replaced else None
        # Of a run of equal letters each leaves the same form: the last stands for all.
        if self.added and (at + 1 == len(word) or word[at] != word[at + 1]):
            other = (self.doubled if at and word[at] == word[at - 1] else self.added)[0]
            if best is None or other < best:
                return other
        return best

    def all(self, word: str, at: int) -> list[Candidate]:
        """All the forms for a word whose letter at a place was taken out."""
        if self.added and (at + 1 == len(word) or word[at] != word[at + 1]):
            return self.replaced + (self.doubled if at and word[at] == word[at - 1] else self.added)
        return self.replaced

    def sort(self) -> None:
        """Put the forms in order."""
        self.replaced.sort()
        self.added.sort()
        self.doubled.sort()


# What may be meant by a word, by what is left when the letter at some place is taken out.
_Gap = dict[str, _Meant]


class _Outcomes:
    """What slips make of forms, for words of one length.

    `whole` holds words from which a letter was dropped or in which two were swapped. `gaps` holds
    the other slips, by the place of the letter; the first place is there twice: for words that
    begin with no family's letter, and at the end for those that do. Such a slip leaves one half of
    a word as it was: where the first half is none of the `heads`, nothing can be meant by a slip in
    the second one, and where that is none of the `tails`, nothing by a slip in the first one.
    """

    __slots__ = ("gaps", "half", "heads", "length", "tails", "whole")

    def __init__(self, length: int) -> None:
        self.length = length
        self.half = max(length // 2, 1)
        self.whole: dict[str, list[Candidate]] = {}
        self.gaps: list[_Gap] = [{} for _ in range(length + 1)]
        self.heads: set[str] = set()
        self.tails: set[str] = set()

    def meant(self, rest: str, gap: int) -> _Meant:
        """Where to note what is meant by words that leave a rest without the letter of a gap."""
        found = self.gaps[gap].get(rest)
        if found is None:
            found = self.gaps[gap][rest] = _Meant()
            if self.half <= gap < self.length:
                self.heads.add(rest[: self.half])
            else:
                self.tails.add(rest[self.half - 1 :])
        return found

    def sort(self) -> None:
        """Put the candidates of each outcome in order."""
        for candidates in self.whole.values():
            candidates.sort()
        for gap in self.gaps:
            for meant in gap.values():
                meant.sort()


class SlipIndex:
    """The forms of a vocabulary by what one slip makes of them.

    For each length of word the index holds, built when such a word is first asked for, what
    dropping and swapping letters makes of the forms, and the forms with one letter left out.

    Args:
        forms: the forms that may be misspelled, each with its tag.
        families: the letters that begin codes of the vocabulary's families.
        price: what it costs that a slip made a word of some length of a form.

    >>> index = SlipIndex({"PREL": "PREL", "PREF": "PREF"}, frozenset("PK"), lambda *slip: 1000)
    >>> [(candidate.tag, candidate.how) for candidate in index.candidates("PRE")]
    [('PREF', 'drop_last'), ('PREL', 'drop_last')]
    >>> index.cheapest("KPREL")
    Candidate(cost=1000, tag='PREL', how='add_family', form='PREL')
    """

    def __init__(
        self,
        forms: Mapping[str, str],
        families: frozenset[str],
        price: Callable[[str, int, str], int],
    ) -> None:
        self._forms = forms
        self._families = families
        self._price = price
        self._by_length: dict[int, list[str]] = {}
        for form in forms:
            self._by_length.setdefault(len(form), []).append(form)
        # The outcomes by the length of the words, one letter longer than the longest form at most.
        longest = max(self._by_length, default=-2)
        self._outcomes: list[_Outcomes | None] = [None] * (longest + 2)

    def candidates(self, word: str) -> list[Candidate]:
        """The codes that one slip may have turned into a word, cheapest first, then by tag."""
        length = len(word)
        if length >= len(self._outcomes):
            return []
        outcomes = self._outcomes[length] or self._make(length)
        found = list(outcomes.whole.get(word, ()))
        for at in range(length):
            gap = outcomes.gaps[length if at == 0 and word[0] in self._families else at]
            meant = gap.get(word[:at] + word[at + 1 :])
            if meant is not None:
                found += meant.all(word, at)
        found.sort()
        return found

    def cheapest(self, word: str) -> Candidate | None:
        """The first of the candidates, or None, by as few look-ups as will do."""
        length = len(word)
        if length >= len(self._outcomes):
            return None
        outcomes = self._outcomes[length] or self._make(length)
        whole = outcomes.whole.get(word)
        best = whole[0] if whole is not None else None
        first, last, gaps = 0, length, outcomes.gaps
        if length >= _TELLING:
            half = outcomes.half
            if word[half:] not in outcomes.tails:
                first = half
            if word[:half] not in outcomes.heads:
                last = half
        for at in range(first, last):
            gap = gaps[length] if at == 0 and word[0] in self._families else gaps[at]
            if gap:
                meant = gap.get(word[:at] + word[at + 1 :])
                if meant is not None:
                    found = meant.first(word, at)
                    if found is not None and (best is None or found < best):
                        best = found
        return best

    def _make(self, length: int) -> _Outcomes:
        """What slips make of the forms where the outcome has this length; it is kept."""
        outcomes = _Outcomes(length)
        families = self._families
        candidates: dict[tuple[str, str], Candidate] = {}

        def candidate(how: str, form: str) -> Candidate:
            found = candidates.get((how, form))
            if found is None:
                price = self._price(how, length, form)
                found = candidates[how, form] = Candidate(price, self._forms[form], how, form)
            return found

        for form in self._by_length.get(length, ()):
            for at in range(length):
                rest = form[:at] + form[at + 1 :]
                for gap in (0, length) if at == 0 else (at,):
                    known = gap == length and form[0] in families
                    how = "replace_family" if known else _placed("replace", at, length)
                    outcomes.meant(rest, gap).replaced.append(candidate(how, form))
                if at and form[at - 1] != form[at]:
                    swapped = form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :]
                    outcomes.whole.setdefault(swapped, []).append(candidate("swap", form))
        for form in self._by_length.get(length + 1, ()):
            for at in range(length + 1):
                # Of a run of equal letters the last is taken for the dropped one, as in `slip`.
                if at == length or form[at] != form[at + 1]:
                    dropped, how = form[:at] + form[at + 1 :], _placed("drop", at, length + 1)
                    outcomes.whole.setdefault(dropped, []).append(candidate(how, form))
        for form in self._by_length.get(length - 1, ()):
            for at in range(length):
                for gap in (0, length) if at == 0 else (at,):
                    known = gap == length and form[0] in families
                    how = "add_family" if known else _placed("add", at, length)
                    meant = outcomes.meant(form, gap)
                    meant.added.append(candidate(how, form))
                    meant.doubled.append(candidate("double", form))
        outcomes.sort()
        self._outcomes[length] = outcomes
        return outcomes
