"""The forms of a vocabulary that are more than one word of letters and digits."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

from tagnorm.engine.characters import JOINERS, KINDS, WORD, Kinds
from tagnorm.engine.phrases import OPENERS, SHORTENED
from tagnorm.engine.seams import MANY, Seams
from tagnorm.folding import fold, plain_words

__all__ = ["Atom", "Forms", "atoms_of"]

# A word that is longer by so much is not as short as the other.
_LONGER: Final = 2
_NO_TAGS: Final[Mapping[str, str]] = {}
# Any letter.
_ANY: Final = "*"
_ATOM: Final = re.compile("w+|[^ws]")
_CROSSING: Final = re.compile("[l/(]")
_OTHER_BESIDE: Final = re.compile("o(?=w)|(?<=w)o")


class _Astray:
    """What words beside one another in forms are where the mark between them is a letter off: the
    longer of the two, since many a word is as short as the other.

    Args:
        across: the words of each form.
        words: all of them. Of many forms it is not looked up what stands beside which word.

    >>> astray = _Astray([["ASIA", "TAIPEI"]], ["ASIA", "TAIPEI"])
    >>> [astray.holds(word) for word in ("ASIAT", "AIPEI", "ATAIPEI", "ASI")]
    [True, False, True, False]
    """

    def __init__(self, across: Sequence[Sequence[str]], words: Collection[str]) -> None:
        # By the word before a mark the letters that may stand behind it, and the other way round.
        self._behind: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._cut: set[str] = set()
        if len(across) > MANY:
            self._behind = self._before = dict.fromkeys(words, _ANY)
            for word in words:
                self._cut.update((word[:-1], word[1:]))
        else:
            for left, right in chain.from_iterable(map(pairwise, across)):
                self._add(left, right)

    def _add(self, left: str, right: str) -> None:
        """Two words that stand beside one another."""
        longer = len(left) - len(right)
        letters = self._before.get(right, "")
        if longer >= _LONGER:
            self._cut.add(left[:-1])
        elif left[-1] not in letters:
            self._before[right] = letters + left[-1]
        letters = self._behind.get(left, "")
        if longer < -_LONGER:
            self._cut.add(right[1:])
        elif right[0] not in letters:
            self._behind[left] = letters + right[0]

    def holds(self, word: str) -> bool:
        """Whether a word is one of them, a letter off."""
        if not word or word in self._cut:
            return bool(word)
        behind, before = self._behind.get(word[:-1], ""), self._before.get(word[1:], "")
        return _ANY in (behind, before) or word[-1] in behind or word[0] in before


class Forms:
    """The forms of a vocabulary that are more than one word of letters and digits.

    They are found by their words: how many of them begin alike does not matter.

    Args:
        names: the forms of the vocabulary; plain words are passed over.
        edited: the squashed forms that may have an edit where other codes are joined to them.
        companions: folded words that small words beside them make something else.
        shortest: the letters of the shortest forms that may have an edit.
        tags: the tag of each squashed form, to see which words of a form are codes of their own.

    >>> from tagnorm.engine.tokens import places_of
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
        # The forms by their letters, as they were given: of many each string counts. Where others
        # have the same letters, those.
        self._names: dict[str, str] = {}
        self._other_names: dict[str, list[str]] = {}
        # The number of words of the longest by the first.
        self._longest: dict[str, int] = {}
        # The atoms of the forms by their letters, once these are met.
        self._atoms: dict[str, tuple[_Form, ...]] = {}
        self._seconds: set[str] = set()
        # The words of forms of several words.
        self.words: set[str] = set()
        # The words of forms that are one word and what parts the places of a field.
        self.fringed_words: set[str] = set()
        # The squashed forms of several words, with the places between their words.
        self.squashed: dict[str, frozenset[int]] = {}
        # Where their words meet.
        self.seams = Seams(self.squashed, edited, shortest)
        self._companions = frozenset(companions)
        self._tags = tags
        # Of what is no joiner elsewhere that which joins in this vocabulary.
        joiners: set[str] = set()
        # The forms that cross places, and what their words are with a mark a letter off.
        crossing: set[str] = set()
        crossing_words: set[str] = set()
        # The words of such forms, if they are not many.
        across: list[list[str]] = []
        for name in names:
            if name.isalnum() and name.isascii():
                continue
            folded = fold(name)
            words = plain_words(folded)
            if not words or words[0] == folded:
                continue
            crosses = False
            if not folded.replace(" ", "").isalnum():
                kinds = KINDS.of(folded)
                crosses = _CROSSING.search(kinds) is not None
                joiners.update([folded[other.start()] for other in _OTHER_BESIDE.finditer(kinds)])
            whole = "".join(words)
            self._note(words, whole, name, folded)
            if len(words) == 1:
                if crosses:
                    self.fringed_words.add(whole)
                continue
            self._seconds.add(words[1])
            self.words.update(words)
            ends = _gaps_behind(tuple(map(len, words[:-1])))
            if self.squashed.setdefault(whole, ends) is not ends:
                self.squashed[whole] |= ends
            if crosses:
                crossing.add(whole)
                crossing_words.update(words)
                if len(across) <= MANY:
                    across.append(words)
        self.most_words = max(self._longest.values(), default=1)
        self.crossing, self.crossing_words = frozenset(crossing), frozenset(crossing_words)
        self._astray = _Astray(across, crossing_words)
        self.kinds = Kinds(frozenset(joiners)) if joiners else KINDS
        self.lengths = frozenset(map(len, self.squashed))

    def _note(self, words: Sequence[str], whole: str, name: str, folded: str) -> None:
        """Note the form with some words, or one more that is written another way."""
        first, count = words[0], len(words)
        if count > self._longest.get(first, 0):
            self._longest[first] = count
        known = self._names.setdefault(whole, name)
        if known is not name and fold(known) != folded:
            self._other_names.setdefault(whole, []).append(name)

    def opens(self, word: str) -> bool:
        """Whether a form of the vocabulary that is no plain word begins with a folded word, or
        something else that is more than its words.

        >>> Forms(["UNGA/C-6"]).opens("UNGA"), Forms([], companions=["GUINEA"]).opens("NEW")
        (True, True)
        """
        return word in self._longest or (word in OPENERS and bool(self._companions))

    def may_cross_places(self, word: str) -> bool:
        """Whether a folded word may belong to a form that something in it parts into places.

        >>> forms = Forms(["Asia/Taipei"])
        >>> [word for word in ("ASIA", "ASIAT", "ATAIPEI", "AS") if forms.may_cross_places(word)]
        ['ASIA', 'ASIAT', 'ATAIPEI']
        """
        return word in self.crossing_words or self._astray.holds(word)

    def may_go_on(self, left: str, right: str) -> bool:
        """Whether a form of several words may stand on both sides of the gap between two folded
        words, of which one is as it stands in it.

        >>> forms = Forms(["HUMAN RIGHTS COUNCIL"])
        >>> forms.may_go_on("RIGTHS", "COUNCIL"), forms.may_go_on("RIGHTS", "PREL")
        (True, False)
        """
        if not (left in self.words or right in self.words):
            return False
        return len(self.squashed) > MANY or self.seams.go_on(left, right)

    def that_go_on(
        self, firsts: Sequence[str], lasts: Sequence[str], certain: Sequence[bool]
    ) -> list[bool]:
        """Of each stretch of text but the last, whether a form of several words may stand on both
        sides of the gap behind it; one beside that gap, or one further, is not certain.

        Args:
            firsts: the first folded word of each.
            lasts: the last one, mostly the same.
            certain: whether it stands there as it is written.

        >>> words = ["PREL", "SAUDI", "ARA", "BIAX"]
        >>> Forms(["SAUDI ARABIA"]).that_go_on(words, words, [True, True, True, False])
        [False, True, False]
        """
        return [
            not all(certain[max(at - 2, 0) : at + 2]) and self.may_go_on(lasts[at - 1], firsts[at])
            for at in range(1, len(firsts))
        ]

    def continues(self, word: str) -> bool:
        """Whether a folded word is the second of a form, or of what else is more than its words.

        >>> Forms(["UNGA/C-6"]).continues("C")
        True
        """
        return word in self._seconds or word in self._companions

    def at(self, atoms: Sequence[Atom], first: int, free: int = 0) -> tuple[str, int, int] | None:
        """The longest form that stands in a text from an atom on, or None.

        It is the squashed form, the atom that it begins with, which may be a mark before the first
        word, and the atom behind it. One written just so comes before one with other punctuation.
        Atoms before the one that is `free` belong to another form.
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
                span = _exact(form, atoms, first, last)
                if span is not None and span[0] >= free:
                    return whole, *span
            if len(places) > 1 and any(
                _loose(form.texts, atoms, first, last) and not self._are_apart(form, atoms, places)
                for form in forms
            ):
                return whole, first, last + 1
            places.pop()
        return None

    def _are_apart(self, form: _Form, atoms: Sequence[Atom], places: Sequence[int]) -> bool:
        """Whether the words of a form are two other codes where it is written with other marks: a
        joiner parts those from north and south, shortened (`NO-YEMEN` is not NO. YEMEN), and so
        does whatever stands where the form has a parenthesis."""
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

    def _forms_of(self, whole: str) -> tuple[_Form, ...]:
        """The forms with some letters, each written another way."""
        known = self._atoms.get(whole)
        if known is None:
            name = self._names.get(whole)
            if name is None:
                return ()
            names = [name, *self._other_names.get(whole, ())]
            found = dict.fromkeys([_form_of(fold(one)) for one in names])
            known = self._atoms[whole] = tuple(found)
        return known


@lru_cache(maxsize=1024)
def _gaps_behind(lengths: tuple[int, ...]) -> frozenset[int]:
    """The places behind words of some lengths; most forms have theirs in common."""
    return frozenset(accumulate(lengths))


class Atom(NamedTuple):
    """A word, or one character that is neither letter, digit nor space."""

    text: str
    kind: str
    start: int
    end: int


def atoms_of(text: str, kinds: str) -> list[Atom]:
    """The atoms of a text, by the kind of each of its characters.

    >>> [atom.text for atom in atoms_of("C++ UNGA", KINDS.of("C++ UNGA"))]
    ['C', '+', '+', 'UNGA']
    """
    return [
        Atom(text[match.start() : match.end()], kinds[match.start()], match.start(), match.end())
        for match in _ATOM.finditer(kinds)
    ]


class _Form(NamedTuple):
    """A form as its atoms: what each is, whether a space stands behind it, and its words."""

    texts: tuple[str, ...]
    are_spaced: tuple[bool, ...]
    words: tuple[str, ...]


def _form_of(folded: str) -> _Form:
    """The atoms of a form."""
    atoms = atoms_of(folded, KINDS.of(folded))
    return _Form(
        tuple([atom.text for atom in atoms]),
        (*[one.end < other.start for one, other in pairwise(atoms)], True),
        tuple([atom.text for atom in atoms if atom.kind == WORD]),
    )


def _exact(written: _Form, atoms: Sequence[Atom], first: int, last: int) -> tuple[int, int] | None:
    """The atoms of a form that is written with the same punctuation, or None."""
    form, spaced, _ = written
    lead = 0
    while form[lead] != atoms[first].text:
        lead += 1
    start = first - lead
    end = start + len(form)
    if start < 0 or end > len(atoms) or end <= last:
        return None
    if any(atoms[start + n].text != text for n, text in enumerate(form)):
        return None
    # Marks before the first and behind the last word belong to it only if they stand so in it.
    edges = [*range(lead), *range(last - start, len(form) - 1)]
    stands = all((atoms[start + n].end != atoms[start + n + 1].start) == spaced[n] for n in edges)
    return (start, end) if stands else None


def _loose(form: tuple[str, ...], atoms: Sequence[Atom], first: int, last: int) -> bool:
    """Whether a form stands there with other joiners or spaces between its words."""
    ours = [[]]  # type: list[list[str]]
    for atom in atoms[first : last + 1]:
        if atom.kind == WORD:
            ours.append([])
        else:
            ours[-1].append(atom.text)
    gaps = ours[1:-1]
    theirs = [[]]  # type: list[list[str]]
    for text in form:
        if text.translate(KINDS)[0] == WORD:
            theirs.append([])
        else:
            theirs[-1].append(text)
    return all(
        ours == wanted or (len(ours) <= 1 and all(mark in JOINERS for mark in ours))
        for ours, wanted in zip(gaps, theirs[1:-1], strict=True)
    )
