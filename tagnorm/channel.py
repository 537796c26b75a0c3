"""The noisy channel: which codes may have been meant by a word, and what went wrong on the way.

A code reaches the page through at most one slip: two neighbouring letters swapped, a letter
dropped, added, doubled or replaced, or a letter of another family set in front of the code or in
the place of its first letter. `slip` names the slip between a word and a form, by RapidFuzz's
distance; `SlipIndex` holds the forms by what slips make of them, so that a word finds its
candidates with a handful of look-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    """

    def __init__(self, length: int) -> None:
        self.whole: _Found = {}
        self.doubled: _Found = {}
        # A letter added makes the same of a form at every place but the first and the last.
        inner: _Found = {}
        added = [inner if 0 < at < length - 1 else {} for at in range(length)]
        plain: list[tuple[_Found, _Found]] = [({}, table) for table in added]
        self.gaps = (plain, [({}, {}), *plain[1:]])

    def sort(self) -> None:
        """Put the candidates of each outcome in order."""
        tables = [self.whole, self.doubled]
        tables += [table for gaps in self.gaps for gap in gaps for table in gap]
        for table in {id(table): table for table in tables}.values():
            for candidates in table.values():
                if len(candidates) > 1:
                    candidates.sort()


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
        # The lengths of the words that one slip makes of a form.
        self._lengths = {length + more for length in self._by_length for more in (-1, 0, 1)}
        self._outcomes: dict[int, _Outcomes] = {}

    def candidates(self, word: str) -> list[Candidate]:
        """The codes that one slip may have turned into a word, cheapest first, then by tag."""
        length = len(word)
        if length not in self._lengths:
            return []
        outcomes = self._outcomes.get(length) or self._make(length)
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
        """What slips make of the forms where the outcome has this length; it is kept."""
        outcomes = _Outcomes(length)
        plain, family = outcomes.gaps
        forms = self._by_length.get(length, [])
        for at, meant in enumerate(self._meant_by_place("replace", length, length, forms)):
            rests = [form[:at] + form[at + 1 :] for form in forms]
            _note(plain[at][0], zip(rests, meant, strict=True))
            if at == 0:
                known = self._known_by_family("replace_family", length, forms, meant)
                _note(family[at][0], zip(rests, known, strict=True))
        meant = self._meant("swap", length, forms)
        for at in range(1, length):
            swapped = (form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :] for form in forms)
            found = zip(forms, swapped, meant, strict=True)
            _note(outcomes.whole, ((word, one) for form, word, one in found if word != form))
        forms = self._by_length.get(length + 1, [])
        for at, meant in enumerate(self._meant_by_place("drop", length, length + 1, forms)):
            dropped = (form[:at] + form[at + 1 :] for form in forms)
            found = zip(forms, dropped, meant, strict=True)
            # Of a run of equal letters the last is taken for the dropped one, as in `slip`.
            _note(
                outcomes.whole,
                (
                    (word, one)
                    for form, word, one in found
                    if form[at : at + 1] != form[at + 1 :][:1]
                ),
            )
        forms = self._by_length.get(length - 1, [])
        _note(outcomes.doubled, zip(forms, self._meant("double", length, forms), strict=True))
        for at, meant in enumerate(self._meant_by_place("add", length, length, forms)):
            _note(plain[at][1], zip(forms, meant, strict=True))
            if at == 0:
                known = self._known_by_family("add_family", length, forms, meant)
                _note(family[at][1], zip(forms, known, strict=True))
        outcomes.sort()
        self._outcomes[length] = outcomes
        return outcomes

    def _meant(self, how: str, length: int, forms: Sequence[str]) -> list[list[Candidate]]:
        """What is meant where one slip happened to each of the forms."""
        tags, price = self._forms, self._price
        return [[Candidate(price(how, length, form), tags[form], how, form)] for form in forms]

    def _meant_by_place(
        self, name: str, length: int, places: int, forms: Sequence[str]
    ) -> list[list[list[Candidate]]]:
        """The same for a slip at each place: inner places share what is meant."""
        hows = [_placed(name, at, places) for at in range(places)]
        meant = {how: self._meant(how, length, forms) for how in dict.fromkeys(hows)}
        return [meant[how] for how in hows]

    def _known_by_family(
        self, how: str, length: int, forms: Sequence[str], others: Iterable[list[Candidate]]
    ) -> list[list[Candidate]]:
        """The same for the forms that begin with a family's letter; `others` for the others."""
        known = [form for form in forms if form[0] in self._families]
        meant = dict(zip(known, self._meant(how, length, known), strict=True))
        return [meant.get(form, other) for form, other in zip(forms, others, strict=True)]


def _note(where: _Found, outcomes: Iterable[tuple[str, list[Candidate]]]) -> None:
    """Note for each outcome what may be meant by it.

    What is meant comes as a list of one, which stands in many places and is not to be changed.
    """
    for outcome, meant in outcomes:
        found = where.setdefault(outcome, meant)
        if len(found) > 1:
            found += meant
        elif found is not meant:
            where[outcome] = found + meant
