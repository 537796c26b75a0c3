"""Forms of several words in text whose words ran together or were torn apart.

A *seam* is the place in a squashed form where two of its words meet; a *gap* is a place in squashed
text where something stood between two words. A form stands *across* a gap if it begins before it
and ends behind it: `HUMANRIGHTS` has a seam behind `HUMAN`, and stands across the gap of
`HUMA NRIGHTS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final, NamedTuple

from tagnorm.engine.edits.grammar import edit_between
from tagnorm.engine.edits.halves import Halves

__all__ = ["MANY", "Seams"]

# Seams are looked up by at most two letters on each side; a short word may have only one.
_BESIDE: Final = 2
# Where a form may have an edit on one side of a seam, it is looked up by up to three letters on the
# other.
_MEETING: Final = 3
# A form of fewer letters stands across a gap by chance.
_SHORTEST_TORN: Final = 3
# A form of at least so many letters may have an edit even where longer ones alone are corrected.
_EDITED: Final = 4
# How many letters beside a word are compared with those that stand there in a form.
_FOLLOWING: Final = 4
# In a vocabulary of more forms of several words a form is not looked up: it is said that it may be
# there.
MANY: Final = 20_000
_NO_ENDS: Final[frozenset[str]] = frozenset()

# Seams, each as what its form has before it and behind it; and such by some letters around them.
_Seams = list[tuple[str, str]]
_Ends = dict[str, _Seams]
# What stands beside a word in some forms: letters that follow it, and those before it, backwards.
_Beside = tuple[frozenset[str], frozenset[str]]
_NOTHING: Final[_Beside] = frozenset(), frozenset()
# By two letters of them: the keys of three letters by which some seams are found.
_Keys = dict[str, list[str]]


class _Around(NamedTuple):
    """The seams of the forms, each as what stands before it and behind it, in several indexes.

    * `exact` -- by the letters around the seam, two on each side, or one where a word has no more;
    * `meeting` -- by the letter before the seam and the one behind it;
    * `brief` -- these two letters of seams with a word of one letter;
    * `heads`, `tails` -- those of forms that may have an edit, by the last three letters before the
      seam, and by the first three behind it;
    * `longer_heads`, `longer_tails` -- the keys of these that are three letters, by the last two of
      them, and by the first two;
    * `last`, `first` -- the last two letters of all `heads`, and the first two of all `tails`.
    """

    exact: _Ends
    heads: _Ends
    tails: _Ends
    longer_heads: _Keys
    longer_tails: _Keys
    meeting: _Ends
    brief: frozenset[str]
    last: frozenset[str]
    first: frozenset[str]


class Seams:
    """The forms of several words of a vocabulary, found by their seams.

    Args:
        squashed: the forms without anything between their words, each with the places of its seams.
        edited: those of them that may have an edit where other codes are joined to them.
        shortest: how many letters a form needs to be read with an edit by itself.
    """

    def __init__(
        self,
        squashed: Mapping[str, frozenset[int]],
        edited: Container[str] = (),
        shortest: float = 0,
    ) -> None:
        self._squashed, self._edited = squashed, edited
        self._shortest = min(shortest, _EDITED)
        # The indexes, each made when it is first needed.
        self._around: _Around | None = None
        self._ends = _NO_ENDS
        self._halves: Halves | None = None
        # The forms by their words, and by two of them that stand side by side.
        self._with_word: dict[str, list[str]] | None = None
        # Any two words side by side in a form, as one; made when they are first asked for.
        self._pairs: frozenset[str] | None = None
        # What stands beside each word of the forms, worked out when the word is first met.
        self._beside: dict[str, _Beside] = {}

    def may_span(self, left: str, right: str) -> bool:
        """Whether a form may span the gap between two squashed words: one of them is a word of it,
        and the other may be what stands beside that word in it, or a part of that, with an edit at
        most.

        >>> seams = Seams({"HUMANRIGHTS": frozenset([5])})
        >>> seams.may_span("HUMAN", "IRGHTS"), seams.may_span("PRELHUMA", "RIGHTS")
        (True, True)
        >>> seams.may_span("HUMAN", "PREL"), seams.may_span("HUMA", "RIGHT")
        (False, False)
        """
        return _begins_one(right, self._beside_of(left)[0]) or _begins_one(
            left[::-1], self._beside_of(right)[1]
        )

    def _beside_of(self, word: str) -> _Beside:
        """What stands beside a word in the forms."""
        found = self._beside.get(word)
        if found is None:
            forms = self._made_with_word() if self._with_word is None else self._with_word
            if word not in forms:
                return _NOTHING
            behind, before = set[str](), set[str]()
            for form in forms[word]:
                places = self._places_in(form)
                for start in places:
                    end = start + len(word)
                    if end in places and form.startswith(word, start):
                        behind.add(form[end : end + _FOLLOWING])
                        before.add(form[max(start - _FOLLOWING, 0) : start][::-1])
            found = self._beside[word] = frozenset(behind - {""}), frozenset(before - {""})
        return found

    def _made_with_word(self) -> dict[str, list[str]]:
        """Make the index of the forms by their words. Two of them may be written as one (`PEOPLE'S`
        as `PEOPLES`)."""
        forms = defaultdict[str, list[str]](list)
        for form in self._squashed:
            if len(form) >= self._shortest:
                places = self._places_in(form)
                for start, end in chain(pairwise(places), zip(places, places[2:])):  # noqa: B905
                    forms[form[start:end]].append(form)
        self._with_word = forms
        return forms

    def meet(self, left: str, right: str) -> bool:
        """Whether two squashed words stand side by side in a form. It may be said of others with
        the same letters.

        >>> seams = Seams({"HUMANRIGHTS": frozenset([5])})
        >>> seams.meet("HUMAN", "RIGHTS"), seams.meet("RIGHTS", "HUMAN")
        (True, False)
        """
        if self._pairs is None:
            self._pairs = frozenset(
                form[start:end]
                for form in self._squashed
                for places in [self._places_in(form)]
                for start, end in zip(places, places[2:])  # noqa: B905
            )
        return left + right in self._pairs

    def _places_in(self, form: str) -> list[int]:
        """Where the words of a form begin, and the last one ends."""
        return [0, *sorted(self._squashed[form]), len(form)]

    def may_be_near(self, word: str) -> bool:
        """Whether a form of several words may be one edit from squashed letters: one of its halves
        must be there.

        >>> seams = Seams({"HUMANRIGHTS": frozenset([5])})
        >>> seams.may_be_near("HUMANRIHGTS"), seams.may_be_near("PRELHUMAN")
        (True, False)
        """
        return (self._halves or self._made_halves()).may_be_near(word)

    def _made_halves(self) -> Halves:
        """Make the index of the halves of the forms."""
        by_length = defaultdict[int, list[str]](list)
        for form in self._squashed:
            by_length[len(form)].append(form)
        found = self._halves = Halves(by_length)
        return found

    def cross(self, text: str, gap: int) -> bool:
        """Whether a form of several words stands across a gap of squashed text, with a seam at the
        gap or one letter off. It may be cut off where the text begins or ends, and those in
        `edited` may have an edit.

        >>> rights = {"HUMANRIGHTS": frozenset([5])}
        >>> seams = Seams(rights, edited={"HUMANRIGHTS"})
        >>> seams.cross("PRELHUMANRIHGTSPGOV", 9), seams.cross("HUMANRIGHTS", 6)
        (True, True)
        >>> seams.cross("PRELHUMANRI", 9)
        True
        >>> seams.cross("PRELPGOV", 4), Seams(rights).cross("HUMANRIHGTS", 5)
        (False, False)
        """
        if len(self._squashed) > MANY:
            return self._may_cross(text, gap)
        around = self._around or self._made_around()
        exact, brief, last, first = around.exact, around.brief, around.last, around.first
        if 1 in (gap, len(text) - gap):
            letters = text[gap - 1 : gap + 1]
            if letters in around.meeting and _stands_one(text, gap, around.meeting[letters]):
                return True
        for at in (gap - 1, gap, gap + 1):
            left, right = text[max(at - _BESIDE, 0) : at], text[at : at + _BESIDE]
            letters = left + right
            if letters in exact and _stands_one(text, at, exact[letters]):
                return True
            before, behind = left[-1:], right[:1]
            if before + behind in brief:
                for letters in before + right, left + behind:
                    if letters in exact and _stands_one(text, at, exact[letters]):
                        return True
            may_be_edited = left in last or right in first or before in last or behind in first
            if may_be_edited and _are_around(text, at, around):
                return True
        return False

    def _may_cross(self, text: str, gap: int) -> bool:
        """The same for a large vocabulary, by the letters beside the gap alone: it may say so where
        no form stands."""
        ends = self._ends or self._made_ends()
        return any(
            text[max(at - before, 0) : at + after] in ends
            for at in (gap - 1, gap, gap + 1)
            for before, after in ((1, 1), (1, _BESIDE), (_BESIDE, 1))
        )

    def _made_ends(self) -> frozenset[str]:
        """Make the index of the letters around all seams: two of one side and one of the other."""
        gaps = [(form, at) for form, ends in self._squashed.items() for at in ends if at < _BESIDE]
        found = {form[: at + more] for form, at in gaps for more in (1, _BESIDE)}
        whole = {
            form[at - _BESIDE : at + _BESIDE]
            for form, ends in self._squashed.items()
            for at in ends
            if at >= _BESIDE
        }
        found.update([letters[: _BESIDE + 1] for letters in whole])
        found.update([letters[1:] for letters in whole])
        self._ends = frozenset(found)
        return self._ends

    def _made_around(self) -> _Around:
        """Make the indexes of the seams."""
        exact, meeting = defaultdict[str, _Seams](list), defaultdict[str, _Seams](list)
        heads, tails = defaultdict[str, _Seams](list), defaultdict[str, _Seams](list)
        brief: set[str] = set()
        for form, ends in self._squashed.items():
            size = len(form)
            if size < _SHORTEST_TORN:
                continue
            is_edited = form in self._edited
            for end in ends:
                seam = form[:end], form[end:]
                letters = form[end - 1 : end + 1]
                meeting[letters].append(seam)
                if end == 1 or size - end == 1:
                    brief.add(letters)
                exact[form[end - _BESIDE if end > _BESIDE else 0 : end + _BESIDE]].append(seam)
                # Two words of two letters with an edit might be anything (`EL AL`).
                if is_edited and (end != _BESIDE or size - end != _BESIDE):
                    heads[seam[0][-_MEETING:]].append(seam)
                    tails[seam[1][:_MEETING]].append(seam)
        longer_heads, longer_tails = (
            defaultdict[str, list[str]](list),
            defaultdict[str, list[str]](list),
        )
        for letters in heads:
            if len(letters) == _MEETING:
                longer_heads[letters[-_BESIDE:]].append(letters)
        for letters in tails:
            if len(letters) == _MEETING:
                longer_tails[letters[:_BESIDE]].append(letters)
        found = self._around = _Around(
            exact,
            heads,
            tails,
            longer_heads,
            longer_tails,
            meeting,
            frozenset(brief),
            frozenset([head[-_BESIDE:] for head in heads]),
            frozenset([tail[:_BESIDE] for tail in tails]),
        )
        return found


def _are_around(text: str, at: int, around: _Around) -> bool:
    """Whether a form has a seam at a place of a text, with an edit on one side of it; the other
    side may be cut off where the text begins or ends."""
    before, behind = text[:at], text[at:]
    for letters in range(1, _MEETING + 1):
        for head, tail in around.heads.get(before[-letters:], ()):
            if _stands_before(text, at, head) and _is_near(behind, tail):
                return True
        for head, tail in around.tails.get(behind[:letters], ()):
            if _stands_behind(text, at, tail) and _is_near(before[::-1], head[::-1]):
                return True
    if at == _BESIDE:
        for key in around.longer_heads.get(before, ()):
            if any(_is_near(behind, tail) for _, tail in around.heads[key]):
                return True
    if len(behind) == _BESIDE:
        for key in around.longer_tails.get(behind, ()):
            if any(_is_near(before[::-1], head[::-1]) for head, _ in around.tails[key]):
                return True
    return False


def _stands_one(text: str, at: int, seams: Sequence[tuple[str, str]]) -> bool:
    """Whether a form has one of some seams at a place of a text."""
    for head, tail in seams:
        if _stands_behind(text, at, tail) and _stands_before(text, at, head):
            return True
    return False


def _stands_behind(text: str, at: int, tail: str) -> bool:
    """Whether a text goes on from a place with the end of a form, or ends within it."""
    return text.startswith(tail, at) or tail.startswith(text[at:])


def _stands_before(text: str, at: int, head: str) -> bool:
    """Whether a text has the beginning of a form before a place, or begins within it."""
    return text.endswith(head, 0, at) or head.endswith(text[:at])


def _begins_one(text: str, several: Iterable[str]) -> bool:
    """Whether a text and one of several others begin alike, but for one edit at most."""
    first = text[:_BESIDE]
    return any(
        (one[0] in first or one[1:_BESIDE] in first) and _begins(text, one) for one in several
    )


def _begins(text: str, wanted: str) -> bool:
    """Whether one of two texts begins with the other, but for one edit at most."""
    size = min(len(text), len(wanted))
    at = 0
    while at < size and text[at] == wanted[at]:
        at += 1
    if at == size:
        return True
    one, two = text[at + 1 :], wanted[at + 1 :]
    return (
        _agree(one, two)
        or _agree(one, wanted[at:])
        or _agree(text[at:], two)
        or (text[at] == two[:1] and one[:1] == wanted[at] and _agree(one[1:], two[1:]))
    )


def _agree(one: str, two: str) -> bool:
    """Whether one of two texts begins with the other."""
    return one.startswith(two) or two.startswith(one)


def _is_near(text: str, wanted: str) -> bool:
    """Whether a text begins with something that is one edit from what is wanted."""
    size = len(wanted)
    if text[:1] not in wanted[:2] and text[1:2] not in wanted[:2]:
        return False
    return any(
        edit_between(text[:length], wanted) is not None for length in (size - 1, size, size + 1)
    )
