"""The forms of a vocabulary that are more than one word of letters and digits.

`HUMAN RIGHTS`, `UNGA/C-6` and `C++` are such forms. A form without its marks and spaces is
*squashed*: `HUMANRIGHTS`, `UNGAC6`, `C`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from tagnorm.engine.text.atoms import Atom, AtomicForm
from tagnorm.engine.text.characters import KINDS, LIST, OPEN, OTHER, SLASH, WORD, Kinds
from tagnorm.engine.text.crossing_forms import CrossingForms
from tagnorm.engine.text.lost_letters import LostLetters
from tagnorm.engine.text.phrases import OPENERS, SHORTENED
from tagnorm.engine.text.seams import MANY, Seams
from tagnorm.folding import fold, plain_words

__all__ = ["Forms"]

_NO_TAGS: Final[Mapping[str, str]] = {}
# A word of fewer letters may be two codes with a mark between them.
_LONG_WORD: Final = 5
# A code of fewer letters beside a dash may be a part of something else (`BO--105`).
_DASHED: Final = 4
_CROSSING: Final = frozenset((LIST, SLASH, OPEN, OTHER))
_OTHER_BESIDE: Final = re.compile("o(?=w)|(?<=w)o")


class Forms:
    """Finds the forms of a vocabulary in text, by their words.

    Args:
        names: all forms of the vocabulary; those of one plain word are passed over.
        edited: the squashed forms that may have an edit where other codes are joined to them.
        companions: folded names of codes that mean something else behind some small words, as
            GUINEA does in `NEW GUINEA`.
        shortest: how many letters a form needs to be read with an edit.
        tags: the tag of each squashed form, to see which words of a form are codes of their own.

    >>> from tagnorm.engine.text.tokens import places_of
    >>> forms = Forms(["UNGA/C-6", "HUMAN RIGHTS", "C++"])
    >>> [[chunk.parts[0].word for chunk in place] for place in places_of("C++, UNGA/C-6 X", forms)]
    [['C'], ['UNGAC6', 'X']]
    """

    def __init__(
        self,
        names: Iterable[str],
        edited: Container[str] = (),
        companions: Collection[str] = (),
        shortest: float = 0,
        tags: Mapping[str, str] = _NO_TAGS,
    ) -> None:
        # By squashed form its name, as the vocabulary writes it, and further names with the same
        # letters. Most forms have one: with a list for each, a large vocabulary would take more
        # memory.
        self._names: dict[str, str] = {}
        self._other_names: dict[str, list[str]] = {}
        # By first word: how many words the longest form has.
        self._longest: dict[str, int] = {}
        # The atoms of squashed forms, as they are met.
        self._atoms: dict[str, tuple[AtomicForm, ...]] = {}
        # The words of the forms behind the first ones.
        self._later: set[str] = set()
        # The first two words, squashed, of the forms of more than two.
        self._beginnings: set[str] = set()
        # All words of forms of several words.
        self.words: set[str] = set()
        # The words of forms of a single word with a list separator, slash or parenthesis beside it.
        self.delimited_words: set[str] = set()
        # The squashed forms of several words, each with the places of its seams.
        self.squashed: dict[str, frozenset[int]] = {}
        self.seams = Seams(self.squashed, edited, shortest)
        self._companions = frozenset(companions)
        # Whether there are names of codes that need company.
        self.has_companions = bool(self._companions)
        self._tags = tags
        # Characters that are joiners in this vocabulary alone.
        joiners: set[str] = set()
        self.crossing = CrossingForms()
        # Made when the first text with a mark for a letter is met.
        self._lost_letters: LostLetters | None = None
        # Whether forms begin or end with a hyphen, and whether some have two side by side.
        self._have_hyphens = self._have_dashes = False
        for name in names:
            if name.isalnum() and name.isascii():
                continue
            folded = fold(name)
            words = plain_words(folded)
            if not words or words[0] == folded:
                continue
            whole = "".join(words)
            crosses = False
            if " ".join(words) != folded:
                self._have_hyphens = self._have_hyphens or folded.strip("-") != folded
                self._have_dashes = self._have_dashes or "--" in folded
                kinds = KINDS.of(folded)
                crosses = not _CROSSING.isdisjoint(kinds)
                if OTHER in kinds:
                    others = _OTHER_BESIDE.finditer(kinds)
                    joiners.update([folded[other.start()] for other in others])
            self._note(words, whole, name, folded)
            if len(words) == 1:
                if crosses:
                    self.delimited_words.add(whole)
                continue
            # What is listed as no code has no edits, and is found as it is written in any case.
            if crosses and (whole in tags or not tags):
                self.crossing.add(words)
        self.most_words = max(self._longest.values(), default=1)
        self.kinds = Kinds(frozenset(joiners)) if joiners else KINDS
        self.lengths = frozenset(map(len, self.squashed))

    def _note(self, words: Sequence[str], whole: str, name: str, folded: str) -> None:
        """Add a form to the indexes by its words; others may have the same words already."""
        first, count = words[0], len(words)
        if count > self._longest.get(first, 0):
            self._longest[first] = count
        known = self._names.setdefault(whole, name)
        if known is not name and fold(known) != folded:
            self._other_names.setdefault(whole, []).append(name)
        if count > 1:
            self._later.update(words[1:])
            if count > 2:
                self._beginnings.add(first + words[1])
            self.words.update(words)
            ends = _gaps_behind(tuple(map(len, words[:-1])))
            if self.squashed.setdefault(whole, ends) is not ends:
                self.squashed[whole] |= ends

    def parts_at_dashes(self, left: str, right: str) -> bool:
        """Whether two hyphens between two words are a dash that parts two places, which takes a
        code of some letters: none does where codes begin or end with a hyphen, nor behind a word of
        a form where forms have two hyphens.

        >>> forms = Forms([], tags={"JAZZ": "JAZZ", "LP": "LP"})
        >>> forms.parts_at_dashes("JAZZ", "HISTORY"), forms.parts_at_dashes("LP", "105")
        (True, False)
        """
        if self._have_hyphens or (self._have_dashes and left in self.words):
            return False
        return any(len(word) >= _DASHED and word in self._tags for word in (left, right))

    def opens(self, word: str) -> bool:
        """Whether a folded word is the first of a form, or of a phrase such as `NEW GUINEA`.

        >>> Forms(["UNGA/C-6"]).opens("UNGA"), Forms([], companions=["GUINEA"]).opens("NEW")
        (True, True)
        """
        return word in self._longest or (word in OPENERS and self.has_companions)

    def may_be_halves(self, left: str, right: str) -> bool:
        """Whether two folded words are a word of some form together, and not both codes.

        >>> forms = Forms(["HUMAN RIGHTS"])
        >>> forms.may_be_halves("HU", "MAN"), forms.may_be_halves("HUMAN", "RIGHTS")
        (True, False)
        """
        whole = left + right
        if len(whole) < _LONG_WORD or not (whole in self.words or whole in self._tags):
            return False
        return not (left in self._tags and right in self._tags)

    def lost_letters(self) -> LostLetters:
        """Finds the words of forms with marks in place of letters."""
        if self._lost_letters is None:
            self._lost_letters = LostLetters([*self.words, *self._tags])
        return self._lost_letters

    def is_form(self, word: str) -> bool:
        """Whether squashed letters are a code or another name of one."""
        return word in self._tags

    def may_cross_places(self, word: str) -> bool:
        """Whether a folded word may belong to a form whose words stand in different places.

        >>> forms = Forms(["Asia/Taipei"])
        >>> [word for word in ("ASIA", "ASIAT", "ATAIPEI", "AS") if forms.may_cross_places(word)]
        ['ASIA', 'ASIAT', 'ATAIPEI']
        """
        return self.crossing.may_have(word)

    def may_span(self, left: str, right: str) -> bool:
        """Whether a form of several words may span the gap between two folded words, of which one
        is a word of it and the other may have an edit.

        >>> forms = Forms(["HUMAN RIGHTS COUNCIL"])
        >>> forms.may_span("RIGTHS", "COUNCIL"), forms.may_span("RIGHTS", "PREL")
        (True, False)
        """
        if not (left in self.words or right in self.words):
            return False
        return len(self.squashed) > MANY or self.seams.may_span(left, right)

    def spanned_gaps(
        self, firsts: Sequence[str], lasts: Sequence[str], certain: Sequence[bool]
    ) -> list[bool]:
        """For the gap behind each chunk but the last: whether a form of several words may span it.

        A gap is passed over where the two chunks on either side of it are all certain.

        Args:
            firsts: the first folded word of each chunk.
            lasts: the last word of each, which is the same for most.
            certain: whether each stands in the vocabulary as it is written.

        >>> words = ["PREL", "SAUDI", "ARA", "BIAX"]
        >>> Forms(["SAUDI ARABIA"]).spanned_gaps(words, words, [True, True, True, False])
        [False, True, False]
        """
        return [
            not all(certain[max(at - 2, 0) : at + 2]) and self.may_span(lasts[at - 1], firsts[at])
            for at in range(1, len(firsts))
        ]

    def continues(self, word: str) -> bool:
        """Whether a folded word stands behind the first of a form, whose first ones may be a form
        of their own, or is the second of a phrase such as `NEW GUINEA`.

        >>> Forms(["UNGA/C-6"]).continues("C")
        True
        """
        return word in self._later or word in self._companions

    def may_begin(self, left: str, right: str) -> bool:
        """Whether a form, or a phrase such as `NEW GUINEA`, may begin with two folded words, of
        which one opens such a thing and the other continues one. It may be said of other words with
        the same letters.

        >>> forms = Forms(["HUMAN RIGHTS", "UNGA/C-6"])
        >>> forms.may_begin("HUMAN", "RIGHTS"), forms.may_begin("UNGA", "RIGHTS")
        (True, False)
        """
        whole = left + right
        if whole in self.squashed or whole in self._beginnings:
            return True
        return self._are_phrase(left, right)

    def may_go_on(self, left: str, right: str) -> bool:
        """Whether two folded words stand side by side in a form, or in a phrase such as `NEW
        GUINEA`. It may be said of other words with the same letters.

        >>> forms = Forms(["UNGA/C-6"])
        >>> forms.may_go_on("C", "6"), forms.may_go_on("6", "UNGA")
        (True, False)
        """
        if len(self.squashed) > MANY:
            return True
        return self.seams.meet(left, right) or self._are_phrase(left, right)

    def _are_phrase(self, left: str, right: str) -> bool:
        """Whether two folded words are a phrase such as `NEW GUINEA`."""
        return left in OPENERS and right in self._companions

    def at(self, atoms: Sequence[Atom], first: int, free: int = 0) -> tuple[str, int, int] | None:
        """The longest form of which the first word is some atom of a text, or None.

        It is given as the squashed form, its first atom, which may be a mark before the first word,
        and the atom behind its last. Of forms with the same words one that is written exactly wins.

        Args:
            atoms: those of the text.
            first: the atom that is the first word.
            free: the first atom that belongs to no other form.
        """
        longest = self._longest.get(atoms[first].text)
        if longest is None:
            return None
        places = [first]
        for at in range(first + 1, len(atoms)):
            if len(places) == longest:
                break
            if atoms[at].kind == WORD:
                places.append(at)
        while places:
            words = tuple([atoms[at].text for at in places])
            whole = "".join(words)
            forms = [form for form in self._forms_of(whole) if form.words == words]
            last = places[-1]
            for form in sorted(forms, key=lambda form: len(form.texts), reverse=True):
                span = form.exact(atoms, first, last)
                if span is None or span[0] < free:
                    continue
                # A form across places ends no name of the last one in the midst of it.
                if whole not in self.crossing.squashed or not self._goes_beyond(atoms, places):
                    return whole, *span
            if (
                len(places) > 1
                and any(
                    form.loosely(atoms, first, last) and not self._are_apart(form, atoms, places)
                    for form in forms
                )
                and not self._goes_beyond(atoms, places)
            ):
                return whole, first, last + 1
            places.pop()
        return None

    def _goes_beyond(self, atoms: Sequence[Atom], places: Sequence[int]) -> bool:
        """Whether another form begins at one of some words but the first, as it is written, and
        ends behind the last: `KOREA SOUTH AFRICA` is no `Korea (South)`. It does not where one that
        begins behind the last takes words of it, too (`KOREA, SOUTH KOREA, NORTH`)."""
        return any(
            not any(self._beyond(atoms, at, other) for at in other if at > places[-1])
            for start in places[1:]
            for other in self._beyond(atoms, start, places)
        )

    def _beyond(self, atoms: Sequence[Atom], start: int, places: Sequence[int]) -> list[list[int]]:
        """The words of each form that begins at one of them, as it is written, and ends behind the
        last of some others."""
        longest = self._longest.get(atoms[start].text, 0)
        words, at_words, found = list[str](), list[int](), list[list[int]]()
        for at in range(start, len(atoms)):
            if len(words) == longest:
                break
            if atoms[at].kind != WORD:
                continue
            words.append(atoms[at].text)
            at_words.append(at)
            if at > places[-1] and any(
                form.words == tuple(words) and form.exact(atoms, start, at) is not None
                for form in self._forms_of("".join(words))
            ):
                found.append(list(at_words))
        return found

    def _are_apart(self, form: AtomicForm, atoms: Sequence[Atom], places: Sequence[int]) -> bool:
        """Whether a form that is written with other marks than its own is two other codes.

        A joiner parts codes behind north or south, shortened (`NO-YEMEN` is not NO. YEMEN), and so
        does whatever stands in the place of a parenthesis (`CHINA-TAIWAN` is not China (Taiwan)).
        """
        at = 0
        for nth in range(1, len(places)):
            at += 1
            marks = ""
            while form.texts[at] != form.words[nth]:
                marks += form.texts[at]
                at += 1
            before = atoms[places[nth] - 1].text
            is_shortened = marks == "." and nth == 1 and form.words[0] in SHORTENED
            is_joined = before not in (marks, form.words[nth - 1])
            if not ("(" in marks or (is_shortened and is_joined)):
                continue
            one = self._tags.get("".join(form.words[:nth]))
            other = self._tags.get("".join(form.words[nth:]))
            if one is not None and other is not None and one != other:
                return True
        return False

    def _forms_of(self, whole: str) -> tuple[AtomicForm, ...]:
        """The ways in which the vocabulary writes a squashed form."""
        known = self._atoms.get(whole)
        if known is None:
            name = self._names.get(whole)
            if name is None:
                return ()
            names = [name, *self._other_names.get(whole, ())]
            found = dict.fromkeys([AtomicForm.of(fold(one)) for one in names])
            known = self._atoms[whole] = tuple(found)
        return known


@lru_cache(maxsize=1024)
def _gaps_behind(lengths: tuple[int, ...]) -> frozenset[int]:
    """The places of the seams behind words of some lengths; remembered, since most forms share
    them."""
    return frozenset(accumulate(lengths))
