"""The noisy channel: which codes may have been meant by a word, and what went wrong on the way.

A code reaches the page through at most one slip: two neighbouring letters swapped, a letter
dropped, added, doubled or replaced, or a letter of another family set in front of the code or in
the place of its first letter. `slip` names the slip between a word and a form, by RapidFuzz's
distance; `SlipIndex` holds the forms by what slips make of them, so that a word finds its
candidates with a handful of look-ups.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping
from threading import Lock
from typing import NamedTuple

__all__ = ["SLIPS", "Candidate", "SlipIndex", "slip"]

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
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- no word is read by it, so none waits

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


_Found = dict[str, list[Candidate]]


class _Outcomes:
    """What slips make of forms, for words of one length.

    `whole` holds words from which a letter was dropped or in which two were swapped. `gaps` holds,
    for words that begin with no family's letter and for those that do, at each place what is left
    when the letter there is taken out: of forms with that letter replaced, and of forms to which it
    was added; `doubled` are the latter where it doubles the letter before.

    A slip in one half of a word leaves the other as it was. So the forms wait by their halves,
    until the first word with that half is asked for: `heads` are those whose first letters it
    shares, `tails` those whose last ones, as they stand or with the letters on both sides of the
    middle swapped.
    """

    def __init__(self, length: int) -> None:
        self.half = half = (length + 1) // 2
        self.whole: _Found = {}
        self.doubled: _Found = {}
        # A letter added makes the same of a form at every inner place of a half.
        inner: tuple[_Found, _Found] = ({}, {})
        added = [inner[at >= half] if 0 < at < length - 1 else {} for at in range(length)]
        plain: list[tuple[_Found, _Found]] = [({}, table) for table in added]
        self.gaps = (plain, [({}, {}), *plain[1:]])
        self.heads: dict[str, list[str]] = {}
        self.tails: dict[str, list[str]] = {}


class SlipIndex:
    """The forms of a vocabulary by what one slip makes of them.

    For each length of word the index holds what dropping and swapping letters makes of the forms,
    and the forms with one letter left out: of each form only once a word is asked for that begins
    or ends as it does, so that a large vocabulary costs little before it is used.

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
        # The lengths of the words that one slip makes of a form.
        self._lengths = {length + more for length in self._by_length for more in (-1, 0, 1)}
        self._outcomes: dict[int, _Outcomes] = {}
        self._lock = Lock()

    def candidates(self, word: str) -> list[Candidate]:
        """The codes that one slip may have turned into a word, cheapest first, then by tag."""
        length = len(word)
        if length not in self._lengths:
            return []
        outcomes = self._outcomes.get(length) or self._make(length)
        if word[: outcomes.half] in outcomes.heads or word[outcomes.half :] in outcomes.tails:
            self._note_waiting(outcomes, word)
        found = list(outcomes.whole.get(word, ()))
        family = word[0] in self._families
        for at, (replaced, added) in enumerate(outcomes.gaps[family]):
            rest = word[:at] + word[at + 1 :]
            found += replaced.get(rest, ())
            # Of a run of equal letters each leaves the same form: the last stands for all.
            if at + 1 == length or word[at] != word[at + 1]:
                doubled = at and word[at] == word[at - 1]
                found += (outcomes.doubled if doubled else added).get(rest, ())
        found.sort()
        return found

    def cheapest(self, word: str) -> Candidate | None:
        """The first of the candidates, or None, by as few look-ups as will do."""
        length = len(word)
        if length not in self._lengths:
            return None
        outcomes = self._outcomes.get(length) or self._make(length)
        if word[: outcomes.half] in outcomes.heads or word[outcomes.half :] in outcomes.tails:
            self._note_waiting(outcomes, word)
        found = outcomes.whole.get(word)
        best = found[0] if found else None
        for at, (replaced, added) in enumerate(outcomes.gaps[word[0] in self._families], start=1):
            rest = word[: at - 1] + word[at:]
            if rest in replaced:
                candidate = replaced[rest][0]
                if best is None or candidate < best:
                    best = candidate
            if added and (rest in added or rest in outcomes.doubled):
                letter = word[at - 1]
                if at == length or letter != word[at]:
                    doubled = at > 1 and letter == word[at - 2]
                    candidate = (outcomes.doubled if doubled else added)[rest][0]
                    if best is None or candidate < best:
                        best = candidate
        return best

    def _make(self, length: int) -> _Outcomes:
        """The forms that words of a length may come from, waiting by their halves; it is kept."""
        outcomes = _Outcomes(length)
        half, heads, tails = outcomes.half, outcomes.heads, outcomes.tails
        for size in (length - 1, length, length + 1):
            behind = size - (length - half)
            for form in self._by_length.get(size, ()):
                heads.setdefault(form[:half], []).append(form)
                tails.setdefault(form[behind:], []).append(form)
        for form in self._by_length.get(length, ()):
            if form[half - 1] != form[half : half + 1]:
                tails.setdefault(form[half - 1] + form[half + 1 :], []).append(form)
        self._outcomes[length] = outcomes
        return outcomes

    def _note_waiting(self, outcomes: _Outcomes, word: str) -> None:
        """Note what slips make of the forms that wait for the first word with one of its halves."""
        half, length = outcomes.half, len(word)
        head, tail = word[:half], word[half:]
        with self._lock:
            for form in outcomes.heads.get(head, ()):
                self._note(outcomes, form, length, range(half, length))
            for form in outcomes.tails.get(tail, ()):
                if form.endswith(tail):
                    self._note(outcomes, form, length, range(half))
                else:
                    self._note_swaps(outcomes, form, range(half, half + 1))
            # Only now may another thread look for what they make.
            outcomes.heads.pop(head, None)
            outcomes.tails.pop(tail, None)

    def _note(self, outcomes: _Outcomes, form: str, length: int, places: range) -> None:
        """Note what slips at some places of a word make of a form."""
        size = len(form)
        if size > length:
            self._note_drops(outcomes, form, places)
            return
        name, table = ("replace", 0) if size == length else ("add", 1)
        plain, family = outcomes.gaps
        meant: dict[str, list[Candidate]] = {}
        for at in places:
            how = _placed(name, at, length)
            if how not in meant:
                meant[how] = self._meant(how, length, form)
            rest = form[:at] + form[at + 1 :] if size == length else form
            _add(plain[at][table], rest, meant[how])
            if at == 0:
                known = form[0] in self._families
                one = self._meant(f"{name}_family", length, form) if known else meant[how]
                _add(family[at][table], rest, one)
        if size == length:
            self._note_swaps(outcomes, form, places[1:])
        elif form not in outcomes.doubled:
            outcomes.doubled[form] = self._meant("double", length, form)

    def _note_swaps(self, outcomes: _Outcomes, form: str, places: range) -> None:
        """Note what comes of a form when the letter at a place is swapped with the one before."""
        meant = self._meant("swap", len(form), form)
        for at in places:
            if form[at - 1] != form[at]:
                swapped = form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :]
                _add(outcomes.whole, swapped, meant)

    def _note_drops(self, outcomes: _Outcomes, form: str, places: range) -> None:
        """Note what is left of a form when the letter at a place is dropped."""
        length = len(form) - 1
        meant: dict[str, list[Candidate]] = {}
        for at in (*places, length) if places.start else places:
            # Of a run of equal letters the last is taken for the dropped one, as in `slip`.
            if at == length or form[at] != form[at + 1]:
                how = _placed("drop", at, length + 1)
                if how not in meant:
                    meant[how] = self._meant(how, length, form)
                _add(outcomes.whole, form[:at] + form[at + 1 :], meant[how])

    def _meant(self, how: str, length: int, form: str) -> list[Candidate]:
        return [Candidate(self._price(how, length, form), self._forms[form], how, form)]


def _add(where: _Found, outcome: str, one: list[Candidate]) -> None:
    """Put a candidate in its place among what may be meant by an outcome.

    It comes as a list of one, which stands in other places too and is not to be changed.
    """
    found = where.setdefault(outcome, one)
    if len(found) > 1:
        insort(found, one[0])
    elif found is not one:
        where[outcome] = sorted(found + one)
